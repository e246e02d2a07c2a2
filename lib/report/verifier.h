/* What the parts of a verification share. Internal to lib/report. */
#ifndef OG_REPORT_VERIFIER_H
#define OG_REPORT_VERIFIER_H

#include "report/column.h"
#include "report/keyset.h"
#include "report/verify.h"
#include "report/verify_input.h"

typedef enum key_state { /* of one cell in the row at hand */
    KEY_UNUSABLE,        /* it broke a rule, or is not there */
    KEY_EMPTY,
    KEY_SET
} key_state;

typedef struct key_cell {
    key_state state;
    og_str text; /* as written */
    og_str key;
    char bytes[CELL_KEY_MAX];
} key_cell;

typedef struct key_rule { /* fields that are unique together */
    verify_rule rule;
    const size_t *columns; /* indexes of fields */
    size_t count;
    keyset seen;
} key_rule;

typedef struct verifier {
    const report_layout *layout;
    const verify_options *options;
    verify_result *result;
    verify_input input;
    csv_scanner scanner;
    og_arena arena; /* of the run */
    column *columns;
    key_cell **key_cells; /* [field_count]; NULL: the field is in no key */
    key_rule *keys;
    size_t key_count;
    column_work work;
    og_buf key;     /* of several fields */
    int32_t *place; /* [width] index of the field in this place, or -1 */
    size_t width;   /* cells that a row must have */
    uint64_t blanks_seen;
    bool ascii, crlf;
} verifier;

typedef struct verify_place {
    uint64_t row, line, column;
    const report_field *field; /* may be NULL */
    const og_str *value;       /* may be NULL */
} verify_place;

/* Counts a finding; keeps it while there is room. */
int verify_add(verifier *v, verify_rule rule, verify_place place, og_error *err,
               const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* Room for one more finding in full: only then is its text worth making. */
bool verify_has_room(const verifier *v);

/* verify_header.c: what the label row, or without one the first row, says. Sets place and
 * width. *ret_go_on false: rows would only repeat what is said already. */
int verify_header(verifier *v, const csv_row *row, bool *ret_go_on, og_error *err);
/* The places of a file without labels. */
int verify_no_header(verifier *v, const csv_row *row, bool *ret_go_on, og_error *err);

/* verify_keys.c */
int verify_keys_make(verifier *v, og_error *err);
/* Holds the row's key cells against the rows before. */
int verify_keys_row(verifier *v, const csv_row *row, og_error *err);
void verify_keys_done(verifier *v);

#endif
