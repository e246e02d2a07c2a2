/* Conditions of a criterion: declared, compiled, their findings put where they stand. */
#include "model/criteria_set.h"
#include "model/functions.h"

/* ---- What conditions can name ---- */

static int declare(cel_env *env, og_str name, const cel_type *type, const char *doc,
                   size_t *ret_slot, og_error *err)
{
    uint32_t slot = 0;
    int rc = cel_env_variable(env, name, type, og_str_from(doc), &slot, err);

    *ret_slot = slot;
    return rc;
}

static int declare_lists(criteria_reader *r, og_error *err)
{
    const model_kinds *kinds = r->policy->kinds;
    cel_env *env = r->set->env;

    r->set->slots.kinds = OG_ARRAY(&r->set->arena, kinds->count, size_t);
    if (!r->set->slots.kinds)
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
        r->set->slots.kinds[kind->ordinal] = slot;
    }
    return OG_OK;
}

int criteria_declare(criteria_reader *r, const cel_type *params, og_error *err)
{
    model_criteria *set = r->set;
    model_functions *functions = OG_NEW(&set->arena, model_functions);
    if (!functions)
        return og_nomem(err);
    *functions =
        (model_functions){.zone = r->policy->zone, .calendar = r->policy->calendar};

    int rc = cel_env_new(NULL, NULL, &set->env, err);
    if (rc == OG_OK)
        rc = model_kinds_declare(r->policy->kinds, set->env, err);
    if (rc == OG_OK)
        rc = model_functions_declare(set->env, functions, err);
    if (rc != OG_OK)
        return rc;
    const cel_type *subject = cel_env_type(set->env, set->subject->name);
    const cel_type *milestone = cel_env_type(set->env, OG_STR("milestone"));
    const struct {
        og_str name;
        const cel_type *type;
        const char *doc;
        size_t *slot;
    } variables[] = {
        {set->subject->name, subject, "the subject judged", &set->slots.subject},
        {OG_STR("milestone"), milestone, "the gate judged", &set->slots.milestone},
        {OG_STR("params"), params, "parameters at this gate", &set->slots.params},
        {OG_STR("now"), &cel_timestamp, "the time of judgement", &set->slots.now},
        {OG_STR("today"), &cel_date, "its day in the register's zone", &set->slots.today},
        {OG_STR("baseline"), subject, "the subject at its baseline",
         &set->slots.baseline},
    };
    for (size_t i = 0; rc == OG_OK && i < sizeof variables / sizeof variables[0]; i++)
        rc = declare(set->env, variables[i].name, variables[i].type, variables[i].doc,
                     variables[i].slot, err);
    if (rc == OG_OK)
        rc = declare_lists(r, err);
    set->slots.element = cel_env_variable_count(set->env);
    set->slots.count = set->slots.element + 1;
    return rc;
}

/* ---- Compiling ---- */

static void report(criteria_reader *r, const og_node *node, const char *what,
                   const cel_issues *issues)
{
    for (size_t i = 0; i < issues->count; i++) {
        const cel_issue *issue = &issues->items[i];
        og_pos pos = og_node_pos_inside(r->doc, node, issue->offset, issue->length);
        og_diag *d =
            og_diags_add(r->diags, OG_LEVEL_ERROR, issue->code, pos, r->doc->source,
                         "%s: %.*s", what, OG_FMT(issue->message));
        if (issue->hint.n)
            og_diags_hint(r->diags, d, "%.*s", OG_FMT(issue->hint));
    }
    if (issues->dropped > 0)
        CRITERIA_ERROR(r, node, "cel-more", "%s: and %zu more", what, issues->dropped);
}

/* criterion's `key` in env, wanting `result`; not written: nothing. */
static int compile(criteria_reader *r, const cel_env *env, const og_node *criterion,
                   const char *key, const cel_type *result, model_condition *ret,
                   og_error *err)
{
    const og_node *node = og_node_get(criterion, og_str_from(key));
    cel_issues issues = {0};
    cel_program *program = NULL;

    if (!node)
        return OG_OK; /* a required one was missed with the form */
    if (node->kind != OG_NODE_SCALAR) {
        CRITERIA_ERROR(r, node, "wrong-type", "'%s' is a condition, a string, not %s",
                       key, og_node_what(node));
        return OG_OK;
    }
    ret->text = node->text;
    ret->node = node;
    cel_compile_options options = {.result = result};
    int rc = cel_compile(env, node->text, &options, &issues, &program, err);
    ret->program = program;
    if (rc == OG_E_INVALID) {
        report(r, node, key, &issues);
        og_error_done(err);
        rc = OG_OK;
    }
    if (issues.failed)
        rc = og_nomem(err);
    cel_issues_done(&issues);
    return rc;
}

/* The environment of require and because: with the element of `each`, when there is one.
 */
static int element_env(criteria_reader *r, const og_node *node, model_criterion *c,
                       og_error *err)
{
    const cel_type *list = c->each.program ? cel_program_type(c->each.program) : &cel_dyn;
    const cel_type *element = list->param_count == 1 ? list->params[0] : &cel_dyn;

    int rc = cel_env_new(r->set->env, NULL, &c->element_env, err);
    if (rc != OG_OK)
        return rc;
    rc = cel_env_variable(c->element_env, c->as, element, OG_STR("the element judged"),
                          NULL, err);
    if (rc != OG_E_CONFLICT && rc != OG_E_USAGE)
        return rc;
    CRITERIA_ERROR(r, og_node_get(node, OG_STR("as")), "element-name",
                   "'%.*s' cannot name the element: %s", OG_FMT(c->as),
                   rc == OG_E_CONFLICT ? "it has a meaning already"
                                       : "it is no identifier");
    og_error_done(err);
    return OG_OK;
}

/* Which kinds' lists the conditions read, by name. */
static int note_mentions(criteria_reader *r, model_criterion *c, og_error *err)
{
    const model_kinds *kinds = r->policy->kinds;
    const model_condition *conditions[] = {&c->when, &c->each, &c->require};

    c->mentions = OG_ARRAY(&r->set->arena, kinds->count, const model_kind *);
    if (!c->mentions)
        return og_nomem(err);
    for (size_t k = 0; k < kinds->count; k++) {
        bool mentioned = false;
        for (size_t i = 0; i < 3; i++) {
            size_t count = 0;
            const uint32_t *slots =
                conditions[i]->program
                    ? cel_program_variables(conditions[i]->program, &count)
                    : NULL;
            for (size_t v = 0; v < count; v++)
                mentioned |= slots[v] == r->set->slots.kinds[k];
        }
        if (mentioned)
            c->mentions[c->mention_count++] = kinds->list[k];
    }
    return OG_OK;
}

int criteria_compile(criteria_reader *r, const og_node *node, model_criterion *c,
                     og_error *err)
{
    int rc = compile(r, r->set->env, node, "when", &cel_bool, &c->when, err);
    if (rc == OG_OK)
        rc = compile(r, r->set->env, node, "each", &cel_list, &c->each, err);
    if (rc == OG_OK && c->as.n > 0)
        rc = element_env(r, node, c, err);
    const cel_env *env = c->element_env ? c->element_env : r->set->env;
    bool judgeable = !c->each.text.n || c->each.program; /* else: errors that follow */
    if (rc == OG_OK && judgeable)
        rc = compile(r, env, node, "require", &cel_bool, &c->require, err);
    if (rc == OG_OK && judgeable)
        rc = compile(r, env, node, "because", &cel_string, &c->because, err);
    return rc == OG_OK ? note_mentions(r, c, err) : rc;
}
