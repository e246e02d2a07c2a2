/* YAML written from texts and nodes. Nodes nest no deeper than their parser let them. */
#include "render/draft.h"

#include "base/date.h"
#include "base/utf8.h"

/* ---- Texts ---- */

/* What the reader refuses raw, or editors show as something else. */
static bool is_escaped(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 ||
           c == 0xfeff || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || (c & 0xfffe) == 0xfffe;
}

static void put_escaped(uint32_t c, og_buf *out)
{
    if (c == '\n' || c == '\t' || c == '\r')
        og_buf_puts(out, c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r");
    else if (c < 0x100)
        og_buf_printf(out, "\\x%02x", c);
    else
        og_buf_printf(out, c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
}

void draft_text(og_str text, og_buf *out)
{
    og_buf_putc(out, '"');
    for (size_t i = 0; i < text.n;) {
        uint32_t c = 0xfffd;
        unsigned n = og_utf8_decode(text, i, &c);
        if (c == '"' || c == '\\')
            og_buf_putc(out, '\\');
        if (n > 0 && !is_escaped(c))
            og_buf_put(out, og_str_slice(text, i, i + n));
        else
            put_escaped(c, out);
        i += n > 0 ? n : 1;
    }
    og_buf_putc(out, '"');
}

/* ---- Scalars ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Words that some reader of YAML takes for something else than text. */
static bool is_reserved(og_str s)
{
    static const char *const words[] = {"null", "true", "false", "yes", "no",
                                        "on",   "off",  "y",     "n"};
    char lower[8];

    if (s.n >= sizeof lower)
        return false;
    for (size_t i = 0; i < s.n; i++)
        lower[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (og_str_eq((og_str){lower, s.n}, og_str_from(words[i])))
            return true;
    return false;
}

/* Text that needs no quotes: a name of letters, digits, '_'. */
static bool is_word(og_str s)
{
    if (s.n == 0 || !is_letter(s.p[0]) || is_reserved(s))
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (!is_letter(s.p[i]) && !is_digit(s.p[i]) && s.p[i] != '_')
            return false;
    return true;
}

/* A plain scalar that is plain in a flow collection too: numbers, true, false, words. */
static bool stays_plain(og_str s)
{
    size_t at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');

    at += at < s.n && s.p[at] == '.';
    if (at >= s.n || (!is_letter(s.p[at]) && !is_digit(s.p[at])))
        return false;
    for (; at < s.n; at++)
        if (!is_letter(s.p[at]) && !is_digit(s.p[at]) && !strchr("_.+-", s.p[at]))
            return false;
    return true;
}

static void put_scalar(const og_node *node, og_buf *out)
{
    bool plain = node->style == OG_STYLE_PLAIN;

    if (og_node_is_null(node))
        og_buf_puts(out, "null");
    else if (plain ? stays_plain(node->text) : is_word(node->text))
        og_buf_put(out, node->text);
    else
        draft_text(node->text, out);
}

/* ---- Nodes ---- */

static int put_key(const og_node *key, og_buf *out, og_error *err)
{
    size_t before = out->n;

    if (is_word(key->text))
        og_buf_put(out, key->text);
    else
        draft_text(key->text, out);
    if (out->n - before > DRAFT_KEY_MAX)
        return og_fail(err, OG_E_LIMIT,
                       "a member's name has %zu bytes: no more than %d can be written",
                       out->n - before, DRAFT_KEY_MAX);
    og_buf_putc(out, ':');
    return OG_OK;
}

static int put_list(const og_node *node, og_buf *out, og_error *err)
{
    int rc = OG_OK;

    og_buf_putc(out, '[');
    for (uint32_t i = 0; i < node->count && rc == OG_OK; i++) {
        og_buf_puts(out, i ? ", " : "");
        rc = draft_node(node->items[i], out, err);
    }
    og_buf_putc(out, ']');
    return rc;
}

static int put_map(const og_node *node, og_buf *out, og_error *err)
{
    int rc = OG_OK;

    og_buf_putc(out, '{');
    for (uint32_t i = 0; i < node->count && rc == OG_OK; i++) {
        og_buf_puts(out, i ? ", " : "");
        rc = put_key(node->pairs[i].key, out, err);
        og_buf_putc(out, ' ');
        if (rc == OG_OK)
            rc = draft_node(node->pairs[i].value, out, err);
    }
    og_buf_putc(out, '}');
    return rc;
}

int draft_node(const og_node *node, og_buf *out, og_error *err)
{
    if (out->failed)
        return og_buf_check(out, err);
    if (node->kind == OG_NODE_SEQ)
        return put_list(node, out, err);
    if (node->kind == OG_NODE_MAP)
        return put_map(node, out, err);
    put_scalar(node, out);
    return OG_OK;
}

static int put_items(const og_node *list, unsigned indent, og_buf *out, og_error *err)
{
    int rc = OG_OK;

    for (uint32_t i = 0; i < list->count && rc == OG_OK; i++) {
        og_buf_printf(out, "\n%*s- ", (int)indent, "");
        rc = draft_node(list->items[i], out, err);
    }
    return rc;
}

int draft_pairs(const og_node *map, unsigned indent, const char *list, og_buf *out,
                og_error *err)
{
    int rc = OG_OK;

    for (uint32_t i = 0; i < map->count && rc == OG_OK; i++) {
        const og_pair *pair = &map->pairs[i];
        bool lines = og_str_is(pair->key->text, list) &&
                     pair->value->kind == OG_NODE_SEQ && pair->value->count > 0;
        og_buf_printf(out, "%*s", (int)indent, "");
        rc = put_key(pair->key, out, err);
        og_buf_puts(out, lines ? "" : " ");
        if (rc == OG_OK)
            rc = lines ? put_items(pair->value, indent + 2, out, err)
                       : draft_node(pair->value, out, err);
        og_buf_putc(out, '\n');
    }
    return rc == OG_OK ? og_buf_check(out, err) : rc;
}

/* ---- File ---- */

/* Eight digits that are a date, or n. */
static size_t find_date(og_str name)
{
    for (size_t at = 0; at + 8 <= name.n; at++) {
        char text[11];
        size_t n = 0;
        og_date unused;
        for (size_t i = 0; i < 8; i++) {
            if (i == 4 || i == 6)
                text[n++] = '-';
            text[n++] = name.p[at + i];
        }
        if (og_date_parse((og_str){text, n}, &unused))
            return at;
    }
    return name.n;
}

/* As it stands; '%' is a sign of patterns. */
static void put_literal(og_str text, og_buf *out)
{
    for (size_t i = 0; i < text.n; i++) {
        og_buf_putc(out, text.p[i]);
        if (text.p[i] == '%')
            og_buf_putc(out, '%');
    }
}

void draft_file(og_str name, og_str encoding, og_str line_ending, og_buf *out)
{
    size_t date = find_date(name);
    og_buf pattern = {0};

    put_literal(og_str_slice(name, 0, date), &pattern);
    if (date < name.n) {
        og_buf_puts(&pattern, "%Y%m%d");
        put_literal(og_str_slice(name, date + 8, name.n), &pattern);
    }
    og_buf_puts(out, "file: {name: ");
    draft_text(og_buf_str(&pattern), out);
    og_buf_puts(out, ", encoding: ");
    if (og_str_is(encoding, "utf-8"))
        og_buf_put(out, encoding);
    else
        draft_text(encoding, out);
    og_buf_printf(out, ", line_ending: %.*s}\n", OG_FMT(line_ending));
    if (pattern.failed && !out->failed)
        out->failed = pattern.failed;
    og_buf_done(&pattern);
}
