/* Notices that had been served when the range began: what one said of a change and when
 * it was served is past. Who could still edit that could move a change's day, or make
 * its notice long enough, after the fact. */
#include "report/controller.h"

static bool same_text(const model_record *a, const model_record *b, const char *field)
{
    return og_str_eq(model_record_text(a, field), model_record_text(b, field));
}

static og_date served_on(const model_record *line)
{
    return controller_date(line, "served_on", OG_DATE_MAX);
}

static bool same_recipients(const model_record *a, const model_record *b)
{
    return same_text(a, b, "category") && same_text(a, b, "role") &&
           same_text(a, b, "party");
}

bool controller_still_has(const model_record *notice, const model_record *line)
{
    og_value to = model_record_get(notice, "to");

    for (size_t i = 0; to.kind == OG_LIST && i < to.as.list->count; i++) {
        const model_record *now = model_record_of(to.as.list->items[i].as.object);
        if (same_recipients(now, line) && served_on(now) != OG_DATE_MAX &&
            served_on(now) >= served_on(line))
            return true;
    }
    return false;
}

/* An objection is settled, not taken out. */
static bool keeps_objection(const model_record *notice, const model_record *line)
{
    og_value to = model_record_get(notice, "to");
    bool kept = !model_record_sub(line, "objected");

    for (size_t i = 0; !kept && to.kind == OG_LIST && i < to.as.list->count; i++) {
        const model_record *now = model_record_of(to.as.list->items[i].as.object);
        kept = same_recipients(now, line) && model_record_sub(now, "objected");
    }
    return kept;
}

bool controller_was_served(const model_record *notice)
{
    og_value to = model_record_get(notice, "to");

    for (size_t i = 0; to.kind == OG_LIST && i < to.as.list->count; i++)
        if (served_on(model_record_of(to.as.list->items[i].as.object)) != OG_DATE_MAX)
            return true;
    return false;
}

/* What of a notice that was served is other now; NULL: nothing that matters. */
static const char *what_moved(const model_record *was, const model_record *now)
{
    const model_record *old = model_record_sub(was, "report_change");
    const model_record *new = model_record_sub(now, "report_change");
    og_value to = model_record_get(was, "to");

    for (size_t i = 0; to.kind == OG_LIST && i < to.as.list->count; i++) {
        const model_record *line = model_record_of(to.as.list->items[i].as.object);
        if (served_on(line) != OG_DATE_MAX &&
            (!controller_still_has(now, line) || !keeps_objection(now, line)))
            return "to";
    }
    if (!new || !og_str_eq(model_record_id(old), model_record_id(new)))
        return "report_change";
    return controller_date(was, "takes_effect", OG_DATE_MIN) ==
                   controller_date(now, "takes_effect", OG_DATE_MIN)
               ? NULL
               : "takes_effect";
}

static void report_moved(controller *c, const model_record *was, const model_record *now)
{
    const char *field = now ? what_moved(was, now) : NULL;
    og_diag *d = NULL;

    if (!now)
        d = controller_find(c, OG_LEVEL_ERROR, "report-notice-edited", was, NULL,
                            "'%.*s' was served, and is gone",
                            OG_FMT(model_record_id(was)));
    else if (field)
        d = controller_find(
            c, OG_LEVEL_ERROR, "report-notice-edited", now, field,
            "'%.*s' was served, and '%s' is edited: what was served does not change",
            OG_FMT(model_record_id(now)), field);
    if (d)
        og_diags_hint(c->diags, d,
                      "put it back as it was; what is said anew is a notice of its own");
}

void controller_check_served(controller *c)
{
    size_t count;
    const model_record *const *all = controller_list(c->control->base, "notice", &count);

    for (size_t i = 0; i < count; i++)
        if (model_record_sub(all[i], "report_change") && controller_was_served(all[i]))
            report_moved(c, all[i], controller_counterpart(c->control->head, all[i]));
}
