/* Values to canonical JSON: the same value gives the same bytes, everywhere. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base64.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "value/json.h"

typedef struct writer {
    og_buf *out;
    int flags;
    uint32_t depth;
    og_error *err;
} writer;

/* A member of a map, by the text of its key. */
typedef struct member {
    og_str key; /* of a string key */
    og_value value;
    char text[24]; /* of any other; empty: see key */
} member;

static void put_escape(og_buf *out, unsigned unit)
{
    og_buf_printf(out, "\\u%04x", unit);
}

static void put_ascii(og_buf *out, uint32_t code_point)
{
    if (code_point < 0x10000) {
        put_escape(out, code_point);
        return;
    }
    put_escape(out, 0xd800 + ((code_point - 0x10000) >> 10));
    put_escape(out, 0xdc00 + (code_point & 0x3ff));
}

static void put_control(og_buf *out, char c)
{
    static const char named[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    for (const char *p = named; *p; p += 2) {
        if (*p == c) {
            og_buf_putc(out, '\\');
            og_buf_putc(out, p[1]);
            return;
        }
    }
    put_escape(out, (unsigned char)c);
}

/* A character beyond ASCII; returns its bytes. */
static size_t put_wide(og_buf *out, og_str s, size_t at, int flags)
{
    uint32_t code_point;
    unsigned n = og_utf8_decode(s, at, &code_point);
    if (n == 0)
        code_point = 0xfffd;
    if (flags & OG_JSON_ASCII)
        put_ascii(out, code_point);
    else if (n == 0)
        og_buf_puts(out, "\xef\xbf\xbd");
    else
        og_buf_put(out, og_str_slice(s, at, at + n));
    return n ? n : 1;
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 && c != '"' && c != '\\';
}

void og_json_write_string(og_str s, int flags, og_buf *out)
{
    og_buf_putc(out, '"');
    for (size_t i = 0; i < s.n;) {
        size_t start = i;
        while (i < s.n && is_plain(s.p[i]))
            i++;
        og_buf_put(out, og_str_slice(s, start, i));
        if (i == s.n)
            break;
        if ((unsigned char)s.p[i] >= 0x80)
            i += put_wide(out, s, i, flags);
        else
            put_control(out, s.p[i++]);
    }
    og_buf_putc(out, '"');
}

static int write_value(writer *w, og_value v);

static void write_string(writer *w, og_str s)
{
    og_json_write_string(s, w->flags, w->out);
}

static void write_word(writer *w, const char *z)
{
    write_string(w, og_str_from(z));
}

static void new_line(writer *w)
{
    if (!(w->flags & OG_JSON_PRETTY))
        return;
    og_buf_putc(w->out, '\n');
    for (uint32_t i = 0; i < w->depth; i++)
        og_buf_puts(w->out, "  ");
}

static int open_bracket(writer *w, char bracket)
{
    if (w->depth == OG_LIMIT_CEL_DEPTH)
        return og_fail(w->err, OG_E_LIMIT, "a value is nested deeper than %u",
                       OG_LIMIT_CEL_DEPTH);
    og_buf_putc(w->out, bracket);
    w->depth++;
    return OG_OK;
}

static void close_bracket(writer *w, char bracket, bool empty)
{
    w->depth--;
    if (!empty)
        new_line(w);
    og_buf_putc(w->out, bracket);
}

static int write_list(writer *w, const og_list *list)
{
    int rc = open_bracket(w, '[');
    if (rc != OG_OK)
        return rc;
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            og_buf_putc(w->out, ',');
        new_line(w);
        rc = write_value(w, list->items[i]);
        if (rc != OG_OK)
            return rc;
    }
    close_bracket(w, ']', list->count == 0);
    return OG_OK;
}

static bool is_left_out(og_value v)
{
    return v.kind == OG_ABSENT || (v.kind == OG_OPTIONAL && !v.as.inner);
}

static void set_name(member *m, og_value key)
{
    if (key.kind == OG_STRING)
        m->key = og_text(key);
    else if (key.kind == OG_BOOL)
        snprintf(m->text, sizeof m->text, "%s", key.as.b ? "true" : "false");
    else if (key.kind == OG_INT)
        snprintf(m->text, sizeof m->text, "%lld", (long long)key.as.i);
    else
        snprintf(m->text, sizeof m->text, "%llu", (unsigned long long)key.as.u);
}

static og_str name_of(const member *m)
{
    return m->text[0] ? og_str_from(m->text) : m->key;
}

static int compare_members(const void *a, const void *b)
{
    return og_str_cmp(name_of(a), name_of(b));
}

