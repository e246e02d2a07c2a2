/* Fields: a.b, a.?b, has(a.b) of records and maps, and of what an optional holds.
 *
 * A field of a record that was not written is unknown when read, an empty optional with
 * .?, and false with has(). A missing key of a map is an error, an empty optional, false.
 */
#include "cel/frame.h"

static og_value no_such_field(const cel_node *node, cel_frame *frame, og_value base)
{
    og_str field = node->as.select.field;
    if (base.kind == OG_OBJECT)
        return cel_fault_at(node, frame, "no such field: '%.*s' of %.*s", OG_FMT(field),
                            OG_FMT(base.as.object->shape->name));
    return cel_fault_at(node, frame, "no such key: '%.*s'", OG_FMT(field));
}

/* The record's slot for the field, or -1. */
static int field_slot(const cel_node *node, const og_object *object)
{
    if (node->as.select.slot >= 0)
        return (uint32_t)node->as.select.slot < object->shape->count
                   ? node->as.select.slot
                   : -1;
    return og_shape_slot(object->shape, node->as.select.field);
}

/* What stands under the field: OG_ABSENT when nothing does (*ret_known: but it could). */
static og_value find_field(const cel_node *node, og_value base, bool *ret_known)
{
    *ret_known = false;
    if (base.kind == OG_MAP) {
        *ret_known = true;
        return og_map_find_str(base.as.map, node->as.select.field);
    }
    if (base.kind != OG_OBJECT)
        return og_absent();
    int slot = field_slot(node, base.as.object);
    *ret_known = slot >= 0;
    return slot >= 0 ? base.as.object->fields[slot] : og_absent();
}

/* The field as an optional. */
static og_value select_optionally(const cel_node *node, cel_frame *frame, og_value base)
{
    bool known;
    og_value v = find_field(node, base, &known);
    if (v.kind != OG_ABSENT)
        return cel_some(frame, v);
    return known ? cel_none() : no_such_field(node, frame, base);
}

static og_value select_from(const cel_node *node, cel_frame *frame, og_value base)
{
    if (!cel_is_data(base))
        return base;
    if (base.kind == OG_OPTIONAL)
        return base.as.inner ? select_optionally(node, frame, *base.as.inner) : base;
    bool known;
    og_value v = find_field(node, base, &known);
    if (v.kind != OG_ABSENT)
        return v;
    return known && base.kind == OG_OBJECT ? cel_prepared_unknown(node)
                                           : no_such_field(node, frame, base);
}

/* The slot is known and nearly always filled. */
static inline og_value select_fast(const cel_node *node, cel_frame *frame, og_value base)
{
    if (base.kind == OG_OBJECT) {
        uint32_t slot = (uint32_t)node->as.select.slot; /* -1 is beyond every shape */
        if (slot < base.as.object->shape->count) {
            og_value v = base.as.object->fields[slot];
            if (v.kind != OG_ABSENT)
                return v;
        }
    }
    return select_from(node, frame, base);
}

og_value cel_eval_select(const cel_node *node, cel_frame *frame)
{
    const cel_node *operand = node->as.select.operand;
    return select_fast(node, frame, operand->eval(operand, frame));
}

/* The operand is a variable of a macro. */
og_value cel_eval_local_select(const cel_node *node, cel_frame *frame)
{
    uint32_t slot = node->as.select.operand->as.ident.slot;
    return select_fast(node, frame, frame->locals[slot]);
}

og_value cel_eval_optional_select(const cel_node *node, cel_frame *frame)
{
    const cel_node *operand = node->as.select.operand;
    og_value base = operand->eval(operand, frame);
    if (!cel_is_data(base))
        return base;
    if (base.kind == OG_OPTIONAL) {
        if (!base.as.inner)
            return base;
        base = *base.as.inner;
    }
    return select_optionally(node, frame, base);
}

og_value cel_eval_has(const cel_node *node, cel_frame *frame)
{
    const cel_node *operand = node->as.select.operand;
    og_value base = operand->eval(operand, frame);
    if (!cel_is_data(base))
        return base;
    if (base.kind == OG_OPTIONAL) {
        if (!base.as.inner)
            return og_bool(false);
        base = *base.as.inner;
    }
    bool known;
    og_value v = find_field(node, base, &known);
    return known ? og_bool(v.kind != OG_ABSENT) : no_such_field(node, frame, base);
}
