/* Patterns that are a fixed number of characters out of ASCII sets, such as [0-9A-F]{16}
 * or SECMP-[0-9]{4}: most patterns of identifiers. They match by comparison with ranges,
 * a block of bytes at a time, and mean what the regular expression means. */
#ifndef OG_REPORT_PLAIN_H
#define OG_REPORT_PLAIN_H

#include "base/str.h"

enum {
    PLAIN_LENGTH = 64, /* characters of a text that matches; whole blocks */
    PLAIN_RANGES = 4,  /* that make up one set */
    PLAIN_BLOCK = 16   /* bytes */
};

/* What may stand in each position: a byte of one of the ranges. A position with fewer
 * ranges has its first one again; after `length` everything may stand. */
typedef struct plain_pattern {
    size_t length, ranges;
    unsigned char low[PLAIN_RANGES][PLAIN_LENGTH];
    unsigned char span[PLAIN_RANGES][PLAIN_LENGTH]; /* highest byte less the lowest */
} plain_pattern;

/* False when the pattern is of another kind: then it is one for lib/cel. */
bool plain_read(og_str pattern, plain_pattern *ret);

/* Whether all of the text matches. */
static inline bool plain_match(const plain_pattern *p, og_str text)
{
    if (text.n != p->length)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        bool fits = false;
        for (size_t r = 0; r < p->ranges; r++)
            fits |= (unsigned char)(text.p[i] - p->low[r][i]) <= p->span[r][i];
        if (!fits)
            return false;
    }
    return true;
}

typedef unsigned char plain_bytes __attribute__((vector_size(PLAIN_BLOCK)));

static inline plain_bytes plain_load(const void *p)
{
    plain_bytes bytes;

    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

/* Whether the first p->length bytes match. Reads whole blocks: up to PLAIN_BLOCK bytes
 * after those. */
static inline bool plain_match_blocks(const plain_pattern *p, const char *text)
{
    uint64_t halves[2];

    for (size_t at = 0; at < p->length; at += PLAIN_BLOCK) {
        plain_bytes bytes = plain_load(text + at), fits = {0};
        for (size_t r = 0; r < p->ranges; r++)
            fits |= (plain_bytes)(bytes - plain_load(p->low[r] + at) <=
                                  plain_load(p->span[r] + at));
        memcpy(halves, &fits, sizeof fits);
        if ((halves[0] & halves[1]) != UINT64_MAX)
            return false;
    }
    return true;
}

#endif
