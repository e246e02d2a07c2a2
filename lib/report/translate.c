/* Descriptors of v1, of CSV Dialect 1.0 and of common tools in the words of v2. */
#include "report/translate.h"

#include <stdarg.h>

enum {
    DIALECT_MEMBERS = 200 /* each is looked for among the others */
};

typedef struct old_name {
    const char *name;
    const char *now; /* NULL: v2 has no such member */
    const char *why; /* of one that is left out; lower case, no full stop */
} old_name;

static const old_name schema_names[] = {{"profile", NULL, "v2 has '$schema' for it"},
                                        {"missingValue", "missingValues", NULL},
                                        {0}};

static const old_name dialect_names[] = {
    {"lineterminator", "lineTerminator", NULL},
    {"quotechar", "quoteChar", NULL},
    {"doublequote", "doubleQuote", NULL},
    {"escapechar", "escapeChar", NULL},
    {"skipinitialspace", "skipInitialSpace", NULL},
    {"csvddfVersion", NULL, "v2 has '$schema' for it"},
    {"caseSensitiveHeader", NULL, "labels are compared letter by letter, always"},
    {0}};

og_diag *translate_say(const layout_reader *r, const og_node *node, og_level level,
                       const char *code, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    og_str text = og_arena_vprintf(r->arena, fmt, args);
    va_end(args);
    if (text.p)
        return og_diags_add(r->diags, level, code, og_node_pos(r->doc, node),
                            r->doc->source, "%.*s", OG_FMT(text));
    r->diags->failed = OG_E_NOMEM;
    return NULL;
}

#define TRANSLATED(r, node, ...) \
    translate_say(r, node, OG_LEVEL_NOTE, "descriptor-translated", __VA_ARGS__)

/* ---- New nodes ---- */

/* A mapping with room for `more` further pairs; its count says how many there are. */
static og_node *copy_map(const layout_reader *r, const og_node *map, size_t more)
{
    og_node *copy = OG_NEW(r->arena, og_node);
    og_pair *pairs = OG_ARRAY(r->arena, map->count + more, og_pair);

    if (!copy || !pairs)
        return NULL;
    *copy = *map;
    if (map->count > 0)
        memcpy(pairs, map->pairs, map->count * sizeof *pairs);
    copy->pairs = pairs;
    return copy;
}

static const og_node *list_of_one(const layout_reader *r, const og_node *item)
{
    og_node *list = OG_NEW(r->arena, og_node);
    const og_node **items = OG_ARRAY(r->arena, 1, const og_node *);

    if (!list || !items)
        return NULL;
    *list = *item;
    list->kind = OG_NODE_SEQ;
    list->count = 1;
    items[0] = item;
    list->items = items;
    return list;
}

/* A mapping copied so that its pairs may be changed. */
typedef struct draft {
    og_node *node;
    og_pair *pairs;
} draft;

static bool begin(const layout_reader *r, const og_node *map, size_t more, draft *ret)
{
    ret->node = copy_map(r, map, more);
    ret->pairs = ret->node ? (og_pair *)ret->node->pairs : NULL;
    return ret->node != NULL;
}

static og_pair *find_pair(const draft *d, const char *name)
{
    for (size_t i = 0; i < d->node->count; i++)
        if (og_str_is(d->pairs[i].key->text, name))
            return &d->pairs[i];
    return NULL;
}

static void drop_pair(draft *d, const og_pair *pair)
{
    size_t at = (size_t)(pair - d->pairs);

    d->node->count--;
    memmove(&d->pairs[at], &d->pairs[at + 1], (d->node->count - at) * sizeof *pair);
}

/* ---- Members under older names ---- */

static bool rename_member(const layout_reader *r, draft *d, og_pair *pair,
                          const char *now)
{
    if (find_pair(d, now)) {
        layout_error(r, pair->key, "descriptor-both",
                     "'%.*s' is the older name of '%s', which is there too: keep one",
                     OG_FMT(pair->key->text), now);
        drop_pair(d, pair);
        return true;
    }
    TRANSLATED(r, pair->key, "'%.*s' is '%s' in v2", OG_FMT(pair->key->text), now);
    pair->key = og_node_with_text(r->arena, pair->key, og_str_from(now));
    return pair->key != NULL;
}

static bool rename_members(const layout_reader *r, draft *d, const old_name *names)
{
    for (const old_name *old = names; old->name; old++) {
        og_pair *pair = find_pair(d, old->name);
        if (!pair)
            continue;
        if (!old->now) {
            TRANSLATED(r, pair->key, "'%s' is left out: %s", old->name, old->why);
            drop_pair(d, pair);
        } else if (!rename_member(r, d, pair, old->now)) {
            return false;
        }
    }
    return true;
}

/* v1 allows one name in place of a list of one. */
static bool make_list(const layout_reader *r, draft *d, const char *name)
{
    og_pair *pair = find_pair(d, name);

    if (!pair || pair->value->kind != OG_NODE_SCALAR || og_node_is_null(pair->value))
        return true;
    TRANSLATED(r, pair->value, "'%s' is a list in v2", name);
    pair->value = list_of_one(r, pair->value);
    return pair->value != NULL;
}

/* ---- Schemas ---- */

/* `fmt:` before a pattern of a date is older than v1. */
static const og_node *translate_field(const layout_reader *r, const og_node *field)
{
    const og_node *format =
        field->kind == OG_NODE_MAP ? og_node_get(field, OG_STR("format")) : NULL;
    draft d;

    if (!format || format->kind != OG_NODE_SCALAR ||
        !og_str_starts(format->text, OG_STR("fmt:")))
        return field;
    if (!begin(r, field, 0, &d))
        return NULL;
    TRANSLATED(r, format, "the format '%.*s' is written without 'fmt:' in v2",
               OG_FMT(format->text));
    og_str pattern = og_str_slice(format->text, 4, format->text.n);
    og_pair *pair = find_pair(&d, "format");
    pair->value = og_node_with_text(r->arena, format, pattern);
    return pair->value ? d.node : NULL;
}

