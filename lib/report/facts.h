/* Control of changes to reports as records that criteria can read: the built-in computed
 * kinds controlled_change, report_difference and affected_party. They are made of what
 * report_control_check goes by, so that a verdict and a check cannot disagree. Pure. */
#ifndef OG_REPORT_FACTS_H
#define OG_REPORT_FACTS_H

#include "report/control.h"

/* Whether a kind is one of the three. */
bool report_facts_has(const model_kind *kind);
/* Fills the three lists among lists[kinds->count], by ordinal, for a subject of the head:
 * of a report change itself; of a release those that it brings. They stay unknown for any
 * other subject, and while the register has no changes/; differences and parties also
 * while a change of the subject cannot be compared. Records are in order of change, and
 * of differences and recipients; their places are those of the files they come from. All
 * of it lives in the arena and borrows from the registers. OG_E_NOMEM, OG_E_LIMIT. */
int report_facts_of(const report_control *control, const model_record *subject,
                    og_arena *arena, model_list *lists, og_error *err);

#endif
