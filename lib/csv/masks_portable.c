/* Masks in plain C: eight bytes at a time in a word, for processors without the others
 * and to check them against. */
#include "base/word.h"
#include "csv/boundaries.h"

#define ONES 0x0101010101010101u
#define LOW7 0x7f7f7f7f7f7f7f7fu

/* 0x80 in each byte that is 0. */
static inline uint64_t zeros(uint64_t word)
{
    return ~(((word & LOW7) + LOW7) | word | LOW7);
}

/* Bit i: byte i of the word is `byte`. */
static inline uint64_t equal(uint64_t word, char byte)
{
    return (zeros(word ^ ONES * (unsigned char)byte) >> 7) * 0x0102040810204080u >> 56;
}

ALWAYS_INLINE csv_masks masks(const char *text, const csv_index *ix)
{
    csv_masks m = {0};
    for (unsigned i = 0; i < CSV_BLOCK; i += 8) {
        uint64_t word = og_word_load(text + i);
        m.delimiter |= equal(word, ix->delimiter) << i;
        m.lf |= equal(word, '\n') << i;
        m.cr |= equal(word, '\r') << i;
        if (ix->quote)
            m.quote |= equal(word, ix->quote) << i;
        if (ix->escape)
            m.escape |= equal(word, ix->escape) << i;
    }
    return m;
}

static size_t boundaries(csv_index *ix, const char *text, size_t blocks, uint32_t *ret)
{
    return csv_boundaries(ix, text, blocks, ret, masks, csv_running_xor_by_shifts);
}

static size_t plain(const char *text, size_t n)
{
    size_t at = 0;
    for (; n - at >= CSV_BLOCK; at += CSV_BLOCK) {
        uint64_t odd = 0;
        for (unsigned i = 0; i < CSV_BLOCK; i += 8) {
            uint64_t word = og_word_load(text + at + i);
            odd |= word | zeros(word);
        }
        if (odd & ~LOW7)
            break;
    }
    return at;
}

const csv_masker csv_masker_portable = {"portable", boundaries, plain};
