/* Names for values: cel.bind, optMap, optFlatMap, cel.block.
 *
 * A bound value may be an unknown or an error: reading the name gives it, so an operand
 * that decides (&&, ||) still does. Items of a block are computed when first read. */
#include "cel/frame.h"

og_value cel_eval_bind(const cel_node *node, cel_frame *frame)
{
    const cel_node *init = node->as.bind.init, *body = node->as.bind.body;
    og_value v = init->eval(init, frame);
    if (v.kind == OG_ABSENT)
        return v;
    frame->locals[node->as.bind.slot] = v;
    return body->eval(body, frame);
}

og_value cel_eval_optmap(const cel_node *node, cel_frame *frame)
{
    const cel_node *init = node->as.bind.init, *body = node->as.bind.body;
    og_value v = init->eval(init, frame);
    if (!cel_is_data(v) || (v.kind == OG_OPTIONAL && !v.as.inner))
        return v;
    if (v.kind != OG_OPTIONAL)
        return cel_wrong_kind(init, frame, "an optional", v);
    frame->locals[node->as.bind.slot] = *v.as.inner;
    v = body->eval(body, frame);
    if (!cel_is_data(v))
        return v;
    if (!(node->flags & CEL_F_FLAT))
        return cel_some(frame, v);
    return v.kind == OG_OPTIONAL ? v : cel_wrong_kind(body, frame, "an optional", v);
}

og_value cel_eval_block(const cel_node *node, cel_frame *frame)
{
    for (uint32_t i = 0; i < node->as.block.count; i++)
        frame->locals[node->as.block.first_slot + i] = og_absent();
    return node->as.block.body->eval(node->as.block.body, frame);
}

/* A name for an item of a block; node->prepared is the item. */
og_value cel_eval_block_item(const cel_node *node, cel_frame *frame)
{
    uint32_t slot = node->as.ident.slot;
    if (frame->locals[slot].kind == OG_ABSENT) {
        const cel_node *item = (const cel_node *)node->prepared;
        if (frame->depth + item->depth > frame->program->env->options.max_depth)
            return cel_fault_at(node, frame, "items of cel.block nest too deep");
        frame->depth += item->depth;
        og_value v = item->eval(item, frame);
        frame->depth -= item->depth;
        frame->locals[slot] = v;
    }
    return frame->locals[slot];
}
