/* One file held against one layout in two ways: as a whole, and in pieces. */
#ifndef OG_TESTS_REPORT_SAME_H
#define OG_TESTS_REPORT_SAME_H

#include "report/verify.h"

typedef struct text_source {
    og_str left;
} text_source;

/* A hundred bytes at a time. */
static inline int text_read(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    text_source *t = self;
    og_str part = og_str_slice(t->left, 0, n < 100 ? n : 100);

    (void)err;
    memcpy(to, part.n ? part.p : "", part.n);
    t->left = og_str_slice(t->left, part.n, t->left.n);
    *ret = part.n;
    return OG_OK;
}

static inline int report_run(const report_layout *layout, og_str text,
                             const verify_options *options, verify_result *ret,
                             og_error *err)
{
    text_source source = {text};

    return verify_file(layout, (csv_source){text_read, &source}, options, ret, err);
}

static inline bool same_finding(const verify_finding *a, const verify_finding *b)
{
    return a->rule == b->rule && a->row == b->row && a->line == b->line &&
           a->column == b->column && a->has_value == b->has_value && a->cut == b->cut &&
           og_str_eq(a->field, b->field) && og_str_eq(a->value, b->value) &&
           og_str_eq(a->text, b->text);
}

/* What is not the same, or NULL. */
static inline const char *report_differs(const verify_result *a, const verify_result *b)
{
    if (a->count != b->count)
        return "how many findings are kept";
    for (size_t i = 0; i < a->count; i++)
        if (!same_finding(&a->findings[i], &b->findings[i]))
            return "a finding";
    if (a->rows != b->rows)
        return "rows";
    if (a->stopped != b->stopped || a->open_end != b->open_end)
        return "the end";
    if (a->total != b->total || memcmp(a->counts, b->counts, sizeof a->counts) != 0)
        return "counts";
    return NULL;
}

/* The same in pieces of so many bytes by so many threads as in the whole: NULL, or what
 * is not. */
static inline const char *report_compare(const report_layout *layout, og_str text,
                                         size_t keep, size_t piece, size_t jobs)
{
    const verify_options whole = {.keep = keep};
    const verify_options pieces = {
        .keep = keep, .piece = piece, .jobs = jobs, .seed = {1}};
    verify_result due = {0}, got = {0};
    og_error err = {0}, other = {0};

    int rc = report_run(layout, text, &whole, &due, &err);
    int again = report_run(layout, text, &pieces, &got, &other);
    const char *what = report_differs(&due, &got);
    if (rc != again || strcmp(og_error_text(&err), og_error_text(&other)) != 0)
        what = "the failure";
    og_error_done(&err);
    og_error_done(&other);
    verify_result_done(&due);
    verify_result_done(&got);
    return what;
}

#endif
