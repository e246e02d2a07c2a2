/* What an expression may refer to: variables, constants, record types, functions. Built
 * up once, then only read; a child sees everything of its parent. */
#include "base/limits.h"
#include "base/mem.h"
#include "cel/lexer.h"
#include "cel/program.h"

static void fill_options(cel_env_options *o)
{
    if (o->max_source == 0)
        o->max_source = OG_LIMIT_CEL_SOURCE;
    if (o->max_depth == 0)
        o->max_depth = OG_LIMIT_CEL_DEPTH;
    if (o->max_nodes == 0)
        o->max_nodes = OG_LIMIT_CEL_NODES;
    if (o->assumed_list == 0)
        o->assumed_list = OG_LIMIT_CEL_LIST;
    if (o->assumed_text == 0)
        o->assumed_text = OG_LIMIT_CEL_TEXT;
    if (o->max_cost_estimate == 0)
        o->max_cost_estimate = OG_LIMIT_CEL_ESTIMATE;
}

static int add_builtins(cel_env *env, og_error *err)
{
    for (const cel_library *const *l = cel_builtin_libraries; *l; l++) {
        int rc = cel_env_functions(env, (*l)->overloads, (*l)->count, err);
        if (rc < 0)
            return rc;
    }
    return OG_OK;
}

int cel_env_new(const cel_env *parent, const cel_env_options *options, cel_env **ret,
                og_error *err)
{
    cel_env *env = og_alloc(sizeof *env);
    if (!env)
        return og_nomem(err);
    env->parent = parent;
    env->first_slot = env->slot_count = parent ? parent->slot_count : 0;
    og_map_init(&env->names, &env->arena);
    og_map_init(&env->types, &env->arena);
    og_map_init(&env->functions, &env->arena);
    if (options)
        env->options = *options;
    else if (parent)
        env->options = parent->options;
    fill_options(&env->options);
    int rc = OG_OK;
    if (env->options.container.n > 0) {
        env->options.container = og_arena_str(&env->arena, env->options.container);
        rc = env->options.container.p ? OG_OK : og_nomem(err);
    }
    if (rc == OG_OK && !parent && !env->options.no_builtins)
        rc = add_builtins(env, err);
    if (rc < 0) {
        cel_env_free(env);
        return rc;
    }
    *ret = env;
    return OG_OK;
}

void cel_env_free(cel_env *env)
{
    if (!env)
        return;
    og_arena_done(&env->arena);
    og_free(env);
}

og_arena *cel_env_arena(cel_env *env)
{
    return &env->arena;
}

/* ---- Names ---- */

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Identifiers separated by dots; keywords and reserved words cannot be written. */
static bool name_is_writable(og_str name)
{
    size_t from = 0;
    for (size_t i = 0; i <= name.n; i++) {
        if (i < name.n && name.p[i] != '.') {
            bool digit = name.p[i] >= '0' && name.p[i] <= '9';
            if (!letter(name.p[i]) && !(digit && i > from))
                return false;
            continue;
        }
        og_str part = og_str_slice(name, from, i);
        bool taken = cel_word_reserved(part) || cel_word_keyword(part);
        if (part.n == 0 || (from == 0 && taken))
            return false;
        from = i + 1;
    }
    return true;
}

static int add_name(cel_env *env, og_str name, const cel_type *type, og_str doc,
                    cel_variable **ret, og_error *err)
{
    if (!type)
        return og_nomem(err);
    if (!name_is_writable(name))
        return og_fail(err, OG_E_USAGE, "'%.*s' cannot name a variable", OG_FMT(name));
    if (cel_env_find_name(env, name))
        return og_fail(err, OG_E_CONFLICT, "the name '%.*s' is declared twice",
                       OG_FMT(name));
    cel_variable *v = OG_NEW(&env->arena, cel_variable);
    if (!v)
        return og_nomem(err);
    v->name = og_arena_str(&env->arena, name);
    v->doc = og_arena_str(&env->arena, doc);
    v->type = type;
    if (!v->name.p || !v->doc.p || og_map_add(&env->names, v->name, v) < 0)
        return og_nomem(err);
    *ret = v;
    return OG_OK;
}

static bool room_for_slot(cel_env *env)
{
    uint32_t count = env->slot_count - env->first_slot;
    if (count < env->slots_cap)
        return true;
    uint32_t cap = env->slots_cap ? env->slots_cap * 2 : 16;
    cel_variable **slots = OG_ARRAY(&env->arena, cap, cel_variable *);
    if (!slots)
        return false;
    for (uint32_t i = 0; i < count; i++)
        slots[i] = env->slots[i];
    env->slots = slots;
    env->slots_cap = cap;
    return true;
}

