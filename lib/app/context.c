/* From the place asked for to sources of the register: repository, revisions, directory.
 */
#include "app/app.h"

/* In a hook that is asked about a push (pre-receive, update) git keeps the new objects
 * apart, and says where (git-receive-pack(1), "Quarantine environment"). */
static int add_quarantine(app *a, og_error *err)
{
    const opsgate_settings *s = a->settings;
    const char *path =
        s->lookup ? s->lookup(s->lookup_context, "GIT_QUARANTINE_PATH") : NULL;

    return path && path[0] == '/' ? repo_add_objects(a->repo, path, err) : OG_OK;
}

int app_open_repo(app *a, og_error *err)
{
    const char *cwd = a->settings->cwd, *path = a->place->repo;
    og_str joined = {0};

    if (path && path[0] != '/') {
        joined = og_arena_printf(&a->arena, "%s/%s", cwd, path);
        if (!joined.p)
            return og_nomem(err);
        path = joined.p;
    }
    int rc = repo_open(path ? path : cwd, &a->trace, &a->repo, err);
    return rc == OG_OK ? add_quarantine(a, err) : rc;
}

static int resolve(app *a, const char *rev, const char *option, app_revision *ret,
                   og_error *err)
{
    int rc = repo_resolve(a->repo, rev, &ret->commit, err);

    if (rc != OG_OK)
        return og_wrap(err, "%s", option);
    ret->work_tree = false;
    return OG_OK;
}

static int resolve_revisions(app *a, bool worktree, og_error *err)
{
    const opsgate_place *place = a->place;

    if (worktree && place->rev)
        return og_fail(err, OG_E_USAGE,
                       "'--worktree' and '--rev' exclude each other: give one of them");
    a->claims.work_tree = worktree;
    int rc = worktree
                 ? OG_OK
                 : resolve(a, place->rev ? place->rev : "HEAD", "--rev", &a->claims, err);
    if (rc == OG_OK && place->policy_rev)
        rc = resolve(a, place->policy_rev, "--policy-rev", &a->policy, err);
    return rc;
}

static const repo_commit *commit_of(const app_revision *r)
{
    return r->work_tree ? NULL : &r->commit;
}

static int open_source(app *a, app_revision *r, og_error *err)
{
    int rc =
        repo_snapshot_make(a->repo, commit_of(r), a->dir, &a->arena, &r->snapshot, err);

    if (rc == OG_OK)
        rc = repo_snapshot_source(&r->snapshot, commit_of(r), &a->arena, &r->source, err);
    r->open = rc == OG_OK;
    return rc;
}

int app_open_commit(app *a, const repo_commit *commit, app_revision *ret, og_error *err)
{
    ret->commit = *commit;
    return open_source(a, ret, err);
}

int app_open(app *a, bool worktree, og_error *err)
{
    bool has_policy = a->place->policy_rev != NULL;

    int rc = a->repo ? OG_OK : app_open_repo(a, err);
    if (rc == OG_OK)
        rc = resolve_revisions(a, worktree, err);
    /* The policy says where the register is: a change cannot put another one nearer. */
    if (rc == OG_OK)
        rc = repo_find_register(a->repo, a->place->register_dir, a->settings->cwd,
                                commit_of(has_policy ? &a->policy : &a->claims),
                                &a->arena, &a->dir, err);
    if (rc == OG_OK && has_policy)
        rc = open_source(a, &a->policy, err);
    if (rc == OG_OK)
        rc = open_source(a, &a->claims, err);
    return rc;
}

int app_notice_uncommitted(app *a, og_error *err)
{
    const char *rev = a->place->rev;
    repo_changes changes = {0};

    if (a->claims.work_tree || (rev && strcmp(rev, "HEAD") != 0))
        return OG_OK;
    int rc = repo_uncommitted(a->repo, a->dir, &a->arena, &changes, err);
    if (rc != OG_OK || changes.count == 0)
        return rc;
    app_say(a,
            "%zu file%s of the register %s not committed and not read, the first '%.*s': "
            "commit, or judge the files as they lie with --worktree",
            changes.count, changes.count == 1 ? "" : "s",
            changes.count == 1 ? "is" : "are", OG_FMT(changes.first));
    return OG_OK;
}
