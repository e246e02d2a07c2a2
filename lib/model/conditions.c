/* Conditions: environments and compiling. */
#include "model/conditions.h"

#include "model/functions.h"

/* ---- What conditions can name ---- */

int model_conditions_declare(cel_env *env, og_str name, const cel_type *type,
                             const char *doc, size_t *ret_slot, og_error *err)
{
    uint32_t slot = 0;
    int rc = cel_env_variable(env, name, type, og_str_from(doc), &slot, err);

    *ret_slot = slot;
    return rc;
}

static int declare_lists(cel_env *env, const model_kinds *kinds, og_arena *arena,
                         size_t **ret, og_error *err)
{
    size_t *slots = OG_ARRAY(arena, kinds->count, size_t);
    if (!slots)
        return og_nomem(err);
    for (size_t k = 0; k < kinds->count; k++) {
        const model_kind *kind = kinds->list[k];
        const cel_type *list =
            cel_type_list_of(cel_env_arena(env), cel_env_type(env, kind->name));
        uint32_t slot = 0;
        int rc = list ? cel_env_variable(env, kind->plural, list, kind->doc, &slot, err)
                      : og_nomem(err);
        if (rc != OG_OK)
            return rc;
        slots[kind->ordinal] = slot;
    }
    *ret = slots;
    return OG_OK;
}

int model_conditions_new(const model_register *policy, og_arena *arena, cel_env **ret_env,
                         model_common *ret, og_error *err)
{
    model_functions *functions = OG_NEW(arena, model_functions);
    if (!functions)
        return og_nomem(err);
    *functions = (model_functions){.zone = policy->zone, .calendar = policy->calendar};
    const cel_env_options options = {.zone = model_zone_offset};
    cel_env *env = NULL;

    int rc = cel_env_new(NULL, &options, &env, err);
    if (rc == OG_OK)
        rc = model_kinds_declare(policy->kinds, env, err);
    if (rc == OG_OK)
        rc = model_functions_declare(env, functions, err);
    if (rc == OG_OK)
        rc = model_conditions_declare(env, OG_STR("now"), &cel_timestamp,
                                      "the time of judgement", &ret->now, err);
    if (rc == OG_OK)
        rc = model_conditions_declare(env, OG_STR("today"), &cel_date,
                                      "its day in the register's zone", &ret->today, err);
    if (rc == OG_OK)
        rc = declare_lists(env, policy->kinds, arena, &ret->kinds, err);
    *ret_env = env; /* the caller's to free, also when it is not complete */
    return rc;
}

/* ---- Compiling ---- */

static void report(const og_document *doc, const og_node *node, const char *what,
                   const cel_issues *issues, og_diags *diags)
{
    for (size_t i = 0; i < issues->count; i++) {
        const cel_issue *issue = &issues->items[i];
        og_pos pos = og_node_pos_inside(doc, node, issue->offset, issue->length);
        og_diag *d = og_diags_add(diags, OG_LEVEL_ERROR, issue->code, pos, doc->source,
                                  "%s: %.*s", what, OG_FMT(issue->message));
        if (issue->hint.n)
            og_diags_hint(diags, d, "%.*s", OG_FMT(issue->hint));
    }
    if (issues->dropped > 0)
        og_diags_add(diags, OG_LEVEL_ERROR, "cel-more", og_node_pos(doc, node),
                     doc->source, "%s: and %zu more", what, issues->dropped);
}

int model_condition_compile(const cel_env *env, const og_document *doc,
                            const og_node *mapping, const char *key,
                            const cel_type *result, og_diags *diags, model_condition *ret,
                            og_error *err)
{
    const og_node *node = og_node_get(mapping, og_str_from(key));
    cel_issues issues = {0};
    cel_program *program = NULL;

    if (!node)
        return OG_OK; /* a required one was missed with the form */
    if (node->kind != OG_NODE_SCALAR) {
        og_diags_add(diags, OG_LEVEL_ERROR, "wrong-type", og_node_pos(doc, node),
                     doc->source, "'%s' is a condition, a string, not %s", key,
                     og_node_what(node));
        return OG_OK;
    }
    ret->text = node->text;
    ret->node = node;
    cel_compile_options options = {.result = result};
    int rc = cel_compile(env, node->text, &options, &issues, &program, err);
    ret->program = program;
    if (rc == OG_E_INVALID) {
        report(doc, node, key, &issues, diags);
        og_error_done(err);
        rc = OG_OK;
    }
    if (rc == OG_OK && issues.failed)
        rc = og_nomem(err);
    cel_issues_done(&issues);
    return rc;
}

void model_condition_done(model_condition *condition)
{
    cel_program_free((cel_program *)condition->program);
    condition->program = NULL;
}

bool model_condition_reads(const model_condition *condition, size_t slot)
{
    size_t count = 0;
    const uint32_t *slots =
        condition->program ? cel_program_variables(condition->program, &count) : NULL;

    for (size_t i = 0; i < count; i++)
        if (slots[i] == slot)
            return true;
    return false;
}
