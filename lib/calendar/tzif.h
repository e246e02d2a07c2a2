/* What a TZif file says, in the form that zone.c looks things up in. */
#ifndef OG_CALENDAR_TZIF_H
#define OG_CALENDAR_TZIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

/* Offsets lie strictly between -25 h and +26 h (RFC 8536, 3.2). */
#define TZ_OFFSET_MIN (-89999)
#define TZ_OFFSET_MAX 93599

/* The day and time of a yearly change. */
typedef enum tz_day_kind {
    TZ_JULIAN, /* Jn: 1 to 365, 29 February is never counted */
    TZ_DAY,    /* n: 0 to 365 */
    TZ_MONTH   /* Mm.w.d: weekday d of week w (5: the last) of month m */
} tz_day_kind;

typedef struct tz_change {
    tz_day_kind kind;
    int month, week, day;
    int seconds; /* from midnight, local time before the change; -167 h to 167 h */
} tz_change;

/* A POSIX TZ string with RFC 8536's extension of hours. */
typedef struct tz_rule {
    int standard; /* seconds east */
    bool has_dst;
    int dst;
    tz_change start, end; /* of dst */
} tz_rule;

/* False when text is not such a string. */
bool tz_rule_parse(og_str text, tz_rule *ret);
/* The instant of a change in a year (2 to 9999), given the offset before it. */
int64_t tz_change_at(const tz_change *change, int year, int offset);

typedef struct tzif {
    int first;        /* offset before the first transition */
    size_t count;     /* of transitions */
    int64_t *at;      /* [count], ascending */
    int32_t *offsets; /* [count]: from at[i] on */
    bool has_rule;    /* for the time from the last transition on */
    tz_rule rule;
} tzif;

/* OG_E_INVALID, OG_E_UNSUPPORTED (leap seconds), OG_E_NOMEM. */
int tzif_read(og_str bytes, tzif *ret, og_error *err);
void tzif_done(tzif *t);

#endif
