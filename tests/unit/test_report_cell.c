/* Cells: what each type reads, and how values compare. */
#include "unit.h"

#include "report/cell.h"

static const cell_number_format plain = {.decimal = '.', .bare = true};
static const cell_number_format continental = {
    .decimal = ',', .group = '.', .bare = true};
static const cell_number_format loose = {.decimal = '.', .bare = false};

typedef bool reader(og_str s, cell_value *ret);

static bool read_plain_integer(og_str s, cell_value *ret)
{
    static cell_scratch scratch[2];
    static int turn;

    return cell_read_integer(s, &plain, &scratch[turn++ % 2], ret);
}

static bool read_plain_number(og_str s, cell_value *ret)
{
    static cell_scratch scratch[2];
    static int turn;

    return cell_read_number(s, &plain, &scratch[turn++ % 2], ret);
}

static bool read_continental(og_str s, cell_value *ret)
{
    static cell_scratch scratch[2];
    static int turn;

    return cell_read_number(s, &continental, &scratch[turn++ % 2], ret);
}

static bool read_loose(og_str s, cell_value *ret)
{
    static cell_scratch scratch[2];
    static int turn;

    return cell_read_number(s, &loose, &scratch[turn++ % 2], ret);
}

typedef struct reading {
    reader *read;
    const char *text;
    bool fits;
} reading;

static void check_readings(const reading *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cell_value v;
        if (rows[i].read(og_str_from(rows[i].text), &v) != rows[i].fits)
            fail_msg("row %zu: '%s' should%s fit", i, rows[i].text,
                     rows[i].fits ? "" : " not");
    }
}

#define CHECK_READINGS(rows) check_readings((rows), sizeof(rows) / sizeof(rows)[0])

static void test_numbers(void **state)
{
    static const reading rows[] = {
        {read_plain_integer, "0", true},
        {read_plain_integer, "-12", true},
        {read_plain_integer, "+7", true},
        {read_plain_integer, "123456789012345678901234567890", true},
        {read_plain_integer, "", false},
        {read_plain_integer, "-", false},
        {read_plain_integer, "1.0", false},
        {read_plain_integer, "1e3", false},
        {read_plain_integer, " 1", false},
        {read_plain_integer, "1,000", false},
        {read_plain_number, "1.50", true},
        {read_plain_number, ".5", true},
        {read_plain_number, "5.", true},
        {read_plain_number, "1e3", true},
        {read_plain_number, "-1.5E-7", true},
        {read_plain_number, "INF", true},
        {read_plain_number, "-INF", true},
        {read_plain_number, "NaN", true},
        {read_plain_number, "nan", true},
        {read_plain_number, "-inf", true},
        {read_plain_number, "+INF", false},
        {read_plain_number, "infinity", false},
        {read_plain_number, ".", false},
        {read_plain_number, "1e", false},
        {read_plain_number, "1e999999999", false},
        {read_plain_number, "1.2.3", false},
        {read_plain_number, "0x10", false},
        {read_plain_number, "5 EUR", false},
        {read_continental, "1.234.567,89", true},
        {read_continental, "1234567,89", true},
        {read_continental, ".1", false},
        {read_continental, "1..2", false},
        {read_continental, "1,2.3", false},
        {read_loose, "EUR 5.25", true},
        {read_loose, "95%", true},
        {read_loose, "-$3", false},
        {read_loose, "$-3", true},
        {read_loose, "none", false},
    };

    (void)state;
    CHECK_READINGS(rows);
}

