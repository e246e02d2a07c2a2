/* schema: JSON Schema for editors and other tools. */
#include "verbs.h"

int cmd_schema(const cmd_verb *verb, const char *const *operands, void *values)
{
    cmd_run run;

    (void)verb;
    int code = cmd_begin(&run, values);
    if (code != 0)
        return code;
    opsgate_schema(&run.settings, &run.place, operands[0], &run.result);
    return cmd_finish(&run);
}
