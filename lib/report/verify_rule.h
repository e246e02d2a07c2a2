/* What can be wrong with a file of a controlled report: one rule for each error class of
 * Frictionless, constraints one by one, and what its dialect cannot say. */
#ifndef OG_REPORT_VERIFY_RULE_H
#define OG_REPORT_VERIFY_RULE_H

typedef enum verify_rule { /* ORDER: names in verify_rule.c */
    VERIFY_FINE,
    /* Of the file: reading it further makes no sense. */
    VERIFY_EMPTY,    /* not even a header */
    VERIFY_FORMAT,   /* no table at all: an archive, a page of HTML */
    VERIFY_ENCODING, /* bytes that are no text in its encoding */
    VERIFY_QUOTING,  /* quotes that do not match */
    VERIFY_LIMIT,    /* a cell or row beyond what is read */
    VERIFY_DIALECT,  /* another delimiter than the layout's */
    VERIFY_LINE_ENDING,
    /* Of the header. */
    VERIFY_BLANK_LABEL,
    VERIFY_DUPLICATE_LABEL,
    VERIFY_MISSING_LABEL,
    VERIFY_EXTRA_LABEL,
    VERIFY_INCORRECT_LABEL, /* another name at its place */
    /* Of a row. */
    VERIFY_BLANK_ROW,
    VERIFY_MISSING_CELL, /* the row is too short */
    VERIFY_EXTRA_CELL,
    VERIFY_PRIMARY_KEY, /* a key with an empty part, or one that was there before */
    VERIFY_UNIQUE_KEY,
    VERIFY_FOREIGN_KEY, /* no row has what it refers to */
    VERIFY_ORDER,       /* it does not come after the row before */
    /* Of a cell. */
    VERIFY_TYPE,
    VERIFY_REQUIRED,
    VERIFY_ENUM,
    VERIFY_PATTERN,
    VERIFY_MINIMUM,
    VERIFY_MAXIMUM,
    VERIFY_MIN_LENGTH,
    VERIFY_MAX_LENGTH,
    VERIFY_UNIQUE
} verify_rule;
#define VERIFY_RULE_COUNT (VERIFY_UNIQUE + 1)

/* "missing-label", …; static. */
const char *verify_rule_name(verify_rule rule);

#endif
