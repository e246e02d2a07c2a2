/* Findings: as a compiler shows them, and as JSON. */
#include "render/members.h"
#include "render/render.h"

/* ORDER: og_level */
static const char *const level_names[] = {"note", "warning", "error"};
static_assert(sizeof level_names / sizeof level_names[0] == OG_LEVEL_ERROR + 1,
              "a name for each");

int render_findings_text(const og_diags *diags, const render_options *options,
                         og_buf *out, og_error *err)
{
    og_diags_print(diags, out, options->colour);
    return og_buf_check(out, err);
}

static og_value finding_item(members_maker *k, const void *items, size_t i)
{
    const og_diag *d = (const og_diag *)items + i;
    members m = members_of(k);

    members_text(&m, "level", og_str_from(level_names[d->level]));
    members_text(&m, "code", og_str_from(d->code));
    members_place(&m, og_str_from(d->pos.path), d->pos.line, d->pos.column);
    if (d->pos.length > 0)
        members_number(&m, "length", d->pos.length);
    members_text(&m, "text", d->text);
    members_text(&m, "hint", d->hint);
    return members_end(&m);
}

int render_findings_json(const og_diags *diags, og_buf *out, og_error *err)
{
    og_arena arena = {0};
    members_maker maker = {.arena = &arena};
    members m = members_of(&maker);

    members_number(&m, "schema_version", 1);
    members_add(&m, "findings",
                members_list(&maker, diags->items, diags->count, finding_item));
    members_number(&m, "errors", diags->errors);
    members_number(&m, "warnings", diags->warnings);
    members_number(&m, "dropped", diags->dropped);
    int rc = members_write(&maker, members_end(&m), out, err);
    og_arena_done(&arena);
    return rc;
}
