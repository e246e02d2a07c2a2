/* One parsed YAML text and what was found in it. */
#ifndef OG_TESTS_YAML_FIXTURE_H
#define OG_TESTS_YAML_FIXTURE_H

#include <stdio.h>

#include "value/yaml.h"

typedef struct yaml_fixture {
    og_arena arena;
    og_diags diags;
    og_document doc;
    int rc;
} yaml_fixture;

static inline void yaml_read_str(yaml_fixture *y, og_str text)
{
    og_error err = {0};
    *y = (yaml_fixture){.doc = {.path = "f.yaml", .source = text}};
    y->rc = og_yaml_parse(&y->arena, &y->doc, &y->diags, &err);
    assert_int_equal(y->rc, err.code);
    og_error_done(&err);
}

static inline void yaml_read(yaml_fixture *y, const char *text)
{
    yaml_read_str(y, og_str_from(text));
}

static inline void yaml_done(yaml_fixture *y)
{
    og_arena_done(&y->arena);
    og_diags_done(&y->diags);
}

/* Must be good; what is found otherwise is shown. */
static inline const og_node *yaml_good(yaml_fixture *y, const char *text)
{
    yaml_read(y, text);
    if (y->rc != OG_OK && y->diags.count > 0)
        fprintf(stderr, "%.*s\n", OG_FMT(y->diags.items[0].text));
    assert_int_equal(y->rc, OG_OK);
    assert_int_equal(y->diags.count, 0);
    return y->doc.root;
}

#endif
