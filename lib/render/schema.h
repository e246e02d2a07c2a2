/* JSON Schema (2020-12) of what people write, from the same kinds and forms that read it:
 * for editors, and for checking files with other tools.
 *
 * A YAML file is held against it as the YAML 1.2 core schema reads it (as JSON). What a
 * schema cannot say (references, dates that do not exist, conditions) `opsgate lint`
 * does. */
#ifndef OG_RENDER_SCHEMA_H
#define OG_RENDER_SCHEMA_H

#include "base/buf.h"
#include "model/kind.h"

/* A file that holds records of the kind: its home file (a record, or a list of them), a
 * batch of evidence for kinds that come in batches, one record for kinds that only stand
 * inside others. Pretty canonical JSON. */
int render_schema_kind(const model_kinds *kinds, const model_kind *kind, og_buf *out,
                       og_error *err);
/* A whole register as one object: path → contents of the file there. */
int render_schema_register(const model_kinds *kinds, og_buf *out, og_error *err);
/* The verdict record. */
int render_schema_verdict(og_buf *out, og_error *err);

#endif
