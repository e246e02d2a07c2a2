/* Git repositories for tests: made with the git program in a temporary directory, with
 * fixed identity, dates and no configuration but their own. Each test program includes
 * this once. */
#ifndef OG_TESTS_GIT_FIXTURE_H
#define OG_TESTS_GIT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/process.h"
#include "repo/repo.h"

/* libgit2 1.5 loses the match data of each configuration key that a pattern of its own
 * does not match, when it opens a repository of format 1 (partial clones). Nothing here
 * runs another regular expression. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:pcre2_match_8\nleak:_pcre2_memctl_malloc_8\n";
}

static char fixture_dir[] = "/tmp/opsgate-test-XXXXXX";

/* Runs a shell script in the temporary directory; its output, without the last newline,
 * is kept until the next call. The test fails with the script. */
static const char *sh(const char *script)
{
    static char output[4096];
    og_process_result result = {0};
    og_error err = {0};
    const char *const argv[] = {"sh", "-ec", script, NULL};
    if (og_process_run(argv, NULL, OG_STR(""), 60000, &result, &err) < 0)
        fail_msg("sh: %s", og_error_text(&err));
    if (result.status != 0)
        fail_msg("'%s' ended with %d: %.*s", script, result.status,
                 OG_FMT(og_buf_str(&result.errout)));
    snprintf(output, sizeof output, "%.*s", OG_FMT(og_buf_str(&result.out)));
    og_process_result_done(&result);
    output[strcspn(output, "\n")] = '\0';
    return output;
}

static int fixture_up(void **state)
{
    (void)state;
    if (!mkdtemp(fixture_dir) || chdir(fixture_dir) != 0)
        return -1;
    setenv("HOME", fixture_dir, 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("GIT_AUTHOR_NAME", "Test", 1);
    setenv("GIT_AUTHOR_EMAIL", "test@example.org", 1);
    setenv("GIT_AUTHOR_DATE", "2021-09-07T12:00:00Z", 1);
    setenv("GIT_COMMITTER_NAME", "Test", 1);
    setenv("GIT_COMMITTER_EMAIL", "test@example.org", 1);
    setenv("GIT_COMMITTER_DATE", "2021-09-07T12:00:00Z", 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("GIT_DIR");
    unsetenv("GIT_WORK_TREE");
    return 0;
}

static int fixture_down(void **state)
{
    (void)state;
    if (chdir("/") != 0)
        return -1;
    char script[128];
    snprintf(script, sizeof script, "chmod -R u+rwX %s; rm -rf %s", fixture_dir,
             fixture_dir);
    (void)sh(script);
    return 0;
}

/* A path in the temporary directory, kept until the next call but one. */
__attribute__((unused)) static const char *in(const char *path)
{
    static char paths[2][512];
    static unsigned turn;
    char *ret = paths[turn++ % 2];
    snprintf(ret, sizeof paths[0], "%s/%s", fixture_dir, path);
    return ret;
}

__attribute__((unused)) static repo *open_ok(const char *path)
{
    repo *r = NULL;
    og_error err = {0};
    if (repo_open(path, NULL, &r, &err) < 0)
        fail_msg("%s", og_error_text(&err));
    return r;
}

__attribute__((unused)) static repo_commit resolve_ok(repo *r, const char *rev)
{
    repo_commit commit = {0};
    og_error err = {0};
    if (repo_resolve(r, rev, &commit, &err) < 0)
        fail_msg("%s", og_error_text(&err));
    return commit;
}

/* That a call failed with a code and its message holds every text given, up to NULL. */
__attribute__((unused)) static void assert_error(int got, og_code code, og_error *err,
                                                 ...)
{
    if (got != (int)code || err->code != code)
        fail_msg("code %d, not %d: %s", got, code, og_error_text(err));
    va_list texts;
    va_start(texts, err);
    for (const char *text = va_arg(texts, const char *); text;
         text = va_arg(texts, const char *))
        if (!strstr(og_error_text(err), text))
            fail_msg("no '%s' in: %s", text, og_error_text(err));
    va_end(texts);
    og_error_done(err);
}

#endif
