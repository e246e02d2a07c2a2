/* Functions of the caller's own: a signature read into an overload, and the call across
 * the border.
 *
 *   Signature = [ Type "." ] Name "(" [ Type { "," Type } [ "..." ] ] ")" ":" Type */
#include "cel/program.h"
#include "cel/public.h"

#define ARGS_ON_STACK 8

typedef struct own_function {
    cel_overload row;
    opsgate_cel_function *call;
    void *data;
} own_function;

/* The opaque type of the header. */
struct opsgate_cel_call {
    og_arena *arena;
    void *data;
};

opsgate_cel_arena *opsgate_cel_call_arena(opsgate_cel_call *call)
{
    return (opsgate_cel_arena *)(void *)call->arena;
}

void *opsgate_cel_call_data(opsgate_cel_call *call)
{
    return call->data;
}

/* ---- Calling ---- */

/* What came back, if it is what was declared. */
static og_value checked(const own_function *f, og_arena *arena, og_value v)
{
    if (cel_public_is_no_memory(v))
        return og_absent();
    if (v.kind == OG_ABSENT)
        return cel_fault(arena, "'%s' returned nothing", f->row.id);
    if (v.kind != OG_UNKNOWN && v.kind != OG_ERROR && !cel_type_takes(f->row.result, v))
        return cel_fault(arena, "'%s' returned %s", f->row.id,
                         og_kind_name((og_kind)v.kind));
    return v;
}

static og_value call_own(cel_call *call, const og_value *args, uint32_t count)
{
    const own_function *f = call->data;
    opsgate_cel_value room[ARGS_ON_STACK];
    opsgate_cel_value *outer = room;
    if (count > ARGS_ON_STACK)
        outer = OG_ARRAY(call->arena, count, opsgate_cel_value);
    if (!outer)
        return og_absent();
    for (uint32_t i = 0; i < count; i++)
        outer[i] = cel_public_out(args[i]);
    opsgate_cel_call border = {call->arena, f->data};
    return checked(f, call->arena, cel_public_in(f->call(&border, outer, count)));
}

/* ---- Declaring ---- */

/* A signature being read. */
typedef struct reader {
    opsgate_cel_env *env;
    cel_public_types types;
    og_str text;
    own_function *f;
} reader;

static bool wrong(reader *s, const char *problem)
{
    s->types.problem = problem;
    return false;
}

static bool accept(reader *s, og_str word)
{
    s->types.rest = og_str_trim(s->types.rest);
    if (!og_str_starts(s->types.rest, word))
        return false;
    s->types.rest = og_str_slice(s->types.rest, word.n, s->types.rest.n);
    return true;
}

/* Where the list of parameters opens: at the parenthesis that the last one before the
 * result's colon closes. */
static size_t parameters_at(og_str text)
{
    size_t end = text.n;
    while (end > 0 && text.p[end - 1] != ':')
        end--;
    int depth = 0;
    for (size_t i = end; i > 0; i--) {
        depth += text.p[i - 1] == ')';
        if (text.p[i - 1] == '(' && --depth == 0)
            return i - 1;
    }
    return text.n;
}

static bool add_param(reader *s, const cel_type *t)
{
    if (!t)
        return false;
    if (s->f->row.param_count == CEL_MAX_PARAMS)
        return wrong(s, "a function has at most 6 parameters");
    s->f->row.params[s->f->row.param_count++] = t;
    return true;
}

/* The name, and before it the type of the target if there is one. */
static bool read_head(reader *s, og_str head)
{
    size_t dot = head.n;
    for (size_t i = head.n; i > 0 && head.p[i - 1] != ')' && dot == head.n; i--)
        if (head.p[i - 1] == '.')
            dot = i - 1;
    og_str name = og_str_trim(head);
    s->f->row.flags = CEL_GLOBAL;
    if (dot < head.n) {
        const cel_type *target =
            cel_public_whole_type(&s->types, og_str_slice(head, 0, dot));
        if (!target && !s->types.problem)
            return false;
        if (target) {
            name = og_str_trim(og_str_slice(head, dot + 1, head.n));
            s->f->row.flags = CEL_MEMBER;
            add_param(s, target);
        }
    }
    if (!cel_public_is_name(name))
        return wrong(s, "the name of a function is made of letters, digits, '_', '.'");
    og_str copy = og_arena_str(s->types.arena, name);
    s->f->row.function = copy.p;
    s->types.problem = NULL;
    return copy.p;
}

/* After "(". */
static bool read_params(reader *s)
{
    if (accept(s, OG_STR(")")))
        return true;
    do {
        if (s->f->row.flags & CEL_VARIADIC)
            return wrong(s, "only the last parameter repeats");
        if (!add_param(s, cel_public_read_type(&s->types)))
            return false;
        if (accept(s, OG_STR("...")))
            s->f->row.flags |= CEL_VARIADIC;
    } while (accept(s, OG_STR(",")));
    return accept(s, OG_STR(")")) || wrong(s, "')' is missing after the parameters");
}

static bool read_signature(reader *s)
{
    size_t open = parameters_at(s->text);
    if (open == s->text.n)
        return wrong(s, "it is written name(types): type");
    if (!read_head(s, og_str_slice(s->text, 0, open)))
        return false;
    s->types.mention = s->env;
    s->types.rest = og_str_slice(s->text, open + 1, s->text.n);
    if (!read_params(s))
        return false;
    if (!accept(s, OG_STR(":")))
        return wrong(s, "': type' of the result is missing");
    s->f->row.result = cel_public_whole_type(&s->types, s->types.rest);
    return s->f->row.result;
}

/* Whether calls of a and b would look alike. */
static bool same_params(const cel_overload *a, const cel_overload *b)
{
    if (!(a->flags & b->flags & (CEL_GLOBAL | CEL_MEMBER)) ||
        a->param_count != b->param_count)
        return false;
    for (uint32_t i = 0; i < a->param_count; i++)
        if (!cel_type_equal(a->params[i], b->params[i]))
            return false;
    return true;
}

static bool is_taken(const opsgate_cel_env *env, const cel_overload *row)
{
    const cel_function_rows *rows =
        cel_env_find_function(env->env, og_str_from(row->function));
    for (uint32_t i = 0; rows && i < rows->count; i++)
        if (same_params(rows->rows[i], row))
            return true;
    return false;
}

opsgate_cel_status opsgate_cel_env_function(opsgate_cel_env *env, const char *signature,
                                            opsgate_cel_function *call, void *data)
{
    og_arena *arena = cel_env_arena(env->env);
    own_function *f = OG_NEW(arena, own_function);
    og_str id = og_arena_str(arena, og_str_from(signature));
    if (!f || !id.p)
        return env->failed = OPSGATE_CEL_E_NOMEM;
    *f = (own_function){
        .row = {.id = id.p, .call = call_own, .data = f}, .call = call, .data = data};
    reader s = {.env = env,
                .types = {.env = env, .arena = arena, .letters = true},
                .text = id,
                .f = f};
    if (!read_signature(&s) && s.types.problem)
        return cel_public_fail(env, OPSGATE_CEL_E_USAGE, "function '%s': %s", signature,
                               s.types.problem);
    if (!f->row.result)
        return env->failed = OPSGATE_CEL_E_NOMEM;
    if (is_taken(env, &f->row))
        return cel_public_fail(env, OPSGATE_CEL_E_USAGE,
                               "function '%s': there is one with these parameters",
                               signature);
    if (cel_env_functions(env->env, &f->row, 1, NULL) < 0)
        return env->failed = OPSGATE_CEL_E_NOMEM;
    return OPSGATE_CEL_OK;
}
