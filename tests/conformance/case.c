/* Declares what a case declares, compiles, evaluates, and judges the result. */
#include <stdlib.h>

#include "base/buf.h"
#include "calendar/zone.h"
#include "conformance.h"

typedef struct run {
    og_arena *arena;
    og_value spec;
    og_value corrected; /* the value wanted, if the case has it wrong */
    og_buf *why;
    cel_env *env;
    cel_program *program;
    og_value *values;
    og_error err;
} run;

/* ---- Declarations ---- */

static og_value not_implemented(cel_call *call, const og_value *args, uint32_t count)
{
    (void)args;
    (void)count;
    return cel_fault(call->arena, "declared without an implementation");
}

static const char *zero_ended(og_arena *arena, og_str s)
{
    return og_arena_str(arena, s).p;
}

static bool declare_overload(run *r, og_str function, og_value spec)
{
    cel_overload *row = OG_NEW(r->arena, cel_overload);
    og_value params = member(spec, "params");
    if (!row)
        return false;
    row->function = zero_ended(r->arena, function);
    row->id = zero_ended(r->arena, member_text(spec, "overload_id"));
    row->flags = member_true(spec, "is_instance_function") ? CEL_MEMBER : CEL_GLOBAL;
    row->result = convert_type(r->arena, member(spec, "result_type"));
    row->call = not_implemented;
    row->param_count = params.kind == OG_LIST ? (uint32_t)params.as.list->count : 0;
    for (uint32_t i = 0; i < row->param_count && i < CEL_MAX_PARAMS; i++)
        row->params[i] = convert_type(r->arena, params.as.list->items[i]);
    return row->result && cel_env_functions(r->env, row, 1, &r->err) == OG_OK;
}

/* Cases that bind true, false or null want the word to keep its meaning. Here it cannot
 * be declared at all, and means what it always does. */
static bool is_keyword(og_str name)
{
    return og_str_is(name, "true") || og_str_is(name, "false") || og_str_is(name, "null");
}

static bool declare(run *r, og_value decl)
{
    og_str name = member_text(decl, "name");
    og_value ident = member(decl, "ident"), function = member(decl, "function");
    if (ident.kind == OG_MAP)
        return is_keyword(name) ||
               cel_env_variable(r->env, name,
                                convert_type(r->arena, member(ident, "type")),
                                (og_str){0}, NULL, &r->err) == OG_OK;
    og_value overloads = member(function, "overloads");
    if (overloads.kind != OG_LIST)
        return false;
    for (size_t i = 0; i < overloads.as.list->count; i++)
        if (!declare_overload(r, name, overloads.as.list->items[i]))
            return false;
    return true;
}

/* Bound but not declared: dyn. */
static bool declare_bound(run *r, const og_vmap *bindings)
{
    for (size_t i = 0; i < bindings->count; i++) {
        og_str name = og_text(bindings->keys[i]);
        if (!is_keyword(name) && cel_env_slot(r->env, name) < 0 &&
            cel_env_variable(r->env, name, &cel_dyn, (og_str){0}, NULL, &r->err) < 0)
            return false;
    }
    return true;
}

static bool zone_seconds(void *data, og_str name, og_instant at, int32_t *ret_seconds)
{
    (void)data;
    zone *z = NULL;
    if (zone_open(name, &z, NULL) < 0)
        return false;
    *ret_seconds = zone_offset_at(z, at);
    zone_free(z);
    return true;
}

static bool set_up(run *r)
{
    cel_env_options options = {.container = member_text(r->spec, "container"),
                               .zone = zone_seconds};
    if (cel_env_new(NULL, &options, &r->env, &r->err) < 0)
        return false;
    og_value decls = member(r->spec, "type_env"), bindings = member(r->spec, "bindings");
    for (size_t i = 0; decls.kind == OG_LIST && i < decls.as.list->count; i++)
        if (!declare(r, decls.as.list->items[i]))
            return false;
    if (bindings.kind == OG_MAP && !declare_bound(r, bindings.as.map))
        return false;
    r->values = OG_ARRAY(r->arena, cel_env_variable_count(r->env) + 1, og_value);
    if (!r->values)
        return false;
    for (size_t i = 0; bindings.kind == OG_MAP && i < bindings.as.map->count; i++) {
        int slot = cel_env_slot(r->env, og_text(bindings.as.map->keys[i]));
        if (slot >= 0)
            r->values[slot] =
                convert_value(r->arena, member(bindings.as.map->values[i], "value"));
    }
    return true;
}

