/* assess and explain: one request, judged. */
#include "verbs.h"

/* What both have in common; criterion NULL: the whole verdict. */
static int judge(const char *subject, const char *criterion,
                 const cmd_assess_values *values)
{
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *formats[CMD_LIST_MAX], *paths[CMD_LIST_MAX];
    size_t count;

    int code = cmd_formats(&values->common.output, formats, paths, &count);
    if (code == 0)
        code = cmd_settings(&settings);
    if (code != 0)
        return code;
    if (values->dry_run && !values->post) {
        cmd_complain("add --post, or leave --dry-run out",
                     "'--dry-run' goes with '--post'");
        return OPSGATE_EXIT_USAGE;
    }

    opsgate_place place = cmd_place(&values->common);
    opsgate_assess_request request = {.subject = subject,
                                      .gate = values->gate,
                                      .at = values->at,
                                      .formats = formats,
                                      .format_count = count,
                                      .post = values->post,
                                      .dry_run = values->dry_run};
    if (criterion)
        opsgate_explain(&settings, &place, &request, criterion, &result);
    else
        opsgate_assess(&settings, &place, &request, &result);
    return cmd_finish(&result, paths);
}

int cmd_assess(const cmd_verb *verb, const char *const *operands, void *values)
{
    (void)verb;
    return judge(operands[0], NULL, values);
}

int cmd_explain(const cmd_verb *verb, const char *const *operands, void *values)
{
    (void)verb;
    return judge(operands[0], operands[1], values);
}
