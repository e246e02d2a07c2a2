/* Values that no two rows may share. */
#include "base/digest.h"
#include "report/verifier.h"

typedef struct key_entry { /* in a log, followed by key and text */
    uint64_t row, line, hash;
    uint32_t rule; /* index */
    uint32_t key_n,
        text_n;    /* bytes; text: the cell's first ones, of a key of one field */
    uint32_t size; /* of all */
} key_entry;

enum {
    LOG = 16 * 1024,             /* bytes that are gathered before they are taken */
    AHEAD = 1024,                /* bytes of entries whose slots are on their way */
    SHOWN = VERIFY_VALUE_MAX + 4 /* bytes of a text: enough to tell that it goes on */
};

/* ---- Making ---- */

keyset verify_keyset(const verify_options *options)
{
    return (keyset){.limit = options->key_memory,
                    .seed = {options->seed[0], options->seed[1]}};
}

int verify_key_columns(verifier *v, const report_words *names, const size_t **ret,
                       og_error *err)
{
    size_t *columns = OG_ARRAY(&v->arena, names->count, size_t);

    if (!columns)
        return og_nomem(err);
    for (size_t i = 0; i < names->count; i++) {
        int index = report_layout_index(v->layout, names->items[i]);
        if (index < 0)
            return og_fail(err, OG_E_INVALID, "a key names '%.*s', which is no field",
                           OG_FMT(names->items[i]));
        columns[i] = (size_t)index;
        if (!v->key_cells[index])
            v->key_cells[index] = OG_NEW(&v->arena, key_cell);
        if (!v->key_cells[index])
            return og_nomem(err);
    }
    *ret = columns;
    return OG_OK;
}

static int add_rule(verifier *v, verify_rule rule, const report_words *names,
                    og_error *err)
{
    const size_t *columns;

    int rc = verify_key_columns(v, names, &columns, err);
    if (rc == OG_OK)
        v->keys[v->key_count++] = (key_rule){.rule = rule,
                                             .columns = columns,
                                             .count = names->count,
                                             .seen = verify_keyset(v->options)};
    return rc;
}

int verify_keys_make(verifier *v, og_error *err)
{
    const report_layout *l = v->layout;
    int rc = OG_OK;

    v->key_cells = OG_ARRAY(&v->arena, l->field_count, key_cell *);
    v->keys = OG_ARRAY(&v->arena, l->field_count + l->unique_key_count + 1, key_rule);
    if (!v->key_cells || !v->keys)
        return og_nomem(err);
    if (l->primary_key.count > 0)
        rc = add_rule(v, VERIFY_PRIMARY_KEY, &l->primary_key, err);
    for (size_t i = 0; i < l->unique_key_count && rc == OG_OK; i++)
        rc = add_rule(v, VERIFY_UNIQUE_KEY, &l->unique_keys[i], err);
    for (size_t i = 0; i < l->field_count && rc == OG_OK; i++) {
        const report_words name = {&l->fields[i].name, 1};
        if (l->fields[i].unique)
            rc = add_rule(v, VERIFY_UNIQUE, &name, err);
    }
    return rc;
}

void verify_keys_done(verifier *v)
{
    for (size_t i = 0; i < v->key_count; i++)
        keyset_done(&v->keys[i].seen);
    og_buf_done(&v->key);
    og_buf_done(&v->log.entries);
}

/* ---- A row ---- */

int verify_key_of(verifier *v, const size_t *columns, size_t count, og_str *ret,
                  og_error *err)
{
    if (count == 1) {
        *ret = v->key_cells[columns[0]]->key;
        return OG_OK;
    }
    og_buf_clear(&v->key);
    for (size_t i = 0; i < count; i++) {
        og_str part = v->key_cells[columns[i]]->key;
        uint32_t n = (uint32_t)part.n;
        og_buf_put(&v->key, (og_str){(const char *)&n, sizeof n});
        og_buf_put(&v->key, part);
    }
    *ret = og_buf_str(&v->key);
    if (ret->n > KEYSET_KEY_MAX) {
        unsigned char digest[OG_SHA256_SIZE];
        og_sha256_of(*ret, digest);
        og_buf_clear(&v->key);
        og_buf_put(&v->key, (og_str){(const char *)digest, sizeof digest});
        *ret = og_buf_str(&v->key);
    }
    return og_buf_check(&v->key, err);
}

/* Of one field its cell; of several the row. */
static verify_place key_place(const verifier *v, const size_t *columns, size_t count,
                              const csv_row *row)
{
    size_t index = columns[0];
    verify_place place = {.row = row->number, .line = row->line};

    if (count > 1)
        return place;
    place.field = &v->layout->fields[index];
    place.value = &v->key_cells[index]->text;
    place.column = verify_column_of(v, &v->columns[index]);
    return place;
}

