/* Which addresses a webhook may not be sent to, unless its sink says so: everything that
 * is not a public unicast address. Guards against a URL (or a DNS answer) that points a
 * request signed with our secret into the sender's own network. */
#ifndef OG_DELIVERY_ADDRESS_H
#define OG_DELIVERY_ADDRESS_H

#include <sys/socket.h>

/* What is special about an address, for a message ("loopback", "private", "link-local",
 * "cloud metadata", …); NULL: a public unicast address. Static. IPv4 addresses that IPv6
 * carries (v4-mapped, NAT64, 6to4) are judged by what they carry. A family other than
 * IPv4 and IPv6, or a length too short for it, is "not an internet address". Source: the
 * IANA special-purpose address registries. */
const char *address_special(const struct sockaddr *address, socklen_t length);

/* The same for text as inet_pton reads it, with or without brackets or a zone;
 * "not an internet address" when it is none. */
const char *address_special_text(const char *text);

#endif
