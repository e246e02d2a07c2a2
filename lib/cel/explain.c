/* Explaining: the tree once more from the top, building a reason for every sub-expression
 * that had a say.
 *
 *   strict calls      their operands, each with its value
 *   && ||             the operands that decided: with false, the false ones of &&; with
 *                     true, all of them; with an unknown or error, those that are it
 *   c ? a : b         the condition and the branch taken
 *   loops             the range, and the elements that decided with the reason of each;
 *                     where every element decided alike (all gives true, exists false)
 *                     none is shown and all are counted
 *   names, fields     nothing deeper, unless what they are read from is not there
 *
 * The number of reasons, of elements, of steps and of bytes is bounded; past a bound the
 * explanation is cut short, never wrong. */
#include "cel/explain.h"

#include "base/limits.h"

typedef struct explainer {
    cel_frame *frame;
    uint32_t max_elements;
    uint32_t reasons_left;
    og_value missing; /* union of the unknowns met; OG_NULL: none */
} explainer;

static bool explain(explainer *x, const cel_node *node, const char *role,
                    cel_reason *ret);

/* Starts a reason; false when there may be no more. */
static bool start(explainer *x, const cel_node *node, const char *role, cel_reason *ret)
{
    const cel_tree *tree = &x->frame->program->tree;
    *ret = (cel_reason){.role = role};
    ret->offset = cel_source_point(tree->source, node->begin);
    ret->length = cel_source_point(tree->source, node->end) - ret->offset;
    ret->text = cel_node_text(tree, node);
    if (x->reasons_left == 0)
        return false;
    x->reasons_left--;
    return true;
}

/* The reason's value; false: evaluation must stop. */
static bool finish(explainer *x, cel_reason *reason, og_value v)
{
    if (v.kind == OG_UNKNOWN)
        x->missing = cel_merge_unknown(x->frame, x->missing, v);
    reason->value = v;
    return v.kind != OG_ABSENT && x->missing.kind != OG_ABSENT;
}

static bool finish_plainly(explainer *x, const cel_node *node, cel_reason *reason)
{
    return finish(x, reason, node->eval(node, x->frame));
}

/* ---- Calls ---- */

static const char *argument_role(const cel_node *node, uint32_t i)
{
    if (node->op != CEL_OP_NONE)
        return "operand";
    return i == 0 && (node->flags & CEL_F_MEMBER) ? "target" : "argument";
}

static bool explain_call(explainer *x, const cel_node *node, cel_reason *ret)
{
    uint32_t count = node->as.call.count;
    cel_reason *parts = cel_make_array(x->frame, count, sizeof *parts);
    og_value *values = cel_make_array(x->frame, count, sizeof *values);
    if (!parts || !values)
        return false;
    ret->parts = parts;
    for (uint32_t i = 0; i < count; i++) {
        if (!explain(x, node->as.call.args[i], argument_role(node, i), &parts[i]))
            return false;
        ret->part_count++;
        values[i] = parts[i].value;
    }
    /* Indices are looser at run time than their rows say. */
    bool index = node->op == CEL_OP_INDEX || node->op == CEL_OP_OPTINDEX;
    return index ? finish_plainly(x, node, ret)
                 : finish(x, ret, cel_apply(node, x->frame, values, count));
}

/* Whether an operand of && or || that came to v belongs to the reasons of the result. */
static bool had_a_say(og_value result, og_value v, bool decides)
{
    if (result.kind == OG_BOOL && result.as.b != decides)
        return true;
    if (result.kind == OG_BOOL)
        return v.kind == OG_BOOL && v.as.b == decides;
    return v.kind == result.kind;
}

static bool explain_connective(explainer *x, const cel_node *node, cel_reason *ret)
{
    uint32_t count = node->as.call.count;
    og_value result = node->eval(node, x->frame);
    cel_reason *parts = cel_make_array(x->frame, count, sizeof *parts);
    if (!parts || !finish(x, ret, result))
        return false;
    ret->parts = parts;
    for (uint32_t i = 0; i < count; i++) {
        cel_reason *part = &parts[ret->part_count];
        const cel_node *arg = node->as.call.args[i];
        og_value v = arg->eval(arg, x->frame);
        if (v.kind == OG_UNKNOWN)
            x->missing = cel_merge_unknown(x->frame, x->missing, v);
        if (v.kind == OG_ABSENT || x->missing.kind == OG_ABSENT)
            return false;
        if (!had_a_say(result, v, node->op == CEL_OP_OR))
            continue;
        if (!explain(x, arg, "operand", part))
            return false;
        ret->part_count++;
    }
    return true;
}

