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

/* Keys of rows that were read and have yet to be held against those before: one behind
 * the other, so that memory is on its way when it is needed. */
typedef struct key_log {
    og_buf entries;   /* see verify_keys.c */
    size_t at, ahead; /* bytes that were taken; that are expected */
} key_log;

typedef struct reference_rule { /* fields whose values another row has in others */
    const size_t *from, *to;    /* indexes of fields */
    size_t count;
    keyset seen;    /* what rows have in `to` */
    og_buf waiting; /* what rows have in `from` and no row has so far: entries */
    size_t sweep;   /* bytes of `waiting` at which it is looked through */
} reference_rule;

typedef struct order_cell { /* of one row */
    key_state state;
    cell_value value; /* borrows from the next two */
    og_buf text;
    cell_scratch digits;
} order_cell;

typedef struct order_key { /* a field by which rows are sorted */
    const column *column;
    bool descending;
    order_cell cells[2]; /* of this row and the one before, in turn */
} order_key;

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
    key_log log;
    size_t *log_at; /* of a piece of a file: the bytes of the log before each finding that
                       is kept; NULL: of a file, which takes its log itself */
    reference_rule *references;
    size_t reference_count;
    order_key *order; /* the first field first */
    size_t order_count, order_turn;
    uint64_t order_row;       /* the row before; 0: none */
    order_key **order_fields; /* [field_count] NULL: nothing is sorted by it */
    column_work work;
    og_buf key;     /* of several fields */
    int32_t *place; /* [width] index of the field in this place, or -1 */
    size_t width;   /* cells that a row must have */
    og_str *labels; /* [width] as they stand in the file; NULL: there are none */
    uint64_t blanks_seen;
    bool ascii, crlf;
} verifier;

typedef struct verify_place {
    uint64_t row, line, column;
    const report_field *field; /* may be NULL */
    const og_str *value;       /* may be NULL */
} verify_place;

/* Counts a finding; keeps it while there is room. Findings on keys of rows before come
 * first. */
int verify_add(verifier *v, verify_rule rule, verify_place place, og_error *err,
               const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* The same for a row that came before what was read last. */
int verify_add_late(verifier *v, verify_rule rule, verify_place place, og_error *err,
                    const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* Room for one more finding in full: only then is its text worth making. */
bool verify_has_room(const verifier *v);
/* From 1: where the field stands in the file; 0: it is not there. */
uint64_t verify_column_of(const verifier *v, const column *c);

/* verify_dialect.c: what a file looks like when it is not in the layout's dialect, in one
 * finding. *ret_go_on false: rows would only repeat what is said already; *ret_data
 * false: the row has been spoken of. */

/* A row before the labels, or the labels. */
int verify_dialect_labels(verifier *v, const csv_row *row, bool *ret_go_on,
                          og_error *err);
/* A label row that could not be read. */
int verify_dialect_unread(verifier *v, verify_place place, bool *ret_go_on,
                          og_error *err);
/* The first row of a file without labels. */
int verify_dialect_headless(verifier *v, const csv_row *row, bool *ret_data,
                            bool *ret_go_on, og_error *err);
/* The first row of data. */
int verify_dialect_data(verifier *v, const csv_row *row, bool *ret_go_on, og_error *err);
/* Whether the row is that of the labels again. */
bool verify_repeats_labels(const verifier *v, const csv_row *row);
int verify_dialect_repeat(verifier *v, const csv_row *row, og_error *err);

/* verify_header.c: what the label row says. Sets place and width. */
int verify_header(verifier *v, const csv_row *row, og_error *err);
/* The places of a file without labels. */
int verify_no_header(verifier *v, og_error *err);
/* A cell of the label row; field may be NULL. */
verify_place verify_label_place(const csv_row *row, size_t at, const report_field *field);

/* verify.c */
csv_dialect verify_dialect(const report_dialect *dialect);
/* A row of data, after the first one. */
int verify_row(verifier *v, const csv_row *row, og_error *err);
/* The scanner gave up, as err tells: what it says is the last finding. */
int verify_stop(verifier *v, og_error *err);

/* verify_pieces.c: the rest of a file, by several threads: whether it may be read so
 * after that row; it is. */
bool verify_pieces_may_begin(const verifier *v, uint64_t row);
int verify_pieces(verifier *v, og_error *err);

/* verify_keys.c */
int verify_keys_make(verifier *v, og_error *err);
/* The row's keys, to be held against those of the rows before, soon. */
int verify_keys_row(verifier *v, const csv_row *row, og_error *err);
/* Now. */
int verify_keys_flush(verifier *v, og_error *err);
/* Those that a piece noted, up to so many bytes of its log. Its rows and lines count from
 * `rows` and `lines`. */
int verify_keys_take(verifier *v, key_log *log, size_t to, uint64_t rows, uint64_t lines,
                     og_error *err);
void verify_keys_done(verifier *v);
keyset verify_keyset(const verify_options *options);
/* Indexes of the fields, whose cells are kept in key_cells from now on. */
int verify_key_columns(verifier *v, const report_words *names, const size_t **ret,
                       og_error *err);
/* The key of cells that are all set: of several, each with its length before it, a long
 * one by its SHA-256. Until the next one. */
int verify_key_of(verifier *v, const size_t *columns, size_t count, og_str *ret,
                  og_error *err);

/* verify_reference.c: foreign keys within the file. A reference may come before what it
 * refers to: then it waits, within OG_LIMIT_BUFFER bytes. */
int verify_references_make(verifier *v, og_error *err);
/* Whether the key refers to the same file: it names no table, or the report itself. */
bool verify_is_within(const report_layout *layout, const report_reference *key);
int verify_references_row(verifier *v, const csv_row *row, og_error *err);
/* At the end of the file: what still waits is wrong. */
int verify_references_end(verifier *v, og_error *err);
void verify_references_done(verifier *v);

/* verify_order.c: rows come in the order the layout promises. A row that is too
 * short or long, or has a cell there that broke a rule, is left out; an empty cell comes
 * before any value. */
int verify_order_make(verifier *v, og_error *err);
void verify_order_cell(verifier *v, order_key *key, key_state state, og_str text,
                       const cell_value *value);
int verify_order_row(verifier *v, const csv_row *row, og_error *err);
void verify_order_done(verifier *v);

#endif
