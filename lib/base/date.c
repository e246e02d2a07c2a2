/* Dates and instants: arithmetic on days of the proleptic Gregorian calendar, in 400-year
 * eras that begin on 1 March, so that the leap day is the last of its year. */
#include "base/date.h"

#include <stdio.h>

#define DAYS_PER_ERA 146097
#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */
#define SECONDS_PER_DAY 86400

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool og_date_valid(int year, int month, int day)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && is_leap(year));
}

og_date og_date_from(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

void og_date_split(og_date d, int *ret_year, int *ret_month, int *ret_day)
{
    int z = d + DAYS_TO_EPOCH;
    int era = z / DAYS_PER_ERA;
    int day_of_era = z - era * DAYS_PER_ERA;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153; /* 0 is March */
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    *ret_year = year_of_era + era * 400 + (month <= 2);
    *ret_month = month;
    *ret_day = day_of_year - (153 * shifted + 2) / 5 + 1;
}

int og_date_weekday(og_date d)
{
    int w = (d + 4) % 7; /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

int og_date_yearday(og_date d)
{
    int year, month, day;
    og_date_split(d, &year, &month, &day);
    return d - og_date_from(year, 1, 1);
}

/* Reads exactly n digits at *at and moves past them. */
static bool read_digits(og_str s, size_t *at, size_t n, int *ret)
{
    int v = 0;
    if (s.n - *at < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        unsigned digit = (unsigned char)s.p[*at + i] - (unsigned)'0';
        if (digit > 9)
            return false;
        v = v * 10 + (int)digit;
    }
    *at += n;
    *ret = v;
    return true;
}

static bool read_char(og_str s, size_t *at, char upper)
{
    if (*at >= s.n)
        return false;
    char c = s.p[*at];
    if (c != upper && !(upper >= 'A' && c == upper + ('a' - 'A')))
        return false;
    ++*at;
    return true;
}

static bool read_date(og_str s, size_t *at, int *ret_year, int *ret_month, int *ret_day)
{
    return read_digits(s, at, 4, ret_year) && read_char(s, at, '-') &&
           read_digits(s, at, 2, ret_month) && read_char(s, at, '-') &&
           read_digits(s, at, 2, ret_day) &&
           og_date_valid(*ret_year, *ret_month, *ret_day);
}

bool og_date_parse(og_str s, og_date *ret)
{
    size_t at = 0;
    int year, month, day;
    if (!read_date(s, &at, &year, &month, &day) || at != s.n)
        return false;
    *ret = og_date_from(year, month, day);
    return true;
}

void og_date_format(og_date d, char out[11])
{
    int year, month, day;
    og_date_split(d, &year, &month, &day);
    unsigned y = (unsigned)year % 10000;
    snprintf(out, 11, "%04u-%02u-%02u", y, (unsigned)month % 100, (unsigned)day % 100);
}

/* [ ":" 2DIGIT [ "." 1*9DIGIT ] ] */
static bool read_seconds(og_str s, size_t *at, og_civil *c)
{
    if (!read_char(s, at, ':'))
        return true;
    if (!read_digits(s, at, 2, &c->second) || c->second > 59)
        return false;
    if (!read_char(s, at, '.'))
        return true;
    int32_t unit = 100000000;
    int digit;
    size_t start = *at;
    while (*at - start < 9 && read_digits(s, at, 1, &digit)) {
        c->nanos += digit * unit;
        unit /= 10;
    }
    return *at > start;
}

/* [ "Z" / ("+" / "-") 2DIGIT ":" 2DIGIT ] */
static bool read_offset(og_str s, size_t *at, og_civil *c)
{
    int hours, minutes;
    if (*at == s.n)
        return true;
    c->has_offset = true;
    if (read_char(s, at, 'Z'))
        return true;
    bool west = s.p[*at] == '-';
    if (!read_char(s, at, west ? '-' : '+') || !read_digits(s, at, 2, &hours) ||
        !read_char(s, at, ':') || !read_digits(s, at, 2, &minutes) || hours > 23 ||
        minutes > 59)
        return false;
    c->offset_seconds = (hours * 60 + minutes) * (west ? -60 : 60);
    return true;
}

bool og_civil_parse(og_str s, og_civil *ret)
{
    og_civil c = {0};
    size_t at = 0;
    if (!read_date(s, &at, &c.year, &c.month, &c.day) || !read_char(s, &at, 'T') ||
        !read_digits(s, &at, 2, &c.hour) || c.hour > 23 || !read_char(s, &at, ':') ||
        !read_digits(s, &at, 2, &c.minute) || c.minute > 59 ||
        !read_seconds(s, &at, &c) || !read_offset(s, &at, &c) || at != s.n)
        return false;
    int64_t seconds = og_civil_instant(&c).seconds;
    if (seconds < OG_INSTANT_MIN || seconds > OG_INSTANT_MAX)
        return false;
    *ret = c;
    return true;
}

og_instant og_civil_instant(const og_civil *c)
{
    int64_t days = og_date_from(c->year, c->month, c->day);
    int64_t seconds = days * SECONDS_PER_DAY + c->hour * 3600 + c->minute * 60 +
                      c->second - c->offset_seconds;
    return (og_instant){seconds, c->nanos};
}

/* ".", digits in groups of three, as few as are exact. */
static void format_nanos(int32_t nanos, char *out)
{
    if (nanos == 0)
        *out = '\0';
    else if (nanos % 1000000 == 0)
        snprintf(out, 12, ".%03d", (int)(nanos / 1000000));
    else if (nanos % 1000 == 0)
        snprintf(out, 12, ".%06d", (int)(nanos / 1000));
    else
        snprintf(out, 12, ".%09d", (int)nanos);
}

void og_instant_format(og_instant t, char out[36])
{
    int64_t days = t.seconds / SECONDS_PER_DAY;
    int rest = (int)(t.seconds % SECONDS_PER_DAY);
    char date[11];
    char fraction[12];
    if (rest < 0) {
        rest += SECONDS_PER_DAY;
        days--;
    }
    og_date_format((og_date)days, date);
    format_nanos(t.nanos, fraction);
    snprintf(out, 36, "%sT%02d:%02d:%02d%sZ", date, rest / 3600, rest / 60 % 60,
             rest % 60, fraction);
}

int og_instant_cmp(og_instant a, og_instant b)
{
    if (a.seconds != b.seconds)
        return a.seconds < b.seconds ? -1 : 1;
    return (a.nanos > b.nanos) - (a.nanos < b.nanos);
}
