/* Who is affected by a change to a report, and whether each of them was told in time.
 *
 * Affected are the recipients of either version, at the base as at the head, among the
 * parties of both: nobody is lost by being taken off a list in the same change. */
#include "report/controller.h"
#include "report/layout_member.h"

typedef struct affected {
    controller_party *items;
    size_t count, cap;
} affected;

/* ---- Who ---- */

static bool is_in(const affected *all, const model_record *party)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].party &&
            og_str_eq(model_record_id(all->items[i].party), model_record_id(party)))
            return true;
    return false;
}

static void add(affected *all, const model_record *party, const model_record *line)
{
    if (all->count < all->cap)
        all->items[all->count++] = (controller_party){.party = party, .line = line};
}

/* Adds the parties of one register that a line means; how many it means. */
static size_t add_meant(affected *all, const model_register *reg,
                        const model_record *line)
{
    size_t count, meant = 0;
    const model_record *const *parties = controller_list(reg, "party", &count);

    for (size_t i = 0; i < count; i++) {
        if (!controller_line_means(line, parties[i]))
            continue;
        meant++;
        if (!is_in(all, parties[i]))
            add(all, parties[i], line);
    }
    return meant;
}

enum {
    SOURCES_MAX = 3
};

/* Registers whose parties count. What the policy says of a party holds; where it does not
 * know it, what the head says, and then the base. */
static size_t party_sources(const controller *c, const model_register *ret[SOURCES_MAX])
{
    size_t count = 0;

    if (c->control->policy)
        ret[count++] = c->control->policy;
    ret[count++] = c->control->head;
    ret[count++] = c->control->base;
    return count;
}

/* complete: a line that means nobody is somebody affected as well. */
static void add_recipients(const controller *c, const model_record *version,
                           affected *all, bool complete)
{
    og_value v = model_record_get(version, "recipients");
    const model_register *sources[SOURCES_MAX];
    size_t source_count = party_sources(c, sources);

    for (size_t i = 0; v.kind == OG_LIST && i < v.as.list->count; i++) {
        const model_record *line = model_record_of(v.as.list->items[i].as.object);
        size_t meant = 0;
        for (size_t s = 0; s < source_count; s++)
            meant += add_meant(all, sources[s], line);
        if (meant == 0 && complete)
            add(all, NULL, line);
    }
}

static int find_affected(controller *c, affected *ret, og_error *err)
{
    const model_register *sources[SOURCES_MAX];
    og_value lines = model_record_get(c->version, "recipients");
    size_t n = party_sources(c, sources), count;
    size_t cap = lines.kind == OG_LIST ? lines.as.list->count : 0;

    for (size_t i = 0; i < n; i++) {
        controller_list(sources[i], "party", &count);
        cap += count;
    }
    *ret = (affected){OG_ARRAY(c->arena, cap, controller_party), 0, cap};
    if (!ret->items)
        return og_nomem(err);
    add_recipients(c, c->version, ret, true);
    add_recipients(c, c->predecessor, ret, false);
    return OG_OK;
}

/* ---- What it is for a party ---- */

/* False: it uses all fields, or names one that neither version has and so may mean any.
 */
static bool add_uses(const controller *c, const model_record *use, og_str *items,
                     size_t *count)
{
    og_value names = model_record_get(use, "fields");

    if (names.kind != OG_LIST)
        return false;
    for (size_t i = 0; i < names.as.list->count; i++) {
        og_str name = og_text(names.as.list->items[i]);
        if (!report_layout_field(&c->layouts[0], name) &&
            !report_layout_field(&c->layouts[1], name))
            return false;
        items[(*count)++] = name;
    }
    return true;
}

static size_t most_uses(og_value uses)
{
    size_t count = 0;

    for (size_t i = 0; uses.kind == OG_LIST && i < uses.as.list->count; i++) {
        og_value names =
            model_record_get(model_record_of(uses.as.list->items[i].as.object), "fields");
        count += names.kind == OG_LIST ? names.as.list->count : 0;
    }
    return count;
}

