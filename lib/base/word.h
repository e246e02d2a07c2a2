/* Eight bytes of memory as a number, the first byte lowest on any machine. */
#ifndef OG_BASE_WORD_H
#define OG_BASE_WORD_H

#include <stdint.h>
#include <string.h>

static inline uint64_t og_word_load(const void *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

#endif
