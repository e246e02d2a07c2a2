/* report diff and report list. */
#include "verbs.h"

int cmd_report_diff(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_diff_values *diff = values;
    cmd_run run;

    (void)verb;
    int code = cmd_begin(&run, &diff->common);
    if (code != 0)
        return code;
    const opsgate_report_diff_request request = {.report = operands[0],
                                                 .from = operands[1],
                                                 .to = operands[2],
                                                 .renames = diff->renames.items,
                                                 .rename_count = diff->renames.count,
                                                 .formats = run.formats,
                                                 .format_count = run.format_count};
    opsgate_report_diff(&run.settings, &run.place, &request, &run.result);
    return cmd_finish(&run);
}

int cmd_report_list(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_list_values *list = values;
    cmd_run run;

    (void)verb;
    (void)operands;
    int code = cmd_begin(&run, &list->common);
    if (code != 0)
        return code;
    opsgate_report_list(&run.settings, &run.place, list->at, run.formats,
                        run.format_count, &run.result);
    return cmd_finish(&run);
}
