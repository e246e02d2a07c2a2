/* Files against layouts: every rule with its place, and what must not be found. */
#include "unit.h"

#include <stdio.h>

#include "base/buf.h"
#include "report/verify.h"
#include "report_text.h"

static const char devices[] =
    "schema:\n"
    "  fields:\n"
    "    - {name: id, constraints: {required: true, pattern: '[0-9A-F]+'}}\n"
    "    - {name: state, type: string, constraints: {enum: [on, off]}}\n"
    "    - {name: count, type: integer, constraints: {minimum: 1, maximum: 9}}\n"
    "    - {name: note, type: string, constraints: {minLength: 2, maxLength: 4}}\n";

/* ---- A text as a source, a few bytes at a time ---- */

typedef struct text_source {
    og_str left;
    size_t piece;
} text_source;

static int read_text(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    text_source *t = self;
    og_str part = og_str_slice(t->left, 0, n < t->piece ? n : t->piece);

    (void)err;
    memcpy(to, part.n ? part.p : "", part.n);
    t->left = og_str_slice(t->left, part.n, t->left.n);
    *ret = part.n;
    return OG_OK;
}

static int run(const report_layout *layout, og_str text, size_t keep, verify_result *ret,
               og_error *err)
{
    text_source t = {text, 7};
    const verify_options options = {.keep = keep};

    return verify_file(layout, (csv_source){read_text, &t}, &options, ret, err);
}

/* "rule@row.column" for each finding, with a space between. */
static void check(const char *yaml, const char *text, const char *expected)
{
    og_arena arena = {0};
    report_layout layout;
    verify_result r = {0};
    og_error err = {0};
    og_buf got = {0};

    const char *wrong = read_layout(&arena, yaml, &layout);
    if (wrong)
        fail_msg("layout: %s", wrong);
    assert_int_equal(run(&layout, og_str_from(text), 100, &r, &err), OG_OK);
    for (size_t i = 0; i < r.count; i++)
        og_buf_printf(&got, "%s%s@%d.%d", i ? " " : "",
                      verify_rule_name(r.findings[i].rule), (int)r.findings[i].row,
                      (int)r.findings[i].column);
    if (!og_str_is(og_buf_str(&got), expected))
        fail_msg("%s\ngives %.*s\nnot   %s", text, OG_FMT(og_buf_str(&got)), expected);
    assert_int_equal(r.total, r.count);
    assert_int_equal(verify_conforms(&r), *expected == 0);
    og_buf_done(&got);
    verify_result_done(&r);
    og_arena_done(&arena);
}

/* ---- Tests ---- */

static void test_fine(void **state)
{
    (void)state;
    check(devices, "id,state,count,note\nA1,on,5,abc\nB2,,,\n", "");
    check(devices, "\xef\xbb\xbfid,state,count,note\nA1,on,5,\"a,\nb\"", "");
    check(devices, "id,state,count,note\n", "");
}

static void test_labels(void **state)
{
    (void)state;
    check(devices, "", "empty@0.0");
    check(devices, "id,state,count\nA,on,1\n", "missing-label@1.4");
    check(devices, "id,state,count,note,more\nA,on,1,abc,x\n", "extra-label@1.5");
    check(devices, "id,count,state,note\n", "incorrect-label@1.2 incorrect-label@1.3");
    check(devices, "id,,count,note\n", "blank-label@1.2");
    check(devices, "id,state,state,note\n", "duplicate-label@1.3");
}

static void test_labels_by_name(void **state)
{
    static const char subset[] =
        "schema: {fieldsMatch: subset, fields: [{name: a, type: integer}, {name: b}]}\n";
    static const char superset[] =
        "schema: {fieldsMatch: superset,\n"
        "         fields: [{name: a, type: integer}, {name: b}]}\n";

    (void)state;
    check(subset, "x,b,a\n1,2,3\n1,2,z\n", "type@3.3");
    check(subset, "x,a\n1,3\n", "missing-label@1.0");
    check(superset, "a\n1\nz\n", "type@3.1");
    check(superset, "x,a\n1,3\n", "extra-label@1.1");
}

static void test_rows(void **state)
{
    (void)state;
    check(devices, "id,state,count,note\nA,on\n", "missing-cell@2.3");
    check(devices, "id,state,count,note\nA,on,1,ab,x,y\n", "extra-cell@2.5");
    check(devices, "id,state,count,note\nA,on,1,ab\n\n,,,\nB,on,1,ab\n",
          "blank-row@3.0 blank-row@3.0");
    check(devices, "id,state,count,note\r\nA,on,1,ab\n", "line-ending@1.0");
}

