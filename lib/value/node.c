/* Reading a tree of nodes: lookups, positions, and values by the YAML 1.2 core schema. */
#include "value/node.h"

const og_pair *og_node_pair(const og_node *map, og_str key)
{
    if (!map || map->kind != OG_NODE_MAP)
        return NULL;
    for (uint32_t i = 0; i < map->count; i++)
        if (og_str_eq(map->pairs[i].key->text, key))
            return &map->pairs[i];
    return NULL;
}

const og_node *og_node_get(const og_node *map, og_str key)
{
    const og_pair *pair = og_node_pair(map, key);
    return pair ? pair->value : NULL;
}

const og_node *og_node_with_text(og_arena *arena, const og_node *at, og_str text)
{
    og_node *node = OG_NEW(arena, og_node);

    if (!node)
        return NULL;
    *node = *at;
    node->kind = OG_NODE_SCALAR;
    node->style = OG_STYLE_QUOTED;
    node->text = text;
    node->count = 0;
    return node;
}

og_pos og_node_pos(const og_document *doc, const og_node *node)
{
    og_pos pos = {.path = doc->path, .line = node->line, .column = node->column};
    if (node->end_line == node->line && node->end_column > node->column)
        pos.length = node->end_column - node->column;
    return pos;
}

const char *og_node_what(const og_node *node)
{
    if (!node || og_node_is_null(node))
        return "null";
    switch ((og_node_kind)node->kind) {
    case OG_NODE_SEQ:
        return "a list";
    case OG_NODE_MAP:
        return "a mapping";
    default:
        return "a string";
    }
}

static bool is_one_of(og_str s, const char *a, const char *b, const char *c)
{
    return og_str_is(s, a) || og_str_is(s, b) || og_str_is(s, c);
}

bool og_node_is_null(const og_node *node)
{
    return node->kind == OG_NODE_SCALAR && node->style == OG_STYLE_PLAIN &&
           (node->text.n == 0 || og_str_is(node->text, "~") ||
            (node->text.n == 4 && is_one_of(node->text, "null", "Null", "NULL")));
}

typedef enum reading {
    NOT_THIS,
    READ,
    OUT_OF_RANGE
} reading;

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

/* digits+ of the base, after the prefix. */
static reading read_based(og_str digits, int base, int64_t *ret)
{
    uint64_t n = 0;
    bool fits = true;
    for (size_t i = 0; i < digits.n; i++) {
        int digit = digit_of(digits.p[i]);
        if (digit >= base)
            return NOT_THIS;
        fits = fits && n <= (INT64_MAX - (uint64_t)digit) / (uint64_t)base;
        n = n * (uint64_t)base + (uint64_t)digit;
    }
    *ret = (int64_t)n;
    return digits.n == 0 ? NOT_THIS : fits ? READ : OUT_OF_RANGE;
}