bool controller_uses(controller *c, const model_record *party, report_words *ret)
{
    og_value v = model_record_get(party, "consumes");
    og_str *items = OG_ARRAY(c->arena, most_uses(v), og_str);
    size_t count = 0;
    bool says = false;

    if (!items) {
        c->diags->failed = OG_E_NOMEM;
        return false;
    }
    for (size_t i = 0; v.kind == OG_LIST && i < v.as.list->count; i++) {
        const model_record *use = model_record_of(v.as.list->items[i].as.object);
        if (!controller_is(use, "report", model_record_text(c->version, "report")))
            continue;
        if (!add_uses(c, use, items, &count))
            return false;
        says = true;
    }
    *ret = (report_words){items, count};
    return says;
}

static report_class class_by(controller *c, const model_record *party)
{
    report_words used;
    bool says = controller_uses(c, party, &used);

    for (size_t i = 0; i < c->differences.count; i++) {
        const report_difference *d = &c->differences.items[i];
        if (d->weight == REPORT_CLASS_BREAKING &&
            (!says || report_difference_touches(d, &used, c->layouts[0].reading)))
            return REPORT_CLASS_BREAKING;
    }
    return REPORT_CLASS_COMPATIBLE;
}

report_class controller_class_for(controller *c, const model_record *party)
{
    const model_register *sources[SOURCES_MAX];
    size_t count = party_sources(c, sources);
    report_class worst = REPORT_CLASS_COMPATIBLE;

    for (size_t i = 0; i < count; i++) {
        const model_record *there = controller_counterpart(sources[i], party);
        report_class weight = there ? class_by(c, there) : worst;
        worst = weight > worst ? weight : worst;
        if (there && sources[i] == c->control->policy)
            break;
    }
    return worst;
}

/* ---- What it was told ---- */

/* Left out: acknowledged for what breaks, else carried. */
static bool needs_ack(const controller *c, report_class weight)
{
    const model_record *by = model_record_sub(c->predecessor, "served_by");
    og_str word = by ? model_record_text(by, report_class_name(weight)) : OG_STR("");

    return word.n > 0 ? og_str_is(word, "ack") : weight == REPORT_CLASS_BREAKING;
}

/* First day on which the party bore a name. */
static og_date named_from(const model_record *party)
{
    og_value names = model_record_get(party, "names");
    og_date first = OG_DATE_MAX;

    for (size_t i = 0; names.kind == OG_LIST && i < names.as.list->count; i++) {
        const model_record *name = model_record_of(names.as.list->items[i].as.object);
        og_date from = controller_date(name, "from", OG_DATE_MIN);
        first = from < first ? from : first;
    }
    return first;
}

/* A line for a category or a role was served on those who were there: not on one that
 * has a name only since, nor, where the notice stood at the base, on one that the base
 * does not count among them. */
static bool reaches(const controller *c, const model_record *notice,
                    const model_record *line, const model_record *party)
{
    const model_record *before = controller_counterpart(c->control->base, notice);
    const model_record *then = controller_counterpart(c->control->base, party);

    if (!controller_line_means(line, party))
        return false;
    if (model_record_text(line, "party").n > 0)
        return true;
    return named_from(party) <= controller_date(line, "served_on", OG_DATE_MAX) &&
           (!before || !controller_still_has(before, line) ||
            (then && controller_line_means(line, then)));
}

/* One to a party that the policy does not know is as much a claim as the party is. */
static bool counts_for(const controller *c, const model_record *notice,
                       const model_record *party)
{
    const model_register *policy = c->control->policy;

    return controller_stands(c, notice) ||
           (policy && !controller_counterpart(policy, party));
}

static void look_at_line(const controller *c, const model_record *notice,
                         const model_record *line, const model_record *party, bool ack,
                         controller_telling *t)
{
    og_value on = model_record_get(line, "served_on");
    og_str proof = model_record_text(line, "served_by");
    bool proven = og_str_is(proof, "ack") || (!ack && og_str_is(proof, "transport"));

    if (on.kind != OG_DATE)
        return;
    if (on.as.i > c->control->today) {
        t->later = true;
    } else if (controller_date(notice, "takes_effect", OG_DATE_MIN) != c->effective) {
        t->moved = true;
    } else if (!counts_for(c, notice, party)) {
        t->proposed = true;
    } else if (!proven) {
        t->unproven = true;
    } else if (!t->served || (og_date)on.as.i < t->on) {
        *t = (controller_telling){.served = true,
                                  .on = (og_date)on.as.i,
                                  .notice = notice,
                                  .line = line,
                                  .objection = t->objection};
    }
}

