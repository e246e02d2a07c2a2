/* YAML to a tree of nodes with positions (libyaml).
 *
 * One document a file. Refused, each as a finding with its position: explicit tags, anchors
 * and aliases beyond OG_LIMIT_ALIASES or whose expansion passes OG_LIMIT_NODES, duplicate
 * keys, keys that are not scalars, a second document, depth beyond OG_LIMIT_DEPTH, invalid
 * UTF-8, NUL bytes, a text over `limit`. */
#ifndef OG_VALUE_YAML_H
#define OG_VALUE_YAML_H

#include "base/diag.h"
#include "value/node.h"

/* doc->path and doc->source are set by the caller; root is set on success. Findings go to
 * diags (also several: parsing goes on after a duplicate key). Returns OG_OK, OG_E_INVALID
 * (the findings say why), OG_E_NOMEM. A UTF-8 byte order mark is accepted. */
int og_yaml_parse(og_arena *arena, og_document *doc, og_diags *diags, og_error *err);

#endif
