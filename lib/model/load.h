/* The steps of loading a register. Internal to lib/model. */
#ifndef OG_MODEL_LOAD_H
#define OG_MODEL_LOAD_H

#include "model/register.h"

typedef struct register_loader {
    model_register *reg;
    int flags;
    og_diags *diags;
    model_reader reader;
    bool *named;       /* [source->count] data files that a batch names */
    bool kinds_broken; /* records of the register's own kinds are passed over */
    size_t bytes;      /* read so far, against OG_LIMIT_REGISTER */
    size_t batch_cap;
} register_loader;

/* What a path of the register is for. */
typedef enum register_place {
    PLACE_CONFIG,
    PLACE_KIND,
    PLACE_CRITERIA, /* sets and their tests */
    PLACE_HOME,
    PLACE_EVIDENCE, /* a batch */
    PLACE_DATA,     /* another file below evidence/ */
    PLACE_IGNORED,
    PLACE_UNKNOWN
} register_place;
/* *ret_kind: whose home it is, for PLACE_HOME. */
register_place register_place_of(const model_kinds *kinds, og_str path,
                                 const model_kind **ret_kind);
/* Findings about entries that are no files, and about files nobody reads. */
void register_check_places(register_loader *l);

/* entries[index], entered in reg->files; a YAML file is parsed when `parse`. In the
 * register's arena, or the policy's file where that is the same. *ret is NULL when
 * findings were given. */
int register_read_file(register_loader *l, size_t index, bool parse,
                       const model_file **ret, og_error *err);
/* Index of a path among a source's entries, or SIZE_MAX. */
size_t register_entry(const model_source *source, og_str path);

/* opsgate.yaml: reg->config, zone, calendar. */
int register_load_config(register_loader *l, og_error *err);

/* ---- Index (index.c) ---- */

int register_index_init(register_loader *l, og_error *err);
/* model_reader.made: enters a record under its key; a second one is a finding. */
int register_made(void *context, model_record *record, og_error *err);
/* Fills reg->lists once every record is there. */
int register_index_close(register_loader *l, og_error *err);
void register_resolve(register_loader *l);
/* The register that has the records of a kind: this one, or its policy. */
const model_register *register_supplier(const model_register *reg,
                                        const model_kind *kind);

/* ---- Evidence ---- */

/* One batch file; its references stay pending. */
int register_load_batch(register_loader *l, const model_file *file, og_error *err);
/* Fills batch->records from the CSV that records: {csv: …} names. */
int register_load_csv(register_loader *l, model_batch *batch, const og_node *records,
                      og_error *err);
/* The same for {json: …} and {junit: …}. */
int register_load_json(register_loader *l, model_batch *batch, const og_node *records,
                       og_error *err);
int register_load_junit(register_loader *l, model_batch *batch, const og_node *records,
                        og_error *err);
/* Sorts reg->batches and links what supersedes what. */
void register_link_batches(model_register *reg);
/* Order of batches: kind, owner, series. */
int register_compare_series(const model_batch *a, const model_batch *b);
/* Sorts by id, stably. */
int register_sort_records(og_arena *arena, const model_record **records, size_t count,
                          og_error *err);

#endif
