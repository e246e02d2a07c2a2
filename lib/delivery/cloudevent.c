/* CloudEvents in structured mode. Binary mode would leave the ce- headers unsigned. */
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
    int code = og_json_write(e->data, OG_JSON_COMPACT, &text, err);
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

static og_value text_value(const char *text)
{
    return og_string(og_str_from(text));
}

int cloudevent_write(const cloudevent *e, og_arena *arena, og_buf *out, og_str *ret_id,
                     og_error *err)
{
    if (!e->type || !e->type[0] || e->source.n == 0 || e->subject.n == 0)
        return og_fail(err, OG_E_USAGE, "an event needs a type, a source and a subject");
    og_str id = {NULL, 0};
    int code = make_id(e, arena, &id, err);
    if (code < 0)
        return code;
    const og_value keys[] = {
        text_value("specversion"), text_value("id"),
        text_value("type"),        text_value("source"),
        text_value("subject"),     text_value("time"),
        text_value("data"),        text_value("datacontenttype"),
    };
    const og_value values[] = {
        text_value("1.0"),
        og_string(id),
        text_value(e->type),
        og_string(e->source),
        og_string(e->subject),
        og_timestamp(e->time),
        e->data,
        text_value("application/json"),
    };
    og_value event;
    if (og_map_make(arena, keys, values, sizeof keys / sizeof *keys, &event, NULL) < 0)
        return og_nomem(err);
    code = og_json_write(event, OG_JSON_COMPACT, out, err);
    if (code == OG_OK)
        code = og_buf_check(out, err);
    if (code == OG_OK)
        *ret_id = id;
    return code;
}
