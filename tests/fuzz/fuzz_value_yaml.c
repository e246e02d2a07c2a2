/* Any bytes as YAML: they are refused with a finding, or give a tree whose places lie in
 * the text and whose value can be written. */
#include <stdlib.h>

#include "base/utf8.h"
#include "value/json.h"
#include "value/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    MOST_VISITS = 2000
};

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_scalar(const og_document *doc, const og_node *node)
{
    check(og_utf8_invalid(node->text) == node->text.n);
    check(!memchr(node->text.p, '\0', node->text.n));
    uint32_t last = (uint32_t)og_utf8_count(node->text);
    for (uint32_t offset = 0; offset <= last; offset += last / 8 + 1) {
        og_pos pos = og_node_pos_inside(doc, node, offset, 3);
        check(pos.line >= node->line && pos.line <= node->end_line);
        check(pos.column >= 1);
    }
}

/* An alias makes the tree a graph: not every way through it is walked. */
static void check_node(const og_document *doc, const og_node *node, int *visits)
{
    if (++*visits > MOST_VISITS)
        return;
    check(node->line >= 1 && node->column >= 1 && node->end_line >= node->line);
    check(node->end_line > node->line || node->end_column >= node->column);
    if (node->kind == OG_NODE_SCALAR)
        check_scalar(doc, node);
    for (uint32_t i = 0; i < node->count && node->kind == OG_NODE_SEQ; i++)
        check_node(doc, node->items[i], visits);
    for (uint32_t i = 0; i < node->count && node->kind == OG_NODE_MAP; i++) {
        check(og_node_get(node, node->pairs[i].key->text) == node->pairs[i].value);
        check_node(doc, node->pairs[i].value, visits);
    }
}

static void check_value(og_document *doc, og_arena *arena, og_diags *diags)
{
    og_value v = og_absent();
    og_buf out = {.limit = 1 << 20};
    int rc = og_node_to_value(doc, doc->root, arena, diags, &v);
    check(rc == OG_OK ? diags->errors == 0 : diags->errors > 0 || rc == OG_E_NOMEM);
    if (rc == OG_OK)
        og_json_write(v, OG_JSON_PRETTY, &out, NULL);
    og_buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    og_arena arena;
    og_arena_init(&arena, 256u << 20);
    og_diags diags = {0};
    og_error err = {0};
    og_document doc = {.path = "f.yaml", .source = {(const char *)data, size}};
    int rc = og_yaml_parse(&arena, &doc, &diags, &err);
    check(rc == OG_OK || rc == OG_E_NOMEM || diags.errors > 0);
    check(rc != OG_OK || diags.errors == 0);
    for (size_t i = 0; i < diags.count; i++)
        check(diags.items[i].pos.line >= 1 && diags.items[i].pos.column >= 1);
    if (rc == OG_OK && doc.root) {
        int visits = 0;
        check_node(&doc, doc.root, &visits);
        check_value(&doc, &arena, &diags);
    }
    og_buf shown = {0};
    og_diags_print(&diags, &shown, false);
    og_buf_done(&shown);
    og_error_done(&err);
    og_diags_done(&diags);
    og_arena_done(&arena);
    return 0;
}
