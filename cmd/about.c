/* version and help. */
#include <unistd.h>

#include "base/file.h"
#include "verbs.h"

int cmd_version(const cmd_verb *verb, const char *const *operands, void *values)
{
    og_buf out = {0};
    og_error err = {0};

    (void)verb;
    (void)operands;
    (void)values;
    og_buf_printf(&out, "opsgate %s\n", opsgate_version());
    int rc = og_buf_check(&out, &err);
    if (rc == 0)
        rc = og_fd_write(STDOUT_FILENO, og_buf_str(&out), &err);
    if (rc != 0)
        cmd_complain(NULL, "write version: %s", og_error_text(&err));
    og_error_done(&err);
    og_buf_done(&out);
    return rc == 0 ? 0 : OPSGATE_EXIT_UNDECIDED;
}

int cmd_help(const cmd_verb *verb, const char *const *operands, void *values)
{
    (void)verb;
    (void)values;
    if (!operands[0])
        return cmd_print_overview();
    if (!operands[1] && cmd_is_group(operands[0]))
        return cmd_print_group(operands[0]);
    int used = 0;
    const cmd_verb *about = cmd_find(operands, &used);
    if (!about) {
        cmd_complain_unknown_verb(operands);
        return OPSGATE_EXIT_USAGE;
    }
    return cmd_print_help(about);
}
