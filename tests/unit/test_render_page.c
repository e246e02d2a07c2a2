/* Lines of text: wrapping, columns, escapes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/page.h"

static void expect(og_buf *out, const char *text)
{
    assert_int_equal(out->failed, 0);
    assert_string_equal(out->n ? out->p : "", text);
    og_buf_done(out);
}

static void breaks_lines_at_blanks_and_hangs_them(void **state)
{
    og_buf out = {0};
    page p;

    (void)state;
    page_init(&p, &out, 20, false);
    page_say(&p, PAGE_PLAIN, "LSC-07");
    page_to(&p, 8);
    page_put(&p, PAGE_PLAIN, OG_STR("no open Testing Issue"));
    page_end(&p);
    page_done(&p);
    expect(&out, "LSC-07  no open\n        Testing\n        Issue\n");
}

static void leaves_no_blank_at_the_end_of_a_line(void **state)
{
    og_buf out = {0};
    page p;

    (void)state;
    page_init(&p, &out, 12, false);
    page_say(&p, PAGE_PLAIN, "exactly 12, ");
    page_put(&p, PAGE_PLAIN, OG_STR("more "));
    page_end(&p);
    page_done(&p);
    expect(&out, "exactly 12,\nmore\n");
}

static void keeps_a_word_wider_than_the_page_whole(void **state)
{
    og_buf out = {0};
    page p;

    (void)state;
    page_init(&p, &out, 10, false);
    page_to(&p, 2);
    page_put(&p, PAGE_PLAIN, OG_STR("evidence/2021-11/uit.yaml:4 x"));
    page_end(&p);
    page_done(&p);
    expect(&out, "  evidence/2021-11/uit.yaml:4\n  x\n");
}

static void glues_what_no_blank_parts(void **state)
{
    og_buf out = {0};
    page p;

    (void)state;
    page_init(&p, &out, 10, false);
    page_put(&p, PAGE_PLAIN, OG_STR("one three"));
    page_say(&p, PAGE_PLAIN, ", ");
    page_put(&p, PAGE_PLAIN, OG_STR("x"));
    page_end(&p);
    page_done(&p);
    expect(&out, "one three,\nx\n");
}

static void escapes_what_could_draw_on_the_terminal(void **state)
{
    og_buf out = {0};
    page p;

    (void)state;
    page_init(&p, &out, 0, false);
    page_put(&p, PAGE_BOLD,
             OG_STR("a\033[2Jb\rc\xe2\x80\xae"
                    "d\xff"));
    page_say(&p, PAGE_PLAIN, "%s", "\033");
    page_end(&p);
    page_done(&p);
    expect(&out, "a\\x1b[2Jb\\rc\\u{202e}d\\xff\\x1b\n");
}

static void joins_lines_and_counts_columns_not_bytes(void **state)
{
    og_buf out = {0};
    page p;

    (void)state;
    page_init(&p, &out, 0, false);
    page_put(&p, PAGE_PLAIN, OG_STR("a\n   \xc3\xa9\xe6\xbc\xa2\n"));
    page_to(&p, 6);
    page_say(&p, PAGE_PLAIN, "|");
    page_end(&p);
    page_done(&p);
    expect(&out, "a \xc3\xa9\xe6\xbc\xa2 |\n");
}

static void colours_only_when_asked(void **state)
{
    og_buf out = {0};
    page p;

    (void)state;
    page_init(&p, &out, 0, true);
    page_say(&p, PAGE_BAD, "no go");
    page_say(&p, PAGE_PLAIN, ".");
    page_end(&p);
    page_done(&p);
    expect(&out, "\033[31mno go\033[0m.\n");
}

static void shows_lines_with_their_own_indentation(void **state)
{
    og_buf out = {0};
    page p;

    (void)state;
    page_init(&p, &out, 0, false);
    page_lines(&p, 2, PAGE_PLAIN, OG_STR("   a\n\n     && b\n   c\n"));
    page_done(&p);
    expect(&out, "  a\n    && b\n  c\n");
}

static void reports_a_text_that_is_too_long(void **state)
{
    og_buf out = {.limit = 8};
    og_error err = {0};
    page p;

    (void)state;
    page_init(&p, &out, 0, false);
    page_say(&p, PAGE_PLAIN, "more than eight bytes");
    page_end(&p);
    page_done(&p);
    assert_int_equal(og_buf_check(&out, &err), OG_E_LIMIT);
    og_error_done(&err);
    og_buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_lines_at_blanks_and_hangs_them),
        cmocka_unit_test(leaves_no_blank_at_the_end_of_a_line),
        cmocka_unit_test(keeps_a_word_wider_than_the_page_whole),
        cmocka_unit_test(glues_what_no_blank_parts),
        cmocka_unit_test(escapes_what_could_draw_on_the_terminal),
        cmocka_unit_test(joins_lines_and_counts_columns_not_bytes),
        cmocka_unit_test(colours_only_when_asked),
        cmocka_unit_test(shows_lines_with_their_own_indentation),
        cmocka_unit_test(reports_a_text_that_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
