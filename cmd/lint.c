/* lint and test: a register and its criteria, checked. */
#include "verbs.h"

int cmd_lint(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_lint_values *lint = values;
    const cmd_common *common = &lint->common;
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *formats[CMD_LIST_MAX], *paths[CMD_LIST_MAX];
    size_t count;

    (void)verb;
    (void)operands;
    int code = cmd_formats(&common->output, formats, paths, &count);
    if (code == 0)
        code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_place place = cmd_place(common);
    opsgate_lint(&settings, &place, lint->at, formats, count, &result);
    return cmd_finish(&result, paths);
}

int cmd_test(const cmd_verb *verb, const char *const *operands, void *values)
{
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *const paths[] = {NULL};

    (void)verb;
    (void)operands;
    int code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_place place = cmd_place(values);
    opsgate_test(&settings, &place, &result);
    return cmd_finish(&result, paths);
}
