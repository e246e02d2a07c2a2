/* Conditions: what every CEL text of a register can name, and how one is compiled with
 * its findings put where they stand. Criteria and lint rules are both made of these. */
#ifndef OG_MODEL_CONDITIONS_H
#define OG_MODEL_CONDITIONS_H

#include "cel/cel.h"
#include "model/register.h"

typedef struct model_condition { /* one CEL text; program NULL: not written, or wrong */
    const cel_program *program;
    og_str text;
    const og_node *node; /* for positions inside it */
} model_condition;

/* Slots of what all conditions see. */
typedef struct model_common {
    size_t now, today;
    size_t *kinds; /* [kinds->count] the list of a kind, under its plural */
} model_common;

/* A new environment with the kinds as record types, `now`, `today`, one list for each
 * kind and the functions of functions.h. `arena` keeps what the environment borrows and
 * must outlive it, as must `policy` (kinds, calendar, zone). */
int model_conditions_new(const model_register *policy, og_arena *arena, cel_env **ret_env,
                         model_common *ret, og_error *err);
/* One more variable. */
int model_conditions_declare(cel_env *env, og_str name, const cel_type *type,
                             const char *doc, size_t *ret_slot, og_error *err);

/* Compiles the text under `key` of a mapping, wanting `result`. Not written: *ret stays
 * empty. What is wrong becomes findings and leaves ret->program NULL. OG_OK even then;
 * OG_E_NOMEM. The program is the caller's to free. */
int model_condition_compile(const cel_env *env, const og_document *doc,
                            const og_node *mapping, const char *key,
                            const cel_type *result, og_diags *diags, model_condition *ret,
                            og_error *err);
void model_condition_done(model_condition *condition);

/* Whether the text mentions the variable in a slot. */
bool model_condition_reads(const model_condition *condition, size_t slot);

#endif
