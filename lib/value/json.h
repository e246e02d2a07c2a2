/* JSON in (jansson) and out (canonical bytes). */
#ifndef OG_VALUE_JSON_H
#define OG_VALUE_JSON_H

#include "base/buf.h"
#include "value/value.h"

/* The whole text is one JSON value: objects become OG_MAP with string keys, integers
 * OG_INT, reals OG_DOUBLE. A UTF-8 byte order mark is skipped. Duplicate keys, depth
 * beyond OG_LIMIT_DEPTH, integers beyond int64, reals beyond double, the escape \u0000
 * and a text over OG_LIMIT_DATA_FILE are errors. On OG_E_INVALID *ret_line and
 * *ret_column say where: from 1, in code points, the end of the token that does not fit;
 * err says what. All of the result lives in arena.
 *
 * jansson allocates for itself and seeds its hash tables once a process (neither shows in
 * a result): the fault loop of the tests reaches what this file allocates, and jansson's
 * own failures come back as OG_E_NOMEM. */
int og_json_parse(og_arena *arena, og_str text, og_value *ret, uint32_t *ret_line,
                  uint32_t *ret_column, og_error *err);

typedef enum og_json_flags {
    OG_JSON_COMPACT = 0,
    OG_JSON_PRETTY = 1, /* two spaces, one member a line, final newline left out */
    OG_JSON_ASCII = 2   /* everything beyond ASCII as \u escapes */
} og_json_flags;

/* Canonical: keys sorted bytewise, shortest doubles (integral ones with ".0"), no white
 * space unless pretty. Dates, timestamps ("2021-10-04T17:00:00Z"), durations ("1.500s")
 * and periods ("30 working_days") as strings; bytes base64; an object as the string of
 * its id; keys that are no strings as their text. Members that are absent or an empty
 * optional are left out; elsewhere an empty optional is null. Unknown, error, type,
 * opaque, NaN and infinities, an absent value outside a member, and two keys with one
 * text are OG_E_INVALID (the caller shows those its own way); nesting beyond
 * OG_LIMIT_CEL_DEPTH is OG_E_LIMIT. What was written before a failure stays in the
 * buffer. Failures of the buffer stay in the buffer. */
int og_json_write(og_value v, int flags, og_buf *out, og_error *err);
/* A quoted, escaped JSON string: \" \\ \b \f \n \r \t, other controls as \u00xx, all else
 * as it is (but OG_JSON_ASCII). Bytes that are not UTF-8 become U+FFFD. */
void og_json_write_string(og_str s, int flags, og_buf *out);

#endif
