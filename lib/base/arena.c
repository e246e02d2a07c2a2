/* Chunks that double from 4 KiB to 1 MiB. A large block gets a chunk of its own behind
 * the newest one, whose free space stays in use. */
#include "base/arena.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/mem.h"

#define CHUNK_MIN 4096u
#define CHUNK_MAX OG_MIB
#define CHUNK_LARGE (CHUNK_MAX / 8)
#define ALIGNMENT _Alignof(max_align_t)

typedef struct og_arena_chunk {
    struct og_arena_chunk *next;
    size_t size; /* of data */
    _Alignas(max_align_t) char data[];
} og_arena_chunk;

void og_arena_init(og_arena *a, size_t limit)
{
    *a = (og_arena){.limit = limit};
}

static void free_chunks(og_arena_chunk *chunk)
{
    while (chunk) {
        og_arena_chunk *next = chunk->next;
        og_free(chunk);
        chunk = next;
    }
}

void og_arena_done(og_arena *a)
{
    free_chunks(a->chunks);
    og_arena_init(a, a->limit);
}

void og_arena_reset(og_arena *a)
{
    a->used = 0;
    if (!a->chunks)
        return;
    free_chunks(a->chunks->next);
    a->chunks->next = NULL;
    a->at = a->chunks->data;
    a->end = a->at + a->chunks->size;
}

static og_arena_chunk *new_chunk(size_t size)
{
    og_arena_chunk *chunk = og_realloc(NULL, sizeof *chunk + size);
    if (chunk)
        *chunk = (og_arena_chunk){.size = size};
    return chunk;
}

/* A block in a chunk of its own. The list keeps the chunk with free space first. */
static void *alloc_large(og_arena *a, size_t size)
{
    og_arena_chunk *chunk = new_chunk(size);
    if (!chunk)
        return NULL;
    if (a->chunks) {
        chunk->next = a->chunks->next;
        a->chunks->next = chunk;
    } else {
        a->chunks = chunk;
        a->at = a->end = chunk->data + size;
    }
    return chunk->data;
}

static bool add_chunk(og_arena *a, size_t size)
{
    size_t next = a->chunks ? a->chunks->size * 2 : CHUNK_MIN;
    if (next > CHUNK_MAX)
        next = CHUNK_MAX;
    if (next < size)
        next = size;
    og_arena_chunk *chunk = new_chunk(next);
    if (!chunk)
        return false;
    chunk->next = a->chunks;
    a->chunks = chunk;
    a->at = chunk->data;
    a->end = chunk->data + next;
    return true;
}

void *og_arena_alloc(og_arena *a, size_t size)
{
    size_t limit = a->limit ? a->limit : OG_LIMIT_ARENA;
#ifdef OG_FAULT_INJECTION
    if (og_mem_fail_now())
        return NULL;
#endif
    if (size == 0)
        size = 1; /* a unique pointer */
    if (size > limit || a->used > limit - size)
        return NULL;
    size_t padded = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    void *p = NULL;
    if (padded >= CHUNK_LARGE) {
        p = alloc_large(a, padded);
    } else if ((size_t)(a->end - a->at) >= padded || add_chunk(a, padded)) {
        p = a->at;
        a->at += padded;
    }
    if (!p)
        return NULL;
    a->used += padded;
    return memset(p, 0, padded);
}

void *og_arena_array(og_arena *a, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return og_arena_alloc(a, count * size);
}

og_str og_arena_str(og_arena *a, og_str s)
{
    char *copy = s.n < SIZE_MAX ? og_arena_alloc(a, s.n + 1) : NULL;
    if (!copy)
        return (og_str){NULL, 0};
    if (s.n > 0)
        memcpy(copy, s.p, s.n);
    return (og_str){copy, s.n};
}

og_str og_arena_vprintf(og_arena *a, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    char *text = n < 0 ? NULL : og_arena_alloc(a, (size_t)n + 1);
    if (!text)
        return (og_str){NULL, 0};
    vsnprintf(text, (size_t)n + 1, fmt, args);
    return (og_str){text, (size_t)n};
}

og_str og_arena_printf(og_arena *a, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    og_str text = og_arena_vprintf(a, fmt, args);
    va_end(args);
    return text;
}
