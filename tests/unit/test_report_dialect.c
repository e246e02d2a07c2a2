/* Files written in another way than the layout says: one finding, in words that tell what
 * the file looks like. And files that were cut off. */
#include "report_check.h"

static const char devices[] =
    "schema:\n"
    "  fields:\n"
    "    - {name: id, type: integer}\n"
    "    - {name: state, type: string, constraints: {enum: [on, off]}}\n"
    "    - {name: note, type: string}\n";
static const char texts[] = "schema: {fields: [{name: a}, {name: b}]}\n";
static const char headless[] =
    "schema: {fields: [{name: id, type: integer}, {name: b}, {name: c}]}\n"
    "dialect: {header: false}\n";
static const char apostrophes[] =
    "schema: {fields: [{name: id, type: integer}, {name: b}]}\n"
    "dialect: {quoteChar: \"'\", delimiter: ';'}\n";
static const char unquoted[] =
    "schema: {fields: [{name: id, type: integer}, {name: b}]}\n"
    "dialect: {quoteChar: null}\n";
static const char second[] = "schema: {fields: [{name: id, type: integer}, {name: b}]}\n"
                             "dialect: {headerRows: [2]}\n";
static const char named[] =
    "schema: {fieldsMatch: partial, fields: [{name: a}, {name: b}]}\n";
static const char needed[] =
    "schema:\n"
    "  fieldsMatch: superset\n"
    "  primaryKey: a\n"
    "  fields: [{name: a}, {name: b, constraints: {required: true}}, {name: c}]\n";

static const struct {
    const char *layout, *file, *expected, *text;
} cases[] = {
    /* Delimiter. */
    {devices, "id;state;note\n1;on;x\n2;off;y\n", "dialect@1.1 (not read on)",
     "fields look separated by ';', and the layout says ','"},
    {devices, "id\tstate\tnote\n1\ton\tx\n", "dialect@1.1 (not read on)", "by a tab"},
    {devices, "\"id\"|\"state\"|\"note\"\n", "dialect@1.0 (not read on)",
     "fields look separated by '|'"},
    {apostrophes, "id,b\n1,x\n2,y\n", "dialect@1.1 (not read on)",
     "by ',', and the layout says ';'"},
    {devices, "id;state, the; note\n", "dialect@1.1 (not read on)", "';'"},
    {headless, "1;x;y\n2;x;y\n", "dialect@1.1 (not read on)", "';'"},
    {headless, "1,x,\n2,a;b,\n", "", NULL},
    /* Quote. */
    {devices, "'id','state','note'\n'1','on','x'\n", "dialect@1.1 (not read on)",
     "cells look quoted with an apostrophe, and the layout says '\"'"},
    {devices, "id,state,note\n'1','on','x'\n'2','on','x'\n", "dialect@2.1 (not read on)",
     "an apostrophe"},
    {apostrophes, "\"id\";\"b\"\n\"1\";\"x\"\n", "dialect@1.1 (not read on)",
     "quoted with '\"', and the layout says an apostrophe"},
    {unquoted, "id,b\n\"1\",\"x\"\n", "dialect@2.1 (not read on)",
     "with '\"', and the layout says that nothing is quoted"},
    {texts, "a,b\n'tis,'quoted'\n", "", NULL},
    {devices, "id,state,note\n1,'maybe',x\n", "enum@2.2", NULL},
    {devices, "id,state,note\n1,on,\"a \\\"b\\\"\"\n", "quoting@2.0 (not read on)",
     "text follows a closing quote"},
    /* Line endings. */
    {texts, "a,b\r\n1,2\r\n3,4\r\n", "line-ending@1.0", "ends with CRLF"},
    {texts, "a,b\r1,2\r3,4\r", "line-ending@0.0 (not read on)",
     "rows end with a carriage return alone, and the layout says LF"},
    {texts, "a,b\n1,2\r3,4\n", "encoding@2.0 (not read on)",
     "a carriage return without a line feed"},
    {texts, "a,b\n1,\"2\r3\"\n", "", NULL},
    {headless, "1,x,\"y\rz\"", "", NULL},
    /* Labels. */
    {devices, "1,on,x\n2,off,y\n", "dialect@1.0 (not read on)",
     "the row looks like data, and the layout says that labels stand here"},
    {texts, "1,2\n3,4\n", "incorrect-label@1.0 (not read on)",
     "is it a file of another report?"},
    {named, "x,y\n3,4\n", "incorrect-label@1.0 (not read on)", "no label"},
    {texts, "A,B\n3,4\n", "incorrect-label@1.1 incorrect-label@1.2", "should be 'a'"},
    {texts, ", \n3,4\n", "blank-label@1.0 (not read on)", "every label is blank"},
    {texts, "a,b\n1,2\na,b\n3,4\na,b\n", "dialect@3.0 dialect@5.0",
     "the labels stand here again"},
    {texts, "a,b\na,c\n", "", NULL},
    {headless, "id,b,c\n1,x,y\n", "dialect@1.0",
     "the row holds labels, and the layout says that there are none"},
    {second, "Title,\nid,b\n1,x\n", "", NULL},
    {second, "id,b\n1,x\n2,y\n", "dialect@1.0 (not read on)",
     "the labels stand here, and the layout says that they come later"},
    {texts, "sep=,\na,b\n1,2\n", "dialect@1.0 (not read on)",
     "labels stand in line 2, and the layout says that they stand here"},
    {devices, "\"A title\"\r\n\r\nid,\"state\",note\r\n1,on,x\r\n",
     "line-ending@1.0 dialect@1.0 (not read on)", "labels stand in line 3"},
    {second, "Title\nSubtitle\nid,b\n1,x\n", "dialect@2.0 (not read on)", "in line 3"},
    {needed, "b,c\nx,y\n", "missing-label@1.0", "'a' is not in the file"},
    {needed, "a,c\nx,y\n", "missing-label@1.0", "'b' is not in the file"},
    {needed, "a,b\nx,y\n", "", NULL},
    /* Cut off. */
    {devices, "id,state,note\n1,on,x\n2,o", "missing-cell@3.3",
     "instead of 3, and the file ends in it: is it cut off?"},
    {devices, "id,state,note\n1,on\n2,on,x\n", "missing-cell@2.3", "cells instead of 3"},
    {devices, "id,state,note\n1,on,\"x", "quoting@2.0 (not read on)",
     "a quote is not closed"},
    {devices, "id,state,note\n1,on,x\n2,on,\"x\ny\n", "quoting@3.0 (not read on)",
     "a quote is not closed"},
    {devices, "id,sta", "incorrect-label@1.2 missing-label@1.3", NULL},
    {devices, "", "empty@0.0", "no row of labels"},
    {devices, "\n\n", "empty@0.0 blank-row@0.0 blank-row@0.0", NULL},
};

