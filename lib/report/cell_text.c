/* Formats of strings, and the keys by which values are told apart. */
#include <stdio.h>

#include "base/digest.h"
#include "report/cell.h"

static bool is_alpha(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

/* Labels of letters, digits and inner hyphens, with at least one dot between them. */
static bool is_domain(og_str s)
{
    size_t label = 0, dots = 0;

    for (size_t i = 0; i < s.n; i++) {
        bool edge = label == 0 || i + 1 == s.n || s.p[i + 1] == '.';
        if (s.p[i] == '.') {
            if (label == 0)
                return false;
            dots++;
            label = 0;
        } else if (is_alpha(s.p[i]) || is_digit(s.p[i]) || (s.p[i] == '-' && !edge)) {
            if (++label > 63)
                return false;
        } else {
            return false;
        }
    }
    return dots > 0 && label > 0;
}

bool cell_is_email(og_str s)
{
    size_t at = og_str_find(s, '@');

    if (s.n > 254 || at == 0 || at > 64 || at == s.n || s.p[0] == '.' ||
        s.p[at - 1] == '.')
        return false;
    for (size_t i = 0; i < at; i++) {
        if (!is_alpha(s.p[i]) && !is_digit(s.p[i]) &&
            !is_one_of(s.p[i], ".!#$%&'*+/=?^_`{|}~-"))
            return false;
        if (s.p[i] == '.' && s.p[i + 1] == '.')
            return false;
    }
    return is_domain(og_str_slice(s, at + 1, s.n));
}

bool cell_is_uri(og_str s)
{
    size_t colon = og_str_find(s, ':');

    if (colon == 0 || colon + 1 >= s.n || !is_alpha(s.p[0]))
        return false;
    for (size_t i = 1; i < colon; i++)
        if (!is_alpha(s.p[i]) && !is_digit(s.p[i]) && !is_one_of(s.p[i], "+-."))
            return false;
    for (size_t i = colon + 1; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%' && (i + 2 >= s.n || !is_hex(s.p[i + 1]) || !is_hex(s.p[i + 2])))
            return false;
        if (!is_alpha(c) && !is_digit(c) && !is_one_of(c, "-._~:/?#[]@!$&'()*+,;=%"))
            return false;
    }
    return true;
}

bool cell_is_uuid(og_str s)
{
    if (s.n != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? s.p[i] != '-' : !is_hex(s.p[i]))
            return false;
    }
    return true;
}

bool cell_is_base64(og_str s)
{
    size_t n = s.n;

    if (n % 4 != 0)
        return false;
    for (int i = 0; i < 2 && n > 0 && s.p[n - 1] == '='; i++)
        n--;
    for (size_t i = 0; i < n; i++)
        if (!is_alpha(s.p[i]) && !is_digit(s.p[i]) && !is_one_of(s.p[i], "+/"))
            return false;
    return true;
}

static bool is_degrees(og_str s, int64_t limit)
{
    static const cell_number_format format = {.decimal = '.', .bare = true};
    const cell_value low = {.form = CELL_SCALED, .whole = -limit};
    const cell_value high = {.form = CELL_SCALED, .whole = limit};
    cell_scratch scratch;
    cell_value v;

    return cell_read_number(og_str_trim(s), &format, &scratch, &v) &&
           cell_order(&v, &low) >= 0 && cell_order(&v, &high) <= 0;
}

bool cell_is_geopoint(og_str s)
{
    size_t comma = og_str_find(s, ',');
    return comma < s.n && is_degrees(og_str_slice(s, 0, comma), 180) &&
           is_degrees(og_str_slice(s, comma + 1, s.n), 90);
}

/* ---- Keys ---- */

/* The next bytes of a key; returns where they end. */
static size_t add(char out[CELL_KEY_MAX], size_t n, const void *from, size_t size)
{
    memcpy(out + n, from, size);
    return n + size;
}

static og_str digest_key(char tag, og_str text, char out[CELL_KEY_MAX])
{
    unsigned char digest[OG_SHA256_SIZE];

    og_sha256_of(text, digest);
    out[0] = tag;
    memcpy(out + 1, digest, sizeof digest);
    return (og_str){out, 1 + sizeof digest};
}

static og_str text_key(og_str text, char out[CELL_KEY_MAX])
{
    if (text.n >= CELL_KEY_MAX)
        return digest_key('h', text, out);
    out[0] = 't';
    if (text.n > 0)
        memcpy(out + 1, text.p, text.n);
    return (og_str){out, text.n + 1};
}

static og_str decimal_key(const cell_decimal *d, char out[CELL_KEY_MAX])
{
    char head[48];

    int n = snprintf(head, sizeof head, "d%de%lld.", d->sign, (long long)d->point);
    size_t used = add(out, 0, head, (size_t)n);
    if (d->digits.n + used > CELL_KEY_MAX) {
        unsigned char digest[OG_SHA256_SIZE];
        og_sha256_of(d->digits, digest);
        return (og_str){out, add(out, used, digest, sizeof digest)};
    }
    return (og_str){out, d->digits.n ? add(out, used, d->digits.p, d->digits.n) : used};
}

og_str cell_key(const cell_value *v, char out[CELL_KEY_MAX])
{
    size_t n = 1;

    switch (v->form) {
    case CELL_TEXT:
        return text_key(v->text, out);
    case CELL_DECIMAL:
        return decimal_key(&v->decimal, out);
    case CELL_SCALED:
        out[0] = 's';
        n = add(out, n, &v->whole, sizeof v->whole);
        return (og_str){out, add(out, n, &v->scale, sizeof v->scale)};
    case CELL_TIME:
        out[0] = 'i';
        n = add(out, n, &v->whole, sizeof v->whole);
        return (og_str){out, add(out, n, &v->nanos, sizeof v->nanos)};
    }
    return (og_str){0};
}
