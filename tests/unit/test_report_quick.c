/* A glance at a cell never takes for fine what is not, and takes what is usual. */
#include "unit.h"

#include <stdio.h>

#include "csv/csv.h"
#include "report/column.h"
#include "report_text.h"

/* A field, cells that are fine at a glance, and cells that are looked at properly. */
typedef struct quick_case {
    const char *field;
    const char *quick[12], *proper[12];
} quick_case;

static const quick_case cases[] = {
    {"", {"", "x", "anything at all"}, {0}},
    {"constraints: {required: true}", {"x"}, {""}},
    {"constraints: {required: true}, missingValues: ['', NA]", {0}, {"", "NA", "x"}},
    {"constraints: {maxLength: 4}", {"", "abcd", "\xc3\xa4\xc3\xa4"}, {"abcde"}},
    {"constraints: {minLength: 2}", {"abcde"}, {"a", "ab", "\xf0\x9f\x98\x80"}},
    {"constraints: {pattern: '[0-9A-F]{32}'}",
     {"0123456789ABCDEF0123456789ABCDEF"},
     {"0123456789ABCDEF0123456789ABCDEG", "0123456789ABCDEF0123456789ABCDE", "G",
      "0123456789ABCDEF0123456789ABCDEF0", "G123456789ABCDEF0123456789ABCDEF"}},
    {"constraints: {pattern: 'MP[0-9]{3}-[a-z]', maxLength: 4}", {0}, {"MP090-a"}},
    {"constraints: {pattern: 'a+'}", {""}, {"a", "aa", "b"}},
    {"constraints: {enum: [in_use, a_word_of_16_byt, a_word_of_17_byte]}",
     {"in_use", "a_word_of_16_byt", ""},
     {"in_us", "in_usE", "a_word_of_17_byte", "a_word_of_16_byT", "x"}},
    {"constraints: {enum: [red, green], pattern: '[a-f]{3}|red'}", {"red"}, {"green"}},
    {"type: boolean", {"true", "0", "False"}, {"yes", "tru", "truee"}},
    {"type: integer",
     {"0", "7", "-7", "12345678", "123456789", "1234567890123456", "0000000000000001"},
     {"12345678901234567", "+1", "-", "1.0", "1x", "x", " 1", "--1",
      "1234567:", "12/4567"}},
    {"type: integer, constraints: {minimum: -5, exclusiveMaximum: 1000000000}",
     {"-5", "0", "999999999"},
     {"-6", "1000000000", "9999999999999999"}},
    {"type: number",
     {"0", "1.5", "-1.5", "0.123456", "0.12345678901234", "12345678", "1234567.25", ".5",
      "5."},
     {"1e5", "INF", "NaN", "1.5.5", ".", "-", "-.", "1,5", "123456789", "0.1234567x",
      "0.12345678x"}},
    {"type: number, constraints: {minimum: 0, maximum: 1}",
     {"0", "0.999"},
     {"1.001", "-0.001", "2", "1.0"}},
    {"type: number, constraints: {exclusiveMinimum: -0.5, maximum: 9.5}",
     {"0", "8.2"},
     {"-0.5", "-0.6", "9.6"}},
    {"type: number, decimalChar: ','", {"1,5"}, {"1.5", "1,5,5"}},
    {"type: date",
     {"2021-01-01", "2021-02-28", "2021-11-30"},
     {"2021-02-29", "2021-04-31", "2021-13-01", "2021-00-01", "2021-01-00", "0000-01-01",
      "2021-1-01", "2021-01-32", "2021-01-011", "2021/01/01"}},
    {"type: date, constraints: {minimum: 2021-01-01}", {0}, {"2021-01-01", "2020-12-31"}},
    {"type: date, format: '%d/%m/%Y'", {0}, {"01/02/2021", "2021-01-01"}},
    {"type: datetime",
     {"2021-11-05T13:48:57Z", "2021-11-05T23:59:59"},
     {"2021-11-05T24:00:00Z", "2021-11-05T13:60:57Z", "2021-11-05T13:48:57X",
      "2021-11-05T13:48:57+01:00", "2021-11-05 13:48:57", "2021-11-31T13:48:57Z",
      "2021-11-05T13:48:60Z", "2021-11-05T29:48:57Z"}},
};
enum {
    CASES = sizeof cases / sizeof cases[0]
};

