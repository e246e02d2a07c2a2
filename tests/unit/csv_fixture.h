/* Every way of reading one table, written down so that two ways can be compared to the
 * last position. */
#ifndef OG_TESTS_CSV_FIXTURE_H
#define OG_TESTS_CSV_FIXTURE_H

#include <stdlib.h>

#include "base/buf.h"
#include "csv/csv.h"
#include "csv/masks.h"

/* A source that gives a text in pieces of `piece` bytes. */
typedef struct csv_pieces {
    og_str left;
    size_t piece;
} csv_pieces;

static inline int csv_pieces_read(void *self, char *to, size_t n, size_t *ret,
                                  og_error *err)
{
    (void)err;
    csv_pieces *p = self;
    n = n < p->piece ? n : p->piece;
    n = n < p->left.n ? n : p->left.n;
    if (n > 0)
        memcpy(to, p->left.p, n);
    p->left = og_str_slice(p->left, n, p->left.n);
    *ret = n;
    return OG_OK;
}

typedef struct csv_way { /* of reading */
    const char *masker;  /* its name; NULL: byte by byte */
    size_t piece;        /* bytes at once; 0: the text is whole */
    size_t window; /* room for a source at first, 4 or more; 0: as the scanner has it */
} csv_way;

static inline void csv_write_row(const csv_row *row, og_buf *out)
{
    og_buf_printf(out, "%llu@%u/%d", (unsigned long long)row->number, row->line,
                  (int)row->ending);
    for (size_t i = 0; i < row->count; i++) {
        const csv_cell *cell = &row->cells[i];
        uint32_t line, column;
        csv_position(row, cell->start, &line, &column);
        og_buf_printf(out, " %u:%u%s%zu<", line, column, cell->quoted ? "\"" : "=",
                      cell->text.n);
        og_buf_put(out, cell->text);
        og_buf_putc(out, '>');
    }
    og_buf_putc(out, '\n');
}

/* The rows and what ended them, one a line; false when this processor has no such way. */
static inline bool csv_write_table(og_str text, const csv_dialect *dialect, csv_way way,
                                   og_buf *out)
{
    const csv_masker *masker = way.masker ? csv_masker_named(way.masker) : NULL;
    if (way.masker && !masker)
        return false;
    og_arena arena = {0};
    og_error err = {0};
    csv_scanner s;
    csv_row row;
    csv_pieces pieces = {text, way.piece};
    csv_source source = {csv_pieces_read, &pieces};
    int rc = way.piece ? csv_open_source(&s, source, dialect, &err)
                       : csv_open(&s, text, dialect, &arena, &err);
    if (masker)
        s.masker = masker;
    else
        s.by_byte = true;
    s.window = way.window;
    while (rc == OG_OK && (rc = csv_next(&s, &row, &err)) == 1) {
        csv_write_row(&row, out);
        rc = OG_OK;
    }
    if (rc == OG_E_INVALID)
        og_buf_printf(out, "%s %s %s row %llu at %u:%u: ", s.problem.code,
                      s.problem.message, s.problem.hint,
                      (unsigned long long)s.problem.row, s.problem.line,
                      s.problem.column);
    og_buf_printf(out, "%d %llu %d %s\n", rc, (unsigned long long)s.blanks, s.bom,
                  rc < 0 ? og_error_text(&err) : "");
    csv_done(&s);
    og_error_done(&err);
    og_arena_done(&arena);
    return true;
}

/* Reads the text in every way; the first in which it differs from byte by byte, or NULL.
 * `ret` (cleared first) holds the reading byte by byte, `other` the one that differs. */
static inline const csv_way *csv_compare_ways(og_str text, const csv_dialect *dialect,
                                              og_buf *ret, og_buf *other)
{
    static const csv_way whole[] = {{"portable", 0, 0}, {"sse2", 0, 0}, {"avx2", 0, 0}};
    static const csv_way pieces[] = {
        {NULL, 1, 4},   {NULL, 7, 9},      {"portable", 64, 64}, {"sse2", 3, 100},
        {"avx2", 1, 4}, {"avx2", 61, 512}, {"avx2", 100000, 0}};
    og_buf_clear(ret);
    csv_write_table(text, dialect, (csv_way){NULL, 0, 0}, ret);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        og_buf_clear(other);
        if (csv_write_table(text, dialect, whole[i], other) &&
            !og_str_eq(og_buf_str(ret), og_buf_str(other)))
            return &whole[i];
    }
    /* A source finds a wrong byte later than a whole text, so it has a model of its own.
     */
    og_buf_clear(ret);
    csv_write_table(text, dialect, (csv_way){NULL, 5, 0}, ret);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        og_buf_clear(other);
        if (csv_write_table(text, dialect, pieces[i], other) &&
            !og_str_eq(og_buf_str(ret), og_buf_str(other)))
            return &pieces[i];
    }
    return NULL;
}

#endif
