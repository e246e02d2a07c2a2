/* Memory that is freed all at once: one arena per loaded register, per compiled criteria
 * set, per evaluation. Not thread safe. */
#ifndef OG_BASE_ARENA_H
#define OG_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/str.h"

typedef struct og_arena {
    struct og_arena_chunk *chunks; /* newest first */
    char *at, *end;                /* free space of the newest */
    size_t used;                   /* bytes handed out */
    size_t limit;                  /* ceiling for `used`; 0: OG_LIMIT_ARENA */
} og_arena;

/* A zeroed og_arena is ready for use too. limit 0 takes the default. */
void og_arena_init(og_arena *a, size_t limit);
/* Frees everything; the arena is empty and usable again. */
void og_arena_done(og_arena *a);
/* Frees everything but keeps one chunk for reuse. */
void og_arena_reset(og_arena *a);

/* Zeroed, aligned for any type; NULL when there is no memory or the limit is reached. */
void *og_arena_alloc(og_arena *a, size_t size);
/* count * size, checked for overflow. */
void *og_arena_array(og_arena *a, size_t count, size_t size);
/* A NUL-terminated copy; {NULL, 0} when there is no memory. */
og_str og_arena_str(og_arena *a, og_str s);
/* Formatted, NUL-terminated; {NULL, 0} when there is no memory. */
og_str og_arena_printf(og_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
og_str og_arena_vprintf(og_arena *a, const char *fmt, va_list args)
    __attribute__((format(printf, 2, 0)));

#define OG_NEW(arena, type) ((type *)og_arena_alloc((arena), sizeof(type)))
#define OG_ARRAY(arena, count, type) \
    ((type *)og_arena_array((arena), (count), sizeof(type)))

#endif
