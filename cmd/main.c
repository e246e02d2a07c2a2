/* opsgate: dispatch. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd.h"

/* A closed descriptor 0, 1 or 2 would be taken by the first file opened, and a document
 * could be written into it: hold each with one that cannot be written to. */
static void hold_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != fd)
            _exit(OPSGATE_EXIT_UNDECIDED);
}

static int run_verb(const cmd_verb *verb, int argc, char **argv)
{
    void *values = og_alloc(verb->size_of_values);
    const char **operands = og_alloc(((size_t)argc + 1) * sizeof *operands);
    int code;

    if (!values || !operands) {
        cmd_complain(NULL, "out of memory");
        code = OPSGATE_EXIT_UNDECIDED;
    } else {
        bool help = false;
        code = cmd_parse(verb, argc, argv, values, operands, &help);
        if (code == 0)
            code = help ? cmd_print_help(verb) : verb->run(verb, operands, values);
    }
    og_free(values);
    og_free(operands);
    return code;
}

/* What `--help` and `--version` stand for, else the word itself. */
static const char *verb_name(const char *word)
{
    if (!strcmp(word, "--help") || !strcmp(word, "-h"))
        return "help";
    if (!strcmp(word, "--version") || !strcmp(word, "-V"))
        return "version";
    return word;
}

int main(int argc, char **argv)
{
    hold_descriptors();
    /* A reader that goes away is an error of write(), reported, not a silent death. */
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        cmd_complain("'opsgate help' lists the commands", "no command given");
        return OPSGATE_EXIT_USAGE;
    }
    const char *words[] = {verb_name(argv[1]), argc > 2 ? argv[2] : NULL, NULL};
    bool asks = words[1] && (!strcmp(words[1], "--help") || !strcmp(words[1], "-h"));
    int used = 0;
    const cmd_verb *verb = cmd_find(words, &used);
    if (!verb && asks && cmd_is_group(words[0]))
        return cmd_print_group(words[0]);
    if (!verb) {
        cmd_complain_unknown_verb(words);
        return OPSGATE_EXIT_USAGE;
    }
    return run_verb(verb, argc - used, argv + used);
}
