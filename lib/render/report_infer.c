/* A draft of a version file. */
#include "render/report_infer.h"

#include "value/json.h"

/* Eight digits that are a date, or n. */
static size_t find_date(og_str name)
{
    for (size_t at = 0; at + 8 <= name.n; at++) {
        char text[11];
        size_t n = 0;
        og_date unused;
        for (size_t i = 0; i < 8; i++) {
            if (i == 4 || i == 6)
                text[n++] = '-';
            text[n++] = name.p[at + i];
        }
        if (og_date_parse((og_str){text, n}, &unused))
            return at;
    }
    return name.n;
}

static void put_string(og_str s, og_buf *out)
{
    og_json_write_string(s, OG_JSON_COMPACT, out);
}

static void put_file(const infer_result *r, og_str name, og_buf *out)
{
    size_t date = find_date(name);
    og_buf pattern = {0};

    og_buf_put(&pattern, og_str_slice(name, 0, date));
    if (date < name.n) {
        og_buf_puts(&pattern, "%Y%m%d");
        og_buf_put(&pattern, og_str_slice(name, date + 8, name.n));
    }
    og_buf_puts(out, "file: {name: ");
    put_string(og_buf_str(&pattern), out);
    og_buf_printf(out, ", encoding: utf-8, line_ending: %s}\n", r->crlf ? "crlf" : "lf");
    if (pattern.failed && !out->failed)
        out->failed = pattern.failed;
    og_buf_done(&pattern);
}

static void put_column(const infer_column *c, og_buf *out)
{
    og_buf_puts(out, "    - {name: ");
    put_string(c->name, out);
    og_buf_printf(out, ", type: %s", report_type_name(c->type));
    if (c->required || c->word_count > 0) {
        og_buf_printf(out, ", constraints: {%s", c->required ? "required: true" : "");
        og_buf_puts(out, c->word_count == 0 ? "" : c->required ? ", enum: [" : "enum: [");
        for (size_t i = 0; i < c->word_count; i++) {
            og_buf_puts(out, i ? ", " : "");
            put_string(c->words[i], out);
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
    put_file(result, name, out);
    og_buf_puts(out, "dialect: {delimiter: ");
    put_string(og_str_from(delimiter), out);
    og_buf_printf(out, ", header: %s}\nschema:\n  fields:\n",
                  result->header ? "true" : "false");
    for (size_t i = 0; i < result->count; i++)
        put_column(&result->columns[i], out);
    return og_buf_check(out, err);
}
