/* The command line: one row a verb, from which dispatch, help and completion come.
 *
 * A verb's options land in its own struct by offset; each option is taken from the flag,
 * else from OPSGATE_<NAME>. The process's surroundings (clock, environment, terminal) are
 * read here and nowhere below. */
#ifndef OPSGATE_CMD_H
#define OPSGATE_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "opsgate/opsgate.h"

typedef enum cmd_option_type {
    CMD_FLAG, /* bool */
    CMD_TEXT, /* const char * */
    CMD_LIST  /* cmd_list */
} cmd_option_type;

enum {
    CMD_LIST_MAX = 16
};

typedef struct cmd_list { /* a repeatable option's values, borrowed from argv */
    const char *items[CMD_LIST_MAX];
    size_t count;
} cmd_list;

typedef struct cmd_option {
    const char *name;  /* without the dashes */
    char letter;       /* 0: none */
    const char *value; /* "REV"; NULL for a flag */
    const char *help;  /* one line */
    cmd_option_type type;
    size_t offset; /* into the verb's struct */
} cmd_option;

typedef struct cmd_verb {
    const char *name, *group, *line; /* name: one word, or two: "report diff";
                                        line: what it does, one line */
    const char *operands;            /* "SUBJECT CRITERION"; "" for none */
    size_t operand_min, operand_max;
    const cmd_option *options; /* ends with a NULL name */
    const char *details;       /* further paragraphs of its help; NULL: none */
    /* operands are NULL-terminated; values is the verb's zeroed struct of size_of_values.
     */
    int (*run)(const struct cmd_verb *verb, const char *const *operands, void *values);
    size_t size_of_values;
} cmd_verb;

/* Every verb, in the order help shows them; ends with a NULL name. */
extern const cmd_verb cmd_verbs[];
/* The verb that the first one or two of the words name (NULL-terminated), *ret_used of
 * them; NULL: no such verb. */
const cmd_verb *cmd_find(const char *const *words, int *ret_used);
/* Whether verbs of two words begin with it. */
bool cmd_is_group(const char *word);
/* Says on stderr what is wrong with words that name no verb, with the nearest one. */
void cmd_complain_unknown_verb(const char *const *words);

/* Fills values and operands (room for argc + 1) from argv[1 …] and the environment. 0, or
 * OPSGATE_EXIT_USAGE after saying on stderr what is wrong and what would fit; 1 in
 * *ret_help when --help was asked for. */
int cmd_parse(const cmd_verb *verb, int argc, char **argv, void *values,
              const char **operands, bool *ret_help);

/* Help text to stdout. Exit code. */
int cmd_print_help(const cmd_verb *verb);
int cmd_print_overview(void);
/* The verbs that begin with the word. */
int cmd_print_group(const char *word);

/* Options that several verbs share; each verb's struct begins with one. */
typedef struct cmd_common {
    const char *repo, *register_dir, *rev, *policy_rev;
    bool worktree;
    cmd_list output;
} cmd_common;

#define CMD_PLACE_OPTIONS                                                              \
    {"repo",   0,                                                                      \
     "PATH",   "the git repository, bare or not (default: around here)",               \
     CMD_TEXT, offsetof(cmd_common, repo)},                                            \
        {"register", 0,                                                                \
         "DIR",      "the register (default: the nearest opsgate.yaml up)",            \
         CMD_TEXT,   offsetof(cmd_common, register_dir)},                              \
        {"rev",    0,                                                                  \
         "REV",    "the revision to read (default: HEAD)",                             \
         CMD_TEXT, offsetof(cmd_common, rev)},                                         \
        {"policy-rev", 0,                                                              \
         "REV",        "the revision that supplies configuration, criteria and kinds", \
         CMD_TEXT,     offsetof(cmd_common, policy_rev)},                              \
    {                                                                                  \
        "worktree", 0, NULL, "read the files as they lie instead of a revision",       \
            CMD_FLAG, offsetof(cmd_common, worktree)                                   \
    }

/* One run of a verb: what the library is asked with, and what it gave. */
typedef struct cmd_run {
    opsgate_settings settings; /* this process's clock, directory, terminal, trace */
    opsgate_place place;
    const char *formats[CMD_LIST_MAX], *paths[CMD_LIST_MAX]; /* NULL path: stdout */
    size_t format_count;
    opsgate_result result;
} cmd_run;

/* Makes a run from the shared options (NULL: a verb that has none); -o is split into
 * formats and paths, of which one at most goes to stdout (none given: text). 0, or the
 * exit code after a message. */
int cmd_begin(cmd_run *run, const cmd_common *common);
/* Writes messages, documents and the summary, frees the result. Returns the exit code:
 * the result's, or 4 when something could not be written. */
int cmd_finish(cmd_run *run);
/* "opsgate: " message, hint on stderr. */
void cmd_complain(const char *hint, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
