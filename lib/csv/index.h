/* The boundaries of a stretch of text: delimiters and line ends that are not in quotes,
 * and with them the second of two quotes that stand for one and each escape, so that
 * whoever walks the list knows which cells need work. What the list says is right up to
 * the first byte that breaks the grammar; there it stops, and `fault` is set. */
#ifndef OG_CSV_INDEX_H
#define OG_CSV_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CSV_STRETCH = 4096, /* bytes indexed at once: the list stays in the fast cache */
    CSV_STRETCH_FIRST =
        256,            /* after a reset: a comment may soon follow, and another one */
    CSV_INDEX_SLACK = 8 /* entries that may be written after the last */
};

typedef struct csv_index {
    /* The dialect; 0: no such byte. */
    char delimiter, quote, escape;
    bool double_quote;
    /* From block to block: all ones or none; the others concern the next byte: 0 or 1. */
    uint64_t in_quote;
    uint64_t after_boundary, after_close, after_cr, escaped;
    uint64_t inner_lines; /* line ends inside cells, among the bytes not yet walked */
    bool fault;
    /* The list. */
    const char *base; /* offsets count from here */
    const char *next; /* first byte that is not indexed */
    size_t stretch;   /* bytes to index next */
    size_t at, count;
    uint32_t offsets[CSV_STRETCH + CSV_INDEX_SLACK];
} csv_index;

struct csv_masker;

/* Forgets everything; a row begins at `at`. */
void csv_index_reset(csv_index *ix, const char *at);
/* Indexes the next stretch before `end`; whole: the text ends there, else it goes on and
 * only whole blocks are taken. False: nothing more to index (or `fault`). A text may end
 * inside quotes or with a CR: whoever walks the list looks. */
bool csv_index_more(csv_index *ix, const struct csv_masker *masker, const char *end,
                    bool whole);

#endif
