/* size, type, dyn, and the string tests of the standard library. */
#define _GNU_SOURCE /* memmem */
#include "cel/std.h"

#include "base/utf8.h"

bool cel_make_text(cel_call *call, size_t n, char **ret_room, og_value *ret)
{
    if (n > UINT32_MAX) {
        cel_halt(call->frame, CEL_STOP_MEMORY);
        return false;
    }
    char *room = cel_make_array(call->frame, n + 1, 1);
    if (!room)
        return false;
    *ret_room = room;
    *ret = og_string((og_str){room, n});
    return true;
}

og_value cel_copy_text(cel_call *call, og_str s)
{
    char *room;
    og_value v;
    if (!cel_make_text(call, s.n, &room, &v))
        return og_absent();
    if (s.n > 0)
        memcpy(room, s.p, s.n);
    return v;
}

og_buf cel_text_buffer(cel_call *call)
{
    const cel_frame *frame = call->frame;
    size_t left = frame->arena_limit > frame->arena->used
                      ? frame->arena_limit - frame->arena->used
                      : 1;
    return (og_buf){.limit = left < UINT32_MAX ? left : UINT32_MAX};
}

/* ---- size ---- */

og_value cel_std_size(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    switch (args[0].kind) {
    case OG_STRING:
        return og_int((int64_t)og_utf8_count(og_text(args[0])));
    case OG_BYTES:
        return og_int(args[0].aux.length);
    case OG_LIST:
        return og_int((int64_t)args[0].as.list->count);
    default:
        return og_int((int64_t)args[0].as.map->count);
    }
}

/* ---- type, dyn ---- */

const cel_type *cel_type_of_value(const cel_frame *frame, og_value v)
{
    if (v.kind == OG_OBJECT)
        return cel_env_type(frame->program->env, v.as.object->shape->name);
    if (v.kind == OG_OPAQUE)
        return cel_type_by_name(og_str_from(v.as.opaque->class->type_name));
    return cel_type_of_kind((og_kind)v.kind);
}

static og_value type_of(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    const cel_type *t = cel_type_of_value(call->frame, args[0]);
    return t ? cel_type_value(t) : cel_fault(call->arena, "a value of no declared type");
}

static og_value same(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return args[0];
}

/* ---- Tests on strings ---- */

static og_value contains(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    og_str s = og_text(args[0]), part = og_text(args[1]);
    return og_bool(part.n == 0 || (s.n > 0 && memmem(s.p, s.n, part.p, part.n)));
}

static og_value starts_with(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return og_bool(og_str_starts(og_text(args[0]), og_text(args[1])));
}

static og_value ends_with(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return og_bool(og_str_ends(og_text(args[0]), og_text(args[1])));
}

/* The compiled pattern: made when linking for a literal, else the last one if it is the
 * same text. OG_E_INVALID with *ret_fault. */
static int pattern_of(cel_call *call, og_str pattern, const cel_regex **ret,
                      og_value *ret_fault)
{
    cel_frame *frame = call->frame;
    if (call->node->prepared) {
        *ret = (const cel_regex *)call->node->prepared;
        return OG_OK;
    }
    if (!frame->regex || !og_str_eq(frame->regex_pattern, pattern)) {
        cel_regex_problem problem;
        int rc = cel_regex_compile(call->arena, pattern, &frame->regex, &problem);
        if (rc != OG_OK) {
            frame->regex = NULL;
            *ret_fault = rc == OG_E_INVALID
                             ? cel_fault(call->arena, "invalid pattern: %.*s",
                                         OG_FMT(problem.message))
                             : og_absent();
            return rc;
        }
        frame->regex_pattern = pattern;
    }
    *ret = frame->regex;
    return OG_OK;
}

og_value cel_std_matches(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    const cel_regex *regex;
    og_value fault;
    if (pattern_of(call, og_text(args[1]), &regex, &fault) != OG_OK)
        return fault;
    cel_frame *frame = call->frame;
    if (!frame->matcher)
        frame->matcher =
            cel_matcher_new(call->arena, frame->regex_steps, frame->regex_memory);
    if (!frame->matcher)
        return og_absent();
    int rc = cel_regex_match(regex, frame->matcher, og_text(args[0]), false);
    if (rc == OG_E_LIMIT)
        return cel_fault(call->arena, "matching takes more steps than its limit allows");
    return rc < 0 ? og_absent() : og_bool(rc == 1);
}

static const cel_overload rows[] = {
    CEL_ROW("size", "size_string", CEL_BOTH | CEL_LINEAR, &cel_int, cel_std_size,
            &cel_string),
    CEL_ROW("size", "size_bytes", CEL_BOTH, &cel_int, cel_std_size, &cel_bytes),
    CEL_ROW("size", "size_list", CEL_BOTH, &cel_int, cel_std_size, &cel_list_a),
    CEL_ROW("size", "size_map", CEL_BOTH, &cel_int, cel_std_size, &cel_map_ab),
    CEL_ROW("type", "type", CEL_GLOBAL, &cel_type_a, type_of, &cel_a),
    CEL_ROW("dyn", "to_dyn", CEL_GLOBAL, &cel_dyn, same, &cel_a),
    CEL_ROW("contains", "contains_string", CEL_MEMBER | CEL_LINEAR, &cel_bool, contains,
            &cel_string, &cel_string),
    CEL_ROW("startsWith", "starts_with_string", CEL_MEMBER | CEL_LINEAR, &cel_bool,
            starts_with, &cel_string, &cel_string),
    CEL_ROW("endsWith", "ends_with_string", CEL_MEMBER | CEL_LINEAR, &cel_bool, ends_with,
            &cel_string, &cel_string),
    CEL_ROW("matches", "matches_string", CEL_BOTH | CEL_LINEAR, &cel_bool,
            cel_std_matches, &cel_string, &cel_string),
};

CEL_LIBRARY(cel_library_core, "core", rows);
