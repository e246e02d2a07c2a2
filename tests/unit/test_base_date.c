/* Dates and instants. */
#include "base/date.h"
#include "unit.h"

static void every_day_follows_the_one_before(void **state)
{
    (void)state;
    int year = 1, month = 1, day = 1;
    for (og_date d = OG_DATE_MIN; d <= OG_DATE_MAX; d++) {
        int y, m, n;
        og_date_split(d, &y, &m, &n);
        if (y != year || m != month || n != day || og_date_from(y, m, n) != d)
            fail_msg("day %d is %d-%d-%d, not %d-%d-%d", d, y, m, n, year, month, day);
        if (og_date_valid(year, month, day + 1)) {
            day++;
        } else {
            day = 1;
            year += month == 12;
            month = month % 12 + 1;
        }
    }
    assert_int_equal(year, 10000);
}

static void weekdays_are_known(void **state)
{
    (void)state;
    assert_int_equal(og_date_weekday(0), 4);
    assert_int_equal(og_date_weekday(og_date_from(2021, 11, 4)), 4);
    assert_int_equal(og_date_weekday(OG_DATE_MIN), 1);
    assert_int_equal(og_date_weekday(OG_DATE_MAX), 5);
    assert_int_equal(og_date_yearday(og_date_from(2020, 12, 31)), 365);
    assert_int_equal(og_date_yearday(og_date_from(2021, 1, 1)), 0);
}

static void dates_are_read_strictly(void **state)
{
    (void)state;
    og_date d;
    char text[11];
    assert_true(og_date_parse(OG_STR("2021-11-04"), &d));
    og_date_format(d, text);
    assert_string_equal(text, "2021-11-04");
    og_date_format(OG_DATE_MIN, text);
    assert_string_equal(text, "0001-01-01");
    const char *const bad[] = {"2021-02-30", "2021-13-01", "2021-00-10", "0000-01-01",
                               "2021-2-3",   "20211104",   "2021-11-4 ", "2021-11-04T",
                               "",           "2021-11",    "+021-11-04", "2021-11-0a",
                               "2021/11/04", "1900-02-29"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(og_date_parse(og_str_from(bad[i]), &d));
    assert_true(og_date_parse(OG_STR("2000-02-29"), &d));
}

static void expect_instant(const char *text, const char *expected)
{
    og_civil c;
    char shown[36];
    if (!og_civil_parse(og_str_from(text), &c))
        fail_msg("'%s' was not read", text);
    og_instant_format(og_civil_instant(&c), shown);
    assert_string_equal(shown, expected);
}

static void instants_are_read_and_written(void **state)
{
    (void)state;
    expect_instant("2021-10-04T17:00", "2021-10-04T17:00:00Z");
    expect_instant("2021-10-04T17:00+01:00", "2021-10-04T16:00:00Z");
    expect_instant("2021-10-04t17:00:30.5z", "2021-10-04T17:00:30.500Z");
    expect_instant("1969-12-31T23:59:59.123456789Z", "1969-12-31T23:59:59.123456789Z");
    expect_instant("2021-01-01T00:00:00.000001-03:30", "2021-01-01T03:30:00.000001Z");
    expect_instant("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z");
    expect_instant("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
}

static void bad_instants_are_refused(void **state)
{
    (void)state;
    og_civil c;
    const char *const bad[] = {"2021-10-04",
                               "2021-10-04T",
                               "2021-10-04T17",
                               "2021-10-04T24:00",
                               "2021-10-04T17:60",
                               "2021-10-04T17:00:60",
                               "2021-10-04T17:00.5",
                               "2021-10-04T17:00:00.",
                               "2021-10-04T17:00:00.1234567890",
                               "2021-10-04T17:00+1",
                               "2021-10-04T17:00+24:00",
                               "2021-10-04T17:00+01:60",
                               "2021-10-04T17:00Z ",
                               "2021-10-04 17:00",
                               "2021-02-30T17:00",
                               "0001-01-01T00:00+01:00",
                               "9999-12-31T23:59-01:00",
                               "2021-10-04T17:00ZZ"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (og_civil_parse(og_str_from(bad[i]), &c))
            fail_msg("'%s' was read", bad[i]);
}

static void instants_are_ordered(void **state)
{
    (void)state;
    og_instant a = {5, 1}, b = {5, 2}, c = {6, 0};
    assert_true(og_instant_cmp(a, b) < 0 && og_instant_cmp(c, b) > 0);
    assert_int_equal(og_instant_cmp(b, b), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_follows_the_one_before),
        cmocka_unit_test(weekdays_are_known),
        cmocka_unit_test(dates_are_read_strictly),
        cmocka_unit_test(instants_are_read_and_written),
        cmocka_unit_test(bad_instants_are_refused),
        cmocka_unit_test(instants_are_ordered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
