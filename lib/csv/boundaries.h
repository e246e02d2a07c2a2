/* From masks to boundaries, without a branch a byte. Compiled once for each way of making
 * masks (masks_*.c), hence always inline.
 *
 * Inside quotes is where an odd number of quotes stands before: the exclusive or of all
 * bits below, carried from block to block. That counts a doubled quote as a close and an
 * open, which is the same thing. The grammar is checked on the same masks: a quote opens
 * after a boundary (or doubles a close), after a close stands a boundary, CR or quote,
 * and after a CR outside quotes LF. */
#ifndef OG_CSV_BOUNDARIES_H
#define OG_CSV_BOUNDARIES_H

#include "csv/masks.h"

enum {
    AHEAD = 2048 /* bytes to ask memory for in advance */
};

#define ALWAYS_INLINE static inline __attribute__((always_inline))

typedef csv_masks csv_masks_of(const char *text, const csv_index *ix);
typedef uint64_t csv_running_xor(uint64_t bits); /* bit i: exclusive or of bits 0 to i */

ALWAYS_INLINE uint64_t csv_running_xor_by_shifts(uint64_t bits)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

/* In a form that compilers know as one instruction where there is one; without, the call
 * that the builtin makes costs more than all the rest. */
ALWAYS_INLINE uint64_t csv_count_bits(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return bits * 0x0101010101010101u >> 56;
}

/* Bytes that an escape makes stand for themselves; takes the escapes that are escaped
 * themselves out of *escape. */
ALWAYS_INLINE uint64_t csv_escaped(uint64_t *escape, uint64_t *carry)
{
    uint64_t escaped = *carry, left = *escape & ~*carry, real = 0;
    *carry = 0;
    while (left) {
        uint64_t bit = left & -left;
        real |= bit;
        escaped |= bit << 1;
        *carry = bit >> 63;
        left &= ~(bit | bit << 1);
    }
    *escape = real;
    return escaped;
}

/* The boundaries of a block as bits. */
ALWAYS_INLINE uint64_t csv_block_boundaries(csv_index *ix, csv_masks m,
                                            csv_running_xor *running_xor)
{
    uint64_t lines = m.lf;
    if (ix->escape) {
        uint64_t plain = ~csv_escaped(&m.escape, &ix->escaped);
        m.delimiter &= plain;
        m.quote &= plain;
        m.lf &= plain;
        m.cr &= plain;
    } else {
        m.escape = 0;
    }
    uint64_t inside = ix->in_quote;
    if (m.quote)
        inside ^= running_xor(m.quote);
    uint64_t boundary = (m.delimiter | m.lf) & ~inside, cr = m.cr & ~inside;
    uint64_t open = m.quote & inside, close = m.quote & ~inside;
    uint64_t after_boundary = boundary << 1 | ix->after_boundary;
    uint64_t after_close = close << 1 | ix->after_close;
    uint64_t after_cr = cr << 1 | ix->after_cr;
    uint64_t doubled = open & after_close;
    uint64_t bad = (open & ~after_boundary & ~after_close) |
                   (after_close & ~(boundary | m.quote | cr)) |
                   (after_cr & ~(m.lf & ~inside));
    if (!ix->double_quote)
        bad |= doubled;
    ix->in_quote = 0 - (inside >> 63);
    ix->after_boundary = boundary >> 63;
    ix->after_close = close >> 63;
    ix->after_cr = cr >> 63;
    if (lines & ~boundary)
        ix->inner_lines += csv_count_bits(lines & ~boundary);
    boundary |= doubled | m.escape;
    if (__builtin_expect(bad != 0, 0)) {
        ix->fault = true;
        boundary &= (bad & -bad) - 1;
    }
    return boundary;
}

/* Appends the offsets of the bits. Four at a time, whether there are as many or not: the
 * list has room for what is written too much, and the branch is rarely mistaken. */
ALWAYS_INLINE uint32_t *csv_write_offsets(uint64_t bits, uint32_t at, uint32_t *ret)
{
    const uint64_t top = 1ull << 63; /* the number of zeros below nothing is undefined */
    uint32_t *end = ret + csv_count_bits(bits);
    for (; bits; ret += 4) {
        uint64_t second = bits & (bits - 1), third = second & (second - 1);
        uint64_t fourth = third & (third - 1);
        ret[0] = at + (uint32_t)__builtin_ctzll(bits);
        ret[1] = at + (uint32_t)__builtin_ctzll(second | top);
        ret[2] = at + (uint32_t)__builtin_ctzll(third | top);
        ret[3] = at + (uint32_t)__builtin_ctzll(fourth | top);
        bits = fourth & (fourth - 1);
    }
    return end;
}

ALWAYS_INLINE size_t csv_boundaries(csv_index *ix, const char *text, size_t blocks,
                                    uint32_t *ret, csv_masks_of *masks,
                                    csv_running_xor *running_xor)
{
    uint32_t *to = ret;
    for (size_t i = 0; i < blocks && !ix->fault; i++) {
        __builtin_prefetch((const void *)((uintptr_t)text + i * CSV_BLOCK + AHEAD));
        csv_masks m = masks(text + i * CSV_BLOCK, ix);
        uint64_t bits = csv_block_boundaries(ix, m, running_xor);
        to = csv_write_offsets(bits, (uint32_t)(i * CSV_BLOCK), to);
    }
    return (size_t)(to - ret);
}

#endif
