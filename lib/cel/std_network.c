/* The network extension: addresses (net.IP) and ranges (net.CIDR), as Kubernetes has them
 * over Go's net/netip. An IPv4 address is kept in its mapped form ::ffff:a.b.c.d, so that
 * the two compare equal; zones and the dotted mapped form are refused. */
#include "cel/std.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

const cel_type cel_net_ip = {.kind = CEL_OPAQUE, .name = {"net.IP", 6}};
const cel_type cel_net_cidr = {.kind = CEL_OPAQUE, .name = {"net.CIDR", 8}};

typedef struct address {
    unsigned char bytes[16]; /* IPv4: mapped */
    bool v4;                 /* was written as IPv4 */
} address;

typedef struct net_value { /* an og_opaque: an address, or a range */
    og_opaque opaque;
    address ip;
    int prefix; /* of ip's own 32 or 128 bits; 0 for an address */
} net_value;

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/* ---- Reading ---- */

/* a.b.c.d: four numbers without leading zeroes. */
static bool read_v4(og_str s, unsigned char out[4])
{
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        size_t begin = at;
        unsigned n = 0;
        for (; at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && at - begin < 3; at++)
            n = n * 10 + (unsigned)(s.p[at] - '0');
        if (at == begin || n > 255 || (at - begin > 1 && s.p[begin] == '0'))
            return false;
        out[i] = (unsigned char)n;
        if (i < 3 && (at == s.n || s.p[at++] != '.'))
            return false;
    }
    return at == s.n;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One group of up to four hex digits at s.p[*at]. */
static bool read_group(og_str s, size_t *at, unsigned char out[2])
{
    unsigned n = 0;
    size_t begin = *at;
    while (*at < s.n && *at - begin < 4 && hex_digit(s.p[*at]) >= 0)
        n = n * 16 + (unsigned)hex_digit(s.p[(*at)++]);
    out[0] = (unsigned char)(n >> 8);
    out[1] = (unsigned char)n;
    return *at > begin;
}

/* The rest of s as a.b.c.d in the last four of 16 bytes. */
static bool read_tail(og_str s, size_t at, size_t filled, unsigned char *out,
                      bool *dotted)
{
    *dotted = true;
    return filled <= 12 && read_v4(og_str_slice(s, at, s.n), out + filled);
}

/* Moves what was read after "::" (at gap) to the end. */
static void spread(unsigned char out[16], size_t gap, size_t filled)
{
    size_t after = filled - gap;
    memmove(out + 16 - after, out + gap, after);
    memset(out + gap, 0, 16 - filled);
}

static bool read_v6(og_str s, unsigned char out[16], bool *dotted)
{
    size_t at = 0, filled = 0, gap = SIZE_MAX;
    if (s.n >= 2 && s.p[0] == ':' && s.p[1] == ':') {
        gap = 0;
        at = 2;
    }
    while (at < s.n && filled < 16) {
        size_t begin = at;
        if (!read_group(s, &at, out + filled))
            return false;
        if (at < s.n && s.p[at] == '.') {
            if (!read_tail(s, begin, filled, out, dotted))
                return false;
            filled += 4;
            at = s.n;
            break;
        }
        filled += 2;
        if (at == s.n)
            break;
        if (s.p[at++] != ':' || at == s.n)
            return false;
        if (s.p[at] == ':') {
            if (gap != SIZE_MAX)
                return false;
            gap = filled;
            at++;
        }
    }
    if (at < s.n || (gap == SIZE_MAX ? filled != 16 : filled > 14))
        return false;
    if (gap != SIZE_MAX)
        spread(out, gap, filled);
    return true;
}

static bool is_mapped(const address *a)
{
    return memcmp(a->bytes, mapped, sizeof mapped) == 0;
}

/* NULL, or why s is not an address. */
static const char *read_address(og_str s, address *ret)
{
    memset(ret, 0, sizeof *ret);
    if (og_str_find(s, '%') < s.n)
        return "a zone is not allowed";
    if (og_str_find(s, ':') == s.n) {
        memcpy(ret->bytes, mapped, sizeof mapped);
        ret->v4 = true;
        return read_v4(s, ret->bytes + 12) ? NULL : "parse error";
    }
    bool dotted = false;
    if (!read_v6(s, ret->bytes, &dotted))
        return "parse error";
    return dotted && is_mapped(ret) ? "an IPv4-mapped IPv6 address is not allowed" : NULL;
}

