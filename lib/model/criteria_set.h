/* Inside lib/model: the steps of reading a criteria set. */
#ifndef OG_MODEL_CRITERIA_SET_H
#define OG_MODEL_CRITERIA_SET_H

#include "model/criteria.h"

typedef struct criteria_reader {
    model_criteria *set;
    const model_register *policy;
    const og_document *doc;
    og_diags *diags;
} criteria_reader;

/* A finding at a node of the file; an og_diag to give a hint to, NULL when lost. */
#define CRITERIA_ERROR(r, node, code, ...)                                          \
    og_diags_add((r)->diags, OG_LEVEL_ERROR, (code), og_node_pos((r)->doc, (node)), \
                 (r)->doc->source, __VA_ARGS__)

/* params: → set->params, one map a gate, and *ret_type, what the checker knows of them.
 */
int criteria_read_params(criteria_reader *r, const og_node *params,
                         const cel_type **ret_type, og_error *err);

/* set->env and set->slots: subject, milestone, params, now, today, baseline, one list for
 * each kind, and the functions of functions.h. */
int criteria_declare(criteria_reader *r, const cel_type *params, og_error *err);

/* Compiles the conditions of one criterion and notes which kinds they mention. */
int criteria_compile(criteria_reader *r, const og_node *node, model_criterion *criterion,
                     og_error *err);

#endif
