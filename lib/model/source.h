/* Where the bytes of a register come from: one revision's tree, or a directory. The model
 * reads through this and knows neither git nor files. */
#ifndef OG_MODEL_SOURCE_H
#define OG_MODEL_SOURCE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

typedef enum model_entry_kind {
    MODEL_ENTRY_FILE,
    MODEL_ENTRY_SYMLINK,
    MODEL_ENTRY_SUBMODULE,
    MODEL_ENTRY_SPECIAL /* a socket, a device: only in a work tree */
} model_entry_kind;

typedef struct model_entry {
    og_str path;   /* relative to the register, '/'-separated, valid as given by git */
    char blob[65]; /* hex object id; for a work tree: as git would name the contents; may
                      be empty until read */
    model_entry_kind kind;
} model_entry;

typedef struct model_source {
    const model_entry *entries; /* sorted bytewise by path */
    size_t count;
    /* The whole contents of entries[index], NUL-terminated, in the arena. Fills the
     * entry's blob id where it was empty. OG_E_LIMIT when larger than limit,
     * OG_E_INCOMPLETE when the object is not in this clone. */
    int (*read)(void *context, size_t index, size_t limit, og_arena *arena, og_str *ret,
                og_error *err);
    void *context;
    char commit[65]; /* empty for a work tree */
    char tree[65];   /* tree of the register's directory; empty for a work tree */
} model_source;

#endif
