/* The table of special addresses: the more specific prefix stands first. */
#include "delivery/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const char not_internet[] = "not an internet address";

typedef struct prefix4 {
    uint8_t bytes[4];
    unsigned bits;
    const char *what;
} prefix4;

/* https://www.iana.org/assignments/iana-ipv4-special-registry, and where clouds serve
 * credentials to whoever asks from inside. */
static const prefix4 special4[] = {
    {{169, 254, 169, 254}, 32, "cloud metadata"},
    {{169, 254, 170, 2}, 32, "cloud metadata"},
    {{168, 63, 129, 16}, 32, "cloud metadata"},
    {{100, 100, 100, 200}, 32, "cloud metadata"},
    {{192, 0, 0, 192}, 32, "cloud metadata"},
    {{0, 0, 0, 0}, 8, "this network"},
    {{10, 0, 0, 0}, 8, "private"},
    {{100, 64, 0, 0}, 10, "shared by a provider"},
    {{127, 0, 0, 0}, 8, "loopback"},
    {{169, 254, 0, 0}, 16, "link-local"},
    {{172, 16, 0, 0}, 12, "private"},
    {{192, 0, 0, 0}, 24, "reserved"},
    {{192, 0, 2, 0}, 24, "for documentation"},
    {{192, 88, 99, 0}, 24, "reserved"},
    {{192, 168, 0, 0}, 16, "private"},
    {{198, 18, 0, 0}, 15, "for benchmarks"},
    {{198, 51, 100, 0}, 24, "for documentation"},
    {{203, 0, 113, 0}, 24, "for documentation"},
    {{224, 0, 0, 0}, 4, "multicast"},
    {{255, 255, 255, 255}, 32, "broadcast"},
    {{240, 0, 0, 0}, 4, "reserved"},
};

typedef struct prefix6 {
    uint8_t bytes[16];
    unsigned bits;
    const char *what; /* NULL: the IPv4 address at `carries` decides */
    unsigned carries; /* offset of four bytes */
} prefix6;

/* https://www.iana.org/assignments/iana-ipv6-special-registry */
static const prefix6 special6[] = {
    {{0xfd, 0x00, 0x0e, 0xc2, [14] = 0x02, 0x54}, 128, "cloud metadata", 0},
    {{[10] = 0xff, 0xff}, 96, NULL, 12},
    {{0x00, 0x64, 0xff, 0x9b}, 96, NULL, 12},
    {{0x20, 0x02}, 16, NULL, 2},
    {{[15] = 0}, 128, "this network", 0},
    {{[15] = 1}, 128, "loopback", 0},
    {{0x01}, 64, "discarded", 0},
    {{0x20, 0x01}, 23, "reserved", 0},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "for documentation", 0},
    {{0x3f, 0xff}, 20, "for documentation", 0},
    {{0xfc}, 7, "private", 0},
    {{0xfe, 0x80}, 10, "link-local", 0},
    {{0xfe, 0xc0}, 10, "private", 0},
    {{0xff}, 8, "multicast", 0},
};

static bool has_prefix(const uint8_t *address, const uint8_t *prefix, unsigned bits)
{
    unsigned whole = bits / 8, rest = bits % 8;
    if (memcmp(address, prefix, whole) != 0)
        return false;
    return rest == 0 || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0;
}

static const char *special_v4(const uint8_t *address)
{
    for (size_t i = 0; i < sizeof special4 / sizeof *special4; i++)
        if (has_prefix(address, special4[i].bytes, special4[i].bits))
            return special4[i].what;
    return NULL;
}

static const char *special_v6(const uint8_t *address)
{
    for (size_t i = 0; i < sizeof special6 / sizeof *special6; i++) {
        const prefix6 *p = &special6[i];
        if (has_prefix(address, p->bytes, p->bits))
            return p->what ? p->what : special_v4(address + p->carries);
    }
    /* Only 2000::/3 is given out as public. */
    return address[0] >> 5 == 1 ? NULL : "reserved";
}

const char *address_special(const struct sockaddr *address, socklen_t length)
{
    if (length >= sizeof(struct sockaddr_in) && address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return special_v4((const uint8_t *)&v4.sin_addr);
    }
    if (length >= sizeof(struct sockaddr_in6) && address->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof v6);
        return special_v6(v6.sin6_addr.s6_addr);
    }
    return not_internet;
}

const char *address_special_text(const char *text)
{
    char plain[INET6_ADDRSTRLEN];
    uint8_t bytes[16];
    text += text[0] == '[';
    size_t n = strcspn(text, "]%");
    if (n >= sizeof plain)
        return not_internet;
    memcpy(plain, text, n);
    plain[n] = '\0';
    if (inet_pton(AF_INET, plain, bytes) == 1)
        return special_v4(bytes);
    if (inet_pton(AF_INET6, plain, bytes) == 1)
        return special_v6(bytes);
    return not_internet;
}