static void test_times(void **state)
{
    static const reading rows[] = {
        {cell_read_date, "2021-10-05", true},
        {cell_read_date, "2020-02-29", true},
        {cell_read_date, "2021-02-29", false},
        {cell_read_date, "2021-1-05", false},
        {cell_read_date, "2021-10-05T00:00:00", false},
        {cell_read_date, "05/10/2021", false},
        {cell_read_time, "23:59:59", true},
        {cell_read_time, "23:59:59.1", false},
        {cell_read_time, "23:59:59Z", false},
        {cell_read_time, "24:00:00", false},
        {cell_read_time, "12:30", false},
        {cell_read_time, "12:30:00.", false},
        {cell_read_datetime, "2021-10-05T17:00:00Z", true},
        {cell_read_datetime, "2021-10-05T17:00:00", true},
        {cell_read_datetime, "2021-10-05T17:00:00.5+01:00", true},
        {cell_read_datetime, "2021-10-05 17:00:00", false},
        {cell_read_datetime, "2021-10-05T17:00:00+0100", false},
        {cell_read_datetime, "2021-10-05", false},
        {cell_read_datetime, "2021-10-05T17:00:00.123456789Z", true},
        {cell_read_datetime, "2021-10-05T17:00:00,5Z", false},
        {cell_read_datetime, "2021-10-05T17:00:00-14:00", true},
        {cell_read_datetime, "2021-10-05T17:00:00+14:01", false},
        {cell_read_year, "2021", true},
        {cell_read_year, "-0044", true},
        {cell_read_year, "21", false},
        {cell_read_yearmonth, "2021-10", true},
        {cell_read_yearmonth, "2021-13", false},
        {cell_read_yearmonth, "2021-00", false},
        {cell_read_duration, "P1Y2M3DT4H5M6.5S", true},
        {cell_read_duration, "P2W", false},
        {cell_read_duration, "PT1,5S", false},
        {cell_read_duration, "-PT90S", true},
        {cell_read_duration, "P", false},
        {cell_read_duration, "PT", false},
        {cell_read_duration, "P1S", false},
        {cell_read_duration, "P1D1Y", false},
        {cell_read_duration, "P1.5D", false},
        {cell_read_duration, "P1DT", false},
    };

    (void)state;
    CHECK_READINGS(rows);
}

