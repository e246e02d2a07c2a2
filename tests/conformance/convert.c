/* Types and values between the suite's JSON and ours. */
#include <math.h>
#include <stdlib.h>

#include "base/base64.h"
#include "conformance.h"

og_value member(og_value spec, const char *key)
{
    if (spec.kind != OG_MAP)
        return og_absent();
    return og_map_find_str(spec.as.map, og_str_from(key));
}

og_str member_text(og_value spec, const char *key)
{
    og_value v = member(spec, key);
    return v.kind == OG_STRING ? og_text(v) : (og_str){0};
}

bool member_true(og_value spec, const char *key)
{
    og_value v = member(spec, key);
    return v.kind == OG_BOOL && v.as.b;
}

/* U+E000 in UTF-8, standing for NUL. */
#define STAND_IN "\xee\x80\x80"

og_str with_nul(og_arena *arena, og_str s)
{
    char *copy = og_arena_alloc(arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; copy && i < s.n;) {
        bool nul = og_str_starts(og_str_slice(s, i, s.n), OG_STR(STAND_IN));
        copy[n++] = nul ? '\0' : s.p[i];
        i += nul ? sizeof STAND_IN - 1 : 1;
    }
    return copy ? (og_str){copy, n} : s;
}

/* ---- Types ---- */

