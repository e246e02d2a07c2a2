/* JSON in (jansson) and out (canonical bytes). */
#ifndef OG_VALUE_JSON_H
#define OG_VALUE_JSON_H

#include "base/buf.h"
#include "value/value.h"

/* The whole text is one JSON value: objects become OG_MAP with string keys, integers OG_INT,
 * reals OG_DOUBLE. Duplicate keys, depth beyond OG_LIMIT_DEPTH, integers beyond int64 are
 * errors. On OG_E_INVALID *ret_line and *ret_column (from 1) say where. */
int og_json_parse(og_arena *arena, og_str text, og_value *ret, uint32_t *ret_line,
                  uint32_t *ret_column, og_error *err);

typedef enum og_json_flags {
    OG_JSON_COMPACT = 0,
    OG_JSON_PRETTY = 1,    /* two spaces, one member a line, final newline left out */
    OG_JSON_ASCII = 2      /* everything beyond ASCII as \u escapes */
} og_json_flags;

/* Canonical: keys sorted bytewise, shortest doubles (integral ones with ".0"), no white
 * space unless pretty. Dates, timestamps, durations and periods as strings; bytes base64;
 * an object as the string of its id; absent members are left out; unknown, error, NaN and
 * infinities are OG_E_INVALID (the caller shows those its own way). Failures of the buffer
 * stay in the buffer. */
int og_json_write(og_value v, int flags, og_buf *out, og_error *err);
/* A quoted, escaped JSON string. */
void og_json_write_string(og_str s, int flags, og_buf *out);

#endif
