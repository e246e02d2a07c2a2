/* CSV: bytes to rows of cells, with positions. Strict: what is not clearly a table of the
 * dialect is a problem that names row, line and column, never a guess.
 *
 *     csv_scanner s;
 *     csv_open(&s, text, NULL, arena, err);
 *     while ((rc = csv_next(&s, &row, err)) == 1) …
 *     csv_done(&s);
 *
 * Rows end with LF or CRLF, the last one may lack it. Cells borrow from the text; only
 * those with a doubled or escaped quote are copied, into the arena. Rows without a single
 * byte are skipped, so a table of one column cannot hold an empty unquoted cell. */
#ifndef OG_CSV_CSV_H
#define OG_CSV_CSV_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* How a table is written; names and defaults are the Frictionless Table Dialect's. Bytes
 * are ASCII and differ from each other. */
typedef struct csv_dialect {
    char delimiter;          /* ',' */
    char quote;              /* '"'; 0: nothing is quoted */
    bool double_quote;       /* a quote in a quoted cell is written twice; default */
    char escape;             /* 0: none; else the byte after it stands for itself */
    char comment;            /* 0: none; else rows that begin with it are skipped */
    bool skip_initial_space; /* blanks after a delimiter do not count */
} csv_dialect;

csv_dialect csv_dialect_default(void);

typedef struct csv_cell {
    og_str text;       /* unquoted; valid UTF-8 without NUL */
    bool quoted;       /* it stood in quotes */
    const char *start; /* in the source: for csv_position */
} csv_cell;

typedef struct csv_row {
    const csv_cell *cells; /* until the next row is read */
    size_t count;          /* at least 1 */
    uint64_t number;       /* from 1, header included, skipped rows not */
    uint32_t line;         /* from 1: of its first byte */
    const char *start;
} csv_row;

typedef struct csv_problem { /* what is wrong with the text */
    const char *code;        /* "csv-quote", "csv-byte", "csv-limit"; static */
    const char *message;     /* lower case, no full stop; static */
    const char *hint;        /* static; may be empty */
    uint32_t line, column;   /* from 1; column in code points */
    uint64_t row;
} csv_problem;

typedef struct csv_scanner { /* fields are private but for `problem` */
    csv_dialect dialect;
    og_arena *arena;
    const char *at, *end, *row_start;
    csv_cell *cells; /* own */
    size_t cap;
    uint64_t row;
    uint32_t line; /* of `at` */
    uint32_t row_line;
    bool special[256];   /* bytes that end a run of plain ones */
    csv_problem problem; /* after OG_E_INVALID */
} csv_scanner;

/* The text (a byte order mark is passed over) and the arena must outlive the cells;
 * dialect NULL: the default. The text is checked whole: invalid UTF-8 or a NUL byte is
 * OG_E_INVALID. OG_E_USAGE: no sensible dialect. */
int csv_open(csv_scanner *s, og_str text, const csv_dialect *dialect, og_arena *arena,
             og_error *err);
/* 1: a row; 0: the end; OG_E_INVALID: s->problem, and there is no going on; OG_E_NOMEM.
 */
int csv_next(csv_scanner *s, csv_row *ret, og_error *err);
/* Line and column (code points) of a place in a row. */
void csv_position(const csv_row *row, const char *place, uint32_t *ret_line,
                  uint32_t *ret_column);
/* A zeroed scanner is fine. */
void csv_done(csv_scanner *s);

#endif
