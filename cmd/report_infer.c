/* report infer: a draft from a file. */
#include "verbs.h"

int cmd_report_infer(const cmd_verb *verb, const char *const *operands, void *values)
{
    static const char *const paths[] = {NULL};
    opsgate_settings settings = {0};
    opsgate_result result = {0};

    (void)verb;
    (void)values;
    int code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_report_infer(&settings, operands[0], &result);
    return cmd_finish(&result, paths);
}
