/* A recursive descent over the text, as deep as OG_LIMIT_DEPTH. Children of the open
 * arrays and objects wait in one growing array until the closing bracket makes a node of
 * them. Line and column are counted along, from the last place asked for to the next. */
#include "value/json_node.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"

#define KEYS_LINEAR 8 /* up to here keys are compared with each other, beyond hashed */

typedef struct json_reader {
    og_arena *arena;
    og_document *doc;
    og_diags *diags;
    const char *at, *end;
    const char *seen; /* line and column are of this place */
    uint32_t line, column;
    uint32_t depth, nodes;
    const og_node **pending;
    size_t count, cap;
    og_arena scratch; /* for the keys of one object */
} json_reader;

/* Moves the counted place forward to `place`. */
static void count_to(json_reader *r, const char *place)
{
    for (; r->seen < place; r->seen++) {
        if (*r->seen == '\n') {
            r->line++;
            r->column = 1;
        } else {
            r->column += ((unsigned char)*r->seen & 0xc0) != 0x80;
        }
    }
}

static int refuse(json_reader *r, const char *place, const char *code, const char *text,
                  const char *hint)
{
    count_to(r, place);
    og_pos pos = {.path = r->doc->path, .line = r->line, .column = r->column};
    og_diag *d =
        og_diags_add(r->diags, OG_LEVEL_ERROR, code, pos, r->doc->source, "%s", text);
    og_diags_hint(r->diags, d, "%s", hint);
    return OG_E_INVALID;
}

static int refuse_syntax(json_reader *r, const char *expected, const char *hint)
{
    if (r->at == r->end)
        return refuse(r, r->at, "json-syntax", "the file ends in the middle of a value",
                      "it is cut off, or a bracket is not closed");
    return refuse(r, r->at, "json-syntax", expected, hint);
}

