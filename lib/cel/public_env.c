/* opsgate_cel_env: declarations, each checked when made; the first that fails is kept. */
#include <stdarg.h>

#include "base/limits.h"
#include "base/mem.h"
#include "cel/program.h"
#include "cel/public.h"

opsgate_cel_env *opsgate_cel_env_new(void)
{
    opsgate_cel_env *env = og_alloc(sizeof *env);
    if (!env)
        return NULL;
    if (cel_env_new(NULL, NULL, &env->env, NULL) < 0) {
        og_free(env);
        return NULL;
    }
    og_map_init(&env->records, cel_env_arena(env->env));
    return env;
}

void opsgate_cel_env_free(opsgate_cel_env *env)
{
    if (!env)
        return;
    cel_env_free(env->env);
    og_free(env);
}

opsgate_cel_status cel_public_fail(opsgate_cel_env *env, opsgate_cel_status status,
                                   const char *fmt, ...)
{
    if (env->failed != OPSGATE_CEL_OK)
        return status;
    va_list args;
    va_start(args, fmt);
    env->failure = og_arena_vprintf(cel_env_arena(env->env), fmt, args);
    va_end(args);
    env->failed = env->failure.p ? status : OPSGATE_CEL_E_NOMEM;
    return status;
}

static opsgate_cel_status no_memory(opsgate_cel_env *env)
{
    env->failed = OPSGATE_CEL_E_NOMEM;
    return OPSGATE_CEL_E_NOMEM;
}

/* What lib/cel says about a declaration, as this library's status. */
static opsgate_cel_status declared(opsgate_cel_env *env, int rc, og_error *err)
{
    opsgate_cel_status status = OPSGATE_CEL_OK;
    if (rc == OG_E_NOMEM)
        status = no_memory(env);
    else if (rc < 0)
        status = cel_public_fail(env, OPSGATE_CEL_E_USAGE, "%s", og_error_text(err));
    og_error_done(err);
    return status;
}

/* The type in text, for the declaration of a `what` called name. */
static const cel_type *type_of(opsgate_cel_env *env, const char *what, const char *name,
                               og_str text)
{
    cel_public_types types = {
        .env = env, .mention = env, .arena = cel_env_arena(env->env)};
    const cel_type *t = cel_public_whole_type(&types, text);
    if (!t && types.problem)
        cel_public_fail(env, OPSGATE_CEL_E_USAGE, "%s '%s': '%.*s' is not a type: %s",
                        what, name, OG_FMT(text), types.problem);
    else if (!t)
        no_memory(env);
    return t;
}

opsgate_cel_status opsgate_cel_env_variable(opsgate_cel_env *env, const char *name,
                                            const char *type)
{
    const cel_type *t = type_of(env, "variable", name, og_str_from(type));
    if (!t)
        return env->failed;
    og_error err = {0};
    int rc = cel_env_variable(env->env, og_str_from(name), t, (og_str){0}, NULL, &err);
    return declared(env, rc, &err);
}

opsgate_cel_status opsgate_cel_env_constant(opsgate_cel_env *env, const char *name,
                                            const char *type, opsgate_cel_value value)
{
    const cel_type *t = type_of(env, "constant", name, og_str_from(type));
    if (!t)
        return env->failed;
    og_value v = cel_public_in(value);
    if (!cel_type_contains(t, v))
        return cel_public_fail(env, OPSGATE_CEL_E_USAGE,
                               "constant '%s': the value is not of type '%s'", name,
                               type);
    v = cel_public_copy(cel_env_arena(env->env), v);
    if (v.kind == OG_ABSENT)
        return no_memory(env);
    og_error err = {0};
    return declared(env, cel_env_constant(env->env, og_str_from(name), t, v, &err), &err);
}

opsgate_cel_status opsgate_cel_env_container(opsgate_cel_env *env, const char *name)
{
    if (!cel_public_is_name(og_str_from(name)))
        return cel_public_fail(env, OPSGATE_CEL_E_USAGE, "'%s' cannot be a container",
                               name);
    og_str copy = og_arena_str(cel_env_arena(env->env), og_str_from(name));
    if (!copy.p)
        return no_memory(env);
    env->env->options.container = copy;
    return OPSGATE_CEL_OK;
}

/* ---- Record types ---- */

opsgate_cel_record *cel_public_record(opsgate_cel_env *env, og_str name)
{
    opsgate_cel_record *record = og_map_get(&env->records, name);
    if (record)
        return record;
    og_arena *arena = cel_env_arena(env->env);
    record = OG_NEW(arena, opsgate_cel_record);
    og_str copy = og_arena_str(arena, name);
    if (!record || !copy.p || og_map_add(&env->records, copy, record) < 0)
        return NULL;
    cel_object_init(&record->object, copy, (og_str){0}, NULL, 0);
    return record;
}

