/* Text to value, by declared type: `no`, `2021-11`, `1e5`, `0644` are what the field says
 * they are, never what they look like. */
#include "base/utf8.h"
#include "calendar/zone.h"
#include "cel/regex.h"
#include "model/record.h"

#include <math.h>
#include <stdio.h>

enum {
    SHOWN_BYTES = 60
}; /* of a wrong text in a message */

typedef struct scalar { /* the text at hand and where what is wrong with it goes */
    model_reader *reader;
    const model_field *field;
    og_str text;
    model_problem *problem;
    bool failed; /* no memory for a text */
} scalar;

static og_str shown(og_str s)
{
    return og_utf8_cut(s, SHOWN_BYTES);
}

#define WRONG(s, id, ...) \
    wrong((s), (id), og_arena_printf((s)->reader->arena, __VA_ARGS__))
#define HINT(s, ...) hint((s), og_arena_printf((s)->reader->arena, __VA_ARGS__))

static void wrong(scalar *s, const char *code, og_str text)
{
    *s->problem = (model_problem){.code = code, .level = OG_LEVEL_ERROR, .text = text};
    s->failed = s->failed || !text.p;
}

static void hint(scalar *s, og_str text)
{
    s->problem->hint = text;
    s->failed = s->failed || !text.p;
}

static void not_a(scalar *s, const char *what)
{
    WRONG(s, "wrong-type", "'%.*s' is not %s", OG_FMT(shown(s->text)), what);
}

static void check_limits(scalar *s, double value)
{
    const model_field *f = s->field;
    bool integral = f->min.kind == OG_INT || f->max.kind == OG_INT;
    double low = integral ? (double)f->min.as.i : f->min.as.d;
    double high = integral ? (double)f->max.as.i : f->max.as.d;
    char bound[32];
    if (f->has_min && value < low) {
        og_double_format(low, bound);
        WRONG(s, "out-of-range", "%.*s is below %s", OG_FMT(shown(s->text)), bound);
    } else if (f->has_max && value > high) {
        og_double_format(high, bound);
        WRONG(s, "out-of-range", "%.*s is above %s", OG_FMT(shown(s->text)), bound);
    }
}

static bool has_leading_zero(og_str s)
{
    size_t i = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    return s.n > i + 1 && s.p[i] == '0' && s.p[i + 1] >= '0' && s.p[i + 1] <= '9';
}

static void read_int(scalar *s, og_value *ret)
{
    int64_t i;
    if (has_leading_zero(s->text)) {
        not_a(s, "an int");
        HINT(s, "leave out the zeros in front");
    } else if (!og_str_to_int64(s->text, &i)) {
        not_a(s, "an int");
        HINT(s, "digits with an optional sign: 12");
    } else {
        *ret = og_int(i);
        check_limits(s, (double)i);
    }
}

/* Digits, signs, '.' and an exponent only: no hexadecimal, no infinity. */
static bool is_decimal(og_str s)
{
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c >= '0' && c <= '9')
            digit = true;
        else if (c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E')
            return false;
    }
    return digit;
}

static void read_double(scalar *s, og_value *ret)
{
    double d;
    if (!is_decimal(s->text) || !og_double_parse(s->text, &d) || !isfinite(d)) {
        not_a(s, "a number");
        if (og_str_find(s->text, '%') < s->text.n)
            HINT(s, "a share of 95 %% is written 0.95");
        else if (og_str_find(s->text, ',') < s->text.n)
            HINT(s, "the decimal sign is '.'");
    } else {
        *ret = og_double(d);
        check_limits(s, d);
    }
}

static void read_bool(scalar *s, og_value *ret)
{
    if (og_str_is(s->text, "true") || og_str_is(s->text, "false")) {
        *ret = og_bool(s->text.p[0] == 't');
    } else {
        not_a(s, "a bool");
        HINT(s, "write true or false");
    }
}

