/* Heap, arenas, buffers, maps and errors. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "unit.h"

static void arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    og_arena a = {0};
    for (size_t size = 1; size < 2000000; size = size * 3 + 1) {
        unsigned char *p = og_arena_alloc(&a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, size);
    }
    og_arena_reset(&a);
    unsigned char *again = og_arena_alloc(&a, 100);
    assert_int_equal(again[99], 0);
    og_arena_done(&a);
    assert_non_null(og_arena_alloc(&a, 0));
    og_arena_done(&a);
}

static void arena_stops_at_its_limit(void **state)
{
    (void)state;
    og_arena a;
    og_arena_init(&a, 1000);
    assert_non_null(og_arena_alloc(&a, 900));
    assert_null(og_arena_alloc(&a, 200));
    assert_null(og_arena_alloc(&a, SIZE_MAX));
    assert_null(og_arena_array(&a, SIZE_MAX / 2, 4));
    assert_null(og_arena_str(&a, (og_str){"", SIZE_MAX}).p);
    og_arena_done(&a);
}

static void arena_formats_and_copies(void **state)
{
    (void)state;
    og_arena a = {0};
    og_str s = og_arena_printf(&a, "%d-%s", 7, "x");
    assert_str(s, "7-x");
    assert_int_equal(s.p[s.n], 0);
    assert_str(og_arena_str(&a, OG_STR("abc")), "abc");
    assert_non_null(og_arena_str(&a, (og_str){NULL, 0}).p);
    og_arena_done(&a);
}

static void buffer_grows_and_terminates(void **state)
{
    (void)state;
    og_buf b = {0};
    for (int i = 0; i < 1000; i++)
        og_buf_printf(&b, "%d,", i);
    assert_int_equal(b.failed, 0);
    assert_int_equal(b.n, 10 * 2 + 90 * 3 + 900 * 4);
    assert_int_equal(strlen(b.p), b.n);
    og_buf_clear(&b);
    og_buf_put(&b, (og_str){NULL, 0});
    og_buf_putc(&b, '\0');
    og_buf_puts(&b, "x");
    assert_int_equal(b.n, 2);
    og_buf_done(&b);
}

static void buffer_keeps_its_first_failure(void **state)
{
    (void)state;
    og_error err = {0};
    og_buf b = {.limit = 10};
    og_buf_puts(&b, "0123456789");
    assert_int_equal(og_buf_check(&b, &err), OG_OK);
    og_buf_putc(&b, 'x');
    og_buf_clear(&b);
    og_buf_puts(&b, "short");
    assert_str(og_buf_str(&b), "short");
    og_buf_puts(&b, "too long now");
    og_buf_puts(&b, "x");
    assert_str(og_buf_str(&b), "short");
    assert_int_equal(og_buf_check(&b, &err), OG_E_LIMIT);
    assert_error(&err, OG_E_LIMIT, "10 bytes");
    assert_null(og_buf_grow(&b, SIZE_MAX));
    og_buf_done(&b);
}

static void shown_text_cannot_mislead(void **state)
{
    (void)state;
    og_buf b = {0};
    size_t columns = og_buf_put_shown(
        &b, OG_STR("a\tb\x1b[2J\n\xff\xe2\x80\xa8\xc3\xa9\xe4\xb8\xad\x7f\xc2\x85"));
    assert_str(og_buf_str(&b),
               "a\\tb\\x1b[2J\\n\\xff\\u{2028}\xc3\xa9\xe4\xb8\xad\\x7f\\u{85}");
    assert_int_equal(columns, 4 + 4 + 3 + 2 + 4 + 8 + 1 + 2 + 4 + 6);
    og_buf_clear(&b);
    char reorder[] = {(char)0xe2, (char)0x80, (char)0xae};
    og_buf_put_shown(&b, (og_str){reorder, sizeof reorder});
    assert_str(og_buf_str(&b), "\\u{202e}");
    og_buf_clear(&b);
    og_buf_put_shown(&b, OG_STR("MP1\xe2\x80\x8b"
                                "05\xc2\xad\xf3\xa0\x81\x81\xef\xbb\xbf"));
    assert_str(og_buf_str(&b), "MP1\\u{200b}05\\u{ad}\\u{e0041}\\u{feff}");
    og_buf_done(&b);
}

enum {
    CRAFTED = 50000
};

/* Seconds that adding, finding again and missing takes for keys in `text`, 16 bytes each.
 */
