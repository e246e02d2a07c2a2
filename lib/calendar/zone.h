/* Time zones: civil time to instant and back, from TZif data compiled into the program
 * (RFC 8536, version 2 or later, with its rule for the years after the last transition),
 * so that no answer depends on the machine.
 *
 * Instants and dates stay inside the years 1 to 9999: what an offset would move out of
 * them becomes their first or last moment. */
#ifndef OG_CALENDAR_ZONE_H
#define OG_CALENDAR_ZONE_H

#include "base/date.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/str.h"

typedef struct zone zone;

/* A name of the tz database ("Europe/London"), "UTC", or a fixed offset ("+01:00",
 * "-03:30", at most 23:59). OG_E_NOTFOUND suggests the nearest name. */
int zone_open(og_str name, zone **ret, og_error *err);
/* A zone from the bytes of a TZif file; nothing is borrowed. OG_E_INVALID says what is
 * wrong with them; leap-second ("right/") files are OG_E_UNSUPPORTED. */
int zone_read(og_str name, og_str tzif_bytes, zone **ret, og_error *err);
/* NULL is fine. */
void zone_free(zone *z);

/* Borrowed, for the life of the zone. */
og_str zone_name(const zone *z);
/* Seconds east of UTC in force at t. */
int zone_offset_at(const zone *z, og_instant t);
/* The first instant at which the zone's clocks show c, or, where they jump over it, a
 * later time: an hour that comes twice is the first of the two, an hour left out is the
 * moment of the jump. With an offset of its own, c is that instant in any zone. */
og_instant zone_instant(const zone *z, const og_civil *c);
/* What the zone's clocks and calendars show at t, with the offset. */
void zone_civil_at(const zone *z, og_instant t, og_civil *ret);
og_date zone_date_at(const zone *z, og_instant t);
/* The first instant of the day: midnight, or the end of the jump over it. */
og_instant zone_start_of(const zone *z, og_date d);
/* The last nanosecond before the next day starts. */
og_instant zone_end_of(const zone *z, og_date d);

/* SHA-256 over the name and all that decides an offset. */
void zone_digest(const zone *z, unsigned char out[OG_SHA256_SIZE]);

#endif
