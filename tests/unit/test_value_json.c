/* JSON: what is read and refused, canonical bytes out. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/mem.h"
#include "value/json.h"

static og_arena arena;

static int set_up(void **state)
{
    (void)state;
    og_arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    og_arena_done(&arena);
    return 0;
}

static og_value parse_str(og_str text)
{
    og_value v = og_absent();
    uint32_t line, column;
    og_error err = {0};
    int rc = og_json_parse(&arena, text, &v, &line, &column, &err);
    if (rc != OG_OK)
        print_error("%s\n", og_error_text(&err));
    og_error_done(&err);
    assert_int_equal(rc, OG_OK);
    return v;
}

static og_value parse(const char *text)
{
    return parse_str(og_str_from(text));
}

static void expect_written(og_value v, int flags, const char *text)
{
    og_buf out = {0};
    og_error err = {0};
    assert_int_equal(og_json_write(v, flags, &out, &err), OG_OK);
    assert_int_equal(og_buf_check(&out, &err), OG_OK);
    assert_string_equal(out.p, text);
    og_buf_done(&out);
}

static void expect_unwritten(og_value v, int rc, const char *part)
{
    og_buf out = {0};
    og_error err = {0};
    assert_int_equal(og_json_write(v, OG_JSON_COMPACT, &out, &err), rc);
    assert_non_null(strstr(og_error_text(&err), part));
    og_error_done(&err);
    og_buf_done(&out);
}

static void expect_round_trip(const char *text)
{
    expect_written(parse(text), OG_JSON_COMPACT, text);
}

static void round_trips(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "null",
        "true",
        "false",
        "0",
        "-9223372036854775808",
        "9223372036854775807",
        "1.0",
        "-0.0",
        "0.95",
        "1e+100",
        "1e-7",
        "\"\"",
        "[]",
        "{}",
        "[[],{},null]",
        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f/\xe2\x82\xac\xf0\x9f\x98\x80\"",
        "{\"\":1,\"a\":{\"b\":[1,2.5,\"x\"]},\"b\":0}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_round_trip(texts[i]);
}

static void reads_kinds(void **state)
{
    (void)state;
    assert_int_equal(parse("1").kind, OG_INT);
    assert_int_equal(parse("1.0").kind, OG_DOUBLE);
    assert_int_equal(parse(" \"x\" ").kind, OG_STRING);
    assert_int_equal(parse("\xef\xbb\xbf[1]").kind, OG_LIST);
    og_value map = parse("{\"b\": 1, \"a\": 2}");
    assert_true(og_str_is(og_text(map.as.map->keys[0]), "b")); /* in order */
    assert_true(og_str_is(og_text(parse("\"\\ud83d\\ude00\"")), "\xf0\x9f\x98\x80"));
}

typedef struct bad {
    const char *json;
    uint32_t line, column;
    const char *text;
} bad;

static const bad bads[] = {
    {"", 1, 1, "cut off"},
    {"[1,\n 2", 2, 2, "cut off"},
    {"[1,]", 1, 4, "unexpected token near ']'"},
    {"{\"a\": 1,\n \"\xe2\x82\xac\": 2, \"a\": 3}", 2, 12, "duplicate object key"},
    {"[1] x", 1, 5, "one file holds one JSON value"},
    {"9223372036854775808", 1, 19, "too big integer"},
    {"-9223372036854775809", 1, 20, "too big negative integer"},
    {"1e999", 1, 5, "write it as a string"},
    {"\"a\\u0000b\"", 1, 10, "remove the escape \\u0000"},
    {"\"a\x01\"", 1, 2, "control character"},
    {"\"\xe2\x82\xac\xff\"", 1, 3, "0xff is not valid UTF-8"},
    {"NaN", 1, 3, "invalid token"},
    {"'a'", 1, 1, "invalid token"},
    {"01", 1, 1, "invalid token"},
    {"\x1b[2J", 1, 1, "invalid token near '?"},
};

