/* The controlled reports of a register and their versions. */
#include "model/register.h"
#include "render/members.h"
#include "render/page.h"
#include "render/report_diff.h"

/* ORDER: render_report_state */
static const char *const state_names[] = {"past", "in force", "to come"};
static const char *const state_ids[] = {"past", "in_force", "to_come"};
static_assert(sizeof state_names / sizeof state_names[0] == RENDER_REPORT_TO_COME + 1 &&
                  sizeof state_ids == sizeof state_names,
              "a name for each");

static page_style state_style(render_report_state s)
{
    return s == RENDER_REPORT_IN_FORCE  ? PAGE_GOOD
           : s == RENDER_REPORT_TO_COME ? PAGE_WARN
                                        : PAGE_DIM;
}

static size_t widest(page *p, const render_report_row *rows, size_t count,
                     const char *field)
{
    size_t width = 0;

    for (size_t i = 0; i < count; i++) {
        size_t n = page_columns(p, model_record_text(rows[i].version, field));
        width = n > width ? n : width;
    }
    return width;
}

int render_report_list_text(const render_report_row *rows, size_t count,
                            const render_options *options, og_buf *out, og_error *err)
{
    page p;

    page_init(&p, out, options->width, options->colour);
    size_t version = widest(&p, rows, count, "report") + 2;
    size_t from = version + widest(&p, rows, count, "version") + 2;
    for (size_t i = 0; i < count; i++) {
        const model_record *r = rows[i].version;
        char day[11];
        og_date_format((og_date)model_record_get(r, "effective_from").as.i, day);
        page_put(&p, PAGE_BOLD, model_record_text(r, "report"));
        page_to(&p, version);
        page_put(&p, PAGE_PLAIN, model_record_text(r, "version"));
        page_to(&p, from);
        page_say(&p, PAGE_PLAIN, "from %s", day);
        page_to(&p, from + 17);
        page_say(&p, state_style(rows[i].state), "%s", state_names[rows[i].state]);
        page_to(&p, from + 27);
        page_put(&p, PAGE_PLAIN, model_record_text(r, "title"));
        page_end(&p);
    }
    page_done(&p);
    return og_buf_check(out, err);
}

static og_value version_item(members_maker *k, const void *items, size_t i)
{
    const render_report_row *row = (const render_report_row *)items + i;
    const model_record *r = row->version;
    members m = members_of(k);

    members_text(&m, "report", model_record_text(r, "report"));
    members_text(&m, "version", model_record_text(r, "version"));
    members_text(&m, "title", model_record_text(r, "title"));
    members_text(&m, "owner", model_record_text(r, "owner"));
    members_add(&m, "effective_from", model_record_get(r, "effective_from"));
    members_text(&m, "state", og_str_from(state_ids[row->state]));
    members_text(&m, "path", r->file->path);
    return members_end(&m);
}

int render_report_list_json(const render_report_row *rows, size_t count, og_buf *out,
                            og_error *err)
{
    og_arena arena = {0};
    members_maker maker = {.arena = &arena};
    members m = members_of(&maker);

    members_number(&m, "schema_version", RENDER_REPORT_SCHEMA);
    members_add(&m, "versions", members_list(&maker, rows, count, version_item));
    int rc = members_write(&maker, members_end(&m), out, err);
    og_arena_done(&arena);
    return rc;
}
