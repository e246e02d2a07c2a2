/* report check. */
#include "verbs.h"

int cmd_report_check(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_list_values *check = values;
    cmd_run run;

    (void)verb;
    int code = cmd_begin(&run, &check->common);
    if (code != 0)
        return code;
    const opsgate_report_check_request request = {.range = operands[0],
                                                  .at = check->at,
                                                  .formats = run.formats,
                                                  .format_count = run.format_count};
    opsgate_report_check(&run.settings, &run.place, &request, &run.result);
    return cmd_finish(&run);
}
