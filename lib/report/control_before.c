/* What readers of a report have or were told of, and which version they have before
 * another. */
#include "report/controller.h"

/* ---- What was announced ---- */

bool controller_asks_for(const model_record *change, const model_record *version)
{
    return controller_is(change, "report", model_record_text(version, "report")) &&
           controller_is(change, "to", model_record_text(version, "version"));
}

/* Whether anybody was told of this version, by what a register says. */
static bool is_announced(const model_register *reg, const model_record *version)
{
    size_t count;
    const model_record *const *notices = controller_list(reg, "notice", &count);

    for (size_t i = 0; i < count; i++) {
        const model_record *change = model_record_sub(notices[i], "report_change");
        if (change && controller_was_served(notices[i]) &&
            controller_asks_for(change, version))
            return true;
    }
    return false;
}

bool controller_is_fixed(const controller *c, const model_record *version)
{
    return controller_date(version, "effective_from", OG_DATE_MAX) <= c->control->today ||
           is_announced(c->control->base, version) ||
           is_announced(c->control->head, version);
}

/* ---- The version before ---- */

bool controller_comes_before(const model_record *candidate, const model_record *version,
                             const model_record *best)
{
    og_date from = controller_date(candidate, "effective_from", OG_DATE_MIN);

    return controller_is(candidate, "report", model_record_text(version, "report")) &&
           !controller_is(candidate, "version", model_record_text(version, "version")) &&
           from <= controller_date(version, "effective_from", OG_DATE_MIN) &&
           (!best || from > controller_date(best, "effective_from", OG_DATE_MIN));
}

typedef struct candidate { /* for the version before */
    const model_record *record;
    og_date from;
    size_t place; /* among those of the base, and then of the head */
} candidate;

/* The best candidate after the one that was tried: a later day, and of one day the first
 * by its place. */
static candidate next_candidate(const controller *c, const model_record *version,
                                const candidate *tried)
{
    const model_register *sides[2] = {c->control->base, c->control->head};
    candidate best = {0};
    size_t place = 0;

    for (size_t s = 0; s < 2; s++) {
        size_t count;
        const model_record *const *all = controller_list(sides[s], "report", &count);
        for (size_t i = 0; i < count; i++, place++) {
            og_date from = controller_date(all[i], "effective_from", OG_DATE_MIN);
            bool left = !tried->record || from < tried->from ||
                        (from == tried->from && place > tried->place);
            if (left && controller_comes_before(all[i], version, best.record))
                best = (candidate){all[i], from, place};
        }
    }
    return best;
}

const model_record *controller_predecessor(const controller *c,
                                           const model_record *version)
{
    size_t base_count;
    candidate at = {0};

    controller_list(c->control->base, "report", &base_count);
    for (;;) {
        at = next_candidate(c, version, &at);
        if (!at.record)
            return NULL;
        bool of_head = at.place >= base_count;
        const model_record *before =
            of_head ? controller_counterpart(c->control->base, at.record) : at.record;
        if ((before && controller_is_fixed(c, before)) != of_head)
            return at.record;
    }
}
