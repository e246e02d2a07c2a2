/* Missing evidence: what unknowns and errors come to, over every operator, macro and
 * function (docs/cel.md has the table). The functions are taken from the built-in tables,
 * so a new one is tested the day it is added. */
#include "cel_fixture.h"

#include "cel/function.h"
#include "cel/tree.h"

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

/* ---- Where nothing is read ---- */

static void names_what_is_missing(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"nothing", "unknown (nothing)"},
        {"gone", "unknown (gone)"},
        {"gone.size() == 0", "unknown (gone)"},
        {"issue.workaround", "unknown (issue.workaround)"},
        {"issue.blocks.severity", "unknown (issue.blocks)"},
        {"issues[1].workaround", "unknown (issues[1].workaround)"},
        {"dyn(issue) . workaround", "unknown (dyn(issue) . workaround)"},
        {"nothing + lost + nothing", "unknown (lost, nothing)"},
        {"nothing.field", "unknown (nothing)"},
        {"has(issue.workaround)", "false"},
        {"has(issue.blocks.state)", "unknown (issue.blocks)"},
        {"has(nothing.field)", "unknown (nothing)"},
        {"issue.?workaround.hasValue()", "false"},
        {"issue.blocks.?state", "unknown (issue.blocks)"},
        {"nothing[0]", "unknown (nothing)"},
        {"[1][nothing]", "unknown (nothing)"},
        {"nothing[?0]", "unknown (nothing)"},
    };
    EXPECT(&f, rows);
}

/* ---- Operators that need not look at everything ---- */

static void logic_absorbs(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"false && nothing", "false"},
        {"nothing && false", "false"},
        {"true && nothing", "unknown (nothing)"},
        {"nothing && lost", "unknown (lost, nothing)"},
        {"true || nothing", "true"},
        {"nothing || true", "true"},
        {"false || nothing", "unknown (nothing)"},
        {"nothing || lost", "unknown (lost, nothing)"},
        {"false && 1 / 0 > 1", "false"},
        {"1 / 0 > 1 && false", "false"},
        {"true && 1 / 0 > 1", "error: divide by zero"},
        {"1 / 0 > 1 || nothing", "unknown (nothing)"},
        {"nothing || 1 / 0 > 1", "unknown (nothing)"},
        {"nothing && 1 / 0 > 1", "unknown (nothing)"},
        {"1 / 0 > 1 && nothing && false", "false"},
        {"1 / 0 > 1 || 1 % 0 > 1", "error: divide by zero"},
        {"true && any", "error: no such overload: a bool is wanted here, not int"},
        {"any && false", "false"},
        {"!nothing", "unknown (nothing)"},
        {"nothing ? 1 : 2", "unknown (nothing)"},
        {"1 / 0 > 1 ? 1 : 2", "error: divide by zero"},
        {"true ? 1 : nothing", "1"},
        {"false ? 1 / 0 : 2", "2"},
        {"true ? nothing : 2", "unknown (nothing)"},
        {"any ? 1 : 2", "error: no such overload: a bool is wanted here, not int"},
    };
    EXPECT(&f, rows);
}

static void literals_are_strict(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"[1, nothing]", "unknown (nothing)"},
        {"[nothing, 1 / 0]", "error: divide by zero"},
        {"[?nothing]", "unknown (nothing)"},
        {"[?1 / 0 > 0 ? optional.of(1) : optional.none()]", "error: divide by zero"},
        {"{nothing: 1}", "unknown (nothing)"},
        {"{1: nothing, 2: lost}", "unknown (lost, nothing)"},
        {"{1: nothing, 2: 1 / 0}", "error: divide by zero"},
        {"{?1: nothing}", "unknown (nothing)"},
    };
    EXPECT(&f, rows);
}

/* ---- Macros ---- */

static void quantifiers_absorb(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"gone.all(i, i.severity > 2)", "unknown (gone)"},
        {"gone.exists(i, i.severity > 2)", "unknown (gone)"},
        /* SIT-2 alone has no workaround. */
        {"issues.all(i, i.workaround != \"\")", "unknown (i.workaround)"},
        {"issues.all(i, i.workaround == \"restart\")", "false"},
        {"issues.exists(i, i.workaround == \"wait\")", "true"},
        {"issues.exists(i, i.workaround == \"\")", "unknown (i.workaround)"},
        {"issues.all(i, i.severity > 1 || nothing)", "unknown (nothing)"},
        {"[0, 1].all(x, 1 / x > 5)", "false"},
        {"[1, 0].exists(x, 1 / x == 1)", "true"},
        {"[0, 1].all(x, 1 / x == 1)", "error: divide by zero"},
        {"[0, 1].all(x, x == 0 ? nothing : 1 / 0 == 1)", "unknown (nothing)"},
        {"[0, 1].exists(x, x == 1 ? nothing : 1 / 0 == 1)", "unknown (nothing)"},
        {"[dyn(1)].all(x, x)", "error: no such overload: a bool is wanted here, not int"},
        {"[true, false].all(i, x, x || nothing)", "unknown (nothing)"},
        {"[true, false].all(i, x, x && nothing)", "false"},
        {"[true, false].exists(i, x, x || nothing)", "true"},
        {"{1: nothing}.exists(k, v, true)", "unknown (nothing)"},
        {"{1: 2}.exists(k, v, v == 2 && nothing)", "unknown (nothing)"},
        {"gone.all(n, i, i.severity > n)", "unknown (gone)"},
    };
    EXPECT(&f, rows);
}

