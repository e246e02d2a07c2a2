/* Findings: order, limits, the caret. */
#include "base/diag.h"
#include "base/limits.h"
#include "unit.h"

static og_pos at(const char *path, uint32_t line, uint32_t column, uint32_t length)
{
    return (og_pos){path, line, column, length};
}

static void assert_printed(const og_diags *d, bool colour, const char *expected)
{
    og_buf out = {0};
    og_diags_print(d, &out, colour);
    assert_string_equal(out.p ? out.p : "", expected);
    og_buf_done(&out);
}

static void caret_stands_under_the_column(void **state)
{
    (void)state;
    og_diags d = {0};
    og_str source = OG_STR("first\r\nn\xc3\xa4me:\t\xe4\xb8\xad wrong\r\nlast");
    og_diag *item = og_diags_add(&d, OG_LEVEL_ERROR, "bad-word", at("a.yaml", 2, 9, 5),
                                 source, "'%s' is not a word", "wrong");
    og_diags_hint(&d, item, "use '%s'", "right");
    assert_printed(&d, false,
                   "a.yaml:2:9: error: 'wrong' is not a word [bad-word]\n"
                   "  2 | n\xc3\xa4me:\\t\xe4\xb8\xad wrong\n"
                   "    |           ^^^^^\n"
                   "  = hint: use 'right'\n");
    og_diags_done(&d);
}

static void places_may_be_unknown(void **state)
{
    (void)state;
    og_diags d = {0};
    og_str none = {NULL, 0};
    og_diags_add(&d, OG_LEVEL_WARNING, "w", at(NULL, 0, 0, 0), none, "no place");
    og_diags_add(&d, OG_LEVEL_NOTE, "n", at("f", 0, 0, 0), none, "file only");
    og_diags_add(&d, OG_LEVEL_NOTE, "n", at("f", 3, 0, 0), OG_STR("x\n"), "past the end");
    og_diags_add(&d, OG_LEVEL_ERROR, "e", at("f", 1, 2, 9), OG_STR("x\n"), "at the end");
    og_diags_add(&d, OG_LEVEL_ERROR, "e", at("f", 1, 9, 9), OG_STR("x\n"), "outside");
    assert_printed(&d, false,
                   "warning: no place [w]\n"
                   "f: note: file only [n]\n"
                   "f:3: note: past the end [n]\n"
                   "f:1:2: error: at the end [e]\n"
                   "  1 | x\n"
                   "    |  ^\n"
                   "f:1:9: error: outside [e]\n"
                   "  1 | x\n");
    og_diags_done(&d);
}

static void hostile_text_is_escaped(void **state)
{
    (void)state;
    og_diags d = {0};
    og_diags_add(&d, OG_LEVEL_ERROR, "e", at("a\x1b[31m", 1, 1, 0), OG_STR("\x1bx"),
                 "got '%s'", "\x07\n");
    assert_printed(&d, true,
                   "a\\x1b[31m:1:1: \033[31merror:\033[0m got '\\x07\\n' [e]\n"
                   "  1 | \\x1bx\n"
                   "    | \033[31m^^^^\033[0m\n");
    og_diags_done(&d);
}

static void long_lines_are_cut(void **state)
{
    (void)state;
    static char line[5000];
    memset(line, 'x', sizeof line);
    og_diags d = {0};
    og_diag *item = og_diags_add(&d, OG_LEVEL_ERROR, "e", at("f", 1, 4000, 1),
                                 (og_str){line, sizeof line}, "far");
    assert_true(item->line.n <= 400);
    og_diags_done(&d);
}

static void findings_sort_by_place(void **state)
{
    (void)state;
    og_diags d = {0};
    og_str none = {NULL, 0};
    og_diags_add(&d, OG_LEVEL_ERROR, "x", at("b", 1, 1, 0), none, "5");
    og_diags_add(&d, OG_LEVEL_ERROR, "x", at("a", 2, 1, 0), none, "3");
    og_diags_add(&d, OG_LEVEL_ERROR, "x", at("a", 2, 1, 0), none, "4");
    og_diags_add(&d, OG_LEVEL_ERROR, "a", at("a", 2, 1, 0), none, "2");
    og_diags_add(&d, OG_LEVEL_ERROR, "x", at("a", 1, 9, 0), none, "1");
    og_diags_sort(&d);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(d.items[i].text.p[0], '1' + (int)i);
    og_diags_done(&d);
}

static void check_tells_the_first(void **state)
{
    (void)state;
    og_error err = {0};
    og_diags d = {0};
    og_str none = {NULL, 0};
    og_diags_add(&d, OG_LEVEL_WARNING, "w", at("a", 1, 1, 0), none, "careful");
    assert_true(og_diags_ok(&d));
    assert_int_equal(og_diags_check(&d, &err), OG_OK);
    og_diags_add(&d, OG_LEVEL_ERROR, "e", at("a", 2, 3, 0), none, "wrong");
    assert_int_equal(og_diags_check(&d, &err), OG_E_INVALID);
    assert_error(&err, OG_E_INVALID, "a:2:3: wrong");
    og_diags_add(&d, OG_LEVEL_ERROR, "e", at("a", 5, 1, 0), none, "worse");
    og_diags_check(&d, &err);
    assert_error(&err, OG_E_INVALID, "2 errors, the first: a:2:3: wrong");
    og_diags_done(&d);
}

