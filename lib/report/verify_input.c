/* Head, decoder, scanner: one behind the other. */
#include "report/verify_input.h"

#include "report/first_sight.h"

/* The head that was looked at, then what follows. */
static int read_on(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    verify_input *in = self;
    size_t left = in->head_n - in->head_at;

    if (left == 0)
        return in->from.read(in->from.self, to, n, ret, err);
    n = n < left ? n : left;
    memcpy(to, in->head + in->head_at, n);
    in->head_at += n;
    *ret = n;
    return OG_OK;
}

static int read_head(verify_input *in, og_error *err)
{
    size_t got = 1;

    while (in->head_n < VERIFY_HEAD && got > 0) {
        int rc = in->from.read(in->from.self, in->head + in->head_n,
                               VERIFY_HEAD - in->head_n, &got, err);
        if (rc != OG_OK)
            return rc;
        in->head_n += got;
    }
    return OG_OK;
}

static int look(const verify_input *in, const report_layout *layout,
                const csv_charset *charset, og_arena *arena, verify_first_sight *ret,
                og_error *err)
{
    const og_str head = {in->head, in->head_n};
    const char *format = first_sight_format(layout, head);
    const char *encoding = first_sight_encoding(charset, head);

    *ret = (verify_first_sight){VERIFY_FINE, OG_STR("")};
    if (format) {
        ret->rule = VERIFY_FORMAT;
        ret->text = og_arena_printf(arena, "the file is %s, and no table", format);
    } else if (encoding) {
        ret->rule = VERIFY_ENCODING;
        ret->text = og_arena_printf(arena, "the file is in %s, and the layout says '%s'",
                                    encoding, charset->name);
    } else if (charset->form <= CSV_CHARSET_SINGLE && first_sight_lone_returns(head)) {
        ret->rule = VERIFY_LINE_ENDING;
        ret->text = og_arena_printf(
            arena, "rows end with a carriage return alone, and the layout says %s",
            og_str_is(layout->line_ending, "crlf") ? "CRLF" : "LF");
    }
    return ret->text.p ? OG_OK : og_nomem(err);
}

int verify_input_open(verify_input *input, const report_layout *layout, csv_source from,
                      og_arena *arena, verify_first_sight *ret_sight,
                      csv_source *ret_source, og_error *err)
{
    const csv_charset *charset = csv_charset_named(layout->encoding);

    *input = (verify_input){.from = from};
    if (!charset)
        return og_fail(err, OG_E_UNSUPPORTED,
                       "files in '%.*s' are not read: only those in %s are",
                       OG_FMT(layout->encoding), csv_charset_names());
    int rc = read_head(input, err);
    if (rc == OG_OK)
        rc = look(input, layout, charset, arena, ret_sight, err);
    if (rc != OG_OK)
        return rc;
    *ret_source = (csv_source){read_on, input};
    if (charset->form == CSV_CHARSET_UTF8 || charset->form == CSV_CHARSET_ASCII)
        return OG_OK;
    rc = csv_decoder_new(*ret_source, charset, &input->decoder, err);
    if (rc == OG_OK)
        *ret_source = csv_decoder_source(input->decoder);
    return rc;
}

const csv_fault *verify_input_fault(const verify_input *input)
{
    return input->decoder ? csv_decoder_fault(input->decoder) : NULL;
}

void verify_input_done(verify_input *input)
{
    csv_decoder_free(input->decoder);
    input->decoder = NULL;
}
