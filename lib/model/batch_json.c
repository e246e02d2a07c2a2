/* Records of a batch that stand in a JSON file: an array of objects. Each is made into
 * the mapping that would say the same in YAML, under the names of the kind's fields, and
 * read like one, so that lists, nested records and every finding come out alike. */
#include "base/utf8.h"
#include "model/batch_files.h"
#include "value/json_node.h"
#include "value/json_pointer.h"

typedef struct json_read {
    batch_files b;
    og_document doc; /* the JSON file */
    const model_file *file;
    batch_columns columns; /* those of `columns`, or one for each field under `values` */
    bool named;            /* `columns` is there: members it does not name are left out */
    bool *seen;            /* [columns.count] some record has it */
    og_str where;          /* pointer to the array */
} json_read;

/* ---- Setting up ---- */

/* A column for every field that `values` is about, where members have the fields' names.
 */
static const og_vmap *named_members(const json_read *j)
{
    og_value map = model_record_get(j->b.setup, j->named ? "columns" : "values");
    return map.kind == OG_MAP ? map.as.map : NULL;
}

static int read_columns(json_read *j, og_error *err)
{
    og_arena *arena = &j->b.l->reg->arena;
    j->named = model_record_get(j->b.setup, "columns").kind == OG_MAP;
    const og_vmap *members = named_members(j);
    size_t count = members ? members->count : 0;
    j->columns.list = OG_ARRAY(arena, count + 1, batch_column);
    j->seen = OG_ARRAY(arena, count + 1, bool);
    if (!j->columns.list || !j->seen)
        return og_nomem(err);
    for (size_t i = 0; i < count; i++) {
        batch_column column = {.name = og_text(members->keys[i])};
        batch_bind(&j->b, &j->columns, &column,
                   j->named ? og_text(members->values[i]) : column.name);
        j->columns.list[j->columns.count++] = column;
    }
    if (j->named)
        batch_check_filled(&j->b, &j->columns, "json", true);
    return batch_read_values(&j->b, &j->columns, err);
}

/* ---- One record ---- */

/* A member by name, or by a pointer where the name begins with '/'. */
static const og_node *member_of(const og_node *object, og_str name)
{
    return name.n && name.p[0] == '/' ? og_node_at(object, name)
                                      : og_node_get(object, name);
}

static void report_unlisted(json_read *j, const batch_column *column, const og_node *node)
{
    og_diag *d = og_diags_add(
        j->b.l->diags, OG_LEVEL_ERROR, "unlisted-value", og_node_pos(&j->doc, node),
        j->doc.source, "'%.*s' is not listed under 'values' of '%.*s'",
        OG_FMT(og_utf8_cut(node->text, 60)), OG_FMT(column->field->name));
    og_diags_hint(j->b.l->diags, d, "add what it stands for to the batch");
}

/* The word under `values` that a text stands for; *ret stays as it is after a finding. */
static int map_value(json_read *j, const batch_column *column, const og_node **ret,
                     og_error *err)
{
    const og_node *node = *ret;
    if (!column->values || node->kind != OG_NODE_SCALAR || og_node_is_null(node))
        return OG_OK;
    og_value words = model_record_get(j->b.setup, "values");
    og_value field = og_map_find_str(words.as.map, column->field->name);
    og_value word = og_map_find_str(field.as.map, node->text);
    if (word.kind != OG_STRING) {
        report_unlisted(j, column, node);
        return OG_OK;
    }
    const og_node *copy = og_node_with_text(&j->b.l->reg->arena, node, og_text(word));
    if (!copy)
        return og_nomem(err);
    *ret = copy;
    return OG_OK;
}

/* The pairs that `columns` names, under the names of their fields. */
static int take_named(json_read *j, const og_node *object, og_pair *pairs,
                      uint32_t *ret_count, og_error *err)
{
    uint32_t count = 0;
    for (size_t i = 0; i < j->columns.count; i++) {
        const batch_column *column = &j->columns.list[i];
        const og_node *value = member_of(object, column->name);
        if (!value)
            continue;
        j->seen[i] = true;
        if (!column->field)
            continue;
        const og_node *key =
            og_node_with_text(&j->b.l->reg->arena, value, column->field->name);
        int rc = key ? map_value(j, column, &value, err) : og_nomem(err);
        if (rc != OG_OK)
            return rc;
        pairs[count++] = (og_pair){key, value};
    }
    *ret_count = count;
    return OG_OK;
}

static int take_all(json_read *j, const og_node *object, og_pair *pairs,
                    uint32_t *ret_count, og_error *err)
{
    for (uint32_t i = 0; i < object->count; i++) {
        pairs[i] = object->pairs[i];
        for (size_t k = 0; k < j->columns.count; k++) {
            const batch_column *column = &j->columns.list[k];
            if (!column->field || !og_str_eq(column->name, pairs[i].key->text))
                continue;
            int rc = map_value(j, column, &pairs[i].value, err);
            if (rc != OG_OK)
                return rc;
        }
    }
    *ret_count = object->count;
    return OG_OK;
}

