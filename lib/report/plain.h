/* Patterns that are a fixed number of characters out of ASCII sets, such as [0-9A-F]{16}
 * or SECMP[0-9]{4}: most patterns of identifiers. They match by table, a byte at a time,
 * and mean what the regular expression means. */
#ifndef OG_REPORT_PLAIN_H
#define OG_REPORT_PLAIN_H

#include "base/str.h"

enum {
    PLAIN_LENGTH = 64, /* characters of a text that matches */
    PLAIN_SETS = 8
};

typedef struct plain_pattern {
    size_t length, set_count;
    unsigned char set_of[PLAIN_LENGTH]; /* by position */
    bool sets[PLAIN_SETS][256];
} plain_pattern;

/* False when the pattern is of another kind: then it is one for lib/cel. */
bool plain_read(og_str pattern, plain_pattern *ret);

/* Whether all of the text matches. */
static inline bool plain_match(const plain_pattern *p, og_str text)
{
    if (text.n != p->length)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (!p->sets[p->set_of[i]][(unsigned char)text.p[i]])
            return false;
    return true;
}

#endif
