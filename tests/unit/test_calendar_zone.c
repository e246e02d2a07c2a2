/* Time zones: known transitions, gaps and overlaps, rules for late years, hostile files.
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/embedded.h"
#include "calendar/tzif.h"
#include "calendar/zone.h"
#include "unit.h"

extern const og_embedded_file og_zone_files[];
extern const size_t og_zone_file_count;

static zone *open_zone(const char *name)
{
    og_error err = {0};
    zone *z = NULL;
    if (zone_open(og_str_from(name), &z, &err) != OG_OK)
        fail_msg("%s", og_error_text(&err));
    return z;
}

static og_instant instant(const char *text)
{
    og_civil c;
    if (!og_civil_parse(og_str_from(text), &c))
        fail_msg("'%s' is not a time", text);
    return og_civil_instant(&c);
}

static void expect(og_instant t, const char *expected)
{
    char text[36];
    og_instant_format(t, text);
    assert_string_equal(text, expected);
}

static void expect_offset(const char *name, const char *at, int offset)
{
    zone *z = open_zone(name);
    int got = zone_offset_at(z, instant(at));
    if (got != offset)
        fail_msg("%s at %s is %d, not %d", name, at, got, offset);
    zone_free(z);
}

static void offsets_are_known(void **state)
{
    (void)state;
    expect_offset("Europe/London", "2021-03-28T00:59:59Z", 0);
    expect_offset("Europe/London", "2021-03-28T01:00:00Z", 3600);
    expect_offset("Europe/London", "2021-10-31T00:59:59Z", 3600);
    expect_offset("Europe/London", "2021-10-31T01:00:00Z", 0);
    expect_offset("Europe/London", "1969-06-01T00:00:00Z", 3600);
    expect_offset("Europe/London", "0001-01-01T00:00:00Z", -75);
    expect_offset("Europe/London", "2150-07-01T00:00:00Z", 3600);
    expect_offset("Europe/London", "9999-12-31T23:59:59Z", 0);
    expect_offset("Europe/London", "9999-07-01T00:00:00Z", 3600);
    expect_offset("America/St_Johns", "2021-01-15T00:00:00Z", -12600);
    expect_offset("America/St_Johns", "2021-03-14T05:29:59Z", -12600);
    expect_offset("America/St_Johns", "2021-03-14T05:30:00Z", -9000);
    expect_offset("Asia/Kathmandu", "2021-06-01T00:00:00Z", 20700);
    expect_offset("Asia/Kathmandu", "1985-06-01T00:00:00Z", 19800);
    expect_offset("Australia/Sydney", "2021-04-03T15:59:59Z", 39600);
    expect_offset("Australia/Sydney", "2021-04-03T16:00:00Z", 36000);
    expect_offset("Australia/Sydney", "2121-01-01T00:00:00Z", 39600);
    expect_offset("Europe/Dublin", "2100-07-01T00:00:00Z", 3600);
    expect_offset("Europe/Dublin", "2100-01-01T00:00:00Z", 0);
    expect_offset("UTC", "2021-06-01T00:00:00Z", 0);
    expect_offset("+05:45", "2021-06-01T00:00:00Z", 20700);
    expect_offset("-03:30", "2021-06-01T00:00:00Z", -12600);
}

static void expect_local(const char *name, const char *local, const char *expected)
{
    zone *z = open_zone(name);
    og_civil c;
    assert_true(og_civil_parse(og_str_from(local), &c));
    expect(zone_instant(z, &c), expected);
    zone_free(z);
}

static void local_times_become_instants(void **state)
{
    (void)state;
    expect_local("Europe/London", "2021-09-10T17:00", "2021-09-10T16:00:00Z");
    expect_local("Europe/London", "2021-09-10T17:00+02:00", "2021-09-10T15:00:00Z");
    expect_local("Europe/London", "2021-03-28T00:59:59.5", "2021-03-28T00:59:59.500Z");
    expect_local("Europe/London", "2021-03-28T01:30:00.5", "2021-03-28T01:00:00Z");
    expect_local("Europe/London", "2021-03-28T02:00", "2021-03-28T01:00:00Z");
    expect_local("Europe/London", "2021-10-31T01:30:00.25", "2021-10-31T00:30:00.250Z");
    expect_local("Europe/London", "2021-10-31T02:00", "2021-10-31T02:00:00Z");
    expect_local("Australia/Sydney", "2121-10-05T02:30", "2121-10-04T16:00:00Z");
}

static void days_have_a_start_and_an_end(void **state)
{
    (void)state;
    og_date d = og_date_from(2021, 11, 4);
    zone *london = open_zone("Europe/London");
    expect(zone_start_of(london, d), "2021-11-04T00:00:00Z");
    expect(zone_end_of(london, d), "2021-11-04T23:59:59.999999999Z");
    d = og_date_from(2021, 9, 7);
    expect(zone_start_of(london, d), "2021-09-06T23:00:00Z");
    expect(zone_end_of(london, d), "2021-09-07T22:59:59.999999999Z");
    expect(zone_end_of(london, OG_DATE_MAX), "9999-12-31T23:59:59.999999999Z");
    expect(zone_start_of(london, OG_DATE_MIN), "0001-01-01T00:01:15Z");
    zone_free(london);
    zone *east = open_zone("+01:00");
    expect(zone_start_of(east, OG_DATE_MIN), "0001-01-01T00:00:00Z");
    assert_int_equal(zone_date_at(east, (og_instant){OG_INSTANT_MAX, 0}), OG_DATE_MAX);
    zone_free(east);
    /* Midnight is jumped over. */
    zone *beirut = open_zone("Asia/Beirut");
    d = og_date_from(2021, 3, 28);
    expect(zone_start_of(beirut, d), "2021-03-27T22:00:00Z");
    zone_free(beirut);
    /* 30 December 2011 is not there at all. */
    zone *apia = open_zone("Pacific/Apia");
    d = og_date_from(2011, 12, 30);
    expect(zone_start_of(apia, d), "2011-12-30T10:00:00Z");
    expect(zone_start_of(apia, d + 1), "2011-12-30T10:00:00Z");
    zone_free(apia);
}

