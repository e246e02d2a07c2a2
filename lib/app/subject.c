/* What is judged: which release, at which gate, as of when, against which baseline. */
#include <assert.h>

#include "app/app.h"
#include "calendar/zone.h"
#include "report/facts.h"

int app_judged_at(const app *a, const char *at, og_instant *ret, og_error *err)
{
    return app_instant(a, app_policy(a)->reg.zone, at, ret, err);
}

int app_instant(const app *a, const zone *z, const char *at, og_instant *ret,
                og_error *err)
{
    og_str text = og_str_from(at);
    og_date day;
    og_civil civil;

    if (!at) {
        *ret = (og_instant){a->settings->now_seconds, a->settings->now_nanos};
    } else if (og_date_parse(text, &day)) {
        *ret = zone_end_of(z, day);
    } else if (og_civil_parse(text, &civil)) {
        *ret = zone_instant(z, &civil);
    } else {
        return og_fail(
            err, OG_E_USAGE,
            "--at: '%s' is no date: write 2021-10-05 (the end of that day), or "
            "a time as 2021-10-05T17:00:00+01:00",
            at);
    }
    return OG_OK;
}

/* The ids of all subjects, those of one kind together; how many fit. */
static size_t subject_ids(const app *a, og_str *ids, size_t room)
{
    const model_register *reg = &a->claims.reg;
    size_t n = 0;

    for (size_t k = 0; k < reg->kinds->count; k++)
        for (size_t i = 0; model_is_subject(reg, reg->kinds->list[k]) &&
                           i < reg->list_counts[k] && n < room;
             i++)
            ids[n++] = model_record_id(reg->lists[k][i]);
    return n;
}

/* The first few of them, for whoever mistook one. */
static int name_some(og_str id, const og_str *ids, size_t count, og_error *err)
{
    enum {
        SHOWN = 6
    };
    og_buf some = {0};

    for (size_t i = 0; i < count && i < SHOWN; i++)
        og_buf_printf(&some, "%s%.*s", i ? ", " : "", OG_FMT(ids[i]));
    if (count > SHOWN)
        og_buf_printf(&some, " and others");
    int rc =
        og_fail(err, OG_E_NOTFOUND, "there is no subject '%.*s': the register has %.*s",
                OG_FMT(id), OG_FMT(og_buf_str(&some)));
    og_buf_done(&some);
    return rc;
}

static int no_subject(const app *a, og_str id, og_error *err)
{
    og_str ids[64] = {{0}};
    size_t count = subject_ids(a, ids, 64);
    og_str near = og_str_nearest(id, ids, count);

    if (near.n > 0)
        return og_fail(err, OG_E_NOTFOUND,
                       "there is no subject '%.*s': did you mean '%.*s'?", OG_FMT(id),
                       OG_FMT(near));
    if (count == 0)
        return og_fail(err, OG_E_NOTFOUND,
                       "there is no release '%.*s': the register has none; add "
                       "releases/%.*s.yaml",
                       OG_FMT(id), OG_FMT(id));
    return name_some(id, ids, count, err);
}

int app_subject(app *a, const char *id, const model_record **ret, og_error *err)
{
    const model_register *reg = &a->claims.reg;
    const model_record *found = NULL;

    for (size_t k = 0; k < reg->kinds->count; k++) {
        const model_kind *kind = reg->kinds->list[k];
        const model_record *record = model_is_subject(reg, kind)
                                         ? model_find(reg, kind, NULL, og_str_from(id))
                                         : NULL;
        if (record && found)
            return og_fail(err, OG_E_USAGE,
                           "'%s' is both a %.*s and a %.*s: rename one of them", id,
                           OG_FMT(found->kind->name), OG_FMT(kind->name));
        if (record)
            found = record;
    }
    if (!found)
        return no_subject(a, og_str_from(id), err);
    *ret = found;
    return OG_OK;
}

static int find_gate(const app *a, const char *name, size_t *ret, og_error *err)
{
    const model_criteria *set = &a->criteria;
    int gate = model_criteria_gate(set, og_str_from(name));
    og_buf gates = {0};

    if (gate >= 0) {
        *ret = (size_t)gate;
        return OG_OK;
    }
    for (size_t g = 0; g < set->gate_count; g++)
        og_buf_printf(&gates, "%s%.*s", g ? ", " : "", OG_FMT(set->gates[g]));
    int rc = og_fail(err, OG_E_USAGE,
                     "--gate: '%s' is no gate of criteria set '%.*s', which has: %.*s",
                     name, OG_FMT(set->id), OG_FMT(og_buf_str(&gates)));
    og_buf_done(&gates);
    return rc;
}

