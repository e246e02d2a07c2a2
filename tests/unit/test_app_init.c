/* A register to start from: what is written for a given day, that it is clean and judged
 * whatever the day is, and that it is written whole or not at all. */
#define _GNU_SOURCE /* mkdtemp, setenv */
#include "git_fixture.h"

#include "base/date.h"
#include "opsgate/opsgate.h"

static int repository_up(void **state)
{
    if (fixture_up(state) != 0)
        return -1;
    (void)sh("git init -q");
    return 0;
}

static opsgate_settings at_noon(int year, int month, int day)
{
    return (opsgate_settings){
        .cwd = fixture_dir,
        .now_seconds = (int64_t)og_date_from(year, month, day) * 86400 + 43200};
}

static opsgate_result init_at(const opsgate_settings *settings, const char *dir)
{
    opsgate_result result;

    opsgate_init(settings, dir, &result);
    return result;
}

static void writes_dates_ahead_of_the_day(void **state)
{
    opsgate_settings settings = at_noon(2021, 9, 7);
    opsgate_result r = init_at(&settings, "start");

    (void)state;
    assert_int_equal(r.exit_code, OPSGATE_EXIT_GO);
    assert_string_equal(r.summary, "13 files written");
    assert_non_null(strstr(r.documents[0].text, "cd start\n  git add opsgate.yaml"));
    assert_non_null(strstr(r.documents[0].text, "opsgate assess 2021-12 "));
    assert_null(strstr(r.documents[0].text, "git init"));
    opsgate_result_done(&r);
    assert_string_equal(sh("grep -o 'planned: [-0-9]*' start/releases/2021-12.yaml | "
                           "tr '\n' ' '"),
                        "planned: 2021-10-20 planned: 2021-10-26 planned: 2021-11-09 "
                        "planned: 2021-12-09 ");
    assert_string_equal(sh("grep as_of start/evidence/2021-12/components.yaml"),
                        "as_of: 2021-09-07T13:00+01:00");
    assert_string_equal(sh("cat start/*.yaml start/[rme]*/*.yaml start/evidence/*/* | "
                           "grep -c '@[a-z_]*@' || :"),
                        "0");
    assert_string_equal(sh("diff -r -x kinds -x forms -x init -x lint " OPSGATE_SOURCE_DIR
                           "/criteria start/criteria"),
                        "");
}

/* Clean, and not assessable for want of evidence, as it lies. */
static void expect_start(const opsgate_settings *settings, const char *dir)
{
    static const char *const text[] = {"text"};
    const opsgate_place place = {.register_dir = dir, .worktree = true};
    const char *release = sh("ls fresh/releases | cut -c 1-7");
    const opsgate_assess_request request = {
        .subject = release, .formats = text, .format_count = 1};
    opsgate_result r;

    opsgate_lint(settings, &place, NULL, text, 1, &r);
    if (r.exit_code != OPSGATE_EXIT_GO || r.documents[0].size > 0)
        fail_msg("%s: %s", r.summary, r.document_count ? r.documents[0].text : "");
    opsgate_result_done(&r);
    opsgate_assess(settings, &place, &request, &r);
    if (r.exit_code != OPSGATE_EXIT_UNDECIDED || r.document_count != 1 ||
        strstr(r.summary, "unmet"))
        fail_msg("%s", r.summary);
    opsgate_result_done(&r);
}

/* Days around bank holidays, leap days and the ends of months and of summer time. */
static void is_clean_whatever_the_day(void **state)
{
    static const int days[][3] = {{2021, 9, 27},  {2021, 12, 25}, {2022, 1, 1},
                                  {2024, 2, 29},  {2024, 3, 31},  {2026, 10, 25},
                                  {2027, 12, 31}, {2028, 11, 30}};

    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        opsgate_settings settings = at_noon(days[i][0], days[i][1], days[i][2]);
        settings.now_seconds -= 43200 - 90 * 60; /* 01:30 UTC, which may come twice */
        opsgate_result r = init_at(&settings, "fresh");
        assert_int_equal(r.exit_code, OPSGATE_EXIT_GO);
        opsgate_result_done(&r);
        expect_start(&settings, "fresh");
        (void)sh("rm -r fresh");
    }
}

static void touches_nothing_that_is_there(void **state)
{
    opsgate_settings settings = at_noon(2021, 9, 7);

    (void)state;
    (void)sh(
        "mkdir taken; echo mine >taken/meetings.yaml; ln -s nowhere taken/parties.yaml");
    opsgate_result r = init_at(&settings, "taken");
    assert_int_equal(r.exit_code, OPSGATE_EXIT_USAGE);
    assert_non_null(strstr(r.summary, "2 of the files"));
    assert_non_null(strstr(r.summary, "'meetings.yaml'"));
    assert_int_equal(r.document_count, 0);
    opsgate_result_done(&r);
    assert_string_equal(sh("ls taken | tr '\n' ' '; cat taken/meetings.yaml"),
                        "meetings.yaml parties.yaml mine");
}

static void leaves_nothing_half_done(void **state)
{
    opsgate_settings settings = at_noon(2021, 9, 7);

    (void)state;
    (void)sh("mkdir -p blocked; echo >blocked/criteria");
    opsgate_result r = init_at(&settings, "blocked");
    assert_int_equal(r.exit_code, OPSGATE_EXIT_UNDECIDED);
    assert_non_null(strstr(r.summary, "blocked/criteria/"));
    opsgate_result_done(&r);
    assert_string_equal(sh("ls blocked"), "criteria");
    r = init_at(&settings, "blocked/criteria/deeper");
    assert_int_equal(r.exit_code, OPSGATE_EXIT_UNDECIDED);
    opsgate_result_done(&r);
}

static void quotes_what_a_shell_would_read(void **state)
{
    opsgate_settings settings = at_noon(2021, 9, 7);
    opsgate_result r = init_at(&settings, "it's a\tdir/é");

    (void)state;
    assert_int_equal(r.exit_code, OPSGATE_EXIT_GO);
    assert_non_null(strstr(r.documents[0].text, "cd 'it'\\''s a\\tdir/é'\n"));
    opsgate_result_done(&r);
}

static bool init_short_of_memory(long n)
{
    opsgate_settings settings = at_noon(2021, 9, 7);

    og_mem_fail_at(n);
    opsgate_result r = init_at(&settings, "short/of");
    bool failed = og_mem_failed();
    og_mem_fail_at(-1);
    assert_int_equal(r.exit_code, failed ? OPSGATE_EXIT_UNDECIDED : OPSGATE_EXIT_GO);
    opsgate_result_done(&r);
    return failed;
}

static void every_lack_of_memory_is_reported(void **state)
{
    (void)state;
    for (long n = 0; init_short_of_memory(n); n++)
        (void)sh("rm -rf short");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_dates_ahead_of_the_day),
        cmocka_unit_test(is_clean_whatever_the_day),
        cmocka_unit_test(touches_nothing_that_is_there),
        cmocka_unit_test(leaves_nothing_half_done),
        cmocka_unit_test(quotes_what_a_shell_would_read),
        cmocka_unit_test(every_lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, repository_up, fixture_down);
}
