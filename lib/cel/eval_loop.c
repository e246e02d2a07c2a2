/* The macros that test elements: all, exists, exists_one, filter, and filter(…).size().
 *
 *   all, exists  as && and || over the elements: they stop at the first that decides.
 *   exists_one, filter  strict: an error is the result, else an unknown; every element is
 *                looked at, so that the result does not depend on their order. */
#include "cel/frame.h"

og_value cel_range_of(const cel_node *node, cel_frame *frame, cel_range *ret)
{
    const cel_node *over = node->as.loop.range;
    og_value v = over->eval(over, frame);
    if (v.kind == OG_LIST)
        *ret = (cel_range){v.as.list->count, v.as.list->items, NULL};
    else if (v.kind == OG_MAP)
        *ret = (cel_range){v.as.map->count, v.as.map->keys, v.as.map->values};
    else if (cel_is_data(v))
        return cel_fault_at(node, frame, "no such overload: '%.*s' over %s",
                            OG_FMT(node->as.loop.macro), og_kind_name((og_kind)v.kind));
    return v;
}

static inline uint32_t turn_cost(const cel_node *node)
{
    return ((const cel_loop_plan *)node->prepared)->cost;
}

/* decides: the value of the predicate that settles it. */
static inline og_value eval_quantifier(const cel_node *node, cel_frame *frame,
                                       bool decides)
{
    cel_range range = {0};
    og_value v = cel_range_of(node, frame, &range);
    if (!cel_is_data(v))
        return v;
    const cel_node *predicate = node->as.loop.predicate;
    uint32_t cost = turn_cost(node);
    og_value kept = og_bool(!decides);
    for (size_t i = 0; i < range.count; i++) {
        if (!cel_spend(frame, cost))
            return og_absent();
        cel_range_set(node, frame, &range, i);
        v = predicate->eval(predicate, frame);
        if (v.kind == OG_BOOL) {
            if (v.as.b == decides)
                return v;
            continue;
        }
        if (v.kind == OG_ABSENT)
            return v;
        kept = cel_absorb(predicate, frame, kept, v);
        if (kept.kind == OG_ABSENT)
            return kept;
    }
    return kept;
}

og_value cel_eval_all(const cel_node *node, cel_frame *frame)
{
    return eval_quantifier(node, frame, false);
}

og_value cel_eval_exists(const cel_node *node, cel_frame *frame)
{
    return eval_quantifier(node, frame, true);
}

/* A predicate that is not a bool, in a strict loop: true when it is an unknown (joined to
 * *stop, and the loop goes on), else *stop is what to return. */
static bool strict_predicate(const cel_node *predicate, cel_frame *frame, og_value v,
                             og_value *stop)
{
    if (v.kind == OG_UNKNOWN)
        *stop = cel_merge_unknown(frame, *stop, v);
    else
        *stop = cel_is_data(v) ? cel_wrong_kind(predicate, frame, "a bool", v) : v;
    return stop->kind == OG_UNKNOWN;
}

/* How many elements satisfy the predicate, as an int; or what stands in the way. */
static inline og_value count_matches(const cel_node *node, cel_frame *frame)
{
    cel_range range = {0};
    og_value v = cel_range_of(node, frame, &range);
    if (!cel_is_data(v))
        return v;
    const cel_node *predicate = node->as.loop.predicate;
    uint32_t cost = turn_cost(node);
    og_value stop = og_null();
    int64_t matches = 0;
    for (size_t i = 0; i < range.count; i++) {
        if (!cel_spend(frame, cost))
            return og_absent();
        cel_range_set(node, frame, &range, i);
        v = predicate->eval(predicate, frame);
        if (v.kind == OG_BOOL)
            matches += v.as.b;
        else if (!strict_predicate(predicate, frame, v, &stop))
            return stop;
    }
    return stop.kind == OG_NULL ? og_int(matches) : stop;
}

og_value cel_eval_exists_one(const cel_node *node, cel_frame *frame)
{
    og_value v = count_matches(node, frame);
    return v.kind == OG_INT ? og_bool(v.as.i == 1) : v;
}

/* size(x.filter(…)), without making the list. node is the call. */
og_value cel_eval_filter_size(const cel_node *node, cel_frame *frame)
{
    return count_matches(node->as.call.args[0], frame);
}

/* A list that grows in the arena. */
typedef struct growing {
    og_value *items;
    size_t count, cap;
} growing;

static bool grow(growing *list, cel_frame *frame, og_value v)
{
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 16;
        og_value *items = cel_make_array(frame, cap, sizeof *items);
        if (!items)
            return false;
        if (list->count > 0)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->cap = cap;
    }
    list->items[list->count++] = v;
    return true;
}

og_value cel_eval_filter(const cel_node *node, cel_frame *frame)
{
    cel_range range = {0};
    og_value v = cel_range_of(node, frame, &range);
    if (!cel_is_data(v))
        return v;
    const cel_node *predicate = node->as.loop.predicate;
    uint32_t cost = turn_cost(node);
    og_value stop = og_null();
    growing kept = {0};
    for (size_t i = 0; i < range.count; i++) {
        if (!cel_spend(frame, cost))
            return og_absent();
        cel_range_set(node, frame, &range, i);
        v = predicate->eval(predicate, frame);
        if (v.kind == OG_BOOL) {
            if (v.as.b && stop.kind == OG_NULL && !grow(&kept, frame, range.first[i]))
                return og_absent();
        } else if (!strict_predicate(predicate, frame, v, &stop)) {
            return stop;
        }
    }
    return stop.kind == OG_NULL ? cel_take_list(frame, kept.items, kept.count) : stop;
}
