/* "We could not do it": one failure, built where it is seen, wrapped by callers, printed
 * once. What is wrong in somebody's file goes to og_diags (diag.h) instead. */
#ifndef OG_BASE_ERROR_H
#define OG_BASE_ERROR_H

#include <assert.h>
#include <stdarg.h>

typedef enum og_code {
    OG_OK = 0,
    OG_E_NOMEM = -1,       /* no memory */
    OG_E_USAGE = -2,       /* the caller asked for what makes no sense */
    OG_E_NOTFOUND = -3,    /* no such repository, revision, register, subject */
    OG_E_INVALID = -4,     /* input is wrong: the diagnostics say where */
    OG_E_LIMIT = -5,       /* a documented ceiling was reached */
    OG_E_IO = -6,          /* reading or writing failed */
    OG_E_CONFLICT = -7,    /* two facts contradict each other, or a race was lost */
    OG_E_INCOMPLETE = -8,  /* history or objects are not here (shallow, partial clone) */
    OG_E_UNSUPPORTED = -9, /* a thing this version knowingly does not do */
    OG_E_NETWORK = -10,    /* a peer could not be reached or did not accept */
    OG_E_INTERNAL = -11    /* a bug here */
} og_code;

typedef struct og_error { /* on the caller's stack, zeroed; untouched on success */
    og_code code;
    char *msg; /* owned; outermost context first; NULL for OG_E_NOMEM */
} og_error;

/* Sets err (which must be clear) and returns its code: `code`, or OG_E_NOMEM when there
 * is no memory for the words. Lower case, no full stop, names in single quotes. err may
 * be NULL. */
int og_fail(og_error *err, og_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* As og_fail, with ": " and the system's words for os_error (an errno value) at the end.
 */
int og_fail_os(og_error *err, og_code code, int os_error, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* "context: " before what is there; returns err->code. err must hold a failure. */
int og_wrap(og_error *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* OG_E_NOMEM with its one message; needs no memory. */
static inline int og_nomem(og_error *err)
{
    if (err) {
        assert(err->code == OG_OK && !err->msg);
        err->code = OG_E_NOMEM;
    }
    return OG_E_NOMEM;
}
/* The message, never NULL. Borrowed from err. */
const char *og_error_text(const og_error *err);
/* Frees the message and clears; a zeroed err is fine. */
void og_error_done(og_error *err);

#endif