/* The register at that commit: the one at hand where it is the same. */
static int open_baseline(app *a, og_str id, og_error *err)
{
    repo_commit commit;
    og_diags diags = {0};

    if (a->baseline.loaded && og_str_is(id, a->baseline.commit.id))
        return OG_OK;
    app_close_baseline(a);
    int rc = repo_commit_read(a->repo, id, &commit, err);
    if (rc == OG_OK)
        rc = app_open_commit(a, &commit, &a->baseline, err);
    if (rc == OG_OK)
        rc = app_load_revision(&a->baseline, &app_policy(a)->reg, MODEL_LOAD_HOMES_ONLY,
                               &diags, err);
    app_show(a, &a->baseline, &diags);
    og_diags_done(&diags);
    if (rc != OG_OK)
        app_close_baseline(a);
    return rc;
}

int app_load_baseline(app *a, const model_record *subject, const model_register **ret,
                      og_error *err)
{
    const model_record *effective = NULL;
    const verdict_proposed *proposed;
    size_t count;

    int rc = assess_effective_subject(subject, &a->claims.reg, &app_policy(a)->reg,
                                      &a->arena, &effective, &proposed, &count, err);
    if (rc != OG_OK)
        return rc;
    const model_record *baseline = model_record_sub(effective, "baseline");
    if (!baseline)
        return OG_OK;
    rc = open_baseline(a, model_record_text(baseline, "commit"), err);
    if (rc != OG_OK)
        return og_wrap(err, "baseline of %.*s '%.*s'", OG_FMT(subject->kind->name),
                       OG_FMT(model_record_id(subject)));
    *ret = &a->baseline.reg;
    return OG_OK;
}

/* The policy revision is what readers have been promised: the base of the comparison. */
static int compute(const assess_input *in, og_arena *arena, const model_list **ret,
                   og_error *err)
{
    const model_kinds *kinds = in->policy->kinds;
    bool read = false;

    for (size_t k = 0; k < kinds->count; k++)
        read = read ||
               (report_facts_has(kinds->list[k]) &&
                model_criteria_reads(in->criteria, in->criteria->slots.common.kinds[k]));
    if (!read)
        return OG_OK;
    const report_control control = {.base = in->policy,
                                    .head = in->claims,
                                    .policy =
                                        in->policy == in->claims ? NULL : in->policy,
                                    .today = zone_date_at(in->policy->zone, in->at)};
    model_list *lists = OG_ARRAY(arena, kinds->count, model_list);
    if (!lists)
        return og_nomem(err);
    *ret = lists;
    return report_facts_of(&control, in->subject, arena, lists, err);
}

int app_complete_input(app *a, assess_input *in, og_arena *arena, og_error *err)
{
    int rc = app_load_baseline(a, in->subject, &in->baseline, err);

    return rc == OG_OK ? compute(in, arena, &in->computed, err) : rc;
}

assess_input app_subject_input(const app *a, const model_record *subject, og_instant at)
{
    const model_register *policy = &app_policy(a)->reg;
    assess_input in = {.claims = &a->claims.reg,
                       .policy = policy,
                       .policy_facts = policy,
                       .criteria = &a->criteria,
                       .subject = subject,
                       .at = at};

    in.gate = assess_next_gate(&in);
    return in;
}

int app_assess_input(app *a, const opsgate_assess_request *request, assess_input *ret,
                     og_error *err)
{
    const model_record *subject = NULL;
    og_instant at = {0};

    a->stage = APP_FINDING;
    int rc = app_subject(a, request->subject, &subject, err);
    if (rc == OG_OK)
        rc = app_judged_at(a, request->at, &at, err);
    if (rc != OG_OK)
        return rc;
    assert(subject);
    a->stage = APP_READING;
    rc = app_load_criteria(a, subject->kind->name, err);
    if (rc != OG_OK)
        return rc;
    assess_input in = app_subject_input(a, subject, at);
    in.judging_now = request->at == NULL;
    if (request->gate)
        rc = find_gate(a, request->gate, &in.gate, err);
    if (rc == OG_OK)
        rc = app_complete_input(a, &in, &a->arena, err);
    if (rc == OG_OK)
        *ret = in;
    return rc;
}
