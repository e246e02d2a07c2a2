/* Names of files: which are names of a report, and of which days. */
#include "unit.h"

#include <stdio.h>

#include "report/file_name.h"

/* "first last", "fits" where the name tells none, or "no". */
static void check(const char *text, const char *name, const char *expected)
{
    og_arena arena = {0};
    og_error err = {0};
    file_name pattern;
    og_date first = 1, last = 0;
    char from[11], to[11], got[32] = "no";

    if (file_name_make(og_str_from(text), &arena, &pattern, &err) != OG_OK)
        fail_msg("%s: %s", text, og_error_text(&err));
    if (file_name_read(&pattern, og_str_from(name), &first, &last)) {
        snprintf(got, sizeof got, "fits");
        if (first <= last) {
            og_date_format(first, from);
            og_date_format(last, to);
            snprintf(got, sizeof got, "%s %s", from, to);
        }
    }
    if (strcmp(got, expected) != 0)
        fail_msg("%s as %s: %s, not %s", name, text, got, expected);
    og_arena_done(&arena);
}

static void test_days(void **state)
{
    (void)state;
    check("R_%Y%m%d.csv", "R_20211118.csv", "2021-11-18 2021-11-18");
    check("R_%Y%m%d.csv", "r_20211118.csv", "no");
    check("R_%Y%m%d.csv", "R_20211131.csv", "no");
    check("R_%Y%m%d.csv", "R_2021118.csv", "no");
    check("R_%Y%m%d.csv", "R_20211118.csv.bak", "no");
    check("R_%Y-%m-%d.csv", "R_2021-1-8.csv", "no");
    check("R_%y%m%d.csv", "R_211118.csv", "2021-11-18 2021-11-18");
    check("R_%y%m%d.csv", "R_680101.csv", "2068-01-01 2068-01-01");
    check("R_%y%m%d.csv", "R_690101.csv", "1969-01-01 1969-01-01");
    check("R_%d%b%Y.csv", "R_18Nov2021.csv", "2021-11-18 2021-11-18");
    check("%d %B %Y.csv", "18 November 2021.csv", "2021-11-18 2021-11-18");
    check("R_%Y%j.csv", "R_2020366.csv", "2020-12-31 2020-12-31");
    check("R_%Y%j.csv", "R_2021366.csv", "no");
    check("R_%Y%m%d_%H%M.csv", "R_20211118_2359.csv", "2021-11-18 2021-11-18");
    check("R_%Y%m%d_%H%M.csv", "R_20211118_2460.csv", "no");
    check("100%%_%Y%m%d", "100%_20211118", "2021-11-18 2021-11-18");
}

static void test_spans(void **state)
{
    (void)state;
    check("R_%Y-%m.csv", "R_2021-11.csv", "2021-11-01 2021-11-30");
    check("R_%Y-%m.csv", "R_2021-12.csv", "2021-12-01 2021-12-31");
    check("R_%m%y.csv", "R_0220.csv", "2020-02-01 2020-02-29");
    check("R_%Y-%m.csv", "R_2021-13.csv", "no");
    check("R_%Y-%m.csv", "R_2021-11-18.csv", "no");
    check("R_%Y.csv", "R_2021.csv", "2021-01-01 2021-12-31");
    check("R.csv", "R.csv", "fits");
    check("R.csv", "S.csv", "no");
    check("R_%Y.csv", "", "no");
}

static void test_long(void **state)
{
    char text[400], name[400];

    (void)state;
    memset(text, 'x', sizeof text);
    memset(name, 'x', sizeof name);
    memcpy(text + 390, "%Y%m%d", 7);
    memcpy(name + 390, "20211118", 9);
    check(text, name, "no");
    memcpy(text + 240, "%Y%m%d", 7);
    memcpy(name + 240, "20211118", 9);
    check(text, name, "2021-11-18 2021-11-18");
}

static void test_wrong(void **state)
{
    static const char *const rows[] = {"R_%m%d.csv", "R_%Y%d.csv", "R_%Q.csv", "R_%",
                                       "R_%H.csv",   "%%.csv",     "R_%d.csv"};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        og_arena arena = {0};
        og_error err = {0};
        file_name pattern;
        file_name_make(og_str_from(rows[i]), &arena, &pattern, &err);
        assert_error(&err, OG_E_INVALID, "tells no date: it needs a year (%Y)");
        og_arena_done(&arena);
    }
}

static int attempt(void *context)
{
    og_arena arena = {0};
    og_error err = {0};
    file_name pattern;

    (void)context;
    int rc = file_name_make(OG_STR("R_%Y.csv"), &arena, &pattern, &err);
    og_error_done(&err);
    og_arena_done(&arena);
    return rc;
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_each(attempt, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days), cmocka_unit_test(test_spans),
        cmocka_unit_test(test_long), cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
