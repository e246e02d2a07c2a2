/* Criteria sets: read, checked against the kinds, compiled. Format: design.md "Criteria".
 */
#ifndef OG_MODEL_CRITERIA_H
#define OG_MODEL_CRITERIA_H

#include "model/conditions.h"

typedef struct model_criterion {
    og_str id, title;
    size_t due; /* index into gates */
    model_condition when, each, require, because;
    og_str as;            /* name of the element; empty without each */
    cel_env *element_env; /* the set's, with the element; NULL without each */
    bool when_empty_met;  /* each over nothing is met; otherwise missing */
    bool has_max_age;
    og_value max_age; /* OG_PERIOD */
    bool blocker, advisory;
    og_str mark, note;           /* provenance */
    const model_kind **mentions; /* kinds whose lists its conditions read, by name */
    size_t mention_count;
    og_pos pos;
} model_criterion;

typedef struct model_criteria {
    og_arena arena; /* everything here, programs included */
    const model_file *file;
    og_str id, version, title;
    const model_kind *subject; /* `for` */
    const og_str *gates;       /* in order */
    size_t gate_count;
    const model_criterion *criteria; /* in order of the file */
    size_t count;
    og_value *params; /* [gate_count] the record `params` is at that gate */
    cel_env *env;
    struct model_slots { /* where in an activation each thing goes */
        model_common common;
        size_t subject, milestone, params, baseline, element, count;
    } slots;
} model_criteria;

/* Reads and compiles the set `id` (criteria/ID.yaml) of a policy register. Findings in
 * the file, conditions included, go to diags with exact positions; OG_E_INVALID then.
 * OG_E_NOTFOUND when there is no such file. The set borrows from `policy`. */
int model_criteria_load(model_criteria *ret, const model_register *policy, og_str id,
                        og_diags *diags, og_error *err);
void model_criteria_done(model_criteria *set);
/* Whether some condition mentions the variable in a slot. */
bool model_criteria_reads(const model_criteria *set, size_t slot);
/* Index of a gate by name, or -1. */
int model_criteria_gate(const model_criteria *set, og_str name);

#endif