static void civil_time_is_shown(void **state)
{
    (void)state;
    zone *z = open_zone("America/St_Johns");
    og_civil c;
    zone_civil_at(z, (og_instant){-1, 5}, &c);
    assert_int_equal(c.year * 10000 + c.month * 100 + c.day, 19691231);
    assert_int_equal(c.hour * 10000 + c.minute * 100 + c.second, 202959);
    assert_int_equal(c.nanos, 5);
    assert_int_equal(c.offset_seconds, -12600);
    assert_true(c.has_offset);
    assert_int_equal(zone_date_at(z, (og_instant){-1, 5}), -1);
    zone_free(z);
}

/* In every zone that is compiled in, over the transitions of many years: a day is what
 * lies between its start and its end, and a local time goes back to itself unless it is
 * jumped over. */
static void every_zone_keeps_its_promises(void **state)
{
    (void)state;
    for (size_t i = 0; i < og_zone_file_count; i++) {
        zone *z = open_zone(og_zone_files[i].name);
        for (og_date d = og_date_from(2011, 1, 1); d < og_date_from(2013, 1, 1); d++) {
            og_instant start = zone_start_of(z, d);
            og_instant before = zone_end_of(z, d - 1);
            assert_true(before.seconds == start.seconds - 1 && before.nanos == 999999999);
            assert_true(zone_date_at(z, start) >= d);
            assert_true(zone_date_at(z, before) < d);
            og_civil c;
            zone_civil_at(z, start, &c);
            c.has_offset = false;
            c.offset_seconds = 0;
            assert_int_equal(zone_instant(z, &c).seconds, start.seconds);
        }
        zone_free(z);
    }
}

static void unknown_names_are_refused(void **state)
{
    (void)state;
    og_error err = {0};
    zone *z = NULL;
    zone_open(OG_STR("Europe/Lodnon"), &z, &err);
    assert_error(&err, OG_E_NOTFOUND, "did you mean 'Europe/London'?");
    const og_str bad[] = {OG_STR(""),
                          OG_STR("+1:00"),
                          OG_STR("+24:00"),
                          OG_STR("+01:60"),
                          OG_STR("01:00 "),
                          OG_STR("+++:++"),
                          OG_STR("+01:00:0"),
                          OG_STR("Europe/London\0x"),
                          OG_STR("../../etc/passwd")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(zone_open(bad[i], &z, &err), OG_E_NOTFOUND);
        og_error_done(&err);
    }
    assert_null(z);
}

