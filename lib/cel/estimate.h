/* Inside lib/cel: the most steps one evaluation may take, as far as can be known. */
#ifndef OG_CEL_ESTIMATE_H
#define OG_CEL_ESTIMATE_H

#include "cel/program.h"

/* Of a linked tree; UINT64_MAX: too many to count. OG_E_NOMEM. */
int cel_estimate(const cel_env *env, const cel_tree *tree, uint64_t *ret);

#endif
