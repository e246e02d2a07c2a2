/* Where subjects stand, what is late and what is coming. */
#include "assess/status.h"

#include <stdlib.h>

#include "assess/context.h"

/* ---- Subjects ---- */

static bool has_date(const model_record *r, const char *field, og_date *ret)
{
    og_value v = r ? model_record_get(r, field) : og_absent();

    if (v.kind != OG_DATE)
        return false;
    *ret = (og_date)v.as.i;
    return true;
}

static bool took_place(const model_record *milestone, og_date today)
{
    og_date actual;

    return has_date(milestone, "actual", &actual) && actual <= today;
}

/* The day the gate took place, or else is forecast, or else planned. */
static void take_date(status_subject *s, const model_record *subject,
                      const assess_input *in, size_t gate, og_date today)
{
    const model_record *milestone = subject_milestone(subject, in->criteria->gates[gate]);

    s->has_date = subject_planned(subject, in->criteria, gate, &s->planned);
    s->on = s->planned;
    (void)has_date(milestone, took_place(milestone, today) ? "actual" : "forecast",
                   &s->on);
    if (s->has_date)
        s->days = cal_working_days(in->policy->calendar, today, s->on);
    if (milestone)
        s->meeting = model_record_text(milestone, "meeting");
}

/* Without milestones, when the day of it is over. */
static bool is_over(const model_record *subject, const model_criteria *set, og_date today)
{
    size_t last = set->gate_count - 1;
    og_date planned;

    if (subject_has_milestones(subject))
        return took_place(subject_milestone(subject, set->gates[last]), today);
    return subject_planned(subject, set, last, &planned) && planned < today;
}

int status_of_subject(const assess_input *in, og_arena *arena, status_subject *ret,
                      og_error *err)
{
    const model_criteria *set = in->criteria;
    const model_record *subject = NULL, *decision;
    const verdict_proposed *proposed;
    size_t count, gate = in->gate, last = set->gate_count - 1;
    og_date today = zone_date_at(in->policy->zone, in->at);
    status_subject s = {.kind = in->subject->kind->name,
                        .id = model_record_id(in->subject),
                        .title = model_record_text(in->subject, "title")};

    int rc = assess_effective_subject(in->subject, in->claims, in->policy, arena,
                                      &subject, &proposed, &count, err);
    if (rc != OG_OK)
        return rc;
    decision = assess_passed_by(in, last);
    s.finished = decision || is_over(subject, set, today);
    if (decision)
        s.decision = model_record_id(decision);
    if (s.finished)
        gate = last;
    take_date(&s, subject, in, gate, today);
    s.gate = og_arena_str(arena, set->gates[gate]);
    if (!s.gate.p)
        return og_nomem(err);
    *ret = s;
    return OG_OK;
}

static bool blocks(const verdict_criterion *c)
{
    return c->counts && (c->outcome == OUTCOME_UNMET || c->outcome == OUTCOME_MISSING ||
                         c->outcome == OUTCOME_STALE || c->outcome == OUTCOME_ERROR);
}

int status_take_verdict(status_subject *subject, const verdict *v, og_arena *arena,
                        og_error *err)
{
    status_criterion *blocking = OG_ARRAY(arena, v->count, status_criterion);
    size_t count = 0;

    if (!blocking)
        return og_nomem(err);
    for (size_t i = 0; i < v->count; i++) {
        const verdict_criterion *c = &v->criteria[i];
        if (!blocks(c))
            continue;
        status_criterion *b = &blocking[count++];
        *b = (status_criterion){og_arena_str(arena, c->id), og_arena_str(arena, c->title),
                                c->outcome};
        if (!b->id.p || !b->title.p)
            return og_nomem(err);
    }
    subject->judged = true;
    subject->result = v->result;
    subject->blocking = blocking;
    subject->blocking_count = count;
    memcpy(subject->tally, v->tally, sizeof subject->tally);
    return OG_OK;
}

