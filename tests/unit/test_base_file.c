/* Files, child processes and tracing. */
#define _XOPEN_SOURCE 700

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"
#include "base/trace.h"
#include "unit.h"

static char directory[] = "/tmp/opsgate-test-XXXXXX";

static int make_directory(void **state)
{
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    return mkdtemp(directory) && chdir(directory) == 0 ? 0 : -1;
}

static int remove_directory(void **state)
{
    (void)state;
    const char *const names[] = {"a", "link", "loop", "fifo", "empty"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(names[i]);
    return chdir("/") == 0 && rmdir(directory) == 0 ? 0 : -1;
}

static void write_and_read_back(void **state)
{
    (void)state;
    og_error err = {0};
    og_buf b = {0};
    struct stat st;
    assert_int_equal(og_file_write("a", OG_STR("one\0two"), &err), OG_OK);
    assert_int_equal(og_file_read("a", 100, false, &b, &err), OG_OK);
    assert_int_equal(og_file_read("a", 7, false, &b, &err), OG_OK);
    assert_int_equal(b.n, 14);
    assert_memory_equal(b.p, "one\0twoone\0two", 14);
    chmod("a", 0640);
    assert_int_equal(symlink("a", "link"), 0);
    assert_int_equal(og_file_write("link", OG_STR("new"), &err), OG_OK);
    assert_int_equal(lstat("link", &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(stat("a", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    og_buf_clear(&b);
    assert_int_equal(og_file_read("link", 100, true, &b, &err), OG_OK);
    assert_str(og_buf_str(&b), "new");
    og_buf_done(&b);
}

static void reading_refuses(void **state)
{
    (void)state;
    og_error err = {0};
    og_buf b = {0};
    og_buf_puts(&b, "kept");
    assert_int_equal(og_file_write("a", OG_STR("0123456789"), &err), OG_OK);
    og_file_read("a", 9, true, &b, &err);
    assert_error(&err, OG_E_LIMIT, "'a': more than the limit of 9 bytes");
    og_file_read("no such", 9, true, &b, &err);
    assert_error(&err, OG_E_NOTFOUND, "read 'no such': No such file");
    og_file_read("link", 100, false, &b, &err);
    assert_error(&err, OG_E_IO, "symbolic link");
    og_file_read(".", 9, true, &b, &err);
    assert_error(&err, OG_E_IO, "not a regular file");
    og_file_read("/dev/zero", 9, true, &b, &err);
    assert_error(&err, OG_E_IO, "not a regular file");
    assert_int_equal(mkfifo("fifo", 0600), 0);
    og_file_read("fifo", 9, true, &b, &err);
    assert_error(&err, OG_E_IO, "not a regular file");
    assert_str(og_buf_str(&b), "kept");
    og_buf_done(&b);
}

static void reading_grows_past_the_stated_size(void **state)
{
    (void)state;
    og_error err = {0};
    og_buf b = {0};
    assert_int_equal(og_file_read("/proc/self/maps", 1000000, true, &b, &err), OG_OK);
    assert_true(b.n > 100);
    og_buf_clear(&b);
    og_file_read("/proc/self/maps", 10, true, &b, &err);
    assert_error(&err, OG_E_LIMIT, "limit of 10 bytes");
    og_buf_done(&b);
}

static void writing_refuses(void **state)
{
    (void)state;
    og_error err = {0};
    og_file_write("/no/such/place", OG_STR("x"), &err);
    assert_error(&err, OG_E_IO, "'/no/such/place': write: No such file");
    og_file_write(".", OG_STR("x"), &err);
    assert_error(&err, OG_E_IO, "'.': write: Is a directory");
    if (access("/dev/full", W_OK) == 0) {
        og_file_write("/dev/full", OG_STR("x"), &err);
        assert_error(&err, OG_E_IO, "No space left");
    }
    assert_int_equal(og_file_write("/dev/null", OG_STR("x"), &err), OG_OK);
}

static void a_closed_pipe_is_an_error(void **state)
{
    (void)state;
    og_error err = {0};
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    og_fd_write(ends[1], OG_STR("x"), &err);
    assert_error(&err, OG_E_IO, "Broken pipe");
    close(ends[1]);
}

static void run(const char *script, og_str input, og_process_result *r)
{
    og_error err = {0};
    const char *argv[] = {"sh", "-c", script, NULL};
    int code = og_process_run(argv, NULL, input, 20000, r, &err);
    if (code != OG_OK)
        fail_msg("%s", og_error_text(&err));
}

static void a_child_is_fed_and_heard(void **state)
{
    (void)state;
    static char big[500000];
    og_process_result r = {0};
    memset(big, 'x', sizeof big);
    run("cat; echo said >&2; exit 3", (og_str){big, sizeof big}, &r);
    assert_int_equal(r.out.n, sizeof big);
    assert_str(og_buf_str(&r.errout), "said\n");
    assert_int_equal(r.status, 3);
    run("exec <&-; sleep 0.1; echo deaf", (og_str){big, sizeof big}, &r);
    assert_str(og_buf_str(&r.out), "deaf\n");
    run("kill -9 $$", OG_STR(""), &r);
    assert_int_equal(r.status, 128 + 9);
    og_process_result_done(&r);
}

static void a_child_gets_the_environment_given(void **state)
{
    (void)state;
    og_error err = {0};
    og_process_result r = {0};
    const char *argv[] = {"sh", "-c", "echo $WORD", NULL};
    const char *env[] = {"WORD=given", "PATH=/usr/bin:/bin", NULL};
    assert_int_equal(og_process_run(argv, env, OG_STR(""), 0, &r, &err), OG_OK);
    assert_str(og_buf_str(&r.out), "given\n");
    og_process_result_done(&r);
}

static void a_child_that_fails_to_finish_is_ended(void **state)
{
    (void)state;
    og_error err = {0};
    og_process_result r = {0};
    const char *sleeper[] = {"sleep", "30", NULL};
    time_t start = time(NULL);
    og_process_run(sleeper, NULL, OG_STR(""), 100, &r, &err);
    assert_error(&err, OG_E_IO, "run 'sleep': timed out");
    assert_true(time(NULL) - start < 20);
    const char *nobody[] = {"no-such-program-here", NULL};
    og_process_run(nobody, NULL, OG_STR(""), 0, &r, &err);
    assert_error(&err, OG_E_NOTFOUND, "run 'no-such-program-here'");
    const char *talker[] = {"yes", NULL};
    r.out.limit = 100000;
    og_process_run(talker, NULL, OG_STR(""), 20000, &r, &err);
    assert_error(&err, OG_E_LIMIT, "100000 bytes");
    og_process_result_done(&r);
}

static void trace_words_are_read(void **state)
{
    (void)state;
    uint32_t mask;
    const char *bad;
    assert_true(og_trace_parse("cel,repo", &mask, &bad));
    assert_int_equal(mask, 1u << OG_TRACE_CEL | 1u << OG_TRACE_REPO);
    assert_true(og_trace_parse("all,-repo", &mask, &bad));
    assert_int_equal(mask, ((1u << OG_TRACE_COUNT) - 1) & ~(1u << OG_TRACE_REPO));
    assert_true(og_trace_parse("", &mask, &bad) && mask == 0);
    assert_false(og_trace_parse("cel,sel", &mask, &bad));
    assert_string_equal(bad, "sel");
}

static void a_trace_event_is_one_line(void **state)
{
    (void)state;
    og_error err = {0};
    og_buf b = {0};
    int fd = open("a", O_RDWR | O_CREAT | O_TRUNC, 0600);
    og_trace trace = {1u << OG_TRACE_REPO, fd};
    og_trace_event(&trace, OG_TRACE_REPO, "read\n%s", "x");
    og_trace_event(&trace, OG_TRACE_CEL, "not asked for");
    og_trace_event(NULL, OG_TRACE_CEL, "nowhere");
    og_trace_event(&trace, OG_TRACE_REPO, "%2000d", 1);
    close(fd);
    assert_int_equal(og_file_read("a", 9999, false, &b, &err), OG_OK);
    assert_memory_equal(b.p, "repo: read\\nx\nrepo:  ", 21);
    assert_int_equal(b.n, 14 + 1000);
    og_buf_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(write_and_read_back),
        cmocka_unit_test(reading_refuses),
        cmocka_unit_test(reading_grows_past_the_stated_size),
        cmocka_unit_test(writing_refuses),
        cmocka_unit_test(a_closed_pipe_is_an_error),
        cmocka_unit_test(a_child_is_fed_and_heard),
        cmocka_unit_test(a_child_gets_the_environment_given),
        cmocka_unit_test(a_child_that_fails_to_finish_is_ended),
        cmocka_unit_test(trace_words_are_read),
        cmocka_unit_test(a_trace_event_is_one_line),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
