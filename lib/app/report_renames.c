/* Renames declared and asked for. */
#include "app/report_renames.h"

static int wrong_declared(const model_record *change, const report_renames *renames,
                          size_t i, const report_layout *from, const report_layout *to,
                          og_error *err)
{
    return og_fail(
        err, OG_E_INVALID,
        "'%.*s': 'renames' has '%.*s: %.*s', but a rename is of a field of %.*s "
        "that %.*s has under the other name alone",
        OG_FMT(change->file->path), OG_FMT(renames->from[i]), OG_FMT(renames->to[i]),
        OG_FMT(from->version), OG_FMT(to->version));
}

/* Why an asked rename does not hold. */
static int wrong_asked(const report_renames *renames, size_t i, const report_layout *from,
                       const report_layout *to, og_error *err)
{
    og_str old = renames->from[i], now = renames->to[i];
    const report_layout *lacks = !report_layout_field(from, old) ? from : to;
    og_str missing = lacks == from ? old : now;

    if (!report_layout_field(lacks, missing))
        return og_fail(err, OG_E_USAGE, "--rename %.*s=%.*s: %.*s has no field '%.*s'",
                       OG_FMT(old), OG_FMT(now), OG_FMT(lacks->version), OG_FMT(missing));
    return og_fail(err, OG_E_USAGE,
                   "--rename %.*s=%.*s: a rename is of a field that has the old name "
                   "before and the new one after, and is given once",
                   OG_FMT(old), OG_FMT(now));
}

static bool has_rename(const report_renames *renames, og_str old, og_str now)
{
    for (size_t i = 0; i < renames->count; i++)
        if (og_str_eq(renames->from[i], old) && og_str_eq(renames->to[i], now))
            return true;
    return false;
}

static int add_asked(app *a, const char *const *asked, size_t count,
                     report_renames *renames, og_error *err)
{
    size_t n = renames->count;
    og_str *from = OG_ARRAY(&a->arena, n + count, og_str);
    og_str *to = OG_ARRAY(&a->arena, n + count, og_str);

    if (!from || !to)
        return og_nomem(err);
    for (size_t i = 0; i < n; i++) {
        from[i] = renames->from[i];
        to[i] = renames->to[i];
    }
    *renames = (report_renames){from, to, n};
    for (size_t i = 0; i < count; i++) {
        og_str text = og_str_from(asked[i]);
        size_t at = og_str_find(text, '=');
        if (at == 0 || at + 1 >= text.n)
            return og_fail(err, OG_E_USAGE,
                           "--rename: write OLD=NEW with two names of a field, not '%s'",
                           asked[i]);
        og_str old = og_str_slice(text, 0, at), now = og_str_slice(text, at + 1, text.n);
        if (has_rename(renames, old, now))
            continue;
        from[renames->count] = old;
        to[renames->count++] = now;
    }
    return OG_OK;
}

int report_renames_read(app *a, const model_record *change, const char *const *asked,
                        size_t asked_count, const report_layout *from,
                        const report_layout *to, report_renames *ret, size_t *ret_asked,
                        og_error *err)
{
    report_renames renames;

    int rc = report_renames_of(change, &a->arena, &renames, err);
    if (rc != OG_OK)
        return rc;
    size_t declared = renames.count;
    size_t wrong = report_renames_wrong(&renames, from, to);
    if (wrong != SIZE_MAX)
        return wrong_declared(change, &renames, wrong, from, to, err);
    rc = add_asked(a, asked, asked_count, &renames, err);
    if (rc != OG_OK)
        return rc;
    wrong = report_renames_wrong(&renames, from, to);
    if (wrong != SIZE_MAX)
        return wrong_asked(&renames, wrong, from, to, err);
    *ret = renames;
    *ret_asked = renames.count - declared;
    return OG_OK;
}
