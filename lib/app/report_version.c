/* Which version of a report counts for a file. */
#include "app/report_version.h"

#include "report/file_name.h"

og_date report_version_from(const model_record *version)
{
    return (og_date)model_record_get(version, "effective_from").as.i;
}

/* ---- Loading ---- */

static int load_shown(app *a, app_revision *r, const model_register *policy,
                      og_error *err)
{
    og_diags diags = {0};

    int rc = app_load_revision(r, policy, MODEL_LOAD_HOMES_ONLY, &diags, err);
    app_show(a, r, &diags);
    og_diags_done(&diags);
    return rc;
}

int report_versions_load(app *a, og_error *err)
{
    int rc = app_open(a, a->place->worktree, err);

    if (rc != OG_OK)
        return rc;
    a->stage = APP_READING;
    if (a->policy.open)
        rc = load_shown(a, &a->policy, NULL, err);
    if (rc == OG_OK)
        rc = load_shown(a, &a->claims, a->policy.open ? &a->policy.reg : NULL, err);
    return rc;
}

int report_version_layout(app *a, const model_record *version, report_layout *ret,
                          og_error *err)
{
    og_diags diags = {0};

    int rc = report_layout_read(version, &a->arena, &diags, ret, err);
    if (rc == OG_OK && og_diags_ok(&diags))
        rc = report_layout_check(ret, &a->arena, &diags, err);
    app_show(a, &a->claims, &diags);
    if (rc == OG_OK && !og_diags_ok(&diags))
        rc = og_fail(err, OG_E_INVALID,
                     "version '%.*s' of report '%.*s' is invalid: %zu error%s",
                     OG_FMT(model_record_text(version, "version")),
                     OG_FMT(model_record_text(version, "report")), diags.errors,
                     diags.errors == 1 ? "" : "s");
    og_diags_done(&diags);
    return rc;
}

/* ---- Finding ---- */

static int unknown_report(const app *a, const model_record *const *all, size_t count,
                          og_str id, og_error *err)
{
    og_str names[64] = {{0}};
    size_t n = 0;

    for (size_t i = 0; i < count && n < 64; i++)
        names[n++] = model_record_text(all[i], "report");
    og_str near = og_str_nearest(id, names, n);
    if (near.n > 0)
        return og_fail(err, OG_E_NOTFOUND,
                       "there is no report '%.*s': did you mean '%.*s'?", OG_FMT(id),
                       OG_FMT(near));
    return og_fail(err, OG_E_NOTFOUND, "there is no report '%.*s' in the %s", OG_FMT(id),
                   a->claims.bundle
                       ? "bundle: ask for one that has it"
                       : "register: 'opsgate report list' shows those it has");
}

static int compare(const model_record *x, const model_record *y)
{
    int order =
        og_str_cmp(model_record_text(x, "report"), model_record_text(y, "report"));

    return order != 0 ? order : report_version_from(x) - report_version_from(y);
}

/* By report and the day they take effect; a stable insertion, as there are few. */
static void insert(const model_record **list, size_t count, const model_record *r)
{
    size_t at = count;

    for (; at > 0 && compare(list[at - 1], r) > 0; at--)
        list[at] = list[at - 1];
    list[at] = r;
}

void report_versions_all(const app *a, const model_record **list, size_t *ret_count)
{
    const model_register *reg = &a->claims.reg;
    size_t k = model_kind_named(reg->kinds, OG_STR("report"))->ordinal;

    for (size_t i = 0; i < reg->list_counts[k]; i++)
        insert(list, i, reg->lists[k][i]);
    *ret_count = reg->list_counts[k];
}

int report_versions(app *a, const char *id, const model_record ***ret, size_t *ret_count,
                    og_error *err)
{
    const model_register *reg = &a->claims.reg;
    const model_kind *kind = model_kind_named(reg->kinds, OG_STR("report"));
    size_t all = reg->list_counts[kind->ordinal], count = 0;
    const model_record **list = OG_ARRAY(&a->arena, all, const model_record *);

    if (!list)
        return og_nomem(err);
    for (size_t i = 0; i < all; i++) {
        const model_record *r = reg->lists[kind->ordinal][i];
        if (og_str_is(model_record_text(r, "report"), id))
            insert(list, count++, r);
    }
    if (count == 0)
        return unknown_report(a, reg->lists[kind->ordinal], all, og_str_from(id), err);
    *ret = list;
    *ret_count = count;
    return OG_OK;
}

/* ---- Dates ---- */

/* Without directories, and without what compression adds. */
static og_str base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    og_str name = og_str_from(slash ? slash + 1 : path);

    return og_str_ends(name, OG_STR(".gz")) ? og_str_slice(name, 0, name.n - 3) : name;
}

static og_str name_pattern(const model_record *version)
{
    const model_record *file = model_record_sub(version, "file");

    return file ? model_record_text(file, "name") : (og_str){0};
}

/* The days that the name is of by this version; first > last: it tells none. *ret_fits:
 * it is a name of this version. */
