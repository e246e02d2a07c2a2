/* gzip as a source: bytes of RFC 1952, inflated as they are asked for. What does not
 * begin as gzip is passed on as it is, so a reader need not know (no table begins with
 * those two bytes: they are not UTF-8).
 *
 *     csv_gzip *z;
 *     rc = csv_gzip_new(file, &z, err);
 *     rc = csv_open_source(&s, csv_gzip_source(z), NULL, err);
 *     …
 *     csv_gzip_free(z);
 *
 * Several members one after the other are one text, as gzip has it. Lengths and check
 * sums are verified: text that was damaged or cut off is an error, though the rows before
 * it may have been read. Memory: about 110 KiB. */
#ifndef OG_CSV_GZIP_H
#define OG_CSV_GZIP_H

#include "csv/csv.h"

typedef struct csv_gzip csv_gzip;

/* `from` must outlive it. OG_E_NOMEM. */
int csv_gzip_new(csv_source from, csv_gzip **ret, og_error *err);
/* What it fails with: OG_E_INVALID, damaged, cut off, or followed by something else;
 * OG_E_LIMIT, more than OG_LIMIT_GZIP bytes, or past the first 16 MiB more than
 * OG_LIMIT_GZIP_RATIO times the bytes read; OG_E_NOMEM; what `from` fails with. A text
 * that failed stays failed. */
csv_source csv_gzip_source(csv_gzip *z);
/* Whether what was read so far was gzip: after the first read. */
bool csv_gzip_was_gzip(const csv_gzip *z);
/* NULL is fine. */
void csv_gzip_free(csv_gzip *z);

#endif
