/* The index of a register: home and embedded records by kind and key.
 *
 * A key is the id, and for a record that belongs to another or stands inside one, before
 * it that one's kind and id, each with a line feed (which no id holds). */
#include "base/limits.h"
#include "model/load.h"
#include "model/nearer.h"

#include <stdio.h>

enum {
    NEAR_MAX = 2000
}; /* ids looked through for a "did you mean" */

#define KEY_BYTES (2 * OG_LIMIT_ID + 128)

/* Kind and id of what a record belongs to, or stands inside; false: nothing. */
static bool owner_of(const model_record *record, og_str *ret_kind, og_str *ret_id)
{
    const model_kind *kind = record->kind;
    if (record->owner) {
        *ret_kind = record->owner->kind->name;
        *ret_id = model_record_id(record->owner);
        return true;
    }
    if (kind->owner_slot < 0)
        return false;
    og_value v = record->object.fields[kind->owner_slot]; /* not yet resolved */
    if (v.kind != OG_STRING || og_text(v).n > OG_LIMIT_ID)
        return false;
    *ret_kind = kind->belongs_to->name;
    *ret_id = og_text(v);
    return true;
}

static og_str make_key(char room[KEY_BYTES], og_str owner_kind, og_str owner_id,
                       og_str id)
{
    int n = snprintf(room, KEY_BYTES, "%.*s\n%.*s\n%.*s", OG_FMT(owner_kind),
                     OG_FMT(owner_id), OG_FMT(id));
    return (og_str){room, (size_t)n};
}

int register_index_init(register_loader *l, og_error *err)
{
    model_register *reg = l->reg;
    size_t n = reg->kinds->count;
    reg->records = OG_ARRAY(&reg->arena, n + 1, og_map);
    reg->lists = OG_ARRAY(&reg->arena, n + 1, const model_record **);
    reg->list_counts = OG_ARRAY(&reg->arena, n + 1, size_t);
    reg->home_seen = OG_ARRAY(&reg->arena, n + 1, bool);
    reg->home_unread = OG_ARRAY(&reg->arena, n + 1, bool);
    if (!reg->records || !reg->lists || !reg->list_counts || !reg->home_seen ||
        !reg->home_unread)
        return og_nomem(err);
    for (size_t i = 0; i < n; i++)
        og_map_init(&reg->records[i], &reg->arena);
    return OG_OK;
}

static void report_duplicate(register_loader *l, const model_record *record,
                             const model_record *first)
{
    og_diag *d =
        og_diags_add(l->diags, OG_LEVEL_ERROR, "duplicate-id", model_record_pos(record),
                     record->file->text, "there is another %.*s '%.*s'",
                     OG_FMT(record->kind->name), OG_FMT(model_record_id(record)));
    og_diags_hint(l->diags, d, "the other one is at %.*s:%u", OG_FMT(first->file->path),
                  first->line);
}

int register_made(void *context, model_record *record, og_error *err)
{
    register_loader *l = context;
    og_str key = model_record_id(record), owner_kind, owner_id;
    char room[KEY_BYTES];
    if (key.n == 0)
        return OG_OK;
    if (owner_of(record, &owner_kind, &owner_id)) {
        key = og_arena_str(&l->reg->arena, make_key(room, owner_kind, owner_id, key));
        if (!key.p)
            return og_nomem(err);
    }
    og_map *map = &l->reg->records[record->kind->ordinal];
    int added = og_map_add(map, key, record);
    if (added == 0)
        report_duplicate(l, record, og_map_get(map, key));
    return added < 0 ? og_nomem(err) : OG_OK;
}

int register_index_close(register_loader *l, og_error *err)
{
    model_register *reg = l->reg;
    for (size_t i = 0; i < reg->kinds->count; i++) {
        const model_register *from = register_supplier(reg, reg->kinds->list[i]);
        if (from != reg) {
            reg->lists[i] = from->lists[i];
            reg->list_counts[i] = from->list_counts[i];
            reg->home_seen[i] = from->home_seen[i];
            continue;
        }
        const og_map *map = &reg->records[i];
        reg->lists[i] = OG_ARRAY(&reg->arena, map->count + 1, const model_record *);
        if (!reg->lists[i])
            return og_nomem(err);
        for (size_t k = 0; k < map->count; k++)
            reg->lists[i][k] = map->entries[k].value;
        reg->list_counts[i] = map->count;
    }
    return OG_OK;
}

const model_register *register_supplier(const model_register *reg, const model_kind *kind)
{
    return kind->policy && reg->policy && !reg->own_records ? reg->policy : reg;
}

const model_record *model_find(const model_register *reg, const model_kind *kind,
                               const model_record *owner, og_str id)
{
    char room[KEY_BYTES];
    if (id.n > OG_LIMIT_ID)
        return NULL;
    og_str key =
        owner ? make_key(room, owner->kind->name, model_record_id(owner), id) : id;
    return og_map_get(&register_supplier(reg, kind)->records[kind->ordinal], key);
}

og_str model_find_nearest(const model_register *reg, const model_kind *kind, og_str id)
{
    const og_map *map = &register_supplier(reg, kind)->records[kind->ordinal];
    og_str near = {NULL, 0};
    for (size_t i = 0; i < map->count && i < NEAR_MAX; i++)
        near = model_nearer(id, near, model_record_id(map->entries[i].value));
    return near;
}

bool model_is_subject(const model_register *reg, const model_kind *kind)
{
    const model_record *config = reg->config.record;
    og_value sets = config ? model_record_get(config, "criteria") : og_absent();

    return og_str_is(kind->name, "release") ||
           (sets.kind == OG_MAP &&
            og_map_find_str(sets.as.map, kind->name).kind == OG_STRING);
}

/* The next kind, from ordinal *at on, that a reference may lead to; NULL: no more. */
static const model_kind *next_target(const model_register *reg, const model_kind *target,
                                     size_t *at)
{
    while (*at < reg->kinds->count) {
        const model_kind *kind = reg->kinds->list[(*at)++];
        if (target ? kind == target : model_is_subject(reg, kind))
            return kind;
    }
    return NULL;
}

static const model_record *find(void *context, const model_kind *target,
                                const model_record *owner, og_str id)
{
    const model_record *found = NULL;
    const model_kind *kind;
    size_t at = 0;

    if (target)
        return model_find(context, target, owner, id);
    while (!owner && !found && (kind = next_target(context, NULL, &at)))
        found = model_find(context, kind, NULL, id);
    return found;
}

static og_str nearest(void *context, const model_kind *target, og_str id)
{
    og_str near = {NULL, 0};
    const model_kind *kind;
    size_t at = 0;

    while (near.n == 0 && (kind = next_target(context, target, &at)))
        near = model_find_nearest(context, kind, id);
    return near;
}

static bool unread(void *context, const model_kind *target)
{
    const model_register *reg = context;
    const model_kind *kind;
    size_t at = 0;

    while ((kind = next_target(reg, target, &at)))
        if (reg->home_unread[kind->ordinal])
            return true;
    return false;
}

void register_resolve(register_loader *l)
{
    model_resolver resolver = {find, nearest, unread, l->reg};
    model_reader_resolve(&l->reader, &resolver);
}
