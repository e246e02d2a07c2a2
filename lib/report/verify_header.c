/* The label row: which field stands where. */
#include "report/verifier.h"

verify_place verify_label_place(const csv_row *row, size_t at, const report_field *field)
{
    return (verify_place){.row = row->number,
                          .line = row->line,
                          .column = at + 1,
                          .field = field,
                          .value = at < row->count ? &row->cells[at].text : NULL};
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

int verify_no_header(verifier *v, og_error *err)
{
    return make_places(v, v->layout->field_count, err);
}

/* ---- Labels ---- */

static bool may_lack(const report_layout *l)
{
    return og_str_is(l->fields_match, "superset") ||
           og_str_is(l->fields_match, "partial");
}

/* Whatever may be lacking: a field that has to have values is there. */
static bool is_needed(const report_layout *l, size_t field)
{
    for (size_t i = 0; i < l->primary_key.count; i++)
        if (og_str_eq(l->primary_key.items[i], l->fields[field].name))
            return true;
    return l->fields[field].required;
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
        return verify_add(v, VERIFY_BLANK_LABEL, verify_label_place(row, at, NULL), err,
                          "the column has no label");
    og_str copy = og_arena_str(&v->arena, label);
    if (!copy.p)
        return og_nomem(err);
    int rc = og_map_add(seen, copy, v);
    if (rc < 0)
        return og_nomem(err);
    if (rc == 0)
        return verify_add(v, VERIFY_DUPLICATE_LABEL, verify_label_place(row, at, NULL),
                          err, "another column has this label");
    *ret_usable = true;
    return OG_OK;
}

static int extra_label(verifier *v, const csv_row *row, size_t at, og_error *err)
{
    if (may_have_more(v->layout))
        return OG_OK;
    return verify_add(v, VERIFY_EXTRA_LABEL, verify_label_place(row, at, NULL), err,
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
        if (!og_map_get(seen, l->fields[f].name) && (!may_lack(l) || is_needed(l, f)))
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
            rc = verify_add(v, VERIFY_INCORRECT_LABEL,
                            verify_label_place(row, i, &l->fields[i]), err,
                            "the label should be '%.*s'", OG_FMT(l->fields[i].name));
    }
    for (size_t f = row->count; f < l->field_count && rc == OG_OK; f++)
        rc = missing_label(v, row, f, f + 1, err);
    return rc;
}

/* For the row that repeats them. */
static int keep_labels(verifier *v, const csv_row *row, og_error *err)
{
    v->labels = OG_ARRAY(&v->arena, row->count, og_str);
    if (!v->labels)
        return og_nomem(err);
    for (size_t i = 0; i < row->count; i++) {
        v->labels[i] = og_arena_str(&v->arena, row->cells[i].text);
        if (!v->labels[i].p)
            return og_nomem(err);
    }
    return OG_OK;
}

int verify_header(verifier *v, const csv_row *row, og_error *err)
{
    og_map seen;

    int rc = make_places(v, row->count, err);
    if (rc == OG_OK)
        rc = keep_labels(v, row, err);
    if (rc != OG_OK)
        return rc;
    og_map_init(&seen, &v->arena);
    return by_name(v->layout) ? match_by_name(v, row, &seen, err)
                              : match_by_place(v, row, &seen, err);
}
