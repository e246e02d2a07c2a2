/* The scanner: from boundaries to cells. */
#include "base/mem.h"
#include "base/utf8.h"
#include "csv/scanner.h"

csv_dialect csv_dialect_default(void)
{
    return (csv_dialect){.delimiter = ',', .quote = '"', .double_quote = true};
}

void csv_position(const csv_row *row, const char *place, uint32_t *ret_line,
                  uint32_t *ret_column)
{
    const char *from = row->start;
    *ret_line = row->line;
    for (const char *p = row->start; p < place; p++) {
        if (*p == '\n') {
            ++*ret_line;
            from = p + 1;
        }
    }
    *ret_column = (uint32_t)og_utf8_count((og_str){from, (size_t)(place - from)}) + 1;
}

int csv_fail(csv_scanner *s, const char *code, const char *place, const char *message,
             const char *hint, og_error *err)
{
    csv_row row = {.line = s->line, .start = s->at};
    s->problem =
        (csv_problem){.code = code, .message = message, .hint = hint, .row = s->row};
    csv_position(&row, place, &s->problem.line, &s->problem.column);
    return og_fail(err, OG_E_INVALID, "row %llu: %s", (unsigned long long)s->row,
                   message);
}

int csv_fail_byte(csv_scanner *s, const char *place, const char *why, og_error *err)
{
    return csv_fail(s, "csv-byte", place, why, *place ? "save the file as UTF-8" : "",
                    err);
}

static bool dialect_ok(const csv_dialect *d)
{
    const char bytes[] = {d->delimiter, d->quote, d->escape, d->comment};
    for (size_t i = 0; i < sizeof bytes; i++) {
        unsigned char b = (unsigned char)bytes[i];
        if (b >= 0x80 || b == '\n' || b == '\r' || (i == 0 && b == 0))
            return false;
        for (size_t j = 0; j < i; j++)
            if (b && bytes[j] == bytes[i])
                return false;
    }
    return !(d->skip_initial_space && d->delimiter == ' ');
}

static int begin(csv_scanner *s, const csv_dialect *dialect, og_error *err)
{
    *s = (csv_scanner){.row = 1, .line = 1, .at = "", .masker = csv_masker_best()};
    s->end = s->at;
    s->dialect = dialect ? *dialect : csv_dialect_default();
    s->by_byte = s->dialect.skip_initial_space;
    if (!dialect_ok(&s->dialect))
        return og_fail(err, OG_E_USAGE,
                       "csv dialect: delimiter, quote, escape and comment must be "
                       "different ASCII characters");
    s->index = og_alloc(sizeof *s->index);
    if (!s->index)
        return og_nomem(err);
    s->index->delimiter = s->dialect.delimiter;
    s->index->quote = s->dialect.quote;
    s->index->escape = s->dialect.escape;
    s->index->double_quote = s->dialect.double_quote;
    csv_index_reset(s->index, s->at);
    return OG_OK;
}

int csv_open(csv_scanner *s, og_str text, const csv_dialect *dialect, og_arena *arena,
             og_error *err)
{
    int rc = begin(s, dialect, err);
    if (rc != OG_OK)
        return rc;
    s->arena = arena;
    s->whole = true;
    s->bom = og_str_starts(text, OG_STR("\xef\xbb\xbf"));
    if (s->bom)
        text = og_str_slice(text, 3, text.n);
    if (text.n) {
        s->at = text.p;
        s->end = text.p + text.n;
    }
    csv_index_reset(s->index, s->at);
    const char *why;
    size_t good = csv_window_check(s->masker, s->at, text.n, &why);
    return why ? csv_fail_byte(s, s->at + good, why, err) : OG_OK;
}

int csv_open_piece(csv_scanner *s, og_str text, const csv_dialect *dialect, og_error *err)
{
    int rc = begin(s, dialect, err);
    if (rc != OG_OK || text.n == 0) {
        s->whole = true;
        return rc;
    }
    size_t good = csv_window_check(s->masker, text.p, text.n, &s->refused);
    s->at = text.p;
    s->end = text.p + good;
    s->whole = !s->refused;
    csv_index_reset(s->index, s->at);
    return OG_OK;
}

