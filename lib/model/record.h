/* Records: objects with fields by slot, and where each came from. */
#ifndef OG_MODEL_RECORD_H
#define OG_MODEL_RECORD_H

#include "model/kind.h"
#include "value/value.h"

typedef struct model_mark { /* where a field's value starts; 0, 0: not written */
    uint32_t line, column;
} model_mark;

typedef struct model_record {
    og_object object; /* first: a record is an object in CEL; slot 0 its id */
    const model_kind *kind;
    const struct model_record *owner; /* the record it stands inside, or belongs to */
    const struct model_batch *batch;  /* NULL: from a file of its own */
    const struct model_file *file;
    uint32_t line, column; /* of the record; for a CSV row the row's first line */
    const model_mark
        *marks; /* [shape.count]; NULL: positions of the record stand for all */
} model_record;

static inline const model_record *model_record_of(const og_object *o)
{
    return (const model_record *)(const void *)o;
}
static inline og_str model_record_id(const model_record *r)
{
    return og_text(r->object.fields[0]);
}
/* A field's value by name; OG_ABSENT where not written or no such field. */
og_value model_record_get(const model_record *r, const char *field);
/* The text of a string, enum or resolved ref (its id); empty when absent. */
og_str model_record_text(const model_record *r, const char *field);
/* The record in a record(…) or ref(…) field; NULL when absent. */
const model_record *model_record_sub(const model_record *r, const char *field);
og_pos model_record_pos(const model_record *r);
/* Position of a field's value, or of the record where that is not known. */
og_pos model_record_field_pos(const model_record *r, int slot);
/* Same contents, field by field (ids of refs, nested records, lists in order), wherever
 * they were loaded from. What "stands identically" means. */
bool model_record_same(const model_record *a, const model_record *b);

/* A stand-in for a record that is only known by its id: every field absent. For test
 * cases, where a reference may lead to what is not given. NULL when there is no memory.
 */
const model_record *model_record_stub(og_arena *arena, const model_kind *kind, og_str id);

/* ---- Typed reading: nodes and cells to records, by the kind's declarations ---- */

/* A reference not yet resolved. */
typedef struct model_pending {
    model_record *record; /* whose field (or list element) it is */
    const model_field *field;
    const model_kind *target; /* NULL: any subject */
    og_value *place;          /* holds the id as text, to be replaced by the object */
    og_pos pos;
    struct model_pending *next;
} model_pending;

typedef struct model_reader { /* zeroed, then filled by the caller */
    og_arena *arena;          /* records and their strings */
    og_diags *diags;
    const struct model_file *file; /* what is being read; NULL for a document by itself */
    og_str source;                 /* its text, for carets */
    const struct zone *zone;       /* for timestamps without an offset */
    struct cel_matcher *matcher;   /* made when first needed */
    model_pending *pending;        /* newest first */
    size_t record_count;           /* of all read so far, against OG_LIMIT_RECORDS */
    bool partial;  /* any field but those of the key may be left out (test cases) */
    bool nameless; /* with partial: the outermost record's key may be left out as well */
    og_str also; /* a key of the outermost mapping that the caller reads; may be empty */
    og_str without; /* a field that outermost records do not have here; may be empty */
    /* Called for every record of a named kind that is made, embedded ones included,
     * before the record they stand in; may be NULL. */
    int (*made)(void *context, model_record *record, og_error *err);
    void *context;
} model_reader;

/* Reads a mapping as a record of `kind` (also inline kinds and forms) into the arena.
 * Unknown keys, wrong types, limits, missing required fields become findings, all of
 * them. owner: the record it stands in or the batch is for; it fills the owner field of
 * kinds with belongs_to, which then must not be written. References are left as strings
 * and added to `pending`. OG_OK with *ret set even when findings were added (diags
 * decides), NULL when the node is no mapping; OG_E_NOMEM, OG_E_LIMIT (records). */
int model_read_record(model_reader *reader, const og_document *doc, const og_node *node,
                      const model_kind *kind, const model_record *owner,
                      const struct model_batch *batch, model_record **ret, og_error *err);
/* A record without a written mapping: every field absent, then filled by the caller
 * (CSV). *ret_fields: the fields, to write. */
int model_record_new(model_reader *reader, const model_kind *kind,
                     const model_record *owner, const struct model_batch *batch,
                     model_record **ret, og_value **ret_fields, og_error *err);
/* Computes slot 0 from the key's fields, once those are there. A key that gives no id is
 * a finding at `pos`. */
int model_record_identify(model_reader *reader, model_record *record, og_value *fields,
                          og_pos pos, og_error *err);
/* Notes a reference; place holds its text. */
int model_reader_refer(model_reader *reader, model_record *record,
                       const model_field *field, const model_kind *target,
                       og_value *place, og_pos pos, og_error *err);

/* What is wrong with a scalar; code NULL: nothing. A warning leaves the value usable. */
typedef struct model_problem {
    const char *code; /* static */
    og_level level;
    og_str text, hint; /* in the arena; hint may be empty */
} model_problem;
/* One scalar by declared type (of the field, or of its elements), from source text: the
 * one place where text becomes a value. Strings of the result borrow from `text`.
 * References come out as strings. *ret_problem is always set. OG_E_NOMEM. */
int model_read_scalar(model_reader *reader, const model_field *field, og_str text,
                      og_value *ret, model_problem *ret_problem, og_error *err);

/* Looks a reference up: the record, or NULL when there is none. kind NULL: any subject.
 */
typedef struct model_resolver {
    const model_record *(*find)(void *context, const model_kind *kind,
                                const model_record *owner, og_str id);
    /* The existing id that `id` may have been meant for, or an empty string. */
    og_str (*nearest)(void *context, const model_kind *kind, og_str id);
    /* Whether records of the kind may be missing for a reason already reported; NULL: no.
     */
    bool (*unread)(void *context, const model_kind *kind);
    void *context;
} model_resolver;
/* Resolves everything pending and empties the list. A reference is looked for among the
 * records of the referring record's owner, then of that one's owner, and so on, then
 * among those that have none. Dangling ones are findings. */
void model_reader_resolve(model_reader *reader, const model_resolver *resolver);

#endif
