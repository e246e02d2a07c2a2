/* Versions of a report in the register. Internal to lib/app. */
#ifndef OG_APP_REPORT_VERSION_H
#define OG_APP_REPORT_VERSION_H

#include "app/app.h"
#include "render/report_verify.h"

/* Opens and loads the register, without evidence; findings are shown. */
int report_versions_load(app *a, og_error *err);

/* The layout of a version, in the run's arena; findings are shown. OG_E_INVALID. */
int report_version_layout(app *a, const model_record *version, report_layout *ret,
                          og_error *err);

/* The versions of one report, by the day they take effect; in the run's arena.
 * OG_E_NOTFOUND when the register knows no such report. */
int report_versions(app *a, const char *id, const model_record ***ret, size_t *ret_count,
                    og_error *err);

/* Those of all reports, one report's together and by day. `list` has room for every
 * record of the kind. */
void report_versions_all(const app *a, const model_record **list, size_t *ret_count);

typedef struct report_day {
    og_date first, last; /* the file's day; a name of a month or a year may mean any until
                            `last` */
    render_date_from from;
} report_day;

/* The day that a file is of: `date` (YYYY-MM-DD) where it is given, else what the names
 * that versions give to their files say, else today in the register's zone. A name
 * may be of a month or a year: then the day is the first. Where versions read different
 * days, that of one which is in force then counts. OG_E_USAGE: no date; the name may be
 * of several days on which other versions are in force. */
int report_file_date(app *a, const model_record *const *versions, size_t count,
                     const char *path, const char *date, report_day *ret, og_error *err);

/* The version in force on a day: the last one that took effect until then.
 * OG_E_NOTFOUND: none was. */
int report_in_force(const model_record *const *versions, size_t count, og_date date,
                    const model_record **ret, og_error *err);

/* The day a version takes effect. */
og_date report_version_from(const model_record *version);

/* Whether the file's name is one that this version gives. OG_E_NOMEM. */
int report_name_fits(const model_record *version, const char *path, bool *ret,
                     og_error *err);

#endif
