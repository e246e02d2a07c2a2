/* Parts of a condition that hold because a list is empty, so that a condition passes on
 * no evidence at all.
 *
 *   defects.all(d, …)                 defects.filter(d, …).size() == 0
 *
 * One list after another is supposed to be empty, and the condition is evaluated as far
 * as that goes: to true, to false, or to nothing known. A part is found when it comes to
 * true while nothing it stands in (`&&` with a guard, say) comes to false. So
 *
 *   defects.size() > 0 && defects.all(d, …)
 *
 * is fine, and so is any other way to say the same. `!defects.exists(d, …)` is not found:
 * who writes that something is absent means it.
 *
 * Which list is supposed empty: what a quantifier goes over, filters included (that no
 * test phase is called SIT makes test_phases.filter(SIT).all(…) pass); what is counted or
 * compared, without its last filter (that no defect is open is what `== 0` asks). */
#include "base/limits.h"
#include "cel/frame.h"
#include "cel/show.h"
#include "cel/std.h"

#define MAX_STEPS 1000000 /* names of cel.bind may double the work at each step */
#define MAX_HEIGHT 20     /* of what is bound and looked into, for the stack's sake */

typedef enum truth { /* given that search.empty is empty */
    FALSE_THEN,
    TRUE_THEN,
    NOT_KNOWN
} truth;

/* What a node stands in, innermost first. */
typedef struct around {
    const cel_node *node;
    const struct around *outer;
} around;

typedef struct search {
    const cel_tree *tree;
    og_arena *arena;
    const cel_node **bound; /* [local_count] the value of a cel.bind in scope, or NULL */
    const cel_node *empty;  /* the list supposed to be empty */
    uint32_t steps_left;    /* past them nothing is known */
    cel_vacuity *found;
    size_t count, cap;
    bool failed; /* no memory */
} search;

static truth truth_of(search *s, const cel_node *node);

/* ---- Lists ---- */

/* What a name given by cel.bind stands for. */
static const cel_node *follow(const search *s, const cel_node *node)
{
    while (node->kind == CEL_IDENT && node->op == CEL_PLACE_LOCAL) {
        const cel_node *value = s->bound[node->as.ident.slot];
        if (!value || value->depth > MAX_HEIGHT)
            break;
        node = value;
    }
    return node;
}

static bool is_loop(const cel_node *node, cel_loop_kind kind)
{
    return node->kind == CEL_LOOP && node->op == kind;
}

static bool makes_list(const cel_node *node)
{
    return is_loop(node, CEL_FILTER) || is_loop(node, CEL_MAP_LIST) ||
           is_loop(node, CEL_TRANSFORM_LIST);
}

/* Without what makes one element of each, which changes nothing about being empty. */
static const cel_node *source_of(const search *s, const cel_node *node)
{
    node = follow(s, node);
    while (makes_list(node) && !node->as.loop.predicate)
        node = follow(s, node->as.loop.range);
    return node;
}

static bool has_operand(const cel_node *node, const cel_node *operand)
{
    if (cel_node_same(node, operand))
        return true;
    bool both = node->kind == CEL_CALL && node->op == CEL_OP_AND;
    for (uint32_t i = 0; both && i < node->as.call.count; i++)
        if (cel_node_same(node->as.call.args[i], operand))
            return true;
    return false;
}

/* Whether whatever satisfies `strong` satisfies `weak`, as far as their words say. */
static bool implies(const cel_node *strong, const cel_node *weak)
{
    if (has_operand(strong, weak))
        return true;
    bool both = weak->kind == CEL_CALL && weak->op == CEL_OP_AND;
    for (uint32_t i = 0; both && i < weak->as.call.count; i++)
        if (!has_operand(strong, weak->as.call.args[i]))
            return false;
    return both;
}

