/* HTTP requests by libcurl, which is opened when it is first needed, so that no other
 * command pays for loading it and its TLS library. Inside lib/delivery only. */
#ifndef OG_DELIVERY_HTTP_H
#define OG_DELIVERY_HTTP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

typedef struct http http;

/* OG_E_UNSUPPORTED: libcurl is not installed (says the package), or too old. */
int http_open(http **ret, og_error *err);
void http_close(http *h);

typedef struct http_url { /* in arena, NUL-terminated */
    og_str scheme;        /* lower case */
    og_str host;          /* an IPv6 address without its brackets */
    og_str origin;        /* scheme://host, and the port where one was written */
    bool has_user;        /* a user name or password is in it */
} http_url;

/* OG_E_INVALID: not an absolute URL with a host; does not repeat it. */
int http_url_read(http *h, const char *url, og_arena *arena, http_url *ret,
                  og_error *err);

typedef struct http_request {
    const char *url;
    bool allow_http;     /* else https alone */
    bool allow_special;  /* addresses that address.h calls special */
    const char *proxy;   /* NULL: none, whatever the environment says. With one, addresses
                            are not checked: only the proxy's would be seen */
    const char *ca_file; /* NULL: libcurl's own */
    int connect_ms, total_ms;
    const char *const *headers; /* "Name: value", up to NULL */
    og_str body;
    size_t response_max; /* what is beyond is cut */
} http_request;

typedef enum http_outcome {
    HTTP_ANSWERED, /* a status line arrived, whatever happened then */
    HTTP_REFUSED,  /* every address of the host was special: `detail` says one and what it
                      is */
    HTTP_UNRESOLVED,
    HTTP_UNCONNECTED,
    HTTP_TIMEOUT,
    HTTP_TLS,  /* handshake or certificate: `detail` says what was wrong */
    HTTP_LOST, /* anything else: `detail` says what */
} http_outcome;

typedef struct http_answer {
    http_outcome outcome;
    int status;    /* of the final answer; 0 unless HTTP_ANSWERED */
    bool cut;      /* the body was longer than response_max */
    og_str body;   /* in arena */
    og_str detail; /* in arena; may be empty */
} http_answer;

/* Makes `count` requests at the same time, each within its own limits; ret[i] answers
 * requests[i]. OG_E_NOMEM, OG_E_UNSUPPORTED, OG_E_INTERNAL: some may have been made, and
 * nothing is known of any; everything the network does is in the answers. */
int http_post(http *h, const http_request *requests, size_t count, og_arena *arena,
              http_answer *ret, og_error *err);

#endif