/* "address/bits". */
static const char *read_range(og_str s, net_value *ret)
{
    size_t slash = og_str_find(s, '/');
    og_str bits = og_str_slice(s, slash + 1, s.n);
    const char *why = read_address(og_str_slice(s, 0, slash), &ret->ip);
    if (why)
        return why;
    uint64_t n = 0;
    bool good = slash < s.n && bits.n > 0 && bits.n <= 3 && bits.p[0] != '+' &&
                !(bits.n > 1 && bits.p[0] == '0') && og_str_to_uint64(bits, &n);
    if (!good || n > (ret->ip.v4 ? 32 : 128))
        return "parse error";
    ret->prefix = (int)n;
    return NULL;
}

/* ---- Values ---- */

/* The four or sixteen bytes it was written with. */
static const unsigned char *own_bytes(const address *a, int *ret_count)
{
    *ret_count = a->v4 ? 4 : 16;
    return a->v4 ? a->bytes + 12 : a->bytes;
}

static bool net_equal(const og_opaque *a, const og_opaque *b)
{
    const net_value *x = (const net_value *)a, *y = (const net_value *)b;
    return memcmp(x->ip.bytes, y->ip.bytes, 16) == 0 && x->prefix == y->prefix;
}

static uint64_t net_hash(const og_opaque *a)
{
    return og_str_hash((og_str){(const char *)((const net_value *)a)->ip.bytes, 16});
}

static const og_opaque_class ip_class = {"net.IP", net_equal, net_hash};
static const og_opaque_class cidr_class = {"net.CIDR", net_equal, net_hash};

static const net_value *net_of(og_value v)
{
    return (const net_value *)v.as.opaque;
}

static og_value make(cel_call *call, const og_opaque_class *class, const net_value *from)
{
    net_value *n = cel_make(call->frame, sizeof *n);
    if (!n)
        return og_absent();
    *n = *from;
    n->opaque.class = class;
    og_value v = {.kind = OG_OPAQUE};
    v.as.opaque = &n->opaque;
    return v;
}

static og_value not_an_address(cel_call *call, og_str s, const char *why)
{
    return cel_fault(call->arena, "'%.*s' is not an IP address: %s",
                     OG_FMT(og_utf8_cut(s, 60)), why);
}

static og_value to_ip(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    net_value n = {0};
    const char *why = read_address(og_text(args[0]), &n.ip);
    return why ? not_an_address(call, og_text(args[0]), why) : make(call, &ip_class, &n);
}

static og_value not_a_range(cel_call *call, og_str s, const char *why)
{
    return cel_fault(call->arena, "'%.*s' is not a network range: %s",
                     OG_FMT(og_utf8_cut(s, 60)), why);
}

static og_value to_cidr(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    net_value n = {0};
    const char *why = read_range(og_text(args[0]), &n);
    return why ? not_a_range(call, og_text(args[0]), why) : make(call, &cidr_class, &n);
}

static og_value is_ip(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    address a;
    return og_bool(!read_address(og_text(args[0]), &a));
}

static og_value is_cidr(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    net_value n;
    return og_bool(!read_range(og_text(args[0]), &n));
}

/* ---- Writing (RFC 5952) ---- */

/* The longest run of two or more zero groups; its first group, or -1. */
static int longest_gap(const unsigned char *b, int *ret_length)
{
    int best = -1;
    *ret_length = 1;
    for (int i = 0; i < 8; i++) {
        int n = 0;
        while (i + n < 8 && b[2 * (i + n)] == 0 && b[2 * (i + n) + 1] == 0)
            n++;
        if (n > *ret_length) {
            best = i;
            *ret_length = n;
        }
        i += n;
    }
    return best;
}

