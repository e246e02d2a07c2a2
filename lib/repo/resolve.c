/* Revisions to commits, and what to say when one is not there. */
#include <string.h>

#include "repo/git.h"

/* The ref name at the start of a revision: "v1" of "v1~2^{commit}". */
static og_str base_name(const char *rev)
{
    return (og_str){rev, repo_git_name_length(rev)};
}

/* A name that is both a tag and a branch: git warns and takes the tag, so whoever may
 * push a tag could stand in for a protected branch. Refused unless both are the same
 * commit. */
static int check_ambiguous(repo *r, og_arena *arena, const char *rev, og_error *err)
{
    static const char *const spaces[] = {"refs/tags/", "refs/heads/", "refs/remotes/"};
    og_str base = base_name(rev);
    char first[REPO_ID_SIZE], other[REPO_ID_SIZE];
    const char *first_space = NULL;
    if (og_str_is(base, "HEAD") || base.n == 0)
        return OG_OK;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        og_str name = og_arena_printf(arena, "%s%.*s", spaces[i], OG_FMT(base));
        if (!name.p)
            return og_nomem(err);
        if (!repo_git_ref(r->git, name.p, first_space ? other : first))
            continue;
        if (first_space && strcmp(first, other) != 0)
            return og_fail(err, OG_E_CONFLICT,
                           "revision '%s' is ambiguous: write '%s%.*s' or '%s%.*s'", rev,
                           first_space, OG_FMT(base), spaces[i], OG_FMT(base));
        if (!first_space)
            first_space = spaces[i];
    }
    return OG_OK;
}

/* The name people use: without refs/heads/, refs/tags/, refs/remotes/. */
static og_str short_name(og_str ref)
{
    static const char *const spaces[] = {"refs/heads/", "refs/tags/", "refs/remotes/"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        og_str space = og_str_from(spaces[i]);
        if (og_str_starts(ref, space))
            return og_str_slice(ref, space.n, ref.n);
    }
    return ref;
}

/* The nearest ref: the same name on a remote, else one spelt alike. '' when there is
 * none. */
static int nearest_ref(repo *r, og_arena *arena, og_str base, og_str *ret, og_error *err)
{
    og_str *refs;
    size_t count;
    int code = repo_git_refs(r->git, arena, &refs, &count, err);
    if (code < 0)
        return code;
    for (size_t i = 0; i < count; i++) {
        refs[i] = short_name(refs[i]);
        size_t slash = og_str_find(refs[i], '/');
        if (slash < refs[i].n &&
            og_str_eq(og_str_slice(refs[i], slash + 1, refs[i].n), base)) {
            *ret = refs[i];
            return OG_OK;
        }
    }
    *ret = og_str_nearest(base, refs, count);
    return OG_OK;
}

static bool is_hex(og_str s)
{
    if (!s.p)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("0123456789abcdefABCDEF", s.p[i]) || !s.p[i])
            return false;
    return true;
}

/* Whether `base` names something, when `rev` says more than that: "main~99". */
static int base_exists(repo *r, og_arena *arena, const char *rev, og_str base, bool *ret,
                       og_error *err)
{
    char id[REPO_ID_SIZE];
    og_error ignored = {0};
    *ret = false;
    if (!base.n || !rev[base.n])
        return OG_OK;
    og_str name = og_arena_str(arena, base);
    int code = name.p ? repo_git_resolve(r->git, name.p, id, &ignored) : OG_E_NOMEM;
    og_error_done(&ignored);
    *ret = code == OG_OK;
    return code == OG_E_NOMEM ? og_nomem(err) : OG_OK;
}

static int no_head(repo *r, og_error *err)
{
    if (repo_git_is_unborn(r->git))
        return og_fail(
            err, OG_E_NOTFOUND,
            "revision 'HEAD': the current branch has no commit yet: commit the "
            "register first, or use --worktree");
    return og_fail(err, OG_E_IO,
                   "revision 'HEAD' names neither a branch nor a commit: the repository "
                   "is damaged, see 'git status'");
}

static int not_here(repo *r, og_arena *arena, const char *rev, og_error *err)
{
    og_str what = og_arena_printf(arena, "what revision '%s' names", rev);
    return what.p ? repo_missing(r, what.p, err) : og_nomem(err);
}

