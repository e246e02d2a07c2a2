/* Table Schema and Table Dialect: what is read, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report_text.h"

static void defaults_are_the_standard_s(void **state)
{
    og_arena arena = {0};
    report_layout l;

    (void)state;
    assert_null(read_layout(
        &arena, "schema: {fields: [{name: a}, {name: b, type: boolean}]}", &l));
    assert_int_equal(l.field_count, 2);
    assert_int_equal(l.fields[0].type, REPORT_ANY);
    assert_true(og_str_is(l.fields[0].format, "default"));
    assert_int_equal(l.fields[0].missing.count, 1);
    assert_int_equal(l.fields[0].missing.items[0].n, 0);
    assert_int_equal(l.fields[1].true_values.count, 4);
    assert_true(og_str_is(l.fields_match, "exact"));
    assert_true(og_str_is(l.line_ending, "lf"));
    assert_true(l.dialect.header && l.dialect.double_quote);
    assert_int_equal(l.dialect.header_row, 1);
    assert_true(og_str_is(l.dialect.quote_char, "\""));
    assert_int_equal(report_layout_index(&l, OG_STR("b")), 1);
    assert_int_equal(report_layout_index(&l, OG_STR("c")), -1);
    og_arena_done(&arena);
}

static void everything_is_read(void **state)
{
    og_arena arena = {0};
    report_layout l;

    (void)state;
    assert_null(read_layout(
        &arena,
        "schema:\n"
        "  fieldsMatch: [subset]\n"
        "  missingValues: ['', {value: n/a, label: not known}]\n"
        "  primaryKey: a\n"
        "  uniqueKeys: [[a, b]]\n"
        "  foreignKeys: [{fields: [a], reference: {resource: x, fields: [y]}}]\n"
        "  fields:\n"
        "    - {name: a, type: string, constraints: {enum: [01, 02, no],\n"
        "       required: true,\n"
        "       minLength: 2, maxLength: 3, pattern: '[0-9]+'}}\n"
        "    - {name: b, type: number, decimalChar: ',', groupChar: '.',\n"
        "       bareNumber: false, constraints: {minimum: 0, exclusiveMaximum: 1.5},\n"
        "       missingValues: [x]}\n"
        "    - {name: c, type: object, constraints: {jsonSchema: {type: object}}}\n"
        "dialect: {delimiter: ';', quoteChar: null, headerRows: [2], commentChar: '#',\n"
        "          commentRows: [1], lineTerminator: \"\\r\\n\", escapeChar: '\\'}\n",
        &l));
    assert_true(og_str_is(l.fields[0].enumerated.items[0], "01"));
    assert_true(og_str_is(l.fields[0].enumerated.items[2], "no"));
    assert_int_equal(l.fields[0].missing.count, 2);
    assert_true(og_str_is(l.fields[0].missing.items[1], "n/a"));
    assert_true(og_str_is(l.fields[1].exclusive_maximum, "1,5"));
    assert_true(l.fields[1].own_missing && !l.fields[1].bare_number);
    assert_true(og_str_is(l.fields[2].json_schema, "{\"type\":\"object\"}"));
    assert_int_equal(l.unique_keys[0].count, 2);
    assert_int_equal(l.foreign_keys.count, 1);
    assert_true(og_str_is(l.line_ending, "crlf"));
    assert_int_equal(l.dialect.header_row, 2);
    assert_int_equal(l.dialect.quote_char.n, 0);
    assert_int_equal(l.dialect.comment_rows[0], 1);
    og_arena_done(&arena);
}

static const struct {
    const char *text, *code;
} wrong[] = {
    {"schema: {fields: []}", "report-shape"},
    {"schema: {}", "report-required"},
    {"schema: []", "report-shape"},
    {"schema: {fields: [{type: string}]}", "report-required"},
    {"schema: {fields: [{name: a}, {name: a}]}", "report-repeat"},
    {"schema: {fields: [{name: a, type: strnig}]}", "report-type"},
    {"schema: {fields: [{name: a, type: integer, format: email}]}", "report-format"},
    {"schema: {fields: [{name: a, tpye: string}]}", "report-unknown"},
    {"schema: {fields: [{name: a, constraints: {mandatory: true}}]}", "report-unknown"},
    {"schema: {fields: [{name: a, constraints: {required: 'yes'}}]}", "report-shape"},
    {"schema: {fields: [{name: a, type: date, constraints: {minLength: 1}}]}",
     "report-constraint"},
    {"schema: {fields: [{name: a, type: string, constraints: {enum: []}}]}",
     "report-constraint"},
    {"schema: {fields: [{name: a, type: string, constraints: {enum: [x, x]}}]}",
     "report-repeat"},
    {"schema: {fields: [{name: a, type: string, constraints: {minLength: 3, "
     "maxLength: 2}}]}",
     "report-constraint"},
    {"schema: {fields: [{name: a, type: string, constraints: {minLength: -1}}]}",
     "report-shape"},
    {"schema: {fields: [{name: a, type: string, trueValues: [y]}]}", "report-member"},
    {"schema: {fields: [{name: a}], foreignKeys: {}}", "report-shape"},
    {"schema: {fields: [{name: a}], foreignKeys: [{fields: a}]}", "report-shape"},
    {"schema: {fields: [{name: a}], foreignKeys: [{fields: a, reference: b}]}",
     "report-shape"},
    {"schema: {fields: [{name: a}],\n"
     "         foreignKeys: [{fields: a, reference: {fields: [a, a]}}]}",
     "report-shape"},
    {"schema: {fields: [{name: a}], foreignKeys: [{fields: b, reference: {fields: a}}]}",
     "report-name"},
    {"schema: {fields: [{name: a}], foreignKeys: [{fields: a, reference: {fields: b}}]}",
     "report-name"},
    {"schema: {fields: [{name: a}, {name: b, type: integer}],\n"
     "         foreignKeys: [{fields: a, reference: {fields: b}}]}",
     "report-type"},
    {"schema: {fields: [{name: a, 'x:own': .inf}]}", "report-shape"},
    {"schema: {fields: [{name: a}], primaryKey: [b]}", "report-name"},
    {"schema: {fields: [{name: a}], uniqueKeys: [[b]]}", "report-name"},
    {"schema: {fields: [{name: a}], uniqueKeys: a}", "report-shape"},
    {"schema: {fields: [{name: a}], foreignKeys: [a]}", "report-shape"},
    {"schema: {fields: [{name: a}], fieldsMatch: some}", "report-word"},
    {"schema: {fields: [{name: a}]}\ndialect: {delimiter: ab}", "report-shape"},
    {"schema: {fields: [{name: a}]}\ndialect: {delimiter: null}", "report-dialect"},
    {"schema: {fields: [{name: a}]}\ndialect: {delimiter: '\"'}", "report-dialect"},
    {"schema: {fields: [{name: a}]}\ndialect: {commentChar: \"\\n\"}", "report-dialect"},
    {"schema: {fields: [{name: a}]}\ndialect: {delimiter: ' ', skipInitialSpace: true}",
     "report-dialect"},
    {"schema: {fields: [{name: a}]}\ndialect: {lineTerminator: x}", "report-unsupported"},
    {"schema: {fields: [{name: a}]}\ndialect: {headerRows: [1, 2]}",
     "report-unsupported"},
    {"schema: {fields: [{name: a}]}\ndialect: {commentRows: [2, 1]}", "report-shape"},
    {"schema: {fields: [{name: a}]}\ndialect: {sheetName: x}", "report-unsupported"},
    {"schema: {fields: [{name: a}]}\ndialect: {delimeter: ';'}", "report-unknown"},
};

static void what_is_wrong_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        og_arena arena = {0};
        report_layout l;
        const char *code = read_layout(&arena, wrong[i].text, &l);
        if (!code || strcmp(code, wrong[i].code) != 0)
            fail_msg("%s: %s, expected %s", wrong[i].text, code ? code : "nothing",
                     wrong[i].code);
        og_arena_done(&arena);
    }
}

/* A number without quotes is itself, whatever cells have for a decimal point. */
static void numbers_are_numbers(void **state)
{
    og_arena arena = {0};
    report_layout l;

    (void)state;
    assert_null(read_layout(
        &arena,
        "schema: {fields: [{name: a, type: number, decimalChar: ',', groupChar: '.',\n"
        "  constraints: {minimum: 1.250, maximum: '1.250', enum: [2.5, '7,5', 3]}},\n"
        "  {name: b, type: number, constraints: {minimum: 1.250}}]}",
        &l));
    assert_true(og_str_is(l.fields[0].minimum, "1,250"));
    assert_true(og_str_is(l.fields[0].maximum, "1.250"));
    assert_true(og_str_is(l.fields[0].enumerated.items[0], "2,5"));
    assert_true(og_str_is(l.fields[0].enumerated.items[1], "7,5"));
    assert_true(og_str_is(l.fields[0].enumerated.items[2], "3"));
    assert_true(og_str_is(l.fields[1].minimum, "1.250"));
    og_arena_done(&arena);
}

