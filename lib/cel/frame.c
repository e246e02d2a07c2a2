/* What all evaluators share: memory of one evaluation, faults, unknowns. */
#include "cel/frame.h"

/* ---- Memory ---- */

og_value cel_halt(cel_frame *frame, cel_stop why)
{
    if (frame->stop == CEL_STOP_NONE)
        frame->stop = why;
    return og_absent();
}

void *cel_make_array(cel_frame *frame, size_t count, size_t size)
{
    size_t left = frame->arena->used < frame->arena_limit
                      ? frame->arena_limit - frame->arena->used
                      : 0;
    if (count > left / size) {
        cel_halt(frame, CEL_STOP_MEMORY);
        return NULL;
    }
    void *p = og_arena_array(frame->arena, count, size);
    if (!p)
        cel_halt(frame, CEL_STOP_NOMEM);
    return p;
}

void *cel_make(cel_frame *frame, size_t size)
{
    return cel_make_array(frame, 1, size);
}

og_value cel_take_string(cel_frame *frame, og_buf *text)
{
    og_value v = og_absent();
    if (text->failed) {
        cel_halt(frame, text->failed == OG_E_LIMIT ? CEL_STOP_MEMORY : CEL_STOP_NOMEM);
    } else {
        char *copy = cel_make_array(frame, text->n + 1, 1);
        if (copy) {
            if (text->n > 0)
                memcpy(copy, text->p, text->n);
            v = og_string((og_str){copy, text->n});
        }
    }
    og_buf_done(text);
    return v;
}

og_value cel_take_list(cel_frame *frame, og_value *items, size_t count)
{
    og_list *list = cel_make(frame, sizeof *list);
    if (!list)
        return og_absent();
    *list = (og_list){.count = count, .items = items};
    return og_list_value(list);
}

og_value cel_take_map(cel_frame *frame, og_value *keys, og_value *values, size_t count)
{
    og_value v;
    size_t repeat = 0;
    /* What og_map_make will take: two copies and at most seven index words an entry. */
    if (count > (frame->arena_limit - frame->arena->used) / (4 * sizeof v))
        return cel_halt(frame, CEL_STOP_MEMORY);
    for (size_t i = 0; i < count; i++)
        if (keys[i].kind != OG_STRING && keys[i].kind != OG_INT &&
            keys[i].kind != OG_UINT && keys[i].kind != OG_BOOL)
            return cel_fault(frame->arena, "a map key may not be of type %s",
                             og_kind_name((og_kind)keys[i].kind));
    int rc = og_map_make(frame->arena, keys, values, count, &v, &repeat);
    if (rc == OG_E_CONFLICT)
        return cel_fault(frame->arena, "repeated map key");
    return rc == OG_OK ? v : cel_halt(frame, CEL_STOP_NOMEM);
}

og_value cel_none(void)
{
    return (og_value){.kind = OG_OPTIONAL};
}

og_value cel_some(cel_frame *frame, og_value v)
{
    og_value *inner = cel_make(frame, sizeof *inner);
    if (!inner)
        return og_absent();
    *inner = v;
    og_value some = {.kind = OG_OPTIONAL};
    some.as.inner = inner;
    return some;
}

/* ---- Faults and unknowns ---- */

og_value cel_fault(og_arena *arena, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    og_str message = og_arena_vprintf(arena, fmt, args);
    va_end(args);
    og_fault *fault = OG_NEW(arena, og_fault);
    if (!message.p || !fault)
        return og_absent();
    fault->message = message;
    og_value v = {.kind = OG_ERROR};
    v.as.fault = fault;
    return v;
}

og_value cel_place_fault(const cel_node *node, cel_frame *frame, og_value v)
{
    if (v.kind == OG_ABSENT)
        return cel_halt(frame, CEL_STOP_NOMEM);
    if (v.as.fault->length > 0)
        return v;
    og_fault *placed = cel_make(frame, sizeof *placed);
    if (!placed)
        return og_absent();
    og_str source = frame->program->tree.source;
    placed->message = v.as.fault->message;
    placed->offset = cel_source_point(source, node->begin);
    placed->length = cel_source_point(source, node->end) - placed->offset;
    v.as.fault = placed;
    return v;
}

og_value cel_fault_at(const cel_node *node, cel_frame *frame, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    og_str message = og_arena_vprintf(frame->arena, fmt, args);
    va_end(args);
    if (!message.p)
        return cel_halt(frame, CEL_STOP_NOMEM);
    og_fault fault = {.message = message};
    og_value v = {.kind = OG_ERROR};
    v.as.fault = &fault;
    return cel_place_fault(node, frame, v);
}

static void put_kinds(og_buf *out, const og_value *args, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        og_buf_printf(out, "%s%s", i ? ", " : "", og_kind_name((og_kind)args[i].kind));
}

og_value cel_no_overload(const cel_node *node, cel_frame *frame, const og_value *args,
                         uint32_t count)
{
    og_buf kinds = {0};
    put_kinds(&kinds, args, count);
    const char *text = node->op != CEL_OP_NONE ? cel_op_text((cel_op)node->op) : NULL;
    og_str name = text ? og_str_from(text) : node->as.call.function;
    og_value v = kinds.failed
                     ? cel_halt(frame, CEL_STOP_NOMEM)
                     : cel_fault_at(node, frame, "no such overload: '%.*s' on (%.*s)",
                                    OG_FMT(name), OG_FMT(og_buf_str(&kinds)));
    og_buf_done(&kinds);
    return v;
}

og_value cel_wrong_kind(const cel_node *node, cel_frame *frame, const char *wanted,
                        og_value v)
{
    return cel_fault_at(node, frame, "no such overload: %s is wanted here, not %s",
                        wanted, og_kind_name((og_kind)v.kind));
}

/* Whether every attribute of y is one of x; both are sorted. */
static bool unknown_covers(const og_unknown *x, const og_unknown *y)
{
    size_t i = 0;
    for (size_t j = 0; j < y->count; j++, i++) {
        while (i < x->count && !og_str_eq(x->attributes[i], y->attributes[j]))
            i++;
        if (i == x->count)
            return false;
    }
    return true;
}

og_value cel_merge_unknown(cel_frame *frame, og_value x, og_value y)
{
    if (x.kind != OG_UNKNOWN)
        return y;
    if (y.kind != OG_UNKNOWN)
        return x;
    if (unknown_covers(x.as.unknown, y.as.unknown))
        return x;
    if (unknown_covers(y.as.unknown, x.as.unknown))
        return y;
    og_value v = og_unknown_merge(frame->arena, x, y);
    return v.kind == OG_ABSENT ? cel_halt(frame, CEL_STOP_NOMEM) : v;
}
