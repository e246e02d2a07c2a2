/* Files in other encodings, and things that are no table: one finding each. */
#include "report_check.h"

static const char names[] = "schema: {fields: [{name: id}, {name: name}]}\n";
static const char headless[] =
    "schema: {fields: [{name: id}, {name: name}]}\ndialect: {header: false}\n";
static const char braces[] = "schema: {fields: [{name: '{id}'}, {name: <name>}]}\n";

typedef struct sight_case {
    const char *layout, *encoding; /* NULL: the default */
    og_str bytes;
    const char *expected, *text;
} sight_case;

static void check_cases(const sight_case *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_file_in(rows[i].layout ? rows[i].layout : names, rows[i].encoding,
                      rows[i].bytes, rows[i].expected, rows[i].text);
}
#define CHECK_CASES(rows) check_cases((rows), sizeof(rows) / sizeof(rows)[0])

static void test_encodings(void **state)
{
    static const sight_case rows[] = {
        {NULL, "windows-1252", OG_STR("id,name\n1,caf\xe9 \x80\n"), "", NULL},
        {NULL, "iso-8859-15", OG_STR("id,name\n1,\xa4\n"), "", NULL},
        {NULL, "utf-16", OG_STR("\xff\xfei\0d\0,\0n\0a\0m\0e\0\n\0"), "", NULL},
        {NULL, "utf-16le", OG_STR("\xff\xfei\0d\0,\0n\0a\0m\0e\0\n\0"), "", NULL},
        {NULL, "utf-16le", OG_STR("i\0d\0,\0n\0a\0m\0e\0\n\0"), "", NULL},
        {NULL, "utf-16be", OG_STR("\0i\0d\0,\0n\0a\0m\0e\0\n"), "", NULL},
        {NULL, "windows-1252", OG_STR("id,name\n1,\x81\n"), "encoding@2.0 (not read on)",
         "0x81 at byte 11 is, in windows-1252, no character"},
        {NULL, "iso-8859-1", OG_STR("id,name\n1,\x93x\x94\n"),
         "encoding@2.0 (not read on)", "0x93 at byte 11"},
        {NULL, "utf-16le", OG_STR("i\0d\0,\0n\0a\0m\0e"), "encoding@1.0 (not read on)",
         "is the file cut off?"},
        {NULL, "utf-16", OG_STR("i\0d\0,\0n\0a\0m\0e\0\n\0"),
         "encoding@1.0 (not read on)", "no byte order mark"},
        {NULL, "us-ascii", OG_STR("id,name\n1,caf\xc3\xa9\n2,b\n"), "encoding@2.2",
         "beyond ASCII"},
        {NULL, NULL, OG_STR("id,name\n1,caf\xe9\n"), "encoding@2.0 (not read on)",
         "invalid UTF-8 at column 6"},
        {NULL, NULL, OG_STR("id,name\n1,a\0b\n"), "encoding@2.0 (not read on)",
         "NUL byte"},
        {NULL, "windows-1252", OG_STR("id,name\n1,a\0b\n"), "encoding@2.0 (not read on)",
         "NUL byte"},
        {NULL, "utf-16le", OG_STR("i\0d\0,\0n\0a\0m\0e\0\n\0\0\0"),
         "encoding@2.0 (not read on)", "NUL byte"},
    };

    (void)state;
    CHECK_CASES(rows);
}

