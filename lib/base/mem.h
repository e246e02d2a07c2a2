/* The only door to the heap.
 *
 * Everything outside lib/base allocates through arenas, buffers or these calls, so that a
 * test can make the n-th allocation fail (og_mem_fail_at) and show that every path
 * reports OG_E_NOMEM and leaks nothing. */
#ifndef OG_BASE_MEM_H
#define OG_BASE_MEM_H

#include <stddef.h>

/* Zeroed memory; NULL when there is none. size 0 gives a unique pointer. */
void *og_alloc(size_t size);

/* The same for a table that is looked up all over: one of many MiB gets large pages where
 * the system has them, without which half the time goes into finding its pages. */
void *og_alloc_table(size_t size);

/* As realloc; new bytes are not zeroed. On NULL the old block stands. */
void *og_realloc(void *old, size_t size);

/* NULL is fine. */
void og_free(void *p);

/* A NUL-terminated copy of n bytes; NULL when there is no memory. */
char *og_strndup(const char *s, size_t n);

/* Test hook: the n-th allocation from now (0 is the next) fails, once; negative: none.
 * Each call above and each og_arena_alloc counts as one. The counter is per thread. Built
 * only with OG_FAULT_INJECTION (builds with tests have it); otherwise absent. */
#ifdef OG_FAULT_INJECTION
void og_mem_fail_at(long n);
/* Whether the planned failure has happened. */
int og_mem_failed(void);
/* For allocators in lib/base: counts one allocation; true when it must fail. */
int og_mem_fail_now(void);
#endif

#endif
