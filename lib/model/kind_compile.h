/* From the node tree of one kind or form file to a model_kind. Internal to lib/model. */
#ifndef OG_MODEL_KIND_COMPILE_H
#define OG_MODEL_KIND_COMPILE_H

#include "model/kind.h"

typedef struct kind_reference { /* a ref(KIND) seen, to be checked when all are known */
    const model_kind *target;
    const og_document *doc;
    const og_node *node;
    struct kind_reference *next;
} kind_reference;

typedef struct kind_compiler {
    og_arena *arena;
    og_diags *diags;
    const og_document *doc;     /* the file at hand */
    bool forms;                 /* it is a form: types of forms are allowed too */
    const model_kinds *kinds;   /* every name is there already; bodies may not be */
    kind_reference *references; /* newest first */
} kind_compiler;

/* A finding at a node of the file at hand. */
#define KIND_ERROR(c, node, code, ...)                                              \
    og_diags_add((c)->diags, OG_LEVEL_ERROR, (code), og_node_pos((c)->doc, (node)), \
                 (c)->doc->source, __VA_ARGS__)

enum { /* ORDER: kind_keys in kind_compile.c */
    KIND_FILE_NAME,
    KIND_FILE_PLURAL,
    KIND_FILE_DOC,
    KIND_FILE_KEY,
    KIND_FILE_HOME,
    KIND_FILE_AUTHORITY,
    KIND_FILE_POLICY,
    KIND_FILE_COMPUTED,
    KIND_FILE_BELONGS_TO,
    KIND_FILE_LIFECYCLE,
    KIND_FILE_FIELDS,
    KIND_FILE_KEYS
};

typedef struct kind_file { /* one kind or form and the file it comes from */
    const og_document *doc;
    bool builtin;
    const char *digest; /* of a built-in; NULL: from doc->source */
    bool is_form;
    const og_node *keys[KIND_FILE_KEYS]; /* what stands under each, NULL where nothing */
    model_kind *kind;                    /* NULL: too wrong to go on with */
} kind_file;

/* First pass: name, plural and home; file->kind, or findings that say why not.
 * OG_E_NOMEM. */
int kind_compile_head(kind_compiler *c, kind_file *file, og_error *err);
/* Second pass: everything else. OG_E_NOMEM. */
int kind_compile_body(kind_compiler *c, const kind_file *file, og_error *err);
/* The fields under a `fields` key (NULL: none), and the owner's. OG_E_NOMEM. */
int kind_compile_fields(kind_compiler *c, model_kind *kind, const og_node *map,
                        og_error *err);

/* "list(ref(modification))" and the like, for a field's `type`. A bare "record" leaves
 * ret->kind (of the innermost) NULL for the caller to fill. *ret_ok false: a finding was
 * given. */
int kind_type_parse(kind_compiler *c, const og_node *node, model_type *ret, bool *ret_ok,
                    og_error *err);
/* The type that list() and map() are about in the end. */
const model_type *kind_type_innermost(const model_type *type);

#endif
