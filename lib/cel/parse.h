/* Inside lib/cel: the parser's state, shared by grammar (parser.c) and macros (macro.c).
 */
#ifndef OG_CEL_PARSE_H
#define OG_CEL_PARSE_H

#include "cel/issue.h"
#include "cel/lexer.h"
#include "cel/tree.h"

typedef struct cel_parse_limits {
    uint32_t depth, nodes;
    size_t source;
    bool no_macros;
} cel_parse_limits;

/* Parses all of `source` (copied into the arena) into ret->root. OG_OK even when issues
 * were reported: ask issues->count; the root is then not to be used. OG_E_NOMEM. */
int cel_parse(og_str source, const cel_parse_limits *limits, og_arena *arena,
              cel_issues *issues, cel_tree *ret, og_error *err);

typedef struct cel_parser {
    cel_tree *tree;
    og_arena *arena;
    cel_issues *issues;
    cel_lexer lexer;
    cel_token token;   /* the one to be looked at */
    uint32_t last_end; /* end of the one before */
    uint32_t depth;    /* of parsing functions */
    cel_parse_limits limits;
    bool limit_reported;
    int failed; /* OG_E_NOMEM */
} cel_parser;

/* A node over [begin, end), its height counted from its children later by
 * cel_node_measure. NULL only when there is no memory (failed is set). */
cel_node *cel_node_new(cel_parser *p, cel_node_kind kind, uint32_t begin, uint32_t end);
/* Sets the node's height from its children; reports once when it passes the limit. */
cel_node *cel_node_measure(cel_parser *p, cel_node *node);
cel_node *cel_node_bad(cel_parser *p, uint32_t begin, uint32_t end);

/* What a call by name turns into: the macro's own node, a CEL_BAD one when the arguments
 * do not fit, or the call itself when it is no macro. `call` is a CEL_CALL without
 * operator. */
cel_node *cel_macro_expand(cel_parser *p, cel_node *call);
/* Whether name is a macro's, and what arguments it takes ("(variable, condition)") for
 * messages; NULL when it is none. */
const char *cel_macro_usage(og_str name);

#endif
