/* Typed reading: nodes to records. What is wrong becomes a finding and is left out;
 * reading goes on, so that one run shows everything. Nesting is bounded by the YAML
 * parser. */
#include "base/limits.h"
#include "model/record.h"
#include "model/register.h"

#include <stdio.h>

typedef struct read_place { /* where a value is being read to */
    model_reader *reader;
    const og_document *doc;
    model_record *record;
    const model_field *field;
    const struct model_batch *batch;
} read_place;

#define READ_FINDING(r, doc, level, node, code, ...)                                     \
    og_diags_add((r)->diags, (level), (code), og_node_pos((doc), (node)), (doc)->source, \
                 __VA_ARGS__)
#define READ_ERROR(r, doc, node, code, ...) \
    READ_FINDING(r, doc, OG_LEVEL_ERROR, node, code, __VA_ARGS__)

static int read_value(const read_place *p, const model_type *type, const og_node *node,
                      og_value *ret, og_error *err);

/* "a date", "a list", for messages. */
static const char *what_of(const model_type *type)
{
    static const char *const names[MODEL_BASE_COUNT] = {
        /* ORDER: model_base */
        "a string",    "an int",     "a number",  "a bool",   "a date",
        "a timestamp", "a duration", "a period",  "a word",   "the id of a record",
        "a list",      "a mapping",  "a mapping", "anything", "a date or timestamp",
        "anything",
    };
    static_assert(MODEL_NODE == 15, "names follows model_base");
    return names[type->base];
}

static void report_shape(const read_place *p, const model_type *type, const og_node *node)
{
    og_diag *d =
        READ_ERROR(p->reader, p->doc, node, "wrong-type", "'%.*s' must be %s, not %s",
                   OG_FMT(p->field->name), what_of(type), og_node_what(node));
    if (type->base == MODEL_LIST && node->kind != OG_NODE_SEQ)
        og_diags_hint(p->reader->diags, d, "a list of one is written [...]");
    else if (type->base == MODEL_REF && node->kind == OG_NODE_MAP)
        og_diags_hint(p->reader->diags, d, "write the id of the %.*s",
                      OG_FMT(type->kind ? type->kind->name : OG_STR("subject")));
}

int model_reader_refer(model_reader *reader, model_record *record,
                       const model_field *field, const model_kind *target,
                       og_value *place, og_pos pos, og_error *err)
{
    model_pending *pending = OG_NEW(reader->arena, model_pending);
    if (!pending)
        return og_nomem(err);
    *pending = (model_pending){record, field, target, place, pos, reader->pending};
    reader->pending = pending;
    return OG_OK;
}

/* A vague date has a field of its own where the kind knows one: due, due_text. */
static bool hint_at_text(const read_place *p, const model_type *type, og_diag *d)
{
    char name[OG_LIMIT_ID];
    int n = snprintf(name, sizeof name, "%.*s_text", OG_FMT(p->field->name));

    if (type->base != MODEL_DATE || n < 0 || (size_t)n >= sizeof name ||
        model_kind_slot(p->record->kind, (og_str){name, (size_t)n}) < 0)
        return false;
    og_diags_hint(p->reader->diags, d,
                  "a day is written YYYY-MM-DD; words that are no day go under '%s'",
                  name);
    return true;
}

static int read_scalar(const read_place *p, const model_type *type, const og_node *node,
                       og_value *ret, og_error *err)
{
    model_problem problem;
    if (node->kind != OG_NODE_SCALAR) {
        report_shape(p, type, node);
        return OG_OK;
    }
    int rc = model_read_scalar(p->reader, p->field, node->text, ret, &problem, err);
    if (rc != OG_OK)
        return rc;
    if (problem.code) {
        og_diag *d = READ_FINDING(p->reader, p->doc, problem.level, node, problem.code,
                                  "%.*s", OG_FMT(problem.text));
        if (!hint_at_text(p, type, d) && problem.hint.n)
            og_diags_hint(p->reader->diags, d, "%.*s", OG_FMT(problem.hint));
        if (problem.level == OG_LEVEL_ERROR)
            *ret = og_absent();
    } else if (type->base == MODEL_REF) {
        return model_reader_refer(p->reader, p->record, p->field, type->kind, ret,
                                  og_node_pos(p->doc, node), err);
    }
    return OG_OK;
}

