/* Who is affected by a change to a report, and whether each of them was told in time.
 *
 * Affected are the recipients of either version, at the base as at the head, among the
 * parties of both: nobody is lost by being taken off a list in the same change. */
#include "report/controller.h"
#include "report/layout_member.h"

typedef struct affected {
    const model_record **items;
    size_t count, cap;
} affected;

/* ---- Who ---- */

bool controller_line_means(const model_record *line, const model_record *party)
{
    og_str category = model_record_text(line, "category");
    og_str role = model_record_text(line, "role");
    og_str one = model_record_text(line, "party");
    og_value roles = model_record_get(party, "roles");
    bool holds = role.n == 0;

    for (size_t i = 0; !holds && roles.kind == OG_LIST && i < roles.as.list->count; i++)
        holds = og_str_eq(og_text(roles.as.list->items[i]), role);
    return (category.n > 0 || role.n > 0 || one.n > 0) && holds &&
           (category.n == 0 || controller_is(party, "category", category)) &&
           (one.n == 0 || og_str_eq(one, model_record_id(party)));
}

static bool is_in(const affected *all, const model_record *party)
{
    for (size_t i = 0; i < all->count; i++)
        if (og_str_eq(model_record_id(all->items[i]), model_record_id(party)))
            return true;
    return false;
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
        if (!is_in(all, parties[i]) && all->count < all->cap)
            all->items[all->count++] = parties[i];
    }
    return meant;
}

/* Registers whose parties count: the head's first, so that what is said of a party is the
 * latest. */
static size_t party_sources(const controller *c, const model_register *ret[2])
{
    if (c->control->policy) {
        ret[0] = c->control->policy;
        return 1;
    }
    ret[0] = c->control->head;
    ret[1] = c->control->base;
    return 2;
}

static void add_recipients(controller *c, const model_record *version, affected *all,
                           bool complain)
{
    og_value v = model_record_get(version, "recipients");
    const model_register *sources[2];
    size_t source_count = party_sources(c, sources);

    for (size_t i = 0; v.kind == OG_LIST && i < v.as.list->count; i++) {
        const model_record *line = model_record_of(v.as.list->items[i].as.object);
        size_t meant = 0;
        for (size_t s = 0; s < source_count; s++)
            meant += add_meant(all, sources[s], line);
        if (meant == 0 && complain) {
            og_diag *d =
                controller_find(c, OG_LEVEL_ERROR, "report-nobody", line, NULL,
                                "this recipient of '%.*s' is nobody in parties.yaml",
                                OG_FMT(model_record_text(version, "report")));
            og_diags_hint(c->diags, d, "whoever it is cannot be told of changes");
        }
    }
}

static int find_affected(controller *c, affected *ret, og_error *err)
{
    const model_register *sources[2];
    size_t n = party_sources(c, sources), cap = 0, count;

    for (size_t i = 0; i < n; i++) {
        controller_list(sources[i], "party", &count);
        cap += count;
    }
    *ret = (affected){OG_ARRAY(c->arena, cap, const model_record *), 0, cap};
    if (!ret->items)
        return og_nomem(err);
    add_recipients(c, c->version, ret, true);
    add_recipients(c, c->predecessor, ret, false);
    return OG_OK;
}

/* ---- What it is for a party ---- */

bool controller_uses(controller *c, const model_record *party, report_words *ret)
{
    og_value v = model_record_get(party, "consumes");

    for (size_t i = 0; v.kind == OG_LIST && i < v.as.list->count; i++) {
        const model_record *use = model_record_of(v.as.list->items[i].as.object);
        og_value names = model_record_get(use, "fields");
        if (!controller_is(use, "report", model_record_text(c->version, "report")))
            continue;
        if (names.kind != OG_LIST)
            return false;
        og_str *items = OG_ARRAY(c->arena, names.as.list->count, og_str);
        if (!items) {
            c->diags->failed = OG_E_NOMEM;
            return false;
        }
        for (size_t j = 0; j < names.as.list->count; j++)
            items[j] = og_text(names.as.list->items[j]);
        *ret = (report_words){items, names.as.list->count};
        return true;
    }
    return false;
}

report_class controller_class_for(controller *c, const model_record *party)
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

/* ---- What it was told ---- */

