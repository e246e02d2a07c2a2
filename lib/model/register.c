/* Loading a register: kinds, settings, records in their homes, then evidence. What is
 * wrong is gathered on the way; only what makes going on senseless stops. */
#include "model/register.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "model/load.h"

/* ---- Kinds ---- */

/* Files a policy supplies are still held against YAML where the claims have their own. */
static bool differs_from_policy(const register_loader *l, const model_entry *entry)
{
    const model_source *policy = l->reg->policy->source;
    size_t index = register_entry(policy, entry->path);
    return index == SIZE_MAX || !entry->blob[0] ||
           strcmp(policy->entries[index].blob, entry->blob) != 0;
}

static bool is_kind_entry(const model_entry *entry)
{
    static const model_kinds none;
    const model_kind *kind;
    return entry->kind == MODEL_ENTRY_FILE &&
           register_place_of(&none, entry->path, &kind) == PLACE_KIND;
}

static int load_kinds(register_loader *l, og_error *err)
{
    model_register *reg = l->reg;
    const model_source *source = reg->source;
    size_t count = 0, found = 0;
    for (size_t i = 0; i < source->count; i++)
        found += is_kind_entry(&source->entries[i]);
    og_document *documents = OG_ARRAY(&reg->arena, found + 1, og_document);
    if (!documents)
        return og_nomem(err);
    for (size_t i = 0; i < source->count; i++) {
        const model_file *file;
        if (!is_kind_entry(&source->entries[i]))
            continue;
        int rc = register_read_file(l, i, true, &file, err);
        if (rc != OG_OK)
            return rc;
        if (file)
            documents[count++] = file->document;
    }
    og_error ignored = {0}; /* "invalid": the findings say more */
    int rc = model_kinds_load(&reg->arena, documents, count, l->diags, &reg->own_kinds,
                              &ignored);
    og_error_done(&ignored);
    l->kinds_broken = rc == OG_E_INVALID || count < found;
    reg->kinds = &reg->own_kinds;
    return rc == OG_OK || rc == OG_E_INVALID ? OG_OK : og_nomem(err);
}

/* ---- Homes ---- */

static int read_one(register_loader *l, const model_file *file, const og_node *node,
                    const model_kind *kind, og_error *err)
{
    model_record *record;
    return model_read_record(&l->reader, &file->document, node, kind, NULL, NULL, &record,
                             err);
}

