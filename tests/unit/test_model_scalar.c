/* Text to value by declared type: what looks like something else stays what it is. */
#include "calendar/zone.h"
#include "model/record.h"
#include "unit.h"

static og_arena arena;
static zone *london;

static og_value read_as(const model_field *field, const char *text,
                        model_problem *problem)
{
    model_reader reader = {.arena = &arena, .zone = london};
    og_error err = {0};
    og_value v;
    assert_int_equal(
        model_read_scalar(&reader, field, og_str_from(text), &v, problem, &err), OG_OK);
    return v;
}

static og_value good(model_base base, const char *text)
{
    const model_field field = {.name = OG_STR("f"), .type = {.base = base}};
    model_problem problem;
    og_value v = read_as(&field, text, &problem);
    if (problem.code)
        fail_msg("'%s': %.*s", text, OG_FMT(problem.text));
    return v;
}

/* The text and hint begin so. */
static void bad(model_base base, const char *text, const char *message, const char *hint)
{
    const model_field field = {.name = OG_STR("f"), .type = {.base = base}};
    model_problem problem;
    read_as(&field, text, &problem);
    assert_non_null(problem.code);
    assert_int_equal(problem.level, OG_LEVEL_ERROR);
    assert_str(problem.text, message);
    if (!og_str_starts(problem.hint, og_str_from(hint)))
        fail_msg("hint is '%.*s'", OG_FMT(problem.hint));
}

