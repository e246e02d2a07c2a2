/* report identify: which version is this file? */
#include "verbs.h"

int cmd_report_identify(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_identify_values *v = values;
    cmd_run run;
    size_t files = 0;

    (void)verb;
    int code = cmd_begin(&run, &v->common);
    if (code != 0)
        return code;
    while (operands[files])
        files++;
    const opsgate_report_identify_request request = {.paths = operands,
                                                     .path_count = files,
                                                     .date = v->date,
                                                     .bundle = v->bundle,
                                                     .signers = v->signers,
                                                     .formats = run.formats,
                                                     .format_count = run.format_count};
    opsgate_report_identify(&run.settings, &run.place, &request, &run.result);
    return cmd_finish(&run);
}
