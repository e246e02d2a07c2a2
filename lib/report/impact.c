/* What is coming for one party. */
#include "report/impact.h"

#include "report/controller.h"

static int keep_touching(controller *c, const model_record *party, report_impact *ret,
                         og_error *err)
{
    const report_differences *all = &c->differences;
    report_difference *items = OG_ARRAY(c->arena, all->count, report_difference);
    report_words used;
    bool says = controller_uses(c, party, &used);

    if (!items)
        return og_nomem(err);
    ret->touching.items = items;
    for (size_t i = 0; i < all->count; i++) {
        const report_difference *d = &all->items[i];
        if (says && !report_difference_touches(d, &used, ret->from->reading)) {
            ret->others++;
            continue;
        }
        items[ret->touching.count++] = *d;
        ret->touching.counts[d->weight]++;
    }
    return OG_OK;
}

static void look_up_notice(controller *c, const model_record *party, report_impact *ret)
{
    controller_telling t = controller_told(c, party, ret->weight);
    og_date first;

    ret->told = t.served;
    ret->told_on = t.on;
    ret->period = controller_period(c, ret->weight);
    ret->enough = ret->told && ret->period.kind == OG_PERIOD &&
                  controller_is_enough(c, ret->period, t.on, &ret->given, &first);
}

/* Editorial when nothing but words changes. */
static report_class weight_for(controller *c, const model_record *party)
{
    const size_t *n = c->differences.counts;

    return n[REPORT_CLASS_BREAKING] + n[REPORT_CLASS_COMPATIBLE] == 0
               ? REPORT_CLASS_EDITORIAL
               : controller_class_for(c, party);
}

static int view(controller *c, const model_record *party, report_impact *ret,
                og_error *err)
{
    report_layout *layouts = OG_ARRAY(c->arena, 2, report_layout);

    if (!layouts)
        return og_nomem(err);
    layouts[0] = c->layouts[0];
    layouts[1] = c->layouts[1];
    *ret = (report_impact){.from = &layouts[0],
                           .to = &layouts[1],
                           .weight = weight_for(c, party),
                           .change = c->change ? model_record_id(c->change) : OG_STR(""),
                           .leaves = !report_receives(c->version, party)};
    int rc = keep_touching(c, party, ret, err);
    if (rc == OG_OK && ret->weight != REPORT_CLASS_EDITORIAL)
        look_up_notice(c, party, ret);
    return rc;
}

int report_impact_on(const report_control *control, const model_record *party,
                     og_arena *arena, og_diags *diags, report_impact **ret,
                     size_t *ret_count, og_error *err)
{
    size_t count, kept = 0;
    const model_record *const *all = controller_list(control->head, "report", &count);
    report_impact *items = OG_ARRAY(arena, count, report_impact);
    int rc = items ? OG_OK : og_nomem(err);

    for (size_t i = 0; i < count && rc == OG_OK; i++) {
        controller c = {.control = control,
                        .judge = control->policy ? control->policy : control->base,
                        .arena = arena,
                        .diags = diags};
        bool fine = false;
        controller_take(&c, all[i]);
        if (c.effective <= control->today || !c.predecessor ||
            (!report_receives(all[i], party) && !report_receives(c.predecessor, party)))
            continue;
        rc = controller_compare(&c, &fine, err);
        if (rc == OG_OK && fine)
            rc = view(&c, party, &items[kept++], err);
    }
    if (rc == OG_OK && diags->failed)
        rc = og_nomem(err);
    if (rc == OG_OK) {
        *ret = items;
        *ret_count = kept;
    }
    return rc;
}
