/* Which versions of reports a range of revisions touches, and what each is held to. */
#include "report/control.h"

#include "report/controller.h"

/* ---- Which versions are touched ---- */

static const model_record *find_change(const model_register *reg,
                                       const model_record *version)
{
    size_t count;
    const model_record *const *all = controller_list(reg, "report_change", &count);

    for (size_t i = 0; i < count; i++)
        if (controller_asks_for(all[i], version))
            return all[i];
    return NULL;
}

/* Whether it is not there, or says something else, at the base. */
static bool is_touched(const controller *c, const model_record *record)
{
    const model_record *before = controller_counterpart(c->control->base, record);

    return !before || !model_record_same(record, before);
}

/* A notice about the change that is new, other, or gone. */
static bool notices_touched(const controller *c, const model_record *change)
{
    const model_register *sides[2] = {c->control->head, c->control->base};

    for (size_t s = 0; s < 2; s++) {
        size_t count;
        const model_record *const *all = controller_list(sides[s], "notice", &count);
        for (size_t i = 0; i < count; i++) {
            const model_record *about = model_record_sub(all[i], "report_change");
            if (!about || !og_str_eq(model_record_id(about), model_record_id(change)))
                continue;
            const model_record *other = controller_counterpart(sides[1 - s], all[i]);
            if (!other || !model_record_same(all[i], other))
                return true;
        }
    }
    return false;
}

/* ---- What else touches a version to come ---- */

/* The version that readers will have by then is another than at the base. */
static bool predecessor_touched(const controller *c)
{
    const model_record *before = NULL;
    size_t count;
    const model_record *const *all = controller_list(c->control->base, "report", &count);

    for (size_t i = 0; i < count; i++)
        if (controller_comes_before(all[i], c->version, before))
            before = all[i];
    if (!before || !c->predecessor)
        return before != c->predecessor;
    return before != c->predecessor && !model_record_same(before, c->predecessor);
}

/* A party that is to receive it was not there at the base, or was another. */
static bool recipients_touched(const controller *c)
{
    size_t count;
    const model_record *const *all = controller_list(c->control->head, "party", &count);

    for (size_t i = 0; i < count; i++)
        if ((report_receives(c->version, all[i]) ||
             (c->predecessor && report_receives(c->predecessor, all[i]))) &&
            is_touched(c, all[i]))
            return true;
    return false;
}

/* Whether the range has to do with the version at hand. */
static bool is_concerned(const controller *c)
{
    if (is_touched(c, c->version))
        return true;
    /* A request that the range takes away touches its version as well. */
    if (c->change ? is_touched(c, c->change) || notices_touched(c, c->change)
                  : find_change(c->control->base, c->version) != NULL)
        return true;
    return c->effective > c->control->today &&
           (predecessor_touched(c) || recipients_touched(c));
}

/* ---- One version ---- */

static int read_layout(controller *c, const model_record *version, report_layout *ret,
                       bool *ret_fine, og_error *err)
{
    size_t errors = c->diags->errors;
    int rc = report_layout_read(version, c->arena, c->diags, ret, err);

    *ret_fine = rc == OG_OK && c->diags->errors == errors;
    return rc;
}

/* The version before is not tried out: what is wrong with it can only be put right by
 * the one at hand. */
int controller_read_version(controller *c, bool *ret_fine, og_error *err)
{
    report_layout *layout = &c->layouts[1];
    int rc = read_layout(c, c->version, layout, ret_fine, err);

    return rc == OG_OK && *ret_fine ? report_layout_check(layout, c->arena, c->diags, err)
                                    : rc;
}

