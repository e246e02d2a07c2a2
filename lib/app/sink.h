/* Sinks of opsgate.yaml: who is told, where, signed with what. Internal to lib/app. */
#ifndef OG_APP_SINK_H
#define OG_APP_SINK_H

#include "app/app.h"
#include "delivery/post.h"

/* Whether this sink (a record of opsgate.yaml) is told of the event: `events` names it,
 * or is left out. */
bool sink_wants(const model_record *sink, og_str event);

/* Where to send and what to sign with, from the environment or files that the sink names;
 * everything in the run's arena. OG_E_INVALID says what to set; it never shows a secret.
 */
int sink_target(app *a, const model_record *sink, post_target *ret, og_error *err);

#endif
