/* Any bytes as a file of a report, read in pieces (the first byte says of what size):
 * what is found is what is found in the whole. */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/report_same.h"
#include "../unit/report_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char schema[] =
        "schema:\n"
        "  primaryKey: [id]\n"
        "  fields:\n"
        "    - {name: id, type: integer}\n"
        "    - {name: note, constraints: {unique: true, maxLength: 12}}\n"
        "    - {name: mark, constraints: {enum: [a, b, c]}}\n";
    og_arena arena = {0};
    report_layout layout;

    if (size == 0 || read_layout(&arena, schema, &layout))
        return 0;
    const og_str text = {(const char *)data + 1, size - 1};
    const char *what = report_compare(&layout, text, data[0] % 16, data[0] / 4 + 1, 0);
    if (what) {
        fprintf(stderr, "pieces of %d: not the same: %s\n", data[0] / 4 + 1, what);
        abort();
    }
    og_arena_done(&arena);
    return 0;
}
