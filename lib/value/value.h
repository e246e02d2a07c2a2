/* One tagged value for everything the core computes with: JSON's kinds, CEL's int, uint,
 * bytes, timestamp, duration, type and optional, dates and periods, records, and the two
 * that are not data: unknown (evidence that is missing) and error.
 *
 * A value is 16 bytes, passed by value, immutable. What it points to lives in some arena;
 * whoever makes a value says which. Semantics of operators are CEL's and live in lib/cel;
 * here are only structure, order, equality, hashing. */
#ifndef OG_VALUE_VALUE_H
#define OG_VALUE_VALUE_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"

typedef enum og_kind { /* ORDER: kind names in value.c */
    OG_ABSENT = 0,     /* nothing here: an optional field that was not written */
    OG_NULL,
    OG_BOOL,
    OG_INT,
    OG_UINT,
    OG_DOUBLE,
    OG_STRING, /* valid UTF-8 */
    OG_BYTES,
    OG_DATE,
    OG_TIMESTAMP,
    OG_DURATION,
    OG_PERIOD, /* "30 working_days" */
    OG_LIST,
    OG_MAP,
    OG_OBJECT,   /* a record: fields by slot */
    OG_TYPE,     /* a CEL type as a value */
    OG_OPTIONAL, /* CEL optional: empty or a value */
    OG_OPAQUE,   /* a value of an extension, known by its vtable */
    OG_UNKNOWN,
    OG_ERROR,
    OG_KIND_COUNT
} og_kind;

typedef enum og_period_unit { /* ORDER: unit names in value.c */
    OG_WORKING_DAYS,
    OG_DAYS,
    OG_HOURS
} og_period_unit;

typedef struct og_value {
    uint8_t kind; /* og_kind */
    uint8_t unit; /* OG_PERIOD: og_period_unit */
    uint16_t reserved;
    union {
        uint32_t length; /* OG_STRING, OG_BYTES: bytes */
        int32_t nanos;   /* OG_TIMESTAMP: 0…999,999,999; OG_DURATION: sign of seconds */
    } aux;
    union {
        bool b;
        int64_t i; /* OG_INT; OG_TIMESTAMP and OG_DURATION: seconds; OG_DATE: og_date;
                      OG_PERIOD: count */
        uint64_t u;
        double d;
        const char *s;
        const struct og_list *list;
        const struct og_vmap *map;
        const struct og_object *object;
        const void *type;             /* lib/cel's type */
        const struct og_value *inner; /* OG_OPTIONAL: NULL when empty */
        const struct og_opaque *opaque;
        const struct og_unknown *unknown;
        const struct og_fault *fault;
    } as;
} og_value;
static_assert(sizeof(og_value) == 16, "a value is passed in two registers");

/* What a list was made from, for functions of its maker (vanished(testing_issues)): known
 * by the address in `maker`. */
typedef struct og_origin {
    const void *maker;
} og_origin;

typedef struct og_list {
    size_t count;
    const og_value *items;
    const og_origin *origin; /* NULL: just a list; operators never pass it on */
} og_list;

/* Insertion-ordered; keys are bool, int, uint, string (CEL) and unique. */
typedef struct og_vmap {
    size_t count;
    const og_value *keys, *values;
    const uint32_t *index; /* NULL below 9 entries */
    uint32_t index_size; /* a power of two: open addressing, places + 1; 0: the places in
                            order of their keys, because those crowd together */
} og_vmap;

/* The field names of a kind of record. Slot 0 is always "id" (a string). */
typedef struct og_shape {
    og_str name; /* the kind's name */
    uint32_t count;
    const og_str *names; /* [count] */
} og_shape;

typedef struct og_object {
    const og_shape *shape;
    const og_value *fields; /* [shape->count]; OG_ABSENT where nothing was written */
} og_object;

/* A set of attributes that were missing, e.g. "testing_issues", "issue.workaround". */
typedef struct og_unknown {
    size_t count;
    const og_str *attributes; /* sorted, unique */
} og_unknown;

/* A CEL error: a value. */
typedef struct og_fault {
    og_str message;
    uint32_t offset, length; /* code point range in the source; length 0: not known */
} og_fault;

/* A value of an extension (CEL's network types, say). */
typedef struct og_opaque_class {
    const char *type_name; /* as CEL's type() shows it */
    bool (*equal)(const struct og_opaque *a, const struct og_opaque *b);
    uint64_t (*hash)(const struct og_opaque *a);
} og_opaque_class;
typedef struct og_opaque {
    const og_opaque_class *class;
} og_opaque;

