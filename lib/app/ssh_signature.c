/* Running ssh-keygen. */
#define _XOPEN_SOURCE 700 /* mkstemp */

#include "app/ssh_signature.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"

#define NAMESPACE "opsgate-bundle"

enum {
    SIGN_MS = 5 * 60 * 1000, /* a passphrase is typed, a token touched */
    CHECK_MS = 60 * 1000,
    OUTPUT_MAX = 256 * 1024,
    WORDS_MAX = 500,    /* of what it said, shown */
    PRINCIPALS_MAX = 16 /* of one key, tried in turn */
};

/* ---- Running it ---- */

static int run(const char *const *argv, og_str input, int timeout_ms,
               og_process_result *ret, og_error *err)
{
    og_error local = {0};

    *ret = (og_process_result){.out.limit = OUTPUT_MAX, .errout.limit = OUTPUT_MAX};
    int rc = og_process_run(argv, NULL, input, timeout_ms, ret, &local);
    if (rc == OG_E_NOTFOUND)
        rc = og_fail(err, OG_E_UNSUPPORTED,
                     "there is no ssh-keygen: signatures are made and checked by it; "
                     "install OpenSSH's client, 8.2 or later (Debian: openssh-client)");
    else if (rc == OG_E_NOMEM)
        rc = og_nomem(err);
    else if (rc != OG_OK)
        rc = og_fail(err, rc, "%s", og_error_text(&local));
    og_error_done(&local);
    return rc;
}

/* What it said, on one line. */
static og_str words_of(app *a, const og_process_result *r)
{
    og_str said = og_str_trim(og_buf_str(r->errout.n > 0 ? &r->errout : &r->out));
    og_buf line = {0};

    for (size_t i = 0; i < said.n && i < WORDS_MAX; i++) {
        if (said.p[i] == '\n')
            og_buf_puts(&line, "; ");
        else if (said.p[i] != '\r')
            og_buf_putc(&line, said.p[i]);
    }
    og_str copy = og_arena_str(&a->arena, line.n > 0 ? og_buf_str(&line) : OG_STR(""));
    og_buf_done(&line);
    return copy;
}

/* ---- Files ---- */

/* The path from the root, of a file that is there: ssh-keygen would say so less well. */
static int find_file(app *a, const char *option, const char *path, const char **ret,
                     og_error *err)
{
    struct stat st;
    og_str whole = path[0] == '/'
                       ? og_arena_str(&a->arena, og_str_from(path))
                       : og_arena_printf(&a->arena, "%s/%s", a->settings->cwd, path);

    if (!whole.p)
        return og_nomem(err);
    if (stat(whole.p, &st) != 0)
        return og_fail_os(err, errno == ENOENT ? OG_E_NOTFOUND : OG_E_IO, errno,
                          "%s '%s'", option, path);
    if (!S_ISREG(st.st_mode))
        return og_fail(err, OG_E_IO, "%s '%s': not a regular file", option, path);
    *ret = whole.p;
    return OG_OK;
}

/* ssh-keygen takes a signature from a file only. */
static int write_temporary(const app *a, og_str text, char path[PATH_MAX], og_error *err)
{
    const opsgate_settings *s = a->settings;
    const char *dir = s->lookup ? s->lookup(s->lookup_context, "TMPDIR") : NULL;

    int n = snprintf(path, PATH_MAX, "%s/opsgate-XXXXXX",
                     dir && dir[0] == '/' ? dir : "/tmp");
    if (n < 0 || n >= PATH_MAX)
        return og_fail(err, OG_E_IO, "TMPDIR is longer than a path may be");
    int fd = mkstemp(path);
    if (fd < 0)
        return og_fail_os(err, OG_E_IO, errno, "make a temporary file '%s'", path);
    int rc = og_fd_write(fd, text, err);
    if (close(fd) != 0 && rc == OG_OK)
        rc = og_fail_os(err, OG_E_IO, errno, "write '%s'", path);
    if (rc != OG_OK)
        unlink(path);
    return rc;
}

/* ---- Making ---- */

/* Whether what was signed is all of the text: without a terminal ssh-keygen takes a
 * passphrase from where the text comes from. */
