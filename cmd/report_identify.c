/* report identify: which version is this file? */
#include "verbs.h"

int cmd_report_identify(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_identify_values *v = values;
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
    while (operands[files])
        files++;
    opsgate_place place = cmd_place(&v->common);
    const opsgate_report_identify_request request = {.paths = operands,
                                                     .path_count = files,
                                                     .date = v->date,
                                                     .formats = formats,
                                                     .format_count = count};
    opsgate_report_identify(&settings, &place, &request, &result);
    return cmd_finish(&result, paths);
}