static void read_date(scalar *s, og_value *ret)
{
    og_date d;
    og_civil c;
    if (og_date_parse(s->text, &d)) {
        *ret = og_date_value(d);
        return;
    }
    not_a(s, "a date");
    if (og_civil_parse(s->text, &c))
        HINT(s, "this field takes a day without a time: '%.10s'", s->text.p);
    else if (s->text.n == 10 && s->text.p[4] == '-' && s->text.p[7] == '-')
        HINT(s, "there is no such day");
    else
        HINT(s, "write YYYY-MM-DD: 2021-10-05");
}

/* Whether the clocks show c once more after t, the first time they do. */
static bool comes_twice(const zone *z, og_instant t)
{
    og_instant later = {t.seconds + 86400, t.nanos};
    int back = zone_offset_at(z, t) - zone_offset_at(z, later);
    og_instant again = {t.seconds + back, t.nanos};
    return back > 0 && zone_offset_at(z, again) == zone_offset_at(z, later);
}

/* A time that the clocks skip or show twice still means one instant (calendar/zone.h),
 * but hardly the one its writer had in mind. */
static void warn_of_transition(scalar *s, const zone *z, const og_civil *c, og_instant t)
{
    og_civil back;
    zone_civil_at(z, t, &back);
    bool skipped = back.hour != c->hour || back.minute != c->minute || back.day != c->day;
    if (!skipped && !comes_twice(z, t))
        return;
    WRONG(s, "ambiguous-time", "'%.*s' %s in the register's time zone",
          OG_FMT(shown(s->text)), skipped ? "does not occur" : "occurs twice");
    s->problem->level = OG_LEVEL_WARNING;
    HINT(s, "%s; say which is meant with an offset: '+00:00'",
         skipped ? "it is read as the moment the clocks change" : "the first is taken");
}

static bool read_civil(scalar *s, og_value *ret)
{
    og_civil c;
    const zone *z = s->reader->zone;
    if (!og_civil_parse(s->text, &c))
        return false;
    og_instant t = z ? zone_instant(z, &c) : og_civil_instant(&c);
    *ret = og_timestamp(t);
    if (z && !c.has_offset)
        warn_of_transition(s, z, &c, t);
    return true;
}

static void read_timestamp(scalar *s, og_value *ret)
{
    og_date d;
    if (read_civil(s, ret))
        return;
    not_a(s, "a timestamp");
    if (og_date_parse(s->text, &d))
        HINT(s, "add the time of day: '%.*sT17:00'", OG_FMT(s->text));
    else if (s->text.n > 10 && s->text.p[10] == ' ')
        HINT(s, "put 'T' between day and time: 2021-10-04T17:00");
    else
        HINT(s, "write 2021-10-04T17:00, with or without seconds and offset");
}

static void read_instant(scalar *s, og_value *ret)
{
    og_date d;
    if (og_date_parse(s->text, &d)) {
        og_civil end = {.hour = 23, .minute = 59, .second = 59, .nanos = 999999999};
        og_date_split(d, &end.year, &end.month, &end.day);
        const zone *z = s->reader->zone;
        *ret = og_timestamp(z ? zone_end_of(z, d) : og_civil_instant(&end));
    } else if (!read_civil(s, ret)) {
        not_a(s, "a date or timestamp");
        if (s->text.n == 10 && s->text.p[4] == '-' && s->text.p[7] == '-')
            HINT(s, "there is no such day");
        else
            HINT(s, "write 2021-10-04 (its end is meant) or 2021-10-04T17:00");
    }
}

/* duration = part { part } ; part = digits ("h" | "m" | "s"), each unit once, in this
 * order. */
static bool parse_duration(og_str s, int64_t *ret_seconds)
{
    static const char units[] = "hms";
    static const int64_t seconds[] = {3600, 60, 1};
    size_t at = 0, unit = 0;
    *ret_seconds = 0;
    while (at < s.n) {
        int64_t n = 0;
        size_t from = at;
        while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && at - from < 9)
            n = n * 10 + (s.p[at++] - '0');
        if (at == from || at == s.n)
            return false;
        while (unit < 3 && units[unit] != s.p[at])
            unit++;
        if (unit == 3)
            return false;
        *ret_seconds += n * seconds[unit++];
        at++;
    }
    return s.n > 0;
}