static void test_strings(void **state)
{
    (void)state;
    static const char *const texts[] = {"no", "2021-11", "1e5", "0644", "null", "", "=x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_str(og_text(good(MODEL_STRING, texts[i])), texts[i]);
}

static void test_numbers(void **state)
{
    (void)state;
    assert_int_equal(good(MODEL_INT, "0").as.i, 0);
    assert_int_equal(good(MODEL_INT, "-12").as.i, -12);
    assert_int_equal(good(MODEL_INT, "+7").as.i, 7);
    assert_true(good(MODEL_INT, "9223372036854775807").as.i == INT64_MAX);
    bad(MODEL_INT, "9223372036854775808", "'9223372036854775808' is not an int", "");
    bad(MODEL_INT, "0644", "'0644' is not an int", "leave out the zeros");
    bad(MODEL_INT, "0x10", "'0x10' is not an int", "digits");
    bad(MODEL_INT, "1.0", "'1.0' is not an int", "digits");
    bad(MODEL_INT, "", "'' is not an int", "digits");
    assert_true(good(MODEL_DOUBLE, "0.95").as.d == 0.95);
    assert_true(good(MODEL_DOUBLE, "1").as.d == 1.0);
    assert_true(good(MODEL_DOUBLE, "1e-3").as.d == 0.001);
    bad(MODEL_DOUBLE, "95%", "'95%' is not a number", "a share of 95 %");
    bad(MODEL_DOUBLE, "0,95", "'0,95' is not a number", "the decimal sign");
    bad(MODEL_DOUBLE, "inf", "'inf' is not a number", "");
    bad(MODEL_DOUBLE, "1e999", "'1e999' is not a number", "");
    bad(MODEL_DOUBLE, "0x1p3", "'0x1p3' is not a number", "");
}

static void test_limits(void **state)
{
    (void)state;
    model_problem p;
    const model_field severity = {.name = OG_STR("severity"),
                                  .type = {.base = MODEL_INT},
                                  .has_min = true,
                                  .has_max = true,
                                  .min = og_int(1),
                                  .max = og_int(5)};
    read_as(&severity, "5", &p);
    assert_null(p.code);
    read_as(&severity, "6", &p);
    assert_str(p.text, "6 is above 5");
    read_as(&severity, "0", &p);
    assert_str(p.text, "0 is below 1");
    const model_field share = {.name = OG_STR("share"),
                               .type = {.base = MODEL_DOUBLE},
                               .has_max = true,
                               .max = og_double(1)};
    read_as(&share, "1.5", &p);
    assert_str(p.text, "1.5 is above 1");
    read_as(&share, "-2", &p);
    assert_null(p.code);
}

static void test_bools(void **state)
{
    (void)state;
    assert_true(good(MODEL_BOOL, "true").as.b);
    assert_false(good(MODEL_BOOL, "false").as.b);
    bad(MODEL_BOOL, "no", "'no' is not a bool", "write true or false");
    bad(MODEL_BOOL, "True", "'True' is not a bool", "write true or false");
}

static void test_dates(void **state)
{
    (void)state;
    assert_int_equal(good(MODEL_DATE, "2021-10-05").as.i, og_date_from(2021, 10, 5));
    assert_int_equal(good(MODEL_DATE, "2024-02-29").as.i, og_date_from(2024, 2, 29));
    bad(MODEL_DATE, "2021-02-30", "'2021-02-30' is not a date", "there is no such day");
    bad(MODEL_DATE, "5 October 2021", "'5 October 2021' is not a date",
        "write YYYY-MM-DD");
    bad(MODEL_DATE, "2021-10-05T17:00", "'2021-10-05T17:00' is not a date",
        "this field takes a day without a time: '2021-10-05'");
}

static void test_timestamps(void **state)
{
    (void)state;
    og_civil c = {.year = 2021, .month = 10, .day = 4, .hour = 16};
    og_instant five = og_civil_instant(&c);
    assert_int_equal(good(MODEL_TIMESTAMP, "2021-10-04T17:00").as.i, five.seconds);
    assert_int_equal(good(MODEL_TIMESTAMP, "2021-10-04T16:00:00Z").as.i, five.seconds);
    assert_int_equal(good(MODEL_TIMESTAMP, "2021-10-04T18:00+02:00").as.i, five.seconds);
    bad(MODEL_TIMESTAMP, "2021-10-04", "'2021-10-04' is not a timestamp",
        "add the time of day: '2021-10-04T17:00'");
    bad(MODEL_TIMESTAMP, "2021-10-04 17:00", "'2021-10-04 17:00' is not a timestamp",
        "put 'T'");
    bad(MODEL_TIMESTAMP, "soon", "'soon' is not a timestamp", "write 2021-10-04T17:00");
    og_value end = good(MODEL_INSTANT, "2021-10-04");
    assert_int_equal(end.as.i, five.seconds + 7 * 3600 - 1);
    assert_int_equal(end.aux.nanos, 999999999);
    assert_int_equal(good(MODEL_INSTANT, "2021-10-04T17:00").as.i, five.seconds);
    bad(MODEL_INSTANT, "2021-02-30", "'2021-02-30' is not a date or timestamp",
        "there is no such day");
}

/* London: 28 March 2021 has no 01:30, 31 October 2021 has two. */
static void test_transitions(void **state)
{
    (void)state;
    const model_field field = {.name = OG_STR("f"), .type = {.base = MODEL_TIMESTAMP}};
    model_problem p;
    og_value v = read_as(&field, "2021-03-28T01:30", &p);
    assert_string_equal(p.code, "ambiguous-time");
    assert_int_equal(p.level, OG_LEVEL_WARNING);
    assert_int_equal(v.as.i, good(MODEL_TIMESTAMP, "2021-03-28T01:00Z").as.i);
    v = read_as(&field, "2021-10-31T01:30", &p);
    assert_string_equal(p.code, "ambiguous-time");
    assert_int_equal(v.as.i, good(MODEL_TIMESTAMP, "2021-10-31T00:30Z").as.i);
    static const char *const plain[] = {"2021-03-28T00:59", "2021-03-28T02:00",
                                        "2021-10-31T00:59", "2021-10-31T02:00",
                                        "2021-10-31T01:30+00:00"};
    for (size_t i = 0; i < 5; i++)
        good(MODEL_TIMESTAMP, plain[i]);
}

static void test_spans(void **state)
{
    (void)state;
    assert_int_equal(good(MODEL_DURATION, "90m").as.i, 5400);
    assert_int_equal(good(MODEL_DURATION, "1h30m").as.i, 5400);
    assert_int_equal(good(MODEL_DURATION, "0s").as.i, 0);
    bad(MODEL_DURATION, "30m1h", "'30m1h' is not a duration", "hours");
    bad(MODEL_DURATION, "1h1h", "'1h1h' is not a duration", "hours");
    bad(MODEL_DURATION, "90", "'90' is not a duration", "hours");
    bad(MODEL_DURATION, "", "'' is not a duration", "hours");
    og_value p = good(MODEL_PERIOD, "30 working_days");
    assert_int_equal(p.as.i, 30);
    assert_int_equal(p.unit, OG_WORKING_DAYS);
    bad(MODEL_PERIOD, "30 days ago", "'30 days ago' is not a period",
        "a number and its unit");
}

static void test_words(void **state)
{
    (void)state;
    static const og_str words[] = {{"open", 4}, {"fixed", 5}, {"closed", 6}};
    const model_field state_field = {.name = OG_STR("state"),
                                     .type = {.base = MODEL_ENUM},
                                     .words = words,
                                     .word_count = 3};
    model_problem p;
    og_value v = read_as(&state_field, "fixed", &p);
    assert_ptr_equal(v.as.s, words[1].p);
    read_as(&state_field, "close", &p);
    assert_str(p.text, "'close' is no word of 'state'");
    assert_str(p.hint, "did you mean 'closed'?");
    read_as(&state_field, "abandoned", &p);
    assert_str(p.hint, "one of open, fixed, closed");
}

static void test_patterns(void **state)
{
    (void)state;
    model_pattern pattern = {.text = OG_STR("SECMP[0-9]{4}|MP[0-9]{3}"), .arena = &arena};
    const model_field field = {.name = OG_STR("modification"),
                               .doc = OG_STR("identifier"),
                               .type = {.base = MODEL_STRING},
                               .pattern = &pattern};
    model_problem p;
    read_as(&field, "MP090", &p);
    assert_null(p.code);
    read_as(&field, "MP0900", &p);
    assert_string_equal(p.code, "pattern");
    assert_str(p.hint, "identifier; pattern: SECMP[0-9]{4}|MP[0-9]{3}");
}

/* A long wrong text is cut for the message, between code points. */
static void test_long_text(void **state)
{
    (void)state;
    char text[200];
    for (size_t i = 0; i < 198; i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    text[198] = 0;
    memmove(text + 1, text, 198);
    text[0] = 'x';
    text[199] = 0;
    const model_field field = {.name = OG_STR("f"), .type = {.base = MODEL_DATE}};
    model_problem p;
    read_as(&field, text, &p);
    assert_int_equal(p.text.n, 59 + strlen("'' is not a date"));
}

static int open_all(void **state)
{
    (void)state;
    return zone_open(OG_STR("Europe/London"), &london, NULL);
}

static int close_all(void **state)
{
    (void)state;
    zone_free(london);
    og_arena_done(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),     cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_limits),      cmocka_unit_test(test_bools),
        cmocka_unit_test(test_dates),       cmocka_unit_test(test_timestamps),
        cmocka_unit_test(test_transitions), cmocka_unit_test(test_spans),
        cmocka_unit_test(test_words),       cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_long_text),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
