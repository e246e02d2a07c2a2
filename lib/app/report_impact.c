/* report impact: what is coming for one party that receives reports. */
#include "app/app.h"
#include "render/report_diff.h"

static int find_party(app *a, const char *id, const model_record **ret, og_error *err)
{
    const model_register *reg = &app_policy(a)->reg;
    const model_kind *kind = model_kind_named(reg->kinds, OG_STR("party"));

    if (!id)
        return og_fail(err, OG_E_USAGE, "whose reports? say it with --party");
    *ret = model_find(reg, kind, NULL, og_str_from(id));
    if (*ret)
        return OG_OK;
    og_str near = model_find_nearest(reg, kind, og_str_from(id));
    return og_fail(err, OG_E_NOTFOUND, "there is no party '%s'%s%.*s%s", id,
                   near.n ? ": did you mean '" : "", OG_FMT(near), near.n ? "'?" : "");
}

typedef struct shown_impacts {
    const report_impact *impacts;
    size_t count;
    og_str party;
} shown_impacts;

static int render(const void *shown, const render_options *options, og_buf *out,
                  og_error *err)
{
    const shown_impacts *s = shown;

    return options ? render_report_impact_text(s->impacts, s->count, options, out, err)
                   : render_report_impact_json(s->impacts, s->count, s->party, out, err);
}

static int find_impacts(app *a, const model_record *party, og_instant at,
                        report_impact **ret, size_t *ret_count, og_error *err)
{
    const model_register *reg = &a->claims.reg;
    const report_control control = {.base = reg,
                                    .head = reg,
                                    .policy = a->policy.open ? &a->policy.reg : NULL,
                                    .today = zone_date_at(app_policy(a)->reg.zone, at)};
    og_diags diags = {0};

    int rc = report_impact_on(&control, party, &a->arena, &diags, ret, ret_count, err);
    app_show(a, &a->claims, &diags);
    if (rc == OG_OK && !og_diags_ok(&diags))
        rc = og_fail(err, OG_E_INVALID, "a report's definition is invalid");
    og_diags_done(&diags);
    return rc;
}

static int impact(app *a, const opsgate_report_impact_request *request, og_error *err)
{
    const model_record *party = NULL;
    report_impact *impacts = NULL;
    size_t count = 0;
    og_instant at;

    int rc = app_open(a, a->place->worktree, err);
    if (rc == OG_OK)
        rc = app_load(a, err);
    if (rc == OG_OK)
        rc = app_notice_uncommitted(a, err);
    if (rc == OG_OK)
        rc = find_party(a, request->party, &party, err);
    if (rc == OG_OK)
        rc = app_judged_at(a, request->at, &at, err);
    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    rc = find_impacts(a, party, at, &impacts, &count, err);
    if (rc != OG_OK)
        return rc;
    const shown_impacts shown = {impacts, count, og_str_from(request->party)};
    rc = app_make_documents(a, request->formats, request->format_count, APP_FORMATS,
                            render, &shown, err);
    if (rc == OG_OK)
        og_buf_printf(&a->summary, "%zu change%s to reports coming for %s", count,
                      count == 1 ? "" : "s", request->party);
    return rc;
}

void opsgate_report_impact(const opsgate_settings *settings, const opsgate_place *place,
                           const opsgate_report_impact_request *request,
                           opsgate_result *ret)
{
    app a;
    og_error err = {0};

    app_init(&a, settings, place, ret);
    int rc = impact(&a, request, &err);
    app_finish(&a, rc, &err);
}
