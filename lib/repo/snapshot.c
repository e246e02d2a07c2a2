/* Snapshots: the files of a directory at a revision or in the work tree, found and read
 * the same way. */
#include "repo/repo.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "repo/files.h"

static const char *const kind_names[] = {/* ORDER: repo_kind */
                                         "file", "executable file", "symbolic link",
                                         "submodule", "special file"};
static_assert(sizeof kind_names / sizeof *kind_names == REPO_SPECIAL + 1, "a name each");

const char *repo_kind_name(repo_kind kind)
{
    return kind_names[kind];
}

int repo_gather_join(gathering *g, og_str dir, og_str name, og_str *ret, og_error *err)
{
    og_str path = og_arena_printf(g->arena, "%.*s%s%.*s", OG_FMT(dir), dir.n ? "/" : "",
                                  OG_FMT(name));
    if (!path.p)
        return og_nomem(err);
    *ret = path;
    return OG_OK;
}

static int make_room(gathering *g, og_error *err)
{
    size_t cap = g->cap ? g->cap * 2 : 64;
    repo_entry *more = OG_ARRAY(g->arena, cap, repo_entry);
    if (!more)
        return og_nomem(err);
    if (g->count)
        memcpy(more, g->entries, g->count * sizeof *more);
    g->entries = more;
    g->cap = cap;
    return OG_OK;
}

int repo_gather_add(gathering *g, og_str path, repo_kind kind, uint64_t size,
                    const char *id, og_error *err)
{
    if (g->count == OG_LIMIT_FILES)
        return og_fail(err, OG_E_LIMIT,
                       "more than %u files: is this the register's directory?",
                       OG_LIMIT_FILES);
    int code = g->count < g->cap ? OG_OK : make_room(g, err);
    if (code < 0)
        return code;
    repo_entry *entry = &g->entries[g->count++];
    *entry = (repo_entry){.path = path, .kind = kind, .size = size};
    memcpy(entry->blob, id, strlen(id) + 1);
    return OG_OK;
}

static int by_path(const void *a, const void *b)
{
    return og_str_cmp(((const repo_entry *)a)->path, ((const repo_entry *)b)->path);
}

/* The id of the tree at dir of a commit. */
static int find_tree(repo *r, const repo_commit *commit, og_str dir, og_arena *arena,
                     char ret[REPO_ID_SIZE], og_error *err)
{
    memcpy(ret, commit->tree, REPO_ID_SIZE);
    if (dir.n == 0)
        return OG_OK;
    og_str path = og_arena_str(arena, dir);
    if (!path.p)
        return og_nomem(err);
    repo_git_entry entry;
    og_error why = {0};
    int code = repo_git_tree_find(r->git, commit->tree, path.p, &entry, &why);
    if (code == OG_OK && entry.is_tree)
        memcpy(ret, entry.id, REPO_ID_SIZE);
    else if (code == OG_OK)
        code =
            og_fail(err, OG_E_NOTFOUND, "'%s' is a %s in commit %.12s, not a directory",
                    path.p, repo_kind_name(entry.kind), commit->id);
    else if (code == OG_E_NOTFOUND)
        code = og_fail(err, code, "there is no directory '%s' in commit %.12s", path.p,
                       commit->id);
    else if (code == OG_E_INCOMPLETE)
        code = repo_missing(r, "a directory of the revision", err);
    else if (code == OG_E_NOMEM)
        code = og_nomem(err);
    else
        code = og_fail(err, code, "directory '%s': %s: see 'git fsck'", path.p,
                       og_error_text(&why));
    og_error_done(&why);
    return code;
}

static int gather(repo_snapshot *s, gathering *g, const repo_commit *commit,
                  og_error *err)
{
    if (!commit) {
        int code = repo_gather_work_tree(g, s->dir, err);
        if (code == OG_OK && g->count)
            qsort(g->entries, g->count, sizeof *g->entries, by_path);
        return code;
    }
    int code = find_tree(s->from, commit, s->dir, g->arena, s->tree, err);
    return code < 0 ? code : repo_gather_tree(g, s->tree, err);
}

