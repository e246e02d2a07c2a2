/* Why an expression came out as it did. Evaluation does not record anything, so that it
 * costs nothing when nobody asks; this walks the tree again from the top, only where the
 * result was decided. Functions are pure, so every value comes out as before. */
#ifndef OG_CEL_EXPLAIN_H
#define OG_CEL_EXPLAIN_H

#include "cel/frame.h"

/* frame is fresh (its own budget: past it the explanation is cut short) and holds the
 * variables of the evaluation that gave `v` in `cost` steps. OG_E_NOMEM. */
int cel_explain(cel_frame *frame, og_value v, const cel_eval_options *options,
                uint64_t cost, cel_explanation *ret);

#endif
