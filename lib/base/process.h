/* Child processes: run a program (never a shell), feed it, collect what it says. */
#ifndef OG_BASE_PROCESS_H
#define OG_BASE_PROCESS_H

#include "base/buf.h"
#include "base/error.h"

typedef struct og_process_result {
    int status; /* exit status 0 to 255; 128 + signal when killed */
    og_buf out, errout;
} og_process_result;

/* argv is NULL-terminated, argv[0] looked up in PATH. input may be empty. env: NULL keeps
 * ours. Kills the child after timeout_ms (0: none; OG_E_IO "timed out"). A child that ran
 * and failed is OG_OK with its status. Initialise result zeroed; limits set in its
 * buffers hold (OG_E_LIMIT). OG_E_NOTFOUND: no such program. */
int og_process_run(const char *const *argv, const char *const *env, og_str input,
                   int timeout_ms, og_process_result *ret, og_error *err);
void og_process_result_done(og_process_result *r);

#endif
