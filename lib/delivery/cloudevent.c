/* CDEvents inside CloudEvents, in structured mode: binary mode would leave the ce-
 * headers unsigned. */
#include "delivery/cloudevent.h"

#include "base/digest.h"
#include "value/json.h"

/* A letter and the first 128 bits of the digest over everything but the time. Each part
 * is closed by a NUL, which none of them can hold. */
static int make_id(const cloudevent *e, og_arena *arena, og_str *ret, og_error *err)
{
    og_buf text = {0};
    unsigned char digest[OG_SHA256_SIZE];
    char hex[2 * 16 + 1];
    og_buf_puts(&text, e->type);
    og_buf_putc(&text, '\0');
    og_buf_put(&text, e->source);
    og_buf_putc(&text, '\0');
    og_buf_put(&text, e->subject);
    og_buf_putc(&text, '\0');
    int code = og_json_write(e->content, OG_JSON_COMPACT, &text, err);
    if (code == OG_OK)
        code = og_buf_check(&text, err);
    if (code == OG_OK)
        og_sha256_of(og_buf_str(&text), digest);
    og_buf_done(&text);
    if (code < 0)
        return code;
    og_hex(digest, 16, hex);
    og_str id = og_arena_printf(arena, "m%s", hex);
    if (!id.p)
        return og_nomem(err);
    *ret = id;
    return OG_OK;
}

typedef struct member {
    const char *name;
    og_value value;
} member;

enum {
    MEMBERS_MAX = 8
};

static int object(og_arena *arena, const member *members, size_t count, og_value *ret,
                  og_error *err)
{
    og_value keys[MEMBERS_MAX], values[MEMBERS_MAX];

    for (size_t i = 0; i < count; i++) {
        keys[i] = og_string(og_str_from(members[i].name));
        values[i] = members[i].value;
    }
    return og_map_make(arena, keys, values, count, ret, NULL) == OG_OK ? OG_OK
                                                                       : og_nomem(err);
}

static og_value text_value(const char *text)
{
    return og_string(og_str_from(text));
}

/* The CDEvent. The custom schema has no room for other members: what is ours is in
 * content. */
static int make_data(const cloudevent *e, og_str id, og_arena *arena, og_value *ret,
                     og_error *err)
{
    const member context[] = {
        {"specversion", text_value(CLOUDEVENT_CDEVENTS)},
        {"id", og_string(id)},
        {"source", og_string(e->source)},
        {"type", text_value(e->type)},
        {"timestamp", og_timestamp(e->time)},
    };
    const member subject[] = {
        {"id", og_string(e->subject)},
        {"content", e->content},
    };
    member event[] = {{"context", og_absent()}, {"subject", og_absent()}};

    int code = object(arena, context, 5, &event[0].value, err);
    if (code == OG_OK)
        code = object(arena, subject, 2, &event[1].value, err);
    return code == OG_OK ? object(arena, event, 2, ret, err) : code;
}

static int make_event(const cloudevent *e, og_str id, og_arena *arena, og_value *ret,
                      og_error *err)
{
    og_value data;

    int code = make_data(e, id, arena, &data, err);
    if (code < 0)
        return code;
    const member event[MEMBERS_MAX] = {
        {"specversion", text_value("1.0")},
        {"id", og_string(id)},
        {"type", text_value(e->type)},
        {"source", og_string(e->source)},
        {"subject", og_string(e->subject)},
        {"time", og_timestamp(e->time)},
        {"data", data},
        {"datacontenttype", text_value("application/json")},
    };
    return object(arena, event, MEMBERS_MAX, ret, err);
}

int cloudevent_write(const cloudevent *e, og_arena *arena, og_buf *out, og_str *ret_id,
                     og_error *err)
{
    og_str id = {NULL, 0};
    og_value event;

    if (!e->type || !e->type[0] || e->source.n == 0 || e->subject.n == 0)
        return og_fail(err, OG_E_USAGE, "an event needs a type, a source and a subject");
    if (e->content.kind != OG_MAP)
        return og_fail(err, OG_E_USAGE, "the content of an event is a map");
    int code = make_id(e, arena, &id, err);
    if (code == OG_OK)
        code = make_event(e, id, arena, &event, err);
    if (code == OG_OK)
        code = og_json_write(event, OG_JSON_COMPACT, out, err);
    if (code == OG_OK)
        code = og_buf_check(out, err);
    if (code == OG_OK)
        *ret_id = id;
    return code;
}
