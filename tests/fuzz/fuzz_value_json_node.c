/* Any bytes as JSON: what the reader of nodes takes is what jansson takes, but for
 * numbers out of range, which are for the field's type to judge. */
#include <stdlib.h>

#include "value/json.h"
#include "value/json_node.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void walk(const og_node *node)
{
    check(node->line > 0 && node->column > 0);
    check(node->end_line > node->line ||
          (node->end_line == node->line && node->end_column > node->column));
    for (uint32_t i = 0; node->kind == OG_NODE_SEQ && i < node->count; i++)
        walk(node->items[i]);
    for (uint32_t i = 0; node->kind == OG_NODE_MAP && i < node->count; i++) {
        walk(node->pairs[i].key);
        walk(node->pairs[i].value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    og_arena arena = {0};
    og_diags diags = {0};
    og_error err = {0}, other = {0};
    og_value value;
    uint32_t line, column;
    og_str text = {size ? (const char *)data : "", size};
    og_document doc = {.path = "fuzz.json", .source = text};
    int rc = og_json_parse_nodes(&arena, &doc, &diags, &err);
    int by_jansson = og_json_parse(&arena, text, &value, &line, &column, &other);
    check(rc == OG_OK || rc == OG_E_INVALID);
    check(diags.errors == (rc == OG_OK ? 0 : 1));
    check(by_jansson != OG_OK || rc == OG_OK || og_str_find(text, '\0') < text.n);
    if (rc == OG_OK)
        walk(doc.root);
    if (rc == OG_OK && by_jansson != OG_OK)
        check(strstr(og_error_text(&other), "too big") ||
              strstr(og_error_text(&other), "real number overflow"));
    og_error_done(&err);
    og_error_done(&other);
    og_diags_done(&diags);
    og_arena_done(&arena);
    return 0;
}
