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

/* Typed reading. Reads a mapping as a record of `kind` (also inline kinds and forms) into the
 * arena: unknown and duplicate keys, wrong types, limits, missing required fields become
 * findings, all of them. Refs are left as strings and listed in `pending` for
 * model_read_resolve. `preset` (may be NULL) supplies fields the batch gives for all its
 * records. OG_OK with *ret set even when findings were added (diags decides); OG_E_NOMEM. */
typedef struct model_pending {
    const model_record *record; /* whose field (or list element) it is */
    const model_kind *target;
    og_value *place; /* holds the key text, to be replaced by the object */
    og_pos pos;
    struct model_pending *next;
} model_pending;

typedef struct model_reader {
    og_arena *arena;
    og_diags *diags;
    const struct model_file *file; /* what is being read */
    const struct zone *zone;       /* for timestamps without an offset */
    model_pending *pending;        /* newest first */
    size_t record_count;           /* of all read so far, against OG_LIMIT_RECORDS */
    /* Called for every record of a named kind that is made, embedded ones included. */
    int (*made)(void *context, model_record *record, og_error *err);
    void *context;
} model_reader;

int model_read_record(model_reader *reader, const og_document *doc, const og_node *node,
                      const model_kind *kind, const model_record *owner,
                      const struct model_batch *batch, model_record **ret, og_error *err);
/* One scalar by declared type, from source text (YAML scalar or CSV cell): the one place
 * where text becomes a value. *ret_problem: NULL, or what is wrong ("'2021-02-30' is not a
 * date"), with *ret_hint; both in the arena. */
int model_read_scalar(model_reader *reader, const model_field *field, og_str text,
                      og_value *ret, og_str *ret_problem, og_str *ret_hint,
                      og_error *err);

#endif
