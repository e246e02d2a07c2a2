/* Any bytes as a bundle of report definitions: refused, or read; and what was read is
 * written and read again as the same bytes. */
#include "report/bundle.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* Written from what was read, it is as it was written from that. */
static void write_twice(const model_register *reg, const report_bundle *b)
{
    size_t kind = model_kind_named(reg->kinds, OG_STR("report"))->ordinal;
    og_buf once = {0}, twice = {0};
    model_register again = {0};
    report_bundle head;
    og_diags diags = {0};
    og_error err = {0};

    if (report_bundle_write(b, reg->lists[kind], reg->list_counts[kind], &once, &err) ==
        OG_OK) {
        const report_bundle_parts parts = {og_buf_str(&once),
                                           b->is_signed ? OG_STR("-") : (og_str){0}};
        check(report_bundle_read(&parts, "b", &again, &diags, &head, &err) == OG_OK);
        check(report_bundle_write(&head, again.lists[kind], again.list_counts[kind],
                                  &twice, &err) == OG_OK);
        check(og_str_eq(og_buf_str(&once), og_buf_str(&twice)));
    }
    og_error_done(&err);
    og_diags_done(&diags);
    model_register_done(&again);
    og_buf_done(&once);
    og_buf_done(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    report_bundle_parts parts;
    model_register reg = {0};
    report_bundle b = {0};
    og_diags diags = {0};
    og_error err = {0};

    int rc =
        report_bundle_split((og_str){size ? (const char *)data : "", size}, &parts, &err);
    if (rc == OG_OK) {
        check(parts.payload.n + parts.signature.n == size);
        rc = report_bundle_read(&parts, "b", &reg, &diags, &b, &err);
    }
    check(rc == err.code);
    check(rc == OG_OK || rc == OG_E_INVALID || rc == OG_E_LIMIT);
    if (rc == OG_OK) {
        check(b.is_signed == (parts.signature.n > 0));
        write_twice(&reg, &b);
    }
    og_buf shown = {0};
    og_diags_print(&diags, &shown, false);
    og_buf_done(&shown);
    model_register_done(&reg);
    og_diags_done(&diags);
    og_error_done(&err);
    return 0;
}