/* The items of a list, each translated; the list itself where it is none. */
static const og_node *each_item(const layout_reader *r, const og_node *list,
                                const og_node *(*each)(const layout_reader *r,
                                                       const og_node *item))
{
    if (list->kind != OG_NODE_SEQ)
        return list;
    og_node *copy = OG_NEW(r->arena, og_node);
    const og_node **items = OG_ARRAY(r->arena, list->count, const og_node *);
    if (!copy || !items)
        return NULL;
    *copy = *list;
    copy->items = items;
    for (size_t i = 0; i < list->count; i++) {
        items[i] = each(r, list->items[i]);
        if (!items[i])
            return NULL;
    }
    return copy;
}

/* In v1 a key into the same table names its resource with an empty text. */
static const og_node *translate_reference(const layout_reader *r, const og_node *node)
{
    draft d;

    if (node->kind != OG_NODE_MAP)
        return node;
    if (!begin(r, node, 0, &d) || !make_list(r, &d, "fields"))
        return NULL;
    const og_pair *resource = find_pair(&d, "resource");
    if (resource && resource->value->kind == OG_NODE_SCALAR &&
        resource->value->text.n == 0) {
        TRANSLATED(r, resource->value,
                   "a reference to the table itself names no resource in v2");
        drop_pair(&d, resource);
    }
    return d.node;
}

static const og_node *translate_foreign_key(const layout_reader *r, const og_node *node)
{
    draft d;

    if (node->kind != OG_NODE_MAP)
        return node;
    if (!begin(r, node, 0, &d) || !make_list(r, &d, "fields"))
        return NULL;
    og_pair *reference = find_pair(&d, "reference");
    if (reference)
        reference->value = translate_reference(r, reference->value);
    return !reference || reference->value ? d.node : NULL;
}

static bool translate_items(const layout_reader *r, draft *d, const char *name,
                            const og_node *(*each)(const layout_reader *r,
                                                   const og_node *item))
{
    og_pair *pair = find_pair(d, name);

    if (pair)
        pair->value = each_item(r, pair->value, each);
    return !pair || pair->value;
}

const og_node *translate_schema(const layout_reader *r, const og_node *schema)
{
    draft d;

    if (schema->kind != OG_NODE_MAP)
        return schema;
    if (!begin(r, schema, 0, &d) || !rename_members(r, &d, schema_names) ||
        !make_list(r, &d, "primaryKey") ||
        !translate_items(r, &d, "fields", translate_field) ||
        !translate_items(r, &d, "foreignKeys", translate_foreign_key))
        return NULL;
    return d.node;
}

/* ---- Dialects ---- */

/* Members of a mapping inside the dialect, lifted into it: CSV Dialect 1.0 keeps them
 * under `dialect`, frictionless-py under `csv`. */
static const og_node *lift(const layout_reader *r, const og_node *dialect,
                           const char *name)
{
    const og_pair *inner = og_node_pair(dialect, og_str_from(name));
    draft d;

    if (!inner || inner->value->kind != OG_NODE_MAP)
        return dialect;
    if (dialect->count + inner->value->count > DIALECT_MEMBERS) {
        layout_error(r, inner->key, "descriptor-shape",
                     "a dialect of more than %d members cannot be read", DIALECT_MEMBERS);
        return dialect;
    }
    if (!begin(r, dialect, inner->value->count, &d))
        return NULL;
    TRANSLATED(r, inner->key, "the members of '%s' are the dialect's own in v2", name);
    drop_pair(&d, find_pair(&d, name));
    for (size_t i = 0; i < inner->value->count; i++) {
        const og_pair *pair = &inner->value->pairs[i];
        if (og_node_get(d.node, pair->key->text))
            layout_error(r, pair->key, "descriptor-both",
                         "'%.*s' is in the dialect and under '%s' of it: keep one",
                         OG_FMT(pair->key->text), name);
        else
            d.pairs[d.node->count++] = *pair;
    }
    return d.node;
}

const og_node *translate_dialect(const layout_reader *r, const og_node *dialect)
{
    draft d;

    if (dialect->kind != OG_NODE_MAP)
        return dialect;
    dialect = lift(r, dialect, "dialect");
    if (dialect)
        dialect = lift(r, dialect, "csv");
    if (!dialect || !begin(r, dialect, 0, &d) || !rename_members(r, &d, dialect_names))
        return NULL;
    return d.node;
}

const og_node *translate_tabs(const layout_reader *r, const og_node *dialect,
                              const og_node *format)
{
    og_node nothing = *format;
    draft d;

    nothing.kind = OG_NODE_MAP;
    nothing.count = 0;
    if (dialect &&
        (dialect->kind != OG_NODE_MAP || og_node_get(dialect, OG_STR("delimiter"))))
        return dialect;
    if (!begin(r, dialect ? dialect : &nothing, 1, &d))
        return NULL;
    TRANSLATED(r, format, "the format 'tsv' is a dialect with a tab as delimiter");
    og_pair *pair = &d.pairs[d.node->count++];
    *pair = (og_pair){og_node_with_text(r->arena, format, OG_STR("delimiter")),
                      og_node_with_text(r->arena, format, OG_STR("\t"))};
    return pair->key && pair->value ? d.node : NULL;
}
