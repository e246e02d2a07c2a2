/* A file held against a layout, and what was found in one line. */
#ifndef TEST_REPORT_CHECK_H
#define TEST_REPORT_CHECK_H

#include "base/buf.h"
#include "csv_fixture.h"
#include "report/verify.h"
#include "report_text.h"
#include "unit.h"

/* Findings as "rule@row.column", with " (not read on)" and " unchecked: …" after them. */
static inline void put_findings(const verify_result *r, og_buf *out)
{
    for (size_t i = 0; i < r->count; i++)
        og_buf_printf(out, "%s%s@%d.%d", i ? " " : "",
                      verify_rule_name(r->findings[i].rule), (int)r->findings[i].row,
                      (int)r->findings[i].column);
    if (r->stopped)
        og_buf_puts(out, " (not read on)");
    for (size_t i = 0; i < r->unchecked_count; i++)
        og_buf_printf(out, " unchecked: %s", r->unchecked[i]);
}

/* `sorted_by` of a version file, from a line of its own: "sorted_by: a -b". */
static inline void sort_by(og_arena *arena, const char *yaml, report_layout *ret)
{
    const char *line = strstr(yaml, "\nsorted_by: ");
    og_str *items = OG_ARRAY(arena, 4, og_str);
    size_t n = 0;

    if (!line)
        return;
    og_str left = og_str_from(line + strlen("\nsorted_by: "));
    left = og_str_slice(left, 0, og_str_find(left, '\n'));
    for (; left.n > 0; left = og_str_slice(left, items[n++].n + 1, left.n))
        items[n] = og_str_slice(left, 0, og_str_find(left, ' '));
    ret->sorted_by = (report_words){items, n};
}

/* Holds `bytes` against the layout of `yaml`; encoding NULL: the default. In the words of
 * the findings must be `text`, unless it is NULL. */
static inline void check_file_in(const char *yaml, const char *encoding, og_str bytes,
                                 const char *expected, const char *text)
{
    og_arena arena = {0};
    report_layout layout;
    verify_result r = {0};
    og_error err = {0};
    og_buf got = {0}, words = {0};
    csv_pieces pieces = {bytes, 7};
    const verify_options options = {.keep = 100};

    const char *wrong = read_layout(&arena, yaml, &layout);
    if (wrong)
        fail_msg("layout: %s", wrong);
    if (encoding)
        layout.encoding = og_str_from(encoding);
    sort_by(&arena, yaml, &layout);
    int rc =
        verify_file(&layout, (csv_source){csv_pieces_read, &pieces}, &options, &r, &err);
    if (rc != OG_OK)
        fail_msg("%.*s: %s", OG_FMT(bytes), og_error_text(&err));
    put_findings(&r, &got);
    if (!og_str_is(og_buf_str(&got), expected))
        fail_msg("%.*s\ngives %.*s\nnot   %s", OG_FMT(bytes), OG_FMT(og_buf_str(&got)),
                 expected);
    for (size_t i = 0; i < r.count; i++)
        og_buf_printf(&words, "%.*s\n", OG_FMT(r.findings[i].text));
    og_buf_putc(&words, 0);
    if (text && !strstr(words.p, text))
        fail_msg("%.*s\nsays  %s\nnot   %s", OG_FMT(bytes), words.p, text);
    assert_int_equal(verify_conforms(&r), r.total == 0);
    og_buf_done(&words);
    og_buf_done(&got);
    verify_result_done(&r);
    og_arena_done(&arena);
}

static inline void check_file(const char *yaml, const char *text, const char *expected)
{
    check_file_in(yaml, NULL, og_str_from(text), expected, NULL);
}

#endif