/* x.filter(e, p && q), x.exists(e, p) where x.filter(e, p) is empty. */
static bool looks_among_empty(const search *s, const cel_node *loop)
{
    const cel_node *empty = s->empty;
    return is_loop(empty, CEL_FILTER) && loop->as.loop.predicate &&
           og_str_eq(loop->as.loop.name1, empty->as.loop.name1) &&
           !(loop->flags & CEL_F_TWO) &&
           cel_node_same(source_of(s, loop->as.loop.range),
                         source_of(s, empty->as.loop.range)) &&
           implies(loop->as.loop.predicate, empty->as.loop.predicate);
}

static bool take_step(search *s)
{
    if (s->steps_left == 0)
        return false;
    s->steps_left--;
    return true;
}

static bool is_empty(search *s, const cel_node *node)
{
    if (!take_step(s))
        return false;
    node = source_of(s, node);
    if (node == s->empty || cel_node_same(node, s->empty))
        return true;
    if (node->kind == CEL_MAKE_LIST)
        return node->as.list.count == 0;
    if (makes_list(node))
        return is_empty(s, node->as.loop.range) ||
               (is_loop(node, CEL_FILTER) && looks_among_empty(s, node));
    return node->kind == CEL_CALL && node->op == CEL_OP_ADD &&
           is_empty(s, node->as.call.args[0]) && is_empty(s, node->as.call.args[1]);
}

/* The variable a list comes from; false: from something else. */
static bool variable_of(search *s, const cel_node *node, uint32_t *ret_slot)
{
    if (!take_step(s))
        return false;
    node = source_of(s, node);
    if (makes_list(node))
        return variable_of(s, node->as.loop.range, ret_slot);
    if (node->kind == CEL_CALL && node->op == CEL_OP_ADD)
        return variable_of(s, node->as.call.args[0], ret_slot) ||
               variable_of(s, node->as.call.args[1], ret_slot);
    bool list = node->kind == CEL_IDENT && node->op == CEL_PLACE_VARIABLE &&
                node->type->kind == CEL_LIST;
    if (list)
        *ret_slot = node->as.ident.slot;
    return list;
}

/* ---- Numbers ---- */

static bool is_size(const cel_node *node)
{
    return node->kind == CEL_CALL && node->as.call.candidate_count > 0 &&
           node->as.call.candidates[0]->call == cel_std_size;
}

static bool is_conversion(const cel_node *node)
{
    og_str name = node->as.call.function;
    return node->as.call.count == 1 && !(node->flags & CEL_F_MEMBER) &&
           (og_str_is(name, "double") || og_str_is(name, "int") ||
            og_str_is(name, "uint"));
}

static bool number_of(search *s, const cel_node *node, double *ret);

static bool arithmetic(search *s, const cel_node *node, double *ret)
{
    double a = 0, b = 0;
    if (node->as.call.count != 2 || !number_of(s, node->as.call.args[0], &a) ||
        !number_of(s, node->as.call.args[1], &b))
        return false;
    *ret = node->op == CEL_OP_MUL ? a * b : node->op == CEL_OP_ADD ? a + b : a - b;
    return true;
}

/* The number an expression then is; false: not known. */
static bool number_of(search *s, const cel_node *node, double *ret)
{
    node = follow(s, node);
    og_value v = node->kind == CEL_LITERAL ? node->as.literal : og_null();
    if (v.kind == OG_INT || v.kind == OG_UINT || v.kind == OG_DOUBLE) {
        *ret = v.kind == OG_INT    ? (double)v.as.i
               : v.kind == OG_UINT ? (double)v.as.u
                                   : v.as.d;
        return true;
    }
    if (node->kind != CEL_CALL || !take_step(s))
        return false;
    if (node->op == CEL_OP_MUL || node->op == CEL_OP_ADD || node->op == CEL_OP_SUB)
        return arithmetic(s, node, ret);
    if (is_size(node)) {
        *ret = 0;
        return is_empty(s, node->as.call.args[0]);
    }
    return is_conversion(node) && number_of(s, node->as.call.args[0], ret);
}

