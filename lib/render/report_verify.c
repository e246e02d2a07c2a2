/* Files against layouts, as text and as JSON. */
#include "render/report_verify.h"

#include "render/members.h"

/* ORDER: render_date_from */
static const char *const date_words[] = {"date", "name", "today"};
static_assert(sizeof date_words / sizeof date_words[0] == RENDER_DATE_TODAY + 1,
              "a word for each");

og_str render_date_word(render_date_from from)
{
    return og_str_from(date_words[from]);
}

/* ---- Text ---- */

static void put_heading(const render_verified *f, og_buf *out)
{
    static const char *const from[] = {"", ", the date of its name", ", today"};
    char date[11];

    og_date_format(f->date, date);
    og_buf_put_shown(out, f->path);
    og_buf_puts(out, ": ");
    og_buf_put_shown(out, f->report);
    og_buf_putc(out, ' ');
    og_buf_put_shown(out, f->version);
    og_buf_printf(out, ", in force on %s%s\n", date, from[f->from]);
    render_after_bundle(f->after_bundle, out);
}

static void put_place(const verify_finding *f, og_buf *out)
{
    const char *between = "";

    if (f->row > 0) {
        og_buf_printf(out, "row %llu", (unsigned long long)f->row);
        between = ", ";
    }
    if (f->line > 0 && f->line != f->row) {
        og_buf_printf(out, "%sline %llu", between, (unsigned long long)f->line);
        between = ", ";
    }
    if (f->column > 0) {
        og_buf_printf(out, "%scolumn %llu", between, (unsigned long long)f->column);
        between = ", ";
    }
    if (f->field.n > 0) {
        og_buf_puts(out, *between ? " " : "");
        og_buf_put_shown(out, f->field);
    }
    if (*between || f->field.n > 0)
        og_buf_puts(out, ": ");
}

void render_verify_finding_text(const verify_finding *f, og_buf *out)
{
    og_buf_puts(out, "  ");
    put_place(f, out);
    if (f->has_value) {
        og_buf_putc(out, '\'');
        og_buf_put_shown(out, f->value);
        og_buf_puts(out, f->cut ? "…': " : "': ");
    }
    og_buf_put_shown(out, f->text);
    og_buf_printf(out, " [%s]\n", verify_rule_name(f->rule));
}

static void put_counts(const verify_result *r, og_buf *out)
{
    const char *between = "  by rule: ";

    for (int rule = 0; rule < VERIFY_RULE_COUNT; rule++) {
        if (r->counts[rule] == 0)
            continue;
        og_buf_printf(out, "%s%s %llu", between, verify_rule_name((verify_rule)rule),
                      (unsigned long long)r->counts[rule]);
        between = ", ";
    }
    og_buf_putc(out, '\n');
}

static void put_result(const verify_result *r, og_buf *out)
{
    for (size_t i = 0; i < r->count; i++)
        render_verify_finding_text(&r->findings[i], out);
    if (r->total > r->count)
        og_buf_printf(out, "  and %llu more\n",
                      (unsigned long long)(r->total - r->count));
    if (r->total > 0)
        put_counts(r, out);
    for (size_t i = 0; i < r->unchecked_count; i++)
        og_buf_printf(out, "  not checked: %s\n", r->unchecked[i]);
    if (r->open_end && !r->stopped)
        og_buf_puts(out, "  note: the last row has no line ending: if the file was cut "
                         "off, it was there\n");
    og_buf_printf(out, "  %s: %llu row%s%s, %llu finding%s\n",
                  r->total == 0 && r->unchecked_count == 0 ? "conforms"
                  : r->total == 0                          ? "undecided"
                                                           : "does not conform",
                  (unsigned long long)r->rows, r->rows == 1 ? "" : "s",
                  r->stopped ? " read until it made no more sense" : "",
                  (unsigned long long)r->total, r->total == 1 ? "" : "s");
}

int render_report_verify_text(const render_verified *files, size_t count,
                              const render_bundle *bundle, const render_options *options,
                              og_buf *out, og_error *err)
{
    (void)options;
    render_bundle_text(bundle, out);
    for (size_t i = 0; i < count; i++) {
        const render_verified *f = &files[i];
        if (f->failure.n > 0) {
            og_buf_put_shown(out, f->path);
            og_buf_puts(out, ": not checked: ");
            og_buf_put_shown(out, f->failure);
            og_buf_putc(out, '\n');
        } else {
            put_heading(f, out);
            put_result(&f->result, out);
        }
    }
    return og_buf_check(out, err);
}

/* ---- JSON ---- */

og_value render_verify_finding_json(members_maker *k, const verify_finding *f)
{
    members m = members_of(k);

    members_text(&m, "rule", og_str_from(verify_rule_name(f->rule)));
    if (f->row > 0)
        members_number(&m, "row", f->row);
    if (f->line > 0)
        members_number(&m, "line", f->line);
    if (f->column > 0)
        members_number(&m, "column", f->column);
    members_text(&m, "field", f->field);
    if (f->has_value)
        members_add(&m, "value", og_string(f->value));
    if (f->cut)
        members_bool(&m, "cut", true);
    members_text(&m, "text", f->text);
    return members_end(&m);
}

static og_value finding_item(members_maker *k, const void *items, size_t i)
{
    return render_verify_finding_json(k, (const verify_finding *)items + i);
}

static og_value word_item(members_maker *k, const void *items, size_t i)
{
    const char *const *words = items;

    (void)k;
    return og_string(og_str_from(words[i]));
}

static og_value counts_of(members_maker *k, const verify_result *r)
{
    members m = members_of(k);

    for (int rule = 0; rule < VERIFY_RULE_COUNT; rule++)
        if (r->counts[rule] > 0)
            members_number(&m, verify_rule_name((verify_rule)rule), r->counts[rule]);
    return members_end(&m);
}
static_assert(VERIFY_RULE_COUNT <= MEMBERS_MAX, "all rules fit an object");

static void add_result(members *m, const verify_result *r)
{
    members_bool(m, "conforms", verify_conforms(r) && r->unchecked_count == 0);
    members_number(m, "rows", r->rows);
    members_number(m, "total", r->total);
    members_add(m, "counts", counts_of(m->maker, r));
    members_add(m, "findings",
                members_list(m->maker, r->findings, r->count, finding_item));
    members_bool(m, "open_end", r->open_end);
    members_bool(m, "stopped", r->stopped);
    members_add(m, "unchecked",
                members_list(m->maker, r->unchecked, r->unchecked_count, word_item));
}

static og_value file_item(members_maker *k, const void *items, size_t i)
{
    const render_verified *f = (const render_verified *)items + i;
    members m = members_of(k);

    members_text(&m, "path", f->path);
    members_text(&m, "failure", f->failure);
    if (f->failure.n > 0)
        return members_end(&m);
    members_text(&m, "report", f->report);
    members_text(&m, "version", f->version);
    members_date(&m, "date", f->date);
    members_text(&m, "date_from", render_date_word(f->from));
    if (f->after_bundle)
        members_bool(&m, "after_bundle", true);
    add_result(&m, &f->result);
    return members_end(&m);
}

int render_report_verify_json(const render_verified *files, size_t count,
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
