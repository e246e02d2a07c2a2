/* libgit2 behind git.h: one function there, one or two calls here, errors translated.
 * What an error means for the user is decided by the callers. */
#include "repo/git.h"

#include <assert.h>
#include <git2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

/* Deflate makes at most 1032 bytes of one (zlib, "Technical Details"). */
#define DEFLATE_MOST 1032

struct repo_git {
    git_repository *repository;
    git_odb *odb;
    git_buf objects; /* directory of the objects, with a '/' at its end */
};

struct repo_git_tree {
    git_tree *tree;
};

static_assert(REPO_ID_SIZE == GIT_OID_HEXSZ + 1, "ids are SHA-1");

static og_code code_of(int status)
{
    const git_error *last = git_error_last();
    if (last && last->klass == GIT_ERROR_NOMEMORY)
        return OG_E_NOMEM;
    switch (status) {
    case GIT_ENOTFOUND:
    case GIT_EUNBORNBRANCH:
        return OG_E_NOTFOUND;
    case GIT_EAMBIGUOUS:
        return OG_E_CONFLICT;
    case GIT_EINVALIDSPEC:
        return OG_E_USAGE;
    case GIT_EPEEL:
        return OG_E_UNSUPPORTED;
    default:
        return OG_E_IO;
    }
}

static int fail(int status, og_error *err)
{
    og_code code = code_of(status);
    if (code == OG_E_NOMEM)
        return og_nomem(err);
    const git_error *last = git_error_last();
    return og_fail(err, code, "%s", last && last->message ? last->message : "git failed");
}

/* System, user and XDG files out of the way, or where libgit2 looks by itself. */
static int use_user_config(bool user_config)
{
    static const int levels[] = {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
                                 GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        const char *path = user_config ? NULL : "";
        int status = git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], path);
        if (status < 0)
            return status;
    }
    return 0;
}

/* Extensions that change nothing about reading objects. */
static int accept_extensions(void)
{
    const char *names[] = {"partialclone", "worktreeconfig", "preciousobjects"};
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, sizeof names / sizeof *names);
}

static int set_up(bool user_config)
{
    int status = use_user_config(user_config);
    if (status >= 0)
        status = accept_extensions();
    if (status >= 0)
        status = git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    return status;
}

int repo_git_open(const char *path, bool user_config, repo_git **ret, og_error *err)
{
    repo_git *g = og_alloc(sizeof *g);
    if (!g)
        return og_nomem(err);
    int status = git_libgit2_init();
    if (status < 0) {
        og_free(g);
        return fail(status, err);
    }
    status = set_up(user_config);
    if (status >= 0)
        status = git_repository_open_ext(&g->repository, path, 0, NULL);
    if (status >= 0)
        status = git_repository_odb(&g->odb, g->repository);
    if (status >= 0)
        status = git_repository_item_path(&g->objects, g->repository,
                                          GIT_REPOSITORY_ITEM_OBJECTS);
    if (status < 0) {
        int code = fail(status, err);
        repo_git_free(g);
        return code;
    }
    *ret = g;
    return OG_OK;
}

void repo_git_free(repo_git *g)
{
    if (!g)
        return;
    git_buf_dispose(&g->objects);
    git_odb_free(g->odb);
    git_repository_free(g->repository);
    git_libgit2_shutdown();
    og_free(g);
}

int repo_git_add_objects(repo_git *g, const char *directory, og_error *err)
{
    int status = git_odb_add_disk_alternate(g->odb, directory);

    return status < 0 ? fail(status, err) : OG_OK;
}

bool repo_git_is_bare(const repo_git *g)
{
    return git_repository_is_bare(g->repository) == 1;
}

bool repo_git_is_shallow(const repo_git *g)
{
    return git_repository_is_shallow(g->repository) == 1;
}

const char *repo_git_work_tree(const repo_git *g)
{
    return git_repository_workdir(g->repository);
}

const char *repo_git_directory(const repo_git *g)
{
    return git_repository_commondir(g->repository);
}

bool repo_git_is_unborn(repo_git *g)
{
    return git_repository_head_unborn(g->repository) == 1;
}

