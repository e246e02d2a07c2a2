/* The CSV scanner: cells, positions, and what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "csv/csv.h"

/* Rows as "[a|b][c]" (quoted cells in quotes), then "!code line:column" when it is wrong.
 */
static void check(const char *text, size_t n, const csv_dialect *dialect,
                  const char *expected)
{
    og_arena arena = {0};
    og_error err = {0};
    og_buf out = {0};
    csv_scanner s;
    csv_row row;
    char *exact = malloc(n + 1); /* so that a sanitizer sees reads past the end */
    memcpy(exact, text, n);
    char *bounded = realloc(exact, n ? n : 1);
    int rc = csv_open(&s, (og_str){bounded, n}, dialect, &arena, &err);
    while (rc == OG_OK && (rc = csv_next(&s, &row, &err)) == 1) {
        og_buf_putc(&out, '[');
        for (size_t i = 0; i < row.count; i++)
            og_buf_printf(&out, row.cells[i].quoted ? "%s\"%.*s\"" : "%s%.*s",
                          i ? "|" : "", OG_FMT(row.cells[i].text));
        og_buf_putc(&out, ']');
        rc = OG_OK;
    }
    if (rc == OG_E_INVALID)
        og_buf_printf(&out, "!%s %u:%u", s.problem.code, s.problem.line,
                      s.problem.column);
    og_buf_puts(&out, "");
    assert_string_equal(out.n ? out.p : "", expected);
    csv_done(&s);
    og_buf_done(&out);
    og_error_done(&err);
    og_arena_done(&arena);
    free(bounded);
}

static void check_default(const char *text, const char *expected)
{
    check(text, strlen(text), NULL, expected);
}

static void test_cells(void **state)
{
    (void)state;
    check_default("", "");
    check_default("\n\r\n", "");
    check_default("a", "[a]");
    check_default("a,b\nc,d\n", "[a|b][c|d]");
    check_default("a,b\r\nc,d\r\n", "[a|b][c|d]");
    check_default("a,\n,b", "[a|][|b]");
    check_default("a,", "[a|]");
    check_default("\xef\xbb\xbfRef,Sev\n", "[Ref|Sev]");
    check_default("a\n\n\nb\n", "[a][b]");
    check_default(" a , b \n", "[ a | b ]");
}

static void test_quotes(void **state)
{
    (void)state;
    check_default("\"a\",b", "[\"a\"|b]");
    check_default("\"\"", "[\"\"]");
    check_default("\"a,b\nc\"\"d\"\"\",e\n", "[\"a,b\nc\"d\"\"|e]");
    check_default("\"a\r\nb\"\r\n", "[\"a\r\nb\"]");
}

static void test_refused(void **state)
{
    (void)state;
    check_default("a,b\"c\n", "!csv-quote 1:4");
    check_default("x\n\"a\"b\n", "[x]!csv-quote 2:4");
    check_default("x\na,\"b\nc", "[x]!csv-quote 2:3");
    check_default("a\rb\n", "!csv-byte 1:2");
    check_default("a\n\xc3\xa9,\xff\n", "!csv-byte 2:3");
    check("a\nb\0c", 5, NULL, "!csv-byte 2:2");
    check_default("\"one\ntwo\"x", "!csv-quote 2:5");
}

static void test_dialects(void **state)
{
    (void)state;
    csv_dialect d = csv_dialect_default();
    d.delimiter = ';';
    d.comment = '#';
    d.skip_initial_space = true;
    check("# no\na; \"b\"\n#\nc", 15, &d, "[a|\"b\"][c]");
    d = (csv_dialect){.delimiter = '\t'};
    check("a\t\"b\"", 5, &d, "[a|\"b\"]");
    d = (csv_dialect){.delimiter = ',', .quote = '\'', .escape = '\\'};
    check("'it\\'s',a\\,b\n", 13, &d, "[\"it's\"|a,b]");
    check("a\\,b\\", 5, &d, "[a,b\\]");
    d = csv_dialect_default();
    d.bare_quotes = true;
    check("a\"b,\"c\"\"\"\nd\"\",e", 15, &d, "[a\"b|\"c\"\"][d\"\"|e]");
    d = (csv_dialect){.delimiter = ',', .quote = ','};
    og_error err = {0};
    og_arena arena = {0};
    csv_scanner s;
    assert_int_equal(csv_open(&s, OG_STR("a"), &d, &arena, &err), OG_E_USAGE);
    og_error_done(&err);
    csv_done(&s);
}

static void test_numbers_and_positions(void **state)
{
    (void)state;
    og_arena arena = {0};
    og_error err = {0};
    csv_scanner s;
    csv_row row;
    assert_int_equal(
        csv_open(&s, OG_STR("h,i\n\n\"\xc3\xa9\n\",x\n"), NULL, &arena, &err), 0);
    assert_int_equal(csv_next(&s, &row, &err), 1);
    assert_int_equal(row.number, 1);
    assert_int_equal(csv_next(&s, &row, &err), 1);
    assert_int_equal(row.number, 2);
    assert_int_equal(row.line, 3);
    uint32_t line, column;
    csv_position(&row, row.cells[1].start, &line, &column);
    assert_int_equal(line, 4);
    assert_int_equal(column, 3);
    csv_done(&s);
    og_arena_done(&arena);
}

static void test_limits(void **state)
{
    (void)state;
    size_t n = OG_LIMIT_CSV_COLUMNS;
    char *text = malloc(n + 1);
    memset(text, ',', n);
    og_arena arena = {0};
    og_error err = {0};
    csv_scanner s;
    csv_row row;
    assert_int_equal(csv_open(&s, (og_str){text, n - 1}, NULL, &arena, &err), 0);
    assert_int_equal(csv_next(&s, &row, &err), 1);
    assert_int_equal(row.count, n);
    csv_done(&s);
    assert_int_equal(csv_open(&s, (og_str){text, n}, NULL, &arena, &err), 0);
    assert_int_equal(csv_next(&s, &row, &err), OG_E_INVALID);
    assert_string_equal(s.problem.code, "csv-limit");
    csv_done(&s);
    og_error_done(&err);
    og_arena_done(&arena);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_dialects),
        cmocka_unit_test(test_numbers_and_positions),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
