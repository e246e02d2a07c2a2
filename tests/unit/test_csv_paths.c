/* Every way of reading a table gives the same rows and problems: byte by byte, with each
 * of the masks that this processor has, whole and in pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "csv/scanner.h"
#include "csv_fixture.h"

enum {
    TABLES = 3000,
    LONGEST = 700
};

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
    {.delimiter = ',', .quote = '"', .double_quote = true, .skip_initial_space = true},
};
enum {
    DIALECTS = sizeof dialects / sizeof *dialects
};

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void check(og_str text, const csv_dialect *dialect)
{
    og_buf expected = {0}, other = {0};
    char *exact = malloc(text.n ? text.n : 1); /* a sanitizer sees reads past the end */
    assert_non_null(exact);
    memcpy(exact, text.p, text.n);
    const csv_way *way =
        csv_compare_ways((og_str){exact, text.n}, dialect, &expected, &other);
    if (way)
        fail_msg("%s in pieces of %zu:\n%.*s\nbyte by byte:\n%.*s\nof:\n%.*s",
                 way->masker ? way->masker : "byte by byte", way->piece,
                 OG_FMT(og_buf_str(&other)), OG_FMT(og_buf_str(&expected)), OG_FMT(text));
    assert_int_equal(og_buf_check(&expected, NULL), 0);
    free(exact);
    og_buf_done(&expected);
    og_buf_done(&other);
}

/* Any bytes, most of them ones that mean something. */
static void test_noise(void **state)
{
    (void)state;
    uint64_t random = 1;
    char text[LONGEST];
    for (unsigned i = 0; i < TABLES; i++) {
        const csv_dialect *d = &dialects[i % DIALECTS];
        const char bytes[] = {d->delimiter, d->quote ? d->quote : '"',
                              '\n',         '\r',
                              '\\',         d->comment ? d->comment : '#',
                              ' ',          'a',
                              'b',          '\xc3',
                              '\xa9'};
        size_t n = next_random(&random) % LONGEST;
        size_t likely = 1 + next_random(&random) % sizeof bytes;
        for (size_t k = 0; k < n; k++)
            text[k] =
                next_random(&random) % 8 ? 'x' : bytes[next_random(&random) % likely];
        check((og_str){text, n}, d);
    }
}

/* Cells quoted where they must be and sometimes where they need not, so that whole tables
 * are well formed. */
static void write_cell(const csv_dialect *d, uint64_t *random, og_buf *out)
{
    static const char *const texts[] = {
        "",   "a",           "12.50", "2021-11-04",
        "\n", "caf\xc3\xa9", "\r\n",  "a long text, with; all|of\tit",
        "\"", "'",           "# no",  "\xe2\x82\xac\xf0\x9f\x98\x80"};
    const char *text = texts[next_random(random) % (sizeof texts / sizeof *texts)];
    bool quoted = d->quote && next_random(random) % 4 != 0;
    if (quoted)
        og_buf_putc(out, d->quote);
    for (const char *p = text; *p; p++) {
        bool special = *p == d->delimiter || *p == '\n' || *p == '\r' || *p == d->comment;
        if (*p == d->quote && quoted && d->double_quote)
            og_buf_putc(out, *p);
        else if (d->escape && (*p == d->escape || *p == d->quote || (!quoted && special)))
            og_buf_putc(out, d->escape);
        else if (!quoted && (special || *p == d->quote))
            continue;
        og_buf_putc(out, *p);
    }
    if (quoted)
        og_buf_putc(out, d->quote);
}

static void test_tables(void **state)
{
    (void)state;
    uint64_t random = 7;
    og_buf text = {0};
    size_t refused = 0;
    for (unsigned i = 0; i < TABLES / 3; i++) {
        const csv_dialect *d = &dialects[i % DIALECTS];
        og_buf_clear(&text);
        if (next_random(&random) % 5 == 0)
            og_buf_puts(&text, "\xef\xbb\xbf");
        for (uint64_t rows = next_random(&random) % 40; rows > 0; rows--) {
            if (d->comment && next_random(&random) % 4 == 0)
                og_buf_printf(&text, "%c it's \"not\" a row\n", d->comment);
            for (uint64_t cells = 1 + next_random(&random) % 6; cells > 0; cells--) {
                write_cell(d, &random, &text);
                if (cells > 1)
                    og_buf_putc(&text, d->delimiter);
            }
            og_buf_puts(&text, next_random(&random) % 2 ? "\n" : "\r\n");
        }
        check(og_buf_str(&text), d);
        og_buf out = {0};
        csv_write_table(og_buf_str(&text), d, (csv_way){NULL, 0, 0}, &out);
        refused += strstr(out.p, "csv-") != NULL;
        og_buf_done(&out);
    }
    assert_int_equal(refused, 0);
    og_buf_done(&text);
}

/* Each meaningful pair of bytes across the border of two blocks and of two stretches. */
static void test_borders(void **state)
{
    (void)state;
    static const char *const pieces[] = {"\"\"",     "\",",  ",\"",   "\"\n", "\r\n",
                                         "\\\"",     "\\\\", "\rx",   "\"x",  "x\"",
                                         "\xc3\xa9", "\n#",  "\"\r\n"};
    static char text[CSV_STRETCH + 400];
    for (size_t border = 64; border <= CSV_STRETCH + CSV_STRETCH_FIRST;
         border = border < 256 ? border + 64 : border + CSV_STRETCH)
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
            for (size_t shift = 0; shift < 4; shift++)
                for (size_t d = 0; d < DIALECTS; d++) {
                    size_t n = border + 20;
                    memset(text, 'y', n);
                    text[0] = d % 2 ? '"' : 'y';
                    memcpy(text + border - shift, pieces[i], strlen(pieces[i]));
                    check((og_str){text, n}, &dialects[d]);
                }
}

