/* The label row: which field stands where. */
#include "report/verifier.h"

static verify_place label_place(const csv_row *row, size_t at, const report_field *field)
{
    return (verify_place){.row = row->number,
                          .line = row->line,
                          .column = at + 1,
                          .field = field,
                          .value = at < row->count ? &row->cells[at].text : NULL};
}

/* ---- Another delimiter ---- */

static size_t count_of(og_str text, char c)
{
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == c;
    return n;
}

/* A row that is one cell, where several are due, with another delimiter in it. */
static char other_delimiter(const verifier *v, const csv_row *row)
{
    static const char candidates[] = ",;\t|";
    char best = 0;
    size_t most = 0;

    if (row->count != 1 || v->layout->field_count < 2)
        return 0;
    for (const char *c = candidates; *c; c++) {
        size_t n = count_of(row->cells[0].text, *c);
        if (*c != v->scanner.dialect.delimiter && n > most) {
            most = n;
            best = *c;
        }
    }
    return most + 1 >= (v->layout->field_count + 1) / 2 ? best : 0;
}

static int check_delimiter(verifier *v, const csv_row *row, bool *ret_go_on,
                           og_error *err)
{
    char other = other_delimiter(v, row);

    *ret_go_on = other == 0;
    if (!other)
        return OG_OK;
    const char *name = other == '\t' ? "a tab" : NULL;
    char quoted[] = {'\'', other, '\'', 0};
    v->result->stopped = true;
    return verify_add(v, VERIFY_DIALECT, label_place(row, 0, NULL), err,
                      "fields look separated by %s, and the layout says '%c'",
                      name ? name : quoted, v->scanner.dialect.delimiter);
}

/* ---- Places ---- */

static int make_places(verifier *v, size_t width, og_error *err)
{
    v->place = OG_ARRAY(&v->arena, width, int32_t);
    if (!v->place)
        return og_nomem(err);
    for (size_t i = 0; i < width; i++)
        v->place[i] = i < v->layout->field_count ? (int32_t)i : -1;
    v->width = width;
    return OG_OK;
}

int verify_no_header(verifier *v, const csv_row *row, bool *ret_go_on, og_error *err)
{
    int rc = check_delimiter(v, row, ret_go_on, err);

    return rc == OG_OK ? make_places(v, v->layout->field_count, err) : rc;
}

/* ---- Labels ---- */

static bool may_lack(const report_layout *l)
{
    return og_str_is(l->fields_match, "superset") ||
           og_str_is(l->fields_match, "partial");
}

static bool may_have_more(const report_layout *l)
{
    return og_str_is(l->fields_match, "subset") || og_str_is(l->fields_match, "partial");
}

static bool by_name(const report_layout *l)
{
    return l->reading == REPORT_BY_NAME || !og_str_is(l->fields_match, "exact");
}

static int check_label(verifier *v, const csv_row *row, size_t at, og_map *seen,
                       bool *ret_usable, og_error *err)
{
    og_str label = row->cells[at].text;

    *ret_usable = false;
    if (og_str_trim(label).n == 0)
        return verify_add(v, VERIFY_BLANK_LABEL, label_place(row, at, NULL), err,
                          "the column has no label");
    og_str copy = og_arena_str(&v->arena, label);
    if (!copy.p)
        return og_nomem(err);
    int rc = og_map_add(seen, copy, v);
    if (rc < 0)
        return og_nomem(err);
    if (rc == 0)
        return verify_add(v, VERIFY_DUPLICATE_LABEL, label_place(row, at, NULL), err,
                          "another column has this label");
    *ret_usable = true;
    return OG_OK;
}

static int extra_label(verifier *v, const csv_row *row, size_t at, og_error *err)
{
    if (may_have_more(v->layout))
        return OG_OK;
    return verify_add(v, VERIFY_EXTRA_LABEL, label_place(row, at, NULL), err,
                      "the layout has no such field");
}

static int missing_label(verifier *v, const csv_row *row, size_t field, size_t at,
                         og_error *err)
{
    const report_field *f = &v->layout->fields[field];
    verify_place place = {
        .row = row->number, .line = row->line, .column = at, .field = f};

    return verify_add(v, VERIFY_MISSING_LABEL, place, err,
                      "the field '%.*s' is not in the file", OG_FMT(f->name));
}

/* Places by label; what is missing is said once, not at each row. */
static int match_by_name(verifier *v, const csv_row *row, og_map *seen, og_error *err)
{
    const report_layout *l = v->layout;
    int rc = OG_OK;

    for (size_t i = 0; i < row->count && rc == OG_OK; i++) {
        bool usable;
        v->place[i] = -1;
        rc = check_label(v, row, i, seen, &usable, err);
        if (rc != OG_OK || !usable)
            continue;
        v->place[i] = report_layout_index(l, row->cells[i].text);
        if (v->place[i] < 0)
            rc = extra_label(v, row, i, err);
    }
    for (size_t f = 0; f < l->field_count && rc == OG_OK; f++)
        if (!og_map_get(seen, l->fields[f].name) && !may_lack(l))
            rc = missing_label(v, row, f, 0, err);
    return rc;
}

static int match_by_place(verifier *v, const csv_row *row, og_map *seen, og_error *err)
{
    const report_layout *l = v->layout;
    int rc = OG_OK;

    for (size_t i = 0; i < row->count && rc == OG_OK; i++) {
        bool usable;
        rc = check_label(v, row, i, seen, &usable, err);
        if (rc != OG_OK || !usable)
            continue;
        if (i >= l->field_count)
            rc = extra_label(v, row, i, err);
        else if (!og_str_eq(row->cells[i].text, l->fields[i].name))
            rc = verify_add(v, VERIFY_INCORRECT_LABEL, label_place(row, i, &l->fields[i]),
                            err, "the label should be '%.*s'", OG_FMT(l->fields[i].name));
    }
    for (size_t f = row->count; f < l->field_count && rc == OG_OK; f++)
        rc = missing_label(v, row, f, f + 1, err);
    return rc;
}

int verify_header(verifier *v, const csv_row *row, bool *ret_go_on, og_error *err)
{
    og_map seen;

    int rc = check_delimiter(v, row, ret_go_on, err);
    if (rc == OG_OK)
        rc = make_places(v, row->count, err);
    if (rc != OG_OK || !*ret_go_on)
        return rc;
    og_map_init(&seen, &v->arena);
    return by_name(v->layout) ? match_by_name(v, row, &seen, err)
                              : match_by_place(v, row, &seen, err);
}
