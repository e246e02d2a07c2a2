/* Kinds as record types of the condition language. Slots of the record are the fields'
 * indexes, so that a checked condition reads a field without looking for its name. */
#include "cel/cel.h"
#include "model/kind.h"

typedef struct declarer {
    og_arena *arena;     /* of the environment */
    cel_object *objects; /* [kinds->count] by ordinal, of the named kinds */
} declarer;

static int declare_fields(declarer *d, const model_kind *kind, cel_object *object,
                          og_error *err);

static const cel_type *simple_type(model_base base)
{
    switch (base) {
    case MODEL_STRING:
        return &cel_string;
    case MODEL_INT:
        return &cel_int;
    case MODEL_DOUBLE:
        return &cel_double;
    case MODEL_BOOL:
        return &cel_bool;
    case MODEL_DATE:
        return &cel_date;
    case MODEL_TIMESTAMP:
    case MODEL_INSTANT:
        return &cel_timestamp;
    case MODEL_DURATION:
        return &cel_duration;
    case MODEL_PERIOD:
        return &cel_period;
    default:
        return &cel_dyn;
    }
}

/* The record type of a kind: a named one's is there already, an inline one's is made. */
static int object_type(declarer *d, const model_kind *kind, const cel_type **ret,
                       og_error *err)
{
    if (!kind->inline_record) {
        *ret = &d->objects[kind->ordinal].type;
        return OG_OK;
    }
    cel_object *object = OG_NEW(d->arena, cel_object);
    if (!object)
        return og_nomem(err);
    int rc = declare_fields(d, kind, object, err);
    *ret = &object->type;
    return rc;
}

/* *ret is NULL when there is no memory for it. */
static int field_type(declarer *d, const model_kind *kind, const model_field *field,
                      const model_type *type, const cel_type **ret, og_error *err)
{
    const cel_type *element = NULL;
    int rc = OG_OK;
    *ret = NULL;
    if (type->element)
        rc = field_type(d, kind, field, type->element, &element, err);
    if (rc != OG_OK)
        return rc;
    switch (type->base) {
    case MODEL_LIST:
        *ret = cel_type_list_of(d->arena, element);
        break;
    case MODEL_MAP:
        *ret = cel_type_map_of(d->arena, &cel_string, element);
        break;
    case MODEL_RECORD:
    case MODEL_REF:
        if (!type->kind) { /* a subject of any kind */
            *ret = &cel_dyn;
            return OG_OK;
        }
        return object_type(d, type->kind, ret, err);
    case MODEL_ENUM: {
        og_str name = og_arena_printf(d->arena, "%.*s.%.*s", OG_FMT(kind->name),
                                      OG_FMT(field->name));
        if (name.p)
            *ret = cel_type_enum_of(d->arena, name, field->words,
                                    (uint32_t)field->word_count);
        break;
    }
    default:
        *ret = simple_type(type->base);
    }
    return *ret ? OG_OK : og_nomem(err);
}

static int declare_fields(declarer *d, const model_kind *kind, cel_object *object,
                          og_error *err)
{
    cel_field *fields = OG_ARRAY(d->arena, kind->shape.count, cel_field);
    if (!fields)
        return og_nomem(err);
    fields[0] = (cel_field){.name = kind->shape.names[0],
                            .type = &cel_string,
                            .doc = OG_STR("identity of the record")};
    for (uint32_t slot = 1; slot < kind->shape.count; slot++) {
        const model_field *field = model_kind_field(kind, slot);
        fields[slot] = (cel_field){
            .name = field->name, .optional = !field->required, .doc = field->doc};
        int rc = field_type(d, kind, field, &field->type, &fields[slot].type, err);
        if (rc != OG_OK)
            return rc;
    }
    cel_object_init(object, kind->name, kind->doc, fields, kind->shape.count);
    return OG_OK;
}

int model_kinds_declare(const model_kinds *kinds, cel_env *env, og_error *err)
{
    declarer d = {.arena = cel_env_arena(env)};
    d.objects = OG_ARRAY(d.arena, kinds->count + 1, cel_object);
    if (!d.objects)
        return og_nomem(err);
    /* Types refer to each other in any direction: first the types, then their fields. */
    for (size_t i = 0; i < kinds->count; i++)
        cel_object_init(&d.objects[i], kinds->list[i]->name, kinds->list[i]->doc, NULL,
                        0);
    for (size_t i = 0; i < kinds->count; i++) {
        int rc = declare_fields(&d, kinds->list[i], &d.objects[i], err);
        if (rc == OG_OK)
            rc = cel_env_object(env, &d.objects[i], err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}
