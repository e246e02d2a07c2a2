/* The rest of a file in pieces of whole rows, each checked by itself, by whichever thread
 * is free. What came of them is put together in the order of the file: rows and lines
 * count on from one piece to the next, keys are held against those of all pieces before,
 * and of the findings the first ones are kept. So it is what one thread would have found.
 *
 * Bounded: there are two pieces for each thread, and no more is read before the oldest is
 * put to the others. */
#include "base/limits.h"
#include "base/mem.h"
#include "base/workers.h"
#include "report/verifier.h"

enum {
    PIECE = 512 * 1024
};

typedef struct piece {
    og_task task;
    verifier v; /* with its own of all that changes; counts from 0 */
    verify_options options;
    verify_result result;
    char *text; /* own */
    size_t cap; /* bytes, CSV_SLACK more left out */
    size_t n;   /* of whole rows; more may follow, for the next piece */
    int rc;
    og_error err;
} piece;

typedef struct pieces {
    verifier *v;
    og_workers *workers;
    og_str head; /* what the file's own scanner has read already */
    csv_source source;
    og_str left; /* the end of the last piece, which is for the next one */
    bool ended;
    piece *all;
    size_t count;
    uint64_t given, taken; /* pieces */
    uint64_t rows, lines;  /* in those taken, and before */
    uint64_t blanks;       /* rows without a byte at the end of those */
} pieces;

static size_t piece_size(const verify_options *options)
{
    return options->piece ? options->piece : PIECE;
}

bool verify_pieces_may_begin(const verifier *v, uint64_t row)
{
    const verify_options *o = v->options;
    const report_dialect *d = &v->layout->dialect;
    bool wanted = (o->jobs > 1 || o->piece > 0) && !o->first_only;
    bool apart = v->order_count == 0 && v->reference_count == 0 && !v->input.decoder;
    bool plain = !d->has_comment && d->escape_char.n == 0 && !d->skip_initial_space;

    return wanted && apart && plain && v->place && v->result->rows > 0 &&
           (d->comment_row_count == 0 ||
            row >= d->comment_rows[d->comment_row_count - 1]);
}

/* ---- One piece, by any thread ---- */

static void check(og_task *task)
{
    piece *p = (piece *)task;
    verifier *v = &p->v;
    const csv_dialect dialect = verify_dialect(&v->layout->dialect);
    csv_row row;

    int rc = csv_open_piece(&v->scanner, (og_str){p->text, p->n}, &dialect, &p->err);
    if (rc == OG_OK)
        rc = 1;
    while (rc == 1 && (rc = csv_next(&v->scanner, &row, &p->err)) == 1) {
        rc = verify_row(v, &row, &p->err);
        rc = rc == OG_OK ? 1 : rc;
    }
    if (rc == OG_E_INVALID && v->scanner.problem.code)
        rc = verify_stop(v, &p->err);
    p->rc = rc;
}

/* ---- Making pieces ---- */

static int make_key_cells(piece *p, const verifier *v, og_error *err)
{
    size_t count = v->layout->field_count;

    p->v.key_cells = OG_ARRAY(&p->v.arena, count, key_cell *);
    for (size_t i = 0; p->v.key_cells && i < count; i++) {
        if (!v->key_cells[i])
            continue;
        p->v.key_cells[i] = OG_NEW(&p->v.arena, key_cell);
        if (!p->v.key_cells[i])
            return og_nomem(err);
    }
    return p->v.key_cells ? OG_OK : og_nomem(err);
}

static int make_piece(piece *p, const verifier *v, og_error *err)
{
    p->task.run = check;
    p->v = *v;
    p->v.arena = (og_arena){0};
    p->v.work = (column_work){.arena = &p->v.arena};
    p->v.key = (og_buf){0};
    p->v.log = (key_log){0};
    p->v.scanner = (csv_scanner){0};
    p->v.options = &p->options;
    p->v.result = &p->result;
    return make_key_cells(p, v, err);
}

static void piece_done(piece *p)
{
    csv_done(&p->v.scanner);
    og_buf_done(&p->v.key);
    og_buf_done(&p->v.log.entries);
    column_work_done(&p->v.work);
    og_arena_done(&p->v.arena);
    verify_result_done(&p->result);
    og_error_done(&p->err);
    og_free(p->text);
}

