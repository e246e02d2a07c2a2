/* A file read in pieces, by several threads or one, gives what it gives as a whole. */
#include "unit.h"

#include "base/buf.h"
#include "base/limits.h"
#include "report_same.h"
#include "report_text.h"

static const char keyed[] =
    "schema:\n"
    "  primaryKey: [id]\n"
    "  fields:\n"
    "    - {name: id, type: integer}\n"
    "    - {name: note, constraints: {unique: true, maxLength: 12}}\n"
    "    - {name: mark, constraints: {pattern: '[a-c]+'}}\n";
static const char headless[] =
    "schema: {fields: [{name: id}, {name: note}, {name: mark}]}\n"
    "dialect: {header: false, commentRows: [3]}\n";
static const char unquoted[] =
    "schema: {fields: [{name: id}, {name: note}, {name: mark}]}\n"
    "dialect: {quoteChar: \"'\"}\n";

static void compare(const report_layout *layout, og_str text, size_t keep, size_t piece,
                    size_t jobs)
{
    const char *what = report_compare(layout, text, keep, piece, jobs);

    if (what)
        fail_msg("%s: keep %zu, pieces of %zu by %zu:\n%.*s", what, keep, piece, jobs,
                 (int)(text.n < 2000 ? text.n : 2000), text.p);
}

static void compare_all(const char *yaml, og_str text)
{
    og_arena arena = {0};
    report_layout layout;

    const char *wrong = read_layout(&arena, yaml, &layout);
    if (wrong)
        fail_msg("layout: %s", wrong);
    for (size_t piece = 1; piece <= text.n + 1; piece += piece < 40 ? 1 : 37)
        for (size_t keep = 0; keep < 8; keep = 2 * keep + 1)
            compare(&layout, text, keep, piece, 0);
    compare(&layout, text, 100, 16, 3);
    compare(&layout, text, 2, 64, 2);
    og_arena_done(&arena);
}

static void test_by_hand(void **state)
{
    static const char *const texts[] = {
        "id,note,mark\n1,x,a\n2,x,b\n1,y,d\n",
        "id,note,mark\n1,\"a,\nb\"\"\n\",a\r\n\r\n\n2,,b\n\n\n",
        "id,note,mark\n1,x,a\n\n\n\n\n\n\n\n\n\n2,x,b\n\n\n\n\n",
        "id,note,mark\n1,x,a\n2,\"never closed,b\n3,y,c\n4,z,a\n",
        "id,note,mark\n1,x,a\n2,in\"side,b\n3,\"y\",c\n4,z,a\n1,z,a\n",
        "id,note,mark\n1,x,a\n2,\xff,b\n3,y,c\n",
        "id,note,mark\n1,x,a\n\n\n2,y\rz,b\n3,y,c\n",
        "id,note,mark\n1,x,a\n2,y,b\n3,y",
        "id,note,mark\n1,x,a\nid,note,mark\n1,x,a\n",
        "id,note,mark\n1,x,a\n\xef\xbb\xbf,y,b\n",
        "id,note,mark\n1,x,a\n2,\xc3\xa4\xc3\xb6\xe2\x82\xac,b\n2,y,\xc3",
        "id,note,mark\n1,x,a\n2,y,b,c\n3\n,,\n2,y,b\r\n9,\"\",\n",
        "id,note,mark\n",
        "",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        compare_all(keyed, og_str_from(texts[i]));
        compare_all(headless, og_str_from(texts[i]));
        compare_all(unquoted, og_str_from(texts[i]));
    }
}

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 16;
}

/* Files of cells that are mostly fine, and now and then something that is not. */
static void test_generated(void **state)
{
    static const char *const cells[] = {
        "a",        "b",        "abc", "\"a\"", "\"b,\n\"\"c\"",      "\"\n\n\"", "",
        "\"\"",     "c",        "ca",  "d",     "longer than twelve", "7",        "x\"y",
        "\xc3\xa9", "\"\r\n\"", "\xc3"};
    static const char *const ends[] = {"\n",   "\n",   "\n",      "\n",
                                       "\r\n", "\n\n", "\n\r\n\n"};
    og_arena arena = {0};
    report_layout layout;
    uint32_t seed = 5;

    (void)state;
    assert_null(read_layout(&arena, keyed, &layout));
    for (int file = 0; file < 400; file++) {
        og_buf text = {0};
        og_buf_puts(&text, "id,note,mark\n");
        uint32_t usual = file % 2 ? 13 : 17;
        for (uint32_t rows = next(&seed) % 60; rows > 0; rows--)
            og_buf_printf(&text, "%u,%s%u,%s%s", next(&seed) % 40,
                          next(&seed) % 50 ? "" : cells[next(&seed) % 17],
                          next(&seed) % 99, cells[next(&seed) % usual],
                          ends[next(&seed) % 7]);
        for (int i = 0; i < 6; i++)
            compare(&layout, og_buf_str(&text), next(&seed) % 12, 1 + next(&seed) % 200,
                    next(&seed) % 5);
        og_buf_done(&text);
    }
    og_arena_done(&arena);
}

/* A row beyond the limit, after one that is fine, is what it is in the whole. */
static void test_too_long(void **state)
{
    og_arena arena = {0};
    report_layout layout;
    og_buf text = {0};

    (void)state;
    assert_null(read_layout(&arena, keyed, &layout));
    og_buf_puts(&text, "id,note,mark\n1,a,b\n2,\"");
    while (text.n < OG_LIMIT_CSV_ROW + 100)
        og_buf_puts(&text, "a line of a cell that does not end\n");
    compare(&layout, og_buf_str(&text), 3, 1 << 20, 2);
    og_buf_done(&text);
    og_arena_done(&arena);
}

static int attempt(void *context)
{
    const verify_options options = {.keep = 10, .piece = 30};
    verify_result r = {0};
    og_error err = {0};

    int rc = report_run(
        context, OG_STR("id,note,mark\n1,x,a\n2,x,b\n\n1,\"y\"\"\nz\",d\n3,abc\n4,\"\n"),
        &options, &r, &err);
    og_error_done(&err);
    verify_result_done(&r);
    return rc;
}

static void test_memory(void **state)
{
    og_arena arena = {0};
    report_layout layout;

    (void)state;
    assert_null(read_layout(&arena, keyed, &layout));
    unit_fail_each(attempt, &layout);
    og_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand), cmocka_unit_test(test_generated),
        cmocka_unit_test(test_too_long), cmocka_unit_test(test_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