static void test_dialects(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_file_in(cases[i].layout, NULL, og_str_from(cases[i].file),
                      cases[i].expected, cases[i].text);
}

/* A thousand rows written another way: still one finding. */
static void test_no_flood(void **state)
{
    og_buf text = {0};

    (void)state;
    og_buf_puts(&text, "1;on;x\n");
    for (int i = 0; i < 1000; i++)
        og_buf_printf(&text, "%d;on;x\n", i);
    check_file_in(devices, NULL, og_buf_str(&text), "dialect@1.1 (not read on)", NULL);
    og_buf_done(&text);
}

/* However a file is cut off: never fine, unless nothing but a line ending, or a part of
 * the last cell, is gone; that is noted. */
static void test_every_cut(void **state)
{
    static const char whole[] =
        "id,state,note\n1,on,\"a, \"\"b\"\"\"\n2,off,\"x\ny\"\n3,on,zz\n";
    og_arena arena = {0};
    report_layout layout;
    const verify_options options = {.keep = 1};
    size_t fine = 0;

    (void)state;
    assert_null(read_layout(&arena, devices, &layout));
    for (size_t n = 0; n < sizeof whole; n++) {
        csv_pieces pieces = {{whole, n}, 5};
        verify_result r = {0};
        og_error err = {0};
        assert_int_equal(verify_file(&layout, (csv_source){csv_pieces_read, &pieces},
                                     &options, &r, &err),
                         OG_OK);
        if (verify_conforms(&r)) {
            assert_true(r.open_end || (n > 0 && whole[n - 1] == '\n'));
            fine++;
        }
        verify_result_done(&r);
    }
    assert_int_equal(fine, 14);
    og_arena_done(&arena);
}

static int attempt(void *context)
{
    static const char *const files[] = {"id;state;note\n", "'id',x\n", "1,on,x\n",
                                        "id,state,note\n'1',on,\n",
                                        "id,state,note\nid,state,note\n"};
    const verify_options options = {.keep = 3};
    int rc = OG_OK;

    for (size_t i = 0; i < sizeof files / sizeof files[0] && rc == OG_OK; i++) {
        csv_pieces pieces = {og_str_from(files[i]), 3};
        verify_result r = {0};
        og_error err = {0};
        rc = verify_file(context, (csv_source){csv_pieces_read, &pieces}, &options, &r,
                         &err);
        og_error_done(&err);
        verify_result_done(&r);
    }
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
        cmocka_unit_test(test_dialects), cmocka_unit_test(test_no_flood),
        cmocka_unit_test(test_every_cut), cmocka_unit_test(test_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
