/* "Your file is wrong": a list of findings with file, line, column, code, text and hint,
 * gathered all at once and shown with a caret. */
#ifndef OG_BASE_DIAG_H
#define OG_BASE_DIAG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* A place in a file. line and column count from 1; 0: unknown. Columns count code points.
 */
typedef struct og_pos {
    const char *path; /* relative to the register, '/'; NULL: none. Borrowed (arena) */
    uint32_t line, column;
    uint32_t length; /* code points to underline; 0: one */
} og_pos;

typedef enum og_level { /* ORDER: level names in diag.c */
    OG_LEVEL_NOTE,
    OG_LEVEL_WARNING,
    OG_LEVEL_ERROR
} og_level;

typedef struct og_diag {
    og_level level;
    const char *code; /* stable id, e.g. "unknown-key"; static */
    og_pos pos;
    og_str text; /* lower case, no full stop */
    og_str hint; /* what to do; may be empty */
    og_str line; /* the source line for the caret; may be empty */
} og_diag;

typedef struct og_diags {
    og_arena arena; /* owns the strings of items, paths included */
    og_diag *items; /* in order of addition */
    size_t count, cap;
    size_t errors, warnings;
    size_t dropped;        /* beyond OG_LIMIT_DIAGS: counted above, and not kept */
    bool only_errors;      /* items has no room for an error in place of something else */
    struct og_diags_seen { /* the line last shown, and where it begins */
        const char *path;
        og_str source;
        uint32_t line;
        size_t at;
    } seen;
    int failed; /* OG_E_NOMEM: a finding was lost; never treat as clean */
} og_diags;

/* A zeroed og_diags is ready for use. */
void og_diags_done(og_diags *d);
/* `source` is the whole text of the file (for the caret line), or empty. Everything is
 * copied. Returns the item so that a hint can follow, NULL when lost (failed is set) or
 * dropped: past OG_LIMIT_DIAGS, where errors take the place of warnings and notes. */
og_diag *og_diags_add(og_diags *d, og_level level, const char *code, og_pos pos,
                      og_str source, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
/* item may be NULL. */
void og_diags_hint(og_diags *d, og_diag *item, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Puts a text before that of every item from `first` on. */
void og_diags_prefix(og_diags *d, size_t first, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Sorts by path, line, column, code; equal ones are kept in order of addition. */
void og_diags_sort(og_diags *d);
/* No error (warnings may be there) and nothing lost. */
static inline bool og_diags_ok(const og_diags *d)
{
    return d->errors == 0 && d->failed == 0;
}
/* Sorts, and keeps of findings that are equal in level, place, code and text the first.
 */
void og_diags_drop_repeated(og_diags *d);
/* OG_OK, or OG_E_INVALID with "N errors" (the first one's text), or OG_E_NOMEM. */
int og_diags_check(const og_diags *d, og_error *err);
/* file:line:column: error: text [code], the line, the caret, "  = hint: …"; control bytes
 * of the input are shown as escapes. colour: ANSI. */
void og_diags_print(const og_diags *d, og_buf *out, bool colour);

#endif