/* [-+]? [0-9]+ | 0o [0-7]+ | 0x [0-9a-fA-F]+ */
static reading read_int(og_str s, int64_t *ret)
{
    if (og_str_starts(s, OG_STR("0o")))
        return read_based(og_str_slice(s, 2, s.n), 8, ret);
    if (og_str_starts(s, OG_STR("0x")))
        return read_based(og_str_slice(s, 2, s.n), 16, ret);
    size_t from = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    if (from == s.n)
        return NOT_THIS;
    for (size_t i = from; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return NOT_THIS;
    return og_str_to_int64(s, ret) ? READ : OUT_OF_RANGE;
}

/* A decimal number, [-+]? .inf, or .nan. */
static reading read_double(og_str s, double *ret)
{
    if (og_double_syntax(s))
        return og_double_parse(s, ret) ? READ : OUT_OF_RANGE;
    if (is_one_of(s, ".nan", ".NaN", ".NAN"))
        return og_double_parse(OG_STR("NaN"), ret) ? READ : NOT_THIS;
    bool negative = og_str_starts(s, OG_STR("-"));
    if (negative || og_str_starts(s, OG_STR("+")))
        s = og_str_slice(s, 1, s.n);
    if (!is_one_of(s, ".inf", ".Inf", ".INF"))
        return NOT_THIS;
    og_str word = negative ? OG_STR("-Infinity") : OG_STR("Infinity");
    return og_double_parse(word, ret) ? READ : NOT_THIS;
}

static reading read_number(og_str s, og_value *ret)
{
    int64_t i;
    reading as_int = read_int(s, &i);
    if (as_int == READ)
        *ret = og_int(i);
    if (as_int != NOT_THIS)
        return as_int;
    double d;
    reading as_double = read_double(s, &d);
    if (as_double == READ)
        *ret = og_double(d);
    return as_double;
}

static int refuse_number(const og_document *doc, const og_node *node, og_diags *diags)
{
    og_diag *item = og_diags_add(
        diags, OG_LEVEL_ERROR, "number-range", og_node_pos(doc, node), doc->source,
        "number '%.*s' is too large", OG_FMT(og_str_slice(node->text, 0, 40)));
    og_diags_hint(diags, item,
                  "whole numbers reach from -9223372036854775808 to 9223372036854775807, "
                  "others to 1.8e308; put it in quotes if it is not meant as a number");
    return OG_E_INVALID;
}

static int scalar_to_value(const og_document *doc, const og_node *node, og_diags *diags,
                           og_value *ret)
{
    og_value v = og_string(node->text);
    if (og_node_is_null(node)) {
        v = og_null();
    } else if (node->style == OG_STYLE_PLAIN) {
        if (is_one_of(node->text, "true", "True", "TRUE"))
            v = og_bool(true);
        else if (is_one_of(node->text, "false", "False", "FALSE"))
            v = og_bool(false);
        else if (read_number(node->text, &v) == OUT_OF_RANGE)
            return refuse_number(doc, node, diags);
    }
    *ret = v;
    return OG_OK;
}

/* Findings do not stop it, so that all of them are told; no memory does. */
static int worse(int a, int b)
{
    return a == OG_E_NOMEM || b == OG_OK ? a : b;
}

static int seq_to_value(const og_document *doc, const og_node *node, og_arena *arena,
                        og_diags *diags, og_value *ret)
{
    og_list *list = OG_NEW(arena, og_list);
    og_value *items = OG_ARRAY(arena, node->count, og_value);
    if (!list || !items)
        return OG_E_NOMEM;
    int rc = OG_OK;
    for (uint32_t i = 0; i < node->count && rc != OG_E_NOMEM; i++)
        rc = worse(rc, og_node_to_value(doc, node->items[i], arena, diags, &items[i]));
    if (rc != OG_OK)
        return rc;
    *list = (og_list){.count = node->count, .items = items};
    *ret = og_list_value(list);
    return OG_OK;
}

static int map_to_value(const og_document *doc, const og_node *node, og_arena *arena,
                        og_diags *diags, og_value *ret)
{
    og_value *keys = OG_ARRAY(arena, node->count, og_value);
    og_value *values = OG_ARRAY(arena, node->count, og_value);
    if (!keys || !values)
        return OG_E_NOMEM;
    int rc = OG_OK;
    for (uint32_t i = 0; i < node->count && rc != OG_E_NOMEM; i++) {
        const og_pair *pair = &node->pairs[i];
        keys[i] = og_string(pair->key->text);
        rc = worse(rc, og_node_to_value(doc, pair->value, arena, diags, &values[i]));
    }
    return rc != OG_OK ? rc : og_map_make(arena, keys, values, node->count, ret, NULL);
}

int og_node_to_value(const og_document *doc, const og_node *node, og_arena *arena,
                     og_diags *diags, og_value *ret)
{
    if (!node) {
        *ret = og_null();
        return OG_OK;
    }
    switch ((og_node_kind)node->kind) {
    case OG_NODE_SEQ:
        return seq_to_value(doc, node, arena, diags, ret);
    case OG_NODE_MAP:
        return map_to_value(doc, node, arena, diags, ret);
    default:
        return scalar_to_value(doc, node, diags, ret);
    }
}
