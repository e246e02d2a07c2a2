/* From kinds and forms to JSON Schema. */
#include "render/schema.h"

#include "base/embedded.h"
#include "render/members.h"
#include "value/json.h"

#define DIALECT "https://json-schema.org/draft/2020-12/schema"

/* Texts that a declared type accepts, as ECMA 262 regular expressions. */
#define DATE_PATTERN "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#define TIME_PATTERN \
    "[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?"
#define PERIOD_PATTERN "^[0-9]+ (working_days?|days?|hours?)$"

extern const og_embedded_file og_render_schemas[];
extern const size_t og_render_schema_count;

static og_value schema_of(members_maker *k, const model_field *field,
                          const model_type *type);

static og_value text(const char *z)
{
    return og_string(og_str_from(z));
}

static og_value list_of(members_maker *k, const og_value *items, size_t count)
{
    og_value list;

    if (og_list_make(k->arena, items, count, &list) == OG_OK)
        return list;
    k->failed = OG_E_NOMEM;
    return og_absent();
}

static og_value map_of(members_maker *k, const og_value *keys, const og_value *values,
                       size_t count)
{
    og_value map;

    if (og_map_make(k->arena, keys, values, count, &map, NULL) == OG_OK)
        return map;
    k->failed = OG_E_NOMEM;
    return og_absent();
}

static og_value printed(members_maker *k, og_str s)
{
    if (!s.p)
        k->failed = OG_E_NOMEM;
    return og_string(s);
}

/* ---- One value ---- */

/* A string field takes any scalar as it stands: 10 and true are texts there. */
static og_value any_scalar(members_maker *k)
{
    const og_value types[] = {text("string"), text("number"), text("boolean")};
    return list_of(k, types, 3);
}

static void add_pattern(members *m, const model_field *field)
{
    if (field->pattern)
        members_add(m, "pattern",
                    printed(m->maker, og_arena_printf(m->maker->arena, "^(?:%.*s)$",
                                                      OG_FMT(field->pattern->text))));
}

static void add_limits(members *m, const model_field *field)
{
    if (field->has_min)
        members_add(m, "minimum", field->min);
    if (field->has_max)
        members_add(m, "maximum", field->max);
}

static void add_words(members *m, const model_field *field)
{
    og_value *words = OG_ARRAY(m->maker->arena, field->word_count, og_value);

    if (!words) {
        m->maker->failed = OG_E_NOMEM;
        return;
    }
    for (size_t i = 0; i < field->word_count; i++)
        words[i] = og_string(field->words[i]);
    members_add(m, "enum", list_of(m->maker, words, field->word_count));
}

static og_value reference(members_maker *k, og_str name)
{
    members m = members_of(k);

    members_add(&m, "$ref",
                printed(k, og_arena_printf(k->arena, "#/$defs/%.*s", OG_FMT(name))));
    return members_end(&m);
}

static void add_text(members *m, const char *pattern)
{
    members_add(m, "type", text("string"));
    members_add(m, "pattern", text(pattern));
}

static void add_type(members *m, const model_field *field, const model_type *type)
{
    members_maker *k = m->maker;

    switch (type->base) {
    case MODEL_STRING:
    case MODEL_REF:
        members_add(m, "type", any_scalar(k));
        add_pattern(m, field);
        break;
    case MODEL_INT:
        members_add(m, "type", text("integer"));
        add_limits(m, field);
        break;
    case MODEL_DOUBLE:
        members_add(m, "type", text("number"));
        add_limits(m, field);
        break;
    case MODEL_BOOL:
        members_add(m, "type", text("boolean"));
        break;
    case MODEL_DATE:
        add_text(m, "^" DATE_PATTERN "$");
        break;
    case MODEL_TIMESTAMP:
        add_text(m, "^" DATE_PATTERN TIME_PATTERN "$");
        break;
    case MODEL_INSTANT:
        add_text(m, "^" DATE_PATTERN "(" TIME_PATTERN ")?$");
        break;
    case MODEL_DURATION:
        members_add(m, "type", text("string"));
        break;
    case MODEL_PERIOD:
        add_text(m, PERIOD_PATTERN);
        break;
    case MODEL_ENUM:
        add_words(m, field);
        break;
    case MODEL_LIST:
        members_add(m, "type", text("array"));
        members_add(m, "items", schema_of(k, field, type->element));
        break;
    case MODEL_MAP:
        members_add(m, "type", text("object"));
        members_add(m, "additionalProperties", schema_of(k, field, type->element));
        break;
    case MODEL_RECORD:
        members_add(m, "$ref",
                    printed(k, og_arena_printf(k->arena, "#/$defs/%.*s",
                                               OG_FMT(type->kind->name))));
        break;
    case MODEL_ANY:
    case MODEL_NODE:
        break;
    }
}

