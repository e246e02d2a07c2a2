/* Environments: names, containers, children, own functions, limits. */
#include "unit.h"

#include "cel/cel.h"

static cel_env *fresh(const cel_env *parent, const cel_env_options *options)
{
    cel_env *env = NULL;
    og_error err = {0};
    assert_int_equal(cel_env_new(parent, options, &env, &err), OG_OK);
    return env;
}

static uint32_t declare(cel_env *env, const char *name, const cel_type *type)
{
    uint32_t slot = 0;
    og_error err = {0};
    assert_int_equal(
        cel_env_variable(env, og_str_from(name), type, (og_str){0}, &slot, &err), OG_OK);
    return slot;
}

static int64_t evaluate(const cel_env *env, const char *source, const og_value *variables)
{
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    if (cel_compile(env, og_str_from(source), NULL, &issues, &program, &err) < 0)
        fail_msg("%s: %.*s", source, OG_FMT(issues.items[0].message));
    og_arena arena = {0};
    og_value v = og_absent();
    assert_int_equal(cel_eval(program, variables, &arena, NULL, &v, NULL, &err), OG_OK);
    assert_int_equal(v.kind, OG_INT);
    og_arena_done(&arena);
    cel_program_free(program);
    cel_issues_done(&issues);
    return v.as.i;
}

static void refuses_names(void **state)
{
    (void)state;
    cel_env *env = fresh(NULL, NULL);
    declare(env, "a", &cel_int);
    static const char *const bad[] = {"",   "1a",   "a b", "a.",
                                      ".a", "a..b", "if",  "\xc3\xa9"};
    og_error err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(
            cel_env_variable(env, og_str_from(bad[i]), &cel_int, (og_str){0}, NULL, &err),
            OG_E_USAGE);
        assert_error(&err, OG_E_USAGE, "cannot name a variable");
    }
    assert_int_equal(cel_env_constant(env, OG_STR("a"), &cel_int, og_int(1), &err),
                     OG_E_CONFLICT);
    assert_error(&err, OG_E_CONFLICT, "the name 'a' is declared twice");
    cel_env_free(env);
}

static void containers_come_first(void **state)
{
    (void)state;
    cel_env_options options = {.container = OG_STR("one.two")};
    cel_env *env = fresh(NULL, &options);
    og_value values[4];
    values[declare(env, "x", &cel_int)] = og_int(1);
    values[declare(env, "one.x", &cel_int)] = og_int(2);
    values[declare(env, "one.two.x", &cel_int)] = og_int(3);
    values[declare(env, "one.y", &cel_int)] = og_int(4);
    assert_int_equal(evaluate(env, "x", values), 3);
    assert_int_equal(evaluate(env, ".x", values), 1);
    assert_int_equal(evaluate(env, "one.x", values), 2);
    assert_int_equal(evaluate(env, "y", values), 4);
    assert_int_equal(evaluate(env, "[9].map(x, x)[0]", values), 9);
    assert_int_equal(evaluate(env, "[9].map(x, .x)[0]", values), 1);
    cel_env_free(env);
}

static void children_see_their_parents(void **state)
{
    (void)state;
    cel_env *parent = fresh(NULL, NULL);
    uint32_t a = declare(parent, "a", &cel_int);
    cel_env *child = fresh(parent, NULL);
    uint32_t b = declare(child, "b", &cel_int);
    og_error err = {0};
    assert_int_equal(cel_env_constant(child, OG_STR("ten"), &cel_int, og_int(10), &err),
                     OG_OK);
    og_value values[2];
    values[a] = og_int(1);
    values[b] = og_int(2);
    assert_int_equal(cel_env_variable_count(parent), 1);
    assert_int_equal(cel_env_variable_count(child), 2);
    assert_int_equal(evaluate(child, "a + b * ten", values), 21);
    assert_int_equal(cel_env_slot(parent, OG_STR("b")), -1);
    assert_int_equal(cel_env_slot(child, OG_STR("ten")), -1);
    assert_str(cel_env_variable_name(child, a), "a");
    assert_str(cel_env_variable_name(child, b), "b");
    cel_env_free(child);
    cel_env_free(parent);
}

