/* Values: making, finding, equality, order, hash, copies. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "value/value.h"

static og_arena arena;

static int set_up(void **state)
{
    (void)state;
    og_arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    og_arena_done(&arena);
    return 0;
}

static og_value str(const char *z)
{
    return og_string(og_str_from(z));
}

static og_value list_of(const og_value *items, size_t n)
{
    og_value v;
    assert_int_equal(og_list_make(&arena, items, n, &v), OG_OK);
    return v;
}

static og_value map_of(const og_value *keys, const og_value *values, size_t n)
{
    og_value v;
    assert_int_equal(og_map_make(&arena, keys, values, n, &v, NULL), OG_OK);
    return v;
}

static void expect_equal(og_value a, og_value b)
{
    assert_true(og_value_equal(a, b));
    assert_true(og_value_equal(b, a));
    assert_int_equal(og_value_order(a, b), 0);
    assert_true(og_value_hash(a) == og_value_hash(b));
}

static void expect_less(og_value a, og_value b)
{
    assert_false(og_value_equal(a, b));
    assert_true(og_value_order(a, b) < 0);
    assert_true(og_value_order(b, a) > 0);
}

static void numbers_compare_across_kinds(void **state)
{
    (void)state;
    expect_equal(og_int(1), og_uint(1));
    expect_equal(og_int(1), og_double(1));
    expect_equal(og_uint(1), og_double(1));
    expect_equal(og_double(0), og_double(-0.0));
    expect_equal(og_int(0), og_double(-0.0));
    expect_equal(og_int(INT64_MIN), og_double(-9223372036854775808.0));
    expect_equal(og_uint(9223372036854775808u), og_double(9223372036854775808.0));
    expect_less(og_int(INT64_MAX), og_double(9223372036854775808.0));
    expect_less(og_uint(UINT64_MAX), og_double(18446744073709551616.0));
    expect_less(og_int(9007199254740992), og_double(9007199254740994.0));
    expect_less(og_double(9007199254740992.0), og_int(9007199254740993));
    expect_less(og_int(-1), og_uint(UINT64_MAX));
    expect_less(og_int(1), og_double(1.5));
    expect_less(og_double(-1.5), og_int(-1));
    expect_less(og_double(-0.5), og_uint(0));
    expect_less(og_double(NAN), og_int(INT64_MIN));
    expect_less(og_double(NAN), og_double(-INFINITY));
    assert_false(og_value_equal(og_double(NAN), og_double(NAN)));
    assert_int_equal(og_value_order(og_double(NAN), og_double(NAN)), 0);
}

static void kinds_do_not_mix(void **state)
{
    (void)state;
    expect_less(og_absent(), og_null());
    expect_less(og_null(), og_bool(false));
    expect_less(og_bool(true), og_int(0));
    expect_less(og_double(1e300), str(""));
    expect_less(str("z"), og_bytes(OG_STR("a")));
    expect_less(og_date_value(0), og_timestamp((og_instant){0, 0}));
    expect_less(og_period(5, OG_WORKING_DAYS), og_period(1, OG_DAYS));
    expect_less(og_period(4, OG_DAYS), og_period(5, OG_DAYS));
    expect_less(og_duration(1, 0), og_duration(1, 500));
    expect_less(og_duration(-1, -5), og_duration(-1, 0));
    expect_less(og_timestamp((og_instant){1, 9}), og_timestamp((og_instant){2, 0}));
    expect_equal(og_period(4, OG_DAYS), og_period(4, OG_DAYS));
}

static void lists_compare(void **state)
{
    (void)state;
    og_value one[] = {og_int(1), str("a")}, two[] = {og_double(1), str("a"), og_null()};
    expect_equal(list_of(one, 2), list_of(two, 2));
    expect_less(list_of(one, 2), list_of(two, 3));
    expect_less(list_of(NULL, 0), list_of(one, 1));
}

static void maps_have_no_order(void **state)
{
    (void)state;
    og_value ab[] = {str("a"), str("b")}, ba[] = {str("b"), str("a")};
    og_value x[] = {og_int(1), og_int(2)}, y[] = {og_int(2), og_int(1)};
    expect_equal(map_of(ab, x, 2), map_of(ba, y, 2));
    expect_less(map_of(ab, x, 2), map_of(ba, x, 2)); /* a: 1 before a: 2 */
    og_value ac[] = {str("a"), str("c")}, big[] = {og_int(1), og_int(0)};
    expect_less(map_of(ab, x, 2), map_of(ac, big, 2)); /* key b before key c */
    expect_less(map_of(ac, big, 1), map_of(ab, x, 2));
}

