/* Numbers as they are written in tables. Up to 18 digits with at most a fraction take one
 * pass; anything longer or stranger is laid out as a string of digits and a point. */
#include <strings.h>

#include "report/cell.h"

enum {
    FAST_DIGITS = 18,
    EXPONENT_MAX = 100000
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What stands around the number, stripped; a sign is never stripped from its front. */
static og_str strip_affixes(og_str s, char decimal)
{
    size_t from = 0, to = s.n;

    while (to > 0 && !is_digit(s.p[to - 1]))
        to--;
    while (from < to && !is_digit(s.p[from]) && s.p[from] != '-' && s.p[from] != '+' &&
           !(decimal && s.p[from] == decimal && is_digit(s.p[from + 1])))
        from++;
    return og_str_slice(s, from, to);
}

static void scaled(int64_t whole, int32_t scale, cell_value *ret)
{
    while (scale > 0 && whole % 10 == 0) {
        whole /= 10;
        scale--;
    }
    *ret = (cell_value){.form = CELL_SCALED, .whole = whole, .scale = scale};
}

/* [-+] digits [decimal digits], at most 18 digits in all and at least one. */
static bool read_fast(og_str s, char decimal, bool fraction, cell_value *ret)
{
    size_t at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    bool negative = at && s.p[0] == '-';
    size_t from = at, point = s.n;
    int64_t whole = 0;

    if (s.n - at > FAST_DIGITS)
        return false;
    for (; at < s.n; at++) {
        unsigned digit = (unsigned)(unsigned char)s.p[at] - '0';
        if (digit <= 9) {
            whole = whole * 10 + (int64_t)digit;
        } else if (fraction && s.p[at] == decimal && point == s.n) {
            point = at;
        } else {
            return false;
        }
    }
    size_t digits = s.n - from - (point < s.n);
    if (digits == 0)
        return false;
    scaled(negative ? -whole : whole, point < s.n ? (int32_t)(s.n - point - 1) : 0, ret);
    return true;
}

/* The digits of a number, gathered without leading zeros. */
typedef struct gatherer {
    char *digits;
    size_t n, seen; /* kept; read at all */
    int64_t point;  /* where it would stand in the digits kept */
    bool full;
} gatherer;

static void gather(gatherer *g, char digit, bool fraction)
{
    g->seen++;
    if (g->n == 0 && digit == '0') {
        g->point -= fraction;
        return;
    }
    g->point += !fraction;
    if (g->n < CELL_DIGITS)
        g->digits[g->n++] = digit;
    else if (digit != '0')
        g->full = true;
}

/* At least one digit, each group character between two. */
static size_t read_whole_part(gatherer *g, og_str s, size_t at, char group)
{
    size_t from = at;

    for (; at < s.n; at++) {
        if (is_digit(s.p[at]))
            gather(g, s.p[at], false);
        else if (!(group && s.p[at] == group && at > from && is_digit(s.p[at - 1]) &&
                   at + 1 < s.n && is_digit(s.p[at + 1])))
            break;
    }
    return at;
}

static bool read_exponent(og_str s, int64_t *ret)
{
    int64_t e;

    if (s.n == 0 || !og_str_to_int64(s, &e) || e > EXPONENT_MAX || e < -EXPONENT_MAX)
        return false;
    *ret = e;
    return true;
}

/* Trailing zeros go; what fits an int64 becomes one, so that equal numbers look alike. */
static bool finish(gatherer *g, bool negative, cell_value *ret)
{
    int64_t whole = 0;

    while (g->n > 0 && g->digits[g->n - 1] == '0')
        g->n--;
    if (g->full || g->seen == 0)
        return false;
    int64_t scale = (int64_t)g->n - g->point;
    size_t zeros = scale < 0 ? (size_t)-scale : 0;
    if (g->n == 0 || (g->n + zeros <= FAST_DIGITS && scale <= FAST_DIGITS)) {
        for (size_t i = 0; i < g->n + (g->n ? zeros : 0); i++)
            whole = whole * 10 + (i < g->n ? g->digits[i] - '0' : 0);
        scaled(negative ? -whole : whole, g->n && scale > 0 ? (int32_t)scale : 0, ret);
        return true;
    }
    *ret = (cell_value){.form = CELL_DECIMAL,
                        .decimal = {.sign = negative ? -1 : 1,
                                    .point = g->point,
                                    .digits = {g->digits, g->n}}};
    return true;
}

static bool read_slow(og_str s, const cell_number_format *format, bool fraction,
                      cell_scratch *scratch, cell_value *ret)
{
    gatherer g = {.digits = scratch->digits};
    size_t at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    bool negative = at && s.p[0] == '-';
    int64_t exponent = 0;

    at = read_whole_part(&g, s, at, format->group);
    if (fraction && at < s.n && s.p[at] == format->decimal)
        for (at++; at < s.n && is_digit(s.p[at]); at++)
            gather(&g, s.p[at], true);
    if (fraction && at < s.n && (s.p[at] | 32) == 'e' && g.seen > 0) {
        if (!read_exponent(og_str_slice(s, at + 1, s.n), &exponent))
            return false;
        at = s.n;
    }
    g.point += exponent;
    return at == s.n && finish(&g, negative, ret);
}

bool cell_read_integer(og_str s, const cell_number_format *format, cell_scratch *scratch,
                       cell_value *ret)
{
    if (!format->bare)
        s = strip_affixes(s, 0);
    return read_fast(s, 0, false, ret) || read_slow(s, format, false, scratch, ret);
}

static bool is_word(og_str s, const char *word)
{
    return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

static bool read_special(og_str s, cell_value *ret)
{
    int sign = is_word(s, "INF")    ? 2
               : is_word(s, "-INF") ? -2
               : is_word(s, "NaN")  ? 3
                                    : 0;

    *ret = (cell_value){.form = CELL_DECIMAL, .decimal = {.sign = sign}};
    return sign != 0;
}

bool cell_read_number(og_str s, const cell_number_format *format, cell_scratch *scratch,
                      cell_value *ret)
{
    if (read_fast(s, format->decimal, true, ret) || read_special(s, ret))
        return true;
    if (!format->bare)
        s = strip_affixes(s, format->decimal);
    return read_slow(s, format, true, scratch, ret);
}

/* ---- Order ---- */

/* A value that fits an int64, as the longer ones are. */
static cell_decimal as_decimal(const cell_value *v, char digits[20])
{
    uint64_t left = v->whole < 0 ? -(uint64_t)v->whole : (uint64_t)v->whole;
    size_t from = 20, to = 20;

    if (v->form == CELL_DECIMAL)
        return v->decimal;
    for (; left > 0; left /= 10)
        digits[--from] = (char)('0' + left % 10);
    cell_decimal d = {.sign = v->whole < 0 ? -1 : v->whole > 0,
                      .point = (int64_t)(to - from) - v->scale};
    while (to > from && digits[to - 1] == '0')
        to--;
    d.digits = (og_str){digits + from, to - from};
    return d;
}

static int order_decimals(const cell_decimal *a, const cell_decimal *b)
{
    if (a->sign != b->sign)
        return a->sign < b->sign ? -1 : 1;
    if (a->sign < -1 || a->sign > 1 || a->sign == 0)
        return 0;
    int order = a->point != b->point ? (a->point < b->point ? -1 : 1)
                                     : og_str_cmp(a->digits, b->digits);
    return a->sign < 0 ? -order : order;
}

static int order_numbers(const cell_value *a, const cell_value *b)
{
    char x[20], y[20];

    if (a->form == CELL_SCALED && b->form == CELL_SCALED && a->scale == b->scale)
        return (a->whole > b->whole) - (a->whole < b->whole);
    cell_decimal p = as_decimal(a, x), q = as_decimal(b, y);
    return order_decimals(&p, &q);
}

int cell_order(const cell_value *a, const cell_value *b)
{
    if (a->form == CELL_TEXT || b->form == CELL_TEXT)
        return og_str_cmp(a->text, b->text);
    if (a->form != CELL_TIME)
        return order_numbers(a, b);
    if (a->whole != b->whole)
        return a->whole < b->whole ? -1 : 1;
    return (a->nanos > b->nanos) - (a->nanos < b->nanos);
}
