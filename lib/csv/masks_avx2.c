/* Masks with AVX2: 32 bytes a comparison. Only the functions here are compiled for it,
 * and only a processor that has it is sent here (csv_masker_best). */
#if defined(__x86_64__)
#include <immintrin.h>

#include "csv/boundaries.h"

#define FOR_AVX2 __attribute__((target("avx2,bmi,popcnt,pclmul")))

/* Bit i: byte i of the 64 is `byte`. */
FOR_AVX2 static inline uint64_t equal(const __m256i v[2], char byte)
{
    __m256i wanted = _mm256_set1_epi8(byte);
    uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v[0], wanted));
    uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v[1], wanted));
    return (uint64_t)high << 32 | low;
}

FOR_AVX2 static inline csv_masks masks(const char *text, const csv_index *ix)
{
    __m256i v[2];
    for (unsigned i = 0; i < 2; i++)
        v[i] = _mm256_loadu_si256((const __m256i *)(const void *)(text + 32 * i));
    return (csv_masks){.delimiter = equal(v, ix->delimiter),
                       .quote = ix->quote ? equal(v, ix->quote) : 0,
                       .escape = ix->escape ? equal(v, ix->escape) : 0,
                       .lf = equal(v, '\n'),
                       .cr = equal(v, '\r')};
}

/* A product without carries by all ones. */
FOR_AVX2 static inline uint64_t running_xor(uint64_t bits)
{
    __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits),
                                           _mm_set1_epi8((char)0xff), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

FOR_AVX2 static size_t boundaries(csv_index *ix, const char *text, size_t blocks,
                                  uint32_t *ret)
{
    return csv_boundaries(ix, text, blocks, ret, masks, running_xor);
}

FOR_AVX2 static size_t plain(const char *text, size_t n)
{
    size_t at = 0;
    for (; n - at >= CSV_BLOCK; at += CSV_BLOCK) {
        const void *p = text + at, *q = text + at + 32;
        __m256i v = _mm256_loadu_si256((const __m256i *)p);
        __m256i w = _mm256_loadu_si256((const __m256i *)q);
        __m256i nul = _mm256_cmpeq_epi8(_mm256_min_epu8(v, w), _mm256_setzero_si256());
        if (_mm256_movemask_epi8(_mm256_or_si256(nul, _mm256_or_si256(v, w))))
            break;
    }
    return at;
}

const csv_masker csv_masker_avx2 = {"avx2", boundaries, plain};
#else
typedef int no_avx2_here;
#endif
