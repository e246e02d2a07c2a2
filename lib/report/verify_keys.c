/* Values that no two rows may share. */
#include "base/digest.h"
#include "report/verifier.h"

/* ---- Making ---- */

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
                                             .seen = {.limit = v->options->key_memory}};
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

verify_place verify_key_place(const verifier *v, const size_t *columns, size_t count,
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

static int repeated(verifier *v, const key_rule *k, const csv_row *row, uint64_t first,
                    og_error *err)
{
    const char *name = k->rule == VERIFY_PRIMARY_KEY  ? "primary key"
                       : k->rule == VERIFY_UNIQUE_KEY ? "unique key"
                                                      : "value";

    return verify_add(v, k->rule, verify_key_place(v, k->columns, k->count, row), err,
                      "row %llu has this %s", (unsigned long long)first, name);
}

static int check_key(verifier *v, key_rule *k, const csv_row *row, og_error *err)
{
    og_str key;
    uint64_t first = 0;

    for (size_t i = 0; i < k->count; i++) {
        const key_cell *cell = v->key_cells[k->columns[i]];
        if (cell->state == KEY_EMPTY && k->rule == VERIFY_PRIMARY_KEY)
            return verify_add(v, k->rule, verify_key_place(v, k->columns, k->count, row),
                              err, "'%.*s' is part of the primary key and empty",
                              OG_FMT(v->layout->fields[k->columns[i]].name));
        if (cell->state != KEY_SET)
            return OG_OK;
    }
    int rc = verify_key_of(v, k->columns, k->count, &key, err);
    if (rc == OG_OK)
        rc = keyset_add(&k->seen, key, row->number, &first, err);
    if (rc < 0)
        return rc;
    return rc == 1 ? OG_OK : repeated(v, k, row, first, err);
}

int verify_keys_row(verifier *v, const csv_row *row, og_error *err)
{
    int rc = OG_OK;

    for (size_t i = 0; i < v->key_count && rc == OG_OK; i++)
        rc = check_key(v, &v->keys[i], row, err);
    return rc;
}
