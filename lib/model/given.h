/* The facts of a test case (docs/criteria-tests.md "given"): records as in a register, in
 * which almost every field may be left out. */
#ifndef OG_MODEL_GIVEN_H
#define OG_MODEL_GIVEN_H

#include "model/register.h"

typedef struct model_given {
    const model_record *subject;  /* a stub when not given */
    const model_record *baseline; /* NULL: not given */
    model_list *lists; /* [kinds->count]; known ones rest on one batch of `as_of` */
} model_given;

/* `given` stands in `file`, which must outlive the result, as must `policy`. What is
 * wrong becomes findings; OG_OK even then. OG_E_NOMEM, OG_E_LIMIT. */
int model_given_read(const model_register *policy, const model_file *file,
                     const og_node *given, const model_kind *subject, og_instant as_of,
                     og_arena *arena, og_diags *diags, model_given *ret, og_error *err);

#endif
