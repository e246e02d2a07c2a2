/* The facts of a test case, read by the declarations that read a register. */
#include "model/given.h"

#include <stdio.h>

typedef struct given_reader {
    const model_register *policy;
    const model_file *file;
    const og_node *given;
    const model_kind *subject;
    model_reader reader;
    model_given *ret;
    bool failed; /* no memory for a reference */
} given_reader;

/* Stands for `release` where it is not given, and for its id where it has none. */
static const og_str nameless = {"given", 5};

static int read_subject(given_reader *g, const char *key, const model_record **ret,
                        og_error *err)
{
    const og_node *node = og_node_get(g->given, og_str_from(key));
    model_record *record = NULL;

    if (!node)
        return OG_OK;
    g->reader.nameless = true;
    int rc = model_read_record(&g->reader, &g->file->document, node, g->subject, NULL,
                               NULL, &record, err);
    g->reader.nameless = false;
    *ret = record;
    return rc;
}

/* ---- Lists ---- */

static int make_batch(given_reader *g, const model_kind *kind, size_t count,
                      og_instant as_of, model_batch **ret, og_error *err)
{
    model_batch *batch = OG_NEW(g->reader.arena, model_batch);
    const model_record **records = OG_ARRAY(g->reader.arena, count, const model_record *);

    if (!batch || !records)
        return og_nomem(err);
    *batch = (model_batch){.file = g->file,
                           .kind = kind,
                           .owner = kind->belongs_to ? g->ret->subject : NULL,
                           .series = nameless,
                           .source = nameless,
                           .supplied_by = nameless,
                           .as_of = as_of,
                           .records = records};
    *ret = batch;
    return OG_OK;
}

static bool is_repeated(const model_batch *batch, og_str id)
{
    for (size_t i = 0; i < batch->record_count; i++)
        if (og_str_eq(model_record_id(batch->records[i]), id))
            return true;
    return false;
}

static int read_records(given_reader *g, const og_node *node, model_batch *batch,
                        og_error *err)
{
    const og_document *doc = &g->file->document;

    for (uint32_t i = 0; i < node->count; i++) {
        model_record *record = NULL;
        int rc = model_read_record(&g->reader, doc, node->items[i], batch->kind,
                                   batch->owner, batch, &record, err);
        if (rc != OG_OK)
            return rc;
        if (!record)
            continue;
        if (is_repeated(batch, model_record_id(record)))
            og_diags_add(g->reader.diags, OG_LEVEL_ERROR, "duplicate-record",
                         og_node_pos(doc, node->items[i]), doc->source,
                         "%.*s '%.*s' is given twice", OG_FMT(batch->kind->name),
                         OG_FMT(model_record_id(record)));
        batch->records[batch->record_count++] = record;
    }
    return OG_OK;
}

static int read_list(given_reader *g, const model_kind *kind, const og_node *node,
                     og_instant as_of, og_error *err)
{
    const og_document *doc = &g->file->document;
    model_list *list = &g->ret->lists[kind->ordinal];
    model_batch *batch = NULL;

    if (node->kind != OG_NODE_SEQ) {
        og_diags_add(g->reader.diags, OG_LEVEL_ERROR, "wrong-type",
                     og_node_pos(doc, node), doc->source,
                     "'%.*s' is a list of records, not %s", OG_FMT(kind->plural),
                     og_node_what(node));
        return OG_OK;
    }
    int rc = make_batch(g, kind, node->count, as_of, &batch, err);
    if (rc == OG_OK && batch)
        rc = read_records(g, node, batch, err);
    const model_batch **batches = OG_ARRAY(g->reader.arena, 1, const model_batch *);
    if (rc != OG_OK || !batch || !batches)
        return rc != OG_OK ? rc : og_nomem(err);
    batches[0] = batch;
    *list = (model_list){.records = batch->records,
                         .count = batch->record_count,
                         .batches = batches,
                         .batch_count = 1,
                         .known = true};
    return OG_OK;
}

