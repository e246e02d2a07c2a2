/* The files of a commit. Git orders a tree so that walking it depth first gives the paths
 * bytewise in order; a tree that is not so was not written by git and is refused, because
 * entries are looked up by bisection. */
#include "base/limits.h"
#include "repo/files.h"

static int walk(gathering *g, const char *id, og_str path, unsigned depth, og_error *err);

/* How a directory is called in messages: the register's own is ".". */
static og_str shown(og_str path)
{
    return path.n > 0 ? path : OG_STR(".");
}

static int damaged(const char *id, og_str path, og_error *err)
{
    return og_fail(err, OG_E_IO, "directory '%.*s': tree %s is damaged: see 'git fsck'",
                   OG_FMT(shown(path)), id);
}

static int add(gathering *g, const char *tree, og_str dir, const repo_git_entry *entry,
               unsigned depth, og_error *err)
{
    og_str path;
    int code = repo_gather_join(g, dir, og_str_from(entry->name), &path, err);
    if (code < 0)
        return code;
    if (entry->is_tree)
        return walk(g, entry->id, path, depth + 1, err);
    if (g->count && og_str_cmp(g->entries[g->count - 1].path, path) >= 0)
        return damaged(tree, dir, err);
    return repo_gather_add(g, path, entry->kind, UINT64_MAX, entry->id, err);
}

static int add_all(gathering *g, const repo_git_tree *tree, const char *id, og_str path,
                   unsigned depth, og_error *err)
{
    for (size_t i = 0; i < repo_git_tree_count(tree); i++) {
        repo_git_entry entry;
        if (!repo_git_tree_entry(tree, i, &entry))
            return damaged(id, path, err);
        int code = add(g, id, path, &entry, depth, err);
        if (code < 0)
            return code;
    }
    return OG_OK;
}

static int cannot_open(gathering *g, og_str path, og_error *own_why, og_error *err)
{
    og_code code = own_why->code;
    if (code == OG_E_NOMEM)
        code = og_nomem(err);
    else if (code == OG_E_NOTFOUND) {
        og_str what = og_arena_printf(g->arena, "directory '%.*s'", OG_FMT(shown(path)));
        code = what.p ? repo_missing(g->repo, what.p, err) : og_nomem(err);
    } else
        code = og_fail(err, code, "directory '%.*s': %s: see 'git fsck'",
                       OG_FMT(shown(path)), og_error_text(own_why));
    og_error_done(own_why);
    return code;
}

static int walk(gathering *g, const char *id, og_str path, unsigned depth, og_error *err)
{
    if (depth > OG_LIMIT_DEPTH)
        return og_fail(err, OG_E_LIMIT, "directory '%.*s': more than %u levels deep",
                       OG_FMT(path), OG_LIMIT_DEPTH);
    repo_git_tree *tree = NULL;
    og_error why = {0};
    if (repo_git_tree_open(g->repo->git, id, &tree, &why) < 0)
        return cannot_open(g, path, &why, err);
    int code = add_all(g, tree, id, path, depth, err);
    repo_git_tree_free(tree);
    return code;
}

int repo_gather_tree(gathering *g, const char *tree, og_error *err)
{
    return walk(g, tree, OG_STR(""), 0, err);
}
