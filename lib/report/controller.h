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
    report_reading reading;
    report_differences differences;
} controller;

/* Records of a kind, in order of path. */
const model_record *const *controller_list(const model_register *reg, const char *kind,
                                           size_t *ret_count);
bool controller_is(const model_record *r, const char *field, og_str text);
/* Whether a record of the head counts: it stands identically at the policy revision. */
bool controller_stands(const controller *c, const model_record *record);
og_date controller_date(const model_record *r, const char *field, og_date otherwise);

/* A finding at a field of a record (NULL: at the record). */
og_diag *controller_find(controller *c, og_level level, const char *code,
                         const model_record *at, const char *field, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

/* The change request's approval, consultation, emergency. */
void controller_check_request(controller *c);
/* Each party affected: does it exist, can it be reached, was it told in time? */
int controller_check_parties(controller *c, og_error *err);

#endif
