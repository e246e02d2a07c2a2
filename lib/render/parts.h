/* Parts of a page about a criterion, for the page of a verdict and for an explanation.
 * Internal to lib/render. */
#ifndef OG_RENDER_PARTS_H
#define OG_RENDER_PARTS_H

#include "model/verdict.h"
#include "render/page.h"

/* Bytes of one value shown in text. */
#define PARTS_VALUE_MAX 80

page_style parts_outcome_style(verdict_outcome o);
page_style parts_result_style(verdict_result r);
/* "no go", "go with work-off": the verdict as people say it. */
const char *parts_result_words(verdict_result r);

/* "path:line:column"; parts that are not known are left out. */
void parts_place(page *p, og_str path, uint32_t line, uint32_t column);
/* Each operand on a line of its own at `column`: "issue.severity = 2". Those that are not
 * known are named as missing elsewhere and left out. */
void parts_operands(page *p, size_t column, const verdict_operand *operands,
                    size_t count);
/* Elements that failed: id, because, place, operands; at `column`. Says how many more. */
void parts_elements(page *p, size_t column, const verdict_criterion *c);
/* One line a file read: path, as_of, who supplied it; files that are no batches
 * (releases, meetings) only with `homes`. */
void parts_evidence(page *p, size_t column, const verdict_criterion *c, bool homes);
/* Whether a batch of evidence was read. */
bool parts_has_batch(const verdict_criterion *c);
/* "a, b, c" */
void parts_names(page *p, page_style style, const og_str *names, size_t count);

#endif
