/* What people and programs read: a verdict, one criterion of it, findings, the outcome of
 * criteria tests; as text or as JSON. Pure: no clock, locale, environment or terminal;
 * the same input gives the same bytes.
 *
 * Texts end with a newline. Failures of the buffer come back from each call (OG_E_NOMEM,
 * OG_E_LIMIT); what was appended until then is not to be used. */
#ifndef OG_RENDER_RENDER_H
#define OG_RENDER_RENDER_H

#include "base/diag.h"
#include "model/verdict.h"

/* Of the verdict record (docs/verdict-record.md). Grows when a member is added, changes
 * its meaning or goes. */
#define RENDER_VERDICT_SCHEMA 1

typedef struct render_options {
    bool colour;  /* ANSI */
    size_t width; /* columns of a line; 0: 100 */
} render_options;

/* One page for the assessor. */
int render_verdict_text(const verdict *v, const render_options *options, og_buf *out,
                        og_error *err);

/* The verdict record as a value, in the arena and borrowing from v; the ledger keeps its
 * compact JSON. OG_E_NOMEM. */
int render_verdict_record(const verdict *v, og_arena *arena, og_value *ret,
                          og_error *err);
/* What a message carries: {record, record_sha256}, the record without its members
 * `evidence` and `operands`, and the digest in hex of the whole record's compact JSON.
 * Lives as the record does. */
int render_verdict_message(const verdict *v, og_arena *arena, og_value *ret,
                           og_error *err);
/* The record as pretty canonical JSON. */
int render_verdict_json(const verdict *v, og_buf *out, og_error *err);

/* Why criterion v->criteria[index] came out as it did, all of it. `written` is what the
 * set says of it: its conditions are shown. */
int render_explain_text(const verdict *v, size_t index, const model_criterion *written,
                        const render_options *options, og_buf *out, og_error *err);
/* {schema_version, subject, gate, at, verdict, criterion, conditions}: the criterion as
 * in the record. */
int render_explain_json(const verdict *v, size_t index, const model_criterion *written,
                        og_buf *out, og_error *err);

/* Findings with their lines and carets; nothing where there is none. */
int render_findings_text(const og_diags *diags, const render_options *options,
                         og_buf *out, og_error *err);
/* {schema_version, findings: […], errors, warnings, dropped}. */
int render_findings_json(const og_diags *diags, og_buf *out, og_error *err);

/* "no_go — LSC-07; 1 unmet, 7 met": what became of it, which criteria decided it, the
 * tally. One line without a newline; escaped. */
int render_verdict_line(const verdict *v, og_buf *out, og_error *err);

#endif
