/* The strings extension (cel-go ext/strings, version 4), but format(). Positions are code
 * points. */
#define _GNU_SOURCE /* memmem */
#include "cel/std.h"

#include "base/utf8.h"

static og_value out_of_range(cel_call *call, int64_t index)
{
    return cel_fault(call->arena, "index out of range: %lld", (long long)index);
}

/* ---- Positions ---- */

/* Length in bytes of the character at s.p[at]. */
static size_t char_size(og_str s, size_t at)
{
    uint32_t code;
    unsigned n = og_utf8_decode(s, at, &code);
    return n ? n : 1;
}

/* Byte offset of code point `index`; false when s has fewer. */
static bool byte_of(og_str s, int64_t index, size_t *ret)
{
    if (index < 0 || (uint64_t)index > s.n)
        return false;
    size_t at = 0;
    for (int64_t i = 0; i < index; i++) {
        if (at >= s.n)
            return false;
        at += char_size(s, at);
    }
    *ret = at;
    return true;
}

static int64_t point_of(og_str s, size_t byte)
{
    return (int64_t)og_utf8_count(og_str_slice(s, 0, byte));
}

/* Byte offset of part in s at or after `from`, or s.n + 1. */
static size_t find(og_str s, og_str part, size_t from)
{
    if (part.n == 0)
        return from;
    const char *found =
        from < s.n ? memmem(s.p + from, s.n - from, part.p, part.n) : NULL;
    return found ? (size_t)(found - s.p) : s.n + 1;
}

static og_value char_at(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    og_str s = og_text(args[0]);
    size_t at;
    if (!byte_of(s, args[1].as.i, &at))
        return out_of_range(call, args[1].as.i);
    return og_string(at < s.n ? og_str_slice(s, at, at + char_size(s, at)) : OG_STR(""));
}

static og_value index_of(cel_call *call, const og_value *args, uint32_t count)
{
    og_str s = og_text(args[0]);
    size_t from = 0;
    if (count == 3 && !byte_of(s, args[2].as.i, &from))
        return out_of_range(call, args[2].as.i);
    size_t at = find(s, og_text(args[1]), from);
    return og_int(at <= s.n ? point_of(s, at) : -1);
}

static og_value last_index_of(cel_call *call, const og_value *args, uint32_t count)
{
    og_str s = og_text(args[0]), part = og_text(args[1]);
    size_t from = s.n;
    if (count == 3 && !byte_of(s, args[2].as.i, &from))
        return out_of_range(call, args[2].as.i);
    if (part.n > s.n)
        return og_int(-1);
    for (size_t at = from < s.n - part.n ? from : s.n - part.n;; at--) {
        if (!cel_spend(call->frame, 1 + part.n / CEL_BYTES_PER_STEP))
            return og_absent();
        if (part.n == 0 || memcmp(s.p + at, part.p, part.n) == 0)
            return og_int(point_of(s, at));
        if (at == 0)
            return og_int(-1);
    }
}

static og_value substring(cel_call *call, const og_value *args, uint32_t count)
{
    og_str s = og_text(args[0]);
    size_t begin, end = s.n;
    if (!byte_of(s, args[1].as.i, &begin))
        return out_of_range(call, args[1].as.i);
    if (count == 3 && !byte_of(s, args[2].as.i, &end))
        return out_of_range(call, args[2].as.i);
    if (end < begin)
        return cel_fault(call->arena, "invalid substring range: start %lld, end %lld",
                         (long long)args[1].as.i, (long long)args[2].as.i);
    return og_string(og_str_slice(s, begin, end));
}

/* ---- New text ---- */

static og_value change_case(cel_call *call, og_str s, char first, char last)
{
    char *room;
    og_value v;
    if (!cel_make_text(call, s.n, &room, &v))
        return og_absent();
    for (size_t i = 0; i < s.n; i++)
        room[i] = (char)(s.p[i] >= first && s.p[i] <= last ? s.p[i] ^ 0x20 : s.p[i]);
    return v;
}

