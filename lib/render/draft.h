/* What drafts of version files are written with: YAML that reads back as what it was
 * written from. Pure, as render.h. */
#ifndef OG_RENDER_DRAFT_H
#define OG_RENDER_DRAFT_H

#include "base/buf.h"
#include "value/node.h"

enum {
    DRAFT_KEY_MAX = 1000 /* bytes of a key as written: YAML allows 1,024 */
};

/* A text in double quotes, on one line; valid UTF-8. */
void draft_text(og_str text, og_buf *out);

/* "file: {name: …, encoding: …, line_ending: …}" and a line feed. `name`: a file's,
 * without directories; a date of eight digits in it becomes %Y%m%d. */
void draft_file(og_str name, og_str encoding, og_str line_ending, og_buf *out);

/* A tree of nodes on one line. Scalars that were quoted read back as the same text, plain
 * ones as the same text and, by the core schema, the same value. OG_E_LIMIT: a key over
 * DRAFT_KEY_MAX. */
int draft_node(const og_node *node, og_buf *out, og_error *err);

/* The pairs of a mapping, a line each after `indent` blanks; the items of a list under
 * `list` (a key) have lines of their own. As draft_node. */
int draft_pairs(const og_node *map, unsigned indent, const char *list, og_buf *out,
                og_error *err);

#endif
