/* What a file is, by its first bytes: things that are sent in place of a table. Internal
 * to lib/report. */
#ifndef OG_REPORT_FIRST_SIGHT_H
#define OG_REPORT_FIRST_SIGHT_H

#include "csv/charset.h"
#include "report/layout.h"

/* "a zip archive, as spreadsheets (.xlsx) are", "a page of HTML"; NULL: nothing that is
 * known. Never what could be the beginning of a file of the layout. Static. */
const char *first_sight_format(const report_layout *layout, og_str head);

/* Whether rows end with a carriage return alone: there is one, and no line feed. Of an
 * encoding that holds ASCII. */
bool first_sight_lone_returns(og_str head);

/* The encoding that a byte order mark, or NUL bytes between ASCII ones, tell of, when
 * that is not the charset: "UTF-16LE, by its byte order mark". Static; NULL: nothing
 * speaks against it. */
const char *first_sight_encoding(const csv_charset *charset, og_str head);

#endif
