/* What is the same for every tree: names and precedence of operators, children in order,
 * sameness. */
#include "cel/tree.h"

static const struct {
    const char *function, *text;
    uint8_t precedence;
} ops[] = {
    /* ORDER: cel_op */
    {"", "", 8},       {"_?_:_", "?:", 1}, {"_||_", "||", 2}, {"_&&_", "&&", 3},
    {"_<_", "<", 4},   {"_<=_", "<=", 4},  {"_>_", ">", 4},   {"_>=_", ">=", 4},
    {"_==_", "==", 4}, {"_!=_", "!=", 4},  {"@in", "in", 4},  {"_+_", "+", 5},
    {"_-_", "-", 5},   {"_*_", "*", 6},    {"_/_", "/", 6},   {"_%_", "%", 6},
    {"!_", "!", 7},    {"-_", "-", 7},     {"_[_]", "[]", 8}, {"_[?_]", "[?]", 8},
};
_Static_assert(sizeof ops / sizeof *ops == CEL_OP_COUNT, "ORDER");

const char *cel_op_function(cel_op op)
{
    return ops[op].function;
}

const char *cel_op_text(cel_op op)
{
    return ops[op].text;
}

unsigned cel_op_precedence(cel_op op)
{
    return ops[op].precedence;
}

static const char *const loop_names[] = {
    /* ORDER: cel_loop_kind */
    "all", "exists",        "exists_one",   "filter",
    "map", "transformList", "transformMap", "transformMapEntry"};
_Static_assert(sizeof loop_names / sizeof *loop_names == CEL_LOOP_KIND_COUNT, "ORDER");

const char *cel_loop_name(cel_loop_kind kind)
{
    return loop_names[kind];
}

/* ---- Children ---- */

typedef struct children {
    const cel_node **out;
    uint32_t max, count;
} children;

static void add_child(children *c, const cel_node *node)
{
    if (!node)
        return;
    if (c->count < c->max)
        c->out[c->count] = node;
    c->count++;
}

static void add_all(children *c, cel_node *const *nodes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        add_child(c, nodes[i]);
}

uint32_t cel_node_children(const cel_node *n, const cel_node **ret, uint32_t max)
{
    children c = {.out = ret, .max = max};
    switch ((cel_node_kind)n->kind) {
    case CEL_SELECT:
        add_child(&c, n->as.select.operand);
        break;
    case CEL_CALL:
        add_all(&c, n->as.call.args, n->as.call.count);
        break;
    case CEL_MAKE_LIST:
        add_all(&c, n->as.list.items, n->as.list.count);
        break;
    case CEL_MAKE_MAP:
        for (uint32_t i = 0; i < n->as.map.count; i++) {
            add_child(&c, n->as.map.keys[i]);
            add_child(&c, n->as.map.values[i]);
        }
        break;
    case CEL_MAKE_OBJECT:
        add_all(&c, n->as.object.values, n->as.object.count);
        break;
    case CEL_LOOP:
        add_child(&c, n->as.loop.range);
        add_child(&c, n->as.loop.predicate);
        add_child(&c, n->as.loop.body);
        break;
    case CEL_BIND:
    case CEL_OPTMAP:
        add_child(&c, n->as.bind.init);
        add_child(&c, n->as.bind.body);
        break;
    case CEL_BLOCK:
        add_all(&c, n->as.block.items, n->as.block.count);
        add_child(&c, n->as.block.body);
        break;
    default:
        break;
    }
    return c.count;
}

/* ---- Sameness ---- */

static bool same_literal(og_value a, og_value b)
{
    if (a.kind != b.kind)
        return false;
    if (a.kind == OG_STRING || a.kind == OG_BYTES)
        return og_str_eq(og_text(a), og_text(b));
    if (a.kind == OG_NULL)
        return true;
    return a.kind == OG_BOOL ? a.as.b == b.as.b : a.as.u == b.as.u;
}

static bool same_all(cel_node *const *a, cel_node *const *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!cel_node_same(a[i], b[i]))
            return false;
    return true;
}

