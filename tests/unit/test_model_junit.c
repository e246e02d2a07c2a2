/* JUnit reports: what real test runners write, what others may, and what is refused. */
#include "base/file.h"
#include "base/limits.h"
#include "model/junit.h"
#include "unit.h"

#include <stdio.h>

typedef struct report {
    og_arena arena;
    og_diags diags;
    og_error err;
    junit_tally tally;
    int rc;
} report;

static void read_text(report *r, og_str text)
{
    *r = (report){.rc = 0};
    r->tally.arena = &r->arena;
    r->rc = junit_read(&r->tally, "r.xml", text, &r->diags, &r->err);
}

static void done(report *r)
{
    og_arena_done(&r->arena);
    og_diags_done(&r->diags);
    og_error_done(&r->err);
}

/* "tests passed failed errored skipped", and " (disagreement)". */
static void expect_counts(og_str text, const char *expected)
{
    report r;
    char shown[300];
    read_text(&r, text);
    if (r.rc != OG_OK)
        fail_msg("%s", r.diags.count ? r.diags.items[0].text.p : og_error_text(&r.err));
    const junit_counts *c = &r.tally.counts;
    int n = snprintf(shown, sizeof shown, "%d %d %d %d %d", (int)c->tests, (int)c->passed,
                     (int)c->failed, (int)c->errored, (int)c->skipped);
    assert_int_equal(c->tests, c->passed + c->failed + c->errored + c->skipped);
    if (r.tally.disagreements)
        snprintf(shown + n, sizeof shown - (size_t)n, " (%u: %.*s)", r.tally.first.line,
                 OG_FMT(r.tally.first_text));
    assert_string_equal(shown, expected);
    done(&r);
}

static void test_runners(void **state)
{
    (void)state;
    static const char *const reports[][2] = {
        {"cmocka", "4 1 2 0 1"},
        {"ctest", "7 2 2 0 3"},
        {"gotestsum", "7 2 4 0 1"},
        {"gtest", "7 3 2 0 2"},
        {"jest",
         "7 4 2 0 1 (3: suite 'arithmetic' says it has 6 tests, and 7 are there)"},
        {"jest-suite-errors",
         "9 4 3 1 1 (3: suite 'arithmetic' says it has 6 tests, and 7 are there)"},
        {"mocha",
         "8 3 3 0 2 (3: suite 'Root Suite' says it has 3 tests, and 2 are there)"},
        {"node", "7 3 2 0 2"},
        {"phpunit", "8 3 1 2 2"},
        {"pytest", "12 4 2 4 2"},
        {"rspec", "6 2 2 0 2"},
        {"surefire", "6 3 1 1 1"},
        {"vitest", "8 3 3 0 2"},
    };
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        char path[500];
        og_buf text = {0};
        og_error err = {0};
        snprintf(path, sizeof path, "%s/tests/data/junit/%s.xml", OPSGATE_SOURCE_DIR,
                 reports[i][0]);
        assert_int_equal(og_file_read(path, OG_LIMIT_FILE, true, &text, &err), OG_OK);
        expect_counts(og_buf_str(&text), reports[i][1]);
        og_buf_done(&text);
    }
}

#define SUITE(attributes, inside) \
    OG_STR("<testsuite name='s' " attributes ">" inside "</testsuite>")

