/* Text laid out for people: styles, columns, lines wrapped at a width. Internal to
 * lib/render.
 *
 * Everything that comes from a register goes through page_put or page_lines, which show
 * control bytes and code points that reorder text as escapes: nothing in a register can
 * draw on the reader's terminal. Lines are broken at spaces only; a word that is wider
 * than the page stands whole, so that a path can be copied. Failures stick in the buffer.
 */
#ifndef OG_RENDER_PAGE_H
#define OG_RENDER_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define PAGE_WIDTH 100 /* columns, where nothing else is known */

typedef enum page_style { /* ORDER: codes in page.c */
    PAGE_PLAIN,
    PAGE_BOLD,
    PAGE_DIM,
    PAGE_GOOD,
    PAGE_BAD,
    PAGE_WARN
} page_style;
#define PAGE_STYLE_COUNT (PAGE_WARN + 1)

typedef struct page {
    og_buf *out;
    size_t width; /* columns */
    bool colour;
    size_t column; /* where the line at hand stands; 0: at its start */
    size_t gap;    /* blanks to write before the next word; none end a line */
    size_t indent; /* column at which a broken line goes on */
    og_buf scratch;
} page;

/* width 0: PAGE_WIDTH. */
void page_init(page *p, og_buf *out, size_t width, bool colour);
/* Frees the scratch space. */
void page_done(page *p);

/* Blanks up to `column`, at least one where text already stands there. Broken lines go on
 * at that column from here to the end of the line. */
void page_to(page *p, size_t column);
/* Text of others, escaped; line breaks in it become single blanks. */
void page_put(page *p, page_style style, og_str text);
/* The same for a text made on the way, which is freed. */
void page_made(page *p, page_style style, og_buf *text);
/* Columns that page_put would take for it on one line. */
size_t page_columns(page *p, og_str text);
/* Our own words and numbers; what is formatted in is escaped all the same. */
void page_say(page *p, page_style style, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Text of several lines as written, each at `column`, with its own indentation kept as
 * far as it goes beyond that of the least indented one. Ends the last line. */
void page_lines(page *p, size_t column, page_style style, og_str text);
void page_end(page *p);
/* Ends the line at hand, if any, and leaves one empty line. */
void page_gap(page *p);

#endif