static bool same_optional(const bool *a, const bool *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if ((a && a[i]) != (b && b[i]))
            return false;
    return true;
}

/* Either may be NULL. */
static bool same_maybe(const cel_node *a, const cel_node *b)
{
    return a && b ? cel_node_same(a, b) : a == b;
}

static bool same_object(const cel_node *a, const cel_node *b)
{
    if (a->as.object.count != b->as.object.count ||
        !og_str_eq(a->as.object.name, b->as.object.name))
        return false;
    for (uint32_t i = 0; i < a->as.object.count; i++)
        if (!og_str_eq(a->as.object.fields[i], b->as.object.fields[i]))
            return false;
    return same_all(a->as.object.values, b->as.object.values, a->as.object.count) &&
           same_optional(a->as.object.optional, b->as.object.optional,
                         a->as.object.count);
}

static bool same_loop(const cel_node *a, const cel_node *b)
{
    return og_str_eq(a->as.loop.name1, b->as.loop.name1) &&
           og_str_eq(a->as.loop.name2, b->as.loop.name2) &&
           cel_node_same(a->as.loop.range, b->as.loop.range) &&
           same_maybe(a->as.loop.predicate, b->as.loop.predicate) &&
           same_maybe(a->as.loop.body, b->as.loop.body);
}

#define SHAPE_FLAGS \
    (CEL_F_MEMBER | CEL_F_TEST | CEL_F_OPTIONAL | CEL_F_ABSOLUTE | CEL_F_FLAT | CEL_F_TWO)

/* A chain of operands may be as deep as the limits allow, and no deeper. */
bool cel_node_same(const cel_node *a, const cel_node *b)
{
    bool op_matters = a->kind == CEL_CALL || a->kind == CEL_LOOP;
    if (a->kind != b->kind || (op_matters && a->op != b->op) ||
        (a->flags & SHAPE_FLAGS) != (b->flags & SHAPE_FLAGS))
        return false;
    switch ((cel_node_kind)a->kind) {
    case CEL_LITERAL:
        return same_literal(a->as.literal, b->as.literal);
    case CEL_IDENT:
        return og_str_eq(a->as.ident.name, b->as.ident.name);
    case CEL_SELECT:
        return og_str_eq(a->as.select.field, b->as.select.field) &&
               cel_node_same(a->as.select.operand, b->as.select.operand);
    case CEL_CALL:
        return og_str_eq(a->as.call.function, b->as.call.function) &&
               a->as.call.count == b->as.call.count &&
               same_all(a->as.call.args, b->as.call.args, a->as.call.count);
    case CEL_MAKE_LIST:
        return a->as.list.count == b->as.list.count &&
               same_optional(a->as.list.optional, b->as.list.optional,
                             a->as.list.count) &&
               same_all(a->as.list.items, b->as.list.items, a->as.list.count);
    case CEL_MAKE_MAP:
        return a->as.map.count == b->as.map.count &&
               same_optional(a->as.map.optional, b->as.map.optional, a->as.map.count) &&
               same_all(a->as.map.keys, b->as.map.keys, a->as.map.count) &&
               same_all(a->as.map.values, b->as.map.values, a->as.map.count);
    case CEL_MAKE_OBJECT:
        return same_object(a, b);
    case CEL_LOOP:
        return same_loop(a, b);
    case CEL_BIND:
    case CEL_OPTMAP:
        return og_str_eq(a->as.bind.name, b->as.bind.name) &&
               cel_node_same(a->as.bind.init, b->as.bind.init) &&
               cel_node_same(a->as.bind.body, b->as.bind.body);
    case CEL_BLOCK:
        return a->as.block.count == b->as.block.count &&
               same_all(a->as.block.items, b->as.block.items, a->as.block.count) &&
               cel_node_same(a->as.block.body, b->as.block.body);
    default:
        return true;
    }
}

og_str cel_node_text(const cel_tree *tree, const cel_node *node)
{
    return og_str_slice(tree->source, node->begin, node->end);
}
