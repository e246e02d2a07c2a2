/* Layouts from files: types by elimination, code lists, each allocation failing in turn.
 */
#include "unit.h"

#include "report/infer.h"

typedef struct text_source {
    og_str left;
} text_source;

static int read_text(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    text_source *t = self;
    og_str part = og_str_slice(t->left, 0, n < 5 ? n : 5);

    (void)err;
    memcpy(to, part.n ? part.p : "", part.n);
    t->left = og_str_slice(t->left, part.n, t->left.n);
    *ret = part.n;
    return OG_OK;
}

static int infer(const char *text, infer_result *ret, og_error *err)
{
    text_source t = {og_str_from(text)};

    return infer_file((csv_source){read_text, &t}, ret, err);
}

static void test_types(void **state)
{
    static const struct {
        const char *values;
        report_type type;
    } rows[] = {{"1\n-2\n", REPORT_INTEGER},
                {"1\n2.5\n", REPORT_NUMBER},
                {"true\nFalse\n", REPORT_BOOLEAN},
                {"2021-10-05\n2021-10-06\n", REPORT_DATE},
                {"2021-10-05T10:00:00Z\n", REPORT_DATETIME},
                {"10:00:00\n", REPORT_TIME},
                {"2021-10-05\n10:00:00\n", REPORT_STRING},
                {"007\n", REPORT_STRING},
                {"0\n0.5\n", REPORT_NUMBER},
                {"", REPORT_STRING}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        infer_result r = {0};
        og_error err = {0};
        char text[100] = "label\n";
        strcat(text, rows[i].values);
        assert_int_equal(infer(text, &r, &err), OG_OK);
        assert_true(r.header);
        assert_str(r.columns[0].name, "label");
        if (r.columns[0].type != rows[i].type)
            fail_msg("row %zu: %s", i, report_type_name(r.columns[0].type));
        infer_result_done(&r);
    }
}

static void test_words(void **state)
{
    infer_result r = {0};
    og_error err = {0};

    (void)state;
    assert_int_equal(infer("a\tb\nx\tp\nx\tq\ny\tr\nx\ts\ny\tt\nx\tu\nx\tv\nx\tw\nx\tx\n"
                           "y\ty\n",
                           &r, &err),
                     OG_OK);
    assert_int_equal(r.delimiter, '\t');
    assert_int_equal(r.rows, 10);
    assert_int_equal(r.columns[0].word_count, 2);
    assert_str(r.columns[0].words[1], "y");
    assert_int_equal(r.columns[1].word_count, 0);
    assert_true(r.columns[0].required);
    infer_result_done(&r);
}

static int attempt(void *context)
{
    infer_result r = {0};
    og_error err = {0};

    (void)context;
    int rc = infer("a,b\n1,\"x \"\"y\"\"\"\n2,z\n", &r, &err);
    og_error_done(&err);
    infer_result_done(&r);
    return rc;
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_each(attempt, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_types),
                                       cmocka_unit_test(test_words),
                                       cmocka_unit_test(test_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
