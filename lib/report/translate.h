/* Older descriptors brought to v2, as new nodes at the old places. Internal to
 * lib/report.
 */
#ifndef OG_REPORT_TRANSLATE_H
#define OG_REPORT_TRANSLATE_H

#include "report/layout_member.h"

/* Each returns the node to read in place of the one given: the same where nothing had to
 * be translated. Findings go to r->diags. NULL: no memory. What is not of the expected
 * shape is passed on: whoever reads it says so. */
const og_node *translate_schema(const layout_reader *r, const og_node *schema);
const og_node *translate_dialect(const layout_reader *r, const og_node *dialect);

/* The dialect (NULL: none) with a tab as delimiter where it says none. `format` is the
 * node that asks for it. */
const og_node *translate_tabs(const layout_reader *r, const og_node *dialect,
                              const og_node *format);

/* Adds a note or a warning at a node. */
og_diag *translate_say(const layout_reader *r, const og_node *node, og_level level,
                       const char *code, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

#endif
