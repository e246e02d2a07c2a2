/* Signatures of webhooks: Standard Webhooks 1.0, symmetric (v1).
 * https://www.standardwebhooks.com
 *
 * Secrets never appear in messages: an error says which of several secrets is wrong and
 * what a secret looks like, not what was there. */
#ifndef OG_DELIVERY_SIGN_H
#define OG_DELIVERY_SIGN_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

#define SIGN_SECRETS_MAX 4 /* while rotating; two are usual */

/* Whether text is one secret, `whsec_` and base64 of 24 to 64 bytes, or several with
 * blanks between them, newest first (white space around them is fine). OG_E_INVALID,
 * OG_E_NOMEM. */
int sign_check(og_str secrets, og_error *err);

/* Appends the value of `webhook-signature`: for each secret `v1,` and the base64 of
 * HMAC-SHA-256 over "id.timestamp.body", separated by a space. id must not be empty or
 * hold a
 * '.' (OG_E_USAGE); timestamp is that of this attempt, in seconds. */
int sign_message(og_str secrets, og_str id, int64_t timestamp, og_str body, og_buf *out,
                 og_error *err);

#endif
