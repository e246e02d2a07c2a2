/* Open addressing over an append-only store of keys. A slot holds a key's place and 24
 * bits of its hash, so that hardly a look-up touches a key that is another. */
#include "report/keyset.h"

#include "base/mem.h"
#include "base/siphash.h"

enum {
    CHUNK = 1 << 20,
    PLACE_BITS = 40,
    FIRST_SLOTS = 1024,
    AHEAD = 16 /* keys on their way to new slots */
};
#define PLACE_MASK ((UINT64_C(1) << PLACE_BITS) - 1)

typedef struct entry { /* in a chunk, followed by the key */
    uint64_t row;
    uint32_t n;
} entry;
#define ENTRY_SIZE (sizeof(uint64_t) + sizeof(uint32_t))

static const char *place_of(const keyset *set, uint64_t slot, entry *ret)
{
    uint64_t place = (slot & PLACE_MASK) - 1;
    const char *at = set->chunks[place / CHUNK] + place % CHUNK;

    memcpy(&ret->row, at, sizeof ret->row);
    memcpy(&ret->n, at + sizeof ret->row, sizeof ret->n);
    return at + ENTRY_SIZE;
}

uint64_t keyset_hash(const keyset *set, og_str key)
{
    return og_siphash(set->seed, key);
}

static uint64_t tag_of(uint64_t hash)
{
    return hash & ~PLACE_MASK;
}

static int charge(keyset *set, size_t bytes, og_error *err)
{
    size_t limit = set->limit ? set->limit : KEYSET_LIMIT;

    if (bytes > limit - set->used)
        return og_fail(
            err, OG_E_LIMIT,
            "the keys of %zu rows take more than %zu MiB: that a key is unique "
            "cannot be checked in a file of this size",
            set->count, limit / (1024 * 1024));
    set->used += bytes;
    return OG_OK;
}

static void place(uint64_t slot, uint64_t hash, uint64_t *slots, size_t count)
{
    size_t at = hash & (count - 1);

    while (slots[at])
        at = (at + 1) & (count - 1);
    slots[at] = slot;
}

/* The keys of a chunk into new slots: in the order they were stored, as memory likes it,
 * and each only when its slot had time to come from there. No row is 0, so what is not
 * yet written ends the chunk. */
static void place_chunk(const keyset *set, size_t chunk, uint64_t *slots, size_t count)
{
    uint64_t ahead_slots[AHEAD], ahead_hashes[AHEAD];
    size_t at = 0, n = 0;
    entry e;

    while (at + ENTRY_SIZE <= CHUNK) {
        uint64_t slot = (uint64_t)chunk * CHUNK + at + 1;
        const char *key = place_of(set, slot, &e);
        if (e.row == 0)
            break;
        uint64_t hash = keyset_hash(set, (og_str){key, e.n});
        if (n >= AHEAD)
            place(ahead_slots[n % AHEAD], ahead_hashes[n % AHEAD], slots, count);
        __builtin_prefetch(&slots[hash & (count - 1)], 1);
        ahead_slots[n % AHEAD] = slot | tag_of(hash);
        ahead_hashes[n++ % AHEAD] = hash;
        at += ENTRY_SIZE + e.n;
    }
    for (size_t i = n < AHEAD ? 0 : n - AHEAD; i < n; i++)
        place(ahead_slots[i % AHEAD], ahead_hashes[i % AHEAD], slots, count);
}

static int grow_slots(keyset *set, og_error *err)
{
    size_t count = set->slot_count ? 2 * set->slot_count : FIRST_SLOTS;

    int rc = charge(set, count * sizeof *set->slots, err);
    if (rc != OG_OK)
        return rc;
    uint64_t *slots = og_alloc_table(count * sizeof *slots);
    if (!slots)
        return og_nomem(err);
    for (size_t c = 0; c < set->chunk_count; c++)
        place_chunk(set, c, slots, count);
    set->used -= set->slot_count * sizeof *slots;
    og_free(set->slots);
    set->slots = slots;
    set->slot_count = count;
    return OG_OK;
}

