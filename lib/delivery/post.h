/* One attempt to deliver one message to each of several webhooks over HTTPS, signed, all
 * at the same time.
 *
 * HTTP/1.1; redirects are a failure; only 2xx is success, judged by the status line once
 * it has arrived (a server may answer and hang up before it has read the body). libcurl
 * is opened when it is first needed, and reads no environment: everything is an argument.
 * Neither secrets nor the URL beyond scheme, host and port appear in messages or traces:
 * the URLs of some receivers are secrets too. */
#ifndef OG_DELIVERY_POST_H
#define OG_DELIVERY_POST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/trace.h"

#define POST_CONNECT_MS 5000
#define POST_TOTAL_MS 15000
#define POST_RESPONSE_MAX (16u * 1024u) /* bytes of the answer that are kept */

/* What the environment says about the network, read by the caller; NULL or "": nothing.
 */
typedef struct post_network {
    const char *https_proxy; /* first of https_proxy HTTPS_PROXY all_proxy ALL_PROXY */
    const char *http_proxy;  /* first of http_proxy all_proxy ALL_PROXY; never HTTP_PROXY,
                                which a CGI request can set */
    const char
        *no_proxy;       /* first of no_proxy NO_PROXY: "*", or host names (with all
                            below    them) and addresses, separated by commas or blanks */
    const char *ca_file; /* first of CURL_CA_BUNDLE SSL_CERT_FILE */
} post_network;

typedef struct post_target {
    const char *name;   /* the sink's id, for messages */
    const char *url;    /* https://, without user or password */
    og_str secrets;     /* as sign.h reads them */
    bool allow_http;    /* the sink's `allow` holds http */
    bool allow_private; /* … private_addresses: those that address.h calls special */
    post_network network;
    int connect_ms; /* 0: POST_CONNECT_MS */
    int total_ms;   /* 0: POST_TOTAL_MS */
} post_target;

typedef struct post_message {
    og_str id;         /* webhook-id; no '.', no control bytes */
    int64_t timestamp; /* of this attempt, seconds since 1970 */
    const char *content_type;
    og_str body;
} post_message;

typedef struct post_result {
    bool attempted;  /* false: no attempt was possible, and `summary` says why */
    bool delivered;  /* a 2xx arrived */
    int status;      /* HTTP status; 0: none arrived */
    bool proxied;    /* through a proxy: the address rule saw the proxy's address only */
    bool cut;        /* the answer was longer than POST_RESPONSE_MAX */
    og_str response; /* what was kept of its body, any bytes; in arena */
    og_str summary;  /* one line: what happened and what to do; in arena, NUL-terminated:
                         "sink 'secas': https://hooks.example.org answered 410: …" */
} post_result;

#define POST_HEADERS_MAX 8

/* What would be sent, for --dry-run; everything in arena. */
typedef struct post_preview {
    og_str origin;                         /* scheme, host and port of the URL */
    const char *headers[POST_HEADERS_MAX]; /* "Name: value", up to NULL; the signature is
                                              left out: with it the message could be sent
                                              by whoever reads the log */
} post_preview;

/* Whether the target can be posted to at all (URL, scheme, secrets), and what would be
 * sent, without the network. OG_E_INVALID, OG_E_USAGE (the message's id),
 * OG_E_UNSUPPORTED (libcurl is not installed), OG_E_NOMEM. */
int post_look(const post_target *target, const post_message *message, og_arena *arena,
              post_preview *ret, og_error *err);

#define POST_AT_ONCE 100 /* targets; more wait for those before them */

/* Sends to targets[0 … count); ret[i] says how it went with each. What the target is to
 * blame for (as post_look) and what the network does (refused addresses, timeouts, TLS
 * failures) is a result. Negative: OG_E_UNSUPPORTED (libcurl), OG_E_NOMEM, OG_E_INTERNAL,
 * and nothing is known of any target. */
int post_send(const post_target *targets, size_t count, const post_message *message,
              const og_trace *trace, og_arena *arena, post_result *ret, og_error *err);

#endif
