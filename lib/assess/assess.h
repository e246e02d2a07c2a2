/* Assessment: from registers, criteria and a time to a verdict. Pure: the same inputs
 * give the same verdict to the byte. */
#ifndef OG_ASSESS_ASSESS_H
#define OG_ASSESS_ASSESS_H

#include "model/verdict.h"

typedef struct assess_input {
    const model_register *claims; /* the revision judged */
    const model_register *policy; /* == claims when it judges itself */
    const model_register
        *policy_facts; /* records as they stand at the policy revision;
                          == policy. Separate only so that tests can say so */
    /* The register at the subject's baseline commit; NULL: none named or not standing. */
    const model_register *baseline;
    /* [policy->kinds->count] what computed kinds have for the subject; the others are not
     * asked for. NULL: all of them unknown. */
    const model_list *computed;
    const model_criteria *criteria;
    const model_record *subject; /* of claims */
    size_t gate;                 /* index into criteria->gates */
    og_instant at;
    bool judging_now; /* no --at: evidence from the future is an error */
} assess_input;

/* Findings in claims that only judging shows (conflicting live records, future evidence,
 * a gate missing or out of order in the release) go to diags, with OG_E_INVALID. The
 * verdict lives in the arena and borrows from the input. */
int assess_run(const assess_input *in, og_arena *arena, og_diags *diags, verdict *ret,
               og_error *err);

/* The subject as far as it counts: its fields marked `authority` as they stand at the
 * policy revision, everything else as claimed. Used before assess_run to find the
 * baseline commit. proposed: what was set aside. *ret may be in->subject itself. */
int assess_effective_subject(const model_record *claimed, const model_register *claims,
                             const model_register *policy, og_arena *arena,
                             const model_record **ret,
                             const verdict_proposed **ret_proposed, size_t *ret_count,
                             og_error *err);

/* A decision that counts and has let the subject through this gate by in->at, or NULL.
 * Neither in->gate nor in->baseline is asked. */
const model_record *assess_passed_by(const assess_input *in, size_t gate);

/* The first gate that no standing decision, nor approval in the subject, has passed; the
 * last one when all are. */
size_t assess_next_gate(const assess_input *in);

#endif
