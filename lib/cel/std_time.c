/* Timestamps and durations: conversions, and the parts of one (getHours() and so on).
 *
 * Durations are 64 bits of nanoseconds, timestamps the years 1 to 9999, as the
 * specification has it. A zone is "UTC", an offset ("+01:00", "-02:30", "02:00") or a
 * name that the environment knows (cel_env_options.zone). */
#include "cel/std.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"

#define NANOS 1000000000

/* ---- Ranges ---- */

bool cel_duration_nanos(og_value v, int64_t *ret)
{
    int64_t nanos;
    if (__builtin_mul_overflow(v.as.i, (int64_t)NANOS, &nanos) ||
        __builtin_add_overflow(nanos, v.aux.nanos, &nanos))
        return false;
    *ret = nanos;
    return true;
}

og_value cel_duration_of_nanos(int64_t nanos)
{
    return og_duration(nanos / NANOS, (int32_t)(nanos % NANOS));
}

/* nanos may be outside of one second by up to one second. */
og_value cel_timestamp_checked(cel_call *call, int64_t seconds, int32_t nanos)
{
    if (nanos < 0 && seconds > INT64_MIN) {
        seconds--;
        nanos += NANOS;
    } else if (nanos >= NANOS && seconds < INT64_MAX) {
        seconds++;
        nanos -= NANOS;
    }
    if (seconds < OG_INSTANT_MIN || seconds > OG_INSTANT_MAX)
        return cel_fault(call->arena, "timestamp out of range: years 1 to 9999");
    return og_timestamp((og_instant){seconds, nanos});
}

void cel_duration_format(og_value v, char out[40])
{
    int64_t seconds = v.as.i;
    int32_t nanos = v.aux.nanos;
    bool negative = seconds < 0 || nanos < 0;
    uint64_t whole = seconds < 0 ? -(uint64_t)seconds : (uint64_t)seconds;
    int n = snprintf(out, 40, "%s%" PRIu64, negative ? "-" : "", whole);
    if (nanos != 0) {
        n += snprintf(out + n, 40 - (size_t)n, ".%09d", nanos < 0 ? -nanos : nanos);
        while (out[n - 1] == '0')
            n--;
    }
    out[n] = 's';
    out[n + 1] = '\0';
}

/* ---- Parsing ---- */

static const struct {
    const char *name;
    int64_t nanos;
} units[] = {
    {"ns", 1},           {"us", 1000}, {"\xc2\xb5s", 1000}, /* U+00B5 micro sign */
    {"\xce\xbcs", 1000},                                    /* U+03BC Greek mu */
    {"ms", 1000000},     {"s", NANOS}, {"m", 60LL * NANOS}, {"h", 3600LL * NANOS},
};

/* The length of one unit at s.p[at], in nanoseconds; 0: none. *at moves past it. */
static int64_t scan_unit(og_str s, size_t *at)
{
    size_t end = *at;
    while (end < s.n && s.p[end] != '.' && (s.p[end] < '0' || s.p[end] > '9'))
        end++;
    og_str word = og_str_slice(s, *at, end);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (og_str_is(word, units[i].name)) {
            *at = end;
            return units[i].nanos;
        }
    }
    return 0;
}

/* "1.5h" at s.p[*at], added to *total. */
static bool scan_part(og_str s, size_t *at, int64_t *total)
{
    int64_t whole = 0, fraction = 0, scale = 1;
    size_t begin = *at;
    size_t digits = 0;
    for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; (*at)++, digits++)
        if (__builtin_mul_overflow(whole, 10, &whole) ||
            __builtin_add_overflow(whole, s.p[*at] - '0', &whole))
            return false;
    if (*at < s.n && s.p[*at] == '.') {
        for (++*at; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; (*at)++, digits++) {
            if (scale < 1000000000000000) { /* finer than any unit's nanoseconds */
                fraction = fraction * 10 + (s.p[*at] - '0');
                scale *= 10;
            }
        }
    }
    if (digits == 0 || *at == begin)
        return false;
    int64_t unit = scan_unit(s, at);
    int64_t part;
    /* fraction < scale, so the part of one unit is below 3600 * 10^9: a double has room.
     */
    int64_t rest =
        (int64_t)((long double)fraction * (long double)unit / (long double)scale);
    return unit != 0 && !__builtin_mul_overflow(whole, unit, &part) &&
           !__builtin_add_overflow(part, rest, &part) &&
           !__builtin_add_overflow(*total, part, total);
}

