/* A register in memory: paths and texts as a model_source, for tests of what stands above
 * the model. Also takes in a directory of the source tree. */
#ifndef OG_TESTS_MEMORY_SOURCE_H
#define OG_TESTS_MEMORY_SOURCE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "model/source.h"

#define MEMORY_MAX 256

typedef struct memory_source { /* not to be moved once filled; memory_done frees */
    model_source source;
    model_entry entries[MEMORY_MAX];
    char *paths[MEMORY_MAX];
    og_buf texts[MEMORY_MAX];
} memory_source;

static inline int memory_read(void *context, size_t index, size_t limit, og_arena *arena,
                              og_str *ret, og_error *err)
{
    memory_source *m = context;
    og_str text = og_buf_str(&m->texts[index]);
    if (text.n > limit)
        return og_fail(err, OG_E_LIMIT, "'%s' is too large", m->paths[index]);
    *ret = og_arena_str(arena, text.n ? text : OG_STR(""));
    return ret->p ? OG_OK : og_nomem(err);
}

static inline void memory_init(memory_source *m)
{
    memset(m, 0, sizeof *m);
    m->source.entries = m->entries;
    m->source.read = memory_read;
    m->source.context = m;
    strcpy(m->source.commit, "c0ffee");
    strcpy(m->source.tree, "7ree");
}

static inline void memory_done(memory_source *m)
{
    for (size_t i = 0; i < m->source.count; i++) {
        free(m->paths[i]);
        og_buf_done(&m->texts[i]);
    }
}

/* Where path stands or would stand. */
static inline size_t memory_at(const memory_source *m, const char *path)
{
    size_t at = 0;
    while (at < m->source.count && strcmp(m->paths[at], path) < 0)
        at++;
    return at;
}

/* Adds or replaces a file. */
static inline void memory_add_bytes(memory_source *m, const char *path, og_str text)
{
    size_t at = memory_at(m, path), n = m->source.count;
    if (at == n || strcmp(m->paths[at], path) != 0) {
        if (n == MEMORY_MAX)
            abort();
        memmove(m->entries + at + 1, m->entries + at, (n - at) * sizeof *m->entries);
        memmove(m->paths + at + 1, m->paths + at, (n - at) * sizeof *m->paths);
        memmove(m->texts + at + 1, m->texts + at, (n - at) * sizeof *m->texts);
        m->source.count++;
        m->paths[at] = strdup(path);
        m->texts[at] = (og_buf){0};
    }
    unsigned char hash[OG_SHA256_SIZE];
    og_sha256_of(text, hash);
    m->entries[at] = (model_entry){.path = og_str_from(m->paths[at])};
    og_hex(hash, 20, m->entries[at].blob);
    og_buf_clear(&m->texts[at]);
    og_buf_put(&m->texts[at], text);
}

static inline void memory_add(memory_source *m, const char *path, const char *text)
{
    memory_add_bytes(m, path, og_str_from(text));
}

/* Adds something that is no file. */
static inline void memory_add_entry(memory_source *m, const char *path,
                                    model_entry_kind kind)
{
    memory_add(m, path, "");
    m->entries[memory_at(m, path)].kind = kind;
}

static inline void memory_remove(memory_source *m, const char *path)
{
    size_t at = memory_at(m, path), n = --m->source.count;
    free(m->paths[at]);
    og_buf_done(&m->texts[at]);
    memmove(m->entries + at, m->entries + at + 1, (n - at) * sizeof *m->entries);
    memmove(m->paths + at, m->paths + at + 1, (n - at) * sizeof *m->paths);
    memmove(m->texts + at, m->texts + at + 1, (n - at) * sizeof *m->texts);
}

/* Every file below a directory, under `prefix` ("" or ending in '/'). */
static inline void memory_add_tree(memory_source *m, const char *directory,
                                   const char *prefix)
{
    DIR *dir = opendir(directory);
    const struct dirent *e;
    if (!dir)
        abort();
    while ((e = readdir(dir))) {
        char path[1024], name[1024];
        if (e->d_name[0] == '.')
            continue;
        if (snprintf(path, sizeof path, "%s/%s", directory, e->d_name) >= 1024 ||
            snprintf(name, sizeof name, "%s%s/", prefix, e->d_name) >= 1024)
            abort();
        og_buf text = {0};
        og_error err = {0};
        if (og_file_read(path, OG_LIMIT_FILE, true, &text, &err) == OG_OK) {
            name[strlen(name) - 1] = '\0';
            memory_add_bytes(m, name, text.n ? og_buf_str(&text) : OG_STR(""));
        } else {
            memory_add_tree(m, path, name);
        }
        og_buf_done(&text);
        og_error_done(&err);
    }
    closedir(dir);
}

#endif
