/* Any bytes as a table in one of several dialects (the first byte says which): every way
 * of reading gives the same rows and the same problem. */
#include <stdio.h>

#include "../unit/csv_fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const csv_dialect dialects[] = {
        {.delimiter = ',', .quote = '"', .double_quote = true},
        {.delimiter = ';', .quote = '\'', .double_quote = true, .comment = '#'},
        {.delimiter = '\t'},
        {.delimiter = '|', .quote = '"', .escape = '\\'},
        {.delimiter = ',',
         .quote = '"',
         .double_quote = true,
         .escape = '\\',
         .comment = '%'},
        {.delimiter = ',', .quote = '"', .double_quote = true, .bare_quotes = true},
        {.delimiter = ',',
         .quote = '"',
         .double_quote = true,
         .skip_initial_space = true},
        {.delimiter = ' ', .quote = '"', .escape = '\\', .bare_quotes = true},
    };
    if (size == 0)
        return 0;
    const csv_dialect *dialect =
        &dialects[data[0] % (sizeof dialects / sizeof *dialects)];
    og_str text = {(const char *)data + 1, size - 1};
    og_buf expected = {0}, other = {0};
    const csv_way *way = csv_compare_ways(text, dialect, &expected, &other);
    if (way) {
        fprintf(stderr, "%s, pieces of %zu:\n%s\nbyte by byte:\n%s\n",
                way->masker ? way->masker : "byte by byte", way->piece, other.p,
                expected.p);
        abort();
    }
    og_buf_done(&expected);
    og_buf_done(&other);
    return 0;
}
