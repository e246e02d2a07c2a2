/* Inside lib/cel: RE2's syntax read and written out for PCRE2. */
#ifndef OG_CEL_RE2_H
#define OG_CEL_RE2_H

#include "base/buf.h"
#include "cel/regex.h"

/* Appends to out a PCRE2 pattern that means what `pattern` means to RE2. False: it is not
 * in RE2's syntax; *ret says why, with offset and length in bytes of the pattern. What is
 * merely malformed (an open group) may be left for PCRE2 to refuse. Sticky buffer. */
bool cel_re2_translate(og_str pattern, og_buf *out, cel_regex_problem *ret);

#endif
