/* Evaluation: records and variables, macros over records, limits, values that are not
 * what was declared, running out of memory. The language itself is tested by the
 * conformance suite. */
#include "cel_fixture.h"

#include "base/limits.h"

static fixture f;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&f, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_done(&f);
    return 0;
}

static void reads_records(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"issue.id", "\"SIT-2\""},
        {"issue.severity <= 2 && issue.state == \"open\"", "true"},
        {"has(issue.raised_on)", "true"},
        {"has(issue.workaround)", "false"},
        {"issue.?workaround.orValue(\"none\")", "\"none\""},
        {"issue.?state.orValue(\"none\")", "\"open\""},
        {"issue.raised_on < today", "true"},
        {"issue.raised_on == today", "false"},
        {"string(today)", "\"2021-10-05\""},
        {"issue == issues[1]", "true"},
        {"issue in issues", "true"},
        {"type(issue) == testing_issue", "true"},
        {"dyn(issue).severity", "2"},
        {"dyn(issue).nonsense", "error: no such field: 'nonsense' of testing_issue"},
        {"\"%s is Severity %d\".format([issue, issue.severity])",
         "\"SIT-2 is Severity 2\""},
    };
    EXPECT(&f, rows);
}

static void loops_over_records(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"issues.all(i, i.severity < 4)", "true"},
        {"issues.exists(i, i.severity == 2)", "true"},
        {"issues.exists_one(i, i.state == \"open\")", "false"},
        {"issues.filter(i, i.severity <= 2 && i.state == \"open\")", "[SIT-2]"},
        {"issues.filter(i, i.severity <= 2 && i.state == \"open\").size()", "1"},
        {"size(issues.filter(i, false)) == 0", "true"},
        {"issues.map(i, i.id)", "[\"SIT-1\", \"SIT-2\", \"SIT-3\"]"},
        {"issues.map(i, i.severity > 1, i.severity)", "[2, 3]"},
        {"issues.transformMap(n, i, i.id)", "{0: \"SIT-1\", 1: \"SIT-2\", 2: \"SIT-3\"}"},
        {"issues.all(i, issues.exists(j, j.id == i.id))", "true"},
        {"[1, 2].transformMapEntry(i, v, {\"k\": v})", "error: repeated map key"},
        {"[1].transformMapEntry(i, v, dyn(1))",
         "error: no such overload: a map is wanted here, not int"},
        {"cel.bind(open, issues.filter(i, i.state == \"open\"), "
         "open.size() + open.size())",
         "4"},
        {"cel.block([[1, 2].map(x, x + 1)], [7].map(y, cel.index(0).map(z, z + y)))",
         "[[9, 10]]"},
        {"cel.block([issues.exists(a, a.severity == 3)], "
         "issues.filter(b, cel.index(0) && b.severity == 3))",
         "[SIT-3]"},
    };
    EXPECT(&f, rows);
}

static void says_where_an_error_is(void **state)
{
    (void)state;
    cel_program *program =
        fixture_compile(&f, "\"\u00e9\" == \"x\" || 1 / (count - 3) > 0", NULL);
    og_arena arena = {0};
    og_error err = {0};
    og_value v;
    assert_int_equal(cel_eval(program, f.values, &arena, NULL, &v, NULL, &err), OG_OK);
    assert_int_equal(v.kind, OG_ERROR);
    assert_str(v.as.fault->message, "divide by zero");
    assert_int_equal(v.as.fault->offset, 14); /* code points, not bytes */
    assert_int_equal(v.as.fault->length, 15);
    og_arena_done(&arena);
    cel_program_free(program);
}

/* A value of another kind than was declared is an error, never a wrong read. */
static void distrusts_values(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"liar < 3", "error: no such overload: '<' on (string, int)"},
        {"liar == 3", "false"},
        {"liar + 1", "error: no such overload: '+' on (string, int)"},
        {"[1, 2].exists(x, x == liar)", "false"},
        {"-liar", "error: no such overload: '-' on (string)"},
    };
    EXPECT(&f, rows);
}

