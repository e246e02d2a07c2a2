/* The use cases through their public header, on the example register: verdicts and exit
 * codes, what is told to sinks. */
#define _GNU_SOURCE /* mkdtemp, setenv */
#include "git_fixture.h"

#include "opsgate/opsgate.h"

static char register_dir[64];
static const char *secret; /* of the sink; NULL: not set */

static int register_up(void **state)
{
    if (fixture_up(state) != 0)
        return -1;
    (void)sh(OPSGATE_SOURCE_DIR "/tools/example-register register");
    snprintf(register_dir, sizeof register_dir, "%s/register", fixture_dir);
    return 0;
}

static const char *lookup(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "OPSGATE_SECAS_SECRET") == 0 ? secret : NULL;
}

static const opsgate_settings settings = {
    .cwd = register_dir, .now_seconds = 1633474800, .lookup = lookup};
static const char *const both[] = {"text", "json"};

static opsgate_result judge(const char *rev, const char *policy_rev, const char *at,
                            bool post)
{
    const opsgate_place place = {.rev = rev, .policy_rev = policy_rev};
    const opsgate_assess_request request = {.subject = "2021-11",
                                            .gate = "assessment",
                                            .at = at,
                                            .formats = both,
                                            .format_count = 2,
                                            .post = post,
                                            .dry_run = true};
    opsgate_result result;

    opsgate_assess(&settings, &place, &request, &result);
    return result;
}

static void expect_verdict(const char *rev, const char *at, int code, const char *summary)
{
    opsgate_result r = judge(rev, NULL, at, false);

    assert_non_null(r.summary);
    if (strncmp(r.summary, summary, strlen(summary)) != 0)
        fail_msg("'%s' does not begin with '%s'", r.summary, summary);
    assert_int_equal(r.exit_code, code);
    assert_int_equal(r.document_count, 2);
    assert_string_equal(r.documents[0].format, "text");
    assert_int_equal(strlen(r.documents[1].text), r.documents[1].size);
    opsgate_result_done(&r);
}

static void three_verdicts_of_one_release(void **state)
{
    (void)state;
    expect_verdict("opsg-58", "2021-10-05", 0,
                   "2021-11 at assessment on 2021-10-05: go \xe2\x80\x94 ");
    expect_verdict("what-if/severity-2-open", "2021-10-05", 1,
                   "2021-11 at assessment on 2021-10-05: no_go \xe2\x80\x94 LSC-07; "
                   "1 unmet, ");
    expect_verdict("opsg-56", "2021-09-07", 4,
                   "2021-11 at assessment on 2021-09-07: not_assessable \xe2\x80\x94 ");
}

static void names_a_policy_revision(void **state)
{
    opsgate_result r = judge("opsg-58", "main", "2021-10-05", false);

    (void)state;
    assert_int_equal(r.exit_code, 0);
    assert_non_null(strstr(r.documents[1].text, "\"self\": false"));
    assert_null(r.messages);
    opsgate_result_done(&r);
}

static void a_verdict_that_reaches_nobody_is_no_success(void **state)
{
    opsgate_result r;

    (void)state;
    secret = NULL;
    r = judge("opsg-58", NULL, "2021-10-05", true);
    assert_int_equal(r.exit_code, OPSGATE_EXIT_UNDELIVERED);
    assert_non_null(strstr(r.messages, "OPSGATE_SECAS_SECRET, which is not set"));
    opsgate_result_done(&r);
    r = judge("what-if/severity-2-open", NULL, "2021-10-05", true);
    assert_int_equal(r.exit_code, OPSGATE_EXIT_NO_GO);
    opsgate_result_done(&r);
}

static void a_dry_run_shows_the_message_and_no_secret(void **state)
{
    (void)state;
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    opsgate_result r = judge("opsg-58", NULL, "2021-10-05", true);
    assert_int_equal(r.exit_code, OPSGATE_EXIT_GO);
    assert_non_null(strstr(r.messages, "https://hooks.example.org"));
    assert_non_null(strstr(r.messages, "dev.cdeventsx.opsgate-verdict.issued.0.1.0"));
    assert_null(strstr(r.messages, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    opsgate_result_done(&r);
}

static void the_work_tree_cannot_be_posted(void **state)
{
    const opsgate_place place = {.worktree = true};
    const opsgate_assess_request request = {
        .subject = "2021-11", .formats = both, .format_count = 2, .post = true};
    opsgate_result r;

    (void)state;
    opsgate_assess(&settings, &place, &request, &r);
    assert_int_equal(r.exit_code, OPSGATE_EXIT_USAGE);
    assert_int_equal(r.document_count, 0);
    opsgate_result_done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_verdicts_of_one_release),
        cmocka_unit_test(names_a_policy_revision),
        cmocka_unit_test(a_verdict_that_reaches_nobody_is_no_success),
        cmocka_unit_test(a_dry_run_shows_the_message_and_no_secret),
        cmocka_unit_test(the_work_tree_cannot_be_posted),
    };
    return cmocka_run_group_tests(tests, register_up, fixture_down);
}
