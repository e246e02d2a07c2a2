/* report infer: a draft from a file. */
#include "verbs.h"

int cmd_report_infer(const cmd_verb *verb, const char *const *operands, void *values)
{
    cmd_run run;

    (void)verb;
    (void)values;
    int code = cmd_begin(&run, NULL);
    if (code != 0)
        return code;
    opsgate_report_infer(&run.settings, operands[0], &run.result);
    return cmd_finish(&run);
}
