/* assess and explain: one request, judged. */
#include "verbs.h"

/* What both have in common; criterion NULL: the whole verdict. */
static int judge(const char *subject, const char *criterion,
                 const cmd_assess_values *values)
{
    cmd_run run;

    int code = cmd_begin(&run, &values->common);
    if (code != 0)
        return code;
    if (values->dry_run && !values->post) {
        cmd_complain("add --post, or leave --dry-run out",
                     "'--dry-run' goes with '--post'");
        return OPSGATE_EXIT_USAGE;
    }
    opsgate_assess_request request = {.subject = subject,
                                      .gate = values->gate,
                                      .at = values->at,
                                      .formats = run.formats,
                                      .format_count = run.format_count,
                                      .post = values->post,
                                      .dry_run = values->dry_run};
    if (criterion)
        opsgate_explain(&run.settings, &run.place, &request, criterion, &run.result);
    else
        opsgate_assess(&run.settings, &run.place, &request, &run.result);
    return cmd_finish(&run);
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
