/* Calls: which overloads may be meant, and what type comes out.
 *
 * Every row of the name with the right way of writing (member or not) and number of
 * arguments is tried with fresh type variables; those that fit are the candidates. If
 * they agree on a result that is the type, else it is dyn. */
#include "cel/check.h"

/* ---- Candidates ---- */

static bool takes_count(const cel_overload *row, uint32_t count)
{
    if (row->flags & CEL_VARIADIC)
        return count >= row->param_count;
    return count == row->param_count;
}

static bool right_form(const cel_overload *row, const cel_node *node)
{
    uint32_t wanted = node->flags & CEL_F_MEMBER ? CEL_MEMBER : CEL_GLOBAL;
    return (row->flags & wanted) && takes_count(row, node->as.call.count);
}

static const cel_type *parameter(const cel_overload *row, uint32_t i)
{
    return row->params[i < row->param_count ? i : row->param_count - 1];
}

static bool is_plain(const cel_type *t)
{
    return t->kind >= CEL_BOOL && t->kind <= CEL_PERIOD;
}

/* Most rows of an operator are for other plain types: seen without making an instance. */
static bool clashes(const cel_overload *row, const cel_type *const *args, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const cel_type *wanted = parameter(row, i);
        if (args[i]->kind != wanted->kind && is_plain(args[i]) && is_plain(wanted))
            return true;
    }
    return false;
}

