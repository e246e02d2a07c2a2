/* How a run begins and ends: messages, documents, exit codes. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "app/app.h"
#include "base/mem.h"

/* Exit codes of failures, by how far the run had come; design.md "Exit codes". */
static const struct {
    og_code code;
    opsgate_exit exits[APP_STAGE_COUNT];
} failures[] = {
    {OG_E_NOMEM, {OPSGATE_EXIT_UNDECIDED, OPSGATE_EXIT_UNDECIDED}},
    {OG_E_USAGE, {OPSGATE_EXIT_USAGE, OPSGATE_EXIT_USAGE}},
    {OG_E_NOTFOUND, {OPSGATE_EXIT_USAGE, OPSGATE_EXIT_INVALID}},
    {OG_E_INVALID, {OPSGATE_EXIT_INVALID, OPSGATE_EXIT_INVALID}},
    {OG_E_LIMIT, {OPSGATE_EXIT_INVALID, OPSGATE_EXIT_INVALID}},
    {OG_E_IO, {OPSGATE_EXIT_UNDECIDED, OPSGATE_EXIT_UNDECIDED}},
    {OG_E_CONFLICT, {OPSGATE_EXIT_USAGE, OPSGATE_EXIT_INVALID}},
    {OG_E_INCOMPLETE, {OPSGATE_EXIT_UNDECIDED, OPSGATE_EXIT_UNDECIDED}},
    {OG_E_UNSUPPORTED, {OPSGATE_EXIT_UNDECIDED, OPSGATE_EXIT_UNDECIDED}},
    {OG_E_NETWORK, {OPSGATE_EXIT_UNDECIDED, OPSGATE_EXIT_UNDECIDED}},
    {OG_E_INTERNAL, {OPSGATE_EXIT_UNDECIDED, OPSGATE_EXIT_UNDECIDED}},
};
static_assert(sizeof failures / sizeof failures[0] == -OG_E_INTERNAL, "a row for each");

static opsgate_exit exit_code_of(app_stage stage, int rc)
{
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
        if ((int)failures[i].code == rc)
            return failures[i].exits[stage];
    return OPSGATE_EXIT_UNDECIDED;
}

void app_init(app *a, const opsgate_settings *settings, const opsgate_place *place,
              opsgate_result *result)
{
    *a = (app){.settings = settings,
               .place = place,
               .result = result,
               .trace = {settings->trace_mask, settings->trace_fd}};
    *result = (opsgate_result){0};
}

void app_say(app *a, const char *fmt, ...)
{
    og_buf text = {0};
    va_list args;

    va_start(args, fmt);
    og_buf_vprintf(&text, fmt, args);
    va_end(args);
    og_buf_puts(&a->messages, "opsgate: ");
    og_buf_put_shown(&a->messages, og_buf_str(&text));
    og_buf_putc(&a->messages, '\n');
    if (text.failed && !a->messages.failed)
        a->messages.failed = text.failed;
    og_buf_done(&text);
}

void app_notice_self(app *a)
{
    if (!a->policy.open)
        app_say(a, "policy: self: what is judged also supplies the criteria; "
                   "--policy-rev names a revision that its author cannot change");
}

const char *app_revision_name(app *a, const app_revision *revision)
{
    if (revision->work_tree)
        return "the work tree";
    if (revision->bundle)
        return "the bundle";
    snprintf(a->revision_name, sizeof a->revision_name, "commit %.12s",
             revision->commit.id);
    return a->revision_name;
}

void app_show(app *a, const app_revision *revision, og_diags *diags)
{
    if (diags->count == 0 && diags->dropped == 0 && !diags->failed)
        return;
    og_diags_sort(diags);
    if (revision != &a->claims)
        app_say(a, "in %s of the register, %s:",
                revision == &a->policy ? "the policy revision" : "the baseline",
                app_revision_name(a, revision));
    og_diags_print(diags, &a->messages, a->settings->colour_messages);
}

static void revision_done(app_revision *r)
{
    if (r->loaded)
        model_register_done(&r->reg);
    *r = (app_revision){0};
}

void app_close_baseline(app *a)
{
    revision_done(&a->baseline);
}

/* A buffer as a string of its own; NULL when it is empty. False when something was lost
 * on the way. */
static bool take_text(og_buf *b, char **ret)
{
    bool empty = b->n == 0, failed = b->failed != 0;

    *ret = empty || failed ? NULL : og_strndup(b->p, b->n);
    og_buf_done(b);
    return !failed && (empty || *ret);
}

void app_finish(app *a, int rc, og_error *err)
{
    opsgate_result *r = a->result;

    if (rc != OG_OK) {
        r->exit_code = exit_code_of(a->stage, rc);
        og_buf_clear(&a->summary);
        og_buf_put_shown(&a->summary, og_str_from(og_error_text(err)));
    }
    bool told = take_text(&a->messages, &r->messages);
    if (!take_text(&a->summary, &r->summary) || !told)
        r->exit_code = OPSGATE_EXIT_UNDECIDED;
    app_close_criteria(a);
    revision_done(&a->baseline);
    revision_done(&a->claims);
    revision_done(&a->policy);
    og_arena_done(&a->arena);
    repo_free(a->repo);
    og_error_done(err);
}

int app_take_documents(app *a, const char *const *formats, og_buf *out, size_t count,
                       og_error *err)
{
    opsgate_document *documents = og_alloc(count * sizeof *documents);

    if (!documents)
        return og_nomem(err);
    a->result->documents = documents;
    a->result->document_count = count;
    for (size_t i = 0; i < count; i++) {
        documents[i].format = formats[i];
        documents[i].text = og_strndup(out[i].n ? out[i].p : "", out[i].n);
        documents[i].size = out[i].n;
        if (!documents[i].text)
            return og_nomem(err);
        og_buf_done(&out[i]);
    }
    return OG_OK;
}

int app_make_documents(app *a, const char *const *formats, size_t count, size_t limit,
                       app_renderer *render, const void *shown, og_error *err)
{
    const render_options options = {.colour = a->settings->colour_out};
    int rc = OG_OK;

    if (count > limit)
        return og_fail(err, OG_E_USAGE, "more than %zu outputs are asked for", limit);
    og_buf *out = OG_ARRAY(&a->arena, count, og_buf);
    if (!out)
        return og_nomem(err);
    for (size_t i = 0; i < count && rc == OG_OK; i++)
        rc = render(shown, strcmp(formats[i], "json") == 0 ? NULL : &options, &out[i],
                    err);
    if (rc == OG_OK)
        rc = app_take_documents(a, formats, out, count, err);
    for (size_t i = 0; i < count; i++)
        og_buf_done(&out[i]);
    return rc;
}

static int render_findings(const void *diags, const render_options *options, og_buf *out,
                           og_error *err)
{
    return options ? render_findings_text(diags, options, out, err)
                   : render_findings_json(diags, out, err);
}

int app_make_findings(app *a, const char *const *formats, size_t count, og_diags *diags,
                      og_error *err)
{
    og_diags_sort(diags);
    return app_make_documents(a, formats, count, APP_FORMATS, render_findings, diags,
                              err);
}

void opsgate_result_done(opsgate_result *result)
{
    for (size_t i = 0; i < result->document_count; i++)
        og_free(result->documents[i].text);
    og_free(result->documents);
    og_free(result->messages);
    og_free(result->summary);
    *result = (opsgate_result){0};
}

const char *opsgate_version(void)
{
    return OPSGATE_VERSION;
}
