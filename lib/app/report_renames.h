/* Which fields of two versions of a report are one under two names: as a report change
 * declares it, and as is asked on the command line. Internal to lib/app. */
#ifndef OG_APP_REPORT_RENAMES_H
#define OG_APP_REPORT_RENAMES_H

#include "app/app.h"
#include "report/diff.h"

/* The renames of `change` (NULL: none), then those `asked` ("old=new") that it does not
 * declare; *ret_asked: how many these are. In the run's arena. OG_E_INVALID: a declared
 * one does not hold between the versions; OG_E_USAGE: an asked one is not written so or
 * does not hold. */
int report_renames_read(app *a, const model_record *change, const char *const *asked,
                        size_t asked_count, const report_layout *from,
                        const report_layout *to, report_renames *ret, size_t *ret_asked,
                        og_error *err);

#endif
