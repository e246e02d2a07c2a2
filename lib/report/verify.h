/* Does a file follow a layout? Every way in which it does not is counted; the first ones
 * are kept in full.
 *
 * The file is read once, piece by piece: memory does not grow with it but for keys that
 * must be unique, which have a ceiling. A finding costs the same however many there are.
 */
#ifndef OG_REPORT_VERIFY_H
#define OG_REPORT_VERIFY_H

#include "csv/csv.h"
#include "report/layout.h"
#include "report/verify_rule.h"

typedef struct verify_finding {
    verify_rule rule;
    uint64_t row;        /* from 1, header included; 0: the file as a whole */
    uint64_t line;       /* from 1: where the row begins; 0: not known */
    uint64_t column;     /* from 1: of the cell; 0: the row as a whole */
    og_str field;        /* its name; may be empty */
    bool has_value, cut; /* cut: the cell goes on after `value` */
    og_str value;        /* the cell, cut after VERIFY_VALUE_MAX bytes */
    og_str text; /* what is wrong, without place and value; lower case, no full stop */
} verify_finding;

enum {
    VERIFY_VALUE_MAX = 120,
    VERIFY_KEEP_MAX = 100000
};

typedef struct verify_options {
    size_t keep;       /* findings in full, at most VERIFY_KEEP_MAX */
    size_t key_memory; /* bytes for the keys of one set; 0: KEYSET_LIMIT */
    uint64_t seed[2];  /* of the hashes of keys: see keyset.h */
    size_t jobs;       /* threads that check; 0 and 1: the caller's alone */
    size_t piece; /* bytes that a thread is given at once; 0: 512 KiB with several jobs,
                     else the file is read as it comes. The result is the same */
    bool first_only; /* one finding is enough: the rest of the file is not read */
} verify_options;

typedef struct verify_result { /* zeroed before the call */
    og_arena arena;            /* owns what the findings say */
    uint64_t rows;             /* of data that were read */
    uint64_t total;            /* findings, kept or not */
    uint64_t counts[VERIFY_RULE_COUNT];
    verify_finding *findings; /* in the order of the file */
    size_t count;
    bool open_end; /* the last row has no line ending */
    bool stopped;  /* the rest of the file was not read: see the last finding */
    const char *const *unchecked; /* what the layout asks and this does not check */
    size_t unchecked_count;
} verify_result;

/* Reads the source to its end. OG_OK also with findings; OG_E_UNSUPPORTED: an encoding
 * that is not read; OG_E_INVALID: a layout that makes no sense (err says what);
 * OG_E_LIMIT, OG_E_NOMEM, or what the source fails with. */
int verify_file(const report_layout *layout, csv_source source,
                const verify_options *options, verify_result *ret, og_error *err);
void verify_result_done(verify_result *result);

/* No finding, and all that the layout asks was checked to the end of the file. */
static inline bool verify_conforms(const verify_result *result)
{
    return result->total == 0 && !result->stopped;
}

#endif
