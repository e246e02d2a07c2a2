/* Records of a batch that stand in a CSV file. Strings of the records borrow from the
 * file's text, so that a large file costs its records and nothing else. */
#include "base/utf8.h"
#include "csv/csv.h"
#include "model/batch_files.h"

typedef struct csv_read {
    batch_files b;
    const model_file *file;
    csv_scanner scanner;
    batch_columns columns; /* list NULL: the first row is not yet read */
    bool incomplete;       /* a required field has no column */
} csv_read;

/* text NULL: there was no memory for it. */
static void csv_finding(csv_read *c, const csv_row *row, const csv_cell *cell,
                        og_level level, const char *code, og_str text, og_str hint)
{
    if (!text.p)
        c->b.l->diags->failed = OG_E_NOMEM;
    og_pos pos = {.path = c->file->path.p, .line = row->line, .column = 1};
    if (cell)
        csv_position(row, cell->start, &pos.line, &pos.column);
    og_diag *d =
        og_diags_add(c->b.l->diags, level, code, pos, c->file->text, "row %llu: %.*s",
                     (unsigned long long)row->number, OG_FMT(text));
    if (hint.n)
        og_diags_hint(c->b.l->diags, d, "%.*s", OG_FMT(hint));
}

static bool can_stand_in_cell(model_base base)
{
    return base != MODEL_LIST && base != MODEL_MAP && base != MODEL_RECORD &&
           base != MODEL_ANY;
}

/* The field a column goes to: named under `columns`, or by its own name without them. */
static void bind_column(csv_read *c, batch_column *column, og_str field_name)
{
    batch_bind(&c->b, &c->columns, column, field_name);
    if (!column->field || can_stand_in_cell(column->field->type.base))
        return;
    batch_finding(&c->b, "columns", "wrong-type", field_name, "does not fit into a cell");
    column->slot = 0;
    column->field = NULL;
}

static void check_named_columns(csv_read *c, const og_vmap *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        og_str name = og_text(columns->keys[i]), near = {NULL, 0};
        size_t seen = 0;
        for (size_t k = 0; k < c->columns.count; k++)
            seen += og_str_eq(c->columns.list[k].name, name);
        if (seen == 1)
            continue;
        og_diag *d = batch_finding(&c->b, "columns", "unknown-column", name,
                                   seen ? "stands over several columns of the file"
                                        : "is no column of the file");
        for (size_t k = 0; k < c->columns.count && !seen && !near.n; k++)
            near = og_str_nearest(name, &c->columns.list[k].name, 1);
        if (near.n)
            og_diags_hint(c->b.l->diags, d, "did you mean '%.*s'?", OG_FMT(near));
    }
}

/* The first row: which column goes where. */
static int read_columns(csv_read *c, const csv_row *row, og_error *err)
{
    og_value named = model_record_get(c->b.setup, "columns");
    size_t errors = c->b.l->diags->errors;
    c->columns.list = OG_ARRAY(&c->b.l->reg->arena, row->count, batch_column);
    if (!c->columns.list)
        return og_nomem(err);
    for (size_t i = 0; i < row->count; i++) {
        batch_column column = {.name = row->cells[i].text};
        og_value field = og_string(column.name);
        if (named.kind == OG_MAP)
            field = og_map_find_str(named.as.map, column.name);
        if (field.kind == OG_STRING)
            bind_column(c, &column, og_text(field));
        c->columns.list[c->columns.count++] = column;
    }
    if (named.kind == OG_MAP)
        check_named_columns(c, named.as.map);
    bool report = errors == c->b.l->diags->errors; /* else under a wrong name, maybe */
    c->incomplete = !batch_check_filled(&c->b, &c->columns, "csv", report);
    return batch_read_values(&c->b, &c->columns, err);
}

static int read_cell(csv_read *c, const csv_row *row, const batch_column *column,
                     const csv_cell *cell, model_record *record, og_value *place,
                     og_error *err)
{
    model_problem problem = {0};
    if (column->values) {
        *place = og_map_find_str(column->values, cell->text);
        if (place->kind == OG_ABSENT && cell->text.n) {
            og_str text = og_arena_printf(
                &c->b.l->reg->arena, "'%.*s' is not listed under 'values' of '%.*s'",
                OG_FMT(og_utf8_cut(cell->text, 60)), OG_FMT(column->field->name));
            csv_finding(c, row, cell, OG_LEVEL_ERROR, "unlisted-value", text,
                        OG_STR("add what it stands for to the batch"));
        }
    } else if (cell->text.n) {
        int rc = model_read_scalar(&c->b.l->reader, column->field, cell->text, place,
                                   &problem, err);
        if (rc != OG_OK)
            return rc;
    }
    if (problem.code)
        csv_finding(c, row, cell, problem.level, problem.code, problem.text,
                    problem.hint);
    if (problem.code && problem.level == OG_LEVEL_ERROR)
        *place = og_absent();
    if (column->field->type.base != MODEL_REF || place->kind == OG_ABSENT)
        return OG_OK;
    og_pos pos = {.path = c->file->path.p};
    csv_position(row, cell->start, &pos.line, &pos.column);
    return model_reader_refer(&c->b.l->reader, record, column->field,
                              column->field->type.kind, place, pos, err);
}

