/* What is known of changes to reports, as records of the computed kinds. */
#include "report/facts.h"

#include <assert.h>

#include "report/controller.h"

enum {
    CHANGES,
    DIFFERENCES,
    PARTIES,
    KINDS
};
static const og_str kind_names[KINDS] = {
    OG_STR("controlled_change"), OG_STR("report_difference"), OG_STR("affected_party")};

typedef struct fact_list {
    const model_kind *kind;
    model_list list;
    size_t cap;
} fact_list;

typedef struct fact_maker {
    controller c;   /* of the change at hand */
    og_diags diags; /* findings in its layouts */
    fact_list all[KINDS];
    bool compared; /* every change so far could be */
} fact_maker;

typedef struct fact { /* a record being made */
    const model_kind *kind;
    og_value *fields;
} fact;

bool report_facts_has(const model_kind *kind)
{
    for (int k = 0; k < KINDS; k++)
        if (og_str_eq(kind->name, kind_names[k]))
            return true;
    return false;
}

/* ---- Records ---- */

static int append(fact_list *l, og_arena *arena, const model_record *record,
                  og_error *err)
{
    if (l->list.count == l->cap) {
        size_t cap = l->cap ? 2 * l->cap : 8;
        const model_record **more = OG_ARRAY(arena, cap, const model_record *);
        if (!more)
            return og_nomem(err);
        if (l->list.count)
            memcpy(more, l->list.records, l->list.count * sizeof *more);
        l->list.records = more;
        l->cap = cap;
    }
    l->list.records[l->list.count++] = record;
    return OG_OK;
}

/* A new record at the place of another, identified by the change and `id` (empty: by the
 * change alone). */
static int begin(fact_maker *m, int which, const model_record *at, og_str id, fact *ret,
                 og_error *err)
{
    fact_list *l = &m->all[which];
    og_arena *arena = m->c.arena;
    og_str change = model_record_id(m->c.change);
    og_str whole =
        id.n ? og_arena_printf(arena, "%.*s/%.*s", OG_FMT(change), OG_FMT(id)) : change;
    model_record *record = OG_NEW(arena, model_record);
    og_value *fields = OG_ARRAY(arena, l->kind->shape.count, og_value);

    if (!whole.p || !record || !fields)
        return og_nomem(err);
    record->object = (og_object){&l->kind->shape, fields};
    record->kind = l->kind;
    record->file = at->file;
    record->line = at->line;
    record->column = at->column;
    fields[0] = og_string(whole);
    *ret = (fact){l->kind, fields};
    return append(l, arena, record, err);
}

static void put(fact *f, const char *field, og_value v)
{
    int slot = model_kind_slot(f->kind, og_str_from(field));

    assert(slot > 0);
    f->fields[slot] = v;
}

static void put_text(fact *f, const char *field, og_str text)
{
    if (text.n > 0)
        put(f, field, og_string(text));
}

static void put_record(fact *f, const char *field, const model_record *record)
{
    if (record)
        put(f, field, og_object_value(&record->object));
}

/* ---- The change ---- */

static void put_request(fact_maker *m, fact *f)
{
    controller_request r = controller_requested(&m->c);
    bool given = r.approval.given || r.emergency.given;

    m->c.emergency = controller_counts(r.emergency);
    put(f, "standing", og_bool(controller_stands(&m->c, m->c.change)));
    put(f, "approved", og_bool(controller_counts(r.approval)));
    put(f, "emergency", og_bool(m->c.emergency));
    if (m->c.version) {
        put_text(f, "consult", r.forum);
        put(f, "consulted", og_bool(r.consulted));
    }
    if (!given)
        return;
    put(f, "authority",
        og_bool((!r.approval.given || r.approval.authority) &&
                (!r.emergency.given || r.emergency.authority)));
    put(f, "in_time",
        og_bool((!r.approval.given || r.approval.in_time) &&
                (!r.emergency.given || r.emergency.in_time)));
}

static void put_counts(fact_maker *m, fact *f)
{
    const size_t *counts = m->c.differences.counts;

    put(f, "editorial", og_int((int64_t)counts[REPORT_CLASS_EDITORIAL]));
    put(f, "compatible", og_int((int64_t)counts[REPORT_CLASS_COMPATIBLE]));
    put(f, "breaking", og_int((int64_t)counts[REPORT_CLASS_BREAKING]));
}

/* What the check finds in versions and layouts becomes the problem. *ret_compared: there
 * is a version and its layouts could be compared, or it is the report's first. */