static void test_results(void **state)
{
    (void)state;
    expect_counts(SUITE("", "<testcase/>"), "1 1 0 0 0");
    expect_counts(SUITE("", "<testcase><skipped/><failure/><failure/></testcase>"),
                  "1 0 1 0 0");
    expect_counts(SUITE("", "<testcase><failure/><error/></testcase>"), "1 0 1 0 0");
    expect_counts(SUITE("", "<testcase><error/><skipped/></testcase>"), "1 0 0 1 0");
    expect_counts(SUITE("", "<testcase><system-out><failure/></system-out></testcase>"),
                  "1 1 0 0 0");
    expect_counts(SUITE("", "<properties><error/></properties><testcase/>"), "1 1 0 0 0");
    expect_counts(SUITE("", "<testcase status='Failed'/><testcase status='notrun'/>"
                            "<testcase status='error'/><testcase status='passed'/>"),
                  "4 1 1 1 1");
    expect_counts(SUITE("", "<error message='no database'/>"), "1 0 0 1 0");
    expect_counts(SUITE("", "<testcase name='&amp;&#65;&lt;'/>"), "1 1 0 0 0");
    expect_counts(OG_STR("\xef\xbb\xbf<testsuites><testcase/></testsuites>"),
                  "1 1 0 0 0");
    expect_counts(OG_STR("<?xml version='1.0' encoding='ISO-8859-1'?>"
                         "<testsuite name='\xe9' tests='1'/>"),
                  "1 0 0 0 1 (1: suite '\xc3\xa9' says it has 1 tests, and 0 are there)");
}

/* A suite never looks better than it says it is. */
static void test_claims(void **state)
{
    (void)state;
    expect_counts(SUITE("tests='0' errors='1'", ""),
                  "1 0 0 1 0 (1: suite 's' says it has 1 failures and errors, and 0 are "
                  "there)");
    expect_counts(SUITE("tests='3' failures='1' errors='1'", "<testcase/>"),
                  "3 1 0 2 0 (1: suite 's' says it has 2 failures and errors, and 0 are "
                  "there)");
    expect_counts(SUITE("tests='2'", "<testcase/>"),
                  "2 1 0 0 1 (1: suite 's' says it has 2 tests, and 1 are there)");
    expect_counts(SUITE("failures='0'", "<testcase><failure/></testcase>"),
                  "1 0 1 0 0 (1: suite 's' says it has 0 failures and errors, and 1 are "
                  "there)");
    expect_counts(SUITE("tests='one' failures='-1' errors=''", "<testcase/>"),
                  "1 1 0 0 0");
    expect_counts(SUITE("tests='1' failures='0'",
                        "<testcase/><testsuite tests='1' failures='1'>"
                        "<testcase><failure/></testcase></testsuite>"),
                  "2 1 1 0 0");
    expect_counts(SUITE("tests='2' failures='1'",
                        "<testcase/><testsuite tests='1' failures='1'>"
                        "<testcase><failure/></testcase></testsuite>"),
                  "2 1 1 0 0");
    expect_counts(OG_STR("<testsuites errors='1'><testsuite errors='1'/></testsuites>"),
                  "1 0 0 1 0 (1: suite 'testsuite' says it has 1 failures and errors, "
                  "and 0 are there)");
    expect_counts(
        SUITE("tests='99999999999999999999' failures='18446744073709551615'", ""),
        "1000000000 0 0 1000000000 0 (1: suite 's' says it has 1000000000 "
        "failures and errors, and 0 are there)");
}

static void expect_refused(og_str text, const char *expected)
{
    report r;
    char shown[300];
    read_text(&r, text);
    assert_int_equal(r.rc, OG_E_INVALID);
    assert_int_equal(r.diags.count, 1);
    const og_diag *d = &r.diags.items[0];
    snprintf(shown, sizeof shown, "%u:%u: %.*s [%s]", d->pos.line, d->pos.column,
             OG_FMT(d->text), d->code);
    assert_string_equal(shown, expected);
    assert_true(d->hint.n > 0);
    assert_int_equal(r.tally.counts.tests, 0);
    done(&r);
}

