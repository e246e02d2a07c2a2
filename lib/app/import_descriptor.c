/* import descriptor: the draft of a version file from a Frictionless descriptor and the
 * files it names beside it. Needs no register. */
#include "app/app.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "cel/regex.h"
#include "render/report_descriptor.h"
#include "value/json_node.h"
#include "value/yaml.h"

typedef struct importer {
    app *a;
    const opsgate_descriptor_request *request;
    og_diags diags;
    report_descriptor descriptor;
    report_layout layout;
    og_str version;
} importer;

/* ---- Files ---- */

static bool is_yaml(og_str path)
{
    return og_str_ends(path, OG_STR(".yaml")) || og_str_ends(path, OG_STR(".yml"));
}

/* Reads and parses; what is wrong with the text is a finding and OG_E_INVALID. */
static int read_document(importer *m, og_str path, og_document *ret, og_error *err)
{
    app *a = m->a;
    og_buf text = {0};

    og_str whole = path.p[0] == '/' ? og_arena_str(&a->arena, path)
                                    : og_arena_printf(&a->arena, "%s/%.*s",
                                                      a->settings->cwd, OG_FMT(path));
    og_str shown = og_arena_str(&a->arena, path);
    if (!whole.p || !shown.p)
        return og_nomem(err);
    int rc = og_file_read(whole.p, OG_LIMIT_FILE, true, &text, err);
    og_str copy = rc == OG_OK ? og_arena_str(&a->arena, og_buf_str(&text)) : (og_str){0};
    og_buf_done(&text);
    if (rc != OG_OK)
        return rc;
    if (!copy.p)
        return og_nomem(err);
    *ret = (og_document){.path = shown.p, .source = copy};
    return is_yaml(path) ? og_yaml_parse(&a->arena, ret, &m->diags, err)
                         : og_json_parse_nodes(&a->arena, ret, &m->diags, err);
}

/* The file that a part names, beside the descriptor. */
static int read_part(importer *m, const char *name, descriptor_part *part, og_error *err)
{
    og_arena *arena = &m->a->arena;
    const char *slash = strrchr(m->request->path, '/');
    int beside = slash ? (int)(slash - m->request->path) + 1 : 0;

    if (part->path.n == 0)
        return OG_OK;
    og_str path =
        og_arena_printf(arena, "%.*s%.*s", beside, m->request->path, OG_FMT(part->path));
    og_document *doc = OG_NEW(arena, og_document);
    if (!path.p || !doc)
        return og_nomem(err);
    int rc = read_document(m, path, doc, err);
    if (rc != OG_OK)
        return rc == OG_E_INVALID ? rc : og_wrap(err, "read its %s", name);
    report_descriptor_take(part, doc);
    return OG_OK;
}

/* ---- What is asked for ---- */

/* Whether a text is one that the field of the kind `report` takes. */
static int fits_field(importer *m, const model_kinds *kinds, const char *name,
                      og_str text, bool *ret, og_error *err)
{
    const model_kind *kind = model_kind_named(kinds, OG_STR("report"));
    const model_field *field =
        model_kind_field(kind, (uint32_t)model_kind_slot(kind, og_str_from(name)));
    const cel_regex *regex = NULL;

    int rc = cel_regex_compile(&m->a->arena, field->pattern->text, &regex, NULL);
    cel_matcher *matcher = rc == OG_OK ? cel_matcher_new(&m->a->arena, 0, 0) : NULL;
    if (!matcher)
        return og_nomem(err);
    rc = og_utf8_invalid(text) < text.n ? 0 : cel_regex_match(regex, matcher, text, true);
    if (rc == OG_E_NOMEM)
        return og_nomem(err);
    *ret = rc == 1;
    return OG_OK;
}

static int check_asked(importer *m, const model_kinds *kinds, const char *name,
                       const char *text, og_error *err)
{
    bool fits = true;

    if (text) {
        int rc = fits_field(m, kinds, name, og_str_from(text), &fits, err);
        if (rc != OG_OK)
            return rc;
    }
    return fits ? OG_OK
                : og_fail(err, OG_E_USAGE, "--%s: '%s' cannot be the %s of a report: %s",
                          name, text, name,
                          strcmp(name, "version") == 0
                              ? "write three numbers: 1.0.0"
                              : "write letters, digits, '.', '_' and '-'");
}

