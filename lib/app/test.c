/* test: the criteria's own test cases, run through the code that judges. */
#include "app/app.h"
#include "assess/case.h"
#include "render/cases.h"

typedef struct tester {
    app *a;
    og_buf out;
    og_diags diags;
    size_t count, failed;
} tester;

static int run_file(tester *t, const model_criteria *set, const model_file *file,
                    og_error *err)
{
    const render_options options = {.colour = t->a->settings->colour_out};
    assess_cases cases;

    int rc = assess_cases_run(&app_policy(t->a)->reg, set, file, &t->a->arena, &t->diags,
                              &cases, err);
    if (rc != OG_OK)
        return rc;
    t->count += cases.count;
    t->failed += cases.failed;
    return render_cases_text(&cases, &options, &t->out, err);
}

static int test_file(void *context, og_str path, og_str name, og_error *err)
{
    tester *t = context;
    const app_revision *policy = app_policy(t->a);
    model_criteria set = {0};
    const model_file *file = NULL;

    int rc = model_file_read(&policy->source, path, &t->a->arena, &t->diags, &file, err);
    if (rc == OG_OK && !file)
        return og_diags_check(&t->diags, err);
    if (rc == OG_OK)
        rc = model_criteria_load(&set, &policy->reg, name, &t->diags, err);
    if (rc == OG_OK)
        rc = run_file(t, &set, file, err);
    model_criteria_done(&set);
    return rc;
}

static int run_all(tester *t, og_error *err)
{
    app *a = t->a;
    const char *const formats[] = {"text"};

    int rc = app_open(a, a->place->worktree, err);
    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    rc = app_load(a, err);
    if (rc == OG_OK)
        rc = app_each_criteria_file(&app_policy(a)->source, true, test_file, t, err);
    app_show(a, app_policy(a), &t->diags);
    if (rc == OG_OK)
        rc = app_take_documents(a, formats, &t->out, 1, err);
    if (rc != OG_OK)
        return rc;
    og_buf_printf(&a->summary, "%zu case%s, %zu failed", t->count,
                  t->count == 1 ? "" : "s", t->failed);
    a->result->exit_code = t->failed       ? OPSGATE_EXIT_NO_GO
                           : t->count == 0 ? OPSGATE_EXIT_NOTHING
                                           : OPSGATE_EXIT_GO;
    return OG_OK;
}

void opsgate_test(const opsgate_settings *settings, const opsgate_place *place,
                  opsgate_result *ret)
{
    app a;
    tester t = {.a = &a};
    og_error err = {0};

    app_init(&a, settings, place, ret);
    int rc = run_all(&t, &err);
    og_buf_done(&t.out);
    og_diags_done(&t.diags);
    app_finish(&a, rc, &err);
}
