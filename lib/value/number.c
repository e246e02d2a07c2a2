/* Doubles to text and back, independent of locale.
 *
 * The C library rounds correctly but writes and reads the locale's decimal point. Here it
 * never sees one: digits are taken out of "%.*e" by skipping whatever is not a digit, and
 * 0.95 is handed to strtod as 95e-2. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "value/value.h"

/* No double needs more to be told from its neighbours; what follows only matters by being
 * zero or not. */
#define SIGNIFICANT_DIGITS 768
/* Beyond these the result is zero or out of range, whatever the digits. */
#define EXPONENT_CEILING 100000000

/* A finite number above zero as 0.d1d2d3… times ten to the `point`. */
typedef struct decimal {
    char digits[24];
    int count;
    int point;
} decimal;

/* d, above zero, to `count` significant digits. */
static void round_to(double d, int count, decimal *ret)
{
    char text[64];
    snprintf(text, sizeof text, "%.*e", count - 1, d);
    const char *e = strchr(text, 'e');
    ret->count = 0;
    for (const char *p = text; p < e; p++)
        if (*p >= '0' && *p <= '9')
            ret->digits[ret->count++] = *p;
    ret->point = (int)strtol(e + 1, NULL, 10) + 1;
}

static bool reads_back(const decimal *x, double d)
{
    char text[48];
    snprintf(text, sizeof text, "%.*se%d", x->count, x->digits, x->point - x->count);
    return strtod(text, NULL) == d;
}

/* One more in the last place; false when that would add a digit. */
static bool step_up(decimal *x)
{
    int i = x->count - 1;
    while (i >= 0 && x->digits[i] == '9')
        x->digits[i--] = '0';
    if (i < 0)
        return false;
    x->digits[i]++;
    return true;
}

/* Any decimal of up to 15 digits survives the way through a normal double, so shorter
 * ones show as trailing zeros of the 15. Of the 16-digit ones the nearest may fail while
 * its neighbour above holds: doubles are spaced wider above a power of two than below. */
static void shortest(double d, decimal *ret)
{
    int start = d < 2.2250738585072014e-308 ? 1 : 15;
    for (int count = start; count <= 17; count++) {
        round_to(d, count, ret);
        if (reads_back(ret, d))
            break;
        if (count == 16 && step_up(ret) && reads_back(ret, d))
            break;
    }
    while (ret->count > 1 && ret->digits[ret->count - 1] == '0')
        ret->count--;
}

/* As ECMAScript's Number::toString lays digits out. */
static void lay_out(const decimal *x, char *out, size_t size)
{
    int n = x->count, point = x->point;
    const char *s = x->digits;
    if (n <= point && point <= 21)
        snprintf(out, size, "%.*s%.*s", n, s, point - n, "00000000000000000000");
    else if (0 < point && point <= 21)
        snprintf(out, size, "%.*s.%.*s", point, s, n - point, s + point);
    else if (-6 < point && point <= 0)
        snprintf(out, size, "0.%.*s%.*s", -point, "00000", n, s);
    else if (n == 1)
        snprintf(out, size, "%ce%+d", *s, point - 1);
    else
        snprintf(out, size, "%c.%.*se%+d", *s, n - 1, s + 1, point - 1);
}

void og_double_format(double d, char out[32])
{
    if (isnan(d)) {
        snprintf(out, 32, "NaN");
        return;
    }
    char *at = out;
    if (signbit(d))
        *at++ = '-';
    size_t room = (size_t)(out + 32 - at);
    d = fabs(d);
    if (isinf(d)) {
        snprintf(at, room, "Infinity");
    } else if (d == 0) {
        snprintf(at, room, "0");
    } else {
        decimal x;
        shortest(d, &x);
        lay_out(&x, at, room);
    }
}

/* A decimal number taken apart. The digits of a and b, together, times ten to the
 * exponent - b.n. */
typedef struct parts {
    bool negative;
    og_str a, b;      /* before and after the point */
    int64_t exponent; /* clamped to ±EXPONENT_CEILING */
} parts;

static og_str take_digits(og_str s, size_t *at)
{
    size_t start = *at;
    while (*at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9')
        ++*at;
    return (og_str){s.p + start, *at - start};
}

static bool take_sign(og_str s, size_t *at)
{
    if (*at < s.n && (s.p[*at] == '-' || s.p[*at] == '+'))
        return s.p[(*at)++] == '-';
    return false;
}

static bool take_exponent(og_str s, size_t *at, int64_t *ret)
{
    ++*at;
    bool negative = take_sign(s, at);
    og_str digits = take_digits(s, at);
    int64_t n = 0;
    for (size_t i = 0; i < digits.n && n < EXPONENT_CEILING; i++)
        n = n * 10 + (digits.p[i] - '0');
    if (n > EXPONENT_CEILING)
        n = EXPONENT_CEILING;
    *ret = negative ? -n : n;
    return digits.n > 0;
}

/* number = [-+]? ( digits [ "." digits? ] | "." digits ) [ [eE] [-+]? digits ] */
static bool take_apart(og_str s, parts *ret)
{
    size_t at = 0;
    *ret = (parts){.negative = take_sign(s, &at)};
    ret->a = take_digits(s, &at);
    if (at < s.n && s.p[at] == '.') {
        at++;
        ret->b = take_digits(s, &at);
    }
    if (ret->a.n + ret->b.n == 0)
        return false;
    if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E') &&
        !take_exponent(s, &at, &ret->exponent))
        return false;
    return at == s.n;
}

bool og_double_syntax(og_str s)
{
    parts x;
    return take_apart(s, &x);
}

/* Appends digits to text from *count on, without leading zeros, up to SIGNIFICANT_DIGITS;
 * digits beyond are counted in *dropped and a nonzero one among them sets *more. */
static void add_digits(og_str s, char *text, size_t *count, int64_t *dropped, bool *more)
{
    for (size_t i = 0; i < s.n; i++) {
        if (*count == 0 && s.p[i] == '0')
            continue;
        if (*count < SIGNIFICANT_DIGITS) {
            text[(*count)++] = s.p[i];
        } else {
            ++*dropped;
            *more = *more || s.p[i] != '0';
        }
    }
}

static double from_parts(const parts *x)
{
    char text[SIGNIFICANT_DIGITS + 40];
    size_t count = 0;
    int64_t exponent = x->exponent - (int64_t)x->b.n;
    bool more = false;
    add_digits(x->a, text, &count, &exponent, &more);
    add_digits(x->b, text, &count, &exponent, &more);
    if (count == 0)
        return x->negative ? -0.0 : 0.0;
    if (more) {
        text[count++] = '1';
        exponent--;
    }
    snprintf(text + count, sizeof text - count, "e%lld", (long long)exponent);
    double d = strtod(text, NULL);
    return x->negative ? -d : d;
}

bool og_double_parse(og_str s, double *ret)
{
    parts x;
    if (take_apart(s, &x)) {
        double d = from_parts(&x);
        if (isinf(d))
            return false;
        *ret = d;
        return true;
    }
    if (og_str_is(s, "NaN"))
        *ret = NAN;
    else if (og_str_is(s, "Infinity"))
        *ret = INFINITY;
    else if (og_str_is(s, "-Infinity"))
        *ret = -INFINITY;
    else
        return false;
    return true;
}
