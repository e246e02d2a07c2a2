/* Records of a batch that stand in a CSV file. Strings of the records borrow from the
 * file's text, so that a large file costs its records and nothing else. */
#include "csv/csv.h"
#include "model/load.h"

typedef struct csv_column {
    og_str name;
    uint32_t slot;            /* 0: not used */
    const model_field *field; /* NULL: not used */
    const og_vmap *values; /* what its texts stand for, read already; NULL: as they are */
} csv_column;

typedef struct csv_read {
    register_loader *l;
    model_batch *batch;
    const og_node *node;       /* records: {csv: …} */
    const og_document *doc;    /* of the batch */
    const model_record *setup; /* form `csv_records` */
    model_file *file;
    csv_scanner scanner;
    csv_column *columns;
    size_t column_count;
    bool incomplete; /* a required field has no column */
    size_t record_cap;
} csv_read;

/* Where a word stands under a key: as a key there, as a value, or else the key's value.
 */
static const og_node *place_of(const og_node *setup, og_str key, og_str word)
{
    const og_node *under = og_node_get(setup, key);
    if (!under || under->kind != OG_NODE_MAP)
        return under;
    for (uint32_t i = 0; i < under->count; i++) {
        const og_pair *pair = &under->pairs[i];
        if (og_str_eq(pair->key->text, word))
            return pair->key;
        if (pair->value->kind == OG_NODE_SCALAR && og_str_eq(pair->value->text, word))
            return pair->value;
    }
    return under;
}

static og_diag *yaml_finding(csv_read *c, const char *key, const char *code, og_str what,
                             const char *text)
{
    const og_node *at = place_of(c->node, og_str_from(key), what);
    return og_diags_add(c->l->diags, OG_LEVEL_ERROR, code,
                        og_node_pos(c->doc, at ? at : c->node), c->doc->source,
                        "'%.*s' %s", OG_FMT(what), text);
}

/* path against the directory of the batch; "" for one that leaves the register. Parts "."
 * and ".." are resolved by name alone: there are no links. */
static int resolve_path(csv_read *c, og_str path, og_str *ret, og_error *err)
{
    og_str base = c->batch->file->path;
    size_t dir = base.n;
    while (dir > 0 && base.p[dir - 1] != '/')
        dir--;
    char *out = og_arena_alloc(&c->l->reg->arena, dir + path.n + 2);
    if (!out)
        return og_nomem(err);
    memcpy(out, base.p, dir);
    size_t n = dir; /* out[0, n) is empty or ends in '/' */
    *ret = (og_str){out, 0};
    if (path.n && path.p[0] == '/')
        return OG_OK;
    for (size_t from = 0; from <= path.n;) {
        og_str part = og_str_slice(path, from, path.n);
        part.n = og_str_find(part, '/');
        from += part.n + 1;
        if (part.n == 0 || og_str_is(part, "."))
            continue;
        if (!og_str_is(part, "..")) {
            memcpy(out + n, part.p, part.n);
            n += part.n;
            out[n++] = '/';
        } else if (n == 0) {
            return OG_OK;
        } else {
            for (n--; n > 0 && out[n - 1] != '/';)
                n--;
        }
    }
    ret->n = n ? n - 1 : 0;
    return OG_OK;
}

/* The CSV file; c->file stays NULL after a finding. */
static int open_file(csv_read *c, og_error *err)
{
    const model_source *source = c->l->reg->source;
    og_str name = model_record_text(c->setup, "csv"), path;
    int rc = resolve_path(c, name, &path, err);
    if (rc != OG_OK || name.n == 0)
        return rc;
    if (path.n == 0) {
        og_diag *d =
            yaml_finding(c, "csv", "bad-path", name, "is not inside the register");
        og_diags_hint(c->l->diags, d, "paths are taken from the directory of the batch");
        return OG_OK;
    }
    size_t index = register_entry(source, path);
    if (index == SIZE_MAX || source->entries[index].kind != MODEL_ENTRY_FILE) {
        og_diag *d = yaml_finding(c, "csv", "missing-file", name, "is not there");
        og_diags_hint(c->l->diags, d, "looked for '%.*s'", OG_FMT(path));
        return OG_OK;
    }
    c->l->named[index] = true;
    return register_read_file(c->l, index, false, &c->file, err);
}

