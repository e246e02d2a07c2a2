/* Bytes of a file, as they come. */
#include "app/report_input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limits.h"

enum {
    PART = 64 * 1024
};

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

static int read_kept(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    report_input *in = self;

    (void)err;
    n = n < in->kept.n ? n : in->kept.n;
    if (n > 0)
        memcpy(to, in->kept.p, n);
    in->kept = og_str_slice(in->kept, n, in->kept.n);
    *ret = n;
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

/* *ret_again: its bytes are there to be read again from the start. */
static int open_path(const char *cwd, const char *path, report_input *ret,
                     bool *ret_again, og_error *err)
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
    *ret_again = S_ISREG(st.st_mode);
    return OG_OK;
}

static int open_raw(const char *cwd, const char *path, report_input *ret, bool *ret_again,
                    og_error *err)
{
    *ret = (report_input){.fd = STDIN_FILENO};
    *ret_again = false;
    return strcmp(path, "-") == 0 ? OG_OK : open_path(cwd, path, ret, ret_again, err);
}

static int unpack(report_input *ret, csv_source raw, csv_source *ret_source,
                  og_error *err)
{
    int rc = csv_gzip_new(raw, &ret->gzip, err);

    if (rc != OG_OK) {
        report_input_close(ret);
        return rc;
    }
    *ret_source = (csv_source){.read = read_inflated, .self = ret};
    return OG_OK;
}

int report_input_open(const char *cwd, const char *path, report_input *ret,
                      csv_source *ret_source, og_error *err)
{
    bool again;

    int rc = open_raw(cwd, path, ret, &again, err);
    if (rc != OG_OK)
        return rc;
    return unpack(ret, (csv_source){.read = read_fd, .self = ret}, ret_source, err);
}

int report_input_open_kept(og_str bytes, report_input *ret, csv_source *ret_source,
                           og_error *err)
{
    *ret = (report_input){.fd = -1, .kept = bytes};
    return unpack(ret, (csv_source){.read = read_kept, .self = ret}, ret_source, err);
}

static int read_all(report_input *input, og_buf *out, og_error *err)
{
    char part[PART];
    size_t got = 1;

    while (got > 0) {
        int rc = read_fd(input, part, sizeof part, &got, err);
        if (rc != OG_OK)
            return rc;
        og_buf_put(out, (og_str){part, got});
        if (out->failed == OG_E_LIMIT)
            return og_fail(err, OG_E_LIMIT,
                           "it cannot be read twice, and more than %llu MiB are too many "
                           "to keep: save it to a file first",
                           (unsigned long long)(OG_LIMIT_BUFFER / OG_MIB));
        if (out->failed)
            return og_buf_check(out, err);
    }
    return OG_OK;
}

int report_input_keep(const char *cwd, const char *path, og_buf *out, bool *ret_kept,
                      og_error *err)
{
    report_input input;
    bool again;

    int rc = open_raw(cwd, path, &input, &again, err);
    if (rc == OG_OK && !again)
        rc = read_all(&input, out, err);
    if (rc == OG_OK)
        *ret_kept = !again;
    report_input_close(&input);
    return rc;
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
