/* The fields of a kind: type, limits, words, pattern, and the fields of inline records.
 */
#include "cel/regex.h"
#include "model/kind_keys.h"

enum { /* ORDER: field_keys */
    FIELD_TYPE,
    FIELD_REQUIRED,
    FIELD_DOC,
    FIELD_AUTHORITY,
    FIELD_UNIT,
    FIELD_MIN,
    FIELD_MAX,
    FIELD_WORDS,
    FIELD_PATTERN,
    FIELD_FIELDS,
    FIELD_KEY_COUNT
};
static const kind_key field_keys[] = {
    {OG_STR("type"), KIND_WORD, true},     {OG_STR("required"), KIND_WORD, false},
    {OG_STR("doc"), KIND_WORD, true},      {OG_STR("authority"), KIND_WORD, false},
    {OG_STR("unit"), KIND_WORD, false},    {OG_STR("min"), KIND_WORD, false},
    {OG_STR("max"), KIND_WORD, false},     {OG_STR("words"), KIND_LIST, false},
    {OG_STR("pattern"), KIND_WORD, false}, {OG_STR("fields"), KIND_MAPPING, false},
};
static_assert(sizeof field_keys / sizeof *field_keys == FIELD_KEY_COUNT,
              "field_keys follows the enum");

typedef struct field_read { /* one field at hand */
    kind_compiler *c;
    const model_kind *kind;
    const og_node *map;
    const og_node *keys[FIELD_KEY_COUNT];
    model_field *field;
} field_read;

/* What says more about a type, for a hint. */
static const char *details_of(model_base base)
{
    switch (base) {
    case MODEL_INT:
    case MODEL_DOUBLE:
        return "unit, min and max";
    case MODEL_STRING:
        return "pattern";
    case MODEL_ENUM:
        return "words";
    case MODEL_RECORD:
        return "fields";
    default:
        return NULL;
    }
}

static bool applies(int key, model_base base)
{
    switch (key) {
    case FIELD_UNIT:
    case FIELD_MIN:
    case FIELD_MAX:
        return base == MODEL_INT || base == MODEL_DOUBLE;
    case FIELD_WORDS:
        return base == MODEL_ENUM;
    case FIELD_PATTERN:
        return base == MODEL_STRING;
    case FIELD_FIELDS:
        return base == MODEL_RECORD;
    default:
        return true;
    }
}

/* Whether what is said about a type is about this one, and what must be said is. */
static void check_details(const field_read *f, const model_type *inner)
{
    for (int key = 0; key < FIELD_KEY_COUNT; key++) {
        if (!f->keys[key] || applies(key, inner->base))
            continue;
        const og_pair *pair = og_node_pair(f->map, field_keys[key].name);
        og_diag *d = KIND_ERROR(f->c, pair->key, "misplaced-key",
                                "'%.*s' says nothing about this type",
                                OG_FMT(field_keys[key].name));
        const char *apt = details_of(inner->base);
        if (apt)
            og_diags_hint(f->c->diags, d, "what applies to it: %s", apt);
    }
    if (inner->base == MODEL_ENUM && !f->keys[FIELD_WORDS])
        KIND_ERROR(f->c, f->map, "missing-key", "'words' is missing");
    if (inner->base == MODEL_RECORD && !inner->kind && !f->keys[FIELD_FIELDS])
        KIND_ERROR(f->c, f->map, "missing-key", "'fields' is missing");
}

static bool compile_limit(const field_read *f, int key, model_base base, og_value *ret)
{
    const og_node *node = f->keys[key];
    int64_t i;
    double d;
    if (!node)
        return false;
    if (base == MODEL_INT && og_str_to_int64(node->text, &i)) {
        *ret = og_int(i);
    } else if (base == MODEL_DOUBLE && og_double_parse(node->text, &d) && d - d == 0) {
        *ret = og_double(d);
    } else {
        KIND_ERROR(f->c, node, "wrong-type",
                   "'%.*s' must be a number of the field's type",
                   OG_FMT(field_keys[key].name));
        return false;
    }
    return true;
}

static int compile_words(const field_read *f, og_error *err)
{
    const og_node *node = f->keys[FIELD_WORDS];
    model_field *field = f->field;
    if (!node)
        return OG_OK;
    if (node->count == 0)
        KIND_ERROR(f->c, node, "wrong-type", "an enum needs at least one word");
    og_str *words = OG_ARRAY(f->c->arena, (size_t)node->count + 1, og_str);
    if (!words)
        return og_nomem(err);
    for (uint32_t i = 0; i < node->count; i++) {
        const og_node *item = node->items[i];
        if (item->kind != OG_NODE_SCALAR || item->text.n == 0 || og_node_is_null(item))
            KIND_ERROR(f->c, item, "wrong-type", "a word of an enum is a text, not %s",
                       og_node_what(item));
        else if (kind_among(item->text, words, field->word_count))
            KIND_ERROR(f->c, item, "duplicate-word", "'%.*s' is in the list twice",
                       OG_FMT(item->text));
        else
            words[field->word_count++] = item->text;
    }
    field->words = words;
    return OG_OK;
}

