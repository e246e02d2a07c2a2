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

/* Whether the word of the body in `record` counts; says why where it does not. */
static bool has_authority(controller *c, const char *field, const model_record *record)
{
    og_str by = model_record_text(record, "by");

    if (!may_approve(c, by)) {
        controller_find(c, OG_LEVEL_ERROR, "report-authority", c->change, field,
                        "'%.*s' may not approve changes to reports: 'authorities' of "
                        "opsgate.yaml does not say so",
                        OG_FMT(by));
        return false;
    }
    if (!controller_stands(c, c->change)) {
        og_diag *d = controller_find(
            c, OG_LEVEL_ERROR, "report-proposed", c->change, field,
            "'%.*s' is proposed: it does not stand like this at the policy revision",
            OG_FMT(model_record_id(c->change)));
        og_diags_hint(c->diags, d,
                      "have it merged there first, by those who may approve it");
        return false;
    }
    return true;
}

static void note_emergency(controller *c, const model_record *e)
{
    char on[11];

    c->emergency = true;
    c->checked.emergencies++;
    og_date_format(controller_date(e, "on", 0), on);
    controller_find(
        c, OG_LEVEL_WARNING, "report-emergency", c->change, "emergency",
        "an emergency change, without consultation and notice: %.*s (%.*s, %s)",
        OG_FMT(model_record_text(e, "reason")), OG_FMT(model_record_text(e, "by")), on);
}

static bool is_approved(const report_difference *d, og_value findings)
{
    for (size_t i = 0; findings.kind == OG_LIST && i < findings.as.list->count; i++)
        if (report_difference_is(d, og_text(findings.as.list->items[i])))
            return true;
    return false;
}

static void check_differences(controller *c, const model_record *approval)
{
    og_value findings = model_record_get(approval, "findings");

    for (size_t i = 0; i < c->differences.count; i++) {
        const report_difference *d = &c->differences.items[i];
        if (d->weight == REPORT_CLASS_EDITORIAL || is_approved(d, findings))
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

static void check_approval(controller *c)
{
    const model_record *approval = model_record_sub(c->change, "approved");

    if (!approval) {
        controller_find(c, OG_LEVEL_ERROR, "report-not-approved", c->change, NULL,
                        "'%.*s' has no approval: %zu breaking and %zu compatible "
                        "difference%s await it",
                        OG_FMT(model_record_id(c->change)),
                        c->differences.counts[REPORT_CLASS_BREAKING],
                        c->differences.counts[REPORT_CLASS_COMPATIBLE],
                        c->differences.count == 1 ? "" : "s");
        return;
    }
    if (!has_authority(c, "approved", approval))
        return;
    if (controller_date(approval, "on", OG_DATE_MAX) > c->effective)
        controller_find(c, OG_LEVEL_ERROR, "report-late-approval", c->change, "approved",
                        "'%.*s' was approved after it took effect",
                        OG_FMT(model_record_id(c->change)));
    check_differences(c, approval);
}

/* The forum that the version readers have names, as the new one might drop it. */
static void check_consultation(controller *c)
{
    og_str forum = model_record_text(c->predecessor, "consult");
    og_value v = model_record_get(c->change, "consulted");

    if (forum.n == 0)
        return;
    for (size_t i = 0; v.kind == OG_LIST && i < v.as.list->count; i++)
        if (controller_is(model_record_of(v.as.list->items[i].as.object), "forum", forum))
            return;
    controller_find(c, OG_LEVEL_ERROR, "report-not-consulted", c->change, NULL,
                    "'%.*s' was not consulted on: the report asks for '%.*s'",
                    OG_FMT(model_record_id(c->change)), OG_FMT(forum));
}

void controller_check_request(controller *c)
{
    const model_record *emergency = model_record_sub(c->change, "emergency");

    if (emergency && has_authority(c, "emergency", emergency)) {
        note_emergency(c, emergency);
        return;
    }
    check_approval(c);
    check_consultation(c);
}
