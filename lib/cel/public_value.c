/* Values in: every maker gives a value, and one that cannot be made is an error value. */
#include <stdarg.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cel/public.h"
#include "cel/std.h"

#define NANOS_PER_SECOND 1000000000
#define COPY_DEPTH 500

/* ---- Errors that need no memory ---- */

static const og_fault no_memory = {.message = {"out of memory", 13}};
static const og_fault not_utf8 = {.message = {"text is not valid UTF-8", 23}};
static const og_fault too_long = {.message = {"text is 4 GiB or longer", 23}};
static const og_fault bad_timestamp = {
    .message = {"timestamp out of range: years 1 to 9999", 39}};
static const og_fault bad_duration = {
    .message = {"duration out of range: 64 bits of nanoseconds", 45}};
static const og_fault bad_date = {.message = {"there is no such date", 21}};
static const og_fault absent_item = {
    .message = {"an element of a list or map is absent", 37}};
static const og_fault repeated_key = {.message = {"repeated map key", 16}};
static const og_fault bad_key = {
    .message = {"a map key is a bool, int, uint or string", 40}};
static const og_fault wrong_count = {
    .message = {"a record has another number of fields than its type", 51}};
static const og_fault too_deep = {
    .message = {"the value is nested too deep to copy", 36}};

static og_value fault(const og_fault *f)
{
    og_value v = {.kind = OG_ERROR};
    v.as.fault = f;
    return v;
}

og_value cel_public_no_memory(void)
{
    return fault(&no_memory);
}

bool cel_public_is_no_memory(og_value v)
{
    return v.kind == OG_ERROR && v.as.fault == &no_memory;
}

opsgate_cel_value opsgate_cel_error(opsgate_cel_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    og_str message = og_arena_vprintf(cel_public_arena(arena), format, args);
    va_end(args);
    if (!message.p)
        return cel_public_out(cel_public_no_memory());
    if (og_utf8_invalid(message) < message.n)
        return cel_public_out(fault(&not_utf8));
    og_fault *f = OG_NEW(cel_public_arena(arena), og_fault);
    if (!f)
        return cel_public_out(cel_public_no_memory());
    f->message = message;
    return cel_public_out(fault(f));
}

/* ---- Scalars ---- */

opsgate_cel_value opsgate_cel_null(void)
{
    return cel_public_out(og_null());
}

opsgate_cel_value opsgate_cel_bool(bool b)
{
    return cel_public_out(og_bool(b));
}

opsgate_cel_value opsgate_cel_int(int64_t i)
{
    return cel_public_out(og_int(i));
}

opsgate_cel_value opsgate_cel_uint(uint64_t u)
{
    return cel_public_out(og_uint(u));
}

opsgate_cel_value opsgate_cel_double(double d)
{
    return cel_public_out(og_double(d));
}

opsgate_cel_value opsgate_cel_timestamp(int64_t seconds, int32_t nanos)
{
    bool good = seconds >= OG_INSTANT_MIN && seconds <= OG_INSTANT_MAX && nanos >= 0 &&
                nanos < NANOS_PER_SECOND;
    return cel_public_out(good ? og_timestamp((og_instant){seconds, nanos})
                               : fault(&bad_timestamp));
}

opsgate_cel_value opsgate_cel_duration(int64_t seconds, int32_t nanos)
{
    int64_t total;
    bool one_sign = (seconds >= 0 && nanos >= 0) || (seconds <= 0 && nanos <= 0);
    bool good = one_sign && nanos < NANOS_PER_SECOND && nanos > -NANOS_PER_SECOND &&
                cel_duration_nanos(og_duration(seconds, nanos), &total);
    return cel_public_out(good ? og_duration(seconds, nanos) : fault(&bad_duration));
}

opsgate_cel_value opsgate_cel_date(int year, int month, int day)
{
    return cel_public_out(og_date_valid(year, month, day)
                              ? og_date_value(og_date_from(year, month, day))
                              : fault(&bad_date));
}

/* ---- Text ---- */

/* The text as a value, borrowed; an error where it cannot be one. */
static og_value borrowed(og_str s)
{
    if (s.n >= UINT32_MAX)
        return fault(&too_long);
    return og_utf8_invalid(s) < s.n ? fault(&not_utf8) : og_string(s);
}

opsgate_cel_value opsgate_cel_string_borrowed(const char *text, size_t length)
{
    return cel_public_out(borrowed((og_str){text, length}));
}

opsgate_cel_value opsgate_cel_string_n(opsgate_cel_arena *arena, const char *text,
                                       size_t length)
{
    og_value v = borrowed((og_str){text, length});
    if (v.kind != OG_STRING)
        return cel_public_out(v);
    og_str copy = og_arena_str(cel_public_arena(arena), (og_str){text, length});
    return cel_public_made(copy.p ? og_string(copy) : og_absent());
}

