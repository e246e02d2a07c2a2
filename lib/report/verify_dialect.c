/* What the first rows tell of a file that was written another way than the layout says.
 * A file of another delimiter, say, breaks a rule in every row: it is better told once.
 */
#include <strings.h>

#include "report/verifier.h"

static const char quotes[] = "\"'`";

/* ---- Labels that are fields' ---- */

static og_str without_quotes(og_str s)
{
    s = og_str_trim(s);
    return s.n >= 2 && s.p[0] == s.p[s.n - 1] && strchr(quotes, s.p[0])
               ? og_str_slice(s, 1, s.n - 1)
               : s;
}

/* In any case: a label that is only written otherwise is one. */
static bool is_label(const verifier *v, og_str text)
{
    const report_layout *l = v->layout;

    text = og_str_trim(text);
    for (size_t i = 0; i < l->field_count; i++)
        if (text.n == l->fields[i].name.n && text.n > 0 &&
            strncasecmp(text.p, l->fields[i].name.p, text.n) == 0)
            return true;
    return false;
}

static size_t count_labels(const verifier *v, const csv_row *row)
{
    size_t n = 0;

    for (size_t i = 0; i < row->count; i++)
        n += is_label(v, row->cells[i].text);
    return n;
}

static bool is_blank(const csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (og_str_trim(row->cells[i].text).n > 0)
            return false;
    return true;
}

/* ---- Another delimiter ---- */

static const char delimiters[] = ",;\t|";

enum {
    TEXT_MAX = 64 * 1024 /* bytes of a row that are looked at */
};

/* The row as it stands, but for what ends it. */
static og_str text_of(const csv_row *row)
{
    const csv_cell *last = &row->cells[row->count - 1];
    const char *end =
        last->start + (last->altered ? 0 : last->text.n + 2u * last->quoted);

    return og_str_slice((og_str){row->start, (size_t)(end - row->start)}, 0, TEXT_MAX);
}

static size_t labels_between(const verifier *v, og_str text, char delimiter)
{
    size_t n = 0;

    for (;;) {
        size_t end = og_str_find(text, delimiter);
        n += is_label(v, without_quotes(og_str_slice(text, 0, end)));
        if (end == text.n)
            return n;
        text = og_str_slice(text, end + 1, text.n);
    }
}

static size_t count_of(og_str text, char c)
{
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == c;
    return n;
}

/* One that cuts the text into labels; 0: none. */
static char label_delimiter(const verifier *v, og_str text)
{
    size_t most = 0;
    char best = 0;

    for (const char *c = delimiters; *c && v->layout->field_count > 1; c++) {
        size_t n = labels_between(v, text, *c);
        if (*c != v->scanner.dialect.delimiter && n > most) {
            most = n;
            best = *c;
        }
    }
    return best;
}

/* In a row that is one cell where several are due: one that stands there about as often
 * as it should. 0: none. */
static char cell_delimiter(const verifier *v, const csv_row *row)
{
    size_t due = v->layout->field_count, most = due / 2 - 1;
    char best = 0;

    if (due < 2 || row->count > 1)
        return 0;
    for (const char *c = delimiters; *c; c++) {
        size_t n = count_of(row->cells[0].text, *c);
        if (*c != v->scanner.dialect.delimiter && n > most) {
            most = n;
            best = *c;
        }
    }
    return best;
}

/* ---- Saying ---- */

static og_str name_of(char c, char room[4])
{
    if (c == '\t')
        return OG_STR("a tab");
    if (c == '\'')
        return OG_STR("an apostrophe");
    memcpy(room, (const char[]){'\'', c, '\'', 0}, 4);
    return og_str_from(room);
}