static bool explain_cond(explainer *x, const cel_node *node, cel_reason *ret)
{
    cel_reason *parts = cel_make_array(x->frame, 2, sizeof *parts);
    if (!parts)
        return false;
    ret->parts = parts;
    if (!explain(x, node->as.call.args[0], "condition", &parts[0]))
        return false;
    ret->part_count = 1;
    if (parts[0].value.kind != OG_BOOL)
        return finish_plainly(x, node, ret);
    const cel_node *branch = node->as.call.args[parts[0].value.as.b ? 1 : 2];
    if (!explain(x, branch, "branch", &parts[1]))
        return false;
    ret->part_count = 2;
    return finish(x, ret, parts[1].value);
}

/* ---- Loops ---- */

/* Did an element whose predicate (or body) came to v decide the loop's result? */
static bool decided(const cel_node *node, og_value result, og_value v)
{
    if (result.kind == OG_UNKNOWN || result.kind == OG_ERROR)
        return v.kind == result.kind;
    if (v.kind != OG_BOOL)
        return false;
    return node->op == CEL_ALL ? !v.as.b : v.as.b;
}

/* Whether single elements decided: else all did alike, or none. */
static bool has_deciders(const cel_node *node, og_value result)
{
    if (!cel_is_data(result))
        return true;
    switch ((cel_loop_kind)node->op) {
    case CEL_ALL:
        return !result.as.b;
    case CEL_EXISTS:
        return result.as.b;
    case CEL_EXISTS_ONE:
        return true;
    case CEL_FILTER:
        return result.as.list->count > 0;
    default:
        return false;
    }
}

/* The reason of the element the loop's variables are set to. */
static bool add_element(explainer *x, const cel_node *subject, const cel_range *range,
                        size_t i, bool map, cel_reason *ret)
{
    cel_element *e = (cel_element *)&ret->elements[ret->element_count];
    cel_reason *why = cel_make(x->frame, sizeof *why);
    if (!why)
        return false;
    e->index = i;
    e->key = map ? range->first[i] : og_absent();
    e->value = map ? range->second[i] : range->first[i];
    if (!explain(x, subject, "element", why))
        return false;
    e->reason = why;
    ret->element_count++;
    return true;
}

static bool explain_elements(explainer *x, const cel_node *node, const cel_range *range,
                             bool map, cel_reason *ret)
{
    const cel_node *predicate = node->as.loop.predicate;
    const cel_node *subject = node->op < CEL_MAP_LIST ? predicate : node->as.loop.body;
    uint32_t cost = ((const cel_loop_plan *)node->prepared)->cost;
    ret->elements = cel_make_array(x->frame, x->max_elements, sizeof *ret->elements);
    if (!ret->elements)
        return false;
    for (size_t i = 0; i < range->count; i++) {
        if (!cel_spend(x->frame, cost))
            return false;
        cel_range_set(node, x->frame, range, i);
        og_value v = predicate ? predicate->eval(predicate, x->frame) : og_bool(true);
        const cel_node *why = predicate ? predicate : subject;
        if (subject != predicate && v.kind == OG_BOOL && v.as.b) {
            v = subject->eval(subject, x->frame);
            why = subject;
        }
        if (v.kind == OG_ABSENT)
            return false;
        if (!decided(node, ret->value, v))
            continue;
        if (ret->element_count == x->max_elements || x->reasons_left == 0)
            ret->element_rest++;
        else if (!add_element(x, why, range, i, map, ret))
            return false;
    }
    return true;
}

