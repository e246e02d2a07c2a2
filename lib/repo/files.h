/* The two ways a snapshot is made: gathering entries from a commit's tree or from the
 * files of the work tree. Inside lib/repo only. */
#ifndef OG_REPO_FILES_H
#define OG_REPO_FILES_H

#include "repo/git.h"

/* Entries being gathered. */
typedef struct gathering {
    repo *repo;
    og_arena *arena;
    repo_entry *entries;
    size_t count, cap;
} gathering;

/* Joins to "dir/name", or the one that is not empty. OG_E_NOMEM. */
int repo_gather_join(gathering *g, og_str dir, og_str name, og_str *ret, og_error *err);
/* Adds an entry; path is in the arena. OG_E_LIMIT, OG_E_NOMEM. */
int repo_gather_add(gathering *g, og_str path, repo_kind kind, uint64_t size,
                    const char *id, og_error *err);

/* Everything below a tree, in order. */
int repo_gather_tree(gathering *g, const char *tree, og_error *err);
/* Everything below directory dir of the work tree, in any order. */
int repo_gather_work_tree(gathering *g, og_str dir, og_error *err);

/* A regular file of the work tree, path relative to its root, no symlink followed on the
 * way. *ret_size is set also when it is over the limit (OG_E_LIMIT). */
int repo_work_tree_read(repo *r, og_str path, uint64_t limit, og_arena *arena,
                        og_str *ret, uint64_t *ret_size, og_error *err);

#endif
