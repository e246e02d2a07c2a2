/* Which evidence counts at a moment: of each series the latest batch not after it. */
#include "model/load.h"

#include <stdlib.h>

/* ---- Order ---- */

static og_str owner_id(const model_batch *b)
{
    return b->owner ? model_record_id(b->owner) : (og_str){NULL, 0};
}

int register_compare_series(const model_batch *a, const model_batch *b)
{
    if (a->kind != b->kind)
        return a->kind->ordinal < b->kind->ordinal ? -1 : 1;
    int order = og_str_cmp(owner_id(a), owner_id(b));
    return order ? order : og_str_cmp(a->series, b->series);
}

static int compare_batches(const void *x, const void *y)
{
    const model_batch *a = *(const model_batch *const *)x;
    const model_batch *b = *(const model_batch *const *)y;
    int order = register_compare_series(a, b);
    if (!order)
        order = og_instant_cmp(a->as_of, b->as_of);
    return order ? order : og_str_cmp(a->file->path, b->file->path);
}

void register_link_batches(model_register *reg)
{
    if (reg->batch_count == 0)
        return;
    qsort(reg->batches, reg->batch_count, sizeof *reg->batches, compare_batches);
    for (size_t i = 1; i < reg->batch_count; i++)
        if (register_compare_series(reg->batches[i - 1], reg->batches[i]) == 0)
            ((model_batch *)reg->batches[i])->superseded = reg->batches[i - 1];
}

typedef struct sort_entry { /* the id's first bytes decide most comparisons */
    uint64_t prefix;
    const model_record *record;
    size_t index; /* keeps the sort stable */
} sort_entry;

static uint64_t prefix_of(og_str id)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (i < id.n ? (unsigned char)id.p[i] : 0);
    return prefix;
}

