/* Lint rules: what is wrong with records that are valid one by one. The rules are data
 * (criteria/lint, embedded): conditions in CEL over the same kinds and with the same
 * functions as criteria. docs/findings.md lists them. */
#ifndef OG_ASSESS_LINT_H
#define OG_ASSESS_LINT_H

#include "model/register.h"

/* Looks at every record of a loaded register as of `at` and adds what the rules find,
 * each at the level that the register's opsgate.yaml sets for it (`lint: {ID: LEVEL}`,
 * `off`: not at all). A rule it names that does not exist is a finding too. */
int assess_lint(const model_register *reg, og_instant at, og_diags *diags, og_error *err);

#endif