/* Makers of the simple kinds. */
static inline og_value og_absent(void)
{
    return (og_value){.kind = OG_ABSENT};
}
static inline og_value og_null(void)
{
    return (og_value){.kind = OG_NULL};
}
static inline og_value og_bool(bool b)
{
    og_value v = {.kind = OG_BOOL};
    v.as.b = b;
    return v;
}
static inline og_value og_int(int64_t i)
{
    og_value v = {.kind = OG_INT};
    v.as.i = i;
    return v;
}
static inline og_value og_uint(uint64_t u)
{
    og_value v = {.kind = OG_UINT};
    v.as.u = u;
    return v;
}
static inline og_value og_double(double d)
{
    og_value v = {.kind = OG_DOUBLE};
    v.as.d = d;
    return v;
}
/* Borrows s; s.n must be below 4 GiB. */
static inline og_value og_string(og_str s)
{
    og_value v = {.kind = OG_STRING};
    v.aux.length = (uint32_t)s.n;
    v.as.s = s.p;
    return v;
}
static inline og_value og_bytes(og_str s)
{
    og_value v = og_string(s);
    v.kind = OG_BYTES;
    return v;
}
static inline og_value og_date_value(og_date d)
{
    og_value v = {.kind = OG_DATE};
    v.as.i = d;
    return v;
}
static inline og_value og_timestamp(og_instant t)
{
    og_value v = {.kind = OG_TIMESTAMP};
    v.aux.nanos = t.nanos;
    v.as.i = t.seconds;
    return v;
}
/* nanos has the sign of seconds (or either when seconds is 0). */
static inline og_value og_duration(int64_t seconds, int32_t nanos)
{
    og_value v = {.kind = OG_DURATION};
    v.aux.nanos = nanos;
    v.as.i = seconds;
    return v;
}
static inline og_value og_period(int64_t count, og_period_unit unit)
{
    og_value v = {.kind = OG_PERIOD};
    v.unit = (uint8_t)unit;
    v.as.i = count;
    return v;
}
static inline og_value og_list_value(const og_list *l)
{
    og_value v = {.kind = OG_LIST};
    v.as.list = l;
    return v;
}
static inline og_value og_map_value(const og_vmap *m)
{
    og_value v = {.kind = OG_MAP};
    v.as.map = m;
    return v;
}
static inline og_value og_object_value(const og_object *o)
{
    og_value v = {.kind = OG_OBJECT};
    v.as.object = o;
    return v;
}

/* The text of a string or bytes. */
static inline og_str og_text(og_value v)
{
    return (og_str){v.as.s, v.aux.length};
}
static inline og_instant og_instant_of(og_value v)
{
    return (og_instant){v.as.i, v.aux.nanos};
}

/* "int", "string", …; static. */
const char *og_kind_name(og_kind kind);
/* "working_days", "days", "hours". */
const char *og_period_unit_name(og_period_unit unit);
/* Exactly `N working_days|days|hours` (one space, N 0 to 100,000 in plain digits); the
 * singular after 1 too. */
bool og_period_parse(og_str s, og_value *ret);

/* A list over a copy of items. OG_E_NOMEM. */
int og_list_make(og_arena *a, const og_value *items, size_t count, og_value *ret);
/* A map over copies; a repeated key is OG_E_CONFLICT (*ret_repeat the index of the later
 * one, when asked; 1 repeats 1u), a key of a kind that cannot be one OG_E_USAGE. */
int og_map_make(og_arena *a, const og_value *keys, const og_value *values, size_t count,
                og_value *ret, size_t *ret_repeat);
/* Unknown over one attribute, and the union of two; {OG_ABSENT} when there is no memory.
 */
og_value og_unknown_make(og_arena *a, og_str attribute);
og_value og_unknown_merge(og_arena *a, og_value x, og_value y);
/* {OG_ABSENT} when there is no memory. */
og_value og_fault_make(og_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The value under key, or OG_ABSENT. int, uint and integral double keys that are equal as
 * numbers find each other (CEL). */
og_value og_map_find(const og_vmap *m, og_value key);
og_value og_map_find_str(const og_vmap *m, og_str key);
/* Slot of a field, or -1. A linear search: resolve once, not per record. */
int og_shape_slot(const og_shape *shape, og_str name);
og_value og_object_get(const og_object *o, og_str name);

/* Deep equality with CEL's cross-type numeric rule (1 == 1u == 1.0; NaN equals
 * nothing); kinds that differ otherwise are unequal. Objects are equal when they are
 * the same record: same shape and same id, or where the shape has no id (names[0] is
 * empty) equal in every field; types when they are the same pointer. Unknown and error
 * must not come here: they equal nothing. */
bool og_value_equal(og_value a, og_value b);
/* A total order for sorting output: by kind, then value; numbers together, NaN first. 0
 * for whatever og_value_equal calls equal; types and opaque values compare by name only.
 * Not CEL's <. */
int og_value_order(og_value a, og_value b);
/* Equal values hash alike. For in-memory tables only. */
uint64_t og_value_hash(og_value v);
/* A deep copy into another arena (objects, types and opaque values are shared, not
 * copied). OG_E_NOMEM. */
int og_value_copy(og_arena *a, og_value v, og_value *ret);

/* Shortest decimal that reads back to the same double ("1", "0.95", "1e+100", "NaN",
 * "Infinity"; laid out as ECMAScript's Number::toString, but "-0" keeps its sign),
 * independent of locale; out[32]. */
void og_double_format(double d, char out[32]);
/* Whether all of s is written as a decimal number: [-+]? ( .9 | 9 | 9. | 9.9 ) and an
 * exponent. The YAML 1.2 core schema's float without its infinities. */
bool og_double_syntax(og_str s);
/* A double from all of s, correctly rounded, independent of locale: og_double_syntax, or
 * "NaN", "Infinity", "-Infinity". False on anything else and beyond the largest double.
 */
bool og_double_parse(og_str s, double *ret);

#endif