static void bounds_steps(void **state)
{
    (void)state;
    cel_eval_options tight = {.cost_limit = 1000};
    const char *source =
        "[1, 2, 3, 4, 5, 6, 7, 8].all(a, [1, 2, 3, 4, 5, 6, 7, 8].all(b, "
        "[1, 2, 3, 4, 5, 6, 7, 8].all(c, a + b + c > 0)))";
    assert_string_equal(fixture_run(&f, source), "true");
    assert_string_equal(fixture_run_with(&f, source, NULL, &tight),
                        "error: the expression takes more steps than its limit allows");
    /* Over the limit is an error even where false would absorb it. */
    assert_string_equal(
        fixture_run_with(&f,
                         "false && true || [1].all(x, true) && "
                         "[1, 2, 3].map(a, [1, 2, 3].map(b, [1, 2, 3].map(c, "
                         "[1, 2, 3].map(d, [1, 2, 3].map(e, [a]))))) == []",
                         NULL, &tight),
        "error: the expression takes more steps than its limit allows");
}

/* Lists that share their parts can be compared for longer than any machine lasts. */
static void bounds_comparison(void **state)
{
    (void)state;
    char source[4000] = "cel.bind(a0, [1, 1], ";
    for (int i = 1; i < 60; i++)
        snprintf(source + strlen(source), sizeof source - strlen(source),
                 "cel.bind(a%d, [a%d, a%d], ", i, i - 1, i - 1);
    strcat(source, "a59 == a59");
    for (int i = 0; i < 60; i++)
        strcat(source, ")");
    cel_eval_options options = {.cost_limit = 1000000};
    fixture g;
    fixture_init(&g, &(cel_env_options){.max_cost_estimate = UINT64_MAX});
    assert_string_equal(fixture_run_with(&g, source, NULL, &options),
                        "error: the expression takes more steps than its limit allows");
    fixture_done(&g);
}

static void bounds_memory(void **state)
{
    (void)state;
    cel_eval_options tight = {.memory_limit = 10000};
    const char *source =
        "[1, 2, 3, 4, 5, 6, 7, 8].map(a, [1, 2, 3, 4, 5, 6, 7, 8].map(b, "
        "[1, 2, 3, 4, 5, 6, 7, 8].map(c, \"%s\".format([a + b + c]))))"
        ".size()";
    assert_string_equal(fixture_run(&f, source), "8");
    assert_string_equal(fixture_run_with(&f, source, NULL, &tight),
                        "error: the expression makes more data than its limit allows");
    assert_string_equal(
        fixture_run_with(&f,
                         "\"%.1000f\".format([1.0]) + \"%.1000f\".format([1.0]) + "
                         "\"%.1000f\".format([1.0]) + \"%.1000f\".format([1.0]) == \"\"",
                         NULL, &tight),
        "error: the expression makes more data than its limit allows");
}

static bool fixed_zone(void *data, og_str zone, og_instant at, int32_t *ret)
{
    (void)at;
    *ret = *(int32_t *)data;
    return og_str_is(zone, "Europe/London");
}

static void asks_for_zones(void **state)
{
    (void)state;
    int32_t hour = 3600;
    cel_env_options options = {.zone = fixed_zone, .zone_data = &hour};
    fixture g;
    fixture_init(&g, &options);
    static const expectation rows[] = {
        {"timestamp(\"2021-07-01T23:30:00Z\").getHours(\"Europe/London\")", "0"},
        {"timestamp(\"2021-07-01T23:30:00Z\").getDate(\"Europe/London\")", "2"},
        {"timestamp(\"2021-07-01T23:30:00Z\").getHours(\"-01:30\")", "22"},
        {"timestamp(\"2021-07-01T23:30:00Z\").getHours(\"Mars\")",
         "error: unknown time zone 'Mars'"},
    };
    EXPECT(&g, rows);
    fixture_done(&g);
    assert_string_equal(
        fixture_run(&f,
                    "timestamp(\"2021-07-01T23:30:00Z\").getHours(\"Europe/London\")"),
        "error: unknown time zone 'Europe/London'");
}

