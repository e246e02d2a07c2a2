/* What conditions see: the subject as it counts, the live records of every kind some
 * condition reads, the gate's milestone and parameters, the time. */
#include "assess/context.h"

#include "model/functions.h"

bool context_stands(const assess_context *c, const model_record *record)
{
    if (c->in->policy == c->in->claims)
        return true;
    const model_record *there =
        model_find(c->in->policy, record->kind, record->owner, model_record_id(record));
    return there && model_record_same(record, there);
}

int context_propose(assess_context *c, const verdict_proposed *item, og_error *err)
{
    struct assess_set_aside *p = &c->proposed;

    if (p->count == p->cap) {
        size_t cap = p->cap ? 2 * p->cap : 8;
        verdict_proposed *items = OG_ARRAY(c->arena, cap, verdict_proposed);
        if (!items)
            return og_nomem(err);
        if (p->count)
            memcpy(items, p->items, p->count * sizeof *items);
        p->items = items;
        p->cap = cap;
    }
    p->items[p->count++] = *item;
    return OG_OK;
}

/* ---- Lists ---- */

/* Records of an embedded kind that stand in the subject. */
static int embedded_list(const assess_context *c, const model_record *subject,
                         const model_kind *kind, model_list *ret, og_error *err)
{
    for (uint32_t s = 1; s < subject->object.shape->count; s++) {
        const model_type *type = &model_kind_field(subject->kind, s)->type;
        og_value list = subject->object.fields[s];
        if (type->base != MODEL_LIST || type->element->base != MODEL_RECORD ||
            type->element->kind != kind || list.kind != OG_LIST)
            continue;
        size_t count = list.as.list->count;
        ret->records = OG_ARRAY(c->arena, count, const model_record *);
        if (!ret->records)
            return og_nomem(err);
        for (size_t i = 0; i < count; i++)
            ret->records[i] = model_record_of(list.as.list->items[i].as.object);
        ret->count = count;
        ret->known = true;
        return OG_OK;
    }
    return OG_OK;
}

/* Keeps those that stand at the policy revision; the others are reported as proposed. */
static int keep_standing(assess_context *c, model_list *list, og_error *err)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        const model_record *record = list->records[i];
        if (context_stands(c, record)) {
            list->records[kept++] = record;
            continue;
        }
        og_str id = model_record_id(record);
        verdict_proposed item = {.what = og_arena_printf(c->arena, "%.*s %.*s",
                                                         OG_FMT(record->kind->name),
                                                         OG_FMT(id)),
                                 .claimed = id,
                                 .path = record->file ? record->file->path : (og_str){0},
                                 .line = record->line,
                                 .column = record->column};
        int rc = item.what.p ? context_propose(c, &item, err) : og_nomem(err);
        if (rc != OG_OK)
            return rc;
    }
    list->count = kept;
    return OG_OK;
}

static int load_list(assess_context *c, const model_kind *kind, model_list *ret,
                     og_error *err)
{
    if (kind->embedded)
        return embedded_list(c, c->subject, kind, ret, err);
    if (kind->computed) {
        *ret = c->in->computed ? c->in->computed[kind->ordinal] : (model_list){0};
        return OG_OK;
    }
    const model_register *from = kind->policy ? c->in->policy : c->in->claims;
    const model_record *owner = kind->belongs_to ? c->in->subject : NULL;
    int rc = model_live(from, kind, owner, c->in->at, c->arena, c->diags, ret, err);
    if (rc == OG_OK && kind->authority)
        rc = keep_standing(c, ret, err);
    return rc;
}