size_t repo_git_name_length(const char *rev)
{
    size_t n = strcspn(rev, "~^:@");
    while (rev[n] == '@' && rev[n + 1] != '{' && (n > 0 || strcspn(rev + 1, "~^:") > 0))
        n += 1 + strcspn(rev + n + 1, "~^:@");
    return n;
}

/* Finds a ref, and that what it names can be read: asking libgit2 for a revision whose
 * object cannot be leaks memory. */
static int find_ref(repo_git *g, const char *name, bool *ret_found, og_error *err)
{
    git_reference *ref = NULL;
    git_object *object = NULL;
    *ret_found = git_reference_dwim(&ref, g->repository, name) >= 0;
    const git_oid *target = *ret_found ? git_reference_target(ref) : NULL;
    int status =
        target ? git_object_lookup(&object, g->repository, target, GIT_OBJECT_ANY) : 0;
    git_object_free(object);
    git_reference_free(ref);
    if (status == GIT_ENOTFOUND)
        return og_fail(err, OG_E_INCOMPLETE, "what '%s' names is not here", name);
    return status < 0 ? fail(status, err) : OG_OK;
}

static bool is_object(repo_git *g, const char *prefix, size_t n)
{
    git_oid oid;
    return n >= GIT_OID_MINPREFIXLEN && n <= GIT_OID_HEXSZ &&
           git_oid_fromstrn(&oid, prefix, n) >= 0 &&
           git_odb_exists_prefix(NULL, g->odb, &oid, n) != GIT_ENOTFOUND;
}

/* Whether the name at the start of a revision is a ref or the start of an object's id; no
 * name ("@~1") counts too. libgit2 would go on to match patterns: the output of `git
 * describe`, and commit messages for ":/text" and "^{/text}". Its matching leaks memory.
 */
static int check_name(repo_git *g, const char *rev, og_error *err)
{
    size_t n = repo_git_name_length(rev);
    if (rev[0] == ':' || strstr(rev, "^{/"))
        return og_fail(err, OG_E_USAGE, "'%s' is a search", rev);
    if (n == 0 && rev[0])
        return OG_OK;
    char *name = og_strndup(rev, n);
    if (!name)
        return og_nomem(err);
    bool found;
    int code = find_ref(g, name, &found, err);
    if (code == OG_OK && !found && !is_object(g, name, n))
        code = og_fail(err, OG_E_NOTFOUND, "no ref or object '%s'", rev);
    og_free(name);
    return code;
}

int repo_git_resolve(repo_git *g, const char *rev, char ret[REPO_ID_SIZE], og_error *err)
{
    git_object *object = NULL, *commit = NULL;
    int code = check_name(g, rev, err);
    if (code < 0)
        return code;
    int status = git_revparse_single(&object, g->repository, rev);
    if (status >= 0)
        status = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
    if (status >= 0)
        git_oid_tostr(ret, REPO_ID_SIZE, git_object_id(commit));
    git_object_free(commit);
    git_object_free(object);
    return status < 0 ? fail(status, err) : OG_OK;
}

int repo_git_commit(repo_git *g, const char *id, repo_commit *ret, og_error *err)
{
    git_oid oid;
    git_commit *commit = NULL;
    int status = git_oid_fromstr(&oid, id);
    if (status >= 0)
        status = git_commit_lookup(&commit, g->repository, &oid);
    if (status < 0)
        return fail(status, err);
    git_oid_tostr(ret->id, sizeof ret->id, git_commit_id(commit));
    git_oid_tostr(ret->tree, sizeof ret->tree, git_commit_tree_id(commit));
    ret->time = git_commit_time(commit);
    git_commit_free(commit);
    return OG_OK;
}

bool repo_git_ref(repo_git *g, const char *name, char ret[REPO_ID_SIZE])
{
    git_reference *ref = NULL;
    git_object *commit = NULL;
    bool found = git_reference_lookup(&ref, g->repository, name) >= 0 &&
                 git_reference_peel(&commit, ref, GIT_OBJECT_COMMIT) >= 0;
    if (found)
        git_oid_tostr(ret, REPO_ID_SIZE, git_object_id(commit));
    git_object_free(commit);
    git_reference_free(ref);
    return found;
}

