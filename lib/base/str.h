/* Borrowed strings: a pointer and a length, bytes of any kind, not NUL-terminated unless
 * the giver says so. Whoever hands one out says from what it borrows and until when. */
#ifndef OG_BASE_STR_H
#define OG_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct og_str {
    const char *p; /* may be NULL only when n is 0 */
    size_t n;      /* bytes */
} og_str;

#define OG_STR(literal) ((og_str){(literal), sizeof(literal) - 1})
/* For printf's "%.*s". */
#define OG_FMT(s) (int)(s).n, (s).p ? (s).p : ""

static inline og_str og_str_from(const char *z)
{
    return (og_str){z, z ? strlen(z) : 0};
}

static inline bool og_str_eq(og_str a, og_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool og_str_is(og_str a, const char *z)
{
    return og_str_eq(a, og_str_from(z));
}

/* Bytewise order, shorter first on a tie: <0, 0, >0. */
int og_str_cmp(og_str a, og_str b);
bool og_str_starts(og_str s, og_str prefix);
bool og_str_ends(og_str s, og_str suffix);
/* Offset of the first `c`, or s.n. */
size_t og_str_find(og_str s, char c);
/* Bytes [from, to), both clamped to s. */
og_str og_str_slice(og_str s, size_t from, size_t to);
/* Without ASCII white space at both ends. */
og_str og_str_trim(og_str s);
/* 64-bit FNV-1a with a final mix: for in-memory tables only, never written out. */
uint64_t og_str_hash(og_str s);

/* Decimal, optional sign, nothing around it; false on anything else or overflow. */
bool og_str_to_int64(og_str s, int64_t *ret);
bool og_str_to_uint64(og_str s, uint64_t *ret);

/* Edit distance in which two neighbours swapped count once (optimal string alignment),
 * capped: returns cap + 1 when it is more. Inputs over 64 bytes are
 * never near. */
unsigned og_str_distance(og_str a, og_str b, unsigned cap);
/* The candidate nearest to `word` (distance at most 1 per 3 bytes, at least 1), or an
 * empty string; the first wins a tie. For "did you mean". */
og_str og_str_nearest(og_str word, const og_str *candidates, size_t count);

#endif
