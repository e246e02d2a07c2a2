/* lint and test: a register and its criteria, checked. */
#include "verbs.h"

int cmd_lint(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_lint_values *lint = values;
    const cmd_common *common = &lint->common;
    cmd_run run;

    (void)verb;
    (void)operands;
    int code = cmd_begin(&run, common);
    if (code != 0)
        return code;
    opsgate_lint(&run.settings, &run.place, lint->at, run.formats, run.format_count,
                 &run.result);
    return cmd_finish(&run);
}

int cmd_test(const cmd_verb *verb, const char *const *operands, void *values)
{
    cmd_run run;

    (void)verb;
    (void)operands;
    int code = cmd_begin(&run, values);
    if (code != 0)
        return code;
    opsgate_test(&run.settings, &run.place, &run.result);
    return cmd_finish(&run);
}
