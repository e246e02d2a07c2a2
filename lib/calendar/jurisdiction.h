/* The bank holidays of a jurisdiction as data: standing rules, and exceptions by year. */
#ifndef OG_CALENDAR_JURISDICTION_H
#define OG_CALENDAR_JURISDICTION_H

#include <stddef.h>

#include "base/str.h"

typedef enum cal_rule_kind { /* ORDER: kind names in calendar.c */
    CAL_FIXED,               /* a day of a month, moved when it falls on a weekend */
    CAL_EASTER,              /* days from Easter Sunday */
    CAL_FIRST_MONDAY,        /* of a month */
    CAL_LAST_MONDAY          /* of a month */
} cal_rule_kind;

typedef struct cal_rule {
    cal_rule_kind kind;
    int month;
    int day; /* CAL_FIXED: of the month; CAL_EASTER: -2 is Good Friday */
    int if_saturday, if_sunday; /* CAL_FIXED: days to the substitute */
    const char *title;
} cal_rule;

/* One year's exception: a day that is not the holiday of the rule, a day that is one, or
 * (moved) both. month 0: none. */
typedef struct cal_exception {
    int year;
    int drop_month, drop_day;
    int add_month, add_day;
    const char *title, *note; /* of the day added */
} cal_exception;

typedef struct cal_jurisdiction_rules {
    const char *name;
    int first_verified, last_verified; /* years compared with the published list */
    const cal_rule *rules;
    size_t rule_count;
    const cal_exception *exceptions;
    size_t exception_count;
} cal_jurisdiction_rules;

extern const cal_jurisdiction_rules cal_england_and_wales;

#endif
