/* The encoders extension: base64 (RFC 4648); decoding also takes text without padding. */
#include "base/base64.h"
#include "cel/std.h"

static og_value encode(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    og_buf out = cel_text_buffer(call);
    og_base64_encode(og_text(args[0]), &out);
    return cel_take_string(call->frame, &out);
}

static og_value decode(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    og_buf padded = cel_text_buffer(call), out = cel_text_buffer(call);
    og_str text = og_text(args[0]);
    og_buf_put(&padded, text);
    if (text.n % 4 != 0 && text.p[text.n - 1] != '=')
        og_buf_puts(&padded, text.n % 4 == 2 ? "==" : text.n % 4 == 3 ? "=" : "");
    bool good = og_base64_decode(og_buf_str(&padded), &out);
    if (padded.failed)
        out.failed = padded.failed;
    og_buf_done(&padded);
    if (!good && !out.failed) {
        og_buf_done(&out);
        return cel_fault(call->arena, "not base64");
    }
    og_value v = cel_take_string(call->frame, &out);
    if (v.kind == OG_STRING)
        v.kind = OG_BYTES;
    return v;
}

static const cel_overload rows[] = {
    CEL_ROW_PRODUCT("base64.encode", "base64_encode_bytes", CEL_GLOBAL | CEL_LINEAR,
                    &cel_string, encode, &cel_bytes),
    CEL_ROW("base64.decode", "base64_decode_string", CEL_GLOBAL | CEL_LINEAR, &cel_bytes,
            decode, &cel_string),
};

CEL_LIBRARY(cel_library_encoders, "encoders", rows);
