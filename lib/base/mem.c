/* The heap, and the hook that makes a chosen allocation fail. */
#define _GNU_SOURCE /* madvise */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    LARGE_PAGE = 2 * 1024 * 1024 /* bytes: as x86-64 and most others have them */
};

#ifdef OG_FAULT_INJECTION
static _Thread_local long countdown = -1;
static _Thread_local int failed;

void og_mem_fail_at(long n)
{
    countdown = n;
    failed = 0;
}

int og_mem_failed(void)
{
    return failed;
}

int og_mem_fail_now(void)
{
    if (countdown < 0)
        return 0;
    if (countdown-- > 0)
        return 0;
    failed = 1;
    return 1;
}
#define FAIL_NOW() og_mem_fail_now()
#else
#define FAIL_NOW() 0
#endif

void *og_alloc(size_t size)
{
    return FAIL_NOW() ? NULL : calloc(1, size ? size : 1);
}

void *og_alloc_table(size_t size)
{
    if (size < 2 * (size_t)LARGE_PAGE || size % LARGE_PAGE != 0)
        return og_alloc(size);
    void *table = FAIL_NOW() ? NULL : aligned_alloc(LARGE_PAGE, size);
    if (!table)
        return NULL;
#ifdef MADV_HUGEPAGE
    (void)madvise(table, size, MADV_HUGEPAGE); /* only a wish */
#endif
    return memset(table, 0, size);
}

void *og_realloc(void *old, size_t size)
{
    return FAIL_NOW() ? NULL : realloc(old, size ? size : 1);
}

void og_free(void *p)
{
    free(p);
}

char *og_strndup(const char *s, size_t n)
{
    char *copy = n < SIZE_MAX ? og_realloc(NULL, n + 1) : NULL;
    if (!copy)
        return NULL;
    if (n > 0)
        memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}
