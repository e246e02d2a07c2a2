/* Types of the Common Expression Language, and this program's own: date, period, enums
 * with a closed list of words, records (objects).
 *
 * A type is immutable. The plain ones and the common compounds are static; others live in
 * the arena given to their maker and borrow their parts. Two types are the same when
 * cel_type_equal says so, with one exception: a type as a value (OG_TYPE) is canonical,
 * see cel_type_of_kind. */
#ifndef OG_CEL_TYPE_H
#define OG_CEL_TYPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "value/value.h"

typedef enum cel_type_kind { /* ORDER: kind names in type.c */
    CEL_ANY,                 /* dyn: known only at run time */
    CEL_NULL,
    CEL_BOOL,
    CEL_INT,
    CEL_UINT,
    CEL_DOUBLE,
    CEL_STRING,
    CEL_BYTES,
    CEL_DATE,
    CEL_TIMESTAMP,
    CEL_DURATION,
    CEL_PERIOD,
    CEL_ENUM,     /* at run time a string; goes where a string is wanted */
    CEL_LIST,     /* params: element */
    CEL_MAP,      /* params: key, value */
    CEL_OBJECT,   /* a record */
    CEL_TYPE,     /* params: the type it names; none: any type */
    CEL_OPTIONAL, /* params: what it holds */
    CEL_OPAQUE,   /* an extension's own, by name; any number of params */
    CEL_PARAM,    /* a type parameter of an overload: A, B, … */
    CEL_VARIABLE, /* inside the checker: not known yet */
    CEL_BROKEN,   /* inside the checker: an error was reported here, report no more */
    CEL_TYPE_KIND_COUNT
} cel_type_kind;

struct cel_object;

typedef struct cel_type {
    uint8_t kind; /* cel_type_kind */
    uint32_t param_count;
    const struct cel_type *const *params; /* [param_count] */
    og_str name;         /* ENUM: shown in messages, may be empty; OPAQUE, PARAM */
    const og_str *words; /* ENUM: [word_count] */
    uint32_t word_count;
    uint32_t variable;               /* VARIABLE: its number */
    const struct cel_object *object; /* OBJECT */
} cel_type;

/* One field of a record. Its index is its slot in og_object, so field 0 is "id". */
typedef struct cel_field {
    og_str name;
    const cel_type *type;
    bool optional; /* may be OG_ABSENT: reading it then is unknown; has() says */
    og_str doc;    /* one line, for messages; may be empty */
} cel_field;

/* A record type. Made by the caller, borrowed for as long as an environment or program
 * that uses it lives; may refer to itself and to others. `type` is its one cel_type: kind
 * CEL_OBJECT, .object pointing back here (cel_object_init sets it). */
typedef struct cel_object {
    og_str name; /* the kind's name: "testing_issue"; equals og_shape.name at run time */
    og_str doc;
    uint32_t field_count;
    const cel_field *fields; /* [field_count] */
    cel_type type;
} cel_object;

void cel_object_init(cel_object *object, og_str name, og_str doc, const cel_field *fields,
                     uint32_t field_count);
/* Slot, or -1. */
int cel_object_slot(const cel_object *object, og_str field);

/* Plain types. */
extern const cel_type cel_dyn, cel_null, cel_bool, cel_int, cel_uint, cel_double,
    cel_string, cel_bytes, cel_date, cel_timestamp, cel_duration, cel_period;
/* list(dyn), map(dyn, dyn), type, optional(dyn): also the canonical list, map, type,
 * optional_type of type values. */
extern const cel_type cel_list, cel_map, cel_type_type, cel_optional;
/* Of the network extension: addresses and ranges (std_network.c). */
extern const cel_type cel_net_ip, cel_net_cidr;
/* Type parameters, and compounds of them, for overload tables. */
extern const cel_type cel_a, cel_b, cel_list_a, cel_list_b, cel_map_ab, cel_optional_a,
    cel_optional_b, cel_type_a, cel_list_list_a;
/* Optionals of containers, for indexing through an optional. */
extern const cel_type cel_optional_list_a, cel_optional_map_ab;
/* Compounds of plain types. */
extern const cel_type cel_list_string, cel_list_int, cel_list_uint, cel_list_double,
    cel_list_bool, cel_list_date, cel_map_string_dyn, cel_optional_string,
    cel_optional_list_string;

/* Makers; NULL when there is no memory. Parts are borrowed. */
const cel_type *cel_type_list_of(og_arena *a, const cel_type *element);
const cel_type *cel_type_map_of(og_arena *a, const cel_type *key, const cel_type *value);
const cel_type *cel_type_optional_of(og_arena *a, const cel_type *inner);
const cel_type *cel_type_type_of(og_arena *a, const cel_type *named);
/* name for messages, e.g. "testing_issue.state"; words are borrowed. */
const cel_type *cel_type_enum_of(og_arena *a, og_str name, const og_str *words,
                                 uint32_t count);
const cel_type *cel_type_opaque_of(og_arena *a, og_str name,
                                   const cel_type *const *params, uint32_t count);

/* Structural; enums by words, objects by identity, opaque by name and parameters. */
bool cel_type_equal(const cel_type *a, const cel_type *b);
/* "int", "list(string)", "testing_issue", "state (open | fixed | closed)"; sticky buffer.
 */
void cel_type_show(const cel_type *t, og_buf *out);
/* The same, in an arena; empty when there is no memory. */
og_str cel_type_text(const cel_type *t, og_arena *a);

/* Run time: may this value stand where `t` is declared? Looks at the outermost kind only
 * (and at the name of objects and opaque values); PARAM and ANY take everything. */
bool cel_type_takes(const cel_type *t, og_value v);
/* The whole value, elements included: for tests and declared variables. */
bool cel_type_contains(const cel_type *t, og_value v);

/* Type values are canonical: equal types are one pointer, so that comparing pointers is
 * enough. This gives the canonical type of a value of any kind that is not an object or
 * opaque: &cel_int, &cel_list, … NULL for OG_ABSENT, OG_UNKNOWN, OG_ERROR, OG_OBJECT,
 * OG_OPAQUE. */
const cel_type *cel_type_of_kind(og_kind kind);
/* A type as a value. t must be canonical. */
static inline og_value cel_type_value(const cel_type *t)
{
    og_value v = {.kind = OG_TYPE};
    v.as.type = t;
    return v;
}
/* The name CEL gives it: "int", "list", "google.protobuf.Timestamp", "net.IP",
 * "null_type". */
og_str cel_type_name(const cel_type *t);
/* The canonical type behind a name as CEL writes it ("int", "google.protobuf.Duration",
 * "optional_type"), or NULL. */
const cel_type *cel_type_by_name(og_str name);

#endif
