/* Bundles: the versions of reports that a register defines, in one file that stands by
 * itself, so that who receives a report needs no register to verify and identify files.
 * docs/report-bundle.md is the manual: a payload, canonical JSON, and behind it the
 * armoured SSH signature over its bytes, if it is signed. Pure: signing and checking are
 * the caller's. */
#ifndef OG_REPORT_BUNDLE_H
#define OG_REPORT_BUNDLE_H

#include "base/buf.h"
#include "model/register.h"

typedef struct report_bundle {
    og_str title;     /* of the register */
    og_str commit;    /* 40 hex digits */
    og_str policy;    /* the same, or "self" */
    og_str time_zone; /* of the register */
    og_instant at;    /* it holds what was known then */
    bool is_signed;   /* a signature follows the payload */
} report_bundle;

/* Appends the payload. Versions come in the order given, without their recipients. What
 * was written is read back: OG_E_UNSUPPORTED when a version would not mean there what it
 * means in its own file. OG_E_LIMIT beyond OG_LIMIT_BUNDLE; OG_E_INVALID; OG_E_NOMEM. */
int report_bundle_write(const report_bundle *bundle, const model_record *const *versions,
                        size_t count, og_buf *out, og_error *err);

typedef struct report_bundle_parts { /* borrow from the bytes they were cut from */
    og_str payload;                  /* ends in "}\n" */
    og_str signature;                /* armoured; empty: none */
} report_bundle_parts;

/* Cuts a bundle in two, without reading either. OG_E_INVALID: it is cut off, or something
 * follows what should be its end; OG_E_LIMIT. */
int report_bundle_split(og_str bytes, report_bundle_parts *ret, og_error *err);

/* Reads a bundle as a register of the built-in kinds that holds nothing but versions of
 * reports, in the order of the file, and a time zone; `path` names it in findings, which
 * have lines and columns of the payload. Always leaves *reg to be done with
 * model_register_done; it must stay where it is, and the parts and path must outlive it.
 * Texts of *ret live in it. OG_E_INVALID: it is none, is one for a newer opsgate, or has
 * errors among its findings; OG_E_LIMIT, OG_E_NOMEM. */
int report_bundle_read(const report_bundle_parts *parts, const char *path,
                       model_register *reg, og_diags *diags, report_bundle *ret,
                       og_error *err);

/* A field of a version that no bundle has. */
#define REPORT_BUNDLE_WITHOUT OG_STR("recipients")

#endif
