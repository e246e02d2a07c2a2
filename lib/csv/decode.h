/* Another encoding as a source of UTF-8, decoded as it is asked for.
 *
 *     csv_decoder *d;
 *     rc = csv_decoder_new(file, csv_charset_named(OG_STR("ibm850")), &d, err);
 *     rc = csv_open_source(&s, csv_decoder_source(d), NULL, err);
 *     …
 *     csv_decoder_free(d);
 *
 * Bytes that are no character end the text, with one byte that UTF-8 does not have: so
 * that the scanner refuses it at its row, line and column ("csv-byte"), and the rows
 * before it are read. csv_decoder_fault then says what it was. Memory: 32 KiB. */
#ifndef OG_CSV_DECODE_H
#define OG_CSV_DECODE_H

#include "csv/charset.h"
#include "csv/csv.h"

typedef struct csv_decoder csv_decoder;

typedef struct csv_fault {
    uint64_t at;     /* offset of its first byte in the source, from 0 */
    unsigned unit;   /* the byte; of UTF-16 the 16 bits */
    const char *why; /* what it is: "half of a pair of surrogates"; static */
} csv_fault;

/* `from` must outlive it; charset: one with `upper`, or a UTF-16. OG_E_NOMEM. */
int csv_decoder_new(csv_source from, const csv_charset *charset, csv_decoder **ret,
                    og_error *err);
/* A byte order mark of UTF-16 becomes that of UTF-8, which the scanner passes over. */
csv_source csv_decoder_source(csv_decoder *d);
/* What ended the text; NULL: nothing did so far. */
const csv_fault *csv_decoder_fault(const csv_decoder *d);
/* NULL is fine. */
void csv_decoder_free(csv_decoder *d);

#endif
