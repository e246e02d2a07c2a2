/* The scanner. A cell is a run of plain bytes up to a special one, found through a table,
 * so that the common case costs one look-up a byte and copies nothing. */
#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "csv/csv.h"

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

static int problem(csv_scanner *s, const char *code, const char *place,
                   const char *message, const char *hint, og_error *err)
{
    csv_row row = {.line = s->row_line, .start = s->row_start};
    s->problem =
        (csv_problem){.code = code, .message = message, .hint = hint, .row = s->row};
    csv_position(&row, place, &s->problem.line, &s->problem.column);
    return og_fail(err, OG_E_INVALID, "row %llu: %s", (unsigned long long)s->row,
                   message);
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
    return true;
}

int csv_open(csv_scanner *s, og_str text, const csv_dialect *dialect, og_arena *arena,
             og_error *err)
{
    *s = (csv_scanner){.arena = arena, .row = 1, .line = 1, .row_line = 1};
    s->dialect = dialect ? *dialect : csv_dialect_default();
    if (!dialect_ok(&s->dialect))
        return og_fail(err, OG_E_USAGE,
                       "csv dialect: delimiter, quote, escape and comment must be "
                       "different ASCII characters");
    if (og_str_starts(text, OG_STR("\xef\xbb\xbf")))
        text = og_str_slice(text, 3, text.n);
    s->at = s->row_start = text.p;
    s->end = text.n ? text.p + text.n : text.p;
    s->special['\n'] = s->special['\r'] = true;
    s->special[(unsigned char)s->dialect.delimiter] = true;
    if (s->dialect.quote)
        s->special[(unsigned char)s->dialect.quote] = true;
    if (s->dialect.escape)
        s->special[(unsigned char)s->dialect.escape] = true;
    size_t bad = og_utf8_invalid(text);
    if (bad < text.n)
        return problem(s, "csv-byte", text.p + bad, "invalid UTF-8",
                       "save the file as UTF-8", err);
    const char *nul = text.n ? memchr(text.p, 0, text.n) : NULL;
    if (nul)
        return problem(s, "csv-byte", nul, "a NUL byte", "", err);
    return OG_OK;
}

void csv_done(csv_scanner *s)
{
    og_free(s->cells);
    s->cells = NULL;
}

static int add_cell(csv_scanner *s, size_t index, csv_cell cell, og_error *err)
{
    if (index >= OG_LIMIT_CSV_COLUMNS)
        return problem(s, "csv-limit", cell.start, "too many cells in a row", "", err);
    if (cell.text.n > OG_LIMIT_CSV_CELL)
        return problem(s, "csv-limit", cell.start, "a cell is too long",
                       "is a quote not closed?", err);
    if (index >= s->cap) {
        size_t cap = s->cap ? 2 * s->cap : 16;
        csv_cell *more = og_realloc(s->cells, cap * sizeof *more);
        if (!more)
            return og_nomem(err);
        s->cells = more;
        s->cap = cap;
    }
    s->cells[index] = cell;
    return OG_OK;
}

/* Skips what ends a row: LF or CRLF. False when there is none. */
static bool end_of_row(csv_scanner *s)
{
    if (s->at < s->end && *s->at == '\n') {
        s->at++;
    } else if (s->at + 1 < s->end && s->at[0] == '\r' && s->at[1] == '\n') {
        s->at += 2;
    } else {
        return false;
    }
    s->line++;
    return true;
}

/* Copies [from, to) of a quoted cell without the quotes or escapes that double. */
static int unescape(csv_scanner *s, const char *from, const char *to, og_str *ret,
                    og_error *err)
{
    char *copy = og_arena_alloc(s->arena, (size_t)(to - from) + 1);
    if (!copy)
        return og_nomem(err);
    size_t n = 0;
    for (const char *p = from; p < to; p++) {
        if (*p == s->dialect.quote || (s->dialect.escape && *p == s->dialect.escape))
            p++;
        copy[n++] = *p;
    }
    *ret = (og_str){copy, n};
    return OG_OK;
}