/* Patterns of built-in kinds are known to be good and compiled when first needed. */
static int compile_pattern(const field_read *f, og_error *err)
{
    const og_node *node = f->keys[FIELD_PATTERN];
    if (!node)
        return OG_OK;
    model_pattern *pattern = OG_NEW(f->c->arena, model_pattern);
    if (!pattern)
        return og_nomem(err);
    *pattern = (model_pattern){.text = node->text, .arena = f->c->arena};
    f->field->pattern = pattern;
    if (f->kind->builtin)
        return OG_OK;
    cel_regex_problem problem;
    int rc = cel_regex_compile(f->c->arena, node->text, &pattern->compiled, &problem);
    if (rc == OG_E_INVALID)
        og_diags_add(f->c->diags, OG_LEVEL_ERROR, "bad-pattern",
                     og_node_pos_inside(f->c->doc, node, problem.offset, problem.length),
                     f->c->doc->source, "%.*s", OG_FMT(problem.message));
    return rc == OG_E_NOMEM ? og_nomem(err) : OG_OK;
}

/* The anonymous kind of a `record` with fields of its own: "release.baseline". */
static int compile_inline(const field_read *f, const model_kind **ret, og_error *err)
{
    model_kind *kind = OG_NEW(f->c->arena, model_kind);
    if (!kind)
        return og_nomem(err);
    kind->name = og_arena_printf(f->c->arena, "%.*s.%.*s", OG_FMT(f->kind->name),
                                 OG_FMT(f->field->name));
    if (!kind->name.p)
        return og_nomem(err);
    kind->doc = f->field->doc;
    kind->inline_record = true;
    kind->builtin = f->kind->builtin;
    kind->owner_slot = kind->lifecycle_slot = -1;
    kind->declared = og_node_pos(f->c->doc, f->map);
    *ret = kind;
    return kind_compile_fields(f->c, kind, f->keys[FIELD_FIELDS], err);
}

static int compile_details(const field_read *f, og_error *err)
{
    model_field *field = f->field;
    model_type *inner = (model_type *)kind_type_innermost(&field->type);
    check_details(f, inner);
    switch (inner->base) {
    case MODEL_INT:
    case MODEL_DOUBLE:
        field->has_min = compile_limit(f, FIELD_MIN, inner->base, &field->min);
        field->has_max = compile_limit(f, FIELD_MAX, inner->base, &field->max);
        return OG_OK;
    case MODEL_STRING:
        return compile_pattern(f, err);
    case MODEL_ENUM:
        return compile_words(f, err);
    case MODEL_RECORD:
        return inner->kind ? OG_OK : compile_inline(f, &inner->kind, err);
    default:
        return OG_OK;
    }
}

static int compile_field(kind_compiler *c, const model_kind *kind, const og_pair *pair,
                         model_field *field, og_error *err)
{
    field_read f = {.c = c, .kind = kind, .map = pair->value, .field = field};
    field->name = pair->key->text;
    kind_check_name(c, pair->key, KIND_NAME_OF_FIELD);
    if (f.map->kind != OG_NODE_MAP) {
        og_diag *d = KIND_ERROR(c, f.map, "wrong-type", "a field is a mapping, not %s",
                                og_node_what(f.map));
        og_diags_hint(c->diags, d, "{type: string, doc: what it says}");
        return OG_OK;
    }
    kind_keys_read(c, f.map, field_keys, FIELD_KEY_COUNT, f.keys);
    field->doc = kind_text(f.keys[FIELD_DOC]);
    field->unit = kind_text(f.keys[FIELD_UNIT]);
    field->required = kind_flag(c, f.keys[FIELD_REQUIRED]);
    field->authority = kind_flag(c, f.keys[FIELD_AUTHORITY]);
    if (!f.keys[FIELD_TYPE])
        return OG_OK;
    bool ok;
    int rc = kind_type_parse(c, f.keys[FIELD_TYPE], &field->type, &ok, err);
    return rc == OG_OK && ok ? compile_details(&f, err) : rc;
}

/* The field belongs_to adds, in the last slot. */
static void add_owner_field(model_kind *kind, model_field *field)
{
    field->name = kind->belongs_to->name;
    field->doc = OG_STR("what it belongs to");
    field->required = true;
    field->type = (model_type){.base = MODEL_REF, .kind = kind->belongs_to};
    kind->owner_slot = (int)kind->field_count;
}

int kind_compile_fields(kind_compiler *c, model_kind *kind, const og_node *map,
                        og_error *err)
{
    size_t written = map ? map->count : 0;
    size_t count = written + (kind->belongs_to != NULL);
    model_field *fields = OG_ARRAY(c->arena, count + 1, model_field);
    og_str *names = OG_ARRAY(c->arena, count + 1, og_str);
    if (!fields || !names)
        return og_nomem(err);
    kind->fields = fields;
    kind->field_count = count;
    for (size_t i = 0; i < written; i++) {
        int rc = compile_field(c, kind, &map->pairs[i], &fields[i], err);
        if (rc != OG_OK)
            return rc;
    }
    if (kind->belongs_to)
        add_owner_field(kind, &fields[count - 1]);
    names[0] = kind->inline_record ? OG_STR("") : OG_STR("id");
    for (size_t i = 0; i < count; i++)
        names[i + 1] = fields[i].name;
    kind->shape = (og_shape){kind->name, (uint32_t)count + 1, names};
    return OG_OK;
}
