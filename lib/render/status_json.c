/* All subjects as JSON, and as one line. */
#include "render/members.h"
#include "render/status.h"

static og_value criterion_item(members_maker *k, const void *items, size_t i)
{
    const status_criterion *c = (const status_criterion *)items + i;
    members m = members_of(k);

    members_text(&m, "id", c->id);
    members_text(&m, "title", c->title);
    members_text(&m, "outcome", og_str_from(verdict_outcome_name(c->outcome)));
    return members_end(&m);
}

static og_value tally_value(members_maker *k, const size_t *tally)
{
    members m = members_of(k);

    for (int o = 0; o <= OUTCOME_ERROR; o++)
        if (tally[o] > 0)
            members_number(&m, verdict_outcome_name((verdict_outcome)o), tally[o]);
    return members_end(&m);
}

static og_value subject_item(members_maker *k, const void *items, size_t i)
{
    const status_subject *s = (const status_subject *)items + i;
    members m = members_of(k);

    members_text(&m, "kind", s->kind);
    members_text(&m, "id", s->id);
    members_text(&m, "title", s->title);
    members_text(&m, "gate", s->gate);
    if (s->has_date) {
        members_date(&m, "planned", s->planned);
        members_date(&m, "on", s->on);
        members_add(&m, "working_days_left", og_int(s->days));
    }
    members_text(&m, "meeting", s->meeting);
    members_bool(&m, "finished", s->finished);
    members_text(&m, "decision", s->decision);
    if (s->judged) {
        members_text(&m, "verdict", og_str_from(verdict_result_name(s->result)));
        members_add(&m, "tally", tally_value(k, s->tally));
        members_add(&m, "blocking",
                    members_list(k, s->blocking, s->blocking_count, criterion_item));
    }
    members_text(&m, "problem", s->problem);
    return members_end(&m);
}

static og_value action_item(members_maker *k, const void *items, size_t i)
{
    const status_action *a = (const status_action *)items + i;
    members m = members_of(k);
    og_pos pos = model_record_pos(a->record);

    members_text(&m, "action", model_record_id(a->record));
    members_text(&m, "text", model_record_text(a->record, "text"));
    members_add(&m, "owners", model_record_get(a->record, "owners"));
    members_date(&m, "due", a->due);
    members_text(&m, "revised_text", model_record_text(a->record, "revised_text"));
    members_add(&m, "working_days_late", og_int(-a->days));
    members_place(&m, og_str_from(pos.path), pos.line, pos.column);
    return members_end(&m);
}

static og_value meeting_item(members_maker *k, const void *items, size_t i)
{
    const status_meeting *t = (const status_meeting *)items + i;
    members m = members_of(k);

    members_text(&m, "meeting", model_record_id(t->record));
    members_text(&m, "body", model_record_text(t->record, "body"));
    members_text(&m, "type", model_record_text(t->record, "type"));
    members_date(&m, "on", t->on);
    members_add(&m, "working_days_left", og_int(t->days));
    return members_end(&m);
}

static og_value policy_value(members_maker *k, const status *s)
{
    members m = members_of(k);

    members_bool(&m, "self", s->policy_self);
    members_text(&m, "commit", s->policy_commit);
    return members_end(&m);
}

static og_value register_value(members_maker *k, const status *s)
{
    members m = members_of(k);

    members_text(&m, "title", s->title);
    members_text(&m, "commit", s->register_commit);
    return members_end(&m);
}

int render_status_json(const status *s, og_buf *out, og_error *err)
{
    og_arena arena = {0};
    members_maker maker = {.arena = &arena};
    members m = members_of(&maker);

    members_number(&m, "schema_version", RENDER_STATUS_SCHEMA);
    members_instant(&m, "at", s->at);
    members_add(&m, "register", register_value(&maker, s));
    members_add(&m, "policy", policy_value(&maker, s));
    members_add(&m, "subjects",
                members_list(&maker, s->subjects, s->subject_count, subject_item));
    members_number(&m, "actions_open", s->open_actions);
    members_number(&m, "actions_without_date", s->undated_actions);
    members_add(&m, "actions_overdue",
                members_list(&maker, s->actions, s->action_count, action_item));
    members_add(&m, "meetings_coming",
                members_list(&maker, s->meetings, s->meeting_count, meeting_item));
    members_text(&m, "warning", s->warning);
    int rc = members_write(&maker, members_end(&m), out, err);
    og_arena_done(&arena);
    return rc;
}

static void put_count(og_buf *out, const char **comma, size_t count, const char *what)
{
    if (count == 0)
        return;
    og_buf_printf(out, "%s%zu %s", *comma, count, what);
    *comma = ", ";
}

int render_status_line(const status *s, og_buf *out, og_error *err)
{
    size_t results[VERDICT_NONE + 1] = {0}, finished = 0, problems = 0;
    const char *comma = ": ";
    char day[11];

    for (size_t i = 0; i < s->subject_count; i++) {
        const status_subject *u = &s->subjects[i];
        if (u->finished)
            finished++;
        else if (u->judged)
            results[u->result]++;
        else
            problems++;
    }
    og_date_format(s->today, day);
    og_buf_printf(out, "%zu subject%s on %s", s->subject_count,
                  s->subject_count == 1 ? "" : "s", day);
    put_count(out, &comma, problems, "not judged");
    for (int r = 0; r <= VERDICT_NONE; r++)
        put_count(out, &comma, results[r], verdict_result_name((verdict_result)r));
    put_count(out, &comma, finished, "finished");
    og_buf_printf(out, "; %zu action%s overdue", s->action_count,
                  s->action_count == 1 ? "" : "s");
    return og_buf_check(out, err);
}
