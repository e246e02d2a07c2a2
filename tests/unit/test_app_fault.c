/* Lack of memory, through the public header and with a real repository: each use case
 * over the example register is run with its first, second, third … allocation failing.
 * Each failure is exit code 4, never a pass, and leaks nothing (the sanitizers tell); an
 * undisturbed run afterwards gives what it gave before. What lies between files and text
 * is gone through more closely in test_render_fault.c. */
#define _GNU_SOURCE /* mkdtemp, setenv */
#include "git_fixture.h"

#include "app_fault.h"
#include "base/file.h"

static char register_dir[64];

static int register_up(void **state)
{
    if (fixture_up(state) != 0)
        return -1;
    (void)sh(OPSGATE_SOURCE_DIR "/tools/example-register register");
    snprintf(register_dir, sizeof register_dir, "%s/register", fixture_dir);
    (void)sh("git clone -q register drafts; cd drafts; git checkout -q opsg-58;"
             "sed -i 's/severity > 2/severty > 2/' criteria/live_services.yaml;"
             "sed -i 's/cycle: /cicle: /' releases/2021-11.yaml; echo '[' >actions.yaml;"
             "touch evidence/left.csv; ln -s ../meetings.yaml minutes/link.yaml");
    (void)sh("ssh-keygen -q -t ed25519 -N '' -f key; (printf 'a@example.invalid '; "
             "cat key.pub) >signers; printf 'device_id,status,issued_at\\r\\n"
             "0123456789ABCDEF,revoked,\\r\\n' >SMKI11_20211120.csv");
    return 0;
}

static const char *lookup(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "OPSGATE_SECAS_SECRET") == 0
               ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
               : NULL;
}

static const opsgate_settings settings = {
    .cwd = register_dir, .now_seconds = 1633474800, .lookup = lookup};
static const char *const both[] = {"text", "json"};

/* ---- Use cases ---- */

static opsgate_result judge(const char *rev, const char *policy_rev, const char *at,
                            const char *criterion)
{
    const opsgate_place place = {.rev = rev, .policy_rev = policy_rev};
    const opsgate_assess_request request = {.subject = "2021-11",
                                            .gate = "assessment",
                                            .at = at,
                                            .formats = both,
                                            .format_count = 2,
                                            .post = !criterion,
                                            .dry_run = true};
    opsgate_result r;
    if (criterion)
        opsgate_explain(&settings, &place, &request, criterion, &r);
    else
        opsgate_assess(&settings, &place, &request, &r);
    return r;
}

static opsgate_result go(void)
{
    return judge("opsg-58", "main", "2021-10-05", NULL);
}

static opsgate_result no_go(void)
{
    return judge("what-if/severity-2-open", NULL, "2021-10-05", NULL);
}

static opsgate_result explanation(void)
{
    return judge("what-if/severity-2-open", "main", "2021-10-05", "LSC-07");
}

static opsgate_result no_such_release(void)
{
    const opsgate_place place = {.rev = "opsg-58"};
    const opsgate_assess_request request = {.subject = "2021-12"};
    opsgate_result r;
    opsgate_assess(&settings, &place, &request, &r);
    return r;
}

static opsgate_result no_such_revision(void)
{
    return judge("opsg-59", NULL, NULL, NULL);
}

static opsgate_result findings(void)
{
    const opsgate_place place = {.repo = "../drafts", .worktree = true};
    opsgate_result r;
    opsgate_lint(&settings, &place, "2021-10-05", both, 2, &r);
    return r;
}

static opsgate_result no_findings(void)
{
    const opsgate_place place = {.rev = "opsg-58", .policy_rev = "main"};
    opsgate_result r;
    opsgate_lint(&settings, &place, "2021-10-05", both, 2, &r);
    return r;
}

static opsgate_result cases(void)
{
    const opsgate_place place = {.rev = "opsg-58"};
    opsgate_result r;
    opsgate_test(&settings, &place, &r);
    return r;
}

static opsgate_result status(void)
{
    const opsgate_place place = {.rev = "opsg-58"};
    opsgate_result r;
    opsgate_status(&settings, &place, "2021-10-05", both, 2, &r);
    return r;
}

static opsgate_result schema(void)
{
    const opsgate_place place = {.rev = "opsg-58"};
    opsgate_result r;
    opsgate_schema(&settings, &place, "register", &r);
    return r;
}

static opsgate_result export(void)
{
    const opsgate_place place = {0};
    const opsgate_report_export_request request = {.party = "ENWL", .at = "2021-10-05"};
    opsgate_result r;
    opsgate_report_export(&settings, &place, &request, &r);
    return r;
}

static opsgate_result export_signed(void)
{
    const opsgate_place place = {0};
    const opsgate_report_export_request request = {.at = "2021-10-05", .sign = "../key"};
    opsgate_result r;
    opsgate_report_export(&settings, &place, &request, &r);
    return r;
}

static const char *const file[] = {"../SMKI11_20211120.csv"};

static opsgate_result verify_by_bundle(void)
{
    const opsgate_place place = {0};
    const opsgate_report_verify_request request = {.report = "SMKI-11",
                                                   .paths = file,
                                                   .path_count = 1,
                                                   .bundle = "../bundle",
                                                   .signers = "../signers",
                                                   .formats = both,
                                                   .format_count = 2};
    opsgate_result r;
    opsgate_report_verify(&settings, &place, &request, &r);
    return r;
}

static opsgate_result identify_by_bundle(void)
{
    const opsgate_place place = {0};
    const opsgate_report_identify_request request = {.paths = file,
                                                     .path_count = 1,
                                                     .bundle = "../bundle",
                                                     .formats = both,
                                                     .format_count = 2};
    opsgate_result r;
    opsgate_report_identify(&settings, &place, &request, &r);
    return r;
}

/* ---- Each in turn ---- */

static void verdicts(void **state)
{
    (void)state;
    fail_each(go, OPSGATE_EXIT_GO);
    fail_each(no_go, OPSGATE_EXIT_NO_GO);
    fail_each(explanation, OPSGATE_EXIT_GO);
}

static void what_is_not_there(void **state)
{
    (void)state;
    fail_each(no_such_release, OPSGATE_EXIT_USAGE);
    fail_each(no_such_revision, OPSGATE_EXIT_USAGE);
}

static void lint_and_test(void **state)
{
    (void)state;
    fail_each(findings, OPSGATE_EXIT_INVALID);
    fail_each(no_findings, OPSGATE_EXIT_GO);
    fail_each(cases, OPSGATE_EXIT_GO);
}

static void the_whole_register(void **state)
{
    (void)state;
    fail_each(status, OPSGATE_EXIT_GO);
    fail_each(schema, OPSGATE_EXIT_GO);
}

static void bundles(void **state)
{
    og_error err = {0};

    (void)state;
    fail_each(export, OPSGATE_EXIT_GO);
    fail_each(export_signed, OPSGATE_EXIT_GO);
    opsgate_result r = export_signed();
    assert_int_equal(r.document_count, 1);
    assert_int_equal(
        og_file_write("bundle", (og_str){r.documents[0].text, r.documents[0].size}, &err),
        OG_OK);
    opsgate_result_done(&r);
    fail_each(verify_by_bundle, OPSGATE_EXIT_GO);
    fail_each(identify_by_bundle, OPSGATE_EXIT_GO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bundles),
        cmocka_unit_test(verdicts),
        cmocka_unit_test(what_is_not_there),
        cmocka_unit_test(lint_and_test),
        cmocka_unit_test(the_whole_register),
    };
    return cmocka_run_group_tests(tests, register_up, fixture_down);
}
