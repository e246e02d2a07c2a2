/* A document as written: a tree of nodes with positions, before any type is applied. Made
 * from YAML (yaml.h); scalars keep their source text, so that a reader who knows the
 * declared type decides what they mean. */
#ifndef OG_VALUE_NODE_H
#define OG_VALUE_NODE_H

#include "base/arena.h"
#include "base/diag.h"
#include "value/value.h"

typedef enum og_node_kind {
    OG_NODE_SCALAR,
    OG_NODE_SEQ,
    OG_NODE_MAP
} og_node_kind;
typedef enum og_scalar_style {
    OG_STYLE_PLAIN,
    OG_STYLE_QUOTED, /* single or double */
    OG_STYLE_BLOCK   /* | or > */
} og_scalar_style;

/* An alias in the file is the anchored node itself, with the anchored position: one node
 * may stand in several places, and the tree is a graph without cycles. */
typedef struct og_node {
    uint8_t kind;          /* og_node_kind */
    uint8_t style;         /* og_scalar_style, of a scalar */
    uint32_t line, column; /* from 1; columns in code points; after an anchor, if any */
    uint32_t end_line, end_column; /* just after it; a block mapping or sequence ends with
                                      its last value, a block scalar with its last line */
    uint32_t count;                /* of a sequence's items, or a mapping's pairs */
    og_str text; /* a scalar's value (escapes resolved); valid UTF-8, no NUL */
    const struct og_node **items; /* a sequence: [count] */
    const struct og_pair
        *pairs; /* a mapping: [count], in order; keys are unique scalars */
} og_node;

typedef struct og_pair {
    const og_node *key; /* a scalar */
    const og_node *value;
} og_pair;

/* One parsed file. Nodes and strings live in the arena given to the parser; `source` is
 * borrowed from the caller and must outlive the document where carets are wanted. */
typedef struct og_document {
    const char *path;      /* for positions; borrowed */
    og_str source;         /* the whole text, without a byte order mark */
    const og_node *root;   /* NULL: an empty document (nothing but comments) */
    const uint32_t *lines; /* [line_count] where each begins in source; NULL: not known */
    uint32_t line_count;
} og_document;

/* Fills lines and line_count from source; false when there is no memory. */
bool og_document_index(og_arena *arena, og_document *doc);

/* The value of a key, or NULL. */
const og_node *og_node_get(const og_node *map, og_str key);
/* The pair, for the key's own position, or NULL. */
const og_pair *og_node_pair(const og_node *map, og_str key);
/* The position of a node in its document; length covers it when it is on one line. */
og_pos og_node_pos(const og_document *doc, const og_node *node);
/* Position of code point `offset` inside a scalar's text, mapped back into the file by
 * laying text and source side by side: through folded and literal lines, doubled quotes,
 * \" and \\. Where they do not match (other escapes) the scalar's own start. length is
 * cut at the end of the line. Used to point into conditions. */
og_pos og_node_pos_inside(const og_document *doc, const og_node *node, uint32_t offset,
                          uint32_t length);
/* A quoted scalar in a node's place, with another text (borrowed); NULL: no memory. */
const og_node *og_node_with_text(og_arena *arena, const og_node *at, og_str text);
/* "a string", "a list", "a mapping", "null" (also of NULL) for messages; static. */
const char *og_node_what(const og_node *node);
/* Plain and one of: empty, null, Null, NULL, ~. */
bool og_node_is_null(const og_node *node);

/* YAML 1.2 core schema, for fields with no declared type: null, bool, int (decimal, 0o,
 * 0x), float, else string; quoted and block scalars are strings, and so are all keys.
 * Numbers beyond int64 or double are a finding. Strings of the result borrow from the
 * node's arena. node NULL gives null. OG_OK, OG_E_INVALID (findings were added),
 * OG_E_NOMEM. */
int og_node_to_value(const og_document *doc, const og_node *node, og_arena *arena,
                     og_diags *diags, og_value *ret);

#endif
