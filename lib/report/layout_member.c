/* Members of a descriptor: names and types from a table, what is unknown reported. */
#include "report/layout_member.h"

#include <stdarg.h>

#include "base/buf.h"
#include "base/limits.h"
#include "value/json.h"

enum {
    NAMES_MAX = 40 /* rows of the longest table */
};

void layout_error(const layout_reader *r, const og_node *node, const char *code,
                  const char *fmt, ...)
{
    va_list args;
    og_str text;

    va_start(args, fmt);
    text = og_arena_vprintf(r->arena, fmt, args);
    va_end(args);
    if (!text.p)
        r->diags->failed = OG_E_NOMEM;
    else
        og_diags_add(r->diags, OG_LEVEL_ERROR, code, og_node_pos(r->doc, node),
                     r->doc->source, "%.*s", OG_FMT(text));
}

/* OG_OK and an empty text after a finding at the node: YAML has values that JSON lacks.
 */
static int json_of(const layout_reader *r, const og_node *node, og_value value,
                   og_str *ret, og_error *err)
{
    og_buf out = {0};
    og_error wrong = {0};
    int rc = og_json_write(value, OG_JSON_COMPACT, &out, &wrong);

    if (rc == OG_E_INVALID)
        layout_error(r, node, "report-shape", "this cannot be kept as it stands: %s",
                     og_error_text(&wrong));
    og_error_done(&wrong);
    if (rc == OG_E_INVALID) {
        og_buf_done(&out);
        *ret = (og_str){"", 0};
        return OG_OK;
    }
    rc = rc == OG_OK ? og_buf_check(&out, err) : og_fail(err, rc, "it nests too deeply");
    if (rc == OG_OK) {
        og_str copy = og_arena_str(r->arena, og_buf_str(&out));
        rc = copy.p ? OG_OK : og_nomem(err);
        if (rc == OG_OK)
            *ret = copy;
    }
    og_buf_done(&out);
    return rc;
}

/* OG_OK and null after a finding. */
static int value_of(const layout_reader *r, const og_node *node, og_value *ret,
                    og_error *err)
{
    int rc = og_node_to_value(r->doc, node, r->arena, r->diags, ret);

    if (rc == OG_E_NOMEM)
        return og_nomem(err);
    if (rc != OG_OK)
        *ret = og_null();
    return OG_OK;
}

int layout_json(const layout_reader *r, const og_node *node, og_str *ret, og_error *err)
{
    og_value value;
    int rc = value_of(r, node, &value, err);

    return rc == OG_OK ? json_of(r, node, value, ret, err) : rc;
}

/* The scalar that a list item stands for: itself, or its member `value`. */
static const og_node *word_node(const og_node *item)
{
    if (item->kind == OG_NODE_MAP)
        item = og_node_get(item, OG_STR("value"));
    return item && item->kind == OG_NODE_SCALAR && !og_node_is_null(item) ? item : NULL;
}

int layout_words(const layout_reader *r, const og_node *node, const char *name,
                 report_words *ret, og_error *err)
{
    size_t count = node->kind == OG_NODE_SEQ ? node->count : 1, kept = 0;
    og_str *items = OG_ARRAY(r->arena, count, og_str);

    if (!items)
        return og_nomem(err);
    for (size_t i = 0; i < count; i++) {
        const og_node *item = node->kind == OG_NODE_SEQ ? node->items[i] : node;
        const og_node *word = word_node(item);
        if (word)
            items[kept++] = word->text;
        else
            layout_error(r, item, "report-shape", "'%s' must hold texts, not %s", name,
                         og_node_what(item));
    }
    *ret = (report_words){items, kept};
    return OG_OK;
}

bool layout_has_word(const report_words *words, og_str word)
{
    for (size_t i = 0; i < words->count; i++)
        if (og_str_eq(words->items[i], word))
            return true;
    return false;
}

static void wrong_shape(const layout_reader *r, const og_node *node, const char *name,
                        const char *wanted)
{
    layout_error(r, node, "report-shape", "'%s' must be %s, not %s%.*s%s", name, wanted,
                 node->kind == OG_NODE_SCALAR ? "'" : og_node_what(node),
                 node->kind == OG_NODE_SCALAR ? (int)node->text.n : 0, node->text.p,
                 node->kind == OG_NODE_SCALAR ? "'" : "");
}

static bool read_text(const og_node *node, member_type type, og_str *ret)
{
    if (node->kind != OG_NODE_SCALAR)
        return false;
    if (og_node_is_null(node)) {
        *ret = (og_str){"", 0};
        return type != MEMBER_TEXT;
    }
    if (type == MEMBER_CHAR &&
        (node->text.n != 1 || (unsigned char)node->text.p[0] > 126))
        return false;
    *ret = node->text;
    return true;
}

static bool read_bool(const og_node *node, bool *ret)
{
    bool yes = node->kind == OG_NODE_SCALAR && og_str_is(node->text, "true");

    if (!yes && !(node->kind == OG_NODE_SCALAR && og_str_is(node->text, "false")))
        return false;
    *ret = yes;
    return true;
}

