/* Hashes: SHA-256, HMAC-SHA-256 (nettle), and hex. */
#ifndef OG_BASE_DIGEST_H
#define OG_BASE_DIGEST_H

#include "base/str.h"

#define OG_SHA256_SIZE 32

typedef struct og_sha256 { /* running hash; opaque storage */
    _Alignas(8) unsigned char state[128];
} og_sha256;

void og_sha256_init(og_sha256 *h);
void og_sha256_add(og_sha256 *h, og_str bytes);
void og_sha256_end(og_sha256 *h, unsigned char out[OG_SHA256_SIZE]);
void og_sha256_of(og_str bytes, unsigned char out[OG_SHA256_SIZE]);
void og_hmac_sha256(og_str key, og_str message, unsigned char out[OG_SHA256_SIZE]);

/* Lower-case hex of n bytes and NUL into out[2n + 1]. */
void og_hex(const unsigned char *bytes, size_t n, char *out);
/* Compares without leaking where they differ. */
bool og_equal_secret(og_str a, og_str b);

#endif
