/* report impact. */
#include "verbs.h"

int cmd_report_impact(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_report_impact_values *impact = values;
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *formats[CMD_LIST_MAX], *paths[CMD_LIST_MAX];
    size_t count;

    (void)verb;
    (void)operands;
    int code = cmd_formats(&impact->common.output, formats, paths, &count);
    if (code == 0)
        code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_place place = cmd_place(&impact->common);
    const opsgate_report_impact_request request = {.party = impact->party,
                                                   .at = impact->at,
                                                   .formats = formats,
                                                   .format_count = count};
    opsgate_report_impact(&settings, &place, &request, &result);
    return cmd_finish(&result, paths);
}
