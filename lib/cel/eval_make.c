/* Lists and maps written out: [a, ?b], {k: v, ?k: o}. Strict in every part: an error
 * first, then an unknown. Those of literals alone are made once, when linking. */
#include "cel/frame.h"

/* One part, joined to what stands in the way so far (OG_NULL: nothing). True: go on. */
static bool part(const cel_node *node, cel_frame *frame, og_value *ret, og_value *stop)
{
    *ret = node->eval(node, frame);
    if (ret->kind == OG_UNKNOWN)
        *stop = cel_merge_unknown(frame, *stop, *ret);
    else if (!cel_is_data(*ret))
        *stop = *ret;
    return stop->kind == OG_NULL || stop->kind == OG_UNKNOWN;
}

/* The value in an optional part; false when it is empty, or not an optional (*stop). */
static bool opened(const cel_node *node, cel_frame *frame, og_value *v, og_value *stop)
{
    if (v->kind != OG_OPTIONAL) {
        if (cel_is_data(*v))
            *stop =
                cel_fault_at(node, frame, "an optional part must be an optional, not %s",
                             og_kind_name((og_kind)v->kind));
        return false;
    }
    if (!v->as.inner)
        return false;
    *v = *v->as.inner;
    return true;
}

og_value cel_eval_make_list(const cel_node *node, cel_frame *frame)
{
    uint32_t count = node->as.list.count;
    og_value *items = cel_make_array(frame, count, sizeof *items);
    if (!items || !cel_spend(frame, count))
        return og_absent();
    og_value stop = og_null();
    size_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        const cel_node *item = node->as.list.items[i];
        if (!part(item, frame, &items[n], &stop))
            return stop;
        bool optional = node->as.list.optional && node->as.list.optional[i];
        if (!optional || opened(item, frame, &items[n], &stop))
            n++;
        if (stop.kind == OG_ERROR || stop.kind == OG_ABSENT)
            return stop;
    }
    return stop.kind == OG_NULL ? cel_take_list(frame, items, n) : stop;
}

og_value cel_eval_make_map(const cel_node *node, cel_frame *frame)
{
    uint32_t count = node->as.map.count;
    og_value *keys = cel_make_array(frame, count, 2 * sizeof *keys);
    if (!keys || !cel_spend(frame, count))
        return og_absent();
    og_value *values = keys + count;
    og_value stop = og_null();
    size_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        const cel_node *value = node->as.map.values[i];
        if (!part(node->as.map.keys[i], frame, &keys[n], &stop) ||
            !part(value, frame, &values[n], &stop))
            return stop;
        bool optional = node->as.map.optional && node->as.map.optional[i];
        if (!optional || opened(value, frame, &values[n], &stop))
            n++;
        if (stop.kind == OG_ERROR || stop.kind == OG_ABSENT)
            return stop;
    }
    if (stop.kind != OG_NULL)
        return stop;
    og_value v = cel_take_map(frame, keys, values, n);
    return v.kind == OG_ERROR ? cel_place_fault(node, frame, v) : v;
}