static int load_lists(assess_context *c, og_error *err)
{
    const model_kinds *kinds = c->in->policy->kinds;
    const model_criteria *set = c->in->criteria;

    c->lists = OG_ARRAY(c->arena, kinds->count, model_list);
    if (!c->lists)
        return og_nomem(err);
    for (size_t k = 0; k < kinds->count; k++) {
        const model_kind *kind = kinds->list[k];
        /* Decisions are read whatever the conditions say: the gate before needs one. */
        if (!model_criteria_reads(set, set->slots.common.kinds[k]) &&
            !og_str_is(kind->name, "decision"))
            continue;
        int rc = load_list(c, kind, &c->lists[k], err);
        if (rc == OG_OK)
            rc = model_list_value(&c->lists[k], kind, c->arena,
                                  &c->variables[set->slots.common.kinds[k]], err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

/* ---- Variables ---- */

static og_value record_value(const model_record *r)
{
    return r ? og_object_value(&r->object) : og_absent();
}

void context_at_gate(assess_context *c, size_t gate)
{
    const model_criteria *set = c->in->criteria;

    c->variables[set->slots.params] = set->params[gate];
    c->variables[set->slots.milestone] =
        record_value(subject_milestone(c->subject, set->gates[gate]));
}

static og_value baseline_value(const assess_context *c)
{
    if (!c->in->baseline)
        return og_absent();
    return record_value(model_find(c->in->baseline, c->in->subject->kind, NULL,
                                   model_record_id(c->in->subject)));
}

/* Everything that follows from the subject: itself, its milestone, its embedded lists. */
static int set_subject(const assess_context *c, const model_record *subject,
                       og_value *variables, og_error *err)
{
    const model_criteria *set = c->in->criteria;
    const model_kinds *kinds = c->in->policy->kinds;

    variables[set->slots.subject] = record_value(subject);
    variables[set->slots.milestone] =
        record_value(subject_milestone(subject, set->gates[c->in->gate]));
    for (size_t k = 0; k < kinds->count; k++) {
        model_list list = {0};
        if (!kinds->list[k]->embedded)
            continue;
        int rc = embedded_list(c, subject, kinds->list[k], &list, err);
        if (rc == OG_OK)
            rc = model_list_value(&list, kinds->list[k], c->arena,
                                  &variables[set->slots.common.kinds[k]], err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

/* A copy of the variables with another subject. */
static int other_variables(const assess_context *c, const model_record *subject,
                           og_value **ret, og_error *err)
{
    size_t count = c->in->criteria->slots.count;
    og_value *copy = OG_ARRAY(c->arena, count, og_value);

    if (!copy)
        return og_nomem(err);
    memcpy(copy, c->variables, count * sizeof *copy);
    *ret = copy;
    return set_subject(c, subject, copy, err);
}

static int policy_view(assess_context *c, og_error *err)
{
    const assess_input *in = c->in;
    if (in->policy == in->claims)
        return OG_OK;
    const model_record *standing =
        model_find(in->policy, in->subject->kind, NULL, model_record_id(in->subject));
    int rc = other_variables(c, in->subject, &c->claimed_variables, err);
    if (rc == OG_OK && standing)
        rc = other_variables(c, standing, &c->policy_variables, err);
    return rc;
}

int context_build(assess_context *c, og_error *err)
{
    const assess_input *in = c->in;
    const model_criteria *set = in->criteria;
    const verdict_proposed *proposed = NULL;
    size_t count = 0;

    c->today = zone_date_at(in->policy->zone, in->at);
    c->variables = OG_ARRAY(c->arena, set->slots.count, og_value);
    if (!c->variables)
        return og_nomem(err);
    int rc = assess_effective_subject(in->subject, in->claims, in->policy, c->arena,
                                      &c->subject, &proposed, &count, err);
    for (size_t i = 0; rc == OG_OK && i < count; i++)
        rc = context_propose(c, &proposed[i], err);
    if (rc != OG_OK)
        return rc;
    c->variables[set->slots.common.now] = og_timestamp(in->at);
    c->variables[set->slots.common.today] = og_date_value(c->today);
    c->variables[set->slots.baseline] = baseline_value(c);
    rc = load_lists(c, err);
    if (rc == OG_OK)
        rc = set_subject(c, c->subject, c->variables, err);
    if (rc != OG_OK)
        return rc;
    context_at_gate(c, in->gate);
    return policy_view(c, err);
}
