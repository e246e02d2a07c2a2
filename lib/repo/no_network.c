/*
 * What libgit2 gets in place of its network code.
 *
 * opsgate reads and writes local object databases through libgit2 and lets the git
 * program do fetch and push, so libgit2 never opens a connection here. Its initialisation
 * would all the same parse every CA certificate of the system and start libssh2: half the
 * time of a short run (docs/startup.md). The functions below carry the names of libgit2's
 * own; standing before its archive on the link line (cmake/dependencies.cmake) they keep
 * its TLS, SSH and HTTP code out of the program. Asking libgit2 for a network transport
 * fails and says why.
 *
 * The names are internal to libgit2 1.5. Should another version need more of them,
 * linking fails with a duplicate or a missing symbol; it never quietly brings the network
 * back. With libgit2 as a shared object nothing of this is in use.
 */
#include <stdbool.h>
#include <stddef.h>

int git_mbedtls_stream_global_init(void);
int git_mbedtls__set_cert_location(const char *file, const char *path);
int git_transport_ssh_global_init(void);
int git_smart_subtransport_http(void **out, void *owner, void *param);
int git_smart_subtransport_ssh(void **out, void *owner, void *param);
int http_parser_parse_url(const char *buf, size_t len, int is_connect, void *url);

/* An option of the HTTP transport; libgit2's option switch can set it, nothing reads it.
 */
extern bool git_http__expect_continue;
bool git_http__expect_continue;

/* As in git2/sys/errors.h: only repo/git.c includes libgit2's headers. */
int git_error_set_str(int error_class, const char *string);

enum {
    NO_NETWORK_ERROR_CLASS = 12, /* GIT_ERROR_NET */
    NO_NETWORK_ERROR = -1
};

static int refuse(void)
{
    (void)git_error_set_str(NO_NETWORK_ERROR_CLASS,
                            "no network through libgit2: git does fetch and push");
    return NO_NETWORK_ERROR;
}

int git_mbedtls_stream_global_init(void)
{
    return 0;
}

int git_transport_ssh_global_init(void)
{
    return 0;
}

int git_mbedtls__set_cert_location(const char *file, const char *path)
{
    (void)file;
    (void)path;
    return refuse();
}

int git_smart_subtransport_http(void **out, void *owner, void *param)
{
    (void)out;
    (void)owner;
    (void)param;
    return refuse();
}

int git_smart_subtransport_ssh(void **out, void *owner, void *param)
{
    (void)out;
    (void)owner;
    (void)param;
    return refuse();
}

/* No remote's URL is taken apart here; 1 is "not a URL". Debian's archive of http_parser
 * is not position-independent, so it could not be linked in either. */
int http_parser_parse_url(const char *buf, size_t len, int is_connect, void *url)
{
    (void)buf;
    (void)len;
    (void)is_connect;
    (void)url;
    return 1;
}