static void other_loops_are_strict(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"gone.exists_one(i, true)", "unknown (gone)"},
        {"issues.exists_one(i, i.workaround == \"wait\")", "unknown (i.workaround)"},
        {"[0, 1].exists_one(x, 1 / x == 1)", "error: divide by zero"},
        {"[0, 1].exists_one(x, x == 0 ? nothing : 1 / 0 == 1)", "error: divide by zero"},
        {"[0, 1].existsOne(i, x, nothing)", "unknown (nothing)"},
        {"[0, 1].existsOne(i, x, 1 / x == 1)", "error: divide by zero"},
        {"{1: 2}.filter(k, nothing)", "unknown (nothing)"},
        {"gone.filter(i, true)", "unknown (gone)"},
        {"issues.filter(i, i.workaround == \"wait\")", "unknown (i.workaround)"},
        {"issues.filter(i, i.workaround == \"wait\").size()", "unknown (i.workaround)"},
        {"issues.filter(i, i.workaround == \"wait\").size() == 0",
         "unknown (i.workaround)"},
        {"[0, 1].filter(x, 1 / x == 1)", "error: divide by zero"},
        {"[0, 1].filter(x, x == 0 ? nothing : 1 / 0 == 1).size()",
         "error: divide by zero"},
        {"gone.map(i, i.id)", "unknown (gone)"},
        {"issues.map(i, i.workaround)", "unknown (i.workaround)"},
        {"issues.map(i, i.workaround == \"wait\", i.id)", "unknown (i.workaround)"},
        {"[0, 1].map(x, x == 0 ? nothing : 1 / 0)", "error: divide by zero"},
        {"[0, 1].transformList(i, x, nothing)", "unknown (nothing)"},
        {"[0, 1].transformMap(i, x, nothing)", "unknown (nothing)"},
        {"{1: 2}.transformMap(k, v, nothing, v)", "unknown (nothing)"},
        {"[0, 1].transformMapEntry(i, x, nothing)", "unknown (nothing)"},
        {"[0, 1].transformMapEntry(i, x, {x: 1 / x})", "error: divide by zero"},
        {"[0, 1].transformMapEntry(i, x, nothing, {x: i})", "unknown (nothing)"},
        {"[0, 1].transformList(i, x, nothing, x)", "unknown (nothing)"},
        {"[0, 1].transformList(i, x, 1 / x == 1, x)", "error: divide by zero"},
        {"gone.transformList(n, i, i.id)", "unknown (gone)"},
        {"gone.transformMap(n, i, i.id)", "unknown (gone)"},
        {"gone.transformMapEntry(n, i, {n: i.id})", "unknown (gone)"},
    };
    EXPECT(&f, rows);
}

/* A name stands for whatever was bound, also for what is missing. */
static void bindings_pass_on(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"cel.bind(x, nothing, true || x)", "true"},
        {"cel.bind(x, nothing, x + 1)", "unknown (nothing)"},
        {"cel.bind(x, 1 / 0, false && x > 0)", "false"},
        {"cel.bind(x, 1 / 0, x)", "error: divide by zero"},
        {"cel.block([nothing, 1 / 0], true)", "true"},
        {"cel.block([nothing, 1 / 0], cel.index(0))", "unknown (nothing)"},
        {"nothing.optMap(x, x)", "unknown (nothing)"},
        {"optional.of(1).optMap(x, nothing)", "unknown (nothing)"},
        {"optional.of(1).optFlatMap(x, nothing)", "unknown (nothing)"},
        {"optional.none().optMap(x, nothing)", "optional.none()"},
        {"optional.of(1).or(nothing)", "optional(1)"},
        {"optional.of(1).orValue(nothing)", "1"},
        {"optional.of(1).orValue(1 / 0)", "1"},
        {"optional.none().orValue(nothing)", "unknown (nothing)"},
        {"nothing.orValue(1)", "unknown (nothing)"},
    };
    EXPECT(&f, rows);
}

/* ---- Every function and every other operator ---- */

