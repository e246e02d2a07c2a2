/* What holds of every layout, for the fuzz targets of descriptors: reading is the same
 * twice; a layout without an error is like itself, and any file can be held against it.
 */
#ifndef FUZZ_LAYOUT_PROPERTY_H
#define FUZZ_LAYOUT_PROPERTY_H

#include <stdio.h>
#include <stdlib.h>

#include "report/diff.h"
#include "report/verify.h"

static inline void property(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

typedef struct property_source {
    og_str left;
} property_source;

static inline int property_read(void *self, char *to, size_t n, size_t *ret,
                                og_error *err)
{
    property_source *s = self;
    og_str part = og_str_slice(s->left, 0, n < 7 ? n : 7);

    (void)err;
    if (part.n > 0)
        memcpy(to, part.p, part.n);
    s->left = og_str_slice(s->left, part.n, s->left.n);
    *ret = part.n;
    return OG_OK;
}

/* Holds a few fixed bytes against the layout: whatever is found, it is no failure. A
 * pattern may take too long, and says so. */
static inline void property_verify(const report_layout *layout)
{
    static const char *const files[] = {
        "",
        "a\n1\n",
        "a,b\r\n\"1\"\"\",2021-11-18\r\n,\r\n",
        "a;b;c\n0;;-1.5e3\n[1,2];{\"a\":1};x\n0;;-1.5e3\n",
        "#c\na\tb\n\xff\t\xc3\xa9\n",
        "\n\n\"open",
    };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        property_source s = {og_str_from(files[i])};
        const verify_options options = {.keep = 5};
        verify_result result = {0};
        og_error err = {0};
        int rc =
            verify_file(layout, (csv_source){property_read, &s}, &options, &result, &err);
        property(rc == OG_OK || rc == OG_E_LIMIT, og_error_text(&err));
        og_error_done(&err);
        verify_result_done(&result);
    }
}

/* A layout that was read without an error. */
static inline void property_valid(const report_layout *layout, og_arena *arena)
{
    og_diags diags = {0};
    report_differences differences;

    property(report_compare(layout, layout, NULL, arena, &differences, NULL) == OG_OK &&
                 differences.count == 0,
             "it differs from itself");
    property(report_layout_check(layout, arena, &diags, NULL) == OG_OK, "check failed");
    if (og_diags_ok(&diags))
        property_verify(layout);
    og_diags_done(&diags);
}

/* Both nodes of one document; `dialect` may be NULL. */
static inline void property_layout(const og_document *doc, const og_node *schema,
                                   const og_node *dialect)
{
    og_arena arena = {0};
    og_diags first = {0}, second = {0};
    report_layout layout, again;
    report_differences differences;
    og_error err = {0};

    int rc = report_layout_read_descriptors(doc, schema, dialect, &arena, &first, &layout,
                                            &err);
    property(rc == OG_OK || rc == OG_E_LIMIT, og_error_text(&err));
    og_error_done(&err);
    int other = report_layout_read_descriptors(doc, schema, dialect, &arena, &second,
                                               &again, NULL);
    property(rc == other && first.errors == second.errors && first.count == second.count,
             "it reads in another way the second time");
    if (rc == OG_OK && og_diags_ok(&first)) {
        property(report_compare(&layout, &again, NULL, &arena, &differences, NULL) ==
                         OG_OK &&
                     differences.count == 0,
                 "it differs from itself, read again");
        property_valid(&layout, &arena);
    }
    og_diags_done(&first);
    og_diags_done(&second);
    og_arena_done(&arena);
}

#endif