/* quoted = quote { byte | quote quote | escape byte } quote ; at the opening quote. */
static int quoted_cell(csv_scanner *s, csv_cell *ret, og_error *err)
{
    const csv_dialect *d = &s->dialect;
    const char *open = s->at++, *from = s->at;
    bool doubled = false;
    for (; s->at < s->end; s->at++) {
        if (*s->at == '\n') {
            s->line++;
        } else if (d->escape && *s->at == d->escape && s->at + 1 < s->end) {
            doubled = true;
            s->line += *++s->at == '\n';
        } else if (*s->at == d->quote) {
            if (!d->double_quote || s->at + 1 == s->end || s->at[1] != d->quote)
                break;
            doubled = true;
            s->at++;
        }
    }
    if (s->at == s->end)
        return problem(s, "csv-quote", open, "a quote is not closed",
                       "close it, or write a quote inside a cell twice", err);
    *ret = (csv_cell){{from, (size_t)(s->at - from)}, true, open};
    s->at++;
    if (s->at < s->end && *s->at != d->delimiter && *s->at != '\n' && *s->at != '\r')
        return problem(s, "csv-quote", s->at, "text follows a closing quote",
                       "write a quote inside a quoted cell twice", err);
    return doubled ? unescape(s, from, s->at - 1, &ret->text, err) : OG_OK;
}

/* plain = { byte but delimiter, quote, CR, LF }, escape byte where there is an escape */
static int plain_cell(csv_scanner *s, csv_cell *ret, og_error *err)
{
    const csv_dialect *d = &s->dialect;
    const char *from = s->at;
    bool escaped = false;
    while (s->at < s->end) {
        if (!s->special[(unsigned char)*s->at]) {
            s->at++;
        } else if (d->escape && *s->at == d->escape && s->at + 1 < s->end) {
            escaped = true;
            s->line += s->at[1] == '\n';
            s->at += 2;
        } else {
            break;
        }
    }
    if (s->at < s->end && d->quote && *s->at == d->quote)
        return problem(s, "csv-quote", s->at, "a quote in a cell that is not quoted",
                       "put the whole cell in quotes, and the quote inside twice", err);
    *ret = (csv_cell){{from, (size_t)(s->at - from)}, false, from};
    return escaped ? unescape(s, from, s->at, &ret->text, err) : OG_OK;
}

/* row = cell { delimiter cell } */
static int read_cells(csv_scanner *s, size_t *ret_count, og_error *err)
{
    const csv_dialect *d = &s->dialect;
    size_t count = 0;
    for (;;) {
        csv_cell cell;
        while (d->skip_initial_space && s->at < s->end && *s->at == ' ')
            s->at++;
        bool quoted = s->at < s->end && d->quote && *s->at == d->quote;
        int rc = quoted ? quoted_cell(s, &cell, err) : plain_cell(s, &cell, err);
        if (rc == OG_OK)
            rc = add_cell(s, count, cell, err);
        if (rc != OG_OK)
            return rc;
        count++;
        if (s->at == s->end || *s->at != d->delimiter)
            break;
        s->at++;
    }
    *ret_count = count;
    if (s->at == s->end || end_of_row(s))
        return OG_OK;
    return problem(s, "csv-byte", s->at, "a carriage return without a line feed",
                   "rows end with LF or CRLF", err);
}

static void skip_rows(csv_scanner *s)
{
    for (;;) {
        if (end_of_row(s))
            continue;
        if (!s->dialect.comment || s->at == s->end || *s->at != s->dialect.comment)
            return;
        const char *line_end = memchr(s->at, '\n', (size_t)(s->end - s->at));
        s->at = line_end ? line_end : s->end;
    }
}

int csv_next(csv_scanner *s, csv_row *ret, og_error *err)
{
    skip_rows(s);
    if (s->at == s->end)
        return 0;
    s->row_start = s->at;
    s->row_line = s->line;
    csv_row row = {.number = s->row, .line = s->line, .start = s->at};
    int rc = read_cells(s, &row.count, err);
    if (rc != OG_OK)
        return rc;
    row.cells = s->cells;
    s->row++;
    *ret = row;
    return 1;
}
