/* The bundle that files were held against, as every output names it. Pure, as render.h.
 */
#ifndef OG_RENDER_REPORT_BUNDLE_H
#define OG_RENDER_REPORT_BUNDLE_H

#include "base/buf.h"
#include "base/date.h"
#include "value/value.h"

typedef enum render_signed { /* ORDER: words in report_bundle.c */
    RENDER_UNSIGNED,
    RENDER_UNCHECKED, /* signed, and nobody said by whom it has to be */
    RENDER_CHECKED
} render_signed;

typedef struct render_bundle {
    og_str sha256; /* of the file, hex */
    og_str commit; /* of the register */
    og_str policy; /* commit, or "self" */
    og_str title;  /* of the register */
    og_instant at; /* it holds what was known then */
    og_date day;   /* the same in the register's zone */
    og_date today; /* in that zone */
    render_signed signature;
    og_str signer; /* RENDER_CHECKED: the principal */
} render_bundle;

/* A line: "bundle sha256:…, commit …, as of 2021-11-10 (12 days ago), signed by …".
 * Nothing when bundle is NULL. */
void render_bundle_text(const render_bundle *bundle, og_buf *out);
/* What is said of a file of a later day than the bundle; nothing unless `after`. */
void render_after_bundle(bool after, og_buf *out);
/* {sha256, commit, policy, register, at, age_days, signature, signer}; OG_ABSENT when
 * bundle is NULL. age_days is left out when `at` lies ahead of today. */
struct members_maker;
og_value render_bundle_json(struct members_maker *k, const render_bundle *bundle);

#endif
