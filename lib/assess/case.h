/* Test cases of criteria: one criterion, judged over given facts. The same judging code
 * as assess_run, so that what a test shows is what a release meets. */
#ifndef OG_ASSESS_CASE_H
#define OG_ASSESS_CASE_H

#include "assess/assess.h"
#include "model/given.h"

typedef struct assess_case { /* one case of a file */
    og_str name, criterion;
    verdict_outcome expected, actual;
    og_str message;  /* of the outcome */
    og_str mismatch; /* empty: passed; else what differs, in words */
    og_pos pos;
} assess_case;

typedef struct assess_cases {
    const assess_case *items;
    size_t count, failed;
} assess_cases;

/* Runs every case of one file of criteria/tests (parsed, with a root) against the set it
 * names. What is wrong in the file becomes findings and OG_E_INVALID; a case that comes
 * out otherwise than expected is a result. Results are in the arena. */
int assess_cases_run(const model_register *policy, const model_criteria *criteria,
                     const model_file *file, og_arena *arena, og_diags *diags,
                     assess_cases *ret, og_error *err);

#endif
