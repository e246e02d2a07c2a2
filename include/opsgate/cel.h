/* Common Expression Language in C: declare what an expression may use, compile it,
 * evaluate it as often as you like. The language is google/cel-spec's;
 * docs/cel-library.md has a complete program.
 *
 *     opsgate_cel_env *env = opsgate_cel_env_new();
 *     opsgate_cel_env_variable(env, "user", "string");
 *     opsgate_cel_env_variable(env, "hits", "int");
 *     opsgate_cel_compile(env, "user != 'root' && hits < 3", "bool", &program, &issues);
 *
 *     opsgate_cel_activation *now = opsgate_cel_activation_new(env);
 *     opsgate_cel_set(now, "user", opsgate_cel_string(opsgate_cel_inputs(now), "ada"));
 *     opsgate_cel_set(now, "hits", opsgate_cel_int(2));
 *     opsgate_cel_eval(program, now, &value);
 *     if (opsgate_cel_as_bool(value)) …
 *
 * Ownership. What a function ending in _new returns is freed by the function ending in
 * _free, which accepts NULL. Everything else is borrowed: each comment says from what and
 * until when. Strings given are copied unless it says otherwise.
 *
 * Threads. No global state. An environment is built by one thread; complete, it may be
 * used by several. A compiled program never changes: any number of threads may evaluate
 * it at once, each with an activation of its own. Activations, arenas and issues belong
 * to one thread at a time. Values never change: several threads may read those of one
 * arena while nobody resets or frees it.
 *
 * Failures. A function that can fail returns an opsgate_cel_status and writes its results
 * only on success. What goes wrong while evaluating is a value, as CEL has it: an error,
 * or an unknown where something was missing. The library neither prints nor exits, and
 * reports lack of memory like any other failure.
 *
 * Positions count code points from 0; lines and columns count from 1. */
#ifndef OPSGATE_CEL_H
#define OPSGATE_CEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#pragma GCC visibility push(default)
#define OPSGATE_CEL_PRINTF(at) __attribute__((format(printf, (at), (at) + 1)))
#else
#define OPSGATE_CEL_PRINTF(at)
#endif

typedef enum opsgate_cel_status {
    OPSGATE_CEL_OK = 0,
    OPSGATE_CEL_E_NOMEM = -1,  /* no memory */
    OPSGATE_CEL_E_USAGE = -2,  /* the call makes no sense: an undeclared name, say */
    OPSGATE_CEL_E_INVALID = -4 /* the expression is wrong: the issues say where */
} opsgate_cel_status;

typedef struct opsgate_cel_env opsgate_cel_env;
typedef struct opsgate_cel_record opsgate_cel_record; /* a record type */
typedef struct opsgate_cel_program opsgate_cel_program;
typedef struct opsgate_cel_issues opsgate_cel_issues;
typedef struct opsgate_cel_arena opsgate_cel_arena; /* memory of values */
typedef struct opsgate_cel_activation opsgate_cel_activation;
typedef struct opsgate_cel_reason opsgate_cel_reason;
typedef struct opsgate_cel_call opsgate_cel_call;

/* A value: 16 bytes, passed and copied freely. Its contents are private; what it points
 * to lives in the arena it was made in. All zero it is OPSGATE_CEL_ABSENT. */
typedef struct opsgate_cel_value {
    uint64_t bits[2];
} opsgate_cel_value;

/* Text or bytes; not NUL-terminated. */
typedef struct opsgate_cel_text {
    const char *p;
    size_t n; /* bytes */
} opsgate_cel_text;

/* ---- Types, as text ----
 *
 *   dyn null bool int uint double string bytes timestamp duration date type
 *   list(T)  map(K, V)  optional(T)
 *   enum(open, fixed, closed)   a string that is one of these words; comparing it with
 *                               another word is a mistake that compiling finds
 *   defect                      a record type, declared before or after its use
 *   A                           one capital letter: in signatures, any type, the same
 *                               wherever the letter stands
 *
 * list and map alone are of dyn. A type may be nested 20 deep. */

/* ---- Environment: what expressions may use ---- */

/* With the standard language and the extensions strings, math, optionals, two-variable
 * comprehensions, bindings, encoders, sets and network; no variables. NULL: no memory. */
