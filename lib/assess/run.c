/* A verdict from its outcomes. */
#include "assess/context.h"

/* ---- What must hold before anything is judged ---- */

static void report_missing_gate(assess_context *c, og_str gate)
{
    const model_record *subject = c->subject;
    og_diag *d = og_diags_add(
        c->diags, OG_LEVEL_ERROR, "missing-gate", model_record_pos(subject),
        subject->file ? subject->file->text : (og_str){0},
        "%.*s '%.*s' has no milestone '%.*s', which criteria set '%.*s' judges",
        OG_FMT(subject->kind->name), OG_FMT(model_record_id(subject)), OG_FMT(gate),
        OG_FMT(c->in->criteria->id));

    og_diags_hint(c->diags, d, "add {milestone: %.*s, planned: YYYY-MM-DD}",
                  OG_FMT(gate));
}

/* The criteria set declares its gates; a subject that has milestones must have each of
 * them, in order. */
static void check_gates(assess_context *c)
{
    const model_criteria *set = c->in->criteria;
    const model_record *subject = c->subject;
    og_date before = OG_DATE_MIN, planned;

    for (size_t g = 0; subject_has_milestones(subject) && g < set->gate_count; g++) {
        const model_record *milestone = subject_milestone(subject, set->gates[g]);
        if (!milestone)
            report_missing_gate(c, set->gates[g]);
        if (!subject_planned(subject, set, g, &planned))
            continue;
        if (planned < before)
            og_diags_add(c->diags, OG_LEVEL_ERROR, "gate-order",
                         model_record_pos(milestone),
                         subject->file ? subject->file->text : (og_str){0},
                         "gate '%.*s' is planned before the gate that precedes it",
                         OG_FMT(set->gates[g]));
        before = planned;
    }
}

/* ---- The verdict ---- */

static bool has_outcome(const verdict *v, verdict_outcome outcome)
{
    return v->tally[outcome] > 0;
}

static bool decides_nothing(const verdict *v)
{
    size_t counted = 0;

    for (int o = 0; o <= OUTCOME_ERROR; o++)
        counted += o == OUTCOME_NOT_APPLICABLE ? 0 : v->tally[o];
    return counted == 0;
}

/* design.md "Verdict"; the order of the rules is the order of precedence. */
static verdict_result result_of(const verdict *v)
{
    if (has_outcome(v, OUTCOME_ERROR))
        return VERDICT_NONE;
    if (decides_nothing(v))
        return VERDICT_NOTHING_TO_JUDGE;
    if (has_outcome(v, OUTCOME_UNMET))
        return VERDICT_NO_GO;
    if (has_outcome(v, OUTCOME_MISSING) || has_outcome(v, OUTCOME_STALE) ||
        (v->prior.gate.n > 0 && !v->prior.passed))
        return VERDICT_NOT_ASSESSABLE;
    return has_outcome(v, OUTCOME_WAIVED) ? VERDICT_GO_WITH_WORK_OFF : VERDICT_GO;
}

static int judge_criteria(assess_context *c, verdict *v, og_error *err)
{
    const model_criteria *set = c->in->criteria;
    verdict_criterion *criteria = OG_ARRAY(c->arena, set->count, verdict_criterion);

    if (!criteria)
        return og_nomem(err);
    for (size_t i = 0; i < set->count; i++) {
        int rc = criterion_judge(c, &set->criteria[i], &criteria[i], err);
        if (rc != OG_OK)
            return rc;
        v->tally[criteria[i].outcome] += criteria[i].counts;
    }
    v->criteria = criteria;
    v->count = set->count;
    return OG_OK;
}

static verdict_prior prior_gate(const assess_context *c)
{
    if (c->in->gate == 0)
        return (verdict_prior){0};
    og_str gate = c->in->criteria->gates[c->in->gate - 1];
    verdict_prior prior = {.gate = gate};

    prior.passed = context_passed(c, gate, &prior.decision);
    return prior;
}

/* ---- What comes next ---- */

static int say_gate(const assess_context *c, size_t index, og_str *ret, og_error *err)
{
    og_str gate = c->in->criteria->gates[index];
    const model_record *m = subject_milestone(c->subject, gate);
    og_str meeting = m ? model_record_text(m, "meeting") : (og_str){0};
    og_date planned;
    char day[11];

    if (!subject_planned(c->subject, c->in->criteria, index, &planned) ||
        planned <= c->today)
        return OG_OK;
    og_date_format(planned, day);
    *ret = meeting.n ? og_arena_printf(c->arena, "%.*s on %s, at %.*s", OG_FMT(gate), day,
                                       OG_FMT(meeting))
                     : og_arena_printf(c->arena, "%.*s on %s", OG_FMT(gate), day);
    return ret->p ? OG_OK : og_nomem(err);
}