opsgate_cel_value opsgate_cel_string(opsgate_cel_arena *arena, const char *text)
{
    return text ? opsgate_cel_string_n(arena, text, strlen(text))
                : cel_public_out(og_absent());
}

opsgate_cel_value opsgate_cel_bytes(opsgate_cel_arena *arena, const void *bytes,
                                    size_t length)
{
    if (length >= UINT32_MAX)
        return cel_public_out(fault(&too_long));
    og_str copy = og_arena_str(cel_public_arena(arena), (og_str){bytes, length});
    return cel_public_made(copy.p ? og_bytes(copy) : og_absent());
}

/* ---- Compounds ---- */

/* The items inside; or, in *ret_stop, the first that cannot be inside of anything. */
static og_value *take_items(og_arena *a, const opsgate_cel_value *items, size_t count,
                            og_value *ret_stop)
{
    og_value *inner = OG_ARRAY(a, count, og_value);
    *ret_stop = inner ? og_null() : cel_public_no_memory();
    for (size_t i = 0; inner && i < count; i++) {
        inner[i] = cel_public_in(items[i]);
        if (inner[i].kind == OG_ABSENT)
            *ret_stop = fault(&absent_item);
        else if (inner[i].kind == OG_ERROR || inner[i].kind == OG_UNKNOWN)
            *ret_stop = inner[i];
        if (ret_stop->kind != OG_NULL)
            return NULL;
    }
    return inner;
}

opsgate_cel_value opsgate_cel_list(opsgate_cel_arena *arena,
                                   const opsgate_cel_value *items, size_t count)
{
    og_arena *a = cel_public_arena(arena);
    og_value stop;
    og_value *inner = take_items(a, items, count, &stop);
    if (!inner)
        return cel_public_out(stop);
    og_list *list = OG_NEW(a, og_list);
    if (!list)
        return cel_public_out(cel_public_no_memory());
    *list = (og_list){.count = count, .items = inner};
    return cel_public_out(og_list_value(list));
}

static og_value make_map(og_arena *a, const og_value *keys, const og_value *values,
                         size_t count)
{
    og_value v;
    int rc = og_map_make(a, keys, values, count, &v, NULL);
    if (rc == OG_OK)
        return v;
    return fault(rc == OG_E_NOMEM ? &no_memory
                                  : (rc == OG_E_CONFLICT ? &repeated_key : &bad_key));
}

opsgate_cel_value opsgate_cel_map(opsgate_cel_arena *arena, const opsgate_cel_value *keys,
                                  const opsgate_cel_value *values, size_t count)
{
    og_arena *a = cel_public_arena(arena);
    og_value stop;
    og_value *inner_keys = take_items(a, keys, count, &stop);
    og_value *inner_values = inner_keys ? take_items(a, values, count, &stop) : NULL;
    return cel_public_out(inner_values ? make_map(a, inner_keys, inner_values, count)
                                       : stop);
}

/* Whether the field may have this value; else why not, in *ret_why. */
static bool field_takes(og_arena *a, const opsgate_cel_record *type,
                        const cel_field *field, og_value v, og_value *ret_why)
{
    if (v.kind == OG_ABSENT ? field->optional : cel_type_takes(field->type, v))
        return true;
    *ret_why = v;
    if (v.kind == OG_UNKNOWN || v.kind == OG_ERROR)
        return false;
    *ret_why =
        cel_fault(a, "the field '%.*s' of a %.*s is %s, not of type %.*s",
                  OG_FMT(field->name), OG_FMT(type->object.name),
                  og_kind_name((og_kind)v.kind), OG_FMT(cel_type_text(field->type, a)));
    return false;
}

opsgate_cel_value opsgate_cel_make_record(opsgate_cel_arena *arena,
                                          const opsgate_cel_record *type,
                                          const opsgate_cel_value *fields, size_t count)
{
    og_arena *a = cel_public_arena(arena);
    if (!type || count + CEL_PUBLIC_FIRST_FIELD != type->shape.count)
        return cel_public_out(fault(&wrong_count));
    og_value *inner = OG_ARRAY(a, type->shape.count, og_value);
    og_object *object = OG_NEW(a, og_object);
    if (!inner || !object)
        return cel_public_out(cel_public_no_memory());
    for (uint32_t i = CEL_PUBLIC_FIRST_FIELD; i < type->shape.count; i++) {
        og_value why;
        inner[i] = cel_public_in(fields[i - CEL_PUBLIC_FIRST_FIELD]);
        if (!field_takes(a, type, &type->object.fields[i], inner[i], &why))
            return cel_public_made(why);
    }
    *object = (og_object){&type->shape, inner};
    return cel_public_out(og_object_value(object));
}