static og_value schema_of(members_maker *k, const model_field *field,
                          const model_type *type)
{
    members m = members_of(k);

    add_type(&m, field, type);
    return members_end(&m);
}

/* ---- One kind ---- */

static og_value described(members_maker *k, const model_field *field)
{
    members m = members_of(k);
    og_str unit = field->unit;

    members_add(&m, "description",
                unit.n ? printed(k, og_arena_printf(k->arena, "%.*s (%.*s)",
                                                    OG_FMT(field->doc), OG_FMT(unit)))
                       : og_string(field->doc));
    add_type(&m, field, &field->type);
    return members_end(&m);
}

/* owner: the field that says what the record belongs to is written in it, not in a batch.
 */
static og_value record_schema(members_maker *k, const model_kind *kind, bool owner)
{
    size_t count = 0, required = 0;
    og_value *keys = OG_ARRAY(k->arena, kind->field_count, og_value);
    og_value *values = OG_ARRAY(k->arena, kind->field_count, og_value);
    og_value *names = OG_ARRAY(k->arena, kind->field_count, og_value);
    members m = members_of(k);

    if (!keys || !values || !names) {
        k->failed = OG_E_NOMEM;
        return og_absent();
    }
    for (size_t i = 0; i < kind->field_count; i++) {
        const model_field *field = &kind->fields[i];
        if ((int)i + 1 == kind->owner_slot && !owner)
            continue;
        keys[count] = og_string(field->name);
        values[count++] = described(k, field);
        if (field->required)
            names[required++] = og_string(field->name);
    }
    members_add(&m, "type", text("object"));
    members_add(&m, "description", og_string(kind->doc));
    members_add(&m, "properties", map_of(k, keys, values, count));
    members_add(&m, "required", list_of(k, names, required));
    members_bool(&m, "additionalProperties", false);
    return members_end(&m);
}

/* ---- Definitions: every kind that some other one refers to ---- */

typedef struct definitions {
    members_maker *maker;
    const model_kind **kinds;
    og_value *keys, *values;
    size_t count, cap;
} definitions;

static bool is_defined(const definitions *d, const model_kind *kind)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->kinds[i] == kind)
            return true;
    return false;
}

/* The record kind inside a type, or NULL. */
static const model_kind *nested(const model_type *type)
{
    while (type->element)
        type = type->element;
    return type->base == MODEL_RECORD ? type->kind : NULL;
}

static bool make_room(definitions *d)
{
    og_arena *arena = d->maker->arena;
    if (d->count < d->cap)
        return true;
    size_t cap = d->cap ? 2 * d->cap : 16;
    const model_kind **kinds = OG_ARRAY(arena, cap, const model_kind *);
    og_value *keys = OG_ARRAY(arena, cap, og_value);
    og_value *values = OG_ARRAY(arena, cap, og_value);
    if (!kinds || !keys || !values) {
        d->maker->failed = OG_E_NOMEM;
        return false;
    }
    for (size_t i = 0; i < d->count; i++) {
        kinds[i] = d->kinds[i];
        keys[i] = d->keys[i];
        values[i] = d->values[i];
    }
    *d = (definitions){d->maker, kinds, keys, values, d->count, cap};
    return true;
}

/* Adds the kind and, after it, whatever stands inside it: the list is its own queue. */
static void define(definitions *d, const model_kind *kind, bool owner)
{
    if (is_defined(d, kind) || !make_room(d))
        return;
    d->kinds[d->count] = kind;
    d->keys[d->count] = og_string(kind->name);
    d->values[d->count++] = record_schema(d->maker, kind, owner);
}

static og_value define_all(definitions *d)
{
    for (size_t i = 0; i < d->count && !d->maker->failed; i++)
        for (size_t f = 0; f < d->kinds[i]->field_count; f++) {
            const model_kind *inner = nested(&d->kinds[i]->fields[f].type);
            if (inner)
                define(d, inner, true);
        }
    return map_of(d->maker, d->keys, d->values, d->count);
}

/* ---- Files ---- */

static og_value array_of(members_maker *k, og_value items)
{
    members m = members_of(k);

    members_add(&m, "type", text("array"));
    members_add(&m, "items", items);
    return members_end(&m);
}

static og_value constant(members_maker *k, og_str word)
{
    members m = members_of(k);

    members_add(&m, "const", og_string(word));
    return members_end(&m);
}

