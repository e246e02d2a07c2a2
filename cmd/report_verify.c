/* report verify: do files follow their layout? */
#include "verbs.h"

int cmd_report_verify(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_verify_values *v = values;
    cmd_run run;
    size_t files = 0;

    (void)verb;
    int code = cmd_begin(&run, &v->common);
    if (code != 0)
        return code;
    while (operands[1 + files])
        files++;
    const opsgate_report_verify_request request = {.report = operands[0],
                                                   .paths = operands + 1,
                                                   .path_count = files,
                                                   .date = v->date,
                                                   .show = v->show,
                                                   .jobs = v->jobs,
                                                   .bundle = v->bundle,
                                                   .signers = v->signers,
                                                   .formats = run.formats,
                                                   .format_count = run.format_count};
    opsgate_report_verify(&run.settings, &run.place, &request, &run.result);
    return cmd_finish(&run);
}
