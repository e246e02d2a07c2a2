/* Encodings: our tables against iconv(3), pieces of any size, and what is no character.
 */
#include <iconv.h>

#include "base/utf8.h"
#include "csv/decode.h"
#include "csv_fixture.h"
#include "unit.h"

/* All that the decoder gives, read `room` bytes at a time. */
static int decode(const char *name, og_str bytes, size_t piece, size_t room, og_buf *out,
                  csv_fault *ret_fault, og_error *err)
{
    csv_pieces pieces = {bytes, piece};
    csv_decoder *d = NULL;
    char part[64];
    size_t got = 1;

    int rc = csv_decoder_new((csv_source){csv_pieces_read, &pieces},
                             csv_charset_named(og_str_from(name)), &d, err);
    while (rc == OG_OK && got > 0) {
        csv_source s = csv_decoder_source(d);
        rc = s.read(s.self, part, room, &got, err);
        og_buf_put(out, (og_str){part, rc == OG_OK ? got : 0});
    }
    if (rc == OG_OK && csv_decoder_fault(d))
        *ret_fault = *csv_decoder_fault(d);
    csv_decoder_free(d);
    return rc;
}

/* at -1: all of it is text. */
static void check(const char *name, og_str bytes, const char *expected, int at)
{
    for (size_t piece = 1; piece <= 64; piece *= 4)
        for (size_t room = 1; room <= 64; room *= 2) {
            og_buf out = {0};
            csv_fault fault = {0};
            og_error err = {0};
            assert_int_equal(decode(name, bytes, piece, room, &out, &fault, &err), OG_OK);
            assert_str(og_buf_str(&out), expected);
            assert_int_equal(fault.why ? (int)fault.at : -1, at);
            og_buf_done(&out);
        }
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(csv_charset_named(OG_STR("LATIN1"))->name, "iso-8859-1");
    assert_string_equal(csv_charset_named(OG_STR("Utf8"))->name, "utf-8");
    assert_string_equal(csv_charset_named(OG_STR("cp850"))->name, "ibm850");
    assert_null(csv_charset_named(OG_STR("")));
    assert_null(csv_charset_named(OG_STR("ebcdic")));
    assert_null(csv_charset_named(OG_STR("utf-8 ")));
}

/* A reader nobody here wrote. It knows control characters in ISO 8859, we do not. */
static void test_tables(void **state)
{
    static const char *const names[] = {"windows-1252", "iso-8859-1", "iso-8859-15",
                                        "ibm850"};
    size_t compared = 0;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        const csv_charset *c = csv_charset_named(og_str_from(names[i]));
        iconv_t cd = iconv_open("UTF-8", names[i]);
        for (unsigned byte = 0x80; cd != (iconv_t)-1 && byte <= 0xff; byte++) {
            char in = (char)byte, out[8], ours[4];
            char *from = &in, *to = out;
            size_t in_left = 1, out_left = sizeof out;
            bool known = iconv(cd, &from, &in_left, &to, &out_left) != (size_t)-1;
            uint32_t code_point = c->upper[byte - 0x80];
            unsigned n = og_utf8_encode(code_point, ours);
            if (code_point == 0) {
                assert_true(!known || (byte <= 0x9f && strstr(names[i], "8859")));
                continue;
            }
            assert_true(known);
            assert_int_equal(to - out, n);
            assert_memory_equal(out, ours, n);
            compared++;
        }
        if (cd != (iconv_t)-1)
            iconv_close(cd);
    }
    if (compared == 0)
        skip();
}

static void test_single(void **state)
{
    (void)state;
    check("windows-1252", OG_STR("a,\x80\n\xa3,z"), "a,\xe2\x82\xac\n\xc2\xa3,z", -1);
    check("windows-1252", OG_STR("ab\x81zz"), "ab\xff", 2);
    check("iso-8859-1", OG_STR("caf\xe9"), "caf\xc3\xa9", -1);
    check("iso-8859-1", OG_STR("\x93quoted\x94"), "\xff", 0);
    check("iso-8859-15", OG_STR("\xa4"), "\xe2\x82\xac", -1);
    check("ibm850", OG_STR("\x9c\x31"), "\xc2\xa3\x31", -1);
    check("ibm850", OG_STR(""), "", -1);
}

static void test_utf16(void **state)
{
    (void)state;
    check("utf-16", OG_STR("\xff\xfe\x61\0\n\0"), "\xef\xbb\xbf\x61\n", -1);
    check("utf-16", OG_STR("\xfe\xff\0\x61\0\n"), "\xef\xbb\xbf\x61\n", -1);
    check("utf-16", OG_STR("\x61\0\n\0"), "\xff", 0);
    check("utf-16", OG_STR("\x61"), "\xff", 0);
    check("utf-16", OG_STR(""), "", -1);
    check("utf-16le", OG_STR("\x61\0\xac\x20"), "a\xe2\x82\xac", -1);
    check("utf-16be", OG_STR("\0\x61\x20\xac"), "a\xe2\x82\xac", -1);
    check("utf-16le", OG_STR("\x3d\xd8\0\xde\x61\0"), "\xf0\x9f\x98\x80\x61", -1);
    check("utf-16be", OG_STR("\xd8\x3d\xde\0"), "\xf0\x9f\x98\x80", -1);
    check("utf-16le", OG_STR("\x61\0\x3d\xd8\x61\0"), "a\xff", 2);
    check("utf-16le", OG_STR("\x61\0\0\xde"), "a\xff", 2);
    check("utf-16le", OG_STR("\x61\0\x3d\xd8"), "a\xff", 2);
    check("utf-16le", OG_STR("\x61\0\x62"), "a\xff", 2);
}

/* The scanner refuses it where it stands, and the rows before it are read. */
static void test_place(void **state)
{
    csv_pieces pieces = {OG_STR("a,b\nc,\xe9\xe9\x81x\n"), 3};
    csv_decoder *d;
    csv_scanner s;
    csv_row row;
    og_error err = {0};

    (void)state;
    assert_int_equal(csv_decoder_new((csv_source){csv_pieces_read, &pieces},
                                     csv_charset_named(OG_STR("windows-1252")), &d, &err),
                     OG_OK);
    assert_int_equal(csv_open_source(&s, csv_decoder_source(d), NULL, &err), OG_OK);
    assert_int_equal(csv_next(&s, &row, &err), 1);
    assert_int_equal(csv_next(&s, &row, &err), OG_E_INVALID);
    og_error_done(&err);
    assert_string_equal(s.problem.code, "csv-byte");
    assert_int_equal(s.problem.line, 2);
    assert_int_equal(s.problem.column, 5);
    assert_int_equal(csv_decoder_fault(d)->at, 8);
    assert_int_equal(csv_decoder_fault(d)->unit, 0x81);
    csv_done(&s);
    csv_decoder_free(d);
}

static int attempt(void *context)
{
    og_buf out = {0};
    csv_fault fault;
    og_error err = {0};

    (void)context;
    int rc = decode("utf-16", OG_STR("\xff\xfe\x61\0"), 3, 4, &out, &fault, &err);
    if (rc == OG_OK)
        rc = og_buf_check(&out, &err);
    og_buf_done(&out);
    og_error_done(&err);
    return rc;
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_each(attempt, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),  cmocka_unit_test(test_tables),
        cmocka_unit_test(test_single), cmocka_unit_test(test_utf16),
        cmocka_unit_test(test_place),  cmocka_unit_test(test_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
