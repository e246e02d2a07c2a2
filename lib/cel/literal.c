/* What literals mean: numbers with their ranges, strings and bytes with their escapes
 * (langdef.md, "String and Bytes Values"). */
#include "base/utf8.h"
#include "cel/issue.h"
#include "cel/lexer.h"

/* ---- Numbers ---- */

static bool number_fault(cel_lexer *l, const cel_token *t, const char *what)
{
    cel_issue_at(l->issues, l->source, t->begin, t->end, CEL_CODE_SYNTAX, "'%.*s' is %s",
                 OG_FMT(cel_issue_short(t->text)), what);
    return false;
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 99;
}

/* All of s as digits of the base; false when it is not, *ret_over when it is too large.
 */
static bool magnitude(og_str s, unsigned base, uint64_t *ret, bool *ret_over)
{
    uint64_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned digit = (unsigned)digit_value(s.p[i]);
        if (digit >= base)
            return false;
        if (__builtin_mul_overflow(n, base, &n) || __builtin_add_overflow(n, digit, &n))
            *ret_over = true;
    }
    *ret = n;
    return s.n > 0;
}

static bool looks_real(og_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '.' || s.p[i] == 'e' || s.p[i] == 'E')
            return true;
    return false;
}

static bool real_number(cel_lexer *l, const cel_token *t, bool negative, og_value *ret)
{
    og_str s = t->text;
    char padded[66];
    if (s.p[0] == '.' && s.n < sizeof padded - 1) {
        padded[0] = '0';
        memcpy(padded + 1, s.p, s.n);
        s = (og_str){padded, s.n + 1};
    }
    double d = 0;
    if (!og_double_parse(s, &d))
        return number_fault(
            l, t, og_double_syntax(s) ? "too large for a double" : "not a number");
    if (d > 1.7976931348623157e308)
        return number_fault(l, t, "too large for a double");
    *ret = og_double(negative ? -d : d);
    return true;
}

bool cel_literal_number(cel_lexer *l, const cel_token *t, bool negative, og_value *ret)
{
    og_str s = t->text;
    bool hex = s.n > 1 && s.p[0] == '0' && (s.p[1] == 'x' || s.p[1] == 'X');
    if (!hex && looks_real(s))
        return real_number(l, t, negative, ret);
    bool is_unsigned = s.p[s.n - 1] == 'u' || s.p[s.n - 1] == 'U';
    if (is_unsigned)
        s.n--;
    if (hex)
        s = og_str_slice(s, 2, s.n);
    uint64_t n = 0;
    bool over = false;
    if (!magnitude(s, hex ? 16 : 10, &n, &over))
        return number_fault(l, t, "not a number");
    if (is_unsigned) {
        if (negative)
            return number_fault(l, t, "unsigned and cannot be negative");
        *ret = og_uint(n);
        return over ? number_fault(l, t, "too large for a uint") : true;
    }
    if (over || n > (uint64_t)INT64_MAX + (negative ? 1 : 0))
        return number_fault(l, t, "out of the range of an int");
    *ret = og_int(negative ? (int64_t)(0 - n) : (int64_t)n);
    return true;
}

/* ---- Strings ---- */

typedef struct decoder {
    cel_lexer *lexer;
    uint32_t at, end;
    bool bytes;
    char *out; /* room for as many bytes as there are in the source: no escape grows */
    uint32_t n;
    bool good;
} decoder;

static void escape_fault(decoder *d, uint32_t begin, const char *message,
                         const char *hint)
{
    uint32_t end = d->at < d->end ? d->at : d->end;
    if (end == begin)
        end = begin + 1;
    cel_issue *item = cel_issue_at(d->lexer->issues, d->lexer->source, begin, end,
                                   CEL_CODE_SYNTAX, "%s", message);
    if (hint)
        cel_issues_hint(d->lexer->issues, item, "%s", hint);
    d->good = false;
}

