/* Common Expression Language (google/cel-spec, doc/langdef.md): declare an environment,
 * compile a condition against it, evaluate the program many times.
 *
 *     cel_env_new(NULL, NULL, &env, err);
 *     cel_env_variable(env, OG_STR("defects"), list_of_defects, doc, &slot, err);
 *     cel_compile(env, text, &(cel_compile_options){.result = &cel_bool}, &issues,
 *                 &program, err);
 *     values[slot] = …;
 *     cel_eval(program, values, arena, NULL, &value, NULL, err);
 *
 * Missing evidence is a value (OG_UNKNOWN, naming what was missing) and so is a CEL error
 * (OG_ERROR): the functions here fail only for lack of memory or wrong use. docs/cel.md
 * holds the table of unknown rules.
 *
 * Threads: an environment may be shared once it is complete, a program always; both are
 * immutable then. Issues and arenas belong to one thread. */
#ifndef OG_CEL_CEL_H
#define OG_CEL_CEL_H

#include "base/error.h"
#include "cel/function.h"
#include "cel/type.h"
#include "value/value.h"

typedef struct cel_env cel_env;
typedef struct cel_program cel_program;

/* ---- What is wrong with an expression ---- */

typedef struct cel_issue {
    const char *code; /* "cel-syntax", "cel-name", "cel-type", "cel-limit"; static */
    uint32_t offset, length; /* code points in the source text; length at least 1 */
    og_str message; /* lower case, no full stop: what was found, what would fit */
    og_str hint;    /* what to do; may be empty */
} cel_issue;

/* A zeroed one is ready for use; every finding of one compilation, in source order. */
typedef struct cel_issues {
    og_arena arena; /* owns the texts */
    cel_issue *items;
    size_t count, cap;
    size_t dropped; /* beyond max */
    size_t max;     /* kept; set before use; 0: OG_LIMIT_CEL_ISSUES */
    int failed;     /* OG_E_NOMEM: one was lost */
} cel_issues;

