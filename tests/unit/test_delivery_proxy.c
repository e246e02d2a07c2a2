/* Which proxy a request goes through. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "delivery/proxy.h"

static const char *ask(const char *no_proxy, const char *scheme, const char *host)
{
    post_network network = {
        .https_proxy = "secure", .http_proxy = "plain", .no_proxy = no_proxy};
    const char *got = proxy_for(&network, og_str_from(scheme), og_str_from(host));
    return got ? got : "none";
}

static void by_scheme(void **state)
{
    (void)state;
    post_network nothing = {0}, empty = {.https_proxy = ""};
    assert_string_equal(ask(NULL, "https", "example.org"), "secure");
    assert_string_equal(ask("", "http", "example.org"), "plain");
    assert_null(proxy_for(&nothing, OG_STR("https"), OG_STR("example.org")));
    assert_null(proxy_for(&empty, OG_STR("https"), OG_STR("example.org")));
}

static void exempt_hosts(void **state)
{
    (void)state;
    static const struct {
        const char *no_proxy, *host, *want;
    } cases[] = {
        {"*", "example.org", "none"},
        {"example.org", "example.org", "none"},
        {"example.org", "EXAMPLE.org", "none"},
        {"example.org", "example.org.", "none"},
        {"example.org", "hooks.example.org", "none"},
        {".example.org", "hooks.example.org", "none"},
        {"example.org", "notexample.org", "secure"},
        {"hooks.example.org", "example.org", "secure"},
        {"localhost, 10.0.0.1 ,example.org", "example.org", "none"},
        {"localhost,10.0.0.1", "10.0.0.1", "none"},
        {"::1", "::1", "none"},
        {",, ,", "example.org", "secure"},
        {".", "example.org", "secure"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(ask(cases[i].no_proxy, "https", cases[i].host),
                            cases[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_scheme),
        cmocka_unit_test(exempt_hosts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
