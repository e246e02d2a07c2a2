/* Standard Webhooks signatures: secrets taken apart, messages signed with each. */
#include "delivery/sign.h"

#include <inttypes.h>

#include "base/base64.h"
#include "base/digest.h"

enum {
    KEY_MIN = 24,
    KEY_MAX = 64
}; /* bytes, by the specification */

/* The next word of *rest, which it leaves behind; empty at the end. */
static og_str next_word(og_str *rest)
{
    *rest = og_str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && !strchr(" \t\r\n", rest->p[n]))
        n++;
    og_str word = og_str_slice(*rest, 0, n);
    *rest = og_str_slice(*rest, n, rest->n);
    return word;
}

static int bad_secret(unsigned number, const char *why, og_error *err)
{
    return og_fail(
        err, OG_E_INVALID,
        "signing secret %u %s: it is 'whsec_' and base64 of %d to %d bytes, as "
        "made by: echo whsec_$(openssl rand -base64 32)",
        number, why, KEY_MIN, KEY_MAX);
}

/* The key of the number-th secret, into the empty buffer key. */
static int decode(og_str secret, unsigned number, og_buf *key, og_error *err)
{
    og_str prefix = OG_STR("whsec_");
    if (!og_str_starts(secret, prefix))
        return bad_secret(number, "does not begin with 'whsec_'", err);
    bool good = og_base64_decode(og_str_slice(secret, prefix.n, secret.n), key);
    if (key->failed)
        return og_buf_check(key, err);
    if (!good)
        return bad_secret(number, "is not base64", err);
    if (key->n < KEY_MIN || key->n > KEY_MAX)
        return bad_secret(number, key->n < KEY_MIN ? "is too short" : "is too long", err);
    return OG_OK;
}

/* Appends the signature with each secret over the signed text, or with out NULL only
 * looks at the secrets. */
static int each_secret(og_str secrets, og_str text, og_buf *out, og_error *err)
{
    unsigned number = 0;
    for (og_str word = next_word(&secrets); word.n; word = next_word(&secrets)) {
        og_buf key = {0};
        unsigned char digest[OG_SHA256_SIZE];
        if (++number > SIGN_SECRETS_MAX)
            return og_fail(err, OG_E_INVALID, "more than %d signing secrets",
                           SIGN_SECRETS_MAX);
        int code = decode(word, number, &key, err);
        if (code == OG_OK && out) {
            og_hmac_sha256(og_buf_str(&key), text, digest);
            og_buf_puts(out, number > 1 ? " v1," : "v1,");
            og_base64_encode((og_str){(const char *)digest, sizeof digest}, out);
        }
        og_buf_done(&key);
        if (code < 0)
            return code;
    }
    return number ? OG_OK : bad_secret(1, "is empty", err);
}

int sign_check(og_str secrets, og_error *err)
{
    return each_secret(secrets, OG_STR(""), NULL, err);
}

int sign_message(og_str secrets, og_str id, int64_t timestamp, og_str body, og_buf *out,
                 og_error *err)
{
    if (id.n == 0 || og_str_find(id, '.') < id.n)
        return og_fail(err, OG_E_USAGE, "message id '%.*s' is empty or holds a '.'",
                       OG_FMT(id));
    og_buf text = {0};
    og_buf_printf(&text, "%.*s.%" PRId64 ".", OG_FMT(id), timestamp);
    og_buf_put(&text, body);
    int code = og_buf_check(&text, err);
    if (code == OG_OK)
        code = each_secret(secrets, og_buf_str(&text), out, err);
    og_buf_done(&text);
    return code < 0 ? code : og_buf_check(out, err);
}