static void digests_tell_zones_apart(void **state)
{
    (void)state;
    unsigned char a[OG_SHA256_SIZE], b[OG_SHA256_SIZE];
    zone *london = open_zone("Europe/London");
    zone *belfast = open_zone("Europe/Belfast");
    zone *again = open_zone("Europe/London");
    zone_digest(london, a);
    zone_digest(belfast, b);
    assert_memory_not_equal(a, b, sizeof a);
    zone_digest(again, b);
    assert_memory_equal(a, b, sizeof a);
    assert_str(zone_name(again), "Europe/London");
    zone_free(london);
    zone_free(belfast);
    zone_free(again);
    zone_free(NULL);
}

static void rules_are_read_strictly(void **state)
{
    (void)state;
    tz_rule r;
    assert_true(tz_rule_parse(OG_STR("<+0330>-3:30<+0430>,J79/24,J263/24"), &r));
    assert_int_equal(r.standard, 12600);
    assert_int_equal(r.dst, 16200);
    assert_int_equal(r.start.kind, TZ_JULIAN);
    assert_int_equal(r.start.seconds, 86400);
    assert_true(tz_rule_parse(OG_STR("IST-1GMT0,M10.5.0,M3.5.0/1"), &r));
    assert_int_equal(r.standard, 3600);
    assert_int_equal(r.dst, 0);
    assert_true(tz_rule_parse(OG_STR("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"), &r));
    assert_int_equal(r.start.seconds, -3600);
    const char *const bad[] = {
        "",
        "GM0",
        "GMT",
        "GMT0BST",
        "GMT25",
        "GMT0 ",
        "<>0",
        "<GMT0",
        "GMT0BST,M3.5.0",
        "GMT0BST,M13.1.0,J1",
        "GMT0:60",
        "GMT0B1,1,2",
        "GMT0BST,J0,1",
        "GMT0BST,366,1",
        "GMT0BST,M1.0.0,J1",
        "GMT0BST,1,",
        "GMT0BST,,",
        "GMT0BST,1,2,",
        "GMT0BST,1/168,2",
        "GMT0BST,M1.6.0,J1",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (tz_rule_parse(og_str_from(bad[i]), &r))
            fail_msg("'%s' was read", bad[i]);
}

static void changes_fall_on_their_days(void **state)
{
    (void)state;
    tz_change last_sunday = {TZ_MONTH, 3, 5, 0, 3600};
    assert_int_equal(tz_change_at(&last_sunday, 2021, 0),
                     instant("2021-03-28T01:00:00Z").seconds);
    tz_change third_friday = {TZ_MONTH, 12, 3, 5, 0};
    assert_int_equal(tz_change_at(&third_friday, 2021, 0),
                     instant("2021-12-17T00:00:00Z").seconds);
    tz_change march = {TZ_JULIAN, 0, 0, 60, 0};
    assert_int_equal(tz_change_at(&march, 2020, 0),
                     instant("2020-03-01T00:00:00Z").seconds);
    tz_change leap = {TZ_DAY, 0, 0, 59, 0};
    assert_int_equal(tz_change_at(&leap, 2020, 0),
                     instant("2020-02-29T00:00:00Z").seconds);
}

/* A version 2 file with the given 64-bit block: counts, then its bytes. */
static void put_header(og_buf *b, const unsigned counts[6])
{
    og_buf_put(b, OG_STR("TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    for (int i = 0; i < 6; i++)
        for (int shift = 24; shift >= 0; shift -= 8)
            og_buf_putc(b, (char)(counts[i] >> shift));
}

static int read_made(const unsigned counts[6], og_str body, og_error *err)
{
    og_buf b = {0};
    zone *z = NULL;
    put_header(&b, (const unsigned[6]){0});
    put_header(&b, counts);
    og_buf_put(&b, body);
    int code = zone_read(OG_STR("made"), og_buf_str(&b), &z, err);
    zone_free(z);
    og_buf_done(&b);
    return code;
}

#define AT(n) "\0\0\0\0\0\0\0" n
#define TYPE "\0\0\0\0\0\0" /* offset 0 */

static void files_are_read_strictly(void **state)
{
    (void)state;
    og_error err = {0};
    assert_int_equal(read_made((unsigned[6]){0, 0, 0, 2, 1, 1},
                               OG_STR(AT("\1") AT("\2") "\0\0" TYPE "\0"
                                                        "\n\n"),
                               &err),
                     OG_OK);
    read_made((unsigned[6]){0, 0, 0, 2, 1, 1},
              OG_STR(AT("\2") AT("\2") "\0\0" TYPE "\0"
                                       "\n\n"),
              &err);
    assert_error(&err, OG_E_INVALID, "out of order");
    read_made((unsigned[6]){0, 0, 0, 1, 1, 0}, OG_STR(AT("\2") "\1" TYPE "\n\n"), &err);
    assert_error(&err, OG_E_INVALID, "to no type");
    read_made((unsigned[6]){0, 0, 0, 0, 1, 0}, OG_STR("\x7f\0\0\0\0\0\n\n"), &err);
    assert_error(&err, OG_E_INVALID, "more than a day");
    read_made((unsigned[6]){0}, OG_STR("\n\n"), &err);
    assert_error(&err, OG_E_INVALID, "types");
    read_made((unsigned[6]){0, 0, 0, 0, 257, 0}, OG_STR("\n\n"), &err);
    assert_error(&err, OG_E_INVALID, "types");
    read_made((unsigned[6]){0, 0, 1, 0, 1, 0}, OG_STR(""), &err);
    assert_error(&err, OG_E_UNSUPPORTED, "leap seconds");
    read_made((unsigned[6]){~0u, ~0u, 0, ~0u, 1, ~0u}, OG_STR(TYPE), &err);
    assert_error(&err, OG_E_INVALID, "ends too early");
    read_made((unsigned[6]){0, 0, 0, 0, 1, 0}, OG_STR(TYPE "\nGMT"), &err);
    assert_error(&err, OG_E_INVALID, "is not there");
    read_made((unsigned[6]){0, 0, 0, 0, 1, 0}, OG_STR(TYPE "\nGMT\n"), &err);
    assert_error(&err, OG_E_INVALID, "not a TZ string");
}

/* Cut anywhere, or with any byte changed, a file is read or refused, and answers. */
static void damaged_files_do_no_harm(void **state)
{
    (void)state;
    const og_embedded_file *f =
        og_embedded_find(og_zone_files, og_zone_file_count, "America/St_Johns");
    char *copy = og_strndup((const char *)f->data, f->size);
    for (size_t i = 0; i < f->size; i++) {
        og_error err = {0};
        zone *z = NULL;
        assert_true(zone_read(OG_STR("cut"), (og_str){copy, i}, &z, &err) != OG_OK);
        og_error_done(&err);
        copy[i] ^= (char)(0x81 + i % 64);
        if (zone_read(OG_STR("bent"), (og_str){copy, f->size}, &z, &err) == OG_OK) {
            zone_start_of(z, OG_DATE_MIN);
            zone_end_of(z, OG_DATE_MAX);
            zone_end_of(z, 20000);
        }
        og_error_done(&err);
        zone_free(z);
        copy[i] = (char)f->data[i];
    }
    og_free(copy);
}

static int open_london(void *context)
{
    (void)context;
    og_error err = {0};
    zone *z = NULL;
    int code = zone_open(OG_STR("Europe/London"), &z, &err);
    og_error_done(&err);
    zone_free(z);
    return code;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    if (!UNIT_HAS_FAULTS)
        skip();
    assert_int_equal(unit_fail_each(open_london, NULL), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_are_known),
        cmocka_unit_test(local_times_become_instants),
        cmocka_unit_test(days_have_a_start_and_an_end),
        cmocka_unit_test(civil_time_is_shown),
        cmocka_unit_test(every_zone_keeps_its_promises),
        cmocka_unit_test(unknown_names_are_refused),
        cmocka_unit_test(digests_tell_zones_apart),
        cmocka_unit_test(rules_are_read_strictly),
        cmocka_unit_test(changes_fall_on_their_days),
        cmocka_unit_test(files_are_read_strictly),
        cmocka_unit_test(damaged_files_do_no_harm),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
