/* UTF-8 as Unicode defines it (table 3-7, well-formed byte sequences). */
#include "base/utf8.h"

unsigned og_utf8_decode(og_str s, size_t at, uint32_t *ret_code_point)
{
    if (at >= s.n)
        return 0;
    const unsigned char *p = (const unsigned char *)s.p + at;
    size_t left = s.n - at;
    if (p[0] < 0x80) {
        *ret_code_point = p[0];
        return 1;
    }
    unsigned n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || left < n)
        return 0;
    uint32_t c = p[0] & (0x7fu >> n);
    for (unsigned i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3f);
    }
    if ((n == 3 && (c < 0x800 || (c >= 0xd800 && c <= 0xdfff))) ||
        (n == 4 && (c < 0x10000 || c > 0x10ffff)))
        return 0;
    *ret_code_point = c;
    return n;
}

size_t og_utf8_invalid(og_str s)
{
    size_t at = 0;
    while (at < s.n) {
        uint64_t word;
        if (s.n - at >= sizeof word) { /* eight ASCII bytes at once */
            memcpy(&word, s.p + at, sizeof word);
            if ((word & 0x8080808080808080u) == 0) {
                at += sizeof word;
                continue;
            }
        }
        uint32_t c;
        unsigned n = og_utf8_decode(s, at, &c);
        if (n == 0)
            return at;
        at += n;
    }
    return at;
}

unsigned og_utf8_encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    unsigned n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (unsigned i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (c & 0x3f));
        c >>= 6;
    }
    out[0] = (char)((0xf00u >> n & 0xf0) | c);
    return n;
}

size_t og_utf8_count(og_str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return count;
}

typedef struct range {
    uint32_t first, last;
} range;

/* The combining and format characters of scripts a European register may hold; a terminal
 * shows them in the column of the character before. */
static const range narrow[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd},   {0x0610, 0x061a},
    {0x064b, 0x065f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},   {0x200b, 0x200f},
    {0x202a, 0x202e}, {0x2060, 0x2064}, {0x20d0, 0x20ff},   {0xfe00, 0xfe0f},
    {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xe0100, 0xe01ef},
};

/* East Asian Width W and F (Unicode UAX #11), by block. */
static const range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
    {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
    {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18aff}, {0x1b000, 0x1b2ff},
    {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd},
};

static bool is_in(const range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count && ranges[i].first <= c; i++)
        if (c <= ranges[i].last)
            return true;
    return false;
}

og_str og_utf8_cut(og_str s, size_t max)
{
    if (s.n <= max)
        return s;
    while (max > 0 && ((unsigned char)s.p[max] & 0xc0) == 0x80)
        max--;
    return (og_str){s.p, max};
}

size_t og_utf8_width(og_str s)
{
    size_t width = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c;
        unsigned n = og_utf8_decode(s, at, &c);
        if (n == 0 || c < 0x300)
            width++;
        else if (is_in(wide, sizeof wide / sizeof *wide, c))
            width += 2;
        else if (!is_in(narrow, sizeof narrow / sizeof *narrow, c))
            width++;
        at += n ? n : 1;
    }
    return width;
}