static void runs_unchecked(void **state)
{
    (void)state;
    cel_compile_options lenient = {.skip_check = true};
    assert_string_equal(fixture_run_with(&f, "nobody || true", &lenient, NULL), "true");
    assert_string_equal(fixture_run_with(&f, "nobody", &lenient, NULL),
                        "error: undeclared name 'nobody'");
    assert_string_equal(fixture_run_with(&f, "issue.severity + 1", &lenient, NULL), "3");
    assert_string_equal(fixture_run_with(&f, "1 + \"a\"", &lenient, NULL),
                        "error: no such overload: '+' on (int, string)");
    assert_string_equal(fixture_run_with(&f, "[1, 2].exists(x, x)", &lenient, NULL),
                        "error: no such overload: a bool is wanted here, not int");
}

static void nests_blocks_within_bounds(void **state)
{
    (void)state;
    static char source[20000] = "cel.block([1";
    for (int i = 0; i < 400; i++)
        snprintf(source + strlen(source), sizeof source - strlen(source),
                 ", [cel.index(%d)]", i);
    strcat(source, "], cel.index(400).size())");
    assert_string_equal(fixture_run(&f, source),
                        "error: items of cel.block nest too deep");
    /* Few items, but each as deep as may be: their depths add up. */
    static char deep[70000] = "cel.block([count";
    for (int i = 0; i < 200; i++) {
        strcat(deep, ", ");
        memset(deep + strlen(deep), '-', 240);
        snprintf(deep + strlen(deep), 20, "cel.index(%d)", i);
    }
    strcat(deep, "], cel.index(200))");
    assert_string_equal(fixture_run(&f, deep), "error: items of cel.block nest too deep");
}

/* ---- Memory ---- */

static int evaluate_once(void *context)
{
    og_error err = {0};
    og_arena arena = {0};
    og_value v;
    cel_explanation why;
    cel_eval_options options = {.explain = true};
    int rc = cel_eval(context, f.values, &arena, &options, &v, &why, &err);
    og_error_done(&err);
    og_arena_done(&arena);
    return rc;
}

static int compile_once(void *context)
{
    og_error err = {0};
    cel_issues issues = {0};
    cel_program *program = NULL;
    int rc = cel_compile(f.env, og_str_from(context), NULL, &issues, &program, &err);
    cel_issues_done(&issues);
    og_error_done(&err);
    cel_program_free(program);
    return rc;
}

static void survives_lack_of_memory(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "issues.filter(i, i.workaround == \"x\").size() == 0 || [1, any].map(x, x + 1)"
        ".exists(y, y in {1: 2, 7: any})",
        "\"%s %f %x\".format([[1, {\"k\": any}], 2.5, \"ab\"]).matches(word) && "
        "\"a,b\".split(\",\").join(\"-\").replace(\"a\", \"b\") == \"\" + word",
        "nothing && lost || 1 / 0 > 2 || dyn(1) < \"a\"",
        "cel.bind(a, [1, 2].transformMap(i, v, v + any), "
        "optional.of(a).optMap(m, m.size()))"
        ".orValue(1) > 1 && cidr(\"10.0.0.0/8\").containsIP(\"10.1.2.3\") && "
        "\"aab\".matches(\"^a+b$\") && base64.decode(\"aGk\") == b\"hi\"",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        cel_program *program = fixture_compile(&f, sources[i], NULL);
        long n = unit_fail_each(evaluate_once, program);
        assert_true(n > 0 || !UNIT_HAS_FAULTS);
        cel_program_free(program);
        n = unit_fail_each(compile_once, (void *)sources[i]);
        assert_true(n > 0 || !UNIT_HAS_FAULTS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_records),
        cmocka_unit_test(loops_over_records),
        cmocka_unit_test(says_where_an_error_is),
        cmocka_unit_test(distrusts_values),
        cmocka_unit_test(bounds_steps),
        cmocka_unit_test(bounds_comparison),
        cmocka_unit_test(bounds_memory),
        cmocka_unit_test(asks_for_zones),
        cmocka_unit_test(runs_unchecked),
        cmocka_unit_test(nests_blocks_within_bounds),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
