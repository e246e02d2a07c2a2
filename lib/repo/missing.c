/* An object is not in this clone: what to run to get it. */
#include "repo/git.h"

static int advise(repo *r, og_arena *arena, const char *what, og_error *err)
{
    og_str remote;
    int code = repo_git_remote(r->git, arena, &remote, err);
    if (code < 0)
        return code;
    if (repo_git_is_partial(r->git))
        return og_fail(
            err, OG_E_INCOMPLETE,
            "%s was not fetched by this partial clone: run 'git fetch --refetch "
            "--no-filter %s'",
            what, remote.n ? remote.p : "REMOTE");
    if (repo_is_shallow(r))
        return og_fail(err, OG_E_INCOMPLETE,
                       "%s lies beyond the cut of this shallow clone: run 'git fetch "
                       "--unshallow %s'",
                       what, remote.n ? remote.p : "REMOTE");
    return og_fail(err, OG_E_IO,
                   "%s is missing: the repository is damaged, see 'git fsck'", what);
}

int repo_missing(repo *r, const char *what, og_error *err)
{
    og_arena arena = {0};
    int code = advise(r, &arena, what, err);
    og_arena_done(&arena);
    return code;
}

static int advise_commit(repo *r, og_arena *arena, const char *id, og_error *err)
{
    og_str remote;
    int code = repo_git_remote(r->git, arena, &remote, err);
    if (code < 0)
        return code;
    if (repo_is_shallow(r))
        return og_fail(
            err, OG_E_INCOMPLETE,
            "commit %s is not in this shallow clone: run 'git fetch --unshallow "
            "%s', or 'git fetch %s %s' for it alone",
            id, remote.n ? remote.p : "REMOTE", remote.n ? remote.p : "REMOTE", id);
    return og_fail(err, OG_E_INCOMPLETE,
                   "commit %s is not in this repository: run 'git fetch %s %s'", id,
                   remote.n ? remote.p : "REMOTE", id);
}

int repo_missing_commit(repo *r, const char *id, og_error *err)
{
    og_arena arena = {0};
    int code = advise_commit(r, &arena, id, err);
    og_arena_done(&arena);
    return code;
}
