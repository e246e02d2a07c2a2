/* The files of the work tree as they lie. Directories are opened one by one, never
 * through a symbolic link, so that nothing outside the repository is read whatever is
 * swapped underneath. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "repo/files.h"

/* O_NONBLOCK: a FIFO must not hang us. */
enum {
    OPEN_FILE = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
};
enum {
    OPEN_DIR = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_DIRECTORY
};

/* Opens a path below the root of the work tree part by part; *at_errno on -1. */
static int open_below(const char *root, og_str path, int flags)
{
    int at = open(root, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    while (at >= 0 && path.n) {
        char part[256];
        size_t n = og_str_find(path, '/');
        if (n >= sizeof part) {
            (void)close(at);
            errno = ENAMETOOLONG;
            return -1;
        }
        memcpy(part, path.p, n);
        part[n] = '\0';
        path = og_str_slice(path, n + 1, path.n);
        int next = openat(at, part, path.n ? OPEN_DIR : flags);
        int why = errno;
        (void)close(at);
        errno = why;
        at = next;
    }
    return at;
}

static repo_kind kind_of(const struct stat *st)
{
    if (S_ISLNK(st->st_mode))
        return REPO_SYMLINK;
    if (!S_ISREG(st->st_mode))
        return REPO_SPECIAL;
    return st->st_mode & S_IXUSR ? REPO_EXECUTABLE : REPO_FILE;
}

static int walk(gathering *g, int own_fd, og_str path, unsigned depth, og_error *err);

static int add_dir(gathering *g, int at, const char *name, og_str path, unsigned depth,
                   og_error *err)
{
    int fd = openat(at, name, OPEN_DIR);
    if (fd < 0)
        return og_fail_os(err, OG_E_IO, errno, "directory '%.*s'", OG_FMT(path));
    struct stat st;
    if (fstatat(fd, ".git", &st, AT_SYMLINK_NOFOLLOW) == 0) {
        (void)close(fd);
        return repo_gather_add(g, path, REPO_SUBMODULE, UINT64_MAX, "", err);
    }
    return walk(g, fd, path, depth + 1, err);
}

static int add(gathering *g, int at, const char *name, og_str dir, unsigned depth,
               og_error *err)
{
    struct stat st;
    og_str path;
    int code = repo_gather_join(g, dir, og_str_from(name), &path, err);
    if (code < 0)
        return code;
    if (fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return og_fail_os(err, OG_E_IO, errno, "file '%.*s'", OG_FMT(path));
    if (S_ISDIR(st.st_mode))
        return add_dir(g, at, name, path, depth, err);
    return repo_gather_add(g, path, kind_of(&st), (uint64_t)st.st_size, "", err);
}

static bool is_skipped(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, ".git") == 0;
}

static int add_all(gathering *g, DIR *dir, og_str path, unsigned depth, og_error *err)
{
    for (;;) {
        errno = 0;
        const struct dirent *next = readdir(dir);
        if (!next && errno)
            return og_fail_os(err, OG_E_IO, errno, "directory '%.*s'", OG_FMT(path));
        if (!next)
            return OG_OK;
        if (is_skipped(next->d_name))
            continue;
        int code = add(g, dirfd(dir), next->d_name, path, depth, err);
        if (code < 0)
            return code;
    }
}

static int walk(gathering *g, int own_fd, og_str path, unsigned depth, og_error *err)
{
    DIR *dir = depth <= OG_LIMIT_DEPTH ? fdopendir(own_fd) : NULL;
    if (!dir) {
        int why = errno;
        (void)close(own_fd);
        if (depth > OG_LIMIT_DEPTH)
            return og_fail(err, OG_E_LIMIT, "directory '%.*s': more than %u levels deep",
                           OG_FMT(path), OG_LIMIT_DEPTH);
        return og_fail_os(err, OG_E_IO, why, "directory '%.*s'", OG_FMT(path));
    }
    int code = add_all(g, dir, path, depth, err);
    (void)closedir(dir);
    return code;
}

int repo_gather_work_tree(gathering *g, og_str dir, og_error *err)
{
    int fd = open_below(repo_work_tree(g->repo), dir, OPEN_DIR);
    if (fd < 0)
        return og_fail_os(err,
                          errno == ENOENT || errno == ENOTDIR ? OG_E_NOTFOUND : OG_E_IO,
                          errno, "directory '%.*s' of the work tree", OG_FMT(dir));
    return walk(g, fd, OG_STR(""), 0, err);
}

/* Exactly n bytes and then the end: a file that changes meanwhile is an error. */
static int read_all(int fd, char *bytes, size_t n, og_error *err)
{
    size_t got = 0;
    for (;;) {
        char beyond;
        ssize_t more = got < n ? read(fd, bytes + got, n - got) : read(fd, &beyond, 1);
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return og_fail_os(err, OG_E_IO, errno, "read");
        if ((more == 0) != (got == n))
            return og_fail(err, OG_E_IO, "it changed while it was read: try again");
        if (more == 0)
            return OG_OK;
        got += (size_t)more;
    }
}

static int read_open(int fd, uint64_t limit, og_arena *arena, og_str *ret,
                     uint64_t *ret_size, og_error *err)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return og_fail_os(err, OG_E_IO, errno, "read");
    if (!S_ISREG(st.st_mode))
        return og_fail(err, OG_E_IO, "not a regular file any more");
    *ret_size = (uint64_t)st.st_size;
    if (*ret_size > limit)
        return og_fail(err, OG_E_LIMIT, "over the limit");
    char *bytes = og_arena_alloc(arena, (size_t)st.st_size + 1);
    if (!bytes)
        return og_nomem(err);
    int code = read_all(fd, bytes, (size_t)st.st_size, err);
    if (code == OG_OK)
        *ret = (og_str){bytes, (size_t)st.st_size};
    return code;
}

int repo_work_tree_read(repo *r, og_str path, uint64_t limit, og_arena *arena,
                        og_str *ret, uint64_t *ret_size, og_error *err)
{
    int fd = open_below(repo_work_tree(r), path, OPEN_FILE);
    if (fd < 0)
        return og_fail_os(err, errno == ENOENT ? OG_E_NOTFOUND : OG_E_IO, errno, "open");
    int code = read_open(fd, limit, arena, ret, ret_size, err);
    (void)close(fd);
    return code;
}
