/* POSIX TZ strings: "GMT0BST,M3.5.0/1,M10.5.0". */
#include "base/date.h"
#include "calendar/tzif.h"

#define MAX_HOURS 167 /* of a time; RFC 8536, 3.3.1 */

typedef struct reader {
    og_str s;
    size_t at;
} reader;

static char peek(const reader *r)
{
    return r->at < r->s.n ? r->s.p[r->at] : '\0';
}

static bool take(reader *r, char c)
{
    if (peek(r) != c || r->at >= r->s.n)
        return false;
    r->at++;
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 1*3DIGIT, from low to high */
static bool read_number(reader *r, int low, int high, int *ret)
{
    int v = 0;
    int digits = 0;
    for (; digits < 3 && is_digit(peek(r)); digits++)
        v = v * 10 + (r->s.p[r->at++] - '0');
    *ret = v;
    return digits > 0 && v >= low && v <= high;
}

/* 3*ALPHA / "<" 1*(ALPHA / DIGIT / "+" / "-") ">" */
static bool read_name(reader *r)
{
    size_t start = r->at;
    if (!take(r, '<')) {
        while (is_letter(peek(r)))
            r->at++;
        return r->at - start >= 3;
    }
    while (is_letter(peek(r)) || is_digit(peek(r)) || peek(r) == '+' || peek(r) == '-')
        r->at++;
    return r->at - start > 1 && take(r, '>');
}

/* [ "+" / "-" ] hh [ ":" mm [ ":" ss ] ] */
static bool read_time(reader *r, int max_hours, int *ret_seconds)
{
    int hours;
    int minutes = 0;
    int seconds = 0;
    bool negative = take(r, '-');
    if (!negative)
        take(r, '+');
    if (!read_number(r, 0, max_hours, &hours))
        return false;
    if (take(r, ':') && !read_number(r, 0, 59, &minutes))
        return false;
    if (take(r, ':') && !read_number(r, 0, 59, &seconds))
        return false;
    int total = hours * 3600 + minutes * 60 + seconds;
    *ret_seconds = negative ? -total : total;
    return true;
}

/* "," ( "J" n / n / "M" m "." w "." d ) [ "/" time ] */
static bool read_change(reader *r, tz_change *ret)
{
    *ret = (tz_change){.seconds = 2 * 3600};
    bool ok = take(r, ',');
    if (take(r, 'M')) {
        ret->kind = TZ_MONTH;
        ok = ok && read_number(r, 1, 12, &ret->month) && take(r, '.') &&
             read_number(r, 1, 5, &ret->week) && take(r, '.') &&
             read_number(r, 0, 6, &ret->day);
    } else {
        ret->kind = take(r, 'J') ? TZ_JULIAN : TZ_DAY;
        ok = ok && read_number(r, ret->kind == TZ_JULIAN, 365, &ret->day);
    }
    return ok && (!take(r, '/') || read_time(r, MAX_HOURS, &ret->seconds));
}

bool tz_rule_parse(og_str text, tz_rule *ret)
{
    reader r = {text, 0};
    tz_rule rule = {0};
    int west;
    if (!read_name(&r) || !read_time(&r, 24, &west))
        return false;
    rule.standard = -west; /* POSIX counts westward */
    if (r.at < text.n) {
        rule.has_dst = true;
        rule.dst = rule.standard + 3600;
        if (!read_name(&r))
            return false;
        if (peek(&r) != ',') {
            if (!read_time(&r, 24, &west))
                return false;
            rule.dst = -west;
        }
        if (!read_change(&r, &rule.start) || !read_change(&r, &rule.end))
            return false;
    }
    if (r.at != text.n)
        return false;
    *ret = rule;
    return true;
}

static og_date month_day(const tz_change *c, int year)
{
    og_date first = og_date_from(year, c->month, 1);
    og_date next = c->month < 12 ? og_date_from(year, c->month + 1, 1) : first + 31;
    og_date day =
        first + (c->day - og_date_weekday(first) + 7) % 7 + (og_date)(c->week - 1) * 7;
    return day < next ? day : day - 7;
}

int64_t tz_change_at(const tz_change *c, int year, int offset)
{
    og_date day = og_date_from(year, 1, 1);
    switch (c->kind) {
    case TZ_JULIAN:
        day += c->day - 1 + (c->day >= 60 && og_date_valid(year, 2, 29));
        break;
    case TZ_DAY:
        day += c->day;
        break;
    case TZ_MONTH:
        day = month_day(c, year);
        break;
    }
    return (int64_t)day * 86400 + c->seconds - offset;
}
