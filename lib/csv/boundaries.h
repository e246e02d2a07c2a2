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

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* Bit i: the exclusive or of bits 0 to i. */
ALWAYS_INLINE uint64_t csv_running_xor(uint64_t bits)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
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
ALWAYS_INLINE uint64_t csv_block_boundaries(csv_index *ix, csv_masks m)
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
    uint64_t inside = csv_running_xor(m.quote) ^ ix->in_quote;
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
        ix->inner_lines += (uint64_t)__builtin_popcountll(lines & ~boundary);
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
    uint32_t *end = ret + __builtin_popcountll(bits);
    for (; bits; ret += 4)
        for (unsigned i = 0; i < 4; i++) {
            ret[i] = at + (bits ? (uint32_t)__builtin_ctzll(bits) : 0);
            bits &= bits - 1;
        }
    return end;
}

/* masks(text, index) makes the masks of a block. */
ALWAYS_INLINE size_t csv_boundaries(csv_index *ix, const char *text, size_t blocks,
                                    uint32_t *ret,
                                    csv_masks (*masks)(const char *, const csv_index *))
{
    uint32_t *to = ret;
    for (size_t i = 0; i < blocks && !ix->fault; i++) {
        csv_masks m = masks(text + i * CSV_BLOCK, ix);
        to =
            csv_write_offsets(csv_block_boundaries(ix, m), (uint32_t)(i * CSV_BLOCK), to);
    }
    return (size_t)(to - ret);
}

#endif
