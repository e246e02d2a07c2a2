/* Any bytes as a Table Dialect in YAML (of which JSON is a part), beside a schema that
 * has something to check of each kind: see layout_property.h. */
#include "base/buf.h"
#include "layout_property.h"
#include "value/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char before[] =
    "schema: {primaryKey: [a], fieldsMatch: partial, fields: [{name: a, type: string,\n"
    "  constraints: {required: true, pattern: '[a-z0-9]*', maxLength: 3}},\n"
    "  {name: b, type: number, decimalChar: ',', constraints: {unique: true}},\n"
    "  {name: c, type: list, itemType: integer}]}\n"
    "dialect:\n";

/* The same text one level down. */
static void put_indented(og_buf *out, og_str text)
{
    og_buf_puts(out, "  ");
    for (size_t i = 0; i < text.n; i++) {
        og_buf_putc(out, text.p[i]);
        if (text.p[i] == '\n')
            og_buf_puts(out, "  ");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    og_arena arena = {0};
    og_diags diags = {0};
    og_buf text = {0};

    og_buf_puts(&text, before);
    put_indented(&text, (og_str){size ? (const char *)data : "", size});
    og_document doc = {.path = "fuzz.yaml", .source = og_buf_str(&text)};
    if (og_yaml_parse(&arena, &doc, &diags, NULL) == OG_OK)
        property_layout(&doc, og_node_get(doc.root, OG_STR("schema")),
                        og_node_get(doc.root, OG_STR("dialect")));
    og_diags_done(&diags);
    og_buf_done(&text);
    og_arena_done(&arena);
    return 0;
}
