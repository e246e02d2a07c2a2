/* cel_messages FILE: what is said to conditions that are wrong, word for word.
 *
 * FILE is lines of comment (#, or empty), conditions (">>> ", further lines "... ") and
 * below each what is printed. Everything after a condition is made anew and the whole
 * compared with the file; with UPDATE_SPEC=1 in the environment it is written instead. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "cel/cel.h"

#define LARGEST_FILE (1 << 20)
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- The register ---- */

static og_value no_value(cel_call *call, const og_value *args, uint32_t count)
{
    (void)args;
    (void)count;
    return cel_fault(call->arena, "not called here");
}

#define WORD(z)            \
    {                      \
        (z), sizeof(z) - 1 \
    }
#define WORDS(name_, ...)                                                              \
    {                                                                                  \
        .kind = CEL_ENUM, .name = WORD(name_), .words = (const og_str[]){__VA_ARGS__}, \
        .word_count = COUNT(((const og_str[]){__VA_ARGS__}))                           \
    }

static const cel_type state =
    WORDS("testing_issue.state", WORD("open"), WORD("fixed"), WORD("closed"));
static const cel_type cycle =
    WORDS("release.cycle", WORD("scheduled"), WORD("emergency"));
static cel_object testing_issue, release;

static const cel_field issue_fields[] = {
    {WORD("id"), &cel_string, false, {0}},
    {WORD("severity"), &cel_int, false, {0}},
    {WORD("state"), &state, false, {0}},
    {WORD("raised_on"), &cel_date, true, {0}},
    {WORD("retested_at"), &cel_timestamp, true, {0}},
    {WORD("workaround"), &cel_string, true, {0}},
    {WORD("blocks"), &release.type, true, {0}},
};
static const cel_field release_fields[] = {
    {WORD("id"), &cel_string, false, {0}},
    {WORD("cycle"), &cycle, false, {0}},
    {WORD("go_live"), &cel_date, true, {0}},
    {WORD("regions"), &cel_list_string, false, {0}},
    {WORD("pass_rate"), &cel_double, true, {0}},
};
static const cel_overload functions[] = {
    {.function = "date",
     .id = "date_string",
     .flags = CEL_GLOBAL,
     .param_count = 1,
     .params = {&cel_string},
     .result = &cel_date,
     .call = no_value},
    {.function = "date",
     .id = "date_timestamp",
     .flags = CEL_GLOBAL,
     .param_count = 1,
     .params = {&cel_timestamp},
     .result = &cel_date,
     .call = no_value},
    {.function = "start_of",
     .id = "start_of_date",
     .flags = CEL_GLOBAL,
     .param_count = 1,
     .params = {&cel_date},
     .result = &cel_timestamp,
     .call = no_value},
    {.function = "working_days",
     .id = "working_days_date_date",
     .flags = CEL_GLOBAL,
     .param_count = 2,
     .params = {&cel_date, &cel_date},
     .result = &cel_int,
     .call = no_value},
};

static bool declare(cel_env *env, const char *name, const cel_type *type)
{
    return cel_env_variable(env, og_str_from(name), type, (og_str){0}, NULL, NULL) ==
           OG_OK;
}

static cel_env *make_env(void)
{
    cel_env *env = NULL;
    cel_object_init(&testing_issue, OG_STR("testing_issue"), OG_STR(""), issue_fields,
                    COUNT(issue_fields));
    cel_object_init(&release, OG_STR("release"), OG_STR(""), release_fields,
                    COUNT(release_fields));
    if (cel_env_new(NULL, NULL, &env, NULL) < 0)
        return NULL;
    bool good = cel_env_object(env, &testing_issue, NULL) == OG_OK &&
                cel_env_object(env, &release, NULL) == OG_OK &&
                cel_env_functions(env, functions, COUNT(functions), NULL) == OG_OK &&
                declare(env, "testing_issues",
                        cel_type_list_of(cel_env_arena(env), &testing_issue.type)) &&
                declare(env, "issue", &testing_issue.type) &&
                declare(env, "release", &release.type) &&
                declare(env, "now", &cel_timestamp) && declare(env, "today", &cel_date) &&
                declare(env, "count", &cel_int) && declare(env, "params", &cel_dyn);
    if (!good)
        cel_env_free(env);
    return good ? env : NULL;
}

/* ---- What is said ---- */

static og_pos place_of(og_str source, const cel_issue *issue)
{
    og_pos pos = {.path = "condition", .line = 1, .column = 1, .length = issue->length};
    size_t at = 0;
    for (uint32_t i = 0; i < issue->offset && at < source.n; i++) {
        uint32_t code = 0;
        unsigned n = og_utf8_decode(source, at, &code);
        at += n ? n : 1;
        pos.column = code == '\n' ? 1 : pos.column + 1;
        pos.line += code == '\n';
    }
    return pos;
}

