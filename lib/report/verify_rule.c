/* Names of the rules, as output has them. */
#include <assert.h>

#include "report/verify_rule.h"

/* ORDER: verify_rule */
static const char *const names[] = {"fine",
                                    "empty",
                                    "format",
                                    "encoding",
                                    "quoting",
                                    "limit",
                                    "dialect",
                                    "line-ending",
                                    "blank-label",
                                    "duplicate-label",
                                    "missing-label",
                                    "extra-label",
                                    "incorrect-label",
                                    "blank-row",
                                    "missing-cell",
                                    "extra-cell",
                                    "primary-key",
                                    "unique-key",
                                    "foreign-key",
                                    "order",
                                    "type",
                                    "required",
                                    "enum",
                                    "pattern",
                                    "minimum",
                                    "maximum",
                                    "min-length",
                                    "max-length",
                                    "unique"};
static_assert(sizeof names / sizeof names[0] == VERIFY_RULE_COUNT, "a name for each");

const char *verify_rule_name(verify_rule rule)
{
    return names[rule];
}