/* due 0: there is none, and `says` says all. */
static int say(verifier *v, verify_place place, bool *ret_go_on, og_error *err,
               const char *looks, char other, const char *says, char due)
{
    char room[4], due_room[4];
    const og_str found = name_of(other, room);
    const og_str wanted = due ? name_of(due, due_room) : OG_STR("");

    *ret_go_on = false;
    v->result->stopped = true;
    return verify_add(v, VERIFY_DIALECT, place, err,
                      "%s %.*s, and the layout says %s%.*s", looks, OG_FMT(found), says,
                      OG_FMT(wanted));
}

static int say_delimiter(verifier *v, verify_place place, char other, bool *ret_go_on,
                         og_error *err)
{
    return say(v, place, ret_go_on, err, "fields look separated by", other, "",
               v->scanner.dialect.delimiter);
}

static int say_quote(verifier *v, const csv_row *row, char other, bool *ret_go_on,
                     og_error *err)
{
    char due = v->scanner.dialect.quote;

    return say(v, verify_label_place(row, 0, NULL), ret_go_on, err,
               "cells look quoted with", other, due ? "" : "that nothing is quoted", due);
}

static int say_row(verifier *v, verify_rule rule, const csv_row *row, bool *ret_go_on,
                   const char *text, og_error *err)
{
    const verify_place place = {.row = row->number, .line = row->line};

    *ret_go_on = false;
    v->result->stopped = true;
    return verify_add(v, rule, place, err, "%s", text);
}

/* ---- The labels ---- */

static char label_quote(const verifier *v, const csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        og_str text = row->cells[i].text;
        if (!is_label(v, text) && is_label(v, without_quotes(text)))
            return og_str_trim(text).p[0];
    }
    return 0;
}

/* Whether every cell fits its field, and fields are more than text. */
static int looks_like_data(verifier *v, const csv_row *row, bool *ret, og_error *err)
{
    bool telling = false;

    *ret = false;
    if (row->count != v->layout->field_count)
        return OG_OK;
    for (size_t i = 0; i < row->count; i++) {
        const column *c = &v->columns[i];
        verify_rule rule;
        bool missing;
        cell_value value;
        int rc =
            column_check(c, &v->work, row->cells[i].text, &rule, &missing, &value, err);
        if (rc != OG_OK || rule != VERIFY_FINE)
            return rc;
        telling |= !missing &&
                   ((c->field->type != REPORT_STRING && c->field->type != REPORT_ANY) ||
                    c->valued || c->field->pattern.n > 0);
    }
    *ret = telling;
    return OG_OK;
}

/* The line, among the file's first ones, in which all the labels stand; 0: none. */
static size_t line_of_labels(const verifier *v)
{
    og_str left = {v->input.head, v->input.head_n};
    size_t due = v->layout->field_count;

    for (size_t line = 1; left.n > 0; line++) {
        size_t end = og_str_find(left, '\n');
        og_str text = og_str_slice(left, 0, end);
        if (due > 1 && labels_between(v, text, v->scanner.dialect.delimiter) >= due)
            return line;
        left = og_str_slice(left, end + 1, left.n);
    }
    return 0;
}

static int say_later(verifier *v, const csv_row *row, size_t line, bool *ret_go_on,
                     og_error *err)
{
    const verify_place place = {.row = row->number, .line = row->line};

    *ret_go_on = false;
    v->result->stopped = true;
    return verify_add(
        v, VERIFY_DIALECT, place, err,
        "labels stand in line %zu, and the layout says that they stand here", line);
}

static int check_no_labels(verifier *v, const csv_row *row, bool *ret_go_on,
                           og_error *err)
{
    const size_t line = line_of_labels(v);
    bool data;

    if (line > 0)
        return say_later(v, row, line, ret_go_on, err);
    if (is_blank(row))
        return say_row(v, VERIFY_BLANK_LABEL, row, ret_go_on, "every label is blank",
                       err);
    int rc = looks_like_data(v, row, &data, err);
    if (rc != OG_OK)
        return rc;
    if (data)
        return say_row(v, VERIFY_DIALECT, row, ret_go_on,
                       "the row looks like data, and the layout says that labels stand "
                       "here",
                       err);
    return say_row(v, VERIFY_INCORRECT_LABEL, row, ret_go_on,
                   "no label is that of a field: is it a file of another report?", err);
}

