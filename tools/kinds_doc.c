/* Build tool: writes docs/kinds.md, the reference of every built-in kind and form, from
 * the same descriptions that read them.
 *
 *   kinds_doc OUT      OUT is replaced; "-" is standard output
 *
 * A test (docs.kinds) holds the page in the tree against what this writes. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cel/cel.h"
#include "model/kind.h"

static const char head[] =
    "# Kinds\n"
    "\n"
    "Every field of everything people write into a register. This page is written by\n"
    "`tools/kinds_doc.c` from `criteria/kinds/` and `criteria/forms/`, which are\n"
    "also what reads the files: change those, build the target `kinds-doc-write`, and\n"
    "commit both. A register's own kinds are not here; `opsgate schema KIND` knows\n"
    "them too.\n"
    "\n"
    "What the types mean, and how a kind is written, is in\n"
    "[kind-files.md](kind-files.md); what is read from where in\n"
    "[register.md](register.md).\n"
    "\n"
    "* **req.**: a record without it is an error. Everything else may be left out;\n"
    "  reading it in a condition is then unknown.\n"
    "* **auth.**: counts only as it stands at the policy revision\n"
    "  ([trust.md](trust.md)).\n";

/* Where the files of a form lie. */
static const struct {
    const char *form, *place;
} places[] = {
    {"batch", "`evidence/**/*.yaml`"},
    {"config", "`opsgate.yaml`"},
    {"criteria_set", "`criteria/*.yaml`"},
    {"criteria_tests", "`criteria/tests/*.yaml`"},
    {"csv_records", "`records` of a batch: `{csv: …}`"},
    {"json_records", "`records` of a batch: `{json: …}`"},
    {"lint_rules", "rules of the program itself (`criteria/lint/*.yaml`)"},
};

/* ---- Types ---- */

static const char *const base_names[] = {
    /* ORDER: model_base */
    "string",       "int",      "double", "bool", "date",
    "timestamp",    "duration", "period", "enum", "ref",
    "list",         "map",      "record", "any",  "date or timestamp",
    "see its page",
};
_Static_assert(sizeof base_names / sizeof base_names[0] == MODEL_BASE_COUNT,
               "a name for each");

/* Its name, with a link to the kind that a ref or a record is of. */
static void put_type(const model_type *type, og_buf *out)
{
    const char *name = base_names[type->base];
    bool named = type->kind && !type->kind->inline_record;

    if (type->element) {
        og_buf_printf(out, "%s of ", name);
        put_type(type->element, out);
    } else if (named) {
        og_buf_printf(out, "%s [%.*s](#%.*s)", name, OG_FMT(type->kind->name),
                      OG_FMT(type->kind->name));
    } else {
        og_buf_printf(out, "%s%s", name,
                      type->base == MODEL_REF ? " of any subject" : "");
    }
}

static const model_type *innermost(const model_type *type)
{
    while (type->element)
        type = type->element;
    return type;
}

/* The kind of the mappings that a field holds, described only here; or NULL. */
static const model_kind *inline_kind(const model_field *field)
{
    const model_type *type = innermost(&field->type);

    return type->base == MODEL_RECORD && type->kind->inline_record ? type->kind : NULL;
}

/* ---- Fields ---- */

/* In a cell of a table a bar ends the cell. */
static void put_cell(og_str text, og_buf *out)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '|')
            og_buf_putc(out, '\\');
        og_buf_putc(out, text.p[i]);
    }
}

static void put_limit(const char *words, og_value limit, og_buf *out)
{
    og_buf_puts(out, words);
    cel_show_value(limit, 0, out);
}

static void put_constraints(const model_field *f, og_buf *out)
{
    for (size_t i = 0; i < f->word_count; i++)
        og_buf_printf(out, "%s`%.*s`", i ? ", " : "; one of ", OG_FMT(f->words[i]));
    if (f->unit.n > 0)
        og_buf_printf(out, "; in %.*s", OG_FMT(f->unit));
    if (f->has_min)
        put_limit("; at least ", f->min, out);
    if (f->has_max)
        put_limit("; at most ", f->max, out);
    if (f->pattern) {
        og_buf_puts(out, "; matches `");
        put_cell(f->pattern->text, out);
        og_buf_putc(out, '`');
    }
}

/* before: "" or the field this one stands in, with its dot. */
static void put_field(const model_field *f, const char *before, og_buf *out)
{
    char within[256];
    const model_kind *inside = inline_kind(f);

    og_buf_printf(out, "| `%s%.*s` | ", before, OG_FMT(f->name));
    put_type(&f->type, out);
    og_buf_printf(out, " | %s%s%s | ", f->required ? "req." : "",
                  f->required && f->authority ? " " : "", f->authority ? "auth." : "");
    put_cell(f->doc, out);
    put_constraints(f, out);
    og_buf_puts(out, " |\n");
    if (!inside)
        return;
    snprintf(within, sizeof within, "%s%.*s%s.", before, OG_FMT(f->name),
             f->type.element ? "[]" : "");
    for (size_t i = 0; i < inside->field_count; i++)
        put_field(&inside->fields[i], within, out);
}