static int read_home(register_loader *l, const model_file *file, const model_kind *kind,
                     og_error *err)
{
    const og_node *root = file->document.root;
    l->reader.file = file;
    l->reader.source = file->text;
    if (kind->home_is_glob)
        return read_one(l, file, root, kind, err);
    if (!root || root->kind != OG_NODE_SEQ) {
        og_pos pos = {.path = file->path.p, .line = 1, .column = 1};
        og_diag *d = og_diags_add(l->diags, OG_LEVEL_ERROR, "wrong-type", pos, file->text,
                                  "this file is a list of %.*s", OG_FMT(kind->plural));
        og_diags_hint(l->diags, d, "'[]' where there are none");
        return OG_OK;
    }
    for (uint32_t i = 0; i < root->count; i++) {
        int rc = read_one(l, file, root->items[i], kind, err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

/* A file whose records the policy supplies is read for its findings alone. */
static int load_home(register_loader *l, size_t index, const model_kind *kind,
                     og_error *err)
{
    bool from_policy = register_supplier(l->reg, kind) != l->reg;
    const model_file *file;
    if (l->kinds_broken && !kind->builtin)
        return OG_OK;
    if (from_policy && !differs_from_policy(l, &l->reg->source->entries[index]))
        return OG_OK;
    int rc = register_read_file(l, index, true, &file, err);
    if (rc == OG_OK && !file)
        l->reg->home_unread[kind->ordinal] = true;
    if (rc != OG_OK || !file)
        return rc;
    if (!from_policy) {
        l->reg->home_seen[kind->ordinal] = true;
        return read_home(l, file, kind, err);
    }
    model_pending *pending = l->reader.pending;
    l->reader.made = NULL;
    rc = read_home(l, file, kind, err);
    l->reader.made = register_made;
    l->reader.pending = pending;
    return rc;
}

/* A file of the policy's part, for its syntax alone. */
static int parse_only(register_loader *l, size_t index, og_error *err)
{
    const model_file *file;
    return register_read_file(l, index, true, &file, err);
}

static int load_entry(register_loader *l, size_t index, bool evidence, og_error *err)
{
    const model_entry *entry = &l->reg->source->entries[index];
    const model_kind *kind;
    const model_file *file;
    int rc;
    if (entry->kind != MODEL_ENTRY_FILE)
        return OG_OK; /* a finding of register_check_places */
    register_place place = register_place_of(l->reg->kinds, entry->path, &kind);
    bool policy_part = place == PLACE_CONFIG || place == PLACE_KIND;
    if (evidence && place == PLACE_EVIDENCE) {
        rc = register_read_file(l, index, true, &file, err);
        return rc == OG_OK && file ? register_load_batch(l, file, err) : rc;
    }
    if (evidence)
        return OG_OK;
    if (place == PLACE_HOME)
        return load_home(l, index, kind, err);
    if (place == PLACE_CRITERIA && (l->flags & MODEL_LOAD_LINT))
        return parse_only(l, index, err);
    if (l->reg->policy && (policy_part || place == PLACE_CRITERIA) &&
        differs_from_policy(l, entry))
        return parse_only(l, index, err);
    return OG_OK;
}

static int load_entries(register_loader *l, bool evidence, og_error *err)
{
    l->reader.made = evidence ? NULL : register_made;
    for (size_t i = 0; i < l->reg->source->count; i++) {
        int rc = load_entry(l, i, evidence, err);
        if (rc != OG_OK)
            return rc;
    }
    register_resolve(l);
    return OG_OK;
}

/* ---- All of it ---- */

/* Paths are shown and used as names: they must be text. */
static int check_entries(register_loader *l, og_error *err)
{
    const model_source *source = l->reg->source;
    if (source->count > OG_LIMIT_FILES)
        return og_fail(err, OG_E_LIMIT, "the register has more than %u files",
                       OG_LIMIT_FILES);
    for (size_t i = 0; i < source->count; i++) {
        og_str path = source->entries[i].path;
        bool plain = og_utf8_invalid(path) == path.n;
        for (size_t k = 0; k < path.n && plain; k++)
            plain = (unsigned char)path.p[k] >= ' ' && path.p[k] != 0x7f;
        if (plain)
            continue;
        og_pos pos = {.path = "."};
        og_diags_add(l->diags, OG_LEVEL_ERROR, "bad-path", pos, (og_str){NULL, 0},
                     "a file's name is not UTF-8 or has control characters in it");
    }
    return OG_OK;
}

static int take_policy(register_loader *l, og_error *err)
{
    model_register *reg = l->reg;
    const model_register *policy = reg->policy;
    if (!policy) {
        int rc = load_kinds(l, err);
        return rc == OG_OK ? register_load_config(l, err) : rc;
    }
    reg->kinds = policy->kinds;
    reg->config = policy->config;
    reg->zone = policy->zone;
    reg->calendar = policy->calendar;
    return OG_OK;
}

static int load(register_loader *l, og_error *err)
{
    int rc = check_entries(l, err);
    if (rc == OG_OK)
        rc = take_policy(l, err);
    if (rc != OG_OK)
        return rc;
    l->reader.zone = l->reg->zone;
    rc = register_index_init(l, err);
    if (rc == OG_OK)
        rc = load_entries(l, false, err);
    if (rc == OG_OK && !(l->flags & MODEL_LOAD_HOMES_ONLY))
        rc = load_entries(l, true, err);
    if (rc == OG_OK)
        rc = register_index_close(l, err);
    if (rc != OG_OK)
        return rc;
    register_link_batches(l->reg);
    register_check_places(l);
    return OG_OK;
}

int model_register_load(model_register *ret, const model_source *source,
                        const model_register *policy, int flags, og_diags *diags,
                        og_error *err)
{
    *ret = (model_register){.source = source,
                            .policy = policy,
                            .own_records = flags & MODEL_LOAD_OWN_RECORDS};
    register_loader l = {.reg = ret, .flags = flags, .diags = diags};
    l.named = OG_ARRAY(&ret->arena, source->count + 1, bool);
    ret->files = OG_ARRAY(&ret->arena, source->count + 1, const model_file *);
    if (!l.named || !ret->files)
        return og_nomem(err);
    l.reader = (model_reader){.arena = &ret->arena, .diags = diags, .context = &l};
    int rc = load(&l, err);
    og_diags_sort(diags);
    return rc == OG_OK ? og_diags_check(diags, err) : rc;
}

void model_register_done(model_register *reg)
{
    if (!reg->policy) {
        zone_free(reg->zone);
        cal_free(reg->calendar);
    }
    og_arena_done(&reg->arena);
    *reg = (model_register){0};
}
