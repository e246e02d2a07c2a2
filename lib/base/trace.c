/* Tracing: one write for each line, so that lines of several processes do not mix. */
#include "base/trace.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"

#define LINE_MAX_BYTES 1000u

static const char *const names[] = {/* ORDER: og_trace_topic */
                                    "cel",  "model",  "assess",
                                    "repo", "ledger", "delivery"};
_Static_assert(sizeof names / sizeof *names == OG_TRACE_COUNT, "topics");

/* The bits a word stands for; 0: unknown. */
static uint32_t mask_of(og_str word)
{
    if (og_str_is(word, "all"))
        return (1u << OG_TRACE_COUNT) - 1;
    for (unsigned i = 0; i < OG_TRACE_COUNT; i++)
        if (og_str_is(word, names[i]))
            return 1u << i;
    return 0;
}

bool og_trace_parse(const char *spec, uint32_t *ret_mask, const char **ret_bad)
{
    uint32_t mask = 0;
    og_str rest = og_str_from(spec);
    while (rest.n > 0) {
        og_str word = og_str_slice(rest, 0, og_str_find(rest, ','));
        rest = og_str_slice(rest, word.n + 1, rest.n);
        bool remove = og_str_starts(word, OG_STR("-"));
        uint32_t bits = mask_of(og_str_slice(word, remove, word.n));
        if (bits == 0 && word.n > 0) {
            *ret_bad = word.p;
            return false;
        }
        mask = remove ? mask & ~bits : mask | bits;
    }
    *ret_mask = mask;
    return true;
}

void og_trace_event(const og_trace *trace, og_trace_topic topic, const char *fmt, ...)
{
    char text[LINE_MAX_BYTES];
    og_buf line = {0};
    if (!trace || !(trace->mask & 1u << topic))
        return;
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    og_buf_puts(&line, names[topic]);
    og_buf_puts(&line, ": ");
    og_buf_put_shown(&line, og_str_from(text));
    if (line.n >= LINE_MAX_BYTES)
        line.n = LINE_MAX_BYTES - 1;
    og_buf_putc(&line, '\n');
    /* A trace that cannot be written changes no result. */
    (void)og_fd_write(trace->fd, og_buf_str(&line), NULL);
    og_buf_done(&line);
}
