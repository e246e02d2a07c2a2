/* Counting the tests of a JUnit report while expat reads it. Nothing of the text is kept
 * but the name of an open suite, for messages. */
#include "model/junit.h"

#include <expat.h>
#include <limits.h>
#include <stdio.h>
#include <strings.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"

enum {
    NAME_BYTES = 64, /* of a suite's name in messages */
    MOST_CLAIMED =
        1000000000 /* tests that an attribute is believed; sums stay in range */
};

/* Tests, and those of them that failed or have an error. */
typedef struct suite_sum {
    uint64_t tests, bad;
} suite_sum;

/* An open testsuites or testsuite. */
typedef struct suite {
    char name[NAME_BYTES];
    uint32_t line, column;
    bool claims_tests, claims_bad; /* its attributes say how many */
    suite_sum claimed;             /* 0 where they do not */
    suite_sum own;                 /* directly in it */
    suite_sum children;            /* that, and each suite directly in it as one */
    suite_sum all;                 /* below it */
    junit_counts counts;           /* of all below it */
} suite;

typedef struct junit_reader {
    XML_Parser parser;
    junit_tally *tally;
    const char *path;
    og_str text;
    og_diags *diags;
    junit_counts counts; /* of this report */
    uint32_t depth;      /* open elements */
    suite suites[OG_LIMIT_DEPTH];
    uint32_t suite_count;          /* they are the outermost elements, without a gap */
    bool in_case;                  /* the element in the innermost suite is a testcase */
    bool failed, errored, skipped; /* what that testcase holds */
    int rc;                        /* set when the reader stopped the parser */
} junit_reader;

static og_pos here(const junit_reader *r)
{
    return (og_pos){.path = r->path,
                    .line = (uint32_t)XML_GetCurrentLineNumber(r->parser),
                    .column = (uint32_t)XML_GetCurrentColumnNumber(r->parser) + 1};
}

/* The source for the caret, where columns are those of the text. */
static og_str shown_source(const junit_reader *r)
{
    return og_utf8_invalid(r->text) == r->text.n ? r->text : (og_str){NULL, 0};
}

static void refuse(junit_reader *r, const char *code, const char *hint, const char *fmt,
                   const char *name)
{
    if (r->rc != OG_OK)
        return;
    char text[200];
    snprintf(text, sizeof text, fmt, name);
    og_diag *d = og_diags_add(r->diags, OG_LEVEL_ERROR, code, here(r), shown_source(r),
                              "%s", text);
    og_diags_hint(r->diags, d, "%s", hint);
    r->rc = OG_E_INVALID;
    XML_StopParser(r->parser, XML_FALSE);
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}

static bool is_suite(const char *name)
{
    return strcmp(name, "testsuite") == 0 || strcmp(name, "testsuites") == 0;
}

/* ---- Suites ---- */

/* A number in an attribute; false where there is none. */
static bool claim(const char **attributes, const char *name, uint64_t *ret)
{
    const char *text = attribute(attributes, name);
    if (!text || !og_str_to_uint64(og_str_from(text), ret))
        return false;
    if (*ret > MOST_CLAIMED)
        *ret = MOST_CLAIMED;
    return true;
}

static void open_suite(junit_reader *r, const char *element, const char **attributes)
{
    suite *s = &r->suites[r->suite_count++];
    const char *name = attribute(attributes, "name");
    uint64_t failures = 0, errors = 0;
    og_pos pos = here(r);
    *s = (suite){.line = pos.line, .column = pos.column};
    snprintf(s->name, sizeof s->name, "%s", name ? name : element);
    s->name[og_utf8_invalid(og_str_from(s->name))] = '\0'; /* cut in a character */
    s->claims_tests = claim(attributes, "tests", &s->claimed.tests);
    s->claims_bad = claim(attributes, "failures", &failures);
    s->claims_bad = claim(attributes, "errors", &errors) || s->claims_bad;
    s->claimed.bad = failures + errors;
}

static void disagree(junit_reader *r, const suite *s, const char *what, uint64_t claimed,
                     uint64_t found)
{
    junit_tally *t = r->tally;
    if (t->disagreements++ > 0)
        return;
    t->first = (og_pos){.path = r->path, .line = s->line, .column = s->column};
    t->first_text = og_arena_printf(
        t->arena, "suite '%s' says it has %llu %s, and %llu are there", s->name,
        (unsigned long long)claimed, what, (unsigned long long)found);
    if (!t->first_text.p)
        r->rc = OG_E_NOMEM;
}

