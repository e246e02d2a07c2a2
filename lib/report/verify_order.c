/* Each row against the row before. */
#include "base/utf8.h"
#include "report/verifier.h"

int verify_order_make(verifier *v, og_error *err)
{
    const report_words *names = &v->layout->sorted_by;

    v->order = OG_ARRAY(&v->arena, names->count, order_key);
    v->order_fields = OG_ARRAY(&v->arena, v->layout->field_count, order_key *);
    if (!v->order || !v->order_fields)
        return og_nomem(err);
    for (size_t i = 0; i < names->count; i++) {
        og_str name = names->items[i];
        bool descending = name.n > 1 && name.p[0] == '-';
        int index = report_layout_index(
            v->layout, descending ? og_str_slice(name, 1, name.n) : name);
        if (index < 0)
            return og_fail(err, OG_E_INVALID,
                           "'sorted_by' names '%.*s', which is no field", OG_FMT(name));
        order_key *key = &v->order[v->order_count++];
        key->cells[0].state = key->cells[1].state = KEY_EMPTY; /* until the file has it */
        key->column = &v->columns[index];
        key->descending = descending;
        v->order_fields[index] = key;
    }
    return OG_OK;
}

void verify_order_done(verifier *v)
{
    for (size_t i = 0; i < v->order_count; i++) {
        og_buf_done(&v->order[i].cells[0].text);
        og_buf_done(&v->order[i].cells[1].text);
    }
}

/* The value has to outlive the row. */
void verify_order_cell(verifier *v, order_key *key, key_state state, og_str text,
                       const cell_value *value)
{
    order_cell *cell = &key->cells[v->order_turn];

    cell->state = state;
    og_buf_clear(&cell->text);
    if (state != KEY_SET)
        return;
    og_buf_put(&cell->text, text);
    cell->value = *value;
    if (value->form == CELL_TEXT) {
        cell->value.text = og_buf_str(&cell->text);
    } else if (value->form == CELL_DECIMAL && value->decimal.digits.n > 0) {
        memcpy(cell->digits.digits, value->decimal.digits.p, value->decimal.digits.n);
        cell->value.decimal.digits.p = cell->digits.digits;
    }
}

static int order_of(const order_key *key, const order_cell *before, const order_cell *now)
{
    int order = before->state == KEY_SET && now->state == KEY_SET
                    ? cell_order(&before->value, &now->value)
                    : (before->state == KEY_SET) - (now->state == KEY_SET);

    return key->descending ? -order : order;
}

static int add_finding(verifier *v, const order_key *key, const csv_row *row,
                       og_error *err)
{
    const og_str now = og_buf_str(&key->cells[v->order_turn].text);
    const og_str before = og_buf_str(&key->cells[!v->order_turn].text);
    const og_str shown = og_utf8_cut(before, VERIFY_VALUE_MAX);
    verify_place place = {.row = row->number,
                          .line = row->line,
                          .column = verify_column_of(v, key->column),
                          .field = key->column->field,
                          .value = &now};

    return verify_add(
        v, VERIFY_ORDER, place, err,
        "row %llu before it has '%.*s%s', and rows %s by '%.*s'",
        (unsigned long long)v->order_row, OG_FMT(shown), shown.n < before.n ? "…" : "",
        key->descending ? "descend" : "ascend", OG_FMT(key->column->field->name));
}

/* Whether every cell can be compared. */
static int check_cells(const verifier *v, bool *ret_usable, og_error *err)
{
    *ret_usable = true;
    for (size_t i = 0; i < v->order_count; i++) {
        const order_cell *cell = &v->order[i].cells[v->order_turn];
        *ret_usable &= cell->state != KEY_UNUSABLE;
        if (cell->text.failed)
            return og_buf_check(&cell->text, err);
    }
    return OG_OK;
}

int verify_order_row(verifier *v, const csv_row *row, og_error *err)
{
    bool usable;

    int rc = check_cells(v, &usable, err);
    if (rc != OG_OK || !usable || v->order_count == 0)
        return rc;
    for (size_t i = 0; v->order_row > 0 && i < v->order_count; i++) {
        const order_key *key = &v->order[i];
        int order =
            order_of(key, &key->cells[!v->order_turn], &key->cells[v->order_turn]);
        if (order > 0)
            rc = add_finding(v, key, row, err);
        if (order != 0)
            break;
    }
    v->order_turn = !v->order_turn;
    v->order_row = row->number;
    return rc;
}
