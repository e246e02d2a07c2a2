/* schema: JSON Schema of what people write. Inside a register its own kinds count too;
 * elsewhere the built-in ones are shown. */
#include "render/schema.h"
#include "app/app.h"

enum {
    NAMES_MAX = 256
};

/* Kinds of the register around here; OG_OK with *ret NULL when there is none. */
static int register_kinds(app *a, const model_kinds **ret, og_error *err)
{
    og_diags diags = {0};

    *ret = NULL;
    int rc = app_open(a, a->place->worktree, err);
    if (rc == OG_E_NOTFOUND && !a->place->repo && !a->place->register_dir &&
        !a->place->rev) {
        og_error_done(err);
        return OG_OK;
    }
    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    rc = app_load_revision(&a->claims, NULL, MODEL_LOAD_HOMES_ONLY, &diags, err);
    app_show(a, &a->claims, &diags);
    og_diags_done(&diags);
    if (rc == OG_OK)
        *ret = a->claims.reg.kinds;
    return rc;
}

static int unknown_name(const model_kinds *kinds, const char *name, og_error *err)
{
    og_str names[NAMES_MAX] = {OG_STR("register"), OG_STR("verdict")};
    size_t count = 2;

    for (size_t k = 0; k < kinds->count && count < NAMES_MAX; k++)
        names[count++] = kinds->list[k]->name;
    og_str near = og_str_nearest(og_str_from(name), names, count);
    return near.n
               ? og_fail(err, OG_E_USAGE, "there is no kind '%s': did you mean '%.*s'?",
                         name, OG_FMT(near))
               : og_fail(err, OG_E_USAGE,
                         "there is no kind '%s': name a kind, 'register' or 'verdict'",
                         name);
}

static int render(const model_kinds *kinds, const char *name, og_buf *out, og_error *err)
{
    if (strcmp(name, "register") == 0)
        return render_schema_register(kinds, out, err);
    if (strcmp(name, "verdict") == 0)
        return render_schema_verdict(out, err);
    const model_kind *kind = model_kind_named(kinds, og_str_from(name));
    return kind ? render_schema_kind(kinds, kind, out, err)
                : unknown_name(kinds, name, err);
}

static int schema(app *a, const char *name, og_error *err)
{
    static const char *const formats[] = {"json"};
    const model_kinds *kinds = NULL;
    model_kinds builtin;
    og_diags diags = {0};
    og_buf out = {0};

    int rc = register_kinds(a, &kinds, err);
    if (rc == OG_OK && !kinds) {
        rc = model_kinds_load(&a->arena, NULL, 0, &diags, &builtin, err);
        kinds = &builtin;
    }
    if (rc == OG_OK)
        rc = render(kinds, name, &out, err);
    if (rc == OG_OK)
        rc = app_take_documents(a, formats, &out, 1, err);
    og_buf_done(&out);
    og_diags_done(&diags);
    return rc;
}

void opsgate_schema(const opsgate_settings *settings, const opsgate_place *place,
                    const char *name, opsgate_result *ret)
{
    app a;
    og_error err = {0};

    app_init(&a, settings, place, ret);
    app_finish(&a, schema(&a, name, &err), &err);
}
