/* Loads every kind of a register: names first, so that kinds may refer to each other in
 * any order, then their bodies, then what only shows when all are known. */
#include "model/kind.h"

#include "base/digest.h"
#include "model/builtin.h"
#include "model/kind_compile.h"
#include "model/nearer.h"

#include <stdlib.h>

const model_kind *model_kind_named(const model_kinds *kinds, og_str name)
{
    return og_map_get(&kinds->by_name, name);
}

const model_kind *model_kind_plural(const model_kinds *kinds, og_str plural)
{
    return og_map_get(&kinds->by_plural, plural);
}

const model_kind *model_form(const model_kinds *kinds, const char *name)
{
    return og_map_get(&kinds->forms, og_str_from(name));
}

og_str model_kind_nearest(const model_kinds *kinds, og_str name)
{
    og_str near = {NULL, 0};
    for (size_t i = 0; i < kinds->by_name.count; i++)
        near = model_nearer(name, near, kinds->by_name.entries[i].key);
    return near;
}

int model_kind_slot(const model_kind *kind, og_str name)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (og_str_eq(kind->fields[i].name, name))
            return (int)i + 1;
    return -1;
}

/* Backtracks to the last '*' only: linear in practice, and both sides are short. */
bool model_glob_matches(og_str glob, og_str path)
{
    size_t g = 0, p = 0, star = SIZE_MAX, resume = 0;
    while (p < path.n) {
        if (g < glob.n && glob.p[g] == '*') {
            star = g++;
            resume = p;
        } else if (g < glob.n && glob.p[g] == path.p[p]) {
            g++;
            p++;
        } else if (star != SIZE_MAX && path.p[resume] != '/') {
            g = star + 1;
            p = ++resume;
        } else {
            return false;
        }
    }
    while (g < glob.n && glob.p[g] == '*')
        g++;
    return g == glob.n;
}

bool model_kind_home_matches(const model_kind *kind, og_str path)
{
    return kind->home.n > 0 && model_glob_matches(kind->home, path);
}

static void report_clash(kind_compiler *c, const char *key, const model_kind *first,
                         og_str name)
{
    const og_node *node = og_node_get(c->doc->root, og_str_from(key));
    og_diag *d;
    if (first->builtin) {
        d = KIND_ERROR(c, node, "builtin-kind", "'%.*s' is a built-in kind's %s",
                       OG_FMT(name), key);
        og_diags_hint(c->diags, d,
                      "a register may not redefine built-in kinds: choose "
                      "another name");
        return;
    }
    d = KIND_ERROR(c, node, "duplicate-kind", "there is a kind with %s '%.*s' already",
                   key, OG_FMT(name));
    og_diags_hint(c->diags, d, "the other one is in '%s'", first->declared.path);
}

/* Enters a kind under its names. *ret_fresh false: one of them is taken. */
static int enter_kind(kind_compiler *c, model_kinds *kinds, model_kind *kind,
                      bool *ret_fresh, og_error *err)
{
    const model_kind *same = model_kind_named(kinds, kind->name);
    *ret_fresh = false;
    if (same) {
        report_clash(c, "kind", same, kind->name);
        return OG_OK;
    }
    same = model_kind_plural(kinds, kind->plural);
    if (same) {
        report_clash(c, "plural", same, kind->plural);
        return OG_OK;
    }
    if (og_map_add(&kinds->by_name, kind->name, kind) < 0 ||
        og_map_add(&kinds->by_plural, kind->plural, kind) < 0)
        return og_nomem(err);
    *ret_fresh = true;
    return OG_OK;
}

static int read_head(kind_compiler *c, model_kinds *kinds, kind_file *file, og_error *err)
{
    c->doc = file->doc;
    int rc = kind_compile_head(c, file, err);
    if (rc != OG_OK || !file->kind)
        return rc;
    if (file->is_form)
        return og_map_add(&kinds->forms, file->kind->name, file->kind) < 0 ? og_nomem(err)
                                                                           : OG_OK;
    bool fresh;
    rc = enter_kind(c, kinds, file->kind, &fresh, err);
    if (!fresh)
        file->kind = NULL;
    return rc;
}

static int by_kind_name(const void *a, const void *b)
{
    const model_kind *const *x = a, *const *y = b;
    return og_str_cmp((*x)->name, (*y)->name);
}

static int list_kinds(model_kinds *kinds, og_error *err)
{
    size_t n = kinds->by_name.count;
    kinds->list = OG_ARRAY(kinds->arena, n + 1, const model_kind *);
    if (!kinds->list)
        return og_nomem(err);
    for (size_t i = 0; i < n; i++)
        kinds->list[i] = kinds->by_name.entries[i].value;
    kinds->count = n;
    qsort(kinds->list, n, sizeof *kinds->list, by_kind_name);
    for (size_t i = 0; i < n; i++)
        ((model_kind *)kinds->list[i])->ordinal = i;
    return OG_OK;
}