/* One record whose counts are taken from test reports: any of the kind's own fields
 * beside `junit`. */
static og_value junit_records(members_maker *k, const model_kind *kind)
{
    size_t count = 0;
    og_value *keys = OG_ARRAY(k->arena, kind->field_count + 1, og_value);
    og_value *values = OG_ARRAY(k->arena, kind->field_count + 1, og_value);
    members path = members_of(k), m = members_of(k);
    const og_value required = text("junit");

    if (!keys || !values) {
        k->failed = OG_E_NOMEM;
        return og_absent();
    }
    members_add(&path, "description", text("path of the reports; '*' stands for any"));
    members_add(&path, "type", text("string"));
    keys[count] = required;
    values[count++] = members_end(&path);
    for (size_t i = 0; i < kind->field_count; i++) {
        if ((int)i + 1 == kind->owner_slot)
            continue;
        keys[count] = og_string(kind->fields[i].name);
        values[count++] = described(k, &kind->fields[i]);
    }
    members_add(&m, "type", text("object"));
    members_add(&m, "properties", map_of(k, keys, values, count));
    members_add(&m, "required", list_of(k, &required, 1));
    members_bool(&m, "additionalProperties", false);
    return members_end(&m);
}

static bool can_be_counted(const model_kind *kind)
{
    return model_kind_slot(kind, OG_STR("passed")) > 0 &&
           model_kind_slot(kind, OG_STR("failed")) > 0;
}

/* records: a list of them, or where they stand (docs/evidence.md). */
static og_value batch_records(members_maker *k, const model_kind *kind)
{
    members m = members_of(k);
    og_value choices[4] = {array_of(k, reference(k, kind->name)),
                           reference(k, OG_STR("csv_records")),
                           reference(k, OG_STR("json_records"))};
    size_t count = 3;

    if (can_be_counted(kind))
        choices[count++] = junit_records(k, kind);
    members_add(&m, "anyOf", list_of(k, choices, count));
    return members_end(&m);
}

/* A batch of one kind: the form, with `kind` and `records` said more exactly and the key
 * of the owner added. */
static og_value batch_schema(members_maker *k, const model_kinds *kinds,
                             const model_kind *kind)
{
    const model_kind *form = model_form(kinds, "batch");
    size_t room = form->field_count + 1, count = 0, required = 0;
    og_value *keys = OG_ARRAY(k->arena, room, og_value);
    og_value *values = OG_ARRAY(k->arena, room, og_value);
    og_value *names = OG_ARRAY(k->arena, room, og_value);
    members m = members_of(k);

    if (!keys || !values || !names) {
        k->failed = OG_E_NOMEM;
        return og_absent();
    }
    for (size_t i = 0; i < form->field_count; i++) {
        const model_field *field = &form->fields[i];
        keys[count] = og_string(field->name);
        values[count++] = og_str_is(field->name, "kind")      ? constant(k, kind->name)
                          : og_str_is(field->name, "records") ? batch_records(k, kind)
                                                              : described(k, field);
        if (field->required)
            names[required++] = og_string(field->name);
    }
    if (kind->belongs_to) {
        keys[count] = names[required++] = og_string(kind->belongs_to->name);
        values[count++] =
            described(k, model_kind_field(kind, (uint32_t)kind->owner_slot));
    }
    members_add(&m, "type", text("object"));
    members_add(&m, "description", og_string(form->doc));
    members_add(&m, "properties", map_of(k, keys, values, count));
    members_add(&m, "required", list_of(k, names, required));
    members_bool(&m, "additionalProperties", false);
    return members_end(&m);
}

/* What a file of the kind holds; defines what it refers to. */
static og_value file_schema(definitions *d, const model_kinds *kinds,
                            const model_kind *kind)
{
    members_maker *k = d->maker;
    bool batch = kind->home.n == 0 && !kind->embedded && !kind->computed;

    define(d, kind, !batch);
    if (batch) {
        const model_kind *covers = model_form(kinds, "batch");
        define(d, model_form(kinds, "csv_records"), true);
        define(d, model_form(kinds, "json_records"), true);
        for (size_t f = 0; f < covers->field_count; f++)
            if (nested(&covers->fields[f].type))
                define(d, nested(&covers->fields[f].type), true);
        return batch_schema(k, kinds, kind);
    }
    og_value record = reference(k, kind->name);
    return kind->home.n > 0 && !kind->home_is_glob ? array_of(k, record) : record;
}