static void check_required(csv_read *c, const csv_row *row, const og_value *fields)
{
    const model_kind *kind = c->b.batch->kind;
    for (uint32_t slot = 1; slot <= kind->field_count; slot++) {
        const model_field *field = model_kind_field(kind, slot);
        if (!field->required || fields[slot].kind != OG_ABSENT ||
            (int)slot == kind->owner_slot)
            continue;
        og_str text = og_arena_printf(&c->b.l->reg->arena, "'%.*s' is missing",
                                      OG_FMT(field->name));
        csv_finding(c, row, NULL, OG_LEVEL_ERROR, "missing-field", text, field->doc);
    }
}

static int read_row(csv_read *c, const csv_row *row, og_error *err)
{
    model_record *record;
    og_value *fields;
    size_t errors = c->b.l->diags->errors;
    if (row->count != c->columns.count) {
        og_str text = og_arena_printf(&c->b.l->reg->arena, "%zu cells under %zu columns",
                                      row->count, c->columns.count);
        csv_finding(c, row, NULL, OG_LEVEL_ERROR, "csv-cells", text, (og_str){NULL, 0});
        return OG_OK;
    }
    int rc = model_record_new(&c->b.l->reader, c->b.batch->kind, c->b.batch->owner,
                              c->b.batch, &record, &fields, err);
    if (rc != OG_OK)
        return rc;
    record->line = row->line;
    record->column = 1;
    for (size_t i = 0; i < row->count; i++) {
        const batch_column *column = &c->columns.list[i];
        if (!column->field)
            continue;
        rc =
            read_cell(c, row, column, &row->cells[i], record, &fields[column->slot], err);
        if (rc != OG_OK)
            return rc;
    }
    if (c->b.l->diags->errors == errors && !c->incomplete)
        check_required(c, row, fields);
    og_pos pos = {.path = c->file->path.p, .line = row->line, .column = 1};
    rc = model_record_identify(&c->b.l->reader, record, fields, pos, err);
    return rc == OG_OK ? batch_enter(&c->b, record, err) : rc;
}

static int read_rows(csv_read *c, og_error *err)
{
    og_error local = {0};
    csv_row row;
    int rc = csv_open(&c->scanner, c->file->text, NULL, &c->b.l->reg->arena, &local);
    while (rc == OG_OK) {
        rc = csv_next(&c->scanner, &row, &local);
        if (rc <= 0)
            break;
        rc = c->columns.list ? read_row(c, &row, &local) : read_columns(c, &row, &local);
    }
    if (rc == OG_E_INVALID) {
        const csv_problem *p = &c->scanner.problem;
        og_pos pos = {.path = c->file->path.p, .line = p->line, .column = p->column};
        og_diag *d =
            og_diags_add(c->b.l->diags, OG_LEVEL_ERROR, p->code, pos, c->file->text,
                         "row %llu: %s", (unsigned long long)p->row, p->message);
        if (p->hint[0])
            og_diags_hint(c->b.l->diags, d, "%s", p->hint);
        rc = OG_OK;
    } else if (rc != OG_OK) {
        rc = og_fail(err, rc, "%s", og_error_text(&local));
    } else if (!c->columns.list) {
        og_pos pos = {.path = c->file->path.p, .line = 1, .column = 1};
        og_diags_add(c->b.l->diags, OG_LEVEL_ERROR, "csv-empty", pos, c->file->text,
                     "the first row, with the names of the columns, is missing");
    }
    og_error_done(&local);
    return rc;
}

int register_load_csv(register_loader *l, model_batch *batch, const og_node *records,
                      og_error *err)
{
    csv_read c = {.b = {.l = l, .batch = batch, .node = records}};
    model_record *setup;
    c.b.doc = &batch->file->document;
    int rc = model_read_record(&l->reader, c.b.doc, records,
                               model_form(l->reg->kinds, "csv_records"), NULL, NULL,
                               &setup, err);
    if (rc != OG_OK || !setup)
        return rc;
    c.b.setup = setup;
    rc = batch_open(&c.b, "csv", model_record_text(setup, "csv"), &c.file, err);
    if (rc != OG_OK || !c.file)
        return rc;
    l->reader.file = c.file;
    l->reader.source = c.file->text;
    rc = read_rows(&c, err);
    csv_done(&c.scanner);
    l->reader.file = batch->file;
    l->reader.source = batch->file->text;
    return rc;
}