static void write_v4(const unsigned char *b, char *out, size_t size)
{
    snprintf(out, size, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
}

static void write_address(const address *a, char out[64])
{
    const unsigned char *b = a->bytes;
    if (a->v4 || is_mapped(a)) {
        int n = snprintf(out, 64, "%s", a->v4 ? "" : "::ffff:");
        write_v4(b + 12, out + n, 64 - (size_t)n);
        return;
    }
    int length, gap = longest_gap(b, &length), n = 0;
    for (int i = 0; i < 8; i++) {
        if (i == gap) {
            n += snprintf(out + n, 64 - (size_t)n, "::");
            i += length - 1;
            continue;
        }
        bool first = i == 0 || i == gap + length;
        n += snprintf(out + n, 64 - (size_t)n, "%s%x", first && gap != i ? "" : ":",
                      (unsigned)(b[2 * i] << 8 | b[2 * i + 1]));
    }
}

static og_value ip_text(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    char text[64];
    write_address(&net_of(args[0])->ip, text);
    return cel_copy_text(call, og_str_from(text));
}

static og_value cidr_text(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    char text[64], whole[80];
    write_address(&net_of(args[0])->ip, text);
    snprintf(whole, sizeof whole, "%s/%d", text, net_of(args[0])->prefix);
    return cel_copy_text(call, og_str_from(whole));
}

static og_value is_canonical(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    address a;
    const char *why = read_address(og_text(args[0]), &a);
    if (why)
        return not_an_address(call, og_text(args[0]), why);
    char text[64];
    write_address(&a, text);
    return og_bool(og_str_is(og_text(args[0]), text));
}

/* ---- Questions about an address ---- */

static bool all_zero(const unsigned char *b, int n)
{
    for (int i = 0; i < n; i++)
        if (b[i] != 0)
            return false;
    return true;
}

static bool unspecified(const address *a)
{
    int n;
    const unsigned char *b = own_bytes(a, &n);
    return all_zero(b, n);
}

static bool loopback(const address *a)
{
    return a->v4 ? a->bytes[12] == 127 : all_zero(a->bytes, 15) && a->bytes[15] == 1;
}

static bool multicast(const address *a)
{
    return a->v4 ? (a->bytes[12] & 0xf0) == 0xe0 : a->bytes[0] == 0xff;
}

static bool link_local_multicast(const address *a)
{
    const unsigned char *b = a->bytes;
    return a->v4 ? b[12] == 224 && b[13] == 0 && b[14] == 0
                 : b[0] == 0xff && (b[1] & 0x0f) == 2;
}

static bool link_local_unicast(const address *a)
{
    const unsigned char *b = a->bytes;
    return a->v4 ? b[12] == 169 && b[13] == 254 : b[0] == 0xfe && (b[1] & 0xc0) == 0x80;
}

static bool global_unicast(const address *a)
{
    bool broadcast = a->v4 && memcmp(a->bytes + 12, "\xff\xff\xff\xff", 4) == 0;
    return !broadcast && !unspecified(a) && !loopback(a) && !multicast(a) &&
           !link_local_unicast(a);
}

#define QUESTION(name, test)                                                   \
    static og_value name(cel_call *call, const og_value *args, uint32_t count) \
    {                                                                          \
        (void)call;                                                            \
        (void)count;                                                           \
        return og_bool(test(&net_of(args[0])->ip));                            \
    }

QUESTION(is_unspecified, unspecified)
QUESTION(is_loopback, loopback)
QUESTION(is_link_local_multicast, link_local_multicast)
QUESTION(is_link_local_unicast, link_local_unicast)
QUESTION(is_global_unicast, global_unicast)

static og_value family(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return og_int(net_of(args[0])->ip.v4 ? 4 : 6);
}

/* ---- Ranges ---- */

/* Zeroes all but the first `bits` bits of its own bytes. */
static address masked(const address *a, int bits)
{
    address m = *a;
    int n;
    unsigned char *b = m.bytes + (own_bytes(a, &n) - a->bytes);
    for (int i = 0; i < n; i++, bits -= 8)
        if (bits < 8)
            b[i] &= (unsigned char)(bits <= 0 ? 0 : 0xff << (8 - bits));
    return m;
}

static bool range_has(const net_value *range, const address *a)
{
    address low = masked(&range->ip, range->prefix), other = masked(a, range->prefix);
    return range->ip.v4 == a->v4 && memcmp(low.bytes, other.bytes, 16) == 0;
}

static og_value contains_ip(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    address a;
    if (args[1].kind == OG_OPAQUE)
        return og_bool(range_has(net_of(args[0]), &net_of(args[1])->ip));
    const char *why = read_address(og_text(args[1]), &a);
    return why ? not_an_address(call, og_text(args[1]), why)
               : og_bool(range_has(net_of(args[0]), &a));
}

static og_value contains_cidr(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    net_value other = {0};
    if (args[1].kind == OG_OPAQUE) {
        other = *net_of(args[1]);
    } else {
        const char *why = read_range(og_text(args[1]), &other);
        if (why)
            return not_a_range(call, og_text(args[1]), why);
    }
    const net_value *range = net_of(args[0]);
    return og_bool(other.prefix >= range->prefix && range_has(range, &other.ip));
}

static og_value cidr_ip(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    net_value n = {.ip = net_of(args[0])->ip};
    return make(call, &ip_class, &n);
}

static og_value cidr_masked(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    net_value n = *net_of(args[0]);
    n.ip = masked(&n.ip, n.prefix);
    return make(call, &cidr_class, &n);
}

static og_value prefix_length(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return og_int(net_of(args[0])->prefix);
}

static const cel_overload rows[] = {
    CEL_ROW("ip", "string_to_ip", CEL_GLOBAL, &cel_net_ip, to_ip, &cel_string),
    CEL_ROW("cidr", "string_to_cidr", CEL_GLOBAL, &cel_net_cidr, to_cidr, &cel_string),
    CEL_ROW("isIP", "is_ip", CEL_GLOBAL, &cel_bool, is_ip, &cel_string),
    CEL_ROW("isCIDR", "is_cidr", CEL_GLOBAL, &cel_bool, is_cidr, &cel_string),
    CEL_ROW("ip.isCanonical", "ip_is_canonical", CEL_GLOBAL, &cel_bool, is_canonical,
            &cel_string),
    CEL_ROW("string", "ip_to_string", CEL_GLOBAL, &cel_string, ip_text, &cel_net_ip),
    CEL_ROW("string", "cidr_to_string", CEL_GLOBAL, &cel_string, cidr_text,
            &cel_net_cidr),
    CEL_ROW("family", "ip_family", CEL_MEMBER, &cel_int, family, &cel_net_ip),
    CEL_ROW("isUnspecified", "ip_is_unspecified", CEL_MEMBER, &cel_bool, is_unspecified,
            &cel_net_ip),
    CEL_ROW("isLoopback", "ip_is_loopback", CEL_MEMBER, &cel_bool, is_loopback,
            &cel_net_ip),
    CEL_ROW("isLinkLocalMulticast", "ip_is_link_local_multicast", CEL_MEMBER, &cel_bool,
            is_link_local_multicast, &cel_net_ip),
    CEL_ROW("isLinkLocalUnicast", "ip_is_link_local_unicast", CEL_MEMBER, &cel_bool,
            is_link_local_unicast, &cel_net_ip),
    CEL_ROW("isGlobalUnicast", "ip_is_global_unicast", CEL_MEMBER, &cel_bool,
            is_global_unicast, &cel_net_ip),
    CEL_ROW("containsIP", "cidr_contains_ip_ip", CEL_MEMBER, &cel_bool, contains_ip,
            &cel_net_cidr, &cel_net_ip),
    CEL_ROW("containsIP", "cidr_contains_ip_string", CEL_MEMBER, &cel_bool, contains_ip,
            &cel_net_cidr, &cel_string),
    CEL_ROW("containsCIDR", "cidr_contains_cidr_cidr", CEL_MEMBER, &cel_bool,
            contains_cidr, &cel_net_cidr, &cel_net_cidr),
    CEL_ROW("containsCIDR", "cidr_contains_cidr_string", CEL_MEMBER, &cel_bool,
            contains_cidr, &cel_net_cidr, &cel_string),
    CEL_ROW("ip", "cidr_ip", CEL_MEMBER, &cel_net_ip, cidr_ip, &cel_net_cidr),
    CEL_ROW("masked", "cidr_masked", CEL_MEMBER, &cel_net_cidr, cidr_masked,
            &cel_net_cidr),
    CEL_ROW("prefixLength", "cidr_prefix_length", CEL_MEMBER, &cel_int, prefix_length,
            &cel_net_cidr),
};

CEL_LIBRARY(cel_library_network, "network", rows);
