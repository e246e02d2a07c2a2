/* A batch counted from JUnit reports: one record, whose counts of tests come from the
 * files and whose other fields stand beside `junit`. Works for every kind that has whole
 * numbers `passed` and `failed`; `planned`, `executed`, `errored` and `skipped` are
 * filled where the kind has them. */
#include "base/map.h"
#include "model/batch_files.h"
#include "model/junit.h"

typedef enum count { /* ORDER: count_names */
    COUNT_PLANNED,
    COUNT_EXECUTED,
    COUNT_PASSED,
    COUNT_FAILED,
    COUNT_ERRORED,
    COUNT_SKIPPED,
    COUNT_COUNT
} count;

static const char *const count_names[] = {"planned", "executed", "passed",
                                          "failed",  "errored",  "skipped"}; /* ORDER */
_Static_assert(sizeof count_names / sizeof *count_names == COUNT_COUNT, "counts");

static bool has_count(const model_kind *kind, count c)
{
    int slot = model_kind_slot(kind, og_str_from(count_names[c]));
    return slot > 0 && model_kind_field(kind, (uint32_t)slot)->type.base == MODEL_INT;
}

/* Whether the kind can be counted, and nobody has counted by hand. */
static bool check_fields(batch_files *b)
{
    const model_kind *kind = b->batch->kind;
    size_t errors = b->l->diags->errors;
    if (!has_count(kind, COUNT_PASSED) || !has_count(kind, COUNT_FAILED)) {
        og_diag *d = batch_finding(b, "junit", "not-countable", kind->name,
                                   "has no counts of tests to fill");
        og_diags_hint(b->l->diags, d,
                      "a kind with 'passed' and 'failed' of type int: test_phase");
        return false;
    }
    for (count c = COUNT_EXECUTED; c < COUNT_COUNT; c++) {
        og_str name = og_str_from(count_names[c]);
        if (!has_count(kind, c) || !og_node_get(b->node, name))
            continue;
        og_diag *d = batch_finding(b, count_names[c], "counted-twice", name,
                                   "is counted from the reports");
        og_diags_hint(b->l->diags, d, "leave it out");
    }
    return b->l->diags->errors == errors;
}

static uint64_t count_of(const model_kind *kind, const junit_counts *c, count what)
{
    switch (what) {
    case COUNT_PLANNED:
        return c->tests;
    case COUNT_EXECUTED:
        return c->passed + c->failed + c->errored;
    case COUNT_PASSED:
        return c->passed;
    case COUNT_FAILED: /* where nothing else tells of errors, they are failures */
        return c->failed + (has_count(kind, COUNT_ERRORED) ? 0 : c->errored);
    case COUNT_ERRORED:
        return c->errored;
    default:
        return c->skipped;
    }
}

static og_node *make_scalar(og_arena *arena, const og_node *at, og_str text)
{
    og_node *node = text.p ? OG_NEW(arena, og_node) : NULL;
    if (!node)
        return NULL;
    *node = *at; /* the position of the pattern */
    node->text = text;
    node->style = OG_STYLE_PLAIN;
    return node;
}

/* The record as it would be written by hand. */
static int make_mapping(batch_files *b, const junit_counts *counts, og_node **ret,
                        og_error *err)
{
    og_arena *arena = &b->l->reg->arena;
    const model_kind *kind = b->batch->kind;
    const og_pair *files = og_node_pair(b->node, OG_STR("junit"));
    og_node *node = OG_NEW(arena, og_node);
    og_pair *pairs = OG_ARRAY(arena, b->node->count + COUNT_COUNT, og_pair);
    if (!node || !pairs)
        return og_nomem(err);
    *node = *b->node;
    node->count = 0;
    node->pairs = pairs;
    for (uint32_t i = 0; i < b->node->count; i++)
        if (&b->node->pairs[i] != files)
            pairs[node->count++] = b->node->pairs[i];
    for (count c = COUNT_PLANNED; c < COUNT_COUNT; c++) {
        og_str name = og_str_from(count_names[c]);
        if (!has_count(kind, c) || og_node_get(b->node, name))
            continue;
        og_pair pair = {
            make_scalar(arena, files->value, name),
            make_scalar(arena, files->value,
                        og_arena_printf(arena, "%llu",
                                        (unsigned long long)count_of(kind, counts, c)))};
        if (!pair.key || !pair.value)
            return og_nomem(err);
        pairs[node->count++] = pair;
    }
    *ret = node;
    return OG_OK;
}

