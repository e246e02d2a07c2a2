/* report check. */
#include "verbs.h"

int cmd_report_check(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_list_values *check = values;
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *formats[CMD_LIST_MAX], *paths[CMD_LIST_MAX];
    size_t count;

    (void)verb;
    int code = cmd_formats(&check->common.output, formats, paths, &count);
    if (code == 0)
        code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_place place = cmd_place(&check->common);
    const opsgate_report_check_request request = {
        .range = operands[0], .at = check->at, .formats = formats, .format_count = count};
    opsgate_report_check(&settings, &place, &request, &result);
    return cmd_finish(&result, paths);
}
