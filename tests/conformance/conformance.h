/* One conformance case: declarations, an expression, what must come out. */
#ifndef CONFORMANCE_H
#define CONFORMANCE_H

#include "cel/cel.h"
#include "value/value.h"

typedef enum verdict {
    CASE_PASSED,
    CASE_FAILED,
    CASE_NOT_MEANT
} verdict;

/* Runs the case (a map, as the file has it); `corrected` takes the place of its value
 * unless absent. CASE_NOT_MEANT: it needs protocol buffers. What went wrong goes to
 * `why`. */
verdict run_case(og_arena *arena, og_value spec, og_value corrected, og_buf *why);

/* spec.key, or OG_ABSENT; spec may be absent. */
og_value member(og_value spec, const char *key);
og_str member_text(og_value spec, const char *key);
bool member_true(og_value spec, const char *key);

/* From cel.expr.Type and cel.expr.Value as JSON. NULL, OG_ABSENT: what this program does
 * not have. */
const cel_type *convert_type(og_arena *arena, og_value spec);
og_value convert_value(og_arena *arena, og_value spec);
/* Every U+E000 as NUL again; see main.c. */
og_str with_nul(og_arena *arena, og_str s);
/* As CEL's ==, but kinds must agree too, NaN matches NaN, maps match in any order. */
bool matches(og_value want, og_value have);

#endif
