/* The static types, the makers of compound ones, and what a type can say about itself:
 * equality, text, whether a value fits. How types relate while checking (assignability,
 * type variables) is in unify.c. */
#include "cel/type.h"

static const char *const kind_names[] = {
    /* ORDER: cel_type_kind */
    "dyn",      "null_type",
    "bool",     "int",
    "uint",     "double",
    "string",   "bytes",
    "date",     "timestamp",
    "duration", "period",
    "enum",     "list",
    "map",      "object",
    "type",     "optional",
    "opaque",   "a type",
    "dyn",      "an erroneous expression"};
_Static_assert(sizeof kind_names / sizeof *kind_names == CEL_TYPE_KIND_COUNT, "ORDER");

#define PLAIN(id, k) const cel_type id = {.kind = (k)}
PLAIN(cel_dyn, CEL_ANY);
PLAIN(cel_null, CEL_NULL);
PLAIN(cel_bool, CEL_BOOL);
PLAIN(cel_int, CEL_INT);
PLAIN(cel_uint, CEL_UINT);
PLAIN(cel_double, CEL_DOUBLE);
PLAIN(cel_string, CEL_STRING);
PLAIN(cel_bytes, CEL_BYTES);
PLAIN(cel_date, CEL_DATE);
PLAIN(cel_timestamp, CEL_TIMESTAMP);
PLAIN(cel_duration, CEL_DURATION);
PLAIN(cel_period, CEL_PERIOD);
PLAIN(cel_type_type, CEL_TYPE);
const cel_type cel_a = {.kind = CEL_PARAM, .name = {"A", 1}, .variable = 0};
const cel_type cel_b = {.kind = CEL_PARAM, .name = {"B", 1}, .variable = 1};

