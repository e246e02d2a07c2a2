/* An inferred layout as the text of a version file. Pure, as render.h. */
#ifndef OG_RENDER_REPORT_INFER_H
#define OG_RENDER_REPORT_INFER_H

#include "render/render.h"
#include "report/infer.h"

/* YAML: file, dialect and schema; what only people know is named in comments. `name`: the
 * file's, without directories; a date in it becomes %Y%m%d. */
int render_report_infer(const infer_result *result, og_str name, og_buf *out,
                        og_error *err);

#endif
