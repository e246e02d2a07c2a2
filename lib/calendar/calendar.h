/* Working Days: Monday to Friday less the bank holidays of a jurisdiction, with what a
 * register adds. Bank holidays are computed for any year from standing rules and a table
 * of exceptions; the years in which that was compared with the published list are the
 * verified ones, and beyond them a caller shows a warning. */
#ifndef OG_CALENDAR_CALENDAR_H
#define OG_CALENDAR_CALENDAR_H

#include <stdbool.h>

#include "base/date.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/str.h"

typedef struct calendar calendar;

/* jurisdiction: "england-and-wales". OG_E_NOTFOUND names those there are. */
int cal_new(og_str jurisdiction, calendar **ret, og_error *err);
/* NULL is fine. */
void cal_free(calendar *c);

/* A register's own exceptions: a day that is none of the Working Days, or one that is, be
 * it a bank holiday or a Saturday. The title is copied. OG_E_CONFLICT when the date
 * already has an exception; a bank holiday named again changes nothing. */
int cal_add_holiday(calendar *c, og_date d, og_str title, og_error *err);
int cal_add_working(calendar *c, og_date d, og_error *err);

bool cal_is_working_day(const calendar *c, og_date d);
/* Working Days after a, up to and including b; for b before a the negative of
 * cal_working_days(c, b, a). 7 to 15 September 2021: 6. */
int64_t cal_working_days(const calendar *c, og_date a, og_date b);
/* The n-th Working Day after d, or for negative n before d, d itself not counted; n = 0
 * gives d. 4 November 2021 and -30: 23 September. Where d is a Working Day (and for every
 * d with n > 0), cal_working_days(c, d, result) is n. False when there is no such day
 * before year 10000 or after year 0. */
bool cal_add_working_days(const calendar *c, og_date d, int64_t n, og_date *ret);

/* Whether every year from a to b (in either order) is a verified one. */
bool cal_is_verified(const calendar *c, og_date a, og_date b);
/* The last verified year, for the warning: 2028. */
int cal_last_verified_year(const calendar *c);

/* Borrowed: the jurisdiction's name, for the life of the calendar. */
og_str cal_jurisdiction(const calendar *c);

/* SHA-256 over the rules, exceptions and additions in one order: equal for two calendars
 * that were told the same things, whatever the order. */
void cal_digest(const calendar *c, unsigned char out[OG_SHA256_SIZE]);

typedef struct cal_holiday {
    og_date date;
    const char *title; /* static */
    const char *note;  /* static: "", "Substitute day", "Extra bank holiday" */
} cal_holiday;
#define CAL_YEAR_MAX 16 /* bank holidays in a year, at most */

/* The jurisdiction's bank holidays of one year (1 to 9999) in order of date, without the
 * register's exceptions; returns how many. */
size_t cal_bank_holidays(const calendar *c, int year, cal_holiday out[CAL_YEAR_MAX]);

#endif
