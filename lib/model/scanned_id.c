/* Reading misread identifiers. A word is first measured (prefix, number as scanned,
 * letter after it), then read in every way that gives an identifier. */
#include "model/scanned_id.h"

#include <stdio.h>

#include "base/utf8.h"

/* ---- Characters ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_word(char c)
{
    return is_digit(c) || is_upper(c) || is_lower(c) || c == '_';
}

/* The digit that a character of a scanned number stands for, or -1. */
static int digit_of(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c == 'O')
        return 0;
    return c == 'l' || c == 'I' || c == '|' ? 1 : -1;
}

static char at(og_str s, size_t i)
{
    return i < s.n ? s.p[i] : '\0';
}

/* ---- Words ---- */

typedef struct word {
    og_str head;        /* what stands before the number, as it is to be written */
    char head_text[12]; /* the head, where it is not as scanned */
    og_str number;      /* as scanned */
    char letter;        /* after the number, beyond doubt; 0: none */
    bool may_letter;    /* one may follow the number */
    bool plain;         /* neither MP nor CONF before the number: may be a fraction */
    size_t n;           /* bytes of the whole */
    size_t digits;      /* that a number has, at least */
    int64_t largest;
} word;

static size_t number_length(og_str text, size_t from)
{
    size_t n = from;

    while (n < text.n && digit_of(text.p[n]) >= 0)
        n++;
    return n - from;
}

static bool has_digit(og_str number)
{
    for (size_t i = 0; i < number.n; i++)
        if (is_digit(number.p[i]))
            return true;
    return false;
}

static const struct {
    const char *head;
    size_t digits;
    int64_t largest;
    bool may_letter;
} modifications[] = {
    {"SECMP", 4, 9999, false},
    {"MP", 3, 999, true},
    {"DP", 3, 999, false},
};

/* SECMP, MP or DP, its number, and for MP a letter. */
static bool modification_at(og_str text, size_t from, word *ret)
{
    og_str rest = og_str_slice(text, from, text.n);
    size_t i = 0;

    while (i < 3 && !og_str_starts(rest, og_str_from(modifications[i].head)))
        i++;
    if (i == 3)
        return false;
    size_t head = strlen(modifications[i].head), n = number_length(rest, head);
    *ret = (word){.head = og_str_slice(rest, 0, head),
                  .number = og_str_slice(rest, head, head + n),
                  .may_letter = modifications[i].may_letter,
                  .digits = modifications[i].digits,
                  .largest = modifications[i].largest,
                  .n = head + n};
    if (ret->may_letter && is_upper(at(rest, ret->n)))
        ret->letter = rest.p[ret->n++];
    return has_digit(ret->number) && !is_word(at(rest, ret->n));
}

/* CONF, in which a scan may have put blanks; how many bytes, or 0. */
static size_t conf_length(og_str text)
{
    static const char conf[] = "CONF";
    size_t n = 0;

    for (size_t i = 0; i < 4; i++) {
        if (at(text, n) != conf[i])
            return 0;
        n++;
        n += at(text, n) == ' ';
    }
    return n;
}

/* The meeting and the '/' after it; how many bytes, or 0. */
static size_t meeting_length(og_str text)
{
    size_t n = 0;

    while (n < 3 && is_digit(at(text, n)))
        n++;
    if (n > 0 && is_lower(at(text, n)))
        n++;
    return n > 0 && at(text, n) == '/' ? n + 1 : 0;
}

/* A number of which only the first digits can be told from a word: 56/OI. */
static bool begins_as_number(og_str number)
{
    return has_digit(number) || (number.n == 2 && number.p[0] == 'O');
}

static bool action_at(og_str text, size_t from, word *ret)
{
    og_str rest = og_str_slice(text, from, text.n);
    size_t meeting = meeting_length(rest);
    size_t conf = meeting ? conf_length(og_str_slice(rest, meeting, rest.n)) : 0;
    size_t head = meeting + conf, n = number_length(rest, head);

    if (meeting == 0 || n == 0 || (from > 0 && text.p[from - 1] == '/'))
        return false;
    *ret = (word){.head = og_str_slice(rest, 0, head),
                  .number = og_str_slice(rest, head, head + n),
                  .plain = conf == 0,
                  .digits = 2,
                  .largest = 999,
                  .n = head + n};
    if (conf > 0)
        ret->head.n = (size_t)snprintf(ret->head_text, sizeof ret->head_text, "%.*sCONF",
                                       (int)meeting, rest.p);
    char after = at(rest, ret->n);
    return (conf > 0 || begins_as_number(ret->number)) && !is_word(after) && after != '/';
}

