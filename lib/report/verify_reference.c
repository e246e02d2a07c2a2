/* Foreign keys whose other end is in the same file. */
#include "base/limits.h"
#include "base/utf8.h"
#include "report/verifier.h"

enum {
    FIRST_SWEEP = 1024 * 1024
};

typedef struct waiting_entry { /* in `waiting`, followed by key and text */
    uint64_t row, line;
    uint32_t key_n, text_n; /* bytes; text: the cell, cut, where there is one field */
} waiting_entry;

bool verify_is_within(const report_layout *layout, const report_reference *key)
{
    return key->resource.n == 0 || og_str_eq(key->resource, layout->report);
}

int verify_references_make(verifier *v, og_error *err)
{
    const report_layout *l = v->layout;
    int rc = OG_OK;

    v->references = OG_ARRAY(&v->arena, l->foreign_keys.count, reference_rule);
    if (!v->references)
        return og_nomem(err);
    for (size_t i = 0; i < l->foreign_keys.count && rc == OG_OK; i++) {
        const report_reference *key = &l->references[i];
        reference_rule *rule = &v->references[v->reference_count];
        if (!verify_is_within(l, key))
            continue;
        *rule = (reference_rule){.count = key->fields.count,
                                 .seen = verify_keyset(v->options),
                                 .waiting = {.limit = v->options->key_memory},
                                 .sweep = FIRST_SWEEP};
        rc = verify_key_columns(v, &key->fields, &rule->from, err);
        if (rc == OG_OK)
            rc = verify_key_columns(v, &key->to, &rule->to, err);
        v->reference_count++;
    }
    return rc;
}

void verify_references_done(verifier *v)
{
    for (size_t i = 0; i < v->reference_count; i++) {
        keyset_done(&v->references[i].seen);
        og_buf_done(&v->references[i].waiting);
    }
}

/* ---- Entries ---- */

typedef struct waiting_item {
    waiting_entry entry;
    og_str key, text;
    size_t end; /* where the next one begins */
} waiting_item;

static waiting_item item_at(const og_buf *waiting, size_t at)
{
    waiting_item item;
    const char *p = waiting->p + at;

    memcpy(&item.entry, p, sizeof item.entry);
    p += sizeof item.entry;
    item.key = (og_str){p, item.entry.key_n};
    item.text = (og_str){p + item.entry.key_n, item.entry.text_n};
    item.end = at + sizeof item.entry + item.key.n + item.text.n;
    return item;
}

/* Takes out what has come by now. */
static void sweep(reference_rule *rule)
{
    size_t kept = 0;

    for (size_t at = 0; at < rule->waiting.n;) {
        waiting_item item = item_at(&rule->waiting, at);
        if (!keyset_has(&rule->seen, item.key)) {
            memmove(rule->waiting.p + kept, rule->waiting.p + at, item.end - at);
            kept += item.end - at;
        }
        at = item.end;
    }
    rule->waiting.n = kept;
    rule->sweep = kept > FIRST_SWEEP / 2 ? 2 * kept : FIRST_SWEEP;
}

static int wait(verifier *v, reference_rule *rule, const csv_row *row, og_str key,
                og_error *err)
{
    og_str text = rule->count == 1 ? v->key_cells[rule->from[0]]->text : OG_STR("");
    og_str part = og_utf8_cut(text, VERIFY_VALUE_MAX);
    waiting_entry entry = {row->number, row->line, (uint32_t)key.n, (uint32_t)part.n};

    if (rule->waiting.n >= rule->sweep)
        sweep(rule);
    og_buf_put(&rule->waiting, (og_str){(const char *)&entry, sizeof entry});
    og_buf_put(&rule->waiting, key);
    og_buf_put(&rule->waiting, part);
    if (rule->waiting.failed == OG_E_LIMIT)
        return og_fail(err, OG_E_LIMIT,
                       "the references from rows to later ones take more than "
                       "%llu MiB: foreign keys cannot be checked in a file of this size",
                       (unsigned long long)(rule->waiting.limit ? rule->waiting.limit
                                                                : OG_LIMIT_BUFFER) /
                           OG_MIB);
    return og_buf_check(&rule->waiting, err);
}

/* ---- Rows ---- */

static bool all_set(const verifier *v, const size_t *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (v->key_cells[columns[i]]->state != KEY_SET)
            return false;
    return true;
}

static int check_rule(verifier *v, reference_rule *rule, const csv_row *row,
                      og_error *err)
{
    uint64_t first;
    og_str key;
    int rc = OG_OK;

    if (all_set(v, rule->to, rule->count)) {
        rc = verify_key_of(v, rule->to, rule->count, &key, err);
        if (rc == OG_OK)
            rc = keyset_add(&rule->seen, key, row->number, &first, err);
        if (rc < 0)
            return rc;
    }
    if (!all_set(v, rule->from, rule->count))
        return OG_OK;
    rc = verify_key_of(v, rule->from, rule->count, &key, err);
    if (rc != OG_OK || keyset_has(&rule->seen, key))
        return rc;
    return wait(v, rule, row, key, err);
}

int verify_references_row(verifier *v, const csv_row *row, og_error *err)
{
    int rc = OG_OK;

    for (size_t i = 0; i < v->reference_count && rc == OG_OK; i++)
        rc = check_rule(v, &v->references[i], row, err);
    return rc;
}

/* ---- The end ---- */

static int add_finding(verifier *v, const reference_rule *rule, const waiting_item *item,
                       og_error *err)
{
    const column *from = &v->columns[rule->from[0]];
    const og_str name = v->columns[rule->to[0]].field->name;
    verify_place place = {.row = item->entry.row, .line = item->entry.line};

    if (rule->count > 1)
        return verify_add(v, VERIFY_FOREIGN_KEY, place, err,
                          "no row has what this one refers to in '%.*s' and other fields",
                          OG_FMT(name));
    place.field = from->field;
    place.value = &item->text;
    place.column = verify_column_of(v, from);
    return verify_add(v, VERIFY_FOREIGN_KEY, place, err, "no row has this '%.*s'",
                      OG_FMT(name));
}

int verify_references_end(verifier *v, og_error *err)
{
    int rc = OG_OK;

    for (size_t i = 0; i < v->reference_count; i++) {
        reference_rule *rule = &v->references[i];
        sweep(rule);
        for (size_t at = 0; at < rule->waiting.n && rc == OG_OK;) {
            waiting_item item = item_at(&rule->waiting, at);
            rc = add_finding(v, rule, &item, err);
            at = item.end;
        }
    }
    return rc;
}