/* What it claims and does not show: never better than it says itself. */
static void count_hidden(suite *s)
{
    uint64_t bad = s->claimed.bad > s->all.bad ? s->claimed.bad - s->all.bad : 0;
    s->all.bad += bad;
    s->all.tests += bad;
    uint64_t other =
        s->claimed.tests > s->all.tests ? s->claimed.tests - s->all.tests : 0;
    s->all.tests += other;
    s->counts.errored += bad;
    s->counts.skipped += other;
    s->counts.tests += bad + other;
}

static bool is_any_of(uint64_t claimed, uint64_t own, uint64_t children, uint64_t all)
{
    return claimed == own || claimed == children || claimed == all;
}

/* Some writers count the tests directly in a suite, some the suites in it as well, some
 * all tests below it. Which of failures and errors a test is, they do not agree on
 * either. */
static void check_claims(junit_reader *r, suite *s)
{
    const suite_sum *c = &s->claimed;
    bool bad_fits =
        !s->claims_bad || is_any_of(c->bad, s->own.bad, s->children.bad, s->all.bad);
    bool tests_fit = !s->claims_tests ||
                     is_any_of(c->tests, s->own.tests, s->children.tests, s->all.tests);
    if (!bad_fits)
        disagree(r, s, "failures and errors", c->bad, s->all.bad);
    else if (!tests_fit)
        disagree(r, s, "tests", c->tests, s->all.tests);
    if (!bad_fits || !tests_fit)
        count_hidden(s);
}

static void add_counts(junit_counts *to, const junit_counts *more)
{
    to->tests += more->tests;
    to->passed += more->passed;
    to->failed += more->failed;
    to->errored += more->errored;
    to->skipped += more->skipped;
}

static void close_suite(junit_reader *r)
{
    suite *s = &r->suites[--r->suite_count];
    check_claims(r, s);
    if (r->suite_count == 0) {
        r->counts = s->counts;
        return;
    }
    suite *around = &r->suites[r->suite_count - 1];
    add_counts(&around->counts, &s->counts);
    around->all.tests += s->all.tests;
    around->all.bad += s->all.bad;
    around->children.tests++;
    around->children.bad += s->all.bad > 0;
}

/* ---- Tests ---- */

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcasecmp(word, *words) == 0)
            return true;
    return false;
}

/* Writers that say it in an attribute alone: Google Test and CTest for what did not run,
 * others for what failed. */
static void read_status(junit_reader *r, const char *status)
{
    static const char *const failed[] = {"fail", "failed", "failure", NULL};
    static const char *const errored[] = {"error", "errored", "broken", NULL};
    static const char *const skipped[] = {"notrun",  "disabled",  "skipped", "ignored",
                                          "pending", "undefined", NULL};
    r->failed = is_one_of(status, failed);
    r->errored = is_one_of(status, errored);
    r->skipped = is_one_of(status, skipped);
}

static void open_case(junit_reader *r, const char **attributes)
{
    const char *status = attribute(attributes, "status");
    r->in_case = true;
    r->failed = r->errored = r->skipped = false;
    if (status)
        read_status(r, status);
}

/* What stands in a testcase, or directly in a suite that could not run. rerunFailure,
 * flakyFailure and the like tell of other attempts, not of the result. */
static void read_result(junit_reader *r, const char *name)
{
    if (strcmp(name, "failure") == 0)
        r->failed = true;
    else if (strcmp(name, "error") == 0)
        r->errored = true;
    else if (strcmp(name, "skipped") == 0)
        r->skipped = true;
}

static void count_result(junit_reader *r, bool bad, uint64_t *result)
{
    suite *s = &r->suites[r->suite_count - 1];
    suite_sum *const sums[] = {&s->own, &s->children, &s->all};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        sums[i]->tests++;
        sums[i]->bad += bad;
    }
    s->counts.tests++;
    ++*result;
}

/* A test with several results has the worst of them. */
static void close_case(junit_reader *r)
{
    junit_counts *c = &r->suites[r->suite_count - 1].counts;
    r->in_case = false;
    count_result(r, r->failed || r->errored,
                 r->failed    ? &c->failed
                 : r->errored ? &c->errored
                 : r->skipped ? &c->skipped
                              : &c->passed);
}

/* ---- Elements ---- */

static const char *root_hint(const char *name)
{
    static const char *const known[][2] = {
        {"TestRun", "this is Visual Studio's format: convert it, or add a JUnit logger"},
        {"test-run", "this is NUnit's format: convert it, or add a JUnit logger"},
        {"assemblies", "this is xUnit.net's format: convert it, or add a JUnit logger"},
        {"Site", "this is CTest's own format: ctest --output-junit FILE"},
        {"testng-results", "this is TestNG's own format: take its junitreports"},
        {"html", "this is a web page: take the XML that it was made from"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i][0]) == 0)
            return known[i][1];
    return "ask the test runner for a report in JUnit format";
}

