/* A set of keys with the row each was first seen in, for millions of them: exact, in as
 * little memory as that takes, with a ceiling. */
#ifndef OG_REPORT_KEYSET_H
#define OG_REPORT_KEYSET_H

#include "base/error.h"
#include "base/str.h"

typedef struct keyset { /* zeroed but for the first two is ready for use */
    size_t limit;       /* bytes it may take; 0: KEYSET_LIMIT */
    uint64_t seed[2];   /* of the hash: unknown to who wrote the keys, so that they cannot
                           be made to fall together; nothing else depends on it */
    size_t used;
    uint64_t *slots; /* own; 0: free; else place + 1 in the low 40 bits, hash above */
    size_t slot_count, count;
    char **chunks; /* own */
    size_t chunk_count, chunk_cap, chunk_used;
} keyset;

#define KEYSET_LIMIT (4096ull * 1024 * 1024)
#define KEYSET_KEY_MAX 4096u /* bytes of a key */

/* row: from 1. 1: the key is new and was added; 0: it was there, *ret_row says since
 * when. OG_E_LIMIT, OG_E_NOMEM. */
int keyset_add(keyset *set, og_str key, uint64_t row, uint64_t *ret_row, og_error *err);
bool keyset_has(const keyset *set, og_str key);
/* The same in steps, for many keys: the hash; memory on its way to where it will be
 * looked up; the key itself. */
uint64_t keyset_hash(const keyset *set, og_str key);
static inline void keyset_expect(const keyset *set, uint64_t hash)
{
    if (set->slot_count > 0)
        __builtin_prefetch(&set->slots[hash & (set->slot_count - 1)], 1);
}
int keyset_add_hashed(keyset *set, og_str key, uint64_t hash, uint64_t row,
                      uint64_t *ret_row, og_error *err);
void keyset_done(keyset *set);

#endif
