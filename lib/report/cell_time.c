/* Dates and times in the default formats of Table Schema. */
#include "base/date.h"
#include "report/cell.h"

enum {
    DAY = 86400,
    MONTH = 2629746, /* seconds: a twelfth of 365.2425 days */
    COMPONENT_DIGITS = 9
};

/* `count` digits at *at, which moves past them; -1 when they are not there. */
static int digits(og_str s, size_t *at, size_t count)
{
    int n = 0;

    if (s.n - *at < count)
        return -1;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = (unsigned)(unsigned char)s.p[*at + i] - '0';
        if (digit > 9)
            return -1;
        n = n * 10 + (int)digit;
    }
    *at += count;
    return n;
}

static bool literal(og_str s, size_t *at, char c)
{
    if (*at >= s.n || s.p[*at] != c)
        return false;
    ++*at;
    return true;
}

static void moment(int64_t seconds, int32_t nanos, cell_value *ret)
{
    *ret = (cell_value){.form = CELL_TIME, .whole = seconds, .nanos = nanos};
}

static bool read_day(og_str s, size_t *at, int64_t *ret)
{
    int year = digits(s, at, 4), month, day;

    if (year < 0 || !literal(s, at, '-') || (month = digits(s, at, 2)) < 0 ||
        !literal(s, at, '-') || (day = digits(s, at, 2)) < 0 ||
        !og_date_valid(year, month, day))
        return false;
    *ret = og_date_from(year, month, day);
    return true;
}

/* A point, then digits, of which nine count. */
static bool read_fraction(og_str s, size_t *at, int32_t *ret)
{
    int32_t nanos = 0;
    size_t n = 0;

    if (*at >= s.n || s.p[*at] != '.')
        return true;
    for (++*at; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at, n++)
        if (n < 9)
            nanos = nanos * 10 + (s.p[*at] - '0');
    for (size_t i = n; i < 9; i++)
        nanos *= 10;
    *ret = nanos;
    return n > 0;
}

/* Z or ±hh:mm up to 14:00, in seconds east; nothing is 0. */
static bool read_offset(og_str s, size_t *at, int *ret)
{
    int hour, minute;

    if (*at == s.n || literal(s, at, 'Z'))
        return true;
    bool west = s.p[*at] == '-';
    if (!west && s.p[*at] != '+')
        return false;
    ++*at;
    if ((hour = digits(s, at, 2)) < 0 || !literal(s, at, ':') ||
        (minute = digits(s, at, 2)) < 0 || minute > 59 || hour * 60 + minute > 14 * 60)
        return false;
    *ret = (hour * 3600 + minute * 60) * (west ? -1 : 1);
    return true;
}

/* hh:mm:ss, in seconds. */
static bool read_clock(og_str s, size_t *at, int64_t *ret)
{
    int hour = digits(s, at, 2), minute, second;

    if (hour < 0 || hour > 23 || !literal(s, at, ':') ||
        (minute = digits(s, at, 2)) < 0 || minute > 59 || !literal(s, at, ':') ||
        (second = digits(s, at, 2)) < 0 || second > 59)
        return false;
    *ret = hour * 3600 + minute * 60 + second;
    return true;
}

bool cell_read_date(og_str s, cell_value *ret)
{
    size_t at = 0;
    int64_t day;

    if (s.n != 10 || !read_day(s, &at, &day))
        return false;
    moment(day * DAY, 0, ret);
    return true;
}

bool cell_read_time(og_str s, cell_value *ret)
{
    size_t at = 0;
    int64_t seconds;

    if (!read_clock(s, &at, &seconds) || at != s.n)
        return false;
    moment(seconds, 0, ret);
    return true;
}

bool cell_read_datetime(og_str s, cell_value *ret)
{
    size_t at = 0;
    int64_t day, seconds;
    int32_t nanos = 0;
    int offset = 0;

    if (!read_day(s, &at, &day) || !literal(s, &at, 'T') ||
        !read_clock(s, &at, &seconds) || !read_fraction(s, &at, &nanos) ||
        !read_offset(s, &at, &offset) || at != s.n)
        return false;
    moment(day * DAY + seconds - offset, nanos, ret);
    return true;
}

bool cell_read_year(og_str s, cell_value *ret)
{
    size_t at = s.n > 0 && s.p[0] == '-';
    bool before = at > 0;
    int year = digits(s, &at, 4);

    if (year < 0 || at != s.n)
        return false;
    moment(before ? -year : year, 0, ret);
    return true;
}

bool cell_read_yearmonth(og_str s, cell_value *ret)
{
    size_t at = 0;
    int year = digits(s, &at, 4), month;

    if (year < 0 || !literal(s, &at, '-') || (month = digits(s, &at, 2)) < 1 ||
        month > 12 || at != s.n)
        return false;
    moment(year * 12 + month - 1, 0, ret);
    return true;
}

/* ---- Durations ---- */

typedef struct duration_unit {
    char letter;
    bool clock; /* after T */
    int64_t seconds;
} duration_unit;

static const duration_unit units[] = {{'Y', false, 12 * (int64_t)MONTH},
                                      {'M', false, MONTH},
                                      {'D', false, DAY},
                                      {'H', true, 3600},
                                      {'M', true, 60},
                                      {'S', true, 1}};
enum {
    UNIT_COUNT = sizeof units / sizeof units[0]
};

/* One to nine digits, a fraction of seconds, a unit that comes later than the last. */
static bool read_component(og_str s, size_t *at, bool clock, size_t *next,
                           int64_t *seconds, int32_t *nanos)
{
    int64_t n = 0;
    size_t from = *at;

    for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at) {
        if (*at - from == COMPONENT_DIGITS)
            return false;
        n = n * 10 + (s.p[*at] - '0');
    }
    if (*at == from || *at == s.n)
        return false;
    bool fraction = s.p[*at] == '.';
    if (!read_fraction(s, at, nanos) || *at == s.n)
        return false;
    for (size_t u = *next; u < UNIT_COUNT; u++) {
        if (units[u].letter != s.p[*at] || units[u].clock != clock)
            continue;
        *next = u + 1;
        ++*at;
        *seconds += n * units[u].seconds;
        return !fraction || units[u].seconds == 1;
    }
    return false;
}

bool cell_read_duration(og_str s, cell_value *ret)
{
    size_t at = 0, next = 0;
    int64_t seconds = 0;
    int32_t nanos = 0;
    bool negative = literal(s, &at, '-'), clock = false;

    if (!literal(s, &at, 'P') || at == s.n)
        return false;
    while (at < s.n) {
        if (!clock && literal(s, &at, 'T'))
            clock = true;
        if (!read_component(s, &at, clock, &next, &seconds, &nanos))
            return false;
    }
    if (negative && nanos > 0) {
        seconds++;
        nanos = 1000000000 - nanos;
    }
    moment(negative ? -seconds : seconds, nanos, ret);
    return true;
}