static int make(pieces *s, og_error *err)
{
    size_t jobs = s->v->options->jobs > 1 ? s->v->options->jobs : 0;
    int rc = OG_OK;

    jobs = jobs < OG_WORKERS_MAX ? jobs : OG_WORKERS_MAX;
    s->count = jobs > 1 ? 2 * jobs : 2;
    s->all = og_alloc(s->count * sizeof *s->all);
    if (!s->all)
        return og_nomem(err);
    for (size_t i = 0; i < s->count && rc == OG_OK; i++)
        rc = make_piece(&s->all[i], s->v, err);
    return rc == OG_OK ? og_workers_new(jobs, &s->workers, err) : rc;
}

/* ---- Giving a piece ---- */

static int make_room(piece *p, size_t cap, og_error *err)
{
    if (p->text && p->cap == cap)
        return OG_OK;
    char *text = og_realloc(p->text, cap + CSV_SLACK);
    if (!text)
        return og_nomem(err);
    p->text = text;
    p->cap = cap;
    return OG_OK;
}

static int read_some(pieces *s, char *to, size_t n, size_t *ret, og_error *err)
{
    if (s->head.n == 0)
        return s->source.read(s->source.self, to, n, ret, err);
    *ret = n < s->head.n ? n : s->head.n;
    memcpy(to, s->head.p, *ret);
    s->head = og_str_slice(s->head, *ret, s->head.n);
    return OG_OK;
}

/* Reads until the piece is full, or the file at its end. */
static int read_on(pieces *s, piece *p, og_error *err)
{
    size_t got = 1;

    while (p->n < p->cap && got > 0) {
        int rc = read_some(s, p->text + p->n, p->cap - p->n, &got, err);
        if (rc != OG_OK)
            return rc;
        p->n += got;
    }
    s->ended = got == 0;
    memset(p->text + p->n, 0, CSV_SLACK);
    return OG_OK;
}

/* What is left, and as much more as it takes for a whole row. A row beyond the limit is
 * given as it is: its scanner says so, and there it ends. */
static int fill(pieces *s, piece *p, og_error *err)
{
    const verifier *v = s->v;
    const csv_dialect dialect = verify_dialect(&v->layout->dialect);
    size_t size = piece_size(v->options), rows = 0;

    int rc = make_room(p, s->left.n < size ? size : 2 * s->left.n, err);
    if (rc != OG_OK)
        return rc;
    p->n = s->left.n;
    if (p->n > 0)
        memcpy(p->text, s->left.p, p->n);
    s->left = (og_str){0};
    for (;;) {
        rc = read_on(s, p, err);
        if (rc != OG_OK || s->ended)
            return rc;
        rows = csv_whole_rows((og_str){p->text, p->n}, dialect.quote);
        if (rows > 0 || p->n > OG_LIMIT_CSV_ROW)
            break;
        rc = make_room(p, 2 * p->cap, err);
        if (rc != OG_OK)
            return rc;
    }
    s->ended = rows == 0;
    if (rows > 0) {
        s->left = (og_str){p->text + rows, p->n - rows};
        p->n = rows;
    }
    return OG_OK;
}

/* One finding more than there is room for: a line ending may not be the first of all. */
static int give(pieces *s, og_error *err)
{
    piece *p = &s->all[s->given % s->count];
    size_t room = s->v->options->keep - s->v->result->count;

    int rc = fill(s, p, err);
    if (rc != OG_OK)
        return rc;
    p->options = *s->v->options;
    p->options.keep = room > 0 ? room + 1 : 0;
    p->result.findings = OG_ARRAY(&p->result.arena, p->options.keep, verify_finding);
    p->v.log_at = OG_ARRAY(&p->result.arena, p->options.keep, size_t);
    if (!p->result.findings || !p->v.log_at)
        return og_nomem(err);
    p->v.blanks_seen = 0;
    s->given++;
    og_workers_give(s->workers, &p->task);
    return OG_OK;
}

/* ---- Taking a piece ---- */

