/* Test cases of criteria, run one by one. */
#include "assess/case.h"

#include "assess/context.h"
#include "model/functions.h"

typedef struct case_runner {
    const model_register *policy;
    const model_criteria *criteria;
    const model_file *file;
    og_arena *arena;
    og_diags *diags;
} case_runner;

/* ---- One case ---- */

static const model_criterion *find_criterion(const model_criteria *set, og_str id)
{
    for (size_t i = 0; i < set->count; i++)
        if (og_str_eq(set->criteria[i].id, id))
            return &set->criteria[i];
    return NULL;
}

static bool outcome_named(og_str name, verdict_outcome *ret)
{
    for (int o = 0; o <= OUTCOME_ERROR; o++)
        if (og_str_is(name, verdict_outcome_name((verdict_outcome)o))) {
            *ret = (verdict_outcome)o;
            return true;
        }
    return false;
}

static void unknown_name(case_runner *r, const model_record *item, const char *field,
                         const char *what)
{
    int slot = model_kind_slot(item->kind, og_str_from(field));

    og_diags_add(r->diags, OG_LEVEL_ERROR, "unknown-name",
                 model_record_field_pos(item, slot), r->file->text,
                 "criteria set '%.*s' has no %s '%.*s'", OG_FMT(r->criteria->id), what,
                 OG_FMT(model_record_text(item, field)));
}

