/* Whether the work tree has what no commit has yet, for a notice. */
#include "repo/git.h"

typedef struct counting {
    repo_changes changes;
    og_arena *arena;
} counting;

static int count(const char *path, void *context)
{
    counting *c = context;
    if (c->changes.count++)
        return OG_OK;
    c->changes.first = og_arena_str(c->arena, og_str_from(path));
    return c->changes.first.p ? OG_OK : OG_E_NOMEM;
}

int repo_uncommitted(repo *r, og_str dir, og_arena *arena, repo_changes *ret,
                     og_error *err)
{
    counting c = {{0, OG_STR("")}, arena};
    og_str path = og_arena_str(arena, dir);
    if (!path.p)
        return og_nomem(err);
    int code = repo_is_bare(r) ? OG_OK : repo_git_status(r->git, path.p, count, &c, err);
    if (code == OG_OK)
        *ret = c.changes;
    return code;
}
