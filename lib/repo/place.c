/* Where in the repository the register lies. */
#define _XOPEN_SOURCE 700 /* realpath */

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "repo/git.h"

#define REGISTER_FILE "opsgate.yaml"

typedef struct search {
    repo *repo;
    const repo_commit *commit; /* NULL: the work tree */
    og_arena *arena;
} search;

/* Appends the parts of `path` to the path in out (relative, normal), taking "." and ".."
 * away; false when it climbs out of the root. */
static bool append_parts(char *out, size_t size, og_str path)
{
    size_t n = strlen(out);
    for (size_t at = 0; at <= path.n;) {
        size_t len = og_str_find(og_str_slice(path, at, path.n), '/');
        og_str part = og_str_slice(path, at, at + len);
        at += len + 1;
        if (part.n == 0 || og_str_is(part, "."))
            continue;
        if (og_str_is(part, "..")) {
            if (n == 0)
                return false;
            char *slash = strrchr(out, '/');
            n = slash ? (size_t)(slash - out) : 0;
            out[n] = '\0';
            continue;
        }
        if (n + part.n + 2 > size)
            return false;
        if (n)
            out[n++] = '/';
        memcpy(out + n, part.p, part.n);
        n += part.n;
        out[n] = '\0';
    }
    return true;
}

/* An absolute path relative to the work tree; false when it lies outside. */
static bool inside(const repo *r, const char *path, og_str *ret)
{
    const char *root = repo_work_tree(r);
    if (!root)
        return false;
    size_t n = strlen(root) - 1; /* without the last '/' */
    if (strncmp(path, root, n) != 0 || (path[n] != '/' && path[n] != '\0'))
        return false;
    *ret = og_str_from(path + n + (path[n] == '/'));
    return true;
}

/* Where the search starts, relative to the root: `from` if it is in the work tree, else
 * ''. */
static void start(const repo *r, const char *from, char out[PATH_MAX])
{
    char real[PATH_MAX];
    og_str relative;
    out[0] = '\0';
    if (!realpath(from ? from : ".", real) || !inside(r, real, &relative))
        return;
    memcpy(out, relative.p, relative.n);
    out[relative.n] = '\0';
}

static bool lies_in_work_tree(const search *s, const char *path)
{
    struct stat st;
    char full[PATH_MAX];
    const char *root = repo_work_tree(s->repo);
    int n = root ? snprintf(full, sizeof full, "%s%s", root, path) : -1;
    return n >= 0 && n < PATH_MAX && lstat(full, &st) == 0;
}

/* Whether a register's file is in directory dir: 1, 0, or a negative code. */
static int has_register(search *s, og_str dir, og_error *err)
{
    og_str path =
        og_arena_printf(s->arena, "%.*s%s" REGISTER_FILE, OG_FMT(dir), dir.n ? "/" : "");
    if (!path.p)
        return og_nomem(err);
    if (!s->commit)
        return lies_in_work_tree(s, path.p);
    repo_git_entry entry;
    og_error why = {0};
    int code = repo_git_tree_find(s->repo->git, s->commit->tree, path.p, &entry, &why);
    if (code == OG_OK)
        code = 1;
    else if (code == OG_E_NOTFOUND)
        code = 0;
    else if (code == OG_E_INCOMPLETE)
        code = repo_missing(s->repo, "a directory of the revision", err);
    else if (code == OG_E_NOMEM)
        code = og_nomem(err);
    else
        code = og_fail(err, code, "look for '%s': %s: see 'git fsck'", path.p,
                       og_error_text(&why));
    og_error_done(&why);
    return code;
}

static int not_found(search *s, const char *dir, bool given, og_error *err)
{
    og_str file = og_arena_printf(s->arena, "%s%s" REGISTER_FILE, dir, dir[0] ? "/" : "");
    if (!file.p)
        return og_nomem(err);
    if (s->commit && lies_in_work_tree(s, file.p))
        return og_fail(
            err, OG_E_NOTFOUND,
            "register not found: '%s' is in the work tree but not in commit %.12s: "
            "commit it, or use --worktree",
            file.p, s->commit->id);
    og_str where = s->commit ? og_arena_printf(s->arena, "commit %.12s", s->commit->id)
                             : OG_STR("the work tree");
    if (!where.p)
        return og_nomem(err);
    if (given)
        return og_fail(
            err, OG_E_NOTFOUND,
            "register not found: there is no '%s' in %.*s: name its directory with "
            "--register DIR, or make one with 'opsgate init'",
            file.p, OG_FMT(where));
    return og_fail(
        err, OG_E_NOTFOUND,
        "register not found: no " REGISTER_FILE
        " in '%s' or above it in %.*s: name its directory with --register DIR, or "
        "make one with 'opsgate init'",
        dir[0] ? dir : ".", OG_FMT(where));
}

static int take(search *s, og_str dir, og_str *ret, og_error *err)
{
    og_str copy = og_arena_str(s->arena, dir);
    if (!copy.p)
        return og_nomem(err);
    *ret = copy;
    return OG_OK;
}

static int take_given(search *s, const char *given, char place[PATH_MAX], og_str *ret,
                      og_error *err)
{
    char real[PATH_MAX];
    og_str path = og_str_from(given);
    if (given[0] == '/') {
        place[0] = '\0';
        if (!inside(s->repo, realpath(given, real) ? real : given, &path))
            return og_fail(
                err, OG_E_USAGE,
                "register '%s' is outside the repository: give a directory inside "
                "'%s'%s",
                given, repo_work_tree(s->repo) ? repo_work_tree(s->repo) : "it",
                repo_is_bare(s->repo) ? ", relative to its root" : "");
    }
    if (!append_parts(place, PATH_MAX, path))
        return og_fail(err, OG_E_USAGE, "register '%s' leads out of the repository",
                       given);
    int found = has_register(s, og_str_from(place), err);
    if (found < 0)
        return found;
    return found ? take(s, og_str_from(place), ret, err) : not_found(s, place, true, err);
}

static int take_nearest(search *s, const char *place, og_str *ret, og_error *err)
{
    og_str dir = og_str_from(place);
    for (;;) {
        int found = has_register(s, dir, err);
        if (found < 0)
            return found;
        if (found)
            return take(s, dir, ret, err);
        if (dir.n == 0)
            return not_found(s, place, false, err);
        while (dir.n && dir.p[dir.n - 1] != '/')
            dir.n--;
        dir.n -= dir.n > 0;
    }
}

int repo_find_register(repo *r, const char *given, const char *from,
                       const repo_commit *commit, og_arena *arena, og_str *ret,
                       og_error *err)
{
    char place[PATH_MAX];
    search s = {r, commit, arena};
    if (!commit && repo_is_bare(r))
        return og_fail(err, OG_E_USAGE,
                       "--worktree: the repository '%s' is bare: give --rev instead",
                       repo_git_dir(r));
    start(r, from, place);
    return given ? take_given(&s, given, place, ret, err)
                 : take_nearest(&s, place, ret, err);
}
