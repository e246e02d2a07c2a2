/* Inside lib/cel: what stands behind the opaque types of opsgate/cel.h, and what its
 * implementation, public_*.c, shares. The library's own code never includes this. */
#ifndef OG_CEL_PUBLIC_H
#define OG_CEL_PUBLIC_H

#include "base/map.h"
#include "cel/cel.h"
#include "opsgate/cel.h"

struct opsgate_cel_env {
    cel_env *env;
    og_map records; /* name → opsgate_cel_record, declared or only mentioned */
    opsgate_cel_status failed;
    og_str failure;           /* what the first declaration that failed says */
    cel_eval_options options; /* limits of evaluation */
    uint32_t max_issues;
    opsgate_cel_zone_offset *zone;
    void *zone_data;
};

/* Slot 0, which opsgate's own records keep for their id, is unused: these records are
 * equal when their fields are. */
#define CEL_PUBLIC_FIRST_FIELD 1u
struct opsgate_cel_record {
    cel_object object;
    og_shape shape;
    bool declared;
};

struct opsgate_cel_program {
    const opsgate_cel_env *env;
    cel_program *program;
    og_arena arena; /* of the type that was wanted */
    og_str type;
};

struct opsgate_cel_activation {
    const opsgate_cel_env *env;
    og_arena inputs, results;
    cel_eval_options options;
    cel_explanation explanation; /* of the last opsgate_cel_explain */
    uint32_t count;
    og_value values[]; /* [count] */
};

/* ---- Values and arenas cross the border unchanged ---- */

_Static_assert(sizeof(opsgate_cel_value) == sizeof(og_value), "the same 16 bytes");

static inline og_value cel_public_in(opsgate_cel_value v)
{
    og_value inner;
    memcpy(&inner, &v, sizeof inner);
    return inner;
}

static inline opsgate_cel_value cel_public_out(og_value v)
{
    opsgate_cel_value outer;
    memcpy(&outer, &v, sizeof outer);
    return outer;
}

static inline opsgate_cel_text cel_public_text(og_str s)
{
    return (opsgate_cel_text){s.p, s.n};
}

/* An opsgate_cel_arena is an og_arena by another name. */
static inline og_arena *cel_public_arena(opsgate_cel_arena *arena)
{
    return (og_arena *)(void *)arena;
}

/* ---- Errors that need no memory ---- */

/* The value for "out of memory", and whether v is it. */
og_value cel_public_no_memory(void);
bool cel_public_is_no_memory(og_value v);
/* v, or "out of memory" where a maker of values gave nothing. */
static inline opsgate_cel_value cel_public_made(og_value v)
{
    return cel_public_out(v.kind == OG_ABSENT ? cel_public_no_memory() : v);
}
/* A deep copy, records too; og_absent() when there is no memory. */
og_value cel_public_copy(og_arena *arena, og_value v);

/* ---- Declarations ---- */

/* Remembers the first failure; returns status. */
opsgate_cel_status cel_public_fail(opsgate_cel_env *env, opsgate_cel_status status,
                                   const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The record type of that name, mentioned from now on; NULL: no memory. */
opsgate_cel_record *cel_public_record(opsgate_cel_env *env, og_str name);
/* Identifiers separated by dots. */
bool cel_public_is_name(og_str name);

/* The name of a type that everybody has: "int", "list", "enum". */
bool cel_public_is_plain(og_str name);

/* Reads types written as text, into an arena. */
typedef struct cel_public_types {
    const opsgate_cel_env *env;
    opsgate_cel_env *mention; /* where unknown names become record types; NULL: nowhere */
    og_arena *arena;
    bool letters; /* A, B, … are type parameters */
    og_str rest;
    unsigned depth;
    const char *problem; /* why reading failed; static; NULL: no memory */
} cel_public_types;

/* A type at the start of types->rest, which then begins behind it. NULL: not a type. */
const cel_type *cel_public_read_type(cel_public_types *types);
/* All of text is a type. */
const cel_type *cel_public_whole_type(cel_public_types *types, og_str text);

#endif
