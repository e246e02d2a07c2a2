/* Names and exit codes of verdicts. */
#include "model/verdict.h"

#include <assert.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ORDER: verdict_result */
static const char *const result_names[] = {
    "go", "go_with_work_off", "no_go", "not_assessable", "nothing_to_judge", "none",
};
static_assert(COUNT(result_names) == VERDICT_NONE + 1, "a name for every result");

/* ORDER: verdict_result; design.md "Exit codes" */
static const int exit_codes[] = {0, 0, 1, 4, 5, 3};
static_assert(COUNT(exit_codes) == VERDICT_NONE + 1, "an exit code for every result");

/* ORDER: verdict_outcome */
static const char *const outcome_names[] = {
    "met", "unmet", "missing", "stale", "waived", "not_due", "not_applicable", "error",
};
static_assert(COUNT(outcome_names) == OUTCOME_ERROR + 1, "a name for every outcome");

/* ORDER: verdict_reason */
static const char *const reason_names[] = {
    "require_true", "require_false", "each_empty", "evidence_missing",  "evidence_stale",
    "when_false",   "when_unknown",  "not_due",    "evaluation_failed",
};
static_assert(COUNT(reason_names) == REASON_EVALUATION_FAILED + 1,
              "a name for every reason");

const char *verdict_result_name(verdict_result r)
{
    return result_names[r];
}

const char *verdict_outcome_name(verdict_outcome o)
{
    return outcome_names[o];
}

const char *verdict_reason_name(verdict_reason r)
{
    return reason_names[r];
}

int verdict_exit_code(verdict_result r)
{
    return exit_codes[r];
}