static void test_marks(void **state)
{
    static const char by_mark[] = "encoding@0.0 (not read on)";
    static const sight_case rows[] = {
        {NULL, NULL, OG_STR("\xef\xbb\xbfid,name\n"), "", NULL},
        {NULL, NULL, OG_STR("\xff\xfei\0d\0"), by_mark,
         "in UTF-16LE, by its byte order mark, and the layout says 'utf-8'"},
        {NULL, NULL, OG_STR("\xfe\xff\0i\0d"), by_mark, "UTF-16BE"},
        {NULL, NULL, OG_STR("\xff\xfe\0\0i\0\0\0"), by_mark, "UTF-32LE"},
        {NULL, NULL, OG_STR("i\0d\0,\0n\0"), by_mark, "UTF-16LE, by its NUL bytes"},
        {NULL, NULL, OG_STR("\0i\0d\0,\0n"), by_mark, "UTF-16BE, by its NUL bytes"},
        {NULL, "windows-1252", OG_STR("\xef\xbb\xbfid,name\n"), by_mark, "in UTF-8"},
        {NULL, "us-ascii", OG_STR("\xef\xbb\xbfid,name\n"), by_mark, "in UTF-8"},
        {NULL, "windows-1252", OG_STR("\xff\xfei\0d\0"), by_mark, "in UTF-16LE"},
        {NULL, "utf-16", OG_STR("\xef\xbb\xbfid,name\n"), by_mark, "in UTF-8"},
        {NULL, "utf-16be", OG_STR("\xff\xfei\0d\0"), by_mark, "in UTF-16LE"},
        {NULL, "utf-16le", OG_STR("\xfe\xff\0i\0d"), by_mark, "in UTF-16BE"},
        {NULL, "utf-16", OG_STR("\xff\xfe\0\0i\0\0\0"), by_mark, "UTF-32LE"},
    };

    (void)state;
    CHECK_CASES(rows);
}

static void test_formats(void **state)
{
    static const char no_table[] = "format@0.0 (not read on)";
    static const sight_case rows[] = {
        {NULL, NULL, OG_STR("PK\003\004\024\0\0\0"), no_table, "zip archive"},
        {headless, NULL, OG_STR("PK\003\004\024\0\0\0"), no_table, "zip archive"},
        {NULL, "utf-16", OG_STR("PK\003\004\024\0\0\0"), no_table, "zip archive"},
        {NULL, NULL, OG_STR("\xd0\xcf\x11\xe0\xa1\xb1"), no_table, "(.xls)"},
        {NULL, NULL, OG_STR("%PDF-1.7\n"), no_table, "PDF"},
        {NULL, NULL, OG_STR("\x1f\x8b\x08"), no_table, "gzip data inside gzip data"},
        {NULL, NULL, OG_STR("\n<!DOCTYPE HTML>\n<title>502</title>"), no_table, "HTML"},
        {NULL, NULL, OG_STR("<html><body>"), no_table, "HTML"},
        {NULL, NULL, OG_STR("<?xml version=\"1.0\"?>"), no_table, "XML"},
        {NULL, NULL, OG_STR("{\"error\": \"not found\"}"), no_table, "JSON"},
        {NULL, NULL, OG_STR("[{\"id\": 1}]"), no_table, "JSON"},
        {headless, NULL, OG_STR("{x},<html>\n"), "", NULL},
        {braces, NULL, OG_STR("{id},<name>\n{x},<html>\n"), "", NULL},
    };

    (void)state;
    CHECK_CASES(rows);
}

static int attempt(void *context)
{
    const report_layout *layout = context;
    csv_pieces pieces = {OG_STR("i\0d\0\n\0"), 3};
    const verify_options options = {.keep = 3};
    verify_result r = {0};
    og_error err = {0};

    int rc =
        verify_file(layout, (csv_source){csv_pieces_read, &pieces}, &options, &r, &err);
    og_error_done(&err);
    verify_result_done(&r);
    return rc;
}

static void test_memory(void **state)
{
    og_arena arena = {0};
    report_layout layout;

    (void)state;
    assert_null(read_layout(&arena, names, &layout));
    unit_fail_each(attempt, &layout);
    layout.encoding = OG_STR("utf-16le");
    unit_fail_each(attempt, &layout);
    og_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings), cmocka_unit_test(test_marks),
        cmocka_unit_test(test_formats), cmocka_unit_test(test_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
