/* YAML to a tree of nodes with positions (libyaml).
 *
 * One document a file. Refused, each as a finding with its position: explicit tags and
 * %TAG, alias uses beyond OG_LIMIT_ALIASES or whose expansion passes OG_LIMIT_NODES, an
 * alias inside what it names, duplicate keys, keys that are not scalars, the merge key
 * <<, a second document, depth beyond OG_LIMIT_DEPTH, a text over OG_LIMIT_FILE.
 *
 * Refused before the parser sees the text, because readers disagree about them: invalid
 * UTF-8, NUL and other control characters, a byte order mark inside, and lines that end
 * in anything but LF or CR LF (a lone CR, U+0085, U+2028, U+2029), so that a line here is
 * a line in every editor.
 *
 * libyaml allocates for itself: the fault loop of the tests reaches what this file
 * allocates, and libyaml's own failures come back as OG_E_NOMEM. Its time is linear in
 * the text because depth and directives, the two things it is not linear in, are bounded
 * here. */
#ifndef OG_VALUE_YAML_H
#define OG_VALUE_YAML_H

#include "base/diag.h"
#include "value/node.h"

/* doc->path and doc->source are set by the caller; root is set on success, NULL when the
 * document is empty. A UTF-8 byte order mark is accepted and cut off doc->source.
 * Findings go to diags (also several: parsing goes on after a duplicate key). Returns
 * OG_OK, OG_E_INVALID (the findings say why), OG_E_NOMEM. */
int og_yaml_parse(og_arena *arena, og_document *doc, og_diags *diags, og_error *err);

#endif
