/* Control of changes to reports: between two revisions of a register, is every difference
 * that readers see asked for, approved, consulted on, and announced to each of them in
 * time? docs/report-check.md names every finding. Pure. */
#ifndef OG_REPORT_CONTROL_H
#define OG_REPORT_CONTROL_H

#include "model/register.h"

typedef struct report_control {
    const model_register *base, *head;
    /* Whose configuration and calendar hold, and what it says of parties it knows, and
     * where approvals and served notices must stand to count; NULL: the base's, and what
     * the head says counts. Base and head have parties of their own
     * (MODEL_LOAD_OWN_RECORDS). */
    const model_register *policy;
    og_date today; /* versions in force until then are their readers' */
} report_control;

typedef struct report_checked { /* for the summary */
    size_t versions; /* added, edited, removed, or with another request or notice */
    size_t parties;  /* told or to be told, once for each version */
    size_t emergencies;
} report_checked;

/* Adds a finding for whatever is not controlled; notes say what was found to be well in
 * an unusual way. Nothing is asked where only words changed. OG_OK also with findings;
 * OG_E_NOMEM, OG_E_LIMIT. */
int report_control_check(const report_control *control, og_arena *arena, og_diags *diags,
                         report_checked *ret, og_error *err);

/* Whether a version's recipients mean the party. */
bool report_receives(const model_record *version, const model_record *party);

#endif