static int not_found(repo *r, og_arena *arena, const char *rev, og_error *err)
{
    og_str base = base_name(rev), near;
    bool exists;
    if (repo_is_shallow(r) && is_hex(base) && base.n == REPO_ID_SIZE - 1)
        return repo_missing_commit(r, rev, err);
    int code = base_exists(r, arena, rev, base, &exists, err);
    if (code < 0)
        return code;
    if (exists && repo_is_shallow(r)) {
        og_str what = og_arena_printf(arena, "revision '%s'", rev);
        return what.p ? repo_missing(r, what.p, err) : og_nomem(err);
    }
    if (exists)
        return og_fail(err, OG_E_NOTFOUND,
                       "revision '%s': '%.*s' is there, but not what '%s' says of it",
                       rev, OG_FMT(base), rev + base.n);
    if (strcmp(rev, "HEAD") == 0)
        return no_head(r, err);
    code = nearest_ref(r, arena, base, &near, err);
    if (code < 0)
        return code;
    if (near.n)
        return og_fail(err, OG_E_NOTFOUND, "unknown revision '%s': did you mean '%.*s'?",
                       rev, OG_FMT(near));
    return og_fail(err, OG_E_NOTFOUND,
                   "unknown revision '%s': see 'git branch -a' and 'git tag'%s", rev,
                   repo_is_shallow(r)
                       ? "; a shallow clone has few of them: run 'git fetch "
                         "--unshallow --tags'"
                       : "");
}

static int explain(repo *r, og_arena *arena, const char *rev, og_error *own_why,
                   og_error *err)
{
    og_code code = own_why->code;
    const char *text = og_error_text(own_why);
    if (code == OG_E_NOMEM)
        code = og_nomem(err);
    else if (code == OG_E_NOTFOUND)
        code = not_found(r, arena, rev, err);
    else if (code == OG_E_INCOMPLETE)
        code = not_here(r, arena, rev, err);
    else if (code == OG_E_CONFLICT)
        code = og_fail(
            err, code,
            "revision '%s' is ambiguous: several objects begin with it; give more "
            "digits",
            rev);
    else if (code == OG_E_USAGE)
        code = og_fail(err, OG_E_NOTFOUND,
                       "'%s' is not a commit: give a branch, a tag or a commit id", rev);
    else if (code == OG_E_UNSUPPORTED)
        code = og_fail(err, OG_E_NOTFOUND, "revision '%s' does not name a commit", rev);
    else
        code = og_fail(err, code, "revision '%s': %s: see 'git fsck'", rev, text);
    og_error_done(own_why);
    return code;
}

static int resolve(repo *r, og_arena *arena, const char *rev, repo_commit *ret,
                   og_error *err)
{
    char id[REPO_ID_SIZE];
    og_error why = {0};
    int code = check_ambiguous(r, arena, rev, err);
    if (code < 0)
        return code;
    if (repo_git_resolve(r->git, rev, id, &why) < 0)
        return explain(r, arena, rev, &why, err);
    return repo_commit_read(r, og_str_from(id), ret, err);
}

int repo_resolve(repo *r, const char *rev, repo_commit *ret, og_error *err)
{
    og_arena arena = {0};
    int code = resolve(r, &arena, rev, ret, err);
    og_arena_done(&arena);
    if (code == OG_OK)
        og_trace_event(r->trace, OG_TRACE_REPO, "revision '%s' is commit %s", rev,
                       ret->id);
    return code;
}

int repo_commit_read(repo *r, og_str id, repo_commit *ret, og_error *err)
{
    if (id.n != REPO_ID_SIZE - 1 || !is_hex(id))
        return og_fail(err, OG_E_USAGE, "'%.*s' is not a commit id of 40 hex digits",
                       OG_FMT(id));
    char text[REPO_ID_SIZE] = {0};
    memcpy(text, id.p, id.n);
    og_error why = {0};
    repo_commit commit;
    int code = repo_git_commit(r->git, text, &commit, &why);
    if (code == OG_OK) {
        *ret = commit;
        return OG_OK;
    }
    const char *type = repo_git_object_type(r->git, text);
    if (code == OG_E_NOMEM)
        code = og_nomem(err);
    else if (type && strcmp(type, "commit") != 0)
        code = og_fail(err, OG_E_NOTFOUND, "'%s' is a %s, not a commit", text, type);
    else if (code == OG_E_NOTFOUND)
        code = repo_missing_commit(r, text, err);
    else
        code = og_fail(err, code, "commit %s: %s", text, og_error_text(&why));
    og_error_done(&why);
    return code;
}
