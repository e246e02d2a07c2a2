/* Standard Webhooks signatures: the published vector, rotation, and secrets that are
 * none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "delivery/sign.h"

#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define ID "msg_p5jXN8AQM9LWM0D4loKWxJek"
#define BODY "{\"test\": 2432232314}"
#define WANT "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

static void published_vector(void **state)
{
    (void)state;
    og_buf out = {0};
    og_error err = {0};
    assert_int_equal(
        sign_message(OG_STR(SECRET), OG_STR(ID), 1614265330, OG_STR(BODY), &out, &err),
        OG_OK);
    assert_string_equal(out.p, WANT);
    og_buf_done(&out);
}

static void rotation_signs_with_both(void **state)
{
    (void)state;
    og_buf out = {0};
    og_error err = {0};
    og_str secrets =
        OG_STR("  whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n" SECRET "\n");
    assert_int_equal(sign_check(secrets, &err), OG_OK);
    assert_int_equal(
        sign_message(secrets, OG_STR(ID), 1614265330, OG_STR(BODY), &out, &err), OG_OK);
    assert_int_equal(strncmp(out.p, "v1,", 3), 0);
    const char *second = strchr(out.p, ' ');
    assert_non_null(second);
    assert_string_equal(second + 1, WANT);
    assert_int_not_equal(strncmp(out.p, WANT, strlen(WANT)), 0);
    og_buf_done(&out);
}

static void other_bytes_other_signature(void **state)
{
    (void)state;
    og_error err = {0};
    const struct {
        og_str id;
        int64_t at;
        og_str body;
    } others[] = {
        {OG_STR("msg_p5jXN8AQM9LWM0D4loKWxJel"), 1614265330, OG_STR(BODY)},
        {OG_STR(ID), 1614265331, OG_STR(BODY)},
        {OG_STR(ID), 1614265330, OG_STR("{\"test\": 2432232315}")},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        og_buf out = {0};
        assert_int_equal(sign_message(OG_STR(SECRET), others[i].id, others[i].at,
                                      others[i].body, &out, &err),
                         OG_OK);
        assert_string_not_equal(out.p, WANT);
        og_buf_done(&out);
    }
}

static void bad_secrets(void **state)
{
    (void)state;
    const struct {
        const char *secrets, *says;
    } bad[] = {
        {"", "is empty"},
        {" \n", "is empty"},
        {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "secret 1 does not begin with 'whsec_'"},
        {"whsec_", "is too short"},
        {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa", "is not base64"},
        {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa==", "is not base64"},
        {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLQ==", "is too short"},
        {"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
         "AAAAAAAAAAAAAAAA",
         "is too long"},
        {SECRET " whsec_x", "secret 2 is not base64"},
        {SECRET " " SECRET " " SECRET " " SECRET " " SECRET, "more than 4"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        og_error err = {0};
        assert_int_equal(sign_check(og_str_from(bad[i].secrets), &err), OG_E_INVALID);
        if (!strstr(og_error_text(&err), bad[i].says))
            fail_msg("no '%s' in: %s", bad[i].says, og_error_text(&err));
        assert_null(strstr(og_error_text(&err), "MfKQ"));
        og_error_done(&err);
    }
}

static void bad_ids(void **state)
{
    (void)state;
    og_buf out = {0};
    og_error err = {0};
    assert_int_equal(
        sign_message(OG_STR(SECRET), OG_STR("a.b"), 1, OG_STR(""), &out, &err),
        OG_E_USAGE);
    og_error_done(&err);
    assert_int_equal(sign_message(OG_STR(SECRET), OG_STR(""), 1, OG_STR(""), &out, &err),
                     OG_E_USAGE);
    og_error_done(&err);
    og_buf_done(&out);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
#ifdef OG_FAULT_INJECTION
    for (long n = 0;; n++) {
        og_buf out = {0};
        og_error err = {0};
        og_mem_fail_at(n);
        int code = sign_message(OG_STR(SECRET), OG_STR(ID), 1614265330, OG_STR(BODY),
                                &out, &err);
        int failed = og_mem_failed();
        og_mem_fail_at(-1);
        assert_int_equal(code, failed ? OG_E_NOMEM : OG_OK);
        og_error_done(&err);
        og_buf_done(&out);
        if (!failed)
            break;
    }
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vector),
        cmocka_unit_test(rotation_signs_with_both),
        cmocka_unit_test(other_bytes_other_signature),
        cmocka_unit_test(bad_secrets),
        cmocka_unit_test(bad_ids),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
