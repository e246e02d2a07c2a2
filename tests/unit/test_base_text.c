/* Strings and UTF-8. */
#include "base/str.h"
#include "base/utf8.h"
#include "unit.h"

static void strings_compare_bytewise(void **state)
{
    (void)state;
    assert_true(og_str_cmp(OG_STR("a"), OG_STR("b")) < 0);
    assert_true(og_str_cmp(OG_STR("a"), OG_STR("ab")) < 0);
    assert_true(og_str_cmp(OG_STR("\xff"), OG_STR("a")) > 0);
    assert_int_equal(og_str_cmp((og_str){NULL, 0}, OG_STR("")), 0);
    assert_true(og_str_eq((og_str){NULL, 0}, OG_STR("")));
    assert_true(og_str_starts(OG_STR("abc"), OG_STR("ab")));
    assert_false(og_str_starts(OG_STR("a"), OG_STR("ab")));
    assert_true(og_str_ends(OG_STR("a.yaml"), OG_STR(".yaml")));
    assert_false(og_str_ends(OG_STR("yaml"), OG_STR(".yaml")));
}

static void slices_are_clamped(void **state)
{
    (void)state;
    assert_str(og_str_slice(OG_STR("abcdef"), 2, 4), "cd");
    assert_str(og_str_slice(OG_STR("abc"), 2, 99), "c");
    assert_str(og_str_slice(OG_STR("abc"), 9, 99), "");
    assert_str(og_str_trim(OG_STR(" \t a b \r\n")), "a b");
    assert_str(og_str_trim(OG_STR("  ")), "");
    assert_int_equal(og_str_find(OG_STR("a,b"), ','), 1);
    assert_int_equal(og_str_find(OG_STR("ab"), ','), 2);
}

static void numbers_are_read_strictly(void **state)
{
    (void)state;
    int64_t i;
    uint64_t u;
    assert_true(og_str_to_int64(OG_STR("-9223372036854775808"), &i) && i == INT64_MIN);
    assert_true(og_str_to_int64(OG_STR("+9223372036854775807"), &i) && i == INT64_MAX);
    assert_true(og_str_to_int64(OG_STR("-0"), &i) && i == 0);
    assert_false(og_str_to_int64(OG_STR("9223372036854775808"), &i));
    assert_false(og_str_to_int64(OG_STR("-9223372036854775809"), &i));
    assert_true(og_str_to_uint64(OG_STR("18446744073709551615"), &u) && u == UINT64_MAX);
    assert_false(og_str_to_uint64(OG_STR("18446744073709551616"), &u));
    const char *const bad[] = {"",    "-",  "+",  "--1", "-+1",
                               "+-1", " 1", "1 ", "1.0", "0x1"};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        assert_false(og_str_to_int64(og_str_from(bad[k]), &i));
        assert_false(og_str_to_uint64(og_str_from(bad[k]), &u));
    }
    assert_false(og_str_to_uint64(OG_STR("-1"), &u));
}

static void nearest_word_is_found(void **state)
{
    (void)state;
    const og_str words[] = {OG_STR("severity"), OG_STR("state"), OG_STR("owner")};
    assert_int_equal(og_str_distance(OG_STR("kitten"), OG_STR("sitting"), 5), 3);
    assert_int_equal(og_str_distance(OG_STR("kitten"), OG_STR("sitting"), 2), 3);
    assert_int_equal(og_str_distance(OG_STR(""), OG_STR("abc"), 9), 3);
    assert_int_equal(og_str_distance(OG_STR("OPSG_85"), OG_STR("OPSG_58"), 3), 1);
    assert_int_equal(og_str_distance(OG_STR("abcd"), OG_STR("badc"), 3), 2);
    assert_str(og_str_nearest(OG_STR("severty"), words, 3), "severity");
    assert_str(og_str_nearest(OG_STR("stat"), words, 3), "state");
    assert_str(og_str_nearest(OG_STR("xyz"), words, 3), "");
    assert_str(og_str_nearest(OG_STR("st"), words, 3), "");
    char longest[100] = {0};
    assert_str(og_str_nearest((og_str){longest, 100}, words, 3), "");
}

static void hash_spreads(void **state)
{
    (void)state;
    assert_true(og_str_hash(OG_STR("a")) != og_str_hash(OG_STR("b")));
    assert_true((og_str_hash(OG_STR("a1")) ^ og_str_hash(OG_STR("a2"))) >> 40);
}

static void every_code_point_goes_round(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x110000; c++) {
        char bytes[4];
        uint32_t back;
        unsigned n = og_utf8_encode(c, bytes);
        if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
            assert_int_equal(n, 0);
            continue;
        }
        assert_int_equal(og_utf8_decode((og_str){bytes, n}, 0, &back), n);
        assert_int_equal(back, c);
        assert_int_equal(og_utf8_decode((og_str){bytes, n - 1}, 0, &back), 0);
    }
}

static void bad_sequences_are_found(void **state)
{
    (void)state;
    const og_str bad[] = {
        OG_STR("\x80"),             /* continuation alone */
        OG_STR("\xc0\x80"),         /* overlong NUL */
        OG_STR("\xc1\xbf"),         /* overlong */
        OG_STR("\xe0\x9f\xbf"),     /* overlong */
        OG_STR("\xed\xa0\x80"),     /* surrogate */
        OG_STR("\xf0\x8f\xbf\xbf"), /* overlong */
        OG_STR("\xf4\x90\x80\x80"), /* beyond U+10FFFF */
        OG_STR("\xf5\x80\x80\x80"), /* no such lead */
        OG_STR("\xe2\x82"),         /* cut off */
        OG_STR("\xff"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(og_utf8_invalid(bad[i]), 0);
    assert_int_equal(og_utf8_invalid(OG_STR("plain ascii, long\xc3\xa9 \xff")), 20);
    assert_int_equal(og_utf8_invalid(OG_STR("caf\xc3\xa9")), 5);
}

static void columns_are_counted(void **state)
{
    (void)state;
    og_str s = OG_STR("e\xcc\x81\xe4\xb8\xad\xf0\x9f\x98\x80x");
    assert_int_equal(og_utf8_count(s), 5);
    assert_int_equal(og_utf8_width(s), 6);
}

static void text_is_cut_between_code_points(void **state)
{
    (void)state;
    og_str s = OG_STR("a\xe4\xb8\xad"
                      "b");
    const size_t lengths[] = {0, 1, 1, 1, 4, 5, 5};
    for (size_t max = 0; max < 7; max++)
        assert_int_equal(og_utf8_cut(s, max).n, lengths[max]);
    assert_int_equal(og_utf8_cut((og_str){NULL, 0}, 3).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_compare_bytewise),
        cmocka_unit_test(slices_are_clamped),
        cmocka_unit_test(numbers_are_read_strictly),
        cmocka_unit_test(nearest_word_is_found),
        cmocka_unit_test(hash_spreads),
        cmocka_unit_test(every_code_point_goes_round),
        cmocka_unit_test(bad_sequences_are_found),
        cmocka_unit_test(columns_are_counted),
        cmocka_unit_test(text_is_cut_between_code_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