static const cel_type *primitive(og_str name)
{
    static const struct {
        const char *name;
        const cel_type *type;
    } table[] = {{"BOOL", &cel_bool},     {"INT64", &cel_int},     {"UINT64", &cel_uint},
                 {"DOUBLE", &cel_double}, {"STRING", &cel_string}, {"BYTES", &cel_bytes}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (og_str_is(name, table[i].name))
            return table[i].type;
    return NULL;
}

static const cel_type *named(og_arena *arena, cel_type_kind kind, og_str name)
{
    cel_type *t = OG_NEW(arena, cel_type);
    if (t)
        *t = (cel_type){.kind = (uint8_t)kind, .name = name};
    return t;
}

static const cel_type *abstract(og_arena *arena, og_value spec)
{
    og_value list = member(spec, "parameter_types");
    size_t count = list.kind == OG_LIST ? list.as.list->count : 0;
    const cel_type **params = OG_ARRAY(arena, count + 1, const cel_type *);
    if (!params)
        return NULL;
    for (size_t i = 0; i < count; i++)
        params[i] = convert_type(arena, list.as.list->items[i]);
    og_str name = member_text(spec, "name");
    if (og_str_is(name, "optional_type"))
        return cel_type_optional_of(arena, count ? params[0] : &cel_dyn);
    return cel_type_opaque_of(arena, name, params, (uint32_t)count);
}

const cel_type *convert_type(og_arena *arena, og_value spec)
{
    og_str text = member_text(spec, "primitive");
    if (text.n > 0)
        return primitive(text);
    text = member_text(spec, "type_param");
    if (text.n > 0)
        return named(arena, CEL_PARAM, text);
    og_value part = member(spec, "list_type");
    if (part.kind != OG_ABSENT)
        return cel_type_list_of(arena, convert_type(arena, member(part, "elem_type")));
    part = member(spec, "map_type");
    if (part.kind != OG_ABSENT)
        return cel_type_map_of(arena, convert_type(arena, member(part, "key_type")),
                               convert_type(arena, member(part, "value_type")));
    part = member(spec, "abstract_type");
    if (part.kind != OG_ABSENT)
        return abstract(arena, part);
    if (member(spec, "null").kind != OG_ABSENT)
        return &cel_null;
    return member(spec, "dyn").kind != OG_ABSENT ? &cel_dyn : NULL;
}

/* ---- Values ---- */

static og_value convert_number(og_value number, bool is_unsigned)
{
    int64_t i = 0;
    uint64_t u = 0;
    if (number.kind == OG_INT)
        return is_unsigned ? og_uint((uint64_t)number.as.i) : number;
    if (number.kind != OG_STRING)
        return og_absent();
    if (is_unsigned)
        return og_str_to_uint64(og_text(number), &u) ? og_uint(u) : og_absent();
    return og_str_to_int64(og_text(number), &i) ? og_int(i) : og_absent();
}

static og_value convert_double(og_value v)
{
    if (v.kind == OG_DOUBLE)
        return v;
    if (v.kind == OG_INT)
        return og_double((double)v.as.i);
    og_str text = v.kind == OG_STRING ? og_text(v) : (og_str){0};
    if (og_str_is(text, "NaN"))
        return og_double(NAN);
    if (og_str_is(text, "Infinity") || og_str_is(text, "-Infinity"))
        return og_double(text.p[0] == '-' ? -INFINITY : INFINITY);
    double d = 0;
    return og_double_parse(text, &d) ? og_double(d) : og_absent();
}

static og_value convert_bytes(og_arena *arena, og_value v)
{
    og_buf out = {0};
    bool good = v.kind == OG_STRING && og_base64_decode(og_text(v), &out);
    og_str copy = og_arena_str(arena, og_buf_str(&out));
    og_buf_done(&out);
    return good && copy.p ? og_bytes(copy) : og_absent();
}

static og_value convert_list(og_arena *arena, og_value spec)
{
    og_value list = member(spec, "values"), ret = og_absent();
    size_t count = list.kind == OG_LIST ? list.as.list->count : 0;
    og_value *items = OG_ARRAY(arena, count + 1, og_value);
    if (!items)
        return ret;
    for (size_t i = 0; i < count; i++)
        items[i] = convert_value(arena, list.as.list->items[i]);
    og_list_make(arena, items, count, &ret);
    return ret;
}

static og_value convert_map(og_arena *arena, og_value spec)
{
    og_value list = member(spec, "entries"), ret = og_absent();
    size_t count = list.kind == OG_LIST ? list.as.list->count : 0;
    og_value *keys = OG_ARRAY(arena, count + 1, og_value);
    og_value *values = OG_ARRAY(arena, count + 1, og_value);
    if (!keys || !values)
        return ret;
    for (size_t i = 0; i < count; i++) {
        keys[i] = convert_value(arena, member(list.as.list->items[i], "key"));
        values[i] = convert_value(arena, member(list.as.list->items[i], "value"));
    }
    og_map_make(arena, keys, values, count, &ret, NULL);
    return ret;
}

static og_value convert_named_type(og_arena *arena, og_str name)
{
    const cel_type *t = cel_type_by_name(name);
    return cel_type_value(t ? t : named(arena, CEL_OPAQUE, name));
}

og_value convert_value(og_arena *arena, og_value spec)
{
    if (spec.kind != OG_MAP || spec.as.map->count != 1)
        return og_absent();
    og_str key = og_text(spec.as.map->keys[0]);
    og_value v = spec.as.map->values[0];
    if (og_str_is(key, "null_value"))
        return og_null();
    if (og_str_is(key, "string_value"))
        return og_string(with_nul(arena, og_text(v)));
    if (og_str_is(key, "bool_value"))
        return v;
    if (og_str_is(key, "int64_value") || og_str_is(key, "uint64_value"))
        return convert_number(v, key.p[0] == 'u');
    if (og_str_is(key, "double_value"))
        return convert_double(v);
    if (og_str_is(key, "bytes_value"))
        return convert_bytes(arena, v);
    if (og_str_is(key, "list_value"))
        return convert_list(arena, v);
    if (og_str_is(key, "map_value"))
        return convert_map(arena, v);
    return og_str_is(key, "type_value") ? convert_named_type(arena, og_text(v))
                                        : og_absent();
}

/* ---- Comparing ---- */

static bool lists_match(const og_list *want, const og_list *have)
{
    if (want->count != have->count)
        return false;
    for (size_t i = 0; i < want->count; i++)
        if (!matches(want->items[i], have->items[i]))
            return false;
    return true;
}

static bool maps_match(const og_vmap *want, const og_vmap *have)
{
    if (want->count != have->count)
        return false;
    for (size_t i = 0; i < want->count; i++) {
        size_t k = 0;
        while (k < have->count && !matches(want->keys[i], have->keys[k]))
            k++;
        if (k == have->count || !matches(want->values[i], have->values[k]))
            return false;
    }
    return true;
}

bool matches(og_value want, og_value have)
{
    if (want.kind != have.kind)
        return false;
    switch ((og_kind)want.kind) {
    case OG_DOUBLE:
        return want.as.d == have.as.d || (isnan(want.as.d) && isnan(have.as.d));
    case OG_LIST:
        return lists_match(want.as.list, have.as.list);
    case OG_MAP:
        return maps_match(want.as.map, have.as.map);
    case OG_TYPE:
        return og_str_eq(cel_type_name(want.as.type), cel_type_name(have.as.type));
    default:
        return og_value_equal(want, have);
    }
}
