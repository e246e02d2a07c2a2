/* The one error value: made, wrapped, shown. */
#include "base/error.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* NULL when there is no memory. */
static char *format(const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    char *text = n < 0 ? NULL : og_alloc((size_t)n + 1);
    if (text)
        vsnprintf(text, (size_t)n + 1, fmt, args);
    return text;
}

/* "own_head: tail" in place of own_head; NULL when there is no memory. */
static char *join(char *own_head, const char *tail)
{
    size_t size = strlen(own_head) + strlen(tail) + 3;
    char *text = og_alloc(size);
    if (text)
        snprintf(text, size, "%s: %s", own_head, tail);
    og_free(own_head);
    return text;
}

/* A failure that cannot be told is one of memory: callers may turn any other code into
 * advice or a finding, and would have no words for it. */
static int set(og_error *err, og_code code, char *own_msg)
{
    err->code = own_msg ? code : OG_E_NOMEM;
    err->msg = own_msg;
    return err->code;
}

int og_fail(og_error *err, og_code code, const char *fmt, ...)
{
    if (!err)
        return code;
    assert(err->code == OG_OK && !err->msg);
    va_list args;
    va_start(args, fmt);
    char *text = format(fmt, args);
    va_end(args);
    return set(err, code, text);
}

int og_fail_os(og_error *err, og_code code, int os_error, const char *fmt, ...)
{
    char words[128];
    if (!err)
        return code;
    assert(err->code == OG_OK && !err->msg);
    if (strerror_r(os_error, words, sizeof words) != 0)
        snprintf(words, sizeof words, "system error %d", os_error);
    va_list args;
    va_start(args, fmt);
    char *text = format(fmt, args);
    va_end(args);
    return set(err, code, text ? join(text, words) : NULL);
}

int og_wrap(og_error *err, const char *fmt, ...)
{
    if (!err)
        return OG_E_INTERNAL;
    assert(err->code != OG_OK);
    va_list args;
    va_start(args, fmt);
    char *context = format(fmt, args);
    va_end(args);
    char *wrapped = context ? join(context, og_error_text(err)) : NULL;
    if (wrapped) { /* otherwise the inner message is still worth more than none */
        og_free(err->msg);
        err->msg = wrapped;
    }
    return err->code;
}

const char *og_error_text(const og_error *err)
{
    if (err->msg)
        return err->msg;
    return err->code == OG_OK ? "no error" : "out of memory";
}

void og_error_done(og_error *err)
{
    og_free(err->msg);
    *err = (og_error){0};
}
