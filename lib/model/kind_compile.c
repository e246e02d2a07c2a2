/* Reads kind files (docs/kind-files.md). Every finding is given, not only the first: what
 * is wrong is left out and the rest goes on. */
#include "model/kind_compile.h"

#include "cel/regex.h"

enum {
    NAME_MAX_BYTES = 64
};

static const og_str kind_keys[] = {
    OG_STR("kind"),      OG_STR("plural"),    OG_STR("doc"),    OG_STR("key"),
    OG_STR("home"),      OG_STR("authority"), OG_STR("policy"), OG_STR("belongs_to"),
    OG_STR("lifecycle"), OG_STR("fields"),
};
static const og_str form_keys[] = {OG_STR("form"), OG_STR("doc"), OG_STR("fields")};
static const og_str field_keys[] = {
    OG_STR("type"),    OG_STR("required"), OG_STR("doc"), OG_STR("authority"),
    OG_STR("unit"),    OG_STR("min"),      OG_STR("max"), OG_STR("words"),
    OG_STR("pattern"), OG_STR("fields"),
};
static const og_str lifecycle_keys[] = {OG_STR("field"), OG_STR("open")};
/* Names that conditions use for other things (design.md, "Criteria"). */
static const og_str reserved_plurals[] = {
    OG_STR("params"),    OG_STR("now"),      OG_STR("today"),
    OG_STR("milestone"), OG_STR("baseline"),
};
/* CEL's words: the first four no field can be called, the others no variable. */
enum {
    KEYWORDS = 4
};
static const og_str reserved_words[] = {
    OG_STR("false"),     OG_STR("in"),     OG_STR("null"),     OG_STR("true"),
    OG_STR("as"),        OG_STR("break"),  OG_STR("const"),    OG_STR("continue"),
    OG_STR("else"),      OG_STR("for"),    OG_STR("function"), OG_STR("if"),
    OG_STR("import"),    OG_STR("let"),    OG_STR("loop"),     OG_STR("package"),
    OG_STR("namespace"), OG_STR("return"), OG_STR("var"),      OG_STR("void"),
    OG_STR("while"),
};
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static bool among(og_str s, const og_str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (og_str_eq(s, words[i]))
            return true;
    return false;
}

static void check_keys(kind_compiler *c, const og_node *map, const og_str *keys,
                       size_t count)
{
    for (uint32_t i = 0; i < map->count; i++) {
        const og_node *key = map->pairs[i].key;
        if (among(key->text, keys, count))
            continue;
        og_diag *d =
            KIND_ERROR(c, key, "unknown-key", "unknown key '%.*s'", OG_FMT(key->text));
        og_str near = og_str_nearest(key->text, keys, count);
        if (near.n)
            og_diags_hint(c->diags, d, "did you mean '%.*s'?", OG_FMT(near));
    }
}

/* The node of a key when it is of that sort; a finding when it is not, or is missing and
 * required. */
static const og_node *node_of(kind_compiler *c, const og_node *map, const char *key,
                              og_node_kind sort, bool required)
{
    static const char *const sorts[] = {"a word", "a list", "a mapping"};
    const og_node *node = og_node_get(map, og_str_from(key));
    if (!node || og_node_is_null(node)) {
        if (required)
            KIND_ERROR(c, node ? node : map, "missing-key", "'%s' is missing", key);
        return NULL;
    }
    if (node->kind != sort) {
        KIND_ERROR(c, node, "wrong-type", "'%s' must be %s, not %s", key, sorts[sort],
                   og_node_what(node));
        return NULL;
    }
    return node;
}

static og_str text_of(kind_compiler *c, const og_node *map, const char *key,
                      bool required)
{
    const og_node *node = node_of(c, map, key, OG_NODE_SCALAR, required);
    return node ? node->text : (og_str){NULL, 0};
}

static bool flag_of(kind_compiler *c, const og_node *map, const char *key)
{
    const og_node *node = node_of(c, map, key, OG_NODE_SCALAR, false);
    if (!node || og_str_is(node->text, "false"))
        return false;
    if (og_str_is(node->text, "true"))
        return true;
    KIND_ERROR(c, node, "wrong-type", "'%s' must be true or false, not '%.*s'", key,
               OG_FMT(node->text));
    return false;
}

