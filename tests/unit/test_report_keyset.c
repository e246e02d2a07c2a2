/* Sets of keys: exact through growth, and bounded. */
#include "unit.h"

#include <stdio.h>

#include "report/keyset.h"

static void test_exact(void **state)
{
    keyset set = {0};
    og_error err = {0};
    uint64_t row;
    char key[32];

    (void)state;
    for (int i = 1; i <= 200000; i++) {
        og_str k = {key, (size_t)snprintf(key, sizeof key, "key-%d", i)};
        assert_int_equal(keyset_add(&set, k, (uint64_t)i, &row, &err), 1);
    }
    for (int i = 1; i <= 200000; i += 17) {
        og_str k = {key, (size_t)snprintf(key, sizeof key, "key-%d", i)};
        assert_int_equal(keyset_add(&set, k, 999999, &row, &err), 0);
        assert_int_equal(row, i);
    }
    keyset_done(&set);
}

static void test_any_bytes(void **state)
{
    keyset set = {0};
    og_error err = {0};
    uint64_t row;
    static char long_key[KEYSET_KEY_MAX + 1];

    (void)state;
    assert_int_equal(keyset_add(&set, (og_str){0}, 1, &row, &err), 1);
    assert_int_equal(keyset_add(&set, (og_str){"\0", 1}, 2, &row, &err), 1);
    assert_int_equal(keyset_add(&set, (og_str){"\0\0", 2}, 3, &row, &err), 1);
    assert_int_equal(keyset_add(&set, (og_str){"\0", 1}, 4, &row, &err), 0);
    assert_int_equal(row, 2);
    for (uint64_t i = 0; i < 1000; i++) { /* several chunks, with room left at each end */
        memcpy(long_key, &i, sizeof i);
        assert_int_equal(
            keyset_add(&set, (og_str){long_key, KEYSET_KEY_MAX}, 10 + i, &row, &err), 1);
    }
    for (uint64_t i = 0; i < 1000; i++) {
        memcpy(long_key, &i, sizeof i);
        assert_int_equal(
            keyset_add(&set, (og_str){long_key, KEYSET_KEY_MAX}, 1, &row, &err), 0);
        assert_int_equal(row, 10 + i);
    }
    keyset_add(&set, (og_str){long_key, sizeof long_key}, 1, &row, &err);
    assert_error(&err, OG_E_LIMIT, "too long");
    keyset_done(&set);
}

static void test_bounded(void **state)
{
    keyset set = {.limit = 4 * 1024 * 1024};
    og_error err = {0};
    uint64_t row, i = 0;
    int rc = 1;

    (void)state;
    while (rc == 1 && ++i < 10000000)
        rc = keyset_add(&set, (og_str){(const char *)&i, sizeof i}, i, &row, &err);
    assert_in_range(i, 50000, 250000);
    assert_true(set.used <= set.limit);
    assert_error(&err, OG_E_LIMIT, "unique");
    keyset_done(&set);
}

/* The longest row of slots that are taken: what a look-up may have to walk. */
static size_t longest_run(const keyset *set)
{
    size_t longest = 0, run = 0;

    for (size_t i = 0; i < 2 * set->slot_count; i++) {
        run = set->slots[i % set->slot_count] ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* Keys that fall together in hashes that multiply and shift, whatever these start from:
 * the second word of each pair takes back what the first one did. */
static void test_hostile(void **state)
{
    enum {
        PAIRS = 13,
        ALL = 1 << PAIRS
    };
    keyset set = {.seed = {1, 2}};
    og_error err = {0};
    uint64_t row;

    (void)state;
    for (unsigned i = 0; i < ALL; i++) {
        uint64_t words[2 * PAIRS] = {0};
        for (unsigned p = 0; p < PAIRS; p++)
            if (i >> p & 1) {
                words[2 * p] = UINT64_C(1) << 63;
                words[2 * p + 1] = UINT64_C(1) << 63 | UINT64_C(1) << 31;
            }
        const og_str key = {(const char *)words, sizeof words};
        assert_int_equal(keyset_add(&set, key, i + 1, &row, &err), 1);
    }
    assert_in_range(longest_run(&set), 1, 256);
    keyset_done(&set);
}

static int attempt(void *context)
{
    keyset set = {0};
    og_error err = {0};
    int rc = 1;

    (void)context;
    for (uint64_t i = 1, row; i < 3000 && rc == 1; i++)
        rc = keyset_add(&set, (og_str){(const char *)&i, sizeof i}, i, &row, &err);
    og_error_done(&err);
    keyset_done(&set);
    return rc == 1 ? OG_OK : rc;
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_each(attempt, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact), cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_bounded), cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
