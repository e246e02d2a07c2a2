/* The run over a file: rows to their columns, findings counted. */
#include "report/verify.h"

#include <stdarg.h>

#include "base/utf8.h"
#include "report/verifier.h"

/* ---- Findings ---- */

bool verify_has_room(const verifier *v)
{
    return v->result->count < v->options->keep;
}

uint64_t verify_column_of(const verifier *v, const column *c)
{
    for (size_t i = 0; i < v->width; i++)
        if (v->place[i] == (int32_t)(c - v->columns))
            return i + 1;
    return 0;
}

static int keep(verifier *v, verify_rule rule, const verify_place *place, og_str text,
                og_error *err)
{
    verify_result *r = v->result;
    verify_finding f = {.rule = rule,
                        .row = place->row,
                        .line = place->line,
                        .column = place->column,
                        .text = text};

    f.has_value = place->value != NULL;
    if (place->field)
        f.field = og_arena_str(&r->arena, place->field->name);
    if (f.has_value)
        f.value = og_arena_str(&r->arena, og_utf8_cut(*place->value, VERIFY_VALUE_MAX));
    f.cut = f.has_value && f.value.n < place->value->n;
    if (!text.p || (place->field && !f.field.p) || (f.has_value && !f.value.p))
        return og_nomem(err);
    if (v->log_at)
        v->log_at[r->count] = v->log.entries.n;
    r->findings[r->count++] = f;
    return OG_OK;
}

static int add(verifier *v, verify_rule rule, const verify_place *place, og_error *err,
               const char *fmt, va_list args)
{
    v->result->total++;
    v->result->counts[rule]++;
    if (!verify_has_room(v))
        return OG_OK;
    og_str text = og_arena_vprintf(&v->result->arena, fmt, args);
    return keep(v, rule, place, text, err);
}

int verify_add_late(verifier *v, verify_rule rule, verify_place place, og_error *err,
                    const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    int rc = add(v, rule, &place, err, fmt, args);
    va_end(args);
    return rc;
}

int verify_add(verifier *v, verify_rule rule, verify_place place, og_error *err,
               const char *fmt, ...)
{
    va_list args;

    int rc = verify_has_room(v) && !v->log_at ? verify_keys_flush(v, err) : OG_OK;
    if (rc != OG_OK)
        return rc;
    va_start(args, fmt);
    rc = add(v, rule, &place, err, fmt, args);
    va_end(args);
    return rc;
}

/* ---- Rows ---- */

static int cell_finding(verifier *v, verify_rule rule, const column *c,
                        const csv_row *row, size_t at, og_error *err)
{
    verify_place place = {.row = row->number,
                          .line = row->line,
                          .column = at + 1,
                          .field = c->field,
                          .value = &row->cells[at].text};

    if (!verify_has_room(v))
        return verify_add(v, rule, place, err, " ");
    og_str expected = column_expected(c, rule, &v->result->arena);
    if (!expected.p)
        return og_nomem(err);
    return verify_add(v, rule, place, err, "expected %.*s", OG_FMT(expected));
}

/* Of a cell that is fine and not empty (see make_glances). */
static void set_text_key(og_str text, key_cell *ret)
{
    const cell_value value = {.form = CELL_TEXT, .text = text};

    ret->text = text;
    ret->state = KEY_SET;
    ret->key = cell_key(&value, ret->bytes);
}

static int check_cell(verifier *v, const csv_row *row, size_t at, size_t index,
                      og_error *err)
{
    const column *c = &v->columns[index];
    key_cell *key = v->key_cells[index];
    order_key *order = v->order_fields[index];
    og_str text = row->cells[at].text;
    verify_rule rule;
    bool missing;
    cell_value value;

    if (quick_fine(&c->quick, text)) {
        if (key)
            set_text_key(text, key);
        return OG_OK;
    }
    int rc = column_check(c, &v->work, text, &rule, &missing, &value, err);
    if (rc != OG_OK)
        return rc;
    key_state state = missing ? KEY_EMPTY : rule == VERIFY_FINE ? KEY_SET : KEY_UNUSABLE;
    if (key) {
        key->text = text;
        key->state = state;
        if (state == KEY_SET)
            key->key = cell_key(&value, key->bytes);
    }
    if (order)
        verify_order_cell(v, order, state, text, &value);
    return rule == VERIFY_FINE ? OG_OK : cell_finding(v, rule, c, row, at, err);
}

static int check_ascii(verifier *v, const csv_row *row, og_error *err)
{
    for (size_t i = 0; i < row->count; i++) {
        og_str text = row->cells[i].text;
        verify_place place = {.row = row->number,
                              .line = row->line,
                              .column = i + 1,
                              .value = &row->cells[i].text};
        for (size_t b = 0; b < text.n; b++)
            if ((unsigned char)text.p[b] >= 0x80)
                return verify_add(v, VERIFY_ENCODING, place, err,
                                  "a character beyond ASCII");
    }
    return OG_OK;
}

