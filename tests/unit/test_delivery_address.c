/* Which addresses are special: the first and last of each range, and their neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "delivery/address.h"

static const struct {
    const char *address, *what; /* NULL: public */
} table[] = {
    {"8.8.8.8", NULL},
    {"1.1.1.1", NULL},
    {"0.0.0.0", "this network"},
    {"0.255.255.255", "this network"},
    {"1.0.0.0", NULL},
    {"9.255.255.255", NULL},
    {"10.0.0.0", "private"},
    {"10.255.255.255", "private"},
    {"11.0.0.0", NULL},
    {"100.63.255.255", NULL},
    {"100.64.0.0", "shared by a provider"},
    {"100.100.100.200", "cloud metadata"},
    {"100.127.255.255", "shared by a provider"},
    {"100.128.0.0", NULL},
    {"126.255.255.255", NULL},
    {"127.0.0.1", "loopback"},
    {"127.255.255.255", "loopback"},
    {"128.0.0.0", NULL},
    {"168.63.129.16", "cloud metadata"},
    {"168.63.129.17", NULL},
    {"169.253.255.255", NULL},
    {"169.254.0.0", "link-local"},
    {"169.254.169.254", "cloud metadata"},
    {"169.254.170.2", "cloud metadata"},
    {"169.254.255.255", "link-local"},
    {"169.255.0.0", NULL},
    {"172.15.255.255", NULL},
    {"172.16.0.0", "private"},
    {"172.31.255.255", "private"},
    {"172.32.0.0", NULL},
    {"192.0.0.1", "reserved"},
    {"192.0.0.192", "cloud metadata"},
    {"192.0.1.0", NULL},
    {"192.0.2.1", "for documentation"},
    {"192.88.99.1", "reserved"},
    {"192.167.255.255", NULL},
    {"192.168.0.0", "private"},
    {"192.168.255.255", "private"},
    {"192.169.0.0", NULL},
    {"198.17.255.255", NULL},
    {"198.18.0.0", "for benchmarks"},
    {"198.19.255.255", "for benchmarks"},
    {"198.20.0.0", NULL},
    {"198.51.100.7", "for documentation"},
    {"203.0.113.7", "for documentation"},
    {"223.255.255.255", NULL},
    {"224.0.0.1", "multicast"},
    {"239.255.255.255", "multicast"},
    {"240.0.0.0", "reserved"},
    {"255.255.255.254", "reserved"},
    {"255.255.255.255", "broadcast"},

    {"2606:4700:4700::1111", NULL},
    {"::", "this network"},
    {"::1", "loopback"},
    {"::2", "reserved"},
    {"::7f00:1", "reserved"},
    {"::ffff:127.0.0.1", "loopback"},
    {"::ffff:8.8.8.8", NULL},
    {"::ffff:169.254.169.254", "cloud metadata"},
    {"64:ff9b::10.0.0.1", "private"},
    {"64:ff9b::8.8.8.8", NULL},
    {"64:ff9b:1::8.8.8.8", "reserved"},
    {"100::1", "discarded"},
    {"2001::1", "reserved"},
    {"2001:1ff:ffff::", "reserved"},
    {"2001:200::1", NULL},
    {"2001:db8::1", "for documentation"},
    {"2001:db9::1", NULL},
    {"2002:7f00:1::", "loopback"},
    {"2002:808:808::", NULL},
    {"3fff::1", "for documentation"},
    {"3fff:1000::1", NULL},
    {"4000::1", "reserved"},
    {"fbff::1", "reserved"},
    {"fc00::1", "private"},
    {"fd00:ec2::254", "cloud metadata"},
    {"fdff::1", "private"},
    {"fe80::1", "link-local"},
    {"fe80::1%eth0", "link-local"},
    {"febf::1", "link-local"},
    {"fec0::1", "private"},
    {"ff02::1", "multicast"},
    {"[::1]", "loopback"},
    {"[2606:4700:4700::1111]", NULL},

    {"", "not an internet address"},
    {"localhost", "not an internet address"},
    {"127.1", "not an internet address"},
    {"0x7f000001", "not an internet address"},
    {"2130706433", "not an internet address"},
    {"/run/socket", "not an internet address"},
    {"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc",
     "not an internet address"},
};

static void same(const char *address, const char *got, const char *want)
{
    if ((got && want) ? strcmp(got, want) != 0 : got != want)
        fail_msg("%s: '%s', not '%s'", address, got ? got : "public",
                 want ? want : "public");
}

static void as_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        same(table[i].address, address_special_text(table[i].address), table[i].what);
}

static void as_socket_address(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct sockaddr_in v4 = {.sin_family = AF_INET};
        struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
        if (inet_pton(AF_INET, table[i].address, &v4.sin_addr) == 1)
            same(table[i].address, address_special((struct sockaddr *)&v4, sizeof v4),
                 table[i].what);
        else if (inet_pton(AF_INET6, table[i].address, &v6.sin6_addr) == 1)
            same(table[i].address, address_special((struct sockaddr *)&v6, sizeof v6),
                 table[i].what);
    }
}

static void other_families_and_short_ones(void **state)
{
    (void)state;
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    assert_non_null(address_special((struct sockaddr *)&local, sizeof local));
    assert_non_null(address_special((struct sockaddr *)&v6, sizeof(struct sockaddr_in)));
    assert_non_null(address_special((struct sockaddr *)&v6, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_text),
        cmocka_unit_test(as_socket_address),
        cmocka_unit_test(other_families_and_short_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
