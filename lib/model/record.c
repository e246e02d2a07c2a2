/* Records: looking things up in them, and comparing them. */
#include "model/record.h"

#include "model/register.h"

/* The text of a string, or the id of a record; empty when nothing was written. */
static og_str text_or_id(og_value v)
{
    if (v.kind == OG_STRING)
        return og_text(v);
    if (v.kind == OG_OBJECT)
        return model_record_id(model_record_of(v.as.object));
    return (og_str){NULL, 0};
}

og_value model_record_get(const model_record *r, const char *field)
{
    int slot = model_kind_slot(r->kind, og_str_from(field));
    return slot < 0 ? og_absent() : r->object.fields[slot];
}

og_str model_record_text(const model_record *r, const char *field)
{
    return text_or_id(model_record_get(r, field));
}

const model_record *model_record_sub(const model_record *r, const char *field)
{
    og_value v = model_record_get(r, field);
    return v.kind == OG_OBJECT ? model_record_of(v.as.object) : NULL;
}

og_pos model_record_pos(const model_record *r)
{
    return (og_pos){
        .path = r->file ? r->file->path.p : NULL, .line = r->line, .column = r->column};
}

og_pos model_record_field_pos(const model_record *r, int slot)
{
    og_pos pos = model_record_pos(r);
    if (r->marks && slot >= 0 && r->marks[slot].line) {
        pos.line = r->marks[slot].line;
        pos.column = r->marks[slot].column;
    }
    return pos;
}

const model_record *model_record_stub(og_arena *arena, const model_kind *kind, og_str id)
{
    model_record *record = OG_NEW(arena, model_record);
    og_value *fields = OG_ARRAY(arena, kind->shape.count, og_value);
    if (!record || !fields)
        return NULL;
    fields[0] = og_string(id);
    record->object = (og_object){&kind->shape, fields};
    record->kind = kind;
    return record;
}

static bool same_value(og_value a, og_value b, const model_type *type);

static bool same_list(const og_list *a, const og_list *b, const model_type *element)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!same_value(a->items[i], b->items[i], element))
            return false;
    return true;
}

/* The order of a map's keys says nothing. */
static bool same_map(const og_vmap *a, const og_vmap *b, const model_type *element)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!same_value(a->values[i], og_map_find(b, a->keys[i]), element))
            return false;
    return true;
}

/* type: NULL inside values of no declared type. What is referred to counts by its id,
 * what stands inside by its contents. */
static bool same_value(og_value a, og_value b, const model_type *type)
{
    if (type && type->base == MODEL_REF)
        return og_str_eq(text_or_id(a), text_or_id(b));
    if (a.kind != b.kind)
        return false;
    const model_type *element = type ? type->element : NULL;
    switch (a.kind) {
    case OG_ABSENT:
        return true;
    case OG_OBJECT:
        return model_record_same(model_record_of(a.as.object),
                                 model_record_of(b.as.object));
    case OG_LIST:
        return same_list(a.as.list, b.as.list, element);
    case OG_MAP:
        return same_map(a.as.map, b.as.map, element);
    default:
        return og_value_equal(a, b);
    }
}

/* Kinds are compared by name: the two records may come from two loads. */
bool model_record_same(const model_record *a, const model_record *b)
{
    if (!og_str_eq(a->kind->name, b->kind->name) ||
        a->kind->field_count != b->kind->field_count)
        return false;
    for (uint32_t slot = 1; slot <= a->kind->field_count; slot++)
        if (!same_value(a->object.fields[slot], b->object.fields[slot],
                        &model_kind_field(a->kind, slot)->type))
            return false;
    return true;
}
