/* The status of the example register through the public header: what it says of each
 * subject, and every allocation failing in turn. */
#define _GNU_SOURCE /* mkdtemp, setenv */
#include "git_fixture.h"

#include "opsgate/opsgate.h"

static char register_dir[64];

static int register_up(void **state)
{
    if (fixture_up(state) != 0)
        return -1;
    (void)sh(OPSGATE_SOURCE_DIR "/tools/example-register register");
    snprintf(register_dir, sizeof register_dir, "%s/register", fixture_dir);
    return 0;
}

/* 2021-10-05T23:00:00Z: midnight of the next day in London. */
static const opsgate_settings settings = {.cwd = register_dir, .now_seconds = 1633474800};
static const char *const both[] = {"json", "text"};

static opsgate_result look(const char *rev, const char *policy_rev, const char *at)
{
    const opsgate_place place = {.rev = rev, .policy_rev = policy_rev};
    opsgate_result result;

    opsgate_status(&settings, &place, at, both, 2, &result);
    return result;
}

static void expect(opsgate_result r, opsgate_exit code, const char *summary)
{
    assert_int_equal(r.exit_code, code);
    assert_string_equal(r.summary, summary);
    opsgate_result_done(&r);
}

static void counts_verdicts(void **state)
{
    (void)state;
    expect(look("opsg-56", NULL, "2021-09-07"), OPSGATE_EXIT_GO,
           "2 subjects on 2021-09-07: 2 not_assessable; 2 actions overdue");
    expect(
        look("what-if/severity-2-open", NULL, "2021-10-05"), OPSGATE_EXIT_GO,
        "3 subjects on 2021-10-05: 1 go, 1 no_go, 1 not_assessable; 2 actions overdue");
}

static void an_action_is_late_once_its_day_is_over(void **state)
{
    (void)state;
    expect(look("opsg-56", NULL, "2021-09-07T23:59:59+01:00"), OPSGATE_EXIT_GO,
           "2 subjects on 2021-09-07: 2 not_assessable; 0 actions overdue");
}

static void judging_now_refuses_evidence_from_the_future(void **state)
{
    opsgate_result r = look("go-live", NULL, NULL);

    (void)state;
    assert_int_equal(r.exit_code, OPSGATE_EXIT_INVALID);
    assert_int_equal(r.document_count, 0);
    assert_non_null(strstr(r.messages, "future-evidence"));
    opsgate_result_done(&r);
    expect(look("opsg-58", NULL, NULL), OPSGATE_EXIT_GO,
           "3 subjects on 2021-10-06: 2 go, 1 not_assessable; 2 actions overdue");
}

static bool run_short_of_memory(long n)
{
    og_mem_fail_at(n);
    opsgate_result r = look("what-if/severity-2-open", "main", "2021-10-05");
    bool failed = og_mem_failed();
    og_mem_fail_at(-1);
    if (failed && r.exit_code != OPSGATE_EXIT_UNDECIDED)
        fail_msg("allocation %ld failed: exit code %d, %s\n%s", n, (int)r.exit_code,
                 r.summary ? r.summary : "no summary", r.messages ? r.messages : "");
    if (!failed)
        assert_int_equal(r.exit_code, OPSGATE_EXIT_GO);
    opsgate_result_done(&r);
    return failed;
}

/* One in 97: test_app_run goes through the first ones, which are the same. */
static void every_lack_of_memory_is_reported(void **state)
{
    (void)state;
    for (long n = 0; run_short_of_memory(n); n += 97)
        ;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_verdicts),
        cmocka_unit_test(an_action_is_late_once_its_day_is_over),
        cmocka_unit_test(judging_now_refuses_evidence_from_the_future),
        cmocka_unit_test(every_lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, register_up, fixture_down);
}
