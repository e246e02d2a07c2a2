/* report infer: the draft of a version file from a file of the report. Needs no register.
 */
#include "render/report_infer.h"

#include "app/app.h"
#include "app/report_input.h"

static og_str file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    og_str name = og_str_from(slash ? slash + 1 : path);

    if (og_str_is(name, "-"))
        return OG_STR("NAME_20000101.csv"); /* any date: it becomes a pattern */
    return og_str_ends(name, OG_STR(".gz")) ? og_str_slice(name, 0, name.n - 3) : name;
}

static int infer(app *a, const char *path, infer_result *result, og_error *err)
{
    static const char *const formats[] = {"text"};
    report_input input;
    csv_source source;
    og_buf out = {0};

    int rc = report_input_open(a->settings->cwd, path, &input, &source, err);
    if (rc != OG_OK)
        return og_wrap(err, "'%s'", path);
    rc = infer_file(source, result, err);
    report_input_close(&input);
    if (rc != OG_OK)
        return og_wrap(err, "'%s'", path);
    rc = render_report_infer(result, file_name(path), &out, err);
    if (rc == OG_OK)
        rc = app_take_documents(a, formats, &out, 1, err);
    og_buf_done(&out);
    og_buf_printf(&a->summary, "%zu field%s from %llu row%s", result->count,
                  result->count == 1 ? "" : "s", (unsigned long long)result->rows,
                  result->rows == 1 ? "" : "s");
    return rc;
}

void opsgate_report_infer(const opsgate_settings *settings, const char *path,
                          opsgate_result *ret)
{
    static const opsgate_place nowhere;
    app a;
    infer_result result = {0};
    og_error err = {0};

    app_init(&a, settings, &nowhere, ret);
    int rc = infer(&a, path, &result, &err);
    infer_result_done(&result);
    app_finish(&a, rc, &err);
}