const char *repo_git_object_type(repo_git *g, const char *id)
{
    git_oid oid;
    size_t size;
    git_object_t type;
    if (git_oid_fromstr(&oid, id) < 0 ||
        git_odb_read_header(&size, &type, g->odb, &oid) < 0)
        return NULL;
    return git_object_type2string(type);
}

static int copy_names(const git_strarray *names, og_arena *arena, og_str **ret)
{
    og_str *copy = OG_ARRAY(arena, names->count, og_str);
    if (!copy)
        return OG_E_NOMEM;
    for (size_t i = 0; i < names->count; i++) {
        copy[i] = og_arena_str(arena, og_str_from(names->strings[i]));
        if (!copy[i].p)
            return OG_E_NOMEM;
    }
    *ret = copy;
    return OG_OK;
}

int repo_git_refs(repo_git *g, og_arena *arena, og_str **ret, size_t *ret_count,
                  og_error *err)
{
    git_strarray names = {NULL, 0};
    int status = git_reference_list(&names, g->repository);
    if (status < 0)
        return fail(status, err);
    int code = copy_names(&names, arena, ret);
    if (code == OG_OK)
        *ret_count = names.count;
    git_strarray_dispose(&names);
    return code < 0 ? og_nomem(err) : OG_OK;
}

int repo_git_tree_open(repo_git *g, const char *id, repo_git_tree **ret, og_error *err)
{
    git_oid oid;
    git_tree *tree = NULL;
    int status = git_oid_fromstr(&oid, id);
    if (status >= 0)
        status = git_tree_lookup(&tree, g->repository, &oid);
    if (status < 0)
        return fail(status, err);
    repo_git_tree *t = og_alloc(sizeof *t);
    if (!t) {
        git_tree_free(tree);
        return og_nomem(err);
    }
    t->tree = tree;
    *ret = t;
    return OG_OK;
}

void repo_git_tree_free(repo_git_tree *t)
{
    if (!t)
        return;
    git_tree_free(t->tree);
    og_free(t);
}

size_t repo_git_tree_count(const repo_git_tree *t)
{
    return git_tree_entrycount(t->tree);
}

static bool name_is_sane(const char *name)
{
    return name[0] != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
           !strchr(name, '/');
}

static bool describe(const git_tree_entry *from, repo_git_entry *ret)
{
    ret->name = git_tree_entry_name(from);
    ret->is_tree = false;
    ret->kind = REPO_FILE;
    git_oid_tostr(ret->id, sizeof ret->id, git_tree_entry_id(from));
    switch ((int)git_tree_entry_filemode(from)) {
    case GIT_FILEMODE_TREE:
        ret->is_tree = true;
        break;
    case GIT_FILEMODE_BLOB:
        break;
    case GIT_FILEMODE_BLOB_EXECUTABLE:
        ret->kind = REPO_EXECUTABLE;
        break;
    case GIT_FILEMODE_LINK:
        ret->kind = REPO_SYMLINK;
        break;
    case GIT_FILEMODE_COMMIT:
        ret->kind = REPO_SUBMODULE;
        break;
    default:
        return false;
    }
    return name_is_sane(ret->name);
}

bool repo_git_tree_entry(const repo_git_tree *t, size_t index, repo_git_entry *ret)
{
    return describe(git_tree_entry_byindex(t->tree, index), ret);
}

static const git_tree_entry *by_name(const git_tree *tree, const char *name, size_t n)
{
    for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
        const char *found = git_tree_entry_name(entry);
        if (strncmp(found, name, n) == 0 && found[n] == '\0')
            return entry;
    }
    return NULL;
}

