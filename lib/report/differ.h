/* A comparison under way. Internal to lib/report. */
#ifndef OG_REPORT_DIFFER_H
#define OG_REPORT_DIFFER_H

#include "report/diff.h"

typedef struct differ {
    const report_layout *from, *to;
    const og_str *new_names; /* [from->field_count]: the name after; empty: removed */
    og_arena *arena;
    report_difference *items;
    size_t count, cap;
    const report_field *old_field, *new_field; /* being compared; NULL: of no field */
    int failed;                                /* OG_E_NOMEM, once: checked at the end */
} differ;

/* A text that is not there has p == NULL. */
#define DIFFER_NONE ((og_str){NULL, 0})

/* Adds a difference of the current field, or of none. Empty texts are values; before or
 * after with p == NULL is none. */
void differ_add(differ *d, report_rule_id id, const char *part, og_str before,
                og_str after);
/* One rule when two texts differ; empty counts as none. */
void differ_text(differ *d, report_rule_id id, const char *part, og_str before,
                 og_str after);
/* One of two rules when something is there only after, or only before. */
void differ_flag(differ *d, report_rule_id added, report_rule_id removed, bool before,
                 bool after);
/* Words that are only in one of two sets, one difference each. False: none differs. */
bool differ_words(differ *d, report_rule_id added, report_rule_id removed,
                  const char *part, const report_words *before,
                  const report_words *after);
/* "a, b" in the arena. */
og_str differ_join(differ *d, const report_words *words);
bool differ_same_words(const report_words *a, const report_words *b);
/* As words of the newer layout: fields by their names after, '-' before them kept. */
report_words differ_translate(differ *d, const report_words *names);

/* ---- diff_field.c ---- */
void differ_field(differ *d);
/* ---- diff_file.c ---- */
void differ_file(differ *d);
/* ---- diff_terms.c ---- */
void differ_terms(differ *d);

#endif
