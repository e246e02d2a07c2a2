/* UTF-8: validation, decoding, counting. */
#ifndef OG_BASE_UTF8_H
#define OG_BASE_UTF8_H

#include "base/str.h"

/* Offset of the first byte that is not valid UTF-8 (no surrogates, no overlongs, at most
 * U+10FFFF), or s.n. */
size_t og_utf8_invalid(og_str s);
/* Decodes at s.p[at]; returns its length in bytes (1 to 4), 0 when invalid. */
unsigned og_utf8_decode(og_str s, size_t at, uint32_t *ret_code_point);
/* Writes 1 to 4 bytes; returns how many; 0 for a surrogate or beyond U+10FFFF. */
unsigned og_utf8_encode(uint32_t code_point, char out[4]);
/* Code points in s (valid UTF-8). */
size_t og_utf8_count(og_str s);
/* The beginning of s, at most max bytes, not ending inside a code point. */
og_str og_utf8_cut(og_str s, size_t max);
/* Terminal columns of s: wide East Asian 2, combining 0, others 1. */
size_t og_utf8_width(og_str s);

#endif
