/* Doubles to text and back: shortest, exact, whatever the locale. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "value/value.h"

static void expect_format(double d, const char *text)
{
    char out[32];
    og_double_format(d, out);
    assert_string_equal(out, text);
}

static void formats_shortest(void **state)
{
    (void)state;
    expect_format(0, "0");
    expect_format(-0.0, "-0");
    expect_format(1, "1");
    expect_format(-12.5, "-12.5");
    expect_format(0.95, "0.95");
    expect_format(0.1 + 0.2, "0.30000000000000004");
    expect_format(1e21, "1e+21");
    expect_format(123456789012345680000.0, "123456789012345680000");
    expect_format(0.000001, "0.000001");
    expect_format(0.0000001, "1e-7");
    expect_format(1.5e-9, "1.5e-9");
    expect_format(1e100, "1e+100");
    expect_format(5e-324, "5e-324");
    expect_format(2.2250738585072014e-308, "2.2250738585072014e-308");
    expect_format(1.7976931348623157e308, "1.7976931348623157e+308");
    expect_format(ldexp(1, -44), "5.684341886080802e-14"); /* the neighbour above */
    expect_format(9007199254740993.0, "9007199254740992");
    expect_format(NAN, "NaN");
    expect_format(INFINITY, "Infinity");
    expect_format(-INFINITY, "-Infinity");
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed ^ (*seed >> 29);
}

static void every_double_reads_back(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 100000; i++) {
        uint64_t bits = next_random(&seed);
        double d, back;
        memcpy(&d, &bits, sizeof d);
        if (isnan(d))
            continue;
        char out[32];
        og_double_format(d, out);
        assert_true(og_double_parse(og_str_from(out), &back));
        assert_memory_equal(&d, &back, sizeof d);
    }
}

static void expect_parse(const char *text, double d)
{
    double got;
    assert_true(og_double_parse(og_str_from(text), &got));
    assert_memory_equal(&got, &d, sizeof d);
}

static void parses(void **state)
{
    (void)state;
    expect_parse("0.95", 0.95);
    expect_parse("+.5", 0.5);
    expect_parse("5.", 5);
    expect_parse("-0", -0.0);
    expect_parse("1E3", 1000);
    expect_parse("1e-400", 0);
    expect_parse("0e999999999999999999999", 0);
    expect_parse("0.000000000000000000000000000001e30", 1);
    expect_parse("-Infinity", -INFINITY);
    expect_parse("9007199254740992.9999999999999999999999", 9007199254740992.0 + 0);
    expect_parse("9007199254740993", 9007199254740992.0);
    expect_parse("9007199254740993.00000000000000000000000000001", 9007199254740994.0);
}

/* The digit that breaks a tie stands behind more digits than are kept. */
static void parses_very_long_digits(void **state)
{
    (void)state;
    char text[2002] = "9007199254740993.";
    size_t head = strlen(text);
    memset(text + head, '0', sizeof text - head - 1);
    expect_parse(text, 9007199254740992.0);
    text[sizeof text - 2] = '1';
    expect_parse(text, 9007199254740994.0);
}

static void refuses(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",      ".",     "+",   "e5",    "1e",
        "1e+",   "1x",    " 1",  "1 ",    "0x10",
        "1,5",   "inf",   "nan", "1e309", "--1",
        "1.2.3", "1_000", "1-2", "-NaN",  "1.7976931348623159e308"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double d = 7;
        assert_false(og_double_parse(og_str_from(wrong[i]), &d));
        assert_true(d == 7);
    }
    assert_true(og_double_syntax(OG_STR("1e309")));
    assert_false(og_double_syntax(OG_STR("NaN")));
}

static void no_locale_matters(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (setlocale(LC_ALL, names[i]))
            break;
    expect_format(0.95, "0.95");
    expect_parse("0.95", 0.95);
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_shortest), cmocka_unit_test(every_double_reads_back),
        cmocka_unit_test(parses),           cmocka_unit_test(parses_very_long_digits),
        cmocka_unit_test(refuses),          cmocka_unit_test(no_locale_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
