/* Cells seen at a glance: most cells of most files are fine, and that they are can be
 * told in a few instructions, from their bytes, without reading a value. What is not fine
 * at a glance is looked at properly (column_check), which alone says what is wrong: so a
 * quick check may pass a cell over to that, but must never take for fine what is not.
 *
 * Reads whole words: up to CSV_SLACK bytes after a cell, which a source leaves there
 * (csv/csv.h). */
#ifndef OG_REPORT_QUICK_H
#define OG_REPORT_QUICK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/word.h"
#include "report/plain.h"

typedef enum quick_kind {
    QUICK_NEVER,   /* all cells are looked at properly */
    QUICK_LENGTH,  /* text of so many bytes */
    QUICK_PLAIN,   /* text of a plain pattern */
    QUICK_WORDS,   /* one of some words */
    QUICK_INTEGER, /* up to 16 digits */
    QUICK_NUMBER,  /* up to 16 digits and decimal character */
    QUICK_DATE,
    QUICK_DATETIME /* with Z or nothing after the seconds */
} quick_kind;

enum {
    QUICK_WORD_MAX = 16, /* bytes of a word */
    QUICK_WORDS_MAX = 256
};

typedef struct quick_word { /* n 0: no word here */
    uint64_t bytes[2];
    size_t n;
} quick_word;

typedef struct quick_check { /* zeroed: QUICK_NEVER */
    quick_kind kind;
    bool empty;                 /* an empty cell is fine */
    size_t least_bytes;         /* QUICK_LENGTH: of UTF-8 that has enough characters */
    size_t most_bytes;          /* and not too many */
    const plain_pattern *plain; /* QUICK_PLAIN, QUICK_DATE, QUICK_DATETIME */
    const quick_word *words;    /* QUICK_WORDS: a table by quick_slot */
    size_t word_mask;           /* its size less one: a power of two */
    int64_t low, high; /* QUICK_INTEGER, QUICK_NUMBER: within these all is well */
    char decimal;      /* QUICK_NUMBER */
} quick_check;

/* ---- Eight bytes as a word (base/word.h) ---- */

#define QUICK_ZEROS UINT64_C(0x3030303030303030) /* '0' eight times */

/* The first n bytes, 1 to 8; the others are 0. */
static inline uint64_t quick_first(uint64_t word, size_t n)
{
    return word << (64 - 8 * n) >> (64 - 8 * n);
}

/* 0x80 in the first byte above 9, and perhaps in some after it. */
static inline uint64_t quick_above_nine(uint64_t bytes)
{
    return ((bytes + UINT64_C(0x7676767676767676)) | bytes) &
           UINT64_C(0x8080808080808080);
}

/* Eight digits, by value, as a number: pairs, then fours, then all. */
static inline uint64_t quick_join(uint64_t digits)
{
    digits = digits * (1 + (10 << 8)) >> 8 & UINT64_C(0x00ff00ff00ff00ff);
    digits = digits * (1 + (100 << 16)) >> 16 & UINT64_C(0x0000ffff0000ffff);
    return digits * (1 + (UINT64_C(10000) << 32)) >> 32;
}

/* ---- By kind; n is at least 1 ---- */

static inline bool quick_integer(const quick_check *q, const char *p, size_t n)
{
    bool negative = *p == '-';
    uint64_t bad = 0, whole = 0;

    p += negative;
    n -= negative;
    if (n - 1 >= 16) /* none, too */
        return false;
    size_t tail = n < 8 ? n : 8, head = n - tail;
    if (head > 0) {
        uint64_t digits = (og_word_load(p) ^ QUICK_ZEROS) << (64 - 8 * head);
        bad = quick_above_nine(digits);
        whole = quick_join(digits) * 100000000;
    }
    uint64_t digits = (og_word_load(p + head) ^ QUICK_ZEROS) << (64 - 8 * tail);
    bad |= quick_above_nine(digits);
    whole += quick_join(digits);
    int64_t value = negative ? -(int64_t)whole : (int64_t)whole;
    return bad == 0 && value >= q->low && value <= q->high;
}

