/* Macros with variables of their own: loops, cel.bind, optMap, cel.block. Each opens a
 * scope whose locals take the next free slots of the frame and give them back when it
 * closes. */
#include "cel/check.h"

static cel_scope open_scope(cel_checker *c, og_str name, const cel_type *type,
                            uint32_t *ret_slot)
{
    cel_scope s = {.name = name, .type = type, .slot = c->next_slot++, .outer = c->scope};
    if (c->next_slot > c->tree->local_count)
        c->tree->local_count = c->next_slot;
    *ret_slot = s.slot;
    return s;
}

/* What a loop goes over. */
typedef struct elements {
    const cel_type *key;   /* of a map; the index of a list */
    const cel_type *value; /* of a map; the element of a list */
    bool map;
    const cel_type *range;
} elements;

static elements elements_of(cel_checker *c, const cel_node *node)
{
    const cel_type *t = cel_shallow(c, cel_check_node(c, node->as.loop.range));
    elements e = {.key = &cel_dyn, .value = &cel_dyn, .range = t};
    switch ((cel_type_kind)t->kind) {
    case CEL_LIST:
        e.key = &cel_int;
        e.value = t->params[0];
        break;
    case CEL_MAP:
        e.map = true;
        e.key = t->params[0];
        e.value = t->params[1];
        break;
    case CEL_ANY:
    case CEL_VARIABLE:
        break;
    case CEL_BROKEN:
        e.key = e.value = t;
        break;
    default:
        cel_hint_variable(c,
                          cel_check_report(c, node->as.loop.range, CEL_CODE_TYPE,
                                           "'%.*s' goes over a list or a map, this is %s",
                                           OG_FMT(node->as.loop.macro),
                                           cel_check_text(c, t)),
                          node->as.loop.range);
        e.key = e.value = e.range = &cel_broken;
    }
    return e;
}

static void check_predicate(cel_checker *c, const cel_node *node)
{
    if (!node->as.loop.predicate)
        return;
    const cel_type *t = cel_check_node(c, node->as.loop.predicate);
    char whose[60];
    snprintf(whose, sizeof whose, "the condition of '%.*s'", OG_FMT(node->as.loop.macro));
    cel_expect_bool(c, node->as.loop.predicate, t, whose);
}

static const cel_type *list_of(cel_checker *c, const cel_type *element)
{
    const cel_type *t = cel_type_list_of(c->arena, element);
    if (!t)
        c->failed = OG_E_NOMEM;
    return t ? t : &cel_broken;
}

static const cel_type *map_of(cel_checker *c, const cel_type *key, const cel_type *value)
{
    const cel_type *t = cel_type_map_of(c->arena, key, value);
    if (!t)
        c->failed = OG_E_NOMEM;
    return t ? t : &cel_broken;
}

/* transformMapEntry: the body is a map, whose entries are taken. */
static const cel_type *entry_type(cel_checker *c, const cel_node *node,
                                  const cel_type *body)
{
    const cel_type *t = cel_shallow(c, body);
    if (t->kind == CEL_MAP || t->kind == CEL_BROKEN)
        return t;
    if (t->kind == CEL_ANY || t->kind == CEL_VARIABLE)
        return &cel_map;
    cel_check_report(c, node->as.loop.body, CEL_CODE_TYPE,
                     "'transformMapEntry' gives a map for each element, this is %s",
                     cel_check_text(c, t));
    return &cel_broken;
}

static const cel_type *loop_type(cel_checker *c, const cel_node *node, const elements *e,
                                 const cel_type *body)
{
    switch ((cel_loop_kind)node->op) {
    case CEL_FILTER:
        if (e->range->kind == CEL_BROKEN)
            return e->range;
        return list_of(c, e->map ? e->key : e->value);
    case CEL_MAP_LIST:
    case CEL_TRANSFORM_LIST:
        return list_of(c, body);
    case CEL_TRANSFORM_MAP:
        return map_of(c, e->key, body);
    case CEL_TRANSFORM_ENTRY:
        return entry_type(c, node, body);
    default:
        return &cel_bool;
    }
}

