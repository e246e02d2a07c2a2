/* Files written together: all of them or none, and never over something that is there.
 * Internal to lib/app. */
#ifndef OG_APP_NEW_FILES_H
#define OG_APP_NEW_FILES_H

#include "base/arena.h"
#include "base/error.h"

typedef struct new_file {
    og_str path, text; /* path relative to root, '/'-separated, NUL-terminated */
    const char *what;  /* the caller's */
    bool made;
} new_file;

typedef struct new_files { /* arena, root and items are the caller's, the rest zeroed */
    og_arena *arena;
    og_str root; /* absolute, NUL-terminated; need not exist */
    new_file *items;
    size_t count;
    const char **directories; /* made, in that order; absolute */
    size_t directory_count, directory_room;
} new_files;

/* Makes the directories and files. OG_E_USAGE, and nothing is made, when one of the files
 * is there already; OG_E_IO and OG_E_NOMEM leave what was made to new_files_take_away. */
int new_files_write(new_files *files, og_error *err);
/* Removes what was made, as far as it can be. */
void new_files_take_away(new_files *files);

#endif
