/* Parts of the verdict record that other formats show too. Internal to lib/render. */
#ifndef OG_RENDER_RECORD_H
#define OG_RENDER_RECORD_H

#include "model/verdict.h"
#include "render/members.h"

/* Values are shown as CEL writes them, at most this many bytes of each. */
#define RECORD_VALUE_MAX 400

/* One criterion as in the record. */
og_value record_criterion(members_maker *k, const verdict_criterion *c);
/* {kind, id, title} */
og_value record_subject(members_maker *k, const verdict *v);

#endif