/* What is UTF-8, by one byte after the other as base/utf8.h has it. */
static void test_bytes(void **state)
{
    (void)state;
    static const unsigned char third[] = {'x', 0x7f, 0x80, 0xbf, 0xc0, 0xed, 0xff};
    const char *why;
    for (unsigned first = 0x80; first < 0x100; first++)
        for (unsigned second = 1; second < 0x100; second++)
            for (size_t i = 0; i < sizeof third; i++)
                for (size_t n = 1; n <= 9; n = n < 4 ? n + 1 : n + 5) {
                    char text[9] = "......yyy";
                    text[0] = (char)first;
                    text[1] = (char)second;
                    text[2] = text[3] = (char)third[i];
                    size_t good = csv_window_check(csv_masker_best(), text, n, &why);
                    assert_int_equal(good, og_utf8_invalid((og_str){text, n}));
                    assert_true((why != NULL) == (good < n));
                }
}

static og_str repeated(og_buf *out, const char *row, size_t n)
{
    out->limit = 2 * OG_LIMIT_CSV_ROW;
    while (out->n < n)
        og_buf_puts(out, row);
    assert_int_equal(og_buf_check(out, NULL), 0);
    return og_buf_str(out);
}

static void check_end(og_str text, const csv_dialect *dialect, const char *expected)
{
    static const csv_way ways[] = {
        {NULL, 0, 0}, {"portable", 0, 0}, {"avx2", 65536, 0}, {NULL, 100000, 0}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        og_arena arena = {0};
        og_error err = {0};
        csv_scanner s;
        csv_row row;
        csv_pieces pieces = {text, ways[i].piece};
        csv_source source = {csv_pieces_read, &pieces};
        int rc = ways[i].piece ? csv_open_source(&s, source, dialect, &err)
                               : csv_open(&s, text, dialect, &arena, &err);
        assert_int_equal(rc, OG_OK);
        s.by_byte = ways[i].masker == NULL;
        while ((rc = csv_next(&s, &row, &err)) == 1)
            ;
        assert_int_equal(rc, OG_E_INVALID);
        assert_string_equal(s.problem.code, "csv-limit");
        assert_string_equal(og_error_text(&err), expected);
        csv_done(&s);
        og_error_done(&err);
        og_arena_done(&arena);
    }
}

static void test_limits(void **state)
{
    (void)state;
    og_buf text = {0};
    repeated(&text, "a,b\n", 8);
    check_end(repeated(&text, "0123456789abcdef", OG_LIMIT_CSV_CELL + 64), NULL,
              "row 3: a cell is too long");
    og_buf_clear(&text);
    repeated(&text, "a,b\n", 8);
    check_end(repeated(&text, ",0123456789abcdef", OG_LIMIT_CSV_CELL + 200000), NULL,
              "row 3: too many cells in a row");
    og_buf_clear(&text);
    repeated(&text, "a\n\"", 3);
    check_end(repeated(&text, "b,\n0123456789abc", OG_LIMIT_CSV_ROW + 64), NULL,
              "row 2: a row is too long");
    og_buf_clear(&text);
    repeated(&text, "a\n#", 3);
    check_end(repeated(&text, "0123456789abcdef", OG_LIMIT_CSV_ROW + 64), &dialects[1],
              "row 2: a row is too long");
    og_buf_done(&text);
}

/* What a source was at its longest row is all that it takes. */
static void test_memory_is_flat(void **state)
{
    (void)state;
    og_buf text = {0};
    repeated(&text, "id,\"a \"\"text\"\", quoted\",12.50\r\n", 4u << 20);
    csv_pieces pieces = {og_buf_str(&text), 70000};
    csv_scanner s;
    csv_row row;
    size_t rows = 0;
    assert_int_equal(
        csv_open_source(&s, (csv_source){csv_pieces_read, &pieces}, NULL, NULL), OG_OK);
    while (csv_next(&s, &row, NULL) == 1) {
        rows++;
        assert_int_equal(row.count, 3);
        assert_int_equal(row.number, rows);
        assert_int_equal(row.line, rows);
        assert_int_equal(row.ending, CSV_CRLF);
        assert_true(og_str_is(row.cells[1].text, "a \"text\", quoted"));
        assert_true(s.buffer_cap <= 256 * 1024 && s.own_arena.used <= 256);
    }
    assert_int_equal(rows, text.n / strlen("id,\"a \"\"text\"\", quoted\",12.50\r\n"));
    csv_done(&s);
    og_buf_done(&text);
}

static int broken_read(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    csv_pieces *p = self;
    if (p->left.n == 0)
        return og_fail(err, OG_E_IO, "the pipe burst");
    return csv_pieces_read(p, to, n, ret, err);
}

static void test_source_fails(void **state)
{
    (void)state;
    csv_pieces pieces = {OG_STR("a,b\nc,d\n"), 3};
    csv_scanner s;
    csv_row row;
    og_error err = {0};
    assert_int_equal(csv_open_source(&s, (csv_source){broken_read, &pieces}, NULL, &err),
                     0);
    assert_int_equal(csv_next(&s, &row, &err), OG_E_IO);
    assert_string_equal(og_error_text(&err), "the pipe burst");
    csv_done(&s);
    og_error_done(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_noise),        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_borders),      cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_limits),       cmocka_unit_test(test_memory_is_flat),
        cmocka_unit_test(test_source_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
