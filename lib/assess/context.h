/* Inside lib/assess: what one assessment works with. */
#ifndef OG_ASSESS_CONTEXT_H
#define OG_ASSESS_CONTEXT_H

#include "assess/assess.h"
#include "base/limits.h"

typedef struct assess_context {
    const assess_input *in;
    og_arena *arena;
    og_diags *diags;
    og_date today;
    const model_record *subject; /* as far as it counts */
    model_list *lists;           /* [kinds->count] what is live for the subject */
    og_value *variables;         /* [criteria->slots.count] what conditions see */
    /* The same with the subject as claimed, and as it stands at the policy revision: for
     * `when`. NULL where they do not differ, or where the policy does not know the
     * subject. */
    og_value *claimed_variables, *policy_variables;
    struct assess_set_aside { /* claims with authority that have no effect */
        verdict_proposed *items;
        size_t count, cap;
    } proposed;
} assess_context;

/* Lists, variables and their milestone for the gate judged. Conflicts among live records
 * are findings and OG_E_CONFLICT. */
int context_build(assess_context *c, og_error *err);

/* Parameters and milestone as they are at another gate: for previews. */
void context_at_gate(assess_context *c, size_t gate);

/* The policy revision holds the same record, or judges itself. */
bool context_stands(const assess_context *c, const model_record *record);

int context_propose(assess_context *c, const verdict_proposed *item, og_error *err);

/* The milestone of the subject with that name, or NULL. */
const model_record *subject_milestone(const model_record *subject, og_str name);
/* Whether subjects of the kind have milestones, of which their gates must be some. */
bool subject_has_milestones(const model_record *subject);
/* The day planned for a gate: its milestone's; of the last gate of a subject without
 * milestones the day it takes effect. False: none. */
bool subject_planned(const model_record *subject, const model_criteria *set, size_t gate,
                     og_date *ret);

/* Whether a decision that counts has let the subject through this gate by `today`;
 * *ret_decision: its id, empty where the subject itself says so. */
bool context_passed(const assess_context *c, og_str gate, og_str *ret_decision);

/* One criterion, judged at the gate. */
int criterion_judge(assess_context *c, const model_criterion *criterion,
                    verdict_criterion *ret, og_error *err);

/* The files that were read for a criterion, with their age. *ret_stale: the first batch
 * that is older than max_age allows, NULL: none. */
int evidence_collect(assess_context *c, const model_criterion *criterion,
                     verdict_criterion *ret, const model_batch **ret_stale,
                     og_error *err);

/* Why a condition came out so: fills operands and elements from an evaluation with
 * explanation. */
int reasons_of(assess_context *c, const model_condition *condition,
               const cel_reason *root, const verdict_operand **ret, size_t *ret_count,
               og_error *err);
/* Where an element stands and what to call it; leaves the rest of *ret alone. */
void reasons_place(const assess_context *c, og_value element, verdict_element *ret);

#endif
