/* From a place inside a scalar's text back to the file.
 *
 * Text and source are laid side by side and walked together. A character of the text is
 * the same character in the source, or a doubled quote, \" or \\, or it is a blank or
 * line feed that stands for the end of a source line (and for blank lines and indentation
 * after it). Anything else means that the two do not match: the caller falls back to the
 * scalar's start, so a wrong place is never shown. */
#include "base/utf8.h"
#include "value/node.h"

typedef struct walk {
    og_str source;
    size_t at; /* byte offset in source */
    uint32_t line, column;
    char quote;      /* ' or " or | or > or 0: a plain scalar */
    uint32_t indent; /* of a block scalar's lines */
} walk;

static char peek(const walk *w, size_t ahead)
{
    return w->at + ahead < w->source.n ? w->source.p[w->at + ahead] : '\0';
}

static bool at_break(const walk *w)
{
    return peek(w, 0) == '\n' || (peek(w, 0) == '\r' && peek(w, 1) == '\n');
}

static void step(walk *w)
{
    uint32_t code_point;
    unsigned n = og_utf8_decode(w->source, w->at, &code_point);
    w->at += n ? n : 1;
    w->column++;
}

static void step_break(walk *w)
{
    w->at += peek(w, 0) == '\r' ? 2 : 1;
    w->line++;
    w->column = 1;
}

static bool is_block(const walk *w)
{
    return w->quote == '|' || w->quote == '>';
}

static void skip_spaces(walk *w, uint32_t most)
{
    for (uint32_t i = 0; i < most && peek(w, 0) == ' '; i++)
        step(w);
}

static void skip_blanks(walk *w)
{
    while (peek(w, 0) == ' ' || peek(w, 0) == '\t')
        step(w);
}

/* Whether a line ends here. Blanks before the end belong to the text in a block scalar
 * and are dropped from others. */
static bool at_line_end(const walk *w)
{
    walk ahead = *w;
    if (!is_block(w))
        skip_blanks(&ahead);
    return at_break(&ahead);
}

/* Over a line end, and as far as one character of the text covers: in a literal block
 * this line end alone, elsewhere blank lines too. */
static void step_line_end(walk *w)
{
    for (;;) {
        if (!is_block(w))
            skip_blanks(w);
        if (!at_break(w))
            return;
        step_break(w);
        if (is_block(w))
            skip_spaces(w, w->indent);
        if (w->quote == '|')
            return;
    }
}

/* One character of the text, at text.p[*i]; false when the source has another one. */
static bool match(walk *w, og_str text, size_t *i)
{
    char c = text.p[*i];
    if ((c == ' ' || c == '\n') && at_line_end(w)) {
        step_line_end(w);
        ++*i;
        while (c == '\n' && w->quote != '|' && *i < text.n && text.p[*i] == '\n')
            ++*i;
        return true;
    }
    bool doubled = w->quote == '\'' && c == '\'' && peek(w, 1) == '\'';
    bool escaped = w->quote == '"' && (c == '"' || c == '\\') && peek(w, 0) == '\\' &&
                   peek(w, 1) == c;
    if (doubled || escaped)
        step(w);
    uint32_t code_point;
    unsigned n = og_utf8_decode(text, *i, &code_point);
    bool same = n > 0 && w->at + n <= w->source.n &&
                memcmp(w->source.p + w->at, text.p + *i, n) == 0;
    if (c == '\\' && w->quote == '"' && !escaped)
        same = false;
    if (same) {
        step(w);
        *i += n;
    }
    return same;
}

/* Where the line after the one at `at` begins; beyond the end when there is none. */
static size_t next_line(og_str source, size_t at)
{
    return at + og_str_find(og_str_slice(source, at, source.n), '\n') + 1;
}

