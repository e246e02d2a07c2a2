/* The evidence a criterion rests on: which files, from whom, as of when, and whether that
 * is too long ago. */
#include "assess/context.h"

/* A batch is stale when the time from its as_of to the time of judgement is more than the
 * criterion's max_age; Working Days and days are counted between dates in the register's
 * zone. */
static bool is_stale(const assess_context *c, const model_criterion *criterion,
                     og_instant as_of)
{
    if (!criterion->has_max_age)
        return false;
    int64_t limit = criterion->max_age.as.i;
    og_date then = zone_date_at(c->in->policy->zone, as_of);

    switch ((og_period_unit)criterion->max_age.unit) {
    case OG_WORKING_DAYS:
        return cal_working_days(c->in->policy->calendar, then, c->today) > limit;
    case OG_DAYS:
        return (int64_t)c->today - then > limit;
    case OG_HOURS: {
        og_instant end = {as_of.seconds + limit * 3600, as_of.nanos};
        return og_instant_cmp(c->in->at, end) > 0;
    }
    }
    return true;
}

/* data: one of the files its records stand in; NULL: they stand in the batch itself. */
static verdict_evidence of_batch(const assess_context *c, const model_batch *b,
                                 const model_file *data, bool stale)
{
    return (verdict_evidence){.kind = b->kind->name,
                              .path = b->file->path,
                              .blob = og_str_from(b->file->blob),
                              .data_path = data ? data->path : (og_str){0},
                              .data_blob = data ? og_str_from(data->blob) : (og_str){0},
                              .series = b->series,
                              .source = b->source,
                              .supplied_by = b->supplied_by,
                              .has_as_of = true,
                              .as_of = b->as_of,
                              .as_of_date = zone_date_at(c->in->policy->zone, b->as_of),
                              .line = b->line,
                              .stale = stale};
}

static verdict_evidence of_home(const model_record *r)
{
    return (verdict_evidence){.kind = r->kind->name,
                              .path = r->file->path,
                              .blob = og_str_from(r->file->blob),
                              .line = r->line};
}

static bool has_path(const verdict_evidence *list, size_t count, og_str path)
{
    for (size_t i = 0; i < count; i++)
        if (og_str_eq(list[i].path, path))
            return true;
    return false;
}

static bool mentions_slot(const model_criterion *criterion, size_t slot)
{
    const model_condition *conditions[] = {&criterion->when, &criterion->each,
                                           &criterion->require};

    for (size_t k = 0; k < 3; k++)
        if (model_condition_reads(conditions[k], slot))
            return true;
    return false;
}

static size_t batch_entries(const model_batch *b)
{
    return b->data_count > 0 ? b->data_count : 1;
}

static void add_home(verdict_evidence *items, size_t *count, const model_record *r)
{
    if (r->file && !has_path(items, *count, r->file->path))
        items[(*count)++] = of_home(r);
}

/* A record with its file; a computed one with the files of what it is made of. */
static void add_record(verdict_evidence *items, size_t *count, const model_record *r)
{
    add_home(items, count, r);
    for (uint32_t s = 1; r->kind->computed && s < r->object.shape->count; s++)
        if (r->object.fields[s].kind == OG_OBJECT)
            add_home(items, count, model_record_of(r->object.fields[s].as.object));
}

/* Most entries a criterion can have: one a batch, data file of one, or record, a field of
 * a computed one, the subject, its baseline. */
static size_t capacity(const assess_context *c, const model_criterion *criterion)
{
    size_t count = 2;

    for (size_t m = 0; m < criterion->mention_count; m++) {
        const model_list *list = &c->lists[criterion->mentions[m]->ordinal];
        for (size_t b = 0; b < list->batch_count; b++)
            count += batch_entries(list->batches[b]);
        if (list->batch_count == 0)
            count += list->count * (criterion->mentions[m]->computed
                                        ? criterion->mentions[m]->shape.count
                                        : 1);
    }
    return count;
}

/* The subject's file, and its baseline's: the same path at another commit. */
static void add_subject(const assess_context *c, const model_criterion *criterion,
                        verdict_evidence *items, size_t *count)
{
    const model_criteria *set = c->in->criteria;
    og_value baseline = c->variables[set->slots.baseline];

    /* The subject of a test case that gives none stands in no file. */
    if (c->subject->file && (mentions_slot(criterion, set->slots.subject) ||
                             mentions_slot(criterion, set->slots.milestone)))
        items[(*count)++] = of_home(c->subject);
    if (mentions_slot(criterion, set->slots.baseline) && baseline.kind == OG_OBJECT) {
        items[*count] = of_home(model_record_of(baseline.as.object));
        items[(*count)++].source = OG_STR("baseline");
    }
}

int evidence_collect(assess_context *c, const model_criterion *criterion,
                     verdict_criterion *ret, const model_batch **ret_stale, og_error *err)
{
    size_t count = 0;
    verdict_evidence *items =
        OG_ARRAY(c->arena, capacity(c, criterion), verdict_evidence);

    if (!items)
        return og_nomem(err);
    add_subject(c, criterion, items, &count);
    *ret_stale = NULL;
    for (size_t m = 0; m < criterion->mention_count; m++) {
        const model_list *list = &c->lists[criterion->mentions[m]->ordinal];
        for (size_t b = 0; b < list->batch_count; b++) {
            const model_batch *batch = list->batches[b];
            bool stale = is_stale(c, criterion, batch->as_of);
            for (size_t i = 0; i < batch_entries(batch); i++)
                items[count++] =
                    of_batch(c, batch, batch->data_count ? batch->data[i] : NULL, stale);
            if (stale && !*ret_stale)
                *ret_stale = batch;
        }
        for (size_t i = 0; list->batch_count == 0 && i < list->count; i++)
            add_record(items, &count, list->records[i]);
    }
    ret->evidence = items;
    ret->evidence_count = count;
    return OG_OK;
}