opsgate_cel_env *opsgate_cel_env_new(void);
/* Programs and activations made from it must be gone. */
void opsgate_cel_env_free(opsgate_cel_env *env);

/* Declarations may be made one after the other without looking: the first that fails is
 * remembered, nothing compiles from then on, and the issues of compiling say what it was.
 * OPSGATE_CEL_E_USAGE: a type that is none, a name that is none or is taken. */

/* A name with dots ("request.host") is one variable. */
opsgate_cel_status opsgate_cel_env_variable(opsgate_cel_env *env, const char *name,
                                            const char *type);
/* A name whose value never changes. The value is copied. */
opsgate_cel_status opsgate_cel_env_constant(opsgate_cel_env *env, const char *name,
                                            const char *type, opsgate_cel_value value);

/* A type ending in "?" may be missing from a record: has(x.f) is then false, and reading
 * it gives an unknown that names it. */
typedef struct opsgate_cel_field {
    const char *name, *type; /* {"severity", "int"}, {"workaround", "string?"} */
} opsgate_cel_field;

/* A record type. Records of one type are equal when their fields are; a missing field
 * equals a missing one. The result, for making records, lives as long as env; NULL:
 * failed. */
const opsgate_cel_record *opsgate_cel_env_record(opsgate_cel_env *env, const char *name,
                                                 const opsgate_cel_field *fields,
                                                 size_t count);

/* A function in C. args[count] have the declared types (their outermost kind) and are
 * never errors or unknown: such a call is not made, its result is the error or the
 * unknown. What it makes goes into opsgate_cel_call_arena(call). Returns a value of the
 * declared type, or opsgate_cel_error(…). It must give the same result for the same
 * arguments and may be called by several threads at once. */
typedef opsgate_cel_value opsgate_cel_function(opsgate_cel_call *call,
                                               const opsgate_cel_value *args,
                                               size_t count);

/* Signatures:
 *   "clamp(int, int, int): int"        called as clamp(x, 1, 9)
 *   "text.wrap(string, int): string"   called as text.wrap(s, 72)
 *   "string.wrap(int): string"         called as s.wrap(72): a type before the dot
 *   "list(A).middle(): optional(A)"
 *   "oldest(timestamp...): timestamp"  one argument or more
 * At most 6 parameters. Several signatures may share a name when their types tell them
 * apart. data is handed to the function and must outlive env. */
opsgate_cel_status opsgate_cel_env_function(opsgate_cel_env *env, const char *signature,
                                            opsgate_cel_function *call, void *data);
opsgate_cel_arena *opsgate_cel_call_arena(opsgate_cel_call *call);
void *opsgate_cel_call_data(opsgate_cel_call *call);

/* Where names are looked up first: inside "a.b", "x" means a.b.x, then a.x, then x. */
opsgate_cel_status opsgate_cel_env_container(opsgate_cel_env *env, const char *name);

/* Seconds east of UTC in a time zone at an instant (seconds since 1970); false: there is
 * no such zone. For x.getHours("Europe/London"); without it only "UTC" and "+01:00" are
 * known. Must be pure; several threads may call it at once. */
typedef bool opsgate_cel_zone_offset(void *data, const char *zone, size_t length,
                                     int64_t instant, int32_t *ret_seconds);
void opsgate_cel_env_zones(opsgate_cel_env *env, opsgate_cel_zone_offset *offset,
                           void *data);