/* Left out: acknowledged for what breaks, else carried. */
static bool needs_ack(const controller *c, report_class weight)
{
    const model_record *by = model_record_sub(c->predecessor, "served_by");
    og_str word = by ? model_record_text(by, report_class_name(weight)) : OG_STR("");

    return word.n > 0 ? og_str_is(word, "ack") : weight == REPORT_CLASS_BREAKING;
}

static void look_at_line(const controller *c, const model_record *notice,
                         const model_record *line, bool ack, controller_telling *t)
{
    og_value on = model_record_get(line, "served_on");
    og_str proof = model_record_text(line, "served_by");
    bool proven = og_str_is(proof, "ack") || (!ack && og_str_is(proof, "transport"));

    if (on.kind != OG_DATE)
        return;
    if (controller_date(notice, "takes_effect", OG_DATE_MIN) != c->effective) {
        t->moved = true;
    } else if (!controller_stands(c, notice)) {
        t->proposed = true;
    } else if (!proven) {
        t->unproven = true;
    } else if (!t->served || (og_date)on.as.i < t->on) {
        t->served = true;
        t->on = (og_date)on.as.i;
    }
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
            if (controller_line_means(line, party))
                look_at_line(c, all[i], line, ack, &t);
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

static void report_untold(controller *c, const model_record *party,
                          const controller_telling *t, report_class weight)
{
    const model_record *at = c->change ? c->change : c->version;
    const char *why = t->moved ? "the notice it was served names another day, or none"
                      : t->unproven ? "nothing proves the notice it was sent"
                      : t->proposed ? "its notice does not stand at the policy revision"
                                    : "no notice was served on it";
    char day[11];

    og_date_format(c->effective, day);
    og_diag *d = controller_find(
        c, OG_LEVEL_ERROR, t->moved ? "report-date-moved" : "report-no-notice", at, NULL,
        "'%.*s' was not told of a change that is %s for it and takes effect on %s: %s",
        OG_FMT(model_record_id(party)), report_class_name(weight), day, why);
    og_diags_hint(c->diags, d,
                  t->unproven && needs_ack(c, weight)
                      ? "the report asks that it acknowledges: 'served_by: ack'"
                      : "serve a notice, and enter it in notices/ with the day");
}

static void check_period(controller *c, const model_record *party,
                         const controller_telling *t, report_class weight)
{
    og_value period = controller_period(c, weight);
    int64_t given;
    og_date first;
    char served[11], day[11], next[11];

    if (period.kind != OG_PERIOD ||
        controller_is_enough(c, period, t->on, &given, &first))
        return;
    og_date_format(t->on, served);
    og_date_format(c->effective, day);
    og_date_format(first, next);
    const char *unit = og_period_unit_name((og_period_unit)period.unit);
    og_diag *d = controller_find(
        c, OG_LEVEL_ERROR, "report-short-notice", c->change, "effective_from",
        "'%.*s' was told on %s of a change that is %s for it and takes effect on %s: "
        "%lld %s of notice, %lld are due",
        OG_FMT(model_record_id(party)), served, report_class_name(weight), day,
        (long long)given, unit, (long long)period.as.i);
    og_diags_hint(c->diags, d, "the first day it may take effect for it is %s", next);
}

static bool has_contact(const model_record *party)
{
    og_value v = model_record_get(party, "contacts");

    return v.kind == OG_LIST && v.as.list->count > 0;
}

int controller_check_parties(controller *c, og_error *err)
{
    affected all;

    int rc = find_affected(c, &all, err);
    for (size_t i = 0; rc == OG_OK && i < all.count; i++) {
        const model_record *party = all.items[i];
        report_class weight = controller_class_for(c, party);
        c->checked.parties++;
        if (!has_contact(party))
            controller_find(c, OG_LEVEL_ERROR, "report-no-contact", party, NULL,
                            "'%.*s' receives '%.*s' and has no contact to be told by",
                            OG_FMT(model_record_id(party)),
                            OG_FMT(model_record_text(c->version, "report")));
        if (c->emergency)
            continue;
        controller_telling t = controller_told(c, party, weight);
        if (!t.served)
            report_untold(c, party, &t, weight);
        else
            check_period(c, party, &t, weight);
    }
    return rc;
}
