/* no_proxy: "*", or names with all below them ("example.org", ".example.org") and
 * addresses, separated by commas or blanks. */
#include "delivery/proxy.h"

#include <strings.h>

static bool same(og_str a, og_str b)
{
    return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}

static bool covers(og_str entry, og_str host)
{
    if (og_str_is(entry, "*"))
        return true;
    if (entry.n && entry.p[0] == '.')
        entry = og_str_slice(entry, 1, entry.n);
    if (entry.n == 0 || entry.n > host.n)
        return false;
    if (!same(entry, og_str_slice(host, host.n - entry.n, host.n)))
        return false;
    return entry.n == host.n || host.p[host.n - entry.n - 1] == '.';
}

static bool is_exempt(const char *no_proxy, og_str host)
{
    og_str rest = og_str_from(no_proxy);
    if (host.n && host.p[host.n - 1] == '.')
        host.n--;
    while (rest.n) {
        size_t n = strcspn(rest.p, ", \t");
        if (covers(og_str_slice(rest, 0, n), host))
            return true;
        rest = og_str_slice(rest, n + 1, rest.n);
    }
    return false;
}

const char *proxy_for(const post_network *network, og_str scheme, og_str host)
{
    const char *proxy =
        og_str_is(scheme, "https") ? network->https_proxy : network->http_proxy;
    if (!proxy || !proxy[0])
        return NULL;
    return network->no_proxy && is_exempt(network->no_proxy, host) ? NULL : proxy;
}