/* The result type of a row with these arguments, or NULL when they do not fit. */
static const cel_type *try_row(cel_checker *c, const cel_overload *row,
                               const cel_type *const *args, uint32_t count)
{
    cel_instance instance;
    instance.count = 0;
    const cel_type *few[CEL_MAX_PARAMS], **wanted = few;
    if (count > CEL_MAX_PARAMS) {
        wanted = OG_ARRAY(c->arena, count, const cel_type *);
        if (!wanted) {
            c->failed = OG_E_NOMEM;
            return NULL;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        wanted[i] = cel_instantiate(c, &instance, parameter(row, i));
    const cel_type *result = cel_instantiate(c, &instance, row->result);
    if (!c->lenient && !cel_assignable_all(c, args, wanted, count))
        return NULL;
    return cel_resolve(c, result, false);
}

static const cel_type *agree(const cel_type *have, const cel_type *more)
{
    if (!have)
        return more;
    return cel_type_equal(have, more) ? have : &cel_dyn;
}

static const cel_type *choose(cel_checker *c, cel_node *node,
                              const cel_function_rows *rows, const cel_type *const *args)
{
    const cel_overload **found = OG_ARRAY(c->arena, rows->count, const cel_overload *);
    if (!found) {
        c->failed = OG_E_NOMEM;
        return &cel_broken;
    }
    const cel_type *result = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        if (!right_form(rows->rows[i], node) ||
            (!c->lenient && clashes(rows->rows[i], args, node->as.call.count)))
            continue;
        const cel_type *t = try_row(c, rows->rows[i], args, node->as.call.count);
        if (!t)
            continue;
        found[count++] = rows->rows[i];
        result = agree(result, t);
    }
    node->as.call.candidates = found;
    node->as.call.candidate_count = count;
    return result;
}

/* ---- Functions in a namespace ---- */

static const void *find_function(const cel_env *env, og_str name)
{
    return cel_env_find_function(env, name);
}

/* math.greatest(…) is written like a member call; when "math" is no variable and the
 * whole is the name of a function, it is that function. */
static const cel_function_rows *find_qualified(cel_checker *c, cel_node *node)
{
    char name[2 * CEL_NAME_MAX];
    bool absolute = false;
    og_str space = cel_check_dotted(c, node->as.call.args[0], name, &absolute);
    og_str function = node->as.call.function;
    if (space.n == 0 || space.n + 1 + function.n >= sizeof name)
        return NULL;
    name[space.n] = '.';
    memcpy(name + space.n + 1, function.p, function.n);
    og_str whole = {name, space.n + 1 + function.n};
    const cel_function_rows *rows = cel_check_lookup(c, whole, absolute, find_function);
    if (!rows)
        return NULL;
    node->as.call.function = og_arena_str(c->arena, whole);
    if (!node->as.call.function.p)
        c->failed = OG_E_NOMEM;
    node->as.call.args++;
    node->as.call.count--;
    node->flags &= (uint16_t)~CEL_F_MEMBER;
    node->flags |= absolute ? CEL_F_ABSOLUTE : 0;
    return rows;
}

static const cel_function_rows *find_rows(cel_checker *c, cel_node *node)
{
    if (node->flags & CEL_F_MEMBER) {
        const cel_function_rows *rows = find_qualified(c, node);
        if (rows)
            return rows;
        return cel_env_find_function(c->env, node->as.call.function);
    }
    return cel_check_lookup(c, node->as.call.function,
                            (node->flags & CEL_F_ABSOLUTE) != 0, find_function);
}

/* ---- Lazy operators ---- */

static const cel_type *check_logic(cel_checker *c, cel_node *node)
{
    const char *whose =
        node->op == CEL_OP_AND ? "each side of '&&'" : "each side of '||'";
    for (uint32_t i = 0; i < node->as.call.count; i++)
        cel_expect_bool(c, node->as.call.args[i],
                        cel_check_node(c, node->as.call.args[i]), whose);
    return &cel_bool;
}

static const cel_type *check_conditional(cel_checker *c, cel_node *node)
{
    cel_node **args = node->as.call.args;
    cel_expect_bool(c, args[0], cel_check_node(c, args[0]), "what stands before '?'");
    const cel_type *branches[2] = {cel_check_node(c, args[1]),
                                   cel_check_node(c, args[2])};
    const cel_type *both = cel_fresh(c);
    const cel_type *wanted[2] = {both, both};
    if (cel_assignable_all(c, branches, wanted, 2))
        return cel_resolve(c, both, false);
    cel_check_report(c, args[2], CEL_CODE_TYPE,
                     "the branches after '?' differ: %s and %s",
                     cel_check_text(c, branches[0]), cel_check_text(c, branches[1]));
    return &cel_broken;
}

/* ---- Calls ---- */

static bool any_broken(const cel_checker *c, const cel_type *const *args, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (cel_shallow(c, args[i])->kind == CEL_BROKEN)
            return true;
    return false;
}

static const cel_type *check_function(cel_checker *c, cel_node *node)
{
    const cel_function_rows *rows = find_rows(c, node);
    uint32_t count = node->as.call.count;
    const cel_type **args = OG_ARRAY(c->arena, count + 1, const cel_type *);
    if (!args) {
        c->failed = OG_E_NOMEM;
        return &cel_broken;
    }
    if (!rows && cel_report_no_function(c, node))
        return &cel_broken;
    for (uint32_t i = 0; i < count; i++)
        args[i] = cel_check_node(c, node->as.call.args[i]);
    if (!rows)
        return &cel_broken;
    bool broken = any_broken(c, args, count);
    const cel_type *result = choose(c, node, rows, args);
    if (!result && !broken)
        cel_report_no_overload(c, node, rows, args);
    if (!broken)
        cel_check_words(c, node);
    return result ? result : &cel_broken;
}

const cel_type *cel_check_call(cel_checker *c, cel_node *node)
{
    switch ((cel_op)node->op) {
    case CEL_OP_AND:
    case CEL_OP_OR:
        return check_logic(c, node);
    case CEL_OP_COND:
        return check_conditional(c, node);
    default:
        return check_function(c, node);
    }
}

/* Nothing is left to look at while running: one candidate, and every argument is known to
 * be of the kind it wants. */
void cel_check_exact(cel_node *node)
{
    if (node->as.call.candidate_count != 1)
        return;
    const cel_overload *row = node->as.call.candidates[0];
    for (uint32_t i = 0; i < node->as.call.count; i++) {
        const cel_type *wanted = parameter(row, i);
        const cel_type *have = node->as.call.args[i]->type;
        bool same = have->kind == wanted->kind ||
                    (have->kind == CEL_ENUM && wanted->kind == CEL_STRING);
        if (wanted->kind != CEL_PARAM && wanted->kind != CEL_ANY && !same)
            return;
    }
    node->as.call.exact = true;
}