static int confirm(app *a, og_str text, og_str signature, og_error *err)
{
    char temporary[PATH_MAX];
    const char *const argv[] = {"ssh-keygen", "-Y", "check-novalidate", "-n",
                                NAMESPACE,    "-s", temporary,          NULL};
    og_process_result result;

    int rc = write_temporary(a, signature, temporary, err);
    if (rc != OG_OK)
        return rc;
    rc = run(argv, text, CHECK_MS, &result, err);
    unlink(temporary);
    if (rc != OG_OK)
        return rc;
    if (result.status != 0)
        rc = og_fail(err, OG_E_IO,
                     "--sign: the signature that ssh-keygen made is of something else: "
                     "%.*s",
                     OG_FMT(words_of(a, &result)));
    og_process_result_done(&result);
    return rc;
}

int ssh_signature_make(app *a, const char *key, og_str text, og_buf *out, og_error *err)
{
    const char *path = NULL;
    og_process_result result;

    int rc = find_file(a, "--sign", key, &path, err);
    if (rc != OG_OK)
        return rc;
    const char *const argv[] = {"ssh-keygen", "-Y", "sign", "-n",
                                NAMESPACE,    "-f", path,   NULL};
    rc = run(argv, text, SIGN_MS, &result, err);
    if (rc != OG_OK)
        return rc;
    if (result.status != 0)
        rc = og_fail(err, OG_E_IO, "--sign: ssh-keygen did not sign with '%s': %.*s", key,
                     OG_FMT(words_of(a, &result)));
    else
        rc = confirm(a, text, og_buf_str(&result.out), err);
    if (rc == OG_OK)
        og_buf_put(out, og_buf_str(&result.out));
    og_process_result_done(&result);
    return rc == OG_OK ? og_buf_check(out, err) : rc;
}

/* ---- Checking ---- */

static int refuse(app *a, const char *signers, const og_process_result *r, og_error *err)
{
    return og_fail(err, OG_E_INVALID,
                   "its signature is not good, or by none of those in '%s': %.*s",
                   signers, OG_FMT(words_of(a, r)));
}

/* Whether the signature is the principal's. */
static int verify(const char *path, const char *principal, const char *signature,
                  og_str text, og_process_result *ret, og_error *err)
{
    const char *const argv[] = {"ssh-keygen", "-Y", "verify",  "-f", path,      "-I",
                                principal,    "-n", NAMESPACE, "-s", signature, NULL};

    return run(argv, text, CHECK_MS, ret, err);
}

/* Those who have its key, a line each, until one verifies. */
static int try_principals(app *a, const char *signers, const char *path,
                          const char *signature, og_str text, og_str found, og_str *ret,
                          og_error *err)
{
    og_process_result result = {0};

    for (size_t i = 0, at = 0; at < found.n && i < PRINCIPALS_MAX; i++) {
        size_t n = og_str_find(og_str_slice(found, at, found.n), '\n');
        og_str name = og_arena_str(&a->arena, og_str_slice(found, at, at + n));
        at += n + 1;
        og_process_result_done(&result);
        int rc =
            name.p ? verify(path, name.p, signature, text, &result, err) : og_nomem(err);
        if (rc != OG_OK)
            return rc;
        if (result.status == 0) {
            og_process_result_done(&result);
            *ret = name;
            return OG_OK;
        }
    }
    int rc = refuse(a, signers, &result, err);
    og_process_result_done(&result);
    return rc;
}

static int check(app *a, const char *signers, const char *path, const char *signature,
                 og_str text, og_str *ret, og_error *err)
{
    const char *const argv[] = {"ssh-keygen", "-Y", "find-principals", "-f",
                                path,         "-s", signature,         NULL};
    og_process_result result;

    int rc = run(argv, (og_str){0}, CHECK_MS, &result, err);
    if (rc != OG_OK)
        return rc;
    rc = result.status == 0 ? try_principals(a, signers, path, signature, text,
                                             og_buf_str(&result.out), ret, err)
                            : refuse(a, signers, &result, err);
    og_process_result_done(&result);
    return rc;
}

int ssh_signature_check(app *a, const char *signers, og_str text, og_str signature,
                        og_str *ret, og_error *err)
{
    char temporary[PATH_MAX];
    const char *path = NULL;

    int rc = find_file(a, "--signers", signers, &path, err);
    if (rc == OG_OK)
        rc = write_temporary(a, signature, temporary, err);
    if (rc != OG_OK)
        return rc;
    rc = check(a, signers, path, temporary, text, ret, err);
    unlink(temporary);
    return rc;
}