/* ---- Truth ---- */

static truth from_bool(bool b)
{
    return b ? TRUE_THEN : FALSE_THEN;
}

static truth opposite(truth t)
{
    return t == NOT_KNOWN ? t : from_bool(t == FALSE_THEN);
}

static truth compare(search *s, const cel_node *node)
{
    const cel_node *left = node->as.call.args[0], *right = node->as.call.args[1];
    double a = 0, b = 0;
    bool equality = node->op == CEL_OP_EQ || node->op == CEL_OP_NE;
    if (equality && is_empty(s, left) && is_empty(s, right))
        return from_bool(node->op == CEL_OP_EQ);
    if (!number_of(s, left, &a) || !number_of(s, right, &b))
        return NOT_KNOWN;
    switch ((cel_op)node->op) {
    case CEL_OP_LT:
        return from_bool(a < b);
    case CEL_OP_LE:
        return from_bool(a <= b);
    case CEL_OP_GT:
        return from_bool(a > b);
    case CEL_OP_GE:
        return from_bool(a >= b);
    case CEL_OP_EQ:
        return from_bool(a == b);
    default:
        return from_bool(a != b);
    }
}

/* && decided by false, || by true. */
static truth connective(search *s, const cel_node *node, truth decides)
{
    truth all = opposite(decides);
    for (uint32_t i = 0; i < node->as.call.count; i++) {
        truth t = truth_of(s, node->as.call.args[i]);
        if (t == decides)
            return t;
        if (t == NOT_KNOWN)
            all = t;
    }
    return all;
}

static truth truth_of_call(search *s, const cel_node *node)
{
    cel_node *const *args = node->as.call.args;
    switch ((cel_op)node->op) {
    case CEL_OP_AND:
        return connective(s, node, FALSE_THEN);
    case CEL_OP_OR:
        return connective(s, node, TRUE_THEN);
    case CEL_OP_NOT:
        return opposite(truth_of(s, args[0]));
    case CEL_OP_IN:
        return is_empty(s, args[1]) ? FALSE_THEN : NOT_KNOWN;
    case CEL_OP_COND: {
        truth test = truth_of(s, args[0]);
        return test == NOT_KNOWN ? test : truth_of(s, args[test == TRUE_THEN ? 1 : 2]);
    }
    default:
        return node->op >= CEL_OP_LT && node->op <= CEL_OP_NE ? compare(s, node)
                                                              : NOT_KNOWN;
    }
}

static truth truth_of_loop(search *s, const cel_node *node)
{
    if (node->op > CEL_EXISTS_ONE)
        return NOT_KNOWN;
    if (is_empty(s, node->as.loop.range))
        return from_bool(node->op == CEL_ALL);
    return node->op != CEL_ALL && looks_among_empty(s, node) ? FALSE_THEN : NOT_KNOWN;
}

static truth truth_of(search *s, const cel_node *node)
{
    if (!take_step(s))
        return NOT_KNOWN;
    node = follow(s, node);
    switch ((cel_node_kind)node->kind) {
    case CEL_LITERAL:
        return node->as.literal.kind == OG_BOOL ? from_bool(node->as.literal.as.b)
                                                : NOT_KNOWN;
    case CEL_CALL:
        return truth_of_call(s, node);
    case CEL_LOOP:
        return truth_of_loop(s, node);
    case CEL_BIND: {
        const cel_node **slot = &s->bound[node->as.bind.slot], *before = *slot;
        *slot = node->as.bind.init;
        truth t = truth_of(s, node->as.bind.body);
        *slot = before;
        return t;
    }
    default:
        return NOT_KNOWN;
    }
}

/* ---- The search ---- */

