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

int og_fail(og_error *err, og_code code, const char *fmt, ...)
{
    if (!err)
        return code;
    assert(err->code == OG_OK && !err->msg);
    va_list args;
    va_start(args, fmt);
    err->code = code;
    err->msg = format(fmt, args);
    va_end(args);
    return code;
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
    err->code = code;
    err->msg = format(fmt, args);
    va_end(args);
    if (err->msg)
        err->msg = join(err->msg, words);
    return code;
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

int og_nomem(og_error *err)
{
    if (err) {
        assert(err->code == OG_OK && !err->msg);
        err->code = OG_E_NOMEM;
    }
    return OG_E_NOMEM;
}

/* What is left to say when there was no memory for the message. */
static const char *words_for(og_code code)
{
    switch (code) {
    case OG_OK:
        return "no error";
    case OG_E_NOMEM:
        return "out of memory";
    case OG_E_USAGE:
        return "wrong usage";
    case OG_E_NOTFOUND:
        return "not found";
    case OG_E_INVALID:
        return "invalid input";
    case OG_E_LIMIT:
        return "a limit was reached";
    case OG_E_IO:
        return "reading or writing failed";
    case OG_E_CONFLICT:
        return "conflict";
    case OG_E_INCOMPLETE:
        return "history or objects are missing";
    case OG_E_UNSUPPORTED:
        return "not supported";
    case OG_E_NETWORK:
        return "a peer could not be reached or did not accept";
    case OG_E_INTERNAL:
        break;
    }
    return "internal error";
}

const char *og_error_text(const og_error *err)
{
    return err->msg ? err->msg : words_for(err->code);
}

void og_error_done(og_error *err)
{
    og_free(err->msg);
    *err = (og_error){0};
}
