/* What is refused before the YAML parser sees a text, and what may follow a document. */
#include "value/yaml_text.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/utf8.h"

static void step(yaml_cursor *c)
{
    uint32_t code_point;
    unsigned n = og_utf8_decode(c->source, c->at, &code_point);
    bool line_feed = c->source.p[c->at] == '\n';
    c->at += n ? n : 1;
    c->column = line_feed ? 0 : c->column + 1;
    c->line += line_feed;
}

void yaml_cursor_seek(yaml_cursor *c, size_t line, size_t column)
{
    while (c->line < line && c->at < c->source.n) {
        const char *from = c->source.p + c->at;
        const char *end = memchr(from, '\n', c->source.n - c->at);
        c->at = end ? (size_t)(end - c->source.p) + 1 : c->source.n;
        c->column = 0;
        c->line += end != NULL;
    }
    while (c->line == line && c->column < column && c->at < c->source.n &&
           c->source.p[c->at] != '\n')
        step(c);
}

static char here(const yaml_cursor *c)
{
    return c->at < c->source.n ? c->source.p[c->at] : '\0';
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_line(yaml_cursor *c)
{
    while (c->at < c->source.n && here(c) != '\n')
        step(c);
}

void yaml_cursor_skip_properties(yaml_cursor *c)
{
    while (c->at < c->source.n) {
        if (here(c) == '#')
            skip_line(c);
        else if (here(c) == '&' || here(c) == '!')
            while (c->at < c->source.n && !is_white(here(c)))
                step(c);
        else if (is_white(here(c)))
            step(c);
        else
            return;
    }
}

static og_pos pos_of(const og_document *doc, const yaml_cursor *c, uint32_t length)
{
    return (og_pos){doc->path, (uint32_t)c->line + 1, (uint32_t)c->column + 1, length};
}

static yaml_cursor cursor_at(og_str source, size_t offset)
{
    yaml_cursor c = {.source = source};
    while (c.at < offset)
        step(&c);
    return c;
}

static og_diag *complain(const og_document *doc, size_t offset, og_diags *diags,
                         const char *code, const char *text)
{
    yaml_cursor c = cursor_at(doc->source, offset);
    return og_diags_add(diags, OG_LEVEL_ERROR, code, pos_of(doc, &c, 0), doc->source,
                        "%s", text);
}

static bool check_size(const og_document *doc, og_diags *diags)
{
    if (doc->source.n <= OG_LIMIT_FILE)
        return true;
    og_diag *item =
        og_diags_add(diags, OG_LEVEL_ERROR, "file-size", (og_pos){.path = doc->path},
                     (og_str){NULL, 0}, "file has %zu bytes, limit %llu", doc->source.n,
                     (unsigned long long)OG_LIMIT_FILE);
    og_diags_hint(diags, item, "split it, or keep the records in a CSV file beside it");
    return false;
}

static bool check_utf8(const og_document *doc, og_diags *diags)
{
    og_str s = doc->source;
    size_t bad = og_utf8_invalid(s);
    if (bad == s.n)
        return true;
    bool utf16 = bad == 0 && (og_str_starts(s, OG_STR("\xff\xfe")) ||
                              og_str_starts(s, OG_STR("\xfe\xff")));
    char text[64] = "file is UTF-16, not UTF-8";
    if (!utf16)
        snprintf(text, sizeof text, "byte 0x%02x is not valid UTF-8",
                 (unsigned)(unsigned char)s.p[bad]);
    og_diag *item = complain(doc, bad, diags, "invalid-utf8", text);
    og_diags_hint(diags, item, "save the file as UTF-8");
    return false;
}

/* Why the code point may not stand in a file, or NULL. */
static const char *refuse_code_point(uint32_t c, bool before_line_feed)
{
    if (c == '\r')
        return before_line_feed ? NULL : "a line ends in a lone carriage return";
    if (c == 0x85 || c == 0x2028 || c == 0x2029)
        return "a Unicode line separator in the text";
    if (c == 0xfeff)
        return "a byte order mark inside the text";
    if (c == 0)
        return "a NUL byte in the text";
    if ((c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0))
        return "a control character in the text";
    return c == 0xfffe || c == 0xffff ? "a code point that is no character" : NULL;
}

/* Bytes that may begin such a code point: controls, and the lead bytes of U+0080 to
 * U+00BF, U+2000 to U+2FFF and U+F000 to U+FFFF. */
static bool is_suspect(unsigned char c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || c == 0xc2 || c == 0xe2 ||
           c == 0xef;
}

/* Whether eight bytes from here on are printable ASCII. */
static bool is_plain(og_str s, size_t at)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones;
    uint64_t w;
    if (s.n - at < sizeof w)
        return false;
    memcpy(&w, s.p + at, sizeof w);
    return ((w | (w + ones) | (w - 0x20 * ones)) & tops) == 0;
}

