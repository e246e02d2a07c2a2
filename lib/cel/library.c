/* Everything built in. */
#include "cel/std.h"

const cel_library *const cel_builtin_libraries[] = {
    &cel_library_operators, &cel_library_core, &cel_library_convert, &cel_library_time,
    NULL};
