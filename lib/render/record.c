/* The verdict record: a verdict as JSON. Every member is explained in
 * docs/verdict-record.md. It is a function of the verdict alone; members without a value
 * are left out, lists are there even when empty. */
#include "render/record.h"

#include "cel/cel.h"
#include "render/render.h"
#include "value/json.h"

/* A value in CEL's notation, so that 3 and "3", a date and its text stay apart. */
static og_value shown(members_maker *k, og_value value)
{
    og_buf text = {0};

    cel_show_value(value, RECORD_VALUE_MAX, &text);
    og_str copy = og_arena_str(k->arena, og_buf_str(&text));
    if (text.failed || !copy.p)
        k->failed = OG_E_NOMEM;
    og_buf_done(&text);
    return og_string(copy);
}

static og_value text_item(members_maker *k, const void *items, size_t i)
{
    (void)k;
    return og_string(((const og_str *)items)[i]);
}

static og_value operand_item(members_maker *k, const void *items, size_t i)
{
    const verdict_operand *o = (const verdict_operand *)items + i;
    members m = members_of(k);

    members_text(&m, "expression", o->text);
    members_add(&m, "value", shown(k, o->value));
    members_place(&m, og_str_from(o->pos.path), o->pos.line, o->pos.column);
    return members_end(&m);
}

static og_value element_item(members_maker *k, const void *items, size_t i)
{
    const verdict_element *e = (const verdict_element *)items + i;
    members m = members_of(k);

    members_text(&m, "id", e->id);
    if (e->id.n == 0)
        members_add(&m, "value", shown(k, e->value));
    members_text(&m, "outcome", og_str_from(verdict_outcome_name(e->outcome)));
    members_text(&m, "because", e->because);
    members_text(&m, "problem", e->problem);
    members_place(&m, e->path, e->line, e->column);
    members_text(&m, "blob", e->blob);
    members_add(&m, "operands",
                members_list(k, e->operands, e->operand_count, operand_item));
    return members_end(&m);
}

static og_value data_file(members_maker *k, const verdict_evidence *e)
{
    members m = members_of(k);

    if (e->data_path.n == 0)
        return og_absent();
    members_text(&m, "path", e->data_path);
    members_text(&m, "blob", e->data_blob);
    return members_end(&m);
}

static og_value evidence_item(members_maker *k, const void *items, size_t i)
{
    const verdict_evidence *e = (const verdict_evidence *)items + i;
    members m = members_of(k);

    members_text(&m, "kind", e->kind);
    members_place(&m, e->path, e->line, 0);
    members_text(&m, "blob", e->blob);
    members_add(&m, "data", data_file(k, e));
    members_text(&m, "series", e->series);
    members_text(&m, "source", e->source);
    members_text(&m, "supplied_by", e->supplied_by);
    if (e->has_as_of)
        members_instant(&m, "as_of", e->as_of);
    members_bool(&m, "stale", e->stale);
    return members_end(&m);
}

static og_value provenance(members_maker *k, const verdict_criterion *c)
{
    members m = members_of(k);

    if (c->mark.n == 0 && c->note.n == 0)
        return og_absent();
    members_text(&m, "mark", c->mark);
    members_text(&m, "note", c->note);
    return members_end(&m);
}

og_value record_criterion(members_maker *k, const verdict_criterion *c)
{
    members m = members_of(k);

    members_text(&m, "id", c->id);
    members_text(&m, "title", c->title);
    members_text(&m, "due", c->due);
    members_text(&m, "outcome", og_str_from(verdict_outcome_name(c->outcome)));
    members_text(&m, "evaluated", og_str_from(verdict_outcome_name(c->evaluated)));
    members_text(&m, "reason", og_str_from(verdict_reason_name(c->reason)));
    members_text(&m, "message", c->message);
    members_text(&m, "again_at", c->again_at);
    members_bool(&m, "advisory", c->advisory);
    members_bool(&m, "blocker", c->blocker);
    members_bool(&m, "counts", c->counts);
    members_add(&m, "missing", members_list(k, c->missing, c->missing_count, text_item));
    members_add(&m, "elements",
                members_list(k, c->elements, c->element_count, element_item));
    members_number(&m, "element_total", c->element_total);
    members_add(&m, "operands",
                members_list(k, c->operands, c->operand_count, operand_item));
    members_add(&m, "evidence",
                members_list(k, c->evidence, c->evidence_count, evidence_item));
    members_add(&m, "provenance", provenance(k, c));
    members_place(&m, og_str_from(c->pos.path), c->pos.line, c->pos.column);
    return members_end(&m);
}