bool og_document_index(og_arena *arena, og_document *doc)
{
    og_str source = doc->source;
    uint32_t count = 1;
    if (source.n > UINT32_MAX)
        return true; /* without an index every place is found from the top */
    for (size_t at = next_line(source, 0); at <= source.n; at = next_line(source, at))
        count++;
    uint32_t *lines = OG_ARRAY(arena, count, uint32_t);
    if (!lines)
        return false;
    for (uint32_t i = 1; i < count; i++)
        lines[i] = (uint32_t)next_line(source, lines[i - 1]);
    doc->lines = lines;
    doc->line_count = count;
    return true;
}

/* Many conditions of a long file are pointed into: it is not read from the top for each.
 */
static walk start_of_line(const og_document *doc, uint32_t line)
{
    walk w = {.source = doc->source, .line = 1, .column = 1};
    if (line > 0 && line <= doc->line_count) {
        w.line = line;
        w.at = doc->lines[line - 1];
    }
    return w;
}

static bool walk_to(walk *w, uint32_t line, uint32_t column)
{
    while (w->line < line) {
        const char *from = w->source.p + w->at;
        const char *end =
            w->at < w->source.n ? memchr(from, '\n', w->source.n - w->at) : NULL;
        if (!end)
            return false;
        w->at += (size_t)(end - from) + 1;
        w->line++;
    }
    w->column = 1;
    while (w->column < column && w->at < w->source.n)
        step(w);
    return w->column == column;
}

static uint32_t count_spaces(const walk *w)
{
    walk ahead = *w;
    skip_spaces(&ahead, UINT32_MAX);
    return ahead.column - w->column;
}

/* The indentation of a block scalar: what its first line with text has more than the text
 * itself. w stands at the start of the first line. */
static uint32_t find_indent(const walk *w, og_str text)
{
    walk line = *w;
    walk ahead = line;
    for (skip_blanks(&ahead); at_break(&ahead); skip_blanks(&ahead)) {
        step_break(&ahead);
        line = ahead;
    }
    size_t start = 0;
    while (start < text.n && text.p[start] == '\n')
        start++;
    uint32_t own = 0;
    while (start + own < text.n && text.p[start + own] == ' ')
        own++;
    uint32_t all = count_spaces(&line);
    return all > own ? all - own : 0;
}

/* To the first character of the text. */
static bool enter(walk *w, og_str text)
{
    char c = peek(w, 0);
    w->quote = c == '"' || c == '\'' || c == '|' || c == '>' ? c : '\0';
    if (is_block(w)) {
        if (!walk_to(w, w->line + 1, 1))
            return false;
        w->indent = find_indent(w, text);
        skip_spaces(w, w->indent);
    } else if (w->quote) {
        step(w);
    }
    return true;
}

static uint32_t cut_at_line_end(const walk *w, uint32_t length)
{
    walk ahead = *w;
    uint32_t n = 0;
    for (; n < length && ahead.at < ahead.source.n && !at_break(&ahead); n++)
        step(&ahead);
    return n;
}

og_pos og_node_pos_inside(const og_document *doc, const og_node *node, uint32_t offset,
                          uint32_t length)
{
    og_pos start = {.path = doc->path, .line = node->line, .column = node->column};
    if (node->kind != OG_NODE_SCALAR)
        return og_node_pos(doc, node);
    walk w = start_of_line(doc, node->line);
    if (!walk_to(&w, node->line, node->column) || !enter(&w, node->text))
        return start;
    size_t target = 0;
    for (uint32_t n = 0; n < offset && target < node->text.n; n++) {
        uint32_t code_point;
        unsigned size = og_utf8_decode(node->text, target, &code_point);
        target += size ? size : 1;
    }
    size_t at = 0;
    while (at < target)
        if (!match(&w, node->text, &at))
            return start;
    walk next = w;
    if (at < node->text.n && !match(&next, node->text, &at))
        return start;
    start.line = w.line;
    start.column = w.column;
    start.length = cut_at_line_end(&w, length);
    return start;
}
