/* Batches whose records stand in other files: finding those, and what the batch says
 * about the names and texts in them. Internal to lib/model. */
#ifndef OG_MODEL_BATCH_FILES_H
#define OG_MODEL_BATCH_FILES_H

#include "model/load.h"

typedef struct batch_files {
    register_loader *l;
    model_batch *batch;
    const og_node *node;       /* records: {csv: …} */
    const og_document *doc;    /* of the batch */
    const model_record *setup; /* the form of `node`; NULL: it has none (junit) */
    size_t record_cap, data_cap;
} batch_files;

/* An error about a word in the batch: where it stands under `key`, as a key there or as a
 * value, or else at the key's value. "'WHAT' TEXT". */
og_diag *batch_finding(batch_files *b, const char *key, const char *code, og_str what,
                       const char *text);
/* Reads the file that `name` leads to from the batch's directory and enters it in
 * batch->data; *ret is NULL after a finding at `key`. */
int batch_open(batch_files *b, const char *key, og_str name, const model_file **ret,
               og_error *err);
/* The same for every file that a pattern matches, where '*' stands for any bytes but '/';
 * *ret_count is how many were matched: those with a finding are counted too. A name
 * without '*' is one file and must be there; a pattern that matches nothing is a warning.
 */
int batch_open_all(batch_files *b, const char *key, og_str pattern, size_t *ret_count,
                   og_error *err);
int batch_enter(batch_files *b, const model_record *record, og_error *err);

/* ---- Names and texts: `columns` and `values` ---- */

typedef struct batch_column {
    og_str name;              /* of a column, or of a member */
    uint32_t slot;            /* 0: not used */
    const model_field *field; /* NULL: not used */
    const og_vmap *values; /* what its texts stand for, read already; NULL: as they are */
} batch_column;

typedef struct batch_columns {
    batch_column *list;
    size_t count;
} batch_columns;

/* Lets `column`, not yet in the list, fill a field of the kind. A field there is not, the
 * owner's, or one that another column fills, is a finding and leaves it unused. */
void batch_bind(batch_files *b, const batch_columns *columns, batch_column *column,
                og_str field);
/* Reads `values` into the columns that fill their fields. */
int batch_read_values(batch_files *b, batch_columns *columns, og_error *err);
/* Whether every required field of the kind is filled; reports those that are not. */
bool batch_check_filled(batch_files *b, const batch_columns *columns, const char *key,
                        bool report);

#endif
