/* Opening a repository, and saying why it cannot be opened: libgit2 reports a repository
 * of another user as "not found", so the places it looked at are looked at again here. */
#define _XOPEN_SOURCE 700 /* realpath */

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "repo/git.h"

static bool exists(const char *dir, const char *name, struct stat *ret)
{
    og_buf path = {0};
    og_buf_printf(&path, "%s/%s", dir, name);
    bool found = !path.failed && stat(path.p, ret) == 0;
    og_buf_done(&path);
    return found;
}

/* A work tree's root or a bare repository, by git's own signs. *ret: whose it is. */
static bool looks_like_repository(const char *dir, uid_t *ret_owner)
{
    struct stat git, refs, self;
    bool bare = exists(dir, "HEAD", &git) && exists(dir, "objects", &git) &&
                exists(dir, "refs", &refs) && S_ISDIR(refs.st_mode);
    if (!bare && !exists(dir, ".git", &git))
        return false;
    /* Of a work tree both the directory and its .git must be ours. */
    *ret_owner =
        stat(dir, &self) == 0 && self.st_uid != geteuid() ? self.st_uid : git.st_uid;
    return true;
}

/* Shortens path (absolute) to its parent; false at the root. */
static bool to_parent(char *path)
{
    char *slash = strrchr(path, '/');
    if (!slash || path[1] == '\0')
        return false;
    slash[slash == path] = '\0';
    return true;
}

static int not_found(const char *path, og_error *err)
{
    char dir[PATH_MAX];
    if (!realpath(path, dir))
        return og_fail_os(err, OG_E_NOTFOUND, errno, "repository '%s'", path);
    uid_t owner = geteuid();
    bool found = looks_like_repository(dir, &owner);
    while (!found && to_parent(dir))
        found = looks_like_repository(dir, &owner);
    if (found && owner != geteuid())
        return og_fail(
            err, OG_E_NOTFOUND,
            "repository '%s' belongs to another user (uid %ld, you are %ld) and is "
            "not listed as safe: run 'git config --global --add safe.directory "
            "%s' (the entry '*' is not honoured: list the path)",
            dir, (long)owner, (long)geteuid(), dir);
    if (found)
        return og_fail(
            err, OG_E_NOTFOUND,
            "'%s' looks like a git repository but is not a valid one: see 'git -C "
            "%s status'",
            dir, dir);
    return og_fail(
        err, OG_E_NOTFOUND,
        "'%s' is not in a git repository: name one with --repo PATH, or make one "
        "with 'git init'",
        path);
}

/* Turns libgit2's words into advice. */
static int explain(const char *path, og_error *own_why, og_error *err)
{
    og_code code = own_why->code;
    const char *text = og_error_text(own_why);
    if (code == OG_E_NOMEM)
        code = og_nomem(err);
    else if (code == OG_E_NOTFOUND || strstr(text, "not owned by"))
        code = not_found(path, err);
    else if (strstr(text, "extensions.objectformat"))
        code =
            og_fail(err, OG_E_UNSUPPORTED,
                    "repository '%s' uses SHA-256 object names, which are not supported: "
                    "keep the register in a SHA-1 repository (git's default)",
                    path);
    else
        code = og_fail(err, strstr(text, "unsupported") ? OG_E_UNSUPPORTED : code,
                       "open repository '%s': %s", path, text);
    og_error_done(own_why);
    return code;
}

/* Without the user's configuration first: reading it takes time, and only safe.directory
 * matters of it. */
static int open_either_way(const char *path, repo_git **ret, og_error *err)
{
    int code = repo_git_open(path, false, ret, err);
    if (code != OG_E_NOTFOUND && code != OG_E_IO)
        return code;
    og_error_done(err);
    return repo_git_open(path, true, ret, err);
}

int repo_open(const char *path, const og_trace *trace, repo **ret, og_error *err)
{
    const char *where = path ? path : ".";
    repo *r = og_alloc(sizeof *r);
    if (!r)
        return og_nomem(err);
    og_error why = {0};
    int code = open_either_way(where, &r->git, &why);
    if (code < 0) {
        og_free(r);
        return explain(where, &why, err);
    }
    r->trace = trace;
    og_trace_event(trace, OG_TRACE_REPO, "open '%s'%s%s", repo_git_dir(r),
                   repo_is_bare(r) ? " bare" : "", repo_is_shallow(r) ? " shallow" : "");
    *ret = r;
    return OG_OK;
}

void repo_free(repo *r)
{
    if (!r)
        return;
    repo_git_free(r->git);
    og_free(r);
}

int repo_add_objects(repo *r, const char *directory, og_error *err)
{
    int code = repo_git_add_objects(r->git, directory, err);

    return code == OG_OK ? code : og_wrap(err, "objects in '%s'", directory);
}

bool repo_is_bare(const repo *r)
{
    return repo_git_is_bare(r->git);
}

bool repo_is_shallow(const repo *r)
{
    return repo_git_is_shallow(r->git);
}

const char *repo_work_tree(const repo *r)
{
    return repo_git_work_tree(r->git);
}

const char *repo_git_dir(const repo *r)
{
    return repo_git_directory(r->git);
}
