/* The verdict as data: what assess computes, render shows, the ledger will keep. */
#ifndef OG_MODEL_VERDICT_H
#define OG_MODEL_VERDICT_H

#include "base/date.h"
#include "model/criteria.h"

/* Changes only when the meaning of a register, of criteria or of a verdict does. */
#define MODEL_SEMANTICS 1

typedef enum verdict_result { /* ORDER: names in verdict.c */
    VERDICT_GO,
    VERDICT_GO_WITH_WORK_OFF,
    VERDICT_NO_GO,
    VERDICT_NOT_ASSESSABLE,
    VERDICT_NOTHING_TO_JUDGE,
    VERDICT_NONE /* some criterion is in error: no verdict */
} verdict_result;

typedef enum verdict_outcome { /* ORDER: names in verdict.c */
    OUTCOME_MET,
    OUTCOME_UNMET,
    OUTCOME_MISSING,
    OUTCOME_STALE,
    OUTCOME_WAIVED,
    OUTCOME_NOT_DUE,
    OUTCOME_NOT_APPLICABLE,
    OUTCOME_ERROR
} verdict_outcome;

/* Machine reason codes: stable words, one per way an outcome comes about. */
typedef enum verdict_reason { /* ORDER: names in verdict.c */
    REASON_REQUIRE_TRUE,      /* "require_true": the condition holds */
    REASON_REQUIRE_FALSE,     /* "require_false" */
    REASON_EACH_EMPTY,        /* "each_empty": nothing to judge one by one */
    REASON_EVIDENCE_MISSING,  /* "evidence_missing": an unknown decided */
    REASON_EVIDENCE_STALE,    /* "evidence_stale": older than max_age */
    REASON_WHEN_FALSE,        /* "when_false" */
    REASON_WHEN_UNKNOWN,      /* "when_unknown" */
    REASON_NOT_DUE,           /* "not_due": counts at a later gate */
    REASON_EVALUATION_FAILED  /* "evaluation_failed": a CEL error */
} verdict_reason;

/* One file that was read for a criterion; a batch whose records stand in several files
 * comes once for each, one after the other. */
typedef struct verdict_evidence {
    og_str kind, path, blob;            /* path of the batch or home file */
    og_str data_path, data_blob;        /* the file its records stand in; empty: inline */
    og_str series, source, supplied_by; /* empty for home files */
    bool has_as_of;
    og_instant as_of;
    og_date as_of_date; /* in the register's zone */
    uint32_t line;
    bool stale;
} verdict_evidence;

typedef struct verdict_operand { /* a sub-expression that decided, and its value */
    og_str text;
    og_value value; /* may be unknown or error */
    og_pos pos;     /* in the criteria file */
} verdict_operand;

typedef struct verdict_element { /* of `each`, or of a list a macro ran over */
    og_str id;                   /* empty: the element is no record */
    og_value value;              /* shown when it is no record */
    verdict_outcome outcome;
    og_str because;    /* rendered text; empty without one */
    og_str problem;    /* an error's or unknown's words; empty otherwise */
    og_str path, blob; /* where the record stands */
    uint32_t line, column;
    const verdict_operand *operands;
    size_t operand_count;
} verdict_element;

typedef struct verdict_criterion {
    og_str id, title, due;     /* due: gate name */
    verdict_outcome outcome;   /* as it counts */
    verdict_outcome evaluated; /* before waivers */
    verdict_reason reason;
    og_str message;  /* one line for people: why */
    og_str again_at; /* met now, judged again at this gate; empty otherwise */
    bool blocker, advisory, counts;
    const og_str *missing; /* attributes that were missing, sorted */
    size_t missing_count;
    const verdict_element *elements; /* failing, missing or in error; at most
                                        OG_LIMIT_REASONS */
    size_t element_count, element_total;
    const verdict_operand *operands;
    size_t operand_count;
    const verdict_evidence *evidence;
    size_t evidence_count;
    og_str mark, note; /* provenance */
    og_pos pos;        /* in the criteria file */
} verdict_criterion;

typedef struct verdict_proposed { /* a claim with authority that has no effect here */
    og_str what; /* "baseline", "milestones/assessment.planned", "decision D-2021-31" */
    og_str claimed, in_force; /* texts; in_force empty: nothing stands */
    og_str path;
    uint32_t line, column;
} verdict_proposed;

typedef struct verdict_prior { /* the gate before, which must have been passed */
    og_str gate;               /* empty: this is the first gate */
    bool passed;
    og_str decision; /* id of the decision that says so; empty: none */
} verdict_prior;

typedef struct verdict {
    og_str subject_kind, subject, title, gate;
    og_instant at;
    og_date at_date; /* in the register's zone */
    verdict_result result;
    bool policy_self;
    og_str register_commit, register_tree, policy_commit,
        policy_tree; /* empty: work tree */
    og_str criteria_set, criteria_version, criteria_path, criteria_blob;
    og_str kinds_digest, calendar_digest, zone_name, zone_digest;
    const verdict_criterion *criteria; /* in order of the set */
    size_t count;
    size_t tally[OUTCOME_ERROR + 1]; /* of those that count */
    const verdict_proposed *proposed;
    size_t proposed_count;
    verdict_prior prior;
    og_str next_assessment; /* text: milestone or meeting and date; empty: not known */
    const og_str *warnings; /* e.g. dates past the calendar's last verified year */
    size_t warning_count;
} verdict;

const char *verdict_result_name(verdict_result r);
const char *verdict_outcome_name(verdict_outcome o);
const char *verdict_reason_name(verdict_reason r);
/* Exit code of design.md for a verdict. */
int verdict_exit_code(verdict_result r);

#endif
