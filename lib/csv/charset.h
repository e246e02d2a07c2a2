/* Character encodings of tables: names, and what the bytes of the single-byte ones mean.
 *
 * Tables of our own, from the mappings that Unicode publishes, and not iconv(3): what
 * glibc's knows it loads from modules on disk, it differs between systems (0x81 of
 * windows-1252), and the core reads no files. The ones here are those that exports are
 * written in where English is: by databases, by spreadsheets (windows-1252, ibm850,
 * utf-16), and by older systems. */
#ifndef OG_CSV_CHARSET_H
#define OG_CSV_CHARSET_H

#include <stdint.h>

#include "base/str.h"

typedef enum csv_charset_form { /* the first three hold ASCII as it is */
    CSV_CHARSET_UTF8,
    CSV_CHARSET_ASCII,
    CSV_CHARSET_SINGLE, /* bytes below 0x80 are ASCII, the others as in `upper` */
    CSV_CHARSET_UTF16,  /* a byte order mark says which byte comes first */
    CSV_CHARSET_UTF16LE,
    CSV_CHARSET_UTF16BE
} csv_charset_form;

typedef struct csv_charset {
    const char *name; /* lower case, as IANA registers it; static */
    csv_charset_form form;
    const uint16_t *upper; /* [128] code points of 0x80 to 0xff; 0: no character */
} csv_charset;

/* By name or alias ("latin1", "CP1252"), in any case; NULL: none that is read here. */
const csv_charset *csv_charset_named(og_str name);

/* The names, for messages: "utf-8, us-ascii, …"; static. */
const char *csv_charset_names(void);

#endif
