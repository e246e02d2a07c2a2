/*
 * What libgit2 gets in place of its network code.
 *
 * opsgate reads and writes local object databases through libgit2 and lets the git
 * program do fetch and push, so libgit2 never opens a connection here. Its initialisation
 * would all the same parse every CA certificate of the system and start libssh2: 4.5 of
 * the 9 milliseconds that a short run takes (docs/startup.md). The linker sends those
 * calls to this file
 * (--wrap, cmake/dependencies.cmake), which also leaves the TLS, SSH and HTTP code out of
 * the program. Asking libgit2 for a network transport fails with a message that says why.
 *
 * The symbols are those of libgit2's archive, internal to it; the linker options are used
 * with the archive only. A libgit2 that lacks one of them ignores its wrapper.
 */
#include <stdbool.h>
#include <stddef.h>

int __wrap_git_mbedtls_stream_global_init(void);
int __wrap_git_mbedtls__set_cert_location(const char *file, const char *path);
int __wrap_git_transport_ssh_global_init(void);
int __wrap_git_smart_subtransport_http(void **out, void *owner, void *param);
int __wrap_git_smart_subtransport_ssh(void **out, void *owner, void *param);
int __wrap_http_parser_parse_url(const char *buf, size_t len, int is_connect, void *url);

/* An option of the HTTP transport that libgit2's option switch can set; nothing reads it.
 */
extern bool __wrap_git_http__expect_continue;
bool __wrap_git_http__expect_continue;

/* As in git2/sys/errors.h: only repo/git.c includes libgit2's headers. */
int git_error_set_str(int error_class, const char *string);

enum { NO_NETWORK_ERROR_CLASS = 12, /* GIT_ERROR_NET */ NO_NETWORK_ERROR = -1 };

static int refuse(void)
{
    (void)git_error_set_str(
        NO_NETWORK_ERROR_CLASS,
        "libgit2 is linked without network code: the git program does "
        "fetch and push");
    return NO_NETWORK_ERROR;
}

int __wrap_git_mbedtls_stream_global_init(void)
{
    return 0;
}

int __wrap_git_transport_ssh_global_init(void)
{
    return 0;
}

int __wrap_git_mbedtls__set_cert_location(const char *file, const char *path)
{
    (void)file;
    (void)path;
    return refuse();
}

int __wrap_git_smart_subtransport_http(void **out, void *owner, void *param)
{
    (void)out;
    (void)owner;
    (void)param;
    return refuse();
}

int __wrap_git_smart_subtransport_ssh(void **out, void *owner, void *param)
{
    (void)out;
    (void)owner;
    (void)param;
    return refuse();
}

/* No remote's URL is taken apart here; 1 is "not a URL". Debian's archive of http_parser
 * is not position-independent, so it could not be linked in either. */
int __wrap_http_parser_parse_url(const char *buf, size_t len, int is_connect, void *url)
{
    (void)buf;
    (void)len;
    (void)is_connect;
    (void)url;
    return 1;
}
