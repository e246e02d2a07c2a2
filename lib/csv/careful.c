/* The grammar, byte by byte: for rows that the fast way cannot tell, and for the words
 * and the place of what is wrong. */
#include "csv/scanner.h"

typedef struct careful {
    csv_scanner *s;
    const csv_dialect *d;
    const char *at, *end;
    uint32_t lines; /* passed */
    bool altered;   /* a cell needs csv_unescape */
} careful;

/* quoted = quote { byte | quote quote | escape byte } quote ; at the opening quote. */
static int quoted_cell(careful *c, csv_cell *ret, og_error *err)
{
    const csv_dialect *d = c->d;
    const char *open = c->at++, *from = c->at;
    bool altered = false;
    for (; c->at < c->end; c->at++) {
        if (*c->at == '\n') {
            c->lines++;
        } else if (d->escape && *c->at == d->escape && c->at + 1 < c->end) {
            altered = true;
            c->lines += *++c->at == '\n';
        } else if (*c->at == d->quote) {
            if (!d->double_quote || c->at + 1 == c->end || c->at[1] != d->quote)
                break;
            altered = true;
            c->at++;
        }
    }
    if (c->at == c->end)
        return csv_fail(c->s, "csv-quote", open, "a quote is not closed",
                        "close it, or write a quote inside a cell twice", err);
    *ret = (csv_cell){{from, (size_t)(c->at - from)}, true, altered, open};
    c->at++;
    if (c->at < c->end && *c->at != d->delimiter && *c->at != '\n' && *c->at != '\r')
        return csv_fail(c->s, "csv-quote", c->at, "text follows a closing quote",
                        "write a quote inside a quoted cell twice", err);
    return OG_OK;
}

/* plain = { byte but delimiter, quote, CR, LF }, escape byte where there is an escape */
static int plain_cell(careful *c, csv_cell *ret, og_error *err)
{
    const csv_dialect *d = c->d;
    char quote = d->bare_quotes ? 0 : d->quote;
    const char *from = c->at;
    bool altered = false;
    for (; c->at < c->end; c->at++) {
        if (d->escape && *c->at == d->escape && c->at + 1 < c->end) {
            altered = true;
            c->lines += *++c->at == '\n';
        } else if (*c->at == d->delimiter || *c->at == '\n' || *c->at == '\r' ||
                   (quote && *c->at == quote)) {
            break;
        }
    }
    if (c->at < c->end && quote && *c->at == quote)
        return csv_fail(c->s, "csv-quote", c->at, "a quote in a cell that is not quoted",
                        "put the whole cell in quotes, and the quote inside twice", err);
    *ret = (csv_cell){{from, (size_t)(c->at - from)}, false, altered, from};
    return OG_OK;
}

static int one_cell(careful *c, size_t index, og_error *err)
{
    csv_cell cell = {.quoted = false};
    while (c->d->skip_initial_space && c->at < c->end && *c->at == ' ')
        c->at++;
    bool quoted = c->at < c->end && c->d->quote && *c->at == c->d->quote;
    int rc = quoted ? quoted_cell(c, &cell, err) : plain_cell(c, &cell, err);
    if (rc != OG_OK)
        return rc;
    if (index >= OG_LIMIT_CSV_COLUMNS)
        return csv_fail(c->s, "csv-limit", cell.start, "too many cells in a row", "",
                        err);
    if (cell.text.n > OG_LIMIT_CSV_CELL)
        return csv_fail(c->s, "csv-limit", cell.start, "a cell is too long",
                        "is a quote not closed?", err);
    rc = csv_reserve_cell(c->s, index, err);
    if (rc != OG_OK)
        return rc;
    c->s->cells[index] = cell;
    c->altered |= cell.altered;
    return OG_OK;
}

/* LF or CRLF; false when there is neither. */
static bool end_of_row(careful *c, csv_ending *ret)
{
    if (c->at < c->end && *c->at == '\n')
        *ret = CSV_LF;
    else if (c->at + 1 < c->end && c->at[0] == '\r' && c->at[1] == '\n')
        *ret = CSV_CRLF;
    else
        return false;
    c->at += *ret == CSV_CRLF ? 2 : 1;
    c->lines++;
    return true;
}

/* row = cell { delimiter cell } end */
static int read_cells(careful *c, csv_row *ret, og_error *err)
{
    for (;;) {
        int rc = one_cell(c, ret->count, err);
        if (rc != OG_OK)
            return rc;
        ret->count++;
        if (c->at == c->end || *c->at != c->d->delimiter)
            break;
        c->at++;
    }
    if (c->at == c->end || end_of_row(c, &ret->ending))
        return OG_OK;
    return csv_fail(c->s, "csv-byte", c->at, "a carriage return without a line feed",
                    "rows end with LF or CRLF", err);
}

static int too_long(csv_scanner *s, const char *end, og_error *err)
{
    if ((size_t)(end - s->at) < OG_LIMIT_CSV_ROW)
        return CSV_MORE;
    return csv_fail(s, "csv-limit", s->at, "a row is too long", "is a quote not closed?",
                    err);
}

/* The memory that one row may take. */
static careful begin(csv_scanner *s)
{
    size_t left = (size_t)(s->end - s->at);
    left = left < OG_LIMIT_CSV_ROW ? left : OG_LIMIT_CSV_ROW;
    return (careful){.s = s, .d = &s->dialect, .at = s->at, .end = s->at + left};
}

int csv_skip_rows(csv_scanner *s, og_error *err)
{
    for (;;) {
        careful c = begin(s);
        csv_ending ending;
        if (end_of_row(&c, &ending)) {
            s->blanks++;
        } else if (c.d->comment && c.at < c.end && *c.at == c.d->comment) {
            const char *line_end = memchr(c.at, '\n', (size_t)(c.end - c.at));
            if (!line_end && !(s->whole && c.end == s->end))
                return too_long(s, c.end, err);
            c.at = line_end ? line_end + 1 : c.end;
            c.lines += line_end != NULL;
        } else {
            return OG_OK;
        }
        s->at = c.at;
        s->line += c.lines;
    }
}

int csv_careful_row(csv_scanner *s, csv_row *ret, og_error *err)
{
    int rc = csv_skip_rows(s, err);
    if (rc != OG_OK)
        return rc;
    careful c = begin(s);
    bool cut = !s->whole || c.end != s->end;
    if (c.at == c.end)
        return cut ? CSV_MORE : CSV_END;
    csv_row row = {.number = s->row, .line = s->line, .start = s->at};
    og_error wrong = {0};
    rc = read_cells(&c, &row, &wrong);
    /* What was decided on the last byte may be otherwise with the next one. */
    if (cut && (rc == OG_OK ? row.ending == CSV_NO_ENDING
                            : rc == OG_E_INVALID && c.end - c.at <= 1)) {
        og_error_done(&wrong);
        return too_long(s, c.end, err);
    }
    if (rc == OG_OK && c.altered)
        rc = csv_unescape(s, row.count, &wrong);
    if (rc != OG_OK) {
        if (err)
            *err = wrong;
        else
            og_error_done(&wrong);
        return rc;
    }
    row.cells = s->cells;
    s->at = c.at;
    s->line += c.lines;
    *ret = row;
    return CSV_ROW;
}