static int put_comparison(fact_maker *m, fact *f, bool *ret_compared, og_error *err)
{
    controller *c = &m->c;
    bool fine = true;
    int rc = OG_OK;

    controller_check_alone(c);
    if (c->predecessor)
        rc = controller_compare(c, &fine, err);
    else
        rc = controller_read_version(c, &fine, err);
    if (rc != OG_OK)
        return rc;
    bool sound = fine && c->diags->errors == 0;
    put(f, "sound", og_bool(sound));
    if (c->diags->count > 0) {
        og_str problem = og_arena_str(c->arena, c->diags->items[0].text);
        if (!problem.p)
            return og_nomem(err);
        put_text(f, "problem", problem);
    }
    *ret_compared = c->predecessor ? fine : sound;
    if (*ret_compared)
        put_counts(m, f);
    return OG_OK;
}

static int add_change(fact_maker *m, bool *ret_compared, og_error *err)
{
    controller *c = &m->c;
    fact f;

    int rc = begin(m, CHANGES, c->change, OG_STR(""), &f, err);
    if (rc != OG_OK)
        return rc;
    put_record(&f, "report_change", c->change);
    put_request(m, &f);
    if (!c->version)
        return OG_OK;
    put_record(&f, "version", c->version);
    put_record(&f, "before", c->predecessor);
    put(&f, "edited", og_bool(controller_is_edited(c)));
    put(&f, "takes_effect", og_date_value(c->effective));
    return put_comparison(m, &f, ret_compared, err);
}

/* ---- Its differences ---- */

static int add_difference(fact_maker *m, const report_difference *d, bool approved,
                          og_error *err)
{
    const report_field *field = d->new_field ? d->new_field : d->old_field;
    model_record at = d->old_field && !d->new_field ? *m->c.predecessor : *m->c.version;
    og_str print =
        og_arena_str(m->c.arena, (og_str){d->fingerprint, REPORT_FINGERPRINT_SHOWN});
    fact f;

    if (!print.p)
        return og_nomem(err);
    if (field) {
        at.line = (uint32_t)field->pos.line;
        at.column = (uint32_t)field->pos.column;
    }
    int rc = begin(m, DIFFERENCES, &at, print, &f, err);
    if (rc != OG_OK)
        return rc;
    put_record(&f, "report_change", m->c.change);
    put(&f, "fingerprint", og_string(print));
    put(&f, "rule", og_string(og_str_from(d->rule->id)));
    put(&f, "class", og_string(og_str_from(report_class_name(d->weight))));
    put_text(&f, "field", d->field);
    if (d->has_before)
        put(&f, "before", og_string(d->before));
    if (d->has_after)
        put(&f, "after", og_string(d->after));
    put(&f, "approved", og_bool(approved && controller_names(&m->c, d)));
    return OG_OK;
}

static int add_differences(fact_maker *m, og_error *err)
{
    const report_differences *all = &m->c.differences;
    bool approved = controller_counts(controller_requested(&m->c).approval);
    int rc = OG_OK;

    for (size_t i = 0; i < all->count && rc == OG_OK; i++)
        rc = add_difference(m, &all->items[i], approved, err);
    return rc;
}

/* ---- Its parties ---- */

/* A line that means nobody, in words. */
static og_str line_name(const model_record *line, og_arena *arena)
{
    og_str category = model_record_text(line, "category");
    og_str role = model_record_text(line, "role");
    og_str text = og_arena_printf(arena, "%s%.*s%s%s%.*s", category.n ? "category " : "",
                                  OG_FMT(category), category.n && role.n ? " " : "",
                                  role.n ? "role " : "", OG_FMT(role));

    return text.p && text.n == 0 ? OG_STR("a recipient without a name") : text;
}

/* The last day on which notice would be enough. */
static bool last_day(const controller *c, og_value due, og_date *ret)
{
    int64_t given, day = due.unit == OG_HOURS ? 24 : 1;
    og_date first, on = c->effective;

    if (due.unit == OG_WORKING_DAYS) {
        if (!cal_add_working_days(c->judge->calendar, on, -due.as.i, &on))
            return false;
        /* From a day that is none of them one is counted less. */
        while (on > OG_DATE_MIN && !controller_is_enough(c, due, on, &given, &first))
            on--;
    } else {
        int64_t days = (due.as.i + day - 1) / day;
        if (days > (int64_t)on - OG_DATE_MIN)
            return false;
        on -= (og_date)days;
    }
    *ret = on;
    return true;
}

static void put_telling(fact_maker *m, fact *f, const controller_party *p)
{
    og_date day;

    put(f, "told", og_bool(p->told.served));
    put(f, "moved", og_bool(p->told.moved && !p->told.served));
    if (p->due.kind == OG_PERIOD) {
        put(f, "due", p->due);
        put(f, "needed", og_int(p->due.as.i));
        if (last_day(&m->c, p->due, &day))
            put(f, "tell_by", og_date_value(day));
    }
    if (!p->told.served) {
        put_text(f, "problem", og_str_from(controller_untold(p)));
        return;
    }
    put(f, "told_on", og_date_value(p->told.on));
    put_record(f, "notice", p->told.notice);
    if (p->due.kind == OG_PERIOD) {
        put(f, "given", og_int(p->given));
        put(f, "first_day", og_date_value(p->first));
    }
}

