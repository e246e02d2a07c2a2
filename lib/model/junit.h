/* JUnit XML: how many tests a report counts, and how they went.
 *
 * There is no one format (docs/evidence.md says what each test runner writes). Tests are
 * counted by their elements, each once: failed, errored, skipped, else passed. What a
 * suite says of itself in attributes is held against that. Failures and errors that it
 * claims and does not show count as errored, so that a suite that could not even start
 * never looks clean; further tests that it does not show count as skipped. */
#ifndef OG_MODEL_JUNIT_H
#define OG_MODEL_JUNIT_H

#include "base/diag.h"

typedef struct junit_counts { /* tests == passed + failed + errored + skipped */
    uint64_t tests, passed, failed, errored, skipped;
} junit_counts;

/* Over all reports of a batch. */
typedef struct junit_tally {
    junit_counts counts;
    size_t disagreements; /* suites whose attributes say something else */
    og_pos first;         /* the first of them; its path is borrowed from the caller */
    og_str first_text;    /* what it says and what it holds; in `arena` */
    og_arena *arena;
} junit_tally;

/* Adds one report. The text is XML 1.0 in UTF-8, UTF-16, ISO-8859-1 or US-ASCII. A
 * document type declaration (so every entity of its own), nesting beyond OG_LIMIT_DEPTH,
 * another root than testsuites or testsuite, and a testcase outside a suite are refused;
 * nothing outside the text is ever read. A report without a test is a warning. OG_OK,
 * OG_E_INVALID (one finding; nothing was added), OG_E_NOMEM. */
int junit_read(junit_tally *tally, const char *path, og_str text, og_diags *diags,
               og_error *err);

#endif