/* Every bound on hostile input, each with its default. */
typedef enum opsgate_cel_limit {
    /* Over these, an expression does not compile. */
    OPSGATE_CEL_LIMIT_SOURCE,   /* 65,536: bytes of an expression */
    OPSGATE_CEL_LIMIT_DEPTH,    /* 250: nesting of an expression; at most 2,000. A level
                                   takes about 1 KiB of the thread's stack */
    OPSGATE_CEL_LIMIT_NODES,    /* 100,000: parts of an expression */
    OPSGATE_CEL_LIMIT_ESTIMATE, /* 10^18: the most steps one evaluation can take, as
                                   estimated from the sizes of what it is given */
    /* For that estimate: sizes where opsgate_cel_env_size says nothing. */
    OPSGATE_CEL_LIMIT_ASSUMED_LIST, /* 1,000: elements of a list or map */
    OPSGATE_CEL_LIMIT_ASSUMED_TEXT, /* 1,000: bytes of text */
    OPSGATE_CEL_LIMIT_ISSUES,       /* 100: issues listed; the rest are counted */
    /* Over these, evaluation gives an error, always. */
    OPSGATE_CEL_LIMIT_COST,          /* 100,000,000: steps of one evaluation; a call of an
                                        own function is one */
    OPSGATE_CEL_LIMIT_MEMORY,        /* 268,435,456: bytes made by one evaluation:
                                        strings, lists and maps can grow no further */
    OPSGATE_CEL_LIMIT_PATTERN_STEPS, /* 1,000,000: backtracking of one match */
    OPSGATE_CEL_LIMIT_PATTERN_MEMORY, /* 8,388,608: bytes one match may use */
    /* Over these, an explanation is cut short. */
    OPSGATE_CEL_LIMIT_REASONS,  /* 1,000: reasons; what is deeper is not shown */
    OPSGATE_CEL_LIMIT_ELEMENTS, /* 20: elements of a loop; the rest are counted */
    OPSGATE_CEL_LIMIT_COUNT
} opsgate_cel_limit;
/* Before compiling and before activations are made. Lower or higher than the default; 0
 * is the default again. OPSGATE_CEL_E_USAGE: no such limit, or a value beyond what it can
 * be: 2,000 for the depth, 64 bits for what counts steps and sizes of evaluation,
 * else 32. */
opsgate_cel_status opsgate_cel_env_set_limit(opsgate_cel_env *env,
                                             opsgate_cel_limit limit, uint64_t value);

/* How large the value of a variable is at most: elements of a list or map, bytes of text.
 * For the estimate alone: nothing refuses a larger one. OPSGATE_CEL_E_USAGE: no such
 * variable. */
opsgate_cel_status opsgate_cel_env_size(opsgate_cel_env *env, const char *variable,
                                        uint64_t size);

/* ---- Compiling ---- */

/* The source need not be UTF-8 or sane. result_type: what it must come to ("bool"), or
 * NULL.
 *
 * OPSGATE_CEL_E_INVALID: *ret_issues, when asked for, lists everything that is wrong and
 * is yours to free. Only then is it written; *ret_program only on success. The program
 * refers to env. */
opsgate_cel_status opsgate_cel_compile(const opsgate_cel_env *env, const char *source,
                                       const char *result_type,
                                       opsgate_cel_program **ret_program,
                                       opsgate_cel_issues **ret_issues);
opsgate_cel_status opsgate_cel_compile_n(const opsgate_cel_env *env, const char *source,
                                         size_t length, const char *result_type,
                                         opsgate_cel_program **ret_program,
                                         opsgate_cel_issues **ret_issues);
void opsgate_cel_program_free(opsgate_cel_program *program);

typedef struct opsgate_cel_issue {
    const char *code; /* "cel-syntax", "cel-name", "cel-type", "cel-limit"; "cel-env": a
                         declaration failed */
    size_t offset, length;
    size_t line, column;
    opsgate_cel_text
        message;           /* what was found, what would fit; lower case, no full stop */
    opsgate_cel_text hint; /* what to do; may be empty */
} opsgate_cel_issue;

size_t opsgate_cel_issues_count(const opsgate_cel_issues *issues);
/* In order of the source; texts live as long as issues. Past the end all is zero. */
opsgate_cel_issue opsgate_cel_issues_at(const opsgate_cel_issues *issues, size_t i);
/* All of them for people, NUL-terminated, each with its line of the source and a mark
 * under what it is about:
 *
 *     expression:1:9: error: undeclared name 'hit' [cel-name]
 *       1 | user && hit < 3
 *         |         ^^^
 *       = hint: did you mean 'hits'?
 */
const char *opsgate_cel_issues_text(const opsgate_cel_issues *issues);
void opsgate_cel_issues_free(opsgate_cel_issues *issues);

/* Borrowed from the program. */
opsgate_cel_text opsgate_cel_program_source(const opsgate_cel_program *program);
/* The type of its value, as type text ("dyn": known only when evaluated). */
opsgate_cel_text opsgate_cel_program_type(const opsgate_cel_program *program);
/* The most steps one evaluation takes while no value is larger than declared or assumed;
 * UINT64_MAX: too many to count. */
