/* pattern = { ( "[" set "]" | letter | sign ) [ "{" digits "}" ] }
 * set = { letter | letter "-" letter }
 * where a letter is one of A-Z a-z 0-9 _ and a sign one that stands for itself. */
#include "report/plain.h"

static bool is_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '_';
}

static bool is_sign(char c)
{
    return c && strchr("-:/,;@=% ", c);
}

/* At the byte after "["; *at moves past "]". */
static bool read_set(og_str p, size_t *at, bool set[256])
{
    size_t from = *at;

    while (*at < p.n && p.p[*at] != ']') {
        unsigned char low = (unsigned char)p.p[*at], high = low;
        if (!is_letter(p.p[*at]))
            return false;
        if (*at + 2 < p.n && p.p[*at + 1] == '-') {
            high = (unsigned char)p.p[*at + 2];
            if (!is_letter(p.p[*at + 2]) || high < low)
                return false;
            *at += 2;
        }
        ++*at;
        for (unsigned c = low; c <= high; c++)
            set[c] = true;
    }
    return *at > from && *at < p.n && p.p[(*at)++] == ']';
}

/* "{n}" with n from 1 to PLAIN_LENGTH, or nothing: once. */
static bool read_count(og_str p, size_t *at, size_t *ret)
{
    size_t n = 0;

    *ret = 1;
    if (*at == p.n || p.p[*at] != '{')
        return true;
    for (++*at; *at < p.n && p.p[*at] >= '0' && p.p[*at] <= '9' && n <= PLAIN_LENGTH;
         ++*at)
        n = n * 10 + (size_t)(p.p[*at] - '0');
    *ret = n;
    return n > 0 && n <= PLAIN_LENGTH && *at < p.n && p.p[(*at)++] == '}';
}

/* The set as the ranges of one position; false when there are too many. */
static bool put_ranges(const bool set[256], size_t position, plain_pattern *ret)
{
    size_t n = 0;

    for (unsigned c = 0; c < 256; c++) {
        if (!set[c])
            continue;
        unsigned low = c;
        while (c < 255 && set[c + 1])
            c++;
        if (n == PLAIN_RANGES)
            return false;
        for (size_t r = n; r < PLAIN_RANGES && (r == n || n == 0); r++) {
            ret->low[r][position] = (unsigned char)low;
            ret->span[r][position] = (unsigned char)(c - low);
        }
        n++;
    }
    ret->ranges = ret->ranges > n ? ret->ranges : n;
    return true;
}

bool plain_read(og_str pattern, plain_pattern *ret)
{
    size_t at = 0, count;

    *ret = (plain_pattern){0};
    memset(ret->span, 255, sizeof ret->span);
    while (at < pattern.n) {
        bool set[256] = {false};
        char c = pattern.p[at++];
        if (c == '[' ? !read_set(pattern, &at, set) : !is_letter(c) && !is_sign(c))
            return false;
        if (c != '[')
            set[(unsigned char)c] = true;
        if (!read_count(pattern, &at, &count) || ret->length + count > PLAIN_LENGTH)
            return false;
        for (; count > 0; count--)
            if (!put_ranges(set, ret->length++, ret))
                return false;
    }
    return ret->length > 0;
}
