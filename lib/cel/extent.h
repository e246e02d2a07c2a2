/* Inside lib/cel: how large a value may be, for the estimate of cost. An upper bound by
 * what is known while compiling: literals as written, variables as declared or assumed,
 * results by what their functions say of themselves (cel_yield). Numbers saturate. */
#ifndef OG_CEL_EXTENT_H
#define OG_CEL_EXTENT_H

#include "base/arena.h"
#include "cel/function.h"

typedef enum cel_extent_form {
    CEL_EXTENT_SCALAR,   /* as text at most CEL_SCALAR_TEXT bytes */
    CEL_EXTENT_RECORD,   /* as text its id */
    CEL_EXTENT_TEXT,     /* size: bytes */
    CEL_EXTENT_LIST,     /* size: elements; value: each of them */
    CEL_EXTENT_MAP,      /* size: entries; key, value: of each */
    CEL_EXTENT_OPTIONAL, /* size: 1; value */
    CEL_EXTENT_ANY       /* size: parts, and bytes of text, of all there is in it */
} cel_extent_form;
#define CEL_SCALAR_TEXT 64

typedef struct cel_extent {
    cel_extent_form form;
    uint64_t size;
    const struct cel_extent *key, *value;
} cel_extent;

/* What is assumed of values that are not known. */
typedef struct cel_assumed {
    og_arena *arena;
    uint64_t list, text; /* elements or entries; bytes */
    bool failed;         /* no memory */
} cel_assumed;

uint64_t cel_bound_add(uint64_t a, uint64_t b);
uint64_t cel_bound_mul(uint64_t a, uint64_t b);

/* Of any value of the type. */
cel_extent cel_extent_of_type(cel_assumed *a, const cel_type *t);
/* Of this value; it is data. */
cel_extent cel_extent_of_value(cel_assumed *a, og_value v);
/* Of whichever of two. */
cel_extent cel_extent_join(cel_assumed *a, cel_extent x, cel_extent y);
/* Of a list of `size` such elements, a map, an optional. */
cel_extent cel_extent_list(cel_assumed *a, uint64_t size, cel_extent element);
cel_extent cel_extent_map(cel_assumed *a, uint64_t size, cel_extent key,
                          cel_extent value);
cel_extent cel_extent_optional(cel_assumed *a, cel_extent inner);
/* Of an element, of a map's value, of what an optional holds; key: of a map's key. */
cel_extent cel_extent_element(cel_extent x);
cel_extent cel_extent_key(cel_extent x);
/* Of what a row returns for arguments like these. */
cel_extent cel_extent_of_call(cel_assumed *a, const cel_overload *row,
                              const cel_extent *args, uint32_t count);

/* Values in it, itself included: what comparing it deeply takes. */
uint64_t cel_extent_parts(cel_extent x);
/* Bytes of all of it as text. */
uint64_t cel_extent_text(const cel_assumed *a, cel_extent x);

#endif
