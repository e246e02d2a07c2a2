/* A growing byte buffer: doubling, a ceiling, sticky failure. */
#include "base/buf.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"

#define FIRST_CAPACITY 256u

void og_buf_done(og_buf *b)
{
    og_free(b->p);
    *b = (og_buf){.limit = b->limit};
}

void og_buf_clear(og_buf *b)
{
    b->n = 0;
    b->failed = 0;
}

static size_t ceiling(const og_buf *b)
{
    size_t limit = b->limit ? b->limit : OG_LIMIT_BUFFER;
    return limit < SIZE_MAX / 4 ? limit : SIZE_MAX / 4;
}

/* Room for n more bytes and a NUL. */
static bool reserve(og_buf *b, size_t n)
{
    size_t limit = ceiling(b);
    if (b->failed)
        return false;
    if (n > limit || b->n > limit - n) {
        b->failed = OG_E_LIMIT;
        return false;
    }
    size_t need = b->n + n + 1;
    if (need <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap * 2 : FIRST_CAPACITY;
    if (cap > limit + 1)
        cap = limit + 1;
    if (cap < need)
        cap = need;
    char *p = og_realloc(b->p, cap);
    if (!p) {
        b->failed = OG_E_NOMEM;
        return false;
    }
    b->p = p;
    b->cap = cap;
    return true;
}

char *og_buf_grow(og_buf *b, size_t n)
{
    if (!reserve(b, n))
        return NULL;
    char *room = b->p + b->n;
    b->n += n;
    b->p[b->n] = '\0';
    return room;
}

void og_buf_put(og_buf *b, og_str s)
{
    if (s.n == 0)
        return;
    char *room = og_buf_grow(b, s.n);
    if (room)
        memcpy(room, s.p, s.n);
}

void og_buf_puts(og_buf *b, const char *z)
{
    og_buf_put(b, og_str_from(z));
}

void og_buf_putc(og_buf *b, char c)
{
    char *room = og_buf_grow(b, 1);
    if (room)
        *room = c;
}

void og_buf_vprintf(og_buf *b, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0) {
        b->failed = b->failed ? b->failed : OG_E_LIMIT;
        return;
    }
    char *room = og_buf_grow(b, (size_t)n);
    if (room)
        vsnprintf(room, (size_t)n + 1, fmt, args);
}

void og_buf_printf(og_buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    og_buf_vprintf(b, fmt, args);
    va_end(args);
}

/* What a terminal or editor obeys or leaves out instead of showing it: controls, line
 * separators, marks that change the order of reading, characters without width, tags. Two
 * texts that differ are to look different. */
static bool misleads(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x7f, 0x9f},      {0xad, 0xad},     {0x61c, 0x61c},   {0x115f, 0x1160},
                  {0x180e, 0x180e},  {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
                  {0x3164, 0x3164},  {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff9, 0xfffb},
                  {0xe0000, 0xe007f}};
    if (c < 0x7f)
        return c < 0x20;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

static size_t put_escape(og_buf *b, uint32_t c)
{
    size_t before = b->n;
    if (c == '\t')
        og_buf_puts(b, "\\t");
    else if (c == '\n')
        og_buf_puts(b, "\\n");
    else if (c == '\r')
        og_buf_puts(b, "\\r");
    else if (c < 0x80)
        og_buf_printf(b, "\\x%02x", (unsigned)c);
    else
        og_buf_printf(b, "\\u{%x}", (unsigned)c);
    return b->n - before;
}

/* How many bytes from here on are printable ASCII: most of what is shown. */
static size_t plain_run(og_str s, size_t at)
{
    size_t end = at;
    while (end < s.n && s.p[end] >= ' ' && s.p[end] < 0x7f)
        end++;
    return end - at;
}

size_t og_buf_put_shown(og_buf *b, og_str s)
{
    size_t columns = 0;
    for (size_t at = 0; at < s.n;) {
        size_t plain = plain_run(s, at);
        og_buf_put(b, og_str_slice(s, at, at + plain));
        columns += plain;
        at += plain;
        if (at == s.n)
            break;
        uint32_t c;
        unsigned n = og_utf8_decode(s, at, &c);
        og_str one = og_str_slice(s, at, at + (n ? n : 1));
        if (n == 0) {
            og_buf_printf(b, "\\x%02x", (unsigned char)s.p[at]);
            columns += 4;
        } else if (misleads(c)) {
            columns += put_escape(b, c);
        } else {
            og_buf_put(b, one);
            columns += og_utf8_width(one);
        }
        at += one.n;
    }
    return columns;
}

int og_buf_check(const og_buf *b, og_error *err)
{
    if (b->failed == OG_E_NOMEM)
        return og_nomem(err);
    if (b->failed)
        return og_fail(err, OG_E_LIMIT, "more than %zu bytes, the limit of one text",
                       ceiling(b));
    return OG_OK;
}
