/* Working Days: the published list, the counts of the November 2021 Release, exceptions.
 */
#include "base/buf.h"
#include "base/file.h"
#include "calendar/calendar.h"
#include "unit.h"

#define FEED \
    OPSGATE_SOURCE_DIR "/tests/data/bank-holidays-england-and-wales-2012-2028.csv"

static calendar *make(void)
{
    og_error err = {0};
    calendar *c = NULL;
    if (cal_new(OG_STR("england-and-wales"), &c, &err) != OG_OK)
        fail_msg("%s", og_error_text(&err));
    return c;
}

static og_date on(const char *text)
{
    og_date d = 0;
    if (!og_date_parse(og_str_from(text), &d))
        fail_msg("'%s' is not a date", text);
    return d;
}

/* The bank holidays of 2012 to 2028 in the words and order of the published list. */
static void the_published_list_is_reproduced(void **state)
{
    (void)state;
    og_error err = {0};
    og_buf feed = {0};
    og_buf ours = {0};
    calendar *c = make();
    assert_int_equal(og_file_read(FEED, 100000, true, &feed, &err), OG_OK);
    og_buf_puts(&ours, "date,title,notes\r\n");
    for (int year = 2012; year <= 2028; year++) {
        cal_holiday list[CAL_YEAR_MAX];
        size_t count = cal_bank_holidays(c, year, list);
        for (size_t i = 0; i < count; i++) {
            char date[11];
            og_date_format(list[i].date, date);
            og_buf_printf(&ours, "%s,%s,%s\r\n", date, list[i].title, list[i].note);
        }
    }
    assert_string_equal(ours.p, feed.p);
    og_buf_done(&ours);
    og_buf_done(&feed);
    cal_free(c);
}

