/* Reading the mappings of kind files. Internal to lib/model. */
#ifndef OG_MODEL_KIND_KEYS_H
#define OG_MODEL_KIND_KEYS_H

#include "model/kind_compile.h"
#include "model/nearer.h"

typedef enum kind_shape { /* ORDER: shapes in kind_keys.c */
    KIND_WORD,
    KIND_LIST,
    KIND_MAPPING,
    KIND_ANY_SHAPE
} kind_shape;

typedef struct kind_key { /* a key that a mapping may have */
    og_str name;
    kind_shape shape;
    bool required;
} kind_key;

/* ret[i]: the value of table[i] (at most 32), NULL where it is not there or empty, or
 * where its shape is a finding. Unknown and missing keys are findings. */
void kind_keys_read(kind_compiler *c, const og_node *map, const kind_key *table,
                    size_t count, const og_node **ret);
/* The text of a word; empty for NULL. */
og_str kind_text(const og_node *node);
/* `true` or `false`; NULL is false, anything else a finding. */
bool kind_flag(kind_compiler *c, const og_node *node);

typedef enum kind_name_use {
    KIND_NAME_OF_KIND, /* stands by itself in conditions */
    KIND_NAME_OF_FIELD
} kind_name_use;
/* False after a finding: not snake_case, or reserved. */
bool kind_check_name(kind_compiler *c, const og_node *node, kind_name_use use);

static inline bool kind_among(og_str s, const og_str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (og_str_eq(s, words[i]))
            return true;
    return false;
}

#endif