/* fields[0 … at - 1] are done. */
static bool read_field(opsgate_cel_env *env, const opsgate_cel_field *given,
                       cel_field *fields, uint32_t at)
{
    og_str name = og_str_from(given->name), type = og_str_trim(og_str_from(given->type));
    for (uint32_t i = CEL_PUBLIC_FIRST_FIELD; i < at; i++)
        if (og_str_eq(fields[i].name, name)) {
            cel_public_fail(env, OPSGATE_CEL_E_USAGE, "the field '%s' is declared twice",
                            given->name);
            return false;
        }
    bool optional = og_str_ends(type, OG_STR("?"));
    if (optional)
        type.n--;
    fields[at] = (cel_field){.name = og_arena_str(cel_env_arena(env->env), name),
                             .type = type_of(env, "field", given->name, type),
                             .optional = optional};
    if (!fields[at].name.p)
        no_memory(env);
    return fields[at].name.p && fields[at].type;
}

/* A name for every slot, as records at run time have them. */
static bool make_shape(opsgate_cel_env *env, opsgate_cel_record *record)
{
    uint32_t count = record->object.field_count;
    og_str *names = OG_ARRAY(cel_env_arena(env->env), count, og_str);
    if (!names)
        return false;
    for (uint32_t i = 0; i < count; i++)
        names[i] = record->object.fields[i].name;
    record->shape = (og_shape){record->object.name, count, names};
    return true;
}

const opsgate_cel_record *opsgate_cel_env_record(opsgate_cel_env *env, const char *name,
                                                 const opsgate_cel_field *fields,
                                                 size_t count)
{
    opsgate_cel_record *record = NULL;
    og_str text = og_str_from(name);
    if (!cel_public_is_name(text) || cel_public_is_plain(text) || count > UINT16_MAX)
        cel_public_fail(env, OPSGATE_CEL_E_USAGE, "'%s' cannot be a record type", name);
    else if (!(record = cel_public_record(env, text)))
        no_memory(env);
    if (!record)
        return NULL;
    if (record->declared) {
        cel_public_fail(env, OPSGATE_CEL_E_USAGE,
                        "the record type '%s' is declared twice", name);
        return NULL;
    }
    uint32_t slots = (uint32_t)count + CEL_PUBLIC_FIRST_FIELD;
    cel_field *own = OG_ARRAY(cel_env_arena(env->env), slots, cel_field);
    if (!own) {
        no_memory(env);
        return NULL;
    }
    own[0] = (cel_field){.name = OG_STR(""), .type = &cel_string, .optional = true};
    for (size_t i = 0; i < count; i++)
        if (!read_field(env, &fields[i], own, (uint32_t)i + CEL_PUBLIC_FIRST_FIELD))
            return NULL;
    record->object.fields = own;
    record->object.field_count = slots;
    record->declared = true;
    og_error err = {0};
    int rc = make_shape(env, record) ? cel_env_object(env->env, &record->object, &err)
                                     : OG_E_NOMEM;
    return declared(env, rc, &err) == OPSGATE_CEL_OK ? record : NULL;
}

/* ---- Sizes ---- */

opsgate_cel_status opsgate_cel_env_size(opsgate_cel_env *env, const char *variable,
                                        uint64_t size)
{
    int slot = opsgate_cel_slot(env, variable);
    if (slot < 0)
        return cel_public_fail(env, OPSGATE_CEL_E_USAGE,
                               "the size of '%s' is declared before the variable",
                               variable);
    og_error err = {0};
    return declared(env, cel_env_size(env->env, (uint32_t)slot, size, &err), &err);
}

/* ---- Time zones ---- */

static bool zone_offset(void *data, og_str zone, og_instant at, int32_t *ret_seconds)
{
    const opsgate_cel_env *env = data;
    return env->zone(env->zone_data, zone.p, zone.n, at.seconds, ret_seconds);
}

void opsgate_cel_env_zones(opsgate_cel_env *env, opsgate_cel_zone_offset *offset,
                           void *data)
{
    env->zone = offset;
    env->zone_data = data;
    env->env->options.zone = offset ? zone_offset : NULL;
    env->env->options.zone_data = env;
}

int opsgate_cel_slot(const opsgate_cel_env *env, const char *name)
{
    return cel_env_slot(env->env, og_str_from(name));
}