uint64_t opsgate_cel_program_cost(const opsgate_cel_program *program);
/* The variables it mentions, whether or not evaluation gets there. */
size_t opsgate_cel_program_variable_count(const opsgate_cel_program *program);
opsgate_cel_text opsgate_cel_program_variable(const opsgate_cel_program *program,
                                              size_t i);

/* ---- Values in ---- */

/* limit: bytes it may hold; 0: 4 GiB. NULL: no memory. */
opsgate_cel_arena *opsgate_cel_arena_new(size_t limit);
/* Frees every value in it; the arena is empty and usable again. */
void opsgate_cel_arena_reset(opsgate_cel_arena *arena);
void opsgate_cel_arena_free(opsgate_cel_arena *arena);

/* Makers always return a value. One that could not be made (no memory, text that is not
 * UTF-8, a time outside CEL's range) is an error value that says so, and an expression
 * that meets it comes to that error. */
opsgate_cel_value opsgate_cel_null(void);
opsgate_cel_value opsgate_cel_bool(bool b);
opsgate_cel_value opsgate_cel_int(int64_t i);
opsgate_cel_value opsgate_cel_uint(uint64_t u);
opsgate_cel_value opsgate_cel_double(double d);
/* NULL gives OPSGATE_CEL_ABSENT: a missing string is a missing value. */
opsgate_cel_value opsgate_cel_string(opsgate_cel_arena *arena, const char *text);
opsgate_cel_value opsgate_cel_string_n(opsgate_cel_arena *arena, const char *text,
                                       size_t length);
/* Not copied: the text must live, unchanged, as long as the value is used. */
opsgate_cel_value opsgate_cel_string_borrowed(const char *text, size_t length);
opsgate_cel_value opsgate_cel_bytes(opsgate_cel_arena *arena, const void *bytes,
                                    size_t length);
/* Since 1970-01-01T00:00:00Z; years 1 to 9999; nanos 0 to 999,999,999. */
opsgate_cel_value opsgate_cel_timestamp(int64_t seconds, int32_t nanos);
/* At most 64 bits of nanoseconds, 292 years; both of the same sign, nanos below a second.
 */
opsgate_cel_value opsgate_cel_duration(int64_t seconds, int32_t nanos);
/* A calendar date; outside years 1 to 9999, or no such day: an error. */
opsgate_cel_value opsgate_cel_date(int year, int month, int day);
/* The items are copied; one that is an error or unknown is the result instead. */
opsgate_cel_value opsgate_cel_list(opsgate_cel_arena *arena,
                                   const opsgate_cel_value *items, size_t count);
/* Keys are bool, int, uint or string, each once. As lists otherwise. */
opsgate_cel_value opsgate_cel_map(opsgate_cel_arena *arena, const opsgate_cel_value *keys,
                                  const opsgate_cel_value *values, size_t count);
/* fields[] in the order of the declaration, each of its declared type (its outermost
 * kind), or OPSGATE_CEL_ABSENT where nothing is, which only an optional field ("string?")
 * may be. One that is an error or unknown is the result instead. */
opsgate_cel_value opsgate_cel_make_record(opsgate_cel_arena *arena,
                                          const opsgate_cel_record *type,
                                          const opsgate_cel_value *fields, size_t count);
/* OPSGATE_CEL_ABSENT makes an empty one. */
opsgate_cel_value opsgate_cel_optional(opsgate_cel_arena *arena, opsgate_cel_value value);
/* What is not known, by the name of what is missing. */
opsgate_cel_value opsgate_cel_unknown(opsgate_cel_arena *arena, const char *attribute);
opsgate_cel_value opsgate_cel_error(opsgate_cel_arena *arena, const char *format, ...)
    OPSGATE_CEL_PRINTF(2);
/* The same value in another arena, which it then needs alone; types of records and their
 * contents included. */
opsgate_cel_value opsgate_cel_copy(opsgate_cel_arena *arena, opsgate_cel_value value);

/* ---- Values out ---- */