static bool check_characters(const og_document *doc, og_diags *diags)
{
    og_str s = doc->source;
    for (size_t i = 0; i < s.n; i++) {
        while (is_plain(s, i))
            i += sizeof(uint64_t);
        if (i == s.n)
            break;
        if (!is_suspect((unsigned char)s.p[i]))
            continue;
        uint32_t c;
        og_utf8_decode(s, i, &c);
        const char *why = refuse_code_point(c, i + 1 < s.n && s.p[i + 1] == '\n');
        if (!why)
            continue;
        char text[80];
        snprintf(text, sizeof text, "%s (U+%04X)", why, (unsigned)c);
        og_diag *item = complain(doc, i, diags, "control-character", text);
        og_diags_hint(diags, item,
                      c == '\r' ? "save the file with LF or CR LF line ends"
                                : "delete it; inside double quotes it can be written as "
                                  "an escape such as \"\\u2028\"");
        return false;
    }
    return true;
}

static bool starts_here(const yaml_cursor *c, const char *word)
{
    return og_str_starts(og_str_slice(c->source, c->at, c->source.n), og_str_from(word));
}

/* Only "%YAML", once, may stand before "---": %TAG serves tags, which are refused, and
 * the parser compares each with all before it. */
static bool check_directives(const og_document *doc, og_diags *diags)
{
    yaml_cursor c = {.source = doc->source};
    for (int versions = 0; c.at < c.source.n;) {
        if (here(&c) == '%' && c.column == 0) {
            bool version = starts_here(&c, "%YAML ");
            if (!version || versions++ > 0) {
                og_diag *item = complain(doc, c.at, diags, "yaml-directive",
                                         version ? "a second %YAML directive"
                                                 : "a directive that is not %YAML");
                og_diags_hint(diags, item, "remove the line");
                return false;
            }
        } else if (is_white(here(&c))) {
            step(&c);
            continue;
        } else if (here(&c) != '#') {
            break;
        }
        skip_line(&c);
    }
    return true;
}

bool yaml_text_check(const og_document *doc, og_diags *diags)
{
    return check_size(doc, diags) && check_utf8(doc, diags) &&
           check_characters(doc, diags) && check_directives(doc, diags);
}

static bool at_document_end(const yaml_cursor *c)
{
    if (c->column != 0 || !starts_here(c, "..."))
        return false;
    return c->at + 3 == c->source.n || is_white(c->source.p[c->at + 3]);
}

bool yaml_text_check_rest(const og_document *doc, const yaml_cursor *end, og_diags *diags)
{
    yaml_cursor c = *end;
    while (c.at < c.source.n) {
        if (is_white(here(&c)))
            step(&c);
        else if (here(&c) == '#')
            skip_line(&c);
        else if (at_document_end(&c))
            yaml_cursor_seek(&c, c.line, 3);
        else
            break;
    }
    if (c.at == c.source.n)
        return true;
    bool second = c.column == 0 && starts_here(&c, "---");
    og_diag *item = og_diags_add(diags, OG_LEVEL_ERROR, "second-document",
                                 pos_of(doc, &c, second ? 3 : 0), doc->source, "%s",
                                 second ? "a second document in one file"
                                        : "text after the end of the document");
    og_diags_hint(diags, item,
                  second ? "one file holds one document: move it to a file of its own"
                         : "put the whole value in quotes, or check the indentation");
    return false;
}
