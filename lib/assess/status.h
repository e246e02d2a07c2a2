/* All subjects of a register at one moment: where each stands before its next gate, and
 * what is coming. Pure, as assess is. Everything lives in the arena given and borrows
 * from the registers, not from criteria or verdicts. */
#ifndef OG_ASSESS_STATUS_H
#define OG_ASSESS_STATUS_H

#include "assess/assess.h"

typedef struct status_criterion { /* one that keeps a subject from going on */
    og_str id, title;
    verdict_outcome outcome;
} status_criterion;

typedef struct status_subject {
    og_str kind, id, title;
    og_str gate;         /* the next one; the last one when all are passed */
    bool has_date;       /* the subject has a milestone of that name */
    og_date planned, on; /* on: the day it took place or is forecast, else planned */
    int64_t days;        /* Working Days from today to `on`; negative: it is past */
    og_str meeting;      /* at which it takes place; empty: not said */
    bool finished; /* nothing is left to judge: the last gate is passed, or took place */
    og_str decision; /* by which the last gate was passed; empty: by none that counts */
    bool judged;     /* result, blocking and tally hold */
    verdict_result result;
    const status_criterion *blocking; /* in order of the set */
    size_t blocking_count;
    size_t tally[OUTCOME_ERROR + 1]; /* of criteria that count */
    og_str problem;                  /* why it could not be judged; empty otherwise */
} status_subject;

typedef struct status_action { /* open, and not done by the day it was to be done */
    const model_record *record;
    og_date due;  /* the revised date, else the target */
    int64_t days; /* Working Days from today to `due`: 0 or less */
} status_action;

typedef struct status_meeting { /* today or later */
    const model_record *record;
    og_date on;
    int64_t days;
} status_meeting;

typedef struct status {
    og_str title; /* of the register */
    og_instant at;
    og_date today;                         /* in the register's zone */
    og_str register_commit, policy_commit; /* empty: work tree */
    bool policy_self;
    status_subject *subjects; /* room is the caller's; see status_sort */
    size_t subject_count;
    const status_action *actions; /* by due date, then id */
    size_t action_count, open_actions, undated_actions;
    const status_meeting *meetings; /* by date, then id */
    size_t meeting_count;
    og_str warning; /* e.g. dates past the calendar's last verified year; or empty */
} status;

/* Everything but the subjects. */
int status_of_register(const model_register *claims, const model_register *policy,
                       og_instant at, og_arena *arena, status *ret, og_error *err);
/* The subject of `in` before it is judged: its next gate, or that it is finished. */
int status_of_subject(const assess_input *in, og_arena *arena, status_subject *ret,
                      og_error *err);
/* What the verdict on it says. */
int status_take_verdict(status_subject *subject, const verdict *v, og_arena *arena,
                        og_error *err);
/* Subjects in order: those not finished by date, then those that are; then by kind and
 * id. */
void status_sort(status *s);

#endif