int render_schema_kind(const model_kinds *kinds, const model_kind *kind, og_buf *out,
                       og_error *err)
{
    og_arena arena = {0};
    members_maker maker = {.arena = &arena};
    definitions d = {.maker = &maker};
    members m = members_of(&maker);

    og_value file = file_schema(&d, kinds, kind);
    members_add(&m, "$schema", text(DIALECT));
    members_add(&m, "title", og_string(kind->name));
    members_add(&m, "allOf", list_of(&maker, &file, 1));
    members_add(&m, "$defs", define_all(&d));
    int rc = members_write(&maker, members_end(&m), out, err);
    og_arena_done(&arena);
    return rc;
}

/* ---- A whole register ---- */

/* A path in which the star stands for part of a name, as a regular expression. */
static og_value path_pattern(members_maker *k, og_str home)
{
    og_buf pattern = {0};

    og_buf_putc(&pattern, '^');
    for (size_t i = 0; i < home.n; i++) {
        if (home.p[i] == '*')
            og_buf_puts(&pattern, "[^/]*");
        else if (home.p[i] == '.')
            og_buf_puts(&pattern, "\\.");
        else
            og_buf_putc(&pattern, home.p[i]);
    }
    og_buf_putc(&pattern, '$');
    og_value v = printed(k, og_arena_str(k->arena, og_buf_str(&pattern)));
    k->failed = pattern.failed ? OG_E_NOMEM : k->failed;
    og_buf_done(&pattern);
    return v;
}

/* Which batch schema applies is said by its `kind`. */
static og_value any_batch(definitions *d, const model_kinds *kinds)
{
    members_maker *k = d->maker;
    og_value *choices = OG_ARRAY(k->arena, kinds->count, og_value);
    size_t count = 0;
    members m = members_of(k);

    for (size_t i = 0; choices && i < kinds->count; i++)
        if (kinds->list[i]->home.n == 0 && !kinds->list[i]->embedded &&
            !kinds->list[i]->computed)
            choices[count++] = file_schema(d, kinds, kinds->list[i]);
    k->failed = choices ? k->failed : OG_E_NOMEM;
    members_add(&m, "oneOf", list_of(k, choices, choices ? count : 0));
    return members_end(&m);
}

static void define_form(definitions *d, const model_kinds *kinds, const char *name)
{
    define(d, model_form(kinds, name), true);
}

static og_value register_files(definitions *d, const model_kinds *kinds)
{
    members_maker *k = d->maker;
    size_t room = kinds->count + 4, count = 0;
    og_value *keys = OG_ARRAY(k->arena, room, og_value);
    og_value *values = OG_ARRAY(k->arena, room, og_value);

    if (!keys || !values) {
        k->failed = OG_E_NOMEM;
        return og_absent();
    }
    define_form(d, kinds, "config");
    define_form(d, kinds, "criteria_set");
    define_form(d, kinds, "criteria_tests");
    keys[count] = text("^opsgate\\.yaml$");
    values[count++] = reference(k, OG_STR("config"));
    keys[count] = text("^criteria/[^/]*\\.yaml$");
    values[count++] = reference(k, OG_STR("criteria_set"));
    keys[count] = text("^criteria/tests/[^/]*\\.yaml$");
    values[count++] = reference(k, OG_STR("criteria_tests"));
    keys[count] = text("^evidence/.*\\.yaml$");
    values[count++] = any_batch(d, kinds);
    for (size_t i = 0; i < kinds->count; i++) {
        if (kinds->list[i]->home.n == 0)
            continue;
        keys[count] = path_pattern(k, kinds->list[i]->home);
        values[count++] = file_schema(d, kinds, kinds->list[i]);
    }
    return map_of(k, keys, values, count);
}

int render_schema_register(const model_kinds *kinds, og_buf *out, og_error *err)
{
    og_arena arena = {0};
    members_maker maker = {.arena = &arena};
    definitions d = {.maker = &maker};
    members m = members_of(&maker);

    members_add(&m, "$schema", text(DIALECT));
    members_add(&m, "title", text("register"));
    members_add(&m, "description",
                text("a register as one object: path of a file to its contents"));
    members_add(&m, "type", text("object"));
    members_add(&m, "patternProperties", register_files(&d, kinds));
    members_add(&m, "$defs", define_all(&d));
    int rc = members_write(&maker, members_end(&m), out, err);
    og_arena_done(&arena);
    return rc;
}

int render_schema_verdict(og_buf *out, og_error *err)
{
    const og_embedded_file *file =
        og_embedded_find(og_render_schemas, og_render_schema_count, "verdict.json");

    og_buf_put(out, (og_str){(const char *)file->data, file->size});
    return og_buf_check(out, err);
}