/* Said in full once; every row would say the same. */
static int check_ending(verifier *v, const csv_row *row, og_error *err)
{
    verify_place place = {.row = row->number, .line = row->line};

    if (row->ending == CSV_NO_ENDING || (row->ending == CSV_CRLF) == v->crlf)
        return OG_OK;
    if (v->result->counts[VERIFY_LINE_ENDING] > 0) {
        v->result->counts[VERIFY_LINE_ENDING]++;
        v->result->total++;
        return OG_OK;
    }
    return verify_add(v, VERIFY_LINE_ENDING, place, err,
                      v->crlf ? "the row ends with LF alone, and the layout says CRLF"
                              : "the row ends with CRLF, and the layout says LF");
}

/* Rows without a byte, which the scanner passes over, before the row at this line. */
static int check_blanks(verifier *v, uint64_t row, uint64_t line, og_error *err)
{
    int rc = OG_OK;

    for (; v->blanks_seen < v->scanner.blanks && rc == OG_OK; v->blanks_seen++) {
        verify_place place = {.row = row};
        uint64_t before = v->scanner.blanks - v->blanks_seen;
        if (line > before && !v->layout->dialect.has_comment)
            place.line = line - before;
        rc = verify_add(v, VERIFY_BLANK_ROW, place, err, "the row is blank");
    }
    return rc;
}

static bool is_blank(const csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].text.n > 0)
            return false;
    return row->count > 1;
}

/* Its last cell may be a part only. */
static bool is_cut_off(const verifier *v, const csv_row *row)
{
    return row->count < v->width && row->ending == CSV_NO_ENDING;
}

static int check_width(verifier *v, const csv_row *row, og_error *err)
{
    verify_place place = {.row = row->number, .line = row->line};
    bool more = row->count > v->width;

    if (row->count == v->width)
        return OG_OK;
    place.column = more ? v->width + 1 : row->count + 1;
    if (more)
        place.value = &row->cells[v->width].text;
    else if (v->place[row->count] >= 0)
        place.field = &v->layout->fields[v->place[row->count]];
    return verify_add(
        v, more ? VERIFY_EXTRA_CELL : VERIFY_MISSING_CELL, place, err,
        "the row has %zu cell%s instead of %zu%s", row->count, row->count == 1 ? "" : "s",
        v->width, is_cut_off(v, row) ? ", and the file ends in it: is it cut off?" : "");
}

static void forget_keys(verifier *v)
{
    for (size_t i = 0; i < v->layout->field_count; i++)
        if (v->key_cells[i])
            v->key_cells[i]->state = KEY_UNUSABLE;
}

static int check_row(verifier *v, const csv_row *row, og_error *err)
{
    int rc = OG_OK;

    v->result->rows++;
    if (row->cells[0].text.n == 0 && is_blank(row)) {
        verify_place place = {.row = row->number, .line = row->line};
        return verify_add(v, VERIFY_BLANK_ROW, place, err, "every cell is empty");
    }
    if (row->count != v->width) {
        rc = check_width(v, row, err);
        forget_keys(v);
    }
    if (is_cut_off(v, row))
        return rc;
    for (size_t i = 0; i < row->count && i < v->width && rc == OG_OK; i++)
        if (v->place[i] >= 0)
            rc = check_cell(v, row, i, (size_t)v->place[i], err);
    if (rc == OG_OK && v->ascii)
        rc = check_ascii(v, row, err);
    if (rc == OG_OK)
        rc = verify_keys_row(v, row, err);
    if (rc == OG_OK)
        rc = verify_references_row(v, row, err);
    return rc == OG_OK && row->count == v->width ? verify_order_row(v, row, err) : rc;
}

/* ---- The file ---- */

static int make_columns(verifier *v, og_error *err)
{
    const report_layout *l = v->layout;
    int rc = OG_OK;

    v->columns = OG_ARRAY(&v->arena, l->field_count, column);
    if (!v->columns)
        return og_nomem(err);
    for (size_t i = 0; i < l->field_count && rc == OG_OK; i++)
        rc = column_make(&l->fields[i], &l->dialect, &v->arena, &v->columns[i], err);
    return rc;
}

/* A glance tells that a cell is fine, not its value: of no use where rows are compared
 * by it, but for text, which is its own value unless it stands for none. */
static void make_glances(verifier *v)
{
    for (size_t i = 0; i < v->layout->field_count; i++) {
        column *c = &v->columns[i];
        bool text = c->field->type == REPORT_STRING && !c->other_missing;
        if (v->order_fields[i] || (v->key_cells[i] && !text))
            c->quick = (quick_check){.kind = QUICK_NEVER};
        else if (v->key_cells[i])
            c->quick.empty = false;
    }
}

