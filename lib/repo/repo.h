/* A git repository as a source of registers: revisions, the files of a commit or of the
 * work tree, and where the register lies. Reads only; local only (fetch and push are the
 * git program's); nothing is checked out, and no environment variable is read.
 *
 * What a commit says never depends on the system's or the user's git configuration: only
 * the repository's own is read, except to honour safe.directory. Objects are found by
 * their id but not hashed again when read (that would cost 2.5 times on trees): damage is
 * noticed by zlib's and the packs' checksums, a deliberately forged object store is not.
 *
 * Paths are bytes with '/', relative, without "." or ".." or a '/' at either end; the
 * root is the empty string. Object ids are 40 lower-case hex digits (SHA-256 repositories
 * are refused with OG_E_UNSUPPORTED). One repo serves one thread at a time. */
#ifndef OG_REPO_REPO_H
#define OG_REPO_REPO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/trace.h"
#include "model/source.h"

#define REPO_ID_SIZE 41 /* 40 hex digits and NUL */

typedef struct repo repo;

/* Opens the repository at `path` (a work tree, a directory inside one, a .git or a bare
 * repository), or, with NULL, around the current directory. trace may be NULL and must
 * outlive the repo.
 * OG_E_NOTFOUND: no such path, or not a repository (says `git init`, --repo), or one that
 * belongs to another user and is not listed in safe.directory (says the command that
 * lists it). OG_E_UNSUPPORTED: SHA-256 or an unknown extension. OG_E_IO, OG_E_NOMEM. */
int repo_open(const char *path, const og_trace *trace, repo **ret, og_error *err);
void repo_free(repo *r);

/* Reads objects from a further directory too (absolute): those of a push that a hook is
 * asked about lie in one of their own until it is accepted. OG_E_IO, OG_E_NOMEM. */
int repo_add_objects(repo *r, const char *directory, og_error *err);

/* No work tree: neither a work tree snapshot nor uncommitted files. */
bool repo_is_bare(const repo *r);
/* History is cut off: commits beyond the cut are OG_E_INCOMPLETE. */
bool repo_is_shallow(const repo *r);
/* Absolute, ending in '/'; NULL when bare. Borrowed from r. For messages, not for
 * records. */
const char *repo_work_tree(const repo *r);
/* Absolute, ending in '/': the git directory shared by all work trees. Borrowed from r.
 */
const char *repo_git_dir(const repo *r);

typedef struct repo_commit {
    char id[REPO_ID_SIZE];
    char tree[REPO_ID_SIZE];
    int64_t time; /* committer's, seconds since 1970-01-01T00:00:00Z */
} repo_commit;

/* A revision as people write it (branch, tag, HEAD~2, hex prefix of 4 or more …), peeled
 * to its commit; neither a search (":/text") nor the output of git describe.
 * OG_E_NOTFOUND: unknown (names the nearest refs), or it names no commit; OG_E_CONFLICT:
 * an ambiguous prefix; OG_E_INCOMPLETE: it lies beyond the cut of a shallow clone or was
 * not fetched by a partial one (says the `git fetch` to run). */
int repo_resolve(repo *r, const char *rev, repo_commit *ret, og_error *err);
/* A commit by its full id, as baselines are written. OG_E_USAGE: not 40 hex digits;
 * OG_E_INCOMPLETE: not here (says the `git fetch` to run). */
int repo_commit_read(repo *r, og_str id, repo_commit *ret, og_error *err);

/* The register's directory, relative to the root of the repository, '' for the root
 * itself.
 *
 * given: the directory asked for, or NULL to take the nearest `opsgate.yaml` upward. Both
 * are looked up from `from` (absolute, or relative to the current directory; NULL: the
 * current directory) when that lies inside the work tree, else from the root. A `given`
 * that leaves the repository is OG_E_USAGE. commit: the revision whose files count; NULL:
 * the files of the work tree. *ret is NUL-terminated and lives in arena. OG_E_NOTFOUND
 * says where was looked, and whether the work tree has what the revision lacks. */
int repo_find_register(repo *r, const char *given, const char *from,
                       const repo_commit *commit, og_arena *arena, og_str *ret,
                       og_error *err);

typedef enum repo_kind { /* ORDER: names in snapshot.c */
    REPO_FILE,
    REPO_EXECUTABLE, /* a file all the same */
    REPO_SYMLINK,    /* never followed */
    REPO_SUBMODULE,  /* a commit of another repository, or one lying in the work tree */
    REPO_SPECIAL     /* work tree only: device, FIFO, socket */
} repo_kind;

typedef struct repo_entry {
    og_str
        path; /* relative to the register's directory; NUL-terminated; may be any bytes */
    repo_kind kind;
    uint64_t size; /* bytes; UINT64_MAX: not known before it is read (a commit) */
    char blob[REPO_ID_SIZE]; /* blob id; of a submodule its commit. In a work tree ""
                                until the file is read: then what git would make of its
                                bytes unfiltered */
} repo_entry;

/* The files of a directory and below, bytewise in order of path; .git is left out,
 * ignored files are not (a file that git ignores is a finding like any other). Everything
 * lives in the arena it was made with; the repo must outlive it. */
typedef struct repo_snapshot {
    repo *from;
    og_str dir;              /* as given */
    bool work_tree;          /* files as they lie, not of a commit */
    char tree[REPO_ID_SIZE]; /* id of the directory's tree; "" in a work tree */
    repo_entry *entries;
    size_t count;
} repo_snapshot;

/* commit NULL: the work tree (OG_E_USAGE when bare). dir as from repo_find_register.
 * OG_E_NOTFOUND: no such directory; OG_E_LIMIT: more than OG_LIMIT_FILES entries or
 * OG_LIMIT_DEPTH levels; OG_E_INCOMPLETE: a tree that a partial clone did not fetch;
 * OG_E_IO: a damaged object or unreadable directory; OG_E_NOMEM. */
int repo_snapshot_make(repo *r, const repo_commit *commit, og_str dir, og_arena *arena,
                       repo_snapshot *ret, og_error *err);
/* "file", "executable file", "symbolic link", "submodule", "special file"; static. */
const char *repo_kind_name(repo_kind kind);
/* The entry with that path, or NULL. */
repo_entry *repo_snapshot_find(const repo_snapshot *s, og_str path);
/* The bytes of a file of the snapshot, NUL-terminated, in arena; fills entry->size and
 * entry->blob. OG_E_LIMIT when it is over `limit` bytes, found before anything is
 * inflated or read; OG_E_USAGE when it is not a file; OG_E_INCOMPLETE: not fetched by a
 * partial clone. Messages name the path. */
int repo_snapshot_read(const repo_snapshot *s, repo_entry *entry, uint64_t limit,
                       og_arena *arena, og_str *ret, og_error *err);

/* The snapshot as lib/model reads it; entries and context live in arena, and the
 * snapshot, its arena and its repo must outlive it. commit as it was made from; NULL: the
 * work tree. */
int repo_snapshot_source(repo_snapshot *s, const repo_commit *commit, og_arena *arena,
                         model_source *ret, og_error *err);

/* Files below dir that differ from HEAD: changed, staged, deleted, or not tracked. For a
 * notice only: ignored files do not count, and git's own stat cache is trusted. */
typedef struct repo_changes {
    size_t count;
    og_str
        first; /* relative to the root of the repository, in arena; '' when count is 0 */
} repo_changes;
/* None when bare. */
int repo_uncommitted(repo *r, og_str dir, og_arena *arena, repo_changes *ret,
                     og_error *err);

#endif
