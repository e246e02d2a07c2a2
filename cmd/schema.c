/* schema: JSON Schema for editors and other tools. */
#include "verbs.h"

int cmd_schema(const cmd_verb *verb, const char *const *operands, void *values)
{
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *const paths[] = {NULL};

    (void)verb;
    int code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_place place = cmd_place(values);
    opsgate_schema(&settings, &place, operands[0], &result);
    return cmd_finish(&result, paths);
}