/* Small maps are searched, large ones hashed: both must behave alike. */
static void maps_find(void **state)
{
    (void)state;
    enum {
        MOST = 300
    };
    static og_value keys[MOST], values[MOST];
    static char names[MOST][16];
    for (int i = 0; i < MOST; i++) {
        snprintf(names[i], sizeof names[i], "k%d", i);
        keys[i] = i % 2 ? str(names[i]) : og_int(i);
        values[i] = og_int(i * 10);
    }
    for (size_t n = 0; n <= MOST; n += n < 12 ? 1 : 96) {
        const og_vmap *m = map_of(keys, values, n).as.map;
        assert_int_equal(m->count, n);
        assert_int_equal(m->index != NULL, n >= 9);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(og_map_find(m, keys[i]).as.i, i * 10);
        assert_int_equal(og_map_find(m, str("none")).kind, OG_ABSENT);
        assert_int_equal(og_map_find(m, og_int(-1)).kind, OG_ABSENT);
        if (n > 2) {
            assert_int_equal(og_map_find(m, og_double(2)).as.i, 20);
            assert_int_equal(og_map_find(m, og_uint(2)).as.i, 20);
            assert_int_equal(og_map_find_str(m, OG_STR("k1")).as.i, 10);
        }
    }
}

/* Keys that all belong into a 32nd of the table: put in order instead. */
static void maps_bound_crafted_keys(void **state)
{
    (void)state;
    enum {
        CRAFTED = 50000
    };
    og_value *keys = malloc(CRAFTED * sizeof *keys), v;
    size_t n = 0, at = 0;
    assert_non_null(keys);
    for (int64_t i = 0; n < CRAFTED; i++) {
        keys[n] = og_int(i);
        n += (og_value_hash(keys[n]) & 0x1f000) == 0;
    }
    clock_t start = clock();
    og_value copy, crafted = map_of(keys, keys, n);
    assert_int_equal(og_value_copy(&arena, crafted, &copy), OG_OK);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(og_map_find(copy.as.map, keys[i]).as.i, keys[i].as.i);
    assert_int_equal(og_map_find(copy.as.map, og_int(-1)).kind, OG_ABSENT);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 1);
    keys[n - 1] = keys[20000];
    keys[n - 2] = keys[10000];
    keys[n - 5] = keys[10000];
    assert_int_equal(og_map_make(&arena, keys, keys, n, &v, &at), OG_E_CONFLICT);
    assert_int_equal(at, n - 5);
    free(keys);
}

static void maps_refuse(void **state)
{
    (void)state;
    og_value keys[20], v;
    for (int i = 0; i < 20; i++)
        keys[i] = og_int(i);
    size_t at = 99;
    keys[7] = og_uint(3);
    assert_int_equal(og_map_make(&arena, keys, keys, 8, &v, &at), OG_E_CONFLICT);
    assert_int_equal(at, 7);
    keys[7] = og_int(7);
    keys[19] = og_int(0);
    assert_int_equal(og_map_make(&arena, keys, keys, 20, &v, &at), OG_E_CONFLICT);
    assert_int_equal(at, 19);
    keys[19] = og_double(0.5);
    assert_int_equal(og_map_make(&arena, keys, keys, 20, &v, &at), OG_E_USAGE);
}

static void objects_are_their_id(void **state)
{
    (void)state;
    og_str names[] = {OG_STR("id"), OG_STR("severity")};
    og_shape shape = {OG_STR("testing_issue"), 2, names};
    og_shape other = {OG_STR("defect"), 2, names};
    og_value f1[] = {str("TI-1"), og_int(1)}, f2[] = {str("TI-1"), og_int(2)};
    og_value f3[] = {str("TI-2"), og_absent()};
    og_object a = {&shape, f1}, b = {&shape, f2}, c = {&shape, f3}, d = {&other, f1};
    expect_equal(og_object_value(&a), og_object_value(&b));
    expect_less(og_object_value(&a), og_object_value(&c));
    expect_less(og_object_value(&d), og_object_value(&a));
    assert_int_equal(og_shape_slot(&shape, OG_STR("severity")), 1);
    assert_int_equal(og_shape_slot(&shape, OG_STR("none")), -1);
    assert_int_equal(og_object_get(&b, OG_STR("severity")).as.i, 2);
    assert_int_equal(og_object_get(&b, OG_STR("none")).kind, OG_ABSENT);
}

static void unknowns_merge(void **state)
{
    (void)state;
    og_value a = og_unknown_make(&arena, OG_STR("issue.workaround"));
    og_value b = og_unknown_make(&arena, OG_STR("defects"));
    og_value ab = og_unknown_merge(&arena, a, b);
    og_value all = og_unknown_merge(&arena, ab, a);
    assert_int_equal(all.as.unknown->count, 2);
    assert_true(og_str_is(all.as.unknown->attributes[0], "defects"));
    assert_true(og_str_is(all.as.unknown->attributes[1], "issue.workaround"));
    assert_false(og_value_equal(a, a));
    assert_int_equal(og_value_order(ab, all), 0);
}