/* The version of a report is its own: a package's is taken where it can be one. */
static int take_version(importer *m, const model_kinds *kinds, og_error *err)
{
    const report_descriptor *d = &m->descriptor;
    bool fits = false;

    if (m->request->version) {
        m->version = og_str_from(m->request->version);
        return OG_OK;
    }
    if (d->version.n == 0)
        return OG_OK;
    int rc = fits_field(m, kinds, "version", d->version, &fits, err);
    if (rc != OG_OK)
        return rc;
    if (fits)
        m->version = d->version;
    else
        og_diags_add(&m->diags, OG_LEVEL_NOTE, "descriptor-left-out",
                     og_node_pos(d->doc, d->version_node), d->doc->source,
                     "the version '%.*s' is no three numbers: give one with --version",
                     OG_FMT(d->version));
    return OG_OK;
}

static int load_kinds(importer *m, model_kinds *ret, og_error *err)
{
    og_diags diags = {0};

    int rc = model_kinds_load(&m->a->arena, NULL, 0, &diags, ret, err);
    og_diags_done(&diags);
    return rc;
}

/* ---- The whole ---- */

static int check_findings(const importer *m, og_error *err)
{
    size_t n = m->diags.errors;

    if (m->diags.failed)
        return og_nomem(err);
    return n == 0 ? OG_OK
                  : og_fail(err, OG_E_INVALID,
                            "%zu error%s in the descriptor: nothing is written", n,
                            n == 1 ? "" : "s");
}

static int find_parts(importer *m, const og_document *doc, og_error *err)
{
    const char *resource = m->request->resource;
    report_descriptor *d = &m->descriptor;

    int rc = report_descriptor_find(doc, og_str_from(resource ? resource : ""),
                                    &m->a->arena, &m->diags, d, err);
    if (rc != OG_OK)
        return og_wrap(err, "'%s'", m->request->path);
    rc = check_findings(m, err);
    m->a->stage = APP_READING;
    if (rc == OG_OK)
        rc = read_part(m, "schema", &d->schema, err);
    if (rc == OG_OK)
        rc = read_part(m, "dialect", &d->dialect, err);
    return rc;
}

static int read_all(importer *m, og_error *err)
{
    og_document *doc = OG_NEW(&m->a->arena, og_document);
    model_kinds kinds;

    if (!doc)
        return og_nomem(err);
    int rc = load_kinds(m, &kinds, err);
    if (rc == OG_OK)
        rc = check_asked(m, &kinds, "report", m->request->report, err);
    if (rc == OG_OK)
        rc = check_asked(m, &kinds, "version", m->request->version, err);
    if (rc == OG_OK)
        rc = read_document(m, og_str_from(m->request->path), doc, err);
    if (rc == OG_OK)
        rc = find_parts(m, doc, err);
    if (rc == OG_OK)
        rc = report_descriptor_read(&m->descriptor, &m->a->arena, &m->diags, &m->layout,
                                    err);
    if (rc == OG_OK)
        rc = take_version(m, &kinds, err);
    return rc;
}

static int write_draft(importer *m, og_error *err)
{
    static const char *const formats[] = {"text"};
    const char *slash = strrchr(m->request->path, '/');
    const render_descriptor d = {
        &m->descriptor, &m->layout,
        og_str_from(m->request->report ? m->request->report : ""), m->version,
        og_str_from(slash ? slash + 1 : m->request->path)};
    og_buf out = {0};

    int rc = render_report_descriptor(&d, &out, err);
    if (rc == OG_OK)
        rc = app_take_documents(m->a, formats, &out, 1, err);
    og_buf_done(&out);
    og_buf_printf(&m->a->summary, "%zu field%s imported", m->layout.field_count,
                  m->layout.field_count == 1 ? "" : "s");
    return rc;
}

static int import(importer *m, og_error *err)
{
    int rc = read_all(m, err);

    if (rc == OG_E_INVALID && m->diags.errors > 0) {
        og_error_done(err);
        rc = OG_OK;
    }
    app_show(m->a, &m->a->claims, &m->diags);
    if (rc == OG_OK)
        rc = check_findings(m, err);
    return rc == OG_OK ? write_draft(m, err) : rc;
}

void opsgate_import_descriptor(const opsgate_settings *settings,
                               const opsgate_descriptor_request *request,
                               opsgate_result *ret)
{
    static const opsgate_place nowhere;
    app a;
    importer m = {.a = &a, .request = request};
    og_error err = {0};

    app_init(&a, settings, &nowhere, ret);
    int rc = import(&m, &err);
    og_diags_done(&m.diags);
    app_finish(&a, rc, &err);
}
