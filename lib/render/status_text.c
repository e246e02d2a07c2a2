/* The page of all subjects: a row each with what keeps it from going on under it, then
 * actions overdue and meetings coming. */
#include <stdio.h>

#include "render/parts.h"
#include "render/status.h"

enum {
    MARGIN = 2,
    GAP = 2,
    ID_MAX = 24,      /* a longer id pushes its own row only */
    MEETINGS_MAX = 8, /* shown on the page; JSON has all */
    COMMIT_SHOWN = 12,
    DATE_WIDTH = 10
};

/* ---- Columns ---- */

static size_t wider(page *p, size_t width, og_str text)
{
    size_t n = page_columns(p, text);

    return n > width && n <= ID_MAX ? n : width;
}

/* Working Days from today to a day: "today", "20", "12 ago". */
static size_t days_text(int64_t days, char out[32])
{
    if (days == 0)
        return (size_t)snprintf(out, 32, "today");
    return (size_t)snprintf(out, 32, days > 0 ? "%lld" : "%lld ago",
                            (long long)(days > 0 ? days : -days));
}

static void put_days(page *p, size_t column, size_t width, page_style style, int64_t days)
{
    char text[32];
    size_t n = days_text(days, text);

    page_to(p, column + (n < width ? width - n : 0));
    page_say(p, style, "%s", text);
}

static void put_date(page *p, size_t column, og_date date)
{
    char day[11];

    og_date_format(date, day);
    page_to(p, column);
    page_say(p, PAGE_PLAIN, "%s", day);
}

/* ---- Head ---- */

/* "register 3ba8f060592a", "register in the work tree" */
static void put_commit(page *p, const char *what, og_str commit)
{
    page_say(p, PAGE_PLAIN, "; %s ", what);
    if (commit.n == 0)
        page_say(p, PAGE_WARN, "in the work tree");
    else
        page_put(p, PAGE_PLAIN, og_str_slice(commit, 0, COMMIT_SHOWN));
}

static void put_head(page *p, const status *s)
{
    char day[11], instant[36];

    og_date_format(s->today, day);
    og_instant_format(s->at, instant);
    page_put(p, PAGE_BOLD, s->title);
    page_end(p);
    page_say(p, PAGE_PLAIN, "as of %s, %s", day,
             s->at.nanos == 999999999 ? "the end of the day" : instant);
    put_commit(p, "register", s->register_commit);
    if (s->policy_self)
        page_say(p, PAGE_WARN, "; policy self");
    else
        put_commit(p, "policy", s->policy_commit);
    page_end(p);
}

/* ---- Subjects ---- */

typedef struct table { /* columns; days are aligned at their right */
    size_t gate, date, days, days_width, verdict, title;
} table;

static og_str verdict_words(const status_subject *s)
{
    if (s->finished)
        return s->decision.n > 0 ? OG_STR("passed") : OG_STR("took place");
    return og_str_from(s->judged ? parts_result_words(s->result) : "not judged");
}

static table measure(page *p, const status *s)
{
    size_t id = sizeof "subject" - 1, gate = sizeof "next gate" - 1;
    size_t days = sizeof "left" - 1, words = sizeof "verdict" - 1;
    char text[32];

    for (size_t i = 0; i < s->subject_count; i++) {
        const status_subject *u = &s->subjects[i];
        size_t n = u->has_date ? days_text(u->days, text) : 0;
        id = wider(p, id, u->id);
        gate = wider(p, gate, u->gate);
        days = n > days ? n : days;
        words = wider(p, words, verdict_words(u));
    }
    table t = {.gate = MARGIN + id + GAP, .days_width = days};
    t.date = t.gate + gate + GAP;
    t.days = t.date + DATE_WIDTH + GAP;
    t.verdict = t.days + days + GAP;
    t.title = t.verdict + words + GAP;
    return t;
}

static void put_titles(page *p, const table *t)
{
    page_to(p, MARGIN);
    page_say(p, PAGE_DIM, "subject");
    page_to(p, t->gate);
    page_say(p, PAGE_DIM, "next gate");
    page_to(p, t->date);
    page_say(p, PAGE_DIM, "on");
    page_to(p, t->days + t->days_width - (sizeof "left" - 1));
    page_say(p, PAGE_DIM, "left");
    page_to(p, t->verdict);
    page_say(p, PAGE_DIM, "verdict");
    page_end(p);
}

