/* One recipient's view: which changes to its reports are coming, what they are for it,
 * and what it was told. */
#ifndef OG_REPORT_IMPACT_H
#define OG_REPORT_IMPACT_H

#include "report/control.h"
#include "report/diff.h"

typedef struct report_impact {
    const report_layout *from, *to;
    report_differences touching; /* the differences that concern the party */
    size_t others;               /* how many do not */
    report_class weight;         /* for the party */
    og_str change;               /* id of the report change; empty: none */
    bool leaves;                 /* it receives the older version, and not the newer */
    bool told;
    og_date told_on;
    og_value period; /* the notice due; OG_ABSENT: none */
    int64_t given;   /* as the period counts; 0 unless told */
    bool enough;
} report_impact;

/* Versions that take effect after control->today, in order of report and version, of
 * reports the party receives. base and head of `control` are the same register. Findings
 * of their definitions are added, and those versions left out. *ret lives in the arena.
 * OG_E_NOMEM, OG_E_LIMIT. */
int report_impact_on(const report_control *control, const model_record *party,
                     og_arena *arena, og_diags *diags, report_impact **ret,
                     size_t *ret_count, og_error *err);

#endif
