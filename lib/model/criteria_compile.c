/* Conditions of a criterion: declared, compiled, their findings put where they stand. */
#include "model/criteria_set.h"

int criteria_declare(criteria_reader *r, const cel_type *params, og_error *err)
{
    model_criteria *set = r->set;

    int rc =
        model_conditions_new(r->policy, &set->arena, &set->env, &set->slots.common, err);
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
        {OG_STR("baseline"), subject, "the subject at its baseline",
         &set->slots.baseline},
    };
    for (size_t i = 0; rc == OG_OK && i < sizeof variables / sizeof variables[0]; i++)
        rc = model_conditions_declare(set->env, variables[i].name, variables[i].type,
                                      variables[i].doc, variables[i].slot, err);
    set->slots.element = cel_env_variable_count(set->env);
    set->slots.count = set->slots.element + 1;
    return rc;
}

static int compile(criteria_reader *r, const cel_env *env, const og_node *criterion,
                   const char *key, const cel_type *result, model_condition *ret,
                   og_error *err)
{
    return model_condition_compile(env, r->doc, criterion, key, result, r->diags, ret,
                                   err);
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
        for (size_t i = 0; i < 3; i++)
            mentioned |=
                model_condition_reads(conditions[i], r->set->slots.common.kinds[k]);
        if (mentioned)
            c->mentions[c->mention_count++] = kinds->list[k];
    }
    return OG_OK;
}

static bool is_evidence(const criteria_reader *r, uint32_t slot)
{
    for (size_t k = 0; k < r->policy->kinds->count; k++)
        if (r->set->slots.common.kinds[k] == slot)
            return true;
    return false;
}

static void warn_vacuous(criteria_reader *r, const model_condition *condition,
                         const cel_vacuity *part)
{
    og_pos pos = og_node_pos_inside(r->doc, condition->node, part->offset, part->length);
    og_diag *d = og_diags_add(
        r->diags, OG_LEVEL_WARNING, "passes-on-nothing", pos, r->doc->source,
        "require: this holds where '%.*s' is empty, so on no evidence at all",
        OG_FMT(part->list));
    og_diags_hint(r->diags, d,
                  "judge them one by one with 'each', where 'when_empty: met' says that "
                  "none is fine, or ask that there are some: %.*s.size() > 0 && …",
                  OG_FMT(part->list));
}

/* What passes on no evidence at all is a slip, mostly: said, not refused. */
static int look_for_vacuous(criteria_reader *r, const model_condition *condition,
                            og_error *err)
{
    const cel_vacuity *parts = NULL;
    size_t count = 0;
    og_arena arena = {0};

    int rc = condition->program
                 ? cel_program_vacuous(condition->program, &arena, &parts, &count, err)
                 : OG_OK;
    for (size_t i = 0; i < count; i++)
        if (is_evidence(r, parts[i].slot))
            warn_vacuous(r, condition, &parts[i]);
    og_arena_done(&arena);
    return rc;
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
    if (rc == OG_OK)
        rc = look_for_vacuous(r, &c->require, err);
    return rc == OG_OK ? note_mentions(r, c, err) : rc;
}
