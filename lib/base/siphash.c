/* SipHash-1-3: a round for each eight bytes, three at the end. */
#include "base/siphash.h"

#include "base/word.h"

typedef struct state {
    uint64_t a, b, c, d;
} state;

static inline uint64_t rotate(uint64_t x, unsigned bits)
{
    return x << bits | x >> (64 - bits);
}

static inline state mix(state s)
{
    s.a += s.b;
    s.c += s.d;
    s.b = rotate(s.b, 13) ^ s.a;
    s.d = rotate(s.d, 16) ^ s.c;
    s.a = rotate(s.a, 32);
    s.c += s.b;
    s.a += s.d;
    s.b = rotate(s.b, 17) ^ s.c;
    s.d = rotate(s.d, 21) ^ s.a;
    s.c = rotate(s.c, 32);
    return s;
}

static inline state take(state s, uint64_t word)
{
    s.d ^= word;
    s = mix(s);
    s.a ^= word;
    return s;
}

uint64_t og_siphash(const uint64_t key[2], og_str text)
{
    state s = {
        key[0] ^ UINT64_C(0x736f6d6570736575), key[1] ^ UINT64_C(0x646f72616e646f6d),
        key[0] ^ UINT64_C(0x6c7967656e657261), key[1] ^ UINT64_C(0x7465646279746573)};
    char last[8] = {0};
    size_t at = 0;

    for (; text.n - at >= sizeof last; at += sizeof last)
        s = take(s, og_word_load(text.p + at));
    if (at < text.n)
        memcpy(last, text.p + at, text.n - at);
    s = take(s, og_word_load(last) | (uint64_t)text.n << 56);
    s.c ^= 0xff;
    s = mix(mix(mix(s)));
    return s.a ^ s.b ^ s.c ^ s.d;
}
