/* Any bytes as a JUnit report: refused with one finding, or counted so that every test is
 * counted once. */
#include <stdlib.h>

#include "model/junit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    og_arena arena = {0};
    og_diags diags = {0};
    og_error err = {0};
    junit_tally tally = {.arena = &arena};
    og_str text = {size ? (const char *)data : "", size};
    int rc = junit_read(&tally, "fuzz.xml", text, &diags, &err);
    const junit_counts *c = &tally.counts;
    check(rc == OG_OK || rc == OG_E_INVALID);
    check(rc == err.code);
    check(diags.errors == (rc == OG_OK ? 0 : 1));
    check(c->tests == c->passed + c->failed + c->errored + c->skipped);
    check(rc == OG_OK || c->tests == 0);
    check((tally.disagreements > 0) == (tally.first_text.n > 0));
    og_error_done(&err);
    og_diags_done(&diags);
    og_arena_done(&arena);
    return 0;
}
