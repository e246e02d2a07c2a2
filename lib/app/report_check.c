/* report check: does a range of revisions change a report behind its readers' backs?
 *
 * Nothing is checked out and nothing but commits is read: it runs in a bare repository
 * and in a clone of any depth that has both ends of the range. */
#include "app/app.h"
#include "report/control.h"

/* "BASE..HEAD"; HEAD may be left out. */
static int split_range(const char *range, og_arena *arena, const char **ret_base,
                       const char **ret_head, og_error *err)
{
    const char *dots = strstr(range, "..");

    if (!dots || dots == range || dots[2] == '.')
        return og_fail(err, OG_E_USAGE,
                       "'%s' is no range: write BASE..HEAD, with two dots, for example "
                       "origin/main..HEAD",
                       range);
    og_str base = og_arena_str(arena, (og_str){range, (size_t)(dots - range)});
    if (!base.p)
        return og_nomem(err);
    *ret_base = base.p;
    *ret_head = dots[2] ? dots + 2 : "HEAD";
    return OG_OK;
}

/* What git tells a hook in the place of a commit where a branch is new, or goes. */
static bool is_zero(const char *rev)
{
    size_t n = strlen(rev);

    return (n == 40 || n == 64) && strspn(rev, "0") == n;
}

/* Both ends by name, so that what is wrong with one is said of it. */
static int resolve_ends(app *a, const char *base, const char *head, repo_commit *ret_base,
                        og_error *err)
{
    repo_commit ignored;

    if (is_zero(base))
        return og_fail(err, OG_E_USAGE,
                       "BASE is no commit, as the branch is new: give the branch it will "
                       "be merged into");
    if (is_zero(head))
        return og_fail(err, OG_E_USAGE,
                       "HEAD is no commit, as the branch is deleted: there is nothing to "
                       "check");
    int rc = app_open_repo(a, err);
    if (rc != OG_OK)
        return rc;
    rc = repo_resolve(a->repo, base, ret_base, err);
    if (rc != OG_OK)
        return og_wrap(err, "BASE");
    rc = repo_resolve(a->repo, head, &ignored, err);
    return rc == OG_OK ? rc : og_wrap(err, "HEAD");
}

static int load_base(app *a, const repo_commit *commit, const char *base, og_error *err)
{
    og_diags diags = {0};

    int rc = app_open_commit(a, commit, &a->baseline, err);
    if (rc != OG_OK)
        return og_wrap(err, "BASE, '%s'", base);
    const model_register *policy = a->policy.open ? &a->policy.reg : NULL;
    rc = app_load_revision(&a->baseline, policy,
                           MODEL_LOAD_HOMES_ONLY | MODEL_LOAD_OWN_RECORDS, &diags, err);
    if (rc == OG_E_INVALID)
        app_show(a, &a->baseline, &diags);
    og_diags_done(&diags);
    if (rc == OG_E_NOTFOUND)
        return og_wrap(err, "BASE, '%s', has to be a commit that has the register", base);
    return rc == OG_OK ? rc : og_wrap(err, "the register in BASE, '%s'", base);
}

static void summarise(app *a, const report_checked *checked, const og_diags *diags)
{
    og_buf *s = &a->summary;

    if (checked->versions == 0) {
        og_buf_puts(s, "no report is changed");
    } else {
        og_buf_printf(s, "%zu version%s of reports changed, %zu part%s affected: ",
                      checked->versions, checked->versions == 1 ? "" : "s",
                      checked->parties, checked->parties == 1 ? "y" : "ies");
        og_buf_printf(s, diags->errors ? "%zu finding%s" : "all in order", diags->errors,
                      diags->errors == 1 ? "" : "s");
    }
    if (checked->emergencies > 0)
        og_buf_printf(s, "; %zu emergency change%s", checked->emergencies,
                      checked->emergencies == 1 ? "" : "s");
    if (!a->policy.open)
        og_buf_puts(s, "; policy: self");
}

static int check(app *a, const char *base, const opsgate_report_check_request *request,
                 og_diags *diags, og_error *err)
{
    report_checked checked = {0};
    repo_commit commit;
    og_instant at;

    a->claims_flags = MODEL_LOAD_OWN_RECORDS;
    int rc = resolve_ends(a, base, a->place->rev, &commit, err);
    if (rc == OG_OK)
        rc = app_open(a, false, err);
    if (rc == OG_OK)
        rc = app_load(a, err);
    if (rc == OG_OK)
        rc = load_base(a, &commit, base, err);
    if (rc == OG_OK)
        rc = app_judged_at(a, request->at, &at, err);
    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    const model_register *judge = a->policy.open ? &a->policy.reg : &a->baseline.reg;
    const report_control control = {.base = &a->baseline.reg,
                                    .head = &a->claims.reg,
                                    .policy = a->policy.open ? &a->policy.reg : NULL,
                                    .today = zone_date_at(judge->zone, at)};
    rc = report_control_check(&control, &a->arena, diags, &checked, err);
    if (rc == OG_OK)
        rc = app_make_findings(a, request->formats, request->format_count, diags, err);
    if (rc != OG_OK)
        return rc;
    summarise(a, &checked, diags);
    a->result->exit_code = og_diags_ok(diags) ? OPSGATE_EXIT_GO : OPSGATE_EXIT_NO_GO;
    return OG_OK;
}

void opsgate_report_check(const opsgate_settings *settings, const opsgate_place *place,
                          const opsgate_report_check_request *request,
                          opsgate_result *ret)
{
    opsgate_place head = *place;
    const char *base = "";
    og_diags diags = {0};
    og_error err = {0};
    app a;

    app_init(&a, settings, &head, ret);
    int rc =
        place->rev || place->worktree
            ? og_fail(
                  &err, OG_E_USAGE,
                  "the range says what is checked: leave '--rev' (or OPSGATE_REV) and "
                  "'--worktree' out")
            : split_range(request->range, &a.arena, &base, &head.rev, &err);
    if (rc == OG_OK)
        rc = check(&a, base, request, &diags, &err);
    og_diags_done(&diags);
    app_finish(&a, rc, &err);
}
