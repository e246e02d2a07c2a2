/* Kinds: what records look like. A kind file (docs/kind-files.md) is the only list of its
 * fields: typed reading, the CEL checker, JSON Schema, CSV mapping and the reference
 * documentation all follow from the structures here.
 *
 * Built-in kinds (criteria/kinds) and forms (criteria/forms: the shapes of opsgate.yaml,
 * of batches, criteria sets and criteria tests, which are not records) are embedded; a
 * register adds kinds of its own and may not redefine a built-in. */
#ifndef OG_MODEL_KIND_H
#define OG_MODEL_KIND_H

#include "base/diag.h"
#include "base/map.h"
#include "value/node.h"
#include "value/value.h"

typedef enum model_base { /* ORDER: simple_names in kind_type.c */
    MODEL_STRING,
    MODEL_INT,
    MODEL_DOUBLE,
    MODEL_BOOL,
    MODEL_DATE,
    MODEL_TIMESTAMP,
    MODEL_DURATION,
    MODEL_PERIOD,
    MODEL_ENUM,
    MODEL_REF,    /* of `kind`, or of any subject: written as its id, an OG_OBJECT once
                     resolved */
    MODEL_LIST,   /* of `element` */
    MODEL_MAP,    /* of string to `element` */
    MODEL_RECORD, /* of `kind`: a named one, or an anonymous one with inline fields */
    MODEL_ANY,
    MODEL_INSTANT, /* forms only: a timestamp, or a date for its last instant */
    MODEL_NODE     /* forms only: left to the form's user, who reads the node; a written
                      one is OG_NULL in the record */
} model_base;
#define MODEL_BASE_COUNT (MODEL_NODE + 1)

typedef struct model_type {
    model_base base;
    const struct model_kind *kind; /* MODEL_REF, MODEL_RECORD; once loaded NULL only for
                                      ref(subject) */
    const struct model_type *element; /* MODEL_LIST, MODEL_MAP */
} model_type;

/* A field's regular expression. Compiled when a value is first held against it, by the
 * one thread that loads: most runs meet few of them, and compiling costs more than the
 * rest of the kind. */
typedef struct model_pattern {
    og_str text;
    og_arena *arena;                  /* of the kinds */
    const struct cel_regex *compiled; /* NULL until used */
} model_pattern;

typedef struct model_field {
    og_str name, doc, unit;
    model_type type;
    bool required;
    bool authority; /* counts only as it stands at the policy revision */
    bool has_min, has_max;
    og_value min, max;      /* of the innermost element type */
    model_pattern *pattern; /* of the innermost element, for the whole value; or NULL */
    const og_str *words;    /* enum, of the innermost element */
    size_t word_count;
} model_field;

typedef struct model_kind {
    og_str name;   /* "release"; "release.baseline" for an inline record */
    og_str plural; /* empty for inline records and forms */
    og_str doc;
    bool inline_record; /* no key, no .id of its own */
    bool authority;     /* its records count only as they stand at the policy revision */
    bool policy;        /* its records are read from the policy revision */
    bool computed;      /* never written: filled from other records for the subject */
    bool builtin;
    bool embedded; /* some kind has a field record(THIS): it does not come in batches */
    og_str home; /* where its files lie: "meetings.yaml", "meetings.yaml"; empty: batches,
                    embedded or computed */
    bool home_is_glob;                   /* one record a file */
    const struct model_kind *belongs_to; /* NULL: to nobody */
    int owner_slot;                      /* slot of the belongs_to field, or -1 */
    const uint32_t *key_slots;
    size_t key_count;
    int lifecycle_slot; /* the state field, or -1 */
    const og_str *open_words;
    size_t open_count;
    const model_field *fields; /* fields[i] is slot i + 1; slot 0 is the id; the owner
                                  field of belongs_to comes last */
    size_t field_count;
    og_shape shape;  /* names: "id" ("" for inline records), then the fields in order */
    og_pos declared; /* where */
    size_t ordinal;  /* dense index of named kinds, in order of name */
} model_kind;

/* Every kind of one register, immutable once loaded. */
typedef struct model_kinds {
    og_arena *arena;
    og_map by_name;          /* name → model_kind */
    og_map by_plural;        /* plural → model_kind */
    og_map forms;            /* name → model_kind */
    const model_kind **list; /* named kinds sorted by name; list[k]->ordinal == k */
    size_t count;
    char digest[65]; /* SHA-256 of a line "<SHA-256 of the kind's file>  <kind>\n" for
                        every kind, in order of name: what sha256sum would print */
} model_kinds;

/* The built-in kinds plus the documents given (of the register's kinds/, sorted by path).
 * Findings go to diags; OG_E_INVALID when there is an error among them. */
int model_kinds_load(og_arena *arena, const og_document *documents, size_t count,
                     og_diags *diags, model_kinds *ret, og_error *err);

const model_kind *model_kind_named(const model_kinds *kinds, og_str name);
const model_kind *model_kind_plural(const model_kinds *kinds, og_str plural);
/* The name of a kind that `name` may have been meant for, or an empty string. */
og_str model_kind_nearest(const model_kinds *kinds, og_str name);
/* A form by its name ("config", "batch", …); NULL is a bug of the build. */
const model_kind *model_form(const model_kinds *kinds, const char *name);
/* The field in a slot (1 …). */
static inline const model_field *model_kind_field(const model_kind *kind, uint32_t slot)
{
    return &kind->fields[slot - 1];
}
/* Slot of a field by name, or -1. */
int model_kind_slot(const model_kind *kind, og_str name);
/* Whether the pattern matches the path: '*' stands for any bytes but '/'. */
bool model_glob_matches(og_str glob, og_str path);
/* Whether `path` is where records of the kind lie. */
bool model_kind_home_matches(const model_kind *kind, og_str path);

/* Declares every kind as an object type, for conditions. */
struct cel_env;
int model_kinds_declare(const model_kinds *kinds, struct cel_env *env, og_error *err);

#endif