/* An expression of the type, wrapped so that the checker does not fold it away. */
static const char *sample(const cel_type *t)
{
    switch ((cel_type_kind)t->kind) {
    case CEL_BOOL:
        return "dyn(true)";
    case CEL_UINT:
        return "dyn(1u)";
    case CEL_DOUBLE:
        return "dyn(1.5)";
    case CEL_STRING:
        return "dyn(\"1\")";
    case CEL_BYTES:
        return "dyn(b\"1\")";
    case CEL_DATE:
        return "dyn(today)";
    case CEL_TIMESTAMP:
        return "dyn(timestamp(0))";
    case CEL_DURATION:
        return "dyn(duration(\"1s\"))";
    case CEL_LIST:
        return "dyn([])";
    case CEL_MAP:
        return "dyn({})";
    case CEL_OPTIONAL:
        return "dyn(optional.none())";
    case CEL_OPAQUE:
        return og_str_is(t->name, "net.IP") ? "dyn(ip(\"::1\"))" : "dyn(cidr(\"::/1\"))";
    default:
        return "dyn(1)";
    }
}

static bool put_operator(const char *function, char args[][40], og_buf *out)
{
    for (int op = CEL_OP_LT; op < CEL_OP_COUNT; op++) {
        if (strcmp(cel_op_function((cel_op)op), function) != 0)
            continue;
        if (op == CEL_OP_INDEX || op == CEL_OP_OPTINDEX)
            og_buf_printf(out, "%s[%s%s]", args[0], op == CEL_OP_INDEX ? "" : "?",
                          args[1]);
        else if (op == CEL_OP_NOT || op == CEL_OP_NEG)
            og_buf_printf(out, "%s%s", cel_op_text((cel_op)op), args[0]);
        else
            og_buf_printf(out, "%s %s %s", args[0], cel_op_text((cel_op)op), args[1]);
        return true;
    }
    return false;
}

/* The call of a row written out. */
static void put_call(const cel_overload *row, char args[][40], og_buf *out)
{
    if (put_operator(row->function, args, out))
        return;
    bool member = row->flags & CEL_MEMBER;
    if (member)
        og_buf_printf(out, "%s.", args[0]);
    og_buf_printf(out, "%s(", row->function);
    for (uint32_t i = member; i < row->param_count; i++)
        og_buf_printf(out, "%s%s", i > (uint32_t)member ? ", " : "", args[i]);
    og_buf_putc(out, ')');
}

static void expect_call(const cel_overload *row, char args[][40], const char *wanted)
{
    og_buf source = {0};
    put_call(row, args, &source);
    const char *have = fixture_run(&f, source.p);
    if (strcmp(have, wanted) != 0)
        fail_msg("%s (%s): %s, not %s", source.p, row->id, have, wanted);
    og_buf_done(&source);
}

static void expect_strict(const cel_overload *row)
{
    char args[CEL_MAX_PARAMS][40];
    for (uint32_t at = 0; at < row->param_count; at++) {
        for (uint32_t i = 0; i < row->param_count; i++)
            snprintf(args[i], sizeof args[i], "%s", sample(row->params[i]));
        snprintf(args[at], sizeof args[at], "nothing");
        expect_call(row, args, "unknown (nothing)");
        snprintf(args[at], sizeof args[at], "dyn(1 / 0)");
        expect_call(row, args, "error: divide by zero");
        uint32_t other = (at + 1) % row->param_count;
        if (other == at)
            continue;
        snprintf(args[other], sizeof args[other], "nothing");
        expect_call(row, args, "error: divide by zero");
        snprintf(args[at], sizeof args[at], "lost");
        expect_call(row, args, "unknown (lost, nothing)");
    }
}

static void every_function_is_strict(void **state)
{
    (void)state;
    size_t tested = 0;
    for (const cel_library *const *l = cel_builtin_libraries; *l; l++) {
        for (uint32_t i = 0; i < (*l)->count; i++) {
            const cel_overload *row = &(*l)->overloads[i];
            if (row->flags & CEL_NONSTRICT)
                continue; /* or, orValue: bindings_pass_on */
            expect_strict(row);
            tested++;
        }
    }
    assert_true(tested > 200);
}

/* What was missing does not depend on the order of evaluation or on repetition. */
static void merges_names(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"[nothing, lost, nothing] == [lost]", "unknown (lost, nothing)"},
        {"issues.map(i, i.severity > 1 ? nothing : lost)", "unknown (lost, nothing)"},
        {"issues.all(i, i.severity > 1 ? nothing : lost)", "unknown (lost, nothing)"},
        {"(nothing || lost) && (lost || nothing) && gone.size() > 0",
         "unknown (gone, lost, nothing)"},
    };
    EXPECT(&f, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_what_is_missing),    cmocka_unit_test(logic_absorbs),
        cmocka_unit_test(literals_are_strict),      cmocka_unit_test(quantifiers_absorb),
        cmocka_unit_test(other_loops_are_strict),   cmocka_unit_test(bindings_pass_on),
        cmocka_unit_test(every_function_is_strict), cmocka_unit_test(merges_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