static void XMLCALL on_start(void *data, const char *name, const char **attributes)
{
    junit_reader *r = data;
    bool in_suite = r->depth == r->suite_count;
    if (r->rc != OG_OK)
        return;
    if (r->depth >= OG_LIMIT_DEPTH)
        refuse(r, "junit-depth", "100 levels are read", "elements are nested too deep%s",
               "");
    else if (r->depth == 0 && !is_suite(name))
        refuse(r, "junit-root", root_hint(name),
               "the root is '%.60s', not testsuites or testsuite", name);
    else if (in_suite && is_suite(name))
        open_suite(r, name, attributes);
    else if (in_suite && strcmp(name, "testcase") == 0)
        open_case(r, attributes);
    else if (is_suite(name) || strcmp(name, "testcase") == 0)
        refuse(r, "junit-layout", "testcase stands in testsuite, and that in testsuites",
               "'%.60s' stands where no test can be counted", name);
    else if (r->in_case && r->depth == r->suite_count + 1)
        read_result(r, name);
    else if (in_suite && (strcmp(name, "error") == 0 || strcmp(name, "failure") == 0))
        /* Of the suite itself: something was to run and has no result. */
        count_result(r, true, &r->suites[r->suite_count - 1].counts.errored);
    r->depth++;
}

static void XMLCALL on_end(void *data, const char *name)
{
    junit_reader *r = data;
    (void)name;
    if (r->rc != OG_OK)
        return;
    r->depth--;
    if (r->depth < r->suite_count)
        close_suite(r);
    else if (r->in_case && r->depth == r->suite_count)
        close_case(r);
    if (r->rc != OG_OK)
        XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL on_doctype(void *data, const char *name, const char *system,
                               const char *public, int subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)subset;
    refuse(data, "junit-doctype", "no test runner writes one: remove it",
           "a document type declaration%s is not read", "");
}

/* ---- A report ---- */

static int refuse_syntax(junit_reader *r, og_error *err)
{
    enum XML_Error code = XML_GetErrorCode(r->parser);
    if (code == XML_ERROR_NO_MEMORY)
        return og_nomem(err);
    og_diag *d =
        og_diags_add(r->diags, OG_LEVEL_ERROR, "junit-syntax", here(r), shown_source(r),
                     "not well-formed XML: %s", XML_ErrorString(code));
    og_diags_hint(r->diags, d, "%s",
                  code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
                          code == XML_ERROR_UNCLOSED_CDATA_SECTION
                      ? "the file is empty or cut off: did the test run end?"
                      : "write the report again with the test runner");
    return og_fail(err, OG_E_INVALID, "'%s' is not well-formed XML", r->path);
}

static int parse(junit_reader *r, og_error *err)
{
    if (r->text.n > INT_MAX)
        return og_fail(err, OG_E_LIMIT, "'%s' is too large", r->path);
    /* One call for the whole text: an element split over calls would be read again. */
    enum XML_Status status =
        XML_Parse(r->parser, r->text.n ? r->text.p : "", (int)r->text.n, XML_TRUE);
    if (r->rc == OG_E_NOMEM)
        return og_nomem(err);
    if (r->rc != OG_OK)
        return og_fail(err, r->rc, "'%s' is no JUnit report", r->path);
    return status == XML_STATUS_OK ? OG_OK : refuse_syntax(r, err);
}

static void *expat_alloc(size_t size)
{
    return og_alloc(size);
}

int junit_read(junit_tally *tally, const char *path, og_str text, og_diags *diags,
               og_error *err)
{
    const XML_Memory_Handling_Suite memory = {expat_alloc, og_realloc, og_free};
    junit_reader r = {.tally = tally, .path = path, .text = text, .diags = diags};
    r.parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    if (!r.parser)
        return og_nomem(err);
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    int rc = parse(&r, err);
    XML_ParserFree(r.parser);
    if (rc != OG_OK)
        return rc;
    if (r.counts.tests == 0) {
        og_pos pos = {.path = path, .line = 1, .column = 1};
        og_diag *d = og_diags_add(diags, OG_LEVEL_WARNING, "junit-empty", pos,
                                  (og_str){NULL, 0}, "there is no test in this report");
        og_diags_hint(diags, d, "did the test run find its tests?");
    }
    add_counts(&tally->counts, &r.counts);
    return OG_OK;
}
