/* A file of a report as a source of bytes: a file, a pipe, or standard input, gzipped or
 * not. Internal to lib/app. */
#ifndef OG_APP_REPORT_INPUT_H
#define OG_APP_REPORT_INPUT_H

#include "base/buf.h"
#include "csv/gzip.h"

typedef struct report_input {
    int fd;
    bool own_fd;
    og_str kept;    /* in place of a file: what is left of its bytes */
    csv_gzip *gzip; /* own */
} report_input;

/* path "-" is standard input; relative ones start at cwd. A directory is no file.
 * OG_E_NOTFOUND, OG_E_IO, OG_E_NOMEM; of the source also OG_E_LIMIT, and OG_E_IO for gzip
 * that is damaged. Until report_input_close, ret stays where it is. */
int report_input_open(const char *cwd, const char *path, report_input *ret,
                      csv_source *ret_source, og_error *err);
/* The same from bytes that were kept, which outlive it. OG_E_NOMEM. */
int report_input_open_kept(og_str bytes, report_input *ret, csv_source *ret_source,
                           og_error *err);
/* What cannot be read twice, a pipe, is read to its end and kept, at most OG_LIMIT_BUFFER
 * bytes; *ret_kept false: it is a file that can. As report_input_open; OG_E_LIMIT. */
int report_input_keep(const char *cwd, const char *path, og_buf *out, bool *ret_kept,
                      og_error *err);
void report_input_close(report_input *input);

/* A seed that nobody knows, for tables of what strangers wrote (verify_options). OG_E_IO.
 */
int report_input_seed(uint64_t ret[2], og_error *err);

#endif
