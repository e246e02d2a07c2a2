/* report verify: files held against the version of their report that was in force. */
#define _GNU_SOURCE /* sched_getaffinity */
#include <sched.h>

#include "app/app.h"
#include "app/report_bundle.h"
#include "app/report_input.h"
#include "app/report_version.h"
#include "base/mem.h"
#include "base/workers.h"
#include "report/layout.h"

enum {
    SHOWN = 20 /* findings of a file in full */
};

typedef struct report_verifier {
    app *a;
    const opsgate_report_verify_request *request;
    const model_record **versions;
    size_t version_count;
    verify_options options;
    render_bundle bundle;   /* zeroed: from the register */
    render_verified *files; /* own */
} report_verifier;

/* ---- A file ---- */

static int choose(report_verifier *v, render_verified *f, const char *path,
                  const model_record **ret, og_error *err)
{
    report_day day;
    bool fits;

    int rc = report_file_date(v->a, v->versions, v->version_count, path, v->request->date,
                              &day, err);
    if (rc == OG_OK)
        rc = report_in_force(v->versions, v->version_count, day.first, ret, err);
    if (rc == OG_OK)
        rc = report_name_fits(*ret, path, &fits, err);
    if (rc != OG_OK)
        return rc;
    f->report = model_record_text(*ret, "report");
    f->version = model_record_text(*ret, "version");
    f->date = day.first;
    f->from = day.from;
    f->after_bundle = v->request->bundle && day.last > v->bundle.day;
    if (strcmp(path, "-") != 0 && !fits)
        app_say(v->a, "'%s' is no name for a file of %.*s %.*s: the layout says '%.*s'",
                path, OG_FMT(f->report), OG_FMT(f->version),
                OG_FMT(model_record_text(model_record_sub(*ret, "file"), "name")));
    return OG_OK;
}

static int check(report_verifier *v, render_verified *f, const char *path,
                 const report_layout *layout, og_error *err)
{
    report_input input;
    csv_source source;

    int rc = report_input_open(v->a->settings->cwd, path, &input, &source, err);
    if (rc != OG_OK)
        return rc;
    rc = verify_file(layout, source, &v->options, &f->result, err);
    report_input_close(&input);
    return rc;
}

/* What concerns this file only is kept with it, so that the others are checked too. */
static int check_one(report_verifier *v, render_verified *f, const char *path,
                     og_error *err)
{
    const model_record *version = NULL;
    report_layout layout = {0};

    f->path = og_str_from(path);
    int rc = choose(v, f, path, &version, err);
    if (rc != OG_OK && v->request->date)
        return rc;
    if (rc == OG_OK)
        rc = report_version_layout(v->a, version, &layout, err);
    if (rc == OG_OK)
        rc = check(v, f, path, &layout, err);
    if (rc == OG_OK || rc == OG_E_NOMEM || rc == OG_E_INVALID)
        return rc;
    f->failure = og_arena_str(&v->a->arena, og_str_from(og_error_text(err)));
    og_error_done(err);
    return f->failure.p ? OG_OK : og_nomem(err);
}

/* ---- All ---- */

static int read_shown(const opsgate_report_verify_request *request, verify_options *ret,
                      og_error *err)
{
    uint64_t n = SHOWN;

    if (request->show &&
        (!og_str_to_uint64(og_str_from(request->show), &n) || n > VERIFY_KEEP_MAX))
        return og_fail(err, OG_E_USAGE, "--show: '%s' is no number from 0 to %d",
                       request->show, VERIFY_KEEP_MAX);
    ret->keep = (size_t)n;
    return OG_OK;
}

/* Processors that this process may run on. */
static size_t processors(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

    return n < 1 ? 1 : n < OG_WORKERS_MAX ? (size_t)n : OG_WORKERS_MAX;
}

static int read_jobs(const opsgate_report_verify_request *request, verify_options *ret,
                     og_error *err)
{
    uint64_t n = 1;

    if (request->jobs && strcmp(request->jobs, "auto") == 0)
        n = 0;
    else if (request->jobs &&
             (!og_str_to_uint64(og_str_from(request->jobs), &n) || n > OG_WORKERS_MAX))
        return og_fail(err, OG_E_USAGE,
                       "--jobs: '%s' is neither a number from 1 to %d nor 'auto'",
                       request->jobs, OG_WORKERS_MAX);
    ret->jobs = n > 0 ? (size_t)n : processors();
    return OG_OK;
}

static int render(const void *shown, const render_options *options, og_buf *out,
                  og_error *err)
{
    const report_verifier *v = shown;
    size_t count = v->request->path_count;
    const render_bundle *bundle = v->request->bundle ? &v->bundle : NULL;

    return options ? render_report_verify_text(v->files, count, bundle, options, out, err)
                   : render_report_verify_json(v->files, count, bundle, out, err);
}

static void summarise(report_verifier *v)
{
    size_t wrong = 0, undecided = 0, count = v->request->path_count;

    for (size_t i = 0; i < count; i++) {
        const render_verified *f = &v->files[i];
        if (f->failure.n == 0 && !verify_conforms(&f->result))
            wrong++;
        else if (f->failure.n > 0 || f->result.unchecked_count > 0)
            undecided++;
    }
    v->a->result->exit_code = wrong > 0       ? OPSGATE_EXIT_NO_GO
                              : undecided > 0 ? OPSGATE_EXIT_UNDECIDED
                                              : OPSGATE_EXIT_GO;
    og_buf_printf(&v->a->summary, "%zu of %zu file%s conform%s",
                  count - wrong - undecided, count, count == 1 ? "" : "s",
                  count - wrong - undecided == 1 ? "s" : "");
    if (undecided > 0)
        og_buf_printf(&v->a->summary, ", %zu could not be decided", undecided);
}

static int verify(report_verifier *v, og_error *err)
{
    const opsgate_report_verify_request *q = v->request;

    int rc = read_shown(q, &v->options, err);
    if (rc == OG_OK)
        rc = read_jobs(q, &v->options, err);
    if (rc == OG_OK)
        rc = report_input_seed(v->options.seed, err);
    if (rc == OG_OK)
        rc = report_definitions_load(v->a, q->bundle, q->signers, &v->bundle, err);
    if (rc != OG_OK)
        return rc;
    v->a->stage = APP_FINDING;
    rc = report_versions(v->a, q->report, &v->versions, &v->version_count, err);
    v->files = og_alloc(q->path_count * sizeof *v->files);
    if (rc == OG_OK && !v->files)
        return og_nomem(err);
    for (size_t i = 0; i < q->path_count && rc == OG_OK; i++)
        rc = check_one(v, &v->files[i], q->paths[i], err);
    if (rc == OG_OK)
        rc = app_make_documents(v->a, q->formats, q->format_count, APP_FORMATS, render, v,
                                err);
    if (rc == OG_OK)
        summarise(v);
    return rc;
}

void opsgate_report_verify(const opsgate_settings *settings, const opsgate_place *place,
                           const opsgate_report_verify_request *request,
                           opsgate_result *ret)
{
    app a;
    report_verifier v = {.a = &a, .request = request};
    og_error err = {0};

    app_init(&a, settings, place, ret);
    int rc = verify(&v, &err);
    for (size_t i = 0; v.files && i < request->path_count; i++)
        verify_result_done(&v.files[i].result);
    og_free(v.files);
    app_finish(&a, rc, &err);
}
