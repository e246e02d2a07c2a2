/* Options of a verb: flags first, then OPSGATE_* for what no flag gave. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cmd.h"

enum {
    NAME_MAX_BYTES = 64,
    OPTIONS_MAX = 32
};

static const cmd_option *find_option(const cmd_verb *verb, const char *name, size_t n)
{
    for (const cmd_option *o = verb->options; o->name; o++)
        if (strlen(o->name) == n && !strncmp(o->name, name, n))
            return o;
    return NULL;
}

static const cmd_option *find_letter(const cmd_verb *verb, char letter)
{
    for (const cmd_option *o = verb->options; o->name; o++)
        if (o->letter && o->letter == letter)
            return o;
    return NULL;
}

static int usage_hint(const cmd_verb *verb)
{
    fprintf(stderr, "  hint: 'opsgate help %s' shows its options\n", verb->name);
    return OPSGATE_EXIT_USAGE;
}

static int unknown_option(const cmd_verb *verb, const char *arg)
{
    og_str names[OPTIONS_MAX];
    size_t count = 0;

    for (const cmd_option *o = verb->options; o->name && count < OPTIONS_MAX; o++)
        names[count++] = og_str_from(o->name);
    og_str word = og_str_from(arg + strspn(arg, "-"));
    word = og_str_slice(word, 0, og_str_find(word, '='));
    og_str near = og_str_nearest(word, names, count);
    cmd_complain(NULL, "%s: '%s' is not an option", verb->name, arg);
    if (near.n)
        fprintf(stderr, "  hint: did you mean '--%.*s'?\n", OG_FMT(near));
    return usage_hint(verb);
}

static int store(const cmd_verb *verb, const cmd_option *o, const char *value,
                 void *values)
{
    void *place = (char *)values + o->offset;

    switch (o->type) {
    case CMD_FLAG:
        *(bool *)place = true;
        return 0;
    case CMD_TEXT:
        *(const char **)place = value;
        return 0;
    case CMD_LIST: {
        cmd_list *list = place;
        if (list->count == CMD_LIST_MAX) {
            cmd_complain(NULL, "%s: '--%s' is given more than %d times", verb->name,
                         o->name, CMD_LIST_MAX);
            return OPSGATE_EXIT_USAGE;
        }
        list->items[list->count++] = value;
        return 0;
    }
    }
    return OPSGATE_EXIT_USAGE;
}

static bool is_set(const cmd_option *o, const void *values)
{
    const void *place = (const char *)values + o->offset;

    switch (o->type) {
    case CMD_FLAG:
        return *(const bool *)place;
    case CMD_TEXT:
        return *(const char *const *)place != NULL;
    case CMD_LIST:
        return ((const cmd_list *)place)->count > 0;
    }
    return false;
}

/* "policy-rev" is OPSGATE_POLICY_REV. */
static const char *environment_of(const cmd_option *o, char name[NAME_MAX_BYTES])
{
    int n = snprintf(name, NAME_MAX_BYTES, "OPSGATE_%s", o->name);

    if (n < 0 || n >= NAME_MAX_BYTES)
        return NULL;
    for (char *c = name; *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    return getenv(name);
}

static int flag_from_environment(const cmd_verb *verb, const cmd_option *o,
                                 const char *value, void *values)
{
    if (!strcmp(value, "1") || !strcmp(value, "true"))
        return store(verb, o, NULL, values);
    if (!strcmp(value, "0") || !strcmp(value, "false"))
        return 0;
    cmd_complain(
        "set it to 1 or 0, or unset it",
        "%s: the environment's value for '--%s' is '%s', which is neither yes nor no",
        verb->name, o->name, value);
    return OPSGATE_EXIT_USAGE;
}

/* A job's variable that came to nothing: without the option something else would be
 * judged, or by somebody else. */
static int empty_environment(const cmd_verb *verb, const char *name)
{
    cmd_complain("give it a value, or unset it", "%s: %s is set but empty", verb->name,
                 name);
    return OPSGATE_EXIT_USAGE;
}

static int fill_from_environment(const cmd_verb *verb, void *values)
{
    char name[NAME_MAX_BYTES];

    for (const cmd_option *o = verb->options; o->name; o++) {
        const char *value = is_set(o, values) ? NULL : environment_of(o, name);
        if (!value)
            continue;
        if (!*value)
            return empty_environment(verb, name);
        int code = o->type == CMD_FLAG ? flag_from_environment(verb, o, value, values)
                                       : store(verb, o, value, values);
        if (code != 0)
            return code;
    }
    return 0;
}

/* One option at argv[*at]; *at moves past its value where that is an argument of its own.
 */
static int take_option(const cmd_verb *verb, int argc, char **argv, int *at, void *values)
{
    const char *arg = argv[*at], *value = NULL;
    const cmd_option *o;

    if (arg[1] == '-') {
        size_t n = strcspn(arg + 2, "=");
        o = find_option(verb, arg + 2, n);
        value = arg[2 + n] == '=' ? arg + 3 + n : NULL;
    } else {
        o = find_letter(verb, arg[1]);
        value = o && arg[2] ? arg + 2 : NULL;
    }
    if (!o)
        return unknown_option(verb, arg);
    if (o->type == CMD_FLAG) {
        if (!value)
            return store(verb, o, NULL, values);
        cmd_complain(NULL, "%s: '--%s' takes no value", verb->name, o->name);
        return usage_hint(verb);
    }
    if (!value && *at + 1 < argc)
        value = argv[++*at];
    if (!value || !*value) {
        cmd_complain(NULL, "%s: '--%s' needs a value: %s", verb->name, o->name, o->value);
        return usage_hint(verb);
    }
    if (o->type == CMD_TEXT && is_set(o, values)) {
        cmd_complain(NULL, "%s: '--%s' is given twice", verb->name, o->name);
        return usage_hint(verb);
    }
    return store(verb, o, value, values);
}

static int check_operands(const cmd_verb *verb, size_t count)
{
    if (count < verb->operand_min)
        cmd_complain(NULL, "%s: needs %s", verb->name, verb->operands);
    else if (count > verb->operand_max)
        cmd_complain(NULL, "%s: too many arguments", verb->name);
    else
        return 0;
    return usage_hint(verb);
}

int cmd_parse(const cmd_verb *verb, int argc, char **argv, void *values,
              const char **operands, bool *ret_help)
{
    size_t count = 0;
    bool only_operands = false;

    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (only_operands || arg[0] != '-' || !arg[1]) {
            operands[count++] = arg;
        } else if (!strcmp(arg, "--")) {
            only_operands = true;
        } else if (!strcmp(arg, "--help") || !strcmp(arg, "-h")) {
            *ret_help = true;
            return 0;
        } else {
            int code = take_option(verb, argc, argv, &i, values);
            if (code != 0)
                return code;
        }
    }
    int code = check_operands(verb, count);
    return code ? code : fill_from_environment(verb, values);
}
