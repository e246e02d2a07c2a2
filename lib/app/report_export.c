/* report export: definitions of reports for those who have no register. */
#include "app/app.h"
#include "app/report_version.h"
#include "app/ssh_signature.h"
#include "report/bundle.h"
#include "report/control.h"

typedef struct exporter {
    app *a;
    const opsgate_report_export_request *request;
    const model_record **versions; /* those exported; one report's together, by day */
    size_t count, reports;
    report_bundle bundle;
} exporter;

/* ---- Which ---- */

static int find_party(exporter *x, const model_record **ret, og_error *err)
{
    const model_register *reg = &app_policy(x->a)->reg;
    const model_kind *kind = model_kind_named(reg->kinds, OG_STR("party"));
    og_str id = og_str_from(x->request->party);

    if (x->request->report_count > 0)
        return og_fail(err, OG_E_USAGE,
                       "name reports, or a party with --party, not both");
    *ret = model_find(reg, kind, NULL, id);
    if (*ret)
        return OG_OK;
    og_str near = model_find_nearest(reg, kind, id);
    return og_fail(err, OG_E_NOTFOUND, "there is no party '%.*s'%s%.*s%s", OG_FMT(id),
                   near.n ? ": did you mean '" : "", OG_FMT(near), near.n ? "'?" : "");
}

static bool is_named(const exporter *x, og_str report)
{
    for (size_t i = 0; i < x->request->report_count; i++)
        if (og_str_is(report, x->request->reports[i]))
            return true;
    return x->request->report_count == 0;
}

/* By any of its versions, so that a change of recipients loses nobody. */
static bool is_received(const model_record *const *versions, size_t count,
                        const model_record *party)
{
    for (size_t i = 0; i < count && party; i++)
        if (report_receives(versions[i], party))
            return true;
    return !party;
}

/* Keeps, of all versions, those of reports that are wanted. */
static void keep_wanted(exporter *x, size_t all, const model_record *party)
{
    for (size_t i = 0, n; i < all; i += n) {
        og_str report = model_record_text(x->versions[i], "report");
        for (n = 1; i + n < all; n++)
            if (!og_str_eq(model_record_text(x->versions[i + n], "report"), report))
                break;
        if (!is_named(x, report) || !is_received(x->versions + i, n, party))
            continue;
        memmove(x->versions + x->count, x->versions + i, n * sizeof *x->versions);
        x->count += n;
        x->reports++;
    }
}

static int choose(exporter *x, og_error *err)
{
    app *a = x->a;
    const model_register *reg = &a->claims.reg;
    size_t kind = model_kind_named(reg->kinds, OG_STR("report"))->ordinal, all = 0;
    const model_record *party = NULL;
    int rc = x->request->party ? find_party(x, &party, err) : OG_OK;

    for (size_t i = 0; i < x->request->report_count && rc == OG_OK; i++)
        rc = report_versions(a, x->request->reports[i], &x->versions, &all, err);
    if (rc != OG_OK)
        return rc;
    x->versions = OG_ARRAY(&a->arena, reg->list_counts[kind], const model_record *);
    if (!x->versions)
        return og_nomem(err);
    report_versions_all(a, x->versions, &all);
    keep_wanted(x, all, party);
    if (x->count == 0)
        return party ? og_fail(err, OG_E_NOTFOUND, "'%s' receives no report",
                               x->request->party)
                     : og_fail(err, OG_E_NOTFOUND,
                               "the register has no report: add reports/ID/1.0.0.yaml");
    return OG_OK;
}

static int check_layouts(exporter *x, og_error *err)
{
    int rc = OG_OK;

    for (size_t i = 0; i < x->count && rc == OG_OK; i++) {
        report_layout layout;
        rc = report_version_layout(x->a, x->versions[i], &layout, err);
    }
    return rc;
}

/* ---- As of when ---- */

static int set_time(exporter *x, og_error *err)
{
    app *a = x->a;
    const zone *z = a->claims.reg.zone;
    const og_instant now = {a->settings->now_seconds, a->settings->now_nanos};
    og_instant at = {a->claims.commit.time, 0};
    char today[11];

    int rc = x->request->at ? app_instant(a, z, x->request->at, &at, err) : OG_OK;
    if (rc != OG_OK)
        return rc;
    if (at.seconds >= OG_INSTANT_MIN && zone_date_at(z, at) <= zone_date_at(z, now)) {
        x->bundle.at = at;
        return OG_OK;
    }
    og_date_format(zone_date_at(z, now), today);
    return og_fail(err, OG_E_USAGE, "nobody knows what holds after today, %s: %s", today,
                   x->request->at ? "name no later day with --at"
                                  : "the commit is dated wrongly; name a day with --at");
}

static void describe(exporter *x)
{
    app *a = x->a;
    const model_config *config = &a->claims.reg.config;

    x->bundle.title = config->title;
    x->bundle.time_zone = config->time_zone;
    x->bundle.commit = og_str_from(a->claims.commit.id);
    x->bundle.policy = a->policy.open ? og_str_from(a->policy.commit.id) : OG_STR("self");
    x->bundle.is_signed = x->request->sign != NULL;
}

/* ---- Out ---- */

static int write_bundle(exporter *x, og_error *err)
{
    static const char *const formats[] = {"bundle"};
    og_buf out = {0};
    report_bundle_parts parts;

    int rc = report_bundle_write(&x->bundle, x->versions, x->count, &out, err);
    if (rc == OG_OK && x->request->sign) {
        og_buf signature = {0};
        rc =
            ssh_signature_make(x->a, x->request->sign, og_buf_str(&out), &signature, err);
        og_buf_put(&out, og_buf_str(&signature));
        og_buf_done(&signature);
    }
    if (rc == OG_OK)
        rc = og_buf_check(&out, err);
    if (rc == OG_OK)
        rc = report_bundle_split(og_buf_str(&out), &parts, err);
    if (rc == OG_OK)
        rc = app_take_documents(x->a, formats, &out, 1, err);
    og_buf_done(&out);
    return rc;
}

static void summarise(exporter *x)
{
    char day[11];

    og_date_format(zone_date_at(x->a->claims.reg.zone, x->bundle.at), day);
    og_buf_printf(&x->a->summary, "%zu version%s of %zu report%s as of %s, %s", x->count,
                  x->count == 1 ? "" : "s", x->reports, x->reports == 1 ? "" : "s", day,
                  x->bundle.is_signed
                      ? "signed"
                      : "not signed: --sign KEY lets its readers know who wrote it");
}

static int export(exporter *x, og_error *err)
{
    app *a = x->a;

    if (a->place->worktree)
        return og_fail(err, OG_E_USAGE,
                       "a bundle names the commit it is of: commit, and leave out "
                       "'--worktree'");
    int rc = report_versions_load(a, err);
    if (rc == OG_OK)
        rc = app_notice_uncommitted(a, err);
    if (rc != OG_OK)
        return rc;
    a->stage = APP_FINDING;
    rc = choose(x, err);
    if (rc == OG_OK)
        rc = set_time(x, err);
    if (rc == OG_OK)
        rc = check_layouts(x, err);
    if (rc != OG_OK)
        return rc;
    describe(x);
    rc = write_bundle(x, err);
    if (rc == OG_OK)
        summarise(x);
    return rc;
}

void opsgate_report_export(const opsgate_settings *settings, const opsgate_place *place,
                           const opsgate_report_export_request *request,
                           opsgate_result *ret)
{
    app a;
    exporter x = {.a = &a, .request = request};
    og_error err = {0};

    app_init(&a, settings, place, ret);
    int rc = export(&x, &err);
    app_finish(&a, rc, &err);
}
