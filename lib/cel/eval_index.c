/* a[b], a[?b] and `in`: of lists, maps, and what an optional holds. Strict. */
#include <math.h>

#include "cel/frame.h"

/* An index as written: int, uint, or a double that is a whole number. */
static bool whole_index(og_value key, int64_t *ret)
{
    if (key.kind == OG_UINT && key.as.u <= INT64_MAX)
        *ret = (int64_t)key.as.u;
    else if (key.kind == OG_INT)
        *ret = key.as.i;
    else if (key.kind == OG_DOUBLE && fabs(key.as.d) < 0x1p53 &&
             key.as.d == (double)(int64_t)key.as.d)
        *ret = (int64_t)key.as.d;
    else
        return false;
    return true;
}

/* The element or entry, OG_ABSENT when there is none, or a fault. */
static og_value find(cel_call *call, og_value base, og_value key)
{
    if (base.kind == OG_MAP)
        return og_map_find(base.as.map, key);
    if (base.kind != OG_LIST)
        return cel_fault(call->arena, "no such overload: '[]' on (%s, %s)",
                         og_kind_name((og_kind)base.kind),
                         og_kind_name((og_kind)key.kind));
    int64_t i;
    if (!whole_index(key, &i))
        return cel_fault(call->arena, "invalid list index of type %s",
                         og_kind_name((og_kind)key.kind));
    return i >= 0 && (uint64_t)i < base.as.list->count ? base.as.list->items[i]
                                                       : og_absent();
}

static og_value not_there(cel_call *call, og_value base, og_value key)
{
    if (base.kind == OG_LIST && key.kind == OG_INT)
        return cel_fault(call->arena, "index out of bounds: %lld in a list of %zu",
                         (long long)key.as.i, base.as.list->count);
    if (base.kind == OG_LIST)
        return cel_fault(call->arena, "index out of bounds");
    if (key.kind == OG_STRING)
        return cel_fault(call->arena, "no such key: '%.*s'", OG_FMT(og_text(key)));
    if (key.kind == OG_INT)
        return cel_fault(call->arena, "no such key: %lld", (long long)key.as.i);
    return cel_fault(call->arena, "no such key");
}

og_value cel_optindex_call(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    og_value base = args[0];
    if (base.kind == OG_OPTIONAL) {
        if (!base.as.inner)
            return base;
        base = *base.as.inner;
    }
    og_value v = find(call, base, args[1]);
    if (v.kind == OG_ERROR)
        return v;
    return v.kind == OG_ABSENT ? cel_none() : cel_some(call->frame, v);
}

og_value cel_index_call(cel_call *call, const og_value *args, uint32_t count)
{
    if (args[0].kind == OG_OPTIONAL)
        return cel_optindex_call(call, args, count);
    og_value v = find(call, args[0], args[1]);
    return v.kind == OG_ABSENT ? not_there(call, args[0], args[1]) : v;
}

og_value cel_in_call(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    if (args[1].kind == OG_MAP)
        return og_bool(og_map_find(args[1].as.map, args[0]).kind != OG_ABSENT);
    const og_list *list = args[1].as.list;
    for (size_t i = 0; i < list->count; i++) {
        int equal = cel_equal(call->frame, args[0], list->items[i]);
        if (equal != 0)
            return equal < 0 ? og_absent() : og_bool(true);
    }
    return og_bool(false);
}

/* Not through the rows: at run time an index may also be a uint or a whole double. */
static og_value eval_indexing(const cel_node *node, cel_frame *frame, cel_function *index)
{
    og_value args[2];
    for (int i = 0; i < 2; i++) {
        const cel_node *arg = node->as.call.args[i];
        args[i] = arg->eval(arg, frame);
        if (args[i].kind == OG_ABSENT)
            return args[i];
    }
    if (!cel_is_data(args[0]) || !cel_is_data(args[1]))
        return cel_apply(node, frame, args, 2);
    cel_call call = {frame->arena, NULL, frame, node};
    og_value v = index(&call, args, 2);
    if (v.kind == OG_ABSENT)
        return cel_halt(frame, CEL_STOP_NOMEM);
    return v.kind == OG_ERROR ? cel_place_fault(node, frame, v) : v;
}

og_value cel_eval_index(const cel_node *node, cel_frame *frame)
{
    return eval_indexing(node, frame, cel_index_call);
}

og_value cel_eval_optindex(const cel_node *node, cel_frame *frame)
{
    return eval_indexing(node, frame, cel_optindex_call);
}