og_value cel_duration_parse(cel_call *call, og_str s)
{
    int64_t total = 0;
    size_t at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0;
    bool good = at < s.n;
    if (good && og_str_is(og_str_slice(s, at, s.n), "0"))
        return og_duration(0, 0);
    while (good && at < s.n)
        good = scan_part(s, &at, &total);
    if (!good)
        return cel_fault(
            call->arena,
            "'%.*s' is not a duration (\"1h30m\", \"90s\", \"500ms\") or out "
            "of range",
            OG_FMT(og_utf8_cut(s, 60)));
    return cel_duration_of_nanos(s.p[0] == '-' ? -total : total);
}

static og_value to_duration(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return args[0].kind == OG_STRING ? cel_duration_parse(call, og_text(args[0]))
                                     : args[0];
}

static og_value to_timestamp(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    if (args[0].kind == OG_TIMESTAMP)
        return args[0];
    if (args[0].kind == OG_INT)
        return cel_timestamp_checked(call, args[0].as.i, 0);
    og_str s = og_text(args[0]);
    og_civil c;
    /* Seconds and offset may be left out elsewhere, but not in RFC 3339. */
    if (s.n < 20 || s.p[16] != ':' || !og_civil_parse(s, &c) || !c.has_offset)
        return cel_fault(call->arena,
                         "'%.*s' is not a timestamp (\"2021-11-04T17:00:00Z\") or out of "
                         "range",
                         OG_FMT(og_utf8_cut(s, 60)));
    og_instant t = og_civil_instant(&c);
    return cel_timestamp_checked(call, t.seconds, t.nanos);
}

/* ---- Parts of a timestamp ---- */

