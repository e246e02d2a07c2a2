/* Inside lib/cel: the checker's state and the parts it is made of. */
#ifndef OG_CEL_CHECK_H
#define OG_CEL_CHECK_H

#include "cel/issue.h"
#include "cel/program.h"
#include "cel/tree.h"

/* A name bound inside the expression, by a macro. */
typedef struct cel_scope {
    og_str name;
    const cel_type *type;
    uint32_t slot;
    const struct cel_scope *outer;
} cel_scope;

typedef struct cel_checker {
    const cel_env *env;
    cel_tree *tree;
    og_arena *arena;
    cel_issues *issues;
    bool lenient; /* skip_check: resolve what resolves, report no type errors */
    const cel_scope *scope;
    uint32_t next_slot;

    /* unify.c: what each type variable stands for (NULL: anything), and in which order
     * they were set, so that a failed attempt can be undone. */
    const cel_type **bound;
    uint32_t variable_count, variable_cap;
    struct cel_undo *trail;
    uint32_t trail_count, trail_cap;

    /* What the expression mentions. */
    bool *variables; /* [env->slot_count] */
    cel_mention *fields;
    size_t field_count, field_cap;

    int failed; /* OG_E_NOMEM */
} cel_checker;

/* Annotates the tree; issues say what is wrong. OG_E_NOMEM. `result`: type wanted, or
 * NULL. The checker is initialised here and its arena findings (variables, fields) stay.
 */
int cel_check(cel_checker *c, const cel_type *result, og_error *err);

/* check.c: the type of a node, never NULL (&cel_broken after an error). */
const cel_type *cel_check_node(cel_checker *c, cel_node *node);
/* An issue under a node, or, with `at`, under the name of it (`length` bytes). */
cel_issue *cel_check_report(cel_checker *c, const cel_node *node, const char *code,
                            const char *fmt, ...) __attribute__((format(printf, 4, 5)));
cel_issue *cel_check_report_at(cel_checker *c, uint32_t at, size_t length,
                               const char *code, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* "an int", "a list(string)", in the arena; "" when there is no memory. */
const char *cel_check_text(cel_checker *c, const cel_type *t);
extern const cel_type cel_broken;

/* check_name.c */
const cel_type *cel_check_ident(cel_checker *c, cel_node *node);
const cel_type *cel_check_select(cel_checker *c, cel_node *node);
/* The local a name means here, or NULL. */
const cel_scope *cel_scope_find(const cel_checker *c, og_str name);
/* Spells a chain of plain selections ("a.b") into out[CEL_NAME_MAX]; empty when it is
 * none, too long, or starts with a local. *ret_absolute: it starts with a dot. */
#define CEL_NAME_MAX 256
og_str cel_check_dotted(const cel_checker *c, const cel_node *node, char *out,
                        bool *ret_absolute);
/* Tries container.name, …, name: calls `find` until it gives something. */
typedef const void *cel_lookup(const cel_env *env, og_str name);
const void *cel_check_lookup(const cel_checker *c, og_str name, bool absolute,
                             cel_lookup *find);

/* check_call.c */
const cel_type *cel_check_call(cel_checker *c, cel_node *node);
/* After types are final: sets call.exact. */
void cel_check_exact(cel_node *node);

/* check_message.c: why no overload fits. */
void cel_report_no_overload(cel_checker *c, const cel_node *node,
                            const cel_function_rows *rows, const cel_type *const *args);
/* What must be a bool and is of type t; whose: "each side of '&&'". True: it is one. */
bool cel_expect_bool(cel_checker *c, const cel_node *node, const cel_type *t,
                     const char *whose);
/* Literal words compared with an enum must be in it. */
void cel_check_words(cel_checker *c, const cel_node *node);

/* check_hint.c: what to write instead, for mistakes that are often made; false: none. */
bool cel_hint_arguments(cel_checker *c, cel_issue *item, const cel_node *node,
                        const cel_type *const *args);

/* check_suggest.c: names that nothing has */
void cel_report_no_name(cel_checker *c, const cel_node *node, og_str name);
void cel_report_no_field(cel_checker *c, const cel_node *node, const cel_object *object);
/* True when a macro was meant: its arguments then make no sense by themselves. */
bool cel_report_no_function(cel_checker *c, const cel_node *node);
/* Where a node is the name of a type or a constant: the variable that was meant. */
void cel_hint_variable(cel_checker *c, cel_issue *item, const cel_node *node);
/* "a, b and c", at most `max` of them. */
og_str cel_check_join(cel_checker *c, const og_str *words, uint32_t count, uint32_t max);

/* check_loop.c */
const cel_type *cel_check_loop(cel_checker *c, cel_node *node);
const cel_type *cel_check_bind(cel_checker *c, cel_node *node);
const cel_type *cel_check_optmap(cel_checker *c, cel_node *node);
const cel_type *cel_check_block(cel_checker *c, cel_node *node);

/* unify.c */
const cel_type *cel_fresh(cel_checker *c);
/* May a value of type `from` stand where `to` is wanted? Binds variables when it may, and
 * leaves them alone when not. */
bool cel_assignable(cel_checker *c, const cel_type *from, const cel_type *to);
/* All of them, together. */
bool cel_assignable_all(cel_checker *c, const cel_type *const *from,
                        const cel_type *const *to, uint32_t count);
/* Variables replaced by what they stand for, at the outermost level / throughout, where
 * unknown ones become dyn if `final`. */
const cel_type *cel_shallow(const cel_checker *c, const cel_type *t);
const cel_type *cel_resolve(cel_checker *c, const cel_type *t, bool final);
/* One type for both (an element more for a list): dyn when they do not agree. */
const cel_type *cel_join(cel_checker *c, const cel_type *have, const cel_type *more);

/* A row's types with fresh variables for its parameters. */
typedef struct cel_instance {
    og_str names[8];
    const cel_type *variables[8];
    uint32_t count;
} cel_instance;
const cel_type *cel_instantiate(cel_checker *c, cel_instance *instance,
                                const cel_type *t);

#endif
