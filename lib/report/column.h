/* A field of a layout, put together for speed: what its cells are held against. Made once
 * a file, asked once a cell. */
#ifndef OG_REPORT_COLUMN_H
#define OG_REPORT_COLUMN_H

#include "base/map.h"
#include "report/cell.h"
#include "report/layout.h"
#include "report/plain.h"
#include "report/quick.h"
#include "report/verify_rule.h"

struct cel_regex;
struct cel_matcher;

/* A set of values, by their keys. */
typedef struct column_words {
    bool some; /* there is such a set */
    og_map keys;
} column_words;

typedef struct column_bound {
    bool some;
    cell_value value;
} column_bound;

typedef struct column {
    const report_field *field;
    og_str null_sequence;  /* stands for no value too, unless empty */
    bool empty_is_missing; /* the empty text, alone or among others, is no value */
    bool other_missing;    /* some other text is, too */
    bool valued;           /* a constraint needs the value, not only that there is one */
    bool any_length;       /* a constraint counts code points or elements */
    cell_number_format number;
    cell_pattern pattern;       /* text empty: the default format */
    const plain_pattern *plain; /* of the field's pattern, where it is plain */
    const struct cel_regex *regex;
    column_words true_words, false_words, enumerated, categories;
    column_bound minimum, maximum, above, below; /* the latter two exclusive */
    quick_check quick;
} column;

/* Working memory of one reader of cells; zeroed but for the arena. */
typedef struct column_work {
    og_arena *arena;             /* of the run: grows with the hardest pattern only */
    og_arena cell;               /* of one cell, for JSON */
    struct cel_matcher *matcher; /* made when first needed */
    cell_scratch scratch;        /* what a value may borrow from until the next cell */
} column_work;

/* Borrows field and dialect; all else goes to the arena. OG_E_INVALID, with the field's
 * name, when a format or a bound makes no sense; OG_E_NOMEM. */
int column_make(const report_field *field, const report_dialect *dialect, og_arena *arena,
                column *ret, og_error *err);

/* Holds a cell against everything but uniqueness. *ret_rule: the first rule it breaks, or
 * VERIFY_FINE; *ret_missing: it stands for no value, and nothing but `required` was
 * asked. Else, where the cell is fine, *ret_value is its value, until the next cell.
 * OG_E_NOMEM, OG_E_LIMIT (a pattern that takes too long). */
int column_check(const column *c, column_work *work, og_str text, verify_rule *ret_rule,
                 bool *ret_missing, cell_value *ret_value, og_error *err);
void column_work_done(column_work *work);

/* What a cell that breaks the rule should have been: "one of 3 words", "a date as %d/%m".
 * In the arena; empty when there is no memory. */
og_str column_expected(const column *c, verify_rule rule, og_arena *arena);

#endif