static void the_release_is_counted(void **state)
{
    (void)state;
    calendar *c = make();
    const struct {
        const char *a, *b;
        int days;
    } counts[] = {
        {"2021-09-07", "2021-09-15", 6},   {"2021-09-07", "2021-09-21", 10},
        {"2021-09-07", "2021-10-05", 20},  {"2021-09-07", "2021-11-04", 42},
        {"2021-09-21", "2021-10-05", 10},  {"2021-10-05", "2021-11-04", 22},
        {"2021-11-04", "2021-10-05", -22}, {"2021-11-04", "2021-11-04", 0},
        {"2021-11-06", "2021-11-07", 0},   {"2021-11-05", "2021-11-08", 1},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        assert_int_equal(cal_working_days(c, on(counts[i].a), on(counts[i].b)),
                         counts[i].days);
    og_date d;
    assert_true(cal_add_working_days(c, on("2021-11-04"), -30, &d));
    assert_int_equal(d, on("2021-09-23"));
    assert_true(cal_add_working_days(c, on("2021-11-06"), 0, &d));
    assert_int_equal(d, on("2021-11-06"));
    cal_free(c);
}

/* Both ways of counting against one day at a time, over weekends and Christmas. */
static void counting_agrees_with_walking(void **state)
{
    (void)state;
    og_error err = {0};
    calendar *c = make();
    assert_int_equal(cal_add_holiday(c, on("2021-12-29"), OG_STR("shut"), &err), OG_OK);
    assert_int_equal(cal_add_working(c, on("2022-01-08"), &err), OG_OK);
    for (og_date a = on("2021-12-10"); a < on("2022-02-01"); a++) {
        int64_t n = 0;
        og_date found;
        for (og_date b = a + 1; b < a + 400; b++) {
            n += cal_is_working_day(c, b);
            assert_int_equal(cal_working_days(c, a, b), n);
            assert_int_equal(cal_working_days(c, b, a), -n);
            if (cal_is_working_day(c, b)) {
                assert_true(cal_add_working_days(c, a, n, &found));
                assert_int_equal(found, b);
            }
        }
        n = 0;
        for (og_date b = a - 1; b > a - 400; b--) {
            if (!cal_is_working_day(c, b))
                continue;
            n--;
            assert_true(cal_add_working_days(c, a, n, &found));
            assert_int_equal(found, b);
        }
    }
    cal_free(c);
}

static void the_ends_of_time_hold(void **state)
{
    (void)state;
    calendar *c = make();
    og_date d = 7;
    assert_true(cal_working_days(c, OG_DATE_MIN, OG_DATE_MAX) > 2500000);
    assert_false(cal_add_working_days(c, OG_DATE_MAX, 1, &d));
    assert_false(cal_add_working_days(c, OG_DATE_MIN, -1, &d));
    assert_false(cal_add_working_days(c, 0, INT64_MAX, &d));
    assert_false(cal_add_working_days(c, 0, INT64_MIN, &d));
    assert_false(cal_add_working_days(c, 0, 2500000, &d));
    assert_int_equal(d, 7);
    for (int year = 1; year <= 9999; year++) {
        cal_holiday list[CAL_YEAR_MAX];
        size_t count = cal_bank_holidays(c, year, list);
        assert_true(count >= 8 && count < CAL_YEAR_MAX);
        for (size_t i = 0; i < count; i++) {
            int weekday = og_date_weekday(list[i].date);
            assert_true(weekday >= 1 && weekday <= 5);
            assert_true(i == 0 || list[i].date > list[i - 1].date);
        }
    }
    cal_free(c);
}

static void exceptions_change_days(void **state)
{
    (void)state;
    og_error err = {0};
    calendar *c = make();
    og_date a = on("2021-11-01");
    og_date b = on("2021-12-31");
    int64_t before = cal_working_days(c, a, b);
    assert_int_equal(cal_add_holiday(c, on("2021-11-12"), OG_STR("a"), &err), OG_OK);
    assert_int_equal(cal_working_days(c, a, b), before - 1);
    assert_false(cal_is_working_day(c, on("2021-11-12")));
    assert_int_equal(cal_add_holiday(c, on("2021-12-27"), OG_STR("b"), &err), OG_OK);
    assert_int_equal(cal_add_holiday(c, on("2021-11-13"), OG_STR("c"), &err), OG_OK);
    assert_int_equal(cal_working_days(c, a, b), before - 1);
    assert_int_equal(cal_add_working(c, on("2021-12-28"), &err), OG_OK);
    assert_int_equal(cal_add_working(c, on("2021-11-20"), &err), OG_OK);
    assert_int_equal(cal_add_working(c, on("2021-11-22"), &err), OG_OK);
    assert_int_equal(cal_working_days(c, a, b), before + 1);
    assert_true(cal_is_working_day(c, on("2021-11-20")));
    cal_add_working(c, on("2021-11-12"), &err);
    assert_error(&err, OG_E_CONFLICT,
                 "'2021-11-12' is in the calendar's exceptions twice");
    cal_free(c);
}

static void years_beyond_the_list_are_told(void **state)
{
    (void)state;
    og_error err = {0};
    calendar *c = make();
    assert_int_equal(cal_last_verified_year(c), 2028);
    assert_true(cal_is_verified(c, on("2012-01-01"), on("2028-12-31")));
    assert_true(cal_is_verified(c, on("2028-12-31"), on("2012-01-01")));
    assert_false(cal_is_verified(c, on("2028-12-31"), on("2029-01-01")));
    assert_false(cal_is_verified(c, on("2011-12-31"), on("2012-01-01")));
    assert_str(cal_jurisdiction(c), "england-and-wales");
    cal_free(c);
    cal_new(OG_STR("atlantis"), &c, &err);
    assert_error(&err, OG_E_NOTFOUND, "'atlantis'; there is 'england-and-wales'");
}

static void the_digest_follows_the_definition(void **state)
{
    (void)state;
    og_error err = {0};
    unsigned char plain[OG_SHA256_SIZE], one[OG_SHA256_SIZE], two[OG_SHA256_SIZE];
    calendar *a = make();
    calendar *b = make();
    cal_digest(a, plain);
    cal_digest(b, two);
    assert_memory_equal(plain, two, sizeof plain);
    cal_add_holiday(a, on("2021-11-12"), OG_STR("x"), &err);
    cal_digest(a, one);
    assert_memory_not_equal(plain, one, sizeof plain);
    cal_add_working(a, on("2021-11-13"), &err);
    cal_add_working(b, on("2021-11-13"), &err);
    cal_add_holiday(b, on("2021-11-12"), OG_STR("x"), &err);
    cal_digest(a, one);
    cal_digest(b, two);
    assert_memory_equal(one, two, sizeof one);
    cal_free(a);
    cal_free(b);
}

static int build(void *context)
{
    (void)context;
    og_error err = {0};
    calendar *c = NULL;
    int code = cal_new(OG_STR("england-and-wales"), &c, &err);
    for (og_date d = 0; d < 20 && code == OG_OK; d++)
        code = cal_add_holiday(c, d, OG_STR("day"), &err);
    og_error_done(&err);
    cal_free(c);
    return code;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    if (!UNIT_HAS_FAULTS)
        skip();
    assert_int_equal(unit_fail_each(build, NULL), 1 + 20 + 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_list_is_reproduced),
        cmocka_unit_test(the_release_is_counted),
        cmocka_unit_test(counting_agrees_with_walking),
        cmocka_unit_test(the_ends_of_time_hold),
        cmocka_unit_test(exceptions_change_days),
        cmocka_unit_test(years_beyond_the_list_are_told),
        cmocka_unit_test(the_digest_follows_the_definition),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
