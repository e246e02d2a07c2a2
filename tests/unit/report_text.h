/* A version of a report from the text of its schema and dialect, for tests. */
#ifndef TEST_REPORT_TEXT_H
#define TEST_REPORT_TEXT_H

#include <string.h>

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

#endif
