/* report diff and report list: what versions of reports there are, and how two differ. */
#include "render/report_diff.h"
#include "app/app.h"
#include "app/report_renames.h"

static int open_and_load(app *a, og_error *err)
{
    int rc = app_open(a, a->place->worktree, err);

    if (rc != OG_OK)
        return rc;
    rc = app_load(a, err);
    if (rc == OG_OK)
        rc = app_notice_uncommitted(a, err);
    return rc;
}

static const model_kind *report_kind(const app *a)
{
    return model_kind_named(a->claims.reg.kinds, OG_STR("report"));
}

/* ---- diff ---- */

static int find_version(app *a, const char *report, const char *version,
                        const model_record **ret, og_error *err)
{
    const model_kind *kind = report_kind(a);
    og_str id = og_arena_printf(&a->arena, "%s/%s", report, version);

    if (!id.p)
        return og_nomem(err);
    *ret = model_find(&a->claims.reg, kind, NULL, id);
    if (*ret)
        return OG_OK;
    og_str near = model_find_nearest(&a->claims.reg, kind, id);
    if (near.n > 0)
        return og_fail(err, OG_E_NOTFOUND,
                       "there is no version '%s' of report '%s': did you mean '%.*s'?",
                       version, report, OG_FMT(near));
    return og_fail(err, OG_E_NOTFOUND,
                   "there is no version '%s' of report '%s': 'opsgate report list' shows "
                   "those there are",
                   version, report);
}

static int read_layout(app *a, const model_record *version, report_layout *ret,
                       og_error *err)
{
    og_diags diags = {0};

    int rc = report_layout_read(version, &a->arena, &diags, ret, err);
    app_show(a, &a->claims, &diags);
    if (rc == OG_OK && !og_diags_ok(&diags))
        rc = og_fail(err, OG_E_INVALID, "the definition of '%.*s' is invalid",
                     OG_FMT(model_record_id(version)));
    og_diags_done(&diags);
    return rc;
}

/* The change from one version to the other, as far as there is one. */
static const model_record *find_change(const app *a, const report_layout *from,
                                       const report_layout *to)
{
    const model_register *reg = &a->claims.reg;
    const model_kind *kind = model_kind_named(reg->kinds, OG_STR("report_change"));

    for (size_t i = 0; i < reg->list_counts[kind->ordinal]; i++) {
        const model_record *r = reg->lists[kind->ordinal][i];
        if (og_str_eq(model_record_text(r, "report"), from->report) &&
            og_str_eq(model_record_text(r, "from"), from->version) &&
            og_str_eq(model_record_text(r, "to"), to->version))
            return r;
    }
    return NULL;
}

static int render_diff(const void *diff, const render_options *options, og_buf *out,
                       og_error *err)
{
    return options ? render_report_diff_text(diff, options, out, err)
                   : render_report_diff_json(diff, out, err);
}

static int diff(app *a, const opsgate_report_diff_request *request, og_error *err)
{
    const model_record *versions[2] = {NULL, NULL};
    report_layout layouts[2] = {{0}};
    report_renames renames;
    report_differences differences;
    size_t asked = 0;

    int rc = open_and_load(a, err);
    if (rc == OG_OK)
        rc = find_version(a, request->report, request->from, &versions[0], err);
    if (rc == OG_OK)
        rc = find_version(a, request->report, request->to, &versions[1], err);
    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    for (size_t i = 0; i < 2 && rc == OG_OK; i++)
        rc = read_layout(a, versions[i], &layouts[i], err);
    if (rc != OG_OK)
        return rc;
    const model_record *change = find_change(a, &layouts[0], &layouts[1]);
    rc = report_renames_read(a, change, request->renames, request->rename_count,
                             &layouts[0], &layouts[1], &renames, &asked, err);
    if (rc == OG_OK)
        rc = report_compare(&layouts[0], &layouts[1], &renames, &a->arena, &differences,
                            err);
    if (rc != OG_OK)
        return rc;
    const render_report_diff d = {&layouts[0], &layouts[1], &differences,
                                  change ? model_record_id(change) : OG_STR(""), asked};
    const size_t *n = differences.counts;
    og_buf_printf(&a->summary, "%s %s to %s: %zu breaking, %zu compatible, %zu editorial",
                  request->report, request->from, request->to, n[REPORT_CLASS_BREAKING],
                  n[REPORT_CLASS_COMPATIBLE], n[REPORT_CLASS_EDITORIAL]);
    return app_make_documents(a, request->formats, request->format_count, APP_FORMATS,
                              render_diff, &d, err);
}

