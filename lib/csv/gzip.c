/* gzip through zlib, whose memory comes from base/mem.h like all other. */
#include <limits.h>
#include <zlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "csv/gzip.h"

enum {
    INPUT = 64 * 1024,
    GZIP_ONLY = 16 + MAX_WBITS,    /* inflateInit2: the gzip format, checked */
    RATIO_FROM = 16 * 1024 * 1024, /* small texts may repeat themselves */
    FIRST_BYTE = 0x1f,
    SECOND_BYTE = 0x8b /* RFC 1952, 2.3.1 */
};

typedef enum gzip_state {
    NOT_STARTED,
    PLAIN,  /* passed on as it is */
    MEMBER, /* within a member */
    BETWEEN /* a member ended: another may begin */
} gzip_state;

struct csv_gzip {
    csv_source from;
    gzip_state state;
    z_stream z;
    bool opened; /* inflateEnd is due */
    bool ended;  /* `from` has no more */
    int failed;  /* the code of an earlier failure */
    uint64_t in, out;
    unsigned char input[INPUT]; /* z.next_in and z.avail_in are its unread part */
};

static voidpf take_memory(voidpf opaque, uInt items, uInt size)
{
    (void)opaque;
    return size && items > SIZE_MAX / size ? NULL : og_alloc((size_t)items * size);
}

static void give_memory(voidpf opaque, voidpf p)
{
    (void)opaque;
    og_free(p);
}

int csv_gzip_new(csv_source from, csv_gzip **ret, og_error *err)
{
    csv_gzip *z = og_alloc(sizeof *z);
    if (!z)
        return og_nomem(err);
    z->from = from;
    z->z.zalloc = take_memory;
    z->z.zfree = give_memory;
    *ret = z;
    return OG_OK;
}

void csv_gzip_free(csv_gzip *z)
{
    if (z && z->opened)
        inflateEnd(&z->z);
    og_free(z);
}

bool csv_gzip_was_gzip(const csv_gzip *z)
{
    return z->opened;
}

/* At least `wanted` unread bytes (at most 2), or all that are left. */
static int take_input(csv_gzip *z, size_t wanted, og_error *err)
{
    while (z->z.avail_in < wanted && !z->ended) {
        if (z->z.avail_in > 0)
            memmove(z->input, z->z.next_in, z->z.avail_in);
        z->z.next_in = z->input;
        size_t got = 0;
        int rc = z->from.read(z->from.self, (char *)z->input + z->z.avail_in,
                              INPUT - z->z.avail_in, &got, err);
        if (rc != OG_OK)
            return rc;
        z->z.avail_in += (uInt)got;
        z->in += got;
        z->ended = got == 0;
    }
    return OG_OK;
}

static bool at_member(const csv_gzip *z)
{
    return z->z.avail_in >= 2 && z->z.next_in[0] == FIRST_BYTE &&
           z->z.next_in[1] == SECOND_BYTE;
}

static int zlib_error(const csv_gzip *z, int status, og_error *err)
{
    if (status == Z_MEM_ERROR)
        return og_nomem(err);
    return og_fail(err, OG_E_INVALID, "the gzip data is damaged%s%s",
                   z->z.msg ? ": " : "", z->z.msg ? z->z.msg : "");
}

static int start_member(csv_gzip *z, og_error *err)
{
    int status = z->opened ? inflateReset(&z->z) : inflateInit2(&z->z, GZIP_ONLY);
    if (status != Z_OK)
        return zlib_error(z, status, err);
    z->opened = true;
    z->state = MEMBER;
    return OG_OK;
}

/* Between members, or before the first: what comes next. *ret_end: nothing does. */
static int look_ahead(csv_gzip *z, bool *ret_end, og_error *err)
{
    int rc = take_input(z, 2, err);
    if (rc != OG_OK)
        return rc;
    if (at_member(z))
        return start_member(z, err);
    if (z->state == NOT_STARTED)
        z->state = PLAIN;
    else if (z->z.avail_in > 0)
        return og_fail(err, OG_E_INVALID,
                       "something that is not gzip follows the gzip data");
    else
        *ret_end = true;
    return OG_OK;
}

static int read_plain(csv_gzip *z, char *to, size_t n, size_t *ret, og_error *err)
{
    if (z->z.avail_in == 0)
        return z->from.read(z->from.self, to, n, ret, err);
    n = n < z->z.avail_in ? n : z->z.avail_in;
    memcpy(to, z->z.next_in, n);
    z->z.next_in += n;
    z->z.avail_in -= (uInt)n;
    *ret = n;
    return OG_OK;
}

static int check_limits(const csv_gzip *z, og_error *err)
{
    if (z->out > OG_LIMIT_GZIP)
        return og_fail(err, OG_E_LIMIT, "the gzip data inflates to more than %llu bytes",
                       (unsigned long long)OG_LIMIT_GZIP);
    if (z->out > RATIO_FROM && z->out / OG_LIMIT_GZIP_RATIO > z->in)
        return og_fail(err, OG_E_LIMIT,
                       "the gzip data inflates to more than %u times its size: it is no "
                       "table that anybody wrote",
                       OG_LIMIT_GZIP_RATIO);
    return OG_OK;
}

/* Some bytes of a member; *ret may stay 0 when it ends. */
static int inflate_some(csv_gzip *z, char *to, size_t n, size_t *ret, og_error *err)
{
    int rc = take_input(z, 1, err);
    if (rc != OG_OK)
        return rc;
    if (z->z.avail_in == 0)
        return og_fail(err, OG_E_INVALID, "the gzip data is cut off");
    z->z.next_out = (unsigned char *)to;
    z->z.avail_out = n < UINT_MAX ? (uInt)n : UINT_MAX;
    uInt room = z->z.avail_out;
    int status = inflate(&z->z, Z_NO_FLUSH);
    *ret = room - z->z.avail_out;
    z->out += *ret;
    if (status == Z_STREAM_END)
        z->state = BETWEEN;
    else if (status != Z_OK && status != Z_BUF_ERROR)
        return zlib_error(z, status, err);
    return check_limits(z, err);
}

static int read_some(csv_gzip *z, char *to, size_t n, size_t *ret, og_error *err)
{
    size_t got = 0;
    bool end = false;
    int rc = OG_OK;
    while (rc == OG_OK && got == 0 && !end) {
        if (z->state == NOT_STARTED || z->state == BETWEEN) {
            rc = look_ahead(z, &end, err);
        } else if (z->state == PLAIN) {
            rc = read_plain(z, to, n, &got, err);
            end = true;
        } else {
            rc = inflate_some(z, to, n, &got, err);
        }
    }
    if (rc == OG_OK)
        *ret = got;
    return rc;
}

static int gzip_read(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    csv_gzip *z = self;
    if (z->failed)
        return og_fail(err, z->failed, "the gzip data could not be read");
    int rc = read_some(z, to, n, ret, err);
    z->failed = rc;
    return rc;
}

csv_source csv_gzip_source(csv_gzip *z)
{
    return (csv_source){gzip_read, z};
}