static void test_patterns(void **state)
{
    static const struct {
        const char *format, *text;
        bool date, time, fits;
    } rows[] = {
        {"%d/%m/%Y", "05/10/2021", true, false, true},
        {"%d/%m/%Y", "5/1/2021", true, false, true},
        {"%d/%m/%Y", "31/02/2021", true, false, false},
        {"%d/%m/%Y", "05/10/21", true, false, false},
        {"%d/%m/%Y", "05/10/2021 ", true, false, false},
        {"%Y%m%d", "20211005", true, false, true},
        {"%d %b %Y", "5 Oct 2021", true, false, true},
        {"%d %B %Y", "5 October 2021", true, false, true},
        {"%d %b %Y", "5 Okt 2021", true, false, false},
        {"%A %d %B %Y", "Tuesday 5 October 2021", true, false, true},
        {"%A %d %B %Y", "Monday 5 October 2021", true, false, false},
        {"%Y-%j", "2020-366", true, false, true},
        {"%Y-%j", "2021-366", true, false, false},
        {"%d.%m.%y", "05.10.21", true, false, true},
        {"%H:%M", "17:05", false, true, true},
        {"%H:%M", "25:05", false, true, false},
        {"%I:%M %p", "12:05 AM", false, true, true},
        {"%I:%M %p", "13:05 PM", false, true, false},
        {"%d/%m/%Y %H:%M:%S", "05/10/2021 17:00:01", true, true, true},
        {"%Y-%m-%dT%H:%M:%S.%f%z", "2021-10-05T17:00:00.25+0100", true, true, true},
        {"%Y%%%m%d", "2021%1005", true, false, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cell_pattern pattern;
        cell_value v;
        og_error err = {0};
        assert_int_equal(cell_pattern_make(og_str_from(rows[i].format), rows[i].date,
                                           rows[i].time, &pattern, &err),
                         OG_OK);
        if (cell_read_pattern(og_str_from(rows[i].text), &pattern, &v) != rows[i].fits)
            fail_msg("'%s' as %s should%s fit", rows[i].text, rows[i].format,
                     rows[i].fits ? "" : " not");
    }
}

static void test_bad_patterns(void **state)
{
    static const struct {
        const char *format;
        bool date, time;
        const char *part;
    } rows[] = {{"%Q", true, false, "'%Q'"},
                {"%Y%", true, false, "lone"},
                {"%Y", true, false, "no whole date"},
                {"%m/%d", true, false, "no whole date"},
                {"%M", false, true, "no hour"},
                {"%I", false, true, "no hour"},
                {"%%Y-%%m-%%d", true, false, "no whole date"}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cell_pattern pattern;
        og_error err = {0};
        cell_pattern_make(og_str_from(rows[i].format), rows[i].date, rows[i].time,
                          &pattern, &err);
        assert_error(&err, OG_E_INVALID, rows[i].part);
    }
}

static void test_texts(void **state)
{
    (void)state;
    assert_true(cell_is_email(OG_STR("ops.group@secas.example.co.uk")));
    assert_false(cell_is_email(OG_STR("ops.group@secas")));
    assert_false(cell_is_email(OG_STR("@example.net")));
    assert_false(cell_is_email(OG_STR("a..b@example.net")));
    assert_false(cell_is_email(OG_STR("a b@example.net")));
    assert_false(cell_is_email(OG_STR("a@-example.net")));
    assert_true(cell_is_uri(OG_STR("https://example.net/a?b=c%20d#e")));
    assert_true(cell_is_uri(OG_STR("urn:isbn:0451450523")));
    assert_false(cell_is_uri(OG_STR("example.net")));
    assert_false(cell_is_uri(OG_STR("https://example.net/a b")));
    assert_false(cell_is_uri(OG_STR("x:%zz")));
    assert_true(cell_is_uuid(OG_STR("95ecc380-afe9-11e4-9b6c-751b66dd541e")));
    assert_false(cell_is_uuid(OG_STR("95ecc380afe911e49b6c751b66dd541e")));
    assert_true(cell_is_base64(OG_STR("aGVsbG8=")));
    assert_false(cell_is_base64(OG_STR("aGVsbG8")));
    assert_false(cell_is_base64(OG_STR("a=Vs")));
    assert_true(cell_is_geopoint(OG_STR("-0.1276, 51.5072")));
    assert_true(cell_is_geopoint(OG_STR("180,-90")));
    assert_false(cell_is_geopoint(OG_STR("[180, -90]")));
    assert_false(cell_is_geopoint(OG_STR("51.5, 90.5")));
    assert_false(cell_is_geopoint(OG_STR("51.5")));
}

/* Order, and with it whether their keys are equal. */
static void test_order(void **state)
{
    static const struct {
        reader *read;
        const char *a, *b;
        int order;
    } rows[] = {
        {read_plain_integer, "01", "1", 0},
        {read_plain_integer, "-2", "1", -1},
        {read_plain_integer, "9999999999999999999", "10000000000000000000", -1},
        {read_plain_integer, "-9999999999999999999", "5", -1},
        {read_plain_integer, "000000000000000000000000001", "+1", 0},
        {read_plain_number, "1.50", "1.5", 0},
        {read_plain_number, "1.0", "1", 0},
        {read_plain_number, "0.0", "-0", 0},
        {read_plain_number, "15e-1", "1.5", 0},
        {read_plain_number, "0.1", "0.09", 1},
        {read_plain_number, "1e400", "1e399", 1},
        {read_plain_number, "123456789.0123456789", "123456789.01234567890", 0},
        {read_plain_number, "-INF", "-1e400", -1},
        {read_plain_number, "NaN", "INF", 1},
        {cell_read_date, "2021-10-05", "2021-10-06", -1},
        {cell_read_datetime, "2021-10-05T17:00:00+01:00", "2021-10-05T16:00:00Z", 0},
        {cell_read_datetime, "2021-10-05T17:00:00.1Z", "2021-10-05T17:00:00.10Z", 0},
        {cell_read_duration, "PT60S", "PT1M", 0},
        {cell_read_duration, "-PT0.5S", "-PT1S", 1},
        {cell_read_duration, "P1M", "P28D", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cell_value a, b;
        char x[CELL_KEY_MAX], y[CELL_KEY_MAX];
        assert_true(rows[i].read(og_str_from(rows[i].a), &a));
        assert_true(rows[i].read(og_str_from(rows[i].b), &b));
        int order = cell_order(&a, &b);
        if ((order > 0) - (order < 0) != rows[i].order)
            fail_msg("'%s' and '%s': %d", rows[i].a, rows[i].b, order);
        assert_int_equal(og_str_eq(cell_key(&a, x), cell_key(&b, y)), rows[i].order == 0);
    }
}

static void test_long_keys(void **state)
{
    char text[2][600], x[CELL_KEY_MAX], y[CELL_KEY_MAX];
    cell_value a = {.text = {text[0], 600}}, b = {.text = {text[1], 600}};

    (void)state;
    memset(text, 'a', sizeof text);
    assert_true(og_str_eq(cell_key(&a, x), cell_key(&b, y)));
    text[1][599] = 'b';
    assert_false(og_str_eq(cell_key(&a, x), cell_key(&b, y)));
    a.text.n = b.text.n = CELL_KEY_MAX - 1;
    assert_true(og_str_eq(cell_key(&a, x), cell_key(&b, y)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),  cmocka_unit_test(test_times),
        cmocka_unit_test(test_patterns), cmocka_unit_test(test_bad_patterns),
        cmocka_unit_test(test_texts),    cmocka_unit_test(test_order),
        cmocka_unit_test(test_long_keys)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
