/* A verdict on one page: where the release stands and why. First what was judged by what,
 * then every criterion in a table, then the reasons of those that are not met. */
#include "render/parts.h"
#include "render/render.h"
#include "render/tally.h"

enum {
    LABEL_COLUMN = 2,
    FACT_COLUMN = 15,
    ID_MIN = 9,  /* "criterion" */
    ID_MAX = 24, /* a longer id pushes its own line only */
    COMMIT_SHOWN = 12
};

static void fact(page *p, const char *label)
{
    page_to(p, LABEL_COLUMN);
    page_say(p, PAGE_DIM, "%s", label);
    page_to(p, FACT_COLUMN);
}

static void put_commit(page *p, og_str commit)
{
    if (commit.n == 0)
        page_say(p, PAGE_WARN, "work tree, not a commit");
    else
        page_put(p, PAGE_PLAIN, og_str_slice(commit, 0, COMMIT_SHOWN));
}

static void put_result(page *p, const verdict *v)
{
    og_buf ids = {0};

    fact(p, "verdict");
    page_say(p, parts_result_style(v->result), "%s", parts_result_words(v->result));
    tally_put_deciding(v, &ids);
    if (ids.n > 0) {
        page_say(p, PAGE_PLAIN, ": ");
    }
    page_made(p, PAGE_PLAIN, &ids);
    page_end(p);
}

static void put_prior(page *p, const verdict *v)
{
    if (v->prior.gate.n == 0)
        return;
    fact(p, "gate before");
    page_put(p, PAGE_PLAIN, v->prior.gate);
    if (v->prior.passed && v->prior.decision.n > 0) {
        page_say(p, PAGE_GOOD, ", passed");
        page_say(p, PAGE_PLAIN, " by decision ");
        page_put(p, PAGE_PLAIN, v->prior.decision);
    } else {
        page_say(p, v->prior.passed ? PAGE_GOOD : PAGE_BAD,
                 v->prior.passed ? ", passed" : ", not passed: no decision stands");
    }
    page_end(p);
}

static void put_policy(page *p, const verdict *v)
{
    fact(p, "policy");
    if (v->policy_self)
        page_say(p, PAGE_WARN, "self: what is judged also supplies the criteria");
    else
        put_commit(p, v->policy_commit);
    page_end(p);
}

/* The day, and the instant unless it is the day's last. */
static void put_time(page *p, const verdict *v)
{
    char day[11], instant[36];

    og_date_format(v->at_date, day);
    og_instant_format(v->at, instant);
    fact(p, "as of");
    if (v->at.nanos == 999999999)
        page_say(p, PAGE_PLAIN, "%s, the end of the day", day);
    else
        page_say(p, PAGE_PLAIN, "%s, %s", day, instant);
    page_end(p);
}

static void put_head(page *p, const verdict *v)
{
    page_put(p, PAGE_BOLD, v->title.n ? v->title : v->subject);
    if (v->title.n > 0) {
        page_say(p, PAGE_BOLD, " (");
        page_put(p, PAGE_BOLD, v->subject);
        page_say(p, PAGE_BOLD, ")");
    }
    page_gap(p);

    put_result(p, v);
    fact(p, "gate");
    page_put(p, PAGE_PLAIN, v->gate);
    page_end(p);
    put_time(p, v);
    put_prior(p, v);
    fact(p, "register");
    put_commit(p, v->register_commit);
    page_end(p);
    put_policy(p, v);
    fact(p, "criteria");
    page_put(p, PAGE_PLAIN, v->criteria_set);
    page_say(p, PAGE_PLAIN, " ");
    page_put(p, PAGE_PLAIN, v->criteria_version);
    page_end(p);
}

typedef struct table { /* columns of the table of criteria */
    size_t outcome, next, title;
} table;

/* The gate at which a criterion is judged next: again, or for the first time; empty: not
 * after this one. */
static og_str next_gate(const verdict_criterion *c)
{
    return c->outcome == OUTCOME_NOT_DUE ? c->due : c->again_at;
}

static table measure(page *p, const verdict *v)
{
    size_t id = ID_MIN, outcome = sizeof "outcome" - 1, next = 0;

    for (size_t i = 0; i < v->count; i++) {
        const verdict_criterion *c = &v->criteria[i];
        size_t n = page_columns(p, c->id), o = strlen(verdict_outcome_name(c->outcome));
        size_t a = page_columns(p, next_gate(c));
        id = n > id && n <= ID_MAX ? n : id;
        outcome = o > outcome ? o : outcome;
        next = a > next ? a : next;
    }
    if (next > 0 && next < sizeof "next at" - 1)
        next = sizeof "next at" - 1;
    table t = {.outcome = id + 2, .next = id + 2 + outcome + 2};
    t.title = t.next + (next > 0 ? next + 2 : 0);
    return t;
}

static bool has_reason(const verdict_criterion *c)
{
    return c->outcome != OUTCOME_MET && c->outcome != OUTCOME_NOT_DUE && c->message.n > 0;
}

