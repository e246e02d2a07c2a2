/* Two layouts compared: every difference, named by its rule and judged for readers of the
 * older one. Pure, and the same result for the same input. docs/report-changes.md is the
 * manual. */
#ifndef OG_REPORT_DIFF_H
#define OG_REPORT_DIFF_H

#include "report/rules.h"

enum {
    REPORT_FINGERPRINT_SIZE = 34, /* 'f', 32 hex digits, NUL */
    REPORT_FINGERPRINT_SHOWN = 13 /* of which these are shown, and suffice to approve */
};

typedef struct report_difference {
    const report_rule *rule;
    report_class weight; /* the rule's class for readers of the older layout */
    og_str field;   /* its name before, or after where it was added; empty: of none */
    og_str renamed; /* its name after where that is another; empty otherwise */
    og_str part;    /* which of several: "enum", "notice.breaking"; may be empty */
    bool has_before, has_after;
    og_str before, after;                      /* values as text */
    const report_field *old_field, *new_field; /* NULL: none */
    char fingerprint[REPORT_FINGERPRINT_SIZE];
} report_difference;

typedef struct report_differences {
    const report_difference *items; /* fields in order, then the file, then terms */
    size_t count;
    size_t counts[REPORT_CLASS_BREAKING + 1]; /* by class */
} report_differences;

typedef struct report_renames { /* declared: from[i] is now to[i] */
    const og_str *from, *to;
    size_t count;
} report_renames;

/* The renames that a report change declares; none when `change` is NULL. OG_E_NOMEM. */
int report_renames_of(const model_record *change, og_arena *arena, report_renames *ret,
                      og_error *err);
/* The first declared rename that does not hold between two layouts (no such field before,
 * none after, still there, or given twice), or SIZE_MAX. Such a one must be reported:
 * report_compare takes no notice of it. */
size_t report_renames_wrong(const report_renames *renames, const report_layout *from,
                            const report_layout *to);

/* Compares; renames may be NULL. Everything of *ret lives in the arena or borrows from
 * the layouts. OG_E_NOMEM, OG_E_LIMIT. */
int report_compare(const report_layout *from, const report_layout *to,
                   const report_renames *renames, og_arena *arena,
                   report_differences *ret, og_error *err);

/* Whether a party that reads only `fields` (names of before or after) is concerned;
 * reading is that of the older layout. */
bool report_difference_touches(const report_difference *d, const report_words *fields,
                               report_reading reading);

/* Whether an approval's fingerprint names this difference: all of it, or at least as much
 * as is shown. */
bool report_difference_is(const report_difference *d, og_str fingerprint);

#endif
