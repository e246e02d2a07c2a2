/* "…".format([…]) (cel-spec doc/extensions/strings.md):
 *
 *   clause = "%" [ "." digits ] conversion
 *   conversion = "%" | "s" | "d" | "f" | "e" | "x" | "X" | "o" | "b"
 *
 * Records are shown by their id, dates and periods as they are written in files. */
#include "cel/std.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

#define MAX_PRECISION 1000
#define NUMBER_ROOM (MAX_PRECISION + 400) /* 309 digits, sign, point, exponent */

typedef struct formatter {
    cel_call *call;
    og_buf *out;
    og_value
        fault; /* OG_ERROR once something does not fit, OG_ABSENT to stop, else OG_NULL */
} formatter;

static bool refuse(formatter *f, const char *what, og_value v)
{
    const cel_type *t = cel_type_of_value(f->call->frame, v);
    og_str name = t ? cel_type_name(t) : og_str_from(og_kind_name((og_kind)v.kind));
    f->fault = cel_fault(f->call->arena, "error during formatting: %s, was given %.*s",
                         what, OG_FMT(name));
    return false;
}

/* ---- %s ---- */

static bool put_text(formatter *f, og_value v);

/* Bytes as text; each run of what is not UTF-8 as one U+FFFD. */
static void put_bytes(formatter *f, og_str s)
{
    while (s.n > 0) {
        size_t good = og_utf8_invalid(s);
        og_buf_put(f->out, og_str_slice(s, 0, good));
        s = og_str_slice(s, good, s.n);
        uint32_t code;
        size_t bad = 0;
        while (bad < s.n && og_utf8_decode(s, bad, &code) == 0)
            bad++;
        if (bad > 0)
            og_buf_puts(f->out, "\xef\xbf\xbd");
        s = og_str_slice(s, bad, s.n);
    }
}

static bool put_list(formatter *f, const og_list *list)
{
    og_buf_putc(f->out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            og_buf_puts(f->out, ", ");
        if (!put_text(f, list->items[i]))
            return false;
    }
    og_buf_putc(f->out, ']');
    return true;
}

typedef struct shown_entry {
    og_str key;
    size_t index; /* in the map: 1 and "1" are shown alike */
    og_value value;
} shown_entry;

