/* "Did you mean" over candidates that are not in one array. Internal to lib/model. */
#ifndef OG_MODEL_NEARER_H
#define OG_MODEL_NEARER_H

#include "base/str.h"

/* The nearer to `word` of the best so far (may be empty) and one more; empty while none
 * is near (og_str_nearest). */
static inline og_str model_nearer(og_str word, og_str best, og_str candidate)
{
    const og_str both[2] = {best, candidate};
    return best.n ? og_str_nearest(word, both, 2) : og_str_nearest(word, both + 1, 1);
}

#endif
