/* TZif files (RFC 8536): a version 1 block, skipped, then the same with 64-bit times,
 * then the rule for later years between two newlines. Every count is checked against the
 * bytes that are there before anything is made from it. */
#include "calendar/tzif.h"

#include "base/mem.h"

#define HEADER_SIZE 44
#define TYPE_SIZE 6
#define RULE_MAX 256 /* bytes of the footer */

typedef struct header {
    char version;
    uint32_t isut, isstd, leap, time, type, name;
} header;

static int invalid(og_error *err, const char *what)
{
    return og_fail(err, OG_E_INVALID, "time zone data: %s", what);
}

static uint32_t read32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
}

/* Two's complement without the implementation-defined conversion. */
static int64_t to_signed(uint64_t v)
{
    return v > INT64_MAX ? -(int64_t)(UINT64_MAX - v) - 1 : (int64_t)v;
}

static int64_t read64(const char *p)
{
    return to_signed((uint64_t)read32(p) << 32 | read32(p + 4));
}

static bool read_header(og_str s, header *ret)
{
    if (s.n < HEADER_SIZE || !og_str_starts(s, OG_STR("TZif")))
        return false;
    const char *p = s.p + 20;
    *ret = (header){s.p[4],         read32(p),      read32(p + 4), read32(p + 8),
                    read32(p + 12), read32(p + 16), read32(p + 20)};
    return true;
}

/* Bytes of a block after its header. Counts are 32 bits, so that the sum cannot overflow.
 */
static uint64_t block_size(const header *h, unsigned time_size)
{
    return (uint64_t)h->time * (time_size + 1) + (uint64_t)h->type * TYPE_SIZE + h->name +
           (uint64_t)h->leap * (time_size + 4) + h->isstd + h->isut;
}

/* The offsets of the local time types. */
static int read_types(const header *h, const char *types, int32_t offsets[256],
                      og_error *err)
{
    for (uint32_t i = 0; i < h->type; i++) {
        uint32_t raw = read32(types + (size_t)i * TYPE_SIZE);
        int64_t offset = raw > INT32_MAX ? (int64_t)raw - ((int64_t)1 << 32) : raw;
        if (offset < TZ_OFFSET_MIN || offset > TZ_OFFSET_MAX)
            return invalid(err, "an offset is more than a day");
        offsets[i] = (int32_t)offset;
    }
    return OG_OK;
}

static int read_transitions(const header *h, const char *block, tzif *t, og_error *err)
{
    int32_t offsets[256] = {0};
    const char *indices = block + (size_t)h->time * 8;
    int code = read_types(h, indices + h->time, offsets, err);
    if (code != OG_OK)
        return code;
    t->first = offsets[0];
    t->count = h->time;
    t->at = og_alloc(t->count * sizeof *t->at);
    t->offsets = og_alloc(t->count * sizeof *t->offsets);
    if (!t->at || !t->offsets)
        return og_nomem(err);
    for (size_t i = 0; i < t->count; i++) {
        unsigned char index = (unsigned char)indices[i];
        t->at[i] = read64(block + i * 8);
        if (index >= h->type)
            return invalid(err, "a transition is to no type");
        if (i > 0 && t->at[i] <= t->at[i - 1])
            return invalid(err, "transitions are out of order");
        t->offsets[i] = offsets[index];
    }
    return OG_OK;
}

static int read_rule(og_str footer, tzif *t, og_error *err)
{
    if (footer.n < 2 || footer.n > RULE_MAX || footer.p[0] != '\n' ||
        footer.p[footer.n - 1] != '\n')
        return invalid(err, "the rule after the last transition is not there");
    og_str text = og_str_slice(footer, 1, footer.n - 1);
    if (text.n == 0)
        return OG_OK;
    if (!tz_rule_parse(text, &t->rule))
        return invalid(err, "the rule after the last transition is not a TZ string");
    t->has_rule = true;
    return OG_OK;
}

/* From the second header on. */
static int read_second(og_str s, tzif *t, og_error *err)
{
    header h;
    if (!read_header(s, &h))
        return invalid(err, "no second header");
    if (h.leap > 0)
        return og_fail(err, OG_E_UNSUPPORTED, "time zone data counts leap seconds");
    if (h.type == 0 || h.type > 256)
        return invalid(err, "between 1 and 256 types are needed");
    uint64_t size = block_size(&h, 8);
    if (size > s.n - HEADER_SIZE)
        return invalid(err, "it ends too early");
    int code = read_transitions(&h, s.p + HEADER_SIZE, t, err);
    if (code == OG_OK)
        code = read_rule(og_str_slice(s, HEADER_SIZE + (size_t)size, s.n), t, err);
    return code;
}

int tzif_read(og_str bytes, tzif *ret, og_error *err)
{
    header h;
    tzif t = {0};
    if (!read_header(bytes, &h))
        return invalid(err, "not a TZif file");
    if (h.version < '2')
        return invalid(err, "version 1 has 32-bit times only; version 2 is needed");
    uint64_t size = block_size(&h, 4);
    if (size > bytes.n - HEADER_SIZE)
        return invalid(err, "it ends too early");
    int code =
        read_second(og_str_slice(bytes, HEADER_SIZE + (size_t)size, bytes.n), &t, err);
    if (code != OG_OK) {
        tzif_done(&t);
        return code;
    }
    *ret = t;
    return OG_OK;
}

void tzif_done(tzif *t)
{
    og_free(t->at);
    og_free(t->offsets);
    *t = (tzif){0};
}
