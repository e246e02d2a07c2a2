/* One post: the target checked, the message signed and sent, the answer judged and put
 * into words. */
#include "delivery/post.h"

#include <inttypes.h>

#include "delivery/http.h"
#include "delivery/proxy.h"
#include "delivery/sign.h"

static int check_url(const post_target *target, const http_url *url, og_error *err)
{
    bool plain = og_str_is(url->scheme, "http");
    if (plain && !target->allow_http)
        return og_fail(err, OG_E_INVALID,
                       "url: '%s' is not encrypted: use https, or permit it with 'allow: "
                       "[http]'",
                       url->origin.p);
    if (!plain && !og_str_is(url->scheme, "https"))
        return og_fail(err, OG_E_INVALID, "url: '%s' is not an https address",
                       url->origin.p);
    if (url->has_user)
        return og_fail(err, OG_E_INVALID,
                       "url: holds a user name or password: take it out, messages are "
                       "authenticated by their signature");
    return OG_OK;
}

static int check(http *h, const post_target *target, og_arena *arena, http_url *ret,
                 og_error *err)
{
    int code = http_url_read(h, target->url, arena, ret, err);
    if (code == OG_E_INVALID)
        return og_wrap(err, "url");
    if (code == OG_OK)
        code = check_url(target, ret, err);
    return code < 0 ? code : sign_check(target->secrets, err);
}

static int named(const post_target *target, int code, og_error *err)
{
    return code < 0 && code != OG_E_NOMEM
               ? og_wrap(err, "sink '%s' cannot be told", target->name)
               : code;
}

static const char *advice(int status)
{
    switch (status) {
    case 401:
    case 403:
        return "is the signing secret the same on both sides?";
    case 404:
    case 405:
        return "is the sink's 'url' right?";
    case 410:
        return "it wants no more messages: remove the sink";
    case 413:
        return "the message is too large for it";
    default:
        break;
    }
    if (status >= 300 && status < 400)
        return "redirects are not followed: put the final address into the sink's 'url'";
    if (status == 429 || status >= 500)
        return "try again later";
    return "the message was not accepted";
}

static og_str say_answer(const http_answer *a, bool delivered, og_arena *arena)
{
    if (!delivered)
        return og_arena_printf(arena, "answered %d: %s", a->status, advice(a->status));
    if (a->status == 202)
        return og_arena_printf(arena, "accepted it, to be processed later (202)");
    return og_arena_printf(arena, "accepted it (%d)", a->status);
}

static og_str say_outcome(const post_target *target, const http_answer *a, bool delivered,
                          og_arena *arena)
{
    int total_ms = target->total_ms ? target->total_ms : POST_TOTAL_MS;
    switch (a->outcome) {
    case HTTP_ANSWERED:
        return say_answer(a, delivered, arena);
    case HTTP_REFUSED:
        return og_arena_printf(
            arena,
            "resolves to %s, where messages are not sent: permit it with "
            "'allow: [private_addresses]'",
            a->detail.p);
    case HTTP_UNRESOLVED:
        return og_arena_printf(arena, "has no address: is the sink's 'url' right?");
    case HTTP_UNCONNECTED:
        return og_arena_printf(arena, "could not be connected to: %s", a->detail.p);
    case HTTP_TIMEOUT:
        return og_arena_printf(arena, "gave no answer in time (limit %d.%03d s)",
                               total_ms / 1000, total_ms % 1000);
    case HTTP_TLS:
        return og_arena_printf(
            arena,
            "could not be trusted: %s: for an authority of your own set "
            "SSL_CERT_FILE",
            a->detail.p);
    case HTTP_LOST:
        break;
    }
    return og_arena_printf(arena, "was lost before it answered: %s", a->detail.p);
}

static int judge(const post_target *target, const http_url *url, bool proxied,
                 const http_answer *a, og_arena *arena, post_result *ret, og_error *err)
{
    post_result result = {
        .attempted = true, .proxied = proxied, .cut = a->cut, .status = a->status};
    result.delivered = a->status >= 200 && a->status < 300;
    result.response = a->body;
    og_str words = say_outcome(target, a, result.delivered, arena);
    if (!words.p)
        return og_nomem(err);
    result.summary = og_arena_printf(
        arena, "sink '%s': %s %s%s", target->name, url->origin.p, words.p,
        proxied ? "; through a proxy, which decides what addresses may be reached" : "");
    if (!result.summary.p)
        return og_nomem(err);
    *ret = result;
    return OG_OK;
}

static bool is_printable(og_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 0x21 || s.p[i] > 0x7e)
            return false;
    return true;
}

/* "webhook-signature: " and the signatures, in arena. */
static int sign(const post_target *target, const post_message *m, og_arena *arena,
                og_str *ret, og_error *err)
{
    og_buf line = {0};
    og_buf_puts(&line, "webhook-signature: ");
    int code = sign_message(target->secrets, m->id, m->timestamp, m->body, &line, err);
    if (code == OG_OK) {
        *ret = og_arena_str(arena, og_buf_str(&line));
        code = ret->p ? OG_OK : og_nomem(err);
    }
    og_buf_done(&line);
    return code;
}

