/* A table in pieces of whole rows, each of which may be read by itself.
 *
 * Where a quote in a cell is written twice, what stands inside quotes is what has an odd
 * number of quotes before it; so whether a line end ends a row can be told without
 * reading the rows, as long as the text keeps to the grammar. Where it does not, the
 * scanner of that piece stops, and what is cut out of the text behind does not matter. */
#include "csv/csv.h"

typedef unsigned char block __attribute__((vector_size(16)));

/* Whether the byte is there an odd number of times. */
static bool is_odd(og_str text, char byte)
{
    block seen = {0}, v;
    size_t at = 0;
    unsigned odd = 0;

    for (; text.n - at >= sizeof v; at += sizeof v) {
        memcpy(&v, text.p + at, sizeof v);
        seen ^= (block)(v == (unsigned char)byte);
    }
    for (size_t i = 0; i < sizeof seen; i++)
        odd ^= seen[i] & 1;
    for (; at < text.n; at++)
        odd ^= text.p[at] == byte;
    return odd != 0;
}

size_t csv_whole_rows(og_str text, char quote)
{
    bool inside = quote && is_odd(text, quote);

    for (size_t n = text.n; n > 0; n--) {
        if (quote && text.p[n - 1] == quote)
            inside = !inside;
        else if (!inside && text.p[n - 1] == '\n')
            return n;
    }
    return 0;
}
