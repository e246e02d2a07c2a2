/* Signatures, and marks of encodings. */
#include "report/first_sight.h"

#include <strings.h>

/* ---- Formats ---- */

static const struct {
    og_str bytes;
    const char *what;
} signatures[] = {
    {OG_STR("PK\003\004"), "a zip archive, as spreadsheets (.xlsx, .ods) are"},
    {OG_STR("PK\005\006"), "an empty zip archive"},
    {OG_STR("\xd0\xcf\x11\xe0"), "an old spreadsheet (.xls)"},
    {OG_STR("%PDF-"), "a PDF document"},
    {OG_STR("\x1f\x8b"), "gzip data inside gzip data"},
    {OG_STR("BZh91AY&SY"), "bzip2 data"},
    {OG_STR("\xfd"
            "7zXZ"),
     "xz data"},
    {OG_STR("\x28\xb5\x2f\xfd"), "Zstandard data"},
    {OG_STR("PAR1\025"), "a Parquet file"},
    {OG_STR("SQLite format 3"), "an SQLite database"},
    {OG_STR("-----BEGIN PGP"), "a message of OpenPGP"},
};

static bool begins(og_str s, const char *with)
{
    size_t n = strlen(with);

    return s.n >= n && strncasecmp(s.p, with, n) == 0;
}

/* Whether a label could begin with this character. */
static bool is_first_of_label(const report_layout *layout, char c)
{
    for (size_t i = 0; i < layout->field_count; i++)
        if (layout->fields[i].name.n > 0 && layout->fields[i].name.p[0] == c)
            return true;
    return false;
}

/* Text that its first character gives away; a layout without labels, or with one that
 * begins like it, may mean it. */
static const char *markup(const report_layout *layout, og_str head)
{
    og_str text = og_str_trim(head);

    if (text.n == 0 || !layout->dialect.header || is_first_of_label(layout, text.p[0]))
        return NULL;
    if (begins(text, "<!doctype html") || begins(text, "<html"))
        return "a page of HTML, as an error of a web server is";
    if (begins(text, "<?xml"))
        return "XML";
    return text.p[0] == '{' || begins(text, "[{") ? "JSON" : NULL;
}

const char *first_sight_format(const report_layout *layout, og_str head)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++)
        if (og_str_starts(head, signatures[i].bytes))
            return signatures[i].what;
    return markup(layout, head);
}

/* One in quotes may be of a cell. */
bool first_sight_lone_returns(og_str head)
{
    bool quoted = false, lone = false;

    if (og_str_find(head, '\n') < head.n)
        return false;
    for (size_t i = 0; i < head.n; i++) {
        if (head.p[i] == '"')
            quoted = !quoted;
        lone |= head.p[i] == '\r' && !quoted && i + 1 < head.n;
    }
    return lone;
}

/* ---- Encodings ---- */

static bool is_utf16(const csv_charset *c)
{
    return c->form == CSV_CHARSET_UTF16 || c->form == CSV_CHARSET_UTF16LE ||
           c->form == CSV_CHARSET_UTF16BE;
}

static const char *by_mark(const csv_charset *c, og_str head)
{
    if (og_str_starts(head, OG_STR("\xff\xfe\0\0")))
        return "UTF-32LE, by its byte order mark";
    if (og_str_starts(head, OG_STR("\xff\xfe")))
        return c->form == CSV_CHARSET_UTF16 || c->form == CSV_CHARSET_UTF16LE
                   ? NULL
                   : "UTF-16LE, by its byte order mark";
    if (og_str_starts(head, OG_STR("\xfe\xff")))
        return c->form == CSV_CHARSET_UTF16 || c->form == CSV_CHARSET_UTF16BE
                   ? NULL
                   : "UTF-16BE, by its byte order mark";
    if (og_str_starts(head, OG_STR("\xef\xbb\xbf")) && c->form != CSV_CHARSET_UTF8)
        return "UTF-8, by its byte order mark";
    return NULL;
}

/* Every other byte of the first ones is NUL: which, or 0. */
static size_t nul_bytes(og_str head, size_t from)
{
    size_t n = head.n < 16 ? head.n & ~(size_t)1 : 16;

    for (size_t i = 0; i < n; i += 2)
        if (head.p[i + from] != 0 || head.p[i + 1 - from] == 0)
            return 0;
    return n;
}

const char *first_sight_encoding(const csv_charset *charset, og_str head)
{
    const char *mark = by_mark(charset, head);

    if (mark || is_utf16(charset))
        return mark;
    if (nul_bytes(head, 1) > 0)
        return "UTF-16LE, by its NUL bytes";
    return nul_bytes(head, 0) > 0 ? "UTF-16BE, by its NUL bytes" : NULL;
}
