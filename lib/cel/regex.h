/* Regular expressions in RE2's syntax (github.com/google/re2/wiki/Syntax), matched by
 * PCRE2.
 *
 * What PCRE2 accepts beyond RE2 (back-references, look-around, possessive and atomic
 * groups, recursion, verbs, …) is refused when compiling, and what both accept but read
 * differently
 * (\s, \v, $, classes, scripts) means what RE2 says. Matching is bounded: over a limit is
 * OG_E_LIMIT, so no pattern takes exponential time unnoticed. Text is UTF-8, a character
 * is a code point; \d, \w, \s and \b are ASCII, (?i) folds by Unicode. */
#ifndef OG_CEL_REGEX_H
#define OG_CEL_REGEX_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct cel_regex cel_regex;     /* immutable; several threads may match with it */
typedef struct cel_matcher cel_matcher; /* working memory of one thread */

/* What is wrong with a pattern. */
typedef struct cel_regex_problem {
    og_str message;  /* lower case, no full stop; static or in the arena */
    uint32_t offset; /* in the pattern, code points */
    uint32_t length; /* code points, at least 1 */
} cel_regex_problem;

/* Everything lives in the arena; nothing else needs freeing. OG_OK, OG_E_INVALID
 * (*ret_problem, which may be NULL, says why), OG_E_NOMEM. */
int cel_regex_compile(og_arena *arena, og_str pattern, const cel_regex **ret,
                      cel_regex_problem *ret_problem);

/* Lives in the arena and grows there with the hardest match; reuse it. steps, memory:
 * what one match may take, backtracking and bytes; 0: OG_LIMIT_REGEX_STEPS,
 * OG_LIMIT_REGEX_MEMORY. NULL when there is no memory. */
cel_matcher *cel_matcher_new(og_arena *arena, uint32_t steps, uint32_t memory);

/* Does the pattern occur in text (full: does it match all of text)? text is valid UTF-8.
 * 1, 0, OG_E_LIMIT (more than the matcher's limits allow) or OG_E_NOMEM. */
int cel_regex_match(const cel_regex *re, cel_matcher *matcher, og_str text, bool full);

#endif