/* ---- Readings ---- */

static bool all_digits(og_str number)
{
    size_t i = 0;

    while (i < number.n && is_digit(number.p[i]))
        i++;
    return i == number.n;
}

/* The word without what may be a separator after it. */
static og_str without_bars(og_str number)
{
    while (number.n > 0 && number.p[number.n - 1] == '|')
        number.n--;
    return number;
}

static void add_reading(scanned_id *id, const char *reading)
{
    for (size_t i = 0; i < id->count; i++)
        if (strcmp(id->readings[i], reading) == 0)
            return;
    snprintf(id->readings[id->count++], SCANNED_SIZE, "%s", reading);
}

/* The number as an integer, written out; nothing when there is no such identifier. */
static void read_number(const word *w, og_str number, char letter, scanned_id *ret)
{
    const char suffix[2] = {letter, '\0'};
    char reading[SCANNED_SIZE];
    int64_t value = 0;

    for (size_t i = 0; i < number.n && value <= w->largest; i++)
        value = value * 10 + digit_of(number.p[i]);
    if (value < 1 || value > w->largest)
        return;
    const char *head = w->head_text[0] ? w->head_text : w->head.p;
    snprintf(reading, sizeof reading, "%.*s%0*d%s", (int)w->head.n, head, (int)w->digits,
             (int)value, suffix);
    add_reading(ret, reading);
}

/* With its last character as a digit, or where enough digits stand before it, as the
 * letter that may follow. */
static void read_word(const word *w, og_str number, scanned_id *ret)
{
    char last = number.n > 0 ? number.p[number.n - 1] : '\0';

    read_number(w, number, w->letter, ret);
    if (w->may_letter && !w->letter && is_upper(last) && number.n > w->digits)
        read_number(w, og_str_slice(number, 0, number.n - 1), last, ret);
}

static bool find_word(og_str text, size_t from, unsigned kinds, word *w,
                      scanned_kind *ret)
{
    if ((kinds & SCANNED_MODIFICATION) && modification_at(text, from, w))
        *ret = SCANNED_MODIFICATION;
    else if ((kinds & SCANNED_ACTION) && action_at(text, from, w))
        *ret = SCANNED_ACTION;
    else
        return false;
    return true;
}

/* ---- The text ---- */

/* One of the readings is what stands there, be it with a separator after it. */
static bool stands(og_str scanned, const scanned_id *id)
{
    for (size_t i = 0; i < id->count; i++)
        if (og_str_is(scanned, id->readings[i]) ||
            og_str_is(without_bars(scanned), id->readings[i]))
            return true;
    return false;
}

/* The word is the value of a field `scanned_as`. */
static bool is_kept(og_str text, size_t from)
{
    og_str before = og_str_slice(text, 0, from);

    while (before.n > 0 && strchr(" '\"", before.p[before.n - 1]))
        before.n--;
    return og_str_ends(before, OG_STR("scanned_as:"));
}

static void place(scanned_reader *r, scanned_id *id)
{
    while (r->seen < id->at) {
        uint32_t code_point;
        unsigned n = og_utf8_decode(r->text, r->seen, &code_point);
        r->columns++;
        if (r->text.p[r->seen] == '\n') {
            r->columns = 0;
            r->lines++;
        }
        r->seen += n ? n : 1;
    }
    id->line = r->lines + 1;
    id->column = r->columns + 1;
}

bool scanned_next(scanned_reader *r, scanned_id *ret)
{
    word w;

    while (r->at < r->text.n) {
        size_t from = r->at++;
        scanned_kind kind;
        if ((from > 0 && is_word(r->text.p[from - 1])) ||
            !find_word(r->text, from, r->kinds, &w, &kind))
            continue;
        r->at = from + w.n;
        if ((w.plain && all_digits(w.number)) || is_kept(r->text, from))
            continue;
        scanned_id id = {.at = from, .n = w.n, .kind = kind};
        read_word(&w, w.number, &id);
        if (!w.letter && without_bars(w.number).n < w.number.n)
            read_word(&w, without_bars(w.number), &id);
        if (stands(og_str_slice(r->text, from, r->at), &id))
            continue;
        place(r, &id);
        *ret = id;
        return true;
    }
    return false;
}
