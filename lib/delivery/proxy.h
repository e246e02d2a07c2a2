/* Which proxy a request goes through, by the conventions of curl. Decided here and not by
 * libcurl, because who goes through a proxy is not held to the rule about addresses.
 * Inside lib/delivery only. */
#ifndef OG_DELIVERY_PROXY_H
#define OG_DELIVERY_PROXY_H

#include "delivery/post.h"

/* NULL: none. host without brackets. Borrowed from network. */
const char *proxy_for(const post_network *network, og_str scheme, og_str host);

#endif
