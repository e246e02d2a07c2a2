/* Masks with SSE2, which every x86-64 has: 16 bytes a comparison. */
#if defined(__x86_64__)
#include <immintrin.h>

#include "csv/boundaries.h"

/* Bit i: byte i of the 64 is `byte`. */
ALWAYS_INLINE uint64_t equal(const __m128i v[4], char byte)
{
    __m128i wanted = _mm_set1_epi8(byte);
    uint64_t bits = 0;
    for (unsigned i = 0; i < 4; i++)
        bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v[i], wanted))
                << 16 * i;
    return bits;
}

ALWAYS_INLINE csv_masks masks(const char *text, const csv_index *ix)
{
    __m128i v[4];
    for (unsigned i = 0; i < 4; i++)
        v[i] = _mm_loadu_si128((const __m128i *)(const void *)(text + 16 * i));
    return (csv_masks){.delimiter = equal(v, ix->delimiter),
                       .quote = ix->quote ? equal(v, ix->quote) : 0,
                       .escape = ix->escape ? equal(v, ix->escape) : 0,
                       .lf = equal(v, '\n'),
                       .cr = equal(v, '\r')};
}

static size_t boundaries(csv_index *ix, const char *text, size_t blocks, uint32_t *ret)
{
    return csv_boundaries(ix, text, blocks, ret, masks, csv_running_xor_by_shifts);
}

static size_t plain(const char *text, size_t n)
{
    size_t at = 0;
    for (; n - at >= CSV_BLOCK; at += CSV_BLOCK) {
        __m128i odd = _mm_setzero_si128();
        for (unsigned i = 0; i < 4; i++) {
            const void *p = text + at + 16 * i;
            __m128i v = _mm_loadu_si128((const __m128i *)p);
            __m128i nul = _mm_cmpeq_epi8(v, _mm_setzero_si128());
            odd = _mm_or_si128(odd, _mm_or_si128(v, nul));
        }
        if (_mm_movemask_epi8(odd))
            break;
    }
    return at;
}

const csv_masker csv_masker_sse2 = {"sse2", boundaries, plain};
#else
typedef int no_sse2_here;
#endif
