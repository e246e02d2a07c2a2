/* Frictionless descriptors that others wrote: a data package, a data resource or a Table
 * Schema of v1 or v2, read as a layout.
 *
 * What v1 and common tools call otherwise is brought to v2, each such translation a note
 * ("descriptor-translated"). What a layout has no place for is named in a note
 * ("descriptor-left-out"), what it cannot express is an error: nothing is dropped in
 * silence. docs/import.md is the manual. Reads no file: the caller brings those that a
 * descriptor names. */
#ifndef OG_REPORT_DESCRIPTOR_H
#define OG_REPORT_DESCRIPTOR_H

#include "report/layout.h"

/* A Table Schema or a Table Dialect: in the descriptor, or in a file beside it. */
typedef struct descriptor_part {
    og_str path;            /* of that file, relative to the descriptor's; empty: none */
    const og_document *doc; /* where node stands */
    const og_node *node;    /* NULL: there is none, or its file is still to be read */
} descriptor_part;

typedef struct report_descriptor {
    const og_document *doc;
    const og_node *resource;           /* NULL: a schema by itself */
    og_str name;                       /* of the resource; empty: none */
    og_str title, definition, version; /* as it says; empty: not said */
    const og_node *version_node;       /* where; NULL: nowhere */
    og_str file;                       /* name of the data's file; empty: not said */
    og_str encoding;                   /* by its one name; "utf-8" where none is said */
    descriptor_part schema, dialect;
    bool tabs; /* its `format` is tsv */
    const og_node *format;
} report_descriptor;

/* Finds the resource (empty name: the only one) in a parsed file, and what it says.
 * Findings ("descriptor-…") go to diags; *ret is usable when no error was added. *ret
 * borrows from doc and the arena. OG_E_USAGE, OG_E_NOTFOUND: which resource is meant
 * cannot be told; OG_E_NOMEM. */
int report_descriptor_find(const og_document *doc, og_str name, og_arena *arena,
                           og_diags *diags, report_descriptor *ret, og_error *err);

/* Takes the root of a file that schema.path or dialect.path named. */
void report_descriptor_take(descriptor_part *part, const og_document *doc);

/* Brings schema and dialect to v2 (their nodes are replaced; positions stay) and reads
 * them. The layout's members of a version file that the descriptor knows are set.
 * Findings go to diags; *ret is usable when no error was added. OG_E_NOMEM, OG_E_LIMIT.
 */
int report_descriptor_read(report_descriptor *d, og_arena *arena, og_diags *diags,
                           report_layout *ret, og_error *err);

#endif
