/* What a message carries of a verdict. Receivers are promised at most about 20 kB, and
 * the record of a release is larger: what was read and compared stays out, and a digest
 * pins the whole, which anyone with the register can make again. docs/post.md. */
#include "base/digest.h"
#include "render/members.h"
#include "render/render.h"
#include "value/json.h"

static og_value shortened(members_maker *k, og_value value);

static og_value shortened_item(members_maker *k, const void *items, size_t i)
{
    return shortened(k, ((const og_value *)items)[i]);
}

static og_value shortened_map(members_maker *k, const og_vmap *map)
{
    members m = members_of(k);

    for (size_t i = 0; i < map->count; i++) {
        og_str name = og_text(map->keys[i]);
        if (!og_str_is(name, "evidence") && !og_str_is(name, "operands"))
            members_add(&m, name.p, shortened(k, map->values[i]));
    }
    return members_end(&m);
}

/* The record is of our own making: shallow, its names NUL-terminated. */
static og_value shortened(members_maker *k, og_value value)
{
    if (value.kind == OG_MAP)
        return shortened_map(k, value.as.map);
    if (value.kind == OG_LIST)
        return members_list(k, value.as.list->items, value.as.list->count,
                            shortened_item);
    return value;
}

static int digest_of(og_value record, og_arena *arena, og_str *ret, og_error *err)
{
    unsigned char digest[OG_SHA256_SIZE];
    char hex[2 * OG_SHA256_SIZE + 1];
    og_buf text = {0};

    int rc = og_json_write(record, OG_JSON_COMPACT, &text, err);
    if (rc == OG_OK)
        rc = og_buf_check(&text, err);
    if (rc == OG_OK)
        og_sha256_of(og_buf_str(&text), digest);
    og_buf_done(&text);
    if (rc != OG_OK)
        return rc;
    og_hex(digest, sizeof digest, hex);
    *ret = og_arena_str(arena, og_str_from(hex));
    return ret->p ? OG_OK : og_nomem(err);
}

int render_verdict_message(const verdict *v, og_arena *arena, og_value *ret,
                           og_error *err)
{
    members_maker maker = {.arena = arena};
    members m = members_of(&maker);
    og_value record;
    og_str digest;

    int rc = render_verdict_record(v, arena, &record, err);
    if (rc == OG_OK)
        rc = digest_of(record, arena, &digest, err);
    if (rc != OG_OK)
        return rc;
    members_add(&m, "record", shortened(&maker, record));
    members_text(&m, "record_sha256", digest);
    og_value message = members_end(&m);
    if (maker.failed)
        return og_nomem(err);
    *ret = message;
    return OG_OK;
}