/* Rows without a byte at the end of the pieces before. row 0: the file ends with them. */
static int take_blanks(pieces *s, uint64_t row, og_error *err)
{
    int rc = OG_OK;

    for (; s->blanks > 0 && rc == OG_OK; s->blanks--) {
        verify_place place = {.row = row};
        if (row > 0)
            place.line = s->lines + 1 - s->blanks;
        rc = verify_add(s->v, VERIFY_BLANK_ROW, place, err, "the row is blank");
    }
    return rc;
}

static int take_finding(pieces *s, const verify_finding *from, og_error *err)
{
    verify_result *r = s->v->result;
    verify_finding f = *from;

    if (!verify_has_room(s->v))
        return OG_OK;
    f.row += f.row > 0 ? s->rows : 0;
    f.line += f.line > 0 ? s->lines : 0;
    f.field = og_arena_str(&r->arena, f.field);
    f.value = og_arena_str(&r->arena, f.value);
    f.text = og_arena_str(&r->arena, f.text);
    if (!f.field.p || !f.value.p || !f.text.p)
        return og_nomem(err);
    r->findings[r->count++] = f;
    return OG_OK;
}

/* Findings that are kept, each after those on keys of rows before it. */
static int take_findings(pieces *s, piece *p, og_error *err)
{
    bool said = s->v->result->counts[VERIFY_LINE_ENDING] > 0;
    int rc = OG_OK;

    for (size_t i = 0; i < p->result.count && rc == OG_OK; i++) {
        const verify_finding *f = &p->result.findings[i];
        rc = verify_keys_take(s->v, &p->v.log, p->v.log_at[i], s->rows, s->lines, err);
        if (rc == OG_OK && !(said && f->rule == VERIFY_LINE_ENDING))
            rc = take_finding(s, f, err);
    }
    return rc == OG_OK ? verify_keys_take(s->v, &p->v.log, p->v.log.entries.n, s->rows,
                                          s->lines, err)
                       : rc;
}

static void take_counts(verify_result *to, const verify_result *from)
{
    to->rows += from->rows;
    to->total += from->total;
    for (size_t i = 0; i < VERIFY_RULE_COUNT; i++)
        to->counts[i] += from->counts[i];
    to->stopped = from->stopped;
}

static int put_together(pieces *s, piece *p, og_error *err)
{
    const csv_scanner *scanner = &p->v.scanner;
    uint64_t rows = scanner->row - 1;
    int rc = OG_OK;

    if (rows > 0) {
        rc = take_blanks(s, s->rows + 1, err);
        s->v->result->open_end = p->result.open_end;
    }
    if (rc == OG_OK)
        rc = take_findings(s, p, err);
    take_counts(s->v->result, &p->result);
    s->rows += rows;
    s->lines += scanner->line - 1;
    s->blanks += scanner->blanks - p->v.blanks_seen;
    return rc;
}

static int take(pieces *s, og_error *err)
{
    piece *p = &s->all[s->taken++ % s->count];

    og_workers_wait(s->workers, &p->task);
    int rc = p->rc;
    if (rc == OG_OK) {
        rc = put_together(s, p, err);
    } else {
        *err = p->err;
        p->err = (og_error){0};
    }
    csv_done(&p->v.scanner);
    verify_result_done(&p->result);
    og_buf_clear(&p->v.log.entries);
    p->v.log.at = p->v.log.ahead = 0;
    return rc;
}

/* ---- All ---- */

static int run(pieces *s, og_error *err)
{
    const verify_result *r = s->v->result;
    int rc = OG_OK;

    while (rc == OG_OK && !r->stopped && (!s->ended || s->taken < s->given)) {
        bool more = !s->ended && s->given - s->taken < s->count;
        rc = more ? give(s, err) : take(s, err);
    }
    if (rc == OG_OK && !r->stopped)
        rc = take_blanks(s, 0, err);
    return rc;
}

int verify_pieces(verifier *v, og_error *err)
{
    pieces s = {.v = v, .rows = v->scanner.row - 1, .lines = v->scanner.line - 1};

    s.source = csv_rest(&v->scanner, &s.head);
    int rc = verify_keys_flush(v, err);
    if (rc == OG_OK)
        rc = make(&s, err);
    if (rc == OG_OK)
        rc = run(&s, err);
    og_workers_free(s.workers);
    for (size_t i = 0; s.all && i < s.count; i++)
        piece_done(&s.all[i]);
    og_free(s.all);
    return rc;
}
