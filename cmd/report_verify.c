/* report verify: do files follow their layout? */
#include "verbs.h"

int cmd_report_verify(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_verify_values *v = values;
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *formats[CMD_LIST_MAX], *paths[CMD_LIST_MAX];
    size_t count, files = 0;

    (void)verb;
    int code = cmd_formats(&v->common.output, formats, paths, &count);
    if (code == 0)
        code = cmd_settings(&settings);
    if (code != 0)
        return code;
    while (operands[1 + files])
        files++;
    opsgate_place place = cmd_place(&v->common);
    const opsgate_report_verify_request request = {.report = operands[0],
                                                   .paths = operands + 1,
                                                   .path_count = files,
                                                   .date = v->date,
                                                   .show = v->show,
                                                   .formats = formats,
                                                   .format_count = count};
    opsgate_report_verify(&settings, &place, &request, &result);
    return cmd_finish(&result, paths);
}
