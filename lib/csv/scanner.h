/* What the files of the scanner share. A row is read by the fast way or with care; both
 * leave s->at behind the row, or where it was when there is no row. */
#ifndef OG_CSV_SCANNER_H
#define OG_CSV_SCANNER_H

#include "base/limits.h"
#include "csv/csv.h"
#include "csv/masks.h"

/* How an attempt to read a row ended, besides the negative codes. */
enum {
    CSV_END = 0,
    CSV_ROW = 1,
    CSV_MORE = 2,    /* what is in memory ends within the row */
    CSV_CAREFUL = 3, /* the fast way cannot tell */
    CSV_AGAIN = 4    /* an empty row was passed over */
};

/* One row at s->at, byte by byte: CSV_ROW, CSV_END, CSV_MORE, or a failure. */
int csv_careful_row(csv_scanner *s, csv_row *ret, og_error *err);

/* Passes over empty rows and comments: OG_OK, CSV_MORE, or a failure. */
int csv_skip_rows(csv_scanner *s, og_error *err);

/* Reads on; the row at s->at stays, at another place. The problem with the byte at s->end
 * if there is one. */
int csv_window_fill(csv_scanner *s, og_error *err);
/* Offset of the first byte that is no UTF-8 or NUL, or n; *ret_why says which. An
 * incomplete sequence at the end is invalid. */
size_t csv_window_check(const csv_masker *masker, const char *text, size_t n,
                        const char **ret_why);

/* Fills s->problem and err with what is wrong at `place` of the row at s->at;
 * OG_E_INVALID. */
int csv_fail(csv_scanner *s, const char *code, const char *place, const char *message,
             const char *hint, og_error *err);
int csv_fail_byte(csv_scanner *s, const char *place, const char *why, og_error *err);

/* Room for one more cell; index: how many there are. */
int csv_reserve_cell(csv_scanner *s, size_t index, og_error *err);
/* Replaces the text of the altered ones of `count` cells by a copy without the quotes or
 * escapes that double. */
int csv_unescape(csv_scanner *s, size_t count, og_error *err);

#endif
