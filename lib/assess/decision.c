/* Decisions, and the gates they let a subject through. */
#include "assess/context.h"

/* AGREED and RECOMMENDED let the subject go on (criteria/kinds/decision.yaml). */
static bool lets_through(const model_record *decision)
{
    og_str outcome = model_record_text(decision, "outcome");

    return og_str_is(outcome, "AGREED") || og_str_is(outcome, "RECOMMENDED");
}

static bool is_about(const model_record *decision, og_str subject, og_str gate,
                     og_date today)
{
    const model_record *decided = model_record_sub(decision, "decided");
    og_value on = decided ? model_record_get(decided, "on") : og_absent();

    return og_str_eq(model_record_text(decision, "subject"), subject) &&
           og_str_eq(model_record_text(decision, "gate"), gate) && on.kind == OG_DATE &&
           on.as.i <= today;
}

const model_record *context_decision(const assess_context *c, og_str gate)
{
    const model_kind *kind = model_kind_named(c->in->policy->kinds, OG_STR("decision"));
    const model_list *list = kind ? &c->lists[kind->ordinal] : NULL;

    for (size_t i = 0; list && i < list->count; i++)
        if (is_about(list->records[i], model_record_id(c->subject), gate, c->today) &&
            lets_through(list->records[i]))
            return list->records[i];
    return NULL;
}

const model_record *assess_passed_by(const assess_input *in, size_t gate)
{
    const model_kind *kind = model_kind_named(in->policy->kinds, OG_STR("decision"));
    assess_context c = {.in = in,
                        .subject = in->subject,
                        .today = zone_date_at(in->policy->zone, in->at)};
    size_t count = kind ? in->claims->list_counts[kind->ordinal] : 0;

    for (size_t i = 0; i < count; i++) {
        const model_record *d = in->claims->lists[kind->ordinal][i];
        if (is_about(d, model_record_id(in->subject), in->criteria->gates[gate],
                     c.today) &&
            lets_through(d) && context_stands(&c, d))
            return d;
    }
    return NULL;
}

size_t assess_next_gate(const assess_input *in)
{
    size_t gate = 0;

    while (gate + 1 < in->criteria->gate_count && assess_passed_by(in, gate))
        gate++;
    return gate;
}
