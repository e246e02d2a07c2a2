/* init: a register to start from. */
#include "verbs.h"

int cmd_init(const cmd_verb *verb, const char *const *operands, void *values)
{
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *const paths[] = {NULL};

    (void)verb;
    (void)values;
    int code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_init(&settings, operands[0], &result);
    return cmd_finish(&result, paths);
}
