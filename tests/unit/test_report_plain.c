/* Plain patterns mean what regular expressions mean. */
#include "unit.h"

#include "cel/regex.h"
#include "report/plain.h"

static const char *const patterns[] = {
    "[0-9A-F]{16}", "SECMP[0-9]{4}", "[A-Z]{2}[0-9]{2}", "abc",
    "a{3}",         "[a_]b",         "[x]{64}",          "abcdefghi",
    "[0-9A-Za-z_]", "MP[0-9]{3}-a",  "[a-f]{8}-[a-f]{9}"};
static const char *const others[] = {
    "",       "[^0-9]", "[0-9]+", "a|b",         "a.c",   "[a-]",  "[-a]",   "a{0}",
    "a{2,3}", "(a)",    "\\d{4}", "[[:alpha:]]", "a{65}", "[b-a]", "a{",     "a{3",
    "[a",     "]",      "[]a]",   "^a",          "a$",    "a*",    "[acegi]"};
static const char *const texts[] = {"",
                                    "0123456789ABCDEF",
                                    "0123456789ABCDEf",
                                    "0123456789ABCDEF0",
                                    "SECMP0007",
                                    "SECMP007",
                                    "AB12",
                                    "ab12",
                                    "abc",
                                    "aaa",
                                    "aa",
                                    "ab",
                                    "_b",
                                    "b",
                                    "\xc3\xa4",
                                    "abc\n",
                                    "abcdefghi",
                                    "MP090-a",
                                    "MP09--a",
                                    "aaaabbbb-aaaabbbbf",
                                    "aaaabbbb-aaaabbbbg"};

static bool match_blocks(const plain_pattern *plain, og_str text)
{
    char bytes[PLAIN_LENGTH + PLAIN_BLOCK] = {0};

    memcpy(bytes, text.p, text.n);
    return text.n == plain->length && plain_match_blocks(plain, bytes);
}

static void test_same(void **state)
{
    og_arena arena = {0};
    cel_matcher *matcher = cel_matcher_new(&arena, 0, 0);

    (void)state;
    for (size_t p = 0; p < sizeof patterns / sizeof patterns[0]; p++) {
        const cel_regex *re;
        plain_pattern plain;
        og_str pattern = og_str_from(patterns[p]);
        assert_int_equal(cel_regex_compile(&arena, pattern, &re, NULL), OG_OK);
        if (!plain_read(pattern, &plain))
            fail_msg("'%s' is plain", patterns[p]);
        for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
            og_str text = og_str_from(texts[t]);
            bool matches = cel_regex_match(re, matcher, text, true) == 1;
            if (plain_match(&plain, text) != matches ||
                match_blocks(&plain, text) != matches)
                fail_msg("'%s' and '%s'", patterns[p], texts[t]);
        }
    }
    og_arena_done(&arena);
}

static void test_others(void **state)
{
    plain_pattern plain;

    (void)state;
    for (size_t p = 0; p < sizeof others / sizeof others[0]; p++)
        if (plain_read(og_str_from(others[p]), &plain))
            fail_msg("'%s' is not plain", others[p]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same),
                                       cmocka_unit_test(test_others)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
