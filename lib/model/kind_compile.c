/* Reads kind files (docs/kind-files.md). Every finding is given, not only the first: what
 * is wrong is left out and the rest goes on. */
#include "model/kind_compile.h"

#include "model/kind_keys.h"

static const kind_key kind_keys[] = {
    /* ORDER: KIND_FILE_… in kind_compile.h */
    {OG_STR("kind"), KIND_WORD, true},        {OG_STR("plural"), KIND_WORD, true},
    {OG_STR("doc"), KIND_WORD, true},         {OG_STR("key"), KIND_ANY_SHAPE, true},
    {OG_STR("home"), KIND_WORD, false},       {OG_STR("authority"), KIND_WORD, false},
    {OG_STR("policy"), KIND_WORD, false},     {OG_STR("computed"), KIND_WORD, false},
    {OG_STR("belongs_to"), KIND_WORD, false}, {OG_STR("lifecycle"), KIND_MAPPING, false},
    {OG_STR("fields"), KIND_MAPPING, true},
};
static const kind_key form_keys[] = {
    /* ORDER: KIND_FILE_… where there is one: form in place of kind */
    {OG_STR("form"), KIND_WORD, true},
    {OG_STR("doc"), KIND_WORD, true},
    {OG_STR("fields"), KIND_MAPPING, true},
};
/* Names that conditions use for other things (design.md, "Criteria"). */
static const og_str reserved_plurals[] = {
    OG_STR("params"),    OG_STR("now"),      OG_STR("today"),
    OG_STR("milestone"), OG_STR("baseline"),
};
#define COUNT(array) (sizeof(array) / sizeof(array)[0])
static_assert(COUNT(kind_keys) == KIND_FILE_KEYS, "kind_keys follows the enum");

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

static void compile_home(kind_compiler *c, const og_node *node, model_kind *kind)
{
    if (!node)
        return;
    if (!is_home(node->text)) {
        og_diag *d = KIND_ERROR(c, node, "bad-home", "'%.*s' cannot be a home",
                                OG_FMT(node->text));
        og_diags_hint(c->diags, d,
                      "a path of the register that ends in .yaml, outside evidence/, "
                      "criteria/, kinds/, docs/ and keys/: 'plans/*.yaml', 'plans.yaml'");
        return;
    }
    kind->home = node->text;
    kind->home_is_glob = og_str_find(node->text, '*') < node->text.n;
}

static void compile_plural(kind_compiler *c, const og_node *node, model_kind *kind)
{
    if (!node || !kind_check_name(c, node, KIND_NAME_OF_KIND))
        return;
    kind->plural = node->text;
    if (kind_among(kind->plural, reserved_plurals, COUNT(reserved_plurals)))
        KIND_ERROR(c, node, "reserved-name", "'%.*s' means something else in conditions",
                   OG_FMT(kind->plural));
    if (og_str_eq(kind->plural, kind->name))
        KIND_ERROR(c, node, "reserved-name",
                   "the plural must differ from the name '%.*s'", OG_FMT(kind->name));
}

static void read_keys(kind_compiler *c, const og_node *root, bool form, kind_file *file)
{
    if (!form) {
        kind_keys_read(c, root, kind_keys, KIND_FILE_KEYS, file->keys);
        return;
    }
    const og_node *keys[COUNT(form_keys)];
    kind_keys_read(c, root, form_keys, COUNT(form_keys), keys);
    file->keys[KIND_FILE_NAME] = keys[0];
    file->keys[KIND_FILE_DOC] = keys[1];
    file->keys[KIND_FILE_FIELDS] = keys[2];
}

int kind_compile_head(kind_compiler *c, kind_file *file, og_error *err)
{
    const og_node *root = c->doc->root;
    if (!root || root->kind != OG_NODE_MAP) {
        og_pos pos = {.path = c->doc->path, .line = 1, .column = 1};
        og_diags_add(c->diags, OG_LEVEL_ERROR, "wrong-type", pos, c->doc->source,
                     "a kind file is a mapping that begins with 'kind: NAME'");
        return OG_OK;
    }
    file->is_form = og_node_get(root, OG_STR("form")) != NULL;
    if (file->is_form && !file->builtin) {
        KIND_ERROR(c, root, "unknown-key", "a register describes kinds, not forms");
        return OG_OK;
    }
    model_kind *kind = OG_NEW(c->arena, model_kind);
    if (!kind)
        return og_nomem(err);
    read_keys(c, root, file->is_form, file);
    const og_node *name = file->keys[KIND_FILE_NAME];
    bool named = name && kind_check_name(c, name, KIND_NAME_OF_KIND);
    if (named && og_str_is(name->text, "subject"))
        KIND_ERROR(c, name, "reserved-name", "'subject' stands for whatever is judged");
    kind->name = named ? name->text : (og_str){NULL, 0};
    kind->builtin = file->builtin;
    kind->inline_record = file->is_form;
    kind->owner_slot = kind->lifecycle_slot = -1;
    kind->declared = og_node_pos(c->doc, root);
    compile_home(c, file->keys[KIND_FILE_HOME], kind);
    compile_plural(c, file->keys[KIND_FILE_PLURAL], kind);
    if (named && (file->is_form || kind->plural.n))
        file->kind = kind;
    return OG_OK;
}