#define COMPOUND1(id, k, p)                              \
    static const cel_type *const id##_params[] = {&(p)}; \
    const cel_type id = {.kind = (k), .param_count = 1, .params = id##_params}
#define COMPOUND2(id, k, p, q)                                 \
    static const cel_type *const id##_params[] = {&(p), &(q)}; \
    const cel_type id = {.kind = (k), .param_count = 2, .params = id##_params}
COMPOUND1(cel_list, CEL_LIST, cel_dyn);
COMPOUND2(cel_map, CEL_MAP, cel_dyn, cel_dyn);
COMPOUND1(cel_optional, CEL_OPTIONAL, cel_dyn);
COMPOUND1(cel_list_a, CEL_LIST, cel_a);
COMPOUND1(cel_list_b, CEL_LIST, cel_b);
COMPOUND2(cel_map_ab, CEL_MAP, cel_a, cel_b);
COMPOUND1(cel_optional_a, CEL_OPTIONAL, cel_a);
COMPOUND1(cel_optional_b, CEL_OPTIONAL, cel_b);
COMPOUND1(cel_type_a, CEL_TYPE, cel_a);
COMPOUND1(cel_list_list_a, CEL_LIST, cel_list_a);
COMPOUND1(cel_optional_list_a, CEL_OPTIONAL, cel_list_a);
COMPOUND1(cel_optional_map_ab, CEL_OPTIONAL, cel_map_ab);
COMPOUND1(cel_list_string, CEL_LIST, cel_string);
COMPOUND1(cel_list_int, CEL_LIST, cel_int);
COMPOUND1(cel_list_uint, CEL_LIST, cel_uint);
COMPOUND1(cel_list_double, CEL_LIST, cel_double);
COMPOUND1(cel_list_bool, CEL_LIST, cel_bool);
COMPOUND1(cel_list_date, CEL_LIST, cel_date);
COMPOUND2(cel_map_string_dyn, CEL_MAP, cel_string, cel_dyn);
COMPOUND1(cel_optional_string, CEL_OPTIONAL, cel_string);
COMPOUND1(cel_optional_list_string, CEL_OPTIONAL, cel_list_string);

void cel_object_init(cel_object *object, og_str name, og_str doc, const cel_field *fields,
                     uint32_t field_count)
{
    *object = (cel_object){
        .name = name, .doc = doc, .field_count = field_count, .fields = fields};
    object->type = (cel_type){.kind = CEL_OBJECT, .name = name, .object = object};
}

int cel_object_slot(const cel_object *object, og_str field)
{
    for (uint32_t i = 0; i < object->field_count; i++)
        if (og_str_eq(object->fields[i].name, field))
            return (int)i;
    return -1;
}

/* ---- Makers ---- */

static const cel_type *compound(og_arena *a, cel_type_kind kind, const cel_type *p,
                                const cel_type *q)
{
    uint32_t count = q ? 2 : 1;
    cel_type *t = OG_NEW(a, cel_type);
    const cel_type **params = OG_ARRAY(a, count, const cel_type *);
    if (!t || !params || !p)
        return NULL;
    params[0] = p;
    if (q)
        params[1] = q;
    *t = (cel_type){.kind = (uint8_t)kind, .param_count = count, .params = params};
    return t;
}

const cel_type *cel_type_list_of(og_arena *a, const cel_type *element)
{
    return compound(a, CEL_LIST, element, NULL);
}

const cel_type *cel_type_map_of(og_arena *a, const cel_type *key, const cel_type *value)
{
    return key && value ? compound(a, CEL_MAP, key, value) : NULL;
}

const cel_type *cel_type_optional_of(og_arena *a, const cel_type *inner)
{
    return compound(a, CEL_OPTIONAL, inner, NULL);
}

const cel_type *cel_type_type_of(og_arena *a, const cel_type *named)
{
    return compound(a, CEL_TYPE, named, NULL);
}

const cel_type *cel_type_enum_of(og_arena *a, og_str name, const og_str *words,
                                 uint32_t count)
{
    cel_type *t = OG_NEW(a, cel_type);
    if (t)
        *t = (cel_type){
            .kind = CEL_ENUM, .name = name, .words = words, .word_count = count};
    return t;
}

const cel_type *cel_type_opaque_of(og_arena *a, og_str name,
                                   const cel_type *const *params, uint32_t count)
{
    cel_type *t = OG_NEW(a, cel_type);
    if (t)
        *t = (cel_type){
            .kind = CEL_OPAQUE, .name = name, .params = params, .param_count = count};
    return t;
}

/* ---- Equality and text ---- */

static bool same_words(const cel_type *a, const cel_type *b)
{
    if (a->word_count != b->word_count)
        return false;
    for (uint32_t i = 0; i < a->word_count; i++)
        if (!og_str_eq(a->words[i], b->words[i]))
            return false;
    return true;
}

bool cel_type_equal(const cel_type *a, const cel_type *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->param_count != b->param_count)
        return false;
    if (a->kind == CEL_OBJECT)
        return a->object == b->object;
    if (a->kind == CEL_ENUM)
        return same_words(a, b);
    if (a->kind == CEL_VARIABLE)
        return a->variable == b->variable;
    if ((a->kind == CEL_OPAQUE || a->kind == CEL_PARAM) && !og_str_eq(a->name, b->name))
        return false;
    for (uint32_t i = 0; i < a->param_count; i++)
        if (!cel_type_equal(a->params[i], b->params[i]))
            return false;
    return true;
}

static void show_params(const cel_type *t, og_buf *out)
{
    if (t->param_count == 0)
        return;
    og_buf_putc(out, '(');
    for (uint32_t i = 0; i < t->param_count; i++) {
        if (i > 0)
            og_buf_puts(out, ", ");
        cel_type_show(t->params[i], out);
    }
    og_buf_putc(out, ')');
}

static void show_words(const cel_type *t, og_buf *out)
{
    og_buf_put(out, t->name.n > 0 ? t->name : OG_STR("enum"));
    og_buf_puts(out, " (");
    for (uint32_t i = 0; i < t->word_count; i++) {
        if (i > 0)
            og_buf_puts(out, " | ");
        og_buf_put(out, t->words[i]);
    }
    og_buf_putc(out, ')');
}

void cel_type_show(const cel_type *t, og_buf *out)
{
    if (t->kind == CEL_ENUM) {
        show_words(t, out);
        return;
    }
    if (t->kind == CEL_OBJECT || t->kind == CEL_OPAQUE || t->kind == CEL_PARAM)
        og_buf_put(out, t->kind == CEL_OBJECT ? t->object->name : t->name);
    else
        og_buf_puts(out, kind_names[t->kind]);
    show_params(t, out);
}

og_str cel_type_text(const cel_type *t, og_arena *a)
{
    og_buf b = {0};
    cel_type_show(t, &b);
    og_str s = {0};
    if (b.failed == 0)
        s = og_arena_str(a, og_buf_str(&b));
    og_buf_done(&b);
    return s;
}

/* ---- Values ---- */

/* What a value of each kind is a value of; NULL where the kind alone does not say. */
const cel_type *cel_type_of_kind(og_kind kind)
{
    switch (kind) {
    case OG_NULL:
        return &cel_null;
    case OG_BOOL:
        return &cel_bool;
    case OG_INT:
        return &cel_int;
    case OG_UINT:
        return &cel_uint;
    case OG_DOUBLE:
        return &cel_double;
    case OG_STRING:
        return &cel_string;
    case OG_BYTES:
        return &cel_bytes;
    case OG_DATE:
        return &cel_date;
    case OG_TIMESTAMP:
        return &cel_timestamp;
    case OG_DURATION:
        return &cel_duration;
    case OG_PERIOD:
        return &cel_period;
    case OG_LIST:
        return &cel_list;
    case OG_MAP:
        return &cel_map;
    case OG_TYPE:
        return &cel_type_type;
    case OG_OPTIONAL:
        return &cel_optional;
    default:
        return NULL;
    }
}

bool cel_type_takes(const cel_type *t, og_value v)
{
    switch ((cel_type_kind)t->kind) {
    case CEL_ANY:
    case CEL_PARAM:
    case CEL_VARIABLE:
    case CEL_BROKEN:
        return v.kind != OG_ABSENT && v.kind != OG_UNKNOWN && v.kind != OG_ERROR;
    case CEL_ENUM:
        return v.kind == OG_STRING;
    case CEL_OBJECT:
        return v.kind == OG_OBJECT &&
               og_str_eq(v.as.object->shape->name, t->object->name);
    case CEL_OPAQUE:
        return v.kind == OG_OPAQUE && og_str_is(t->name, v.as.opaque->class->type_name);
    default: {
        const cel_type *of = cel_type_of_kind((og_kind)v.kind);
        return of && of->kind == t->kind;
    }
    }
}

static bool object_contains(const cel_object *type, const og_object *o)
{
    if (type->field_count != o->shape->count)
        return false;
    for (uint32_t i = 0; i < type->field_count; i++) {
        og_value v = o->fields[i];
        if (v.kind == OG_ABSENT ? !type->fields[i].optional && i > 0
                                : !cel_type_takes(type->fields[i].type, v))
            return false;
    }
    return true;
}

static bool enum_contains(const cel_type *t, og_str word)
{
    for (uint32_t i = 0; i < t->word_count; i++)
        if (og_str_eq(t->words[i], word))
            return true;
    return false;
}

bool cel_type_contains(const cel_type *t, og_value v)
{
    if (!cel_type_takes(t, v))
        return false;
    if (t->kind == CEL_OBJECT)
        return object_contains(t->object, v.as.object);
    if (t->kind == CEL_ENUM)
        return enum_contains(t, og_text(v));
    if (t->kind == CEL_OPTIONAL)
        return !v.as.inner || cel_type_contains(t->params[0], *v.as.inner);
    if (t->kind == CEL_LIST) {
        for (size_t i = 0; i < v.as.list->count; i++)
            if (!cel_type_contains(t->params[0], v.as.list->items[i]))
                return false;
    }
    if (t->kind == CEL_MAP) {
        for (size_t i = 0; i < v.as.map->count; i++)
            if (!cel_type_contains(t->params[0], v.as.map->keys[i]) ||
                !cel_type_contains(t->params[1], v.as.map->values[i]))
                return false;
    }
    return true;
}

/* ---- Names, as type(x) and conditions write them ---- */

static const struct {
    const char *name;
    const cel_type *type;
} type_names[] = {
    {"bool", &cel_bool},
    {"int", &cel_int},
    {"uint", &cel_uint},
    {"double", &cel_double},
    {"string", &cel_string},
    {"bytes", &cel_bytes},
    {"null_type", &cel_null},
    {"list", &cel_list},
    {"map", &cel_map},
    {"type", &cel_type_type},
    {"optional_type", &cel_optional},
    {"google.protobuf.Timestamp", &cel_timestamp},
    {"google.protobuf.Duration", &cel_duration},
    {"date", &cel_date},
    {"period", &cel_period},
    {"net.IP", &cel_net_ip},
    {"net.CIDR", &cel_net_cidr},
};

og_str cel_type_name(const cel_type *t)
{
    if (t->kind == CEL_OBJECT)
        return t->object->name;
    if (t->kind == CEL_OPAQUE || t->kind == CEL_PARAM)
        return t->name;
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        if (type_names[i].type->kind == t->kind)
            return og_str_from(type_names[i].name);
    return og_str_from(kind_names[t->kind]);
}

const cel_type *cel_type_by_name(og_str name)
{
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        if (og_str_is(name, type_names[i].name))
            return type_names[i].type;
    return NULL;
}