int controller_compare(controller *c, bool *ret_fine, og_error *err)
{
    report_layout *layouts = c->layouts;
    report_renames renames;

    int rc = read_layout(c, c->predecessor, &layouts[0], ret_fine, err);
    if (rc == OG_OK && *ret_fine)
        rc = controller_read_version(c, ret_fine, err);
    if (rc != OG_OK || !*ret_fine)
        return rc;
    rc = report_renames_of(c->change, c->arena, &renames, err);
    if (rc != OG_OK)
        return rc;
    size_t wrong = report_renames_wrong(&renames, &layouts[0], &layouts[1]);
    if (wrong != SIZE_MAX)
        controller_find(c, OG_LEVEL_ERROR, "report-rename", c->change, "renames",
                        "'%.*s: %.*s' is no rename between %.*s and %.*s",
                        OG_FMT(renames.from[wrong]), OG_FMT(renames.to[wrong]),
                        OG_FMT(layouts[0].version), OG_FMT(layouts[1].version));
    return report_compare(&layouts[0], &layouts[1], &renames, c->arena, &c->differences,
                          err);
}

static void check_dates(controller *c)
{
    og_date asked = controller_date(c->change, "effective_from", c->effective);
    char a[11], b[11];

    og_date_format(asked, a);
    og_date_format(c->effective, b);
    if (asked != c->effective)
        controller_find(c, OG_LEVEL_ERROR, "report-effective-date", c->change,
                        "effective_from",
                        "'%.*s' says that version %.*s takes effect on %s, the version "
                        "says %s",
                        OG_FMT(model_record_id(c->change)),
                        OG_FMT(model_record_text(c->version, "version")), a, b);
    og_str from = model_record_text(c->change, "from");
    if (from.n == 0)
        from = OG_STR("nothing");
    og_str before =
        c->predecessor ? model_record_text(c->predecessor, "version") : OG_STR("nothing");
    if (!og_str_eq(from, before))
        controller_find(c, OG_LEVEL_ERROR, "report-predecessor", c->change, "from",
                        "'%.*s' is a change from %.*s, but readers have %.*s",
                        OG_FMT(model_record_id(c->change)), OG_FMT(from), OG_FMT(before));
}

static void report_unrequested(controller *c)
{
    const model_record *v = c->version;
    og_diag *d = controller_find(c, OG_LEVEL_ERROR, "report-no-request", v, NULL,
                                 "version %.*s of '%.*s' comes without a change request",
                                 OG_FMT(model_record_text(v, "version")),
                                 OG_FMT(model_record_text(v, "report")));

    og_diags_hint(
        c->diags, d,
        "add one to changes/, and have it consulted on, approved and announced");
}

/* Which of two versions holds on a day, nobody could say. */
static void check_same_day(controller *c)
{
    size_t count;
    const model_record *const *all = controller_list(c->control->head, "report", &count);

    for (size_t i = 0; i < count; i++) {
        if (all[i] == c->version ||
            !controller_is(all[i], "report", model_record_text(c->version, "report")) ||
            controller_date(all[i], "effective_from", OG_DATE_MIN) != c->effective)
            continue;
        og_diag *d = controller_find(
            c, OG_LEVEL_ERROR, "report-same-day", c->version, "effective_from",
            "versions %.*s and %.*s of '%.*s' take effect on the same day",
            OG_FMT(model_record_text(c->version, "version")),
            OG_FMT(model_record_text(all[i], "version")),
            OG_FMT(model_record_text(c->version, "report")));
        og_diags_hint(c->diags, d,
                      "give the later one a later day: one version is in "
                      "force at a time");
    }
}

/* Approval, notice and emergency would be looked for in one of them. */
static void check_one_request(controller *c)
{
    size_t count;
    const model_record *const *all =
        controller_list(c->control->head, "report_change", &count);

    for (size_t i = 0; i < count; i++)
        if (all[i] != c->change && controller_asks_for(all[i], c->version)) {
            og_diag *d =
                controller_find(c, OG_LEVEL_ERROR, "report-two-requests", all[i], NULL,
                                "'%.*s' asks for version %.*s of '%.*s', as '%.*s' does",
                                OG_FMT(model_record_id(all[i])),
                                OG_FMT(model_record_text(c->version, "version")),
                                OG_FMT(model_record_text(c->version, "report")),
                                OG_FMT(model_record_id(c->change)));
            og_diags_hint(c->diags, d, "keep one change request for each version");
        }
}

