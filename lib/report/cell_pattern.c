/* Dates and times in a format of their own, as strptime reads them in the C locale. */
#include <strings.h>

#include "base/date.h"
#include "report/cell.h"

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};

/* What the directives of a format have read. */
typedef struct moment_parts {
    int year, month, day, yearday, hour, minute, second, half, weekday, offset;
    int32_t nanos;
} moment_parts;

/* ---- Making ---- */

static bool has(og_str text, const char *letters)
{
    for (size_t i = 0; i + 1 < text.n; i++) {
        if (text.p[i] != '%')
            continue;
        if (strchr(letters, text.p[++i]))
            return true;
    }
    return false;
}

static int check_directives(og_str text, og_error *err)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '%')
            continue;
        if (++i == text.n)
            return og_fail(err, OG_E_INVALID, "the format '%.*s' ends in a lone '%%'",
                           OG_FMT(text));
        if (!text.p[i] || !strchr("YymdjHIMSfpbBaAzZ%", text.p[i]))
            return og_fail(err, OG_E_INVALID,
                           "'%%%c' in the format '%.*s' is not known: write one of "
                           "%%Y %%y %%m %%b %%B %%d %%j %%H %%I %%p %%M %%S %%f %%a %%A "
                           "%%z %%Z %%%%",
                           text.p[i], OG_FMT(text));
    }
    return OG_OK;
}

int cell_pattern_make(og_str text, bool date, bool time, cell_pattern *ret, og_error *err)
{
    bool year = has(text, "Yy"), month = has(text, "mbB");
    bool whole = year && (has(text, "j") || (month && has(text, "d")));
    bool hours = has(text, "H") || (has(text, "I") && has(text, "p"));

    int rc = check_directives(text, err);
    if (rc != OG_OK)
        return rc;
    if (date && !whole)
        return og_fail(err, OG_E_INVALID,
                       "the format '%.*s' names no whole date: it needs a year (%%Y), a "
                       "month (%%m) and a day (%%d)",
                       OG_FMT(text));
    if (time && !hours)
        return og_fail(err, OG_E_INVALID,
                       "the format '%.*s' names no hour: it needs %%H, or %%I and %%p",
                       OG_FMT(text));
    *ret = (cell_pattern){.text = text, .has_date = date, .has_time = time};
    return OG_OK;
}

/* ---- Reading ---- */

/* One to `most` digits, as many as there are. */
static bool number(og_str s, size_t *at, size_t most, int low, int high, int *ret)
{
    int n = 0;
    size_t from = *at;

    while (*at < s.n && *at - from < most && s.p[*at] >= '0' && s.p[*at] <= '9')
        n = n * 10 + (s.p[(*at)++] - '0');
    *ret = n;
    return *at > from && n >= low && n <= high;
}

/* The longest of a name and its first three letters, in any case. */
static bool name(og_str s, size_t *at, const char *const *names, int count, int *ret)
{
    for (int i = 0; i < count; i++) {
        size_t n = strlen(names[i]);
        if (s.n - *at < 3 || strncasecmp(s.p + *at, names[i], 3) != 0)
            continue;
        *at += s.n - *at >= n && strncasecmp(s.p + *at, names[i], n) == 0 ? n : 3;
        *ret = i;
        return true;
    }
    return false;
}

static bool fraction(og_str s, size_t *at, int32_t *ret)
{
    int32_t nanos = 0;
    size_t n = 0;

    for (; *at < s.n && n < 9 && s.p[*at] >= '0' && s.p[*at] <= '9'; n++)
        nanos = nanos * 10 + (s.p[(*at)++] - '0');
    for (size_t i = n; i < 9; i++)
        nanos *= 10;
    *ret = nanos;
    return n > 0;
}

static bool half(og_str s, size_t *at, int *ret)
{
    if (s.n - *at < 2 || (s.p[*at + 1] | 32) != 'm')
        return false;
    char c = s.p[*at] | 32;
    *at += 2;
    *ret = c == 'p';
    return c == 'a' || c == 'p';
}