static double time_of_map(const char *text)
{
    og_arena a = {0};
    og_map m;
    clock_t start = clock();
    og_map_init(&m, &a);
    for (size_t i = 0; i < CRAFTED; i++) {
        og_str key = {text + 16 * i, 16};
        assert_int_equal(og_map_add(&m, key, (void *)key.p), 1);
    }
    for (size_t i = 0; i < CRAFTED; i++) {
        og_str key = {text + 16 * i, 16};
        assert_ptr_equal(og_map_get(&m, key), key.p);
        assert_int_equal(og_map_add(&m, key, &m), 0);
        assert_null(og_map_get(&m, (og_str){key.p, 15}));
        assert_ptr_equal(m.entries[i].key.p, key.p);
    }
    og_arena_done(&a);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Keys that all belong into a 32nd of the table: linear probing alone would compare each
 * with thousands of others. */
static void map_bounds_crafted_keys(void **state)
{
    (void)state;
    char *crafted = malloc(16 * CRAFTED + 1), *plain = malloc(16 * CRAFTED + 1);
    size_t n = 0;
    assert_non_null(crafted);
    assert_non_null(plain);
    for (uint32_t i = 0; n < CRAFTED; i++) {
        char *key = crafted + 16 * n;
        snprintf(key, 17, "key-%012u", i);
        n += (og_str_hash((og_str){key, 16}) & 0x1f000) == 0;
    }
    for (size_t i = 0; i < CRAFTED; i++)
        snprintf(plain + 16 * i, 17, "key-%012zu", i);
    double usual = time_of_map(plain), taken = time_of_map(crafted);
    if (taken > 40 * usual + 0.1)
        fail_msg("crafted keys took %.3f s, others %.3f s", taken, usual);
    free(crafted);
    free(plain);
}

static void map_keeps_order_and_refuses_twice(void **state)
{
    (void)state;
    static int values[5000];
    og_arena a = {0};
    og_map m;
    og_map_init(&m, &a);
    assert_null(og_map_get(&m, OG_STR("none")));
    for (int i = 0; i < 5000; i++) {
        og_str key = og_arena_printf(&a, "key-%d", i);
        assert_int_equal(og_map_add(&m, key, &values[i]), 1);
        assert_int_equal(og_map_add(&m, key, &values[0]), 0);
    }
    assert_int_equal(m.count, 5000);
    assert_str(m.entries[4321].key, "key-4321");
    assert_ptr_equal(og_map_get(&m, OG_STR("key-77")), &values[77]);
    assert_null(og_map_get(&m, OG_STR("key-5000")));
    og_arena_done(&a);
}

static void errors_wrap_from_the_outside(void **state)
{
    (void)state;
    og_error err = {0};
    assert_int_equal(og_fail(&err, OG_E_LIMIT, "blob is %d MB, limit %d MB", 80, 16),
                     OG_E_LIMIT);
    assert_int_equal(og_wrap(&err, "read '%s'", "a.yaml"), OG_E_LIMIT);
    assert_string_equal(og_error_text(&err), "read 'a.yaml': blob is 80 MB, limit 16 MB");
    og_error_done(&err);
    assert_int_equal(og_fail_os(&err, OG_E_IO, 2, "open '%s'", "x"), OG_E_IO);
    assert_string_equal(og_error_text(&err), "open 'x': No such file or directory");
    og_error_done(&err);
    assert_int_equal(og_nomem(&err), OG_E_NOMEM);
    assert_string_equal(og_error_text(&err), "out of memory");
    assert_int_equal(og_wrap(&err, "load"), OG_E_NOMEM);
    assert_string_equal(og_error_text(&err), "load: out of memory");
    og_error_done(&err);
    assert_int_equal(og_fail(NULL, OG_E_IO, "x"), OG_E_IO);
}

static void error_survives_without_memory(void **state)
{
    (void)state;
#ifdef OG_FAULT_INJECTION
    og_error err = {0};
    og_mem_fail_at(0);
    assert_int_equal(og_fail(&err, OG_E_CONFLICT, "something"), OG_E_NOMEM);
    assert_int_equal(err.code, OG_E_NOMEM);
    assert_string_equal(og_error_text(&err), "out of memory");
    og_error_done(&err);
    og_fail(&err, OG_E_CONFLICT, "something");
    og_mem_fail_at(1);
    og_wrap(&err, "while");
    assert_string_equal(og_error_text(&err), "something");
    og_mem_fail_at(-1);
    og_error_done(&err);
#else
    skip();
#endif
}

/* Many keys that want one slot, so that most of them go elsewhere. */
static int build_crowd(void *context)
{
    (void)context;
    og_arena a = {0};
    og_map m;
    int code = OG_OK, added = 0;
    og_map_init(&m, &a);
    for (unsigned i = 0; code == OG_OK && added < 100; i++) {
        char text[16];
        og_str key = {text, (size_t)snprintf(text, sizeof text, "%u", i)};
        if ((og_str_hash(key) & 0xff) != 0)
            continue;
        key = og_arena_str(&a, key);
        code = key.p && og_map_add(&m, key, &a) == 1 ? OG_OK : OG_E_NOMEM;
        added++;
    }
    if (code == OG_OK)
        assert_true(m.crowd_count > 0);
    og_arena_done(&a);
    return code;
}

static int build_everything(void *context)
{
    (void)context;
    og_error err = {0};
    og_arena a = {0};
    og_buf b = {0};
    og_map m;
    int code = OG_OK;
    og_map_init(&m, &a);
    for (int i = 0; i < 40 && code == OG_OK; i++) {
        og_str key = og_arena_printf(&a, "%d", i);
        code = key.p && og_map_add(&m, key, &a) == 1 ? OG_OK : OG_E_NOMEM;
        og_buf_printf(&b, "%600d", i);
    }
    if (code == OG_OK && !og_arena_array(&a, 300000, 8))
        code = OG_E_NOMEM;
    char *copy = og_strndup("abc", 3);
    if (!copy)
        code = OG_E_NOMEM;
    og_free(copy);
    if (code == OG_OK)
        code = og_buf_check(&b, &err);
    og_error_done(&err);
    og_buf_done(&b);
    og_arena_done(&a);
    return code;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    if (!UNIT_HAS_FAULTS)
        skip();
    assert_true(unit_fail_each(build_everything, NULL) > 50);
    assert_true(unit_fail_each(build_crowd, NULL) > 100);
}

static int attempt_table(void *context)
{
    const size_t *size = context;
    char *table = og_alloc_table(*size);
    int rc = table ? OG_OK : OG_E_NOMEM;

    for (size_t i = 0; table && i < *size; i += 997)
        assert_int_equal(table[i], 0);
    if (table)
        memset(table, 1, *size);
    og_free(table);
    return rc;
}

/* Zeroed, also where the memory was used before. */
static void tables(void **state)
{
    size_t sizes[] = {0, 1000, 5000000, 4 << 20, 8 << 20};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        attempt_table(&sizes[i]);
        unit_fail_each(attempt_table, &sizes[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_stops_at_its_limit),
        cmocka_unit_test(arena_formats_and_copies),
        cmocka_unit_test(buffer_grows_and_terminates),
        cmocka_unit_test(buffer_keeps_its_first_failure),
        cmocka_unit_test(shown_text_cannot_mislead),
        cmocka_unit_test(map_keeps_order_and_refuses_twice),
        cmocka_unit_test(map_bounds_crafted_keys),
        cmocka_unit_test(errors_wrap_from_the_outside),
        cmocka_unit_test(error_survives_without_memory),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
