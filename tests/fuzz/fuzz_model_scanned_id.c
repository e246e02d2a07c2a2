/* Any bytes as a text with scanned identifiers: what is found lies in the text, in order;
 * readings differ from what stood there and need no repair themselves; repairing twice is
 * repairing once. */
#include <stdlib.h>

#include "base/buf.h"
#include "model/scanned_id.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const unsigned kinds = SCANNED_MODIFICATION | SCANNED_ACTION;

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_reading(og_str before, const char *reading)
{
    scanned_reader reader = {.text = og_str_from(reading), .kinds = kinds};
    scanned_id id;

    check(!og_str_is(before, reading));
    check(!scanned_next(&reader, &id));
}

/* The text repaired where there is one reading; how many were repaired. */
static size_t repair(og_str text, og_buf *out)
{
    scanned_reader reader = {.text = text, .kinds = kinds};
    scanned_id id;
    size_t copied = 0, repaired = 0;
    uint32_t line = 1;

    while (scanned_next(&reader, &id)) {
        og_str before = og_str_slice(text, id.at, id.at + id.n);
        check(id.at >= copied && id.n > 0 && before.n == id.n);
        check(id.line >= line && id.column >= 1 && id.count <= SCANNED_READINGS);
        line = id.line;
        for (size_t i = 0; i < id.count; i++)
            check_reading(before, id.readings[i]);
        og_buf_put(out, og_str_slice(text, copied, id.at));
        og_buf_put(out, id.count == 1 ? og_str_from(id.readings[0]) : before);
        copied = id.at + id.n;
        repaired += id.count == 1;
    }
    og_buf_put(out, og_str_slice(text, copied, text.n));
    return repaired;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    og_buf once = {0}, twice = {0};

    repair((og_str){(const char *)data, size}, &once);
    check(repair(og_buf_str(&once), &twice) == 0);
    check(og_str_eq(og_buf_str(&once), og_buf_str(&twice)));
    og_buf_done(&once);
    og_buf_done(&twice);
    return 0;
}
