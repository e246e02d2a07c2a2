/* JSON to a tree of nodes with positions: for data that is read by declared type, as YAML
 * is. (json.h gives values, where nothing is declared.)
 *
 * Strict RFC 8259, one value a file. Refused, as one finding with its position: what is
 * no JSON, invalid UTF-8, duplicate keys, lone surrogates and the escape \u0000, nesting
 * beyond OG_LIMIT_DEPTH, more than OG_LIMIT_NODES values, a text over OG_LIMIT_DATA_FILE.
 */
#ifndef OG_VALUE_JSON_NODE_H
#define OG_VALUE_JSON_NODE_H

#include "base/diag.h"
#include "value/node.h"

/* doc->path and doc->source are set by the caller; root is set on success and never NULL.
 * A UTF-8 byte order mark is accepted and cut off doc->source. A string is a quoted
 * scalar, a number, true, false and null a plain one with its text as written; texts
 * borrow from doc->source where nothing is escaped. OG_OK, OG_E_INVALID (the finding says
 * why), OG_E_NOMEM. */
int og_json_parse_nodes(og_arena *arena, og_document *doc, og_diags *diags,
                        og_error *err);

#endif