static int compare_subjects(const void *x, const void *y)
{
    const status_subject *a = x, *b = y;

    if (a->finished != b->finished)
        return a->finished ? 1 : -1;
    if (a->has_date != b->has_date)
        return a->has_date ? -1 : 1;
    if (a->has_date && a->on != b->on)
        return a->on < b->on ? -1 : 1;
    int order = og_str_cmp(a->kind, b->kind);
    return order ? order : og_str_cmp(a->id, b->id);
}

void status_sort(status *s)
{
    if (s->subject_count > 1)
        qsort(s->subjects, s->subject_count, sizeof *s->subjects, compare_subjects);
}

/* ---- Actions and meetings ---- */

static int by_date_and_id(og_date a, og_date b, const model_record *x,
                          const model_record *y)
{
    if (a != b)
        return a < b ? -1 : 1;
    return og_str_cmp(model_record_id(x), model_record_id(y));
}

static int compare_actions(const void *x, const void *y)
{
    const status_action *a = x, *b = y;

    return by_date_and_id(a->due, b->due, a->record, b->record);
}

static int compare_meetings(const void *x, const void *y)
{
    const status_meeting *a = x, *b = y;

    return by_date_and_id(a->on, b->on, a->record, b->record);
}

/* The records of a kind with a home. */
static size_t records_of(const model_register *reg, const char *kind,
                         const model_record ***ret)
{
    const model_kind *k = model_kind_named(reg->kinds, og_str_from(kind));

    *ret = k ? reg->lists[k->ordinal] : NULL;
    return k ? reg->list_counts[k->ordinal] : 0;
}

/* Late are those whose day is over, as lint has it (action-overdue). */
static int take_actions(const model_register *claims, const model_register *policy,
                        og_arena *arena, status *s, og_error *err)
{
    const model_record **records;
    size_t count = records_of(claims, "action", &records);
    status_action *late = OG_ARRAY(arena, count, status_action);

    if (!late)
        return og_nomem(err);
    for (size_t i = 0; i < count; i++) {
        const model_record *r = records[i];
        status_action a = {.record = r};
        if (!og_str_is(model_record_text(r, "state"), "open"))
            continue;
        s->open_actions++;
        if (!has_date(r, "revised", &a.due) && !has_date(r, "target", &a.due)) {
            s->undated_actions++;
            continue;
        }
        a.days = cal_working_days(policy->calendar, s->today, a.due);
        if (og_instant_cmp(zone_end_of(policy->zone, a.due), s->at) <= 0)
            late[s->action_count++] = a;
    }
    if (s->action_count > 1)
        qsort(late, s->action_count, sizeof *late, compare_actions);
    s->actions = late;
    return OG_OK;
}

static int take_meetings(const model_register *claims, const model_register *policy,
                         og_arena *arena, status *s, og_error *err)
{
    const model_record **records;
    size_t count = records_of(claims, "meeting", &records);
    status_meeting *coming = OG_ARRAY(arena, count, status_meeting);

    if (!coming)
        return og_nomem(err);
    for (size_t i = 0; i < count; i++) {
        status_meeting m = {.record = records[i]};
        if (!has_date(records[i], "on", &m.on) || m.on < s->today)
            continue;
        m.days = cal_working_days(policy->calendar, s->today, m.on);
        coming[s->meeting_count++] = m;
    }
    if (s->meeting_count > 1)
        qsort(coming, s->meeting_count, sizeof *coming, compare_meetings);
    s->meetings = coming;
    return OG_OK;
}

int status_of_register(const model_register *claims, const model_register *policy,
                       og_instant at, og_arena *arena, status *ret, og_error *err)
{
    status s = {.title = policy->config.title,
                .at = at,
                .today = zone_date_at(policy->zone, at),
                .register_commit = og_str_from(claims->source->commit),
                .policy_commit = og_str_from(policy->source->commit),
                .policy_self = policy == claims};

    int rc = take_actions(claims, policy, arena, &s, err);
    if (rc == OG_OK)
        rc = take_meetings(claims, policy, arena, &s, err);
    if (rc == OG_OK)
        *ret = s;
    return rc;
}
