/* Names of a report's files: a text with the date in it as strptime writes it,
 * "SMKI11_%Y%m%d.csv". The date may be a month or a year ("R_%Y-%m.csv"); without any,
 * all files have one name. */
#ifndef OG_REPORT_FILE_NAME_H
#define OG_REPORT_FILE_NAME_H

#include "base/date.h"
#include "report/cell.h"

typedef enum file_name_span { /* what a name tells */
    FILE_NAME_FIXED,          /* nothing */
    FILE_NAME_DAY,
    FILE_NAME_MONTH,
    FILE_NAME_YEAR
} file_name_span;

typedef struct file_name {
    og_str text; /* as written */
    file_name_span span;
    cell_pattern pattern; /* of a whole date: with what the text lacks behind it */
    size_t length;        /* bytes of every name; 0: they differ */
} file_name;

/* Borrows text; what it adds lives in the arena. OG_E_INVALID: a directive that is not
 * known, or parts of a date that make up none. OG_E_NOMEM. */
int file_name_make(og_str text, og_arena *arena, file_name *ret, og_error *err);
/* Whether `name`, without directories, is one of these; the first and the last day it may
 * be of (of FILE_NAME_FIXED: untouched). Days, months and years have all their digits:
 * what else could be read in two ways is no name. */
bool file_name_read(const file_name *pattern, og_str name, og_date *ret_first,
                    og_date *ret_last);

#endif
