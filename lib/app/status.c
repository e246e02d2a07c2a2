/* status: every subject of a register judged at its next gate, and what is coming. A
 * subject that cannot be judged is shown as such, and the others all the same. */
#include "assess/status.h"
#include "app/app.h"
#include "render/status.h"

typedef struct overview {
    app *a;
    og_instant at;
    og_arena scratch; /* of one judgement */
    og_diags diags;   /* in the claims */
    status status;
    bool invalid, undecided; /* some subject could not be judged */
} overview;

/* ---- Judging ---- */

/* Lack of memory ends the run; anything else is said of the subject: the first finding
 * among those from `first` on, or the error. */
static int note_problem(overview *o, status_subject *s, size_t first, int rc,
                        og_error *err)
{
    if (rc == OG_E_NOMEM)
        return rc;
    s->problem = og_arena_str(&o->a->arena, first < o->diags.count
                                                ? o->diags.items[first].text
                                                : og_str_from(og_error_text(err)));
    og_error_done(err);
    if (rc == OG_E_INVALID || rc == OG_E_CONFLICT)
        o->invalid = true;
    else
        o->undecided = true;
    return s->problem.p ? OG_OK : og_nomem(err);
}

static int take_warning(overview *o, const verdict *v, og_error *err)
{
    if (o->status.warning.n > 0 || v->warning_count == 0)
        return OG_OK;
    o->status.warning = og_arena_str(&o->a->arena, v->warnings[0]);
    return o->status.warning.p ? OG_OK : og_nomem(err);
}

static int judge(overview *o, assess_input *in, status_subject *s, og_error *err)
{
    verdict v = {0};
    size_t findings = o->diags.count;

    og_arena_reset(&o->scratch);
    int rc = app_complete_input(o->a, in, &o->scratch, err);
    if (rc == OG_OK)
        rc = assess_run(in, &o->scratch, &o->diags, &v, err);
    if (rc != OG_OK)
        return note_problem(o, s, findings, rc, err);
    o->invalid = o->invalid || v.result == VERDICT_NONE;
    rc = status_take_verdict(s, &v, &o->a->arena, err);
    return rc == OG_OK ? take_warning(o, &v, err) : rc;
}

static int take_subject(overview *o, const model_record *subject, og_error *err)
{
    status_subject *s = &o->status.subjects[o->status.subject_count++];
    assess_input in = app_subject_input(o->a, subject, o->at);

    int rc = status_of_subject(&in, &o->a->arena, s, err);
    return rc == OG_OK && !s->finished ? judge(o, &in, s, err) : rc;
}

/* The subjects of one kind, with the criteria that judge them. */
static int take_kind(overview *o, const model_kind *kind, og_error *err)
{
    app *a = o->a;
    const model_register *reg = &a->claims.reg;
    size_t count = reg->list_counts[kind->ordinal];

    int rc = app_load_criteria(a, kind->name, err);
    for (size_t i = 0; rc == OG_OK && i < count; i++)
        rc = take_subject(o, reg->lists[kind->ordinal][i], err);
    app_close_criteria(a);
    return rc;
}

static bool is_judged(const app *a, const model_kind *kind)
{
    return app_criteria_for(&app_policy(a)->reg, kind->name).n > 0;
}

static int take_subjects(overview *o, og_error *err)
{
    const model_register *reg = &o->a->claims.reg;
    size_t total = 0;
    int rc = OG_OK;

    for (size_t k = 0; k < reg->kinds->count; k++)
        total += is_judged(o->a, reg->kinds->list[k]) ? reg->list_counts[k] : 0;
    o->status.subjects = OG_ARRAY(&o->a->arena, total, status_subject);
    if (!o->status.subjects)
        return og_nomem(err);
    for (size_t k = 0; rc == OG_OK && k < reg->kinds->count; k++)
        if (is_judged(o->a, reg->kinds->list[k]))
            rc = take_kind(o, reg->kinds->list[k], err);
    status_sort(&o->status);
    return rc;
}

/* ---- Showing ---- */

static int render(const void *shown, const render_options *options, og_buf *out,
                  og_error *err)
{
    return options ? render_status_text(shown, options, out, err)
                   : render_status_json(shown, out, err);
}

/* Evidence from the future is wrong for every subject: said once, before any is judged.
 */
static int check_future(overview *o, og_error *err)
{
    app *a = o->a;

    model_check_future(&a->claims.reg, o->at, &o->diags);
    if (og_diags_ok(&o->diags))
        return OG_OK;
    app_show(a, &a->claims, &o->diags);
    return og_fail(err, OG_E_INVALID,
                   "the register cannot be judged as it is in %s: %zu error%s",
                   app_revision_name(a, &a->claims), o->diags.errors,
                   o->diags.errors == 1 ? "" : "s");
}

static int load(overview *o, const char *at, og_error *err)
{
    app *a = o->a;

    int rc = app_open(a, a->place->worktree, err);
    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    rc = app_notice_uncommitted(a, err);
    if (rc == OG_OK)
        rc = app_load(a, err);
    if (rc == OG_OK)
        rc = app_judged_at(a, at, &o->at, err);
    return rc == OG_OK && !at ? check_future(o, err) : rc;
}

static int look(overview *o, const char *at, const char *const *formats, size_t count,
                og_error *err)
{
    app *a = o->a;

    int rc = load(o, at, err);
    if (rc == OG_OK)
        rc = status_of_register(&a->claims.reg, &app_policy(a)->reg, o->at, &a->arena,
                                &o->status, err);
    if (rc == OG_OK)
        rc = take_subjects(o, err);
    if (rc != OG_OK)
        return rc;
    og_diags_drop_repeated(&o->diags);
    app_show(a, &a->claims, &o->diags);
    app_notice_self(a);
    rc = app_make_documents(o->a, formats, count, APP_OUTPUTS, render, &o->status, err);
    if (rc == OG_OK)
        rc = render_status_line(&o->status, &a->summary, err);
    a->result->exit_code = o->invalid     ? OPSGATE_EXIT_INVALID
                           : o->undecided ? OPSGATE_EXIT_UNDECIDED
                                          : OPSGATE_EXIT_GO;
    return rc;
}

void opsgate_status(const opsgate_settings *settings, const opsgate_place *place,
                    const char *at, const char *const *formats, size_t format_count,
                    opsgate_result *ret)
{
    app a;
    overview o = {.a = &a};
    og_error err = {0};

    app_init(&a, settings, place, ret);
    int rc = look(&o, at, formats, format_count, &err);
    og_arena_done(&o.scratch);
    og_diags_done(&o.diags);
    app_finish(&a, rc, &err);
}
