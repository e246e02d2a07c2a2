/* OPSGATE_TRACE=cel,repo or all,-repo: one line an event to stderr. The process sets the
 * mask once at start-up (cmd); the core never reads the environment itself. */
#ifndef OG_BASE_TRACE_H
#define OG_BASE_TRACE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum og_trace_topic { /* ORDER: names in trace.c */
    OG_TRACE_CEL,
    OG_TRACE_MODEL,
    OG_TRACE_ASSESS,
    OG_TRACE_REPO,
    OG_TRACE_LEDGER,
    OG_TRACE_DELIVERY,
    OG_TRACE_COUNT
} og_trace_topic;

/* Where events go; passed down by those who do I/O (repo, ledger, delivery, app). */
typedef struct og_trace {
    uint32_t mask;
    int fd;
} og_trace;

/* Reads a specification as above; unknown words are named in *ret_bad (borrowed). */
bool og_trace_parse(const char *spec, uint32_t *ret_mask, const char **ret_bad);
/* trace may be NULL. A line is at most 1,000 bytes; control bytes are escaped. */
void og_trace_event(const og_trace *trace, og_trace_topic topic, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
