/* What a batch says about the data of others: which column or member is which field, and
 * what its texts stand for. */
#include "model/batch_files.h"

void batch_bind(batch_files *b, const batch_columns *columns, batch_column *column,
                og_str field_name)
{
    const model_kind *kind = b->batch->kind;
    int slot = model_kind_slot(kind, field_name);
    if (slot < 0 || slot == kind->owner_slot) {
        og_diag *d = batch_finding(b, "columns", "unknown-field", field_name,
                                   "is no field of this kind");
        og_str near =
            og_str_nearest(field_name, kind->shape.names + 1, kind->field_count);
        if (near.n)
            og_diags_hint(b->l->diags, d, "did you mean '%.*s'?", OG_FMT(near));
        else
            og_diags_hint(b->l->diags, d,
                          "name the columns to take: columns: {COLUMN: FIELD}");
        return;
    }
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->list[i].slot == (uint32_t)slot) {
            batch_finding(b, "columns", "duplicate-column", field_name,
                          "is filled from two columns");
            return;
        }
    }
    column->slot = (uint32_t)slot;
    column->field = model_kind_field(kind, (uint32_t)slot);
}

/* One word of `values` by the field's type. */
static int read_word(batch_files *b, const model_field *field, og_str word, og_value *ret,
                     og_error *err)
{
    model_problem problem;
    int rc = model_read_scalar(&b->l->reader, field, word, ret, &problem, err);
    if (rc != OG_OK || !problem.code)
        return rc;
    const og_node *under =
        og_node_get(og_node_get(b->node, OG_STR("values")), field->name);
    const og_node *at = under;
    for (uint32_t i = 0; under && under->kind == OG_NODE_MAP && i < under->count; i++)
        if (og_str_eq(under->pairs[i].value->text, word))
            at = under->pairs[i].value;
    og_diag *d = og_diags_add(b->l->diags, problem.level, problem.code,
                              og_node_pos(b->doc, at ? at : b->node), b->doc->source,
                              "%.*s", OG_FMT(problem.text));
    if (problem.hint.n)
        og_diags_hint(b->l->diags, d, "%.*s", OG_FMT(problem.hint));
    return OG_OK;
}

/* The words a field's texts stand for, each read once. */
static int read_words(batch_files *b, batch_column *column, const og_vmap *words,
                      og_error *err)
{
    og_value *values = OG_ARRAY(&b->l->reg->arena, words->count + 1, og_value);
    if (!values)
        return og_nomem(err);
    for (size_t i = 0; i < words->count; i++) {
        int rc = read_word(b, column->field, og_text(words->values[i]), &values[i], err);
        if (rc != OG_OK)
            return rc;
    }
    og_value map;
    if (og_map_make(&b->l->reg->arena, words->keys, values, words->count, &map, NULL) !=
        OG_OK)
        return og_nomem(err);
    column->values = map.as.map;
    return OG_OK;
}

int batch_read_values(batch_files *b, batch_columns *columns, og_error *err)
{
    og_value all = model_record_get(b->setup, "values");
    for (size_t i = 0; all.kind == OG_MAP && i < all.as.map->count; i++) {
        og_str name = og_text(all.as.map->keys[i]);
        batch_column *column = NULL;
        for (size_t k = 0; k < columns->count; k++)
            if (columns->list[k].field && og_str_eq(columns->list[k].field->name, name))
                column = &columns->list[k];
        if (!column) {
            batch_finding(b, "values", "unknown-field", name, "is filled from no column");
            continue;
        }
        int rc = read_words(b, column, all.as.map->values[i].as.map, err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

bool batch_check_filled(batch_files *b, const batch_columns *columns, const char *key,
                        bool report)
{
    const model_kind *kind = b->batch->kind;
    bool complete = true;
    for (uint32_t slot = 1; slot <= kind->field_count; slot++) {
        const model_field *field = model_kind_field(kind, slot);
        bool filled = !field->required || (int)slot == kind->owner_slot;
        for (size_t i = 0; i < columns->count && !filled; i++)
            filled = columns->list[i].slot == slot;
        if (filled)
            continue;
        complete = false;
        if (report)
            batch_finding(b, key, "missing-field", field->name,
                          "is required and no column fills it");
    }
    return complete;
}
