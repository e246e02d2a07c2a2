/* Inside lib/cel: findings placed by bytes of the source. */
#ifndef OG_CEL_ISSUE_H
#define OG_CEL_ISSUE_H

#include <stdio.h>

#include "cel/cel.h"
#include "cel/tree.h"

#define CEL_CODE_SYNTAX "cel-syntax" /* it is not an expression */
#define CEL_CODE_NAME "cel-name"     /* nothing has that name */
#define CEL_CODE_TYPE "cel-type"     /* things do not fit together */
#define CEL_CODE_LIMIT "cel-limit"   /* too long, too deep, too many */

/* Bytes [begin, end) of the source; as cel_issues_add otherwise. */
cel_issue *cel_issue_at(cel_issues *issues, og_str source, uint32_t begin, uint32_t end,
                        const char *code, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
/* The beginning of a text that may be long, for a message. */
og_str cel_issue_short(og_str text);
/* Into source order. */
void cel_issues_sort(cel_issues *issues);

#endif
