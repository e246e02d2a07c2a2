/* The keys of a mapping of a kind file, each looked at once. */
#include "model/kind_keys.h"

enum {
    NAME_MAX_BYTES = 64
};

/* CEL's words: the first four no field can be called, the others no variable. */
static const og_str reserved_words[] = {
    OG_STR("false"),     OG_STR("in"),     OG_STR("null"),     OG_STR("true"),
    OG_STR("as"),        OG_STR("break"),  OG_STR("const"),    OG_STR("continue"),
    OG_STR("else"),      OG_STR("for"),    OG_STR("function"), OG_STR("if"),
    OG_STR("import"),    OG_STR("let"),    OG_STR("loop"),     OG_STR("package"),
    OG_STR("namespace"), OG_STR("return"), OG_STR("var"),      OG_STR("void"),
    OG_STR("while"),
};
static const size_t reserved_counts[] = {
    [KIND_NAME_OF_KIND] = sizeof reserved_words / sizeof *reserved_words,
    [KIND_NAME_OF_FIELD] = 4,
};

static void report_unknown(kind_compiler *c, const og_node *key, const kind_key *table,
                           size_t count)
{
    og_str near = {NULL, 0};
    og_diag *d =
        KIND_ERROR(c, key, "unknown-key", "unknown key '%.*s'", OG_FMT(key->text));
    for (size_t i = 0; i < count; i++)
        near = model_nearer(key->text, near, table[i].name);
    if (near.n)
        og_diags_hint(c->diags, d, "did you mean '%.*s'?", OG_FMT(near));
}

static bool has_shape(const og_node *node, kind_shape shape)
{
    switch (shape) {
    case KIND_WORD:
        return node->kind == OG_NODE_SCALAR;
    case KIND_LIST:
        return node->kind == OG_NODE_SEQ;
    case KIND_MAPPING:
        return node->kind == OG_NODE_MAP;
    default:
        return true;
    }
}

static const og_node *accept(kind_compiler *c, const kind_key *key, const og_node *node)
{
    static const char *const shapes[] = {"a word", "a list", "a mapping", ""};
    if (og_node_is_null(node) || has_shape(node, key->shape))
        return node;
    KIND_ERROR(c, node, "wrong-type", "'%.*s' must be %s, not %s", OG_FMT(key->name),
               shapes[key->shape], og_node_what(node));
    return NULL;
}

void kind_keys_read(kind_compiler *c, const og_node *map, const kind_key *table,
                    size_t count, const og_node **ret)
{
    uint32_t seen = 0;
    for (size_t i = 0; i < count; i++)
        ret[i] = NULL;
    for (uint32_t p = 0; p < map->count; p++) {
        const og_pair *pair = &map->pairs[p];
        size_t i = 0;
        while (i < count && !og_str_eq(pair->key->text, table[i].name))
            i++;
        if (i == count) {
            report_unknown(c, pair->key, table, count);
            continue;
        }
        ret[i] = accept(c, &table[i], pair->value);
        if (ret[i] && og_node_is_null(ret[i]))
            ret[i] = NULL;
        else
            seen |= 1u << i;
    }
    for (size_t i = 0; i < count; i++)
        if (table[i].required && !(seen >> i & 1))
            KIND_ERROR(c, map, "missing-key", "'%.*s' is missing", OG_FMT(table[i].name));
}

og_str kind_text(const og_node *node)
{
    return node ? node->text : (og_str){NULL, 0};
}

bool kind_flag(kind_compiler *c, const og_node *node)
{
    if (!node || og_str_is(node->text, "false"))
        return false;
    if (og_str_is(node->text, "true"))
        return true;
    KIND_ERROR(c, node, "wrong-type", "'%.*s' is neither true nor false",
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

bool kind_check_name(kind_compiler *c, const og_node *node, kind_name_use use)
{
    if (!is_name(node->text)) {
        og_diag *d =
            KIND_ERROR(c, node, "bad-name", "'%.*s' is not a name", OG_FMT(node->text));
        og_diags_hint(c->diags, d,
                      "names are snake_case: a lower-case letter, then lower-case "
                      "letters, digits and '_', %d at most",
                      NAME_MAX_BYTES);
        return false;
    }
    if (kind_among(node->text, reserved_words, reserved_counts[use])) {
        KIND_ERROR(c, node, "reserved-name", "'%.*s' is a word of the condition language",
                   OG_FMT(node->text));
        return false;
    }
    return true;
}
