/* Open addressing with linear probing over indices into an insertion-ordered array; at
 * most half full. Outgrown tables stay in the arena: together they are no larger than the
 * last.
 *
 * The hash has no secret, so keys can be made to crowd together in the table. A key that
 * finds no slot within REACH of its own goes to the crowd instead: sorted runs, as long
 * as the binary digits of its size, where adding and finding take logarithmic time
 * whatever the keys are. */
#include "base/map.h"

#include <assert.h>

#include "base/error.h"

#define FIRST_SLOTS 16u
#define REACH 64u /* a key that nobody made to collide needs fewer: most need one */

void og_map_init(og_map *m, og_arena *arena)
{
    *m = (og_map){.arena = arena};
}

/* ---- The crowd ---- */

/* Two sorted runs of n, one after the other, become one. */
static void merge(og_map *m, uint32_t *runs, size_t n)
{
    uint32_t *left = m->crowd + m->cap; /* the second half is room for this */
    const uint32_t *right = runs + n, *end = right + n;
    size_t l = 0, to = 0;
    memcpy(left, runs, n * sizeof *left);
    while (l < n && right < end)
        runs[to++] = og_str_cmp(m->entries[left[l]].key, m->entries[*right].key) < 0
                         ? left[l++]
                         : *right++;
    memcpy(runs + to, left + l, (n - l) * sizeof *left);
}

static bool add_to_crowd(og_map *m, size_t index)
{
    if (!m->crowd)
        m->crowd = OG_ARRAY(m->arena, 2 * m->cap, uint32_t);
    if (!m->crowd)
        return false;
    size_t at = m->crowd_count++;
    m->crowd[at] = (uint32_t)index;
    for (size_t run = 1; m->crowd_count % (2 * run) == 0; run *= 2)
        merge(m, m->crowd + m->crowd_count - 2 * run, run);
    return true;
}

/* The entry of a sorted run, or NULL. */
static og_map_entry *find_in_run(const og_map *m, const uint32_t *run, size_t n,
                                 og_str key)
{
    for (size_t half; n > 0; n = half) {
        half = n / 2;
        og_map_entry *entry = &m->entries[run[half]];
        int order = og_str_cmp(key, entry->key);
        if (order == 0)
            return entry;
        if (order > 0) {
            run += half + 1;
            half = n - half - 1;
        }
    }
    return NULL;
}

static og_map_entry *find_in_crowd(const og_map *m, og_str key)
{
    og_map_entry *entry = NULL;
    if (!m->crowd)
        return NULL;
    const uint32_t *end = m->crowd + m->crowd_count;
    for (size_t run = 1; run <= m->crowd_count && !entry; run *= 2) {
        if (!(m->crowd_count & run))
            continue;
        end -= run;
        entry = find_in_run(m, end, run, key);
    }
    return entry;
}

/* ---- The table ---- */

/* The slot that holds key, or the free one where it belongs; NULL: none in reach. */
static uint32_t *find_slot(const og_map *m, og_str key, uint64_t hash)
{
    size_t mask = m->slot_count - 1;
    for (size_t i = 0; i < REACH; i++) {
        uint32_t *slot = &m->slots[((size_t)hash + i) & mask];
        if (*slot == 0)
            return slot;
        const og_map_entry *entry = &m->entries[*slot - 1];
        if (entry->hash == hash && og_str_eq(entry->key, key))
            return slot;
    }
    return NULL;
}

static og_map_entry *find(const og_map *m, og_str key, uint64_t hash)
{
    if (m->count == 0)
        return NULL;
    const uint32_t *slot = find_slot(m, key, hash);
    if (!slot)
        return find_in_crowd(m, key);
    return *slot ? &m->entries[*slot - 1] : NULL;
}

void *og_map_get(const og_map *m, og_str key)
{
    const og_map_entry *entry = find(m, key, og_str_hash(key));
    return entry ? entry->value : NULL;
}

/* Gives a new entry its place. */
static bool place(og_map *m, size_t index)
{
    uint32_t *slot = find_slot(m, m->entries[index].key, m->entries[index].hash);
    if (!slot)
        return add_to_crowd(m, index);
    *slot = (uint32_t)(index + 1);
    return true;
}

static bool grow(og_map *m)
{
    size_t slot_count = m->slot_count ? m->slot_count * 2 : FIRST_SLOTS;
    size_t cap = slot_count / 2;
    if (cap >= UINT32_MAX)
        return false;
    og_map_entry *entries = OG_ARRAY(m->arena, cap, og_map_entry);
    uint32_t *slots = OG_ARRAY(m->arena, slot_count, uint32_t);
    if (!entries || !slots)
        return false;
    if (m->count > 0)
        memcpy(entries, m->entries, m->count * sizeof *entries);
    m->entries = entries;
    m->cap = cap;
    m->slots = slots;
    m->slot_count = slot_count;
    m->crowd = NULL;
    m->crowd_count = 0;
    for (size_t i = 0; i < m->count; i++)
        if (!place(m, i))
            return false;
    return true;
}

int og_map_add(og_map *m, og_str key, void *value)
{
    uint64_t hash = og_str_hash(key);
    if (find(m, key, hash))
        return 0;
    if (m->count == m->cap && !grow(m))
        return OG_E_NOMEM;
    assert(m->entries); /* since it grew for the first */
    m->entries[m->count] = (og_map_entry){key, value, hash};
    if (!place(m, m->count))
        return OG_E_NOMEM;
    m->count++;
    return 1;
}