/* What only other files, or a validator of JSON Schema, could tell. */
static int note_unchecked(verifier *v, og_error *err)
{
    const report_layout *l = v->layout;
    const char **items =
        OG_ARRAY(&v->result->arena, l->foreign_keys.count + 1, const char *);
    size_t n = 0, schemas = 0;

    if (!items)
        return og_nomem(err);
    for (size_t i = 0; i < l->foreign_keys.count; i++) {
        og_str resource = l->references[i].resource;
        if (verify_is_within(l, &l->references[i]))
            continue;
        og_str text = og_arena_printf(&v->result->arena, "a foreign key to '%.*s'",
                                      OG_FMT(resource));
        if (!text.p)
            return og_nomem(err);
        items[n++] = text.p;
    }
    for (size_t i = 0; i < l->field_count; i++)
        schemas += l->fields[i].json_schema.n > 0;
    if (schemas > 0)
        items[n++] = "constraints in JSON Schema";
    v->result->unchecked = items;
    v->result->unchecked_count = n;
    return OG_OK;
}

static char first_byte(og_str text)
{
    return text.n ? text.p[0] : 0;
}

csv_dialect verify_dialect(const report_dialect *d)
{
    return (csv_dialect){.delimiter = d->delimiter.n ? d->delimiter.p[0] : ',',
                         .quote = first_byte(d->quote_char),
                         .double_quote = d->double_quote,
                         .escape = first_byte(d->escape_char),
                         .comment = d->has_comment ? first_byte(d->comment_char) : 0,
                         .skip_initial_space = d->skip_initial_space};
}

static int stop_undecoded(verifier *v, const csv_fault *f, verify_place place,
                          og_error *err)
{
    return verify_add(v, VERIFY_ENCODING, place, err,
                      "0x%02x at byte %llu is, in %.*s, %s; nothing after it was read",
                      f->unit, (unsigned long long)f->at + 1, OG_FMT(v->layout->encoding),
                      f->why);
}

int verify_stop(verifier *v, og_error *err)
{
    const csv_problem *p = &v->scanner.problem;
    const csv_fault *fault = verify_input_fault(&v->input);
    verify_place place = {.row = p->row, .line = p->line};
    verify_rule rule = !strcmp(p->code, "csv-quote")   ? VERIFY_QUOTING
                       : !strcmp(p->code, "csv-limit") ? VERIFY_LIMIT
                                                       : VERIFY_ENCODING;

    og_error_done(err);
    v->result->stopped = true;
    int rc = v->log_at ? OG_OK : verify_keys_flush(v, err);
    if (rc != OG_OK)
        return rc;
    if (fault && !strcmp(p->message, "invalid UTF-8")) /* the decoder's, if any */
        return stop_undecoded(v, fault, place, err);
    if (rule == VERIFY_QUOTING && !v->log_at) {
        bool go_on = true;
        rc = verify_dialect_unread(v, place, &go_on, err);
        if (rc != OG_OK || !go_on)
            return rc;
    }
    return verify_add(v, rule, place, err,
                      "%s at column %u of the line; nothing after "
                      "it was read",
                      p->message, p->column);
}

static bool is_comment_row(const report_dialect *d, uint64_t number)
{
    for (size_t i = 0; i < d->comment_row_count; i++)
        if (d->comment_rows[i] == number)
            return true;
    return false;
}

static int take_labels(verifier *v, const csv_row *row, bool *ret_go_on, og_error *err)
{
    int rc = verify_dialect_labels(v, row, ret_go_on, err);

    return rc == OG_OK && *ret_go_on ? verify_header(v, row, err) : rc;
}

/* The first row that is data, unless it turns out to be none. */
static int take_first(verifier *v, const csv_row *row, bool *ret_data, bool *ret_go_on,
                      og_error *err)
{
    int rc = OG_OK;

    if (!v->place) {
        rc = verify_dialect_headless(v, row, ret_data, ret_go_on, err);
        if (rc == OG_OK && *ret_go_on)
            rc = verify_no_header(v, err);
    }
    if (rc != OG_OK || !*ret_go_on || !*ret_data)
        return rc;
    return verify_dialect_data(v, row, ret_go_on, err);
}

static int before_row(verifier *v, const csv_row *row, og_error *err)
{
    int rc = check_blanks(v, row->number, row->line, err);

    if (rc == OG_OK)
        rc = check_ending(v, row, err);
    v->result->open_end = row->ending == CSV_NO_ENDING;
    return rc;
}

