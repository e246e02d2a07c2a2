/* The tree of an expression: made by the parser, annotated by the checker (types, slots,
 * overloads), linked by the evaluator (one function pointer a node), then immutable.
 *
 *   source ──parser──► tree ──checker──► + type, slot, candidates ──link──► + eval
 *
 * Everything lives in one arena. Macros are expanded into nodes of their own kind
 * (CEL_LOOP, CEL_BIND, CEL_OPTMAP), not into generic folds: the evaluator loops directly
 * and stops early, the explanation knows what decided, and unparse shows what was
 * written. */
#ifndef OG_CEL_TREE_H
#define OG_CEL_TREE_H

#include "cel/function.h"
#include "cel/type.h"
#include "value/value.h"

typedef enum cel_node_kind { /* ORDER: names in tree.c */
    CEL_LITERAL,
    CEL_IDENT,  /* a name; when checked: a variable, a local, or a constant */
    CEL_SELECT, /* a.b, a.?b, has(a.b) */
    CEL_CALL,   /* operators and functions */
    CEL_MAKE_LIST,
    CEL_MAKE_MAP,
    CEL_MAKE_OBJECT, /* T{f: v}: parsed, always refused by the checker */
    CEL_LOOP,        /* all, exists, exists_one, map, filter, transform… */
    CEL_BIND,        /* cel.bind(x, init, body) */
    CEL_OPTMAP,      /* o.optMap(x, body), o.optFlatMap(x, body) */
    CEL_BLOCK,       /* cel.block([…], body) */
    CEL_BAD,         /* a syntax error was reported here; never in a program */
    CEL_NODE_KIND_COUNT
} cel_node_kind;

/* Operators of CEL_CALL. AND, OR and COND are evaluated lazily and have no overloads;
 * AND and OR are n-ary (a && b && c is one node with three args; parenthesised ones
 * nest). */
typedef enum cel_op { /* ORDER: names, precedence in tree.c */
    CEL_OP_NONE,      /* a function by name */
    CEL_OP_COND,      /* a ? b : c */
    CEL_OP_OR,
    CEL_OP_AND,
    CEL_OP_LT,
    CEL_OP_LE,
    CEL_OP_GT,
    CEL_OP_GE,
    CEL_OP_EQ,
    CEL_OP_NE,
    CEL_OP_IN,
    CEL_OP_ADD,
    CEL_OP_SUB,
    CEL_OP_MUL,
    CEL_OP_DIV,
    CEL_OP_MOD,
    CEL_OP_NOT,
    CEL_OP_NEG,
    CEL_OP_INDEX,    /* a[b] */
    CEL_OP_OPTINDEX, /* a[?b] */
    CEL_OP_COUNT
} cel_op;

typedef enum cel_loop_kind { /* ORDER: macro names in tree.c */
    CEL_ALL,
    CEL_EXISTS,
    CEL_EXISTS_ONE,
    CEL_FILTER,          /* one variable: list → list, map → list of keys */
    CEL_MAP_LIST,        /* .map(x, transform), .map(x, predicate, transform) */
    CEL_TRANSFORM_LIST,  /* two variables */
    CEL_TRANSFORM_MAP,   /* two variables; body is the new value, key stays */
    CEL_TRANSFORM_ENTRY, /* two variables; body is a map with the new entries */
    CEL_LOOP_KIND_COUNT
} cel_loop_kind;

/* Where a checked CEL_IDENT finds its value. */
typedef enum cel_place {
    CEL_PLACE_NONE,     /* not checked, or not found (skip_check): an error at run time */
    CEL_PLACE_VARIABLE, /* activation[slot] */
    CEL_PLACE_LOCAL,    /* frame's locals[slot] */
    CEL_PLACE_CONSTANT  /* ident.value: a constant of the environment, or a type */
} cel_place;

typedef enum cel_node_flags {
    CEL_F_MEMBER = 1,    /* CALL: written x.f(…); args[0] is the target x */
    CEL_F_TEST = 2,      /* SELECT: has(a.b) */
    CEL_F_OPTIONAL = 4,  /* SELECT: a.?b */
    CEL_F_PARENS = 8,    /* was written in parentheses (the range excludes them) */
    CEL_F_ABSOLUTE = 16, /* IDENT: .name; CALL: .f(…) */
    CEL_F_FLAT = 32,     /* OPTMAP: optFlatMap */
    CEL_F_TWO = 64       /* LOOP: two variables (index or key, and value) */
} cel_node_flags;

typedef struct cel_node cel_node;

/* Set by cel_link: computes the node. May return OG_UNKNOWN and OG_ERROR; OG_ABSENT when
 * evaluation must stop (no memory, cost limit: the frame says which). */
