/* A descriptor imported, written as a version file and read back. Shared by the unit test
 * and the fuzz target. */
#ifndef TEST_DESCRIPTOR_FIXTURE_H
#define TEST_DESCRIPTOR_FIXTURE_H

#include "base/buf.h"
#include "render/draft.h"
#include "render/report_descriptor.h"
#include "report/diff.h"
#include "value/json.h"
#include "value/json_node.h"
#include "value/yaml.h"

typedef struct descriptor_trip { /* zeroed; done with trip_done */
    og_arena arena;
    og_diags diags; /* of the import */
    og_document doc;
    report_descriptor descriptor;
    report_layout before, after;
    og_buf text; /* the version file */
} descriptor_trip;

static inline void trip_done(descriptor_trip *t)
{
    og_arena_done(&t->arena);
    og_diags_done(&t->diags);
    og_buf_done(&t->text);
    *t = (descriptor_trip){0};
}

/* OG_OK also with findings (t->diags.errors); what names another file is a finding. A
 * text that begins with a brace is JSON, any other YAML. */
static inline int trip_import(descriptor_trip *t, og_str text, const char *resource,
                              og_error *err)
{
    t->doc = (og_document){.path = "datapackage.json", .source = text};
    int rc = text.n > 0 && text.p[0] == '{'
                 ? og_json_parse_nodes(&t->arena, &t->doc, &t->diags, err)
                 : og_yaml_parse(&t->arena, &t->doc, &t->diags, err);
    if (rc == OG_OK)
        rc = report_descriptor_find(&t->doc, og_str_from(resource ? resource : ""),
                                    &t->arena, &t->diags, &t->descriptor, err);
    if (rc != OG_OK || t->diags.errors > 0)
        return rc;
    if (t->descriptor.schema.path.n > 0 || t->descriptor.dialect.path.n > 0) {
        og_diags_add(&t->diags, OG_LEVEL_ERROR, "other-file", (og_pos){0}, (og_str){0},
                     "it names another file");
        return OG_OK;
    }
    rc = report_descriptor_read(&t->descriptor, &t->arena, &t->diags, &t->before, err);
    if (rc == OG_OK && t->diags.failed)
        rc = og_nomem(err);
    return rc;
}

static inline int trip_write(descriptor_trip *t, og_error *err)
{
    const render_descriptor d = {&t->descriptor, &t->before, OG_STR(""), OG_STR(""),
                                 OG_STR("datapackage.json")};

    return render_report_descriptor(&d, &t->text, err);
}

/* Whether two trees hold the same data, by the core schema. */
static inline bool trip_same(descriptor_trip *t, const og_document *a, const og_node *x,
                             const og_document *b, const og_node *y)
{
    og_diags diags = {0};
    og_value v = og_null(), w = og_null();
    og_buf one = {0}, other = {0};

    int first = og_node_to_value(a, x, &t->arena, &diags, &v);
    int second = og_node_to_value(b, y, &t->arena, &diags, &w);
    og_diags_done(&diags);
    if (first != OG_OK || second != OG_OK)
        return first == second;
    og_json_write(v, OG_JSON_COMPACT, &one, NULL);
    og_json_write(w, OG_JSON_COMPACT, &other, NULL);
    bool same = og_str_eq(og_buf_str(&one), og_buf_str(&other));
    og_buf_done(&one);
    og_buf_done(&other);
    return same;
}

/* What the version file says otherwise than the descriptor; NULL: nothing. */
static inline const char *trip_differs(descriptor_trip *t)
{
    og_diags diags = {0};
    report_differences differences;
    const report_descriptor *d = &t->descriptor;
    og_document doc = {.path = "version.yaml", .source = og_buf_str(&t->text)};

    if (og_yaml_parse(&t->arena, &doc, &diags, NULL) != OG_OK) {
        og_diags_done(&diags);
        return "it is no YAML";
    }
    const og_node *schema = og_node_get(doc.root, OG_STR("schema"));
    const og_node *dialect = og_node_get(doc.root, OG_STR("dialect"));
    int rc = report_layout_read_descriptors(&doc, schema, dialect, &t->arena, &diags,
                                            &t->after, NULL);
    bool valid = rc == OG_OK && og_diags_ok(&diags);
    og_diags_done(&diags);
    if (!valid)
        return "it is no valid layout";
    if (!trip_same(t, d->schema.doc, d->schema.node, &doc, schema))
        return "its schema holds other data";
    if (dialect && !trip_same(t, d->dialect.doc, d->dialect.node, &doc, dialect))
        return "its dialect holds other data";
    t->after.definition = t->before.definition;
    t->after.title = t->before.title;
    t->after.encoding = t->before.encoding;
    if (report_compare(&t->before, &t->after, NULL, &t->arena, &differences, NULL) !=
            OG_OK ||
        differences.count > 0)
        return "its layout differs";
    return NULL;
}

#endif