static og_value criterion_item(members_maker *k, const void *items, size_t i)
{
    return record_criterion(k, (const verdict_criterion *)items + i);
}

static og_value proposed_item(members_maker *k, const void *items, size_t i)
{
    const verdict_proposed *p = (const verdict_proposed *)items + i;
    members m = members_of(k);

    members_text(&m, "what", p->what);
    members_text(&m, "claimed", p->claimed);
    members_text(&m, "in_force", p->in_force);
    members_place(&m, p->path, p->line, p->column);
    return members_end(&m);
}

og_value record_subject(members_maker *k, const verdict *v)
{
    members m = members_of(k);

    members_text(&m, "kind", v->subject_kind);
    members_text(&m, "id", v->subject);
    members_text(&m, "title", v->title);
    return members_end(&m);
}

static og_value revision(members_maker *k, og_str commit, og_str tree)
{
    members m = members_of(k);

    members_text(&m, "commit", commit);
    members_text(&m, "tree", tree);
    members_bool(&m, "worktree", commit.n == 0);
    return members_end(&m);
}

static og_value policy(members_maker *k, const verdict *v)
{
    members m = members_of(k);

    members_bool(&m, "self", v->policy_self);
    members_text(&m, "commit", v->policy_commit);
    members_text(&m, "tree", v->policy_tree);
    members_bool(&m, "worktree", v->policy_commit.n == 0);
    return members_end(&m);
}

static og_value criteria_set(members_maker *k, const verdict *v)
{
    members m = members_of(k);

    members_text(&m, "id", v->criteria_set);
    members_text(&m, "version", v->criteria_version);
    members_text(&m, "path", v->criteria_path);
    members_text(&m, "blob", v->criteria_blob);
    return members_end(&m);
}

/* What else the verdict is a function of. */
static og_value digests(members_maker *k, const verdict *v)
{
    members m = members_of(k);

    members_text(&m, "kinds", v->kinds_digest);
    members_text(&m, "calendar", v->calendar_digest);
    members_text(&m, "time_zone", v->zone_digest);
    return members_end(&m);
}

static og_value prior(members_maker *k, const verdict *v)
{
    members m = members_of(k);

    if (v->prior.gate.n == 0)
        return og_absent();
    members_text(&m, "gate", v->prior.gate);
    members_bool(&m, "passed", v->prior.passed);
    members_text(&m, "decision", v->prior.decision);
    return members_end(&m);
}

static og_value tally(members_maker *k, const verdict *v)
{
    members m = members_of(k);

    for (size_t o = 0; o <= OUTCOME_ERROR; o++)
        members_number(&m, verdict_outcome_name((verdict_outcome)o), v->tally[o]);
    return members_end(&m);
}

int render_verdict_record(const verdict *v, og_arena *arena, og_value *ret, og_error *err)
{
    members_maker maker = {.arena = arena}, *k = &maker;
    members m = members_of(k);

    members_number(&m, "schema_version", RENDER_VERDICT_SCHEMA);
    members_number(&m, "semantics", MODEL_SEMANTICS);
    members_add(&m, "subject", record_subject(k, v));
    members_text(&m, "gate", v->gate);
    members_instant(&m, "at", v->at);
    members_date(&m, "at_date", v->at_date);
    members_text(&m, "time_zone", v->zone_name);
    members_text(&m, "verdict", og_str_from(verdict_result_name(v->result)));
    members_add(&m, "register", revision(k, v->register_commit, v->register_tree));
    members_add(&m, "policy", policy(k, v));
    members_add(&m, "criteria_set", criteria_set(k, v));
    members_add(&m, "digests", digests(k, v));
    members_add(&m, "criteria", members_list(k, v->criteria, v->count, criterion_item));
    members_add(&m, "tally", tally(k, v));
    members_add(&m, "proposed",
                members_list(k, v->proposed, v->proposed_count, proposed_item));
    members_add(&m, "gate_before", prior(k, v));
    members_text(&m, "next_assessment", v->next_assessment);
    members_add(&m, "warnings",
                members_list(k, v->warnings, v->warning_count, text_item));
    og_value value = members_end(&m);
    if (maker.failed)
        return og_nomem(err);
    *ret = value;
    return OG_OK;
}

int render_verdict_json(const verdict *v, og_buf *out, og_error *err)
{
    og_arena arena = {0};
    og_value record = og_absent();

    int rc = render_verdict_record(v, &arena, &record, err);
    if (rc == OG_OK)
        rc = og_json_write(record, OG_JSON_PRETTY, out, err);
    og_buf_putc(out, '\n');
    og_arena_done(&arena);
    return rc == OG_OK ? og_buf_check(out, err) : rc;
}
