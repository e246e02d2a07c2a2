/* Files: whole reads with a ceiling, writes that replace a file or leave it as it was. */
/* realpath */
#define _XOPEN_SOURCE 700

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

#define READ_STEP 65536u
#define NAME_TRIES 100

static int over_limit(const char *path, size_t limit, og_error *err)
{
    return og_fail(err, OG_E_LIMIT, "read '%s': more than the limit of %zu bytes", path,
                   limit);
}

/* Reads to the end, whatever the size was said to be; ret may hold a part on failure. */
static int read_all(int fd, const char *path, size_t size, size_t limit, og_buf *ret,
                    og_error *err)
{
    size_t total = 0;
    size_t step = size + 1; /* the byte more sees the end without growing again */
    for (;;) {
        char *room = og_buf_grow(ret, step);
        if (!room)
            return og_buf_check(ret, err);
        ssize_t n = read(fd, room, step);
        ret->n -= step - (size_t)(n > 0 ? n : 0);
        ret->p[ret->n] = '\0';
        if (n == 0)
            return OG_OK;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return og_fail_os(err, OG_E_IO, errno, "read '%s'", path);
        total += (size_t)n;
        if (total > limit)
            return over_limit(path, limit, err);
        step = step > (size_t)n ? step - (size_t)n : READ_STEP;
    }
}

static int check_regular(int fd, const char *path, size_t limit, size_t *ret_size,
                         og_error *err)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return og_fail_os(err, OG_E_IO, errno, "read '%s'", path);
    if (!S_ISREG(st.st_mode))
        return og_fail(err, OG_E_IO, "read '%s': not a regular file", path);
    if ((uintmax_t)st.st_size > limit)
        return over_limit(path, limit, err);
    *ret_size = (size_t)st.st_size;
    return OG_OK;
}

int og_file_read(const char *path, size_t limit, bool follow, og_buf *ret, og_error *err)
{
    size_t before = ret->n;
    /* Without O_NONBLOCK a FIFO would hold us before it can be refused. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (follow ? 0 : O_NOFOLLOW));
    if (fd < 0 && errno == ELOOP && !follow)
        return og_fail(err, OG_E_IO, "read '%s': a symbolic link", path);
    if (fd < 0)
        return og_fail_os(err,
                          errno == ENOENT || errno == ENOTDIR ? OG_E_NOTFOUND : OG_E_IO,
                          errno, "read '%s'", path);
    size_t room = ret->limit ? ret->limit : OG_LIMIT_BUFFER;
    if (limit < SIZE_MAX / 4 && room < before + limit + READ_STEP)
        ret->limit = before + limit + READ_STEP;
    size_t size = 0;
    int code = check_regular(fd, path, limit, &size, err);
    if (code == OG_OK)
        code = read_all(fd, path, size, limit, ret, err);
    close(fd);
    if (code != OG_OK && ret->p) {
        ret->n = before;
        ret->p[before] = '\0';
    }
    return code;
}

int og_fd_write(int fd, og_str data, og_error *err)
{
    while (data.n > 0) {
        ssize_t n = write(fd, data.p, data.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return og_fail_os(err, OG_E_IO, n < 0 ? errno : EIO, "write");
        data = og_str_slice(data, (size_t)n, data.n);
    }
    return OG_OK;
}

/* Writes through an open descriptor and closes it; with sync the data is on the disk. */
static int write_close(int fd, og_str data, bool sync, og_error *err)
{
    int code = og_fd_write(fd, data, err);
    if (code == OG_OK && sync && fsync(fd) != 0)
        code = og_fail_os(err, OG_E_IO, errno, "write");
    if (close(fd) != 0 && code == OG_OK)
        code = og_fail_os(err, OG_E_IO, errno, "write");
    return code;
}

/* A device, FIFO or the like is written to, never replaced. */
static int write_through(const char *path, og_str data, og_error *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return og_fail_os(err, OG_E_IO, errno, "write");
    return write_close(fd, data, false, err);
}

/* Creates a file beside `path` under a name nobody has. */
static int open_beside(const char *path, mode_t mode, char name[PATH_MAX], og_error *err)
{
    for (int i = 0; i < NAME_TRIES; i++) {
        int n = snprintf(name, PATH_MAX, "%s.tmp-%ld-%d", path, (long)getpid(), i);
        if (n < 0 || n >= PATH_MAX)
            return og_fail_os(err, OG_E_IO, ENAMETOOLONG, "write");
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0)
            return fd;
        if (errno != EEXIST)
            break;
    }
    return og_fail_os(err, OG_E_IO, errno, "write");
}

/* The rename is durable only when the directory is. A file system that cannot sync a
 * directory has nothing better to offer, so its refusal is no failure. */
static void sync_directory(const char *path)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    if (n >= sizeof directory)
        return;
    memcpy(directory, path, n);
    directory[n] = '\0';
    int fd = open(n > 0 ? directory : slash ? "/" : ".", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

static int replace(const char *path, og_str data, mode_t mode, og_error *err)
{
    char temporary[PATH_MAX];
    int fd = open_beside(path, mode, temporary, err);
    if (fd < 0)
        return fd;
    int code = write_close(fd, data, true, err);
    if (code == OG_OK && rename(temporary, path) != 0)
        code = og_fail_os(err, OG_E_IO, errno, "write");
    if (code != OG_OK)
        unlink(temporary);
    else
        sync_directory(path);
    return code;
}

int og_file_write(const char *path, og_str data, og_error *err)
{
    struct stat st;
    char target[PATH_MAX];
    int code;
    bool exists = stat(path, &st) == 0;
    if (exists && !S_ISREG(st.st_mode))
        code = write_through(path, data, err);
    else if (exists && !realpath(path, target)) /* a link stays, its target changes */
        code = og_fail_os(err, OG_E_IO, errno, "write");
    else if (exists)
        code = replace(target, data, st.st_mode & 0777, err);
    else
        code = replace(path, data, 0666, err);
    return code == OG_OK ? OG_OK : (err ? og_wrap(err, "'%s'", path) : code);
}