static void says_what_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        og_value v = og_absent();
        uint32_t line, column;
        og_error err = {0};
        int rc =
            og_json_parse(&arena, og_str_from(bads[i].json), &v, &line, &column, &err);
        if (line != bads[i].line || column != bads[i].column ||
            !strstr(og_error_text(&err), bads[i].text))
            print_error("%s: %u:%u %s\n", bads[i].json, line, column,
                        og_error_text(&err));
        assert_int_equal(rc, OG_E_INVALID);
        assert_int_equal(line, bads[i].line);
        assert_int_equal(column, bads[i].column);
        assert_non_null(strstr(og_error_text(&err), bads[i].text));
        assert_int_equal(v.kind, OG_ABSENT);
        og_error_done(&err);
    }
}

static void depth_is_bounded(void **state)
{
    (void)state;
    enum {
        DEEP = 100000
    };
    char *text = og_alloc(DEEP + 1);
    memset(text, '[', DEEP);
    text[0] = '\n';
    og_value v;
    uint32_t line, column;
    og_error err = {0};
    assert_int_equal(
        og_json_parse(&arena, (og_str){text, DEEP}, &v, &line, &column, &err),
        OG_E_INVALID);
    assert_int_equal(line, 2);
    assert_int_equal(column, OG_LIMIT_DEPTH + 1);
    assert_non_null(strstr(og_error_text(&err), "deeper than 100"));
    og_error_done(&err);
    memset(text, '[', OG_LIMIT_DEPTH);
    memset(text + OG_LIMIT_DEPTH, ']', OG_LIMIT_DEPTH);
    parse_str((og_str){text, 2 * OG_LIMIT_DEPTH});
    og_free(text);
    parse("\"[[[[ \\\" [[[[\"");
}

static og_value str(const char *z)
{
    return og_string(og_str_from(z));
}

static void writes_other_kinds(void **state)
{
    (void)state;
    og_str names[] = {OG_STR("id")};
    og_shape shape = {OG_STR("defect"), 1, names};
    og_value fields[] = {str("D-1")}, five = og_int(5);
    og_object object = {&shape, fields};
    og_value some = {.kind = OG_OPTIONAL, .as.inner = &five},
             none = {.kind = OG_OPTIONAL};
    expect_written(og_object_value(&object), 0, "\"D-1\"");
    expect_written(some, 0, "5");
    expect_written(none, 0, "null");
    expect_written(og_uint(UINT64_MAX), 0, "18446744073709551615");
    expect_written(og_bytes(OG_STR("\0\xff")), 0, "\"AP8=\"");
    expect_written(og_date_value(0), 0, "\"1970-01-01\"");
    expect_written(og_timestamp((og_instant){0, 500000000}), 0,
                   "\"1970-01-01T00:00:00.500Z\"");
    expect_written(og_period(30, OG_WORKING_DAYS), 0, "\"30 working_days\"");
    expect_written(og_duration(90, 0), 0, "\"90s\"");
    expect_written(og_duration(0, -1), 0, "\"-0.000000001s\"");
    expect_written(og_duration(-1, -500000000), 0, "\"-1.500s\"");
    expect_written(og_duration(1, 1000), 0, "\"1.000001s\"");
    expect_written(og_duration(INT64_MIN, 0), 0, "\"-9223372036854775808s\"");
}

static void writes_members_in_order(void **state)
{
    (void)state;
    og_value keys[12], values[12], map;
    for (int i = 0; i < 12; i++) {
        keys[i] = og_int(11 - i);
        values[i] = og_int(i);
    }
    values[11] = og_absent(); /* under 0 */
    values[10] = (og_value){.kind = OG_OPTIONAL};
    keys[3] = str("\xc3\xa9");
    keys[2] = str("Z");
    keys[1] = og_bool(true);
    assert_int_equal(og_map_make(&arena, keys, values, 12, &map, NULL), OG_OK);
    expect_written(map, 0,
                   "{\"11\":0,\"2\":9,\"3\":8,\"4\":7,\"5\":6,\"6\":5,\"7\":4,\"Z\":2,"
                   "\"true\":1,\"\xc3\xa9\":3}");
    og_value twice[] = {og_int(1), str("1")};
    assert_int_equal(og_map_make(&arena, twice, twice, 2, &map, NULL), OG_OK);
    expect_unwritten(map, OG_E_INVALID, "two keys of a map are written '1'");
}