static void read_duration(scalar *s, og_value *ret)
{
    int64_t seconds;
    if (parse_duration(s->text, &seconds)) {
        *ret = og_duration(seconds, 0);
        return;
    }
    not_a(s, "a duration");
    HINT(s, "hours, minutes, seconds: 90m, 1h30m");
}

static void read_period(scalar *s, og_value *ret)
{
    if (og_period_parse(s->text, ret))
        return;
    not_a(s, "a period");
    HINT(s, "a number and its unit: '30 working_days', '90 days', '4 hours'");
}

static og_str joined_words(scalar *s)
{
    og_str all = {"", 0};
    for (size_t i = 0; i < s->field->word_count && all.p; i++)
        all = og_arena_printf(s->reader->arena, "%.*s%s%.*s", OG_FMT(all), i ? ", " : "",
                              OG_FMT(s->field->words[i]));
    return all;
}

static void read_enum(scalar *s, og_value *ret)
{
    const model_field *f = s->field;
    for (size_t i = 0; i < f->word_count; i++) {
        if (og_str_eq(s->text, f->words[i])) {
            *ret = og_string(f->words[i]);
            return;
        }
    }
    WRONG(s, "unknown-word", "'%.*s' is no word of '%.*s'", OG_FMT(shown(s->text)),
          OG_FMT(f->name));
    og_str near = og_str_nearest(s->text, f->words, f->word_count);
    if (near.n)
        HINT(s, "did you mean '%.*s'?", OG_FMT(near));
    else
        HINT(s, "one of %.*s", OG_FMT(joined_words(s)));
}

static int compiled(model_pattern *pattern)
{
    if (pattern->compiled)
        return OG_OK;
    return cel_regex_compile(pattern->arena, pattern->text, &pattern->compiled, NULL);
}

static int check_pattern(scalar *s, og_error *err)
{
    model_reader *r = s->reader;
    model_pattern *pattern = s->field->pattern;
    if (!r->matcher)
        r->matcher = cel_matcher_new(r->arena, 0, 0);
    int rc = r->matcher ? compiled(pattern) : OG_E_NOMEM;
    if (rc == OG_OK)
        rc = cel_regex_match(pattern->compiled, r->matcher, s->text, true);
    if (rc == OG_E_NOMEM)
        return og_nomem(err);
    if (rc == 1)
        return OG_OK;
    WRONG(s, "pattern", "'%.*s' does not match the pattern of '%.*s'",
          OG_FMT(shown(s->text)), OG_FMT(s->field->name));
    if (s->field->doc.n)
        HINT(s, "%.*s; pattern: %.*s", OG_FMT(s->field->doc), OG_FMT(pattern->text));
    return OG_OK;
}

int model_read_scalar(model_reader *reader, const model_field *field, og_str text,
                      og_value *ret, model_problem *ret_problem, og_error *err)
{
    const model_type *type = &field->type;
    while (type->element)
        type = type->element;
    *ret_problem = (model_problem){0};
    *ret = og_absent();
    scalar s = {reader, field, text, ret_problem, false};
    int rc = OG_OK;
    switch (type->base) {
    case MODEL_STRING:
        *ret = og_string(text);
        rc = field->pattern ? check_pattern(&s, err) : OG_OK;
        break;
    case MODEL_REF:
        *ret = og_string(text);
        break;
    case MODEL_INT:
        read_int(&s, ret);
        break;
    case MODEL_DOUBLE:
        read_double(&s, ret);
        break;
    case MODEL_BOOL:
        read_bool(&s, ret);
        break;
    case MODEL_DATE:
        read_date(&s, ret);
        break;
    case MODEL_TIMESTAMP:
        read_timestamp(&s, ret);
        break;
    case MODEL_INSTANT:
        read_instant(&s, ret);
        break;
    case MODEL_DURATION:
        read_duration(&s, ret);
        break;
    case MODEL_PERIOD:
        read_period(&s, ret);
        break;
    case MODEL_ENUM:
        read_enum(&s, ret);
        break;
    default:
        return og_fail(err, OG_E_INTERNAL, "field '%.*s' is no scalar",
                       OG_FMT(field->name));
    }
    return rc == OG_OK && s.failed ? og_nomem(err) : rc;
}
