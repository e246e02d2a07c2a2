/* The process's surroundings, and what goes out of it. */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/trace.h"
#include "cmd.h"

void cmd_complain(const char *hint, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    fputs("opsgate: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    if (hint)
        fprintf(stderr, "  hint: %s\n", hint);
}

static const char *lookup(void *context, const char *name)
{
    (void)context;
    return getenv(name);
}

/* Colour only on a terminal that can, and never against NO_COLOR (no-color.org). */
static bool wants_colour(int fd)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(fd) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

static int read_settings(opsgate_settings *ret)
{
    static char cwd[PATH_MAX];
    const char *trace = getenv("OPSGATE_TRACE"), *bad = NULL;
    struct timespec now;

    if (!getcwd(cwd, sizeof cwd)) {
        cmd_complain("change to a directory that exists", "working directory: %s",
                     strerror(errno));
        return OPSGATE_EXIT_USAGE;
    }
    if (trace && !og_trace_parse(trace, &ret->trace_mask, &bad)) {
        cmd_complain(
            "topics: cel model assess repo ledger delivery, or all; '-' leaves out",
            "OPSGATE_TRACE: '%s' is not a topic", bad);
        return OPSGATE_EXIT_USAGE;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    ret->cwd = cwd;
    ret->now_seconds = now.tv_sec;
    ret->now_nanos = (int32_t)now.tv_nsec;
    ret->lookup = lookup;
    ret->trace_fd = STDERR_FILENO;
    ret->colour_out = wants_colour(STDOUT_FILENO);
    ret->colour_messages = wants_colour(STDERR_FILENO);
    return 0;
}

static opsgate_place place_of(const cmd_common *common)
{
    return (opsgate_place){.repo = common->repo,
                           .register_dir = common->register_dir,
                           .rev = common->rev,
                           .policy_rev = common->policy_rev,
                           .worktree = common->worktree};
}

/* The entry of opsgate_formats() that the first n bytes of `word` name, or NULL. */
static const char *known_format(const char *word, size_t n)
{
    for (const char *const *f = opsgate_formats(); *f; f++)
        if (strlen(*f) == n && !strncmp(*f, word, n))
            return *f;
    return NULL;
}

static int split_outputs(const cmd_list *output, cmd_run *run)
{
    size_t to_stdout = 0;

    for (size_t i = 0; i < output->count; i++) {
        const char *item = output->items[i];
        size_t n = strcspn(item, "=");
        run->formats[i] = known_format(item, n);
        run->paths[i] = item[n] ? item + n + 1 : NULL;
        if (!run->formats[i]) {
            cmd_complain("formats: text, json", "'%.*s' is not an output format", (int)n,
                         item);
            return OPSGATE_EXIT_USAGE;
        }
        if (run->paths[i] && !*run->paths[i]) {
            cmd_complain("write -o FORMAT=PATH", "'%s' has no path after '='", item);
            return OPSGATE_EXIT_USAGE;
        }
        to_stdout += !run->paths[i];
    }
    if (to_stdout > 1) {
        cmd_complain("write -o FORMAT=PATH for all but one",
                     "only one output can go to stdout");
        return OPSGATE_EXIT_USAGE;
    }
    run->format_count = output->count;
    if (output->count == 0) {
        run->formats[0] = known_format("text", 4);
        run->paths[0] = NULL;
        run->format_count = 1;
    }
    return 0;
}

int cmd_begin(cmd_run *run, const cmd_common *common)
{
    static const cmd_common none = {0};

    *run = (cmd_run){.place = place_of(common ? common : &none)};
    int code = split_outputs(common ? &common->output : &none.output, run);
    return code == 0 ? read_settings(&run->settings) : code;
}

/* False after a message when the document could not be written whole. */
static bool write_document(const opsgate_document *document, const char *path)
{
    og_error err = {0};
    og_str text = {document->text, document->size};
    int rc =
        path ? og_file_write(path, text, &err) : og_fd_write(STDOUT_FILENO, text, &err);

    if (rc != 0)
        cmd_complain(NULL, "write %s output%s%s: %s", document->format,
                     path ? " to " : "", path ? path : "", og_error_text(&err));
    og_error_done(&err);
    return rc == 0;
}

int cmd_finish(cmd_run *run)
{
    opsgate_result *result = &run->result;
    int code = (int)result->exit_code;
    bool written = true;

    if (result->messages)
        fputs(result->messages, stderr);
    for (size_t i = 0; i < result->document_count; i++)
        written = write_document(&result->documents[i], run->paths[i]) && written;
    if (result->summary)
        fprintf(stderr, "opsgate: %s\n", result->summary);
    else if (code == OPSGATE_EXIT_UNDECIDED) /* not even room for that line */
        fputs("opsgate: out of memory\n", stderr);
    opsgate_result_done(result);
    return written ? code : OPSGATE_EXIT_UNDECIDED;
}