static int map_object(json_read *j, const og_node *object, const og_node **ret,
                      og_error *err)
{
    og_arena *arena = &j->b.l->reg->arena;
    if (object->kind != OG_NODE_MAP || (!j->named && j->columns.count == 0)) {
        *ret = object;
        return OG_OK;
    }
    og_node *node = OG_NEW(arena, og_node);
    size_t room = j->named ? j->columns.count : object->count;
    og_pair *pairs = OG_ARRAY(arena, room + 1, og_pair);
    if (!node || !pairs)
        return og_nomem(err);
    *node = *object;
    node->pairs = pairs;
    *ret = node;
    return j->named ? take_named(j, object, pairs, &node->count, err)
                    : take_all(j, object, pairs, &node->count, err);
}

/* What is found in one record begins with the pointer to it. */
static int read_item(json_read *j, uint32_t index, const og_node *object, og_error *err)
{
    register_loader *l = j->b.l;
    size_t first = l->diags->count, errors = l->diags->errors;
    const og_node *node = NULL;
    model_record *record = NULL;
    int rc = map_object(j, object, &node, err);
    if (rc == OG_OK && l->diags->errors == errors)
        rc = model_read_record(&l->reader, &j->doc, node, j->b.batch->kind,
                               j->b.batch->owner, j->b.batch, &record, err);
    if (rc == OG_OK && record)
        rc = batch_enter(&j->b, record, err);
    if (l->diags->count > first)
        og_diags_prefix(l->diags, first, "%.*s/%u: ", OG_FMT(j->where), index);
    return rc;
}

/* ---- The file ---- */

static void check_seen(json_read *j)
{
    for (size_t i = 0; j->named && i < j->columns.count; i++)
        if (!j->seen[i])
            batch_finding(&j->b, "columns", "unknown-column", j->columns.list[i].name,
                          "is in no record of the file");
}

/* The name of a member that holds an array, for a hint; or an empty string. */
static og_str array_member(const og_node *root)
{
    for (uint32_t i = 0; root->kind == OG_NODE_MAP && i < root->count; i++)
        if (root->pairs[i].value->kind == OG_NODE_SEQ)
            return root->pairs[i].key->text;
    return (og_str){NULL, 0};
}

/* The array of records, or NULL after a finding. */
static const og_node *find_list(json_read *j)
{
    const og_node *list = og_node_at(j->doc.root, j->where);
    og_str member = array_member(j->doc.root);
    og_diag *d;
    if (list && list->kind == OG_NODE_SEQ)
        return list;
    if (list)
        d = og_diags_add(j->b.l->diags, OG_LEVEL_ERROR, "wrong-type",
                         og_node_pos(&j->doc, list), j->doc.source,
                         "records are an array of objects, not %s", og_node_what(list));
    else
        d = batch_finding(&j->b, "records", "bad-pointer", j->where,
                          "leads to nothing in the file");
    if (member.n)
        og_diags_hint(j->b.l->diags, d, "say where the array is: 'records: /%.*s'",
                      OG_FMT(og_utf8_cut(member, 60)));
    else
        og_diags_hint(j->b.l->diags, d, "a JSON Pointer to the array: /data/issues");
    return NULL;
}

static int read_list(json_read *j, og_error *err)
{
    const og_node *list = find_list(j);
    if (!list)
        return OG_OK;
    size_t errors = j->b.l->diags->errors;
    int rc = read_columns(j, err);
    if (rc != OG_OK || j->b.l->diags->errors > errors)
        return rc;
    for (uint32_t i = 0; i < list->count && rc == OG_OK; i++)
        rc = read_item(j, i, list->items[i], err);
    if (rc == OG_OK && list->count > 0)
        check_seen(j);
    return rc;
}

static int read_file(json_read *j, og_error *err)
{
    og_error local = {0};
    j->doc = j->file->document;
    j->where = model_record_text(j->b.setup, "records");
    int rc = og_json_parse_nodes(&j->b.l->reg->arena, &j->doc, j->b.l->diags, &local);
    og_error_done(&local); /* "invalid": the finding says more */
    if (rc == OG_E_NOMEM)
        return og_nomem(err);
    return rc == OG_OK ? read_list(j, err) : OG_OK;
}

int register_load_json(register_loader *l, model_batch *batch, const og_node *records,
                       og_error *err)
{
    json_read j = {.b = {.l = l, .batch = batch, .node = records}};
    model_record *setup;
    j.b.doc = &batch->file->document;
    int rc = model_read_record(&l->reader, j.b.doc, records,
                               model_form(l->reg->kinds, "json_records"), NULL, NULL,
                               &setup, err);
    if (rc != OG_OK || !setup)
        return rc;
    j.b.setup = setup;
    rc = batch_open(&j.b, "json", model_record_text(setup, "json"), &j.file, err);
    if (rc != OG_OK || !j.file)
        return rc;
    l->reader.file = j.file;
    l->reader.source = j.file->text;
    rc = read_file(&j, err);
    l->reader.file = batch->file;
    l->reader.source = batch->file->text;
    return rc;
}
