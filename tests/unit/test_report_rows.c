/* What rows owe each other: their order, and the rows they refer to. */
#include "report_check.h"

/* ---- Order ---- */

#define COLUMNS(a, b) \
    "schema: {fields: [{name: a, type: " a "}, {name: b, type: " b "}]}\nsorted_by: "

static void test_order(void **state)
{
    static const struct {
        const char *layout, *text, *expected;
    } rows[] = {
        {COLUMNS("integer", "string") "a\n", "a,b\n2,x\n10,x\n10,y\n11,x\n", ""},
        {COLUMNS("integer", "string") "a\n", "a,b\n10,x\n2,x\n3,x\n", "order@3.1"},
        {COLUMNS("string", "string") "a\n", "a,b\n10,x\n2,x\n3,x\n", ""},
        {COLUMNS("string", "string") "a\n", "a,b\n2,x\n10,x\n", "order@3.1"},
        {COLUMNS("integer", "string") "-a\n", "a,b\n10,x\n2,x\n2,x\n3,x\n", "order@5.1"},
        {COLUMNS("integer", "string") "a -b\n", "a,b\n1,y\n1,x\n1,z\n2,z\n", "order@4.2"},
        {COLUMNS("integer", "string") "b a\n", "a,b\n9,x\n1,y\n2,y\n", ""},
        {COLUMNS("datetime", "string") "a\n",
         "a,b\n2021-10-05T17:00:00+01:00,\n2021-10-05T16:30:00Z,\n", ""},
        {COLUMNS("number", "string") "a\n",
         "a,b\n1.5,\n1.50,\n1e400,\n2e400,\nINF,\n1e500,\n", "order@7.1"},
        {COLUMNS("number", "string") "a\n", "a,b\n-2e400,\n-1e400,\n-1.5e401,\n",
         "order@4.1"},
        {COLUMNS("boolean", "string") "a\n", "a,b\nfalse,\nTrue,\n0,\n", "order@4.1"},
        {COLUMNS("string", "string") "a\n", "a,b\nx,\n\xc3\xa4,\ny,\n", "order@4.1"},
        /* No value comes first. */
        {COLUMNS("integer", "string") "a\n", "a,b\n,x\n,y\n1,x\n,x\n", "order@5.1"},
        {COLUMNS("integer", "string") "-a\n", "a,b\n1,x\n,x\n1,x\n", "order@4.1"},
        /* What is wrong otherwise is left out, and the next held against the last. */
        {COLUMNS("integer", "string") "a\n", "a,b\n5,x\nz,x\n6,x\n", "type@3.1"},
        {COLUMNS("integer", "string") "a\n", "a,b\n5,x\nz,x\n4,x\n",
         "type@3.1 order@4.1"},
        {COLUMNS("integer", "string") "a\n", "a,b\n5,x\n9\n6,x\n4,x\n",
         "missing-cell@3.2 order@5.1"},
        {COLUMNS("integer", "string") "a b\n", "a,b\n5,x\n\n5,y\n5,x\n",
         "blank-row@3.0 order@4.2"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_file(rows[i].layout, rows[i].text, rows[i].expected);
    check_file_in(COLUMNS("integer", "string") "a\n", NULL, OG_STR("a,b\n10,x\n2,x\n"),
                  "order@3.1", "row 2 before it has '10', and rows ascend by 'a'");
}

/* A column that need not be there is the same in all rows. */
static void test_absent(void **state)
{
    static const char layout[] =
        "schema: {fieldsMatch: superset, fields: [{name: a}, {name: b}]}\n"
        "sorted_by: a b\n";

    (void)state;
    check_file(layout, "b\nx\ny\n", "");
    check_file(layout, "b\ny\nx\n", "order@3.1");
}

/* ---- References ---- */

static const char parents[] =
    "schema:\n"
    "  fields: [{name: id, type: integer}, {name: parent, type: integer}]\n"
    "  foreignKeys: [{fields: parent, reference: {fields: [id]}}]\n";
static const char pairs[] =
    "schema:\n"
    "  fields: [{name: a}, {name: b}, {name: c, type: string}, {name: d}]\n"
    "  foreignKeys: [{fields: [c, d], reference: {resource: '', fields: [a, b]}}]\n";
static const char others[] =
    "schema:\n"
    "  fields: [{name: a}]\n"
    "  foreignKeys: [{fields: [a], reference: {resource: states, fields: [code]}}]\n";

static void test_references(void **state)
{
    (void)state;
    check_file(parents, "id,parent\n1,\n2,1\n3,4\n4,03\n", "");
    check_file(parents, "id,parent\n1,1\n2,7\n3,8\n7,1\n", "foreign-key@4.2");
    check_file(parents, "id,parent\n1,9\n2,9\n", "foreign-key@2.2 foreign-key@3.2");
    check_file(parents, "id,parent\nx,1\n2,y\n", "type@2.1 type@3.2 foreign-key@2.2");
    check_file(pairs, "a,b,c,d\n1,23,12,3\n12,3,1,23\n", "");
    check_file(pairs, "a,b,c,d\n1,23,12,3\n2,2,,9\n", "foreign-key@2.0");
    check_file(others, "a\nx\n", " unchecked: a foreign key to 'states'");
    check_file_in(parents, NULL, OG_STR("id,parent\n1,9\n"), "foreign-key@2.2",
                  "no row has this 'id'");
}

/* A report that names itself refers to its own file. */
static void test_own_name(void **state)
{
    og_arena arena = {0};
    report_layout layout;
    csv_pieces pieces = {OG_STR("a\nx\n"), 3};
    const verify_options options = {.keep = 1};
    verify_result r = {0};

    (void)state;
    assert_null(read_layout(&arena,
                            "schema:\n"
                            "  fields: [{name: a}, {name: b}]\n"
                            "  fieldsMatch: superset\n"
                            "  foreignKeys:\n"
                            "    - {fields: a, reference: {resource: R-1, fields: b}}\n",
                            &layout));
    layout.report = OG_STR("R-1");
    assert_int_equal(
        verify_file(&layout, (csv_source){csv_pieces_read, &pieces}, &options, &r, NULL),
        OG_OK);
    assert_int_equal(r.unchecked_count, 0);
    assert_int_equal(r.counts[VERIFY_FOREIGN_KEY], 1);
    verify_result_done(&r);
    og_arena_done(&arena);
}

/* Rows that refer onwards in a file with many of them. */
static void test_many(void **state)
{
    og_buf text = {0};

    (void)state;
    og_buf_puts(&text, "id,parent\n");
    for (int i = 0; i < 200000; i++)
        og_buf_printf(&text, "%d,%d\n", i, i < 199900 ? i + 100 : 150000);
    og_buf_puts(&text, "200000,200001\n");
    check_file_in(parents, NULL, og_buf_str(&text), "foreign-key@200002.2", NULL);
    og_buf_done(&text);
}

/* What has come is waited for no longer: long ids take their bytes twice at once. */
static void test_sweep(void **state)
{
    static const char long_ids[] =
        "schema:\n"
        "  fields: [{name: id, type: string}, {name: parent, type: string}]\n"
        "  foreignKeys: [{fields: parent, reference: {fields: [id]}}]\n";
    og_arena arena = {0};
    report_layout layout;
    verify_result r = {0};
    og_error err = {0};
    og_buf text = {0};
    const verify_options options = {.keep = 1, .key_memory = 4 * 1024 * 1024};

    (void)state;
    og_buf_puts(&text, "id,parent\n");
    for (int i = 0; i < 20000; i++)
        og_buf_printf(&text, "%0100d,%0100d\n", i, i < 19999 ? i + 1 : i);
    csv_pieces pieces = {og_buf_str(&text), 4096};
    assert_null(read_layout(&arena, long_ids, &layout));
    if (verify_file(&layout, (csv_source){csv_pieces_read, &pieces}, &options, &r,
                    &err) != OG_OK)
        fail_msg("%s", og_error_text(&err));
    assert_int_equal(r.total, 0);
    verify_result_done(&r);
    og_buf_done(&text);
    og_arena_done(&arena);
}

static void test_limit(void **state)
{
    og_arena arena = {0};
    report_layout layout;
    verify_result r = {0};
    og_error err = {0};
    og_buf text = {0};
    const verify_options options = {.keep = 1, .key_memory = 2 * 1024 * 1024};

    (void)state;
    og_buf_puts(&text, "id,parent\n");
    for (int i = 0; i < 100000; i++)
        og_buf_printf(&text, "1,%d\n", i + 2);
    csv_pieces pieces = {og_buf_str(&text), 4096};
    assert_null(read_layout(&arena, parents, &layout));
    verify_file(&layout, (csv_source){csv_pieces_read, &pieces}, &options, &r, &err);
    assert_error(&err, OG_E_LIMIT, "more than 2 MiB");
    verify_result_done(&r);
    og_buf_done(&text);
    og_arena_done(&arena);
}

/* ---- No memory ---- */

static int attempt(void *context)
{
    const report_layout *layout = context;
    csv_pieces pieces = {OG_STR("id,parent\n2,1\n1e,x\n4,9\n3,5\n"), 3};
    const verify_options options = {.keep = 5};
    verify_result r = {0};
    og_error err = {0};

    int rc =
        verify_file(layout, (csv_source){csv_pieces_read, &pieces}, &options, &r, &err);
    og_error_done(&err);
    verify_result_done(&r);
    return rc;
}

static void test_memory(void **state)
{
    og_arena arena = {0};
    report_layout layout;

    (void)state;
    assert_null(read_layout(&arena, parents, &layout));
    sort_by(&arena, "\nsorted_by: id\n", &layout);
    unit_fail_each(attempt, &layout);
    og_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),      cmocka_unit_test(test_absent),
        cmocka_unit_test(test_references), cmocka_unit_test(test_own_name),
        cmocka_unit_test(test_many),       cmocka_unit_test(test_sweep),
        cmocka_unit_test(test_limit),      cmocka_unit_test(test_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
