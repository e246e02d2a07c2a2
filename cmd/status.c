/* status: all subjects at a glance. */
#include "verbs.h"

int cmd_status(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_status_values *status = values;
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *formats[CMD_LIST_MAX], *paths[CMD_LIST_MAX];
    size_t count;

    (void)verb;
    (void)operands;
    int code = cmd_formats(&status->common.output, formats, paths, &count);
    if (code == 0)
        code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_place place = cmd_place(&status->common);
    opsgate_status(&settings, &place, status->at, formats, count, &result);
    return cmd_finish(&result, paths);
}
