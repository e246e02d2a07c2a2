/* Blocks of 64 bytes as bit masks: bit i is byte i. Three ways to make them, which give
 * the same bits; the scanner takes the fastest that the processor has. */
#ifndef OG_CSV_MASKS_H
#define OG_CSV_MASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "csv/index.h"

enum {
    CSV_BLOCK = 64
};

typedef struct csv_masks { /* where the bytes of the dialect stand in a block */
    uint64_t delimiter, quote, escape, lf, cr;
} csv_masks;

typedef struct csv_masker {
    const char *name; /* "avx2", "sse2", "portable" */
    /* Boundaries of blocks * CSV_BLOCK bytes, as csv_index_fill says; their number. */
    size_t (*boundaries)(csv_index *ix, const char *text, size_t blocks, uint32_t *ret);
    /* Bytes at the beginning, in whole blocks, that are ASCII and not NUL. */
    size_t (*plain)(const char *text, size_t n);
} csv_masker;

/* The fastest that runs here. */
const csv_masker *csv_masker_best(void);
/* By its name; NULL when the processor or the compiler has no such thing. */
const csv_masker *csv_masker_named(const char *name);

extern const csv_masker csv_masker_portable;
#if defined(__x86_64__)
extern const csv_masker csv_masker_sse2;
extern const csv_masker csv_masker_avx2;
#endif

#endif
