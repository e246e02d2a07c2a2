/* The layout of a report version: its Table Schema (datapackage.org 2.0), its Table
 * Dialect, its file and how it is read, as typed structures with every default filled in.
 *
 * Descriptors are read from the nodes of the file they stand in, by declared type and
 * from source text, so that a code list [01, 02] of a string field holds "01" and "02"
 * and every finding has its line. What the standards do not know is a finding, never
 * passed over: a misspelt constraint would otherwise check nothing. */
#ifndef OG_REPORT_LAYOUT_H
#define OG_REPORT_LAYOUT_H

#include "base/diag.h"
#include "base/map.h"
#include "model/record.h"
#include "value/node.h"

typedef enum report_type { /* ORDER: type_rows in layout_field.c */
    REPORT_STRING,
    REPORT_NUMBER,
    REPORT_INTEGER,
    REPORT_BOOLEAN,
    REPORT_OBJECT,
    REPORT_ARRAY,
    REPORT_LIST,
    REPORT_DATETIME,
    REPORT_DATE,
    REPORT_TIME,
    REPORT_YEAR,
    REPORT_YEARMONTH,
    REPORT_DURATION,
    REPORT_GEOPOINT,
    REPORT_GEOJSON,
    REPORT_ANY
} report_type;
#define REPORT_TYPE_COUNT (REPORT_ANY + 1)

/* "string", "number", …; static. */
const char *report_type_name(report_type type);

typedef struct report_words { /* texts in the order written */
    const og_str *items;
    size_t count;
} report_words;

typedef struct report_field {
    og_str name;
    report_type type;
    og_str format;                             /* "default" where none is written */
    og_str title, description, unit, rdf_type; /* empty: not written; `unit` is ours */
    bool required, unique;
    bool has_min_length, has_max_length;
    uint64_t min_length, max_length; /* code points, or elements */
    /* Bounds as written; empty: none. Each reads as a value of the field's type. */
    og_str minimum, maximum, exclusive_minimum, exclusive_maximum;
    og_str pattern;          /* for the whole value; empty: none */
    bool has_enum;           /* an enum of nothing is a finding */
    report_words enumerated; /* as cells have them */
    report_words categories; /* their values; a code list too */
    report_words labels;     /* of each category; an empty text: none */
    bool categories_ordered;
    report_words true_values, false_values; /* booleans */
    og_str decimal_char, group_char;        /* numbers: "." and nothing by default */
    bool bare_number;                       /* nothing but the number around it */
    og_str delimiter, item_type;            /* lists: "," and "string" */
    og_str json_schema;   /* canonical JSON of constraints.jsonSchema; empty: none */
    bool own_missing;     /* `missing` is the field's own, not the schema's */
    report_words missing; /* cells that stand for no value */
    og_str other;         /* canonical JSON of members the standard does not know, for
                             comparison; empty: none */
    og_str noted;         /* the same of those that say nothing of files */
    const og_node *node;  /* as written */
    og_pos pos;           /* of the field in its file */
} report_field;

typedef struct report_dialect {
    bool header;       /* there is a header */
    size_t header_row; /* of the label row, from 1; 1 by default. More than one label row
                          is a finding: such a report has no one label a column */
    bool has_comment;
    og_str comment_char;        /* rows that begin with it are passed over */
    const size_t *comment_rows; /* passed over as well, from 1, ascending */
    size_t comment_row_count;
    og_str delimiter; /* "," */
    og_str
        line_terminator;  /* as the dialect says; empty: not said (file.line_ending is) */
    og_str quote_char;    /* "\""; empty: nothing is quoted */
    bool double_quote;    /* true */
    og_str escape_char;   /* empty: none */
    og_str null_sequence; /* empty: none */
    bool skip_initial_space; /* false */
    og_str other, noted;     /* as of a field */
} report_dialect;

typedef struct report_reference { /* a foreign key */
    report_words fields;          /* names */
    og_str resource;              /* another table; empty: this one */
    report_words to;              /* its fields; as many */
} report_reference;

typedef enum report_reading {
    REPORT_POSITIONAL, /* readers find a field by its place */
    REPORT_BY_NAME     /* and these by its label */
} report_reading;

typedef struct report_layout {
    const model_record *record;  /* the version; NULL: a descriptor by itself */
    const og_document *document; /* where the descriptors stand */
    og_str report, version, title, owner;
    og_str definition, frequency, transport;
    og_date effective_from; /* INT32_MIN without a record */
    report_reading reading;
    og_str file_name;           /* pattern: "SMKI11_%Y%m%d.csv" */
    og_str encoding;            /* one of csv/charset.h; "utf-8" by default */
    og_str line_ending;         /* "lf" or "crlf" */
    report_words sorted_by;     /* names of fields, "-name" for descending; empty: no
                                   order is promised */
    const report_field *fields; /* in order */
    size_t field_count;
    og_map by_name;           /* name → report_field */
    og_str fields_match;      /* "exact" by default */
    report_words missing;     /* of the schema; one empty text by default */
    report_words primary_key; /* names; empty: none */
    const report_words *unique_keys;
    size_t unique_key_count;
    report_words foreign_keys;          /* each as canonical JSON */
    const report_reference *references; /* [foreign_keys.count] the same */
    og_str description;                 /* of the schema; empty: not written */
    og_str other, noted;                /* as of a field */
    report_dialect dialect;
} report_layout;

/* Reads one version of a report. Everything of *ret lives in the arena or borrows from
 * the record's register. Findings ("report-…", all of them) go to diags; OG_OK with
 * *ret usable only when no error was added (compare diags->errors). OG_E_NOMEM,
 * OG_E_LIMIT. */
int report_layout_read(const model_record *version, og_arena *arena, og_diags *diags,
                       report_layout *ret, og_error *err);

/* The same from bare descriptors: `schema` must be there, `dialect` may be NULL. The
 * members of a version file keep their defaults. */
int report_layout_read_descriptors(const og_document *doc, const og_node *schema,
                                   const og_node *dialect, og_arena *arena,
                                   og_diags *diags, report_layout *ret, og_error *err);

/* Looks at what reading does not: patterns, formats, bounds, words and the name of files
 * that nothing could be held against; ranges without a value. `layout` was read without
 * an error. Findings as there. OG_E_NOMEM. */
int report_layout_check(const report_layout *layout, og_arena *arena, og_diags *diags,
                        og_error *err);

/* Index of a field by name, or -1. */
int report_layout_index(const report_layout *layout, og_str name);
static inline const report_field *report_layout_field(const report_layout *layout,
                                                      og_str name)
{
    return og_map_get(&layout->by_name, name);
}

#endif
