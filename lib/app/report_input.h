/* A file of a report as a source of bytes: a file, a pipe, or standard input, gzipped or
 * not. Internal to lib/app. */
#ifndef OG_APP_REPORT_INPUT_H
#define OG_APP_REPORT_INPUT_H

#include "csv/gzip.h"

typedef struct report_input {
    int fd;
    bool own_fd;
    csv_gzip *gzip; /* own */
    bool again;     /* its bytes are there to be read again from the start */
} report_input;

/* path "-" is standard input; relative ones start at cwd. A directory is no file.
 * OG_E_NOTFOUND, OG_E_IO, OG_E_NOMEM; of the source also OG_E_LIMIT, and OG_E_IO for gzip
 * that is damaged. Until report_input_close, ret stays where it is. */
int report_input_open(const char *cwd, const char *path, report_input *ret,
                      csv_source *ret_source, og_error *err);
void report_input_close(report_input *input);

/* A seed that nobody knows, for tables of what strangers wrote (verify_options). OG_E_IO.
 */
int report_input_seed(uint64_t ret[2], og_error *err);

#endif
