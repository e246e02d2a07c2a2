/* Lines of text: escaping, wrapping, columns, colour. */
#include "render/page.h"

#include <assert.h>

#include "base/utf8.h"

static const char *const codes[] = {/* ORDER: page_style */
                                    "",         "\033[1m",  "\033[2m",
                                    "\033[32m", "\033[31m", "\033[33m"};
static_assert(sizeof codes / sizeof codes[0] == PAGE_STYLE_COUNT, "a code for each");

void page_init(page *p, og_buf *out, size_t width, bool colour)
{
    *p = (page){.out = out, .width = width ? width : PAGE_WIDTH, .colour = colour};
}

void page_done(page *p)
{
    og_buf_done(&p->scratch);
}

static void put_blanks(page *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        og_buf_putc(p->out, ' ');
    p->column += n;
}

void page_end(page *p)
{
    og_buf_putc(p->out, '\n');
    p->column = p->gap = p->indent = 0;
}

void page_gap(page *p)
{
    if (p->column > 0)
        page_end(p);
    page_end(p);
}

void page_to(page *p, size_t column)
{
    bool taken = p->column > 0 && p->column >= column;

    p->indent = taken ? p->column + 1 : column;
    p->gap = p->indent - p->column;
}

static void break_line(page *p)
{
    size_t indent = p->indent;

    page_end(p);
    p->indent = indent;
    put_blanks(p, indent);
}

/* On this line, or where a blank stands before it and it does not fit, on the next. */
static void put_word(page *p, og_str word)
{
    size_t width = og_utf8_width(word);

    if (p->gap > 0 && p->column > p->indent && p->column + p->gap + width > p->width)
        break_line(p);
    else
        put_blanks(p, p->gap);
    og_buf_put(p->out, word);
    p->column += width;
    p->gap = 0;
}

static void put_words(page *p, og_str text)
{
    while (text.n > 0) {
        size_t n = og_str_find(text, ' ');
        if (n > 0)
            put_word(p, og_str_slice(text, 0, n));
        if (n < text.n)
            p->gap++;
        text = og_str_slice(text, n + 1, text.n);
    }
}

/* text with each line break, and the blanks that follow it, as one blank. */
static void put_joined(og_buf *out, og_str text)
{
    text = og_str_trim(text);
    while (text.n > 0) {
        size_t n = og_str_find(text, '\n');
        og_buf_put_shown(out, og_str_slice(text, 0, n));
        text = og_str_trim(og_str_slice(text, n, text.n));
        if (text.n > 0)
            og_buf_putc(out, ' ');
    }
}

/* A buffer filled on the way is of use only when it is whole. */
static void pass_failure(page *p, const og_buf *from)
{
    if (from->failed && !p->out->failed)
        p->out->failed = from->failed;
}

/* What stands in the scratch buffer, already escaped. */
static void put_scratch(page *p, page_style style)
{
    const char *code = p->colour ? codes[style] : "";
    og_str shown = og_buf_str(&p->scratch);

    pass_failure(p, &p->scratch);
    og_buf_puts(p->out, code);
    put_words(p, shown);
    og_buf_puts(p->out, *code ? "\033[0m" : "");
}

void page_put(page *p, page_style style, og_str text)
{
    og_buf_clear(&p->scratch);
    put_joined(&p->scratch, text);
    put_scratch(p, style);
}

void page_made(page *p, page_style style, og_buf *text)
{
    pass_failure(p, text);
    page_put(p, style, og_buf_str(text));
    og_buf_done(text);
}

size_t page_columns(page *p, og_str text)
{
    og_buf_clear(&p->scratch);
    put_joined(&p->scratch, text);
    pass_failure(p, &p->scratch);
    return og_utf8_width(og_buf_str(&p->scratch));
}

void page_say(page *p, page_style style, const char *fmt, ...)
{
    og_buf text = {0};
    va_list args;

    va_start(args, fmt);
    og_buf_vprintf(&text, fmt, args);
    va_end(args);
    og_buf_clear(&p->scratch);
    og_buf_put_shown(&p->scratch, og_buf_str(&text));
    pass_failure(p, &text);
    og_buf_done(&text);
    put_scratch(p, style);
}

static size_t blanks(og_str line)
{
    size_t n = 0;

    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

/* The next line of *text, without its end, which is cut off *text. */
static og_str next_line(og_str *text)
{
    size_t n = og_str_find(*text, '\n');
    og_str line = og_str_slice(*text, 0, n);

    *text = og_str_slice(*text, n + 1, text->n);
    return line;
}

static size_t least_indentation(og_str text)
{
    size_t least = SIZE_MAX;

    while (text.n > 0) {
        og_str line = next_line(&text);
        size_t n = blanks(line);
        if (n < line.n && n < least)
            least = n;
    }
    return least;
}

void page_lines(page *p, size_t column, page_style style, og_str text)
{
    size_t least = least_indentation(text);

    while (text.n > 0) {
        og_str line = next_line(&text);
        size_t n = blanks(line);
        if (n == line.n)
            continue;
        page_to(p, column + n - least);
        p->indent += 2;
        og_buf_clear(&p->scratch);
        og_buf_put_shown(&p->scratch, og_str_slice(line, n, line.n));
        put_scratch(p, style);
        page_end(p);
    }
}
