/* gzip as a source: what it passes on, what it refuses, and no memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "csv/gzip.h"
#include "csv_fixture.h"

/* gzip of 'a,b' LF '"c""d",e' LF. */
static const unsigned char packed[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b,
    0xd4, 0x49, 0xe2, 0x52, 0x4a, 0x56, 0x52, 0x4a, 0x51, 0xd2, 0x49,
    0xe5, 0x02, 0x00, 0xa5, 0x92, 0x14, 0x91, 0x0d, 0x00, 0x00, 0x00};
enum {
    PACKED = sizeof packed,
    TRAILER = 8 /* check sum and length */
};

/* Reads rows through gzip: "a|b/c"d|e/", then the code and the message of what ended it.
 */
static void read_rows(og_str bytes, size_t piece, og_buf *out)
{
    csv_pieces pieces = {bytes, piece};
    csv_gzip *z = NULL;
    csv_scanner s = {.row = 0};
    csv_row row;
    og_error err = {0};
    int rc = csv_gzip_new((csv_source){csv_pieces_read, &pieces}, &z, &err);
    if (rc == OG_OK)
        rc = csv_open_source(&s, csv_gzip_source(z), NULL, &err);
    while (rc == OG_OK && (rc = csv_next(&s, &row, &err)) == 1) {
        for (size_t i = 0; i < row.count; i++)
            og_buf_printf(out, "%s%.*s", i ? "|" : "", OG_FMT(row.cells[i].text));
        og_buf_putc(out, '/');
        rc = OG_OK;
    }
    og_buf_printf(out, "%d%s%s", rc, rc ? " " : "", rc ? og_error_text(&err) : "");
    csv_done(&s);
    csv_gzip_free(z);
    og_error_done(&err);
}

static void check(const void *bytes, size_t n, const char *expected)
{
    for (size_t piece = 1; piece <= 64; piece *= 8) {
        og_buf out = {0};
        read_rows((og_str){bytes, n}, piece, &out);
        assert_string_equal(out.p, expected);
        og_buf_done(&out);
    }
}

static void test_passes_on(void **state)
{
    (void)state;
    check(packed, PACKED, "a|b/c\"d|e/0");
    check("a,b\n", 4, "a|b/0");
    check("a", 1, "a/0");
    check("", 0, "0");
    unsigned char twice[2 * PACKED];
    memcpy(twice, packed, PACKED);
    memcpy(twice + PACKED, packed, PACKED);
    check(twice, sizeof twice, "a|b/c\"d|e/a|b/c\"d|e/0");
}

static void test_refuses(void **state)
{
    (void)state;
    for (size_t n = 2; n < PACKED; n++)
        check(packed, n, "-4 the gzip data is cut off");
    unsigned char wrong[PACKED + 1];
    memcpy(wrong, packed, PACKED);
    wrong[PACKED] = 'x';
    check(wrong, PACKED + 1, "-4 something that is not gzip follows the gzip data");
    wrong[PACKED - TRAILER] ^= 1;
    check(wrong, PACKED, "-4 the gzip data is damaged: incorrect data check");
    memcpy(wrong, packed, PACKED);
    wrong[2] = 7; /* a method that is not deflate */
    check(wrong, PACKED, "-4 the gzip data is damaged: unknown compression method");
}

static void test_stays_failed(void **state)
{
    (void)state;
    csv_pieces pieces = {{(const char *)packed, PACKED - 1}, PACKED};
    csv_gzip *z;
    og_error err = {0};
    char to[64];
    size_t got = 0;
    assert_int_equal(csv_gzip_new((csv_source){csv_pieces_read, &pieces}, &z, &err), 0);
    csv_source source = csv_gzip_source(z);
    int rc;
    while ((rc = source.read(source.self, to, sizeof to, &got, &err)) == OG_OK)
        assert_true(got > 0);
    assert_int_equal(rc, OG_E_INVALID);
    assert_true(csv_gzip_was_gzip(z));
    og_error_done(&err);
    assert_int_equal(source.read(source.self, to, sizeof to, &got, &err), OG_E_INVALID);
    og_error_done(&err);
    csv_gzip_free(z);
}

/* Each allocation fails in turn, until none does: never less than all rows without saying
 * so. */
static void test_no_memory(void **state)
{
    (void)state;
    bool failed = true;
    for (long n = 0; failed; n++) {
        og_buf out = {0};
        og_buf_puts(&out, "so that it need not grow, which would fail too             ");
        og_buf_clear(&out);
        og_mem_fail_at(n);
        read_rows((og_str){(const char *)packed, PACKED}, 16, &out);
        failed = og_mem_failed();
        og_mem_fail_at(-1);
        const char *end = strrchr(out.p, '/');
        end = end ? end + 1 : out.p;
        assert_true(failed ? strncmp(end, "-1", 2) == 0 : strcmp(end, "0") == 0);
        assert_true(n < 100);
        og_buf_done(&out);
    }
}

static void test_no_memory_whole(void **state)
{
    (void)state;
    bool failed = true;
    for (long n = 0; failed; n++) {
        og_arena arena = {0};
        csv_scanner s;
        csv_row row;
        size_t rows = 0;
        og_mem_fail_at(n);
        int rc = csv_open(&s, OG_STR("a,b\n\"c\"\"d\",e\n"), NULL, &arena, NULL);
        while (rc == OG_OK && (rc = csv_next(&s, &row, NULL)) == 1) {
            rows++;
            rc = OG_OK;
        }
        failed = og_mem_failed();
        og_mem_fail_at(-1);
        assert_int_equal(rc, failed ? OG_E_NOMEM : OG_OK);
        assert_true(failed || rows == 2);
        csv_done(&s);
        og_arena_done(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_passes_on),       cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_stays_failed),    cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_no_memory_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