static int read_member(const layout_reader *r, const og_node *node, const member_row *row,
                       void *target, og_error *err)
{
    void *place = (char *)target + row->offset;
    const char *wanted = NULL;
    int rc = OG_OK;

    switch (row->type) {
    case MEMBER_TEXT:
        wanted = read_text(node, row->type, place) ? NULL : "a text";
        break;
    case MEMBER_CHAR:
        wanted = read_text(node, row->type, place) ? NULL : "one ASCII character";
        break;
    case MEMBER_CHARS:
        wanted = read_text(node, row->type, place) ? NULL : "characters";
        break;
    case MEMBER_BOOL:
        wanted = read_bool(node, place) ? NULL : "true or false";
        break;
    case MEMBER_COUNT:
        if (node->kind != OG_NODE_SCALAR || !og_str_to_uint64(node->text, place))
            wanted = "a whole number";
        break;
    case MEMBER_WORDS:
        rc = layout_words(r, node, row->name, place, err);
        break;
    case MEMBER_JSON:
        rc = layout_json(r, node, place, err);
        break;
    case MEMBER_NODE:
        *(const og_node **)place = node;
        break;
    case MEMBER_NOTED:
    case MEMBER_UNCHECKED: /* kept by the caller */
        return OG_OK;
    case MEMBER_REFUSED:
        layout_error(r, node, "report-unsupported",
                     "'%s' is not for files of rows and cells", row->name);
        return OG_OK;
    }
    if (wanted)
        wrong_shape(r, node, row->name, wanted);
    else if (row->flag)
        *(bool *)((char *)target + row->flag) = true;
    return rc;
}

static const member_row *find_row(const member_row *rows, og_str name)
{
    for (const member_row *row = rows; row->name; row++)
        if (og_str_is(name, row->name))
            return row;
    return NULL;
}

/* Whether it is let pass. */
static bool unknown(const layout_reader *r, const og_node *key, const member_row *rows,
                    const char *what, bool strict)
{
    og_str names[NAMES_MAX];
    size_t count = 0;

    for (const member_row *row = rows; row->name && count < NAMES_MAX; row++)
        names[count++] = og_str_from(row->name);
    og_str near = og_str_nearest(key->text, names, count);
    bool pass = !strict && near.n == 0;
    og_diag *d =
        og_diags_add(r->diags, pass ? OG_LEVEL_WARNING : OG_LEVEL_ERROR, "report-unknown",
                     og_node_pos(r->doc, key), r->doc->source,
                     "the standard has no '%.*s' in %s", OG_FMT(key->text), what);
    if (near.n)
        og_diags_hint(r->diags, d, "did you mean '%.*s'?", OG_FMT(near));
    else if (pass)
        og_diags_hint(r->diags, d,
                      "it is kept and compared as it stands; nothing is checked by it");
    return pass;
}

typedef struct kept { /* members kept for comparison */
    og_value *keys, *values;
    size_t count;
} kept;

static int kept_init(const layout_reader *r, size_t cap, kept *ret, og_error *err)
{
    *ret =
        (kept){OG_ARRAY(r->arena, cap, og_value), OG_ARRAY(r->arena, cap, og_value), 0};
    return ret->keys && ret->values ? OG_OK : og_nomem(err);
}

static int keep(const layout_reader *r, const og_pair *pair, kept *k, og_error *err)
{
    k->keys[k->count] = og_string(pair->key->text);
    return value_of(r, pair->value, &k->values[k->count++], err);
}

static int write_kept(const layout_reader *r, const og_node *node, const kept *k,
                      og_str *ret, og_error *err)
{
    og_value map;

    if (k->count == 0) {
        *ret = (og_str){"", 0};
        return OG_OK;
    }
    int rc = og_map_make(r->arena, k->keys, k->values, k->count, &map, NULL);
    return rc == OG_OK ? json_of(r, node, map, ret, err) : og_nomem(err);
}

int layout_members(const layout_reader *r, const og_node *node, const member_row *rows,
                   const char *what, bool strict, void *target, og_str *ret_other,
                   og_error *err)
{
    kept others, noted;
    og_str *note = NULL;

    if (node->kind != OG_NODE_MAP) {
        layout_error(r, node, "report-shape", "%s must be a mapping, not %s", what,
                     og_node_what(node));
        *ret_other = (og_str){"", 0};
        return OG_OK;
    }
    int rc = kept_init(r, node->count, &others, err);
    if (rc == OG_OK)
        rc = kept_init(r, node->count, &noted, err);
    for (size_t i = 0; rc == OG_OK && i < node->count; i++) {
        const og_pair *pair = &node->pairs[i];
        const member_row *row = find_row(rows, pair->key->text);
        if (row && row->type == MEMBER_NOTED) {
            note = (og_str *)((char *)target + row->offset);
            rc = keep(r, pair, &noted, err);
        } else if (row && row->type != MEMBER_UNCHECKED) {
            rc = read_member(r, pair->value, row, target, err);
        } else if (row || unknown(r, pair->key, rows, what, strict)) {
            rc = keep(r, pair, &others, err);
        }
    }
    if (rc == OG_OK && note)
        rc = write_kept(r, node, &noted, note, err);
    return rc == OG_OK ? write_kept(r, node, &others, ret_other, err) : rc;
}
