/* JSON to a tree of nodes with positions: for data that is read by declared type, as YAML
 * is. (json.h gives values, where nothing is declared.)
 *
 * Strict RFC 8259, one value a file. Refused, as one finding with its position: what is
 * no JSON, invalid UTF-8, duplicate keys, lone surrogates and the escape \u0000, nesting
 * beyond OG_LIMIT_DEPTH, more than OG_LIMIT_NODES values, a text over OG_LIMIT_DATA_FILE.
 */
#ifndef OG_VALUE_JSON_NODE_H
#define OG_VALUE_JSON_NODE_H

#include "base/buf.h"
#include "base/diag.h"
#include "value/node.h"

/* doc->path and doc->source are set by the caller; root is set on success and never NULL.
 * A UTF-8 byte order mark is accepted and cut off doc->source. A string is a quoted
 * scalar, a number, true, false and null a plain one with its text as written; texts
 * borrow from doc->source where nothing is escaped. OG_OK, OG_E_INVALID (the finding says
 * why), OG_E_NOMEM. */
int og_json_parse_nodes(og_arena *arena, og_document *doc, og_diags *diags,
                        og_error *err);

/* Whether the text is a number as JSON writes it. */
bool og_json_is_number(og_str text);

/* A node, of JSON or YAML, as canonical JSON: keys sorted bytewise, two spaces, one
 * member a line, no line feed at the end. A plain scalar that JSON has as a number, true,
 * false or null is one, with its text as written; every other scalar is the string of its
 * text. Nodes from og_json_parse_nodes, and what reads them by declared type, give again
 * what is read from these. What was written before a failure stays in the buffer.
 * OG_E_LIMIT: deeper than OG_LIMIT_DEPTH, or the buffer's; OG_E_NOMEM. */
int og_json_write_node(const og_node *node, og_buf *out, og_error *err);

#endif
