/* Bytes of a file, as they come. */
#include "app/report_input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

static int read_fd(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    report_input *in = self;
    ssize_t got;

    do
        got = read(in->fd, to, n);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return og_fail_os(err, OG_E_IO, errno, "read");
    *ret = (size_t)got;
    return OG_OK;
}

/* Damage is the file's, not the register's. */
static int read_inflated(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    const report_input *in = self;
    csv_source inflated = csv_gzip_source(in->gzip);

    int rc = inflated.read(inflated.self, to, n, ret, err);
    if (rc != OG_E_INVALID)
        return rc;
    err->code = OG_E_IO;
    return OG_E_IO;
}

static int open_path(const char *cwd, const char *path, report_input *ret, og_error *err)
{
    og_arena arena = {0};
    struct stat st;

    if (strstr(path, "://"))
        return og_fail(err, OG_E_NOTFOUND,
                       "it is an address, and nothing is fetched: fetch the file first, "
                       "or pipe it to '-'");
    og_str whole = path[0] == '/' ? og_arena_printf(&arena, "%s", path)
                                  : og_arena_printf(&arena, "%s/%s", cwd, path);
    int fd = whole.p ? open(whole.p, O_RDONLY | O_CLOEXEC | O_NOCTTY) : -1;
    int failed = errno;
    og_arena_done(&arena);
    if (!whole.p)
        return og_nomem(err);
    if (fd < 0)
        return og_fail_os(err, failed == ENOENT ? OG_E_NOTFOUND : OG_E_IO, failed,
                          "open");
    if (fstat(fd, &st) != 0 || S_ISDIR(st.st_mode)) {
        close(fd);
        return og_fail(err, OG_E_IO,
                       "it is no file: name one, or '-' for standard input");
    }
    ret->fd = fd;
    ret->own_fd = true;
    ret->again = S_ISREG(st.st_mode);
    return OG_OK;
}

int report_input_open(const char *cwd, const char *path, report_input *ret,
                      csv_source *ret_source, og_error *err)
{
    *ret = (report_input){.fd = STDIN_FILENO};
    if (strcmp(path, "-") != 0) {
        int rc = open_path(cwd, path, ret, err);
        if (rc != OG_OK)
            return rc;
    }
    int rc = csv_gzip_new((csv_source){.read = read_fd, .self = ret}, &ret->gzip, err);
    if (rc != OG_OK) {
        report_input_close(ret);
        return rc;
    }
    *ret_source = (csv_source){.read = read_inflated, .self = ret};
    return OG_OK;
}

void report_input_close(report_input *input)
{
    csv_gzip_free(input->gzip);
    if (input->own_fd)
        close(input->fd);
    *input = (report_input){0};
}

int report_input_seed(uint64_t ret[2], og_error *err)
{
    uint64_t seed[2];

    if (getrandom(seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        return og_fail_os(err, OG_E_IO, errno, "getrandom");
    memcpy(ret, seed, sizeof seed);
    return OG_OK;
}
