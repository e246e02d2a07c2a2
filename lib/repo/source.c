/* A snapshot as a model_source: the register is read through it without knowing of git.
 */
#include <assert.h>
#include <string.h>

#include "repo/repo.h"

typedef struct reader {
    repo_snapshot *snapshot;
    model_entry *entries;
} reader;

static_assert(sizeof((model_entry *)0)->blob >= REPO_ID_SIZE, "an id fits");

static model_entry_kind kind_of(repo_kind kind)
{
    switch (kind) {
    case REPO_FILE:
    case REPO_EXECUTABLE:
        return MODEL_ENTRY_FILE;
    case REPO_SYMLINK:
        return MODEL_ENTRY_SYMLINK;
    case REPO_SUBMODULE:
        return MODEL_ENTRY_SUBMODULE;
    case REPO_SPECIAL:
        break;
    }
    return MODEL_ENTRY_SPECIAL;
}

static int read_entry(void *context, size_t index, size_t limit, og_arena *arena,
                      og_str *ret, og_error *err)
{
    reader *r = context;
    repo_entry *from = &r->snapshot->entries[index];
    int code = repo_snapshot_read(r->snapshot, from, limit, arena, ret, err);
    if (code == OG_OK)
        memcpy(r->entries[index].blob, from->blob, sizeof from->blob);
    return code;
}

int repo_snapshot_source(repo_snapshot *s, const repo_commit *commit, og_arena *arena,
                         model_source *ret, og_error *err)
{
    reader *r = OG_NEW(arena, reader);
    model_entry *entries = OG_ARRAY(arena, s->count ? s->count : 1, model_entry);
    if (!r || !entries)
        return og_nomem(err);
    for (size_t i = 0; i < s->count; i++) {
        entries[i].path = s->entries[i].path;
        entries[i].kind = kind_of(s->entries[i].kind);
        memcpy(entries[i].blob, s->entries[i].blob, sizeof s->entries[i].blob);
    }
    *r = (reader){s, entries};
    *ret = (model_source){
        .entries = entries, .count = s->count, .read = read_entry, .context = r};
    if (commit)
        memcpy(ret->commit, commit->id, sizeof commit->id);
    memcpy(ret->tree, s->tree, sizeof s->tree);
    return OG_OK;
}