static int add_party(fact_maker *m, const controller_party *p, og_error *err)
{
    const model_record *at = p->told.served ? p->told.line
                             : p->party     ? m->c.change
                                            : p->line;
    og_str name = p->party ? model_record_id(p->party) : line_name(p->line, m->c.arena);
    fact f;

    int rc = name.p ? begin(m, PARTIES, at, name, &f, err) : og_nomem(err);
    if (rc != OG_OK)
        return rc;
    put_record(&f, "report_change", m->c.change);
    put(&f, "recipient", og_string(name));
    put_record(&f, "party", p->party);
    put(&f, "contacts", og_int((int64_t)p->contacts));
    put(&f, "class", og_string(og_str_from(report_class_name(p->weight))));
    put(&f, "objected", og_bool(p->told.objection != NULL));
    if (p->told.objection)
        put_text(&f, "objection", model_record_text(p->told.objection, "reason"));
    put_telling(m, &f, p);
    return OG_OK;
}

static int add_parties(fact_maker *m, og_error *err)
{
    const size_t *counts = m->c.differences.counts;
    const controller_party *all = NULL;
    size_t count = 0;
    int rc = OG_OK;

    /* Where only words change, nobody has to be told. */
    if (m->c.predecessor &&
        counts[REPORT_CLASS_BREAKING] + counts[REPORT_CLASS_COMPATIBLE] > 0)
        rc = controller_parties(&m->c, &all, &count, err);
    for (size_t i = 0; i < count && rc == OG_OK; i++)
        rc = add_party(m, &all[i], err);
    return rc;
}

/* ---- The whole ---- */

static const model_record *version_of(const report_control *control,
                                      const model_record *change)
{
    size_t count;
    const model_record *const *all = controller_list(control->head, "report", &count);

    for (size_t i = 0; i < count; i++)
        if (controller_is(all[i], "report", model_record_text(change, "report")) &&
            controller_is(all[i], "version", model_record_text(change, "to")))
            return all[i];
    return NULL;
}

static int add_all(fact_maker *m, const model_record *change, og_error *err)
{
    const model_record *version = version_of(m->c.control, change);
    bool compared = false;

    og_diags_done(&m->diags);
    m->diags = (og_diags){0};
    m->c.version = m->c.predecessor = NULL;
    m->c.effective = controller_date(change, "effective_from", OG_DATE_MIN);
    m->c.differences = (report_differences){0};
    if (version)
        controller_take(&m->c, version);
    m->c.change = change;
    int rc = add_change(m, &compared, err);
    if (rc == OG_OK && compared)
        rc = add_differences(m, err);
    if (rc == OG_OK && compared)
        rc = add_parties(m, err);
    m->compared = m->compared && compared;
    return rc == OG_OK && m->diags.failed ? og_nomem(err) : rc;
}

static bool concerns(const model_record *change, const model_record *subject)
{
    if (og_str_eq(change->kind->name, subject->kind->name))
        return og_str_eq(model_record_id(change), model_record_id(subject));
    const model_record *release = model_record_sub(change, "release");
    return release && og_str_eq(release->kind->name, subject->kind->name) &&
           og_str_eq(model_record_id(release), model_record_id(subject));
}

static void give(const fact_maker *m, bool known, model_list *lists)
{
    for (int k = 0; k < KINDS; k++) {
        model_list *ret = &lists[m->all[k].kind->ordinal];
        *ret = m->all[k].list;
        ret->known = known && (k == CHANGES || m->compared);
    }
}

int report_facts_of(const report_control *control, const model_record *subject,
                    og_arena *arena, model_list *lists, og_error *err)
{
    const model_register *head = control->head;
    const model_kind *kind = model_kind_named(head->kinds, OG_STR("report_change"));
    bool known = head->home_seen[kind->ordinal] &&
                 (subject->kind == kind || og_str_is(subject->kind->name, "release"));
    fact_maker m = {.c = {.control = control,
                          .judge = control->policy ? control->policy : control->base,
                          .arena = arena,
                          .diags = &m.diags},
                    .compared = true};
    int rc = OG_OK;

    for (int k = 0; k < KINDS; k++)
        m.all[k].kind = model_kind_named(head->kinds, kind_names[k]);
    for (size_t i = 0; known && i < head->list_counts[kind->ordinal] && rc == OG_OK; i++)
        if (concerns(head->lists[kind->ordinal][i], subject))
            rc = add_all(&m, head->lists[kind->ordinal][i], err);
    og_diags_done(&m.diags);
    if (rc == OG_OK)
        give(&m, known, lists);
    return rc;
}