static og_value lower_ascii(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return change_case(call, og_text(args[0]), 'A', 'Z');
}

static og_value upper_ascii(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return change_case(call, og_text(args[0]), 'a', 'z');
}

static og_value reverse(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    og_str s = og_text(args[0]);
    char *room;
    og_value v;
    if (!cel_make_text(call, s.n, &room, &v))
        return og_absent();
    size_t n;
    for (size_t at = 0; at < s.n; at += n) {
        n = char_size(s, at);
        memcpy(room + s.n - at - n, s.p + at, n);
    }
    return v;
}

/* Every occurrence of old becomes the new text, at most limit (negative: all). An empty
 * old stands before each character and at the end. */
static og_value replace(cel_call *call, const og_value *args, uint32_t count)
{
    og_str s = og_text(args[0]), old = og_text(args[1]), new = og_text(args[2]);
    int64_t limit = count == 4 ? args[3].as.i : -1;
    og_buf out = cel_text_buffer(call);
    size_t at = 0;
    while (limit != 0) {
        size_t hit = find(s, old, at);
        if (hit > s.n)
            break;
        og_buf_put(&out, og_str_slice(s, at, hit));
        og_buf_put(&out, new);
        limit -= limit > 0;
        at = hit + old.n;
        if (old.n > 0)
            continue;
        if (at == s.n)
            break;
        size_t n = char_size(s, at);
        og_buf_put(&out, og_str_slice(s, at, at + n));
        at += n;
    }
    og_buf_put(&out, og_str_slice(s, at, s.n));
    return cel_take_string(call->frame, &out);
}

static bool is_space(uint32_t c)
{
    return (c >= 9 && c <= 13) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

static og_value trim(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    og_str s = og_text(args[0]);
    size_t begin = s.n, end = 0, n;
    for (size_t at = 0; at < s.n; at += n) {
        uint32_t code = 0;
        n = og_utf8_decode(s, at, &code);
        n = n ? n : 1;
        if (is_space(code))
            continue;
        if (begin == s.n)
            begin = at;
        end = at + n;
    }
    return og_string(end > begin ? og_str_slice(s, begin, end) : OG_STR(""));
}

static og_value quote(cel_call *call, const og_value *args, uint32_t count)
{
    static const char special[] = "\a\b\f\n\r\t\v\\\"", letters[] = "abfnrtv\\\"";
    (void)count;
    og_str s = og_text(args[0]);
    og_buf out = cel_text_buffer(call);
    og_buf_putc(&out, '"');
    for (size_t i = 0; i < s.n; i++) {
        const char *found = s.p[i] ? strchr(special, s.p[i]) : NULL;
        if (found)
            og_buf_putc(&out, '\\');
        og_buf_putc(&out, found ? letters[found - special] : s.p[i]);
    }
    og_buf_putc(&out, '"');
    return cel_take_string(call->frame, &out);
}

/* ---- Lists ---- */

static og_value join(cel_call *call, const og_value *args, uint32_t count)
{
    const og_list *list = args[0].as.list;
    og_str separator = count == 2 ? og_text(args[1]) : OG_STR("");
    og_buf out = cel_text_buffer(call);
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind != OG_STRING) {
            og_buf_done(&out);
            return cel_fault(call->arena,
                             "no such overload: 'join' of a list with %s in it",
                             og_kind_name((og_kind)list->items[i].kind));
        }
        if (i > 0)
            og_buf_put(&out, separator);
        og_buf_put(&out, og_text(list->items[i]));
    }
    return cel_take_string(call->frame, &out);
}

/* Where the next piece ends: at the separator, or, with an empty one, after a character.
 */
static size_t piece_end(og_str s, og_str separator, size_t at)
{
    if (separator.n == 0)
        return at < s.n ? at + char_size(s, at) : s.n + 1;
    return find(s, separator, at);
}

/* The last of `limit` pieces (negative: no limit) takes the rest. Pieces borrow from s.
 */
