/* The parts of reading YAML that see only text: what is refused before the parser runs,
 * finding places again, and words for the parser's complaints. Private to yaml.c. */
#ifndef OG_VALUE_YAML_TEXT_H
#define OG_VALUE_YAML_TEXT_H

#include "base/diag.h"
#include "value/node.h"

/* A place that only moves forward, so that finding many places costs one pass. Zero
 * based, columns in code points, as the parser's marks. */
typedef struct yaml_cursor {
    og_str source;
    size_t at; /* byte offset */
    size_t line, column;
} yaml_cursor;

/* To a place at or after the present one (or to the end of the line or text before it).
 */
void yaml_cursor_seek(yaml_cursor *c, size_t line, size_t column);
/* Over anchors, tags, blanks, comments and line ends to the content they belong to. */
void yaml_cursor_skip_properties(yaml_cursor *c);

/* False, and a finding, when the text is not fit for the parser (yaml.h lists why). */
bool yaml_text_check(const og_document *doc, og_diags *diags);
/* False, and a finding, when anything but comments and document ends follows the first
 * document, which ended at the cursor. */
bool yaml_text_check_rest(const og_document *doc, const yaml_cursor *end,
                          og_diags *diags);

/* A complaint of the parser in its own words; lines and columns zero based. context may
 * be NULL. */
typedef struct yaml_complaint {
    const char *problem, *context;
    size_t line, column, context_line, context_column;
} yaml_complaint;
void yaml_text_explain(const og_document *doc, const yaml_complaint *x, og_diags *diags);

#endif
