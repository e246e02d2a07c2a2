/* Which versions of which reports files follow. Pure, as render.h; texts end with a
 * newline. */
#ifndef OG_RENDER_REPORT_IDENTIFY_H
#define OG_RENDER_REPORT_IDENTIFY_H

#include "render/report_verify.h"

typedef enum render_standing { /* ORDER: words in report_identify.c; the better first */
    RENDER_IN_FORCE,
    RENDER_EARLY,      /* it takes effect only later */
    RENDER_LATE,       /* another one had taken its place */
    RENDER_UNANNOUNCED /* no version is like this */
} render_standing;

typedef struct render_match { /* a version that the file follows */
    og_str report, version;
    og_date effective_from;
    og_date date; /* the day of the file, for this report */
    render_date_from from;
    render_standing standing;
    bool after_bundle; /* that day is after the bundle's, or may be */
    bool named;        /* the file's name is one of this version */
} render_match;

typedef struct render_identified {
    og_str path, failure;  /* failure: why it could not be read; empty: it was */
    render_match *matches; /* the best first; none: unannounced */
    size_t match_count;
    bool
        after_bundle; /* its day is after the bundle's: another version may be in force */
    /* Unannounced: how the version in force that is nearest by name differs first. */
    og_str near_report, near_version; /* empty: there is none */
    verify_result near;
} render_identified;

/* bundle: where the definitions are from; NULL: a register. */
int render_report_identify_text(const render_identified *files, size_t count,
                                const render_bundle *bundle,
                                const render_options *options, og_buf *out,
                                og_error *err);
/* {schema_version, bundle: {…} (render_bundle_json), files: [{path, standing,
 * after_bundle (when true), matches: [{report, version, effective_from,
 * date, date_from, standing, named}], nearest: {report, version, finding}} or {path,
 * failure}]}. */
int render_report_identify_json(const render_identified *files, size_t count,
                                const render_bundle *bundle, og_buf *out, og_error *err);

#endif
