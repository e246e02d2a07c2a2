/* Comparison of report versions, the list of them, and one party's view, for people and
 * programs. */
#ifndef OG_RENDER_REPORT_DIFF_H
#define OG_RENDER_REPORT_DIFF_H

#include "render/render.h"
#include "report/diff.h"
#include "report/impact.h"

/* Grows when a member of the two JSON documents is added, changes its meaning or goes. */
#define RENDER_REPORT_SCHEMA 1

typedef struct render_report_diff {
    const report_layout *from, *to;
    const report_differences *differences;
    og_str change; /* id of the report change between them; empty: none */
    size_t asked;  /* renames that were asked for and that it does not declare */
} render_report_diff;

/* By class, the weightiest first. */
int render_report_diff_text(const render_report_diff *d, const render_options *options,
                            og_buf *out, og_error *err);
/* {schema_version, report, from, to, reading, report_change, counts, differences: […]} */
int render_report_diff_json(const render_report_diff *d, og_buf *out, og_error *err);

typedef enum render_report_state { /* ORDER: state_names in report_list.c */
    RENDER_REPORT_PAST,
    RENDER_REPORT_IN_FORCE,
    RENDER_REPORT_TO_COME
} render_report_state;

typedef struct render_report_row {
    const model_record *version;
    render_report_state state;
} render_report_row;

int render_report_list_text(const render_report_row *rows, size_t count,
                            const render_options *options, og_buf *out, og_error *err);
/* {schema_version, versions: [{report, version, title, owner, effective_from, state,
 * path}]} */
int render_report_list_json(const render_report_row *rows, size_t count, og_buf *out,
                            og_error *err);

/* What is coming for a party: a comparison each, with what it was told. */
int render_report_impact_text(const report_impact *impacts, size_t count,
                              const render_options *options, og_buf *out, og_error *err);
/* {schema_version, party, changes: [{report, from, to, effective_from, class,
 * report_change, told_on, notice_due, notice_given, enough, leaves, others,
 * differences}]}
 */
int render_report_impact_json(const report_impact *impacts, size_t count, og_str party,
                              og_buf *out, og_error *err);

#endif