static int compare_entries(const void *x, const void *y)
{
    const sort_entry *a = x, *b = y;
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix ? -1 : 1;
    int order = og_str_cmp(model_record_id(a->record), model_record_id(b->record));
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static bool is_sorted(const model_record *const *records, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (og_str_cmp(model_record_id(records[i - 1]), model_record_id(records[i])) > 0)
            return false;
    return true;
}

int register_sort_records(og_arena *arena, const model_record **records, size_t count,
                          og_error *err)
{
    if (is_sorted(records, count))
        return OG_OK;
    sort_entry *entries = OG_ARRAY(arena, count, sort_entry);
    if (!entries)
        return og_nomem(err);
    for (size_t i = 0; i < count; i++)
        entries[i] = (sort_entry){prefix_of(model_record_id(records[i])), records[i], i};
    qsort(entries, count, sizeof *entries, compare_entries);
    for (size_t i = 0; i < count; i++)
        records[i] = entries[i].record;
    return OG_OK;
}

/* ---- Live ---- */

typedef struct live_query {
    const model_register *reg;
    const model_kind *kind;
    const model_record *owner;
    og_instant at;
    og_arena *arena;
    og_diags *diags;
    bool conflict;
} live_query;

/* The same record, also when it was loaded from another revision. */
static bool is_owner(const model_record *a, const model_record *b)
{
    if (!a || !b)
        return a == b;
    return a->kind == b->kind && og_str_eq(model_record_id(a), model_record_id(b));
}

static int live_home(live_query *q, model_list *ret, og_error *err)
{
    size_t k = q->kind->ordinal, count = q->reg->list_counts[k];
    ret->records = OG_ARRAY(q->arena, count + 1, const model_record *);
    if (!ret->records)
        return og_nomem(err);
    bool owned = q->kind->belongs_to || q->kind->home.n == 0;
    for (size_t i = 0; i < count; i++) {
        const model_record *record = q->reg->lists[k][i];
        if (!owned || is_owner(record->owner, q->owner))
            ret->records[ret->count++] = record;
    }
    ret->known = q->reg->home_seen[k] || (q->kind->embedded && q->owner);
    return register_sort_records(q->arena, ret->records, ret->count, err);
}

/* First batch of the kind and owner, by binary search; series and as_of come after. */
static size_t first_batch(const live_query *q)
{
    model_batch key = {.kind = q->kind, .owner = q->owner};
    size_t low = 0, high = q->reg->batch_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (register_compare_series(q->reg->batches[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void report_tie(live_query *q, const model_batch *a, const model_batch *b)
{
    og_pos pos = {.path = b->file->path.p, .line = b->line, .column = b->column};
    og_diag *d = og_diags_add(
        q->diags, OG_LEVEL_ERROR, "conflicting-batches", pos, b->file->text,
        "two batches of series '%.*s' are as of the same moment", OG_FMT(b->series));
    og_diags_hint(q->diags, d, "the other one is '%.*s'; a correction says a later as_of",
                  OG_FMT(a->file->path));
    q->conflict = true;
}

/* The live batch among [from, to), one series; NULL when all are later than `at`. */
static const model_batch *live_of_series(live_query *q, size_t from, size_t to)
{
    const model_batch *const *batches = q->reg->batches;
    size_t n = to;
    while (n > from && og_instant_cmp(batches[n - 1]->as_of, q->at) > 0)
        n--;
    if (n == from)
        return NULL;
    if (n - from > 1 && og_instant_cmp(batches[n - 2]->as_of, batches[n - 1]->as_of) == 0)
        report_tie(q, batches[n - 2], batches[n - 1]);
    return batches[n - 1];
}

/* The file that says so: the batch's, not the CSV's beside it. */
static og_str said_in(const model_record *r)
{
    return r->batch ? r->batch->file->path : r->file->path;
}

static int collect_batches(live_query *q, model_list *ret, og_error *err)
{
    const model_register *reg = q->reg;
    size_t from = first_batch(q), end = from;
    model_batch key = {.kind = q->kind, .owner = q->owner};
    while (end < reg->batch_count) { /* any series of this kind and owner */
        key.series = reg->batches[end]->series;
        if (register_compare_series(reg->batches[end], &key) != 0)
            break;
        end++;
    }
    ret->batches = OG_ARRAY(q->arena, end - from + 1, const model_batch *);
    if (!ret->batches)
        return og_nomem(err);
    while (from < end) {
        size_t to = from + 1;
        while (to < end &&
               register_compare_series(reg->batches[from], reg->batches[to]) == 0)
            to++;
        const model_batch *live = live_of_series(q, from, to);
        if (live && !live->no_evidence)
            ret->batches[ret->batch_count++] = live;
        from = to;
    }
    return OG_OK;
}

static void report_conflicts(live_query *q, const model_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        const model_record *a = list->records[i - 1], *b = list->records[i];
        og_str id = model_record_id(b);
        if (id.n == 0 || !og_str_eq(id, model_record_id(a)))
            continue;
        og_diag *d = og_diags_add(q->diags, OG_LEVEL_ERROR, "conflicting-records",
                                  model_record_pos(b), b->file->text,
                                  "two live records of %.*s have the id '%.*s'",
                                  OG_FMT(q->kind->name), OG_FMT(id));
        og_diags_hint(
            q->diags, d, "the other one is at %.*s:%u; they come from '%.*s' and '%.*s'",
            OG_FMT(a->file->path), a->line, OG_FMT(said_in(a)), OG_FMT(said_in(b)));
        q->conflict = true;
    }
}

static int live_batches(live_query *q, model_list *ret, og_error *err)
{
    int rc = collect_batches(q, ret, err);
    if (rc != OG_OK)
        return rc;
    size_t total = 0;
    for (size_t i = 0; i < ret->batch_count; i++)
        total += ret->batches[i]->record_count;
    ret->records = OG_ARRAY(q->arena, total + 1, const model_record *);
    if (!ret->records)
        return og_nomem(err);
    for (size_t i = 0; i < ret->batch_count; i++) {
        const model_batch *batch = ret->batches[i];
        if (batch->record_count)
            memcpy(ret->records + ret->count, batch->records,
                   batch->record_count * sizeof *batch->records);
        ret->count += batch->record_count;
    }
    ret->known = ret->batch_count > 0;
    rc = register_sort_records(q->arena, ret->records, ret->count, err);
    if (rc == OG_OK)
        report_conflicts(q, ret);
    return rc;
}

int model_live(const model_register *reg, const model_kind *kind,
               const model_record *owner, og_instant at, og_arena *arena, og_diags *diags,
               model_list *ret, og_error *err)
{
    live_query q = {.reg = register_supplier(reg, kind),
                    .kind = kind,
                    .owner = owner,
                    .at = at,
                    .arena = arena,
                    .diags = diags};
    model_list list = {0};
    bool dated = kind->home.n == 0 && !kind->embedded;
    if (dated && !kind->belongs_to)
        q.owner = NULL;
    int rc = dated ? live_batches(&q, &list, err) : live_home(&q, &list, err);
    if (rc != OG_OK)
        return rc;
    if (q.conflict)
        return og_fail(err, OG_E_CONFLICT, "evidence of kind '%.*s' contradicts itself",
                       OG_FMT(kind->name));
    *ret = list;
    return OG_OK;
}

int model_check_live(const model_register *reg, og_instant at, og_diags *diags,
                     og_error *err)
{
    og_arena arena = {0};
    int rc = OG_OK;
    for (size_t i = 0; i < reg->batch_count && rc == OG_OK; i++) {
        const model_batch *b = reg->batches[i], *before = i ? reg->batches[i - 1] : NULL;
        if (before && before->kind == b->kind && is_owner(before->owner, b->owner))
            continue;
        og_error ignored = {0}; /* of conflicts: the findings say more */
        model_list list;
        rc = model_live(reg, b->kind, b->owner, at, &arena, diags, &list, &ignored);
        if (rc == OG_E_CONFLICT)
            rc = OG_OK;
        else if (rc != OG_OK)
            og_nomem(err);
        og_error_done(&ignored);
    }
    og_arena_done(&arena);
    return rc;
}

void model_check_future(const model_register *reg, og_instant now, og_diags *diags)
{
    char text[36];
    for (size_t i = 0; i < reg->batch_count; i++) {
        const model_batch *b = reg->batches[i];
        if (og_instant_cmp(b->as_of, now) <= 0)
            continue;
        og_pos pos = {.path = b->file->path.p, .line = b->line, .column = b->column};
        const og_node *as_of = og_node_get(b->file->document.root, OG_STR("as_of"));
        if (as_of)
            pos = og_node_pos(&b->file->document, as_of);
        og_instant_format(now, text);
        og_diag *d = og_diags_add(diags, OG_LEVEL_ERROR, "future-evidence", pos,
                                  b->file->text, "this evidence is from the future");
        og_diags_hint(diags, d,
                      "it is %s now; correct as_of, or judge a later moment with "
                      "--at",
                      text);
    }
}

/* ---- Vanished ---- */

static bool is_open(const model_record *r)
{
    const model_kind *kind = r->kind;
    og_value state = r->object.fields[kind->lifecycle_slot];
    for (size_t i = 0; i < kind->open_count; i++)
        if (state.kind == OG_STRING && og_str_eq(og_text(state), kind->open_words[i]))
            return true;
    return false;
}

typedef struct vanished_list {
    og_arena *arena;
    og_map seen; /* ids in live and in later batches */
    const model_record **records;
    size_t count, cap;
} vanished_list;

static int add_vanished(vanished_list *v, const model_record *record, og_error *err)
{
    if (v->count == v->cap) {
        size_t cap = v->cap ? 2 * v->cap : 8;
        const model_record **more = OG_ARRAY(v->arena, cap, const model_record *);
        if (!more)
            return og_nomem(err);
        if (v->count)
            memcpy(more, v->records, v->count * sizeof *more);
        v->records = more;
        v->cap = cap;
    }
    v->records[v->count++] = record;
    return OG_OK;
}

/* Of a superseded batch: what no later one of the series and no live one has. */
static int look_through(vanished_list *v, const model_batch *batch, og_error *err)
{
    for (size_t i = 0; i < batch->record_count; i++) {
        const model_record *record = batch->records[i];
        int added = og_map_add(&v->seen, model_record_id(record), (void *)record);
        if (added < 0)
            return og_nomem(err);
        int rc = added && is_open(record) ? add_vanished(v, record, err) : OG_OK;
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

int model_vanished(const model_list *live, const model_kind *kind, og_arena *arena,
                   const model_record ***ret, size_t *ret_count, og_error *err)
{
    vanished_list v = {.arena = arena};
    int rc = OG_OK;
    for (size_t b = 0; kind->lifecycle_slot >= 0 && b < live->batch_count; b++) {
        const model_batch *batch = live->batches[b]->superseded;
        if (!batch)
            continue;
        og_map_init(&v.seen, arena);
        for (size_t i = 0; i < live->count && rc == OG_OK; i++)
            if (og_map_add(&v.seen, model_record_id(live->records[i]),
                           (void *)live->records[i]) < 0)
                rc = og_nomem(err);
        for (; batch && rc == OG_OK; batch = batch->superseded)
            rc = look_through(&v, batch, err);
    }
    if (rc == OG_OK)
        rc = register_sort_records(arena, v.records, v.count, err);
    if (rc != OG_OK)
        return rc;
    *ret = v.records;
    *ret_count = v.count;
    return OG_OK;
}
