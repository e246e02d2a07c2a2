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
    uint32_t open;     /* 1 + where the innermost bracket stands that is not closed yet */
    uint32_t reported; /* 1 + where the token stands that was reported last */
    cel_parse_limits limits;
    bool limit_reported;
    int failed; /* OG_E_NOMEM */
} cel_parser;

/* ---- Tokens (parse_node.c) ---- */

void cel_parse_advance(cel_parser *p);
bool cel_parse_at(const cel_parser *p, cel_token_kind kind);
/* Passes the token if it is of this kind. */
bool cel_parse_accept(cel_parser *p, cel_token_kind kind);
/* Reports the token, saying what should come; nothing, and NULL, if it has been
 * already. */
cel_issue *cel_parse_unexpected(cel_parser *p, const char *wanted);

/* An opening bracket stands at `begin`: the end of the source is then missing what closes
 * it. Returns what to hand to cel_parse_close. */
uint32_t cel_parse_open(cel_parser *p, uint32_t begin);
void cel_parse_close(cel_parser *p, uint32_t outer);

/* ---- Nodes (parse_node.c) ---- */

/* A node over [begin, end). NULL only when there is no memory (failed is set). */
cel_node *cel_node_new(cel_parser *p, cel_node_kind kind, uint32_t begin, uint32_t end);
cel_node *cel_node_bad(cel_parser *p, uint32_t begin, uint32_t end);
static inline bool cel_node_is_bad(const cel_node *node)
{
    return !node || node->kind == CEL_BAD;
}
/* Sets the node's height from its children; past the limit it is reported, once, and a
 * CEL_BAD node stands in its place. */
cel_node *cel_node_measure(cel_parser *p, cel_node *node);
void cel_parse_too_deep(cel_parser *p, uint32_t begin, uint32_t end);

typedef struct cel_node_list {
    cel_node **items;
    bool *optional; /* as long as items */
    uint32_t count, cap;
    bool any_optional;
} cel_node_list;

/* False when there is no memory (failed is set), also if node is NULL. */
bool cel_parse_push(cel_parser *p, cel_node_list *list, cel_node *node, bool optional);
cel_node *cel_parse_call(cel_parser *p, cel_op op, og_str function,
                         const cel_node_list *args, uint32_t begin, uint32_t name_at);
/* right is NULL for unary operators. */
cel_node *cel_parse_operation(cel_parser *p, cel_op op, cel_node *left, cel_node *right,
                              uint32_t begin, uint32_t name_at);

/* ---- Recovery (parse_node.c) ---- */

/* Over everything up to a comma or closing bracket of this level. */
void cel_parse_skip(cel_parser *p);
/* After an element: true when another follows, else the list is closed. *ret_good becomes
 * false where neither comma nor `close` stood. A comma before the end is fine if
 * `trailing`. */
bool cel_parse_another(cel_parser *p, cel_token_kind close, bool trailing,
                       const char *wanted, bool *ret_good);

/* ---- Productions ---- */

/* parser.c */
cel_node *cel_parse_expr(cel_parser *p);
/* parse_collection.c; each after its opening bracket. */
cel_node *cel_parse_finish_call(cel_parser *p, cel_node *target, const cel_token *name,
                                uint32_t begin, bool absolute);
cel_node *cel_parse_list(cel_parser *p, uint32_t begin);
cel_node *cel_parse_map(cel_parser *p, uint32_t begin);
cel_node *cel_parse_object(cel_parser *p, og_str name, uint32_t begin, uint16_t flags);

/* What a call by name turns into: the macro's own node, a CEL_BAD one when the arguments
 * do not fit, or the call itself when it is no macro. `call` is a CEL_CALL without
 * operator. */
cel_node *cel_macro_expand(cel_parser *p, cel_node *call);
/* Whether name is a macro's, and what arguments it takes ("(variable, condition)") for
 * messages; NULL when it is none. */
const char *cel_macro_usage(og_str name);

#endif
