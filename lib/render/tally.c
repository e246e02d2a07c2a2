/* A verdict in one line. */
#include "render/tally.h"

#include "render/render.h"

enum {
    DECIDING_MAX = 50 /* named in one line */
};

static const verdict_outcome worst_first[] = {
    OUTCOME_ERROR,  OUTCOME_UNMET, OUTCOME_MISSING, OUTCOME_STALE,
    OUTCOME_WAIVED, OUTCOME_MET,   OUTCOME_NOT_DUE, OUTCOME_NOT_APPLICABLE};
static_assert(sizeof worst_first / sizeof worst_first[0] == OUTCOME_ERROR + 1,
              "every outcome");

void tally_put(const verdict *v, og_buf *out)
{
    size_t shown = 0;

    for (size_t i = 0; i < sizeof worst_first / sizeof worst_first[0]; i++) {
        verdict_outcome o = worst_first[i];
        if (v->tally[o] > 0)
            og_buf_printf(out, "%s%zu %s", shown++ ? ", " : "", v->tally[o],
                          verdict_outcome_name(o));
    }
    if (shown == 0)
        og_buf_puts(out, "no criterion counts");
}

bool tally_decided(const verdict_criterion *c)
{
    return c->counts && c->outcome != OUTCOME_MET &&
           c->outcome != OUTCOME_NOT_APPLICABLE && c->outcome != OUTCOME_NOT_DUE;
}

void tally_put_deciding(const verdict *v, og_buf *out)
{
    size_t count = 0;

    for (size_t i = 0; i < v->count; i++) {
        if (!tally_decided(&v->criteria[i]) || count++ >= DECIDING_MAX)
            continue;
        og_buf_puts(out, count > 1 ? ", " : "");
        og_buf_put_shown(out, v->criteria[i].id);
    }
    if (count > DECIDING_MAX)
        og_buf_printf(out, " and %zu more", count - DECIDING_MAX);
}

int render_verdict_line(const verdict *v, og_buf *out, og_error *err)
{
    bool refused_before = v->prior.gate.n > 0 && !v->prior.passed;

    og_buf_puts(out, verdict_result_name(v->result));
    og_buf_puts(out, " — ");
    size_t before = out->n;
    tally_put_deciding(v, out);
    if (refused_before) {
        og_buf_puts(out, out->n > before ? ", " : "");
        og_buf_puts(out, "gate ");
        og_buf_put_shown(out, v->prior.gate);
        og_buf_puts(out, " not passed");
    }
    og_buf_puts(out, out->n > before ? "; " : "");
    tally_put(v, out);
    return og_buf_check(out, err);
}
