/* Evaluation: a walk over the linked tree. This file holds the way in and out, names and
 * literals, and calls; eval_*.c hold one kind of node each.
 *
 * Strict calls (all but the logical operators and macros): every argument is evaluated;
 * the first error is the result; else the union of unknowns; else the first candidate
 * whose parameters take the values. Kinds are looked at before every call, whatever the
 * checker found, so a value that is not what was declared is an error here, never a wrong
 * read. */
#include "cel/cel.h"

#include "base/limits.h"
#include "cel/explain.h"
#include "cel/frame.h"

#define LOCALS_ON_STACK 16
#define ARGS_ON_STACK 8

/* ---- Names and literals ---- */

og_value cel_eval_literal(const cel_node *node, cel_frame *frame)
{
    (void)frame;
    return node->as.literal;
}

og_value cel_eval_variable(const cel_node *node, cel_frame *frame)
{
    og_value v = frame->variables[node->as.ident.slot];
    return v.kind == OG_ABSENT ? cel_prepared_unknown(node) : v;
}

og_value cel_eval_local(const cel_node *node, cel_frame *frame)
{
    return frame->locals[node->as.ident.slot];
}

og_value cel_eval_constant(const cel_node *node, cel_frame *frame)
{
    (void)frame;
    return node->as.ident.value;
}

/* A name that only run time can miss: the checker was skipped. */
og_value cel_eval_missing_name(const cel_node *node, cel_frame *frame)
{
    return cel_fault_at(node, frame, "undeclared name '%.*s'",
                        OG_FMT(node->as.ident.name));
}

og_value cel_eval_refused(const cel_node *node, cel_frame *frame)
{
    return cel_fault_at(node, frame, "messages cannot be made here");
}

/* ---- Calls ---- */

static bool row_takes(const cel_overload *row, const og_value *args, uint32_t count)
{
    bool variadic = row->flags & CEL_VARIADIC;
    if (variadic ? count < row->param_count : count != row->param_count)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const cel_type *t = row->params[i < row->param_count ? i : row->param_count - 1];
        if (!cel_is_data(args[i]) ? !(row->flags & CEL_NONSTRICT)
                                  : !cel_type_takes(t, args[i]))
            return false;
    }
    return true;
}

static uint64_t size_of(og_value v)
{
    switch (v.kind) {
    case OG_STRING:
    case OG_BYTES:
        return v.aux.length / CEL_BYTES_PER_STEP;
    case OG_LIST:
        return v.as.list->count;
    case OG_MAP:
        return v.as.map->count;
    default:
        return 0;
    }
}

static og_value call_row(const cel_overload *row, const cel_node *node, cel_frame *frame,
                         const og_value *args, uint32_t count)
{
    uint64_t cost = 1;
    if (row->flags & CEL_LINEAR)
        for (uint32_t i = 0; i < count; i++)
            cost += size_of(args[i]);
    if (!cel_spend(frame, cost))
        return og_absent();
    cel_call call = {frame->arena, row->data, frame, node};
    og_value v = row->call(&call, args, count);
    if (v.kind == OG_ERROR)
        return cel_place_fault(node, frame, v);
    if (v.kind == OG_ABSENT)
        return cel_halt(frame, CEL_STOP_NOMEM);
    if (frame->arena->used > frame->arena_limit)
        return cel_halt(frame, CEL_STOP_MEMORY);
    return v;
}

static bool is_nonstrict(const cel_node *node)
{
    return node->as.call.candidate_count > 0 &&
           (node->as.call.candidates[0]->flags & CEL_NONSTRICT);
}

/* The argument that stands in the way of a strict call, or OG_NULL. */
static og_value strict_result(cel_frame *frame, const og_value *args, uint32_t count)
{
    og_value unknown = og_null();
    for (uint32_t i = 0; i < count; i++) {
        if (args[i].kind == OG_ERROR || args[i].kind == OG_ABSENT)
            return args[i];
        if (args[i].kind == OG_UNKNOWN)
            unknown = cel_merge_unknown(frame, unknown, args[i]);
        if (unknown.kind == OG_ABSENT)
            return unknown;
    }
    return unknown;
}

