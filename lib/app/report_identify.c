/* report identify: which version of which report a file is, told from the file itself. */
#include "render/report_identify.h"

#include "app/app.h"
#include "app/report_bundle.h"
#include "app/report_input.h"
#include "app/report_version.h"
#include "base/mem.h"

typedef struct identifier {
    app *a;
    const opsgate_report_identify_request *request;
    const model_record **versions; /* of all reports, those of one together, by day */
    report_layout *layouts;        /* [version_count] */
    size_t version_count;
    render_bundle bundle;     /* zeroed: from the register */
    bool is_dated;            /* the file at hand is, by some name or by --date */
    render_identified *files; /* own */
    og_buf kept;              /* of the file at hand, when it cannot be read twice */
    bool is_kept;
} identifier;

/* ---- Layouts ---- */

static int load_layouts(identifier *t, og_error *err)
{
    const model_register *reg = &t->a->claims.reg;
    const model_kind *kind = model_kind_named(reg->kinds, OG_STR("report"));
    size_t all = reg->list_counts[kind->ordinal];
    int rc = OG_OK;

    t->versions = OG_ARRAY(&t->a->arena, all, const model_record *);
    t->layouts = OG_ARRAY(&t->a->arena, all, report_layout);
    if (!t->versions || !t->layouts)
        return og_nomem(err);
    if (all == 0)
        return og_fail(err, OG_E_NOTFOUND,
                       "the register has no report: add reports/ID/1.0.0.yaml");
    report_versions_all(t->a, t->versions, &t->version_count);
    for (size_t i = 0; i < t->version_count && rc == OG_OK; i++)
        rc = report_version_layout(t->a, t->versions[i], &t->layouts[i], err);
    return rc;
}

/* ---- A file ---- */

/* The file against one version, up to its first finding. */
static int follows(identifier *t, const char *path, size_t version, verify_result *ret,
                   og_error *err)
{
    verify_options options = {.keep = 1, .first_only = true};
    report_input input;
    csv_source source;

    int rc = report_input_seed(options.seed, err);
    if (rc == OG_OK && t->is_kept)
        rc = report_input_open_kept(og_buf_str(&t->kept), &input, &source, err);
    else if (rc == OG_OK)
        rc = report_input_open(t->a->settings->cwd, path, &input, &source, err);
    if (rc != OG_OK)
        return rc;
    rc = verify_file(&t->layouts[version], source, &options, ret, err);
    report_input_close(&input);
    return rc;
}

/* Better first: by standing, and among those the one whose name it has. */
static void insert(render_identified *f, const render_match *m)
{
    size_t at = f->match_count++;

    for (; at > 0; at--) {
        const render_match *o = &f->matches[at - 1];
        if (o->standing < m->standing ||
            (o->standing == m->standing && o->named >= m->named))
            break;
        f->matches[at] = f->matches[at - 1];
    }
    f->matches[at] = *m;
}

/* How the first version in force whose name the file has differs from it. */
static void keep_nearest(render_identified *f, const render_match *m,
                         verify_result *result)
{
    if (f->near_report.n > 0 || !m->named || m->standing != RENDER_IN_FORCE) {
        verify_result_done(result);
        return;
    }
    f->near_report = m->report;
    f->near_version = m->version;
    f->near = *result;
}

static int try_version(identifier *t, render_identified *f, const char *path, size_t i,
                       const render_match *of_report, const model_record *in_force,
                       og_error *err)
{
    const model_record *version = t->versions[i];
    verify_result result = {0};
    render_match m = *of_report;

    m.version = model_record_text(version, "version");
    m.effective_from = report_version_from(version);
    m.standing = version == in_force         ? RENDER_IN_FORCE
                 : m.effective_from > m.date ? RENDER_EARLY
                                             : RENDER_LATE;
    int rc = report_name_fits(version, path, &m.named, err);
    if (rc == OG_OK)
        rc = follows(t, path, i, &result, err);
    if (rc == OG_OK && verify_conforms(&result)) {
        insert(f, &m);
        verify_result_done(&result);
    } else if (rc == OG_OK) {
        keep_nearest(f, &m, &result);
    } else {
        verify_result_done(&result);
    }
    return rc;
}

/* The versions of one report, from `first` on. */
static int try_report(identifier *t, render_identified *f, const char *path, size_t first,
                      size_t count, og_error *err)
{
    const model_record *in_force = NULL;
    render_match m = {.report = model_record_text(t->versions[first], "report")};
    og_error none = {0};

    report_day day;

    int rc = report_file_date(t->a, t->versions + first, count, path, t->request->date,
                              &day, err);
    if (rc != OG_OK)
        return rc;
    m.date = day.first;
    m.from = day.from;
    m.after_bundle = t->request->bundle && day.last > t->bundle.day;
    if (m.from != RENDER_DATE_TODAY) {
        f->after_bundle |= m.after_bundle;
        t->is_dated = true;
    }
    report_in_force(t->versions + first, count, m.date, &in_force, &none);
    og_error_done(&none);
    for (size_t i = first; i < first + count && rc == OG_OK; i++)
        rc = try_version(t, f, path, i, &m, in_force, err);
    return rc;
}