/* A code point of a string, an octet of bytes when `octet`. */
static void put_code(decoder *d, uint32_t begin, uint32_t code, bool octet)
{
    if (d->bytes && octet) {
        d->out[d->n++] = (char)(unsigned char)code;
        return;
    }
    char utf8[4];
    unsigned n = og_utf8_encode(code, utf8);
    if (n == 0) {
        escape_fault(d, begin, "the escape is not a Unicode code point",
                     "surrogates (D800 to DFFF) and codes beyond 10FFFF do not count");
        return;
    }
    memcpy(d->out + d->n, utf8, n);
    d->n += n;
}

/* Exactly `count` digits of the base. */
static bool take_digits(decoder *d, unsigned count, unsigned base, uint32_t *ret)
{
    uint32_t code = 0;
    for (unsigned i = 0; i < count; i++) {
        if (d->at >= d->end)
            return false;
        unsigned digit = (unsigned)digit_value(d->lexer->source.p[d->at]);
        if (digit >= base)
            return false;
        code = code * base + digit;
        d->at++;
    }
    *ret = code;
    return true;
}

/* \xHH \uHHHH \UHHHHHHHH \ooo: d->at stands on the first digit. */
static void numeric_escape(decoder *d, uint32_t begin, unsigned count, unsigned base)
{
    uint32_t code = 0;
    bool octet = base == 8 || count == 2;
    if (!take_digits(d, count, base, &code) || (base == 8 && code > 255)) {
        escape_fault(
            d, begin, "the escape is not complete",
            "\\xHH, \\uHHHH, \\UHHHHHHHH and \\OOO (000 to 377) take all their digits");
        return;
    }
    if (d->bytes && !octet) {
        escape_fault(d, begin, "bytes have no \\u escapes", "write each octet as \\xHH");
        return;
    }
    put_code(d, begin, code, octet);
}

static bool simple_escape(char c, char *ret)
{
    static const char from[] = "abfnrtv\\?\"'`";
    static const char to[] = "\a\b\f\n\r\t\v\\?\"'`";
    const char *found = c ? strchr(from, c) : NULL;
    if (found)
        *ret = to[found - from];
    return found != NULL;
}

static void escape(decoder *d)
{
    uint32_t begin = d->at++;
    char c = d->at < d->end ? d->lexer->source.p[d->at] : '\0';
    char plain = 0;
    if (simple_escape(c, &plain)) {
        d->at++;
        d->out[d->n++] = plain;
    } else if (c == 'x' || c == 'X') {
        d->at++;
        numeric_escape(d, begin, 2, 16);
    } else if (c == 'u' || c == 'U') {
        d->at++;
        numeric_escape(d, begin, c == 'u' ? 4 : 8, 16);
    } else if (c >= '0' && c <= '7') {
        numeric_escape(d, begin, 3, 8);
    } else {
        uint32_t point = 0;
        d->at += d->at < d->end ? og_utf8_decode(d->lexer->source, d->at, &point) : 0;
        escape_fault(d, begin, "there is no such escape",
                     "a backslash itself is written \\\\, or use a raw string: r\"\\d\"");
    }
}

bool cel_literal_string(cel_lexer *l, uint32_t begin, uint32_t end, bool raw, bool bytes,
                        og_value *ret)
{
    og_str text = og_str_slice(l->source, begin, end);
    bool plain = raw || og_str_find(text, '\\') == text.n;
    if (!plain) {
        decoder d = {.lexer = l, .at = begin, .end = end, .bytes = bytes, .good = true};
        d.out = og_arena_alloc(l->arena, text.n + 1);
        if (!d.out) {
            l->failed = OG_E_NOMEM;
            return false;
        }
        while (d.at < d.end) {
            if (l->source.p[d.at] == '\\')
                escape(&d);
            else
                d.out[d.n++] = l->source.p[d.at++];
        }
        if (!d.good)
            return false;
        text = (og_str){d.out, d.n};
    }
    *ret = bytes ? og_bytes(text) : og_string(text);
    return true;
}
