/* Help, from the same table that dispatches. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cmd.h"

/* Prints the buffer to stdout and frees it; 0, or 4 when not everything was written. */
static int print_done(og_buf *out)
{
    og_error err = {0};
    int rc = og_buf_check(out, &err);

    if (rc == 0)
        rc = og_fd_write(STDOUT_FILENO, og_buf_str(out), &err);
    if (rc != 0)
        cmd_complain(NULL, "write help: %s", og_error_text(&err));
    og_error_done(&err);
    og_buf_done(out);
    return rc == 0 ? 0 : OPSGATE_EXIT_UNDECIDED;
}

static void option_row(og_buf *out, const cmd_option *o)
{
    char left[64];
    char letter[8] = "    ";

    if (o->letter)
        snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name, o->value ? " " : "",
             o->value ? o->value : "");
    og_buf_printf(out, "  %-26s %s\n", left, o->help);
}

int cmd_print_help(const cmd_verb *verb)
{
    og_buf out = {0};

    og_buf_printf(&out, "usage: opsgate %s%s%s [options]\n\n%s\n", verb->name,
                  *verb->operands ? " " : "", verb->operands, verb->line);
    if (verb->details)
        og_buf_printf(&out, "\n%s\n", verb->details);
    og_buf_puts(&out, "\noptions:\n");
    for (const cmd_option *o = verb->options; o->name; o++)
        option_row(&out, o);
    og_buf_puts(&out, "  -h, --help                 this text\n"
                      "\nAn option that is not given is taken from OPSGATE_<NAME>, for "
                      "example OPSGATE_POLICY_REV.\n");
    return print_done(&out);
}

static const char exit_codes[] =
    "exit codes:\n"
    "  0  go, or go with work-off        4  could not decide or finish\n"
    "  1  no_go                          5  nothing to judge\n"
    "  2  usage, or not found            6  ledger integrity\n"
    "  3  invalid register or criteria   7  all well but not delivered\n";

static void verb_row(og_buf *out, const cmd_verb *verb)
{
    og_buf_printf(out, "  %-17s %s\n", verb->name, verb->line);
}

int cmd_print_overview(void)
{
    og_buf out = {0};
    const char *group = "";

    og_buf_puts(&out, "opsgate decides whether a release may go live, and proves it.\n\n"
                      "usage: opsgate COMMAND [options]\n");
    for (const cmd_verb *v = cmd_verbs; v->name; v++) {
        if (strcmp(group, v->group) != 0)
            og_buf_printf(&out, "\n%s\n", group = v->group);
        verb_row(&out, v);
    }
    og_buf_printf(&out, "\n%s\n'opsgate help COMMAND' shows a command's options.\n",
                  exit_codes);
    return print_done(&out);
}

int cmd_print_group(const char *word)
{
    og_buf out = {0};
    size_t n = strlen(word);

    og_buf_printf(&out, "usage: opsgate %s COMMAND [options]\n\n", word);
    for (const cmd_verb *v = cmd_verbs; v->name; v++)
        if (!strncmp(v->name, word, n) && v->name[n] == ' ')
            verb_row(&out, v);
    og_buf_printf(&out, "\n'opsgate help %s COMMAND' shows a command's options.\n", word);
    return print_done(&out);
}