static int data_row(verifier *v, const csv_row *row, og_error *err)
{
    return verify_repeats_labels(v, row) ? verify_dialect_repeat(v, row, err)
                                         : check_row(v, row, err);
}

int verify_row(verifier *v, const csv_row *row, og_error *err)
{
    int rc = before_row(v, row, err);

    return rc == OG_OK ? data_row(v, row, err) : rc;
}

/* One row by its place in the file: before the labels, the labels, a comment, data. */
static int take_row(verifier *v, const csv_row *row, bool *ret_go_on, og_error *err)
{
    const report_dialect *d = &v->layout->dialect;
    bool data = true;

    int rc = before_row(v, row, err);
    if (rc != OG_OK || is_comment_row(d, row->number))
        return rc;
    if (d->header && row->number < d->header_row)
        return verify_dialect_labels(v, row, ret_go_on, err);
    if (d->header && row->number == d->header_row)
        return take_labels(v, row, ret_go_on, err);
    if (v->result->rows == 0)
        rc = take_first(v, row, &data, ret_go_on, err);
    return rc == OG_OK && data && *ret_go_on ? data_row(v, row, err) : rc;
}

static int read_rows(verifier *v, og_error *err)
{
    bool go_on = true;
    csv_row row;
    int rc = OG_OK;

    while (go_on && (rc = csv_next(&v->scanner, &row, err)) == 1) {
        rc = take_row(v, &row, &go_on, err);
        if (rc == OG_OK && v->options->first_only)
            rc = verify_keys_flush(v, err);
        if (rc != OG_OK)
            return rc;
        if (v->options->first_only && v->result->total > 0) {
            v->result->stopped = true;
            return OG_OK;
        }
        if (go_on && verify_pieces_may_begin(v, row.number))
            return verify_pieces(v, err);
    }
    if (rc == OG_E_INVALID && v->scanner.problem.code)
        return verify_stop(v, err);
    if (rc < 0)
        return rc;
    rc = verify_keys_flush(v, err);
    if (rc == OG_OK && go_on && !v->place && v->layout->dialect.header)
        rc = verify_add(v, VERIFY_EMPTY, (verify_place){0}, err,
                        "the file has no row of labels");
    if (rc == OG_OK && go_on)
        rc = check_blanks(v, 0, 0, err);
    return rc == OG_OK && go_on ? verify_references_end(v, err) : rc;
}

/* What is no table in the layout's encoding is one finding, and the end. */
static int open_input(verifier *v, csv_source *source, og_error *err)
{
    verify_first_sight sight;

    v->ascii = og_str_is(v->layout->encoding, "us-ascii");
    int rc =
        verify_input_open(&v->input, v->layout, *source, &v->arena, &sight, source, err);
    if (rc != OG_OK || sight.rule == VERIFY_FINE)
        return rc;
    v->result->stopped = true;
    return verify_add(v, sight.rule, (verify_place){0}, err, "%.*s", OG_FMT(sight.text));
}

static int begin(verifier *v, csv_source source, og_error *err)
{
    csv_dialect dialect = verify_dialect(&v->layout->dialect);

    v->work.arena = &v->arena;
    v->crlf = og_str_is(v->layout->line_ending, "crlf");
    v->result->findings = OG_ARRAY(&v->result->arena, v->options->keep, verify_finding);
    if (!v->result->findings)
        return og_nomem(err);
    int rc = note_unchecked(v, err);
    if (rc == OG_OK)
        rc = make_columns(v, err);
    if (rc == OG_OK)
        rc = verify_keys_make(v, err);
    if (rc == OG_OK)
        rc = verify_references_make(v, err);
    if (rc == OG_OK)
        rc = verify_order_make(v, err);
    if (rc == OG_OK)
        make_glances(v);
    if (rc == OG_OK)
        rc = open_input(v, &source, err);
    return rc == OG_OK ? csv_open_source(&v->scanner, source, &dialect, err) : rc;
}

int verify_file(const report_layout *layout, csv_source source,
                const verify_options *options, verify_result *ret, og_error *err)
{
    verify_options bounded = *options;
    verifier v = {.layout = layout, .options = &bounded, .result = ret};

    if (bounded.keep > VERIFY_KEEP_MAX)
        bounded.keep = VERIFY_KEEP_MAX;
    int rc = begin(&v, source, err);
    if (rc == OG_OK && !ret->stopped)
        rc = read_rows(&v, err);
    csv_done(&v.scanner);
    verify_input_done(&v.input);
    verify_keys_done(&v);
    verify_references_done(&v);
    verify_order_done(&v);
    column_work_done(&v.work);
    og_arena_done(&v.arena);
    return rc;
}

void verify_result_done(verify_result *result)
{
    og_arena_done(&result->arena);
    *result = (verify_result){0};
}
