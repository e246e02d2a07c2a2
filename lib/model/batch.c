/* Evidence: batches of records of one kind, from one supplier, as of one moment. */
#include "model/load.h"

typedef struct batch_read { /* one file at hand */
    register_loader *l;
    const model_file *file;
    model_batch *batch;
    const model_record *header; /* form `batch` */
} batch_read;

static og_diag *finding(batch_read *b, const og_node *node, const char *code,
                        const char *text)
{
    return og_diags_add(b->l->diags, OG_LEVEL_ERROR, code,
                        og_node_pos(&b->file->document, node), b->file->text, "%s", text);
}

/* The kind of the batch, or NULL after a finding. */
static const model_kind *read_kind(batch_read *b, const og_node *root)
{
    const model_kinds *kinds = b->l->reg->kinds;
    const og_node *node = og_node_get(root, OG_STR("kind"));
    if (!node || node->kind != OG_NODE_SCALAR || og_node_is_null(node)) {
        og_diag *d = finding(b, node ? node : root, "missing-field",
                             "a batch begins with the kind of its records");
        og_diags_hint(b->l->diags, d, "kind: test_phase");
        return NULL;
    }
    const model_kind *kind = model_kind_named(kinds, node->text);
    og_diag *d;
    if (!kind && b->l->kinds_broken)
        return NULL;
    if (!kind) {
        d = finding(b, node, "unknown-kind", "there is no such kind");
        og_str near = model_kind_nearest(kinds, node->text);
        if (near.n)
            og_diags_hint(b->l->diags, d, "did you mean '%.*s'?", OG_FMT(near));
        else
            og_diags_hint(b->l->diags, d, "describe it in 'kinds/%.*s.yaml'",
                          OG_FMT(node->text));
    } else if (kind->home.n) {
        d = finding(b, node, "kind-has-home",
                    "records of this kind do not come in batches");
        og_diags_hint(b->l->diags, d, "they stand in '%.*s'", OG_FMT(kind->home));
    } else if (kind->embedded) {
        finding(b, node, "kind-is-embedded",
                "records of this kind stand inside others and do not come in batches");
    } else if (kind->computed) {
        finding(b, node, "kind-is-computed",
                "records of this kind are computed from others and never written");
    } else {
        return kind;
    }
    return NULL;
}

/* `release: 2021-11`, where the kind belongs to a release. */
static const model_record *read_owner(batch_read *b, const og_node *root)
{
    const model_kind *owner = b->batch->kind->belongs_to;
    const og_node *node = og_node_get(root, owner->name);
    if (!node || node->kind != OG_NODE_SCALAR || og_node_is_null(node)) {
        og_diag *d =
            og_diags_add(b->l->diags, OG_LEVEL_ERROR, "missing-field",
                         og_node_pos(&b->file->document, node ? node : root),
                         b->file->text, "'%.*s' is missing", OG_FMT(owner->name));
        og_diags_hint(b->l->diags, d, "the %.*s these records are about",
                      OG_FMT(owner->name));
        return NULL;
    }
    const model_record *record = model_find(b->l->reg, owner, NULL, node->text);
    if (record || b->l->reg->home_unread[owner->ordinal])
        return record;
    og_diag *d =
        og_diags_add(b->l->diags, OG_LEVEL_ERROR, "dangling-reference",
                     og_node_pos(&b->file->document, node), b->file->text,
                     "there is no %.*s '%.*s'", OG_FMT(owner->name), OG_FMT(node->text));
    og_str near = model_find_nearest(b->l->reg, owner, node->text);
    if (near.n)
        og_diags_hint(b->l->diags, d, "did you mean '%.*s'?", OG_FMT(near));
    return NULL;
}

static void read_covers(batch_read *b)
{
    const model_record *covers = model_record_sub(b->header, "covers");
    if (!covers)
        return;
    og_value from = model_record_get(covers, "from"), to = model_record_get(covers, "to");
    if (from.kind != OG_DATE || to.kind != OG_DATE)
        return;
    if (from.as.i > to.as.i) {
        og_diags_add(b->l->diags, OG_LEVEL_ERROR, "bad-period",
                     model_record_field_pos(covers, 2), b->file->text,
                     "the period ends before it begins");
        return;
    }
    b->batch->has_covers = true;
    b->batch->covers_from = (og_date)from.as.i;
    b->batch->covers_to = (og_date)to.as.i;
}

/* What the batch says of itself; *ret_ok false: something that matters is missing. */
static int read_header(batch_read *b, const og_node *root, bool *ret_ok, og_error *err)
{
    model_reader *r = &b->l->reader;
    const model_kind *owner = b->batch->kind->belongs_to;
    model_record *header;
    r->also = owner ? owner->name : (og_str){NULL, 0};
    *ret_ok = false;
    int rc = model_read_record(r, &b->file->document, root,
                               model_form(b->l->reg->kinds, "batch"), NULL, NULL, &header,
                               err);
    if (rc != OG_OK || !header)
        return rc;
    b->header = header;
    b->batch->series = model_record_text(header, "series");
    b->batch->source = model_record_text(header, "source");
    b->batch->supplied_by = model_record_text(header, "supplied_by");
    og_value as_of = model_record_get(header, "as_of");
    b->batch->as_of = og_instant_of(as_of);
    read_covers(b);
    if (owner)
        b->batch->owner = read_owner(b, root);
    *ret_ok =
        as_of.kind == OG_TIMESTAMP && b->batch->series.n && (!owner || b->batch->owner);
    return OG_OK;
}