csv_source csv_rest(const csv_scanner *s, og_str *ret_text)
{
    *ret_text = (og_str){s->at, s->buffer ? s->held - (size_t)(s->at - s->buffer) : 0};
    return s->source;
}

int csv_open_source(csv_scanner *s, csv_source source, const csv_dialect *dialect,
                    og_error *err)
{
    int rc = begin(s, dialect, err);
    s->source = source;
    return rc;
}

void csv_done(csv_scanner *s)
{
    og_free(s->cells);
    og_free(s->index);
    og_free(s->buffer);
    og_arena_done(&s->own_arena);
    *s = (csv_scanner){.problem = s->problem, .blanks = s->blanks, .bom = s->bom};
}

int csv_reserve_cell(csv_scanner *s, size_t index, og_error *err)
{
    if (index < s->cap)
        return OG_OK;
    size_t cap = s->cap ? 2 * s->cap : 16;
    csv_cell *more = og_realloc(s->cells, cap * sizeof *more);
    if (!more)
        return og_nomem(err);
    s->cells = more;
    s->cap = cap;
    return OG_OK;
}

static int unescape(csv_scanner *s, csv_cell *cell, og_error *err)
{
    const char *p = cell->text.p, *end = p + cell->text.n;
    char escape = s->dialect.escape;
    char *copy =
        og_arena_alloc(s->arena ? s->arena : &s->own_arena, cell->text.n + CSV_SLACK);
    if (!copy)
        return og_nomem(err);
    size_t n = 0;
    for (; p < end; p++) {
        bool doubles =
            (escape && *p == escape) || (cell->quoted && *p == s->dialect.quote);
        if (doubles && p + 1 < end)
            p++;
        copy[n++] = *p;
    }
    cell->text = (og_str){copy, n};
    return OG_OK;
}

