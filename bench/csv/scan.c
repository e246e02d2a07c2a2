/* scan [MIB [ROUNDS]]: how fast a table in memory becomes rows of cells, by each way of
 * making masks that the processor has, whole and from a source, beside two floors that
 * read the same bytes: counting line ends with memchr, and the check that they are text.
 * Each round runs all of them in turn; the best and the median round are printed. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "csv/csv.h"
#include "csv/masks.h"
#include "csv/scanner.h"

enum {
    ROUNDS_AT_MOST = 100
};

static const char *const plain_row =
    "100234,9f86d081884c7d659a2feaa0c55ad015,2021-11-04T10:15:00Z,Open,42,12.50,"
    "SMETS2,2021-11-05,true,north,a few words of text,77\n";
static const char *const quoted_row =
    "\"100234\",\"9f86d081884c7d659a2feaa0c55ad015\",\"2021-11-04T10:15:00Z\",\"Open\","
    "\"42\",\"12.50\",\"SMETS2\",\"text, with a comma\nand a line\","
    "\"said \"\"no\"\"\"\r\n";

typedef struct pieces {
    const char *at, *end;
} pieces;

static int read_piece(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    (void)err;
    pieces *p = self;
    size_t left = (size_t)(p->end - p->at);
    *ret = n < left ? n : left;
    memcpy(to, p->at, *ret);
    p->at += *ret;
    return OG_OK;
}

/* Counts of what was read, so that nothing is left out. */
static size_t scan(og_str text, const csv_masker *masker, bool whole)
{
    og_arena arena = {0};
    csv_scanner s;
    csv_row row;
    pieces p = {text.p, text.p + text.n};
    size_t count = 0;
    int rc = whole ? csv_open(&s, text, NULL, &arena, NULL)
                   : csv_open_source(&s, (csv_source){read_piece, &p}, NULL, NULL);
    if (masker)
        s.masker = masker;
    else
        s.by_byte = true;
    while (rc == OG_OK && (rc = csv_next(&s, &row, NULL)) == 1) {
        count += row.count;
        rc = OG_OK;
    }
    csv_done(&s);
    og_arena_done(&arena);
    if (rc != 0)
        exit(1);
    return count;
}

static size_t count_lines(og_str text)
{
    size_t count = 0;
    const char *end = text.p + text.n;
    for (const char *p = text.p; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        count++;
    return count;
}

static const char *const names[] = {
    "line ends by memchr", "check of bytes", "byte by byte", "portable", "sse2", "avx2",
    "avx2, from a source"};
enum {
    WAYS = sizeof names / sizeof *names
};

static size_t run(size_t way, og_str text)
{
    const char *why;
    if (way == 0)
        return count_lines(text);
    if (way == 1)
        return csv_window_check(csv_masker_best(), text.p, text.n, &why);
    if (way == 2)
        return scan(text, NULL, true);
    if (way == 6)
        return scan(text, csv_masker_best(), false);
    const csv_masker *masker = csv_masker_named(names[way]);
    return masker ? scan(text, masker, true) : 0;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const char *title, og_str text, int rounds)
{
    double seconds[WAYS][ROUNDS_AT_MOST];
    size_t counts[WAYS];
    for (int round = 0; round < rounds; round++)
        for (size_t way = 0; way < WAYS; way++) {
            struct timespec from, to;
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
            counts[way] = run(way, text);
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
            seconds[way][round] = (double)(to.tv_sec - from.tv_sec) +
                                  (double)(to.tv_nsec - from.tv_nsec) / 1e9;
        }
    printf("%s: %.0f MB\n", title, (double)text.n / 1e6);
    for (size_t way = 0; way < WAYS; way++) {
        qsort(seconds[way], (size_t)rounds, sizeof(double), by_size);
        printf("  %-22s %6.2f GB/s best %6.2f median  (%zu)\n", names[way],
               (double)text.n / 1e9 / seconds[way][0],
               (double)text.n / 1e9 / seconds[way][rounds / 2], counts[way]);
    }
}

int main(int argc, char **argv)
{
    size_t size = (argc > 1 ? strtoul(argv[1], NULL, 10) : 256) << 20;
    int rounds = argc > 2 ? atoi(argv[2]) : 5;
    rounds = rounds < 1 ? 1 : rounds > ROUNDS_AT_MOST ? ROUNDS_AT_MOST : rounds;
    char *text = malloc(size);
    if (!text)
        return 2;
    const char *const rows[] = {plain_row, quoted_row};
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(rows[i]), used = 0;
        for (; used + n <= size; used += n)
            memcpy(text + used, rows[i], n);
        measure(i ? "every cell quoted" : "no quotes", (og_str){text, used}, rounds);
    }
    free(text);
    return 0;
}