/* Digits with at most one decimal character among the first eight bytes. The value lies
 * between two whole numbers next to each other: both must be within the bounds. */
static inline bool quick_number(const quick_check *q, const char *p, size_t n)
{
    bool negative = *p == '-';

    p += negative;
    n -= negative;
    if (n - 1 >= 16)
        return false;
    size_t head = n < 8 ? n : 8;
    uint64_t digits = quick_first(og_word_load(p) ^ QUICK_ZEROS, head);
    uint64_t other = quick_above_nine(digits);
    size_t whole_digits = other ? (size_t)__builtin_ctzll(other) / 8 : head;
    if ((other & (other - 1)) || (other ? p[whole_digits] != q->decimal : n > 8) ||
        (other && n == 1))
        return false;
    if (n > 8 && quick_above_nine(quick_first(og_word_load(p + 8) ^ QUICK_ZEROS, n - 8)))
        return false;
    int64_t whole =
        whole_digits ? (int64_t)quick_join(digits << (64 - 8 * whole_digits)) : 0;
    int64_t low = negative ? -whole - 1 : whole;
    return low >= q->low && low + 1 <= q->high;
}

static inline size_t quick_slot(const quick_word *w, size_t mask)
{
    uint64_t mixed = (w->bytes[0] ^ w->bytes[1] * 3) * UINT64_C(0x9e3779b97f4a7c15);

    return (size_t)((mixed >> 32) ^ w->n) & mask;
}

static inline bool quick_word_find(const quick_check *q, const char *p, size_t n)
{
    if (n > QUICK_WORD_MAX)
        return false;
    const quick_word w = {{quick_first(og_word_load(p), n < 8 ? n : 8),
                           n > 8 ? quick_first(og_word_load(p + 8), n - 8) : 0},
                          n};
    size_t at = quick_slot(&w, q->word_mask);
    for (; q->words[at].n > 0; at = (at + 1) & q->word_mask)
        if (q->words[at].bytes[0] == w.bytes[0] && q->words[at].bytes[1] == w.bytes[1] &&
            q->words[at].n == n)
            return true;
    return false;
}

static inline unsigned quick_pair(const char *p)
{
    return (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
}

/* A date of the right form: a day that each such month has. */
static inline bool quick_day(const char *p)
{
    unsigned month = quick_pair(p + 5), day = quick_pair(p + 8);

    return month - 1 < 12 && day - 1 < (month == 2 ? 28 : 30);
}

/* True: the cell breaks no rule but uniqueness. */
static inline bool quick_fine(const quick_check *q, og_str text)
{
    if (text.n == 0)
        return q->empty;
    switch (q->kind) {
    case QUICK_NEVER:
        return false;
    case QUICK_LENGTH:
        return text.n >= q->least_bytes && text.n <= q->most_bytes;
    case QUICK_PLAIN:
        return text.n == q->plain->length && plain_match_blocks(q->plain, text.p);
    case QUICK_WORDS:
        return quick_word_find(q, text.p, text.n);
    case QUICK_INTEGER:
        return quick_integer(q, text.p, text.n);
    case QUICK_NUMBER:
        return quick_number(q, text.p, text.n);
    case QUICK_DATE:
        return text.n == q->plain->length && plain_match_blocks(q->plain, text.p) &&
               quick_day(text.p);
    case QUICK_DATETIME:
        return (text.n == q->plain->length ||
                (text.n == q->plain->length + 1 && text.p[text.n - 1] == 'Z')) &&
               plain_match_blocks(q->plain, text.p) && quick_day(text.p) &&
               quick_pair(text.p + 11) < 24;
    }
    return false;
}

struct column;
struct column_work;

/* What can be told at a glance of the cells of a column that is otherwise made. In the
 * arena. OG_E_NOMEM, or what column_check fails with. */
int quick_make(const struct column *c, struct column_work *work, og_arena *arena,
               quick_check *ret, og_error *err);

#endif