static void report_disagreements(batch_files *b, const junit_tally *t)
{
    og_diag *d = og_diags_add(b->l->diags, OG_LEVEL_WARNING, "junit-counts", t->first,
                              (og_str){NULL, 0}, "%.*s", OG_FMT(t->first_text));
    if (t->disagreements > 1)
        og_diags_hint(b->l->diags, d,
                      "so in %zu suites; what is there was counted, failures that are "
                      "not there as errored, other tests as skipped",
                      t->disagreements);
    else
        og_diags_hint(b->l->diags, d,
                      "what is there was counted, failures that are not there as "
                      "errored, other tests as skipped");
}

/* The same report under two names counts its tests twice. */
static int check_copies(batch_files *b, og_error *err)
{
    og_map seen;
    og_map_init(&seen, &b->l->reg->arena);
    for (size_t i = 0; i < b->batch->data_count; i++) {
        const model_file *file = b->batch->data[i];
        int added = og_map_add(&seen, og_str_from(file->blob), (void *)file);
        if (added < 0)
            return og_nomem(err);
        if (added > 0)
            continue;
        const model_file *first = og_map_get(&seen, og_str_from(file->blob));
        og_pos pos = {.path = file->path.p, .line = 1, .column = 1};
        og_diag *d = og_diags_add(b->l->diags, OG_LEVEL_WARNING, "duplicate-report", pos,
                                  (og_str){NULL, 0}, "this is the same report as '%.*s'",
                                  OG_FMT(first->path));
        og_diags_hint(b->l->diags, d, "its tests count twice: remove one");
    }
    return OG_OK;
}

static int read_reports(batch_files *b, junit_tally *tally, og_error *err)
{
    for (size_t i = 0; i < b->batch->data_count; i++) {
        const model_file *file = b->batch->data[i];
        og_error local = {0}; /* "invalid": the finding says more */
        int rc = junit_read(tally, file->path.p, file->text, b->l->diags, &local);
        if (rc != OG_OK && rc != OG_E_INVALID) {
            rc = og_fail(err, rc, "%s", og_error_text(&local));
            og_error_done(&local);
            return rc;
        }
        og_error_done(&local);
    }
    if (tally->disagreements > 0)
        report_disagreements(b, tally);
    return check_copies(b, err);
}

static int read_record(batch_files *b, const junit_counts *counts, og_error *err)
{
    og_node *node = NULL;
    model_record *record = NULL;
    int rc = make_mapping(b, counts, &node, err);
    if (rc == OG_OK)
        rc = model_read_record(&b->l->reader, b->doc, node, b->batch->kind,
                               b->batch->owner, b->batch, &record, err);
    return rc == OG_OK && record ? batch_enter(b, record, err) : rc;
}

int register_load_junit(register_loader *l, model_batch *batch, const og_node *records,
                        og_error *err)
{
    batch_files b = {
        .l = l, .batch = batch, .node = records, .doc = &batch->file->document};
    const og_node *pattern = og_node_get(records, OG_STR("junit"));
    junit_tally tally = {.arena = &l->reg->arena};
    size_t matched, errors = l->diags->errors;
    if (pattern->kind != OG_NODE_SCALAR || pattern->text.n == 0) {
        og_diag *d = og_diags_add(
            l->diags, OG_LEVEL_ERROR, "wrong-type", og_node_pos(b.doc, pattern),
            b.doc->source, "'junit' must be a path, not %s", og_node_what(pattern));
        og_diags_hint(l->diags, d, "of one report, or of several: results/*.xml");
        return OG_OK;
    }
    bool countable = check_fields(&b);
    int rc = batch_open_all(&b, "junit", pattern->text, &matched, err);
    if (rc != OG_OK || !countable)
        return rc;
    batch->no_evidence = matched == 0 && l->diags->errors == errors;
    rc = read_reports(&b, &tally, err);
    if (rc != OG_OK || l->diags->errors > errors || matched == 0)
        return rc;
    return read_record(&b, &tally.counts, err);
}