/* What would stand beside the field that belongs_to adds. */
static void check_owner_name(kind_compiler *c, const kind_file *file,
                             const model_kind *owner)
{
    const og_node *fields = file->keys[KIND_FILE_FIELDS];
    const og_pair *clash = fields ? og_node_pair(fields, owner->name) : NULL;
    if (clash)
        KIND_ERROR(c, clash->key, "duplicate-field",
                   "'%.*s' is added by 'belongs_to' and not listed", OG_FMT(owner->name));
    const model_kind *batch = model_form(c->kinds, "batch");
    if (batch && model_kind_slot(batch, owner->name) >= 0)
        KIND_ERROR(c, file->keys[KIND_FILE_BELONGS_TO], "reserved-name",
                   "'%.*s' is a key of every batch", OG_FMT(owner->name));
}

static void compile_belongs_to(kind_compiler *c, const kind_file *file, model_kind *kind)
{
    const og_node *node = file->keys[KIND_FILE_BELONGS_TO];
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
    check_owner_name(c, file, owner);
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

static int compile_key(kind_compiler *c, const og_node *node, model_kind *kind,
                       og_error *err)
{
    if (!node)
        return OG_OK;
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
        KIND_ERROR(c, node, "reserved-name",
                   "a field 'id' must be the whole key, and a string: '.id' of every "
                   "record is its key");
    return OG_OK;
}

static int compile_lifecycle(kind_compiler *c, const og_node *map, model_kind *kind,
                             og_error *err)
{
    static const kind_key table[] = {{OG_STR("field"), KIND_WORD, true},
                                     {OG_STR("open"), KIND_LIST, true}};
    const og_node *keys[2];
    if (!map)
        return OG_OK;
    kind_keys_read(c, map, table, 2, keys);
    const og_node *name = keys[0], *open = keys[1];
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
    og_str *words = OG_ARRAY(c->arena, (size_t)open->count + 1, og_str);
    if (!words)
        return og_nomem(err);
    for (uint32_t i = 0; i < open->count; i++) {
        const og_node *item = open->items[i];
        if (item->kind != OG_NODE_SCALAR ||
            !kind_among(item->text, field->words, field->word_count))
            KIND_ERROR(c, item, "unknown-word", "'%.*s' has no such word",
                       OG_FMT(field->name));
        else
            words[kind->open_count++] = item->text;
    }
    kind->lifecycle_slot = slot;
    kind->open_words = words;
    return OG_OK;
}

/* The program fills computed kinds and knows only its own. */
static void compile_computed(kind_compiler *c, const kind_file *file, model_kind *kind)
{
    const og_node *node = file->keys[KIND_FILE_COMPUTED];

    kind->computed = kind_flag(c, node);
    if (kind->computed && !kind->builtin)
        KIND_ERROR(c, node, "bad-computed",
                   "nothing computes records of '%.*s': only built-in kinds are computed",
                   OG_FMT(kind->name));
}

int kind_compile_body(kind_compiler *c, const kind_file *file, og_error *err)
{
    model_kind *kind = file->kind;
    kind->doc = kind_text(file->keys[KIND_FILE_DOC]);
    kind->authority = kind_flag(c, file->keys[KIND_FILE_AUTHORITY]);
    kind->policy = kind_flag(c, file->keys[KIND_FILE_POLICY]);
    compile_computed(c, file, kind);
    compile_belongs_to(c, file, kind);
    int rc = kind_compile_fields(c, kind, file->keys[KIND_FILE_FIELDS], err);
    if (rc == OG_OK)
        rc = compile_key(c, file->keys[KIND_FILE_KEY], kind, err);
    if (rc == OG_OK)
        rc = compile_lifecycle(c, file->keys[KIND_FILE_LIFECYCLE], kind, err);
    return rc;
}
