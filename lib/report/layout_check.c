/* Fields of a layout that was read, tried out as columns: what no cell could be held
 * against is found before a file is. */
#include "report/column.h"
#include "report/file_name.h"
#include "report/layout_member.h"

static void add_finding(const report_layout *l, const og_pos pos, og_diags *diags,
                        const char *code, const char *text)
{
    og_str source = l->document ? l->document->source : (og_str){0};

    og_diags_add(diags, OG_LEVEL_ERROR, code, pos, source, "%s", text);
}

/* Bounds between which there is nothing. */
static bool is_empty_range(const column *c)
{
    const column_bound *low = c->minimum.some ? &c->minimum : &c->above;
    const column_bound *high = c->maximum.some ? &c->maximum : &c->below;

    if (!low->some || !high->some)
        return false;
    int order = cell_order(&low->value, &high->value);
    return order > 0 || (order == 0 && (low == &c->above || high == &c->below));
}

static int check_field(const report_layout *l, const report_field *field, og_arena *arena,
                       og_diags *diags, og_error *err)
{
    og_error wrong = {0};
    column c;

    int rc = column_make(field, &l->dialect, arena, &c, &wrong);
    if (rc == OG_E_INVALID)
        add_finding(l, field->pos, diags, "report-value", og_error_text(&wrong));
    og_error_done(&wrong);
    if (rc == OG_OK && is_empty_range(&c))
        add_finding(l, field->pos, diags, "report-constraint",
                    "the lower bound is above the upper one: no value could be right");
    return rc == OG_OK || rc == OG_E_INVALID ? OG_OK : og_nomem(err);
}

static int check_file_name(const report_layout *l, og_arena *arena, og_diags *diags,
                           og_error *err)
{
    const og_node *root = l->document ? l->document->root : NULL;
    const og_node *file = root ? og_node_get(root, OG_STR("file")) : NULL;
    og_error wrong = {0};
    file_name unused;

    if (!file)
        return OG_OK;
    int rc = file_name_make(l->file_name, arena, &unused, &wrong);
    if (rc == OG_E_INVALID)
        add_finding(l, og_node_pos(l->document, file), diags, "report-value",
                    og_error_text(&wrong));
    og_error_done(&wrong);
    return rc == OG_OK || rc == OG_E_INVALID ? OG_OK : og_nomem(err);
}

int report_layout_check(const report_layout *layout, og_arena *arena, og_diags *diags,
                        og_error *err)
{
    int rc = check_file_name(layout, arena, diags, err);

    for (size_t i = 0; i < layout->field_count && rc == OG_OK; i++)
        rc = check_field(layout, &layout->fields[i], arena, diags, err);
    return rc;
}