/* An element left empty in a list or map is a slip, never nothing. */
static bool check_element(const read_place *p, const og_node *node)
{
    if (!og_node_is_null(node))
        return true;
    READ_ERROR(p->reader, p->doc, node, "empty-element", "an element of '%.*s' is empty",
               OG_FMT(p->field->name));
    return false;
}

static int read_list(const read_place *p, const model_type *type, const og_node *node,
                     og_value *ret, og_error *err)
{
    og_list *list = OG_NEW(p->reader->arena, og_list);
    og_value *items = OG_ARRAY(p->reader->arena, (size_t)node->count + 1, og_value);
    if (!list || !items)
        return og_nomem(err);
    list->items = items;
    for (uint32_t i = 0; i < node->count; i++) {
        if (!check_element(p, node->items[i]))
            continue;
        og_value *item = &items[list->count];
        int rc = read_value(p, type->element, node->items[i], item, err);
        if (rc != OG_OK)
            return rc;
        list->count += item->kind != OG_ABSENT;
    }
    *ret = og_list_value(list);
    return OG_OK;
}

/* References noted while the values stood in a scratch array are moved to where the map
 * keeps them. */
static void move_places(model_reader *r, const og_value *from, size_t count,
                        const og_value *to)
{
    for (model_pending *x = r->pending; x && x->place >= from && x->place < from + count;
         x = x->next)
        x->place = (og_value *)to + (x->place - from);
}

static int read_map(const read_place *p, const model_type *type, const og_node *node,
                    og_value *ret, og_error *err)
{
    og_value *keys = OG_ARRAY(p->reader->arena, (size_t)node->count + 1, og_value);
    og_value *values = OG_ARRAY(p->reader->arena, (size_t)node->count + 1, og_value);
    if (!keys || !values)
        return og_nomem(err);
    size_t n = 0;
    for (uint32_t i = 0; i < node->count; i++) {
        const og_pair *pair = &node->pairs[i];
        if (!check_element(p, pair->value))
            continue;
        keys[n] = og_string(pair->key->text);
        int rc = read_value(p, type->element, pair->value, &values[n], err);
        if (rc != OG_OK)
            return rc;
        n += values[n].kind != OG_ABSENT;
    }
    if (og_map_make(p->reader->arena, keys, values, n, ret, NULL) != OG_OK)
        return og_nomem(err);
    move_places(p->reader, values, n, ret->as.map->values);
    return OG_OK;
}

static int read_any(const read_place *p, const og_node *node, og_value *ret,
                    og_error *err)
{
    int rc = og_node_to_value(p->doc, node, p->reader->arena, p->reader->diags, ret);
    if (rc == OG_E_NOMEM)
        return og_nomem(err);
    if (rc != OG_OK)
        *ret = og_absent();
    return OG_OK;
}

static int read_nested(const read_place *p, const model_type *type, const og_node *node,
                       og_value *ret, og_error *err)
{
    model_record *record;
    if (node->kind != OG_NODE_MAP) {
        report_shape(p, type, node);
        return OG_OK;
    }
    int rc = model_read_record(p->reader, p->doc, node, type->kind, p->record, p->batch,
                               &record, err);
    if (rc == OG_OK && record)
        *ret = og_object_value(&record->object);
    return rc;
}