int cel_env_variable(cel_env *env, og_str name, const cel_type *type, og_str doc,
                     uint32_t *ret_slot, og_error *err)
{
    if (!room_for_slot(env))
        return og_nomem(err);
    cel_variable *v = NULL;
    int rc = add_name(env, name, type, doc, &v, err);
    if (!v)
        return rc;
    v->slot = env->slot_count++;
    env->slots[v->slot - env->first_slot] = v;
    if (ret_slot)
        *ret_slot = v->slot;
    return OG_OK;
}

int cel_env_size(cel_env *env, uint32_t slot, uint64_t size, og_error *err)
{
    if (slot < env->first_slot || slot >= env->slot_count)
        return og_fail(err, OG_E_USAGE, "slot %u is no variable of this environment",
                       (unsigned)slot);
    env->slots[slot - env->first_slot]->size = size;
    return OG_OK;
}

int cel_env_constant(cel_env *env, og_str name, const cel_type *type, og_value value,
                     og_error *err)
{
    cel_variable *v = NULL;
    int rc = add_name(env, name, type, (og_str){0}, &v, err);
    if (!v)
        return rc;
    v->constant = true;
    v->value = value;
    return OG_OK;
}

int cel_env_object(cel_env *env, const cel_object *object, og_error *err)
{
    if (cel_env_type(env, object->name))
        return og_fail(err, OG_E_CONFLICT, "the record type '%.*s' is declared twice",
                       OG_FMT(object->name));
    /* The map holds pointers to what it may change; types it never does. */
    if (og_map_add(&env->types, object->name, (void *)&object->type) < 0)
        return og_nomem(err);
    return OG_OK;
}

const cel_variable *cel_env_find_name(const cel_env *env, og_str name)
{
    const cel_variable *found = NULL;
    for (; env && !found; env = env->parent)
        found = og_map_get(&env->names, name);
    return found;
}

const cel_type *cel_env_type(const cel_env *env, og_str name)
{
    const cel_type *found = NULL;
    for (; env && !found; env = env->parent)
        found = og_map_get(&env->types, name);
    return found;
}

uint32_t cel_env_variable_count(const cel_env *env)
{
    return env->slot_count;
}

int cel_env_slot(const cel_env *env, og_str name)
{
    const cel_variable *v = cel_env_find_name(env, name);
    return v && !v->constant ? (int)v->slot : -1;
}

const cel_variable *cel_env_variable_at(const cel_env *env, uint32_t slot)
{
    while (slot < env->first_slot)
        env = env->parent;
    return env->slots[slot - env->first_slot];
}

og_str cel_env_variable_name(const cel_env *env, uint32_t slot)
{
    return cel_env_variable_at(env, slot)->name;
}

/* ---- Functions ---- */

const cel_function_rows *cel_env_find_function(const cel_env *env, og_str name)
{
    const cel_function_rows *found = NULL;
    for (; env && !found; env = env->parent)
        found = og_map_get(&env->functions, name);
    return found;
}

/* The rows of a name, in this environment; those of a parent are taken over first. */
static cel_function_rows *own_rows(cel_env *env, og_str name)
{
    cel_function_rows *rows = og_map_get(&env->functions, name);
    if (rows)
        return rows;
    const cel_function_rows *old = cel_env_find_function(env, name);
    rows = OG_NEW(&env->arena, cel_function_rows);
    if (!rows)
        return NULL;
    if (old) {
        rows->rows = OG_ARRAY(&env->arena, old->count, const cel_overload *);
        if (!rows->rows)
            return NULL;
        for (uint32_t i = 0; i < old->count; i++)
            rows->rows[i] = old->rows[i];
        rows->count = rows->cap = old->count;
    }
    return og_map_add(&env->functions, name, rows) < 0 ? NULL : rows;
}

static int add_row(cel_env *env, cel_function_rows *rows, const cel_overload *row,
                   og_error *err)
{
    for (uint32_t i = 0; i < rows->count; i++)
        if (strcmp(rows->rows[i]->id, row->id) == 0)
            return og_fail(err, OG_E_CONFLICT, "the overload '%s' is declared twice",
                           row->id);
    if (rows->count == rows->cap) {
        uint32_t cap = rows->cap ? rows->cap * 2 : 4;
        const cel_overload **more = OG_ARRAY(&env->arena, cap, const cel_overload *);
        if (!more)
            return og_nomem(err);
        for (uint32_t i = 0; i < rows->count; i++)
            more[i] = rows->rows[i];
        rows->rows = more;
        rows->cap = cap;
    }
    rows->rows[rows->count++] = row;
    return OG_OK;
}

int cel_env_functions(cel_env *env, const cel_overload *rows, uint32_t count,
                      og_error *err)
{
    for (uint32_t i = 0; i < count; i++) {
        cel_function_rows *own = own_rows(env, og_str_from(rows[i].function));
        if (!own)
            return og_nomem(err);
        int rc = add_row(env, own, &rows[i], err);
        if (rc < 0)
            return rc;
    }
    return OG_OK;
}