static page_style verdict_style(const status_subject *s)
{
    if (s->finished)
        return s->decision.n > 0 ? PAGE_DIM : PAGE_WARN;
    return s->judged ? parts_result_style(s->result) : PAGE_BAD;
}

static page_style days_style(const status_subject *s)
{
    if (s->finished)
        return PAGE_DIM;
    return s->days < 0 ? PAGE_BAD : s->days == 0 ? PAGE_WARN : PAGE_PLAIN;
}

static void put_row(page *p, const table *t, const status_subject *s)
{
    page_to(p, MARGIN);
    page_put(p, PAGE_BOLD, s->id);
    page_to(p, t->gate);
    page_put(p, s->finished ? PAGE_DIM : PAGE_PLAIN, s->gate);
    if (s->has_date) {
        put_date(p, t->date, s->on);
        put_days(p, t->days, t->days_width, days_style(s), s->days);
    }
    page_to(p, t->verdict);
    page_put(p, verdict_style(s), verdict_words(s));
    page_to(p, t->title);
    page_put(p, PAGE_PLAIN, s->title);
    page_end(p);
}

/* "16 missing  LSC-02, LSC-03": the criteria that block with one outcome. */
static void put_blocking(page *p, size_t column, const status_subject *s,
                         verdict_outcome outcome)
{
    size_t count = 0;

    for (size_t i = 0; i < s->blocking_count; i++)
        count += s->blocking[i].outcome == outcome;
    if (count == 0)
        return;
    page_to(p, column);
    page_say(p, parts_outcome_style(outcome), "%zu %s", count,
             verdict_outcome_name(outcome));
    page_to(p, column + sizeof "00 missing" + 1);
    for (size_t i = 0, shown = 0; i < s->blocking_count; i++) {
        if (s->blocking[i].outcome != outcome)
            continue;
        page_say(p, PAGE_PLAIN, shown++ ? ", " : "");
        page_put(p, PAGE_PLAIN, s->blocking[i].id);
    }
    page_end(p);
}

static void put_note(page *p, size_t column, page_style style, const char *before,
                     og_str text)
{
    page_to(p, column);
    page_say(p, style, "%s", before);
    page_put(p, style, text);
    page_end(p);
}

static void put_subject(page *p, const table *t, const status_subject *s)
{
    static const verdict_outcome worst_first[] = {OUTCOME_ERROR, OUTCOME_UNMET,
                                                  OUTCOME_MISSING, OUTCOME_STALE};
    char day[11];

    put_row(p, t, s);
    og_date_format(s->planned, day);
    if (!s->finished && s->has_date && s->on != s->planned)
        put_note(p, t->gate, PAGE_WARN, "planned for ", og_str_from(day));
    if (s->problem.n > 0)
        put_note(p, t->gate, PAGE_BAD, "", s->problem);
    if (s->finished && s->decision.n > 0)
        put_note(p, t->gate, PAGE_DIM, "by decision ", s->decision);
    else if (s->finished)
        put_note(p, t->gate, PAGE_WARN, "", OG_STR("without a decision that counts"));
    for (size_t i = 0; i < sizeof worst_first / sizeof *worst_first; i++)
        put_blocking(p, t->gate, s, worst_first[i]);
    if (s->tally[OUTCOME_WAIVED] > 0) {
        page_to(p, t->gate);
        page_say(p, PAGE_WARN, "%zu waived", s->tally[OUTCOME_WAIVED]);
        page_end(p);
    }
}

static void put_subjects(page *p, const status *s)
{
    table t = measure(p, s);

    page_gap(p);
    if (s->subject_count == 0) {
        page_say(p, PAGE_PLAIN,
                 "There is nothing to judge: the register has no record of "
                 "a kind that opsgate.yaml names a criteria set for.");
        page_end(p);
        return;
    }
    put_titles(p, &t);
    for (size_t i = 0; i < s->subject_count; i++)
        put_subject(p, &t, &s->subjects[i]);
    page_gap(p);
    page_say(p, PAGE_DIM, "left: Working Days; 'opsgate assess SUBJECT' says why");
    page_end(p);
}

/* ---- Actions ---- */

static void put_owners(page *p, const model_record *action)
{
    og_value owners = model_record_get(action, "owners");

    for (size_t i = 0; owners.kind == OG_LIST && i < owners.as.list->count; i++) {
        page_say(p, PAGE_PLAIN, i ? ", " : "");
        page_put(p, PAGE_PLAIN, og_text(owners.as.list->items[i]));
    }
}