/* The entry called name[0..n) of a tree. */
static int find_in(repo_git *g, const char *id, const char *name, size_t n,
                   repo_git_entry *ret, og_error *err)
{
    git_oid oid;
    git_tree *tree = NULL;
    int status = git_oid_fromstr(&oid, id);
    if (status >= 0)
        status = git_tree_lookup(&tree, g->repository, &oid);
    if (status == GIT_ENOTFOUND)
        return og_fail(err, OG_E_INCOMPLETE, "tree %s is not here", id);
    if (status < 0)
        return fail(status, err);
    const git_tree_entry *entry = by_name(tree, name, n);
    int code = OG_OK;
    if (!entry)
        code = og_fail(err, OG_E_NOTFOUND, "'%.*s' is not in tree %s", (int)n, name, id);
    else if (!describe(entry, ret))
        code = og_fail(err, OG_E_IO, "tree %s is damaged", id);
    ret->name = NULL;
    git_tree_free(tree);
    return code;
}

int repo_git_tree_find(repo_git *g, const char *tree, const char *path,
                       repo_git_entry *ret, og_error *err)
{
    repo_git_entry at = {NULL, true, REPO_FILE, ""};
    memcpy(at.id, tree, sizeof at.id);
    for (;;) {
        size_t n = strcspn(path, "/");
        char parent[REPO_ID_SIZE];
        memcpy(parent, at.id, sizeof parent);
        if (!at.is_tree)
            return og_fail(err, OG_E_NOTFOUND, "'%s' lies below a file", path);
        int code = find_in(g, parent, path, n, &at, err);
        if (code < 0)
            return code;
        if (path[n] == '\0') {
            *ret = at;
            return OG_OK;
        }
        path += n + 1;
    }
}

static int copy_blob(git_odb *odb, const git_oid *oid, og_arena *arena, og_str *ret,
                     og_error *err)
{
    git_odb_object *object = NULL;
    int status = git_odb_read(&object, odb, oid);
    if (status < 0)
        return fail(status, err);
    og_str bytes = {git_odb_object_data(object), git_odb_object_size(object)};
    bool blob = git_odb_object_type(object) == GIT_OBJECT_BLOB;
    og_str copy = blob ? og_arena_str(arena, bytes) : (og_str){0};
    git_odb_object_free(object);
    if (!blob)
        return og_fail(err, OG_E_IO, "the object is not a blob");
    if (!copy.p)
        return og_nomem(err);
    *ret = copy;
    return OG_OK;
}

/* Whether an object has a file of its own that is too small to hold more than the limit.
 * Its size need not be asked for: that would inflate its beginning twice. */
static bool is_small(const repo_git *g, const char *id, uint64_t limit)
{
    char path[4096];
    struct stat file;
    int n = snprintf(path, sizeof path, "%s%.2s/%s", g->objects.ptr, id, id + 2);
    return n > 0 && (size_t)n < sizeof path && stat(path, &file) == 0 &&
           (uint64_t)file.st_size <= limit / DEFLATE_MOST;
}

static int check_blob(git_odb *odb, const git_oid *oid, uint64_t limit,
                      uint64_t *ret_size, og_error *err)
{
    size_t size;
    git_object_t type;
    int status = git_odb_read_header(&size, &type, odb, oid);
    if (status < 0)
        return fail(status, err);
    if (type != GIT_OBJECT_BLOB)
        return og_fail(err, OG_E_IO, "the object is not a blob");
    *ret_size = size;
    return size > limit ? og_fail(err, OG_E_LIMIT, "the blob is over the limit") : OG_OK;
}

int repo_git_blob(repo_git *g, const char *id, uint64_t limit, og_arena *arena,
                  og_str *ret, uint64_t *ret_size, og_error *err)
{
    git_oid oid;
    int status = git_oid_fromstr(&oid, id);
    if (status < 0)
        return fail(status, err);
    og_error why = {
        0}; /* of a small object: below, what its header promises comes first */
    int code = is_small(g, id, limit) ? copy_blob(g->odb, &oid, arena, ret, &why)
                                      : OG_E_NOTFOUND;
    og_error_done(&why);
    if (code == OG_E_NOMEM)
        return og_nomem(err);
    if (code == OG_OK) {
        *ret_size = ret->n;
        return OG_OK;
    }
    code = check_blob(g->odb, &oid, limit, ret_size, err);
    return code == OG_OK ? copy_blob(g->odb, &oid, arena, ret, err) : code;
}

