/* String-keyed hash table, insertion-ordered iteration (so that no output ever depends on
 * hash order). Keys are borrowed and must outlive the map; storage is in an arena. Keys
 * made to collide cost more than others, but n of them never more than about n log^2 n.
 */
#ifndef OG_BASE_MAP_H
#define OG_BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

typedef struct og_map_entry {
    og_str key;
    void *value; /* never NULL */
    uint64_t hash;
} og_map_entry;

typedef struct og_map {
    og_arena *arena;
    og_map_entry *entries; /* in insertion order */
    size_t count, cap;
    uint32_t *slots; /* index + 1 into entries; 0: free */
    size_t slot_count;
    uint32_t *crowd; /* indices into entries that found no slot (map.c); NULL: none */
    size_t crowd_count;
} og_map;

void og_map_init(og_map *m, og_arena *arena);
void *og_map_get(const og_map *m, og_str key); /* NULL: absent */
/* 1: added; 0: the key was there (nothing changes); OG_E_NOMEM: the map is of no more
 * use. value must not be NULL. */
int og_map_add(og_map *m, og_str key, void *value);

#endif
