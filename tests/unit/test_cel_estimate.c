/* The estimate of cost: what it comes to, that it is no less than what an evaluation
 * takes, and that a condition over the limit is refused. */
#include "cel_fixture.h"

#include "cel/function.h"

static fixture f;
static uint32_t sized_slot;

static int set_up(void **state)
{
    (void)state;
    static const cel_env_options options = {.assumed_list = 100, .assumed_text = 32};
    og_error err = {0};
    fixture_init(&f, &options);
    assert_int_equal(cel_env_variable(f.env, OG_STR("few"), &cel_list_int, OG_STR(""),
                                      &sized_slot, &err),
                     OG_OK);
    assert_int_equal(cel_env_size(f.env, sized_slot, 5, &err), OG_OK);
    og_value three[] = {og_int(1), og_int(2), og_int(3)};
    assert_int_equal(og_list_make(&f.data, three, 3, &f.values[sized_slot]), OG_OK);
    fixture_set(&f, "name", &cel_string, text_value("abcabcabc"));
    fixture_set(&f, "names", &cel_list_string, f.values[sized_slot]);
    og_value words[] = {text_value("ab"), text_value("cd")};
    int slot = cel_env_slot(f.env, OG_STR("names"));
    assert_int_equal(og_list_make(&f.data, words, 2, &f.values[slot]), OG_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_done(&f);
    return 0;
}

static uint64_t estimate_of(const char *source)
{
    cel_program *program = fixture_compile(&f, source, NULL);
    uint64_t cost = cel_program_cost(program);
    cel_program_free(program);
    return cost;
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
    if (v.kind == OG_ERROR)
        fail_msg("%s: %.*s", source, OG_FMT(v.as.fault->message));
    og_arena_done(&arena);
    cel_program_free(program);
    return why.cost;
}

/* A turn costs the parts of its condition and one more. */
static void multiplies_loops(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        uint64_t cost;
    } rows[] = {
        {"true", 0},
        {"count", 0},
        {"issue.state", 0},
        {"count + count", 1},
        {"[count, count]", 2},
        {"few.all(x, true)", 5 * 2},
        {"few.all(x, x > 0)", 5 * (4 + 1)},
        {"issues.all(i, true)", 100 * 2},
        {"few.all(x, few.all(y, true))", 5 * (5 + 5 * 2)},
        {"issues.filter(i, true).filter(i, true)", 100 * 2 + 100 * 2},
        {"few.map(x, [x, x, x]).all(l, l.all(y, true))", 5 * (5 + 3) + 5 * (5 + 3 * 2)},
        {"[1, 2].all(x, true)", 2 + 2 * 2},
        {"count > 0 ? few.all(x, true) : issues.all(i, true)", 1 + 200},
        {"few.size() == 0", 1 + 1 + 1},
        {"few == few", 1 + 6},
        {"few == [1]", 1 + 1 + 2},
        {"3 in few", 1 + 5},
        {"name < name", 1 + 2 + 2},
        {"name.matches(\"a\")", 1 + 2},
        {"(few + few).all(x, true)", 1 + 10 + 10 * 2},
        {"cel.bind(x, few, x.all(y, true))", 10},
        {"few.transformMap(i, x, [x, x]).all(k, true)", 5 * (4 + 2) + 5 * 2},
        {"optional.of(few).orValue([]).all(x, true)", 1 + 1 + 5 * 2},
        {"sets.contains(few, few)", 1 + 2 * 6 * 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t have = estimate_of(rows[i].source);
        if (have != rows[i].cost)
            fail_msg("%s: %llu, not %llu", rows[i].source, (unsigned long long)have,
                     (unsigned long long)rows[i].cost);
    }
}

/* Sizes of results are followed: otherwise the loop after them would be too cheap. */
static void is_no_less_than_what_is_taken(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "few.all(x, few.exists(y, y > x)) || issues.exists_one(i, i.severity == 1)",
        "issues.map(i, i.id + i.state).filter(s, s.size() > 2).size() > 0",
        "name.split(\"\").all(c, c != \"\")",
        "name.split(\"\").map(c, c + name).join(\", \").split(\"\").all(c, c != \"\")",
        "name.replace(\"\", name).split(\"\").all(c, c != \"\")",
        "\"%s%s\".format([names, few]).split(\"\").all(c, c != \"\")",
        "\"%.999f%x\".format([1.5, name]).split(\"\").all(c, c != \"\")",
        "\"%s\".format([issue]).split(\"\").all(c, c != \"\")",
        "strings.quote(name).split(\"\").all(c, c != \"\")",
        "base64.encode(bytes(name)).split(\"\").all(c, c != \"\")",
        "string(today).split(\"\").all(c, c != \"\")",
        "string(-1.2345678901234567e-300).split(\"\").all(c, c != \"\")",
        "(name + name).reverse().upperAscii().split(\"c\", 3).all(c, c != \"\")",
        "(names + names + names).all(w, w != \"\")",
        "{\"a\": few, \"b\": [7, 8]}.all(k, k != \"\") && {\"a\": few}.a.all(x, x > 0)",
        "[few, [7, 8]].all(l, l.all(x, x > 0))",
        "[[[1, 2], [3]], [[4]]] == [[[1, 2], [3]], [[4]]]",
        "few.transformList(i, x, [i, x]).all(l, l.all(x, x >= 0))",
        "few.transformMap(i, x, [x]).all(k, v, v.size() == 1)",
        "few.transformMapEntry(i, x, {x: i, string(x): i}).all(k, v, true)",
        "[optional.of(few), optional.none()].all(o, o.orValue([1]).all(x, x > 0))",
        "optional.unwrap([optional.of(few)]).all(l, l.all(x, x > 0))",
        "few.first().optMap(x, [x, x]).value().all(x, x == 1)",
        "few.last().optFlatMap(x, optional.of([x])).value().all(x, x == 3)",
        "dyn(few).all(x, x > 0) && dyn(few) == few && (dyn(few) + few).size() == 6",
        "[dyn(few), \"a\", [1]][0].map(x, x).all(x, x > 0)",
        "{?\"a\": optional.of(few)}.?a.orValue([]).all(x, x > 0)",
        "few[?1].hasValue() && {\"a\": few}[\"a\"].all(x, x > 0)",
        "optional.of({\"a\": few}).a.value().all(x, x > 0)",
        "sets.equivalent(few, few) && sets.intersects([few], [few])",
        "name.lastIndexOf(\"abc\") == 6 && name.indexOf(\"c\") == 2",
        "[name, word].exists(w, w.matches(\"^a.*c$\")) && name.contains(word) == false",
        "math.greatest(few) == 3 && math.least(1, 2, 3) == 1",
        ("cel.block([few.map(x, x + 1), cel.index(0).size()], cel.index(0).all(x, x > "
         "cel.index(1) - 3))"),
        "count > 0 ? few.all(x, true) : issues.all(i, true)",
        "name < name + \"a\" && b\"a\" + b\"b\" < b\"abc\"",
        "cidr(\"10.0.0.0/8\").containsIP(\"10.1.2.3\") && string(ip(\"::1\")) != \"\"",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        uint64_t most = estimate_of(sources[i]), taken = steps_of(sources[i]);
        if (taken > most || most > 1000000000)
            fail_msg("%s: takes %llu, estimate %llu", sources[i],
                     (unsigned long long)taken, (unsigned long long)most);
    }
}

