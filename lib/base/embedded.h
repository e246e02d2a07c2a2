/* Files compiled into the program: read-only, there for the life of the process. The
 * tables are written at build time by tools/embed.c (cmake/embed.cmake). */
#ifndef OG_BASE_EMBEDDED_H
#define OG_BASE_EMBEDDED_H

#include <stddef.h>

typedef struct og_embedded_file {
    const char *name; /* the path below the embedded directory, '/' between parts */
    const unsigned char *data; /* [size], then a NUL that is not part of the file */
    size_t size;               /* bytes */
} og_embedded_file;

/* The file of that name in files[count], which is sorted by name as strcmp sorts; NULL if
 * there is none. */
const og_embedded_file *og_embedded_find(const og_embedded_file *files, size_t count,
                                         const char *name);

#endif
