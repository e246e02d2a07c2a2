/* Calendar dates and instants, proleptic Gregorian, years 1 to 9999. No clock, no zone.
 */
#ifndef OG_BASE_DATE_H
#define OG_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Days since 1970-01-01. */
typedef int32_t og_date;
#define OG_DATE_MIN (-719162) /* 0001-01-01 */
#define OG_DATE_MAX 2932896   /* 9999-12-31 */

/* Seconds since 1970-01-01T00:00:00Z, and 0 to 999,999,999 nanoseconds after it. */
typedef struct og_instant {
    int64_t seconds;
    int32_t nanos;
} og_instant;
#define OG_INSTANT_MIN (-62135596800LL) /* 0001-01-01T00:00:00Z */
#define OG_INSTANT_MAX 253402300799LL   /* 9999-12-31T23:59:59Z */

bool og_date_valid(int year, int month, int day);
og_date og_date_from(int year, int month, int day); /* must be valid */
void og_date_split(og_date d, int *ret_year, int *ret_month, int *ret_day);
/* 0 Sunday … 6 Saturday. */
int og_date_weekday(og_date d);
/* Days from 1 January, 0 … 365. */
int og_date_yearday(og_date d);
/* Exactly YYYY-MM-DD. */
bool og_date_parse(og_str s, og_date *ret);
/* Writes "YYYY-MM-DD" and NUL into out[11]. */
void og_date_format(og_date d, char out[11]);

/* A local wall-clock time, as written. */
typedef struct og_civil {
    int year, month, day, hour, minute, second;
    int32_t nanos;
    bool has_offset;    /* Z or ±hh:mm was written */
    int offset_seconds; /* east positive; 0 without one */
} og_civil;
/* RFC 3339 date-time; seconds may be left out ("2021-10-04T17:00") and the offset too.
 * Leap second :60 is refused. */
bool og_civil_parse(og_str s, og_civil *ret);
/* The instant of c read at its offset (or as UTC without one). */
og_instant og_civil_instant(const og_civil *c);
/* RFC 3339 in UTC with Z and as few of 0, 3, 6, 9 fractional digits as are exact;
 * out[36]. */
void og_instant_format(og_instant t, char out[36]);
int og_instant_cmp(og_instant a, og_instant b);

#endif
