/* The message put into a webhook: a CloudEvent 1.0 in structured JSON whose data is a
 * CDEvent of the custom space. Canonical bytes: the same event is the same text.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 * https://github.com/cdevents/spec/blob/v0.5.1/cloudevents-binding.md
 * https://github.com/cdevents/spec/blob/v0.5.1/custom/schema.json */
#ifndef OG_DELIVERY_CLOUDEVENT_H
#define OG_DELIVERY_CLOUDEVENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/error.h"
#include "value/value.h"

#define CLOUDEVENT_CONTENT_TYPE "application/cloudevents+json; charset=utf-8"
/* dev.cdeventsx.TOOL-SUBJECT.PREDICATE.VERSION; the version is that of the content, and
 * goes up too with CLOUDEVENT_CDEVENTS. */
#define CLOUDEVENT_VERDICT_ISSUED "dev.cdeventsx.opsgate-verdict.issued.0.1.0"
#define CLOUDEVENT_CDEVENTS "0.5.1" /* version of the CDEvents specification */
/* Receivers are promised no more: some cap a message at 20 kB. */
#define CLOUDEVENT_TARGET_BYTES 20000u

typedef struct cloudevent {
    const char *type; /* CLOUDEVENT_VERDICT_ISSUED */
    og_str source;    /* a URI reference that says who speaks, e.g. "/opsgate/opsg-56" */
    og_str subject;   /* what it is about, e.g. "2021-11/assessment" */
    og_instant time;  /* when the event came about; not that of an attempt to send it */
    og_value content; /* of the CDEvent's subject: a map that og_json_write takes */
} cloudevent;

/* Appends the event; id, source, type, subject and time stand in the envelope and again
 * in the CDEvent, as its binding wants it. *ret_id (in arena, no '.') is a letter and 128
 * bits in hex of the digest over type, source, subject and content: sending the same
 * verdict again gives the same id. OG_E_USAGE: an empty type, source or subject, or
 * content that is no map; OG_E_INVALID: content that JSON cannot hold; OG_E_NOMEM. A text
 * over CLOUDEVENT_TARGET_BYTES is for the caller to say. */
int cloudevent_write(const cloudevent *event, og_arena *arena, og_buf *out,
                     og_str *ret_id, og_error *err);

#endif
