/* Code points out of bytes, one at a time; what does not fit the reader's room waits. */
#include "csv/decode.h"

#include "base/mem.h"
#include "base/utf8.h"

enum {
    INPUT = 32 * 1024,
    NO_UTF8 = 0xff, /* a byte that no text in UTF-8 has */
    MARK = 0xfeff
};

struct csv_decoder {
    csv_source from;
    const csv_charset *charset;
    csv_charset_form form; /* UTF16 becomes one of the others at the mark */
    bool ended;            /* `from` has no more */
    csv_fault fault;       /* why NULL: none */
    uint64_t passed;       /* bytes before `at` */
    size_t at, held;       /* unread bytes of the input */
    char waiting[4];       /* decoded, not yet given away */
    size_t wait_at, wait_end;
    unsigned char input[INPUT];
};

int csv_decoder_new(csv_source from, const csv_charset *charset, csv_decoder **ret,
                    og_error *err)
{
    csv_decoder *d = og_alloc(sizeof *d);

    if (!d)
        return og_nomem(err);
    d->from = from;
    d->charset = charset;
    d->form = charset->form;
    *ret = d;
    return OG_OK;
}

void csv_decoder_free(csv_decoder *d)
{
    og_free(d);
}

const csv_fault *csv_decoder_fault(const csv_decoder *d)
{
    return d->fault.why ? &d->fault : NULL;
}

/* At least `wanted` unread bytes (at most 4), or all that are left. */
static int take_input(csv_decoder *d, size_t wanted, og_error *err)
{
    while (d->held - d->at < wanted && !d->ended) {
        d->held -= d->at;
        memmove(d->input, d->input + d->at, d->held);
        d->at = 0;
        size_t got = 0;
        int rc = d->from.read(d->from.self, (char *)d->input + d->held, INPUT - d->held,
                              &got, err);
        if (rc != OG_OK)
            return rc;
        d->held += got;
        d->ended = got == 0;
    }
    return OG_OK;
}

static size_t left(const csv_decoder *d)
{
    return d->held - d->at;
}

static void pass(csv_decoder *d, size_t n)
{
    d->at += n;
    d->passed += n;
}

static void refuse(csv_decoder *d, unsigned unit, const char *why)
{
    d->fault = (csv_fault){d->passed, unit, why};
    d->waiting[0] = (char)NO_UTF8;
    d->wait_end = 1;
}

/* ---- One code point: into `waiting`, unless it is refused ---- */

static void put(csv_decoder *d, uint32_t code_point, size_t bytes)
{
    d->wait_end = og_utf8_encode(code_point, d->waiting);
    pass(d, bytes);
}

static void next_single(csv_decoder *d)
{
    unsigned byte = d->input[d->at];
    uint32_t code_point = byte < 0x80 ? byte : d->charset->upper[byte - 0x80];

    if (byte >= 0x80 && code_point == 0)
        refuse(d, byte, "no character");
    else
        put(d, code_point, 1);
}

static unsigned unit_at(const csv_decoder *d, size_t ahead)
{
    unsigned a = d->input[d->at + ahead], b = d->input[d->at + ahead + 1];

    return d->form == CSV_CHARSET_UTF16BE ? a << 8 | b : b << 8 | a;
}

/* RFC 2781, 2.2 */
static void next_pair(csv_decoder *d)
{
    if (left(d) < 2) {
        refuse(d, d->input[d->at],
               "half of a character, and the last one: is the file cut off?");
        return;
    }
    unsigned high = unit_at(d, 0);
    if (high < 0xd800 || high > 0xdfff) {
        put(d, high, 2);
        return;
    }
    unsigned low = left(d) >= 4 ? unit_at(d, 2) : 0;
    if (high > 0xdbff || low < 0xdc00 || low > 0xdfff)
        refuse(d, high, "half of a pair of surrogates");
    else
        put(d, 0x10000 + ((high & 0x3ffu) << 10 | (low & 0x3ffu)), 4);
}

/* The order of bytes, from the mark, which stays. */
static void find_order(csv_decoder *d)
{
    d->form = CSV_CHARSET_UTF16BE;
    if (left(d) < 2 || unit_at(d, 0) == MARK)
        return;
    unsigned first = unit_at(d, 0);
    d->form = CSV_CHARSET_UTF16LE;
    if (unit_at(d, 0) != MARK)
        refuse(d, first, "no byte order mark, so that the order of bytes is not known");
}

static int next(csv_decoder *d, og_error *err)
{
    int rc = take_input(d, 4, err);

    d->wait_at = d->wait_end = 0;
    if (rc != OG_OK || left(d) == 0)
        return rc;
    if (d->form == CSV_CHARSET_UTF16)
        find_order(d);
    if (d->fault.why)
        return OG_OK;
    if (d->form == CSV_CHARSET_SINGLE)
        next_single(d);
    else
        next_pair(d);
    return OG_OK;
}

/* ---- Many ---- */

/* Bytes of ASCII at the front of what is held, for an encoding in which they are one. */
static size_t copy_plain(csv_decoder *d, char *to, size_t n)
{
    const unsigned char *from = d->input + d->at;
    size_t most = n < left(d) ? n : left(d), i = 0;

    if (d->form != CSV_CHARSET_SINGLE)
        return 0;
    for (; i < most && from[i] < 0x80; i++)
        to[i] = (char)from[i];
    pass(d, i);
    return i;
}

static int decode(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    csv_decoder *d = self;
    size_t done = 0;

    while (done < n) {
        if (d->wait_at < d->wait_end) {
            to[done++] = d->waiting[d->wait_at++];
            continue;
        }
        if (d->fault.why)
            break;
        done += copy_plain(d, to + done, n - done);
        if (done == n)
            break;
        int rc = next(d, err);
        if (rc != OG_OK)
            return rc;
        if (d->wait_end == 0)
            break;
    }
    *ret = done;
    return OG_OK;
}

csv_source csv_decoder_source(csv_decoder *d)
{
    return (csv_source){decode, d};
}
