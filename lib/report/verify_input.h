/* The bytes of a file as text for the scanner: looked at first, decoded where the layout
 * says so. Internal to lib/report. */
#ifndef OG_REPORT_VERIFY_INPUT_H
#define OG_REPORT_VERIFY_INPUT_H

#include "csv/decode.h"
#include "report/layout.h"
#include "report/verify_rule.h"

enum {
    VERIFY_HEAD = 1024 /* bytes that are looked at */
};

typedef struct verify_input { /* zeroed is fine for verify_input_done */
    csv_source from;
    char head[VERIFY_HEAD];
    size_t head_n, head_at;
    csv_decoder *decoder; /* own; NULL: the text is UTF-8 already */
} verify_input;

/* What the file is, when its first bytes say that it is no table in the layout's
 * encoding. */
typedef struct verify_first_sight {
    verify_rule rule; /* VERIFY_FINE: nothing is to be said */
    og_str text;      /* in the arena */
} verify_first_sight;

/* Reads the first bytes of `from`, which must outlive it and with it *ret_source. `input`
 * stays where it is. OG_E_UNSUPPORTED: an encoding that is not read; OG_E_NOMEM; what
 * `from` fails with. */
int verify_input_open(verify_input *input, const report_layout *layout, csv_source from,
                      og_arena *arena, verify_first_sight *ret_sight,
                      csv_source *ret_source, og_error *err);
/* The bytes that ended the text, or NULL: as of csv_decoder_fault. */
const csv_fault *verify_input_fault(const verify_input *input);
void verify_input_done(verify_input *input);

#endif