static bool explain_loop(explainer *x, const cel_node *node, cel_reason *ret)
{
    cel_reason *range_reason = cel_make(x->frame, sizeof *range_reason);
    if (!range_reason || !explain(x, node->as.loop.range, "range", range_reason))
        return false;
    ret->parts = range_reason;
    ret->part_count = 1;
    if (!finish_plainly(x, node, ret))
        return false;
    og_value over = range_reason->value;
    if (over.kind != OG_LIST && over.kind != OG_MAP)
        return true;
    bool map = over.kind == OG_MAP;
    cel_range range = {over.as.list->count, over.as.list->items, NULL};
    if (map)
        range = (cel_range){over.as.map->count, over.as.map->keys, over.as.map->values};
    if (has_deciders(node, ret->value))
        return explain_elements(x, node, &range, map, ret);
    ret->element_rest = node->op == CEL_ALL || node->op == CEL_EXISTS ? range.count : 0;
    return true;
}

/* ---- The rest ---- */

/* The one part a node stands on: a field's record when that is what is missing, the body
 * of a binding. */
static bool explain_through(explainer *x, const cel_node *below, const char *role,
                            cel_reason *ret)
{
    cel_reason *part = cel_make(x->frame, sizeof *part);
    if (!part || !explain(x, below, role, part))
        return false;
    ret->parts = part;
    ret->part_count = 1;
    return true;
}

static bool explain_bind(explainer *x, const cel_node *node, cel_reason *ret)
{
    const cel_node *init = node->as.bind.init;
    og_value v = init->eval(init, x->frame);
    if (v.kind == OG_ABSENT)
        return false;
    x->frame->locals[node->as.bind.slot] = v;
    return explain_through(x, node->as.bind.body, "body", ret) &&
           finish(x, ret, ret->parts[0].value);
}

static bool explain_select(explainer *x, const cel_node *node, cel_reason *ret)
{
    const cel_node *operand = node->as.select.operand;
    if (!finish_plainly(x, node, ret))
        return false;
    if (cel_is_data(ret->value))
        return true;
    og_value base = operand->eval(operand, x->frame);
    return cel_is_data(base) || explain_through(x, operand, "target", ret);
}

static bool explain_block(explainer *x, const cel_node *node, cel_reason *ret)
{
    for (uint32_t i = 0; i < node->as.block.count; i++)
        x->frame->locals[node->as.block.first_slot + i] = og_absent();
    return explain_through(x, node->as.block.body, "body", ret) &&
           finish(x, ret, ret->parts[0].value);
}

static bool explain(explainer *x, const cel_node *node, const char *role, cel_reason *ret)
{
    if (!start(x, node, role, ret))
        return finish_plainly(x, node, ret);
    switch ((cel_node_kind)node->kind) {
    case CEL_SELECT:
        return explain_select(x, node, ret);
    case CEL_CALL:
        if (node->op == CEL_OP_AND || node->op == CEL_OP_OR)
            return explain_connective(x, node, ret);
        if (node->eval == cel_eval_ready)
            return finish_plainly(x, node, ret);
        return node->op == CEL_OP_COND ? explain_cond(x, node, ret)
                                       : explain_call(x, node, ret);
    case CEL_LOOP:
        return explain_loop(x, node, ret);
    case CEL_BIND:
        return explain_bind(x, node, ret);
    case CEL_BLOCK:
        return explain_block(x, node, ret);
    default:
        return finish_plainly(x, node, ret);
    }
}

int cel_explain(cel_frame *frame, og_value v, const cel_eval_options *options,
                uint64_t cost, cel_explanation *ret)
{
    explainer x = {.frame = frame,
                   .max_elements =
                       options->max_elements ? options->max_elements : OG_LIMIT_REASONS,
                   .reasons_left =
                       options->max_reasons ? options->max_reasons : OG_LIMIT_CEL_REASONS,
                   .missing = og_null()};
    cel_explanation e = {.cost = cost};
    explain(&x, frame->program->tree.root, "expression", &e.root);
    if (frame->stop == CEL_STOP_NOMEM)
        return OG_E_NOMEM;
    e.root.value = v;
    og_value missing = v.kind == OG_UNKNOWN ? v : x.missing;
    if (missing.kind == OG_UNKNOWN) {
        e.missing = missing.as.unknown->attributes;
        e.missing_count = missing.as.unknown->count;
    }
    *ret = e;
    return OG_OK;
}
