/* Hashes and encodings, against published vectors. */
#include "base/base64.h"
#include "base/digest.h"
#include "base/siphash.h"
#include "unit.h"

static void assert_hex(const unsigned char *bytes, const char *expected)
{
    char hex[2 * OG_SHA256_SIZE + 1];
    og_hex(bytes, OG_SHA256_SIZE, hex);
    assert_string_equal(hex, expected);
}

/* FIPS 180-2, appendix B. */
static void sha256_vectors(void **state)
{
    (void)state;
    unsigned char out[OG_SHA256_SIZE];
    og_sha256_of(OG_STR("abc"), out);
    assert_hex(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    og_sha256_of((og_str){NULL, 0}, out);
    assert_hex(out, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    og_sha256 h;
    og_sha256_init(&h);
    for (int i = 0; i < 1000; i++) {
        static char block[1000];
        memset(block, 'a', sizeof block);
        og_sha256_add(&h, (og_str){block, sizeof block});
    }
    og_sha256_end(&h, out);
    assert_hex(out, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* With a key of zeros, as Python 3.11 has it for bytes under PYTHONHASHSEED=0. */
static void siphash_vectors(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t hash;
    } vectors[] = {{"a", UINT64_C(4644417185603328019)},
                   {"abcdefgh", UINT64_C(4574395652268504554)},
                   {"REQ0007919393", UINT64_C(14431080070399445536)}};
    static const uint64_t zeros[2] = {0, 0}, other[2] = {0, 1};
    char bytes[64];
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        og_str text = og_str_from(vectors[i].text);
        assert_true(og_siphash(zeros, text) == vectors[i].hash);
        assert_true(og_siphash(other, text) != vectors[i].hash);
    }
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    assert_true(og_siphash(zeros, (og_str){bytes, sizeof bytes}) ==
                UINT64_C(8493894268803903686));
}

/* RFC 4231, test cases 2 and 6. */
static void hmac_vectors(void **state)
{
    (void)state;
    unsigned char out[OG_SHA256_SIZE];
    char key[131];
    og_hmac_sha256(OG_STR("Jefe"), OG_STR("what do ya want for nothing?"), out);
    assert_hex(out, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    og_hmac_sha256((og_str){key, sizeof key},
                   OG_STR("Test Using Larger Than Block-Size Key - Hash Key First"), out);
    assert_hex(out, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    og_hmac_sha256((og_str){NULL, 0}, (og_str){NULL, 0}, out);
    assert_hex(out, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

/* RFC 4648, section 10. */
static void base64_goes_round(void **state)
{
    (void)state;
    const char *const pairs[][2] = {{"", ""},
                                    {"f", "Zg=="},
                                    {"fo", "Zm8="},
                                    {"foo", "Zm9v"},
                                    {"foob", "Zm9vYg=="},
                                    {"fooba", "Zm9vYmE="},
                                    {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        og_buf b = {0};
        og_base64_encode(og_str_from(pairs[i][0]), &b);
        assert_str(og_buf_str(&b), pairs[i][1]);
        og_buf_clear(&b);
        assert_true(og_base64_decode(og_str_from(pairs[i][1]), &b));
        assert_str(og_buf_str(&b), pairs[i][0]);
        og_buf_done(&b);
    }
}

static void base64_is_strict(void **state)
{
    (void)state;
    const char *const bad[] = {"Z",    "Zg",   "Zg=",      "Zg==Zg==", "Z===",
                               "====", "Zh==", "Zm9=",     "Zm9v\n",   "Zm 9v",
                               "Zm-v", "Z=g=", "Zm9v====", "Zm9vZ==="};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        og_buf b = {0};
        og_buf_puts(&b, "kept");
        if (og_base64_decode(og_str_from(bad[i]), &b))
            fail_msg("'%s' was decoded", bad[i]);
        assert_string_equal(b.p, "kept");
        og_buf_done(&b);
    }
    og_buf b = {0};
    assert_false(og_base64_decode((og_str){"Zm9\0", 4}, &b));
    og_buf_done(&b);
}

static void secrets_compare(void **state)
{
    (void)state;
    assert_true(og_equal_secret(OG_STR("abc"), OG_STR("abc")));
    assert_false(og_equal_secret(OG_STR("abc"), OG_STR("abd")));
    assert_false(og_equal_secret(OG_STR("abc"), OG_STR("ab")));
    assert_true(og_equal_secret((og_str){NULL, 0}, OG_STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_vectors),   cmocka_unit_test(siphash_vectors),
        cmocka_unit_test(hmac_vectors),     cmocka_unit_test(base64_goes_round),
        cmocka_unit_test(base64_is_strict), cmocka_unit_test(secrets_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