static void skip_space(json_reader *r)
{
    while (r->at < r->end &&
           (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
        r->at++;
}

/* A node that begins here. */
static og_node *begin(json_reader *r, og_node_kind kind)
{
    og_node *node = OG_NEW(r->arena, og_node);
    if (!node)
        return NULL;
    count_to(r, r->at);
    node->kind = (uint8_t)kind;
    node->line = r->line;
    node->column = r->column;
    return node;
}

static void finish(json_reader *r, og_node *node)
{
    count_to(r, r->at);
    node->end_line = r->line;
    node->end_column = r->column;
}

static int push(json_reader *r, const og_node *node)
{
    if (r->count == r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 64;
        void *grown = og_realloc(r->pending, cap * sizeof *r->pending);
        if (!grown)
            return OG_E_NOMEM;
        r->pending = grown;
        r->cap = cap;
    }
    r->pending[r->count++] = node;
    return OG_OK;
}

/* ---- Strings ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The four digits after \u, or -1. */
static int32_t read_unit(const json_reader *r, const char *at)
{
    int32_t unit = 0;
    if (r->end - at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* \uXXXX, or two of them for a code point beyond U+FFFF; `at` is behind the u. */
static int read_escape_u(json_reader *r, const char **at, char out[4], unsigned *ret_n)
{
    const char *start = *at - 2;
    int32_t unit = read_unit(r, *at);
    if (unit < 0)
        return refuse(r, start, "json-syntax", "four hexadecimal digits follow \\u",
                      "write it as \\u00e9");
    *at += 4;
    uint32_t code_point = (uint32_t)unit;
    if (unit >= 0xd800 && unit < 0xdc00 && r->end - *at >= 6 && (*at)[0] == '\\' &&
        (*at)[1] == 'u') {
        int32_t low = read_unit(r, *at + 2);
        if (low >= 0xdc00 && low < 0xe000) {
            code_point =
                0x10000 + ((uint32_t)(unit - 0xd800) << 10) + (uint32_t)(low - 0xdc00);
            *at += 6;
        }
    }
    *ret_n = code_point ? og_utf8_encode(code_point, out) : 0;
    if (*ret_n == 0)
        return refuse(r, start, "json-syntax",
                      code_point ? "half of a surrogate pair" : "a NUL in a string",
                      "remove the escape");
    return OG_OK;
}

static char escaped(char c)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *found = c ? strchr(from, c) : NULL;
    return found ? to[found - from] : '\0';
}

/* The text between the quotes with its escapes resolved. */
static int unescape(json_reader *r, const char *from, const char *to, og_str *ret)
{
    char *copy = og_arena_alloc(r->arena, (size_t)(to - from) + 1);
    size_t n = 0;
    if (!copy)
        return OG_E_NOMEM;
    for (const char *p = from; p < to;) {
        if (*p != '\\') {
            copy[n++] = *p++;
            continue;
        }
        p += 2;
        unsigned length = 1;
        copy[n] = escaped(p[-1]);
        if (p[-1] == 'u') {
            int rc = read_escape_u(r, &p, copy + n, &length);
            if (rc != OG_OK)
                return rc;
        } else if (!copy[n]) {
            return refuse(r, p - 2, "json-syntax", "there is no such escape",
                          "a backslash in a string is written twice");
        }
        n += length;
    }
    *ret = (og_str){copy, n};
    return OG_OK;
}

/* string = '"' { byte from 0x20 but '"' and '\' | escape } '"' */
static int read_string(json_reader *r, const og_node **ret)
{
    og_node *node = begin(r, OG_NODE_SCALAR);
    const char *open = r->at++, *from = r->at;
    bool plain = true;
    if (!node)
        return OG_E_NOMEM;
    while (r->at < r->end && *r->at != '"' && (unsigned char)*r->at >= 0x20) {
        bool escape = *r->at == '\\' && r->at + 1 < r->end;
        plain = plain && *r->at != '\\';
        r->at += escape ? 2 : 1;
    }
    if (r->at == r->end)
        return refuse(r, open, "json-syntax", "a string is not closed",
                      "it ends with a double quote");
    if (*r->at != '"')
        return refuse(r, r->at, "json-syntax", "a line break or control in a string",
                      "close the string, or write \\n");
    node->style = OG_STYLE_QUOTED;
    node->text = (og_str){from, (size_t)(r->at - from)};
    int rc = plain ? OG_OK : unescape(r, from, r->at, &node->text);
    if (rc != OG_OK)
        return rc;
    r->at++;
    finish(r, node);
    *ret = node;
    return OG_OK;
}

/* ---- Numbers and words ---- */

static bool skip_digits(const char **p, const char *end)
{
    const char *from = *p;
    while (*p < end && **p >= '0' && **p <= '9')
        ++*p;
    return *p > from;
}

/* number = ["-"] ("0" | digit1-9 {digit}) ["." digits] [("e"|"E") ["+"|"-"] digits] */
bool og_json_is_number(og_str s)
{
    const char *p = s.p, *end = s.p + s.n;
    p += p < end && *p == '-';
    bool zero = p < end && *p == '0';
    const char *digits = p;
    if (!skip_digits(&p, end) || (zero && p - digits > 1))
        return false;
    if (p < end && *p == '.') {
        p++;
        if (!skip_digits(&p, end))
            return false;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        p += p < end && (*p == '+' || *p == '-');
        if (!skip_digits(&p, end))
            return false;
    }
    return p == end;
}

static bool ends_word(char c)
{
    return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\n' || c == '\r' ||
           c == '\t' || c == ':' || c == '"' || c == '[' || c == '{';
}

static int read_word(json_reader *r, const og_node **ret)
{
    og_node *node = begin(r, OG_NODE_SCALAR);
    const char *from = r->at, *to = r->at;
    if (!node)
        return OG_E_NOMEM;
    while (to < r->end && !ends_word(*to))
        to++;
    node->text = (og_str){from, (size_t)(to - from)};
    if (!og_json_is_number(node->text) && !og_str_is(node->text, "true") &&
        !og_str_is(node->text, "false") && !og_str_is(node->text, "null"))
        return refuse_syntax(r, "this is no JSON value",
                             "a string in double quotes, a number, true, false, null, "
                             "[...] or {...}; a comma only between two values");
    r->at = to;
    finish(r, node);
    *ret = node;
    return OG_OK;
}

/* ---- Arrays and objects ---- */

static int read_value(json_reader *r, const og_node **ret);

/* After an element: true behind a comma, false behind the closing bracket. */
static int read_comma(json_reader *r, char close, bool *ret_more)
{
    skip_space(r);
    if (r->at == r->end || (*r->at != ',' && *r->at != close))
        return refuse_syntax(r,
                             close == ']' ? "',' or ']' is expected here"
                                          : "',' or '}' is expected here",
                             "a comma stands between two values, brackets in pairs");
    *ret_more = *r->at++ == ',';
    return OG_OK;
}

/* Whether the bracket just read closes again at once. */
static bool closes(json_reader *r, char close)
{
    skip_space(r);
    bool here = r->at < r->end && *r->at == close;
    r->at += here;
    return here;
}

/* array = "[" [ value { "," value } ] "]" */
static int read_array(json_reader *r, og_node *node)
{
    size_t first = r->count;
    bool more = !closes(r, ']');
    while (more) {
        const og_node *item;
        int rc = read_value(r, &item);
        if (rc == OG_OK)
            rc = push(r, item);
        if (rc == OG_OK)
            rc = read_comma(r, ']', &more);
        if (rc != OG_OK)
            return rc;
    }
    size_t n = r->count - first;
    node->items = OG_ARRAY(r->arena, n + 1, const og_node *);
    if (!node->items)
        return OG_E_NOMEM;
    if (n)
        memcpy(node->items, r->pending + first, n * sizeof *node->items);
    node->count = (uint32_t)n;
    r->count = first;
    return OG_OK;
}

static int refuse_duplicate(json_reader *r, const og_node *first, const og_node *key)
{
    og_diag *d =
        og_diags_add(r->diags, OG_LEVEL_ERROR, "duplicate-key", og_node_pos(r->doc, key),
                     r->doc->source, "duplicate key '%.*s': first on line %u, column %u",
                     OG_FMT(og_str_slice(key->text, 0, 100)), first->line, first->column);
    og_diags_hint(r->diags, d, "keep one of the two");
    return OG_E_INVALID;
}

static int check_keys_linear(json_reader *r, const og_pair *pairs, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (og_str_eq(pairs[i].key->text, pairs[k].key->text))
                return refuse_duplicate(r, pairs[k].key, pairs[i].key);
    return OG_OK;
}

static int check_keys(json_reader *r, const og_pair *pairs, size_t n)
{
    og_map seen;
    int rc = OG_OK;
    if (n <= KEYS_LINEAR)
        return check_keys_linear(r, pairs, n);
    og_map_init(&seen, &r->scratch);
    for (size_t i = 0; i < n && rc == OG_OK; i++) {
        const og_node *key = pairs[i].key;
        int added = og_map_add(&seen, key->text, (void *)key);
        if (added < 0)
            rc = OG_E_NOMEM;
        else if (added == 0)
            rc = refuse_duplicate(r, og_map_get(&seen, key->text), key);
    }
    og_arena_reset(&r->scratch);
    return rc;
}

static int make_pairs(json_reader *r, og_node *node, size_t first)
{
    size_t n = (r->count - first) / 2;
    og_pair *pairs = OG_ARRAY(r->arena, n + 1, og_pair);
    if (!pairs)
        return OG_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        pairs[i] = (og_pair){r->pending[first + 2 * i], r->pending[first + 2 * i + 1]};
    node->pairs = pairs;
    node->count = (uint32_t)n;
    r->count = first;
    return check_keys(r, pairs, n);
}

/* member = string ":" value */
static int read_member(json_reader *r)
{
    const og_node *key, *value;
    skip_space(r);
    if (r->at == r->end || *r->at != '"')
        return refuse_syntax(r, "a key in double quotes is expected here",
                             "a comma stands only between two members");
    int rc = read_string(r, &key);
    if (rc != OG_OK)
        return rc;
    skip_space(r);
    if (r->at == r->end || *r->at != ':')
        return refuse_syntax(r, "':' is expected after a key", "\"key\": value");
    r->at++;
    rc = read_value(r, &value);
    if (rc == OG_OK)
        rc = push(r, key);
    return rc == OG_OK ? push(r, value) : rc;
}

/* object = "{" [ member { "," member } ] "}" */
static int read_object(json_reader *r, og_node *node)
{
    size_t first = r->count;
    bool more = !closes(r, '}');
    while (more) {
        int rc = read_member(r);
        if (rc == OG_OK)
            rc = read_comma(r, '}', &more);
        if (rc != OG_OK)
            return rc;
    }
    return make_pairs(r, node, first);
}

static int read_collection(json_reader *r, const og_node **ret)
{
    bool object = *r->at == '{';
    if (r->depth >= OG_LIMIT_DEPTH)
        return refuse(r, r->at, "json-depth", "arrays and objects are nested too deep",
                      "100 levels are read; look for a missing bracket");
    og_node *node = begin(r, object ? OG_NODE_MAP : OG_NODE_SEQ);
    if (!node)
        return OG_E_NOMEM;
    r->at++;
    r->depth++;
    int rc = object ? read_object(r, node) : read_array(r, node);
    r->depth--;
    if (rc != OG_OK)
        return rc;
    finish(r, node);
    *ret = node;
    return OG_OK;
}

/* value = object | array | string | number | "true" | "false" | "null" */
static int read_value(json_reader *r, const og_node **ret)
{
    skip_space(r);
    if (r->nodes++ >= OG_LIMIT_NODES)
        return refuse(r, r->at, "json-size", "the file has too many values",
                      "split it, or give the records as CSV");
    if (r->at < r->end && (*r->at == '[' || *r->at == '{'))
        return read_collection(r, ret);
    if (r->at < r->end && *r->at == '"')
        return read_string(r, ret);
    return read_word(r, ret);
}

static int read_document(json_reader *r, const og_node **ret)
{
    og_str text = r->doc->source;
    size_t bad = og_utf8_invalid(text);
    if (text.n > OG_LIMIT_DATA_FILE)
        return refuse(r, r->at, "json-size", "the file is too large", "split it");
    if (bad < text.n)
        return refuse(r, text.p + bad, "json-byte", "invalid UTF-8",
                      "save the file as UTF-8");
    int rc = read_value(r, ret);
    if (rc != OG_OK)
        return rc;
    skip_space(r);
    if (r->at < r->end)
        return refuse(r, r->at, "json-syntax", "something follows the value",
                      "one file holds one JSON value: put several into [...]");
    return OG_OK;
}

int og_json_parse_nodes(og_arena *arena, og_document *doc, og_diags *diags, og_error *err)
{
    const og_node *root;
    if (og_str_starts(doc->source, OG_STR("\xef\xbb\xbf")))
        doc->source = og_str_slice(doc->source, 3, doc->source.n);
    const char *text = doc->source.n ? doc->source.p : "";
    json_reader r = {.arena = arena,
                     .doc = doc,
                     .diags = diags,
                     .at = text,
                     .end = text + doc->source.n,
                     .seen = text,
                     .line = 1,
                     .column = 1};
    int rc = read_document(&r, &root);
    og_free(r.pending);
    og_arena_done(&r.scratch);
    if (rc == OG_E_NOMEM)
        return og_nomem(err);
    if (rc != OG_OK)
        return og_fail(err, rc, "'%s' is not valid JSON", doc->path);
    doc->root = root;
    return OG_OK;
}
