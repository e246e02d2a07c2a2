/* A version file from a descriptor. */
#include "render/report_descriptor.h"

#include "render/draft.h"

/* What people have to add: the members without a value so far. */
static void put_missing(const render_descriptor *d, og_buf *out)
{
    const struct {
        const char *name;
        bool there;
    } members[] = {{"report", d->report.n > 0},
                   {"version", d->version.n > 0},
                   {"title", d->layout->title.n > 0},
                   {"owner", false},
                   {"effective_from", false},
                   {"frequency", false},
                   {"recipients", false},
                   {"notice", false}};
    bool some = false;

    og_buf_puts(out, "# Correct what follows, and add: ");
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (members[i].there)
            continue;
        og_buf_printf(out, "%s%s", some ? ", " : "", members[i].name);
        some = true;
    }
    og_buf_puts(out, ".\n");
}

static void put_member(const char *name, og_str text, og_buf *out)
{
    if (text.n == 0)
        return;
    og_buf_printf(out, "%s: ", name);
    draft_text(text, out);
    og_buf_putc(out, '\n');
}

static void put_head(const render_descriptor *d, og_buf *out)
{
    og_buf_puts(out, "# Imported from ");
    draft_text(d->from, out);
    if (d->descriptor->name.n > 0) {
        og_buf_puts(out, ", resource ");
        draft_text(d->descriptor->name, out);
    }
    og_buf_puts(out, ".\n");
    put_missing(d, out);
    put_member("report", d->report, out);
    put_member("version", d->version, out);
    put_member("title", d->layout->title, out);
    put_member("definition", d->layout->definition, out);
    og_buf_printf(out, "reading: positional%s\n",
                  d->layout->dialect.header ? " # or by_name" : "");
    og_str name = d->descriptor->file;
    if (name.n == 0)
        name = OG_STR("NAME_20000101.csv"); /* any date: it becomes a pattern */
    draft_file(name, d->layout->encoding, d->layout->line_ending, out);
}

int render_report_descriptor(const render_descriptor *d, og_buf *out, og_error *err)
{
    const og_node *dialect = d->descriptor->dialect.node;
    int rc = OG_OK;

    put_head(d, out);
    if (dialect && !og_node_is_null(dialect)) {
        og_buf_puts(out, "dialect: ");
        rc = draft_node(dialect, out, err);
        og_buf_putc(out, '\n');
    }
    og_buf_puts(out, "schema:\n");
    if (rc == OG_OK)
        rc = draft_pairs(d->descriptor->schema.node, 2, "fields", out, err);
    return rc == OG_OK ? og_buf_check(out, err) : rc;
}
