/* Values out: what they hold, each reader harmless on a value of another kind. */
#include <stdio.h>

#include "base/utf8.h"
#include "cel/public.h"

static const struct {
    uint8_t kind; /* opsgate_cel_kind */
    const char *name;
} kinds[] = {
    /* ORDER: og_kind */
    {OPSGATE_CEL_ABSENT, "absent"},     {OPSGATE_CEL_NULL, "null"},
    {OPSGATE_CEL_BOOL, "bool"},         {OPSGATE_CEL_INT, "int"},
    {OPSGATE_CEL_UINT, "uint"},         {OPSGATE_CEL_DOUBLE, "double"},
    {OPSGATE_CEL_STRING, "string"},     {OPSGATE_CEL_BYTES, "bytes"},
    {OPSGATE_CEL_DATE, "date"},         {OPSGATE_CEL_TIMESTAMP, "timestamp"},
    {OPSGATE_CEL_DURATION, "duration"}, {OPSGATE_CEL_OTHER, "other"},
    {OPSGATE_CEL_LIST, "list"},         {OPSGATE_CEL_MAP, "map"},
    {OPSGATE_CEL_RECORD, "record"},     {OPSGATE_CEL_TYPE, "type"},
    {OPSGATE_CEL_OPTIONAL, "optional"}, {OPSGATE_CEL_OTHER, "other"},
    {OPSGATE_CEL_UNKNOWN, "unknown"},   {OPSGATE_CEL_ERROR, "error"},
};
_Static_assert(sizeof kinds / sizeof *kinds == OG_KIND_COUNT, "ORDER");

opsgate_cel_kind opsgate_cel_kind_of(opsgate_cel_value v)
{
    return (opsgate_cel_kind)kinds[cel_public_in(v).kind].kind;
}

const char *opsgate_cel_kind_name(opsgate_cel_kind kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind == kind)
            return kinds[i].name;
    return "no kind";
}

/* ---- Scalars ---- */

bool opsgate_cel_as_bool(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    return in.kind == OG_BOOL && in.as.b;
}

int64_t opsgate_cel_as_int(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    return in.kind == OG_INT ? in.as.i : 0;
}

uint64_t opsgate_cel_as_uint(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    return in.kind == OG_UINT ? in.as.u : 0;
}

double opsgate_cel_as_double(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    return in.kind == OG_DOUBLE ? in.as.d : 0;
}

opsgate_cel_text opsgate_cel_as_text(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    if (in.kind == OG_TYPE)
        return cel_public_text(cel_type_name(in.as.type));
    bool text = in.kind == OG_STRING || in.kind == OG_BYTES;
    return cel_public_text(text ? og_text(in) : OG_STR(""));
}

static bool is_time(og_value v)
{
    return v.kind == OG_TIMESTAMP || v.kind == OG_DURATION;
}

int64_t opsgate_cel_seconds(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    return is_time(in) ? in.as.i : 0;
}

int32_t opsgate_cel_nanos(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    return is_time(in) ? in.aux.nanos : 0;
}

bool opsgate_cel_as_date(opsgate_cel_value v, int *ret_year, int *ret_month, int *ret_day)
{
    og_value in = cel_public_in(v);
    if (in.kind == OG_DATE)
        og_date_split((og_date)in.as.i, ret_year, ret_month, ret_day);
    return in.kind == OG_DATE;
}

/* ---- Compounds ---- */

/* The items that opsgate_cel_at counts. */
static const og_value *items_of(og_value v, size_t *ret_count)
{
    *ret_count = 0;
    switch ((og_kind)v.kind) {
    case OG_LIST:
        *ret_count = v.as.list->count;
        return v.as.list->items;
    case OG_MAP:
        *ret_count = v.as.map->count;
        return v.as.map->values;
    case OG_OBJECT:
        *ret_count = v.as.object->shape->count - CEL_PUBLIC_FIRST_FIELD;
        return v.as.object->fields + CEL_PUBLIC_FIRST_FIELD;
    case OG_OPTIONAL:
        *ret_count = v.as.inner ? 1 : 0;
        return v.as.inner;
    default:
        return NULL;
    }
}

size_t opsgate_cel_size(opsgate_cel_value v)
{
    size_t count;
    og_value in = cel_public_in(v);
    items_of(in, &count);
    return in.kind == OG_UNKNOWN ? in.as.unknown->count : count;
}

opsgate_cel_value opsgate_cel_at(opsgate_cel_value v, size_t i)
{
    size_t count;
    const og_value *items = items_of(cel_public_in(v), &count);
    return cel_public_out(i < count ? items[i] : og_absent());
}

opsgate_cel_value opsgate_cel_key_at(opsgate_cel_value v, size_t i)
{
    og_value in = cel_public_in(v);
    og_value key = og_absent();
    if (in.kind == OG_MAP && i < in.as.map->count)
        key = in.as.map->keys[i];
    if (in.kind == OG_OBJECT && i < opsgate_cel_size(v))
        key = og_string(in.as.object->shape->names[i + CEL_PUBLIC_FIRST_FIELD]);
    return cel_public_out(key);
}

opsgate_cel_value opsgate_cel_get(opsgate_cel_value v, const char *key)
{
    og_value in = cel_public_in(v);
    og_value found = og_absent();
    if (in.kind == OG_MAP)
        found = og_map_find_str(in.as.map, og_str_from(key));
    if (in.kind == OG_OBJECT)
        found = og_object_get(in.as.object, og_str_from(key));
    return cel_public_out(found);
}

opsgate_cel_value opsgate_cel_find(opsgate_cel_value v, opsgate_cel_value key)
{
    og_value in = cel_public_in(v);
    return cel_public_out(in.kind == OG_MAP ? og_map_find(in.as.map, cel_public_in(key))
                                            : og_absent());
}

opsgate_cel_text opsgate_cel_record_type(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    return cel_public_text(in.kind == OG_OBJECT ? in.as.object->shape->name : OG_STR(""));
}

/* ---- Unknowns and errors ---- */

opsgate_cel_text opsgate_cel_missing_at(opsgate_cel_value v, size_t i)
{
    og_value in = cel_public_in(v);
    bool there = in.kind == OG_UNKNOWN && i < in.as.unknown->count;
    return cel_public_text(there ? in.as.unknown->attributes[i] : OG_STR(""));
}

opsgate_cel_text opsgate_cel_error_message(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    return cel_public_text(in.kind == OG_ERROR ? in.as.fault->message : OG_STR(""));
}

size_t opsgate_cel_error_offset(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    return in.kind == OG_ERROR ? in.as.fault->offset : 0;
}

size_t opsgate_cel_error_length(opsgate_cel_value v)
{
    og_value in = cel_public_in(v);
    return in.kind == OG_ERROR ? in.as.fault->length : 0;
}

/* ---- As text ---- */

size_t opsgate_cel_show(opsgate_cel_value v, char *out, size_t size)
{
    og_buf text = {0};
    cel_show_value(cel_public_in(v), 0, &text);
    size_t length = text.failed ? 0 : text.n;
    if (size > 0) {
        size_t keep = og_utf8_cut((og_str){text.p, length}, size - 1).n;
        if (keep > 0)
            memcpy(out, text.p, keep);
        out[keep] = '\0';
    }
    og_buf_done(&text);
    return length;
}
