/* Decisions, and the gates they let a subject through. */
#include "assess/context.h"

/* AGREED and RECOMMENDED let the subject go on (criteria/kinds/decision.yaml). */
static bool lets_through(const model_record *decision)
{
    og_str outcome = model_record_text(decision, "outcome");

    return og_str_is(outcome, "AGREED") || og_str_is(outcome, "RECOMMENDED");
}

static bool is_about(const model_record *decision, const model_record *subject,
                     og_str gate, og_date today)
{
    const model_record *decided = model_record_sub(decision, "decided");
    og_value on = decided ? model_record_get(decided, "on") : og_absent();
    const model_record *upon = model_record_sub(decision, "subject");

    return upon && og_str_eq(upon->kind->name, subject->kind->name) &&
           og_str_eq(model_record_id(upon), model_record_id(subject)) &&
           og_str_eq(model_record_text(decision, "gate"), gate) && on.kind == OG_DATE &&
           on.as.i <= today;
}

static const model_record *standing_decision(const assess_context *c, og_str gate)
{
    const model_kind *kind = model_kind_named(c->in->policy->kinds, OG_STR("decision"));
    const model_list *list = kind ? &c->lists[kind->ordinal] : NULL;

    for (size_t i = 0; list && i < list->count; i++)
        if (is_about(list->records[i], c->subject, gate, c->today) &&
            lets_through(list->records[i]))
            return list->records[i];
    return NULL;
}

/* What approves or allows a subject stands in it, where its kind has such fields, and is
 * the decision at the gate of that name: report changes. */
static bool is_approved(const model_record *subject, og_str gate, og_date today)
{
    static const char *const words[] = {"approved", "emergency"};

    for (size_t i = 0; og_str_is(gate, "approval") && i < 2; i++) {
        const model_record *word = model_record_sub(subject, words[i]);
        og_value on = word ? model_record_get(word, "on") : og_absent();
        if (on.kind == OG_DATE && on.as.i <= today)
            return true;
    }
    return false;
}

bool context_passed(const assess_context *c, og_str gate, og_str *ret_decision)
{
    const model_record *decision = standing_decision(c, gate);

    *ret_decision = decision ? model_record_id(decision) : (og_str){0};
    return decision || is_approved(c->subject, gate, c->today);
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
        if (is_about(d, in->subject, in->criteria->gates[gate], c.today) &&
            lets_through(d) && context_stands(&c, d))
            return d;
    }
    return NULL;
}

/* What the subject says of its approval counts as it stands at the policy revision. */
static bool is_passed(const assess_input *in, size_t gate)
{
    const model_record *subject = in->subject;

    if (assess_passed_by(in, gate))
        return true;
    if (in->policy != in->claims)
        subject = model_find(in->policy, subject->kind, NULL, model_record_id(subject));
    return subject && is_approved(subject, in->criteria->gates[gate],
                                  zone_date_at(in->policy->zone, in->at));
}

size_t assess_next_gate(const assess_input *in)
{
    size_t gate = 0;

    while (gate + 1 < in->criteria->gate_count && is_passed(in, gate))
        gate++;
    return gate;
}
