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

/* Who is told, and what became of it. */
typedef struct round {
    post_target *targets;
    size_t count, told, failed;
} round;

/* A sink that cannot be told is a line of the messages and an undelivered verdict; only
 * lack of memory ends the run. */
static int fail_one(app *a, round *r, int rc, og_error *err)
{
    if (rc == OG_E_NOMEM)
        return rc;
    app_say(a, "%s", og_error_text(err));
    og_error_done(err);
    r->failed++;
    return OG_OK;
}

static int gather(app *a, round *r, og_error *err)
{
    og_value sinks = model_record_get(app_policy(a)->reg.config.record, "sinks");
    size_t count = sinks.kind == OG_LIST ? sinks.as.list->count : 0;

    r->targets = OG_ARRAY(&a->arena, count, post_target);
    if (!r->targets)
        return og_nomem(err);
    for (size_t i = 0; i < count; i++) {
        const model_record *sink = model_record_of(sinks.as.list->items[i].as.object);
        if (!sink_wants(sink, OG_STR("verdict_issued")))
            continue;
        int rc = sink_target(a, sink, &r->targets[r->count], err);
        if (rc == OG_OK)
            r->count++;
        else if ((rc = fail_one(a, r, rc, err)) != OG_OK)
            return rc;
    }
    return OG_OK;
}

static int show_all(app *a, round *r, const message *m, og_error *err)
{
    for (size_t i = 0; i < r->count; i++) {
        int rc = show_message(a, &r->targets[i], m, err);
        if (rc == OG_OK)
            r->told++;
        else if ((rc = fail_one(a, r, rc, err)) != OG_OK)
            return rc;
    }
    return OG_OK;
}

static int send_all(app *a, round *r, const message *m, og_error *err)
{
    const post_message post = message_to_post(a, m);
    post_result *results = OG_ARRAY(&a->arena, r->count, post_result);

    if (!results)
        return og_nomem(err);
    if (r->count == 0)
        return OG_OK;
    int rc = post_send(r->targets, r->count, &post, &a->trace, &a->arena, results, err);
    if (rc != OG_OK)
        return fail_one(a, r, rc, err);
    for (size_t i = 0; i < r->count; i++) {
        app_say(a, "%.*s", OG_FMT(results[i].summary));
        *(results[i].delivered ? &r->told : &r->failed) += 1;
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
    round r = {0};

    if (!is_verdict(v)) {
        app_say(a, "nothing is posted: there is no verdict");
        return OG_OK;
    }
    int rc = make_message(a, v, &m, err);
    if (rc == OG_OK)
        rc = gather(a, &r, err);
    if (rc == OG_OK)
        rc = dry_run ? show_all(a, &r, &m, err) : send_all(a, &r, &m, err);
    og_buf_done(&m.body);
    if (rc != OG_OK)
        return rc;
    if (r.told + r.failed == 0)
        app_say(a, "nobody was told: no sink in 'opsgate.yaml' takes verdict_issued");
    if ((r.failed > 0 || r.told == 0) && a->result->exit_code == OPSGATE_EXIT_GO)
        a->result->exit_code = OPSGATE_EXIT_UNDELIVERED;
    return OG_OK;
}