int csv_unescape(csv_scanner *s, size_t count, og_error *err)
{
    for (size_t i = 0; i < count; i++) {
        int rc = s->cells[i].altered ? unescape(s, &s->cells[i], err) : OG_OK;
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

/* The cell from `from` to the boundary at `to`: one without a byte begins with that. */
static inline csv_cell cell_at(char quote, const char *from, const char *to, bool altered)
{
    bool quoted = *from == quote;
    size_t quotes = quoted ? 2 : 0;
    return (csv_cell){
        {from + quoted, (size_t)(to - from) - quotes}, quoted, altered, from};
}

/* Line ends from `from` to `to`. */
static uint32_t count_lines(const char *from, const char *to)
{
    uint32_t count = 0;
    while ((from = memchr(from, '\n', (size_t)(to - from))) != NULL) {
        from++;
        count++;
    }
    return count;
}

/* The row from s->at to `to`, whose cells are read. */
static int finish_row(csv_scanner *s, const char *to, csv_row *row, bool altered,
                      og_error *err)
{
    if ((size_t)(to - s->at) > OG_LIMIT_CSV_CELL)
        return CSV_CAREFUL;
    int rc = altered ? csv_unescape(s, row->count, err) : OG_OK;
    if (rc != OG_OK)
        return rc;
    uint32_t inner = 0;
    if (s->index->inner_lines > 0)
        inner = count_lines(s->at, to) - (row->ending != CSV_NO_ENDING);
    s->index->inner_lines -= inner;
    row->cells = s->cells;
    row->number = s->row;
    row->line = s->line;
    row->start = s->at;
    s->line += inner + (row->ending != CSV_NO_ENDING);
    s->at = to;
    return CSV_ROW;
}

typedef struct walk {    /* along the boundaries of one row */
    const char *from;    /* where the next cell begins */
    const char *special; /* the last doubled quote or escape, or NULL */
    csv_row row;         /* the cells so far */
    bool cell_altered, altered;
} walk;

/* Cells that a delimiter ends, as long as there is nothing else and room for them. */
static void take_cells(csv_scanner *s, walk *w)
{
    csv_index *ix = s->index;
    const uint32_t *at = ix->offsets + ix->at, *end = ix->offsets + ix->count;
    csv_cell *cell = s->cells + w->row.count, *last = s->cells + s->cap;
    const char *base = ix->base, *from = w->from;
    char delimiter = s->dialect.delimiter, quote = s->dialect.quote;
    bool altered = w->cell_altered;
    for (; at < end && cell < last && base[*at] == delimiter; at++) {
        const char *place = base + *at;
        *cell++ = cell_at(quote, from, place, altered);
        altered = false;
        from = place + 1;
    }
    ix->at = (size_t)(at - ix->offsets);
    w->row.count = (size_t)(cell - s->cells);
    w->from = from;
    w->cell_altered = altered;
}

/* No boundary is left before the end of what is in memory. */
static int last_row(csv_scanner *s, walk *w, og_error *err)
{
    if (s->index->fault)
        return CSV_CAREFUL;
    if (!s->whole)
        return (size_t)(s->end - s->at) > OG_LIMIT_CSV_CELL ? CSV_CAREFUL : CSV_MORE;
    if (s->at == s->end)
        return CSV_END;
    if (s->index->in_quote || s->end[-1] == '\r')
        return CSV_CAREFUL;
    csv_cell *cell = &s->cells[w->row.count++];
    if (w->from == s->end)
        *cell = (csv_cell){.text = {w->from, 0}, .start = w->from};
    else
        *cell = cell_at(s->dialect.quote, w->from, s->end, w->cell_altered);
    return finish_row(s, s->end, &w->row, w->altered, err);
}

/* The boundary at `place` ends a line. */
static int end_line(csv_scanner *s, walk *w, const char *place, csv_row *ret,
                    og_error *err)
{
    bool crlf =
        place > w->from && place[-1] == '\r' &&
        !(w->special && w->special + 2 == place && *w->special == s->dialect.escape);
    const char *to = place - crlf;
    if (w->row.count == 0 && to == w->from) {
        s->at = place + 1;
        s->line++;
        s->blanks++;
        return CSV_AGAIN;
    }
    s->cells[w->row.count++] = cell_at(s->dialect.quote, w->from, to, w->cell_altered);
    w->row.ending = crlf ? CSV_CRLF : CSV_LF;
    int rc = finish_row(s, place + 1, &w->row, w->altered, err);
    if (rc == CSV_ROW)
        *ret = w->row;
    return rc;
}

/* A row along the boundaries: CSV_ROW and the like. */
static int fast_row(csv_scanner *s, csv_row *ret, og_error *err)
{
    csv_index *ix = s->index;
    walk w = {.from = s->at};
    for (;;) {
        if (w.row.count >= OG_LIMIT_CSV_COLUMNS)
            return CSV_CAREFUL;
        int rc = csv_reserve_cell(s, w.row.count, err);
        if (rc != OG_OK)
            return rc;
        take_cells(s, &w);
        if (w.row.count == s->cap)
            continue;
        if (ix->at == ix->count) {
            if (csv_index_more(ix, s->masker, s->end, s->whole || s->refused))
                continue;
            rc = last_row(s, &w, err);
            if (rc == CSV_ROW)
                *ret = w.row;
            return rc;
        }
        const char *place = ix->base + ix->offsets[ix->at++];
        if (*place == '\n')
            return end_line(s, &w, place, ret, err);
        if (*place != ix->delimiter) {
            w.special = place;
            w.cell_altered = w.altered = true;
        }
    }
}

static int try_row(csv_scanner *s, csv_row *ret, og_error *err)
{
    char comment = s->dialect.comment;
    if (!s->by_byte && comment && s->at < s->end && *s->at == comment) {
        int rc = csv_skip_rows(s, err);
        csv_index_reset(s->index, s->at);
        if (rc != OG_OK)
            return rc;
    }
    int rc = s->by_byte ? CSV_CAREFUL : fast_row(s, ret, err);
    if (rc == CSV_CAREFUL) {
        rc = csv_careful_row(s, ret, err);
        csv_index_reset(s->index, s->at);
    }
    return rc;
}

int csv_next(csv_scanner *s, csv_row *ret, og_error *err)
{
    if (s->own_arena.used > 0)
        og_arena_reset(&s->own_arena);
    for (;;) {
        int rc = try_row(s, ret, err);
        if (rc == CSV_MORE) {
            rc = csv_window_fill(s, err);
            csv_index_reset(s->index, s->at);
        } else if (rc != CSV_AGAIN) {
            s->row += rc == CSV_ROW;
            return rc;
        }
        if (rc < 0)
            return rc;
    }
}