static void unknown_plural(given_reader *g, const og_node *key)
{
    const model_kinds *kinds = g->policy->kinds;
    const og_document *doc = &g->file->document;
    og_diag *d = og_diags_add(g->reader.diags, OG_LEVEL_ERROR, "unknown-key",
                              og_node_pos(doc, key), doc->source,
                              "'%.*s' is neither the subject nor the plural of a kind",
                              OG_FMT(key->text));

    for (size_t k = 0; k < kinds->count; k++) {
        og_str plural = kinds->list[k]->plural;
        if (og_str_nearest(key->text, &plural, 1).n) {
            og_diags_hint(g->reader.diags, d, "did you mean '%.*s'?", OG_FMT(plural));
            return;
        }
    }
}

static int read_lists(given_reader *g, og_instant as_of, og_error *err)
{
    for (uint32_t i = 0; i < g->given->count; i++) {
        const og_pair *pair = &g->given->pairs[i];
        const model_kind *kind = model_kind_plural(g->policy->kinds, pair->key->text);
        int rc = OG_OK;
        if (og_str_eq(pair->key->text, g->subject->name) ||
            og_str_is(pair->key->text, "baseline"))
            continue;
        if (kind)
            rc = read_list(g, kind, pair->value, as_of, err);
        else
            unknown_plural(g, pair->key);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

/* ---- References ---- */

static const model_record *find(void *context, const model_kind *kind,
                                const model_record *owner, og_str id)
{
    given_reader *g = context;
    kind = kind ? kind : g->subject;
    const model_list *list = &g->ret->lists[kind->ordinal];

    if (kind == g->subject && og_str_eq(model_record_id(g->ret->subject), id))
        return g->ret->subject;
    for (size_t i = 0; i < list->count; i++)
        if (og_str_eq(model_record_id(list->records[i]), id))
            return list->records[i];
    if (list->known || owner)
        return NULL;
    /* Known only by its id; asked last without an owner. */
    const model_record *stub = model_record_stub(g->reader.arena, kind, id);
    g->failed = g->failed || !stub;
    return stub ? stub : g->ret->subject; /* no finding: nobody's file is wrong */
}

static og_str nearest(void *context, const model_kind *kind, og_str id)
{
    const given_reader *g = context;
    const model_list *list = &g->ret->lists[(kind ? kind : g->subject)->ordinal];

    for (size_t i = 0; i < list->count; i++) {
        og_str candidate = model_record_id(list->records[i]);
        if (og_str_nearest(id, &candidate, 1).n)
            return candidate;
    }
    return (og_str){0};
}

/* ---- The whole ---- */

static int read_all(given_reader *g, og_instant as_of, og_error *err)
{
    char name[128];

    g->ret->lists = OG_ARRAY(g->reader.arena, g->policy->kinds->count, model_list);
    if (!g->ret->lists)
        return og_nomem(err);
    snprintf(name, sizeof name, "%.*s", OG_FMT(g->subject->name));
    int rc = read_subject(g, name, &g->ret->subject, err);
    if (rc == OG_OK && !g->ret->subject) {
        g->ret->subject = model_record_stub(g->reader.arena, g->subject, nameless);
        if (!g->ret->subject)
            rc = og_nomem(err);
    }
    if (rc == OG_OK)
        rc = read_subject(g, "baseline", &g->ret->baseline, err);
    return rc == OG_OK ? read_lists(g, as_of, err) : rc;
}

int model_given_read(const model_register *policy, const model_file *file,
                     const og_node *given, const model_kind *subject, og_instant as_of,
                     og_arena *arena, og_diags *diags, model_given *ret, og_error *err)
{
    given_reader g = {.policy = policy,
                      .file = file,
                      .given = given,
                      .subject = subject,
                      .ret = ret,
                      .reader = {.arena = arena,
                                 .diags = diags,
                                 .file = file,
                                 .source = file->text,
                                 .zone = policy->zone,
                                 .partial = true}};

    *ret = (model_given){0};
    if (given->kind != OG_NODE_MAP) {
        og_diags_add(diags, OG_LEVEL_ERROR, "wrong-type",
                     og_node_pos(&file->document, given), file->text,
                     "'given' is a mapping, not %s", og_node_what(given));
        return OG_OK;
    }
    int rc = read_all(&g, as_of, err);
    if (rc != OG_OK)
        return rc;
    model_resolver resolver = {.find = find, .nearest = nearest, .context = &g};
    model_reader_resolve(&g.reader, &resolver);
    return g.failed ? og_nomem(err) : OG_OK;
}
