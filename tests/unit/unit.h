/* What every unit test needs: cmocka, assertions on our types, and the loop that makes
 * each allocation fail in turn. */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"

#define assert_str(actual, expected)                         \
    do {                                                     \
        og_str unit_s = (actual);                            \
        const char *unit_z = (expected);                     \
        assert_int_equal(unit_s.n, strlen(unit_z));          \
        if (unit_s.n > 0)                                    \
            assert_memory_equal(unit_s.p, unit_z, unit_s.n); \
    } while (0)

/* The message of err contains `part`; clears err. */
#define assert_error(err, expected_code, part)                                  \
    do {                                                                        \
        assert_int_equal((err)->code, (expected_code));                         \
        if (!strstr(og_error_text(err), (part)))                                \
            fail_msg("'%s' does not contain '%s'", og_error_text(err), (part)); \
        og_error_done(err);                                                     \
    } while (0)

/* Runs attempt(context) with the first, second, third … allocation failing, until none
 * fails. Each failure must be reported as OG_E_NOMEM; attempt frees all it made. Returns
 * how many allocations were made to fail; 0, without a run, where faults are not built
 * in. */
static inline long unit_fail_each(int (*attempt)(void *context), void *context)
{
#ifdef OG_FAULT_INJECTION
    for (long n = 0;; n++) {
        og_mem_fail_at(n);
        int code = attempt(context);
        int failed = og_mem_failed();
        og_mem_fail_at(-1);
        if (!failed) {
            assert_int_equal(code, OG_OK);
            return n;
        }
        if (code != OG_E_NOMEM)
            fail_msg("allocation %ld failed and the result was %d", n, code);
    }
#else
    (void)attempt;
    (void)context;
    return 0;
#endif
}

#ifdef OG_FAULT_INJECTION
#define UNIT_HAS_FAULTS 1
#else
#define UNIT_HAS_FAULTS 0
#endif

#endif