/* The next meeting of the same body and type as the one at which the gate was judged. */
static const model_record *next_meeting(const assess_context *c, const model_record *last)
{
    const model_record *best = NULL;
    const model_kind *kind = last->kind;

    for (size_t i = 0; i < c->in->claims->list_counts[kind->ordinal]; i++) {
        const model_record *m = c->in->claims->lists[kind->ordinal][i];
        og_value on = model_record_get(m, "on");
        if (on.kind != OG_DATE || on.as.i <= c->today ||
            !og_str_eq(model_record_text(m, "body"), model_record_text(last, "body")) ||
            !og_str_eq(model_record_text(m, "type"), model_record_text(last, "type")))
            continue;
        if (!best || on.as.i < model_record_get(best, "on").as.i)
            best = m;
    }
    return best;
}

static int next_assessment(const assess_context *c, const verdict *v, og_str *ret,
                           og_error *err)
{
    const model_criteria *set = c->in->criteria;
    bool passed = v->result == VERDICT_GO || v->result == VERDICT_GO_WITH_WORK_OFF;
    size_t gate = c->in->gate + (passed ? 1 : 0);
    char day[11];

    if (gate == set->gate_count)
        return OG_OK;
    int rc = say_gate(c, gate, ret, err);
    if (rc != OG_OK || ret->n > 0 || passed)
        return rc;
    const model_record *m = subject_milestone(c->subject, set->gates[gate]);
    const model_record *last = m ? model_record_sub(m, "meeting") : NULL;
    const model_record *next = last ? next_meeting(c, last) : NULL;
    if (!next)
        return OG_OK;
    og_date_format((og_date)model_record_get(next, "on").as.i, day);
    *ret = og_arena_printf(c->arena, "%.*s on %s, at %.*s", OG_FMT(set->gates[gate]), day,
                           OG_FMT(model_record_id(next)));
    return ret->p ? OG_OK : og_nomem(err);
}

/* ---- Inputs by name ---- */

static int hex_of(const assess_context *c, const unsigned char digest[OG_SHA256_SIZE],
                  og_str *ret, og_error *err)
{
    char hex[2 * OG_SHA256_SIZE + 1];

    og_hex(digest, OG_SHA256_SIZE, hex);
    *ret = og_arena_str(c->arena, og_str_from(hex));
    return ret->p ? OG_OK : og_nomem(err);
}

static int name_inputs(const assess_context *c, verdict *v, og_error *err)
{
    const assess_input *in = c->in;
    unsigned char digest[OG_SHA256_SIZE];

    v->policy_self = in->policy == in->claims;
    v->register_commit = og_str_from(in->claims->source->commit);
    v->register_tree = og_str_from(in->claims->source->tree);
    v->policy_commit = og_str_from(in->policy->source->commit);
    v->policy_tree = og_str_from(in->policy->source->tree);
    v->criteria_set = in->criteria->id;
    v->criteria_version = in->criteria->version;
    v->criteria_path = in->criteria->file->path;
    v->criteria_blob = og_str_from(in->criteria->file->blob);
    v->kinds_digest = og_str_from(in->policy->kinds->digest);
    v->zone_name = zone_name(in->policy->zone);
    cal_digest(in->policy->calendar, digest);
    int rc = hex_of(c, digest, &v->calendar_digest, err);
    if (rc != OG_OK)
        return rc;
    zone_digest(in->policy->zone, digest);
    return hex_of(c, digest, &v->zone_digest, err);
}

/* ---- Warnings ---- */

static int add_warnings(const assess_context *c, verdict *v, og_error *err)
{
    const calendar *days = c->in->policy->calendar;
    og_str *text = OG_NEW(c->arena, og_str);

    if (!text)
        return og_nomem(err);
    if (cal_is_verified(days, c->today, c->today))
        return OG_OK;
    *text = og_arena_printf(c->arena,
                            "bank holidays are computed, not verified, after %d: Working "
                            "Days may be wrong",
                            cal_last_verified_year(days));
    v->warnings = text;
    v->warning_count = 1;
    return text->p ? OG_OK : og_nomem(err);
}

static int judge(assess_context *c, verdict *v, og_error *err)
{
    int rc = judge_criteria(c, v, err);
    if (rc != OG_OK)
        return rc;
    v->prior = prior_gate(c);
    v->result = result_of(v);
    v->proposed = c->proposed.items;
    v->proposed_count = c->proposed.count;
    rc = next_assessment(c, v, &v->next_assessment, err);
    if (rc == OG_OK)
        rc = name_inputs(c, v, err);
    return rc == OG_OK ? add_warnings(c, v, err) : rc;
}

int assess_run(const assess_input *in, og_arena *arena, og_diags *diags, verdict *ret,
               og_error *err)
{
    assess_context c = {.in = in, .arena = arena, .diags = diags};
    size_t errors = diags->errors;

    if (in->judging_now)
        model_check_future(in->claims, in->at, diags);
    int rc = context_build(&c, err);
    if (rc != OG_OK)
        return rc;
    check_gates(&c);
    if (diags->errors > errors || diags->failed)
        return og_diags_check(diags, err);
    verdict v = {.subject_kind = in->subject->kind->name,
                 .subject = model_record_id(in->subject),
                 .title = model_record_text(in->subject, "title"),
                 .gate = in->criteria->gates[in->gate],
                 .at = in->at,
                 .at_date = c.today};
    rc = judge(&c, &v, err);
    if (rc == OG_OK)
        *ret = v;
    return rc;
}
