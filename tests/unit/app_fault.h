/* A use case of the public header, run with its first, second, third … allocation
 * failing. */
#ifndef TEST_APP_FAULT_H
#define TEST_APP_FAULT_H

#include "unit.h"

#include "opsgate/opsgate.h"

typedef opsgate_result use_case(void);

static inline void same_text(const char *a, const char *b)
{
    assert_string_equal(a ? a : "", b ? b : "");
}

static inline void same_result(const opsgate_result *a, const opsgate_result *b)
{
    assert_int_equal(a->exit_code, b->exit_code);
    same_text(a->messages, b->messages);
    same_text(a->summary, b->summary);
    assert_int_equal(a->document_count, b->document_count);
    for (size_t i = 0; i < a->document_count; i++) {
        assert_int_equal(a->documents[i].size, b->documents[i].size);
        same_text(a->documents[i].text, b->documents[i].text);
    }
}

/* What is not there may still be said to be missing: og_wrap rather loses context than
 * the message. */
static inline bool is_reported(opsgate_exit code, opsgate_exit undisturbed)
{
    return code == OPSGATE_EXIT_UNDECIDED ||
           (code == undisturbed && undisturbed == OPSGATE_EXIT_USAGE);
}

/* false: no allocation failed, because the use case makes no more than n. */
static inline bool fail_at(use_case *run, opsgate_exit undisturbed, long n)
{
    og_mem_fail_at(n);
    opsgate_result r = run();
    bool failed = og_mem_failed();
    og_mem_fail_at(-1);
    if (failed && !is_reported(r.exit_code, undisturbed))
        fail_msg("allocation %ld failed: exit code %d, %s", n, (int)r.exit_code,
                 r.summary ? r.summary : "no summary");
    opsgate_result_done(&r);
    return failed;
}
/* Each of the first EVERY allocations, then one in STRIDE, a prime, and each of the last:
 * a run takes tens of milliseconds, and most of its allocations are those of
 * test_render_fault.c. */
enum {
    EVERY = 100,
    STRIDE = 251
};

static inline void fail_each(use_case *run, opsgate_exit expected)
{
    opsgate_result before = run();
    long n = 0;
    assert_int_equal(before.exit_code, expected);
    while (fail_at(run, expected, n))
        n += n < EVERY ? 1 : STRIDE;
    for (long last = n > EVERY ? n - STRIDE : 0; fail_at(run, expected, last); last++)
        ;
    assert_true(n > 0);
    opsgate_result after = run();
    same_result(&before, &after);
    opsgate_result_done(&before);
    opsgate_result_done(&after);
}

#endif