static void test_cells(void **state)
{
    (void)state;
    check(devices, "id,state,count,note\n,on,1,ab\n", "required@2.1");
    check(devices, "id,state,count,note\nxyz,on,1,ab\n", "pattern@2.1");
    check(devices, "id,state,count,note\nA,ON,1,ab\n", "enum@2.2");
    check(devices, "id,state,count,note\nA,on,1.5,ab\n", "type@2.3");
    check(devices, "id,state,count,note\nA,on,0,ab\nA,on,10,ab\n",
          "minimum@2.3 maximum@3.3");
    check(devices,
          "id,state,count,note\nA,on,1,a\nA,on,1,\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\n"
          "A,on,1,abcde\n",
          "min-length@2.4 max-length@4.4");
}

static void test_types(void **state)
{
    static const char types[] =
        "schema:\n"
        "  missingValues: ['', n/a]\n"
        "  fields:\n"
        "    - {name: flag, type: boolean, trueValues: ['Y'], falseValues: ['N']}\n"
        "    - {name: day, type: date, format: '%d/%m/%Y',\n"
        "       constraints: {minimum: 01/01/2021}}\n"
        "    - {name: sum, type: number, decimalChar: ',', groupChar: '.'}\n"
        "    - {name: list, type: list, itemType: integer, constraints: {maxLength: 2}}\n"
        "    - {name: json, type: array}\n";

    (void)state;
    check(types, "flag,day,sum,list,json\nY,05/10/2021,\"1.234,5\",\"1,2\",\"[1, 2]\"\n",
          "");
    check(types, "flag,day,sum,list,json\nn/a,n/a,n/a,n/a,n/a\n", "");
    check(types, "flag,day,sum,list,json\nTrue,2021-10-05,1.5.,\"1,x\",{}\n",
          "type@2.1 type@2.2 type@2.3 type@2.4 type@2.5");
    check(types, "flag,day,sum,list,json\nN,31/12/2020,0,\"1,2,3\",[]\n",
          "minimum@2.2 max-length@2.4");
}

static void test_keys(void **state)
{
    static const char keys[] =
        "schema:\n"
        "  primaryKey: [a, b]\n"
        "  fields:\n"
        "    - {name: a, type: integer}\n"
        "    - {name: b, type: string}\n"
        "    - {name: c, type: string, constraints: {unique: true}}\n";

    (void)state;
    check(keys, "a,b,c\n1,x,p\n1,y,q\n2,x,\n3,x,\n", "");
    check(keys, "a,b,c\n1,x,p\n01,x,q\n", "primary-key@3.0");
    check(keys, "a,b,c\n1,x,p\n1,,q\n", "primary-key@3.0");
    check(keys, "a,b,c\n1,x,p\n2,x,p\n3,x,p\n", "unique@3.3 unique@4.3");
    check(keys, "a,b,c\n11,x,p\n1,1x,q\n", "");
    check(keys, "a,b,c\nz,x,p\nz,x,q\n", "type@2.1 type@3.1");
}

static void test_dialects(void **state)
{
    static const char headless[] =
        "schema: {fields: [{name: a, type: integer}, {name: b, type: integer}]}\n"
        "dialect: {header: false, delimiter: ';', commentChar: '#'}\n";

    (void)state;
    check(headless, "1;2\n# no row\n3;x\n", "type@2.2");
    check(headless, "1,2\n3,4\n", "dialect@1.1");
    check(devices, "id;state;count;note\nA;on;1;ab\n", "dialect@1.1");
    check(devices, "id,state,count,note\nA,on,1,\"ab\n", "quoting@2.0");
    check(devices, "id,state,count,note\nA,on,1,\xff\n", "encoding@2.0");
}

/* However many findings there are: counted, and the first ones kept. */
static void test_counts(void **state)
{
    og_arena arena = {0};
    report_layout layout;
    verify_result r = {0};
    og_error err = {0};
    og_buf text = {0};

    (void)state;
    assert_null(read_layout(&arena, devices, &layout));
    og_buf_puts(&text, "id,state,count,note\n");
    for (int i = 0; i < 10000; i++)
        og_buf_puts(&text, "x,no,0,a\n");
    assert_int_equal(run(&layout, og_buf_str(&text), 3, &r, &err), OG_OK);
    assert_int_equal(r.rows, 10000);
    assert_int_equal(r.total, 40000);
    assert_int_equal(r.counts[VERIFY_ENUM], 10000);
    assert_int_equal(r.count, 3);
    assert_str(r.findings[1].field, "state");
    assert_str(r.findings[1].value, "no");
    assert_str(r.findings[1].text, "expected one of on, off");
    assert_true(r.arena.used < 4096);
    verify_result_done(&r);
    og_buf_done(&text);
    og_arena_done(&arena);
}