static int read_inline(batch_read *b, const og_node *list, og_error *err)
{
    model_batch *batch = b->batch;
    batch->records =
        OG_ARRAY(&b->l->reg->arena, (size_t)list->count + 1, const model_record *);
    if (!batch->records)
        return og_nomem(err);
    for (uint32_t i = 0; i < list->count; i++) {
        model_record *record;
        int rc = model_read_record(&b->l->reader, &b->file->document, list->items[i],
                                   batch->kind, batch->owner, batch, &record, err);
        if (rc != OG_OK)
            return rc;
        if (record)
            batch->records[batch->record_count++] = record;
    }
    return OG_OK;
}

static int read_records(batch_read *b, const og_node *root, og_error *err)
{
    const og_node *node = og_node_get(root, OG_STR("records"));
    if (!node || og_node_is_null(node))
        return OG_OK; /* the form has said so */
    if (node->kind == OG_NODE_SEQ)
        return read_inline(b, node, err);
    if (node->kind == OG_NODE_MAP && og_node_get(node, OG_STR("csv")))
        return register_load_csv(b->l, b->batch, node, err);
    if (node->kind == OG_NODE_MAP && og_node_get(node, OG_STR("json")))
        return register_load_json(b->l, b->batch, node, err);
    if (node->kind == OG_NODE_MAP && og_node_get(node, OG_STR("junit")))
        return register_load_junit(b->l, b->batch, node, err);
    og_diag *d = finding(b, node, "wrong-type",
                         "'records' is a list, or says where the records are");
    og_diags_hint(b->l->diags, d,
                  "[] where there are none; {csv: FILE}, {json: FILE}, {junit: FILES}");
    return OG_OK;
}

/* Two records with one id in one batch; records are sorted. */
static void check_ids(batch_read *b)
{
    const model_batch *batch = b->batch;
    for (size_t i = 1; i < batch->record_count; i++) {
        const model_record *first = batch->records[i - 1], *second = batch->records[i];
        og_str id = model_record_id(second);
        if (id.n == 0 || !og_str_eq(id, model_record_id(first)))
            continue;
        og_diag *d = og_diags_add(b->l->diags, OG_LEVEL_ERROR, "duplicate-id",
                                  model_record_pos(second), second->file->text,
                                  "'%.*s' is in this batch twice", OG_FMT(id));
        og_diags_hint(b->l->diags, d, "the other one is at %.*s:%u",
                      OG_FMT(first->file->path), first->line);
    }
}

static int enter_batch(register_loader *l, const model_batch *batch, og_error *err)
{
    model_register *reg = l->reg;
    if (reg->batch_count == l->batch_cap) {
        size_t cap = l->batch_cap ? 2 * l->batch_cap : 32;
        const model_batch **more = OG_ARRAY(&reg->arena, cap, const model_batch *);
        if (!more)
            return og_nomem(err);
        if (reg->batch_count)
            memcpy(more, reg->batches, reg->batch_count * sizeof *more);
        reg->batches = more;
        l->batch_cap = cap;
    }
    reg->batches[reg->batch_count++] = batch;
    return OG_OK;
}

int register_load_batch(register_loader *l, const model_file *file, og_error *err)
{
    const og_node *root = file->document.root;
    batch_read b = {.l = l, .file = file};
    if (!root || root->kind != OG_NODE_MAP) {
        og_pos pos = {.path = file->path.p, .line = 1, .column = 1};
        og_diags_add(l->diags, OG_LEVEL_ERROR, "wrong-type", pos, file->text,
                     "a batch is a mapping that begins with 'kind: NAME'");
        return OG_OK;
    }
    b.batch = OG_NEW(&l->reg->arena, model_batch);
    if (!b.batch)
        return og_nomem(err);
    l->reader.file = file;
    l->reader.source = file->text;
    b.batch->file = file;
    b.batch->line = root->line;
    b.batch->column = root->column;
    b.batch->kind = read_kind(&b, root);
    if (!b.batch->kind || (l->kinds_broken && !b.batch->kind->builtin))
        return OG_OK;
    bool ok;
    int rc = read_header(&b, root, &ok, err);
    if (rc == OG_OK)
        rc = read_records(&b, root, err);
    if (rc == OG_OK)
        rc = register_sort_records(&l->reg->arena, b.batch->records,
                                   b.batch->record_count, err);
    if (rc != OG_OK)
        return rc;
    check_ids(&b);
    return ok ? enter_batch(l, b.batch, err) : OG_OK;
}
