/* One criterion, judged: does it apply, over what, does its condition hold, is what it
 * rests on fresh enough. */
#include "assess/context.h"

typedef struct judging {
    assess_context *c;
    const model_criterion *criterion;
    verdict_criterion *ret;
    og_value *variables; /* the context's; the element's slot changes */
    uint64_t steps_left; /* of all evaluations together; at least 1 */
    size_t memory_end;   /* of the arena */
} judging;

static int message(judging *j, og_error *err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static int message(judging *j, og_error *err, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    j->ret->message = og_arena_vprintf(j->c->arena, fmt, args);
    va_end(args);
    return j->ret->message.p ? OG_OK : og_nomem(err);
}

static void decide(judging *j, verdict_outcome outcome, verdict_reason reason)
{
    j->ret->evaluated = outcome;
    j->ret->reason = reason;
}

static verdict_outcome outcome_of(og_value v)
{
    switch ((og_kind)v.kind) {
    case OG_BOOL:
        return v.as.b ? OUTCOME_MET : OUTCOME_UNMET;
    case OG_UNKNOWN:
        return OUTCOME_MISSING;
    default:
        return OUTCOME_ERROR;
    }
}

static verdict_reason reason_of(verdict_outcome outcome)
{
    switch (outcome) {
    case OUTCOME_MET:
        return REASON_REQUIRE_TRUE;
    case OUTCOME_UNMET:
        return REASON_REQUIRE_FALSE;
    case OUTCOME_MISSING:
        return REASON_EVIDENCE_MISSING;
    default:
        return REASON_EVALUATION_FAILED;
    }
}

/* ---- What was missing, what failed ---- */

static int add_missing(judging *j, og_value unknown, og_error *err)
{
    verdict_criterion *ret = j->ret;
    og_value all = unknown;

    if (unknown.kind != OG_UNKNOWN)
        return OG_OK;
    if (ret->missing_count > 0) {
        og_unknown before = {.count = ret->missing_count, .attributes = ret->missing};
        og_value v = {.kind = OG_UNKNOWN};
        v.as.unknown = &before;
        all = og_unknown_merge(j->c->arena, v, unknown);
        if (all.kind != OG_UNKNOWN)
            return og_nomem(err);
    }
    ret->missing = all.as.unknown->attributes;
    ret->missing_count = all.as.unknown->count;
    return OG_OK;
}

/* An error's words, an unknown's attributes; empty for any other value. */
static int problem_text(const assess_context *c, og_value v, og_str *ret, og_error *err)
{
    og_buf list = {0};

    *ret = v.kind == OG_ERROR ? v.as.fault->message : (og_str){0};
    if (v.kind != OG_UNKNOWN)
        return OG_OK;
    for (size_t i = 0; i < v.as.unknown->count; i++)
        og_buf_printf(&list, "%s%.*s", i ? ", " : "",
                      OG_FMT(v.as.unknown->attributes[i]));
    int rc = og_buf_check(&list, err);
    if (rc == OG_OK) {
        *ret = og_arena_str(c->arena, og_buf_str(&list));
        rc = ret->p ? OG_OK : og_nomem(err);
    }
    og_buf_done(&list);
    return rc;
}

/* The message for a value that decides nothing. */
static int say_problem(judging *j, og_value v, const char *if_unknown,
                       const char *if_error, og_error *err)
{
    og_str problem;

    int rc = problem_text(j->c, v, &problem, err);
    if (rc != OG_OK)
        return rc;
    return message(j, err, "%s%.*s", v.kind == OG_UNKNOWN ? if_unknown : if_error,
                   OG_FMT(problem));
}

/* Evaluates within what the criterion may still spend: what is cheap once is not when a
 * long `each` asks for it again and again. Past the limit every value is an error. */
static int spend(judging *j, const model_condition *condition, const og_value *variables,
                 cel_eval_options *options, og_value *ret, cel_explanation *ret_why,
                 og_error *err)
{
    size_t used = j->c->arena->used;

    options->cost_limit = j->steps_left;
    options->memory_limit = used < j->memory_end ? j->memory_end - used : 1;
    int rc =
        cel_eval(condition->program, variables, j->c->arena, options, ret, ret_why, err);
    if (rc == OG_OK)
        j->steps_left -=
            ret_why->cost < j->steps_left ? ret_why->cost : j->steps_left - 1;
    return rc;
}

static int evaluate(judging *j, const model_condition *condition, og_value *ret,
                    og_error *err)
{
    cel_eval_options options = {0};
    cel_explanation why;

    return spend(j, condition, j->variables, &options, ret, &why, err);
}

static int explain(judging *j, const model_condition *condition, cel_explanation *ret,
                   og_error *err)
{
    cel_eval_options options = {.explain = true, .max_elements = OG_LIMIT_REASONS};
    og_value value;

    return spend(j, condition, j->variables, &options, &value, ret, err);
}

/* ---- A condition judged as a whole ---- */

/* The first loop of the explanation whose elements decided. */
static const cel_reason *deciding_loop(const cel_reason *reason)
{
    if (reason->element_count > 0)
        return reason;
    for (size_t i = 0; i < reason->part_count; i++) {
        const cel_reason *found = deciding_loop(&reason->parts[i]);
        if (found)
            return found;
    }
    return NULL;
}

static int loop_elements(judging *j, const cel_reason *loop, og_error *err)
{
    verdict_element *items = OG_ARRAY(j->c->arena, loop->element_count, verdict_element);

    if (!items)
        return og_nomem(err);
    for (size_t i = 0; i < loop->element_count; i++) {
        reasons_place(j->c, loop->elements[i].value, &items[i]);
        items[i].outcome = j->ret->evaluated;
        const cel_reason *reason = loop->elements[i].reason;
        int rc = reason ? reasons_of(j->c, &j->criterion->require, reason,
                                     &items[i].operands, &items[i].operand_count, err)
                        : OG_OK;
        if (rc != OG_OK)
            return rc;
    }
    j->ret->elements = items;
    j->ret->element_count = loop->element_count;
    j->ret->element_total = loop->element_count + loop->element_rest;
    return OG_OK;
}

static int explain_whole(judging *j, og_error *err)
{
    const model_condition *require = &j->criterion->require;
    cel_explanation e = {0};

    int rc = explain(j, require, &e, err);
    if (rc == OG_OK)
        rc = reasons_of(j->c, require, &e.root, &j->ret->operands, &j->ret->operand_count,
                        err);
    const cel_reason *loop = rc == OG_OK ? deciding_loop(&e.root) : NULL;
    return loop ? loop_elements(j, loop, err) : rc;
}

/* The text of `because`, for the element at hand or the whole. */
static int because(judging *j, og_str *ret, og_error *err)
{
    og_value v;

    if (!j->criterion->because.program)
        return OG_OK;
    int rc = evaluate(j, &j->criterion->because, &v, err);
    if (rc == OG_OK && v.kind == OG_STRING)
        *ret = og_text(v);
    return rc;
}

static int judge_whole(judging *j, og_error *err)
{
    og_value v;
    og_str why = {0};

    int rc = evaluate(j, &j->criterion->require, &v, err);
    if (rc != OG_OK)
        return rc;
    verdict_outcome outcome = outcome_of(v);
    decide(j, outcome, reason_of(outcome));
    if (outcome == OUTCOME_MET)
        return message(j, err, "the condition holds");
    rc = explain_whole(j, err);
    if (rc == OG_OK)
        rc = add_missing(j, v, err);
    if (rc == OG_OK && outcome == OUTCOME_UNMET)
        rc = because(j, &why, err);
    if (rc != OG_OK)
        return rc;
    if (outcome == OUTCOME_UNMET)
        return why.n ? message(j, err, "%.*s", OG_FMT(why))
                     : message(j, err, "the condition does not hold");
    return say_problem(j, v, "no evidence: ", "", err);
}

/* ---- Element by element ---- */

typedef struct element_tally {
    size_t total, unmet, missing, failed;
} element_tally;

static int keep_element(judging *j, og_value element, og_value v, verdict_element *item,
                        og_error *err)
{
    cel_explanation e = {0};

    reasons_place(j->c, element, item);
    item->outcome = outcome_of(v);
    int rc = problem_text(j->c, v, &item->problem, err);
    if (rc == OG_OK && item->outcome == OUTCOME_UNMET)
        rc = because(j, &item->because, err);
    if (rc == OG_OK)
        rc = explain(j, &j->criterion->require, &e, err);
    if (rc == OG_OK)
        rc = reasons_of(j->c, &j->criterion->require, &e.root, &item->operands,
                        &item->operand_count, err);
    return rc;
}

/* Where to keep an element that is not met, NULL: nowhere any more. The first of those
 * that decide is kept however late it comes, since the message is about it. */
static verdict_element *keep_where(judging *j, const element_tally *tally,
                                   verdict_outcome outcome, verdict_element *items)
{
    if (j->ret->element_count < OG_LIMIT_REASONS)
        return &items[j->ret->element_count++];
    bool first = outcome == OUTCOME_ERROR   ? tally->failed == 1
                 : outcome == OUTCOME_UNMET ? tally->unmet == 1 && tally->failed == 0
                                            : false;
    verdict_element *last = &items[OG_LIMIT_REASONS - 1];
    if (!first)
        return NULL;
    *last = (verdict_element){0};
    return last;
}

static int judge_element(judging *j, og_value element, element_tally *tally,
                         verdict_element *items, og_error *err)
{
    og_value v;

    j->variables[j->c->in->criteria->slots.element] = element;
    int rc = evaluate(j, &j->criterion->require, &v, err);
    if (rc != OG_OK)
        return rc;
    verdict_outcome outcome = outcome_of(v);
    tally->unmet += outcome == OUTCOME_UNMET;
    tally->missing += outcome == OUTCOME_MISSING;
    tally->failed += outcome == OUTCOME_ERROR;
    if (outcome == OUTCOME_MET)
        return OG_OK;
    j->ret->element_total++;
    rc = add_missing(j, v, err);
    if (rc != OG_OK)
        return rc;
    verdict_element *place = keep_where(j, tally, outcome, items);
    return place ? keep_element(j, element, v, place, err) : OG_OK;
}

/* What to call an element in a message. */
static og_str element_name(const verdict_element *e)
{
    if (e->because.n)
        return e->because;
    return e->id.n ? e->id : OG_STR("an element");
}

static int say_elements(judging *j, const element_tally *t, og_error *err)
{
    const verdict_criterion *ret = j->ret;

    if (ret->evaluated == OUTCOME_MET)
        return message(j, err,
                       t->total == 1 ? "%zu element, which is met" : "all %zu are met",
                       t->total);
    if (ret->evaluated == OUTCOME_MISSING) {
        og_value v = {.kind = OG_UNKNOWN};
        og_unknown u = {.count = ret->missing_count, .attributes = ret->missing};
        v.as.unknown = &u;
        return say_problem(j, v, "no evidence: ", "", err);
    }
    size_t bad = ret->evaluated == OUTCOME_UNMET ? t->unmet : t->failed;
    const verdict_element *first = ret->elements;
    for (size_t i = 0; i < ret->element_count; i++)
        if (ret->elements[i].outcome == ret->evaluated) {
            first = &ret->elements[i];
            break;
        }
    og_str what = ret->evaluated == OUTCOME_UNMET ? element_name(first) : first->problem;
    return bad == 1 ? message(j, err, "%.*s", OG_FMT(what))
                    : message(j, err, "%.*s; and %zu more", OG_FMT(what), bad - 1);
}

/* An error is never absorbed, and an element that is decided against outweighs one that
 * is not known. */
static verdict_outcome combine(const element_tally *t)
{
    if (t->failed > 0)
        return OUTCOME_ERROR;
    if (t->unmet > 0)
        return OUTCOME_UNMET;
    return t->missing > 0 ? OUTCOME_MISSING : OUTCOME_MET;
}

static int judge_elements(judging *j, const og_list *list, og_error *err)
{
    element_tally tally = {.total = list->count};
    verdict_element *items = OG_ARRAY(j->c->arena, OG_LIMIT_REASONS, verdict_element);

    if (!items)
        return og_nomem(err);
    j->ret->elements = items;
    for (size_t i = 0; i < list->count; i++) {
        int rc = judge_element(j, list->items[i], &tally, items, err);
        if (rc != OG_OK)
            return rc;
    }
    verdict_outcome outcome = combine(&tally);
    decide(j, outcome, reason_of(outcome));
    return say_elements(j, &tally, err);
}

static int judge_none(judging *j, og_error *err)
{
    if (j->criterion->when_empty_met) {
        decide(j, OUTCOME_MET, REASON_EACH_EMPTY);
        return message(j, err, "there is none, and that is evidence");
    }
    decide(j, OUTCOME_MISSING, REASON_EACH_EMPTY);
    return message(j, err,
                   "nothing in the evidence is about this: 'each' gave no element");
}

static int judge_each(judging *j, og_error *err)
{
    og_value v;

    int rc = evaluate(j, &j->criterion->each, &v, err);
    if (rc != OG_OK)
        return rc;
    if (v.kind == OG_LIST)
        return v.as.list->count == 0 ? judge_none(j, err)
                                     : judge_elements(j, v.as.list, err);
    verdict_outcome outcome = outcome_of(v);
    decide(j, outcome, reason_of(outcome));
    rc = add_missing(j, v, err);
    return rc == OG_OK ? say_problem(j, v, "no evidence: ", "", err) : rc;
}

/* ---- Does it apply ---- */

static int eval_when(judging *j, const og_value *variables, og_value *ret, og_error *err)
{
    cel_eval_options options = {0};
    cel_explanation why;

    return spend(j, &j->criterion->when, variables, &options, ret, &why, err);
}

static bool is_false(og_value v)
{
    return v.kind == OG_BOOL && !v.as.b;
}

/* What `when` says, as far as the author of the change may say it: it takes the claim and
 * the policy revision both to say that a criterion does not apply; where the policy does
 * not know the subject it applies. */
static int applies(judging *j, og_value *ret, og_error *err)
{
    const assess_context *c = j->c;

    *ret = og_bool(true);
    if (!j->criterion->when.program)
        return OG_OK;
    if (!c->claimed_variables)
        return eval_when(j, c->variables, ret, err);
    if (!c->policy_variables)
        return OG_OK;
    og_value claimed, standing;
    int rc = eval_when(j, c->claimed_variables, &claimed, err);
    if (rc == OG_OK)
        rc = eval_when(j, c->policy_variables, &standing, err);
    if (rc == OG_OK)
        *ret = is_false(claimed) && !is_false(standing) ? og_bool(true) : claimed;
    return rc;
}

static int judge_applicable(judging *j, og_error *err)
{
    og_value when;

    int rc = applies(j, &when, err);
    if (rc != OG_OK)
        return rc;
    if (is_false(when)) {
        decide(j, OUTCOME_NOT_APPLICABLE, REASON_WHEN_FALSE);
        return message(j, err, "does not apply: 'when' is false");
    }
    if (when.kind == OG_BOOL)
        return j->criterion->each.program ? judge_each(j, err) : judge_whole(j, err);
    verdict_outcome outcome = outcome_of(when);
    decide(j, outcome,
           outcome == OUTCOME_MISSING ? REASON_WHEN_UNKNOWN : REASON_EVALUATION_FAILED);
    rc = add_missing(j, when, err);
    if (rc != OG_OK)
        return rc;
    return say_problem(j, when,
                       "no evidence to say whether it applies: ", "'when' failed: ", err);
}

/* ---- The whole ---- */

/* Staleness can only take a pass away. */
static int judge_freshness(judging *j, const model_batch *stale, og_error *err)
{
    char day[11];

    if (!stale || j->ret->evaluated != OUTCOME_MET)
        return OG_OK;
    og_date_format(zone_date_at(j->c->in->policy->zone, stale->as_of), day);
    decide(j, OUTCOME_STALE, REASON_EVIDENCE_STALE);
    return message(j, err, "%.*s is as of %s, older than %lld %s",
                   OG_FMT(stale->file->path), day, (long long)j->criterion->max_age.as.i,
                   og_period_unit_name((og_period_unit)j->criterion->max_age.unit));
}

/* Not due yet: a preview that does not count. Met, and due again: says so. */
static int place_in_time(judging *j, og_error *err)
{
    const assess_input *in = j->c->in;
    verdict_criterion *ret = j->ret;

    ret->outcome = ret->evaluated;
    ret->counts = j->criterion->due <= in->gate && !j->criterion->advisory;
    if (j->criterion->due > in->gate) {
        ret->outcome = OUTCOME_NOT_DUE;
        ret->reason = REASON_NOT_DUE;
        return message(j, err, "counts at %.*s; now it would be %s", OG_FMT(ret->due),
                       verdict_outcome_name(ret->evaluated));
    }
    if (ret->outcome == OUTCOME_MET && in->gate + 1 < in->criteria->gate_count)
        ret->again_at = in->criteria->gates[in->gate + 1];
    return OG_OK;
}

int criterion_judge(assess_context *c, const model_criterion *criterion,
                    verdict_criterion *ret, og_error *err)
{
    judging j = {.c = c,
                 .criterion = criterion,
                 .ret = ret,
                 .variables = c->variables,
                 .steps_left = OG_LIMIT_CRITERION_COST,
                 .memory_end = c->arena->used + OG_LIMIT_CRITERION_MEMORY};
    const model_batch *stale = NULL;

    *ret = (verdict_criterion){.id = criterion->id,
                               .title = criterion->title,
                               .due = c->in->criteria->gates[criterion->due],
                               .blocker = criterion->blocker,
                               .advisory = criterion->advisory,
                               .mark = criterion->mark,
                               .note = criterion->note,
                               .pos = criterion->pos};
    context_at_gate(c, criterion->due > c->in->gate ? criterion->due : c->in->gate);
    int rc = judge_applicable(&j, err);
    if (rc == OG_OK)
        rc = evidence_collect(c, criterion, ret, &stale, err);
    if (rc == OG_OK)
        rc = judge_freshness(&j, stale, err);
    return rc == OG_OK ? place_in_time(&j, err) : rc;
}