opsgate_cel_value opsgate_cel_optional(opsgate_cel_arena *arena, opsgate_cel_value value)
{
    og_value content = cel_public_in(value), v = {.kind = OG_OPTIONAL};
    if (content.kind == OG_ERROR || content.kind == OG_UNKNOWN)
        return value;
    if (content.kind != OG_ABSENT) {
        og_value *inner = OG_NEW(cel_public_arena(arena), og_value);
        if (!inner)
            return cel_public_out(cel_public_no_memory());
        *inner = content;
        v.as.inner = inner;
    }
    return cel_public_out(v);
}

opsgate_cel_value opsgate_cel_unknown(opsgate_cel_arena *arena, const char *attribute)
{
    og_str name = og_str_from(attribute);
    if (og_utf8_invalid(name) < name.n)
        return cel_public_out(fault(&not_utf8));
    return cel_public_made(og_unknown_make(cel_public_arena(arena), name));
}

/* ---- Copies ---- */

static og_value copy(og_arena *a, og_value v, unsigned depth);

/* NULL: no memory. *ret_good becomes false where an item could not be copied. */
static og_value *copy_items(og_arena *a, const og_value *items, size_t count,
                            unsigned depth, og_value *ret_stop)
{
    og_value *copies = OG_ARRAY(a, count, og_value);
    *ret_stop = copies ? og_null() : og_absent();
    for (size_t i = 0; copies && i < count; i++) {
        copies[i] = items[i].kind == OG_ABSENT ? items[i] : copy(a, items[i], depth);
        bool failed = copies[i].kind == OG_ABSENT && items[i].kind != OG_ABSENT;
        if (failed || (copies[i].kind == OG_ERROR && copies[i].as.fault == &too_deep)) {
            *ret_stop = copies[i];
            return NULL;
        }
    }
    return copies;
}

static og_value copy_list(og_arena *a, const og_list *from, unsigned depth)
{
    og_value stop;
    og_value *items = copy_items(a, from->items, from->count, depth, &stop);
    og_list *list = items ? OG_NEW(a, og_list) : NULL;
    if (!list)
        return items ? og_absent() : stop;
    *list = (og_list){.count = from->count, .items = items, .origin = from->origin};
    return og_list_value(list);
}

static og_value copy_map(og_arena *a, const og_vmap *from, unsigned depth)
{
    og_value stop, v;
    og_value *keys = copy_items(a, from->keys, from->count, depth, &stop);
    og_value *values =
        keys ? copy_items(a, from->values, from->count, depth, &stop) : NULL;
    if (!values)
        return stop;
    return og_map_make(a, keys, values, from->count, &v, NULL) == OG_OK ? v : og_absent();
}

static og_value copy_object(og_arena *a, const og_object *from, unsigned depth)
{
    og_value stop;
    og_value *fields = copy_items(a, from->fields, from->shape->count, depth, &stop);
    og_object *object = fields ? OG_NEW(a, og_object) : NULL;
    if (!object)
        return fields ? og_absent() : stop;
    *object = (og_object){from->shape, fields};
    return og_object_value(object);
}

static og_value copy_optional(og_arena *a, og_value v, unsigned depth)
{
    og_value stop;
    og_value *inner = copy_items(a, v.as.inner, 1, depth, &stop);
    if (!inner)
        return stop;
    v.as.inner = inner;
    return v;
}

static og_value copy(og_arena *a, og_value v, unsigned depth)
{
    og_value plain;
    if (depth == COPY_DEPTH)
        return fault(&too_deep);
    switch ((og_kind)v.kind) {
    case OG_LIST:
        return copy_list(a, v.as.list, depth + 1);
    case OG_MAP:
        return copy_map(a, v.as.map, depth + 1);
    case OG_OBJECT:
        return copy_object(a, v.as.object, depth + 1);
    case OG_OPTIONAL:
        return v.as.inner ? copy_optional(a, v, depth + 1) : v;
    default:
        return og_value_copy(a, v, &plain) == OG_OK ? plain : og_absent();
    }
}

og_value cel_public_copy(og_arena *arena, og_value v)
{
    return copy(arena, v, 0);
}

opsgate_cel_value opsgate_cel_copy(opsgate_cel_arena *arena, opsgate_cel_value value)
{
    og_value v = cel_public_in(value);
    if (v.kind == OG_ABSENT || cel_public_is_no_memory(v))
        return value;
    return cel_public_made(cel_public_copy(cel_public_arena(arena), v));
}

/* ---- Arenas ---- */

opsgate_cel_arena *opsgate_cel_arena_new(size_t limit)
{
    og_arena *arena = og_alloc(sizeof *arena);
    if (arena)
        og_arena_init(arena, limit);
    return (opsgate_cel_arena *)(void *)arena;
}

void opsgate_cel_arena_reset(opsgate_cel_arena *arena)
{
    og_arena_reset(cel_public_arena(arena));
}

void opsgate_cel_arena_free(opsgate_cel_arena *arena)
{
    if (!arena)
        return;
    og_arena_done(cel_public_arena(arena));
    og_free(arena);
}