static void csv_finding(csv_read *c, const csv_row *row, const csv_cell *cell,
                        og_level level, const char *code, og_str text, og_str hint)
{
    og_pos pos = {.path = c->file->path.p, .line = row->line, .column = 1};
    if (cell)
        csv_position(row, cell->start, &pos.line, &pos.column);
    og_diag *d =
        og_diags_add(c->l->diags, level, code, pos, c->file->text, "row %llu: %.*s",
                     (unsigned long long)row->number, OG_FMT(text));
    if (hint.n)
        og_diags_hint(c->l->diags, d, "%.*s", OG_FMT(hint));
}

static bool can_stand_in_cell(model_base base)
{
    return base != MODEL_LIST && base != MODEL_MAP && base != MODEL_RECORD &&
           base != MODEL_ANY;
}

/* The field a column goes to: named under `columns`, or by its own name without them. */
static void bind_column(csv_read *c, csv_column *column, og_str field_name)
{
    const model_kind *kind = c->batch->kind;
    int slot = model_kind_slot(kind, field_name);
    if (slot < 0 || slot == kind->owner_slot) {
        og_diag *d = yaml_finding(c, "columns", "unknown-field", field_name,
                                  "is no field of this kind");
        og_str near =
            og_str_nearest(field_name, kind->shape.names + 1, kind->field_count);
        if (near.n)
            og_diags_hint(c->l->diags, d, "did you mean '%.*s'?", OG_FMT(near));
        else
            og_diags_hint(c->l->diags, d,
                          "name the columns to take: columns: {COLUMN: FIELD}");
        return;
    }
    const model_field *field = model_kind_field(kind, (uint32_t)slot);
    if (!can_stand_in_cell(field->type.base)) {
        yaml_finding(c, "columns", "wrong-type", field_name, "does not fit into a cell");
        return;
    }
    for (size_t i = 0; i < c->column_count; i++) {
        if (c->columns[i].slot == (uint32_t)slot) {
            yaml_finding(c, "columns", "duplicate-column", field_name,
                         "is filled from two columns");
            return;
        }
    }
    column->slot = (uint32_t)slot;
    column->field = field;
}

static void check_named_columns(csv_read *c, const og_vmap *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        og_str name = og_text(columns->keys[i]), near = {NULL, 0};
        size_t seen = 0;
        for (size_t k = 0; k < c->column_count; k++)
            seen += og_str_eq(c->columns[k].name, name);
        if (seen == 1)
            continue;
        og_diag *d = yaml_finding(c, "columns", "unknown-column", name,
                                  seen ? "stands over several columns of the file"
                                       : "is no column of the file");
        for (size_t k = 0; k < c->column_count && !seen && !near.n; k++)
            near = og_str_nearest(name, &c->columns[k].name, 1);
        if (near.n)
            og_diags_hint(c->l->diags, d, "did you mean '%.*s'?", OG_FMT(near));
    }
}

/* Required fields that no column fills are said once, not for every row; not even once
 * where the column is there under a wrong name. */
static void check_filled(csv_read *c, bool report)
{
    const model_kind *kind = c->batch->kind;
    for (uint32_t slot = 1; slot <= kind->field_count; slot++) {
        const model_field *field = model_kind_field(kind, slot);
        bool filled = !field->required || (int)slot == kind->owner_slot;
        for (size_t i = 0; i < c->column_count && !filled; i++)
            filled = c->columns[i].slot == slot;
        if (filled)
            continue;
        c->incomplete = true;
        if (report)
            yaml_finding(c, "csv", "missing-field", field->name,
                         "is required and no column fills it");
    }
}

