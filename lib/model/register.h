/* The register: everything people wrote, loaded from one revision, validated and indexed.
 *
 * Loading gathers every finding before it gives up. A register with an error among its
 * findings is not usable (exit 3); what it could read is still there for `lint`. */
#ifndef OG_MODEL_REGISTER_H
#define OG_MODEL_REGISTER_H

#include "base/diag.h"
#include "calendar/calendar.h"
#include "calendar/zone.h"
#include "model/kind.h"
#include "model/record.h"
#include "model/source.h"

typedef struct model_file { /* one file of the register that was read */
    og_str path;
    og_str text; /* kept for carets */
    char blob[65];
    og_document document; /* root NULL for data files */
    bool parsed;          /* as YAML, and it was usable */
} model_file;

typedef struct model_batch {
    const model_file *file;
    const model_file **data; /* the files its records stand in; none: inline */
    size_t data_count;
    bool no_evidence; /* its pattern matches no file: it takes its place in the series and
                         says nothing */
    const model_kind *kind;
    const model_record *owner; /* the release it is for; NULL: kind belongs to nobody */
    og_str series, source, supplied_by;
    og_instant as_of;
    bool has_covers;
    og_date covers_from, covers_to; /* both included */
    uint32_t line, column;
    const model_record *
        *records; /* by id, bytewise; one id may stand twice (a finding) */
    size_t record_count;
    const struct model_batch *superseded; /* the batch before it in its series, or NULL */
} model_batch;

/* What opsgate.yaml says. Read from the policy revision. */
typedef struct model_config {
    const model_record *record; /* form `config`, whole */
    const model_file *file;
    og_str title, time_zone, jurisdiction;
} model_config;

/* The records of one kind that are live for one owner. */
typedef struct model_list {
    const model_record **records; /* by id, bytewise */
    size_t count;
    const model_batch **batches; /* live ones that are evidence; empty for kinds with a
                                    home */
    size_t batch_count;
    bool known; /* false: no live batch, no home file: an unknown in conditions */
} model_list;

typedef struct model_register {
    og_arena arena;
    const model_source *source;
    const struct model_register *policy; /* NULL: its own */
    bool own_records;                    /* loaded with MODEL_LOAD_OWN_RECORDS */
    const model_kinds *kinds;            /* own, or the policy's */
    model_kinds own_kinds;
    model_config config;
    zone *zone;                  /* of config.time_zone; owned, or the policy's */
    calendar *calendar;          /* owned, or the policy's */
    const model_file **files;    /* [source->count] read and usable, else NULL; those that
                              are the    same in the policy belong to it */
    const model_batch **batches; /* by kind, owner, series, as_of, path */
    size_t batch_count;
    og_map *records; /* [kinds->count] key (index.c) → model_record: home and embedded */
    const model_record ***lists; /* [kinds->count] the same in order of path and line */
    size_t *list_counts;
    bool *home_seen;   /* [kinds->count] a home file was there */
    bool *home_unread; /* [kinds->count] one could not be read: a finding already, so that
                          references into it are none of their own */
} model_register;

typedef enum model_load_flags {
    MODEL_LOAD_ALL = 0,
    MODEL_LOAD_HOMES_ONLY = 1, /* no evidence: for baselines and the policy's facts */
    MODEL_LOAD_LINT = 2, /* files that judging does not need are parsed too: criteria
                            sets, their tests */
    MODEL_LOAD_OWN_RECORDS = 4, /* records of policy kinds are its own as well: for those
                                   who compare what two revisions say of them */
} model_load_flags;

/* Loads a register. `policy`: NULL when it is its own policy (then opsgate.yaml and
 * kinds/ are read from source); otherwise config, kinds, zone, calendar and the records
 * of policy kinds (unless MODEL_LOAD_OWN_RECORDS) come from there, and it must outlive
 * *ret; files of source that the policy supplies are then only parsed, and only where
 * they differ. `source` must outlive *ret.
 *
 * Always leaves *ret to be done with model_register_done. Findings are sorted.
 * OG_E_INVALID when diags holds errors. OG_E_NOTFOUND without an opsgate.yaml.
 * OG_E_LIMIT; whatever source->read fails with. */
int model_register_load(model_register *ret, const model_source *source,
                        const model_register *policy, int flags, og_diags *diags,
                        og_error *err);
void model_register_done(model_register *reg);

/* Reads one file of a source into the arena and, for YAML, parses it: findings go to
 * diags, with OG_E_INVALID. OG_E_NOTFOUND when the source has no such file; OG_E_LIMIT.
 */
int model_file_read(const model_source *source, og_str path, og_arena *arena,
                    og_diags *diags, const model_file **ret, og_error *err);

/* Whether records of the kind can be judged: releases, and whatever opsgate.yaml names a
 * criteria set for. */
bool model_is_subject(const model_register *reg, const model_kind *kind);

/* A home or embedded record by kind and id; owner NULL for kinds that have none. */
const model_record *model_find(const model_register *reg, const model_kind *kind,
                               const model_record *owner, og_str id);
/* The id of an existing record of the kind that `id` may have been meant for, or an empty
 * string. */
og_str model_find_nearest(const model_register *reg, const model_kind *kind, og_str id);
/* What is live of `kind` for `owner` (NULL: all, of kinds that belong to nobody) at `at`:
 * within a series the batch with the latest as_of not after `at`. Two live records with
 * one id, or two batches of a series with that one as_of, are findings and OG_E_CONFLICT.
 * The arrays of *ret are in the arena and the caller's to change. `at` is not asked for
 * kinds with a home or embedded ones: those are what the revision says. */
int model_live(const model_register *reg, const model_kind *kind,
               const model_record *owner, og_instant at, og_arena *arena, og_diags *diags,
               model_list *ret, og_error *err);
/* model_live of every kind and owner, for its findings alone. OG_OK also with findings.
 */
int model_check_live(const model_register *reg, og_instant at, og_diags *diags,
                     og_error *err);
/* Records that were open when last seen in a superseded batch of a live one's series, and
 * are in no live batch; by id. For kinds with a lifecycle; none for others. */
int model_vanished(const model_list *live, const model_kind *kind, og_arena *arena,
                   const model_record ***ret, size_t *ret_count, og_error *err);
/* Batches dated after `now`: each a finding ("future-evidence"). For judging now. */
void model_check_future(const model_register *reg, og_instant now, og_diags *diags);

#endif
