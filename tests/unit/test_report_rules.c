/* The page docs/report-changes.md and the table of rules are the same; every rule has its
 * mirror. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "report/rules.h"

static void write_row(og_buf *out, const report_rule *r)
{
    og_buf_printf(out, "| `%s` | %s | %s | %s | %s | `%s` | %s |\n", r->id, r->facet,
                  report_class_name(r->classes[REPORT_POSITIONAL]),
                  report_class_name(r->classes[REPORT_BY_NAME]),
                  report_touches_name(r->touches), report_rules[r->mirror].id, r->reason);
}

static void page_is_the_table(void **state)
{
    og_buf page = {0}, expected = {0};

    (void)state;
    const char *path = OPSGATE_SOURCE_DIR "/docs/report-changes.md";
    assert_int_equal(og_file_read(path, OG_LIMIT_FILE, true, &page, NULL), 0);
    for (size_t i = 0; i < REPORT_RULE_COUNT; i++)
        write_row(&expected, &report_rules[i]);
    const char *rows = strstr(page.p, "| `");
    assert_non_null(rows);
    assert_string_equal(rows, expected.p);
    og_buf_done(&expected);
    og_buf_done(&page);
}

static void mirrors_come_in_pairs(void **state)
{
    (void)state;
    for (report_rule_id i = 0; i < REPORT_RULE_COUNT; i++) {
        const report_rule *r = &report_rules[i], *m = &report_rules[r->mirror];
        assert_int_equal(m->mirror, i);
        assert_string_equal(m->facet, r->facet);
        assert_int_equal(m->touches, r->touches);
    }
}

static void names_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; i < REPORT_RULE_COUNT; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(report_rules[i].id, report_rules[j].id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_is_the_table),
        cmocka_unit_test(mirrors_come_in_pairs),
        cmocka_unit_test(names_are_unique),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