static int write_members(writer *w, const member *members, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        og_str name = name_of(&members[i]);
        if (i > 0 && og_str_eq(name, name_of(&members[i - 1])))
            return og_fail(w->err, OG_E_INVALID, "two keys of a map are written '%.*s'",
                           OG_FMT(og_str_slice(name, 0, 100)));
        if (i > 0)
            og_buf_putc(w->out, ',');
        new_line(w);
        write_string(w, name);
        og_buf_puts(w->out, w->flags & OG_JSON_PRETTY ? ": " : ":");
        int rc = write_value(w, members[i].value);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

static int write_map(writer *w, const og_vmap *map)
{
    int rc = open_bracket(w, '{');
    if (rc != OG_OK)
        return rc;
    member *members = og_alloc(map->count * sizeof *members);
    if (!members)
        return og_nomem(w->err);
    size_t n = 0;
    for (size_t i = 0; i < map->count; i++) {
        if (is_left_out(map->values[i]))
            continue;
        members[n].value = map->values[i];
        set_name(&members[n++], map->keys[i]);
    }
    qsort(members, n, sizeof *members, compare_members);
    rc = write_members(w, members, n);
    og_free(members);
    if (rc == OG_OK)
        close_bracket(w, '}', n == 0);
    return rc;
}

static int write_double(writer *w, double d)
{
    if (!isfinite(d))
        return og_fail(w->err, OG_E_INVALID, "JSON has no NaN and no infinity");
    char text[32];
    og_double_format(d, text);
    og_buf_puts(w->out, text);
    if (!strpbrk(text, ".e"))
        og_buf_puts(w->out, ".0");
    return OG_OK;
}

/* As few of 0, 3, 6, 9 fractional digits as are exact. */
static void write_duration(writer *w, int64_t seconds, int32_t nanos)
{
    bool negative = seconds < 0 || nanos < 0;
    uint64_t whole = seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds;
    long part = nanos < 0 ? -(long)nanos : nanos;
    char text[40];
    int n = snprintf(text, sizeof text, "%s%llu", negative ? "-" : "",
                     (unsigned long long)whole);
    int digits = part == 0 ? 0 : part % 1000000 == 0 ? 3 : part % 1000 == 0 ? 6 : 9;
    for (int i = digits; i > 0 && i < 9; i++)
        part /= 10;
    if (digits > 0)
        n += snprintf(text + n, sizeof text - (size_t)n, ".%0*ld", digits, part);
    snprintf(text + n, sizeof text - (size_t)n, "s");
    write_word(w, text);
}

static int write_bytes(writer *w, og_str bytes)
{
    og_buf_putc(w->out, '"');
    og_base64_encode(bytes, w->out);
    og_buf_putc(w->out, '"');
    return OG_OK;
}

static int refuse_kind(writer *w, og_value v)
{
    return og_fail(w->err, OG_E_INVALID, "a value of kind '%s' cannot be written as JSON",
                   og_kind_name((og_kind)v.kind));
}

/* Kinds whose text is a JSON string. */
static int write_text(writer *w, og_value v)
{
    char text[64];
    switch ((og_kind)v.kind) {
    case OG_DATE:
        og_date_format((og_date)v.as.i, text);
        break;
    case OG_TIMESTAMP:
        og_instant_format(og_instant_of(v), text);
        break;
    case OG_PERIOD:
        snprintf(text, sizeof text, "%lld %s", (long long)v.as.i,
                 og_period_unit_name((og_period_unit)v.unit));
        break;
    case OG_DURATION:
        write_duration(w, v.as.i, v.aux.nanos);
        return OG_OK;
    default:
        return refuse_kind(w, v);
    }
    write_word(w, text);
    return OG_OK;
}

static int write_value(writer *w, og_value v)
{
    switch ((og_kind)v.kind) {
    case OG_NULL:
        og_buf_puts(w->out, "null");
        return OG_OK;
    case OG_BOOL:
        og_buf_puts(w->out, v.as.b ? "true" : "false");
        return OG_OK;
    case OG_INT:
        og_buf_printf(w->out, "%lld", (long long)v.as.i);
        return OG_OK;
    case OG_UINT:
        og_buf_printf(w->out, "%llu", (unsigned long long)v.as.u);
        return OG_OK;
    case OG_DOUBLE:
        return write_double(w, v.as.d);
    case OG_STRING:
        write_string(w, og_text(v));
        return OG_OK;
    case OG_BYTES:
        return write_bytes(w, og_text(v));
    case OG_LIST:
        return write_list(w, v.as.list);
    case OG_MAP:
        return write_map(w, v.as.map);
    case OG_OBJECT:
        return write_value(w, v.as.object->fields[0]);
    case OG_OPTIONAL:
        return write_value(w, v.as.inner ? *v.as.inner : og_null());
    default:
        return write_text(w, v);
    }
}

int og_json_write(og_value v, int flags, og_buf *out, og_error *err)
{
    writer w = {.out = out, .flags = flags, .err = err};
    return write_value(&w, v);
}