static const kind_file *file_of(const kind_file *files, size_t count,
                                const model_kind *kind)
{
    for (size_t i = 0; i < count; i++)
        if (files[i].kind == kind)
            return &files[i];
    return NULL;
}

static void digest_kinds(model_kinds *kinds, const kind_file *files, size_t count)
{
    og_sha256 all;
    unsigned char hash[OG_SHA256_SIZE];
    char hex[2 * OG_SHA256_SIZE + 1];
    og_sha256_init(&all);
    for (size_t i = 0; i < kinds->count; i++) {
        const kind_file *file = file_of(files, count, kinds->list[i]);
        const char *digest = file->digest;
        if (!digest) {
            og_sha256_of(file->doc->source, hash);
            og_hex(hash, sizeof hash, hex);
            digest = hex;
        }
        og_sha256_add(&all, og_str_from(digest));
        og_sha256_add(&all, OG_STR("  "));
        og_sha256_add(&all, kinds->list[i]->name);
        og_sha256_add(&all, OG_STR("\n"));
    }
    og_sha256_end(&all, hash);
    og_hex(hash, sizeof hash, kinds->digest);
}

/* What only shows when every kind is known: references that cannot be resolved, homes
 * that two kinds would share, a plural that is another kind's name. */
static void check_references(kind_compiler *c)
{
    for (const kind_reference *r = c->references; r; r = r->next) {
        if (r->target->home.n || r->target->embedded)
            continue;
        og_diag *d = og_diags_add(
            c->diags, OG_LEVEL_ERROR, "no-home", og_node_pos(r->doc, r->node),
            r->doc->source, "records of '%.*s' come in batches and cannot be referred to",
            OG_FMT(r->target->name));
        og_diags_hint(c->diags, d, "take a string that holds its id");
    }
}

static void check_homes(kind_compiler *c, const kind_file *file, const model_kinds *kinds)
{
    const model_kind *kind = file->kind;
    c->doc = file->doc;
    const model_kind *other = model_kind_named(kinds, kind->plural);
    if (other)
        KIND_ERROR(c, og_node_get(file->doc->root, OG_STR("plural")), "reserved-name",
                   "'%.*s' is the name of a kind", OG_FMT(kind->plural));
    for (size_t i = 0; kind->home.n && i < kinds->count; i++) {
        other = kinds->list[i];
        if (other == kind || other->home.n == 0 ||
            !(model_kind_home_matches(other, kind->home) ||
              model_kind_home_matches(kind, other->home)))
            continue;
        KIND_ERROR(c, og_node_get(file->doc->root, OG_STR("home")), "bad-home",
                   "'%.*s' is the home of kind '%.*s' already", OG_FMT(other->home),
                   OG_FMT(other->name));
        return;
    }
}

static int read_bodies(kind_compiler *c, kind_file *files, size_t count, bool forms,
                       og_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!files[i].kind || files[i].is_form != forms)
            continue;
        c->doc = files[i].doc;
        c->forms = forms;
        int rc = kind_compile_body(c, &files[i], err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

int model_kinds_load(og_arena *arena, const og_document *documents, size_t count,
                     og_diags *diags, model_kinds *ret, og_error *err)
{
    size_t total = model_builtin_count + count;
    size_t errors = diags->errors;
    kind_file *files = OG_ARRAY(arena, total + 1, kind_file);
    if (!files)
        return og_nomem(err);
    model_kinds kinds = {.arena = arena};
    og_map_init(&kinds.by_name, arena);
    og_map_init(&kinds.by_plural, arena);
    og_map_init(&kinds.forms, arena);
    kind_compiler c = {.arena = arena, .diags = diags, .kinds = &kinds};
    int rc = OG_OK;
    for (size_t i = 0; i < total && rc == OG_OK; i++) {
        files[i].builtin = i < model_builtin_count;
        files[i].doc = files[i].builtin ? &model_builtins[i].document
                                        : &documents[i - model_builtin_count];
        files[i].digest = files[i].builtin ? model_builtins[i].digest : NULL;
        rc = read_head(&c, &kinds, &files[i], err);
    }
    /* Forms first: a kind may not be called what a batch already says. */
    if (rc == OG_OK)
        rc = read_bodies(&c, files, total, true, err);
    if (rc == OG_OK)
        rc = read_bodies(&c, files, total, false, err);
    if (rc == OG_OK)
        rc = list_kinds(&kinds, err);
    if (rc != OG_OK)
        return rc;
    check_references(&c);
    for (size_t i = model_builtin_count; i < total; i++)
        if (files[i].kind)
            check_homes(&c, &files[i], &kinds);
    digest_kinds(&kinds, files, total);
    *ret = kinds;
    return diags->errors > errors || diags->failed ? og_diags_check(diags, err) : OG_OK;
}
