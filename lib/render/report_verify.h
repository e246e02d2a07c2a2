/* What came of holding files against layouts. Internal to render and its callers as
 * render.h is: pure, texts end with a newline. */
#ifndef OG_RENDER_REPORT_VERIFY_H
#define OG_RENDER_REPORT_VERIFY_H

#include "base/date.h"
#include "render/render.h"
#include "render/report_bundle.h"
#include "report/verify.h"

typedef enum render_date_from { /* ORDER: words in report_verify.c */
    RENDER_DATE_ASKED,          /* the caller gave it */
    RENDER_DATE_NAME,           /* from the file's name */
    RENDER_DATE_TODAY
} render_date_from;

typedef struct render_verified {
    og_str path;            /* as given; "-": standard input */
    og_str report, version; /* version empty: none was chosen, see failure */
    og_date date;           /* the version was in force then */
    render_date_from from;
    bool
        after_bundle; /* its day is after the bundle's: a newer version may be in force */
    og_str failure;   /* why it could not be checked; empty: it was */
    verify_result result; /* unless it failed */
} render_verified;

/* bundle: where the definitions are from; NULL: a register. */
int render_report_verify_text(const render_verified *files, size_t count,
                              const render_bundle *bundle, const render_options *options,
                              og_buf *out, og_error *err);
/* {schema_version, bundle: {…} (render_bundle_json), files: [{path, report, version,
 * date, date_from, after_bundle (when true), conforms, rows, total, counts: {RULE: n},
 * findings: […], open_end, stopped, unchecked: […]} or {path, failure}]}.
 */
int render_report_verify_json(const render_verified *files, size_t count,
                              const render_bundle *bundle, og_buf *out, og_error *err);

/* One finding, as above: a line; an object. */
struct members_maker;
void render_verify_finding_text(const verify_finding *f, og_buf *out);
og_value render_verify_finding_json(struct members_maker *k, const verify_finding *f);
/* "date", "name" or "today". */
og_str render_date_word(render_date_from from);

#endif