static void writes_pretty(void **state)
{
    (void)state;
    expect_written(parse("{\"b\":[1,{\"c\":[]}],\"a\":{}}"), OG_JSON_PRETTY,
                   "{\n  \"a\": {},\n  \"b\": [\n    1,\n    {\n      \"c\": []\n    }\n"
                   "  ]\n}");
}

static void writes_ascii(void **state)
{
    (void)state;
    expect_written(str("a\xe2\x82\xac\xf0\x9f\x98\x80"), OG_JSON_ASCII,
                   "\"a\\u20ac\\ud83d\\ude00\"");
    expect_written(str("\xff!"), OG_JSON_ASCII, "\"\\ufffd!\"");
    expect_written(str("\xff!"), 0, "\"\xef\xbf\xbd!\"");
}

static void refuses_to_write(void **state)
{
    (void)state;
    og_value absent = og_absent(), list;
    assert_int_equal(og_list_make(&arena, &absent, 1, &list), OG_OK);
    expect_unwritten(list, OG_E_INVALID, "'absent'");
    expect_unwritten(og_double(NAN), OG_E_INVALID, "NaN");
    expect_unwritten(og_double(-INFINITY), OG_E_INVALID, "infinity");
    expect_unwritten(og_unknown_make(&arena, OG_STR("x")), OG_E_INVALID, "'unknown'");
    expect_unwritten(og_fault_make(&arena, "x"), OG_E_INVALID, "'error'");
    expect_unwritten((og_value){.kind = OG_TYPE}, OG_E_INVALID, "'type'");
    og_value deep = og_null();
    for (unsigned i = 0; i <= OG_LIMIT_CEL_DEPTH; i++)
        assert_int_equal(og_list_make(&arena, &deep, 1, &deep), OG_OK);
    expect_unwritten(deep, OG_E_LIMIT, "deeper than 250");
}

static void a_full_buffer_stays_full(void **state)
{
    (void)state;
    og_buf out = {.limit = 10};
    og_error err = {0};
    assert_int_equal(og_json_write(parse("[1,2,3,4,5,6,7,8,9]"), 0, &out, &err), OG_OK);
    assert_int_equal(og_buf_check(&out, &err), OG_E_LIMIT);
    og_error_done(&err);
    og_buf_done(&out);
}

#ifdef OG_FAULT_INJECTION
static int there_and_back(void)
{
    static const char text[] =
        "{\"a\":[1,2.5,\"x\"],\"b\":{\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6,"
        "\"7\":7,\"8\":8,\"9\":9}}";
    og_arena a = {0};
    og_value v;
    uint32_t line, column;
    og_error err = {0};
    og_buf out = {0};
    int rc = og_json_parse(&a, OG_STR(text), &v, &line, &column, &err);
    if (rc == OG_OK)
        rc = og_json_write(v, 0, &out, &err);
    if (rc == OG_OK)
        rc = og_buf_check(&out, &err);
    if (rc == OG_OK)
        assert_string_equal(out.p, text);
    og_error_done(&err);
    og_buf_done(&out);
    og_arena_done(&a);
    return rc;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    long n = 0;
    for (bool failed = true; failed; n++) {
        og_mem_fail_at(n);
        int rc = there_and_back();
        failed = og_mem_failed();
        og_mem_fail_at(-1);
        assert_int_equal(rc, failed ? OG_E_NOMEM : OG_OK);
    }
    assert_true(n > 3);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trips),
        cmocka_unit_test(reads_kinds),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(writes_other_kinds),
        cmocka_unit_test(writes_members_in_order),
        cmocka_unit_test(writes_pretty),
        cmocka_unit_test(writes_ascii),
        cmocka_unit_test(refuses_to_write),
        cmocka_unit_test(a_full_buffer_stays_full),
#ifdef OG_FAULT_INJECTION
        cmocka_unit_test(every_allocation_may_fail),
#endif
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
