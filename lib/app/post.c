/* assess --post: the verdict, told to the sinks of the policy revision. docs/post.md. */
#include "app/sink.h"
#include "delivery/cloudevent.h"
#include "render/render.h"

typedef struct message {
    og_buf body;
    og_str id;
} message;

/* "/opsgate/sec-operations-group-register": says which register speaks, as a path. */
static int source_of(app *a, og_str *ret, og_error *err)
{
    og_str title = app_policy(a)->reg.config.title;
    char *slug = og_arena_alloc(&a->arena, title.n + 1);
    size_t n = 0;

    if (!slug)
        return og_nomem(err);
    for (size_t i = 0; i < title.n; i++) {
        char c = title.p[i];
        bool upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            slug[n++] = upper ? (char)(c - 'A' + 'a') : c;
        else if (n > 0 && slug[n - 1] != '-')
            slug[n++] = '-';
    }
    while (n > 0 && slug[n - 1] == '-')
        n--;
    *ret = og_arena_printf(&a->arena, "/opsgate/%.*s", (int)n, slug);
    return ret->p ? OG_OK : og_nomem(err);
}

static int make_message(app *a, const verdict *v, message *ret, og_error *err)
{
    /* The time judged, not that of sending: the same verdict is the same message. */
    cloudevent event = {.type = CLOUDEVENT_VERDICT_ISSUED, .time = v->at};

    int rc = render_verdict_message(v, &a->arena, &event.content, err);
    if (rc == OG_OK)
        rc = source_of(a, &event.source, err);
    if (rc != OG_OK)
        return rc;
    event.subject =
        og_arena_printf(&a->arena, "%.*s/%.*s", OG_FMT(v->subject), OG_FMT(v->gate));
    if (!event.subject.p)
        return og_nomem(err);
    rc = cloudevent_write(&event, &a->arena, &ret->body, &ret->id, err);
    if (rc == OG_OK && ret->body.n > CLOUDEVENT_TARGET_BYTES)
        app_say(a, "the message has %zu bytes; some receivers take no more than %u",
                ret->body.n, CLOUDEVENT_TARGET_BYTES);
    return rc;
}

static post_message message_to_post(const app *a, const message *m)
{
    return (post_message){.id = m->id,
                          .timestamp = a->settings->now_seconds,
                          .content_type = CLOUDEVENT_CONTENT_TYPE,
                          .body = og_buf_str(&m->body)};
}

/* --dry-run: everything but the network, and but the signature. */
static int show_message(app *a, const post_target *target, const message *m,
                        og_error *err)
{
    const post_message post = message_to_post(a, m);
    post_preview preview;

    int rc = post_look(target, &post, &a->arena, &preview, err);
    if (rc != OG_OK)
        return rc;
    app_say(a, "would post to sink '%s' at %.*s, %zu bytes:", target->name,
            OG_FMT(preview.origin), m->body.n);
    for (const char *const *line = preview.headers; *line; line++) {
        og_buf_put_shown(&a->messages, og_str_from(*line));
        og_buf_putc(&a->messages, '\n');
    }
    og_buf_putc(&a->messages, '\n');
    og_buf_put_shown(&a->messages, og_buf_str(&m->body));
    og_buf_putc(&a->messages, '\n');
    return OG_OK;
}

static int send_message(app *a, const post_target *target, const message *m,
                        bool *ret_delivered, og_error *err)
{
    const post_message post = message_to_post(a, m);
    post_result result;

    int rc = post_send(target, &post, &a->trace, &a->arena, &result, err);
    if (rc != OG_OK)
        return rc;
    app_say(a, "%.*s", OG_FMT(result.summary));
    *ret_delivered = result.delivered;
    return OG_OK;
}

/* A sink that cannot be told is a message and an undelivered verdict; only lack of memory
 * ends the run. */
static int tell(app *a, const model_record *sink, const message *m, bool dry_run,
                bool *ret_delivered, og_error *err)
{
    post_target target;

    *ret_delivered = false;
    int rc = sink_target(a, sink, &target, err);
    if (rc == OG_OK && dry_run)
        rc = show_message(a, &target, m, err);
    else if (rc == OG_OK)
        rc = send_message(a, &target, m, ret_delivered, err);
    if (rc == OG_OK && dry_run)
        *ret_delivered = true;
    if (rc == OG_OK || rc == OG_E_NOMEM)
        return rc;
    app_say(a, "sink '%.*s' was not told: %s", OG_FMT(model_record_text(sink, "id")),
            og_error_text(err));
    og_error_done(err);
    return OG_OK;
}

static int tell_all(app *a, const message *m, bool dry_run, size_t *ret_told,
                    size_t *ret_failed, og_error *err)
{
    og_value sinks = model_record_get(app_policy(a)->reg.config.record, "sinks");
    size_t count = sinks.kind == OG_LIST ? sinks.as.list->count : 0;

    for (size_t i = 0; i < count; i++) {
        const model_record *sink = model_record_of(sinks.as.list->items[i].as.object);
        bool delivered;
        if (!sink_wants(sink, OG_STR("verdict_issued")))
            continue;
        int rc = tell(a, sink, m, dry_run, &delivered, err);
        if (rc != OG_OK)
            return rc;
        *(delivered ? ret_told : ret_failed) += 1;
    }
    return OG_OK;
}

static bool is_verdict(const verdict *v)
{
    return v->result != VERDICT_NONE && v->result != VERDICT_NOTHING_TO_JUDGE;
}

int app_post(app *a, const verdict *v, bool dry_run, og_error *err)
{
    message m = {0};
    size_t told = 0, failed = 0;

    if (!is_verdict(v)) {
        app_say(a, "nothing is posted: there is no verdict");
        return OG_OK;
    }
    int rc = make_message(a, v, &m, err);
    if (rc == OG_OK)
        rc = tell_all(a, &m, dry_run, &told, &failed, err);
    og_buf_done(&m.body);
    if (rc != OG_OK)
        return rc;
    if (told + failed == 0)
        app_say(a, "nobody was told: no sink in 'opsgate.yaml' takes verdict_issued");
    if ((failed > 0 || told == 0) && a->result->exit_code == OPSGATE_EXIT_GO)
        a->result->exit_code = OPSGATE_EXIT_UNDELIVERED;
    return OG_OK;
}
