/* Checking, making, and taking away again. */
#include "app/new_files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static int absolute(const new_files *f, og_str path, og_str *ret, og_error *err)
{
    *ret = og_arena_printf(f->arena, "%.*s/%.*s", OG_FMT(f->root), OG_FMT(path));
    return ret->p ? OG_OK : og_nomem(err);
}

static int check_free(const new_files *f, og_error *err)
{
    const char *first = NULL;
    size_t taken = 0;
    struct stat st;
    og_str path;

    for (size_t i = 0; i < f->count; i++) {
        int rc = absolute(f, f->items[i].path, &path, err);
        if (rc != OG_OK)
            return rc;
        if (lstat(path.p, &st) != 0)
            continue;
        first = first ? first : f->items[i].path.p;
        taken++;
    }
    if (taken == 0)
        return OG_OK;
    return og_fail(err, OG_E_USAGE,
                   "%zu of the files to be written %s there already, the first '%s': "
                   "nothing was written; name another directory",
                   taken, taken == 1 ? "is" : "are", first);
}

/* Room for one more of the directories made. */
static int make_room(new_files *f, og_error *err)
{
    if (f->directory_count < f->directory_room)
        return OG_OK;
    size_t room = f->directory_room ? 2 * f->directory_room : 16;
    const char **more = OG_ARRAY(f->arena, room, const char *);
    if (!more)
        return og_nomem(err);
    if (f->directory_count > 0)
        memcpy(more, f->directories, f->directory_count * sizeof *more);
    f->directories = more;
    f->directory_room = room;
    return OG_OK;
}

static int make_directory(new_files *f, og_str path, og_error *err)
{
    og_str copy = og_arena_str(f->arena, path);

    if (!copy.p)
        return og_nomem(err);
    int rc = make_room(f, err);
    if (rc != OG_OK)
        return rc;
    if (mkdir(copy.p, 0777) == 0)
        f->directories[f->directory_count++] = copy.p;
    else if (errno != EEXIST)
        return og_fail_os(err, OG_E_IO, errno, "make directory '%s'", copy.p);
    return OG_OK;
}

/* Every directory above the file, from the root of the file system on. */
static int make_directories(new_files *f, og_str file, og_error *err)
{
    int rc = OG_OK;

    for (size_t i = 1; i < file.n && rc == OG_OK; i++)
        if (file.p[i] == '/')
            rc = make_directory(f, og_str_slice(file, 0, i), err);
    return rc;
}

static int write_new(new_file *file, const char *path, og_error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd < 0)
        return og_fail_os(err, OG_E_IO, errno, "make file '%s'", path);
    file->made = true;
    int rc = og_fd_write(fd, file->text, err);
    if (close(fd) != 0 && rc == OG_OK)
        rc = og_fail_os(err, OG_E_IO, errno, "write");
    return rc == OG_OK ? rc : og_wrap(err, "'%s'", path);
}

int new_files_write(new_files *f, og_error *err)
{
    og_str path;

    int rc = check_free(f, err);
    for (size_t i = 0; i < f->count && rc == OG_OK; i++) {
        rc = absolute(f, f->items[i].path, &path, err);
        if (rc == OG_OK)
            rc = make_directories(f, path, err);
        if (rc == OG_OK)
            rc = write_new(&f->items[i], path.p, err);
    }
    return rc;
}

void new_files_take_away(new_files *f)
{
    for (size_t i = f->count; i > 0; i--) {
        og_str path;
        if (f->items[i - 1].made &&
            absolute(f, f->items[i - 1].path, &path, NULL) == OG_OK)
            (void)unlink(path.p);
    }
    for (size_t i = f->directory_count; i > 0; i--)
        (void)rmdir(f->directories[i - 1]);
}