static void faults_format(void **state)
{
    (void)state;
    og_value v = og_fault_make(&arena, "no such key: %s", "x");
    assert_int_equal(v.kind, OG_ERROR);
    assert_true(og_str_is(v.as.fault->message, "no such key: x"));
    assert_false(og_value_equal(v, v));
}

static void periods_parse(void **state)
{
    (void)state;
    og_value v;
    assert_true(og_period_parse(OG_STR("30 working_days"), &v));
    assert_int_equal(v.as.i, 30);
    assert_int_equal(v.unit, OG_WORKING_DAYS);
    assert_true(og_period_parse(OG_STR("1 working_day"), &v));
    assert_true(og_period_parse(OG_STR("1 hours"), &v));
    assert_true(og_period_parse(OG_STR("100000 days"), &v));
    static const char *const wrong[] = {
        "",      "30",      "days",    "30  days", "100001 days", "-1 days", "+1 days",
        "2 day", "1 days ", " 1 days", "1\tdays",  "1 weeks",     "1 "};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(og_period_parse(og_str_from(wrong[i]), &v));
}

static og_value make_everything(og_arena *a)
{
    static og_value keys[10], values[10];
    for (int i = 0; i < 10; i++) {
        keys[i] = og_int(i);
        values[i] = og_double(i + 0.5);
    }
    static const og_value inner = {.kind = OG_STRING, .aux.length = 1, .as.s = "x"};
    og_value optional = {.kind = OG_OPTIONAL, .as.inner = &inner}, map, list;
    og_value none = {.kind = OG_OPTIONAL};
    assert_int_equal(og_map_make(a, keys, values, 10, &map, NULL), OG_OK);
    og_value all[] = {
        og_null(),        og_bool(true), str("text"), og_bytes(OG_STR("\0b")),
        og_date_value(1), optional,      none,        map};
    assert_int_equal(og_list_make(a, all, 8, &list), OG_OK);
    return list;
}

static void copies_stand_alone(void **state)
{
    (void)state;
    og_arena first = {0};
    og_value from = make_everything(&first), copy;
    assert_int_equal(og_value_copy(&arena, from, &copy), OG_OK);
    expect_equal(from, copy);
    og_arena_done(&first); /* what still points there is seen by the sanitizer */
    expect_equal(copy, make_everything(&arena));
    og_value fault = og_fault_make(&arena, "no"), unknown, other;
    unknown = og_unknown_make(&arena, OG_STR("a"));
    assert_int_equal(og_value_copy(&arena, fault, &copy), OG_OK);
    assert_true(og_str_is(copy.as.fault->message, "no"));
    assert_int_equal(og_value_copy(&arena, unknown, &other), OG_OK);
    assert_int_equal(og_value_order(unknown, other), 0);
}

static void out_of_memory_is_told(void **state)
{
    (void)state;
    og_value from = make_everything(&arena);
    size_t needed;
    og_arena a = {0};
    og_value copy;
    assert_int_equal(og_value_copy(&a, from, &copy), OG_OK);
    needed = a.used;
    og_arena_done(&a);
    for (size_t limit = 1; limit < needed; limit += 7) {
        og_arena_init(&a, limit);
        assert_int_equal(og_value_copy(&a, from, &copy), OG_E_NOMEM);
        og_arena_done(&a);
    }
    og_arena_init(&a, 1);
    assert_int_equal(og_unknown_make(&a, OG_STR("x")).kind, OG_ABSENT);
    assert_int_equal(og_fault_make(&a, "x").kind, OG_ABSENT);
    og_arena_done(&a);
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(og_kind_name(OG_ABSENT), "absent");
    assert_string_equal(og_kind_name(OG_PERIOD), "period");
    assert_string_equal(og_kind_name(OG_ERROR), "error");
    assert_string_equal(og_period_unit_name(OG_HOURS), "hours");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_compare_across_kinds),
        cmocka_unit_test(kinds_do_not_mix),
        cmocka_unit_test(lists_compare),
        cmocka_unit_test(maps_have_no_order),
        cmocka_unit_test(maps_find),
        cmocka_unit_test(maps_refuse),
        cmocka_unit_test(maps_bound_crafted_keys),
        cmocka_unit_test(objects_are_their_id),
        cmocka_unit_test(unknowns_merge),
        cmocka_unit_test(faults_format),
        cmocka_unit_test(periods_parse),
        cmocka_unit_test(copies_stand_alone),
        cmocka_unit_test(out_of_memory_is_told),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
