/* Writing bundles: the nodes that were read from the register, in one tree, as canonical
 * JSON. */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "report/bundle.h"
#include "report/diff.h"
#include "value/json_node.h"

enum {
    MEMBERS = 9 /* of the form report_bundle */
};

typedef struct bundle_writer {
    og_arena arena;
    og_pair pairs[MEMBERS];
    uint32_t count;
    bool failed; /* no memory */
} bundle_writer;

/* ---- The tree ---- */

static og_node *new_node(bundle_writer *w, og_node_kind kind)
{
    og_node *node = OG_NEW(&w->arena, og_node);

    if (!node)
        w->failed = true;
    else
        node->kind = (uint8_t)kind;
    return node;
}

static const og_node *scalar(bundle_writer *w, og_str text, og_scalar_style style)
{
    og_node *node = new_node(w, OG_NODE_SCALAR);

    if (!node)
        return NULL;
    node->style = (uint8_t)style;
    node->text = text;
    return node;
}

static void add(bundle_writer *w, const char *key, const og_node *value)
{
    const og_node *name = scalar(w, og_str_from(key), OG_STYLE_QUOTED);

    if (name && value)
        w->pairs[w->count++] = (og_pair){name, value};
}

static void add_text(bundle_writer *w, const char *key, og_str text)
{
    add(w, key, scalar(w, text, OG_STYLE_QUOTED));
}

/* A version as its file has it, but for what is withheld. */
static const og_node *version_node(bundle_writer *w, const model_record *version)
{
    const og_node *root = version->file->document.root;
    og_node *node = new_node(w, OG_NODE_MAP);
    og_pair *pairs = OG_ARRAY(&w->arena, root->count, og_pair);

    if (!node || !pairs) {
        w->failed = true;
        return NULL;
    }
    for (uint32_t i = 0; i < root->count; i++)
        if (!og_str_eq(root->pairs[i].key->text, REPORT_BUNDLE_WITHOUT))
            pairs[node->count++] = root->pairs[i];
    node->pairs = pairs;
    return node;
}

static const og_node *versions_node(bundle_writer *w, const model_record *const *versions,
                                    size_t count)
{
    og_node *node = new_node(w, OG_NODE_SEQ);
    const og_node **items = OG_ARRAY(&w->arena, count, const og_node *);

    if (!node || !items) {
        w->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        items[i] = version_node(w, versions[i]);
    node->items = items;
    node->count = (uint32_t)count;
    return node;
}

static int write_payload(const report_bundle *b, const model_record *const *versions,
                         size_t count, og_buf *out, og_error *err)
{
    bundle_writer w = {.count = 0};
    char at[36];
    int rc;

    og_instant_format(b->at, at);
    add_text(&w, "format", OG_STR("opsgate-report-bundle"));
    add(&w, "schema_version", scalar(&w, OG_STR("1"), OG_STYLE_PLAIN));
    add_text(&w, "register", b->title);
    add_text(&w, "commit", b->commit);
    add_text(&w, "policy", b->policy);
    add_text(&w, "at", og_str_from(at));
    add_text(&w, "time_zone", b->time_zone);
    add(&w, "signed",
        scalar(&w, og_str_from(b->is_signed ? "true" : "false"), OG_STYLE_PLAIN));
    add(&w, "reports", versions_node(&w, versions, count));
    const og_node root = {.kind = OG_NODE_MAP, .pairs = w.pairs, .count = w.count};
    rc = w.failed ? og_nomem(err) : og_json_write_node(&root, out, err);
    if (rc == OG_OK) {
        og_buf_putc(out, '\n');
        rc = og_buf_check(out, err);
    }
    og_arena_done(&w.arena);
    return rc;
}

/* ---- Reading it back ---- */

/* The first difference between the two layouts that is none of recipients; NULL: none. */
static const report_difference *first_difference(const report_differences *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].rule != &report_rules[REPORT_RECIPIENT_REMOVED])
            return &all->items[i];
    return NULL;
}

static int compare(const model_record *written, const model_record *read, og_arena *arena,
                   og_error *err)
{
    report_layout from = {0}, to = {0};
    report_differences all = {0};
    og_diags diags = {0};

    int rc = report_layout_read(written, arena, &diags, &from, err);
    if (rc == OG_OK)
        rc = report_layout_read(read, arena, &diags, &to, err);
    if (rc == OG_OK)
        rc = og_diags_check(&diags, err);
    og_diags_done(&diags);
    if (rc == OG_OK)
        rc = report_compare(&from, &to, NULL, arena, &all, err);
    const report_difference *d = rc == OG_OK ? first_difference(&all) : NULL;
    if (!d)
        return rc;
    return og_fail(err, OG_E_UNSUPPORTED,
                   "'%.*s' would read differently in a bundle (%s%s%.*s): '%.*s' as "
                   "'%.*s'; write numbers and words there as JSON does, or in quotes",
                   OG_FMT(model_record_id(written)), d->rule->id,
                   d->field.n ? " of " : "", OG_FMT(d->field), OG_FMT(d->before),
                   OG_FMT(d->after));
}

static int check(const report_bundle *b, og_str payload,
                 const model_record *const *versions, size_t count, og_error *err)
{
    /* Any signature will do: it is not looked at. */
    const report_bundle_parts parts = {payload, b->is_signed ? OG_STR("-") : (og_str){0}};
    model_register reg;
    report_bundle back = {0};
    og_diags diags = {0};

    int rc = report_bundle_read(&parts, "bundle", &reg, &diags, &back, err);
    og_diags_done(&diags);
    for (size_t i = 0; i < count && rc == OG_OK; i++) {
        size_t kind = model_kind_named(reg.kinds, OG_STR("report"))->ordinal;
        rc = compare(versions[i], reg.lists[kind][i], &reg.arena, err);
    }
    model_register_done(&reg);
    return rc;
}

int report_bundle_write(const report_bundle *bundle, const model_record *const *versions,
                        size_t count, og_buf *out, og_error *err)
{
    og_buf payload = {.limit = OG_LIMIT_BUNDLE};

    int rc = write_payload(bundle, versions, count, &payload, err);
    if (rc == OG_OK)
        rc = check(bundle, og_buf_str(&payload), versions, count, err);
    if (rc == OG_OK)
        og_buf_put(out, og_buf_str(&payload));
    og_buf_done(&payload);
    return rc == OG_OK ? og_buf_check(out, err) : rc;
}