/* name = [a-z][a-z0-9_]* */
static bool is_name(og_str s)
{
    if (s.n == 0 || s.n > NAME_MAX_BYTES || s.p[0] < 'a' || s.p[0] > 'z')
        return false;
    for (size_t i = 1; i < s.n; i++) {
        char b = s.p[i];
        if (!((b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '_'))
            return false;
    }
    return true;
}

/* reserved: how many of the reserved words it must not be. */
static bool check_name(kind_compiler *c, const og_node *node, size_t reserved)
{
    og_diag *d = NULL;
    if (!is_name(node->text)) {
        d = KIND_ERROR(c, node, "bad-name", "'%.*s' is not a name", OG_FMT(node->text));
        og_diags_hint(c->diags, d,
                      "names are snake_case: a lower-case letter, then lower-case "
                      "letters, digits and '_', %d at most",
                      NAME_MAX_BYTES);
        return false;
    }
    if (among(node->text, reserved_words, reserved)) {
        KIND_ERROR(c, node, "reserved-name", "'%.*s' is a word of the condition language",
                   OG_FMT(node->text));
        return false;
    }
    return true;
}

static og_str name_of(kind_compiler *c, const og_node *map, const char *key)
{
    const og_node *node = node_of(c, map, key, OG_NODE_SCALAR, true);
    return node && check_name(c, node, COUNT(reserved_words)) ? node->text
                                                              : (og_str){NULL, 0};
}

/* home = segment { "/" segment }, ".yaml" at the end, relative, none of it hidden. */
static bool is_home(og_str s)
{
    static const char *const taken[] = {"evidence/", "criteria/", "kinds/",
                                        "docs/",     "keys/",     "opsgate.yaml"};
    for (size_t i = 0; i < COUNT(taken); i++)
        if (og_str_starts(s, og_str_from(taken[i])))
            return false;
    if (!og_str_ends(s, OG_STR(".yaml")) || s.n == 5)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        bool first = i == 0 || s.p[i - 1] == '/';
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '\\' ||
            (first && (s.p[i] == '.' || s.p[i] == '/')))
            return false;
    }
    return true;
}

static void compile_home(kind_compiler *c, const og_node *map, model_kind *kind)
{
    const og_node *node = node_of(c, map, "home", OG_NODE_SCALAR, false);
    if (!node)
        return;
    if (!is_home(node->text)) {
        og_diag *d = KIND_ERROR(c, node, "bad-home", "'%.*s' cannot be a home",
                                OG_FMT(node->text));
        og_diags_hint(c->diags, d,
                      "a path of the register that ends in .yaml, outside "
                      "evidence/, criteria/, kinds/, docs/ and keys/: "
                      "'plans/*.yaml', 'plans.yaml'");
        return;
    }
    kind->home = node->text;
    kind->home_is_glob = og_str_find(node->text, '*') < node->text.n;
}

static void check_plural(kind_compiler *c, const og_node *map, const model_kind *kind)
{
    const og_node *node = og_node_get(map, OG_STR("plural"));
    if (among(kind->plural, reserved_plurals, COUNT(reserved_plurals)))
        KIND_ERROR(c, node, "reserved-name", "'%.*s' means something else in conditions",
                   OG_FMT(kind->plural));
    if (og_str_eq(kind->plural, kind->name))
        KIND_ERROR(c, node, "reserved-name",
                   "the plural must differ from the name '%.*s'", OG_FMT(kind->name));
}

int kind_compile_head(kind_compiler *c, model_kind **ret, bool *ret_is_form,
                      og_error *err)
{
    const og_node *root = c->doc->root;
    *ret = NULL;
    if (!root || root->kind != OG_NODE_MAP) {
        og_pos pos = {.path = c->doc->path, .line = 1, .column = 1};
        og_diags_add(c->diags, OG_LEVEL_ERROR, "wrong-type", pos, c->doc->source,
                     "a kind file is a mapping that begins with 'kind: NAME'");
        return OG_OK;
    }
    bool form = og_node_get(root, OG_STR("form")) != NULL;
    model_kind *kind = OG_NEW(c->arena, model_kind);
    if (!kind)
        return og_nomem(err);
    kind->name = name_of(c, root, form ? "form" : "kind");
    kind->inline_record = form;
    kind->owner_slot = kind->lifecycle_slot = -1;
    kind->declared = og_node_pos(c->doc, root);
    if (!form) {
        kind->plural = name_of(c, root, "plural");
        compile_home(c, root, kind);
        if (kind->plural.n)
            check_plural(c, root, kind);
    }
    if (kind->name.n && (form || kind->plural.n))
        *ret = kind;
    *ret_is_form = form;
    return OG_OK;
}

static const char *limits_of_type(model_base base)
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

