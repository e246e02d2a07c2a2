/* All subjects at a glance, as a page and as JSON (docs/status.md). */
#ifndef OG_RENDER_STATUS_H
#define OG_RENDER_STATUS_H

#include "assess/status.h"
#include "render/render.h"

#define RENDER_STATUS_SCHEMA 1

int render_status_text(const status *s, const render_options *options, og_buf *out,
                       og_error *err);
int render_status_json(const status *s, og_buf *out, og_error *err);
/* "2 subjects on 2021-09-07: 2 not_assessable; 1 action overdue", without a newline. */
int render_status_line(const status *s, og_buf *out, og_error *err);

#endif
