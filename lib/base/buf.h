/* A growing byte buffer with a ceiling. Errors stick: write at will, ask once at the end.
 */
#ifndef OG_BASE_BUF_H
#define OG_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

typedef struct og_buf {
    char *p; /* NUL-terminated whenever n > 0 */
    size_t n, cap;
    size_t limit; /* 0: OG_LIMIT_BUFFER */
    int failed;   /* 0, OG_E_NOMEM or OG_E_LIMIT: later writes do nothing */
} og_buf;

/* A zeroed og_buf is ready for use. */
void og_buf_done(og_buf *b);
void og_buf_clear(og_buf *b);
void og_buf_put(og_buf *b, og_str s);
void og_buf_puts(og_buf *b, const char *z);
void og_buf_putc(og_buf *b, char c);
void og_buf_printf(og_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void og_buf_vprintf(og_buf *b, const char *fmt, va_list args)
    __attribute__((format(printf, 2, 0)));
/* Text of others made safe to show on one line of a terminal: control bytes, bytes that
 * are not UTF-8, and code points that reorder or break lines become escapes (\t, \x1b,
 * \u{202e}). Returns the terminal columns written. */
size_t og_buf_put_shown(og_buf *b, og_str s);
/* Room for n more bytes, uninitialised, already counted; NULL on failure. */
char *og_buf_grow(og_buf *b, size_t n);
/* Borrowed until the next write. */
static inline og_str og_buf_str(const og_buf *b)
{
    return (og_str){b->p, b->n};
}
/* 0, or the sticky failure as an error. */
int og_buf_check(const og_buf *b, og_error *err);

#endif