static int add_chunk(keyset *set, og_error *err)
{
    int rc = charge(set, CHUNK, err);

    if (rc != OG_OK)
        return rc;
    if (set->chunk_count == set->chunk_cap) {
        size_t cap = set->chunk_cap ? 2 * set->chunk_cap : 16;
        char **more = og_realloc(set->chunks, cap * sizeof *more);
        if (!more)
            return og_nomem(err);
        set->chunks = more;
        set->chunk_cap = cap;
    }
    char *chunk = og_alloc(CHUNK);
    if (!chunk)
        return og_nomem(err);
    set->chunks[set->chunk_count++] = chunk;
    set->chunk_used = 0;
    return OG_OK;
}

/* Appends the key; *ret_slot what stands for it in a slot. */
static int store(keyset *set, og_str key, uint64_t row, uint64_t *ret_slot, og_error *err)
{
    uint32_t n = (uint32_t)key.n;

    if (set->chunk_count == 0 || CHUNK - set->chunk_used < ENTRY_SIZE + key.n) {
        int rc = add_chunk(set, err);
        if (rc != OG_OK)
            return rc;
    }
    char *at = set->chunks[set->chunk_count - 1] + set->chunk_used;
    memcpy(at, &row, sizeof row);
    memcpy(at + sizeof row, &n, sizeof n);
    if (n > 0)
        memcpy(at + ENTRY_SIZE, key.p, n);
    *ret_slot = (uint64_t)(set->chunk_count - 1) * CHUNK + set->chunk_used + 1;
    set->chunk_used += ENTRY_SIZE + key.n;
    return OG_OK;
}

/* The slot that holds the key, or the free one for it; *ret_row 0 when it is free. */
static size_t find_slot(const keyset *set, og_str key, uint64_t hash, uint64_t *ret_row)
{
    size_t at = hash & (set->slot_count - 1);

    for (; set->slots[at]; at = (at + 1) & (set->slot_count - 1)) {
        entry e;
        if (tag_of(set->slots[at]) != tag_of(hash))
            continue;
        const char *other = place_of(set, set->slots[at], &e);
        if (og_str_eq((og_str){other, e.n}, key)) {
            *ret_row = e.row;
            return at;
        }
    }
    *ret_row = 0;
    return at;
}

bool keyset_has(const keyset *set, og_str key)
{
    uint64_t row = 0;

    if (set->slot_count > 0)
        find_slot(set, key, keyset_hash(set, key), &row);
    return row > 0;
}

int keyset_add(keyset *set, og_str key, uint64_t row, uint64_t *ret_row, og_error *err)
{
    return keyset_add_hashed(set, key, keyset_hash(set, key), row, ret_row, err);
}

int keyset_add_hashed(keyset *set, og_str key, uint64_t hash, uint64_t row,
                      uint64_t *ret_row, og_error *err)
{
    uint64_t slot, before;

    if (key.n > KEYSET_KEY_MAX)
        return og_fail(err, OG_E_LIMIT, "a key of %zu bytes is too long", key.n);
    if (set->count * 4 >= set->slot_count * 3) {
        int rc = grow_slots(set, err);
        if (rc != OG_OK)
            return rc;
    }
    size_t at = find_slot(set, key, hash, &before);
    if (before > 0) {
        *ret_row = before;
        return 0;
    }
    int rc = store(set, key, row, &slot, err);
    if (rc != OG_OK)
        return rc;
    set->slots[at] = slot | tag_of(hash);
    set->count++;
    return 1;
}

void keyset_done(keyset *set)
{
    for (size_t i = 0; i < set->chunk_count; i++)
        og_free(set->chunks[i]);
    og_free(set->chunks);
    og_free(set->slots);
    *set = (keyset){.limit = set->limit, .seed = {set->seed[0], set->seed[1]}};
}