void controller_take(controller *c, const model_record *version)
{
    c->version = version;
    c->change = find_change(c->control->head, version);
    c->predecessor = controller_predecessor(c, version);
    c->effective = controller_date(version, "effective_from", OG_DATE_MIN);
}

/* A new report: nobody reads it yet, so nobody is to be told. */
static int check_first(controller *c, og_error *err)
{
    bool fine;

    if (c->change)
        check_dates(c);
    return controller_read_version(c, &fine, err);
}

void controller_check_alone(controller *c)
{
    check_same_day(c);
    if (c->change)
        check_one_request(c);
}

static int check_version(controller *c, og_error *err)
{
    bool fine = true;

    c->checked.versions++;
    controller_check_alone(c);
    if (!c->change)
        report_unrequested(c);
    if (!c->predecessor)
        return check_first(c, err);
    int rc = controller_compare(c, &fine, err);
    if (rc != OG_OK || !fine)
        return rc;
    size_t serious = c->differences.counts[REPORT_CLASS_BREAKING] +
                     c->differences.counts[REPORT_CLASS_COMPATIBLE];
    if (serious == 0)
        return OG_OK;
    if (c->change) {
        check_dates(c);
        controller_check_request(c);
    }
    return controller_check_parties(c, err);
}

bool controller_is_edited(const controller *c)
{
    const model_record *before = controller_counterpart(c->control->base, c->version);

    return before && !model_record_same(c->version, before) &&
           controller_is_fixed(c, before);
}

static void check_edit(controller *c)
{
    const model_record *version = c->version;

    if (!controller_is_edited(c))
        return;
    og_diag *d =
        controller_find(c, OG_LEVEL_ERROR, "report-edited", version, NULL,
                        "version %.*s of '%.*s' was edited after it was announced",
                        OG_FMT(model_record_text(version, "version")),
                        OG_FMT(model_record_text(version, "report")));
    og_diags_hint(c->diags, d,
                  "leave it as it was: to amend it is another version and another change "
                  "request, and notice starts again");
}

static int check_head(controller *c, og_error *err)
{
    size_t count;
    const model_record *const *all = controller_list(c->control->head, "report", &count);
    int rc = OG_OK;

    for (size_t i = 0; i < count && rc == OG_OK; i++) {
        controller here = *c;
        controller_take(&here, all[i]);
        if (!is_concerned(&here))
            continue;
        check_edit(&here);
        rc = check_version(&here, err);
        c->checked = here.checked;
    }
    return rc;
}

static void check_removed(controller *c)
{
    size_t count;
    const model_record *const *all = controller_list(c->control->base, "report", &count);

    for (size_t i = 0; i < count; i++) {
        if (controller_counterpart(c->control->head, all[i]) ||
            !controller_is_fixed(c, all[i]))
            continue;
        c->checked.versions++;
        og_diag *d =
            controller_find(c, OG_LEVEL_ERROR, "report-removed", all[i], NULL,
                            "version %.*s of '%.*s' is gone, and its readers have it",
                            OG_FMT(model_record_text(all[i], "version")),
                            OG_FMT(model_record_text(all[i], "report")));
        og_diags_hint(c->diags, d,
                      "put it back: past versions say what old files are; where BASE "
                      "has what HEAD does not have yet, merge it first");
    }
}

int report_control_check(const report_control *control, og_arena *arena, og_diags *diags,
                         report_checked *ret, og_error *err)
{
    controller c = {.control = control,
                    .judge = control->policy ? control->policy : control->base,
                    .arena = arena,
                    .diags = diags};

    int rc = check_head(&c, err);
    if (rc != OG_OK)
        return rc;
    check_removed(&c);
    controller_check_served(&c);
    if (diags->failed)
        return og_nomem(err);
    *ret = c.checked;
    return OG_OK;
}
