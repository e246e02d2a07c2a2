/* Inside lib/cel: trees and values as text. */
#ifndef OG_CEL_SHOW_H
#define OG_CEL_SHOW_H

#include "base/buf.h"
#include "cel/tree.h"

/* A literal as source: "a\n", b"\xff", 1u, 1.0. */
void cel_show_literal(og_value v, og_buf *out);
/* A tree as source; see cel_unparse. */
void cel_unparse_node(const cel_node *node, og_buf *out);

#endif
