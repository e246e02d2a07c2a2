/* Any bytes as a file of a report. The first byte chooses the layout, the second the
 * encoding, the rest is the file. What is found does not depend on the pieces in which
 * the file comes or is looked at, nor on how many findings are kept; a text in UTF-8 that
 * was read to its end is found to be the same in UTF-16. */
#include "base/buf.h"
#include "base/utf8.h"
#include "layout_property.h"
#include "value/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const layouts[] = {
    "schema:\n"
    "  primaryKey: [a]\n"
    "  fields:\n"
    "    - {name: a, type: integer, constraints: {minimum: 0}}\n"
    "    - {name: b, type: string, constraints: {enum: [x, y], required: true}}\n"
    "    - {name: c, type: date}\n",
    "schema:\n"
    "  fieldsMatch: partial\n"
    "  fields: [{name: a, type: string}, {name: b, type: number}, {name: c}]\n"
    "  foreignKeys: [{fields: [a], reference: {fields: [c]}}]\n"
    "dialect: {delimiter: ';', quoteChar: \"'\", commentChar: '#'}\n",
    "schema: {fields: [{name: a, type: time}, {name: b, type: boolean}]}\n"
    "dialect: {header: false, doubleQuote: false, escapeChar: \"\\\\\"}\n",
    "schema:\n"
    "  uniqueKeys: [[a, b]]\n"
    "  fields: [{name: a, type: geojson}, {name: b, type: duration},\n"
    "           {name: c, type: list}]\n"
    "dialect: {headerRows: [2], quoteChar: null, delimiter: \"|\"}\n",
};
static const char *const encodings[] = {"utf-8",       "us-ascii", "windows-1252",
                                        "iso-8859-15", "ibm850",   "utf-16",
                                        "utf-16le",    "utf-16be"};
enum {
    LAYOUTS = sizeof layouts / sizeof layouts[0],
    ENCODINGS = sizeof encodings / sizeof encodings[0]
};

typedef struct pieces {
    og_str left;
    size_t most;
} pieces;

static int read_piece(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    pieces *p = self;
    og_str part = og_str_slice(p->left, 0, n < p->most ? n : p->most);

    (void)err;
    if (part.n > 0)
        memcpy(to, part.p, part.n);
    p->left = og_str_slice(p->left, part.n, p->left.n);
    *ret = part.n;
    return OG_OK;
}

static void put_findings(const verify_result *r, og_buf *out)
{
    for (size_t i = 0; i < r->count; i++) {
        const verify_finding *f = &r->findings[i];
        og_buf_printf(out, "%s %llu %llu %llu %.*s '%.*s' %.*s\n",
                      verify_rule_name(f->rule), (unsigned long long)f->row,
                      (unsigned long long)f->line, (unsigned long long)f->column,
                      OG_FMT(f->field), OG_FMT(f->value), OG_FMT(f->text));
    }
}

/* The findings as text, when asked for. */
static void verify(const report_layout *layout, og_str file, size_t most,
                   const verify_options *options, verify_result *ret, og_buf *out)
{
    pieces p = {file, most};
    og_error err = {0};

    int rc = verify_file(layout, (csv_source){read_piece, &p}, options, ret, &err);
    property(rc == OG_OK, og_error_text(&err));
    if (out)
        put_findings(ret, out);
    og_arena_done(&ret->arena);
}

static void property_same(const verify_result *a, const verify_result *b)
{
    property(a->rows == b->rows && a->total == b->total && a->open_end == b->open_end &&
                 a->stopped == b->stopped &&
                 !memcmp(a->counts, b->counts, sizeof a->counts),
             "counts depend on how the file is read");
}

static void property_pieces(const report_layout *layout, og_str file, verify_result *ret)
{
    const verify_options whole = {.keep = 100}, none = {0};
    const verify_options apart = {.keep = 100, .piece = 9};
    og_buf first = {0}, other = {0};
    verify_result large = {0}, unkept = {0}, parts = {0};

    verify(layout, file, 3, &whole, ret, &first);
    verify(layout, file, file.n + 1, &whole, &large, &other);
    property(og_str_eq(og_buf_str(&first), og_buf_str(&other)),
             "findings depend on the pieces");
    og_buf_clear(&other);
    verify(layout, file, 64, &apart, &parts, &other);
    property(og_str_eq(og_buf_str(&first), og_buf_str(&other)),
             "findings depend on who looks for them");
    verify(layout, file, 64, &none, &unkept, NULL);
    property_same(ret, &large);
    property_same(ret, &parts);
    property_same(ret, &unkept);
    og_buf_done(&first);
    og_buf_done(&other);
}

static void put_unit(og_buf *out, uint32_t unit)
{
    og_buf_putc(out, (char)(unit & 0xff));
    og_buf_putc(out, (char)(unit >> 8));
}

static void put_utf16(og_buf *out, og_str text)
{
    uint32_t c;

    put_unit(out, 0xfeff);
    for (size_t at = 0; at < text.n; at += og_utf8_decode(text, at, &c)) {
        og_utf8_decode(text, at, &c);
        if (c > 0xffff)
            put_unit(out, 0xd800 + ((c - 0x10000) >> 10));
        put_unit(out, c > 0xffff ? 0xdc00 + ((c - 0x10000) & 0x3ff) : c);
    }
}

static void property_encodings(report_layout *layout, og_str text,
                               const verify_result *first)
{
    og_buf file = {0};
    verify_result other = {0};

    if (og_str_starts(text, OG_STR("\xef\xbb\xbf")))
        text = og_str_slice(text, 3, text.n);
    put_utf16(&file, text);
    layout->encoding = OG_STR("utf-16");
    const verify_options options = {.keep = 10};
    verify(layout, og_buf_str(&file), 5, &options, &other, NULL);
    property(first->total == other.total && first->rows == other.rows &&
                 !memcmp(first->counts, other.counts, sizeof other.counts),
             "the text is another in UTF-16");
    og_buf_done(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    og_arena arena = {0};
    og_diags diags = {0};
    report_layout layout;
    verify_result result = {0};

    if (size < 2)
        return 0;
    og_str file = {(const char *)data + 2, size - 2};
    og_document doc = {.path = "fuzz.yaml",
                       .source = og_str_from(layouts[data[0] % LAYOUTS])};
    property(og_yaml_parse(&arena, &doc, &diags, NULL) == OG_OK, "no YAML");
    property(report_layout_read_descriptors(&doc, og_node_get(doc.root, OG_STR("schema")),
                                            og_node_get(doc.root, OG_STR("dialect")),
                                            &arena, &diags, &layout, NULL) == OG_OK &&
                 og_diags_ok(&diags),
             "no layout");
    const og_str sorted[] = {OG_STR("-b"), OG_STR("a")};
    layout.sorted_by = (report_words){sorted, data[0] >> 7 ? 2 : 0};
    layout.encoding = og_str_from(encodings[data[1] % ENCODINGS]);
    property_pieces(&layout, file, &result);
    if (data[1] % ENCODINGS == 0 && !result.stopped)
        property_encodings(&layout, file, &result);
    og_diags_done(&diags);
    og_arena_done(&arena);
    return 0;
}