static void test_refused(void **state)
{
    (void)state;
    expect_refused(OG_STR(""),
                   "1:1: not well-formed XML: no element found [junit-syntax]");
    expect_refused(OG_STR("<testsuite>\n <testcase>\n</testsuite>"),
                   "3:3: not well-formed XML: mismatched tag [junit-syntax]");
    expect_refused(OG_STR("<testsuite><testcase/>"),
                   "1:23: not well-formed XML: no element found [junit-syntax]");
    expect_refused(OG_STR("<testsuite/><testsuite/>"),
                   "1:13: not well-formed XML: junk after document element "
                   "[junit-syntax]");
    expect_refused(OG_STR("<testsuite>&nbsp;</testsuite>"),
                   "1:12: not well-formed XML: undefined entity [junit-syntax]");
    expect_refused(OG_STR("<testsuite name='\xff'/>"),
                   "1:18: not well-formed XML: not well-formed (invalid token) "
                   "[junit-syntax]");
    expect_refused(OG_STR("<testsuite a='1' a='2'/>"),
                   "1:18: not well-formed XML: duplicate attribute [junit-syntax]");
    expect_refused(OG_STR("<?xml version='1.0' encoding='EBCDIC'?><testsuite/>"),
                   "1:31: not well-formed XML: unknown encoding [junit-syntax]");
    expect_refused(OG_STR("{\"tests\": 1}"),
                   "1:1: not well-formed XML: not well-formed (invalid token) "
                   "[junit-syntax]");
    expect_refused(OG_STR("<!DOCTYPE testsuite SYSTEM 'file:///etc/passwd'><testsuite/>"),
                   "1:48: a document type declaration is not read [junit-doctype]");
    expect_refused(
        OG_STR("<!DOCTYPE b [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;&a;'>]>\n"
               "<testsuite name='&b;'/>"),
        "1:13: a document type declaration is not read [junit-doctype]");
    expect_refused(OG_STR("\n <html/>"),
                   "2:2: the root is 'html', not testsuites or testsuite [junit-root]");
    expect_refused(OG_STR("<testcase/>"),
                   "1:1: the root is 'testcase', not testsuites or testsuite "
                   "[junit-root]");
    expect_refused(SUITE("", "<group><testcase/></group>"),
                   "1:29: 'testcase' stands where no test can be counted [junit-layout]");
    expect_refused(SUITE("", "<testcase><testsuite/></testcase>"),
                   "1:32: 'testsuite' stands where no test can be counted "
                   "[junit-layout]");
}

static void test_depth(void **state)
{
    (void)state;
    og_buf text = {0};
    for (unsigned i = 0; i < OG_LIMIT_DEPTH; i++)
        og_buf_puts(&text, "<testsuite>");
    for (unsigned i = 0; i < OG_LIMIT_DEPTH; i++)
        og_buf_puts(&text, "</testsuite>");
    expect_counts(og_buf_str(&text), "0 0 0 0 0");
    og_buf_clear(&text);
    for (unsigned i = 0; i < 100000; i++)
        og_buf_puts(&text, "<testsuite>");
    expect_refused(og_buf_str(&text),
                   "1:1101: elements are nested too deep [junit-depth]");
    og_buf_done(&text);
}

static void test_nothing_found(void **state)
{
    (void)state;
    report r;
    read_text(&r, OG_STR("<testsuites/>"));
    assert_int_equal(r.rc, OG_OK);
    assert_int_equal(r.diags.warnings, 1);
    assert_string_equal(r.diags.items[0].code, "junit-empty");
    done(&r);
}

static int read_once(void *context)
{
    report r;
    read_text(&r, *(const og_str *)context);
    int rc = r.diags.failed ? r.diags.failed : r.rc;
    done(&r);
    return rc;
}

static void test_faults(void **state)
{
    (void)state;
    og_str text = SUITE("tests='2'", "<testcase a='&amp;'/><x><![CDATA[y]]></x>");
    assert_true(unit_fail_each(read_once, &text) > 10 || !UNIT_HAS_FAULTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runners), cmocka_unit_test(test_results),
        cmocka_unit_test(test_claims),  cmocka_unit_test(test_refused),
        cmocka_unit_test(test_depth),   cmocka_unit_test(test_nothing_found),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
