/* Lack of memory in everything about reports, through the public header and with a real
 * repository, as test_app_fault.c does for verdicts: each failing allocation is exit code
 * 4, never a pass, and leaves nothing behind. */
#define _GNU_SOURCE /* mkdtemp, setenv */
#include "git_fixture.h"

#include "app_fault.h"

static char register_dir[64];

/* Beside the register as it was at OPSG_58 a branch on which a change goes wrong in many
 * ways at once, and files of a report. */
static int register_up(void **state)
{
    if (fixture_up(state) != 0)
        return -1;
    (void)sh(OPSGATE_SOURCE_DIR "/tools/example-register register");
    snprintf(register_dir, sizeof register_dir, "%s/register", fixture_dir);
    (void)sh(
        "cd register; git checkout -q -b spoilt opsg-58;"
        "sed 's/^version: 2.0.0/version: 1.5.0/' reports/SMKI-11/2.0.0.yaml >new.yaml;"
        "mv new.yaml reports/SMKI-11/1.5.0.yaml;"
        "sed 's/RC-0007/RC-0001/' changes/RC-0007.yaml >changes/RC-0001.yaml;"
        "sed -i 's/cert_state: status/nothing: status/' changes/RC-0007.yaml;"
        "sed -i 's/revoked/lost/; s/title: .*/title: T/' reports/SMKI-11/2.0.0.yaml;"
        "sed -i 's/^recipients: ./&{role: nobody}, /' reports/SMKI-11/2.0.0.yaml;"
        "git rm -q reports/SMKI-11/1.0.0.yaml; git add -A; git commit -q -m spoilt;"
        "sed -i 's/type: datetime/type: dattime/' reports/SMKI-11/2.0.0.yaml;"
        "git commit -q -a -m 'no layout'; git tag no-layout; git checkout -q main;"
        "printf 'device_id,status,issued_at\\r\\n' >SMKI11_20211119.csv;"
        "printf '0123456789ABCDEF,lost,today\\r\\n' >>SMKI11_20211119.csv;"
        "printf 'a;b\\n1;2.5\\n2;x\\n' >table.csv");
    return 0;
}

static const opsgate_settings settings = {.cwd = register_dir, .now_seconds = 1637500000};
static const char *const both[] = {"text", "json"};
static const char *const paths[] = {"SMKI11_20211119.csv"};

static opsgate_result check(const char *range, const char *policy_rev)
{
    const opsgate_place place = {.policy_rev = policy_rev};
    const opsgate_report_check_request request = {
        .range = range, .at = "2021-10-07", .formats = both, .format_count = 2};
    opsgate_result r;
    opsgate_report_check(&settings, &place, &request, &r);
    return r;
}

static opsgate_result spoilt(void)
{
    return check("opsg-58..spoilt~1", NULL);
}

static opsgate_result spoilt_under_a_policy(void)
{
    return check("opsg-58..spoilt~1", "opsg-58");
}

static opsgate_result no_layout(void)
{
    return check("opsg-56..no-layout", "opsg-56");
}

static opsgate_result nothing(void)
{
    return check("opsg-58..opsg-58", NULL);
}

static opsgate_result no_base(void)
{
    return check("nowhere..opsg-58", NULL);
}

static opsgate_result difference(void)
{
    const opsgate_place place = {.rev = "opsg-58"};
    const opsgate_report_diff_request request = {.report = "SMKI-11",
                                                 .from = "1.0.0",
                                                 .to = "2.0.0",
                                                 .formats = both,
                                                 .format_count = 2};
    opsgate_result r;
    opsgate_report_diff(&settings, &place, &request, &r);
    return r;
}

static opsgate_result list(void)
{
    const opsgate_place place = {.rev = "opsg-58"};
    opsgate_result r;
    opsgate_report_list(&settings, &place, "2021-10-07", both, 2, &r);
    return r;
}

static opsgate_result impact(void)
{
    const opsgate_place place = {.rev = "opsg-58", .policy_rev = "opsg-56"};
    const opsgate_report_impact_request request = {
        .party = "UKPN", .at = "2021-10-07", .formats = both, .format_count = 2};
    opsgate_result r;
    opsgate_report_impact(&settings, &place, &request, &r);
    return r;
}

static opsgate_result verify(void)
{
    const opsgate_place place = {.rev = "opsg-58"};
    const opsgate_report_verify_request request = {.report = "SMKI-11",
                                                   .paths = paths,
                                                   .path_count = 1,
                                                   .formats = both,
                                                   .format_count = 2};
    opsgate_result r;
    opsgate_report_verify(&settings, &place, &request, &r);
    return r;
}

static opsgate_result identify(void)
{
    const opsgate_place place = {.rev = "opsg-58"};
    const opsgate_report_identify_request request = {
        .paths = paths, .path_count = 1, .formats = both, .format_count = 2};
    opsgate_result r;
    opsgate_report_identify(&settings, &place, &request, &r);
    return r;
}

static opsgate_result infer(void)
{
    opsgate_result r;
    opsgate_report_infer(&settings, "table.csv", &r);
    return r;
}

/* ---- Each in turn ---- */

static void control(void **state)
{
    (void)state;
    fail_each(spoilt, OPSGATE_EXIT_NO_GO);
    fail_each(spoilt_under_a_policy, OPSGATE_EXIT_NO_GO);
    fail_each(no_layout, OPSGATE_EXIT_NO_GO);
    fail_each(nothing, OPSGATE_EXIT_GO);
    fail_each(no_base, OPSGATE_EXIT_USAGE);
}

static void comparison(void **state)
{
    (void)state;
    fail_each(difference, OPSGATE_EXIT_GO);
    fail_each(list, OPSGATE_EXIT_GO);
    fail_each(impact, OPSGATE_EXIT_GO);
}

static void files(void **state)
{
    (void)state;
    fail_each(verify, OPSGATE_EXIT_NO_GO);
    fail_each(identify, OPSGATE_EXIT_NO_GO);
    fail_each(infer, OPSGATE_EXIT_GO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control),
        cmocka_unit_test(comparison),
        cmocka_unit_test(files),
    };
    return cmocka_run_group_tests(tests, register_up, fixture_down);
}