/* Whether a key that says more about a type is about this one. */
static void check_applies(kind_compiler *c, const og_node *map, const model_type *inner)
{
    static const struct {
        const char *key;
        unsigned bases;
    } rules[] = {
        {"unit", 1u << MODEL_INT | 1u << MODEL_DOUBLE},
        {"min", 1u << MODEL_INT | 1u << MODEL_DOUBLE},
        {"max", 1u << MODEL_INT | 1u << MODEL_DOUBLE},
        {"words", 1u << MODEL_ENUM},
        {"pattern", 1u << MODEL_STRING},
        {"fields", 1u << MODEL_RECORD},
    };
    for (size_t i = 0; i < COUNT(rules); i++) {
        const og_pair *pair = og_node_pair(map, og_str_from(rules[i].key));
        if (!pair || (rules[i].bases >> inner->base & 1))
            continue;
        og_diag *d = KIND_ERROR(c, pair->key, "misplaced-key",
                                "'%s' says nothing about this type", rules[i].key);
        const char *apt = limits_of_type(inner->base);
        if (apt)
            og_diags_hint(c->diags, d, "what applies to it: %s", apt);
    }
}

static bool compile_limit(kind_compiler *c, const og_node *map, const char *key,
                          model_base base, og_value *ret)
{
    const og_node *node = node_of(c, map, key, OG_NODE_SCALAR, false);
    if (!node)
        return false;
    int64_t i;
    double d;
    if (base == MODEL_INT && og_str_to_int64(node->text, &i))
        *ret = og_int(i);
    else if (base == MODEL_DOUBLE && og_double_parse(node->text, &d))
        *ret = og_double(d);
    else {
        KIND_ERROR(c, node, "wrong-type", "'%s' must be a number of the field's type",
                   key);
        return false;
    }
    return true;
}

static int compile_words(kind_compiler *c, const og_node *map, model_field *field,
                         og_error *err)
{
    const og_node *node = node_of(c, map, "words", OG_NODE_SEQ, true);
    if (!node)
        return OG_OK;
    if (node->count == 0)
        KIND_ERROR(c, node, "wrong-type", "an enum needs at least one word");
    og_str *words = OG_ARRAY(c->arena, node->count + 1, og_str);
    if (!words)
        return og_nomem(err);
    for (uint32_t i = 0; i < node->count; i++) {
        const og_node *item = node->items[i];
        if (item->kind != OG_NODE_SCALAR || item->text.n == 0 || og_node_is_null(item))
            KIND_ERROR(c, item, "wrong-type", "a word of an enum is a text, not %s",
                       og_node_what(item));
        else if (among(item->text, words, field->word_count))
            KIND_ERROR(c, item, "duplicate-word", "'%.*s' is in the list twice",
                       OG_FMT(item->text));
        else
            words[field->word_count++] = item->text;
    }
    field->words = words;
    return OG_OK;
}

static int compile_fields(kind_compiler *c, model_kind *kind, const og_node *map,
                          og_error *err);

/* The anonymous kind of a `record` with fields of its own: "release.baseline". */
static int compile_inline(kind_compiler *c, const model_kind *parent, const og_node *map,
                          const model_field *field, const model_kind **ret, og_error *err)
{
    model_kind *kind = OG_NEW(c->arena, model_kind);
    if (!kind)
        return og_nomem(err);
    kind->name =
        og_arena_printf(c->arena, "%.*s.%.*s", OG_FMT(parent->name), OG_FMT(field->name));
    if (!kind->name.p)
        return og_nomem(err);
    kind->doc = field->doc;
    kind->inline_record = true;
    kind->builtin = parent->builtin;
    kind->owner_slot = kind->lifecycle_slot = -1;
    kind->declared = og_node_pos(c->doc, map);
    *ret = kind;
    const og_node *fields = node_of(c, map, "fields", OG_NODE_MAP, true);
    return compile_fields(c, kind, fields, err);
}

static int compile_pattern(kind_compiler *c, const model_kind *kind, const og_node *map,
                           model_field *field, og_error *err)
{
    const og_node *node = node_of(c, map, "pattern", OG_NODE_SCALAR, false);
    if (!node)
        return OG_OK;
    field->pattern = OG_NEW(c->arena, model_pattern);
    if (!field->pattern)
        return og_nomem(err);
    *field->pattern = (model_pattern){.text = node->text, .arena = c->arena};
    if (kind->builtin)
        return OG_OK;
    cel_regex_problem problem;
    int rc = cel_regex_compile(c->arena, node->text, &field->pattern->compiled, &problem);
    if (rc == OG_E_INVALID)
        og_diags_add(c->diags, OG_LEVEL_ERROR, "bad-pattern",
                     og_node_pos_inside(c->doc, node, problem.offset, problem.length),
                     c->doc->source, "%.*s", OG_FMT(problem.message));
    return rc == OG_E_NOMEM ? og_nomem(err) : OG_OK;
}