static void put_row(page *p, const table *t, const verdict_criterion *c)
{
    page_put(p, PAGE_PLAIN, c->id);
    page_to(p, t->outcome);
    page_say(p, parts_outcome_style(c->outcome), "%s", verdict_outcome_name(c->outcome));
    if (next_gate(c).n > 0) {
        page_to(p, t->next);
        page_put(p, PAGE_PLAIN, next_gate(c));
    }
    page_to(p, t->title);
    page_put(p, c->counts ? PAGE_PLAIN : PAGE_DIM, c->title);
    if (c->advisory)
        page_say(p, PAGE_DIM, " (advisory)");
    if (c->outcome == OUTCOME_NOT_DUE)
        page_say(p, PAGE_DIM, " (now: %s)", verdict_outcome_name(c->evaluated));
    page_end(p);
    if (has_reason(c)) {
        page_to(p, t->title);
        page_put(p, PAGE_BOLD, c->message);
        page_end(p);
    }
}

static void put_legend(page *p, const verdict *v, const table *t)
{
    og_buf tally = {0};

    page_gap(p);
    tally_put(v, &tally);
    page_made(p, PAGE_PLAIN, &tally);
    if (t->title > t->next)
        page_say(p, PAGE_DIM, "; next at: the gate at which it is judged next");
    page_end(p);
}

static void put_table(page *p, const verdict *v)
{
    table t = measure(p, v);

    page_gap(p);
    page_say(p, PAGE_DIM, "criterion");
    page_to(p, t.outcome);
    page_say(p, PAGE_DIM, "outcome");
    if (t.title > t.next) {
        page_to(p, t.next);
        page_say(p, PAGE_DIM, "next at");
    }
    page_to(p, t.title);
    page_say(p, PAGE_DIM, "title");
    page_end(p);
    for (size_t i = 0; i < v->count; i++)
        put_row(p, &t, &v->criteria[i]);
    put_legend(p, v, &t);
}

/* The message stands in the table; here is what lies under it. */
static void reason_heading(page *p, const verdict_criterion *c)
{
    page_gap(p);
    page_put(p, PAGE_BOLD, c->id);
    page_say(p, PAGE_PLAIN, " ");
    page_say(p, parts_outcome_style(c->outcome), "%s", verdict_outcome_name(c->outcome));
    page_say(p, PAGE_PLAIN, ": ");
    page_put(p, PAGE_PLAIN, c->title);
    page_end(p);
}

static void put_reasons(page *p, const verdict_criterion *c)
{
    reason_heading(p, c);
    parts_elements(p, LABEL_COLUMN, c);
    if (c->element_count == 0)
        parts_operands(p, LABEL_COLUMN, c->operands, c->operand_count);
    if (parts_has_batch(c)) {
        page_to(p, LABEL_COLUMN);
        page_say(p, PAGE_DIM, "evidence read");
        page_end(p);
        parts_evidence(p, LABEL_COLUMN + 2, c, false);
    }
}

static bool needs_reasons(const verdict_criterion *c)
{
    return c->outcome != OUTCOME_MET && c->outcome != OUTCOME_NOT_DUE &&
           c->outcome != OUTCOME_NOT_APPLICABLE &&
           (c->element_count + c->operand_count > 0 || parts_has_batch(c));
}

static void put_proposed(page *p, const verdict *v)
{
    if (v->proposed_count == 0)
        return;
    page_gap(p);
    page_say(p, PAGE_WARN, "proposed");
    page_say(p, PAGE_PLAIN,
             ": claimed here, not in force at the policy revision, without effect");
    page_end(p);
    for (size_t i = 0; i < v->proposed_count; i++) {
        const verdict_proposed *c = &v->proposed[i];
        page_to(p, LABEL_COLUMN);
        p->indent += 2;
        page_put(p, PAGE_BOLD, c->what);
        page_say(p, PAGE_PLAIN, ": claimed ");
        page_put(p, PAGE_PLAIN, c->claimed);
        page_say(p, PAGE_PLAIN, "; in force ");
        page_put(p, PAGE_PLAIN, c->in_force.n > 0 ? c->in_force : OG_STR("nothing"));
        page_say(p, PAGE_PLAIN, "; ");
        parts_place(p, c->path, c->line, c->column);
        page_end(p);
    }
}

static void put_foot(page *p, const verdict *v)
{
    if (v->next_assessment.n > 0) {
        page_gap(p);
        page_say(p, PAGE_PLAIN, "next assessment: ");
        page_put(p, PAGE_BOLD, v->next_assessment);
        page_end(p);
    }
    if (v->warning_count > 0)
        page_gap(p);
    for (size_t i = 0; i < v->warning_count; i++) {
        page_say(p, PAGE_WARN, "warning: ");
        page_put(p, PAGE_PLAIN, v->warnings[i]);
        page_end(p);
    }
}

int render_verdict_text(const verdict *v, const render_options *options, og_buf *out,
                        og_error *err)
{
    page p;

    page_init(&p, out, options->width, options->colour);
    put_head(&p, v);
    put_table(&p, v);
    for (size_t i = 0; i < v->count; i++)
        if (needs_reasons(&v->criteria[i]))
            put_reasons(&p, &v->criteria[i]);
    put_proposed(&p, v);
    put_foot(&p, v);
    page_done(&p);
    return og_buf_check(out, err);
}
