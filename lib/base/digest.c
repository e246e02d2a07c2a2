/* Hashes from nettle; hex by hand. */
#include "base/digest.h"

#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <nettle/sha2.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(og_sha256), "state fits");
_Static_assert(_Alignof(struct sha256_ctx) <= _Alignof(og_sha256), "state is aligned");
_Static_assert(SHA256_DIGEST_SIZE == OG_SHA256_SIZE, "digest size");

static struct sha256_ctx *context(og_sha256 *h)
{
    return (struct sha256_ctx *)(void *)h->state;
}

void og_sha256_init(og_sha256 *h)
{
    sha256_init(context(h));
}

void og_sha256_add(og_sha256 *h, og_str bytes)
{
    if (bytes.n > 0)
        sha256_update(context(h), bytes.n, (const uint8_t *)bytes.p);
}

void og_sha256_end(og_sha256 *h, unsigned char out[OG_SHA256_SIZE])
{
    sha256_digest(context(h), OG_SHA256_SIZE, out);
}

void og_sha256_of(og_str bytes, unsigned char out[OG_SHA256_SIZE])
{
    og_sha256 h;
    og_sha256_init(&h);
    og_sha256_add(&h, bytes);
    og_sha256_end(&h, out);
}

void og_hmac_sha256(og_str key, og_str message, unsigned char out[OG_SHA256_SIZE])
{
    static const uint8_t none[1];
    struct hmac_sha256_ctx h;
    hmac_sha256_set_key(&h, key.n, key.n ? (const uint8_t *)key.p : none);
    if (message.n > 0)
        hmac_sha256_update(&h, message.n, (const uint8_t *)message.p);
    hmac_sha256_digest(&h, OG_SHA256_SIZE, out);
}

void og_hex(const unsigned char *bytes, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

bool og_equal_secret(og_str a, og_str b)
{
    return a.n == b.n && (a.n == 0 || memeql_sec(a.p, b.p, a.n));
}
