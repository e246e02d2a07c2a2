/* init: a register to start from. */
#include "verbs.h"

int cmd_init(const cmd_verb *verb, const char *const *operands, void *values)
{
    cmd_run run;

    (void)verb;
    (void)values;
    int code = cmd_begin(&run, NULL);
    if (code != 0)
        return code;
    opsgate_init(&run.settings, operands[0], &run.result);
    return cmd_finish(&run);
}
