/* A version of a report from the text of its schema and dialect, for tests. */
#ifndef TEST_REPORT_TEXT_H
#define TEST_REPORT_TEXT_H

#include <string.h>

#include "model/register.h"
#include "report/layout.h"
#include "value/yaml.h"

/* text: a mapping with `schema` and perhaps `dialect`. The first error's code, or NULL.
 */
static inline const char *read_layout(og_arena *arena, const char *text,
                                      report_layout *ret)
{
    og_diags diags = {0};
    og_document doc = {.path = "v.yaml", .source = og_str_from(text)};
    og_error err = {0};
    const char *code = NULL;

    int rc = og_yaml_parse(arena, &doc, &diags, &err);
    if (rc == OG_OK)
        rc = report_layout_read_descriptors(&doc, og_node_get(doc.root, OG_STR("schema")),
                                            og_node_get(doc.root, OG_STR("dialect")),
                                            arena, &diags, ret, &err);
    if (rc != OG_OK && diags.errors == 0)
        code = "failed";
    for (size_t i = 0; i < diags.count && !code; i++)
        if (diags.items[i].level == OG_LEVEL_ERROR)
            code = diags.items[i].code;
    og_diags_done(&diags);
    og_error_done(&err);
    return code;
}

/* ---- Whole versions ---- */

static const char *const version_lines[] = {
    "report: R-1",
    "version: 1.0.0",
    "title: A report",
    "owner: DCC",
    "effective_from: 2021-08-02",
    "frequency: weekly",
    "recipients: [{category: electricity_networks}]",
    "notice: {breaking: 30 working_days, compatible: 10 working_days}",
    "reading: positional",
    "file: {name: R1_%Y%m%d.csv}",
    "schema: {fields: [{name: a, type: string}, {name: b, type: string}]}",
};

/* Whether a line of `text` is for the same key as `line`. */
static inline bool has_key_of(const char *text, const char *line)
{
    size_t n = strcspn(line, ":") + 1;

    for (const char *at = text; at; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (!strncmp(at, line, n))
            return true;
    }
    return false;
}

/* A version file: `text` (lines "key: value"), and the lines above for keys it lacks. */
static inline const model_record *read_version(og_arena *arena, const model_kinds *kinds,
                                               const char *text, og_diags *diags)
{
    model_file *file = OG_NEW(arena, model_file);
    og_buf all = {0};
    model_record *record = NULL;

    og_buf_printf(&all, "%s\n", text);
    for (size_t i = 0; i < sizeof version_lines / sizeof version_lines[0]; i++)
        if (!has_key_of(text, version_lines[i]))
            og_buf_printf(&all, "%s\n", version_lines[i]);
    file->path = OG_STR("reports/R-1/v.yaml");
    file->text = og_arena_str(arena, og_buf_str(&all));
    og_buf_done(&all);
    file->document = (og_document){.path = file->path.p, .source = file->text};
    if (og_yaml_parse(arena, &file->document, diags, NULL) != OG_OK)
        return NULL;
    model_reader reader = {
        .arena = arena, .diags = diags, .file = file, .source = file->text};
    if (model_read_record(&reader, &file->document, file->document.root,
                          model_kind_named(kinds, OG_STR("report")), NULL, NULL, &record,
                          NULL) != OG_OK ||
        diags->errors > 0)
        return NULL;
    return record;
}

#endif
