/* One version under control. Internal to lib/report. */
#ifndef OG_REPORT_CONTROLLER_H
#define OG_REPORT_CONTROLLER_H

#include "report/control.h"
#include "report/diff.h"

typedef struct controller {
    const report_control *control;
    const model_register *judge; /* configuration and calendar */
    og_arena *arena;
    og_diags *diags;
    report_checked checked;
    /* The version at hand: */
    const model_record *version;     /* of the head */
    const model_record *predecessor; /* NULL: the first version of its report */
    const model_record *change;      /* NULL: none */
    bool emergency;                  /* one that counts */
    og_date effective;
    report_layout layouts[2]; /* the predecessor's, the version's: once compared */
    report_differences differences;
} controller;

/* Records of a kind, in order of path. */
const model_record *const *controller_list(const model_register *reg, const char *kind,
                                           size_t *ret_count);
/* The record of that kind and id in another register; NULL: none. */
const model_record *controller_counterpart(const model_register *reg,
                                           const model_record *r);
bool controller_is(const model_record *r, const char *field, og_str text);
/* Whether a record of the head counts: it stands identically at the policy revision. */
bool controller_stands(const controller *c, const model_record *record);
og_date controller_date(const model_record *r, const char *field, og_date otherwise);

/* A finding at a field of a record (NULL: at the record). */
og_diag *controller_find(controller *c, og_level level, const char *code,
                         const model_record *at, const char *field, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

/* Whether a request asks for the version. */
bool controller_asks_for(const model_record *change, const model_record *version);
/* Whether a report's readers have a version already, or were told of it. */
bool controller_is_fixed(const controller *c, const model_record *version);
/* Whether a candidate takes effect before the version, and after the best so far (NULL:
 * none). */
bool controller_comes_before(const model_record *candidate, const model_record *version,
                             const model_record *best);
/* The last version to take effect before this one. What was announced or is in force is
 * as the base has it, also where the range edits or removes it; of anything else only
 * the head counts. NULL: none. */
const model_record *controller_predecessor(const controller *c,
                                           const model_record *version);

/* Makes a version of the head the one at hand. */
void controller_take(controller *c, const model_record *version);
/* The layout of the version at hand, and whether a file could be held against it.
 * *ret_fine false: it cannot be compared. Findings are added. */
int controller_read_version(controller *c, bool *ret_fine, og_error *err);
/* Differences from the version before, with the renames that are declared and hold.
 * *ret_fine false: a layout has findings, which were added. */
int controller_compare(controller *c, bool *ret_fine, og_error *err);

/* Findings: another version on the same day, another request for the version at hand. */
void controller_check_alone(controller *c);
/* The change at hand edits a version that was announced or is in force. */
bool controller_is_edited(const controller *c);

typedef struct controller_word { /* a body's, that approves or allows an emergency */
    bool given;                  /* there is one; the others are false without */
    bool authority;              /* the body may */
    bool standing;               /* the request stands at the policy revision */
    bool in_time; /* dated no later than the day judged and the day it takes effect */
} controller_word;
static inline bool controller_counts(controller_word w)
{
    return w.given && w.authority && w.standing && w.in_time;
}

typedef struct controller_request {
    controller_word approval, emergency;
    og_str forum;   /* to be consulted; empty: none */
    bool consulted; /* by the day judged, or none is to be */
} controller_request;
/* What the request at hand has; there must be one. */
controller_request controller_requested(const controller *c);
/* Whether the approval at hand names the difference. It need not count. */
bool controller_names(const controller *c, const report_difference *d);
/* Findings about approval, consultation, emergency. */
void controller_check_request(controller *c);

/* Whether a notice was served on anybody. */
bool controller_was_served(const model_record *notice);
/* Whether a notice has a line for the same recipients, served on that day or later: an
 * earlier day, or none, is not what was served. */
bool controller_still_has(const model_record *notice, const model_record *line);
/* Notices served before the range: what they said, and when, does not change any more. */
void controller_check_served(controller *c);

/* Whether a line of recipients, or of a notice, means the party. */
bool controller_line_means(const model_record *line, const model_record *party);
/* The fields of the report it says it uses; false: all, or it does not say, or it names
 * one that neither version at hand has. */
bool controller_uses(controller *c, const model_record *party, report_words *ret);
/* Breaking for it only when a breaking difference touches what it uses: as the policy has
 * it; else by what either of head and base says, whichever weighs more. */
report_class controller_class_for(controller *c, const model_record *party);

typedef struct controller_telling { /* the notices to one party, looked through */
    bool served;                    /* by a notice that counts */
    og_date on;                     /* the earliest such day */
    const model_record *notice;     /* that one */
    const model_record *line;       /* of it */
    const model_record *objection;  /* an open one, in any notice; NULL: none */
    bool later;                     /* one is dated after the day judged */
    bool unproven;                  /* one lacks the proof that is asked for */
    bool moved;                     /* one names another day, or none */
    bool proposed;                  /* one does not stand at the policy revision */
} controller_telling;
controller_telling controller_told(const controller *c, const model_record *party,
                                   report_class weight);
/* The notice that the report promises; OG_ABSENT: none. */
og_value controller_period(const controller *c, report_class weight);
/* Whether notice served on a day is enough; *ret_given as the period counts, *ret_first
 * the first day on which it would be. */
bool controller_is_enough(const controller *c, og_value period, og_date served,
                          int64_t *ret_given, og_date *ret_first);

typedef struct controller_party { /* somebody affected by the change at hand */
    const model_record *party;    /* NULL: the line means nobody */
    const model_record *line;     /* of the new version's recipients; may be NULL */
    size_t contacts;
    report_class weight; /* what it is for it */
    og_value due;        /* the notice promised; OG_ABSENT: none */
    controller_telling told;
    /* Of one that was told, and has notice due: */
    int64_t given; /* as the period counts */
    bool enough;
    og_date first; /* day from which it would be */
} controller_party;
/* Everybody affected, once compared; lines that mean nobody first. OG_E_NOMEM. */
int controller_parties(controller *c, const controller_party **ret, size_t *ret_count,
                       og_error *err);
/* In words, of one that was not told; static. */
const char *controller_untold(const controller_party *p);
/* Findings: does it exist, can it be reached, was it told in time? */
int controller_check_parties(controller *c, og_error *err);

#endif