static void put_fields(const model_kind *kind, og_buf *out)
{
    og_buf_puts(out, "\n| field | type | | what it is |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < kind->field_count; i++)
        put_field(&kind->fields[i], "", out);
}

/* ---- Kinds ---- */

static void put_home(const model_kind *k, og_buf *out)
{
    if (k->embedded)
        og_buf_puts(out, "Stands inside other records");
    else if (k->computed)
        og_buf_puts(out,
                    "Never written: computed from other records for the subject judged");
    else if (k->home.n == 0)
        og_buf_puts(out, "Comes in batches of evidence");
    else
        og_buf_printf(out, "`%.*s`, %s", OG_FMT(k->home),
                      k->home_is_glob ? "one record a file" : "a list of records");
}

static void put_key(const model_kind *k, og_buf *out)
{
    for (size_t i = 0; i < k->key_count; i++)
        og_buf_printf(out, "%s`%.*s`", i ? ", " : "",
                      OG_FMT(model_kind_field(k, k->key_slots[i])->name));
}

static void put_lifecycle(const model_kind *k, og_buf *out)
{
    if (k->lifecycle_slot < 0)
        return;
    og_buf_printf(out, " Open while `%.*s` is ",
                  OG_FMT(model_kind_field(k, (uint32_t)k->lifecycle_slot)->name));
    for (size_t i = 0; i < k->open_count; i++)
        og_buf_printf(out, "%s`%.*s`", i ? " or " : "", OG_FMT(k->open_words[i]));
    og_buf_putc(out, '.');
}

static void put_kind(const model_kind *k, og_buf *out)
{
    og_buf_printf(out, "\n## %.*s\n\n%.*s\n\n", OG_FMT(k->name), OG_FMT(k->doc));
    put_home(k, out);
    og_buf_puts(out, "; identified by ");
    put_key(k, out);
    if (k->belongs_to)
        og_buf_printf(out, "; belongs to a [%.*s](#%.*s)%s", OG_FMT(k->belongs_to->name),
                      OG_FMT(k->belongs_to->name),
                      k->home.n ? "" : ", which the batch names for all its records");
    og_buf_printf(out, "; `%.*s` in conditions.", OG_FMT(k->plural));
    put_lifecycle(k, out);
    if (k->policy)
        og_buf_puts(out, " Read from the policy revision.");
    if (k->authority)
        og_buf_puts(out, " Counts only as it stands at the policy revision.");
    og_buf_putc(out, '\n');
    put_fields(k, out);
}

static void put_form(og_str name, const model_kind *form, og_buf *out)
{
    og_buf_printf(out, "\n## %.*s\n\n%.*s", OG_FMT(name), OG_FMT(form->doc));
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (og_str_is(name, places[i].form))
            og_buf_printf(out, " Lies in: %s.", places[i].place);
    og_buf_putc(out, '\n');
    put_fields(form, out);
}

/* ---- Contents ---- */

static void put_contents(const model_kinds *kinds, og_buf *out)
{
    og_buf_puts(out, "\n| kind | where | what it is |\n| --- | --- | --- |\n");
    for (size_t i = 0; i < kinds->count; i++) {
        const model_kind *k = kinds->list[i];
        og_buf_printf(out, "| [%.*s](#%.*s) | ", OG_FMT(k->name), OG_FMT(k->name));
        if (k->home.n > 0)
            og_buf_printf(out, "`%.*s`", OG_FMT(k->home));
        else
            og_buf_puts(out, k->embedded   ? "inside other records"
                             : k->computed ? "computed"
                                           : "evidence");
        og_buf_puts(out, " | ");
        put_cell(k->doc, out);
        og_buf_puts(out, " |\n");
    }
    og_buf_puts(out, "\nOther files: ");
    for (size_t i = 0; i < kinds->forms.count; i++) {
        og_str name = kinds->forms.entries[i].key;
        og_buf_printf(out, "%s[%.*s](#%.*s)", i ? ", " : "", OG_FMT(name), OG_FMT(name));
    }
    og_buf_puts(out, ".\n");
}

static void put_page(const model_kinds *kinds, og_buf *out)
{
    og_buf_puts(out, head);
    put_contents(kinds, out);
    for (size_t i = 0; i < kinds->count; i++)
        put_kind(kinds->list[i], out);
    for (size_t i = 0; i < kinds->forms.count; i++)
        put_form(kinds->forms.entries[i].key, kinds->forms.entries[i].value, out);
}

static int write_page(const char *path, og_error *err)
{
    og_arena arena = {0};
    og_diags diags = {0};
    og_buf out = {0};
    model_kinds kinds;

    int rc = model_kinds_load(&arena, NULL, 0, &diags, &kinds, err);
    if (rc == OG_OK) {
        put_page(&kinds, &out);
        rc = og_buf_check(&out, err);
    }
    if (rc == OG_OK)
        rc = strcmp(path, "-") == 0 ? og_fd_write(STDOUT_FILENO, og_buf_str(&out), err)
                                    : og_file_write(path, og_buf_str(&out), err);
    og_buf_done(&out);
    og_diags_done(&diags);
    og_arena_done(&arena);
    return rc;
}

int main(int argc, char **argv)
{
    og_error err = {0};

    if (argc != 2) {
        fprintf(stderr, "usage: kinds_doc OUT\n");
        return 2;
    }
    if (write_page(argv[1], &err) != OG_OK) {
        fprintf(stderr, "kinds_doc: %s\n", og_error_text(&err));
        og_error_done(&err);
        return 1;
    }
    return 0;
}
