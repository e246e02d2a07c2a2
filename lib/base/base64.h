/* Base64 (RFC 4648). */
#ifndef OG_BASE_BASE64_H
#define OG_BASE_BASE64_H

#include "base/buf.h"
#include "base/str.h"

/* With padding, appended. */
void og_base64_encode(og_str bytes, og_buf *out);
/* Strict: alphabet, padding, no white space; false when it is not base64. Sticky buffer
 * failures show in out. */
bool og_base64_decode(og_str text, og_buf *out);

#endif