void cel_issues_done(cel_issues *issues);
/* Positions are code points. NULL when lost (failed is set) or dropped. */
cel_issue *cel_issues_add(cel_issues *issues, const char *code, uint32_t offset,
                          uint32_t length, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* item may be NULL. */
void cel_issues_hint(cel_issues *issues, cel_issue *item, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- Environment ---- */

/* Seconds east of UTC in the zone of that name at an instant; false: no such zone. Pure.
 */
typedef bool cel_zone_offset(void *data, og_str zone, og_instant at,
                             int32_t *ret_seconds);

typedef struct cel_env_options { /* 0 takes the default */
    og_str container;   /* names are looked up inside it first: "a.b"; empty: none */
    size_t max_source;  /* bytes of a condition; OG_LIMIT_CEL_SOURCE */
    uint32_t max_depth; /* nesting; OG_LIMIT_CEL_DEPTH */
    uint32_t max_nodes; /* OG_LIMIT_CEL_NODES */
    /* For the estimate of cost: elements of a list or map, bytes of text, where nothing
     * is declared (cel_env_size); OG_LIMIT_CEL_LIST, OG_LIMIT_CEL_TEXT. */
    uint64_t assumed_list, assumed_text;
    uint64_t max_cost_estimate; /* steps; OG_LIMIT_CEL_ESTIMATE. Over it: an issue */
    bool no_builtins; /* without standard functions and extensions: operators too */
    cel_zone_offset
        *zone; /* for x.getHours("Europe/London"); NULL: UTC and "+01:00" alone */
    void *zone_data;
} cel_env_options;

/* Everything in `parent` (may be NULL) is visible, its variables keep their slots; parent
 * must be complete and outlive the child. options may be NULL (then the parent's hold).
 */
int cel_env_new(const cel_env *parent, const cel_env_options *options, cel_env **ret,
                og_error *err);
void cel_env_free(cel_env *env); /* NULL is fine; programs made from it must be gone */

/* Strings are copied, types are borrowed and must outlive the environment (the makers of
 * type.h may use cel_env_arena). A name declared twice is OG_E_CONFLICT, one that is not
 * an identifier (dots allowed) OG_E_USAGE. */
og_arena *cel_env_arena(cel_env *env);
/* *ret_slot: where cel_eval finds its value; slots count from 0 (from the parent's
 * count). ret_slot may be NULL. */
int cel_env_variable(cel_env *env, og_str name, const cel_type *type, og_str doc,
                     uint32_t *ret_slot, og_error *err);
/* How large a value a variable of this environment is given at most: elements of a list
 * or map, bytes of text, parts of a dyn. For the estimate of cost alone: nothing refuses
 * a larger one. OG_E_USAGE: no such slot here. */
int cel_env_size(cel_env *env, uint32_t slot, uint64_t size, og_error *err);
/* A name with a value that never changes; value is borrowed. */
int cel_env_constant(cel_env *env, og_str name, const cel_type *type, og_value value,
                     og_error *err);
/* Makes the record type's name known (type(x) == testing_issue, messages). Borrowed.
 * Types used by variables need not be declared to have their fields checked. */
int cel_env_object(cel_env *env, const cel_object *object, og_error *err);
/* Own functions: rows are borrowed, also those of a C caller: overload.call and .data. A
 * row whose id is taken is OG_E_CONFLICT. */
int cel_env_functions(cel_env *env, const cel_overload *rows, uint32_t count,
                      og_error *err);

/* Length of the array cel_eval takes. */
uint32_t cel_env_variable_count(const cel_env *env);
/* Slot of a variable, or -1. */
int cel_env_slot(const cel_env *env, og_str name);
og_str cel_env_variable_name(const cel_env *env, uint32_t slot);
/* The type of a record declared with cel_env_object, here or in a parent; NULL: none. */
const cel_type *cel_env_type(const cel_env *env, og_str name);

/* ---- Compiling ---- */

typedef struct cel_compile_options {
    const cel_type *result; /* the type it must have; NULL: any */
    bool skip_check;        /* names and overloads are found at run time; types are dyn */
    bool no_macros;         /* has(), all(), … are ordinary function calls */
} cel_compile_options;

/* options may be NULL, issues must be empty. OG_E_INVALID: issues say why, all of them at
 * once (a syntax error hides type errors). OG_E_NOMEM. *ret owns everything it needs but
 * `env` and the types declared there. */
int cel_compile(const cel_env *env, og_str source, const cel_compile_options *options,
                cel_issues *issues, cel_program **ret, og_error *err);
void cel_program_free(cel_program *program); /* NULL is fine */

og_str cel_program_source(const cel_program *program);
/* The type its value will have: &cel_dyn when not known. */
const cel_type *cel_program_type(const cel_program *program);

/* The most steps an evaluation takes (cel_explanation.cost, cel_eval_options.cost_limit)
 * as long as no value is larger than declared or assumed and own functions cost what
 * their flags say; UINT64_MAX: too many to count. */
uint64_t cel_program_cost(const cel_program *program);

/* What it mentions, whether or not evaluation gets there: slots of variables, ascending.
 */
const uint32_t *cel_program_variables(const cel_program *program, size_t *ret_count);
/* Fields of records it reads or tests, in order of first mention, unique. */
typedef struct cel_mention {
    const cel_object *object;
    uint32_t slot;
} cel_mention;
const cel_mention *cel_program_fields(const cel_program *program, size_t *ret_count);

/* A part of a condition that is true because a list is empty: list.all(…),
 * list.filter(…).size() == 0 and the like, with nothing beside it that would then be
 * false. Only lists that are variables count, as they are or filtered and
 * mapped: what is looked at of each element does not. */
typedef struct cel_vacuity {
    uint32_t offset, length; /* code points in the source */
    uint32_t slot;           /* the variable */
    og_str list; /* what is supposed to be empty: the variable, perhaps filtered */
} cel_vacuity;
/* Of a condition, in source order, at most OG_LIMIT_CEL_ISSUES; in `arena`. OG_E_NOMEM.
 */
int cel_program_vacuous(const cel_program *program, og_arena *arena,
                        const cel_vacuity **ret, size_t *ret_count, og_error *err);

/* The expression again, in its normal form: one space round binary operators, no needless
 * parentheses, macros as written. Parsing it gives the same tree. Sticky buffer. */
void cel_unparse(const cel_program *program, og_buf *out);
/* A value as CEL writes it, for messages: "open", 3, 2021-10-04, [1, 2]; at most `max`
 * bytes (0: no limit), then "…". Records by their id; unknown and error in words. */
void cel_show_value(og_value v, size_t max, og_buf *out);

/* ---- Evaluating ---- */

typedef struct cel_eval_options { /* 0 takes the default */
    bool explain;                 /* fill the explanation */
    uint32_t max_elements;        /* of a loop shown in it; OG_LIMIT_REASONS */
    uint32_t max_reasons;         /* in all of it; OG_LIMIT_CEL_REASONS */
    uint64_t cost_limit;  /* steps; OG_LIMIT_CEL_COST. Over it: OG_ERROR, always */
    size_t memory_limit;  /* bytes made; OG_LIMIT_CEL_MEMORY. Over it: OG_ERROR, always */
    uint32_t regex_steps; /* of one match; OG_LIMIT_REGEX_STEPS. Over it: OG_ERROR */
    uint32_t regex_memory; /* bytes, of one match; OG_LIMIT_REGEX_MEMORY */
} cel_eval_options;

/* A sub-expression that decided. */
typedef struct cel_reason {
    const char *role; /* "operand", "condition", "range", "argument", …; static */
    uint32_t offset, length; /* code points in the source */
    og_str text;             /* as written; borrowed from the program */
    og_value value;          /* what it came to */
    size_t part_count;
    const struct cel_reason *parts; /* what decided it: operands of a comparison, the
                                       false operands of &&, the branch taken */
    size_t element_count;           /* loops: the elements that decided */
    const struct cel_element *elements;
    size_t element_rest; /* how many more there were */
} cel_reason;

typedef struct cel_element {
    size_t index;        /* in the list, or of the entry */
    og_value key, value; /* key is OG_ABSENT for lists */
    const cel_reason
        *reason; /* why the predicate came out so; NULL when not asked deeper */
} cel_element;

typedef struct cel_explanation {
    cel_reason root; /* the whole expression */
    size_t missing_count;
    const og_str
        *missing;  /* attributes whose absence was met, sorted, unique: of the value
                              when it is unknown, else of operands that did not matter */
    uint64_t cost; /* steps taken */
} cel_explanation;

/* variables[cel_env_variable_count(env)]; OG_ABSENT: unknown, named after the variable.
 * May be NULL when there are none. Reading an absent field of a record is unknown too,
 * named as written ("issue.workaround"); has(x.f) is true or false.
 *
 * *ret and *ret_explanation (may be NULL) live in `arena`, in what the variables live in
 * and in the program. Without options->explain, the cost alone of the explanation is
 * filled in.
 * OG_UNKNOWN and OG_ERROR are results. OG_E_NOMEM is the one failure. options may be
 * NULL. */
int cel_eval(const cel_program *program, const og_value *variables, og_arena *arena,
             const cel_eval_options *options, og_value *ret,
             cel_explanation *ret_explanation, og_error *err);

#endif
