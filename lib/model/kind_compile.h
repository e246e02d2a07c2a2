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
    const model_kinds *kinds;   /* every name is there already; bodies may not be */
    kind_reference *references; /* newest first */
} kind_compiler;

/* A finding at a node of the file at hand. */
#define KIND_ERROR(c, node, code, ...)                                              \
    og_diags_add((c)->diags, OG_LEVEL_ERROR, (code), og_node_pos((c)->doc, (node)), \
                 (c)->doc->source, __VA_ARGS__)

/* First pass: name, plural and home of a kind, or the name of a form. *ret is NULL when
 * the file is too wrong to go on with; the findings say why. OG_E_NOMEM. */
int kind_compile_head(kind_compiler *c, model_kind **ret, bool *ret_is_form,
                      og_error *err);
/* Second pass: everything else. OG_E_NOMEM. */
int kind_compile_body(kind_compiler *c, model_kind *kind, og_error *err);

/* "list(ref(modification))" and the like, for a field's `type`. A bare "record" leaves
 * ret->kind (of the innermost) NULL for the caller to fill. *ret_ok false: a finding was
 * given. `form`: the types of forms are allowed too. */
int kind_type_parse(kind_compiler *c, const og_node *node, bool form, model_type *ret,
                    bool *ret_ok, og_error *err);
/* The type that list() and map() are about in the end. */
const model_type *kind_type_innermost(const model_type *type);

#endif
