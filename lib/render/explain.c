/* One criterion in full: its conditions, what they came to, what was read. */
#include "render/parts.h"
#include "render/record.h"
#include "render/render.h"

enum {
    COLUMN = 2
};

static void heading(page *p, const char *words)
{
    page_gap(p);
    page_say(p, PAGE_DIM, "%s", words);
    page_end(p);
}

static void put_head(page *p, const verdict *v, const verdict_criterion *c)
{
    char day[11];

    og_date_format(v->at_date, day);
    page_put(p, PAGE_BOLD, c->id);
    page_say(p, PAGE_PLAIN, " ");
    page_put(p, PAGE_BOLD, c->title);
    page_end(p);
    page_to(p, COLUMN);
    page_say(p, parts_outcome_style(c->outcome), "%s", verdict_outcome_name(c->outcome));
    page_say(p, PAGE_PLAIN, " (%s) for ", verdict_reason_name(c->reason));
    page_put(p, PAGE_PLAIN, v->subject);
    page_say(p, PAGE_PLAIN, " at ");
    page_put(p, PAGE_PLAIN, v->gate);
    page_say(p, PAGE_PLAIN, " as of %s", day);
    page_end(p);
    if (c->message.n > 0) {
        page_to(p, COLUMN);
        page_put(p, PAGE_BOLD, c->message);
        page_end(p);
    }
}

/* What follows from the outcome, in words. */
static void put_consequence(page *p, const verdict *v, const verdict_criterion *c)
{
    page_to(p, COLUMN);
    page_say(p, PAGE_PLAIN, "due at ");
    page_put(p, PAGE_PLAIN, c->due);
    if (c->advisory)
        page_say(p, PAGE_PLAIN, "; advisory: shown, never decides");
    else if (!c->counts)
        page_say(p, PAGE_PLAIN, "; does not count at this gate");
    if (c->blocker)
        page_say(p, PAGE_PLAIN, "; a blocker: cannot be waived");
    if (c->again_at.n > 0) {
        page_say(p, PAGE_PLAIN, "; met now, judged again at ");
        page_put(p, PAGE_PLAIN, c->again_at);
    }
    page_end(p);
    if (v->policy_self) {
        page_to(p, COLUMN);
        page_say(p, PAGE_WARN, "policy: self, what is judged also supplies the criteria");
        page_end(p);
    }
}

static void put_condition(page *p, const char *name, const model_condition *condition)
{
    if (!condition->program)
        return;
    page_to(p, COLUMN);
    page_say(p, PAGE_DIM, "%s", name);
    page_end(p);
    page_lines(p, COLUMN + 2, PAGE_PLAIN, condition->text);
}

static void put_conditions(page *p, const verdict_criterion *c, const model_criterion *w)
{
    page_gap(p);
    page_say(p, PAGE_DIM, "as written in ");
    parts_place(p, og_str_from(c->pos.path), c->pos.line, 0);
    page_end(p);
    put_condition(p, "when", &w->when);
    put_condition(p, "each", &w->each);
    put_condition(p, "require", &w->require);
    put_condition(p, "because", &w->because);
}

static void put_elements(page *p, const verdict_criterion *c)
{
    if (c->element_count == 0)
        return;
    heading(p, "elements that decided");
    parts_elements(p, COLUMN, c);
}

static void put_evidence(page *p, const verdict_criterion *c)
{
    if (c->evidence_count == 0) {
        heading(p, "no evidence was read");
        return;
    }
    heading(p, "evidence read");
    parts_evidence(p, COLUMN, c, true);
}

int render_explain_text(const verdict *v, size_t index, const model_criterion *written,
                        const render_options *options, og_buf *out, og_error *err)
{
    const verdict_criterion *c = &v->criteria[index];
    page p;

    page_init(&p, out, options->width, options->colour);
    put_head(&p, v, c);
    put_consequence(&p, v, c);
    if (c->missing_count > 0) {
        heading(&p, "missing");
        page_to(&p, COLUMN);
        parts_names(&p, PAGE_BOLD, c->missing, c->missing_count);
        page_end(&p);
    }
    put_elements(&p, c);
    if (c->operand_count > 0) {
        heading(&p, "what the conditions came to");
        parts_operands(&p, COLUMN, c->operands, c->operand_count);
    }
    put_evidence(&p, c);
    put_conditions(&p, c, written);
    if (c->note.n > 0) {
        page_gap(&p);
        page_say(&p, PAGE_DIM, "provenance: ");
        page_put(&p, PAGE_PLAIN, c->mark);
        page_say(&p, PAGE_PLAIN, ", ");
        page_put(&p, PAGE_PLAIN, c->note);
        page_end(&p);
    }
    page_done(&p);
    return og_buf_check(out, err);
}

static og_value conditions(members_maker *k, const model_criterion *w)
{
    members m = members_of(k);

    members_text(&m, "when", w->when.text);
    members_text(&m, "each", w->each.text);
    members_text(&m, "require", w->require.text);
    members_text(&m, "because", w->because.text);
    return members_end(&m);
}

int render_explain_json(const verdict *v, size_t index, const model_criterion *written,
                        og_buf *out, og_error *err)
{
    og_arena arena = {0};
    members_maker maker = {.arena = &arena};
    members m = members_of(&maker);

    members_number(&m, "schema_version", RENDER_VERDICT_SCHEMA);
    members_add(&m, "subject", record_subject(&maker, v));
    members_text(&m, "gate", v->gate);
    members_instant(&m, "at", v->at);
    members_text(&m, "verdict", og_str_from(verdict_result_name(v->result)));
    members_add(&m, "criterion", record_criterion(&maker, &v->criteria[index]));
    members_add(&m, "conditions", conditions(&maker, written));
    int rc = members_write(&maker, members_end(&m), out, err);
    og_arena_done(&arena);
    return rc;
}
