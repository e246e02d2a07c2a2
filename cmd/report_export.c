/* report export: a bundle of definitions. */
#include "verbs.h"

int cmd_report_export(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_export_values *v = values;
    cmd_run run;
    size_t reports = 0;

    (void)verb;
    int code = cmd_begin(&run, &v->common);
    if (code != 0)
        return code;
    while (operands[reports])
        reports++;
    const opsgate_report_export_request request = {.reports = operands,
                                                   .report_count = reports,
                                                   .party = v->party,
                                                   .at = v->at,
                                                   .sign = v->sign};
    run.paths[0] = v->out;
    opsgate_report_export(&run.settings, &run.place, &request, &run.result);
    return cmd_finish(&run);
}
