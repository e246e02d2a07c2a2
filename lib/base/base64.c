/* Base64 by hand, because nettle's decoder lets white space pass. */
#include "base/base64.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void og_base64_encode(og_str bytes, og_buf *out)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t groups = bytes.n / 3 + (bytes.n % 3 != 0);
    char *to = bytes.n > 0 ? og_buf_grow(out, groups * 4) : NULL;
    if (!to)
        return;
    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t left = bytes.n - i;
        unsigned v = (unsigned)p[i] << 16;
        v |= left > 1 ? (unsigned)p[i + 1] << 8 : 0;
        v |= left > 2 ? p[i + 2] : 0u;
        *to++ = alphabet[v >> 18];
        *to++ = alphabet[v >> 12 & 63];
        *to++ = left > 1 ? alphabet[v >> 6 & 63] : '=';
        *to++ = left > 2 ? alphabet[v & 63] : '=';
    }
}

/* 0 to 63, or -1. */
static int sextet(char c)
{
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

/* One group of four; `pads` of them are '='. The bits a pad leaves over must be zero. */
static bool decode_group(const char *p, unsigned pads, og_buf *out)
{
    unsigned v = 0;
    for (unsigned i = 0; i < 4; i++) {
        int six = i < 4 - pads ? sextet(p[i]) : 0;
        if (six < 0)
            return false;
        v = v << 6 | (unsigned)six;
    }
    if (v & ((1u << 8 * pads) - 1))
        return false;
    for (unsigned i = 0; i < 3 - pads; i++)
        og_buf_putc(out, (char)(v >> (16 - 8 * i)));
    return true;
}

bool og_base64_decode(og_str text, og_buf *out)
{
    size_t before = out->n;
    if (text.n % 4 != 0)
        return false;
    for (size_t i = 0; i < text.n; i += 4) {
        const char *p = text.p + i;
        unsigned pads = i + 4 < text.n || p[3] != '=' ? 0 : p[2] == '=' ? 2 : 1;
        if (!decode_group(p, pads, out)) {
            out->n = before;
            if (out->p)
                out->p[before] = '\0';
            return false;
        }
    }
    return true;
}