int repo_snapshot_make(repo *r, const repo_commit *commit, og_str dir, og_arena *arena,
                       repo_snapshot *ret, og_error *err)
{
    repo_snapshot s = {.from = r, .work_tree = !commit};
    gathering g = {.repo = r, .arena = arena};
    if (!commit && repo_is_bare(r))
        return og_fail(err, OG_E_USAGE,
                       "the repository '%s' is bare: it has no work tree",
                       repo_git_dir(r));
    s.dir = og_arena_str(arena, dir);
    if (!s.dir.p)
        return og_nomem(err);
    int code = gather(&s, &g, commit, err);
    if (code < 0)
        return code;
    s.entries = g.entries;
    s.count = g.count;
    *ret = s;
    og_trace_event(r->trace, OG_TRACE_REPO, "%zu files in '%s' of %s", s.count, s.dir.p,
                   commit ? commit->id : "the work tree");
    return OG_OK;
}

repo_entry *repo_snapshot_find(const repo_snapshot *s, og_str path)
{
    repo_entry key = {.path = path};
    return s->count ? bsearch(&key, s->entries, s->count, sizeof key, by_path) : NULL;
}

static int read_work_tree(const repo_snapshot *s, repo_entry *entry, uint64_t limit,
                          og_arena *arena, og_str *ret, og_error *err)
{
    og_str path =
        og_arena_printf(arena, "%s%s%s", s->dir.p, s->dir.n ? "/" : "", entry->path.p);
    if (!path.p)
        return og_nomem(err);
    og_str bytes;
    int code =
        repo_work_tree_read(s->from, path, limit, arena, &bytes, &entry->size, err);
    if (code == OG_OK)
        code = repo_git_blob_id(bytes, entry->blob, err);
    if (code == OG_OK)
        *ret = bytes;
    return code;
}

static int missing(repo *r, og_str path, og_error *err)
{
    og_arena arena = {0};
    og_str what = og_arena_printf(&arena, "'%.*s'", OG_FMT(path));
    int code = what.p ? repo_missing(r, what.p, err) : og_nomem(err);
    og_arena_done(&arena);
    return code;
}

static int cannot_read(const repo_snapshot *s, const repo_entry *entry, uint64_t limit,
                       og_error *own_why, og_error *err)
{
    og_code code = own_why->code;
    if (code == OG_E_LIMIT)
        code = og_fail(err, code, "'%s' has %llu bytes, the limit is %llu", entry->path.p,
                       (unsigned long long)entry->size, (unsigned long long)limit);
    else if (code == OG_E_NOTFOUND && !s->work_tree)
        code = missing(s->from, entry->path, err);
    else if (code == OG_E_NOMEM)
        code = og_nomem(err);
    else
        code = og_fail(err, code, "'%s': %s%s", entry->path.p, og_error_text(own_why),
                       s->work_tree ? "" : ": see 'git fsck'");
    og_error_done(own_why);
    return code;
}

int repo_snapshot_read(const repo_snapshot *s, repo_entry *entry, uint64_t limit,
                       og_arena *arena, og_str *ret, og_error *err)
{
    og_error why = {0};
    if (entry->kind != REPO_FILE && entry->kind != REPO_EXECUTABLE)
        return og_fail(err, OG_E_USAGE, "'%s' is a %s, not a file", entry->path.p,
                       repo_kind_name(entry->kind));
    int code = s->work_tree ? read_work_tree(s, entry, limit, arena, ret, &why)
                            : repo_git_blob(s->from->git, entry->blob, limit, arena, ret,
                                            &entry->size, &why);
    return code < 0 ? cannot_read(s, entry, limit, &why, err) : OG_OK;
}
