/* Open addressing with linear probing over indices into an insertion-ordered array; at
 * most half full. Outgrown tables stay in the arena: together they are no larger than the
 * last. */
#include "base/map.h"

#include "base/error.h"

#define FIRST_SLOTS 16u

void og_map_init(og_map *m, og_arena *arena)
{
    *m = (og_map){.arena = arena};
}

/* The slot that holds key, or the free one where it belongs. */
static uint32_t *find_slot(const og_map *m, og_str key, uint64_t hash)
{
    size_t mask = m->slot_count - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &m->slots[i];
        if (*slot == 0)
            return slot;
        const og_map_entry *entry = &m->entries[*slot - 1];
        if (entry->hash == hash && og_str_eq(entry->key, key))
            return slot;
    }
}

void *og_map_get(const og_map *m, og_str key)
{
    if (m->count == 0)
        return NULL;
    uint32_t slot = *find_slot(m, key, og_str_hash(key));
    return slot ? m->entries[slot - 1].value : NULL;
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
    for (size_t i = 0; i < m->count; i++)
        *find_slot(m, entries[i].key, entries[i].hash) = (uint32_t)(i + 1);
    return true;
}

int og_map_add(og_map *m, og_str key, void *value)
{
    uint64_t hash = og_str_hash(key);
    if (m->count > 0 && *find_slot(m, key, hash))
        return 0;
    if (m->count == m->cap && !grow(m))
        return OG_E_NOMEM;
    *find_slot(m, key, hash) = (uint32_t)(m->count + 1);
    m->entries[m->count++] = (og_map_entry){key, value, hash};
    return 1;
}
