/* A draft of a version file. */
#include "render/report_infer.h"

#include "render/draft.h"

static void put_column(const infer_column *c, og_buf *out)
{
    og_buf_puts(out, "    - {name: ");
    draft_text(c->name, out);
    og_buf_printf(out, ", type: %s", report_type_name(c->type));
    if (c->required || c->word_count > 0) {
        og_buf_printf(out, ", constraints: {%s", c->required ? "required: true" : "");
        og_buf_puts(out, c->word_count == 0 ? "" : c->required ? ", enum: [" : "enum: [");
        for (size_t i = 0; i < c->word_count; i++) {
            og_buf_puts(out, i ? ", " : "");
            draft_text(c->words[i], out);
        }
        og_buf_puts(out, c->word_count ? "]}" : "}");
    }
    og_buf_puts(out, "}\n");
}

int render_report_infer(const infer_result *result, og_str name, og_buf *out,
                        og_error *err)
{
    const char delimiter[] = {result->delimiter, 0};

    og_buf_printf(
        out,
        "# Drafted from a file of %llu rows. Correct what follows, and add: report, "
        "version,\n# title, owner, effective_from, frequency, recipients, notice.\n"
        "reading: positional # or by_name\n",
        (unsigned long long)result->rows);
    draft_file(name, OG_STR("utf-8"), result->crlf ? OG_STR("crlf") : OG_STR("lf"), out);
    og_buf_puts(out, "dialect: {delimiter: ");
    draft_text(og_str_from(delimiter), out);
    og_buf_printf(out, ", header: %s}\nschema:\n  fields:\n",
                  result->header ? "true" : "false");
    for (size_t i = 0; i < result->count; i++)
        put_column(&result->columns[i], out);
    return og_buf_check(out, err);
}
