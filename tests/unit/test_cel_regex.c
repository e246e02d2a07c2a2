/* Regular expressions: RE2's syntax and no more, read as RE2 reads it, and bounded. */
#include "unit.h"

#include "cel/regex.h"

/* -1: refused. */
static int find(const char *pattern, const char *text, bool full)
{
    og_arena arena = {0};
    const cel_regex *re = NULL;
    int rc = cel_regex_compile(&arena, og_str_from(pattern), &re, NULL);
    cel_matcher *matcher = cel_matcher_new(&arena, 0, 0);
    assert_non_null(matcher);
    int found =
        rc == OG_E_INVALID ? -1 : cel_regex_match(re, matcher, og_str_from(text), full);
    og_arena_done(&arena);
    return found;
}

static void expect(const char *pattern, const char *text, int wanted)
{
    int have = find(pattern, text, false);
    if (have != wanted)
        fail_msg("/%s/ in '%s': %d, not %d", pattern, text, have, wanted);
}

static void matches(void **state)
{
    (void)state;
    expect("", "cows", 1);
    expect("ubb", "hubba", 1);
    expect("^a+b$", "aaab", 1);
    expect("^a+b$", "aaabc", 0);
    expect("gr(a|e)y", "grey", 1);
    expect("(?i)GREY", "grey", 1);
    expect("(?P<year>\\d{4})-(?<month>[0-9]{2})", "2021-11", 1);
    expect("^[[:alpha:]_][[:^space:]]*$", "_x9", 1);
    expect("^[\\w.-]+$", "a.b-c", 1);
    expect("[^a-c]", "abc", 0);
    expect("[]a]", "]", 1);
    expect("^\\pL+$", "\u00e9\u03b1", 1);
    expect("^\\p{Greek}+$", "\u03b1\u03b2", 1);
    expect("\\P{Greek}", "\u03b1", 0);
    expect("\\p{^Lu}", "A", 0);
    expect("\\Qa.b*\\E", "xa.b*", 1);
    expect("\\x{1F600}+", "\xf0\x9f\x98\x80", 1);
    expect("\\x41\\101\\060", "AA0", 1);
    expect("^.$", "\xf0\x9f\x98\x80", 1);
    expect("a{2,3}?", "aa", 1);
    expect("a{,3}", "a{,3}", 1); /* ordinary text to RE2 */
    expect("x}{", "x}{", 1);
    expect("\u00e9+$", "\u00e9\u00e9", 1);
    expect("(?s:a.b)", "a\nb", 1);
    expect("a.b", "a\nb", 0);
    expect("(?m)^b$", "a\nb\nc", 1);
    expect("\\Ab\\z", "b", 1);
    expect("(?U)a+", "aa", 1);
}

/* Both engines accept these, but read them differently. */
static void reads_as_re2_does(void **state)
{
    (void)state;
    expect("^\\s$", "\v", 0);
    expect("^\\S$", "\v", 1);
    expect("^[\\s]$", "\v", 0);
    expect("^[\\S]$", "\v", 1);
    expect("^[^\\S]$", " ", 1);
    expect("^\\v$", "\v", 1);
    expect("^\\v$", "\n", 0);
    expect("a$", "a\n", 0);
    expect("^\\d$", "\xd9\xa3", 0); /* an Arabic digit */
    expect("\\a\\f", "\a\f", 1);
}

static void refuses_what_is_not_re2(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "(a)\\1",    "\\k<n>",    "(?=a)",     "(?!a)",    "(?<=a)b", "(?<!a)b",
        "(?>a)",     "a*+",       "a++",       "a?+",      "a{2}+",   "a**",
        "a{2}{3}",   "(?R)",      "(?1)",      "(?&n)",    "(?P=n)",  "(?P>n)",
        "(?|a|b)",   "(?(1)a)",   "(?#x)",     "(*FAIL)",  "(*UTF)",  "(?x)a b",
        "(?J)a",     "(?^i)",     "\\K",       "\\R",      "\\X",     "\\G",
        "\\Z",       "\\C",       "\\N",       "\\h",      "\\H",     "\\V",
        "\\e",       "\\cA",      "\\o{12}",   "\\g1",     "\\L",     "\\x{110000}",
        "\\x{d800}", "\\xg",      "\\8",       "\\p{Foo}", "\\p{L&}", "\\p{Xan}",
        "\\p{Grek}", "\\p",       "[[:foo:]]", "[a",       "(a",      "a)",
        "*a",        "a|*",       "+",         "?",        "(?i)*",   "a\\",
        "a{1001}",   "a{3,2}",    "[b-a]",     "(?P<1>a)", "(?P<n",   "(?i",
        "(?i-)",     "a*\\Q\\E+",
    };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        expect(patterns[i], "a", -1);
}

static void points_at_the_fault(void **state)
{
    (void)state;
    og_arena arena = {0};
    const cel_regex *re;
    cel_regex_problem problem;
    assert_int_equal(cel_regex_compile(&arena, OG_STR("\u00e9(?=a)"), &re, &problem),
                     OG_E_INVALID);
    assert_int_equal(problem.offset, 1); /* code points */
    assert_true(problem.length >= 1);
    assert_non_null(strstr(problem.message.p, "not part of RE2"));
    assert_int_equal(cel_regex_compile(&arena, OG_STR("ab("), &re, &problem),
                     OG_E_INVALID);
    assert_true(problem.length >= 1);
    og_arena_done(&arena);
}

static void matches_all_of_it(void **state)
{
    (void)state;
    assert_int_equal(find("a|ab", "ab", true), 1);
    assert_int_equal(find("a|ab", "abc", true), 0);
    assert_int_equal(find("[A-Z]{2}", "AB", true), 1);
    assert_int_equal(find("[A-Z]{2}", "xAB", true), 0);
    assert_int_equal(find("a", "a\n", true), 0);
}

static void is_bounded(void **state)
{
    (void)state;
    assert_int_equal(
        find("^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", false),
        OG_E_LIMIT);
    /* Too large when written out: refused at once. */
    assert_int_equal(find("((a{0,100}){0,100}){0,100}b", "a", false), -1);
}

static int compile_and_match(void *context)
{
    og_arena arena = {0};
    const cel_regex *re = NULL;
    int rc = cel_regex_compile(&arena, og_str_from(context), &re, NULL);
    cel_matcher *matcher = rc == OG_OK ? cel_matcher_new(&arena, 0, 0) : NULL;
    if (rc == OG_OK)
        rc = matcher ? cel_regex_match(re, matcher, OG_STR("2021-11-04"), true)
                     : OG_E_NOMEM;
    og_arena_done(&arena);
    return rc == 1 ? OG_OK : rc;
}

static void survives_lack_of_memory(void **state)
{
    (void)state;
    long n = unit_fail_each(compile_and_match, "(\\d+)-(?P<m>[0-9]{2})-.*");
    assert_true(n > 0 || !UNIT_HAS_FAULTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches),
        cmocka_unit_test(reads_as_re2_does),
        cmocka_unit_test(refuses_what_is_not_re2),
        cmocka_unit_test(points_at_the_fault),
        cmocka_unit_test(matches_all_of_it),
        cmocka_unit_test(is_bounded),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