static void say(const cel_env *env, og_str source, og_buf *out)
{
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_diags diags = {0};
    og_error err = {0};
    cel_compile(env, source, &(cel_compile_options){.result = &cel_bool}, &issues,
                &program, &err);
    for (size_t i = 0; i < issues.count; i++) {
        const cel_issue *issue = &issues.items[i];
        og_diag *d =
            og_diags_add(&diags, OG_LEVEL_ERROR, issue->code, place_of(source, issue),
                         source, "%.*s", OG_FMT(issue->message));
        if (issue->hint.n > 0)
            og_diags_hint(&diags, d, "%.*s", OG_FMT(issue->hint));
    }
    og_diags_print(&diags, out, false);
    if (program)
        og_buf_puts(out, "fine\n");
    og_diags_done(&diags);
    cel_issues_done(&issues);
    cel_program_free(program);
    og_error_done(&err);
}

/* ---- The file ---- */

static og_str next_line(og_str text, size_t *at)
{
    size_t end = *at + og_str_find(og_str_slice(text, *at, text.n), '\n');
    og_str line = og_str_slice(text, *at, end);
    *at = end < text.n ? end + 1 : end;
    return line;
}

static bool starts(og_str line, const char *prefix)
{
    return og_str_starts(line, og_str_from(prefix));
}

/* The condition whose first line is at *at, with its lines in `out`. */
static void take_condition(og_str text, size_t *at, og_buf *out, og_buf *condition)
{
    og_str line = next_line(text, at);
    for (bool more = true; more;) {
        og_buf_put(condition, og_str_slice(line, 4, line.n));
        og_buf_put(out, line);
        og_buf_putc(out, '\n');
        size_t after = *at;
        line = next_line(text, &after);
        more = starts(line, "... ");
        if (more) {
            og_buf_putc(condition, '\n');
            *at = after;
        }
    }
}

/* The file as it should be. Returns how many conditions are in it. */
static size_t make_anew(const cel_env *env, og_str text, og_buf *out)
{
    size_t count = 0;
    for (size_t at = 0; at < text.n;) {
        size_t after = at;
        og_str line = next_line(text, &after);
        if (starts(line, ">>> ")) {
            og_buf condition = {0};
            take_condition(text, &at, out, &condition);
            say(env, og_buf_str(&condition), out);
            og_buf_done(&condition);
            count++;
            continue;
        }
        if (line.n == 0 || starts(line, "#"))
            og_buf_printf(out, "%.*s\n", OG_FMT(line));
        at = after;
    }
    return count;
}

static int compare(const char *path, og_str have, og_str wanted)
{
    size_t at_have = 0, at_wanted = 0;
    for (unsigned n = 1; at_have < have.n || at_wanted < wanted.n; n++) {
        og_str a = next_line(wanted, &at_wanted), b = next_line(have, &at_have);
        if (og_str_eq(a, b))
            continue;
        printf("%s:%u: the file has\n%.*s\nbut it is\n%.*s\n", path, n, OG_FMT(a),
               OG_FMT(b));
        printf("if that is right: UPDATE_SPEC=1 ctest -R spec, then read the diff\n");
        return 1;
    }
    return 0;
}

static int rewrite(const char *path, og_str text)
{
    FILE *out = fopen(path, "wb");
    bool good = out && fwrite(text.p, 1, text.n, out) == text.n;
    return out && fclose(out) == 0 && good ? 0 : 1;
}

int main(int argc, char **argv)
{
    static char bytes[LARGEST_FILE];
    FILE *in = argc == 2 ? fopen(argv[1], "rb") : NULL;
    size_t n = in ? fread(bytes, 1, sizeof bytes, in) : 0;
    cel_env *env = make_env();
    if (!in || n == sizeof bytes || !env) {
        fprintf(stderr, "give a file of conditions, at most 1 MiB\n");
        return 1;
    }
    fclose(in);
    og_buf made = {0};
    size_t count = make_anew(env, (og_str){bytes, n}, &made);
    const char *update = getenv("UPDATE_SPEC");
    int status = update && strcmp(update, "1") == 0
                     ? rewrite(argv[1], og_buf_str(&made))
                     : compare(argv[1], og_buf_str(&made), (og_str){bytes, n});
    printf("%zu conditions\n", count);
    og_buf_done(&made);
    cel_env_free(env);
    return status || count == 0;
}
