/* Finding the files that a batch names, from the directory it stands in. */
#include "model/batch_files.h"

/* Where a word stands under a key. */
static const og_node *place_of(const og_node *setup, og_str key, og_str word)
{
    const og_node *under = og_node_get(setup, key);
    if (!under || under->kind != OG_NODE_MAP)
        return under;
    for (uint32_t i = 0; i < under->count; i++) {
        const og_pair *pair = &under->pairs[i];
        if (og_str_eq(pair->key->text, word))
            return pair->key;
        if (pair->value->kind == OG_NODE_SCALAR && og_str_eq(pair->value->text, word))
            return pair->value;
    }
    return under;
}

static og_diag *finding(batch_files *b, og_level level, const char *key, const char *code,
                        og_str what, const char *text)
{
    const og_node *at = place_of(b->node, og_str_from(key), what);
    return og_diags_add(b->l->diags, level, code, og_node_pos(b->doc, at ? at : b->node),
                        b->doc->source, "'%.*s' %s", OG_FMT(what), text);
}

og_diag *batch_finding(batch_files *b, const char *key, const char *code, og_str what,
                       const char *text)
{
    return finding(b, OG_LEVEL_ERROR, key, code, what, text);
}

/* path against the directory of the batch; "" for one that leaves the register. Parts "."
 * and ".." are resolved by name alone: there are no links. */
static int resolve_path(const batch_files *b, og_str path, og_str *ret, og_error *err)
{
    og_str base = b->batch->file->path;
    size_t dir = base.n;
    while (dir > 0 && base.p[dir - 1] != '/')
        dir--;
    char *out = og_arena_alloc(&b->l->reg->arena, dir + path.n + 2);
    if (!out)
        return og_nomem(err);
    memcpy(out, base.p, dir);
    size_t n = dir; /* out[0, n) is empty or ends in '/' */
    *ret = (og_str){out, 0};
    if (path.n && path.p[0] == '/')
        return OG_OK;
    for (size_t from = 0; from <= path.n;) {
        og_str part = og_str_slice(path, from, path.n);
        part.n = og_str_find(part, '/');
        from += part.n + 1;
        if (part.n == 0 || og_str_is(part, "."))
            continue;
        if (!og_str_is(part, "..")) {
            memcpy(out + n, part.p, part.n);
            n += part.n;
            out[n++] = '/';
        } else if (n == 0) {
            return OG_OK;
        } else {
            for (n--; n > 0 && out[n - 1] != '/';)
                n--;
        }
    }
    ret->n = n ? n - 1 : 0;
    return OG_OK;
}

/* The path in the register, or "" after a finding. */
static int locate(batch_files *b, const char *key, og_str name, og_str *ret,
                  og_error *err)
{
    *ret = (og_str){NULL, 0};
    int rc = resolve_path(b, name, ret, err);
    if (rc != OG_OK || ret->n || name.n == 0)
        return rc;
    og_diag *d = batch_finding(b, key, "bad-path", name, "is not inside the register");
    og_diags_hint(b->l->diags, d, "paths are taken from the directory of the batch");
    return OG_OK;
}

static int enter_data(batch_files *b, const model_file *file, og_error *err)
{
    model_batch *batch = b->batch;
    if (batch->data_count == b->data_cap) {
        size_t cap = b->data_cap ? 2 * b->data_cap : 1;
        const model_file **more = OG_ARRAY(&b->l->reg->arena, cap, const model_file *);
        if (!more)
            return og_nomem(err);
        if (batch->data_count)
            memcpy(more, batch->data, batch->data_count * sizeof *more);
        batch->data = more;
        b->data_cap = cap;
    }
    batch->data[batch->data_count++] = file;
    return OG_OK;
}

static int open_entry(batch_files *b, size_t index, const model_file **ret, og_error *err)
{
    b->l->named[index] = true;
    int rc = register_read_file(b->l, index, false, ret, err);
    return rc == OG_OK && *ret ? enter_data(b, *ret, err) : rc;
}

int batch_open(batch_files *b, const char *key, og_str name, const model_file **ret,
               og_error *err)
{
    const model_source *source = b->l->reg->source;
    og_str path;
    *ret = NULL;
    int rc = locate(b, key, name, &path, err);
    if (rc != OG_OK || path.n == 0)
        return rc;
    size_t index = register_entry(source, path);
    if (index != SIZE_MAX && source->entries[index].kind == MODEL_ENTRY_FILE)
        return open_entry(b, index, ret, err);
    og_diag *d = batch_finding(b, key, "missing-file", name, "is not there");
    og_diags_hint(b->l->diags, d, "looked for '%.*s'", OG_FMT(path));
    return OG_OK;
}

static void warn_of_nothing(batch_files *b, const char *key, og_str pattern, og_str path)
{
    og_diag *d = finding(b, OG_LEVEL_WARNING, key, "no-evidence", pattern,
                         "matches no file: this batch is no evidence");
    og_diags_hint(b->l->diags, d, "looked for '%.*s'", OG_FMT(path));
}

int batch_open_all(batch_files *b, const char *key, og_str pattern, size_t *ret_count,
                   og_error *err)
{
    const model_source *source = b->l->reg->source;
    const model_file *file;
    og_str path;
    *ret_count = 0;
    if (og_str_find(pattern, '*') == pattern.n) {
        *ret_count = 1;
        return batch_open(b, key, pattern, &file, err);
    }
    int rc = locate(b, key, pattern, &path, err);
    if (rc != OG_OK || path.n == 0)
        return rc;
    for (size_t i = 0; i < source->count && rc == OG_OK; i++) {
        const model_entry *entry = &source->entries[i];
        if (entry->kind != MODEL_ENTRY_FILE || !model_glob_matches(path, entry->path))
            continue;
        ++*ret_count;
        rc = open_entry(b, i, &file, err);
    }
    if (rc == OG_OK && *ret_count == 0)
        warn_of_nothing(b, key, pattern, path);
    return rc;
}

int batch_enter(batch_files *b, const model_record *record, og_error *err)
{
    model_batch *batch = b->batch;
    if (batch->record_count == b->record_cap) {
        size_t cap = b->record_cap ? 2 * b->record_cap : 64;
        const model_record **more =
            OG_ARRAY(&b->l->reg->arena, cap, const model_record *);
        if (!more)
            return og_nomem(err);
        if (batch->record_count)
            memcpy(more, batch->records, batch->record_count * sizeof *more);
        batch->records = more;
        b->record_cap = cap;
    }
    batch->records[batch->record_count++] = record;
    return OG_OK;
}