static int set_lists(case_runner *r, const model_given *given, assess_context *c,
                     og_error *err)
{
    const model_kinds *kinds = r->policy->kinds;

    c->lists = given->lists;
    for (size_t k = 0; k < kinds->count; k++) {
        int rc = model_list_value(&given->lists[k], kinds->list[k], r->arena,
                                  &c->variables[r->criteria->slots.common.kinds[k]], err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

static og_value object_or_absent(const model_record *record)
{
    return record ? og_object_value(&record->object) : og_absent();
}

static int judge(case_runner *r, const model_given *given,
                 const model_criterion *criterion, size_t gate, og_instant at,
                 verdict_criterion *ret, og_error *err)
{
    const model_criteria *set = r->criteria;
    assess_input in = {.claims = r->policy,
                       .policy = r->policy,
                       .criteria = set,
                       .subject = given->subject,
                       .gate = gate,
                       .at = at};
    assess_context c = {.in = &in,
                        .arena = r->arena,
                        .diags = r->diags,
                        .today = zone_date_at(r->policy->zone, at),
                        .subject = given->subject,
                        .variables = OG_ARRAY(r->arena, set->slots.count, og_value)};

    if (!c.variables)
        return og_nomem(err);
    c.variables[set->slots.subject] = object_or_absent(given->subject);
    c.variables[set->slots.baseline] = object_or_absent(given->baseline);
    c.variables[set->slots.common.now] = og_timestamp(at);
    c.variables[set->slots.common.today] = og_date_value(c.today);
    int rc = set_lists(r, given, &c, err);
    return rc == OG_OK ? criterion_judge(&c, criterion, ret, err) : rc;
}

/* ---- Expected and actual ---- */

/* Moves what was gathered into the arena. */
static int keep_text(case_runner *r, og_buf *own_text, og_str *ret, og_error *err)
{
    int rc = og_buf_check(own_text, err);

    if (rc == OG_OK) {
        *ret = og_arena_str(r->arena, og_buf_str(own_text));
        rc = ret->p ? OG_OK : og_nomem(err);
    }
    og_buf_done(own_text);
    return rc;
}

static int unmet_ids(case_runner *r, const verdict_criterion *v, og_str *ret,
                     og_error *err)
{
    og_buf text = {0};
    const char *separator = "";

    for (size_t i = 0; i < v->element_count; i++)
        if (v->elements[i].outcome == OUTCOME_UNMET) {
            og_buf_printf(&text, "%s%.*s", separator, OG_FMT(v->elements[i].id));
            separator = ", ";
        }
    return keep_text(r, &text, ret, err);
}

static int expected_ids(case_runner *r, og_value list, og_str *ret, og_error *err)
{
    og_buf text = {0};

    for (size_t i = 0; i < list.as.list->count; i++)
        og_buf_printf(&text, "%s%.*s", i ? ", " : "",
                      OG_FMT(og_text(list.as.list->items[i])));
    return keep_text(r, &text, ret, err);
}

static int compare_elements(case_runner *r, og_value expected, const verdict_criterion *v,
                            assess_case *ret, og_error *err)
{
    og_str wanted, got;

    int rc = expected_ids(r, expected, &wanted, err);
    if (rc == OG_OK)
        rc = unmet_ids(r, v, &got, err);
    if (rc != OG_OK || og_str_eq(wanted, got))
        return rc;
    ret->mismatch = og_arena_printf(r->arena, "expected elements [%.*s], came out [%.*s]",
                                    OG_FMT(wanted), OG_FMT(got));
    return ret->mismatch.p ? OG_OK : og_nomem(err);
}

static int compare(case_runner *r, const model_record *item, const verdict_criterion *v,
                   assess_case *ret, og_error *err)
{
    const model_record *expect = model_record_sub(item, "expect");
    og_value elements = model_record_get(expect, "elements");

    outcome_named(model_record_text(expect, "outcome"), &ret->expected);
    ret->actual = v->outcome;
    ret->message = v->message;
    if (ret->expected != ret->actual)
        ret->mismatch =
            og_arena_printf(r->arena, "expected %s, came out %s: %.*s",
                            verdict_outcome_name(ret->expected),
                            verdict_outcome_name(ret->actual), OG_FMT(v->message));
    if (ret->expected != ret->actual)
        return ret->mismatch.p ? OG_OK : og_nomem(err);
    return elements.kind == OG_LIST ? compare_elements(r, elements, v, ret, err) : OG_OK;
}

/* ---- The file ---- */

static int run_case(case_runner *r, const model_record *item, const og_node *node,
                    assess_case *ret, og_error *err)
{
    const model_criterion *criterion =
        find_criterion(r->criteria, model_record_text(item, "criterion"));
    int gate = model_criteria_gate(r->criteria, model_record_text(item, "gate"));
    og_value at = model_record_get(item, "at"), as_of = model_record_get(item, "as_of");
    size_t errors = r->diags->errors;
    model_given given = {0};
    verdict_criterion v = {0};

    ret->name = model_record_text(item, "name");
    ret->criterion = model_record_text(item, "criterion");
    ret->pos = model_record_pos(item);
    if (!criterion)
        unknown_name(r, item, "criterion", "criterion");
    if (gate < 0)
        unknown_name(r, item, "gate", "gate");
    og_instant when = og_instant_of(as_of.kind == OG_TIMESTAMP ? as_of : at);
    int rc =
        model_given_read(r->policy, r->file, og_node_get(node, OG_STR("given")),
                         r->criteria->subject, when, r->arena, r->diags, &given, err);
    if (rc != OG_OK || r->diags->errors > errors)
        return rc;
    rc = judge(r, &given, criterion, (size_t)gate, og_instant_of(at), &v, err);
    return rc == OG_OK ? compare(r, item, &v, ret, err) : rc;
}

static int run_all(case_runner *r, const model_record *root, assess_cases *ret,
                   og_error *err)
{
    og_value list = model_record_get(root, "cases");
    const og_node *nodes = og_node_get(r->file->document.root, OG_STR("cases"));
    size_t count = list.kind == OG_LIST ? list.as.list->count : 0;
    assess_case *items = OG_ARRAY(r->arena, count, assess_case);

    if (!items)
        return og_nomem(err);
    for (size_t i = 0; i < count; i++) {
        int rc = run_case(r, model_record_of(list.as.list->items[i].as.object),
                          nodes->items[i], &items[i], err);
        if (rc != OG_OK)
            return rc;
        ret->failed += items[i].mismatch.n > 0;
    }
    ret->items = items;
    ret->count = count;
    return OG_OK;
}

int assess_cases_run(const model_register *policy, const model_criteria *criteria,
                     const model_file *file, og_arena *arena, og_diags *diags,
                     assess_cases *ret, og_error *err)
{
    case_runner r = {.policy = policy,
                     .criteria = criteria,
                     .file = file,
                     .arena = arena,
                     .diags = diags};
    model_reader reader = {.arena = arena,
                           .diags = diags,
                           .file = file,
                           .source = file->text,
                           .zone = policy->zone};
    size_t errors = diags->errors;
    model_record *root = NULL;

    *ret = (assess_cases){0};
    int rc = model_read_record(&reader, &file->document, file->document.root,
                               model_form(policy->kinds, "criteria_tests"), NULL, NULL,
                               &root, err);
    if (rc == OG_OK && root && diags->errors == errors)
        rc = run_all(&r, root, ret, err);
    if (rc != OG_OK)
        return rc;
    return diags->errors > errors || diags->failed ? og_diags_check(diags, err) : OG_OK;
}
