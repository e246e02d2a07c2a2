/* Versions that files follow, as text and as JSON. */
#include "render/report_identify.h"

#include "render/members.h"

/* ORDER: render_standing */
static const char *const standing_words[] = {"in force", "early", "late", "unannounced"};
static_assert(sizeof standing_words / sizeof standing_words[0] == RENDER_UNANNOUNCED + 1,
              "a word for each");

static render_standing standing_of(const render_identified *f)
{
    return f->match_count > 0 ? f->matches[0].standing : RENDER_UNANNOUNCED;
}

/* ---- Text ---- */

static void put_match(const render_match *m, og_buf *out)
{
    char from[11], date[11];

    og_date_format(m->effective_from, from);
    og_date_format(m->date, date);
    og_buf_put_shown(out, m->report);
    og_buf_putc(out, ' ');
    og_buf_put_shown(out, m->version);
    og_buf_printf(out, " (%s on %s; it takes effect on %s)\n",
                  standing_words[m->standing], date, from);
}

static void put_nearest(const render_identified *f, og_buf *out)
{
    if (f->near_report.n == 0 || f->near.count == 0)
        return;
    og_buf_puts(out, "  first difference from ");
    og_buf_put_shown(out, f->near_report);
    og_buf_putc(out, ' ');
    og_buf_put_shown(out, f->near_version);
    og_buf_puts(out, ", the version in force:\n");
    render_verify_finding_text(&f->near.findings[0], out);
}

static void put_file(const render_identified *f, og_buf *out)
{
    og_buf_put_shown(out, f->path);
    og_buf_puts(out, ": ");
    if (f->failure.n > 0) {
        og_buf_puts(out, "not read: ");
        og_buf_put_shown(out, f->failure);
        og_buf_putc(out, '\n');
        return;
    }
    if (f->match_count == 0) {
        og_buf_puts(out, "unannounced: it follows no version of any report\n");
        put_nearest(f, out);
    }
    for (size_t i = 0; i < f->match_count; i++) {
        og_buf_puts(out, i ? "  also " : "");
        put_match(&f->matches[i], out);
    }
    render_after_bundle(f->after_bundle, out);
}

int render_report_identify_text(const render_identified *files, size_t count,
                                const render_bundle *bundle,
                                const render_options *options, og_buf *out, og_error *err)
{
    (void)options;
    render_bundle_text(bundle, out);
    for (size_t i = 0; i < count; i++)
        put_file(&files[i], out);
    return og_buf_check(out, err);
}

/* ---- JSON ---- */

static og_value match_item(members_maker *k, const void *items, size_t i)
{
    const render_match *r = (const render_match *)items + i;
    members m = members_of(k);

    members_text(&m, "report", r->report);
    members_text(&m, "version", r->version);
    members_date(&m, "effective_from", r->effective_from);
    members_date(&m, "date", r->date);
    members_text(&m, "date_from", render_date_word(r->from));
    members_text(&m, "standing", og_str_from(standing_words[r->standing]));
    members_bool(&m, "named", r->named);
    return members_end(&m);
}

static og_value nearest(members_maker *k, const render_identified *f)
{
    members m = members_of(k);

    if (f->near_report.n == 0 || f->near.count == 0)
        return og_absent();
    members_text(&m, "report", f->near_report);
    members_text(&m, "version", f->near_version);
    members_add(&m, "finding", render_verify_finding_json(k, &f->near.findings[0]));
    return members_end(&m);
}

static og_value file_item(members_maker *k, const void *items, size_t i)
{
    const render_identified *f = (const render_identified *)items + i;
    members m = members_of(k);

    members_text(&m, "path", f->path);
    members_text(&m, "failure", f->failure);
    if (f->failure.n > 0)
        return members_end(&m);
    members_text(&m, "standing", og_str_from(standing_words[standing_of(f)]));
    if (f->after_bundle)
        members_bool(&m, "after_bundle", true);
    members_add(&m, "matches", members_list(k, f->matches, f->match_count, match_item));
    members_add(&m, "nearest", nearest(k, f));
    return members_end(&m);
}

int render_report_identify_json(const render_identified *files, size_t count,
                                const render_bundle *bundle, og_buf *out, og_error *err)
{
    og_arena arena = {0};
    members_maker maker = {.arena = &arena};
    members m = members_of(&maker);

    members_number(&m, "schema_version", 1);
    members_add(&m, "bundle", render_bundle_json(&maker, bundle));
    members_add(&m, "files", members_list(&maker, files, count, file_item));
    int rc = members_write(&maker, members_end(&m), out, err);
    og_arena_done(&arena);
    return rc;
}
