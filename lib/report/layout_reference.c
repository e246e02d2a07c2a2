/* Foreign keys of a Table Schema, and names of fields in general. */
#include "report/layout_member.h"

typedef struct key_nodes {
    report_words fields;
    const og_node *reference;
} key_nodes;

typedef struct reference_nodes {
    og_str resource;
    report_words fields;
} reference_nodes;

static const member_row key_rows[] = {
    {"fields", MEMBER_WORDS, offsetof(key_nodes, fields), 0},
    {"reference", MEMBER_NODE, offsetof(key_nodes, reference), 0},
    {0}};

static const member_row reference_rows[] = {
    {"resource", MEMBER_TEXT, offsetof(reference_nodes, resource), 0},
    {"fields", MEMBER_WORDS, offsetof(reference_nodes, fields), 0},
    {0}};

void layout_check_names(const layout_reader *r, const og_node *node,
                        const report_layout *l, const report_words *names,
                        const char *what, bool signs)
{
    for (size_t i = 0; i < names->count; i++) {
        og_str name = names->items[i];
        if (signs && name.n > 1 && name.p[0] == '-')
            name = og_str_slice(name, 1, name.n);
        if (!report_layout_field(l, name))
            layout_error(r, node, "report-name", "'%s' names '%.*s', which is no field",
                         what, OG_FMT(name));
    }
}

/* `any` in a file of text is text. */
static report_type text_type(report_type t)
{
    return t == REPORT_ANY ? REPORT_STRING : t;
}

/* In a reference within the table: a value of one type is never one of another. */
static void check_types(const layout_reader *r, const og_node *node,
                        const report_layout *l, const report_reference *key)
{
    for (size_t i = 0; i < key->fields.count; i++) {
        const report_field *from = report_layout_field(l, key->fields.items[i]);
        const report_field *to = report_layout_field(l, key->to.items[i]);
        if (from && to && text_type(from->type) != text_type(to->type))
            layout_error(r, node, "report-type",
                         "'%.*s' refers to '%.*s', and one is of type %s, the other %s",
                         OG_FMT(from->name), OG_FMT(to->name),
                         report_type_name(from->type), report_type_name(to->type));
    }
}

static void check_key(const layout_reader *r, const og_node *node, const report_layout *l,
                      const report_reference *key)
{
    layout_check_names(r, node, l, &key->fields, "foreignKeys", false);
    if (key->resource.n == 0)
        layout_check_names(r, node, l, &key->to, "foreignKeys", false);
    if (key->fields.count == 0 || key->fields.count != key->to.count)
        layout_error(
            r, node, "report-shape",
            "a foreign key has as many fields as it refers to, and one at least");
    else if (key->resource.n == 0)
        check_types(r, node, l, key);
}

/* *ret_whole false: there was a finding that leaves nothing to be read. */
static int read_key(const layout_reader *r, const og_node *node, report_reference *ret,
                    bool *ret_whole, og_error *err)
{
    key_nodes key = {0};
    reference_nodes to = {0};
    og_str other;

    int rc = layout_members(r, node, key_rows, "a foreign key", false, &key, &other, err);
    if (rc != OG_OK)
        return rc;
    *ret_whole = key.fields.count > 0 && key.reference;
    if (!*ret_whole && node->kind == OG_NODE_MAP)
        layout_error(r, node, "report-shape",
                     "a foreign key needs 'fields' and 'reference'");
    if (!*ret_whole)
        return OG_OK;
    rc = layout_members(r, key.reference, reference_rows, "a reference", false, &to,
                        &other, err);
    *ret = (report_reference){key.fields, to.resource, to.fields};
    *ret_whole = key.reference->kind == OG_NODE_MAP;
    return rc;
}

int layout_read_references(const layout_reader *r, const og_node *node, report_layout *l,
                           og_error *err)
{
    if (node->kind != OG_NODE_SEQ) {
        layout_error(r, node, "report-shape", "'foreignKeys' must be a list");
        return OG_OK;
    }
    og_str *texts = OG_ARRAY(r->arena, node->count, og_str);
    report_reference *keys = OG_ARRAY(r->arena, node->count, report_reference);
    if (!texts || !keys)
        return og_nomem(err);
    for (size_t i = 0; i < node->count; i++) {
        bool whole = false;
        int rc = read_key(r, node->items[i], &keys[i], &whole, err);
        if (rc == OG_OK && whole)
            check_key(r, node->items[i], l, &keys[i]);
        if (rc == OG_OK)
            rc = layout_json(r, node->items[i], &texts[i], err);
        if (rc != OG_OK)
            return rc;
    }
    l->foreign_keys = (report_words){texts, node->count};
    l->references = keys;
    return OG_OK;
}
