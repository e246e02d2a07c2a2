/* From RE2's syntax to PCRE2's (github.com/google/re2/wiki/Syntax).
 *
 * The two agree on most of it, so the pattern is copied piece by piece. Each piece is one
 * that RE2 knows: whatever is not listed here is refused, so nothing that only PCRE2
 * understands gets through. Pieces that both accept but read differently are rewritten:
 *
 *   \s  [\t\n\f\r ], without the vertical tab      \v  the vertical tab, not a class
 *   \z  end of text                                 \pN, \p{^N}, \p{Greek}: RE2's names
 *   \Q…\E  quoted characters                        \123, \x{…}: always one character
 */
#include "cel/re2.h"

#include <stdio.h>

#include "base/utf8.h"

#define MAX_REPEAT 1000 /* RE2's own */

typedef struct reader {
    og_str s;
    size_t at;
    og_buf *out;
    cel_regex_problem *problem;
} reader;

static bool refuse(reader *r, size_t begin, size_t end, const char *message)
{
    r->problem->message = og_str_from(message);
    r->problem->offset = (uint32_t)begin;
    r->problem->length = (uint32_t)(end > begin ? end - begin : 1);
    return false;
}

static bool more(const reader *r)
{
    return r->at < r->s.n;
}

static char peek(const reader *r, size_t ahead)
{
    return r->at + ahead < r->s.n ? r->s.p[r->at + ahead] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* One character by its code. */
static void put_code(reader *r, uint32_t code)
{
    og_buf_printf(r->out, "\\x{%x}", code);
}

/* One character as it stands; bytes of a longer one are copied by themselves. */
static void put_literal(reader *r, char c)
{
    if ((unsigned char)c < 0x80 && !is_word(c))
        put_code(r, (unsigned char)c);
    else
        og_buf_putc(r->out, c);
}

/* ---- Escapes ---- */

/* \x7f or \x{10ffff}; r->at is after the x. */
static bool hex_escape(reader *r, size_t begin)
{
    uint32_t code = 0;
    size_t digits = 0;
    bool braces = peek(r, 0) == '{';
    r->at += braces;
    while (is_hex(peek(r, 0)) && (braces || digits < 2)) {
        char c = r->s.p[r->at++];
        uint32_t digit =
            is_digit(c) ? (uint32_t)(c - '0') : (uint32_t)((c | 0x20) - 'a' + 10);
        code = code * 16 + digit;
        if (++digits > 8)
            break;
    }
    bool closed = !braces || peek(r, 0) == '}';
    if (!closed || digits == 0 || (!braces && digits != 2) || code > 0x10ffff ||
        (code >= 0xd800 && code < 0xe000))
        return refuse(r, begin, r->at, "a character code must be \\x7f or \\x{10ffff}");
    r->at += braces;
    put_code(r, code);
    return true;
}

/* \123 (three digits) or \0, \01; r->at is at the first digit. A single digit from 1
 * would be a back-reference. */
static bool octal_escape(reader *r, size_t begin)
{
    char first = peek(r, 0);
    bool long_form = peek(r, 1) >= '0' && peek(r, 1) <= '7';
    if (first > '7' || (first != '0' && !long_form))
        return refuse(r, begin, r->at + 1, "back-references are not part of RE2");
    uint32_t code = 0;
    for (int i = 0; i < 3 && peek(r, 0) >= '0' && peek(r, 0) <= '7'; i++)
        code = code * 8 + (uint32_t)(r->s.p[r->at++] - '0');
    put_code(r, code);
    return true;
}

static const char *const categories[] = {
    "C",  "Cc", "Cf", "Co", "Cs", "L",  "Ll", "Lm", "Lo", "Lt", "Lu", "M",  "Mc",
    "Me", "Mn", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Pe", "Pf", "Pi", "Po",
    "Ps", "S",  "Sc", "Sk", "Sm", "So", "Z",  "Zl", "Zp", "Zs", "Any"};

static bool is_category(og_str name)
{
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (og_str_is(name, categories[i]))
            return true;
    return false;
}

/* Letters and underscores, as names of scripts are; four letters or fewer may be a short
 * form that RE2 does not know, unless they are a script's whole name. */
static bool is_script(og_str name)
{
    static const char *const short_ones[] = {"Ahom", "Cham", "Lao", "Lisu",
                                             "Mro",  "Newa", "Nko", "Thai",
                                             "Toto", "Vai",  "Yi",  "Han"};
    for (size_t i = 0; i < name.n; i++)
        if (!is_word(name.p[i]) || is_digit(name.p[i]))
            return false;
    if (name.n == 0 || name.p[0] < 'A' || name.p[0] > 'Z')
        return false;
    for (size_t i = 0; name.n <= 4 && i < sizeof short_ones / sizeof *short_ones; i++)
        if (og_str_is(name, short_ones[i]))
            return true;
    return name.n > 4;
}

/* \pN, \p{Name}, \p{^Name}; negative: \P. r->at is after the letter. */
static bool property_escape(reader *r, size_t begin, bool negative)
{
    og_str name;
    if (peek(r, 0) == '{') {
        size_t end = r->at + og_str_find(og_str_slice(r->s, r->at, r->s.n), '}');
        name = og_str_slice(r->s, r->at + 1, end);
        r->at = end < r->s.n ? end + 1 : end;
        if (og_str_starts(name, OG_STR("^"))) {
            negative = !negative;
            name = og_str_slice(name, 1, name.n);
        }
    } else {
        name = og_str_slice(r->s, r->at, r->at + 1);
        r->at += name.n;
    }
    bool category = is_category(name);
    if (!category && !is_script(name))
        return refuse(r, begin, r->at, "no such class of characters");
    og_buf_printf(r->out, "\\%c{%s%.*s}", negative ? 'P' : 'p',
                  category ? "" : "sc:", OG_FMT(name));
    return true;
}

/* \Q…\E, or to the end. */
static void quoted(reader *r)
{
    while (more(r)) {
        if (peek(r, 0) == '\\' && peek(r, 1) == 'E') {
            r->at += 2;
            return;
        }
        put_literal(r, r->s.p[r->at++]);
    }
}

/* Escapes that stand for one character or one class, in and out of brackets. */
static bool common_escape(reader *r, size_t begin, char c)
{
    static const char letters[] = "aftnrv", codes[] = "\a\f\t\n\r\v";
    const char *letter = strchr(letters, c);
    if (letter) {
        put_code(r, (unsigned char)codes[letter - letters]);
        return true;
    }
    if (c == 'x')
        return hex_escape(r, begin);
    if (c == 'p' || c == 'P')
        return property_escape(r, begin, c == 'P');
    if (is_digit(c)) {
        r->at--;
        return octal_escape(r, begin);
    }
    if (is_word(c) || (unsigned char)c >= 0x80)
        return refuse(r, begin, r->at, "this escape is not part of RE2");
    put_code(r, (unsigned char)c);
    return true;
}

/* r->at is at the backslash. */
static bool escape(reader *r)
{
    size_t begin = r->at++;
    if (!more(r))
        return refuse(r, begin, r->at, "a backslash stands at the end");
    char c = r->s.p[r->at++];
    switch (c) {
    case 's':
        og_buf_puts(r->out, "[\\t\\n\\f\\r ]");
        return true;
    case 'S':
        og_buf_puts(r->out, "[^\\t\\n\\f\\r ]");
        return true;
    case 'd':
    case 'D':
    case 'w':
    case 'W':
    case 'b':
    case 'B':
    case 'A':
    case 'z':
        og_buf_printf(r->out, "\\%c", c);
        return true;
    case 'Q':
        quoted(r);
        return true;
    default:
        return common_escape(r, begin, c);
    }
}

/* ---- Brackets ---- */

static bool bracket_escape(reader *r)
{
    size_t begin = r->at++;
    if (!more(r))
        return refuse(r, begin, r->at, "a backslash stands at the end");
    char c = r->s.p[r->at++];
    switch (c) {
    case 's':
        og_buf_puts(r->out, "\\t\\n\\f\\r ");
        return true;
    case 'S':
        og_buf_puts(r->out, "\\x{0}-\\x{8}\\x{b}\\x{e}-\\x{1f}\\x{21}-\\x{10ffff}");
        return true;
    case 'd':
    case 'D':
    case 'w':
    case 'W':
        og_buf_printf(r->out, "\\%c", c);
        return true;
    default:
        return common_escape(r, begin, c);
    }
}

static const char *const posix_names[] = {"alnum", "alpha", "ascii", "blank", "cntrl",
                                          "digit", "graph", "lower", "print", "punct",
                                          "space", "upper", "word",  "xdigit"};

/* [:alpha:] or [:^alpha:] inside brackets. */
static bool posix_class(reader *r)
{
    size_t begin = r->at;
    r->at += 2;
    bool negative = peek(r, 0) == '^';
    r->at += negative;
    size_t end = r->at;
    while (end < r->s.n && is_word(r->s.p[end]))
        end++;
    og_str name = og_str_slice(r->s, r->at, end);
    bool known = false;
    for (size_t i = 0; i < sizeof posix_names / sizeof *posix_names; i++)
        known = known || og_str_is(name, posix_names[i]);
    if (!known || !og_str_eq(og_str_slice(r->s, end, end + 2), OG_STR(":]")))
        return refuse(r, begin, end, "no such class of characters");
    og_buf_printf(r->out, "[:%s%.*s:]", negative ? "^" : "", OG_FMT(name));
    r->at = end + 2;
    return true;
}

static bool bracket_item(reader *r)
{
    char c = peek(r, 0);
    if (c == '\\')
        return bracket_escape(r);
    if (c == '[' && peek(r, 1) == ':')
        return posix_class(r);
    r->at++;
    if (c == '-')
        og_buf_putc(r->out, '-');
    else
        put_literal(r, c);
    return true;
}

static bool bracket(reader *r)
{
    size_t begin = r->at++;
    og_buf_putc(r->out, '[');
    if (peek(r, 0) == '^') {
        og_buf_putc(r->out, '^');
        r->at++;
    }
    bool first = true;
    while (more(r) && (first || peek(r, 0) != ']')) {
        if (!bracket_item(r))
            return false;
        first = false;
    }
    if (!more(r))
        return refuse(r, begin, begin + 1, "this bracket is never closed");
    r->at++;
    og_buf_putc(r->out, ']');
    return true;
}

/* ---- Groups ---- */

/* (?P<name> or (?<name>; r->at is after the '<'. */
static bool group_name(reader *r, size_t begin)
{
    size_t end = r->at;
    while (end < r->s.n && is_word(r->s.p[end]))
        end++;
    bool closed = end > r->at && end < r->s.n && r->s.p[end] == '>';
    if (!closed || end - r->at > 32 || is_digit(r->s.p[r->at]))
        return refuse(r, begin, end,
                      "a group's name is letters, digits and underscores, at most 32");
    og_buf_puts(r->out, "(?P<");
    og_buf_put(r->out, og_str_slice(r->s, r->at, end + 1));
    r->at = end + 1;
    return true;
}

/* (?flags) or (?flags:; flags of imsU, one '-' among them. r->at is after the '?'. */
static bool group_flags(reader *r, size_t begin)
{
    size_t end = r->at;
    size_t dashes = 0;
    while (end < r->s.n && strchr("imsU-", r->s.p[end])) {
        dashes += r->s.p[end] == '-';
        end++;
    }
    char last = end > r->at ? r->s.p[end - 1] : '\0';
    char close = end < r->s.n ? r->s.p[end] : '\0';
    if ((close != ':' && close != ')') || dashes > 1 || last == '-' ||
        (close == ')' && end == r->at))
        return refuse(r, begin, end + 1,
                      "this kind of group is not part of RE2: (…), (?:…), (?P<name>…), "
                      "(?i), (?ims-U:…) are");
    og_buf_puts(r->out, "(?");
    og_buf_put(r->out, og_str_slice(r->s, r->at, end + 1));
    r->at = end + 1;
    return true;
}

static bool group(reader *r)
{
    size_t begin = r->at++;
    if (peek(r, 0) == '*')
        return refuse(r, begin, begin + 2, "nothing to repeat");
    if (peek(r, 0) != '?') {
        og_buf_putc(r->out, '(');
        return true;
    }
    r->at++;
    if (peek(r, 0) == '<' && peek(r, 1) != '=' && peek(r, 1) != '!') {
        r->at++;
        return group_name(r, begin);
    }
    if (peek(r, 0) == 'P' && peek(r, 1) == '<') {
        r->at += 2;
        return group_name(r, begin);
    }
    return group_flags(r, begin);
}

/* ---- Repetition ---- */

/* {2}, {2,} or {2,5} at r->at: its length, or 0 when it is ordinary text. */
static size_t counted(const reader *r, long *ret_low, long *ret_high)
{
    size_t at = r->at + 1;
    long bounds[2] = {0, -1};
    for (int i = 0; i < 2; i++) {
        size_t digits = at;
        long n = 0;
        for (; at < r->s.n && is_digit(r->s.p[at]); at++)
            n = n > MAX_REPEAT ? n : n * 10 + (r->s.p[at] - '0');
        if (at > digits)
            bounds[i] = n;
        else if (i == 0)
            return 0;
        if (i == 0 && at < r->s.n && r->s.p[at] == '}')
            bounds[1] = bounds[0];
        if (i == 1 || at == r->s.n || r->s.p[at] != ',')
            break;
        at++;
    }
    if (at == r->s.n || r->s.p[at] != '}')
        return 0;
    *ret_low = bounds[0];
    *ret_high = bounds[1];
    return at + 1 - r->at;
}

/* A repetition operator at r->at: its length, 0 for none; refused: SIZE_MAX. */
static size_t repetition(reader *r)
{
    char c = peek(r, 0);
    if (c == '*' || c == '+' || c == '?')
        return 1;
    long low, high;
    size_t n = c == '{' ? counted(r, &low, &high) : 0;
    if (n > 0 && (low > MAX_REPEAT || high > MAX_REPEAT || (high >= 0 && high < low))) {
        refuse(r, r->at, r->at + n, "a count must be at most 1000, and in order");
        return SIZE_MAX;
    }
    return n;
}

/* Copies the operators after an item: one, and perhaps '?'. A second one is refused, for
 * it would mean something else to PCRE2 (possessive). */
static bool repeat(reader *r, size_t item)
{
    size_t n = repetition(r);
    if (n == 0 || n == SIZE_MAX)
        return n == 0;
    og_buf_put(r->out, og_str_slice(r->s, r->at, r->at + n));
    r->at += n;
    if (peek(r, 0) == '?') {
        og_buf_putc(r->out, '?');
        r->at++;
    }
    n = repetition(r);
    if (n == SIZE_MAX)
        return false;
    return n == 0 || refuse(r, item, r->at + n, "a repetition may not be repeated");
}

/* ---- The pattern ---- */

static bool item(reader *r)
{
    size_t begin = r->at, written = r->out->n;
    char c = peek(r, 0);
    bool repeats = true;
    size_t repeated = repetition(r);
    switch (c) {
    case '\\':
        if (!escape(r))
            return false;
        break;
    case '[':
        if (!bracket(r))
            return false;
        break;
    case '(':
        repeats = false;
        if (!group(r))
            return false;
        break;
    case '|':
        repeats = false;
        og_buf_putc(r->out, c);
        r->at++;
        break;
    case ')':
    case '^':
    case '$':
    case '.':
        og_buf_putc(r->out, c);
        r->at++;
        break;
    default:
        if (repeated == SIZE_MAX)
            return false;
        if (repeated > 0)
            return refuse(r, begin, begin + 1, "nothing to repeat");
        /* All bytes of one character, so that a repetition takes the whole of it. */
        do
            put_literal(r, r->s.p[r->at++]);
        while (more(r) && ((unsigned char)r->s.p[r->at] & 0xc0) == 0x80);
    }
    if (r->out->n == written) /* \Q\E: nothing that could be repeated */
        return true;
    if (!repeats && repetition(r) != 0)
        return refuse(r, r->at, r->at + 1, "nothing to repeat");
    return !repeats || repeat(r, begin);
}

bool cel_re2_translate(og_str pattern, og_buf *out, cel_regex_problem *ret)
{
    *ret = (cel_regex_problem){.message = {"", 0}};
    reader r = {.s = pattern, .out = out, .problem = ret};
    while (more(&r))
        if (!item(&r))
            return false;
    return true;
}
