/* Identifiers that a scanner misread: SECMPO00O07 for SECMP0007, MPO77 for MP077,
 * 53x/CO NFO1 for 53x/CONF01.
 *
 * In the number at the end of an identifier O is read as 0, and l, I and | as 1; the
 * integer is then written with as many digits as its kind has. A word that is an
 * identifier as it stands is none of these, and neither is one that has no digit where a
 * number should be, a fraction (24/7) or a date (07/09/2021). A text in which one is
 * found is any bytes: YAML, CSV, prose. */
#ifndef OG_MODEL_SCANNED_ID_H
#define OG_MODEL_SCANNED_ID_H

#include "base/str.h"

typedef enum scanned_kind {   /* flags */
    SCANNED_MODIFICATION = 1, /* SECMP and 4 digits; MP and 3, with an optional letter; DP
                                 and 3 */
    SCANNED_ACTION = 2        /* meeting, '/', and 2 digits or CONF and 2 digits */
} scanned_kind;

enum {
    SCANNED_READINGS = 4,
    SCANNED_SIZE = 24 /* bytes of a reading, with its NUL */
};

typedef struct scanned_id { /* a word that looks like an identifier and is none */
    size_t at, n;           /* bytes of the text */
    uint32_t line, column;  /* from 1; columns count code points */
    scanned_kind kind;
    /* What it may stand for. 1: that is what it was; 0: no identifier reads so; more: it
     * cannot be told which. */
    size_t count;
    char readings[SCANNED_READINGS][SCANNED_SIZE];
} scanned_id;

typedef struct scanned_reader { /* text and kinds are the caller's, the rest zeroed */
    og_str text;
    unsigned kinds;          /* of scanned_kind */
    size_t at;               /* where to look next */
    size_t seen;             /* bytes up to the one last placed */
    uint32_t lines, columns; /* before that one */
} scanned_reader;

/* The next one in the text; false at its end. The value of a field `scanned_as` is passed
 * over: it is there to keep what the scan has. Takes time in proportion to the text. */
bool scanned_next(scanned_reader *reader, scanned_id *ret);

#endif