static const struct {
    const char *text, *code;
} unusable[] = {
    {"{name: a, type: string, constraints: {pattern: '('}}", "report-value"},
    {"{name: a, type: integer, constraints: {minimum: x}}", "report-value"},
    {"{name: a, type: integer, constraints: {enum: [1, x]}}", "report-value"},
    {"{name: a, type: date, format: '%d/%Q'}", "report-value"},
    {"{name: a, type: date, format: '%d/%m'}", "report-value"},
    {"{name: a, type: integer, constraints: {minimum: 2, maximum: 1}}",
     "report-constraint"},
    {"{name: a, type: number, constraints: {minimum: 1, exclusiveMaximum: 1.0}}",
     "report-constraint"},
    {"{name: a, type: integer, constraints: {minimum: 1, maximum: 1}}", NULL},
    {"{name: a, type: date, format: '%d/%m/%Y', constraints: {minimum: 02/01/2021,\n"
     "  maximum: 01/02/2021}}",
     NULL},
};

/* What reads, and nothing can be held against. */
static void what_nothing_fits_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof unusable / sizeof unusable[0]; i++) {
        og_arena arena = {0};
        og_diags diags = {0};
        report_layout l;
        og_str text = og_arena_printf(&arena, "schema: {fields: [%s]}", unusable[i].text);
        const char *wanted = unusable[i].code;
        assert_null(read_layout(&arena, text.p, &l));
        l.document = NULL; /* of read_layout alone */
        assert_int_equal(report_layout_check(&l, &arena, &diags, NULL), OG_OK);
        const char *code = diags.count ? diags.items[0].code : NULL;
        if (wanted ? !code || strcmp(code, wanted) != 0 : code != NULL)
            fail_msg("%s: %s", unusable[i].text, code ? code : "nothing");
        assert_int_equal(diags.errors, wanted ? 1 : 0);
        og_diags_done(&diags);
        og_arena_done(&arena);
    }
}

/* What nobody here knows is a warning, and kept for comparison. */
static void others_are_kept(void **state)
{
    og_arena arena = {0};
    report_layout l;

    (void)state;
    assert_null(read_layout(
        &arena, "schema: {fields: [{name: a, 'x:zeta': 1, 'x:alpha': [2]}]}", &l));
    assert_true(og_str_is(l.fields[0].other, "{\"x:alpha\":[2],\"x:zeta\":1}"));
    og_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_the_standard_s),
        cmocka_unit_test(everything_is_read),
        cmocka_unit_test(what_is_wrong_is_found),
        cmocka_unit_test(numbers_are_numbers),
        cmocka_unit_test(what_nothing_fits_is_found),
        cmocka_unit_test(others_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
