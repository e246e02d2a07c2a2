/* libcurl behind http.h: the only file that includes its header. The library is never
 * unloaded again: TLS libraries register handlers that run at the end of the process. */
#define CURL_DISABLE_TYPECHECK
#include "delivery/http.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "delivery/address.h"

/* Every function that is used of libcurl, with the type its header gives it. */
#define CURL_FUNCTIONS(X)  \
    X(global_init)         \
    X(global_cleanup)      \
    X(easy_init)           \
    X(easy_setopt)         \
    X(easy_getinfo)        \
    X(easy_strerror)       \
    X(easy_cleanup)        \
    X(multi_init)          \
    X(multi_add_handle)    \
    X(multi_perform)       \
    X(multi_poll)          \
    X(multi_info_read)     \
    X(multi_remove_handle) \
    X(multi_cleanup)       \
    X(slist_append)        \
    X(slist_free_all)      \
    X(url)                 \
    X(url_set)             \
    X(url_get)             \
    X(url_cleanup)         \
    X(free)

struct http {
/* NOLINTNEXTLINE(bugprone-macro-parentheses): a field's name cannot stand in any */
#define FIELD(name) __typeof__(&curl_##name) name;
    CURL_FUNCTIONS(FIELD)
#undef FIELD
};

/* dlsym gives functions as data pointers; POSIX promises that they can be told apart by
 * their bytes alone. */
static bool find(void *library, const char *name, void *ret_function, size_t size)
{
    void *symbol = dlsym(library, name);
    memcpy(ret_function, &symbol, size);
    return symbol != NULL;
}

