/* The built-in kinds and forms (criteria/kinds, criteria/forms), parsed when the program
 * was built: node trees in read-only data, written by tools/embed_yaml.c, so that no YAML
 * is scanned for them at run time. Internal to lib/model. */
#ifndef OG_MODEL_BUILTIN_H
#define OG_MODEL_BUILTIN_H

#include "value/node.h"

typedef struct model_builtin {
    og_document document; /* source is empty: findings in it are bugs of the build */
    char digest[65];      /* SHA-256 of the file */
} model_builtin;

extern const model_builtin model_builtins[]; /* by path */
extern const size_t model_builtin_count;

#endif