const cel_type *cel_check_loop(cel_checker *c, cel_node *node)
{
    elements e = elements_of(c, node);
    bool two = (node->flags & CEL_F_TWO) != 0;
    const cel_scope *outside = c->scope;
    uint32_t slots = c->next_slot;
    const cel_type *first = two || e.map ? e.key : e.value;
    cel_scope one = open_scope(c, node->as.loop.name1, first, &node->as.loop.slot1);
    c->scope = &one;
    cel_scope other;
    if (two) {
        other = open_scope(c, node->as.loop.name2, e.value, &node->as.loop.slot2);
        c->scope = &other;
    }
    check_predicate(c, node);
    const cel_type *body =
        node->as.loop.body ? cel_check_node(c, node->as.loop.body) : NULL;
    const cel_type *t = loop_type(c, node, &e, body);
    c->scope = outside;
    c->next_slot = slots;
    return t;
}

static const cel_type *check_body(cel_checker *c, cel_node *node, const cel_type *type)
{
    const cel_scope *outside = c->scope;
    cel_scope scope = open_scope(c, node->as.bind.name, type, &node->as.bind.slot);
    c->scope = &scope;
    const cel_type *t = cel_check_node(c, node->as.bind.body);
    c->scope = outside;
    c->next_slot--;
    return t;
}

const cel_type *cel_check_bind(cel_checker *c, cel_node *node)
{
    return check_body(c, node, cel_check_node(c, node->as.bind.init));
}

/* The type held by an optional; reports when t is none. */
static const cel_type *inside_optional(cel_checker *c, const cel_node *node,
                                       const cel_type *t, const char *what)
{
    const cel_type *inner = cel_fresh(c);
    const cel_type *wanted = cel_type_optional_of(c->arena, inner);
    if (!wanted) {
        c->failed = OG_E_NOMEM;
        return &cel_broken;
    }
    if (cel_assignable(c, t, wanted))
        return cel_shallow(c, t)->kind == CEL_ANY ? &cel_dyn
                                                  : cel_resolve(c, inner, false);
    cel_check_report(c, node, CEL_CODE_TYPE, "%s must be an optional, this is %s", what,
                     cel_check_text(c, t));
    return &cel_broken;
}

const cel_type *cel_check_optmap(cel_checker *c, cel_node *node)
{
    bool flat = (node->flags & CEL_F_FLAT) != 0;
    const cel_type *t = cel_check_node(c, node->as.bind.init);
    const cel_type *inner = inside_optional(
        c, node->as.bind.init, t, flat ? "what 'optFlatMap' maps" : "what 'optMap' maps");
    const cel_type *body = check_body(c, node, inner);
    if (flat)
        body = inside_optional(c, node->as.bind.body, body, "the result of 'optFlatMap'");
    const cel_type *whole = cel_type_optional_of(c->arena, body);
    if (!whole)
        c->failed = OG_E_NOMEM;
    return whole ? whole : &cel_broken;
}

/* Items see those before them as @index:0, @index:1, … */
const cel_type *cel_check_block(cel_checker *c, cel_node *node)
{
    uint32_t count = node->as.block.count, slots = c->next_slot;
    const cel_scope *outside = c->scope;
    cel_scope *scopes = OG_ARRAY(c->arena, count + 1, cel_scope);
    if (!scopes) {
        c->failed = OG_E_NOMEM;
        return &cel_broken;
    }
    node->as.block.first_slot = c->next_slot;
    c->next_slot += count;
    if (c->next_slot > c->tree->local_count)
        c->tree->local_count = c->next_slot;
    for (uint32_t i = 0; i < count; i++) {
        const cel_type *t = cel_check_node(c, node->as.block.items[i]);
        scopes[i] =
            (cel_scope){.name = og_arena_printf(c->arena, "@index:%u", (unsigned)i),
                        .type = t,
                        .slot = node->as.block.first_slot + i,
                        .outer = c->scope};
        if (!scopes[i].name.p)
            c->failed = OG_E_NOMEM;
        c->scope = &scopes[i];
        /* Items are computed where they are first read, inside other loops perhaps: their
         * own slots stay theirs. */
        c->next_slot = c->tree->local_count;
    }
    const cel_type *t = cel_check_node(c, node->as.block.body);
    c->scope = outside;
    c->next_slot = slots;
    return t;
}
