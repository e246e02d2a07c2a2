/* Looking up a file compiled into the program by its name. */
#include "base/embedded.h"

#include <stdlib.h>
#include <string.h>

static int compare_name(const void *name, const void *file)
{
    return strcmp(name, ((const og_embedded_file *)file)->name);
}

const og_embedded_file *og_embedded_find(const og_embedded_file *files, size_t count,
                                         const char *name)
{
    if (count == 0)
        return NULL;
    return bsearch(name, files, count, sizeof *files, compare_name);
}