/* A node by declared type. *ret stays absent where a finding was given. */
static int read_value(const read_place *p, const model_type *type, const og_node *node,
                      og_value *ret, og_error *err)
{
    *ret = og_absent();
    switch (type->base) {
    case MODEL_LIST:
        if (node->kind == OG_NODE_SEQ)
            return read_list(p, type, node, ret, err);
        break;
    case MODEL_MAP:
        if (node->kind == OG_NODE_MAP)
            return read_map(p, type, node, ret, err);
        break;
    case MODEL_RECORD:
        return read_nested(p, type, node, ret, err);
    case MODEL_ANY:
        return read_any(p, node, ret, err);
    case MODEL_NODE:
        *ret = og_null();
        return OG_OK;
    default:
        return read_scalar(p, type, node, ret, err);
    }
    report_shape(p, type, node);
    return OG_OK;
}

int model_record_new(model_reader *reader, const model_kind *kind,
                     const model_record *owner, const struct model_batch *batch,
                     model_record **ret, og_value **ret_fields, og_error *err)
{
    if (reader->record_count >= OG_LIMIT_RECORDS)
        return og_fail(err, OG_E_LIMIT, "the register has more than %u records",
                       OG_LIMIT_RECORDS);
    model_record *record = OG_NEW(reader->arena, model_record);
    og_value *fields = OG_ARRAY(reader->arena, kind->shape.count, og_value);
    if (!record || !fields)
        return og_nomem(err);
    reader->record_count++;
    record->object = (og_object){&kind->shape, fields};
    record->kind = kind;
    record->owner = owner;
    record->batch = batch;
    record->file = reader->file;
    if (owner && kind->belongs_to && owner->kind == kind->belongs_to)
        fields[kind->owner_slot] = og_object_value(&owner->object);
    *ret = record;
    *ret_fields = fields;
    return OG_OK;
}

static bool is_key_slot(const model_kind *kind, uint32_t slot)
{
    for (size_t i = 0; i < kind->key_count; i++)
        if (kind->key_slots[i] == slot)
            return true;
    return false;
}

static void report_unknown_key(const read_place *p, const model_kind *kind,
                               const og_node *key)
{
    og_diag *d = READ_ERROR(p->reader, p->doc, key, "unknown-key", "unknown key '%.*s'",
                            OG_FMT(key->text));
    og_str near = og_str_nearest(key->text, kind->shape.names + 1, kind->field_count);
    if (near.n && !og_str_eq(near, key->text))
        og_diags_hint(p->reader->diags, d, "did you mean '%.*s'?", OG_FMT(near));
    else if (og_str_is(key->text, "<<"))
        og_diags_hint(p->reader->diags, d, "merge keys are not YAML 1.2: write the keys");
}

/* One pair of the mapping into its slot. */
static int read_pair(const read_place *record_place, uint32_t slot, const og_node *value,
                     og_value *fields, model_mark *marks, og_error *err)
{
    read_place p = *record_place;
    const model_kind *kind = p.record->kind;
    p.field = model_kind_field(kind, slot);
    marks[slot] = (model_mark){value->line, value->column};
    if (fields[slot].kind != OG_ABSENT) { /* only the owner is there already */
        READ_ERROR(p.reader, p.doc, value, "given-by-batch",
                   "'%.*s' is said by the batch, or by what the record stands in",
                   OG_FMT(p.field->name));
        return OG_OK;
    }
    if (!og_node_is_null(value))
        return read_value(&p, &p.field->type, value, &fields[slot], err);
    if (p.field->required && (!p.reader->partial || is_key_slot(kind, slot))) {
        og_diag *d = READ_ERROR(p.reader, p.doc, value, "missing-field",
                                "'%.*s' is required and empty", OG_FMT(p.field->name));
        og_diags_hint(p.reader->diags, d, "%.*s", OG_FMT(p.field->doc));
    }
    return OG_OK;
}

/* Whether the record is written here without this field. */
static bool is_withheld(const read_place *p, og_str field)
{
    return p->reader->without.n > 0 && !p->record->owner &&
           og_str_eq(p->reader->without, field);
}