/* What a line objects to, unless that is too late or settled by the day judged. What
 * settles it counts as it stands at the policy revision. */
static const model_record *open_objection(const controller *c, const model_record *notice,
                                          const model_record *line)
{
    const model_record *objected = model_record_sub(line, "objected");
    const model_record *closed = model_record_sub(line, "objection_closed");
    og_date on = objected ? controller_date(objected, "on", OG_DATE_MAX) : OG_DATE_MAX;
    bool late = on > controller_date(notice, "object_by", OG_DATE_MAX);
    bool settled = closed && controller_stands(c, notice) &&
                   controller_date(closed, "on", OG_DATE_MAX) <= c->control->today;

    return on <= c->control->today && !late && !settled ? objected : NULL;
}

controller_telling controller_told(const controller *c, const model_record *party,
                                   report_class weight)
{
    bool ack = needs_ack(c, weight);
    controller_telling t = {0};
    size_t count;
    const model_record *const *all = controller_list(c->control->head, "notice", &count);

    for (size_t i = 0; c->change && i < count; i++) {
        const model_record *about = model_record_sub(all[i], "report_change");
        og_value to = model_record_get(all[i], "to");
        if (!about || !og_str_eq(model_record_id(about), model_record_id(c->change)))
            continue;
        for (size_t j = 0; to.kind == OG_LIST && j < to.as.list->count; j++) {
            const model_record *line = model_record_of(to.as.list->items[j].as.object);
            if (reaches(c, all[i], line, party))
                look_at_line(c, all[i], line, party, ack, &t);
            if (!t.objection && controller_line_means(line, party))
                t.objection = open_objection(c, all[i], line);
        }
    }
    return t;
}

/* ---- Enough? ---- */

og_value controller_period(const controller *c, report_class weight)
{
    const model_record *notice = model_record_sub(c->predecessor, "notice");

    return notice ? model_record_get(notice, report_class_name(weight)) : og_absent();
}

bool controller_is_enough(const controller *c, og_value period, og_date served,
                          int64_t *ret_given, og_date *ret_first)
{
    int64_t needed = period.as.i;

    if (period.unit == OG_WORKING_DAYS) {
        *ret_given = cal_working_days(c->judge->calendar, served, c->effective);
        if (!cal_add_working_days(c->judge->calendar, served, needed, ret_first))
            *ret_first = OG_DATE_MAX;
    } else {
        int64_t day = period.unit == OG_HOURS ? 24 : 1;
        *ret_given = ((int64_t)c->effective - served) * day;
        int64_t first = served + (needed + day - 1) / day;
        *ret_first = first > OG_DATE_MAX ? OG_DATE_MAX : (og_date)first;
    }
    return *ret_given >= needed;
}

static size_t contact_count(const model_record *party)
{
    og_value v = model_record_get(party, "contacts");

    return v.kind == OG_LIST ? v.as.list->count : 0;
}

static void look_at_party(controller *c, controller_party *p)
{
    p->weight = p->party ? controller_class_for(c, p->party) : REPORT_CLASS_BREAKING;
    p->due = controller_period(c, p->weight);
    if (!p->party)
        return;
    p->contacts = contact_count(p->party);
    p->told = controller_told(c, p->party, p->weight);
    if (p->told.served && p->due.kind == OG_PERIOD)
        p->enough = controller_is_enough(c, p->due, p->told.on, &p->given, &p->first);
}

int controller_parties(controller *c, const controller_party **ret, size_t *ret_count,
                       og_error *err)
{
    affected all;

    int rc = find_affected(c, &all, err);
    if (rc != OG_OK)
        return rc;
    for (size_t i = 0; i < all.count; i++)
        look_at_party(c, &all.items[i]);
    *ret = all.items;
    *ret_count = all.count;
    return OG_OK;
}

