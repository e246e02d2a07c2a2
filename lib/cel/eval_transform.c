/* The macros that make something of each element: map, transformList, transformMap,
 * transformMapEntry. Strict: an error is the result, else an unknown. */
#include "cel/frame.h"

/* One pass over the range. */
typedef struct turn {
    const cel_node *node;
    cel_frame *frame;
    cel_range range;
    size_t next;
    og_value stop; /* OG_NULL; an unknown met so far; or what to return at once */
} turn;

static og_value turn_start(turn *t, const cel_node *node, cel_frame *frame)
{
    *t = (turn){.node = node, .frame = frame, .stop = og_null()};
    return cel_range_of(node, frame, &t->range);
}

/* True with data in *ret; false when the element gives nothing: an unknown is kept in
 * stop, anything else there ends the loop. */
static bool turn_take(turn *t, og_value v, og_value *ret)
{
    if (cel_is_data(v)) {
        *ret = v;
        return true;
    }
    t->stop = v.kind == OG_UNKNOWN ? cel_merge_unknown(t->frame, t->stop, v) : v;
    return false;
}

static bool turn_over(const turn *t)
{
    return t->stop.kind == OG_ERROR || t->stop.kind == OG_ABSENT;
}

/* The body's value for the next element that passes the predicate, and its index. False
 * at the end of the range or when stop says so. */
static bool turn_next(turn *t, size_t *ret_index, og_value *ret)
{
    const cel_node *predicate = t->node->as.loop.predicate, *body = t->node->as.loop.body;
    uint32_t cost = ((const cel_loop_plan *)t->node->prepared)->cost;
    while (t->next < t->range.count && !turn_over(t)) {
        if (!cel_spend(t->frame, cost)) {
            t->stop = og_absent();
            return false;
        }
        size_t i = t->next++;
        cel_range_set(t->node, t->frame, &t->range, i);
        if (predicate) {
            og_value v = predicate->eval(predicate, t->frame);
            if (v.kind != OG_BOOL && cel_is_data(v))
                v = cel_wrong_kind(predicate, t->frame, "a bool", v);
            if (!turn_take(t, v, &v) || !v.as.b)
                continue;
        }
        *ret_index = i;
        if (turn_take(t, body->eval(body, t->frame), ret))
            return true;
    }
    return false;
}

og_value cel_eval_map_list(const cel_node *node, cel_frame *frame)
{
    turn t;
    og_value v = turn_start(&t, node, frame);
    if (!cel_is_data(v))
        return v;
    og_value *items = cel_make_array(frame, t.range.count, sizeof *items);
    if (!items)
        return og_absent();
    size_t count = 0, index;
    while (turn_next(&t, &index, &v))
        items[count++] = v;
    return t.stop.kind == OG_NULL ? cel_take_list(frame, items, count) : t.stop;
}

static og_value placed_map(const cel_node *node, cel_frame *frame, og_value *keys,
                           og_value *values, size_t count)
{
    og_value v = cel_take_map(frame, keys, values, count);
    return v.kind == OG_ERROR ? cel_place_fault(node, frame, v) : v;
}

og_value cel_eval_transform_map(const cel_node *node, cel_frame *frame)
{
    turn t;
    og_value v = turn_start(&t, node, frame);
    if (!cel_is_data(v))
        return v;
    og_value *keys = cel_make_array(frame, t.range.count, 2 * sizeof *keys);
    if (!keys)
        return og_absent();
    og_value *values = keys + t.range.count;
    size_t count = 0, index;
    while (turn_next(&t, &index, &v)) {
        keys[count] = t.range.second ? t.range.first[index] : og_int((int64_t)index);
        values[count++] = v;
    }
    return t.stop.kind == OG_NULL ? placed_map(node, frame, keys, values, count) : t.stop;
}

/* Keys and values that grow together. */
typedef struct entries {
    og_value *keys, *values;
    size_t count, cap;
} entries;

static bool entries_add(entries *all, cel_frame *frame, const og_vmap *more)
{
    size_t need = all->count + more->count;
    if (need > all->cap) {
        size_t cap = need > all->cap * 2 ? need : all->cap * 2;
        og_value *keys = cel_make_array(frame, cap, 2 * sizeof *keys);
        if (!keys)
            return false;
        if (all->count > 0) {
            memcpy(keys, all->keys, all->count * sizeof *keys);
            memcpy(keys + cap, all->values, all->count * sizeof *keys);
        }
        *all = (entries){keys, keys + cap, all->count, cap};
    }
    for (size_t i = 0; i < more->count; i++) {
        all->keys[all->count] = more->keys[i];
        all->values[all->count++] = more->values[i];
    }
    return cel_spend(frame, more->count);
}

og_value cel_eval_transform_entry(const cel_node *node, cel_frame *frame)
{
    turn t;
    og_value v = turn_start(&t, node, frame);
    if (!cel_is_data(v))
        return v;
    entries all = {0};
    size_t index;
    while (turn_next(&t, &index, &v)) {
        if (v.kind != OG_MAP)
            return cel_wrong_kind(node->as.loop.body, frame, "a map", v);
        if (!entries_add(&all, frame, v.as.map))
            return og_absent();
    }
    return t.stop.kind == OG_NULL
               ? placed_map(node, frame, all.keys, all.values, all.count)
               : t.stop;
}
