/* The piece of a source that is in memory: from the row being read to what was read last.
 * It grows only for a row that does not fit into half of it. */
#include "base/mem.h"
#include "base/utf8.h"
#include "csv/scanner.h"

enum {
    WINDOW = 256 * 1024
};

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Bytes of the character at p, which has at least 4: the usual ones of up to 3 bytes,
 * seen at a glance. 0: it takes a closer look. */
static unsigned usual_character(const char *p)
{
    unsigned char lead = (unsigned char)*p;
    if (lead < 0x80)
        return lead != 0;
    if (lead >= 0xc2 && lead <= 0xdf)
        return continues(p[1]) ? 2 : 0;
    if (lead > 0xe0 && lead <= 0xef && lead != 0xed)
        return continues(p[1]) && continues(p[2]) ? 3 : 0;
    return 0;
}

/* Offset of the first byte from `at` to `to` that is wrong, or where all is well again.
 */
static size_t check_by_character(og_str text, size_t at, size_t to, const char **ret_why)
{
    while (at < to) {
        uint32_t c = 1;
        unsigned n = text.n - at >= 4 ? usual_character(text.p + at) : 0;
        if (n == 0)
            n = og_utf8_decode(text, at, &c);
        if (n == 0 || c == 0) {
            *ret_why = n ? "a NUL byte" : "invalid UTF-8";
            return at;
        }
        at += n;
    }
    return at;
}

size_t csv_window_check(const csv_masker *masker, const char *text, size_t n,
                        const char **ret_why)
{
    size_t at = 0;
    *ret_why = NULL;
    while (at < n && !*ret_why) {
        at += masker->plain(text + at, n - at);
        size_t to = n - at < CSV_BLOCK ? n : at + CSV_BLOCK;
        at = check_by_character((og_str){text, n}, at, to, ret_why);
    }
    return at;
}

/* Moves the row to the front and makes room behind it for at least as much again. */
static int make_room(csv_scanner *s, og_error *err)
{
    size_t passed = s->buffer ? (size_t)(s->at - s->buffer) : 0;
    size_t checked = (size_t)(s->end - s->at), kept = s->held - passed;
    if (kept > 0 && passed > 0)
        memmove(s->buffer, s->at, kept);
    if (!s->buffer || kept >= s->buffer_cap / 2) {
        size_t first = s->window ? s->window : WINDOW;
        size_t cap = s->buffer_cap ? 2 * s->buffer_cap : first;
        char *more = og_realloc(s->buffer, cap + CSV_SLACK);
        if (!more)
            return og_nomem(err);
        s->buffer = more;
        s->buffer_cap = cap;
    }
    s->held = kept;
    s->at = s->buffer;
    s->end = s->buffer + checked;
    return OG_OK;
}

static int read_on(csv_scanner *s, bool *ret_ended, og_error *err)
{
    *ret_ended = false;
    while (s->held < s->buffer_cap && !*ret_ended) {
        size_t got = 0;
        int rc = s->source.read(s->source.self, s->buffer + s->held,
                                s->buffer_cap - s->held, &got, err);
        if (rc != OG_OK)
            return rc;
        s->held += got;
        *ret_ended = got == 0;
    }
    memset(s->buffer + s->held, 0, CSV_SLACK);
    return OG_OK;
}

int csv_window_fill(csv_scanner *s, og_error *err)
{
    if (s->refused)
        return csv_fail_byte(s, s->end, s->refused, err);
    bool first = s->buffer == NULL, ended;
    int rc = make_room(s, err);
    if (rc == OG_OK)
        rc = read_on(s, &ended, err);
    if (rc != OG_OK)
        return rc;
    s->bom |= first && s->held >= 3 && memcmp(s->buffer, "\xef\xbb\xbf", 3) == 0;
    if (first && s->bom)
        s->at = s->end = s->buffer + 3;
    const char *why, *from = s->end;
    size_t n = (size_t)(s->buffer + s->held - from);
    size_t good = csv_window_check(s->masker, from, n, &why);
    s->end = from + good;
    /* The rest of a character may come with the next piece. */
    if (why && (ended || n - good >= 4 || *s->end == '\0'))
        s->refused = why;
    s->whole = ended && !s->refused;
    return OG_OK;
}