/* ---- Judging ---- */

static verdict failed(run *r, const char *what, og_value have)
{
    og_buf_printf(r->why, "%s", what);
    if (have.kind != OG_ABSENT) {
        og_buf_puts(r->why, ", got ");
        cel_show_value(have, 200, r->why);
    }
    return CASE_FAILED;
}

static verdict judge_type(run *r, og_value typed)
{
    const cel_type *want = convert_type(r->arena, member(typed, "deduced_type"));
    const cel_type *have = cel_program_type(r->program);
    if (want && cel_type_equal(want, have))
        return CASE_PASSED;
    og_buf_puts(r->why, "the type is ");
    cel_type_show(have, r->why);
    if (want) {
        og_buf_puts(r->why, ", not ");
        cel_type_show(want, r->why);
    }
    return CASE_FAILED;
}

static verdict judge_value(run *r)
{
    og_value have = og_absent();
    if (cel_eval(r->program, r->values, r->arena, NULL, &have, NULL, &r->err) < 0)
        return failed(r, og_error_text(&r->err), og_absent());
    if (member(r->spec, "eval_error").kind != OG_ABSENT)
        return have.kind == OG_ERROR ? CASE_PASSED : failed(r, "wanted an error", have);
    og_value want = r->corrected;
    if (want.kind == OG_ABSENT)
        want = member(r->spec, "value");
    if (want.kind == OG_ABSENT)
        want = member(member(r->spec, "typed_result"), "result");
    want = want.kind == OG_ABSENT ? og_bool(true) : convert_value(r->arena, want);
    if (matches(want, have))
        return CASE_PASSED;
    og_buf_puts(r->why, "wanted ");
    cel_show_value(want, 200, r->why);
    return failed(r, "", have);
}

/* An error of evaluation must come from evaluation, unless the case is named otherwise.
 */
static verdict judge_issues(run *r, const cel_issues *issues)
{
    bool meant = og_str_ends(member_text(r->spec, "name"), OG_STR("_compile_error"));
    if (meant && issues->count > 0)
        return CASE_PASSED;
    og_str message = issues->count > 0 ? issues->items[0].message
                                       : og_str_from(og_error_text(&r->err));
    og_buf_printf(r->why, "does not compile: %.*s", OG_FMT(message));
    return CASE_FAILED;
}

static verdict judge(run *r)
{
    cel_compile_options options = {.skip_check = member_true(r->spec, "disable_check"),
                                   .no_macros = member_true(r->spec, "disable_macros")};
    cel_issues issues = {0};
    verdict v = CASE_PASSED;
    og_value typed = member(r->spec, "typed_result");
    og_str source = with_nul(r->arena, member_text(r->spec, "expr"));
    if (cel_compile(r->env, source, &options, &issues, &r->program, &r->err) < 0)
        v = judge_issues(r, &issues);
    else if (typed.kind != OG_ABSENT)
        v = judge_type(r, typed);
    if (v == CASE_PASSED && r->program && !member_true(r->spec, "check_only"))
        v = judge_value(r);
    cel_issues_done(&issues);
    return v;
}

verdict run_case(og_arena *arena, og_value spec, og_value corrected, og_buf *why)
{
    if (member_true(spec, "needs_protobuf"))
        return CASE_NOT_MEANT;
    run r = {.arena = arena, .spec = spec, .corrected = corrected, .why = why};
    verdict v = set_up(&r) ? judge(&r) : failed(&r, og_error_text(&r.err), og_absent());
    cel_program_free(r.program);
    cel_env_free(r.env);
    og_error_done(&r.err);
    return v;
}
