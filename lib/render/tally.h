/* Words that more than one format needs. Internal to lib/render. */
#ifndef OG_RENDER_TALLY_H
#define OG_RENDER_TALLY_H

#include "base/buf.h"
#include "model/verdict.h"

/* "1 unmet, 7 met": how many criteria that count came out how, worst first; "no criterion
 * counts" when there is none. */
void tally_put(const verdict *v, og_buf *out);
/* Whether the criterion is one of those that kept the verdict from being a plain go. */
bool tally_decided(const verdict_criterion *c);
/* "LSC-07, LSC-08": ids of those, escaped, and how many more where they are too many for
 * a line; nothing when there is none. */
void tally_put_deciding(const verdict *v, og_buf *out);

#endif