static int compile_details(kind_compiler *c, const model_kind *kind, const og_node *map,
                           model_field *field, og_error *err)
{
    model_type *inner = (model_type *)kind_type_innermost(&field->type);
    check_applies(c, map, inner);
    int rc = OG_OK;
    if (inner->base == MODEL_INT || inner->base == MODEL_DOUBLE) {
        field->has_min = compile_limit(c, map, "min", inner->base, &field->min);
        field->has_max = compile_limit(c, map, "max", inner->base, &field->max);
    } else if (inner->base == MODEL_STRING) {
        rc = compile_pattern(c, kind, map, field, err);
    } else if (inner->base == MODEL_ENUM) {
        rc = compile_words(c, map, field, err);
    } else if (inner->base == MODEL_RECORD && !inner->kind) {
        rc = compile_inline(c, kind, map, field, &inner->kind, err);
    }
    return rc;
}

static int compile_field(kind_compiler *c, const model_kind *kind, const og_pair *pair,
                         model_field *field, og_error *err)
{
    const og_node *map = pair->value;
    field->name = pair->key->text;
    check_name(c, pair->key, KEYWORDS);
    if (map->kind != OG_NODE_MAP) {
        og_diag *d = KIND_ERROR(c, map, "wrong-type", "a field is a mapping, not %s",
                                og_node_what(map));
        og_diags_hint(c->diags, d, "{type: string, doc: what it says}");
        return OG_OK;
    }
    check_keys(c, map, field_keys, COUNT(field_keys));
    field->doc = text_of(c, map, "doc", true);
    field->unit = text_of(c, map, "unit", false);
    field->required = flag_of(c, map, "required");
    field->authority = flag_of(c, map, "authority");
    const og_node *type = node_of(c, map, "type", OG_NODE_SCALAR, true);
    if (!type)
        return OG_OK;
    bool ok;
    bool form = og_node_get(c->doc->root, OG_STR("form")) != NULL;
    int rc = kind_type_parse(c, type, form, &field->type, &ok, err);
    if (rc == OG_OK && ok)
        rc = compile_details(c, kind, map, field, err);
    return rc;
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

static int compile_fields(kind_compiler *c, model_kind *kind, const og_node *map,
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

static void compile_belongs_to(kind_compiler *c, const og_node *map, model_kind *kind)
{
    const og_node *node = node_of(c, map, "belongs_to", OG_NODE_SCALAR, false);
    if (!node)
        return;
    const model_kind *owner = model_kind_named(c->kinds, node->text);
    if (!owner || owner == kind) {
        og_diag *d = KIND_ERROR(c, node, "unknown-kind", "there is no %skind '%.*s'",
                                owner ? "other " : "", OG_FMT(node->text));
        og_str near = model_kind_nearest(c->kinds, node->text);
        if (near.n && !owner)
            og_diags_hint(c->diags, d, "did you mean '%.*s'?", OG_FMT(near));
        return;
    }
    if (owner->home.n == 0)
        KIND_ERROR(c, node, "no-home", "'%.*s' has no home, so nothing can belong to it",
                   OG_FMT(owner->name));
    const og_node *fields = og_node_get(map, OG_STR("fields"));
    const og_pair *clash =
        fields && fields->kind == OG_NODE_MAP ? og_node_pair(fields, owner->name) : NULL;
    if (clash)
        KIND_ERROR(c, clash->key, "duplicate-field",
                   "'%.*s' is added by 'belongs_to' and not listed", OG_FMT(owner->name));
    const model_kind *batch = og_map_get(&c->kinds->forms, OG_STR("batch"));
    if (batch && batch->fields && model_kind_slot(batch, owner->name) >= 0)
        KIND_ERROR(c, node, "reserved-name", "'%.*s' is a key of every batch",
                   OG_FMT(owner->name));
    kind->belongs_to = owner;
}

static bool can_be_key(model_base base)
{
    return base == MODEL_STRING || base == MODEL_INT || base == MODEL_DATE ||
           base == MODEL_ENUM || base == MODEL_REF;
}

static void compile_key_part(kind_compiler *c, const og_node *node, model_kind *kind,
                             uint32_t *slots)
{
    int slot = node->kind == OG_NODE_SCALAR ? model_kind_slot(kind, node->text) : -1;
    if (slot < 1 || slot == kind->owner_slot) {
        KIND_ERROR(c, node, "unknown-field", "the key names no field of '%.*s'",
                   OG_FMT(kind->name));
        return;
    }
    const model_field *field = model_kind_field(kind, (uint32_t)slot);
    if (!can_be_key(field->type.base))
        KIND_ERROR(c, node, "bad-key",
                   "'%.*s' cannot be part of a key: only string, int, date, enum and "
                   "ref(KIND) can",
                   OG_FMT(field->name));
    if (kind->key_count == 0 && !field->required) {
        og_diag *d = KIND_ERROR(c, node, "bad-key",
                                "'%.*s' is the first part of the key and not required",
                                OG_FMT(field->name));
        og_diags_hint(c->diags, d, "add 'required: true' to it");
    }
    slots[kind->key_count++] = (uint32_t)slot;
}

static int compile_key(kind_compiler *c, const og_node *map, model_kind *kind,
                       og_error *err)
{
    const og_node *node = og_node_get(map, OG_STR("key"));
    if (!node || og_node_is_null(node)) {
        KIND_ERROR(c, node ? node : map, "missing-key", "'key' is missing");
        return OG_OK;
    }
    bool list = node->kind == OG_NODE_SEQ;
    size_t count = list ? node->count : 1;
    uint32_t *slots = OG_ARRAY(c->arena, count + 1, uint32_t);
    if (!slots)
        return og_nomem(err);
    kind->key_slots = slots;
    if (count == 0)
        KIND_ERROR(c, node, "bad-key", "the key needs at least one field");
    for (size_t i = 0; i < count; i++)
        compile_key_part(c, list ? node->items[i] : node, kind, slots);
    int id = model_kind_slot(kind, OG_STR("id"));
    if (id > 0 && !(kind->key_count == 1 && slots[0] == (uint32_t)id &&
                    kind->fields[id - 1].type.base == MODEL_STRING))
        KIND_ERROR(
            c, node, "reserved-name",
            "a field 'id' must be the whole key, and a string: '.id' of every record "
            "is its key");
    return OG_OK;
}

static int compile_lifecycle(kind_compiler *c, const og_node *map, model_kind *kind,
                             og_error *err)
{
    const og_node *node = node_of(c, map, "lifecycle", OG_NODE_MAP, false);
    if (!node)
        return OG_OK;
    check_keys(c, node, lifecycle_keys, COUNT(lifecycle_keys));
    const og_node *name = node_of(c, node, "field", OG_NODE_SCALAR, true);
    const og_node *open = node_of(c, node, "open", OG_NODE_SEQ, true);
    if (!name || !open)
        return OG_OK;
    int slot = model_kind_slot(kind, name->text);
    const model_field *field = slot > 0 ? model_kind_field(kind, (uint32_t)slot) : NULL;
    if (!field || field->type.base != MODEL_ENUM || !field->required) {
        KIND_ERROR(c, name, "bad-lifecycle",
                   "'%.*s' must be a required enum field of '%.*s'", OG_FMT(name->text),
                   OG_FMT(kind->name));
        return OG_OK;
    }
    og_str *words = OG_ARRAY(c->arena, open->count + 1, og_str);
    if (!words)
        return og_nomem(err);
    for (uint32_t i = 0; i < open->count; i++) {
        const og_node *item = open->items[i];
        if (item->kind != OG_NODE_SCALAR ||
            !among(item->text, field->words, field->word_count))
            KIND_ERROR(c, item, "unknown-word", "'%.*s' has no such word",
                       OG_FMT(field->name));
        else
            words[kind->open_count++] = item->text;
    }
    kind->lifecycle_slot = slot;
    kind->open_words = words;
    return OG_OK;
}

int kind_compile_body(kind_compiler *c, model_kind *kind, og_error *err)
{
    const og_node *root = c->doc->root;
    bool form = kind->inline_record;
    if (form)
        check_keys(c, root, form_keys, COUNT(form_keys));
    else
        check_keys(c, root, kind_keys, COUNT(kind_keys));
    kind->doc = text_of(c, root, "doc", true);
    if (!form) {
        kind->authority = flag_of(c, root, "authority");
        kind->policy = flag_of(c, root, "policy");
        compile_belongs_to(c, root, kind);
    }
    const og_node *fields = node_of(c, root, "fields", OG_NODE_MAP, true);
    int rc = compile_fields(c, kind, fields, err);
    if (rc == OG_OK && !form)
        rc = compile_key(c, root, kind, err);
    if (rc == OG_OK && !form)
        rc = compile_lifecycle(c, root, kind, err);
    return rc;
}
