/* The outcome of criteria tests as text. */
#ifndef OG_RENDER_CASES_H
#define OG_RENDER_CASES_H

#include "assess/case.h"
#include "render/render.h"

/* One line a case; under one that failed, what was expected and where it stands. */
int render_cases_text(const assess_cases *cases, const render_options *options,
                      og_buf *out, og_error *err);

#endif
