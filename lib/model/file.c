/* Reading the files of a register: bytes from the source, then YAML. */
#include "base/limits.h"
#include "model/load.h"
#include "value/yaml.h"

#include <stdlib.h>

static int compare_entry(const void *key, const void *entry)
{
    return og_str_cmp(*(const og_str *)key, ((const model_entry *)entry)->path);
}

size_t register_entry(const model_source *source, og_str path)
{
    const model_entry *found = source->count
                                   ? bsearch(&path, source->entries, source->count,
                                             sizeof *source->entries, compare_entry)
                                   : NULL;
    return found ? (size_t)(found - source->entries) : SIZE_MAX;
}

/* What git stores in place of a large file, where the large file is wanted. */
static bool is_lfs_pointer(og_str text)
{
    return og_str_starts(text, OG_STR("version https://git-lfs.github.com/spec/"));
}

static int read_entry(const model_source *source, size_t index, size_t limit,
                      og_arena *arena, model_file **ret, og_error *err)
{
    const model_entry *entry = &source->entries[index];
    model_file *file = OG_NEW(arena, model_file);
    if (!file)
        return og_nomem(err);
    file->path = og_arena_str(arena, entry->path);
    if (!file->path.p)
        return og_nomem(err);
    int rc = source->read(source->context, index, limit, arena, &file->text, err);
    if (rc != OG_OK)
        return rc;
    memcpy(file->blob, entry->blob, sizeof file->blob);
    file->document = (og_document){.path = file->path.p, .source = file->text};
    *ret = file;
    return OG_OK;
}

/* OG_OK with *ret_ok false: a finding was given. */
static int parse_file(model_file *file, bool parse, og_arena *arena, og_diags *diags,
                      bool *ret_ok, og_error *err)
{
    og_pos pos = {.path = file->path.p, .line = 1, .column = 1};
    *ret_ok = false;
    if (is_lfs_pointer(file->text)) {
        og_diag *d = og_diags_add(diags, OG_LEVEL_ERROR, "lfs-pointer", pos, file->text,
                                  "this is a Git LFS pointer, not the file itself");
        og_diags_hint(diags, d,
                      "keep files of the register in git: git lfs migrate export");
        return OG_OK;
    }
    if (!parse) {
        *ret_ok = true;
        return OG_OK;
    }
    og_error ignored = {0}; /* "invalid": the findings say more */
    int rc = og_yaml_parse(arena, &file->document, diags, &ignored);
    og_error_done(&ignored);
    *ret_ok = file->parsed = rc == OG_OK;
    return rc == OG_OK || rc == OG_E_INVALID ? OG_OK : og_nomem(err);
}

int model_file_read(const model_source *source, og_str path, og_arena *arena,
                    og_diags *diags, const model_file **ret, og_error *err)
{
    size_t index = register_entry(source, path);
    if (index == SIZE_MAX || source->entries[index].kind != MODEL_ENTRY_FILE)
        return og_fail(err, OG_E_NOTFOUND, "the register has no file '%.*s'",
                       OG_FMT(path));
    model_file *file = NULL;
    bool ok = false;
    int rc = read_entry(source, index, OG_LIMIT_FILE, arena, &file, err);
    if (rc == OG_OK && file)
        rc = parse_file(file, og_str_ends(path, OG_STR(".yaml")), arena, diags, &ok, err);
    if (rc != OG_OK)
        return rc;
    if (!ok)
        return og_diags_check(diags, err);
    *ret = file;
    return OG_OK;
}

/* The file as the policy's register holds it, where that has the same bytes at the same
 * path: most files are, and reading and parsing is most of what loading costs. */
static const model_file *policy_file(const register_loader *l, size_t index, bool parse)
{
    const model_entry *entry = &l->reg->source->entries[index];
    const model_register *policy = l->reg->policy;
    size_t there = policy ? register_entry(policy->source, entry->path) : SIZE_MAX;
    const model_file *file = there != SIZE_MAX ? policy->files[there] : NULL;

    return file && file->parsed == parse && strcmp(file->blob, entry->blob) == 0 ? file
                                                                                 : NULL;
}

static int count_bytes(register_loader *l, const model_file *file, og_error *err)
{
    l->bytes += file->text.n;
    if (l->bytes <= OG_LIMIT_REGISTER)
        return OG_OK;
    return og_fail(err, OG_E_LIMIT, "the files of the register have more than %llu MiB",
                   (unsigned long long)(OG_LIMIT_REGISTER / OG_MIB));
}

static int read_file(register_loader *l, size_t index, bool parse, const model_file **ret,
                     og_error *err)
{
    size_t limit = parse ? OG_LIMIT_FILE : OG_LIMIT_DATA_FILE;
    og_arena *arena = &l->reg->arena;
    model_file *file = NULL;
    bool ok = false;
    int rc = read_entry(l->reg->source, index, limit, arena, &file, err);
    if (rc != OG_OK || !file)
        return rc;
    rc = count_bytes(l, file, err);
    if (rc == OG_OK)
        rc = parse_file(file, parse, arena, l->diags, &ok, err);
    if (rc == OG_OK && ok)
        *ret = file;
    return rc;
}

int register_read_file(register_loader *l, size_t index, bool parse,
                       const model_file **ret, og_error *err)
{
    int rc = OG_OK;
    *ret = policy_file(l, index, parse);
    if (!*ret)
        rc = read_file(l, index, parse, ret, err);
    l->reg->files[index] = *ret;
    return rc;
}