og_value cel_apply(const cel_node *node, cel_frame *frame, const og_value *args,
                   uint32_t count)
{
    if (!is_nonstrict(node)) {
        og_value v = strict_result(frame, args, count);
        if (v.kind != OG_NULL)
            return v;
    }
    for (uint32_t i = 0; i < node->as.call.candidate_count; i++)
        if (row_takes(node->as.call.candidates[i], args, count))
            return call_row(node->as.call.candidates[i], node, frame, args, count);
    return cel_no_overload(node, frame, args, count);
}

og_value cel_eval_call(const cel_node *node, cel_frame *frame)
{
    og_value room[ARGS_ON_STACK];
    og_value *args = room;
    uint32_t count = node->as.call.count;
    if (count > ARGS_ON_STACK) {
        args = cel_make_array(frame, count, sizeof *args);
        if (!args)
            return og_absent();
    }
    for (uint32_t i = 0; i < count; i++) {
        const cel_node *arg = node->as.call.args[i];
        args[i] = arg->eval(arg, frame);
        if (args[i].kind == OG_ABSENT)
            return og_absent();
    }
    return cel_apply(node, frame, args, count);
}

/* ---- The way in and out ---- */

static void frame_init(cel_frame *frame, const cel_program *program,
                       const og_value *variables, og_arena *arena,
                       const cel_eval_options *options)
{
    uint64_t cost =
        options && options->cost_limit ? options->cost_limit : OG_LIMIT_CEL_COST;
    size_t memory =
        options && options->memory_limit ? options->memory_limit : OG_LIMIT_CEL_MEMORY;
    frame->variables = variables;
    frame->steps_left = cost < INT64_MAX ? (int64_t)cost : INT64_MAX;
    frame->arena = arena;
    frame->arena_limit =
        memory < SIZE_MAX - arena->used ? arena->used + memory : SIZE_MAX;
    frame->program = program;
    frame->stop = CEL_STOP_NONE;
    frame->depth = 0;
    frame->regex_steps = options ? options->regex_steps : 0;
    frame->regex_memory = options ? options->regex_memory : 0;
    frame->matcher = NULL;
    frame->regex = NULL;
}

/* What stopped evaluation, as a result or a failure. */
static int stopped(cel_frame *frame, og_value *ret, og_error *err)
{
    if (frame->stop == CEL_STOP_NOMEM)
        return og_nomem(err);
    const char *why = frame->stop == CEL_STOP_COST
                          ? "the expression takes more steps than its limit allows"
                          : "the expression makes more data than its limit allows";
    *ret = cel_fault_at(frame->program->tree.root, frame, "%s", why);
    if (ret->kind == OG_ABSENT)
        *ret = cel_fault(frame->arena, "%s", why);
    return ret->kind == OG_ABSENT ? og_nomem(err) : OG_OK;
}

int cel_eval(const cel_program *program, const og_value *variables, og_arena *arena,
             const cel_eval_options *options, og_value *ret,
             cel_explanation *ret_explanation, og_error *err)
{
    og_value room[LOCALS_ON_STACK];
    cel_frame frame;
    frame_init(&frame, program, variables, arena, options);
    frame.locals = room;
    if (program->tree.local_count > LOCALS_ON_STACK) {
        frame.locals = OG_ARRAY(arena, program->tree.local_count, og_value);
        if (!frame.locals)
            return og_nomem(err);
    }
    int64_t budget = frame.steps_left;
    const cel_node *root = program->tree.root;
    og_value v = root->eval(root, &frame);
    if (v.kind == OG_ABSENT) {
        int rc = stopped(&frame, &v, err);
        if (rc != OG_OK)
            return rc;
    }
    uint64_t cost = (uint64_t)(budget - frame.steps_left);
    if (ret_explanation)
        *ret_explanation = (cel_explanation){.cost = cost};
    if (options && options->explain && ret_explanation) {
        frame_init(&frame, program, variables, arena, options);
        if (cel_explain(&frame, v, options, cost, ret_explanation) != OG_OK)
            return og_nomem(err);
    }
    *ret = v;
    return OG_OK;
}
