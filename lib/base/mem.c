/* The heap, and the hook that makes a chosen allocation fail. */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