static size_t same_report(const identifier *t, size_t first)
{
    og_str report = model_record_text(t->versions[first], "report");
    size_t n = 1;

    while (first + n < t->version_count &&
           og_str_eq(model_record_text(t->versions[first + n], "report"), report))
        n++;
    return n;
}

/* By what the file was found to be; for one that follows no version, by its day. */
static void set_after_bundle(const identifier *t, render_identified *f)
{
    if (f->match_count > 0)
        f->after_bundle = f->matches[0].after_bundle;
    else if (!t->is_dated)
        f->after_bundle = t->request->bundle && t->bundle.today > t->bundle.day;
}

static int identify_one(identifier *t, render_identified *f, const char *path,
                        og_error *err)
{
    f->path = og_str_from(path);
    f->matches = OG_ARRAY(&t->a->arena, t->version_count, render_match);
    if (!f->matches)
        return og_nomem(err);
    t->is_dated = false;
    og_buf_clear(&t->kept);
    int rc = report_input_keep(t->a->settings->cwd, path, &t->kept, &t->is_kept, err);
    for (size_t i = 0; i < t->version_count && rc == OG_OK; i += same_report(t, i))
        rc = try_report(t, f, path, i, same_report(t, i), err);
    set_after_bundle(t, f);
    if (rc == OG_OK || rc == OG_E_NOMEM || rc == OG_E_INVALID ||
        (rc == OG_E_USAGE && t->request->date))
        return rc;
    f->failure = og_arena_str(&t->a->arena, og_str_from(og_error_text(err)));
    og_error_done(err);
    return f->failure.p ? OG_OK : og_nomem(err);
}

/* ---- All ---- */

static int render(const void *shown, const render_options *options, og_buf *out,
                  og_error *err)
{
    const identifier *t = shown;
    size_t count = t->request->path_count;
    const render_bundle *bundle = t->request->bundle ? &t->bundle : NULL;

    return options
               ? render_report_identify_text(t->files, count, bundle, options, out, err)
               : render_report_identify_json(t->files, count, bundle, out, err);
}

static void summarise(identifier *t)
{
    size_t count = t->request->path_count, fine = 0, unread = 0;

    for (size_t i = 0; i < count; i++) {
        const render_identified *f = &t->files[i];
        unread += f->failure.n > 0;
        fine += f->match_count > 0 && f->matches[0].standing == RENDER_IN_FORCE &&
                f->failure.n == 0;
    }
    t->a->result->exit_code = fine == count            ? OPSGATE_EXIT_GO
                              : fine + unread == count ? OPSGATE_EXIT_UNDECIDED
                                                       : OPSGATE_EXIT_NO_GO;
    og_buf_printf(&t->a->summary, "%zu of %zu file%s in the layout in force", fine, count,
                  count == 1 ? "" : "s");
    if (unread > 0)
        og_buf_printf(&t->a->summary, ", %zu could not be read", unread);
}

static int identify(identifier *t, og_error *err)
{
    const opsgate_report_identify_request *q = t->request;

    int rc = report_definitions_load(t->a, q->bundle, q->signers, &t->bundle, err);
    if (rc != OG_OK)
        return rc;
    t->a->stage = APP_FINDING;
    rc = load_layouts(t, err);
    if (rc != OG_OK)
        return rc;
    t->files = og_alloc(q->path_count * sizeof *t->files);
    if (!t->files)
        return og_nomem(err);
    for (size_t i = 0; i < q->path_count && rc == OG_OK; i++)
        rc = identify_one(t, &t->files[i], q->paths[i], err);
    if (rc == OG_OK)
        rc = app_make_documents(t->a, q->formats, q->format_count, APP_FORMATS, render, t,
                                err);
    if (rc == OG_OK)
        summarise(t);
    return rc;
}

void opsgate_report_identify(const opsgate_settings *settings, const opsgate_place *place,
                             const opsgate_report_identify_request *request,
                             opsgate_result *ret)
{
    app a;
    identifier t = {.a = &a, .request = request};
    og_error err = {0};

    app_init(&a, settings, place, ret);
    int rc = identify(&t, &err);
    for (size_t i = 0; t.files && i < request->path_count; i++)
        verify_result_done(&t.files[i].near);
    og_free(t.files);
    og_buf_done(&t.kept);
    app_finish(&a, rc, &err);
}
