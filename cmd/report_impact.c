/* report impact. */
#include "verbs.h"

int cmd_report_impact(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_impact_values *impact = values;
    cmd_run run;

    (void)verb;
    (void)operands;
    int code = cmd_begin(&run, &impact->common);
    if (code != 0)
        return code;
    const opsgate_report_impact_request request = {.party = impact->party,
                                                   .at = impact->at,
                                                   .formats = run.formats,
                                                   .format_count = run.format_count};
    opsgate_report_impact(&run.settings, &run.place, &request, &run.result);
    return cmd_finish(&run);
}