/* ---- The log ---- */

static int repeated(verifier *v, const key_entry *e, og_str text, uint64_t first,
                    og_error *err)
{
    const key_rule *k = &v->keys[e->rule];
    const column *c = &v->columns[k->columns[0]];
    const char *name = k->rule == VERIFY_PRIMARY_KEY  ? "primary key"
                       : k->rule == VERIFY_UNIQUE_KEY ? "unique key"
                                                      : "value";
    verify_place place = {.row = e->row, .line = e->line};

    if (k->count == 1) {
        place.field = c->field;
        place.value = &text;
        place.column = verify_column_of(v, c);
    }
    return verify_add_late(v, k->rule, place, err, "row %llu has this %s",
                           (unsigned long long)first, name);
}

/* The slots of entries from `ahead` up to AHEAD bytes after `at`. */
static void expect(const verifier *v, key_log *log)
{
    while (log->ahead < log->entries.n && log->ahead < log->at + AHEAD) {
        key_entry e;
        memcpy(&e, log->entries.p + log->ahead, sizeof e);
        keyset_expect(&v->keys[e.rule].seen, e.hash);
        log->ahead += e.size;
    }
}

int verify_keys_take(verifier *v, key_log *log, size_t to, uint64_t rows, uint64_t lines,
                     og_error *err)
{
    while (log->at < to) {
        key_entry e;
        uint64_t first = 0;
        expect(v, log);
        const char *p = log->entries.p + log->at + sizeof e;
        memcpy(&e, p - sizeof e, sizeof e);
        log->at += e.size;
        e.row += rows;
        e.line += lines;
        int rc = keyset_add_hashed(&v->keys[e.rule].seen, (og_str){p, e.key_n}, e.hash,
                                   e.row, &first, err);
        if (rc == 0)
            rc = repeated(v, &e, (og_str){p + e.key_n, e.text_n}, first, err);
        if (rc < 0)
            return rc;
    }
    return OG_OK;
}

int verify_keys_flush(verifier *v, og_error *err)
{
    key_log *log = &v->log;

    int rc = verify_keys_take(v, log, log->entries.n, 0, 0, err);
    og_buf_clear(&log->entries);
    log->at = log->ahead = 0;
    return rc;
}

static int note(verifier *v, size_t rule, og_str key, const csv_row *row, og_error *err)
{
    const key_rule *k = &v->keys[rule];
    og_buf *entries = &v->log.entries;
    og_str text = k->count == 1 ? v->key_cells[k->columns[0]]->text : OG_STR("");

    text = og_str_slice(text, 0, text.n < SHOWN ? text.n : SHOWN);
    const key_entry e = {.row = row->number,
                         .line = row->line,
                         .hash = keyset_hash(&k->seen, key),
                         .rule = (uint32_t)rule,
                         .key_n = (uint32_t)key.n,
                         .text_n = (uint32_t)text.n,
                         .size = (uint32_t)(sizeof e + key.n + text.n)};
    og_buf_put(entries, (og_str){(const char *)&e, sizeof e});
    og_buf_put(entries, key);
    og_buf_put(entries, text);
    return og_buf_check(entries, err);
}

/* ---- A row, after its cells ---- */

static int note_key(verifier *v, size_t rule, const csv_row *row, og_error *err)
{
    const key_rule *k = &v->keys[rule];
    og_str key;

    for (size_t i = 0; i < k->count; i++) {
        const key_cell *cell = v->key_cells[k->columns[i]];
        if (cell->state == KEY_EMPTY && k->rule == VERIFY_PRIMARY_KEY)
            return verify_add(v, k->rule, key_place(v, k->columns, k->count, row), err,
                              "'%.*s' is part of the primary key and empty",
                              OG_FMT(v->layout->fields[k->columns[i]].name));
        if (cell->state != KEY_SET)
            return OG_OK;
    }
    int rc = verify_key_of(v, k->columns, k->count, &key, err);
    return rc == OG_OK ? note(v, rule, key, row, err) : rc;
}

int verify_keys_row(verifier *v, const csv_row *row, og_error *err)
{
    int rc = OG_OK;

    for (size_t i = 0; i < v->key_count && rc == OG_OK; i++)
        rc = note_key(v, i, row, err);
    if (rc == OG_OK && v->log.entries.n >= LOG && !v->log_at)
        rc = verify_keys_flush(v, err);
    return rc;
}