typedef og_value cel_eval_fn(const cel_node *node, struct cel_frame *frame);

struct cel_node {
    uint8_t kind; /* cel_node_kind */
    uint8_t op;   /* CALL: cel_op; LOOP: cel_loop_kind; IDENT: cel_place */
    uint16_t flags;
    uint32_t id;         /* 0 … tree->node_count - 1, unique */
    uint32_t begin, end; /* byte range in the source, the whole sub-expression */
    uint32_t at;         /* byte offset of what names it: the operator, field, function */
    uint32_t depth;      /* height of the tree below, from 1 */
    const cel_type *type; /* checked: never NULL; &cel_dyn with skip_check */
    cel_eval_fn *eval;    /* NULL before cel_link */
    const void
        *prepared; /* of the evaluator: compiled pattern, constant table; or NULL */
    union {
        og_value literal;
        struct {
            og_str name;    /* as written, without leading dot; resolved: full name */
            uint32_t slot;  /* variable index or local slot */
            og_value value; /* CEL_PLACE_CONSTANT */
        } ident;
        struct {
            cel_node *operand;
            og_str field;
            int32_t slot; /* operand is an object: og_object slot; else -1 */
            bool quoted;  /* written in backticks */
        } select;
        struct {
            og_str function; /* "_+_", "size", "math.greatest" */
            cel_node **args; /* [count]; args[0] the target with CEL_F_MEMBER */
            uint32_t count;
            /* What may be called, by the types known when checking, in order. One, with
             * `exact`: no look at run time is needed beyond unknown and error. Else the
             * first whose params take the values (cel_type_takes); none: no such
             * overload. NULL for AND, OR, COND. */
            const cel_overload *const *candidates;
            uint32_t candidate_count;
            bool exact;
        } call;
        struct {
            cel_node **items;
            const bool *optional; /* [count] where ?x was written; NULL: nowhere */
            uint32_t count;
        } list;
        struct {
            cel_node **keys, **values;
            const bool *optional; /* as above */
            uint32_t count;
        } map;
        struct {
            og_str name;
            const og_str *fields;
            const uint32_t *at; /* byte offsets of the field names */
            cel_node **values;
            const bool *optional;
            uint32_t count;
        } object;
        struct {
            cel_node *range;     /* list or map */
            og_str name1, name2; /* variables; one: the element (of a map: the key) */
            uint32_t slot1, slot2;
            cel_node *predicate; /* ALL … FILTER: the condition; others: or NULL */
            cel_node *body;      /* MAP_LIST, TRANSFORM…: the result; else NULL */
            og_str macro;        /* as written: "all", "existsOne" */
        } loop;
        struct {
            cel_node *init; /* BIND: value; OPTMAP: the optional */
            og_str name;
            uint32_t slot;
            cel_node *body;
        } bind;
        struct {
            cel_node *
                *items; /* item i is local first_slot + i; each at most once, lazily */
            uint32_t count;
            uint32_t first_slot;
            cel_node *body;
        } block;
    } as;
};

/* An expression from parse to program. */
typedef struct cel_tree {
    og_arena *arena;
    og_str source; /* copied into the arena */
    cel_node *root;
    uint32_t node_count;
    uint32_t local_count; /* set by the checker: slots of the frame */
} cel_tree;

/* "_+_" for CEL_OP_ADD; static. */
const char *cel_op_function(cel_op op);
/* "+"; static. "?:" for COND, "[]" for INDEX. */
const char *cel_op_text(cel_op op);
/* 1 (?:) to 7 (unary), 8 (index). */
unsigned cel_op_precedence(cel_op op);
/* "all", "exists_one", …; static. */
const char *cel_loop_name(cel_loop_kind kind);

/* Children in order of the source: NULL-free; at most `max`, returns how many there are.
 */
uint32_t cel_node_children(const cel_node *node, const cel_node **ret, uint32_t max);
/* Same shape, names, literals (NaN equals itself, -0.0 differs from 0.0); positions,
 * types and slots are not looked at. */
bool cel_node_same(const cel_node *a, const cel_node *b);
/* The text it was written as, borrowed from tree->source. */
og_str cel_node_text(const cel_tree *tree, const cel_node *node);
/* Code point offset of a byte offset in the source. */
uint32_t cel_source_point(og_str source, uint32_t byte);

/* Set node->eval throughout and prepare constants; part of the evaluator (link.c).
 * node->prepared and whatever it points to live in tree->arena. OG_E_NOMEM, or
 * OG_E_INVALID with the issue reported (a pattern that is not RE2 in a literal). */
struct cel_issues;
int cel_link(cel_tree *tree, struct cel_issues *issues);

#endif
