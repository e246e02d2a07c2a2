/* pattern = { ( "[" set "]" | letter ) [ "{" digits "}" ] } ; set = { letter | a "-" b }
 * where a letter is one of A-Z a-z 0-9 _ and nothing else. */
#include "report/plain.h"

static bool is_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '_';
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

bool plain_read(og_str pattern, plain_pattern *ret)
{
    size_t at = 0, count;

    *ret = (plain_pattern){0};
    while (at < pattern.n) {
        if (ret->set_count == PLAIN_SETS)
            return false;
        bool *set = ret->sets[ret->set_count];
        char c = pattern.p[at++];
        if (c == '[' ? !read_set(pattern, &at, set) : !is_letter(c))
            return false;
        if (c != '[')
            set[(unsigned char)c] = true;
        if (!read_count(pattern, &at, &count) || ret->length + count > PLAIN_LENGTH)
            return false;
        memset(ret->set_of + ret->length, (int)ret->set_count++, count);
        ret->length += count;
    }
    return ret->length > 0;
}
