/* A descriptor that was imported as the text of a version file. Pure, as render.h. */
#ifndef OG_RENDER_REPORT_DESCRIPTOR_H
#define OG_RENDER_REPORT_DESCRIPTOR_H

#include "render/render.h"
#include "report/descriptor.h"

typedef struct render_descriptor {
    const report_descriptor *descriptor; /* read */
    const report_layout *layout;         /* as it was read */
    og_str report, version;              /* as asked for; empty: for people to add */
    og_str from;                         /* the descriptor's file, for the first line */
} render_descriptor;

/* YAML: what the descriptor says; what only people know is named in the first comment.
 * OG_E_LIMIT: something in it cannot be written (draft.h); OG_E_NOMEM. */
int render_report_descriptor(const render_descriptor *d, og_buf *out, og_error *err);

#endif