static void report(search *s, const cel_node *part, uint32_t slot)
{
    if (s->count == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 4;
        cel_vacuity *more = OG_ARRAY(s->arena, cap, cel_vacuity);
        if (!more) {
            s->failed = true;
            return;
        }
        if (s->count > 0)
            memcpy(more, s->found, s->count * sizeof *more);
        s->found = more;
        s->cap = cap;
    }
    uint32_t from = cel_source_point(s->tree->source, part->begin);
    uint32_t to = cel_source_point(s->tree->source, part->end);
    og_buf list = {0};
    cel_unparse_node(s->empty, &list);
    og_str text = list.failed ? (og_str){0} : og_arena_str(s->arena, og_buf_str(&list));
    s->failed = !text.p;
    s->found[s->count++] = (cel_vacuity){from, to - from, slot, text};
    og_buf_done(&list);
}

/* Supposes a list empty. True when that was reported of the part. */
static bool suppose(search *s, const cel_node *list, const cel_node *part,
                    const around *outer)
{
    uint32_t slot = 0;
    if (!variable_of(s, list, &slot))
        return false;
    s->empty = source_of(s, list);
    if (truth_of(s, part) != TRUE_THEN)
        return false;
    for (; outer; outer = outer->outer)
        if (truth_of(s, outer->node) == FALSE_THEN)
            return false;
    report(s, part, slot);
    return true;
}

/* The list counted or compared, without its last filter. */
static const cel_node *counted(const search *s, const cel_node *list)
{
    list = source_of(s, list);
    return is_loop(list, CEL_FILTER) ? list->as.loop.range : list;
}

/* Tries every list that is looked at in a part, but for what is looked at of each
 * element. True once one was reported. */
static bool try_lists(search *s, const cel_node *node, const cel_node *part,
                      const around *outer)
{
    node = follow(s, node);
    if (!take_step(s))
        return false;
    if (node->kind == CEL_LOOP)
        return node->op == CEL_ALL && suppose(s, node->as.loop.range, part, outer);
    if (node->kind != CEL_CALL)
        return false;
    cel_node *const *args = node->as.call.args;
    if (is_size(node))
        return suppose(s, counted(s, args[0]), part, outer);
    for (uint32_t i = 0; i < node->as.call.count; i++) {
        bool list = args[i]->type->kind == CEL_LIST && node->op != CEL_OP_IN;
        if (list ? suppose(s, counted(s, args[i]), part, outer)
                 : try_lists(s, args[i], part, outer))
            return true;
    }
    return false;
}

/* The parts of a condition: operands of && and ||, branches of ?:, what is bound. */
static void look(search *s, const cel_node *node, const around *outer)
{
    around here = {node, outer};
    if (s->count >= OG_LIMIT_CEL_ISSUES || s->failed || s->steps_left == 0)
        return;
    if (node->kind == CEL_BIND) {
        const cel_node **slot = &s->bound[node->as.bind.slot], *before = *slot;
        *slot = node->as.bind.init;
        look(s, node->as.bind.body, &here);
        *slot = before;
        return;
    }
    bool divided =
        node->kind == CEL_CALL && node->op >= CEL_OP_COND && node->op <= CEL_OP_AND;
    if (!divided) {
        try_lists(s, node, node, outer);
        return;
    }
    for (uint32_t i = node->op == CEL_OP_COND; i < node->as.call.count; i++)
        look(s, node->as.call.args[i], &here);
}

int cel_program_vacuous(const cel_program *program, og_arena *arena,
                        const cel_vacuity **ret, size_t *ret_count, og_error *err)
{
    search s = {.tree = &program->tree, .arena = arena, .steps_left = MAX_STEPS};
    s.bound = OG_ARRAY(arena, program->tree.local_count + 1, const cel_node *);
    if (!s.bound)
        return og_nomem(err);
    look(&s, program->tree.root, NULL);
    if (s.failed)
        return og_nomem(err);
    *ret = s.found;
    *ret_count = s.count;
    return OG_OK;
}