static og_value add_data(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return og_int(args[0].as.i + *(const int *)call->data);
}

static void own_functions_are_called(void **state)
{
    (void)state;
    static int seven = 7;
    static const cel_overload rows[] = {
        {"plus_seven",
         "plus_seven_int",
         CEL_GLOBAL | CEL_MEMBER,
         1,
         {&cel_int},
         &cel_int,
         add_data,
         &seven,
         NULL,
         CEL_YIELDS_ASSUMED},
        {"my.own",
         "my_own_int",
         CEL_GLOBAL,
         1,
         {&cel_int},
         &cel_int,
         add_data,
         &seven,
         NULL,
         CEL_YIELDS_ASSUMED},
    };
    cel_env *env = fresh(NULL, NULL);
    og_error err = {0};
    assert_int_equal(cel_env_functions(env, rows, 2, &err), OG_OK);
    assert_int_equal(evaluate(env, "plus_seven(1) + 2.plus_seven() + my.own(3)", NULL),
                     27);
    assert_int_equal(cel_env_functions(env, rows, 1, &err), OG_E_CONFLICT);
    assert_error(&err, OG_E_CONFLICT, "the overload 'plus_seven_int' is declared twice");
    cel_env_free(env);
}

/* A child's rows come after the parent's and leave the parent as it was. */
static void children_add_overloads(void **state)
{
    (void)state;
    static int one = 1;
    static const cel_overload row = {"size",     "size_int",        CEL_GLOBAL, 1,
                                     {&cel_int}, &cel_int,          add_data,   &one,
                                     NULL,       CEL_YIELDS_ASSUMED};
    cel_env *parent = fresh(NULL, NULL);
    cel_env *child = fresh(parent, NULL);
    og_error err = {0};
    assert_int_equal(cel_env_functions(child, &row, 1, &err), OG_OK);
    assert_int_equal(evaluate(child, "size(5) + size('abc')", NULL), 9);
    cel_issues issues = {0};
    cel_program *program = NULL;
    assert_int_equal(
        cel_compile(parent, OG_STR("size(5)"), NULL, &issues, &program, &err),
        OG_E_INVALID);
    og_error_done(&err);
    cel_issues_done(&issues);
    cel_env_free(child);
    cel_env_free(parent);
}

static void limits_hold(void **state)
{
    (void)state;
    cel_env_options options = {.max_source = 20, .max_depth = 5, .max_nodes = 8};
    cel_env *env = fresh(NULL, &options);
    static const char *const over[] = {"1 + 1 + 1 + 1 + 1 + 1", "((((((1))))))",
                                       "[1,2,3,4,5,6,7,8]"};
    for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
        cel_issues issues = {0};
        cel_program *program = NULL;
        og_error err = {0};
        assert_int_equal(
            cel_compile(env, og_str_from(over[i]), NULL, &issues, &program, &err),
            OG_E_INVALID);
        assert_string_equal(issues.items[0].code, "cel-limit");
        og_error_done(&err);
        cel_issues_done(&issues);
    }
    assert_int_equal(evaluate(env, "1 + 1", NULL), 2);
    cel_env_free(env);
}

static int build_once(void *context)
{
    (void)context;
    cel_env_options options = {.container = OG_STR("a.b")};
    cel_env *env = NULL;
    int rc = cel_env_new(NULL, &options, &env, NULL);
    if (rc == OG_OK)
        rc = cel_env_variable(env, OG_STR("x.y"), &cel_int, OG_STR("doc"), NULL, NULL);
    if (rc == OG_OK)
        rc = cel_env_constant(env, OG_STR("k"), &cel_int, og_int(1), NULL);
    cel_env_free(env);
    return rc;
}

static void reports_lack_of_memory(void **state)
{
    (void)state;
    assert_true(unit_fail_each(build_once, NULL) > 0 || !UNIT_HAS_FAULTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_names),
        cmocka_unit_test(containers_come_first),
        cmocka_unit_test(children_see_their_parents),
        cmocka_unit_test(own_functions_are_called),
        cmocka_unit_test(children_add_overloads),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(reports_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