void opsgate_report_diff(const opsgate_settings *settings, const opsgate_place *place,
                         const opsgate_report_diff_request *request, opsgate_result *ret)
{
    app a;
    og_error err = {0};

    app_init(&a, settings, place, ret);
    int rc = diff(&a, request, &err);
    app_finish(&a, rc, &err);
}

/* ---- list ---- */

static og_date effective_from(const model_record *version)
{
    return (og_date)model_record_get(version, "effective_from").as.i;
}

/* Reports by id; of one report the version that takes effect first is first. */
static bool comes_before(const model_record *a, const model_record *b)
{
    int order =
        og_str_cmp(model_record_text(a, "report"), model_record_text(b, "report"));

    return order < 0 || (order == 0 && effective_from(a) < effective_from(b));
}

static void insert(render_report_row *rows, size_t count, const model_record *version)
{
    size_t at = count;

    for (; at > 0 && comes_before(version, rows[at - 1].version); at--)
        rows[at] = rows[at - 1];
    rows[at] = (render_report_row){.version = version};
}

static bool same_report(const model_record *a, const model_record *b)
{
    return og_str_eq(model_record_text(a, "report"), model_record_text(b, "report"));
}

static void set_states(render_report_row *rows, size_t count, og_date today)
{
    for (size_t i = 0; i < count; i++) {
        bool begun = effective_from(rows[i].version) <= today;
        bool replaced = i + 1 < count &&
                        same_report(rows[i].version, rows[i + 1].version) &&
                        effective_from(rows[i + 1].version) <= today;
        rows[i].state = !begun     ? RENDER_REPORT_TO_COME
                        : replaced ? RENDER_REPORT_PAST
                                   : RENDER_REPORT_IN_FORCE;
    }
}

typedef struct shown_list {
    const render_report_row *rows;
    size_t count;
} shown_list;

static int render_list(const void *shown, const render_options *options, og_buf *out,
                       og_error *err)
{
    const shown_list *s = shown;

    return options ? render_report_list_text(s->rows, s->count, options, out, err)
                   : render_report_list_json(s->rows, s->count, out, err);
}

static int list(app *a, const char *at, const char *const *formats, size_t format_count,
                og_error *err)
{
    og_instant now;

    int rc = open_and_load(a, err);
    if (rc == OG_OK)
        rc = app_judged_at(a, at, &now, err);
    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    const model_register *reg = &a->claims.reg;
    size_t ordinal = report_kind(a)->ordinal, count = reg->list_counts[ordinal];
    render_report_row *rows = OG_ARRAY(&a->arena, count, render_report_row);
    if (!rows)
        return og_nomem(err);
    for (size_t i = 0; i < count; i++)
        insert(rows, i, reg->lists[ordinal][i]);
    set_states(rows, count, zone_date_at(reg->zone, now));
    og_buf_printf(&a->summary, "%zu version%s of reports", count, count == 1 ? "" : "s");
    const shown_list shown = {rows, count};
    return app_make_documents(a, formats, format_count, APP_FORMATS, render_list, &shown,
                              err);
}

void opsgate_report_list(const opsgate_settings *settings, const opsgate_place *place,
                         const char *at, const char *const *formats, size_t format_count,
                         opsgate_result *ret)
{
    app a;
    og_error err = {0};

    app_init(&a, settings, place, ret);
    int rc = list(&a, at, formats, format_count, &err);
    app_finish(&a, rc, &err);
}