static int by_key(const void *a, const void *b)
{
    const shown_entry *x = a, *y = b;
    int order = og_str_cmp(x->key, y->key);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Entries in order of their keys as shown. */
static bool put_map(formatter *f, const og_vmap *map)
{
    shown_entry *entries = cel_make_array(f->call->frame, map->count, sizeof *entries);
    for (size_t i = 0; entries && i < map->count; i++) {
        og_value key = cel_to_string(f->call, map->keys[i]);
        if (key.kind == OG_ABSENT)
            entries = NULL;
        else
            entries[i] = (shown_entry){og_text(key), i, map->values[i]};
    }
    if (!entries) {
        f->fault = og_absent();
        return false;
    }
    qsort(entries, map->count, sizeof *entries, by_key);
    og_buf_putc(f->out, '{');
    for (size_t i = 0; i < map->count; i++) {
        og_buf_printf(f->out, "%s%.*s: ", i ? ", " : "", OG_FMT(entries[i].key));
        if (!put_text(f, entries[i].value))
            return false;
    }
    og_buf_putc(f->out, '}');
    return true;
}

static bool put_simple(formatter *f, og_value v)
{
    og_value text = cel_to_string(f->call, v);
    if (text.kind == OG_ABSENT) {
        if (f->call->frame->stop != CEL_STOP_NONE) {
            f->fault = text;
            return false;
        }
        return refuse(
            f,
            "string clause can only be used on strings, bools, bytes, ints, "
            "doubles, maps, lists, types, durations, timestamps, dates and records",
            v);
    }
    og_buf_put(f->out, og_text(text));
    return true;
}

static bool put_text(formatter *f, og_value v)
{
    if (!cel_spend(f->call->frame, 1) || f->out->failed) {
        f->fault = og_absent();
        return false;
    }
    switch (v.kind) {
    case OG_NULL:
        og_buf_puts(f->out, "null");
        return true;
    case OG_BYTES:
        put_bytes(f, og_text(v));
        return true;
    case OG_TYPE:
        og_buf_put(f->out, cel_type_name(v.as.type));
        return true;
    case OG_LIST:
        return put_list(f, v.as.list);
    case OG_MAP:
        return put_map(f, v.as.map);
    case OG_OBJECT:
        return put_text(f, v.as.object->fields[0]);
    default:
        return put_simple(f, v);
    }
}

/* ---- Numbers ---- */

/* NaN and infinities are the same under every conversion. */
static bool put_special(formatter *f, double d)
{
    if (!isnan(d) && !isinf(d))
        return false;
    og_buf_puts(f->out, isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity");
    return true;
}

static bool put_decimal(formatter *f, og_value v)
{
    if (cel_is_number(v))
        return put_simple(f, v);
    return refuse(f, "decimal clause can only be used on numbers", v);
}

/* %f or %e. The C library may be using a decimal comma: whatever stands between the
 * digits becomes a point. */
static bool put_real(formatter *f, og_value v, char conversion, int precision)
{
    if (!cel_is_number(v))
        return refuse(f,
                      conversion == 'f' ? "fixed-point clause can only be used on numbers"
                                        : "scientific clause can only be used on numbers",
                      v);
    double d = v.kind == OG_DOUBLE ? v.as.d
               : v.kind == OG_INT  ? (double)v.as.i
                                   : (double)v.as.u;
    if (put_special(f, d))
        return true;
    char text[NUMBER_ROOM];
    int n = conversion == 'f' ? snprintf(text, sizeof text, "%.*f", precision, d)
                              : snprintf(text, sizeof text, "%.*e", precision, d);
    bool point = false;
    for (int i = 0; i < n && i < (int)sizeof text - 1; i++) {
        bool plain = strchr("0123456789+-e", text[i]) != NULL;
        if (plain || !point)
            og_buf_putc(f->out, plain ? text[i] : '.');
        point = point || !plain;
    }
    return true;
}

/* |v| in a base that is a power of two: bits 1, 3 or 4 a digit. */
static void put_base(formatter *f, og_value v, unsigned bits, const char *digits)
{
    bool negative = v.kind == OG_INT && v.as.i < 0;
    uint64_t u = negative ? -(uint64_t)v.as.i : v.as.u;
    char text[65];
    size_t at = sizeof text;
    do {
        text[--at] = digits[u & ((1u << bits) - 1)];
        u >>= bits;
    } while (u > 0);
    if (negative)
        og_buf_putc(f->out, '-');
    og_buf_put(f->out, (og_str){text + at, sizeof text - at});
}

static bool is_whole(og_value v)
{
    return v.kind == OG_INT || v.kind == OG_UINT;
}

static bool put_binary(formatter *f, og_value v)
{
    if (v.kind == OG_BOOL)
        og_buf_putc(f->out, v.as.b ? '1' : '0');
    else if (is_whole(v))
        put_base(f, v, 1, "01");
    else
        return refuse(f, "only integers and bools can be formatted as binary", v);
    return true;
}

static bool put_octal(formatter *f, og_value v)
{
    if (!is_whole(v))
        return refuse(f, "octal clause can only be used on integers", v);
    put_base(f, v, 3, "01234567");
    return true;
}

static bool put_hex(formatter *f, og_value v, const char *digits)
{
    if (is_whole(v)) {
        put_base(f, v, 4, digits);
        return true;
    }
    if (v.kind != OG_STRING && v.kind != OG_BYTES)
        return refuse(
            f, "only integers, byte buffers, and strings can be formatted as hex", v);
    og_str s = og_text(v);
    for (size_t i = 0; i < s.n; i++) {
        og_buf_putc(f->out, digits[(unsigned char)s.p[i] >> 4]);
        og_buf_putc(f->out, digits[s.p[i] & 15]);
    }
    return true;
}

/* ---- Clauses ---- */

static bool put_clause(formatter *f, char conversion, int precision, og_value v)
{
    switch (conversion) {
    case 's':
        return put_text(f, v);
    case 'd':
        return put_decimal(f, v);
    case 'f':
    case 'e':
        return put_real(f, v, conversion, precision);
    case 'x':
        return put_hex(f, v, "0123456789abcdef");
    case 'X':
        return put_hex(f, v, "0123456789ABCDEF");
    case 'o':
        return put_octal(f, v);
    default:
        return put_binary(f, v);
    }
}

/* ".3" at s.p[*at]; without one, 6. False: not a precision. */
static bool scan_precision(og_str s, size_t *at, int *ret)
{
    *ret = 6;
    if (*at == s.n || s.p[*at] != '.')
        return true;
    int precision = 0;
    size_t begin = ++*at;
    for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at)
        precision =
            precision > MAX_PRECISION ? precision : precision * 10 + (s.p[*at] - '0');
    *ret = precision;
    return *at > begin && precision <= MAX_PRECISION;
}

/* The clause after a "%" at s.p[*at]. */
static bool format_clause(formatter *f, og_str s, size_t *at, const og_list *args,
                          size_t *next)
{
    og_arena *arena = f->call->arena;
    int precision;
    if (*at < s.n && s.p[*at] == '%') {
        ++*at;
        og_buf_putc(f->out, '%');
        return true;
    }
    if (!scan_precision(s, at, &precision) || *at == s.n) {
        f->fault = cel_fault(arena, "could not parse formatting clause: %s",
                             *at == s.n ? "unexpected end of string"
                                        : "a precision is 0 to 1000");
        return false;
    }
    char conversion = s.p[(*at)++];
    if (!conversion || !strchr("sdfexXob", conversion)) {
        f->fault = cel_fault(arena,
                             "could not parse formatting clause: unrecognized formatting "
                             "clause \"%c\"",
                             (unsigned char)conversion < 0x80 ? conversion : '?');
        return false;
    }
    if (*next >= args->count) {
        f->fault = cel_fault(arena, "index %zu out of range", *next);
        return false;
    }
    return put_clause(f, conversion, precision, args->items[(*next)++]);
}

static og_value format(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    og_str s = og_text(args[0]);
    og_buf out = cel_text_buffer(call);
    formatter f = {.call = call, .out = &out, .fault = og_null()};
    size_t next = 0;
    for (size_t at = 0; at < s.n && f.fault.kind == OG_NULL;) {
        size_t percent = at + og_str_find(og_str_slice(s, at, s.n), '%');
        og_buf_put(&out, og_str_slice(s, at, percent));
        at = percent + 1;
        if (percent < s.n && !format_clause(&f, s, &at, args[1].as.list, &next))
            break;
    }
    if (f.fault.kind == OG_NULL || out.failed)
        return cel_take_string(call->frame, &out);
    og_buf_done(&out);
    return f.fault;
}

static const cel_overload rows[] = {
    CEL_ROW_PRODUCT("format", "string_format", CEL_MEMBER | CEL_LINEAR | CEL_DEEP,
                    &cel_string, format, &cel_string, &cel_list),
};

CEL_LIBRARY(cel_library_format, "format", rows);
