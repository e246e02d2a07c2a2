/* Values as text: exactly, as literals that read back, and for messages, as people read
 * them and cut short. */
#include "cel/show.h"

#include <stdio.h>

#include "base/utf8.h"
#include "cel/cel.h"

/* ---- Literals ---- */

static void put_escaped(og_str s, bool bytes, og_buf *out)
{
    static const char special[] = "\a\b\f\n\r\t\v\\\"";
    static const char letters[] = "abfnrtv\\\"";
    og_buf_putc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        const char *found = c ? strchr(special, c) : NULL;
        if (found)
            og_buf_printf(out, "\\%c", letters[found - special]);
        else if (c < 0x20 || c == 0x7f || (bytes && c >= 0x80))
            og_buf_printf(out, "\\x%02x", c);
        else
            og_buf_putc(out, (char)c);
    }
    og_buf_putc(out, '"');
}

static void put_double(double d, og_buf *out)
{
    char text[32];
    og_double_format(d, text);
    og_buf_puts(out, text);
    if (!strpbrk(text, ".eNI"))
        og_buf_puts(out, ".0");
}

void cel_show_literal(og_value v, og_buf *out)
{
    switch ((og_kind)v.kind) {
    case OG_BOOL:
        og_buf_puts(out, v.as.b ? "true" : "false");
        break;
    case OG_INT:
        og_buf_printf(out, "%lld", (long long)v.as.i);
        break;
    case OG_UINT:
        og_buf_printf(out, "%lluu", (unsigned long long)v.as.u);
        break;
    case OG_DOUBLE:
        put_double(v.as.d, out);
        break;
    case OG_STRING:
        put_escaped(og_text(v), false, out);
        break;
    case OG_BYTES:
        og_buf_putc(out, 'b');
        put_escaped(og_text(v), true, out);
        break;
    default:
        og_buf_puts(out, "null");
    }
}

/* ---- Values in messages ---- */

typedef struct writer {
    og_buf *out;
    size_t end; /* no element is started beyond it; 0: no limit */
    unsigned depth;
} writer;

static bool full(const writer *w)
{
    return w->end > 0 && w->out->n >= w->end;
}

static void show(writer *w, og_value v);

static void show_list(writer *w, const og_list *list)
{
    og_buf_putc(w->out, '[');
    for (size_t i = 0; i < list->count && !full(w); i++) {
        if (i > 0)
            og_buf_puts(w->out, ", ");
        show(w, list->items[i]);
    }
    og_buf_putc(w->out, ']');
}

static void show_map(writer *w, const og_vmap *map)
{
    og_buf_putc(w->out, '{');
    for (size_t i = 0; i < map->count && !full(w); i++) {
        if (i > 0)
            og_buf_puts(w->out, ", ");
        show(w, map->keys[i]);
        og_buf_puts(w->out, ": ");
        show(w, map->values[i]);
    }
    og_buf_putc(w->out, '}');
}

static void show_duration(og_value v, og_buf *out)
{
    bool negative = v.as.i < 0 || v.aux.nanos < 0;
    uint64_t seconds = v.as.i < 0 ? 0 - (uint64_t)v.as.i : (uint64_t)v.as.i;
    uint32_t nanos = (uint32_t)(v.aux.nanos < 0 ? -v.aux.nanos : v.aux.nanos);
    og_buf_printf(out, "%s%llu", negative ? "-" : "", (unsigned long long)seconds);
    if (nanos > 0) {
        char digits[16];
        snprintf(digits, sizeof digits, "%09u", (unsigned)nanos);
        size_t n = 9;
        while (digits[n - 1] == '0')
            n--;
        og_buf_putc(out, '.');
        og_buf_put(out, (og_str){digits, n});
    }
    og_buf_putc(out, 's');
}

static void show_time(og_value v, og_buf *out)
{
    char text[40];
    if (v.kind == OG_DATE)
        og_date_format((og_date)v.as.i, text);
    else
        og_instant_format(og_instant_of(v), text);
    og_buf_puts(out, text);
}

static void show_unknown(const og_unknown *u, og_buf *out)
{
    og_buf_puts(out, "unknown (");
    for (size_t i = 0; i < u->count; i++) {
        if (i > 0)
            og_buf_puts(out, ", ");
        og_buf_put(out, u->attributes[i]);
    }
    og_buf_putc(out, ')');
}

/* By the id; without one, whole. */
static void show_object(writer *w, const og_object *o)
{
    if (o->shape->count > 0 && o->fields[0].kind == OG_STRING) {
        og_buf_put(w->out, og_text(o->fields[0]));
        return;
    }
    og_buf_put(w->out, o->shape->name);
    const char *before = "{";
    for (uint32_t i = 1; i < o->shape->count && !full(w); i++) {
        if (o->fields[i].kind == OG_ABSENT)
            continue;
        og_buf_printf(w->out, "%s%.*s: ", before, OG_FMT(o->shape->names[i]));
        show(w, o->fields[i]);
        before = ", ";
    }
    og_buf_puts(w->out, before[0] == '{' ? "{}" : "}");
}

static void show_optional(writer *w, const og_value *inner)
{
    og_buf_puts(w->out, inner ? "optional(" : "optional.none()");
    if (!inner)
        return;
    show(w, *inner);
    og_buf_putc(w->out, ')');
}

static void show_inner(writer *w, og_value v)
{
    switch ((og_kind)v.kind) {
    case OG_LIST:
        show_list(w, v.as.list);
        break;
    case OG_MAP:
        show_map(w, v.as.map);
        break;
    case OG_DATE:
    case OG_TIMESTAMP:
        show_time(v, w->out);
        break;
    case OG_DURATION:
        show_duration(v, w->out);
        break;
    case OG_PERIOD:
        og_buf_printf(w->out, "%lld %s", (long long)v.as.i,
                      og_period_unit_name((og_period_unit)v.unit));
        break;
    case OG_OBJECT:
        show_object(w, v.as.object);
        break;
    case OG_TYPE:
        og_buf_put(w->out, cel_type_name(v.as.type));
        break;
    case OG_OPTIONAL:
        show_optional(w, v.as.inner);
        break;
    case OG_OPAQUE:
        og_buf_puts(w->out, v.as.opaque->class->type_name);
        break;
    case OG_UNKNOWN:
        show_unknown(v.as.unknown, w->out);
        break;
    case OG_ERROR:
        og_buf_puts(w->out, "error: ");
        og_buf_put(w->out, v.as.fault->message);
        break;
    case OG_ABSENT:
        og_buf_puts(w->out, "nothing");
        break;
    default:
        cel_show_literal(v, w->out);
    }
}

static void show(writer *w, og_value v)
{
    if (w->depth >= 100) {
        og_buf_puts(w->out, "…");
        return;
    }
    w->depth++;
    show_inner(w, v);
    w->depth--;
}

/* Cuts what was written after `start` to `max` bytes at a code point, with an ellipsis.
 */
static void cut(og_buf *out, size_t start, size_t max)
{
    if (max == 0 || out->failed || out->n - start <= max)
        return;
    out->n = start + og_utf8_cut(og_str_slice(og_buf_str(out), start, out->n), max).n;
    out->p[out->n] = '\0';
    og_buf_puts(out, "…");
}

void cel_show_value(og_value v, size_t max, og_buf *out)
{
    size_t start = out->n;
    writer w = {.out = out, .end = max > 0 ? start + max + 1 : 0};
    show(&w, v);
    cut(out, start, max);
}