/* Rows repeat keys of rows long before, between findings of other kinds: all in the order
 * of the file, whatever the hashes start from. */
static void test_key_order(void **state)
{
    static const char keys[] = "schema:\n"
                               "  primaryKey: [a]\n"
                               "  fields: [{name: a}, {name: b, type: integer}]\n";
    enum {
        ROWS = 3000
    };
    og_arena arena = {0};
    report_layout layout;
    og_buf text = {0};

    (void)state;
    assert_null(read_layout(&arena, keys, &layout));
    og_buf_puts(&text, "a,b\n");
    for (int i = 1; i <= ROWS; i++)
        og_buf_printf(&text, "key-%d,%s\n", i % 1000, i % 7 ? "1" : "x");
    for (uint64_t seed = 0; seed < 3; seed++) {
        text_source t = {og_buf_str(&text), 4096};
        const verify_options options = {.keep = 10000, .seed = {seed, 0}};
        verify_result r = {0};
        og_error err = {0};
        verify_file(&layout, (csv_source){read_text, &t}, &options, &r, &err);
        size_t n = 0;
        for (uint64_t i = 1; i <= ROWS; i++) {
            if (i % 7 == 0)
                assert_int_equal(r.findings[n].rule, VERIFY_TYPE);
            n += i % 7 == 0;
            if (i <= 1000)
                continue;
            char due[40];
            snprintf(due, sizeof due, "row %d has this primary key",
                     (int)(i % 1000 + (i % 1000 ? 1 : 1001)));
            assert_int_equal(r.findings[n].rule, VERIFY_PRIMARY_KEY);
            assert_int_equal(r.findings[n].row, i + 1);
            assert_str(r.findings[n].text, due);
            n++;
        }
        assert_int_equal(r.total, n);
        verify_result_done(&r);
    }
    og_buf_done(&text);
    og_arena_done(&arena);
}

static void test_key_memory(void **state)
{
    static const char keys[] =
        "schema: {primaryKey: [a], fields: [{name: a, type: string}]}\n";
    og_arena arena = {0};
    report_layout layout;
    verify_result r = {0};
    og_error err = {0};
    text_source t = {OG_STR("a\n1\n2\n"), 4};
    const verify_options options = {.keep = 1, .key_memory = 1024};

    (void)state;
    assert_null(read_layout(&arena, keys, &layout));
    verify_file(&layout, (csv_source){read_text, &t}, &options, &r, &err);
    assert_error(&err, OG_E_LIMIT, "unique");
    verify_result_done(&r);
    og_arena_done(&arena);
}

static void test_refusals(void **state)
{
    og_arena arena = {0};
    report_layout layout;
    verify_result r = {0};
    og_error err = {0};

    (void)state;
    assert_null(read_layout(&arena, devices, &layout));
    layout.encoding = OG_STR("utf-7");
    run(&layout, OG_STR("id\n"), 1, &r, &err);
    assert_error(&err, OG_E_UNSUPPORTED, "'utf-7'");
    verify_result_done(&r);
    og_arena_done(&arena);
}

static int attempt(void *context)
{
    const report_layout *layout = context;
    verify_result r = {0};
    og_error err = {0};

    int rc =
        run(layout,
            OG_STR("id,state,count,note\nA,on,1,ab\nxyz,no,0,abcde\nA\n,,,\nB,,\"\"\n"),
            10, &r, &err);
    og_error_done(&err);
    verify_result_done(&r);
    return rc;
}

static void test_memory(void **state)
{
    og_arena arena = {0};
    report_layout layout;

    (void)state;
    assert_null(read_layout(&arena, devices, &layout));
    unit_fail_each(attempt, &layout);
    og_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fine),           cmocka_unit_test(test_labels),
        cmocka_unit_test(test_labels_by_name), cmocka_unit_test(test_rows),
        cmocka_unit_test(test_cells),          cmocka_unit_test(test_types),
        cmocka_unit_test(test_keys),           cmocka_unit_test(test_dialects),
        cmocka_unit_test(test_counts),         cmocka_unit_test(test_key_order),
        cmocka_unit_test(test_key_memory),     cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