static size_t split_into(og_str s, og_str separator, int64_t limit, og_value *items)
{
    size_t n = 0, at = 0;
    if (limit == 0 || (separator.n == 0 && s.n == 0))
        return 0;
    while (limit < 0 || n + 1 < (uint64_t)limit) {
        size_t end = piece_end(s, separator, at);
        if (end > s.n || (separator.n == 0 && end == s.n))
            break;
        if (items)
            items[n] = og_string(og_str_slice(s, at, end));
        n++;
        at = end + separator.n;
    }
    if (items)
        items[n] = og_string(og_str_slice(s, at, s.n));
    return n + 1;
}

static og_value split(cel_call *call, const og_value *args, uint32_t count)
{
    og_str s = og_text(args[0]), separator = og_text(args[1]);
    int64_t limit = count == 3 ? args[2].as.i : -1;
    size_t n = split_into(s, separator, limit, NULL);
    og_value *items = cel_make_array(call->frame, n, sizeof *items);
    if (!items)
        return og_absent();
    split_into(s, separator, limit, items);
    return cel_take_list(call->frame, items, n);
}

/* ---- The table ---- */

#define TEXT(name, id, result, call, ...) \
    CEL_ROW(name, id, CEL_MEMBER | CEL_LINEAR, result, call, __VA_ARGS__)
#define TEXT_PRODUCT(name, id, result, call, ...) \
    CEL_ROW_PRODUCT(name, id, CEL_MEMBER | CEL_LINEAR, result, call, __VA_ARGS__)
#define LAST_INDEX(id, ...)                                                   \
    CEL_ROW("lastIndexOf", id, CEL_MEMBER | CEL_LINEAR | CEL_PAIRS, &cel_int, \
            last_index_of, __VA_ARGS__)

static const cel_overload rows[] = {
    TEXT("charAt", "string_char_at_int", &cel_string, char_at, &cel_string, &cel_int),
    TEXT("indexOf", "string_index_of_string", &cel_int, index_of, &cel_string,
         &cel_string),
    TEXT("indexOf", "string_index_of_string_int", &cel_int, index_of, &cel_string,
         &cel_string, &cel_int),
    LAST_INDEX("string_last_index_of_string", &cel_string, &cel_string),
    LAST_INDEX("string_last_index_of_string_int", &cel_string, &cel_string, &cel_int),
    TEXT("substring", "string_substring_int", &cel_string, substring, &cel_string,
         &cel_int),
    TEXT("substring", "string_substring_int_int", &cel_string, substring, &cel_string,
         &cel_int, &cel_int),
    TEXT("lowerAscii", "string_lower_ascii", &cel_string, lower_ascii, &cel_string),
    TEXT("upperAscii", "string_upper_ascii", &cel_string, upper_ascii, &cel_string),
    TEXT("reverse", "string_reverse", &cel_string, reverse, &cel_string),
    TEXT_PRODUCT("replace", "string_replace_string_string", &cel_string, replace,
                 &cel_string, &cel_string, &cel_string),
    TEXT_PRODUCT("replace", "string_replace_string_string_int", &cel_string, replace,
                 &cel_string, &cel_string, &cel_string, &cel_int),
    TEXT("trim", "string_trim", &cel_string, trim, &cel_string),
    CEL_ROW_PRODUCT("strings.quote", "strings_quote", CEL_GLOBAL | CEL_LINEAR,
                    &cel_string, quote, &cel_string),
    TEXT_PRODUCT("join", "list_join", &cel_string, join, &cel_list_string),
    TEXT_PRODUCT("join", "list_join_string", &cel_string, join, &cel_list_string,
                 &cel_string),
    TEXT("split", "string_split_string", &cel_list_string, split, &cel_string,
         &cel_string),
    TEXT("split", "string_split_string_int", &cel_list_string, split, &cel_string,
         &cel_string, &cel_int),
};

CEL_LIBRARY(cel_library_strings, "strings", rows);