/* Header lines, up to NULL. */
static int make_headers(const post_message *m, og_str signature, og_arena *arena,
                        const char *ret[POST_HEADERS_MAX], og_error *err)
{
    const og_str lines[] = {
        og_arena_printf(arena, "Content-Type: %s", m->content_type),
        og_arena_printf(arena, "webhook-id: %.*s", OG_FMT(m->id)),
        og_arena_printf(arena, "webhook-timestamp: %" PRId64, m->timestamp),
        signature,
        OG_STR("User-Agent: opsgate"),
    };
    size_t count = sizeof lines / sizeof *lines;
    for (size_t i = 0; i < count; i++)
        if (!(ret[i] = lines[i].p))
            return og_nomem(err);
    ret[count] = NULL;
    return OG_OK;
}

static int check_id(og_str id, og_error *err)
{
    return is_printable(id)
               ? OG_OK
               : og_fail(err, OG_E_USAGE, "the message's id is not printable ASCII");
}

static int look(http *h, const post_target *target, const post_message *message,
                og_arena *arena, post_preview *ret, og_error *err)
{
    http_url url;
    post_preview preview;
    int code = check(h, target, arena, &url, err);
    if (code == OG_OK)
        code = check_id(message->id, err);
    if (code == OG_OK)
        code = make_headers(message, OG_STR("webhook-signature: v1,\xe2\x80\xa6"), arena,
                            preview.headers, err);
    if (code == OG_OK) {
        preview.origin = url.origin;
        *ret = preview;
    }
    return code;
}

int post_look(const post_target *target, const post_message *message, og_arena *arena,
              post_preview *ret, og_error *err)
{
    http *h = NULL;
    int code = http_open(&h, err);
    if (code == OG_OK)
        code = look(h, target, message, arena, ret, err);
    http_close(h);
    return named(target, code, err);
}

static int make_request(http *h, const post_target *target, const post_message *message,
                        og_arena *arena, http_url *ret_url, http_request *ret,
                        og_error *err)
{
    og_str signature;
    const char **headers = OG_ARRAY(arena, POST_HEADERS_MAX, const char *);
    if (!headers)
        return og_nomem(err);
    int code = check(h, target, arena, ret_url, err);
    if (code == OG_OK)
        code = check_id(message->id, err);
    if (code == OG_OK)
        code = sign(target, message, arena, &signature, err);
    if (code == OG_OK)
        code = make_headers(message, signature, arena, headers, err);
    if (code < 0)
        return code;
    const char *ca_file = target->network.ca_file;
    *ret = (http_request){
        .url = target->url,
        .allow_http = target->allow_http,
        .allow_special = target->allow_private,
        .proxy = proxy_for(&target->network, ret_url->scheme, ret_url->host),
        .ca_file = ca_file && ca_file[0] ? ca_file : NULL,
        .connect_ms = target->connect_ms ? target->connect_ms : POST_CONNECT_MS,
        .total_ms = target->total_ms ? target->total_ms : POST_TOTAL_MS,
        .headers = headers,
        .body = message->body,
        .response_max = POST_RESPONSE_MAX,
    };
    return OG_OK;
}

/* Turns the failure to make a request into a result; lack of memory stays one. */
static int not_attempted(const post_target *target, int code, og_arena *arena,
                         post_result *ret, og_error *err)
{
    if (code == OG_E_NOMEM)
        return code;
    (void)named(target, code, err);
    *ret = (post_result){.summary = og_arena_str(arena, og_str_from(og_error_text(err)))};
    og_error_done(err);
    return ret->summary.p ? OG_OK : og_nomem(err);
}

static int send_some(http *h, const post_target *targets, size_t count,
                     const post_message *message, og_arena *arena, post_result *ret,
                     og_error *err)
{
    http_request *requests = OG_ARRAY(arena, count, http_request);
    http_answer *answers = OG_ARRAY(arena, count, http_answer);
    http_url *urls = OG_ARRAY(arena, count, http_url);
    size_t *which = OG_ARRAY(arena, count, size_t), made = 0;
    int code = OG_OK;

    if (!requests || !answers || !urls || !which)
        return og_nomem(err);
    for (size_t i = 0; i < count && code == OG_OK; i++) {
        code = make_request(h, &targets[i], message, arena, &urls[made], &requests[made],
                            err);
        if (code == OG_OK)
            which[made++] = i;
        else
            code = not_attempted(&targets[i], code, arena, &ret[i], err);
    }
    if (code == OG_OK)
        code = http_post(h, requests, made, arena, answers, err);
    for (size_t i = 0; i < made && code == OG_OK; i++)
        code = judge(&targets[which[i]], &urls[i], requests[i].proxy != NULL, &answers[i],
                     arena, &ret[which[i]], err);
    return code;
}

int post_send(const post_target *targets, size_t count, const post_message *message,
              const og_trace *trace, og_arena *arena, post_result *ret, og_error *err)
{
    http *h = NULL;
    int code = http_open(&h, err);
    for (size_t i = 0; i < count && code == OG_OK; i += POST_AT_ONCE) {
        size_t some = count - i < POST_AT_ONCE ? count - i : POST_AT_ONCE;
        code = send_some(h, targets + i, some, message, arena, ret + i, err);
    }
    http_close(h);
    for (size_t i = 0; i < count && code == OG_OK; i++)
        og_trace_event(trace, OG_TRACE_DELIVERY, "message %.*s, %zu bytes: %s",
                       OG_FMT(message->id), message->body.n, ret[i].summary.p);
    return code;
}
