/* Dates in names, by the reader of dates in cells. */
#include "report/file_name.h"

enum {
    NAME_MAX_BYTES = 255
};

/* What stands behind a pattern that lacks a month and a day, or a day; then the same as a
 * name has it. */
static const struct {
    const char *pattern;
    og_str name;
} rest[] = {[FILE_NAME_DAY] = {"", {"", 0}},
            [FILE_NAME_MONTH] = {" %d", {" 01", 3}},
            [FILE_NAME_YEAR] = {" %m %d", {" 01 01", 6}}};

/* Bytes of what a directive writes; 0: it varies. */
static size_t width_of(char directive)
{
    switch (directive) {
    case 'Y':
        return 4;
    case 'j':
    case 'b':
    case 'a':
        return 3;
    case 'f':
    case 'B':
    case 'A':
    case 'z':
    case 'Z':
        return 0;
    case '%':
        return 1;
    default:
        return 2;
    }
}

static size_t length_of(og_str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++, n++) {
        if (text.p[i] != '%' || i + 1 == text.n)
            continue;
        size_t width = width_of(text.p[++i]);
        if (width == 0)
            return 0;
        n += width - 1;
    }
    return n;
}

static bool has(og_str text, const char *letters)
{
    for (size_t i = 0; i + 1 < text.n; i++)
        if (text.p[i] == '%' && strchr(letters, text.p[++i]))
            return true;
    return false;
}

int file_name_make(og_str text, og_arena *arena, file_name *ret, og_error *err)
{
    file_name made = {.text = text, .length = length_of(text)};
    int rc = OG_OK;

    if (og_str_find(text, '%') == text.n) {
        *ret = made;
        return OG_OK;
    }
    int last = has(text, "mbBdj") ? FILE_NAME_MONTH : FILE_NAME_YEAR;
    for (int span = FILE_NAME_DAY; span <= last; span++) {
        og_str whole = og_arena_printf(arena, "%.*s%s", OG_FMT(text), rest[span].pattern);
        og_error why = {0};
        if (!whole.p)
            return og_nomem(err);
        made.span = (file_name_span)span;
        rc = cell_pattern_make(whole, true, false, &made.pattern, &why);
        if (rc == OG_OK)
            *ret = made;
        og_error_done(&why);
        if (rc != OG_E_INVALID)
            return rc == OG_E_NOMEM ? og_nomem(err) : rc;
    }
    return og_fail(err, OG_E_INVALID,
                   "the name '%.*s' tells no date: it needs a year (%%Y), and may have a "
                   "month (%%m) and a day (%%d)",
                   OG_FMT(text));
}

static og_date last_day(og_date first, file_name_span span)
{
    int year, month, day;

    og_date_split(first, &year, &month, &day);
    if (span == FILE_NAME_DAY)
        return first;
    if (span == FILE_NAME_YEAR || month == 12)
        return og_date_from(year, 12, 31);
    return og_date_from(year, month + 1, 1) - 1;
}

bool file_name_read(const file_name *pattern, og_str name, og_date *ret_first,
                    og_date *ret_last)
{
    char whole[NAME_MAX_BYTES + 8];
    cell_value v;

    if (pattern->span == FILE_NAME_FIXED)
        return og_str_eq(name, pattern->text);
    const og_str more = rest[pattern->span].name;
    if (name.n == 0 || name.n > NAME_MAX_BYTES ||
        (pattern->length > 0 && name.n != pattern->length))
        return false;
    memcpy(whole, name.p, name.n);
    memcpy(whole + name.n, more.p, more.n);
    if (!cell_read_pattern((og_str){whole, name.n + more.n}, &pattern->pattern, &v))
        return false;
    *ret_first = (og_date)(v.whole / 86400 - (v.whole % 86400 < 0));
    *ret_last = last_day(*ret_first, pattern->span);
    return true;
}