static column make(og_arena *arena, const char *field, report_layout *layout)
{
    column c;
    char yaml[512];
    og_error err = {0};

    snprintf(yaml, sizeof yaml, "schema: {fields: [{name: f%s%s}]}\n", *field ? ", " : "",
             field);
    const char *wrong = read_layout(arena, yaml, layout);
    if (wrong)
        fail_msg("%s: %s", yaml, wrong);
    if (column_make(&layout->fields[0], &layout->dialect, arena, &c, &err) != OG_OK)
        fail_msg("%s: %s", yaml, og_error_text(&err));
    return c;
}

static verify_rule proper(const column *c, og_arena *arena, og_str text)
{
    column_work work = {.arena = arena};
    verify_rule rule;
    cell_value value;
    bool missing;
    og_error err = {0};

    assert_int_equal(column_check(c, &work, text, &rule, &missing, &value, &err), OG_OK);
    column_work_done(&work);
    return rule;
}

/* The glance at a text with each byte that may stand behind it. */
static bool glance(const column *c, const char *text, size_t n)
{
    static const char after[] = {0, '0', '9', 'Z', '.', ',', '"', -1};
    char bytes[128 + CSV_SLACK];
    bool fine = quick_fine(&c->quick, (og_str){memcpy(bytes, text, n), n});

    for (size_t i = 0; i < sizeof after; i++) {
        memset(bytes + n, after[i], CSV_SLACK);
        assert_int_equal(quick_fine(&c->quick, (og_str){bytes, n}), fine);
    }
    return fine;
}

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        og_arena arena = {0};
        report_layout layout;
        column c = make(&arena, cases[i].field, &layout);
        for (const char *const *t = cases[i].quick; *t; t++) {
            if (!glance(&c, *t, strlen(*t)))
                fail_msg("{%s}: '%s' takes a closer look", cases[i].field, *t);
            assert_int_equal(proper(&c, &arena, og_str_from(*t)), VERIFY_FINE);
        }
        for (const char *const *t = cases[i].proper; *t; t++)
            if (glance(&c, *t, strlen(*t)))
                fail_msg("{%s}: '%s' is fine at a glance", cases[i].field, *t);
        og_arena_done(&arena);
    }
}

/* Every cell of every case with every byte replaced, dropped or doubled. */
static void mutate(const column *c, og_arena *arena, const char *field, const char *from)
{
    static const char bytes[] = "019-+.,:/TZaFGx \xc3";
    size_t n = strlen(from);
    char text[128];

    for (size_t at = 0; at < n; at++)
        for (const char *b = bytes; *b; b++)
            for (int kind = 0; kind < 3; kind++) {
                size_t tail = kind == 0 ? at + 1 : at;
                memcpy(text, from, at);
                text[at] = *b;
                memcpy(text + at + (kind < 2), from + tail, n - tail);
                size_t length = at + (kind < 2) + n - tail - (kind == 2);
                if (kind == 2)
                    memcpy(text + at, from + at + 1, n - at - 1);
                if (glance(c, text, length) &&
                    proper(c, arena, (og_str){text, length}) != VERIFY_FINE)
                    fail_msg("{%s}: '%.*s' is not fine", field, (int)length, text);
            }
}

static void test_mutated(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        og_arena arena = {0};
        report_layout layout;
        column c = make(&arena, cases[i].field, &layout);
        for (size_t j = 0; j < CASES; j++) {
            for (const char *const *t = cases[j].quick; *t; t++)
                mutate(&c, &arena, cases[i].field, *t);
            for (const char *const *t = cases[j].proper; *t; t++)
                mutate(&c, &arena, cases[i].field, *t);
        }
        og_arena_done(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
                                       cmocka_unit_test(test_mutated)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
