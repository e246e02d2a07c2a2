/* Registers and criteria, loaded and their findings shown. */
#include "app/app.h"

int app_load_revision(app_revision *r, const model_register *policy, int flags,
                      og_diags *diags, og_error *err)
{
    r->loaded = true;
    int rc = model_register_load(&r->reg, &r->source, policy, flags, diags, err);
    return rc == OG_OK ? og_diags_check(diags, err) : rc;
}

/* Loads and shows; what is wrong with the files becomes one line about all of them. */
static int load_shown(app *a, app_revision *r, const model_register *policy, int flags,
                      og_error *err)
{
    og_diags diags = {0};

    int rc = app_load_revision(r, policy, flags, &diags, err);
    app_show(a, r, &diags);
    if (rc == OG_E_INVALID && diags.errors > 0) {
        og_error_done(err);
        rc = og_fail(err, rc, "the register is invalid in %s: %zu error%s",
                     app_revision_name(a, r), diags.errors, diags.errors == 1 ? "" : "s");
    }
    og_diags_done(&diags);
    return rc;
}

int app_load(app *a, og_error *err)
{
    const model_register *policy = NULL;
    int rc = OG_OK;

    if (a->policy.open) {
        rc = load_shown(a, &a->policy, NULL, MODEL_LOAD_HOMES_ONLY, err);
        policy = &a->policy.reg;
    }
    return rc == OG_OK ? load_shown(a, &a->claims, policy, a->claims_flags, err) : rc;
}

og_str app_criteria_for(const model_register *policy, og_str kind)
{
    og_value sets = model_record_get(policy->config.record, "criteria");
    og_value set = sets.kind == OG_MAP ? og_map_find_str(sets.as.map, kind) : og_absent();

    return set.kind == OG_STRING ? og_text(set) : (og_str){0};
}

void app_close_criteria(app *a)
{
    if (a->has_criteria)
        model_criteria_done(&a->criteria);
    a->criteria = (model_criteria){0};
    a->has_criteria = false;
}

int app_load_criteria(app *a, og_str kind, og_error *err)
{
    const app_revision *policy = app_policy(a);
    og_str id = app_criteria_for(&policy->reg, kind);
    og_diags diags = {0};

    if (id.n == 0)
        return og_fail(err, OG_E_INVALID,
                       "'opsgate.yaml' names no criteria set for a %.*s: add it under "
                       "'criteria'",
                       OG_FMT(kind));
    int rc = model_criteria_load(&a->criteria, &policy->reg, id, &diags, err);
    a->has_criteria = true;
    app_show(a, policy, &diags);
    if (rc == OG_E_INVALID && diags.errors > 0) {
        og_error_done(err);
        rc = og_fail(err, rc, "criteria set '%.*s' is invalid in %s: %zu error%s",
                     OG_FMT(id), app_revision_name(a, policy), diags.errors,
                     diags.errors == 1 ? "" : "s");
    }
    og_diags_done(&diags);
    return rc;
}
