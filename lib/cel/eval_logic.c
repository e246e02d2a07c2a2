/* The logical operators, which need not look at every operand.
 *
 *   a && b:  false if any is false; else unknown if any is unknown (the union); else the
 *            first error; else true. || is its mirror image.
 *   c ? a : b:  strict in c, and only the branch taken is evaluated. */
#include "cel/frame.h"

og_value cel_absorb(const cel_node *node, cel_frame *frame, og_value kept, og_value v)
{
    if (v.kind == OG_UNKNOWN)
        return cel_merge_unknown(frame, kept, v);
    if (kept.kind == OG_UNKNOWN || kept.kind == OG_ERROR)
        return kept;
    return v.kind == OG_ERROR ? v : cel_wrong_kind(node, frame, "a bool", v);
}

/* decides: the operand value that settles it. */
static inline og_value eval_connective(const cel_node *node, cel_frame *frame,
                                       bool decides)
{
    og_value kept = og_bool(!decides);
    for (uint32_t i = 0; i < node->as.call.count; i++) {
        const cel_node *arg = node->as.call.args[i];
        og_value v = arg->eval(arg, frame);
        if (v.kind == OG_BOOL) {
            if (v.as.b == decides)
                return v;
            continue;
        }
        if (v.kind == OG_ABSENT)
            return v;
        kept = cel_absorb(arg, frame, kept, v);
        if (kept.kind == OG_ABSENT)
            return kept;
    }
    return kept;
}

og_value cel_eval_and(const cel_node *node, cel_frame *frame)
{
    return eval_connective(node, frame, false);
}

og_value cel_eval_or(const cel_node *node, cel_frame *frame)
{
    return eval_connective(node, frame, true);
}

og_value cel_eval_not(const cel_node *node, cel_frame *frame)
{
    const cel_node *arg = node->as.call.args[0];
    og_value v = arg->eval(arg, frame);
    if (v.kind == OG_BOOL)
        return og_bool(!v.as.b);
    return cel_apply(node, frame, &v, 1);
}

og_value cel_eval_cond(const cel_node *node, cel_frame *frame)
{
    const cel_node *test = node->as.call.args[0];
    og_value v = test->eval(test, frame);
    if (v.kind != OG_BOOL)
        return cel_is_data(v) ? cel_wrong_kind(test, frame, "a bool", v) : v;
    const cel_node *branch = node->as.call.args[v.as.b ? 1 : 2];
    return branch->eval(branch, frame);
}
