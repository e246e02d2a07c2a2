/* import ids: identifiers that a scanner misread, repaired in a file that is being
 * brought in. Each repair is shown; what cannot be told and what is a key of the register
 * is left as it stands. */
#include "app/app.h"
#include "base/file.h"
#include "base/limits.h"
#include "model/scanned_id.h"

typedef struct importer {
    app *a;
    const char *path; /* as given, for messages */
    unsigned kinds;   /* of scanned_kind */
    og_str text;      /* the file */
    og_buf out;       /* and repaired */
    size_t repaired, left;
} importer;

/* ---- What is asked for ---- */

static const struct {
    const char *name;
    scanned_kind kind;
} kind_names[] = {{"modification", SCANNED_MODIFICATION}, {"action", SCANNED_ACTION}};

static const char *kind_name(scanned_kind kind)
{
    return kind_names[kind == SCANNED_ACTION].name;
}

static int read_kinds(const opsgate_import_request *request, unsigned *ret, og_error *err)
{
    unsigned kinds = 0;

    for (size_t i = 0; i < request->kind_count; i++) {
        unsigned kind = 0;
        for (size_t k = 0; k < 2; k++)
            if (strcmp(request->kinds[i], kind_names[k].name) == 0)
                kind = kind_names[k].kind;
        if (!kind)
            return og_fail(
                err, OG_E_USAGE,
                "--kind: identifiers of a '%s' are not repaired: 'modification' "
                "and 'action' are",
                request->kinds[i]);
        kinds |= kind;
    }
    *ret = kinds ? kinds : SCANNED_MODIFICATION | SCANNED_ACTION;
    return OG_OK;
}

static int read_file(const importer *m, og_buf *ret, og_error *err)
{
    og_str path = m->path[0] == '/' ? og_arena_printf(&m->a->arena, "%s", m->path)
                                    : og_arena_printf(&m->a->arena, "%s/%s",
                                                      m->a->settings->cwd, m->path);
    if (!path.p)
        return og_nomem(err);
    int rc = og_file_read(path.p, OG_LIMIT_BUFFER, true, ret, err);
    return rc == OG_OK ? rc : og_wrap(err, "read the file to import");
}

/* ---- The register ---- */

static bool names_a_register(const opsgate_place *place)
{
    return place->repo || place->register_dir || place->rev || place->worktree;
}

static int open_register(app *a, og_error *err)
{
    const opsgate_place *place = a->place;

    int rc = app_open_repo(a, err);
    if (rc != OG_OK)
        return rc;
    return app_open(a, place->worktree || (!place->rev && !repo_is_bare(a->repo)), err);
}

/* Loads the register if there is one. It need not be valid: the file may lie in it. */
static int load_register(app *a, og_error *err)
{
    og_diags diags = {0};

    int rc = open_register(a, err);
    if (rc == OG_E_NOTFOUND && !names_a_register(a->place)) {
        app_say(a, "no register is read, so none of its keys is known: %s",
                og_error_text(err));
        og_error_done(err);
        return OG_OK;
    }
    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    rc = app_load_revision(&a->claims, NULL, MODEL_LOAD_HOMES_ONLY, &diags, err);
    if (rc == OG_E_INVALID && diags.errors > 0) {
        app_say(a,
                "the register has %zu error%s: keys that cannot be read are not known; "
                "'opsgate lint' shows them",
                diags.errors, diags.errors == 1 ? "" : "s");
        og_error_done(err);
        rc = OG_OK;
    }
    og_diags_done(&diags);
    return rc;
}

static bool is_key(const app *a, scanned_kind kind, og_str id)
{
    const model_register *reg = &a->claims.reg;

    if (!a->claims.loaded || !reg->kinds)
        return false;
    const model_kind *k = model_kind_named(reg->kinds, og_str_from(kind_name(kind)));
    return k && model_find(reg, k, NULL, id);
}

/* ---- The file ---- */

/* Says where the word stands and begins what is said of it. */
static void begin_line(importer *m, const scanned_id *id, og_str word)
{
    og_buf *out = &m->a->messages;

    og_buf_put_shown(out, og_str_from(m->path));
    og_buf_printf(out, ":%u:%u: ", id->line, id->column);
    og_buf_put_shown(out, word);
}

static void say_left(importer *m, const scanned_id *id, og_str word)
{
    og_buf *out = &m->a->messages;

    begin_line(m, id, word);
    og_buf_printf(out, id->count ? " may be " : " reads as no %s", kind_name(id->kind));
    for (size_t i = 0; i < id->count; i++)
        og_buf_printf(out, "%s%s", i ? " or " : "", id->readings[i]);
    og_buf_puts(out, ": left as it is\n");
}

static void take_word(importer *m, const scanned_id *id)
{
    og_str word = og_str_slice(m->text, id->at, id->at + id->n);
    bool key = is_key(m->a, id->kind, word);

    if (id->count == 1 && !key) {
        begin_line(m, id, word);
        og_buf_printf(&m->a->messages, " → %s\n", id->readings[0]);
        og_buf_puts(&m->out, id->readings[0]);
        m->repaired++;
        return;
    }
    og_buf_put(&m->out, word);
    if (key) {
        begin_line(m, id, word);
        og_buf_puts(&m->a->messages, " is a key of the register: left as it is\n");
        return;
    }
    say_left(m, id, word);
    m->left++;
}

static void repair(importer *m)
{
    scanned_reader reader = {.text = m->text, .kinds = m->kinds};
    scanned_id id;
    size_t copied = 0;

    while (scanned_next(&reader, &id)) {
        og_buf_put(&m->out, og_str_slice(m->text, copied, id.at));
        take_word(m, &id);
        copied = id.at + id.n;
    }
    og_buf_put(&m->out, og_str_slice(m->text, copied, m->text.n));
}

static int import_file(importer *m, og_error *err)
{
    static const char *const formats[] = {"text"};
    app *a = m->a;
    og_buf text = {0};

    int rc = read_file(m, &text, err);
    if (rc == OG_OK)
        rc = load_register(a, err);
    if (rc == OG_OK) {
        m->text = og_buf_str(&text);
        repair(m);
        rc = og_buf_check(&m->out, err);
    }
    og_buf_done(&text);
    if (rc == OG_OK)
        rc = app_take_documents(a, formats, &m->out, 1, err);
    og_buf_done(&m->out);
    if (rc != OG_OK)
        return rc;
    og_buf_printf(&a->summary, "%zu identifier%s repaired", m->repaired,
                  m->repaired == 1 ? "" : "s");
    if (m->left > 0)
        og_buf_printf(&a->summary, ", %zu left for you to read", m->left);
    a->result->exit_code = m->left ? OPSGATE_EXIT_NO_GO : OPSGATE_EXIT_GO;
    return OG_OK;
}

void opsgate_import_ids(const opsgate_settings *settings, const opsgate_place *place,
                        const opsgate_import_request *request, opsgate_result *ret)
{
    app a;
    importer m = {.a = &a, .path = request->path};
    og_error err = {0};

    app_init(&a, settings, place, ret);
    int rc = read_kinds(request, &m.kinds, &err);
    if (rc == OG_OK)
        rc = import_file(&m, &err);
    app_finish(&a, rc, &err);
}
