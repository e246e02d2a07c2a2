/* report diff and report list. */
#include "verbs.h"

int cmd_report_diff(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_diff_values *diff = values;
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *formats[CMD_LIST_MAX], *paths[CMD_LIST_MAX];
    size_t count;

    (void)verb;
    int code = cmd_formats(&diff->common.output, formats, paths, &count);
    if (code == 0)
        code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_place place = cmd_place(&diff->common);
    const opsgate_report_diff_request request = {.report = operands[0],
                                                 .from = operands[1],
                                                 .to = operands[2],
                                                 .renames = diff->renames.items,
                                                 .rename_count = diff->renames.count,
                                                 .formats = formats,
                                                 .format_count = count};
    opsgate_report_diff(&settings, &place, &request, &result);
    return cmd_finish(&result, paths);
}

int cmd_report_list(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_list_values *list = values;
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *formats[CMD_LIST_MAX], *paths[CMD_LIST_MAX];
    size_t count;

    (void)verb;
    (void)operands;
    int code = cmd_formats(&list->common.output, formats, paths, &count);
    if (code == 0)
        code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_place place = cmd_place(&list->common);
    opsgate_report_list(&settings, &place, list->at, formats, count, &result);
    return cmd_finish(&result, paths);
}
