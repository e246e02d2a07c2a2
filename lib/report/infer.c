/* Types by elimination: each value takes away the types it is not of. */
#include "report/infer.h"

#include "base/mem.h"
#include "report/cell.h"
#include "report/first_sight.h"

enum {
    HEAD = 64 * 1024, /* bytes looked at for the delimiter */
    WORD_BYTES = 40,  /* of a code */
    ROWS_PER_WORD = 5 /* a code list has each word this often, on average */
};

/* ---- The source, with its beginning read ahead ---- */

typedef struct headed {
    csv_source source;
    char *head; /* own */
    size_t at, n;
} headed;

static int read_headed(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    headed *h = self;
    size_t left = h->n - h->at;

    if (left == 0)
        return h->source.read(h->source.self, to, n, ret, err);
    *ret = n < left ? n : left;
    memcpy(to, h->head + h->at, *ret);
    h->at += *ret;
    return OG_OK;
}

static int read_head(headed *h, og_error *err)
{
    h->head = og_alloc(HEAD);
    if (!h->head)
        return og_nomem(err);
    for (size_t got = 1; got > 0 && h->n < HEAD; h->n += got) {
        int rc = h->source.read(h->source.self, h->head + h->n, HEAD - h->n, &got, err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

static char likely_delimiter(og_str head)
{
    static const char candidates[] = ",;\t|";
    size_t counts[4] = {0}, best = 0;
    bool quoted = false;

    for (size_t i = 0; i < head.n && (quoted || head.p[i] != '\n'); i++) {
        const char *c = head.p[i] ? strchr(candidates, head.p[i]) : NULL;
        quoted ^= head.p[i] == '"';
        if (c && !quoted)
            counts[c - candidates]++;
    }
    for (size_t i = 1; i < 4; i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

/* ---- Types ---- */

/* The narrower first: of those left the first one counts. */
static const report_type types[] = {REPORT_INTEGER, REPORT_NUMBER,   REPORT_BOOLEAN,
                                    REPORT_DATE,    REPORT_DATETIME, REPORT_TIME};
enum {
    TYPE_COUNT = sizeof types / sizeof types[0]
};

/* A number with a nought before it is a name made of digits. */
static bool is_padded(og_str s)
{
    size_t at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');

    return s.n > at + 1 && s.p[at] == '0' && s.p[at + 1] >= '0' && s.p[at + 1] <= '9';
}

static bool is_of(report_type type, og_str s)
{
    static const cell_number_format format = {.decimal = '.', .bare = true};
    cell_scratch scratch;
    cell_value v;

    switch (type) {
    case REPORT_INTEGER:
        return !is_padded(s) && cell_read_integer(s, &format, &scratch, &v);
    case REPORT_NUMBER:
        return !is_padded(s) && cell_read_number(s, &format, &scratch, &v);
    case REPORT_BOOLEAN:
        return og_str_is(s, "true") || og_str_is(s, "false") || og_str_is(s, "True") ||
               og_str_is(s, "False") || og_str_is(s, "TRUE") || og_str_is(s, "FALSE");
    case REPORT_DATE:
        return cell_read_date(s, &v);
    case REPORT_DATETIME:
        return cell_read_datetime(s, &v);
    default:
        return cell_read_time(s, &v);
    }
}

/* ---- Rows ---- */

typedef struct seen { /* of a column so far */
    unsigned left;    /* bit i: types[i] */
    bool some, empty, many;
} seen;

typedef struct inferrer {
    infer_result *result;
    seen *seen;
    csv_scanner scanner;
} inferrer;

static int take_word(inferrer *f, size_t column, og_str text, og_error *err)
{
    infer_column *c = &f->result->columns[column];

    if (f->seen[column].many)
        return OG_OK;
    for (size_t i = 0; i < c->word_count; i++)
        if (og_str_eq(c->words[i], text))
            return OG_OK;
    f->seen[column].many = c->word_count == INFER_WORDS || text.n > WORD_BYTES;
    if (f->seen[column].many)
        return OG_OK;
    c->words[c->word_count] = og_arena_str(&f->result->arena, text);
    return c->words[c->word_count++].p ? OG_OK : og_nomem(err);
}

static int take_cell(inferrer *f, size_t column, og_str text, og_error *err)
{
    seen *s = &f->seen[column];

    if (text.n == 0) {
        s->empty = true;
        return OG_OK;
    }
    s->some = true;
    for (size_t t = 0; t < TYPE_COUNT; t++)
        if ((s->left >> t & 1) && !is_of(types[t], text))
            s->left &= ~(1u << t);
    return take_word(f, column, text, err);
}

static int take_row(inferrer *f, const csv_row *row, og_error *err)
{
    int rc = OG_OK;

    if (row->count != f->result->count)
        return og_fail(err, OG_E_UNSUPPORTED,
                       "row %llu has %zu cells and the first one %zu: that is no table",
                       (unsigned long long)row->number, row->count, f->result->count);
    f->result->rows++;
    for (size_t i = 0; i < row->count && rc == OG_OK; i++)
        rc = take_cell(f, i, row->cells[i].text, err);
    return rc;
}

/* ---- The first row ---- */

static bool is_header(const csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        og_str text = row->cells[i].text;
        if (og_str_trim(text).n == 0)
            return false;
        for (size_t t = 0; t < TYPE_COUNT; t++)
            if (is_of(types[t], text))
                return false;
    }
    return true;
}

static int name_column(inferrer *f, const csv_row *row, size_t i, og_error *err)
{
    infer_result *r = f->result;
    og_str name = r->header ? og_arena_str(&r->arena, row->cells[i].text)
                            : og_arena_printf(&r->arena, "column_%zu", i + 1);

    if (!name.p)
        return og_nomem(err);
    for (size_t k = 0; k < i; k++)
        if (og_str_eq(r->columns[k].name, name))
            return og_fail(err, OG_E_UNSUPPORTED, "two columns have the label '%.*s'",
                           OG_FMT(name));
    r->columns[i].name = name;
    f->seen[i].left = (1u << TYPE_COUNT) - 1;
    return OG_OK;
}

static int take_first(inferrer *f, const csv_row *row, og_error *err)
{
    infer_result *r = f->result;
    int rc = OG_OK;

    r->count = row->count;
    r->crlf = row->ending == CSV_CRLF;
    r->header = is_header(row);
    r->columns = OG_ARRAY(&r->arena, row->count, infer_column);
    f->seen = OG_ARRAY(&r->arena, row->count, seen);
    if (!r->columns || !f->seen)
        return og_nomem(err);
    for (size_t i = 0; i < row->count && rc == OG_OK; i++)
        rc = name_column(f, row, i, err);
    return rc == OG_OK && !r->header ? take_row(f, row, err) : rc;
}

/* ---- The whole ---- */

static void conclude(inferrer *f)
{
    infer_result *r = f->result;

    for (size_t i = 0; i < r->count; i++) {
        infer_column *c = &r->columns[i];
        const seen *s = &f->seen[i];
        c->type = REPORT_STRING;
        for (size_t t = TYPE_COUNT; t-- > 0;)
            if (s->some && (s->left >> t & 1))
                c->type = types[t];
        c->required = s->some && !s->empty;
        if (c->type != REPORT_STRING || s->many ||
            c->word_count * ROWS_PER_WORD > r->rows)
            c->word_count = 0;
    }
}

static const char convert_first[] =
    ": draft from a copy in UTF-8, and write the file's 'encoding' into the draft";

/* What the first bytes tell of a file that is no table in UTF-8. */
static int check_head(og_str head, og_error *err)
{
    const report_layout any = {.dialect = {.header = true}};
    const char *format = first_sight_format(&any, head);
    const char *encoding = first_sight_encoding(csv_charset_named(OG_STR("utf-8")), head);

    if (format)
        return og_fail(err, OG_E_UNSUPPORTED, "the file is %s, and no table", format);
    if (encoding)
        return og_fail(err, OG_E_UNSUPPORTED, "the file is in %s%s", encoding,
                       convert_first);
    return OG_OK;
}

static int read_rows(inferrer *f, og_error *err)
{
    csv_row row;
    int rc;

    while ((rc = csv_next(&f->scanner, &row, err)) == 1) {
        rc = f->result->columns ? take_row(f, &row, err) : take_first(f, &row, err);
        if (rc != OG_OK)
            return rc;
    }
    const csv_problem *p = &f->scanner.problem;
    if (rc == OG_E_INVALID && p->code) {
        og_error_done(err);
        return og_fail(err, OG_E_UNSUPPORTED, "line %u, column %u: %s%s", p->line,
                       p->column, p->message,
                       !strcmp(p->message, "invalid UTF-8") ? convert_first : "");
    }
    if (rc == OG_OK && !f->result->columns)
        return og_fail(err, OG_E_UNSUPPORTED, "the file has no row");
    return rc;
}

int infer_file(csv_source source, infer_result *ret, og_error *err)
{
    headed h = {.source = source};
    inferrer f = {.result = ret};
    csv_dialect dialect = csv_dialect_default();

    int rc = read_head(&h, err);
    if (rc == OG_OK)
        rc = check_head((og_str){h.head, h.n}, err);
    if (rc == OG_OK) {
        ret->delimiter = dialect.delimiter = likely_delimiter((og_str){h.head, h.n});
        rc = csv_open_source(&f.scanner, (csv_source){read_headed, &h}, &dialect, err);
    }
    if (rc == OG_OK)
        rc = read_rows(&f, err);
    if (rc == OG_OK)
        conclude(&f);
    csv_done(&f.scanner);
    og_free(h.head);
    return rc;
}

void infer_result_done(infer_result *result)
{
    og_arena_done(&result->arena);
    *result = (infer_result){0};
}