typedef enum opsgate_cel_kind { /* ORDER: kinds in public_read.c */
    OPSGATE_CEL_ABSENT,         /* nothing: a variable or field that was not set */
    OPSGATE_CEL_NULL,
    OPSGATE_CEL_BOOL,
    OPSGATE_CEL_INT,
    OPSGATE_CEL_UINT,
    OPSGATE_CEL_DOUBLE,
    OPSGATE_CEL_STRING,
    OPSGATE_CEL_BYTES,
    OPSGATE_CEL_DATE,
    OPSGATE_CEL_TIMESTAMP,
    OPSGATE_CEL_DURATION,
    OPSGATE_CEL_LIST,
    OPSGATE_CEL_MAP,
    OPSGATE_CEL_RECORD,
    OPSGATE_CEL_TYPE,
    OPSGATE_CEL_OPTIONAL,
    OPSGATE_CEL_OTHER, /* of an extension: net.IP */
    OPSGATE_CEL_UNKNOWN,
    OPSGATE_CEL_ERROR
} opsgate_cel_kind;

opsgate_cel_kind opsgate_cel_kind_of(opsgate_cel_value v);
/* "int", "string", …; static. */
const char *opsgate_cel_kind_name(opsgate_cel_kind kind);

/* Readers of one kind. Of any other they give false, 0, an empty text or
 * OPSGATE_CEL_ABSENT. Texts and inner values live as long as v. */
bool opsgate_cel_as_bool(opsgate_cel_value v);
int64_t opsgate_cel_as_int(opsgate_cel_value v);
uint64_t opsgate_cel_as_uint(opsgate_cel_value v);
double opsgate_cel_as_double(opsgate_cel_value v);
/* String or bytes; of a type its name ("int", "list"). */
opsgate_cel_text opsgate_cel_as_text(opsgate_cel_value v);
/* Timestamp, duration: as given to the makers. */
int64_t opsgate_cel_seconds(opsgate_cel_value v);
int32_t opsgate_cel_nanos(opsgate_cel_value v);
/* False: not a date. */
bool opsgate_cel_as_date(opsgate_cel_value v, int *ret_year, int *ret_month,
                         int *ret_day);
/* Items of a list, entries of a map, fields of a record, 1 or 0 for an optional, missing
 * attributes of an unknown. */
size_t opsgate_cel_size(opsgate_cel_value v);
/* The i-th of a list, value of a map (in order of insertion), field of a record (as
 * declared), content of an optional; OPSGATE_CEL_ABSENT past the end. */
opsgate_cel_value opsgate_cel_at(opsgate_cel_value v, size_t i);
/* The i-th key of a map, or name of a record's field. */
opsgate_cel_value opsgate_cel_key_at(opsgate_cel_value v, size_t i);
/* Of a map or record. */
opsgate_cel_value opsgate_cel_get(opsgate_cel_value v, const char *key);
/* Of a map. 1 finds 1u, as in CEL. */
opsgate_cel_value opsgate_cel_find(opsgate_cel_value v, opsgate_cel_value key);
/* Record: the name of its type. */
opsgate_cel_text opsgate_cel_record_type(opsgate_cel_value v);
/* Unknown: the i-th of what was missing, sorted: "hits", "defect.workaround". */
opsgate_cel_text opsgate_cel_missing_at(opsgate_cel_value v, size_t i);
/* Error: what went wrong, and which part of the expression it was (length 0: not known).
 */
opsgate_cel_text opsgate_cel_error_message(opsgate_cel_value v);
size_t opsgate_cel_error_offset(opsgate_cel_value v);
size_t opsgate_cel_error_length(opsgate_cel_value v);

/* Any value as people read it: [1, 2], "a", defect{severity: 1}, error: …. Like snprintf:
 * writes at most size bytes including the NUL, cut at a code point, and returns how long
 * the text is. out may be NULL when size is 0. No memory: an empty text, 0. */
size_t opsgate_cel_show(opsgate_cel_value v, char *out, size_t size);

/* ---- Evaluating ---- */

/* What one evaluation after the other sees: the values of variables. env must be complete
 * and outlive it. NULL: no memory. */
opsgate_cel_activation *opsgate_cel_activation_new(const opsgate_cel_env *env);
void opsgate_cel_activation_free(opsgate_cel_activation *activation);
/* Unsets every variable and frees the inputs and the last result. */
void opsgate_cel_activation_reset(opsgate_cel_activation *activation);
/* An arena for values of variables, freed by reset and free. Values may come from any
 * other arena that lives long enough. */
