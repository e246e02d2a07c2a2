/* SSH signatures (SSHSIG), made and checked by the program ssh-keygen, as git does it: so
 * agents, tokens and certificates work. Namespace "opsgate-bundle". Internal to lib/app.
 */
#ifndef OG_APP_SSH_SIGNATURE_H
#define OG_APP_SSH_SIGNATURE_H

#include "app/app.h"

/* Appends the armoured signature over `text` by the key in the file `key` (relative to
 * cwd): a private key, or a public one whose private half an agent has. A passphrase is
 * asked for at the terminal. OG_E_NOTFOUND: no such file; OG_E_UNSUPPORTED: no
 * ssh-keygen; OG_E_IO: it did not sign this text, with what it said; OG_E_NOMEM. */
int ssh_signature_make(app *a, const char *key, og_str text, og_buf *out, og_error *err);

/* Checks an armoured signature over `text` against the allowed-signers file `signers`
 * (relative to cwd), as of the system's clock. *ret: the principal it belongs to, in the
 * run's arena. OG_E_INVALID: bad, or by none of them, with what ssh-keygen said;
 * OG_E_NOTFOUND: no such file; OG_E_UNSUPPORTED: no ssh-keygen; OG_E_IO, OG_E_NOMEM. */
int ssh_signature_check(app *a, const char *signers, og_str text, og_str signature,
                        og_str *ret, og_error *err);

#endif
