/* Members of a descriptor, read by a table of their names and types. Internal to
 * lib/report. */
#ifndef OG_REPORT_LAYOUT_MEMBER_H
#define OG_REPORT_LAYOUT_MEMBER_H

#include "report/layout.h"

typedef struct layout_reader {
    const og_document *doc;
    og_arena *arena;
    og_diags *diags;
} layout_reader;

typedef enum member_type {
    MEMBER_TEXT,  /* og_str: a scalar's text */
    MEMBER_CHAR,  /* og_str: one ASCII character, or null for none */
    MEMBER_CHARS, /* og_str: characters; null for none */
    MEMBER_BOOL,  /* bool */
    MEMBER_COUNT, /* uint64_t */
    MEMBER_WORDS, /* report_words: a list of scalars, or of {value: …}; or one scalar */
    MEMBER_JSON,  /* og_str: canonical JSON of whatever it is */
    MEMBER_NODE,  /* const og_node *: the caller reads it */
    MEMBER_NOTED, /* known, and of no consequence for files: kept for comparison, with
                     all others of the table in one og_str as `other` is */
    MEMBER_UNCHECKED, /* known, and not checked here: kept for comparison in `other` */
    MEMBER_REFUSED    /* known, and not for files of rows and cells: a finding */
} member_type;

typedef struct member_row {
    const char *name; /* NULL ends the table */
    member_type type;
    size_t offset;
    size_t flag; /* offset of a bool set when it was there; 0: none */
} member_row;

/* Reads the mapping `node` into *target, whose defaults stand already. What a table does
 * not know is an error where `strict` or where it looks like a slip of the pen; else a
 * warning, and part of *ret_other: canonical JSON of an object of all of them, sorted;
 * empty when there is none. `what`: "a field", for messages. OG_E_NOMEM, OG_E_LIMIT. */
int layout_members(const layout_reader *r, const og_node *node, const member_row *rows,
                   const char *what, bool strict, void *target, og_str *ret_other,
                   og_error *err);

/* Adds an error at the node. */
void layout_error(const layout_reader *r, const og_node *node, const char *code,
                  const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Canonical JSON of a node. OG_E_NOMEM, OG_E_LIMIT. */
int layout_json(const layout_reader *r, const og_node *node, og_str *ret, og_error *err);
/* A list of scalars, of {value: …}, or one scalar by itself. */
int layout_words(const layout_reader *r, const og_node *node, const char *name,
                 report_words *ret, og_error *err);
bool layout_has_word(const report_words *words, og_str word);

/* Every name is a field's. '-' may stand before it where `signs`. `what`: the member that
 * names them. */
void layout_check_names(const layout_reader *r, const og_node *node,
                        const report_layout *l, const report_words *names,
                        const char *what, bool signs);

/* ---- layout_reference.c ---- */

/* The foreign keys, after the fields. OG_OK also with findings. */
int layout_read_references(const layout_reader *r, const og_node *node, report_layout *l,
                           og_error *err);

/* ---- layout_field.c ---- */

/* OG_OK also with findings. */
int layout_read_field(const layout_reader *r, const og_node *node, report_field *ret,
                      og_error *err);

/* ---- layout.c ---- */

/* The line ending that the dialect says, if it says one. */
void layout_set_ending(report_layout *layout);
/* An encoding by its one name; *ret is left alone where text is empty, or no name of one:
 * a finding at the node. */
void layout_read_encoding(const layout_reader *r, const og_node *node, og_str text,
                          og_str *ret);

/* ---- layout_dialect.c ---- */

report_dialect layout_dialect_default(void);
int layout_read_dialect(const layout_reader *r, const og_node *node, report_dialect *ret,
                        og_error *err);

#endif
