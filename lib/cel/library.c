/* Everything built in. */
#include "cel/std.h"

const cel_library *const cel_builtin_libraries[] = {
    &cel_library_operators, &cel_library_core,     &cel_library_convert,
    &cel_library_time,      &cel_library_strings,  &cel_library_format,
    &cel_library_math,      &cel_library_optional, &cel_library_encoders,
    &cel_library_sets,      &cel_library_network,  NULL};
