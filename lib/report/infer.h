/* A layout from a file: what can be told of a table by reading it. A draft for people to
 * correct, never a layout by itself. */
#ifndef OG_REPORT_INFER_H
#define OG_REPORT_INFER_H

#include "csv/csv.h"
#include "report/layout.h"

enum {
    INFER_WORDS = 10 /* distinct values that may be a code list */
};

typedef struct infer_column {
    og_str name;      /* the label, or "column_1" */
    report_type type; /* the narrowest of integer, number, boolean, date, datetime, time
                         that every value is of, else string */
    bool required;    /* no cell is empty */
    og_str words[INFER_WORDS];
    size_t word_count; /* a code list: few values, each many times; 0: none */
} infer_column;

typedef struct infer_result { /* zeroed before the call */
    og_arena arena;
    char delimiter; /* of , ; tab | the one that is most often in the first row */
    bool header;    /* the first row looks like labels: texts that differ */
    bool crlf;
    uint64_t rows; /* of data */
    infer_column *columns;
    size_t count;
} infer_result;

/* Reads the source to its end. OG_E_UNSUPPORTED: no table one could describe (ragged
 * rows, labels that repeat, quotes that do not match, bytes that are no UTF-8); err says
 * where. OG_E_NOMEM, or what the source fails with. */
int infer_file(csv_source source, infer_result *ret, og_error *err);
void infer_result_done(infer_result *result);

#endif