static void lines_are_found_in_any_order(void **state)
{
    (void)state;
    static const uint32_t order[] = {2, 3, 3, 1, 4, 2, 9, 3};
    static const char *const lines[] = {"two", "three", "three", "one",
                                        "",    "two",   "",      "three"};
    og_diags d = {0};
    og_str text = OG_STR("one\ntwo\r\nthree\n");
    for (size_t i = 0; i < 8; i++) {
        const og_diag *item =
            og_diags_add(&d, OG_LEVEL_ERROR, "e", at("a", order[i], 1, 0), text, "x");
        assert_str(item->line, lines[i]);
    }
    /* Another file where the last one was. */
    const og_diag *item =
        og_diags_add(&d, OG_LEVEL_ERROR, "e", at("b", 2, 1, 0), text, "x");
    assert_str(item->line, "two");
    og_diags_done(&d);
}

static void too_many_are_counted(void **state)
{
    (void)state;
    og_error err = {0};
    og_diags d = {0};
    for (unsigned i = 0; i < OG_LIMIT_DIAGS + 7; i++)
        og_diags_add(&d, OG_LEVEL_WARNING, "w", at("a", i + 1, 1, 0), (og_str){NULL, 0},
                     "x");
    assert_int_equal(d.count, OG_LIMIT_DIAGS);
    assert_int_equal(d.dropped, 7);
    assert_int_equal(d.warnings, OG_LIMIT_DIAGS + 7);
    assert_int_equal(og_diags_check(&d, &err), OG_OK); /* warnings, however many */
    for (unsigned i = 0; i < OG_LIMIT_DIAGS + 2; i++)
        og_diags_add(&d, OG_LEVEL_ERROR, "e", at("a", i + 1, 1, 0), (og_str){NULL, 0},
                     "late %u", i);
    assert_int_equal(d.count, OG_LIMIT_DIAGS);
    assert_int_equal(d.dropped, 7 + OG_LIMIT_DIAGS + 2);
    assert_int_equal(d.errors, OG_LIMIT_DIAGS + 2);
    for (unsigned i = 0; i < OG_LIMIT_DIAGS; i++)
        assert_int_equal(d.items[i].level, OG_LEVEL_ERROR);
    assert_int_equal(og_diags_check(&d, &err), OG_E_INVALID);
    assert_error(&err, OG_E_INVALID, "late ");
    og_diags_hint(&d, NULL, "nothing to add to");
    og_diags_done(&d);
}

static void repeated_findings_are_dropped(void **state)
{
    (void)state;
    og_diags d = {0};
    for (int i = 0; i < 3; i++) {
        og_diags_add(&d, OG_LEVEL_ERROR, "e", at("b", 1, 1, 0), OG_STR(""), "one");
        og_diags_add(&d, OG_LEVEL_ERROR, "e", at("b", 1, 1, 0), OG_STR(""), "two");
        og_diags_add(&d, OG_LEVEL_WARNING, "e", at("a", 1, 1, 0), OG_STR(""), "one");
    }
    og_diags_drop_repeated(&d);
    assert_int_equal(d.count, 3);
    assert_int_equal(d.errors, 2);
    assert_int_equal(d.warnings, 1);
    assert_string_equal(d.items[0].pos.path, "a");
    assert_str(d.items[1].text, "one");
    assert_str(d.items[2].text, "two");
    og_diags_done(&d);
}

static int add_findings(void *context)
{
    (void)context;
    og_error err = {0};
    og_diags d = {0};
    for (uint32_t i = 0; i < 20; i++) {
        og_diag *item = og_diags_add(&d, OG_LEVEL_WARNING, "w", at("a", 1, i, 0),
                                     OG_STR("text"), "finding %u", i);
        og_diags_hint(&d, item, "hint");
    }
    int code = og_diags_check(&d, &err);
    assert_int_equal(og_diags_ok(&d), code == OG_OK);
    og_error_done(&err);
    og_diags_done(&d);
    return code;
}

static void a_lost_finding_is_never_clean(void **state)
{
    (void)state;
    if (!UNIT_HAS_FAULTS)
        skip();
    assert_true(unit_fail_each(add_findings, NULL) > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(caret_stands_under_the_column),
        cmocka_unit_test(places_may_be_unknown),
        cmocka_unit_test(hostile_text_is_escaped),
        cmocka_unit_test(long_lines_are_cut),
        cmocka_unit_test(findings_sort_by_place),
        cmocka_unit_test(repeated_findings_are_dropped),
        cmocka_unit_test(check_tells_the_first),
        cmocka_unit_test(lines_are_found_in_any_order),
        cmocka_unit_test(too_many_are_counted),
        cmocka_unit_test(a_lost_finding_is_never_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