int repo_git_blob_id(og_str bytes, char ret[REPO_ID_SIZE], og_error *err)
{
    git_oid oid;
    int status = git_odb_hash(&oid, bytes.n ? bytes.p : "", bytes.n, GIT_OBJECT_BLOB);
    if (status < 0)
        return fail(status, err);
    git_oid_tostr(ret, REPO_ID_SIZE, &oid);
    return OG_OK;
}

static int each_status(git_status_list *list,
                       int (*each)(const char *path, void *context), void *context)
{
    for (size_t i = 0; i < git_status_list_entrycount(list); i++) {
        const git_status_entry *entry = git_status_byindex(list, i);
        const git_diff_delta *delta =
            entry->index_to_workdir ? entry->index_to_workdir : entry->head_to_index;
        int code = delta ? each(delta->old_file.path, context) : OG_OK;
        if (code < 0)
            return code;
    }
    return OG_OK;
}

int repo_git_status(repo_git *g, const char *dir,
                    int (*each)(const char *path, void *context), void *context,
                    og_error *err)
{
    git_status_options options;
    char *paths[] = {(char *)dir};
    int status = git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    if (status < 0)
        return fail(status, err);
    options.flags =
        GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
        GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH | GIT_STATUS_OPT_EXCLUDE_SUBMODULES |
        GIT_STATUS_OPT_SORT_CASE_SENSITIVELY;
    if (dir[0])
        options.pathspec = (git_strarray){paths, 1};
    git_status_list *list = NULL;
    status = git_status_list_new(&list, g->repository, &options);
    if (status < 0)
        return fail(status, err);
    int code = each_status(list, each, context);
    git_status_list_free(list);
    return code < 0 ? og_nomem(err) : OG_OK;
}

/* Calls back for each key of the configuration until it returns false. All keys are
 * looked at, because libgit2's search by pattern leaks memory for each that does not
 * match. */
static int each_key(repo_git *g, bool (*each)(og_str key, void *context), void *context)
{
    git_config *config = NULL;
    git_config_iterator *all = NULL;
    git_config_entry *entry;
    int status = git_repository_config_snapshot(&config, g->repository);
    if (status >= 0)
        status = git_config_iterator_new(&all, config);
    while (status >= 0 && (status = git_config_next(&entry, all)) >= 0)
        if (!each(og_str_from(entry->name), context))
            break;
    git_config_iterator_free(all);
    git_config_free(config);
    return status == GIT_ITEROVER ? 0 : status;
}

typedef struct remote_choice {
    og_arena *arena;
    og_str name;
    bool failed;
} remote_choice;

static bool choose_remote(og_str key, void *context)
{
    remote_choice *choice = context;
    og_str head = OG_STR("remote."), tail = OG_STR(".url");
    if (!og_str_starts(key, head) || !og_str_ends(key, tail) || key.n <= head.n + tail.n)
        return true;
    og_str name = og_str_slice(key, head.n, key.n - tail.n);
    if (choice->name.n == 0 || og_str_is(name, "origin"))
        choice->name = og_arena_str(choice->arena, name);
    choice->failed = !choice->name.p;
    return !choice->failed;
}

int repo_git_remote(repo_git *g, og_arena *arena, og_str *ret, og_error *err)
{
    remote_choice choice = {arena, OG_STR(""), false};
    int status = each_key(g, choose_remote, &choice);
    if (status < 0)
        return fail(status, err);
    if (choice.failed)
        return og_nomem(err);
    *ret = choice.name;
    return OG_OK;
}

static bool find_partial(og_str key, void *context)
{
    bool *partial = context;
    *partial =
        og_str_is(key, "extensions.partialclone") ||
        (og_str_starts(key, OG_STR("remote.")) && og_str_ends(key, OG_STR(".promisor")));
    return !*partial;
}

bool repo_git_is_partial(repo_git *g)
{
    bool partial = false;
    (void)each_key(g, find_partial, &partial);
    return partial;
}
