/* Functions and operators as data: one row an overload. The checker chooses among rows by
 * type, the evaluator calls what was chosen (or chooses at run time where types are dyn).
 *
 * Operators are functions with the names of the CEL specification: "_+_", "_-_", "_*_",
 * "_/_", "_%_", "-_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in", "_[_]",
 * "_[?_]", "!_". Not in any table, because they do not evaluate all operands: "_&&_",
 * "_||_", "_?_:_", selection, has(), optional selection, and the macros.
 *
 * Rows are static tables (std_*.c, or the caller's own) and never copied. */
#ifndef OG_CEL_FUNCTION_H
#define OG_CEL_FUNCTION_H

#include "cel/type.h"

#define CEL_MAX_PARAMS 6

struct cel_frame;
struct cel_node;

/* What a function sees besides its arguments. */
typedef struct cel_call {
    og_arena *arena;             /* for what it makes; freed by whoever called cel_eval */
    void *data;                  /* the overload's data */
    struct cel_frame *frame;     /* of the evaluator; for functions of lib/cel only */
    const struct cel_node *node; /* the call in the tree; NULL outside one */
} cel_call;

/* args[count], count as declared (or what was written, for variadic ones). Arguments are
 * never OG_ABSENT, OG_UNKNOWN or OG_ERROR (unless CEL_NONSTRICT) and have the declared
 * outermost kind. Returns the result; cel_fault(…) for a CEL error; OG_ABSENT when there
 * was no memory. Must be pure: same arguments, same result; no state. */
typedef og_value cel_function(cel_call *call, const og_value *args, uint32_t count);

typedef enum cel_overload_flags {
    CEL_GLOBAL = 1,    /* f(x, y) */
    CEL_MEMBER = 2,    /* x.f(y): params[0] is the target */
    CEL_NONSTRICT = 4, /* wants unknown and error arguments too */
    CEL_VARIADIC = 8,  /* the last param repeats, once or more */
    CEL_LINEAR = 16,   /* costs the size of its arguments (strings, lists), not 1 */
    CEL_FOLDED = 32,   /* of one argument; with a constant it is computed while compiling,
                         where cel_call.frame is NULL */
    /* For the estimate of cost, where the function takes steps of its own: */
    CEL_PAIRS = 64, /* each element or byte of params[0] with each of params[1] */
    CEL_DEEP = 128  /* every value inside its arguments */
} cel_overload_flags;

/* How large a result is at most, for the estimate of cost. */
typedef enum cel_yield {
    CEL_YIELDS_ASSUMED, /* as a variable of its type is assumed to be */
    CEL_YIELDS_PARTS,   /* made of its arguments and their parts, each once */
    CEL_YIELDS_PRODUCT  /* text that may repeat one argument for every part of another */
} cel_yield;

typedef struct cel_overload {
    const char *function; /* "startsWith", "_+_", "math.greatest" */
    const char *id;       /* "starts_with_string": stable, unique */
    uint32_t flags;       /* cel_overload_flags; at least GLOBAL or MEMBER */
    uint32_t param_count;
    const cel_type *params[CEL_MAX_PARAMS];
    const cel_type *result;
    cel_function *call;
    void *data;       /* passed in cel_call; NULL in static tables */
    const char *doc;  /* one line, may be NULL */
    cel_yield yields; /* of results with a size: text, lists, maps, dyn */
} cel_overload;

/* A table of rows, in order of preference within one function name. */
typedef struct cel_library {
    const char *name; /* "standard", "strings", "math" */
    const cel_overload *overloads;
    uint32_t count;
} cel_library;

/* Everything built in; NULL-terminated. Defined in library.c, from the std_*.c tables. */
extern const cel_library *const cel_builtin_libraries[];

/* A CEL error as a value; its place in the source is filled in by the evaluator. */
og_value cel_fault(og_arena *arena, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
