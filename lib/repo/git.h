/* The few things that lib/repo asks of libgit2, without its types; the only user of its
 * headers is git.c. Inside lib/repo only.
 *
 * Errors carry libgit2's own words and these codes: OG_E_NOTFOUND (no such ref, object or
 * path), OG_E_CONFLICT (ambiguous), OG_E_USAGE (not a revision), OG_E_UNSUPPORTED (not
 * the kind of object asked for), OG_E_INCOMPLETE (a ref to an object that is not here),
 * OG_E_LIMIT, OG_E_NOMEM, else OG_E_IO. Callers turn them into advice. */
#ifndef OG_REPO_GIT_H
#define OG_REPO_GIT_H

#include "repo/repo.h"

typedef struct repo_git repo_git;

struct repo {
    repo_git *git;
    const og_trace *trace;
};

/* "what is not here": OG_E_INCOMPLETE with the `git fetch` that brings it, when the clone
 * is partial or shallow; otherwise OG_E_IO, a damaged repository. `what` opens the
 * message. */
int repo_missing(repo *r, const char *what, og_error *err);
/* The same for a commit, which may always be had by its id: OG_E_INCOMPLETE. */
int repo_missing_commit(repo *r, const char *id, og_error *err);

/* user_config: read the system's and the user's configuration too, for safe.directory. */
int repo_git_open(const char *path, bool user_config, repo_git **ret, og_error *err);
void repo_git_free(repo_git *g);
int repo_git_add_objects(repo_git *g, const char *directory, og_error *err);

bool repo_git_is_bare(const repo_git *g);
bool repo_git_is_shallow(const repo_git *g);
const char *repo_git_work_tree(const repo_git *g); /* NULL when bare */
const char *repo_git_directory(const repo_git *g);

/* HEAD names a branch that has no commit yet. */
bool repo_git_is_unborn(repo_git *g);

/* Bytes of the name that a revision begins with: "v1" of "v1~2", "a@b" of "a@b@{1}"; 0
 * where it stands for HEAD ("@", "@{1}"). */
size_t repo_git_name_length(const char *rev);
/* The id of the commit that a revision names. */
int repo_git_resolve(repo_git *g, const char *rev, char ret[REPO_ID_SIZE], og_error *err);
int repo_git_commit(repo_git *g, const char *id, repo_commit *ret, og_error *err);
/* The object that a full ref name points to, peeled to a commit; false: no such ref. */
bool repo_git_ref(repo_git *g, const char *name, char ret[REPO_ID_SIZE]);
/* "commit", "tree", "blob", "tag", or NULL when the object is not here; static. */
const char *repo_git_object_type(repo_git *g, const char *id);
/* Full names of all refs, in arena. */
int repo_git_refs(repo_git *g, og_arena *arena, og_str **ret, size_t *ret_count,
                  og_error *err);

typedef struct repo_git_entry {
    const char *name; /* borrowed from the tree; any bytes but '/' and NUL are promised */
    bool is_tree;
    repo_kind kind; /* when it is no tree */
    char id[REPO_ID_SIZE];
} repo_git_entry;

typedef struct repo_git_tree repo_git_tree;
int repo_git_tree_open(repo_git *g, const char *id, repo_git_tree **ret, og_error *err);
void repo_git_tree_free(repo_git_tree *t);
size_t repo_git_tree_count(const repo_git_tree *t);
/* False: an entry that no git writes (its mode, or a name that is empty, ".", ".." or
 * holds a '/'). */
bool repo_git_tree_entry(const repo_git_tree *t, size_t index, repo_git_entry *ret);
/* What lies at a path below a tree; ret->name is NULL. OG_E_INCOMPLETE: a tree on the way
 * is not here. */
int repo_git_tree_find(repo_git *g, const char *tree, const char *path,
                       repo_git_entry *ret, og_error *err);

/* A blob's bytes, NUL-terminated, in arena; its size is checked before it is inflated,
 * and told in *ret_size also when it is over the limit (OG_E_LIMIT). */
int repo_git_blob(repo_git *g, const char *id, uint64_t limit, og_arena *arena,
                  og_str *ret, uint64_t *ret_size, og_error *err);
/* The id git would give to a blob of these bytes. */
int repo_git_blob_id(og_str bytes, char ret[REPO_ID_SIZE], og_error *err);

/* Calls back for each changed path below dir ('': everything). */
int repo_git_status(repo_git *g, const char *dir,
                    int (*each)(const char *path, void *context), void *context,
                    og_error *err);

/* The remote to fetch from: origin, else the first; '' when there is none. In arena. */
int repo_git_remote(repo_git *g, og_arena *arena, og_str *ret, og_error *err);
/* Whether it is a partial clone: objects may be missing on purpose. */
bool repo_git_is_partial(repo_git *g);

#endif
