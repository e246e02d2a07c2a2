/*
 * generate MEGABYTES [EVERY]: writes a table of twelve typed columns for
 * bench/report-verify to standard output, the same bytes for the same arguments. With
 * EVERY, each EVERYth row has a fault, of each kind in turn (1: every row is wrong); what
 * was planted goes to standard error as "RULE COUNT" lines, `rows` first.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* The rule that each breaks; the last one also repeats the key of
 * the row before. */
enum {
    FINE = -1,
    BAD_ID,
    BAD_SERIAL,
    BAD_MOMENT,
    BAD_DATE,
    BAD_STATE,
    BAD_ATTEMPTS,
    BAD_SIZE,
    BAD_COST,
    BAD_SHARE,
    BAD_PARTY,
    BAD_NOTE,
    REPEATED,
    FAULTS
};
static const char *const rules[FAULTS] = {"pattern", "pattern",  "type",       "type",
                                          "enum",    "maximum",  "type",       "minimum",
                                          "type",    "required", "max-length", "type"};

/* splitmix64 */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static unsigned below(uint64_t *state, unsigned n)
{
    return (unsigned)(next(state) % n);
}

/* Different for each n below 10^10, in no order. */
static uint64_t key_of(uint64_t n)
{
    return n * UINT64_C(7919393) % UINT64_C(10000000000);
}

/* Writes the row into line, which has room; its length. */
static int make_row(uint64_t n, uint64_t *s, int fault, char *line, size_t size)
{
    static const char *const states[] = {"pending", "in_use", "expired", "revoked"};
    static const char *const notes[] = {
        "",
        "alert cleared",
        "\"late, by one day\"",
        "\"sent again,\nafter a \"\"timeout\"\"\"",
        "no answer from the device",
        "\"cost £12,\nas agreed\"",
        "\"see the note of the week before, and of the one before that\"",
        "first attempt",
    };
    uint64_t high = next(s), low = next(s) >> 4, party = next(s);
    unsigned clock = below(s, 86400), month = 1 + below(s, 12), day = 1 + below(s, 28);
    unsigned state = below(s, 4), attempts = below(s, 51), bytes = below(s, 100000000);
    unsigned cost = 100 + below(s, 1000000), share = below(s, 1000000);
    unsigned urgent = below(s, 2), note = below(s, sizeof notes / sizeof notes[0]);
    char letters[] = {'A' + (char)(party % 26), 'A' + (char)(party / 26 % 26),
                      'A' + (char)(party / 676 % 26), 'A' + (char)(party / 17576 % 26),
                      0};

    return snprintf(
        line, size,
        "%s%010" PRIu64 ",%016" PRIX64 "%015" PRIX64 "%c,2021-%02u-%02uT%02u:%02u:%02uZ,"
        "2021-%02u-%02u,%s,%u,%u%s,%s%u.%02u,0.%06u%s,%s,%s,%.*s%s\n",
        fault == BAD_ID ? "req" : "REQ", key_of(fault == REPEATED ? n - 1 : n), high, low,
        fault == BAD_SERIAL ? 'x' : 'A', fault == BAD_MOMENT ? 13 : month, day,
        clock / 3600, clock / 60 % 60, clock % 60, fault == BAD_DATE ? 2 : month,
        fault == BAD_DATE ? 30 : day, fault == BAD_STATE ? "lost" : states[state],
        fault == BAD_ATTEMPTS ? 51 : attempts, bytes, fault == BAD_SIZE ? "k" : "",
        fault == BAD_COST ? "-" : "", cost / 100, cost % 100, share,
        fault == BAD_SHARE ? ".5" : "",
        fault == REPEATED ? "yes"
        : urgent          ? "true"
                          : "false",
        fault == BAD_PARTY ? "" : letters, fault == BAD_NOTE ? 70 : 0,
        "0123456789012345678901234567890123456789012345678901234567890123456789",
        fault == BAD_NOTE ? "" : notes[note]);
}

int main(int argc, char **argv)
{
    static char buffer[1 << 16];
    char line[512];
    uint64_t limit = argc > 1 ? strtoull(argv[1], NULL, 10) * 1000000 : 0;
    uint64_t every = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    uint64_t state = 12, planted[FAULTS] = {0}, rows = 0;

    if (limit == 0) {
        fputs("usage: generate MEGABYTES [EVERY]\n", stderr);
        return 2;
    }
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    puts("request_id,serial,received_at,due_on,state,attempts,size,cost,share,urgent,"
         "party,note");
    for (uint64_t bytes = 0; bytes < limit; rows++) {
        bool wrong = every > 0 && rows % every == every - 1;
        int fault = wrong ? (int)(rows / every % FAULTS) : FINE;
        int n = make_row(rows, &state, fault, line, sizeof line);
        fwrite(line, 1, (size_t)n, stdout);
        bytes += (uint64_t)n;
        if (wrong)
            planted[fault]++;
    }
    fprintf(stderr, "rows %" PRIu64 "\n", rows);
    for (int i = 0; i < FAULTS; i++)
        fprintf(stderr, "%s %" PRIu64 "\n", rules[i], planted[i]);
    fprintf(stderr, "primary-key %" PRIu64 "\n", planted[REPEATED]);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 4;
}
