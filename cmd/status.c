/* status: all subjects at a glance. */
#include "verbs.h"

int cmd_status(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_status_values *status = values;
    cmd_run run;

    (void)verb;
    (void)operands;
    int code = cmd_begin(&run, &status->common);
    if (code != 0)
        return code;
    opsgate_status(&run.settings, &run.place, status->at, run.formats, run.format_count,
                   &run.result);
    return cmd_finish(&run);
}
