/* Any bytes as a Table Schema in YAML (of which JSON is a part): see layout_property.h.
 */
#include "layout_property.h"
#include "value/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    og_arena arena = {0};
    og_diags diags = {0};
    og_document doc = {.path = "fuzz.yaml",
                       .source = {size ? (const char *)data : "", size}};

    if (og_yaml_parse(&arena, &doc, &diags, NULL) == OG_OK && doc.root)
        property_layout(&doc, doc.root, NULL);
    og_diags_done(&diags);
    og_arena_done(&arena);
    return 0;
}
