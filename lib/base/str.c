/* Borrowed strings: comparison, searching, numbers, "did you mean". */
#include "base/str.h"

int og_str_cmp(og_str a, og_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool og_str_starts(og_str s, og_str prefix)
{
    return s.n >= prefix.n && og_str_eq((og_str){s.p, prefix.n}, prefix);
}

bool og_str_ends(og_str s, og_str suffix)
{
    return s.n >= suffix.n && og_str_eq(og_str_slice(s, s.n - suffix.n, s.n), suffix);
}

size_t og_str_find(og_str s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? (size_t)(hit - s.p) : s.n;
}

og_str og_str_slice(og_str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return (og_str){from > 0 ? s.p + from : s.p, to - from};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

og_str og_str_trim(og_str s)
{
    size_t from = 0;
    size_t to = s.n;
    while (from < to && is_space(s.p[from]))
        from++;
    while (to > from && is_space(s.p[to - 1]))
        to--;
    return og_str_slice(s, from, to);
}

uint64_t og_str_hash(og_str s)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
    /* The low bits index a table: fold the well-mixed high bits into them. */
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

bool og_str_to_uint64(og_str s, uint64_t *ret)
{
    uint64_t v = 0;
    size_t i = s.n > 0 && s.p[0] == '+';
    if (i == s.n)
        return false;
    for (; i < s.n; i++) {
        unsigned digit = (unsigned char)s.p[i] - (unsigned)'0';
        if (digit > 9 || v > (UINT64_MAX - digit) / 10)
            return false;
        v = v * 10 + digit;
    }
    *ret = v;
    return true;
}

bool og_str_to_int64(og_str s, int64_t *ret)
{
    bool negative = s.n > 0 && s.p[0] == '-';
    uint64_t v;
    if (negative) {
        s = og_str_slice(s, 1, s.n);
        if (s.n > 0 && s.p[0] == '+')
            return false;
    }
    if (!og_str_to_uint64(s, &v) || v > (uint64_t)INT64_MAX + negative)
        return false;
    *ret = negative ? -(int64_t)(v - (v > 0)) - (v > 0) : (int64_t)v;
    return true;
}

#define NEAR_MAX 64 /* bytes of a word that may be compared */

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned og_str_distance(og_str a, og_str b, unsigned cap)
{
    unsigned rows[3][NEAR_MAX + 1]; /* of i - 2, i - 1 and i, in turn */
    size_t gap = a.n > b.n ? a.n - b.n : b.n - a.n;
    if (a.n > NEAR_MAX || b.n > NEAR_MAX || gap > cap)
        return cap + 1;
    for (size_t j = 0; j <= b.n; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *before = rows[(i - 1) % 3], *earlier = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            bool same = a.p[i - 1] == b.p[j - 1];
            row[j] = least(least(before[j], row[j - 1]) + 1, before[j - 1] + !same);
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                row[j] = least(row[j], earlier[j - 2] + 1);
        }
    }
    return least(rows[a.n % 3][b.n], cap + 1);
}

og_str og_str_nearest(og_str word, const og_str *candidates, size_t count)
{
    unsigned best = word.n < 6 ? 2 : (unsigned)(word.n / 3) + 1;
    og_str nearest = {NULL, 0};
    if (word.n > NEAR_MAX)
        return nearest;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = og_str_distance(word, candidates[i], best - 1);
        if (distance < best) {
            best = distance;
            nearest = candidates[i];
            if (best == 0)
                break;
        }
    }
    return nearest;
}
