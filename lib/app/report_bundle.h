/* A bundle of report definitions in place of a register. Internal to lib/app. */
#ifndef OG_APP_REPORT_BUNDLE_H
#define OG_APP_REPORT_BUNDLE_H

#include "app/app.h"
#include "render/report_bundle.h"

/* The versions of reports from the bundle in the file `bundle`, or, when it is NULL, from
 * the register: in a->claims either way; findings are shown. signers: a file of allowed
 * signers, relative to cwd as the bundle is; NULL: the signature is not checked, which is
 * said. *ret describes the bundle; zeroed when there is none. OG_E_USAGE: both a
 * bundle and a place of a register, or signers without a bundle. OG_E_NOTFOUND: no such
 * file. OG_E_INVALID: bad, or not signed as it should be; then nothing of it is in a. */
int report_definitions_load(app *a, const char *bundle, const char *signers,
                            render_bundle *ret, og_error *err);

#endif