static int read_name(const model_record *version, const char *path, og_date *ret_first,
                     og_date *ret_last, bool *ret_fits, og_error *err)
{
    og_arena arena = {0};
    og_error none = {0};
    file_name pattern;

    *ret_first = 1;
    *ret_last = 0;
    int rc = file_name_make(name_pattern(version), &arena, &pattern, &none);
    *ret_fits =
        rc == OG_OK && file_name_read(&pattern, base_name(path), ret_first, ret_last);
    og_error_done(&none);
    og_arena_done(&arena);
    return rc == OG_E_NOMEM ? og_nomem(err) : OG_OK;
}

int report_name_fits(const model_record *version, const char *path, bool *ret,
                     og_error *err)
{
    og_date first, last;

    return read_name(version, path, &first, &last, ret, err);
}

typedef struct name_date { /* what versions read in a name */
    bool some;
    bool sure; /* a version reads it that is in force then */
    og_date first, last;
} name_date;

static int conflicting_dates(const char *path, og_date a, og_date b, og_error *err)
{
    char x[11], y[11];

    og_date_format(a, x);
    og_date_format(b, y);
    return og_fail(err, OG_E_USAGE,
                   "'%s' is of %s by the name of one version and of %s by another's: say "
                   "which with --date",
                   path, x, y);
}

/* A reading by which the version that reads it is in force is better than others. */
static int take_reading(name_date *best, const name_date *found, const char *path,
                        og_error *err)
{
    if (!best->some || found->sure > best->sure)
        *best = *found;
    else if (found->sure == best->sure && found->first != best->first)
        return conflicting_dates(path, best->first, found->first, err);
    return OG_OK;
}

/* Two versions with one name for a month within which the later one takes effect. */
static int check_span(const model_record *const *versions, size_t count, const char *path,
                      const name_date *found, og_error *err)
{
    char from[11], first[11], last[11];

    for (size_t i = 0; i < count; i++) {
        og_date day = report_version_from(versions[i]);
        if (day <= found->first || day > found->last)
            continue;
        og_date_format(day, from);
        og_date_format(found->first, first);
        og_date_format(found->last, last);
        return og_fail(
            err, OG_E_USAGE,
            "'%s' is of a day from %s to %s, and version '%.*s' takes effect on "
            "%s: say which day with --date",
            path, first, last, OG_FMT(model_record_text(versions[i], "version")), from);
    }
    return OG_OK;
}

static bool is_in_force(const model_record *const *versions, size_t count, size_t at,
                        og_date date)
{
    return report_version_from(versions[at]) <= date &&
           (at + 1 == count || report_version_from(versions[at + 1]) > date);
}

static int date_of_name(const model_record *const *versions, size_t count,
                        const char *path, name_date *ret, og_error *err)
{
    name_date best = {0};
    int rc = OG_OK;

    for (size_t i = 0; i < count && rc == OG_OK; i++) {
        name_date found = {.some = true};
        bool fits;
        rc = read_name(versions[i], path, &found.first, &found.last, &fits, err);
        if (rc != OG_OK || !fits || found.first > found.last)
            continue;
        found.sure = is_in_force(versions, count, i, found.first);
        rc = take_reading(&best, &found, path, err);
    }
    if (rc == OG_OK && best.some)
        rc = check_span(versions, count, path, &best, err);
    if (rc == OG_OK)
        *ret = best;
    return rc;
}

int report_file_date(app *a, const model_record *const *versions, size_t count,
                     const char *path, const char *date, report_day *ret, og_error *err)
{
    const og_instant now = {a->settings->now_seconds, a->settings->now_nanos};
    name_date named;
    og_date day;

    if (date) {
        if (og_date_parse(og_str_from(date), &day)) {
            *ret = (report_day){day, day, RENDER_DATE_ASKED};
            return OG_OK;
        }
        return og_fail(err, OG_E_USAGE, "--date: '%s' is no date: write 2021-11-18",
                       date);
    }
    int rc = date_of_name(versions, count, path, &named, err);
    if (rc != OG_OK)
        return rc;
    day = zone_date_at(a->claims.reg.zone, now);
    *ret = named.some ? (report_day){named.first, named.last, RENDER_DATE_NAME}
                      : (report_day){day, day, RENDER_DATE_TODAY};
    return OG_OK;
}

int report_in_force(const model_record *const *versions, size_t count, og_date date,
                    const model_record **ret, og_error *err)
{
    char first[11], asked[11];

    for (size_t i = count; i-- > 0;)
        if (report_version_from(versions[i]) <= date) {
            *ret = versions[i];
            return OG_OK;
        }
    og_date_format(report_version_from(versions[0]), first);
    og_date_format(date, asked);
    return og_fail(err, OG_E_NOTFOUND,
                   "no version of '%.*s' is in force on %s: the first takes effect on %s",
                   OG_FMT(model_record_text(versions[0], "report")), asked, first);
}
