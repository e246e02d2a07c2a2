/* lint: everything that is wrong with a register, at once.
 *
 * The register is read as its own policy, so that its own configuration, kinds and
 * criteria are checked; where a policy revision is named and nothing was wrong so far,
 * its claims are read again under that policy, as assess would read them. */
#include "assess/lint.h"
#include "app/app.h"
#include "assess/case.h"
#include "report/layout.h"

typedef struct linter {
    app *a;
    const char *at; /* as given; NULL: now */
    og_diags diags;
} linter;

/* OG_E_INVALID with findings is what lint is for; anything else went wrong. */
static int tolerate(linter *l, size_t errors_before, int rc, og_error *err)
{
    if (rc == OG_OK || (rc == OG_E_INVALID && l->diags.errors > errors_before)) {
        og_error_done(err);
        return OG_OK;
    }
    return rc;
}

static bool can_compile(const model_register *reg)
{
    return reg->kinds && reg->zone && reg->calendar;
}

static int lint_tests(linter *l, const model_criteria *set, og_str name, og_error *err)
{
    const app_revision *r = &l->a->claims;
    const model_file *file = NULL;
    assess_cases cases;

    og_str path = og_arena_printf(&l->a->arena, "criteria/tests/%.*s.yaml", OG_FMT(name));
    if (!path.p)
        return og_nomem(err);
    int rc = model_file_read(&r->source, path, &l->a->arena, &l->diags, &file, err);
    if (rc == OG_E_NOTFOUND) {
        og_error_done(err);
        return OG_OK;
    }
    if (rc == OG_OK && file)
        rc = assess_cases_run(&r->reg, set, file, &l->a->arena, &l->diags, &cases, err);
    return rc;
}

static int lint_set(void *context, og_str path, og_str name, og_error *err)
{
    linter *l = context;
    model_criteria set = {0};
    size_t errors = l->diags.errors;

    (void)path;
    int rc = model_criteria_load(&set, &l->a->claims.reg, name, &l->diags, err);
    if (rc == OG_OK)
        rc = lint_tests(l, &set, name, err);
    model_criteria_done(&set);
    return tolerate(l, errors, rc, err);
}

/* The claims once more, on top of the policy revision. */
static int lint_under_policy(linter *l, og_error *err)
{
    app *a = l->a;
    app_revision again = {.work_tree = a->claims.work_tree,
                          .commit = a->claims.commit,
                          .source = a->claims.source};
    og_diags diags = {0};

    int rc = app_load_revision(&a->policy, NULL, MODEL_LOAD_HOMES_ONLY, &diags, err);
    app_show(a, &a->policy, &diags);
    og_diags_done(&diags);
    if (rc != OG_OK)
        return og_wrap(err, "policy revision");
    rc = app_load_revision(&again, &a->policy.reg, MODEL_LOAD_ALL, &l->diags, err);
    model_register_done(&again.reg);
    return tolerate(l, 0, rc, err);
}

static int lint_layout(linter *l, const model_record *version, og_error *err)
{
    const og_node *root = version->file->document.root;
    size_t errors = l->diags.errors;
    report_layout layout;

    if (!root || !og_node_get(root, OG_STR("schema"))) /* a finding by now */
        return OG_OK;
    int rc = report_layout_read(version, &l->a->arena, &l->diags, &layout, err);
    if (rc == OG_OK && l->diags.errors == errors)
        rc = report_layout_check(&layout, &l->a->arena, &l->diags, err);
    return rc;
}

/* Every version of every report. */
static int lint_layouts(linter *l, og_error *err)
{
    const model_register *reg = &l->a->claims.reg;
    size_t k = model_kind_named(reg->kinds, OG_STR("report"))->ordinal;
    int rc = OG_OK;

    for (size_t i = 0; i < reg->list_counts[k] && rc == OG_OK; i++)
        rc = lint_layout(l, reg->lists[k][i], err);
    return rc;
}

/* What only shows when all is read: conflicting evidence, and what the rules find. */
static int lint_records(linter *l, og_error *err)
{
    const model_register *reg = &l->a->claims.reg;
    og_instant at;

    int rc = app_instant(l->a, reg->zone, l->at, &at, err);
    if (rc == OG_OK)
        rc = model_check_live(reg, at, &l->diags, err);
    if (rc == OG_OK && !l->at)
        model_check_future(reg, at, &l->diags);
    return rc == OG_OK ? assess_lint(reg, at, &l->diags, err) : rc;
}

static int lint_all(linter *l, og_error *err)
{
    app *a = l->a;

    int rc = app_load_revision(&a->claims, NULL, MODEL_LOAD_ALL, &l->diags, err);
    rc = tolerate(l, 0, rc, err);
    if (rc == OG_OK && can_compile(&a->claims.reg))
        rc = app_each_criteria_file(&a->claims.source, false, lint_set, l, err);
    if (rc == OG_OK && can_compile(&a->claims.reg))
        rc = lint_layouts(l, err);
    if (rc == OG_OK && l->diags.errors == 0)
        rc = lint_records(l, err);
    if (rc == OG_OK && a->policy.open && l->diags.errors == 0)
        rc = lint_under_policy(l, err);
    return rc;
}

static void summarise(linter *l)
{
    const og_diags *d = &l->diags;
    const app_revision *r = &l->a->claims;

    size_t notes = d->count + d->dropped - d->errors - d->warnings;

    if (d->count + d->dropped == 0) {
        og_buf_printf(&l->a->summary, "no findings in %s", app_revision_name(l->a, r));
        return;
    }
    og_buf_printf(&l->a->summary, "%zu error%s, %zu warning%s", d->errors,
                  d->errors == 1 ? "" : "s", d->warnings, d->warnings == 1 ? "" : "s");
    if (notes > 0)
        og_buf_printf(&l->a->summary, ", %zu note%s", notes, notes == 1 ? "" : "s");
    og_buf_printf(&l->a->summary, " in %s", app_revision_name(l->a, r));
}

static int lint(linter *l, const char *const *formats, size_t count, og_error *err)
{
    app *a = l->a;

    int rc = app_open_repo(a, err);
    if (rc != OG_OK)
        return rc;
    rc = app_open(a, a->place->worktree || (!a->place->rev && !repo_is_bare(a->repo)),
                  err);
    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    rc = lint_all(l, err);
    if (rc == OG_OK)
        rc = app_make_findings(l->a, formats, count, &l->diags, err);
    if (rc != OG_OK)
        return rc;
    if (l->diags.failed)
        return og_nomem(err);
    summarise(l);
    a->result->exit_code =
        og_diags_ok(&l->diags) ? OPSGATE_EXIT_GO : OPSGATE_EXIT_INVALID;
    return OG_OK;
}

void opsgate_lint(const opsgate_settings *settings, const opsgate_place *place,
                  const char *at, const char *const *formats, size_t format_count,
                  opsgate_result *ret)
{
    app a;
    linter l = {.a = &a, .at = at};
    og_error err = {0};

    app_init(&a, settings, place, ret);
    int rc = lint(&l, formats, format_count, &err);
    og_diags_done(&l.diags);
    app_finish(&a, rc, &err);
}
