/* assess and explain: one subject judged at one gate, and shown. */
#include "app/app.h"
#include "base/limits.h"
#include "render/render.h"

static const char *const format_names[] = {"text", "json", NULL};

const char *const *opsgate_formats(void)
{
    return format_names;
}

enum {
    ALL_CRITERIA = -1
};

static int no_criterion(const app *a, const char *id, og_error *err)
{
    const model_criteria *set = &a->criteria;
    og_str ids[64];
    size_t count = 0;

    for (; count < set->count && count < 64; count++)
        ids[count] = set->criteria[count].id;
    og_str near = og_str_nearest(og_str_from(id), ids, count);
    if (near.n > 0)
        return og_fail(err, OG_E_USAGE,
                       "criteria set '%.*s' has no criterion '%s': did you mean '%.*s'?",
                       OG_FMT(set->id), id, OG_FMT(near));
    return og_fail(
        err, OG_E_USAGE,
        "criteria set '%.*s' has no criterion '%s': its criteria are in '%.*s'",
        OG_FMT(set->id), id, OG_FMT(set->file->path));
}

static int find_criterion(const app *a, const char *id, int *ret, og_error *err)
{
    *ret = ALL_CRITERIA;
    if (!id)
        return OG_OK;
    for (size_t i = 0; i < a->criteria.count; i++) {
        if (og_str_is(a->criteria.criteria[i].id, id)) {
            *ret = (int)i;
            return OG_OK;
        }
    }
    return no_criterion(a, id, err);
}

typedef struct shown_verdict {
    const app *a;
    const verdict *v;
    int criterion; /* an index, or ALL_CRITERIA for the whole verdict */
} shown_verdict;

static int render(const void *shown, const render_options *options, og_buf *out,
                  og_error *err)
{
    const shown_verdict *s = shown;

    if (s->criterion == ALL_CRITERIA)
        return options ? render_verdict_text(s->v, options, out, err)
                       : render_verdict_json(s->v, out, err);
    size_t i = (size_t)s->criterion;
    const model_criterion *written = &s->a->criteria.criteria[i];
    return options ? render_explain_text(s->v, i, written, options, out, err)
                   : render_explain_json(s->v, i, written, out, err);
}

static int render_all(app *a, const verdict *v, int criterion,
                      const opsgate_assess_request *request, og_error *err)
{
    const shown_verdict shown = {a, v, criterion};

    return app_make_documents(a, request->formats, request->format_count, APP_OUTPUTS,
                              render, &shown, err);
}

static int run_assessment(app *a, const assess_input *in, verdict *ret, og_error *err)
{
    og_diags diags = {0};

    int rc = assess_run(in, &a->arena, &diags, ret, err);
    app_show(a, &a->claims, &diags);
    if (diags.errors > 0 && (rc == OG_E_INVALID || rc == OG_E_CONFLICT)) {
        og_error_done(err);
        rc = og_fail(err, rc, "the register cannot be judged as it is in %s: %zu error%s",
                     app_revision_name(a, &a->claims), diags.errors,
                     diags.errors == 1 ? "" : "s");
    }
    og_diags_done(&diags);
    return rc;
}

/* "2021-11 at assessment on 2021-10-05: no_go — LSC-07; 1 unmet, 7 met" */
static int summarise(app *a, const verdict *v, og_error *err)
{
    char day[11];

    og_date_format(v->at_date, day);
    og_buf_put_shown(&a->summary, v->subject);
    og_buf_puts(&a->summary, " at ");
    og_buf_put_shown(&a->summary, v->gate);
    og_buf_printf(&a->summary, " on %s: ", day);
    return render_verdict_line(v, &a->summary, err);
}

static int load(app *a, const opsgate_assess_request *request, og_error *err)
{
    if (request->post && a->place->worktree)
        return og_fail(err, OG_E_USAGE,
                       "a verdict on the work tree cannot be posted, since nobody could "
                       "recompute it: commit first, then leave '--worktree' out");
    int rc = app_open(a, a->place->worktree, err);
    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    rc = app_notice_uncommitted(a, err);
    return rc == OG_OK ? app_load(a, err) : rc;
}

static int judge(app *a, const opsgate_assess_request *request, const char *criterion,
                 og_error *err)
{
    assess_input in;
    verdict v = {0};
    int index = ALL_CRITERIA;

    int rc = load(a, request, err);
    if (rc == OG_OK)
        rc = app_assess_input(a, request, &in, err);
    if (rc == OG_OK)
        rc = find_criterion(a, criterion, &index, err);
    if (rc == OG_OK)
        rc = run_assessment(a, &in, &v, err);
    if (rc == OG_OK)
        app_notice_self(a);
    if (rc == OG_OK)
        rc = render_all(a, &v, index, request, err);
    if (rc == OG_OK)
        rc = summarise(a, &v, err);
    if (rc != OG_OK)
        return rc;
    a->result->exit_code =
        criterion ? OPSGATE_EXIT_GO : (opsgate_exit)verdict_exit_code(v.result);
    return request->post ? app_post(a, &v, request->dry_run, err) : OG_OK;
}

void opsgate_assess(const opsgate_settings *settings, const opsgate_place *place,
                    const opsgate_assess_request *request, opsgate_result *ret)
{
    app a;
    og_error err = {0};

    app_init(&a, settings, place, ret);
    app_finish(&a, judge(&a, request, NULL, &err), &err);
}

void opsgate_explain(const opsgate_settings *settings, const opsgate_place *place,
                     const opsgate_assess_request *request, const char *criterion,
                     opsgate_result *ret)
{
    app a;
    og_error err = {0};

    app_init(&a, settings, place, ret);
    app_finish(&a, judge(&a, request, criterion, &err), &err);
}
