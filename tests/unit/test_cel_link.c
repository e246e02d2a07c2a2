/* Linking: what is computed while compiling costs no step of an evaluation, and what is
 * wrong with a constant is still an error of evaluation, where another operand decides.
 */
#include "cel_fixture.h"

static fixture f;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&f, NULL);
    og_error err = {0};
    const struct {
        og_str name, text;
    } patterns[] = {
        {OG_STR("good"), OG_STR("^a+b$")},
        {OG_STR("bad"), OG_STR("(")},
    };
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(cel_env_constant(f.env, patterns[i].name, &cel_string,
                                          og_string(patterns[i].text), &err),
                         OG_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_done(&f);
    return 0;
}

static uint64_t steps_of(const char *source)
{
    cel_program *program = fixture_compile(&f, source, NULL);
    cel_eval_options options = {.explain = true};
    og_arena arena = {0};
    og_error err = {0};
    og_value v;
    cel_explanation why;
    assert_int_equal(cel_eval(program, f.values, &arena, &options, &v, &why, &err),
                     OG_OK);
    og_arena_done(&arena);
    cel_program_free(program);
    return why.cost;
}

static void computes_constants_once(void **state)
{
    (void)state;
    static const char *const free_of_steps[] = {
        "timestamp(\"2021-11-04T17:00:00Z\")",
        "timestamp(1636045200)",
        "duration(\"90s\")",
        "[1, 2, 3]",
        "[[1, 2], [3]]",
        "[duration(\"1s\"), duration(\"1m\")]",
        "{\"a\": [1], \"b\": [duration(\"1h\")]}",
        "timestamp(\"2021-11-04T17:00:00Z\") < timestamp(\"2021-11-05T00:00:00Z\")",
    };
    for (size_t i = 0; i < sizeof free_of_steps / sizeof *free_of_steps; i++)
        assert_int_equal(steps_of(free_of_steps[i]), 0);
    assert_true(steps_of("duration(word) < duration(\"1s\")") > 0);
    assert_true(steps_of("[count]") > 0);
}

static void values_stay_what_they_were(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"timestamp(\"2021-11-04T17:00:00Z\")", "2021-11-04T17:00:00Z"},
        {"duration(\"90s\") + duration(\"1m\")", "150s"},
        {"[duration(\"1s\"), duration(\"1m\")]", "[1s, 60s]"},
        {"2 in [[1, 2], [3]][0]", "true"},
        {"{\"a\": [1]}.a[0]", "1"},
        {"\"aab\".matches(good)", "true"},
        {"matches(\"ba\", good)", "false"},
    };
    EXPECT(&f, rows);
}

static void errors_stay_errors_of_evaluation(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"duration(\"soon\")", "error: 'soon' is not a duration (\"1h30m\", \"90s\", "
                               "\"500ms\") or out of range"},
        {"true || duration(\"soon\") > duration(\"1s\")", "true"},
        {"[duration(\"soon\")].size() == 1 && false", "false"},
        {"timestamp(\"2021-02-30T00:00:00Z\") > timestamp(0) ? 1 : 2",
         "error: '2021-02-30T00:00:00Z' is not a timestamp (\"2021-11-04T17:00:00Z\") or "
         "out of range"},
        {"{dyn(1.5): 2}.size()", "error: a map key may not be of type double"},
        {"{1: 2, 1: 3}.size()", "error: repeated map key"},
    };
    EXPECT(&f, rows);
}

static void a_constant_pattern_is_looked_at(void **state)
{
    (void)state;
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    assert_int_equal(
        cel_compile(f.env, OG_STR("word.matches(bad)"), NULL, &issues, &program, &err),
        OG_E_INVALID);
    assert_int_equal(issues.count, 1);
    assert_int_equal(issues.items[0].offset, 13);
    assert_int_equal(issues.items[0].length, 3);
    cel_issues_done(&issues);
    og_error_done(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(computes_constants_once),
        cmocka_unit_test(values_stay_what_they_were),
        cmocka_unit_test(errors_stay_errors_of_evaluation),
        cmocka_unit_test(a_constant_pattern_is_looked_at),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