static void put_action(page *p, const table *t, const status_action *a)
{
    og_str text = model_record_text(a->record, "text");
    og_str words = model_record_text(a->record, "revised_text");

    page_to(p, MARGIN);
    page_put(p, PAGE_BOLD, model_record_id(a->record));
    put_date(p, t->date, a->due);
    put_days(p, t->days, t->days_width, PAGE_BAD, a->days);
    page_to(p, t->verdict);
    put_owners(p, a->record);
    if (words.n > 0) {
        page_say(p, PAGE_WARN, "; revised date: ");
        page_put(p, PAGE_WARN, words);
    }
    if (text.n > 0) {
        page_say(p, PAGE_PLAIN, ": ");
        page_put(p, PAGE_PLAIN, text);
    }
    page_end(p);
}

static table list_columns(page *p, const status *s)
{
    size_t id = sizeof "meeting" - 1, days = sizeof "today" - 1;
    char text[32];

    for (size_t i = 0; i < s->action_count; i++) {
        size_t n = days_text(s->actions[i].days, text);
        id = wider(p, id, model_record_id(s->actions[i].record));
        days = n > days ? n : days;
    }
    for (size_t i = 0; i < s->meeting_count && i < MEETINGS_MAX; i++) {
        size_t n = days_text(s->meetings[i].days, text);
        id = wider(p, id, model_record_id(s->meetings[i].record));
        days = n > days ? n : days;
    }
    table t = {.date = MARGIN + id + GAP, .days_width = days};
    t.days = t.date + DATE_WIDTH + GAP;
    t.verdict = t.days + days + GAP;
    return t;
}

static void put_actions(page *p, const status *s, const table *t)
{
    page_gap(p);
    page_say(p, s->action_count ? PAGE_BAD : PAGE_PLAIN, "%zu action%s overdue",
             s->action_count, s->action_count == 1 ? "" : "s");
    page_say(p, PAGE_PLAIN, " of %zu open", s->open_actions);
    if (s->undated_actions > 0)
        page_say(p, PAGE_WARN, "; %zu without a date, never due", s->undated_actions);
    page_end(p);
    for (size_t i = 0; i < s->action_count; i++)
        put_action(p, t, &s->actions[i]);
}

/* ---- Meetings ---- */

/* The gates that are to be judged at it. */
static void put_agenda(page *p, const status *s, og_str meeting)
{
    for (size_t i = 0; i < s->subject_count; i++) {
        const status_subject *u = &s->subjects[i];
        if (u->finished || !og_str_eq(u->meeting, meeting))
            continue;
        page_say(p, PAGE_PLAIN, "; ");
        page_put(p, PAGE_BOLD, u->id);
        page_say(p, PAGE_PLAIN, " at ");
        page_put(p, PAGE_PLAIN, u->gate);
    }
}

static void put_meetings(page *p, const status *s, const table *t)
{
    page_gap(p);
    page_say(p, PAGE_PLAIN, "%zu meeting%s coming", s->meeting_count,
             s->meeting_count == 1 ? "" : "s");
    page_end(p);
    for (size_t i = 0; i < s->meeting_count && i < MEETINGS_MAX; i++) {
        const status_meeting *m = &s->meetings[i];
        page_to(p, MARGIN);
        page_put(p, PAGE_BOLD, model_record_id(m->record));
        put_date(p, t->date, m->on);
        put_days(p, t->days, t->days_width, PAGE_PLAIN, m->days);
        page_to(p, t->verdict);
        page_put(p, PAGE_PLAIN, model_record_text(m->record, "body"));
        page_say(p, PAGE_PLAIN, ", ");
        page_put(p, PAGE_PLAIN, model_record_text(m->record, "type"));
        put_agenda(p, s, model_record_id(m->record));
        page_end(p);
    }
    if (s->meeting_count > MEETINGS_MAX) {
        page_to(p, MARGIN);
        page_say(p, PAGE_PLAIN, "and %zu later", s->meeting_count - MEETINGS_MAX);
        page_end(p);
    }
}

int render_status_text(const status *s, const render_options *options, og_buf *out,
                       og_error *err)
{
    page p;

    page_init(&p, out, options->width, options->colour);
    put_head(&p, s);
    put_subjects(&p, s);
    table t = list_columns(&p, s);
    put_actions(&p, s, &t);
    put_meetings(&p, s, &t);
    if (s->warning.n > 0) {
        page_gap(&p);
        put_note(&p, 0, PAGE_WARN, "warning: ", s->warning);
    }
    page_done(&p);
    return og_buf_check(out, err);
}