/* Z, ±hhmm or ±hh:mm */
static bool offset(og_str s, size_t *at, int *ret)
{
    int hour, minute;

    if (*at < s.n && s.p[*at] == 'Z') {
        ++*at;
        *ret = 0;
        return true;
    }
    if (*at >= s.n || (s.p[*at] != '+' && s.p[*at] != '-'))
        return false;
    int sign = s.p[(*at)++] == '-' ? -1 : 1;
    size_t from = *at;
    if (!number(s, at, 2, 0, 23, &hour) || *at - from != 2)
        return false;
    *at += *at < s.n && s.p[*at] == ':';
    from = *at;
    if (!number(s, at, 2, 0, 59, &minute) || *at - from != 2)
        return false;
    *ret = sign * (hour * 3600 + minute * 60);
    return true;
}

static bool zone_name(og_str s, size_t *at)
{
    static const char *const names[] = {"UTC", "GMT", "Z"};

    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(names[i]);
        if (s.n - *at >= n && memcmp(s.p + *at, names[i], n) == 0) {
            *at += n;
            return true;
        }
    }
    return false;
}

static bool year_of(og_str s, size_t *at, bool century, int *ret)
{
    size_t from = *at;

    if (century)
        return number(s, at, 4, 1, 9999, ret) && *at - from == 4;
    if (!number(s, at, 2, 0, 99, ret) || *at - from != 2)
        return false;
    *ret += *ret < 69 ? 2000 : 1900; /* POSIX */
    return true;
}

static bool directive(char letter, og_str s, size_t *at, moment_parts *p)
{
    switch (letter) {
    case 'Y':
        return year_of(s, at, true, &p->year);
    case 'y':
        return year_of(s, at, false, &p->year);
    case 'm':
        return number(s, at, 2, 1, 12, &p->month);
    case 'b':
    case 'B':
        return name(s, at, months, 12, &p->month) && ++p->month;
    case 'd':
        return number(s, at, 2, 1, 31, &p->day);
    case 'j':
        return number(s, at, 3, 1, 366, &p->yearday);
    case 'H':
        return number(s, at, 2, 0, 23, &p->hour);
    case 'I':
        return number(s, at, 2, 1, 12, &p->hour);
    case 'M':
        return number(s, at, 2, 0, 59, &p->minute);
    case 'S':
        return number(s, at, 2, 0, 59, &p->second);
    case 'f':
        return fraction(s, at, &p->nanos);
    case 'p':
        return half(s, at, &p->half);
    case 'a':
    case 'A':
        return name(s, at, days, 7, &p->weekday);
    case 'z':
        return offset(s, at, &p->offset);
    case 'Z':
        return zone_name(s, at);
    default:
        return *at < s.n && s.p[(*at)++] == '%';
    }
}

/* The parts as one moment: a date that exists, on the weekday that was written. */
static bool assemble(const moment_parts *p, const cell_pattern *pattern, cell_value *ret)
{
    int64_t seconds = p->hour * 3600 + p->minute * 60 + p->second - p->offset;

    if (p->half >= 0)
        seconds += ((p->hour % 12) - p->hour + 12 * p->half) * 3600;
    if (pattern->has_date) {
        bool by_day = p->yearday > 0;
        int month = by_day ? 1 : p->month, day = by_day ? 1 : p->day;
        if (!og_date_valid(p->year, month, day))
            return false;
        og_date date = og_date_from(p->year, month, day) + (by_day ? p->yearday - 1 : 0);
        int year, unused;
        og_date_split(date, &year, &unused, &unused);
        if (year != p->year || (p->weekday >= 0 && og_date_weekday(date) != p->weekday))
            return false;
        seconds += (int64_t)date * 86400;
    }
    *ret = (cell_value){.form = CELL_TIME, .whole = seconds, .nanos = p->nanos};
    return true;
}

bool cell_read_pattern(og_str s, const cell_pattern *pattern, cell_value *ret)
{
    moment_parts parts = {.half = -1, .weekday = -1};
    og_str format = pattern->text;
    size_t at = 0;

    for (size_t i = 0; i < format.n; i++) {
        if (format.p[i] == '%') {
            if (!directive(format.p[++i], s, &at, &parts))
                return false;
        } else if (at == s.n || s.p[at++] != format.p[i]) {
            return false;
        }
    }
    return at == s.n && assemble(&parts, pattern, ret);
}