opsgate_cel_arena *opsgate_cel_inputs(opsgate_cel_activation *activation);

/* A variable never set, or OPSGATE_CEL_ABSENT, is unknown: what depends on it comes to an
 * unknown that names it. OPSGATE_CEL_E_USAGE: no such variable, or a value that is not of
 * its type (its outermost kind); the variable is then unset. */
opsgate_cel_status opsgate_cel_set(opsgate_cel_activation *activation, const char *name,
                                   opsgate_cel_value value);
/* The same without looking for the name: slots are numbers below the count of variables;
 * -1: there is no such variable. */
int opsgate_cel_slot(const opsgate_cel_env *env, const char *name);
opsgate_cel_status opsgate_cel_set_slot(opsgate_cel_activation *activation, int slot,
                                        opsgate_cel_value value);
/* LIMIT_COST or one after it, for this activation; as opsgate_cel_env_set_limit.
 */
opsgate_cel_status opsgate_cel_activation_set_limit(opsgate_cel_activation *activation,
                                                    opsgate_cel_limit limit,
                                                    uint64_t value);

/* *ret is any value, also an error or an unknown. It lives until the next evaluation with
 * this activation, its reset or its end (opsgate_cel_copy keeps it), and as long as the
 * program, the variables' values and env. OPSGATE_CEL_E_NOMEM; OPSGATE_CEL_E_USAGE: the
 * activation is of another environment. */
opsgate_cel_status opsgate_cel_eval(const opsgate_cel_program *program,
                                    opsgate_cel_activation *activation,
                                    opsgate_cel_value *ret);

/* ---- Explaining ---- */

/* Evaluates and says why: the expression as a tree of reasons, each a part of it that had
 * a say and what that came to. Of && and || only the operands that decided; of a loop the
 * elements that decided. Costs a second walk; opsgate_cel_eval pays nothing for it.
 * *ret_reason lives as long as the value; so does everything read from it. */
opsgate_cel_status opsgate_cel_explain(const opsgate_cel_program *program,
                                       opsgate_cel_activation *activation,
                                       opsgate_cel_value *ret,
                                       const opsgate_cel_reason **ret_reason);

/* "expression", "operand", "target", "argument", "condition", "branch", "range",
 * "element", "body"; static. */
const char *opsgate_cel_reason_role(const opsgate_cel_reason *reason);
size_t opsgate_cel_reason_offset(const opsgate_cel_reason *reason);
size_t opsgate_cel_reason_length(const opsgate_cel_reason *reason);
/* As written. */
opsgate_cel_text opsgate_cel_reason_text(const opsgate_cel_reason *reason);
opsgate_cel_value opsgate_cel_reason_value(const opsgate_cel_reason *reason);
/* What it rests on; NULL past the end. */
size_t opsgate_cel_reason_part_count(const opsgate_cel_reason *reason);
const opsgate_cel_reason *opsgate_cel_reason_part(const opsgate_cel_reason *reason,
                                                  size_t i);

/* Loops: the elements that decided, at most LIMIT_ELEMENTS, and how many more there were.
 * Where all decided alike (all() is true, exists() false) none is shown. */
typedef struct opsgate_cel_element {
    size_t index;                     /* in the list, or of the map's entry */
    opsgate_cel_value key, value;     /* key: of maps, else OPSGATE_CEL_ABSENT */
    const opsgate_cel_reason *reason; /* why the condition came out so for it */
} opsgate_cel_element;
size_t opsgate_cel_reason_element_count(const opsgate_cel_reason *reason);
opsgate_cel_element opsgate_cel_reason_element(const opsgate_cel_reason *reason,
                                               size_t i);
size_t opsgate_cel_reason_element_rest(const opsgate_cel_reason *reason);

/* What was missing on the way, of the last opsgate_cel_explain; also what did not matter
 * in the end. Sorted, each once. */
size_t opsgate_cel_missing_count(const opsgate_cel_activation *activation);
opsgate_cel_text opsgate_cel_missing(const opsgate_cel_activation *activation, size_t i);
/* Steps it took, as LIMIT_COST counts them. */
uint64_t opsgate_cel_cost(const opsgate_cel_activation *activation);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif
