/* What a change request must have: approval of each difference by a body that may give
 * it, consultation where the report asks for it; or an emergency that was allowed. */
#include "report/controller.h"

static bool may_approve(const controller *c, og_str body)
{
    og_value v = model_record_get(c->judge->config.record, "authorities");

    for (size_t i = 0; v.kind == OG_LIST && i < v.as.list->count; i++) {
        const model_record *a = model_record_of(v.as.list->items[i].as.object);
        og_value may = model_record_get(a, "may");
        for (size_t j = 0; controller_is(a, "body", body) && may.kind == OG_LIST &&
                           j < may.as.list->count;
             j++)
            if (og_str_is(og_text(may.as.list->items[j]), "approve_report_change"))
                return true;
    }
    return false;
}

/* ---- What there is ---- */

static controller_word word_in(const controller *c, const char *field)
{
    const model_record *record = model_record_sub(c->change, field);
    og_date on = record ? controller_date(record, "on", OG_DATE_MAX) : OG_DATE_MAX;

    if (!record)
        return (controller_word){0};
    return (controller_word){.given = true,
                             .authority = may_approve(c, model_record_text(record, "by")),
                             .standing = controller_stands(c, c->change),
                             .in_time = on <= c->effective && on <= c->control->today};
}

static bool was_consulted(const controller *c, og_str forum)
{
    og_value v = model_record_get(c->change, "consulted");

    for (size_t i = 0; v.kind == OG_LIST && i < v.as.list->count; i++) {
        const model_record *r = model_record_of(v.as.list->items[i].as.object);
        if (controller_is(r, "forum", forum) &&
            controller_date(r, "on", OG_DATE_MAX) <= c->control->today)
            return true;
    }
    return false;
}

/* The forum is the one that the version readers have names, as the new one might drop it.
 */
controller_request controller_requested(const controller *c)
{
    og_str forum =
        c->predecessor ? model_record_text(c->predecessor, "consult") : OG_STR("");

    return (controller_request){.approval = word_in(c, "approved"),
                                .emergency = word_in(c, "emergency"),
                                .forum = forum,
                                .consulted = forum.n == 0 || was_consulted(c, forum)};
}

bool controller_names(const controller *c, const report_difference *d)
{
    const model_record *approval = model_record_sub(c->change, "approved");
    og_value findings = approval ? model_record_get(approval, "findings") : og_absent();

    for (size_t i = 0; findings.kind == OG_LIST && i < findings.as.list->count; i++)
        if (report_difference_is(d, og_text(findings.as.list->items[i])))
            return true;
    return false;
}

/* ---- What is wrong with it ---- */

/* Why a word that was given does not count. */
static void report_word(controller *c, const char *field, controller_word w)
{
    const model_record *record = model_record_sub(c->change, field);
    og_str by = model_record_text(record, "by");
    char on[11];

    if (!w.authority) {
        controller_find(c, OG_LEVEL_ERROR, "report-authority", c->change, field,
                        "'%.*s' may not approve changes to reports: 'authorities' of "
                        "opsgate.yaml does not say so",
                        OG_FMT(by));
    } else if (!w.standing) {
        og_diag *d = controller_find(
            c, OG_LEVEL_ERROR, "report-proposed", c->change, field,
            "'%.*s' is proposed: it does not stand like this at the policy revision",
            OG_FMT(model_record_id(c->change)));
        og_diags_hint(c->diags, d,
                      "have it merged there first, by those who may approve it");
    } else {
        og_date_format(controller_date(record, "on", OG_DATE_MAX), on);
        controller_find(c, OG_LEVEL_ERROR, "report-late-approval", c->change, field,
                        "the word of '%.*s' is dated %s, after %s", OG_FMT(by), on,
                        controller_date(record, "on", OG_DATE_MAX) > c->effective
                            ? "the change took effect"
                            : "the day judged");
    }
}

static void note_emergency(controller *c)
{
    const model_record *e = model_record_sub(c->change, "emergency");
    char on[11];

    c->emergency = true;
    c->checked.emergencies++;
    og_date_format(controller_date(e, "on", 0), on);
    controller_find(
        c, OG_LEVEL_WARNING, "report-emergency", c->change, "emergency",
        "an emergency change, without consultation and notice: %.*s (%.*s, %s)",
        OG_FMT(model_record_text(e, "reason")), OG_FMT(model_record_text(e, "by")), on);
}

static void check_differences(controller *c)
{
    for (size_t i = 0; i < c->differences.count; i++) {
        const report_difference *d = &c->differences.items[i];
        if (d->weight == REPORT_CLASS_EDITORIAL || controller_names(c, d))
            continue;
        og_diag *diag = controller_find(
            c, OG_LEVEL_ERROR, "report-not-approved", c->change, "approved",
            "%s difference '%s'%s%.*s is not among what was approved",
            report_class_name(d->weight), d->rule->id, d->field.n ? " of " : "",
            OG_FMT(d->field));
        og_diags_hint(c->diags, diag, "once approved, list %.*s under 'findings'",
                      REPORT_FINGERPRINT_SHOWN, d->fingerprint);
    }
}

static void check_approval(controller *c, controller_word w)
{
    if (!w.given)
        controller_find(c, OG_LEVEL_ERROR, "report-not-approved", c->change, NULL,
                        "'%.*s' has no approval: %zu breaking and %zu compatible "
                        "difference%s await it",
                        OG_FMT(model_record_id(c->change)),
                        c->differences.counts[REPORT_CLASS_BREAKING],
                        c->differences.counts[REPORT_CLASS_COMPATIBLE],
                        c->differences.count == 1 ? "" : "s");
    else if (!controller_counts(w))
        report_word(c, "approved", w);
    else
        check_differences(c);
}

void controller_check_request(controller *c)
{
    controller_request r = controller_requested(c);

    if (controller_counts(r.emergency)) {
        note_emergency(c);
        return;
    }
    if (r.emergency.given)
        report_word(c, "emergency", r.emergency);
    check_approval(c, r.approval);
    if (!r.consulted)
        controller_find(c, OG_LEVEL_ERROR, "report-not-consulted", c->change, NULL,
                        "'%.*s' was not consulted on: the report asks for '%.*s'",
                        OG_FMT(model_record_id(c->change)), OG_FMT(r.forum));
}
