/* The most steps one evaluation may take, known while compiling (docs/cel.md, "Bounds").
 *
 * One walk over the linked tree. It charges what the evaluator charges (cel_spend): a
 * turn of a loop its parts, a call one step and what its flags say, a comparison the
 * values in both sides; loops multiply by the size of what they go over. Sizes are
 * extents (extent.h). So an evaluation takes no more steps than this as long as no value
 * given to it is larger than declared or assumed. */
#include "cel/estimate.h"

#include "cel/extent.h"
#include "cel/frame.h"

#define LOCALS_ON_STACK 16

typedef struct estimator {
    const cel_env *env;
    cel_assumed assumed;
    cel_extent *locals;
} estimator;

typedef struct estimate {
    uint64_t cost;
    cel_extent extent; /* of the value */
} estimate;

static const cel_extent scalar = {.form = CEL_EXTENT_SCALAR};

static estimate of(estimator *e, const cel_node *node);

static uint64_t add(uint64_t a, uint64_t b)
{
    return cel_bound_add(a, b);
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* ---- Names and fields ---- */

static cel_extent of_variable(estimator *e, const cel_node *node)
{
    const cel_variable *v = cel_env_variable_at(e->env, node->as.ident.slot);
    cel_extent x = cel_extent_of_type(&e->assumed, v->type);
    bool sized = x.form != CEL_EXTENT_OPTIONAL && x.form != CEL_EXTENT_RECORD;
    if (v->size > 0 && sized)
        x.size = v->size;
    return x;
}

static cel_extent of_ident(estimator *e, const cel_node *node)
{
    switch ((cel_place)node->op) {
    case CEL_PLACE_VARIABLE:
        return of_variable(e, node);
    case CEL_PLACE_LOCAL:
        return e->locals[node->as.ident.slot];
    case CEL_PLACE_CONSTANT:
        return cel_extent_of_value(&e->assumed, node->as.ident.value);
    default:
        return scalar;
    }
}

static estimate of_select(estimator *e, const cel_node *node)
{
    estimate r = of(e, node->as.select.operand);
    cel_extent base = r.extent;
    bool through = base.form == CEL_EXTENT_OPTIONAL;
    if (through)
        base = cel_extent_element(base);
    if (node->flags & CEL_F_TEST) {
        r.extent = scalar;
    } else if (base.form == CEL_EXTENT_ANY) {
        r.extent = base;
    } else if (base.form != CEL_EXTENT_MAP) {
        r.extent = cel_extent_of_type(&e->assumed, node->type);
    } else {
        r.extent = cel_extent_element(base);
        if (through || (node->flags & CEL_F_OPTIONAL))
            r.extent = cel_extent_optional(&e->assumed, r.extent);
    }
    return r;
}

/* ---- Calls ---- */

static uint64_t linear_cost(cel_extent x)
{
    switch (x.form) {
    case CEL_EXTENT_TEXT:
        return x.size / CEL_BYTES_PER_STEP;
    case CEL_EXTENT_LIST:
    case CEL_EXTENT_MAP:
    case CEL_EXTENT_ANY:
        return x.size;
    default:
        return 0;
    }
}

/* Each element, or byte, of the first two arguments with each of the other; both ways. */
static uint64_t pairs_cost(const cel_extent *args)
{
    uint64_t each = smaller(cel_extent_parts(cel_extent_element(args[0])),
                            cel_extent_parts(cel_extent_element(args[1])));
    uint64_t pairs = cel_bound_mul(add(args[0].size, 1), add(args[1].size, 1));
    return cel_bound_mul(cel_bound_mul(2, pairs), each);
}

static uint64_t row_cost(const cel_overload *row, const cel_extent *args, uint32_t count)
{
    uint64_t cost = 1;
    for (uint32_t i = 0; i < count; i++) {
        if (row->flags & CEL_LINEAR)
            cost = add(cost, linear_cost(args[i]));
        if (row->flags & CEL_DEEP)
            cost = add(cost, cel_extent_parts(args[i]));
    }
    if ((row->flags & CEL_PAIRS) && count >= 2)
        cost = add(cost, pairs_cost(args));
    return cost;
}

/* What the call itself costs, its arguments aside. */
static uint64_t call_cost(const cel_node *node, const cel_extent *args)
{
    uint64_t most = 0;
    switch ((cel_op)node->op) {
    case CEL_OP_EQ:
    case CEL_OP_NE:
        return add(1, smaller(cel_extent_parts(args[0]), cel_extent_parts(args[1])));
    case CEL_OP_IN:
        return add(1,
                   cel_bound_mul(args[1].size,
                                 smaller(cel_extent_parts(args[0]),
                                         cel_extent_parts(cel_extent_element(args[1])))));
    default:
        for (uint32_t i = 0; i < node->as.call.candidate_count; i++) {
            uint64_t cost =
                row_cost(node->as.call.candidates[i], args, node->as.call.count);
            most = cost > most ? cost : most;
        }
        return most;
    }
}

static cel_extent call_extent(estimator *e, const cel_node *node, const cel_extent *args)
{
    cel_extent all = scalar;
    for (uint32_t i = 0; i < node->as.call.candidate_count; i++) {
        cel_extent one = cel_extent_of_call(&e->assumed, node->as.call.candidates[i],
                                            args, node->as.call.count);
        all = i == 0 ? one : cel_extent_join(&e->assumed, all, one);
    }
    return all;
}

static estimate of_call(estimator *e, const cel_node *node)
{
    uint32_t count = node->as.call.count;
    cel_extent few[CEL_MAX_PARAMS] = {{0}}, *args = few;
    estimate r = {0, scalar};
    if (count > CEL_MAX_PARAMS) {
        args = OG_ARRAY(e->assumed.arena, count, cel_extent);
        e->assumed.failed = e->assumed.failed || !args;
        if (!args)
            return r;
    }
    for (uint32_t i = 0; i < count; i++) {
        estimate arg = of(e, node->as.call.args[i]);
        r.cost = add(r.cost, arg.cost);
        args[i] = arg.extent;
    }
    if (node->op == CEL_OP_AND || node->op == CEL_OP_OR)
        return r;
    r.cost = add(r.cost, call_cost(node, args));
    r.extent = call_extent(e, node, args);
    return r;
}

static estimate of_conditional(estimator *e, const cel_node *node)
{
    estimate test = of(e, node->as.call.args[0]);
    estimate yes = of(e, node->as.call.args[1]), no = of(e, node->as.call.args[2]);
    return (estimate){add(test.cost, yes.cost > no.cost ? yes.cost : no.cost),
                      cel_extent_join(&e->assumed, yes.extent, no.extent)};
}

/* ---- Lists and maps ---- */

/* All parts: their cost added to *cost, their extents joined. */
static cel_extent of_items(estimator *e, cel_node *const *items, const bool *optional,
                           uint32_t count, uint64_t *cost)
{
    cel_extent all = scalar;
    for (uint32_t i = 0; i < count; i++) {
        estimate one = of(e, items[i]);
        *cost = add(*cost, one.cost);
        if (optional && optional[i])
            one.extent = cel_extent_element(one.extent);
        all = i == 0 ? one.extent : cel_extent_join(&e->assumed, all, one.extent);
    }
    return all;
}

static estimate of_list(estimator *e, const cel_node *node)
{
    uint32_t count = node->as.list.count;
    estimate r = {.cost = count};
    cel_extent element =
        of_items(e, node->as.list.items, node->as.list.optional, count, &r.cost);
    r.extent = cel_extent_list(&e->assumed, count, element);
    return r;
}

static estimate of_map(estimator *e, const cel_node *node)
{
    uint32_t count = node->as.map.count;
    estimate r = {.cost = count};
    cel_extent key = of_items(e, node->as.map.keys, NULL, count, &r.cost);
    cel_extent value =
        of_items(e, node->as.map.values, node->as.map.optional, count, &r.cost);
    r.extent = cel_extent_map(&e->assumed, count, key, value);
    return r;
}

/* ---- Macros ---- */

static cel_extent loop_extent(estimator *e, const cel_node *node, cel_extent range,
                              cel_extent key, cel_extent body)
{
    cel_assumed *a = &e->assumed;
    switch ((cel_loop_kind)node->op) {
    case CEL_FILTER:
        if (range.form == CEL_EXTENT_ANY)
            return range;
        return cel_extent_list(a, range.size, e->locals[node->as.loop.slot1]);
    case CEL_MAP_LIST:
    case CEL_TRANSFORM_LIST:
        return cel_extent_list(a, range.size, body);
    case CEL_TRANSFORM_MAP:
        return cel_extent_map(a, range.size, key, body);
    case CEL_TRANSFORM_ENTRY:
        return cel_extent_map(a, cel_bound_mul(range.size, body.size),
                              cel_extent_key(body), cel_extent_element(body));
    default:
        return scalar;
    }
}

static estimate of_loop(estimator *e, const cel_node *node)
{
    estimate range = of(e, node->as.loop.range), predicate = {0}, body = {0};
    cel_extent x = range.extent;
    bool two = node->flags & CEL_F_TWO;
    cel_extent key = x.form == CEL_EXTENT_LIST ? scalar : cel_extent_key(x);
    bool keys = two || x.form == CEL_EXTENT_MAP;
    e->locals[node->as.loop.slot1] = keys ? key : cel_extent_element(x);
    if (two)
        e->locals[node->as.loop.slot2] = cel_extent_element(x);
    if (node->as.loop.predicate)
        predicate = of(e, node->as.loop.predicate);
    if (node->as.loop.body)
        body = of(e, node->as.loop.body);
    uint64_t turn = ((const cel_loop_plan *)node->prepared)->cost;
    turn = add(turn, add(predicate.cost, body.cost));
    if (node->op == CEL_TRANSFORM_ENTRY)
        turn = add(turn, body.extent.size);
    return (estimate){add(range.cost, cel_bound_mul(x.size, turn)),
                      loop_extent(e, node, x, key, body.extent)};
}

static estimate of_bind(estimator *e, const cel_node *node)
{
    estimate init = of(e, node->as.bind.init);
    bool optional = node->kind == CEL_OPTMAP;
    e->locals[node->as.bind.slot] =
        optional ? cel_extent_element(init.extent) : init.extent;
    estimate body = of(e, node->as.bind.body);
    body.cost = add(body.cost, init.cost);
    if (optional && !(node->flags & CEL_F_FLAT))
        body.extent = cel_extent_optional(&e->assumed, body.extent);
    return body;
}

/* Each item is computed once at most. */
static estimate of_block(estimator *e, const cel_node *node)
{
    uint64_t cost = 0;
    for (uint32_t i = 0; i < node->as.block.count; i++) {
        estimate item = of(e, node->as.block.items[i]);
        cost = add(cost, item.cost);
        e->locals[node->as.block.first_slot + i] = item.extent;
    }
    estimate body = of(e, node->as.block.body);
    body.cost = add(body.cost, cost);
    return body;
}

/* ---- The walk ---- */

static estimate of(estimator *e, const cel_node *node)
{
    if (e->assumed.failed)
        return (estimate){0, scalar};
    switch ((cel_node_kind)node->kind) {
    case CEL_LITERAL:
        return (estimate){0, cel_extent_of_value(&e->assumed, node->as.literal)};
    case CEL_IDENT:
        return (estimate){0, of_ident(e, node)};
    case CEL_SELECT:
        return of_select(e, node);
    case CEL_CALL:
        return node->op == CEL_OP_COND ? of_conditional(e, node) : of_call(e, node);
    case CEL_MAKE_LIST:
        return of_list(e, node);
    case CEL_MAKE_MAP:
        return of_map(e, node);
    case CEL_LOOP:
        return of_loop(e, node);
    case CEL_BIND:
    case CEL_OPTMAP:
        return of_bind(e, node);
    case CEL_BLOCK:
        return of_block(e, node);
    default:
        return (estimate){0, scalar};
    }
}

int cel_estimate(const cel_env *env, const cel_tree *tree, uint64_t *ret)
{
    og_arena arena = {0};
    cel_extent few[LOCALS_ON_STACK];
    estimator e = {.env = env, .locals = few};
    e.assumed = (cel_assumed){.arena = &arena,
                              .list = env->options.assumed_list,
                              .text = env->options.assumed_text};
    if (tree->local_count > LOCALS_ON_STACK)
        e.locals = OG_ARRAY(&arena, tree->local_count, cel_extent);
    if (e.locals)
        *ret = of(&e, tree->root).cost;
    bool failed = !e.locals || e.assumed.failed;
    og_arena_done(&arena);
    return failed ? OG_E_NOMEM : OG_OK;
}