static void refuses_what_costs_too_much(void **state)
{
    (void)state;
    static const struct {
        const char *source, *message;
    } rows[] = {
        {"few.all(a, few.all(b, few.all(c, few.all(d, few.all(e, few.all(f, true))))))",
         "the expression may take 53685 steps, the limit is 50000"},
        {"issues.all(a, issues.all(b, issues.all(c, issues.all(d, issues.all(e, "
         "issues.all(f, issues.all(g, issues.all(h, issues.all(i, true)))))))))",
         "the expression may take about 10^18 steps, the limit is 50000"},
    };
    cel_env *env = NULL;
    og_error err = {0};
    cel_env_options options = {
        .max_cost_estimate = 50000, .assumed_list = 100, .assumed_text = 32};
    assert_int_equal(cel_env_new(f.env, &options, &env, &err), OG_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cel_issues issues = {0};
        cel_program *program = NULL;
        assert_int_equal(
            cel_compile(env, og_str_from(rows[i].source), NULL, &issues, &program, &err),
            OG_E_INVALID);
        assert_int_equal(issues.count, 1);
        assert_string_equal(issues.items[0].code, "cel-limit");
        if (!og_str_is(issues.items[0].message, rows[i].message))
            fail_msg("%s: %.*s", rows[i].source, OG_FMT(issues.items[0].message));
        cel_issues_done(&issues);
        og_error_done(&err);
    }
    cel_env_free(env);
}

/* Nothing wraps: too many to count is the largest number there is. */
static void saturates(void **state)
{
    (void)state;
    cel_env *env = NULL;
    og_error err = {0};
    cel_issues issues = {0};
    cel_program *program = NULL;
    cel_env_options options = {.max_cost_estimate = UINT64_MAX,
                               .assumed_list = UINT64_MAX / 2,
                               .assumed_text = UINT64_MAX};
    assert_int_equal(cel_env_new(f.env, &options, &env, &err), OG_OK);
    assert_int_equal(cel_compile(env,
                                 OG_STR("issues.all(i, issues.all(j, i == j)) && name + "
                                        "name == name.replace(name, name)"),
                                 NULL, &issues, &program, &err),
                     OG_OK);
    assert_true(cel_program_cost(program) == UINT64_MAX);
    cel_program_free(program);
    cel_env_free(env);
}

static void sizes_belong_to_their_environment(void **state)
{
    (void)state;
    cel_env *env = NULL;
    og_error err = {0};
    assert_int_equal(cel_env_new(f.env, NULL, &env, &err), OG_OK);
    assert_int_equal(cel_env_size(env, sized_slot, 7, &err), OG_E_USAGE);
    og_error_done(&err);
    assert_int_equal(cel_env_size(env, 1000, 7, &err), OG_E_USAGE);
    og_error_done(&err);
    cel_env_free(env);
}

/* Every function that has text or a list for a result says how large it is: an assumed
 * size would be a guess. */
static void built_in_functions_say_how_large(void **state)
{
    (void)state;
    for (const cel_library *const *l = cel_builtin_libraries; *l; l++) {
        for (uint32_t i = 0; i < (*l)->count; i++) {
            const cel_overload *row = &(*l)->overloads[i];
            unsigned kind = row->result->kind;
            bool sized = kind == CEL_STRING || kind == CEL_BYTES || kind == CEL_LIST ||
                         kind == CEL_MAP || kind == CEL_PARAM || kind == CEL_OPTIONAL;
            if (sized && row->param_count > 0 && row->yields == CEL_YIELDS_ASSUMED)
                fail_msg("%s says nothing of its result's size", row->id);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(multiplies_loops),
        cmocka_unit_test(is_no_less_than_what_is_taken),
        cmocka_unit_test(refuses_what_costs_too_much),
        cmocka_unit_test(saturates),
        cmocka_unit_test(sizes_belong_to_their_environment),
        cmocka_unit_test(built_in_functions_say_how_large),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
