/* CSV: bytes to rows of cells, with positions. Strict: what is not clearly a table of the
 * dialect is a problem that names row, line and column, never a guess.
 *
 *     csv_scanner s;
 *     rc = csv_open(&s, text, NULL, arena, err);   or csv_open_source(&s, source, …)
 *     while (rc == OG_OK && (rc = csv_next(&s, &row, err)) == 1) …
 *     csv_done(&s);
 *
 * Rows end with LF or CRLF, the last one may lack it. A byte order mark is passed over.
 * Rows without a single byte are skipped, so a table of one column cannot hold an empty
 * unquoted cell. Cells borrow from the text; only those with a doubled or escaped quote
 * are copied.
 *
 * A text comes whole (csv_open: rows stay as long as the text does) or piece by piece
 * from a source (csv_open_source: a row stays until the next one is read, and memory
 * stays that of the longest row). Both give the same rows and problems, but for one
 * thing: of a whole text every byte is checked before the first row, of a source the
 * bytes of a piece when it comes.
 *
 * How it works: 64 bytes at a time become bit masks of quotes, delimiters and line ends
 * (csv/masks.h: AVX2, SSE2 or plain C, whichever the processor has), the masks a list of
 * boundaries (csv/index.h), and the boundaries cells. Whatever is wrong or unusual is
 * read again byte by byte (csv/careful.c), which has the grammar and finds the words. */
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
    bool bare_quotes;        /* in a cell that does not begin with one, quotes are text */
    bool skip_initial_space; /* blanks after a delimiter do not count; slower */
} csv_dialect;

csv_dialect csv_dialect_default(void);

enum {
    CSV_SLACK = 16 /* bytes after the text of any cell of a source that may be read, too,
                      whatever they are: for readers that take whole words */
};

typedef struct csv_cell {
    og_str text;       /* unquoted; valid UTF-8 without NUL */
    bool quoted;       /* it stood in quotes */
    bool altered;      /* `text` is a copy without the quotes or escapes that double */
    const char *start; /* in the source: for csv_position */
} csv_cell;

typedef enum csv_ending {
    CSV_NO_ENDING, /* the last row only */
    CSV_LF,
    CSV_CRLF
} csv_ending;

typedef struct csv_row {
    const csv_cell *cells; /* until the next row is read */
    size_t count;          /* at least 1 */
    uint64_t number;       /* from 1, header included, skipped rows not */
    uint32_t line;         /* from 1: of its first byte */
    csv_ending ending;
    const char *start;
} csv_row;

typedef struct csv_problem { /* what is wrong with the text */
    const char *code;        /* "csv-quote", "csv-byte", "csv-limit"; static */
    const char *message;     /* lower case, no full stop; static */
    const char *hint;        /* static; may be empty */
    uint32_t line, column;   /* from 1; column in code points */
    uint64_t row;
} csv_problem;

/* Where the bytes of a table come from, piece by piece. `read` puts at most n (at least
 * 1) at `to` and their number, 0 only at the end, in *ret; a failure is passed on to
 * whoever asked for a row. */
typedef struct csv_source {
    int (*read)(void *self, char *to, size_t n, size_t *ret, og_error *err);
    void *self;
} csv_source;

typedef struct csv_scanner { /* fields are private but for those with a comment "public"
                              */
    csv_problem problem;     /* public; after OG_E_INVALID */
    uint64_t blanks;         /* public; rows without a byte that were skipped so far */
    bool bom;                /* public; the text begins with a byte order mark */
    csv_dialect dialect;
    const struct csv_masker *masker; /* how blocks become masks; csv/masks.h */
    struct csv_index *index;         /* own; boundaries ahead of `at` */
    og_arena *arena;                 /* for altered cells */
    og_arena own_arena;              /* of a source: emptied at each row */
    const char *at, *end;            /* at: where the next row begins */
    csv_cell *cells;                 /* own */
    size_t cap;
    uint64_t row;      /* number of the next row */
    uint32_t line;     /* of `at` */
    bool by_byte;      /* every row is read with care */
    bool whole;        /* there is nothing after `end` */
    csv_source source; /* read NULL: none */
    size_t window;     /* bytes of the buffer at first, 4 or more; 0: 256 KiB */
    char *buffer;      /* own; what of the source is in memory */
    size_t buffer_cap; /* bytes */
    size_t held;       /* bytes in the buffer; those from `end` on are not yet checked */
    const char *refused; /* what is wrong with the byte at `end`, or NULL */
} csv_scanner;

/* The text and the arena must outlive the cells; dialect NULL: the default. The text is
 * checked whole: invalid UTF-8 or a NUL byte is OG_E_INVALID. OG_E_USAGE: no sensible
 * dialect; OG_E_NOMEM. */
int csv_open(csv_scanner *s, og_str text, const csv_dialect *dialect, og_arena *arena,
             og_error *err);
/* Nothing is read until csv_next. OG_E_USAGE, OG_E_NOMEM. */
int csv_open_source(csv_scanner *s, csv_source source, const csv_dialect *dialect,
                    og_error *err);
/* Rows of a source as text in memory that begins and ends between two rows: each byte is
 * checked before its row only, and a byte order mark is text. The text must outlive the
 * cells, and CSV_SLACK bytes after it may be read. */
int csv_open_piece(csv_scanner *s, og_str text, const csv_dialect *dialect,
                   og_error *err);
/* 1: a row; 0: the end; OG_E_INVALID: s->problem, and there is no going on; OG_E_NOMEM;
 * or what the source failed with. Limits (base/limits.h): OG_LIMIT_CSV_COLUMNS cells,
 * OG_LIMIT_CSV_CELL bytes of a cell, OG_LIMIT_CSV_ROW bytes of a row or comment. */
int csv_next(csv_scanner *s, csv_row *ret, og_error *err);
/* What comes after the row read last: bytes in memory, while the scanner is there, and
 * then what the source still has. For whoever reads on without it. */
csv_source csv_rest(const csv_scanner *s, og_str *ret_text);
/* Bytes of the text, which begins between two rows, up to the end of the last whole row;
 * 0: there is none. The dialect has neither escapes nor comments. */
size_t csv_whole_rows(og_str text, char quote);
/* Line and column (code points) of a place in a row. */
void csv_position(const csv_row *row, const char *place, uint32_t *ret_line,
                  uint32_t *ret_column);
/* A zeroed scanner is fine, and so is one that failed to open. */
void csv_done(csv_scanner *s);

#endif