/* The pairs of the key, or all others. */
static int read_pairs(const read_place *p, const og_node *node, bool keys, og_str also,
                      og_value *fields, model_mark *marks, og_error *err)
{
    const model_kind *kind = p->record->kind;
    for (uint32_t i = 0; i < node->count; i++) {
        const og_pair *pair = &node->pairs[i];
        int slot = model_kind_slot(kind, pair->key->text);
        if (slot < 0 || is_withheld(p, pair->key->text)) {
            if (!keys && !(also.n && og_str_eq(also, pair->key->text)))
                report_unknown_key(p, kind, pair->key);
            continue;
        }
        if (is_key_slot(kind, (uint32_t)slot) != keys)
            continue;
        int rc = read_pair(p, (uint32_t)slot, pair->value, fields, marks, err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

static void check_required(const read_place *p, const og_node *node,
                           const model_mark *marks)
{
    const model_record *record = p->record;
    for (uint32_t slot = 1; slot <= record->kind->field_count; slot++) {
        const model_field *field = model_kind_field(record->kind, slot);
        if (!field->required || marks[slot].line ||
            record->object.fields[slot].kind != OG_ABSENT)
            continue;
        bool owner = (int)slot == record->kind->owner_slot;
        bool key = is_key_slot(record->kind, slot);
        bool nameless = p->reader->nameless && !record->owner;
        if (p->reader->partial && (!key || nameless))
            continue;
        if (is_withheld(p, field->name))
            continue;
        if (owner && p->batch) /* the batch lacks it, and was told so */
            continue;
        og_pos pos = og_node_pos(p->doc, node);
        pos.length = 0;
        og_diag *d =
            og_diags_add(p->reader->diags, OG_LEVEL_ERROR, "missing-field", pos,
                         p->doc->source, "'%.*s' is missing", OG_FMT(field->name));
        og_diags_hint(p->reader->diags, d, "%.*s", OG_FMT(field->doc));
    }
}

static int fill_record(const read_place *p, const og_node *node, model_record *record,
                       og_value *fields, model_mark *marks, og_error *err)
{
    og_str also = p->reader->also; /* of the outermost mapping only */
    p->reader->also = (og_str){NULL, 0};
    int rc = OG_OK;
    if (!record->kind->inline_record) {
        rc = read_pairs(p, node, true, also, fields, marks, err);
        if (rc == OG_OK)
            rc = model_record_identify(p->reader, record, fields,
                                       og_node_pos(p->doc, node), err);
    }
    if (rc == OG_OK)
        rc = read_pairs(p, node, false, also, fields, marks, err);
    return rc;
}

int model_read_record(model_reader *reader, const og_document *doc, const og_node *node,
                      const model_kind *kind, const model_record *owner,
                      const struct model_batch *batch, model_record **ret, og_error *err)
{
    *ret = NULL;
    if (!node || node->kind != OG_NODE_MAP) {
        og_pos pos = {.path = doc->path, .line = 1, .column = 1};
        og_diags_add(reader->diags, OG_LEVEL_ERROR, "wrong-type",
                     node ? og_node_pos(doc, node) : pos, doc->source,
                     "%.*s is written as a mapping, not %s", OG_FMT(kind->name),
                     og_node_what(node));
        return OG_OK;
    }
    model_record *record = NULL;
    og_value *fields = NULL;
    int rc = model_record_new(reader, kind, owner, batch, &record, &fields, err);
    if (rc != OG_OK || !record)
        return rc;
    model_mark *marks = OG_ARRAY(reader->arena, kind->shape.count, model_mark);
    if (!marks)
        return og_nomem(err);
    record->marks = marks;
    record->line = node->line;
    record->column = node->column;
    read_place p = {.reader = reader, .doc = doc, .record = record, .batch = batch};
    rc = fill_record(&p, node, record, fields, marks, err);
    if (rc != OG_OK)
        return rc;
    check_required(&p, node, marks);
    *ret = record;
    if (kind->inline_record || !reader->made)
        return OG_OK;
    return reader->made(reader->context, record, err);
}