static const char *find_all(http *h, void *library)
{
#define FIND(name)                                                       \
    if (!find(library, "curl_" #name, (void *)&h->name, sizeof h->name)) \
        return "curl_" #name;
    CURL_FUNCTIONS(FIND)
#undef FIND
    return NULL;
}

int http_open(http **ret, og_error *err)
{
    http *h = og_alloc(sizeof *h);
    if (!h)
        return og_nomem(err);
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    const char *lacking = library ? find_all(h, library) : NULL;
    int code = OG_OK;
    if (!library)
        code = og_fail(err, OG_E_UNSUPPORTED,
                       "libcurl.so.4 cannot be loaded: install libcurl (Debian: apt-get "
                       "install libcurl4)");
    else if (lacking)
        code = og_fail(err, OG_E_UNSUPPORTED,
                       "libcurl.so.4 has no %s: install a newer one", lacking);
    else if (h->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        code = og_fail(err, OG_E_UNSUPPORTED, "libcurl cannot be started");
    if (code < 0) {
        og_free(h);
        return code;
    }
    *ret = h;
    return OG_OK;
}

void http_close(http *h)
{
    if (!h)
        return;
    h->global_cleanup();
    og_free(h);
}

/* A part of the URL, in arena; empty when it has none. */
static int part(http *h, CURLU *url, CURLUPart which, og_arena *arena, og_str *ret,
                og_error *err)
{
    char *text = NULL;
    CURLUcode got = h->url_get(url, which, &text, 0);
    if (got == CURLUE_OUT_OF_MEMORY)
        return og_nomem(err);
    og_str copy = og_arena_str(arena, og_str_from(got == CURLUE_OK ? text : ""));
    h->free(text);
    if (!copy.p)
        return og_nomem(err);
    *ret = copy;
    return OG_OK;
}

static int take_apart(http *h, CURLU *url, og_arena *arena, http_url *ret, og_error *err)
{
    static const CURLUPart which[] = {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT,
                                      CURLUPART_USER, CURLUPART_PASSWORD};
    og_str parts[sizeof which / sizeof *which];
    for (size_t i = 0; i < sizeof which / sizeof *which; i++) {
        int code = part(h, url, which[i], arena, &parts[i], err);
        if (code < 0)
            return code;
    }
    if (parts[1].n == 0)
        return og_fail(err, OG_E_INVALID, "the address has no host");
    *ret = (http_url){.scheme = parts[0], .host = parts[1]};
    ret->has_user = parts[3].n + parts[4].n > 0;
    ret->origin = og_arena_printf(arena, "%s://%s%s%s", parts[0].p, parts[1].p,
                                  parts[2].n ? ":" : "", parts[2].p);
    if (ret->host.p[0] == '[')
        ret->host = og_arena_str(arena, og_str_slice(ret->host, 1, ret->host.n - 1));
    return ret->origin.p && ret->host.p ? OG_OK : og_nomem(err);
}

int http_url_read(http *h, const char *url, og_arena *arena, http_url *ret, og_error *err)
{
    CURLU *parsed = h->url();
    if (!parsed)
        return og_nomem(err);
    CURLUcode got = h->url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME);
    int code = got == CURLUE_OK              ? take_apart(h, parsed, arena, ret, err)
               : got == CURLUE_OUT_OF_MEMORY ? og_nomem(err)
                                             : og_fail(err, OG_E_INVALID,
                                                       "not an address: it is like "
                                                       "https://hooks.example.org/path");
    h->url_cleanup(parsed);
    return code;
}

/* One transfer under way. */
typedef struct transfer {
    const http_request *request;
    CURL *easy;                 /* NULL: not begun */
    struct curl_slist *headers; /* NULL: likewise */
    bool done;
    CURLcode got; /* when done */
    og_buf body;
    bool cut;
    const char *special; /* what the last refused address is */
    char refused[INET6_ADDRSTRLEN];
    char words[CURL_ERROR_SIZE];
} transfer;

/* NOLINTNEXTLINE(readability-non-const-parameter): the type is curl's */
static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    transfer *t = context;
    size_t n = size * count, room = t->request->response_max - t->body.n;
    og_buf_put(&t->body, (og_str){bytes, n < room ? n : room});
    t->cut = n > room;
    return t->cut || t->body.failed ? 0 : n; /* anything but n ends the transfer */
}

/* A new connection: libcurl tries the host's next address when this one is refused. */
static curl_socket_t on_socket(void *context, curlsocktype purpose,
                               struct curl_sockaddr *address)
{
    transfer *t = context;
    (void)purpose;
    if (!t->request->allow_special && !t->request->proxy) {
        const char *what = address_special(&address->addr, address->addrlen);
        if (what) {
            const void *bytes =
                address->family == AF_INET6
                    ? (const void *)&((const struct sockaddr_in6 *)&address->addr)
                          ->sin6_addr
                    : (const void *)&((const struct sockaddr_in *)&address->addr)
                          ->sin_addr;
            t->special = what;
            if (!inet_ntop(address->family, bytes, t->refused, sizeof t->refused))
                t->refused[0] = '\0';
            return CURL_SOCKET_BAD;
        }
    }
    t->special = NULL; /* another address of the host is a public one */
    int fd = socket(address->family, address->socktype, address->protocol);
    if (fd >= 0)
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    return fd;
}

/* Before every request, on a connection that was there before too. */
/* NOLINTNEXTLINE(readability-non-const-parameter): the type is curl's */
static int on_request(void *context, char *remote, char *local, int remote_port,
                      int local_port)
{
    transfer *t = context;
    (void)local;
    (void)remote_port;
    (void)local_port;
    if (t->request->allow_special || t->request->proxy)
        return CURL_PREREQFUNC_OK;
    const char *what = address_special_text(remote);
    if (!what)
        return CURL_PREREQFUNC_OK;
    t->special = what;
    og_str text = og_str_from(remote);
    if (text.n < sizeof t->refused)
        memcpy(t->refused, remote, text.n + 1);
    return CURL_PREREQFUNC_ABORT;
}

/* Options are gathered with |: CURLE_OK is 0. */
static int set_options(http *h, transfer *t)
{
    CURL *c = t->easy;
    const http_request *r = t->request;
    int bad = 0;
#define SET(option, value) bad |= (int)h->easy_setopt(c, CURLOPT_##option, (value))
    SET(URL, r->url);
    SET(PROTOCOLS_STR, r->allow_http ? "http,https" : "https");
    SET(HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(FOLLOWLOCATION, 0L);
    SET(PROXY, r->proxy ? r->proxy : "");
    SET(NOPROXY, "");
    SET(NOSIGNAL, 1L);
    SET(CONNECTTIMEOUT_MS, (long)r->connect_ms);
    SET(TIMEOUT_MS, (long)r->total_ms);
    SET(SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (r->ca_file)
        SET(CAINFO, r->ca_file);
    SET(POST, 1L);
    SET(POSTFIELDSIZE_LARGE, (curl_off_t)r->body.n);
    SET(POSTFIELDS, r->body.n ? r->body.p : "");
    SET(HTTPHEADER, t->headers);
    SET(WRITEFUNCTION, on_body);
    SET(WRITEDATA, t);
    SET(OPENSOCKETFUNCTION, on_socket);
    SET(OPENSOCKETDATA, t);
    SET(PREREQFUNCTION, on_request);
    SET(PREREQDATA, t);
    SET(ERRORBUFFER, t->words);
    SET(PRIVATE, t);
#undef SET
    return bad;
}

static http_outcome outcome_of(const transfer *t)
{
    if (t->special)
        return HTTP_REFUSED;
    switch (t->got) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return HTTP_UNRESOLVED;
    case CURLE_COULDNT_CONNECT:
        return HTTP_UNCONNECTED;
    case CURLE_OPERATION_TIMEDOUT:
        return HTTP_TIMEOUT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
        return HTTP_TLS;
    default:
        return HTTP_LOST;
    }
}

static int conclude(http *h, const transfer *t, og_arena *arena, http_answer *ret,
                    og_error *err)
{
    long status = 0;
    (void)h->easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    if (t->got == CURLE_OUT_OF_MEMORY || t->body.failed)
        return og_nomem(err);
    http_answer answer = {.cut = t->cut};
    if (status >= 200) { /* 100 and its like only announce the answer */
        answer.outcome = HTTP_ANSWERED;
        answer.status = (int)status;
    } else
        answer.outcome = outcome_of(t);
    answer.body = og_arena_str(arena, og_buf_str(&t->body));
    answer.detail =
        answer.outcome == HTTP_REFUSED
            ? og_arena_printf(arena, "%s (%s)", t->refused, t->special)
            : og_arena_str(
                  arena, og_str_from(t->words[0] ? t->words : h->easy_strerror(t->got)));
    if (!answer.body.p || !answer.detail.p)
        return og_nomem(err);
    *ret = answer;
    return OG_OK;
}

/* The lines, and "Expect:", which keeps curl from asking before it sends a large body. */
static struct curl_slist *make_headers(http *h, const char *const *lines)
{
    struct curl_slist *list = h->slist_append(NULL, "Expect:");
    for (; list && *lines; lines++) {
        struct curl_slist *longer = h->slist_append(list, *lines);
        if (!longer)
            h->slist_free_all(list);
        list = longer;
    }
    return list;
}

static int begin(http *h, CURLM *all, transfer *t, og_error *err)
{
    t->headers = make_headers(h, t->request->headers);
    t->easy = t->headers ? h->easy_init() : NULL;
    if (!t->easy)
        return og_nomem(err);
    if (set_options(h, t) != 0)
        return og_fail(err, OG_E_UNSUPPORTED,
                       "libcurl lacks an option: install a newer one");
    return h->multi_add_handle(all, t->easy) == CURLM_OK ? OG_OK : og_nomem(err);
}

static void end(http *h, CURLM *all, transfer *t)
{
    if (t->easy)
        (void)h->multi_remove_handle(all, t->easy);
    h->easy_cleanup(t->easy);
    h->slist_free_all(t->headers);
    og_buf_done(&t->body);
}

/* Notes which transfers are over. */
static void collect(http *h, CURLM *all)
{
    const CURLMsg *message;
    int left;

    while ((message = h->multi_info_read(all, &left))) {
        char *context = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        (void)h->easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &context);
        transfer *t = (transfer *)(void *)context;
        t->done = true;
        t->got = message->data.result;
    }
}

/* Until all are over: each has a limit in time. */
static int perform(http *h, CURLM *all, og_error *err)
{
    int running = 0;
    CURLMcode code;

    do {
        code = h->multi_perform(all, &running);
        collect(h, all);
        if (code == CURLM_OK && running > 0)
            code = h->multi_poll(all, NULL, 0, 1000, NULL);
    } while (code == CURLM_OK && running > 0);
    if (code == CURLM_OK)
        return OG_OK;
    return code == CURLM_OUT_OF_MEMORY
               ? og_nomem(err)
               : og_fail(err, OG_E_INTERNAL, "libcurl ends with error %d", (int)code);
}

static int transfer_all(http *h, CURLM *all, transfer *transfers, size_t count,
                        og_arena *arena, http_answer *ret, og_error *err)
{
    int code = OG_OK;

    for (size_t i = 0; i < count && code == OG_OK; i++)
        code = begin(h, all, &transfers[i], err);
    if (code == OG_OK)
        code = perform(h, all, err);
    for (size_t i = 0; i < count && code == OG_OK; i++)
        code = transfers[i].done
                   ? conclude(h, &transfers[i], arena, &ret[i], err)
                   : og_fail(err, OG_E_INTERNAL, "libcurl does not end a request");
    return code;
}

int http_post(http *h, const http_request *requests, size_t count, og_arena *arena,
              http_answer *ret, og_error *err)
{
    transfer *transfers = OG_ARRAY(arena, count, transfer);
    CURLM *all = transfers ? h->multi_init() : NULL;

    if (!all)
        return og_nomem(err);
    for (size_t i = 0; i < count; i++)
        transfers[i] = (transfer){.request = &requests[i],
                                  .body = {.limit = requests[i].response_max}};
    int code = transfer_all(h, all, transfers, count, arena, ret, err);
    for (size_t i = 0; i < count; i++)
        end(h, all, &transfers[i]);
    h->multi_cleanup(all);
    return code;
}