/* "+01:00", "-02:30", "02:00". */
static bool parse_offset(og_str s, int32_t *ret)
{
    int sign = s.n > 0 && s.p[0] == '-' ? -1 : 1;
    if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
        s = og_str_slice(s, 1, s.n);
    if (s.n != 5 || s.p[2] != ':')
        return false;
    for (size_t i = 0; i < 5; i++)
        if (i != 2 && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
    int hours = (s.p[0] - '0') * 10 + s.p[1] - '0';
    int minutes = (s.p[3] - '0') * 10 + s.p[4] - '0';
    *ret = sign * (hours * 3600 + minutes * 60);
    return hours < 24 && minutes < 60;
}

static bool zone_offset(const cel_env *env, og_str zone, og_instant t, int32_t *ret)
{
    if (zone.n == 0 || og_str_is(zone, "UTC")) {
        *ret = 0;
        return true;
    }
    if (parse_offset(zone, ret))
        return true;
    while (env && !env->options.zone)
        env = env->parent;
    return env && env->options.zone(env->options.zone_data, zone, t, ret);
}

typedef enum part { /* the overload's data points into part_ids */
    PART_YEAR,
    PART_MONTH,
    PART_DATE,
    PART_DAY_OF_MONTH,
    PART_DAY_OF_WEEK,
    PART_DAY_OF_YEAR,
    PART_HOURS,
    PART_MINUTES,
    PART_SECONDS,
    PART_MILLISECONDS
} part;

static int64_t timestamp_part(og_instant t, part which)
{
    int64_t days = t.seconds / 86400, of_day = t.seconds % 86400;
    if (of_day < 0) {
        of_day += 86400;
        days--;
    }
    int year, month, day;
    og_date date = (og_date)days;
    og_date_split(date, &year, &month, &day);
    switch (which) {
    case PART_YEAR:
        return year;
    case PART_MONTH:
        return month - 1;
    case PART_DATE:
        return day;
    case PART_DAY_OF_MONTH:
        return day - 1;
    case PART_DAY_OF_WEEK:
        return og_date_weekday(date);
    case PART_DAY_OF_YEAR:
        return og_date_yearday(date);
    case PART_HOURS:
        return of_day / 3600;
    case PART_MINUTES:
        return of_day / 60 % 60;
    case PART_SECONDS:
        return of_day % 60;
    default:
        return t.nanos / 1000000;
    }
}

static og_value part_of_timestamp(cel_call *call, const og_value *args, uint32_t count)
{
    og_instant t = og_instant_of(args[0]);
    if (count == 2) {
        int32_t offset;
        if (!zone_offset(call->frame->program->env, og_text(args[1]), t, &offset))
            return cel_fault(call->arena, "unknown time zone '%.*s'",
                             OG_FMT(og_text(args[1])));
        t.seconds += offset;
    }
    if (t.seconds < OG_INSTANT_MIN || t.seconds > OG_INSTANT_MAX)
        return cel_fault(call->arena, "timestamp out of range: years 1 to 9999");
    return og_int(timestamp_part(t, *(const part *)call->data));
}

static og_value part_of_duration(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    switch (*(const part *)call->data) {
    case PART_HOURS:
        return og_int(args[0].as.i / 3600);
    case PART_MINUTES:
        return og_int(args[0].as.i / 60);
    case PART_SECONDS:
        return og_int(args[0].as.i);
    default:
        return og_int(args[0].aux.nanos / 1000000);
    }
}

/* ---- The table ---- */

static const part part_ids[] = {
    PART_YEAR,        PART_MONTH, PART_DATE,    PART_DAY_OF_MONTH, PART_DAY_OF_WEEK,
    PART_DAY_OF_YEAR, PART_HOURS, PART_MINUTES, PART_SECONDS,      PART_MILLISECONDS};

#define PART_ROW(name_, id_, which, call_, target, ...)                             \
    {                                                                               \
        .function = (name_), .id = (id_), .flags = CEL_MEMBER,                      \
        .param_count =                                                              \
            sizeof((const cel_type *[]){target, __VA_ARGS__}) / sizeof(cel_type *), \
        .params = {target, __VA_ARGS__}, .result = &cel_int, .call = (call_),       \
        .data = (void *)&part_ids[which]                                            \
    }
#define OF_TIMESTAMP(name, id, which)                                               \
    PART_ROW(name, "timestamp_to_" id, which, part_of_timestamp, &cel_timestamp, ), \
        PART_ROW(name, "timestamp_to_" id "_with_tz", which, part_of_timestamp,     \
                 &cel_timestamp, &cel_string)
#define OF_DURATION(name, id, which) \
    PART_ROW(name, "duration_to_" id, which, part_of_duration, &cel_duration, )

static const cel_overload rows[] = {
    CEL_ROW("timestamp", "timestamp_to_timestamp", CEL_GLOBAL, &cel_timestamp,
            to_timestamp, &cel_timestamp),
    CEL_ROW("timestamp", "int64_to_timestamp", CEL_GLOBAL | CEL_FOLDED, &cel_timestamp,
            to_timestamp, &cel_int),
    CEL_ROW("timestamp", "string_to_timestamp", CEL_GLOBAL | CEL_FOLDED, &cel_timestamp,
            to_timestamp, &cel_string),
    CEL_ROW("duration", "duration_to_duration", CEL_GLOBAL, &cel_duration, to_duration,
            &cel_duration),
    CEL_ROW("duration", "string_to_duration", CEL_GLOBAL | CEL_FOLDED, &cel_duration,
            to_duration, &cel_string),
    OF_TIMESTAMP("getFullYear", "year", PART_YEAR),
    OF_TIMESTAMP("getMonth", "month", PART_MONTH),
    OF_TIMESTAMP("getDate", "day_of_month_1_based", PART_DATE),
    OF_TIMESTAMP("getDayOfMonth", "day_of_month", PART_DAY_OF_MONTH),
    OF_TIMESTAMP("getDayOfWeek", "day_of_week", PART_DAY_OF_WEEK),
    OF_TIMESTAMP("getDayOfYear", "day_of_year", PART_DAY_OF_YEAR),
    OF_TIMESTAMP("getHours", "hours", PART_HOURS),
    OF_TIMESTAMP("getMinutes", "minutes", PART_MINUTES),
    OF_TIMESTAMP("getSeconds", "seconds", PART_SECONDS),
    OF_TIMESTAMP("getMilliseconds", "milliseconds", PART_MILLISECONDS),
    OF_DURATION("getHours", "hours", PART_HOURS),
    OF_DURATION("getMinutes", "minutes", PART_MINUTES),
    OF_DURATION("getSeconds", "seconds", PART_SECONDS),
    OF_DURATION("getMilliseconds", "milliseconds", PART_MILLISECONDS),
};

CEL_LIBRARY(cel_library_time, "time", rows);