const char *controller_untold(const controller_party *p)
{
    const controller_telling *t = &p->told;

    return !p->party     ? "it is nobody in parties.yaml"
           : t->moved    ? "the notice it was served names another day, or none"
           : t->unproven ? "nothing proves the notice it was sent"
           : t->proposed ? "its notice does not stand at the policy revision"
           : t->later    ? "its notice is dated after the day judged"
                         : "no notice was served on it";
}

/* ---- What is wrong ---- */

static void report_nobody(controller *c, const controller_party *p)
{
    og_diag *d = controller_find(c, OG_LEVEL_ERROR, "report-nobody", p->line, NULL,
                                 "this recipient of '%.*s' is nobody in parties.yaml",
                                 OG_FMT(model_record_text(c->version, "report")));

    og_diags_hint(c->diags, d, "whoever it is cannot be told of changes");
}

static void report_untold(controller *c, const controller_party *p)
{
    const model_record *at = c->change ? c->change : c->version;
    char day[11];

    og_date_format(c->effective, day);
    og_diag *d = controller_find(
        c, OG_LEVEL_ERROR, p->told.moved ? "report-date-moved" : "report-no-notice", at,
        NULL,
        "'%.*s' was not told of a change that is %s for it and takes effect on %s: %s",
        OG_FMT(model_record_id(p->party)), report_class_name(p->weight), day,
        controller_untold(p));
    og_diags_hint(c->diags, d,
                  p->told.unproven && needs_ack(c, p->weight)
                      ? "the report asks that it acknowledges: 'served_by: ack'"
                  : p->told.moved ? "serve one that names this day: notice starts again"
                  : p->told.proposed ? "have the notice merged there first"
                  : p->told.later    ? "it counts from the day it is served on"
                                  : "serve a notice, and enter it in notices/ with the "
                                    "day");
}

static void report_short(controller *c, const controller_party *p)
{
    char served[11], day[11], next[11];

    og_date_format(p->told.on, served);
    og_date_format(c->effective, day);
    og_date_format(p->first, next);
    const char *unit = og_period_unit_name((og_period_unit)p->due.unit);
    og_diag *d = controller_find(
        c, OG_LEVEL_ERROR, "report-short-notice", c->change, "effective_from",
        "'%.*s' was told on %s of a change that is %s for it and takes effect on %s: "
        "%lld %s of notice, %lld are due",
        OG_FMT(model_record_id(p->party)), served, report_class_name(p->weight), day,
        (long long)p->given, unit, (long long)p->due.as.i);
    og_diags_hint(c->diags, d, "the first day it may take effect for it is %s", next);
}

static void report_objection(controller *c, const controller_party *p)
{
    char on[11];

    og_date_format(controller_date(p->told.objection, "on", 0), on);
    og_diag *d =
        controller_find(c, OG_LEVEL_ERROR, "report-objection", p->told.objection, NULL,
                        "'%.*s' objected on %s: %.*s", OG_FMT(model_record_id(p->party)),
                        on, OG_FMT(model_record_text(p->told.objection, "reason")));
    og_diags_hint(c->diags, d,
                  "settle it, and say how under 'objection_closed' of the same line");
}

static void check_party(controller *c, const controller_party *p)
{
    c->checked.parties++;
    if (p->contacts == 0)
        controller_find(c, OG_LEVEL_ERROR, "report-no-contact", p->party, NULL,
                        "'%.*s' receives '%.*s' and has no contact to be told by",
                        OG_FMT(model_record_id(p->party)),
                        OG_FMT(model_record_text(c->version, "report")));
    if (c->emergency)
        return;
    if (p->told.objection)
        report_objection(c, p);
    if (!p->told.served)
        report_untold(c, p);
    else if (p->due.kind == OG_PERIOD && !p->enough)
        report_short(c, p);
}

int controller_check_parties(controller *c, og_error *err)
{
    const controller_party *all = NULL;
    size_t count = 0;

    int rc = controller_parties(c, &all, &count, err);
    for (size_t i = 0; rc == OG_OK && i < count; i++) {
        if (all[i].party)
            check_party(c, &all[i]);
        else
            report_nobody(c, &all[i]);
    }
    return rc;
}