/* The words a field's texts stand for, each read once. */
static int read_values(csv_read *c, csv_column *column, const og_vmap *words,
                       og_error *err)
{
    og_value *values = OG_ARRAY(&c->l->reg->arena, words->count + 1, og_value);
    if (!values)
        return og_nomem(err);
    for (size_t i = 0; i < words->count; i++) {
        model_problem problem;
        int rc = model_read_scalar(&c->l->reader, column->field,
                                   og_text(words->values[i]), &values[i], &problem, err);
        if (rc != OG_OK)
            return rc;
        if (!problem.code)
            continue;
        const og_node *at = place_of(og_node_get(c->node, OG_STR("values")),
                                     column->field->name, og_text(words->values[i]));
        og_diag *d = og_diags_add(c->l->diags, problem.level, problem.code,
                                  og_node_pos(c->doc, at), c->doc->source, "%.*s",
                                  OG_FMT(problem.text));
        if (problem.hint.n)
            og_diags_hint(c->l->diags, d, "%.*s", OG_FMT(problem.hint));
    }
    og_value map;
    if (og_map_make(&c->l->reg->arena, words->keys, values, words->count, &map, NULL) !=
        OG_OK)
        return og_nomem(err);
    column->values = map.as.map;
    return OG_OK;
}

static int bind_values(csv_read *c, og_error *err)
{
    og_value all = model_record_get(c->setup, "values");
    for (size_t i = 0; all.kind == OG_MAP && i < all.as.map->count; i++) {
        og_str name = og_text(all.as.map->keys[i]);
        csv_column *column = NULL;
        for (size_t k = 0; k < c->column_count; k++)
            if (c->columns[k].field && og_str_eq(c->columns[k].field->name, name))
                column = &c->columns[k];
        if (!column) {
            yaml_finding(c, "values", "unknown-field", name, "is filled from no column");
            continue;
        }
        int rc = read_values(c, column, all.as.map->values[i].as.map, err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

/* The first row: which column goes where. */
static int read_columns(csv_read *c, const csv_row *row, og_error *err)
{
    og_value named = model_record_get(c->setup, "columns");
    size_t errors = c->l->diags->errors;
    c->columns = OG_ARRAY(&c->l->reg->arena, row->count, csv_column);
    if (!c->columns)
        return og_nomem(err);
    for (size_t i = 0; i < row->count; i++) {
        csv_column column = {.name = row->cells[i].text};
        og_value field = og_string(column.name);
        if (named.kind == OG_MAP)
            field = og_map_find_str(named.as.map, column.name);
        if (field.kind == OG_STRING)
            bind_column(c, &column, og_text(field));
        c->columns[c->column_count++] = column;
    }
    if (named.kind == OG_MAP)
        check_named_columns(c, named.as.map);
    check_filled(c, errors == c->l->diags->errors);
    return bind_values(c, err);
}

static int read_cell(csv_read *c, const csv_row *row, const csv_column *column,
                     const csv_cell *cell, model_record *record, og_value *place,
                     og_error *err)
{
    model_problem problem = {0};
    if (column->values) {
        *place = og_map_find_str(column->values, cell->text);
        if (place->kind == OG_ABSENT && cell->text.n) {
            og_str text = og_arena_printf(
                &c->l->reg->arena, "'%.*s' is not listed under 'values' of '%.*s'",
                OG_FMT(og_str_slice(cell->text, 0, 60)), OG_FMT(column->field->name));
            csv_finding(c, row, cell, OG_LEVEL_ERROR, "unlisted-value", text,
                        OG_STR("add what it stands for to the batch"));
        }
    } else if (cell->text.n) {
        int rc = model_read_scalar(&c->l->reader, column->field, cell->text, place,
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
    return model_reader_refer(&c->l->reader, record, column->field,
                              column->field->type.kind, place, pos, err);
}

static void check_required(csv_read *c, const csv_row *row, const og_value *fields)
{
    const model_kind *kind = c->batch->kind;
    for (uint32_t slot = 1; slot <= kind->field_count; slot++) {
        const model_field *field = model_kind_field(kind, slot);
        if (!field->required || fields[slot].kind != OG_ABSENT ||
            (int)slot == kind->owner_slot)
            continue;
        og_str text =
            og_arena_printf(&c->l->reg->arena, "'%.*s' is missing", OG_FMT(field->name));
        csv_finding(c, row, NULL, OG_LEVEL_ERROR, "missing-field", text, field->doc);
    }
}

static int enter_record(csv_read *c, const model_record *record, og_error *err)
{
    model_batch *batch = c->batch;
    if (batch->record_count == c->record_cap) {
        size_t cap = c->record_cap ? 2 * c->record_cap : 64;
        const model_record **more =
            OG_ARRAY(&c->l->reg->arena, cap, const model_record *);
        if (!more)
            return og_nomem(err);
        if (batch->record_count)
            memcpy(more, batch->records, batch->record_count * sizeof *more);
        batch->records = more;
        c->record_cap = cap;
    }
    batch->records[batch->record_count++] = record;
    return OG_OK;
}

static int read_row(csv_read *c, const csv_row *row, og_error *err)
{
    model_record *record;
    og_value *fields;
    size_t errors = c->l->diags->errors;
    if (row->count != c->column_count) {
        og_str text = og_arena_printf(&c->l->reg->arena, "%zu cells under %zu columns",
                                      row->count, c->column_count);
        csv_finding(c, row, NULL, OG_LEVEL_ERROR, "csv-cells", text, (og_str){NULL, 0});
        return OG_OK;
    }
    int rc = model_record_new(&c->l->reader, c->batch->kind, c->batch->owner, c->batch,
                              &record, &fields, err);
    if (rc != OG_OK)
        return rc;
    record->line = row->line;
    record->column = 1;
    for (size_t i = 0; i < row->count; i++) {
        const csv_column *column = &c->columns[i];
        if (!column->field)
            continue;
        rc =
            read_cell(c, row, column, &row->cells[i], record, &fields[column->slot], err);
        if (rc != OG_OK)
            return rc;
    }
    if (c->l->diags->errors == errors && !c->incomplete)
        check_required(c, row, fields);
    og_pos pos = {.path = c->file->path.p, .line = row->line, .column = 1};
    rc = model_record_identify(&c->l->reader, record, fields, pos, err);
    return rc == OG_OK ? enter_record(c, record, err) : rc;
}

static int read_rows(csv_read *c, og_error *err)
{
    og_error local = {0};
    csv_row row;
    int rc = csv_open(&c->scanner, c->file->text, NULL, &c->l->reg->arena, &local);
    while (rc == OG_OK) {
        rc = csv_next(&c->scanner, &row, &local);
        if (rc <= 0)
            break;
        rc = c->columns ? read_row(c, &row, &local) : read_columns(c, &row, &local);
    }
    if (rc == OG_E_INVALID) {
        const csv_problem *p = &c->scanner.problem;
        og_pos pos = {.path = c->file->path.p, .line = p->line, .column = p->column};
        og_diag *d =
            og_diags_add(c->l->diags, OG_LEVEL_ERROR, p->code, pos, c->file->text,
                         "row %llu: %s", (unsigned long long)p->row, p->message);
        if (p->hint[0])
            og_diags_hint(c->l->diags, d, "%s", p->hint);
        rc = OG_OK;
    } else if (rc != OG_OK) {
        og_fail(err, rc, "%s", og_error_text(&local));
    } else if (!c->columns) {
        og_pos pos = {.path = c->file->path.p, .line = 1, .column = 1};
        og_diags_add(c->l->diags, OG_LEVEL_ERROR, "csv-empty", pos, c->file->text,
                     "the first row, with the names of the columns, is missing");
    }
    og_error_done(&local);
    return rc;
}

int register_load_csv(register_loader *l, model_batch *batch, const og_node *records,
                      og_error *err)
{
    csv_read c = {.l = l, .batch = batch, .node = records, .doc = &batch->file->document};
    model_record *setup;
    int rc = model_read_record(&l->reader, c.doc, records,
                               model_form(l->reg->kinds, "csv_records"), NULL, NULL,
                               &setup, err);
    if (rc != OG_OK || !setup)
        return rc;
    c.setup = setup;
    rc = open_file(&c, err);
    if (rc != OG_OK || !c.file)
        return rc;
    batch->data = c.file;
    l->reader.file = c.file;
    l->reader.source = c.file->text;
    rc = read_rows(&c, err);
    csv_done(&c.scanner);
    l->reader.file = batch->file;
    l->reader.source = batch->file->text;
    return rc;
}