int verify_dialect_labels(verifier *v, const csv_row *row, bool *ret_go_on, og_error *err)
{
    const bool due = row->number == v->layout->dialect.header_row;
    const size_t labels = count_labels(v, row);

    if (!due && labels == row->count && labels == v->layout->field_count)
        return say_row(v, VERIFY_DIALECT, row, ret_go_on,
                       "the labels stand here, and the layout says that they come later",
                       err);
    if (!due || labels > 0)
        return OG_OK;
    char quote = label_quote(v, row);
    if (quote)
        return say_quote(v, row, quote, ret_go_on, err);
    char other = label_delimiter(v, text_of(row));
    if (!other)
        other = cell_delimiter(v, row);
    return other
               ? say_delimiter(v, verify_label_place(row, 0, NULL), other, ret_go_on, err)
               : check_no_labels(v, row, ret_go_on, err);
}

int verify_dialect_unread(verifier *v, verify_place place, bool *ret_go_on, og_error *err)
{
    og_str head = {v->input.head, v->input.head_n};
    og_str line = og_str_slice(head, 0, og_str_find(head, '\n'));
    bool labels = v->layout->dialect.header_row == 1 && place.row == 1;
    char other = labels ? label_delimiter(v, line) : 0;

    return other ? say_delimiter(v, place, other, ret_go_on, err) : OG_OK;
}

/* ---- Data ---- */

int verify_dialect_headless(verifier *v, const csv_row *row, bool *ret_data,
                            bool *ret_go_on, og_error *err)
{
    const verify_place place = {.row = row->number, .line = row->line};
    char other = cell_delimiter(v, row);

    if (other)
        return say_delimiter(v, verify_label_place(row, 0, NULL), other, ret_go_on, err);
    if (count_labels(v, row) < row->count)
        return OG_OK;
    *ret_data = false;
    return verify_add(v, VERIFY_DIALECT, place, err,
                      "the row holds labels, and the layout says that there are none");
}

/* The quote around a cell that breaks a rule with it, and none without it; or 0. */
static int cell_quote(verifier *v, const column *c, og_str text, char *ret, og_error *err)
{
    og_str bare = without_quotes(text);
    verify_rule rule, without;
    bool missing;
    cell_value value;

    *ret = 0;
    if (bare.n == text.n)
        return OG_OK;
    int rc = column_check(c, &v->work, text, &rule, &missing, &value, err);
    if (rc == OG_OK && rule != VERIFY_FINE)
        rc = column_check(c, &v->work, bare, &without, &missing, &value, err);
    if (rc == OG_OK && rule != VERIFY_FINE && without == VERIFY_FINE && text.p[0] != ' ')
        *ret = text.p[0];
    return rc;
}

int verify_dialect_data(verifier *v, const csv_row *row, bool *ret_go_on, og_error *err)
{
    char quote = 0;

    for (size_t i = 0; i < row->count && i < v->width && !quote; i++) {
        int rc = v->place[i] < 0 || row->cells[i].quoted
                     ? OG_OK
                     : cell_quote(v, &v->columns[v->place[i]], row->cells[i].text, &quote,
                                  err);
        if (rc != OG_OK)
            return rc;
    }
    return quote ? say_quote(v, row, quote, ret_go_on, err) : OG_OK;
}

bool verify_repeats_labels(const verifier *v, const csv_row *row)
{
    if (!v->labels || row->count != v->width)
        return false;
    for (size_t i = 0; i < row->count; i++)
        if (!og_str_eq(row->cells[i].text, v->labels[i]))
            return false;
    return true;
}

int verify_dialect_repeat(verifier *v, const csv_row *row, og_error *err)
{
    const verify_place place = {.row = row->number, .line = row->line};

    return verify_add(v, VERIFY_DIALECT, place, err,
                      "the labels stand here again: is this several files in one?");
}
