/* Inside lib/cel: what an environment and a compiled program hold. The evaluator reads
 * cel_program; only env.c and program.c write. */
#ifndef OG_CEL_PROGRAM_H
#define OG_CEL_PROGRAM_H

#include "base/map.h"
#include "cel/cel.h"
#include "cel/tree.h"

typedef struct cel_variable {
    og_str name, doc;
    const cel_type *type;
    bool constant;
    uint32_t slot;  /* not constant */
    uint64_t size;  /* not constant: elements or bytes at most; 0: as assumed */
    og_value value; /* constant */
} cel_variable;

/* Every overload of one name, in order of declaration. */
typedef struct cel_function_rows {
    const cel_overload **rows;
    uint32_t count, cap;
} cel_function_rows;

struct cel_env {
    og_arena arena;
    const cel_env *parent;
    cel_env_options options; /* defaults filled in */
    og_map names;            /* name → cel_variable */
    og_map types;            /* name → cel_type: record types */
    og_map functions;        /* name → cel_function_rows */
    uint32_t first_slot;     /* the parent's count */
    uint32_t slot_count;     /* parent's included */
    cel_variable **slots;    /* [slot_count - first_slot] */
    uint32_t slots_cap;
};

const cel_variable *cel_env_find_name(const cel_env *env, og_str name);
const cel_variable *cel_env_variable_at(const cel_env *env, uint32_t slot);
const cel_function_rows *cel_env_find_function(const cel_env *env, og_str name);

struct cel_program {
    og_arena arena; /* owns the tree */
    const cel_env *env;
    cel_tree tree;
    const uint32_t *variables;
    size_t variable_count;
    const cel_mention *fields;
    size_t field_count;
    uint64_t cost; /* the most steps it may take; cel_program_cost */
};

#endif
