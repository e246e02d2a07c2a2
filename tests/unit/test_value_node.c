/* Nodes: lookups, values by the core schema, places inside scalars. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "yaml_fixture.h"

static void looks_up(void **state)
{
    (void)state;
    yaml_fixture y;
    const og_node *root = yaml_good(&y, "a: 1\nb: [x]\nc:\n");
    assert_true(og_str_is(og_node_get(root, OG_STR("a"))->text, "1"));
    assert_null(og_node_get(root, OG_STR("d")));
    assert_null(og_node_get(NULL, OG_STR("d")));
    assert_null(og_node_get(og_node_get(root, OG_STR("b")), OG_STR("x")));
    assert_int_equal(og_node_pair(root, OG_STR("b"))->key->line, 2);
    assert_string_equal(og_node_what(root), "a mapping");
    assert_string_equal(og_node_what(og_node_get(root, OG_STR("a"))), "a string");
    assert_string_equal(og_node_what(og_node_get(root, OG_STR("b"))), "a list");
    assert_string_equal(og_node_what(og_node_get(root, OG_STR("c"))), "null");
    assert_string_equal(og_node_what(NULL), "null");
    og_pos pos = og_node_pos(&y.doc, og_node_get(root, OG_STR("b")));
    assert_string_equal(pos.path, "f.yaml");
    assert_int_equal(pos.line, 2);
    assert_int_equal(pos.column, 4);
    assert_int_equal(pos.length, 3);
    yaml_done(&y);
}

static og_value core(yaml_fixture *y, const char *text)
{
    og_value v = og_absent();
    const og_node *root = yaml_good(y, text);
    assert_int_equal(og_node_to_value(&y->doc, root, &y->arena, &y->diags, &v), OG_OK);
    return v;
}

static void expect_core(const char *text, og_value expected)
{
    yaml_fixture y;
    og_value v = core(&y, text);
    assert_int_equal(v.kind, expected.kind);
    assert_int_equal(og_value_order(v, expected), 0);
    yaml_done(&y);
}

static og_value str(const char *z)
{
    return og_string(og_str_from(z));
}

static void core_schema(void **state)
{
    (void)state;
    expect_core("", og_null());
    expect_core("~", og_null());
    expect_core("Null", og_null());
    expect_core("nULL", str("nULL"));
    expect_core("true", og_bool(true));
    expect_core("FALSE", og_bool(false));
    expect_core("no", str("no"));
    expect_core("on", str("on"));
    expect_core("'true'", str("true"));
    expect_core("|\n 12\n", str("12\n"));
    expect_core("\"12\"", str("12"));
    expect_core("12", og_int(12));
    expect_core("-0", og_int(0));
    expect_core("+7", og_int(7));
    expect_core("010", og_int(10));
    expect_core("0o17", og_int(15));
    expect_core("0xFf", og_int(255));
    expect_core("0x", str("0x"));
    expect_core("0o8", str("0o8"));
    expect_core("-0x1", str("-0x1"));
    expect_core("0b1", str("0b1"));
    expect_core("1_000", str("1_000"));
    expect_core("2021-11", str("2021-11"));
    expect_core("12:30", str("12:30"));
    expect_core("-x", str("-x"));
    expect_core("1e5", og_double(1e5));
    expect_core(".5", og_double(0.5));
    expect_core("5.", og_double(5));
    expect_core("-.inf", og_double(-INFINITY));
    expect_core("+.Inf", og_double(INFINITY));
    expect_core(".NAN", og_double(NAN));
    expect_core("-.nan", str("-.nan"));
    expect_core("inf", str("inf"));
    expect_core("9223372036854775807", og_int(INT64_MAX));
    expect_core("-9223372036854775808", og_int(INT64_MIN));
    expect_core("0x7fffffffffffffff", og_int(INT64_MAX));
}

static void core_schema_nests(void **state)
{
    (void)state;
    yaml_fixture y;
    og_value v = core(&y, "limits: {1: [2, two], yes: }\n");
    og_value limits = og_map_find_str(v.as.map, OG_STR("limits"));
    og_value one = og_map_find_str(limits.as.map, OG_STR("1"));
    assert_int_equal(one.kind, OG_LIST);
    assert_int_equal(one.as.list->items[0].as.i, 2);
    assert_int_equal(one.as.list->items[1].kind, OG_STRING);
    assert_int_equal(og_map_find_str(limits.as.map, OG_STR("yes")).kind, OG_NULL);
    yaml_done(&y);
}

static void numbers_out_of_range_are_all_told(void **state)
{
    (void)state;
    yaml_fixture y;
    const og_node *root =
        yaml_good(&y, "- 9223372036854775808\n- [0xffffffffffffffff]\n- a: 1e999\n");
    og_value v = og_absent();
    assert_int_equal(og_node_to_value(&y.doc, root, &y.arena, &y.diags, &v),
                     OG_E_INVALID);
    assert_int_equal(v.kind, OG_ABSENT);
    assert_int_equal(y.diags.errors, 3);
    assert_string_equal(y.diags.items[0].code, "number-range");
    assert_int_equal(y.diags.items[2].pos.line, 3);
    assert_int_equal(y.diags.items[2].pos.column, 6);
    yaml_done(&y);
}

/* Where `word` of the scalar under key "a" stands in the file, and how much of it is
 * underlined. */
static void expect_inside(const char *text, const char *word, uint32_t line,
                          uint32_t column, uint32_t length)
{
    yaml_fixture y;
    const og_node *node = og_node_get(yaml_good(&y, text), OG_STR("a"));
    assert_non_null(node);
    const char *found = strstr(node->text.p, word);
    assert_non_null(found);
    uint32_t offset = 0;
    for (const char *p = node->text.p; p < found; p++)
        offset += ((unsigned char)*p & 0xc0) != 0x80;
    og_pos pos = og_node_pos_inside(&y.doc, node, offset, (uint32_t)strlen(word));
    assert_int_equal(pos.line, line);
    assert_int_equal(pos.column, column);
    assert_int_equal(pos.length, length);
    yaml_done(&y);
}

static void finds_places_on_one_line(void **state)
{
    (void)state;
    expect_inside("a: x && bad\n", "bad", 1, 9, 3);
    expect_inside("a: \xe2\x82\xac\xe2\x82\xac && bad\n", "bad", 1, 10, 3);
    expect_inside("a: 'x && bad'\n", "bad", 1, 10, 3);
    expect_inside("a: 'it''s bad'\n", "bad", 1, 11, 3);
    expect_inside("a: \"x \\\"y\\\" \\\\ bad\"\n", "bad", 1, 16, 3);
    expect_inside("a: &n x && bad\nb: *n\n", "bad", 1, 12, 3);
    expect_inside("{b: 1, a: x && bad}\n", "bad", 1, 16, 3);
    expect_inside("\xef\xbb\xbf"
                  "a: x && bad\n",
                  "bad", 1, 9, 3);
}

static void finds_places_in_literal_blocks(void **state)
{
    (void)state;
    expect_inside("a: |\n  x &&\n    y\n  && bad\n", "bad", 4, 6, 3);
    expect_inside("a: |-  # why\n\n\n  x\n\n  bad\n", "bad", 6, 3, 3);
    expect_inside("a: |2\n    x\n  bad\n", "bad", 3, 3, 3);
    expect_inside("a: |2\n    x\n  bad\n", "x", 2, 5, 1);
    expect_inside("a: |\r\n  x &&\r\n  bad\r\n", "bad", 3, 3, 3);
    expect_inside("b:\n  - a\na: |\n x  \n  bad\n", "bad", 5, 3, 3);
}

static void finds_places_in_folded_text(void **state)
{
    (void)state;
    expect_inside("a: >\n  x &&\n  y &&\n\n  z\n  bad\n", "bad", 6, 3, 3);
    expect_inside("a: >-\n  x\n    more\n  bad\n", "bad", 4, 3, 3);
    expect_inside("a: >-\n  x\n    more\n  bad\n", "more", 3, 5, 4);
    expect_inside("a: x &&  \n   y\n\n   bad\n", "bad", 4, 4, 3);
    expect_inside("a: 'x &&\n\n\n  bad'\n", "bad", 4, 3, 3);
    expect_inside("a: \"x &&\n  bad\"\n", "bad", 2, 3, 3);
    expect_inside("a: >-\n  x &&\n  bad more\n", "x && bad", 2, 3, 4); /* cut */
}

static void falls_back_to_the_start(void **state)
{
    (void)state;
    expect_inside("a: \"\\u0041 bad\"\n", "bad", 1, 4, 0);
    expect_inside("a: \"x \\\n  bad\"\n", "bad", 1, 4, 0);
    yaml_fixture y;
    const og_node *root = yaml_good(&y, "a: |\n  x\n");
    const og_node *node = og_node_get(root, OG_STR("a"));
    og_pos pos = og_node_pos_inside(&y.doc, node, 1000, 5); /* beyond: at the end */
    assert_int_equal(pos.line, 3);
    assert_int_equal(pos.column, 1);
    pos = og_node_pos_inside(&y.doc, root, 1, 1); /* no scalar */
    assert_int_equal(pos.line, 1);
    yaml_done(&y);
}

static void lines_are_indexed(void **state)
{
    (void)state;
    const struct {
        const char *text;
        uint32_t count, last; /* lines, and where the last begins */
    } cases[] = {{"", 1, 0}, {"a", 1, 0}, {"a\n", 2, 2}, {"\n\r\nb", 3, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        og_arena arena = {0};
        og_document doc = {.source = og_str_from(cases[i].text)};
        assert_true(og_document_index(&arena, &doc));
        assert_int_equal(doc.line_count, cases[i].count);
        assert_int_equal(doc.lines[0], 0);
        assert_int_equal(doc.lines[doc.line_count - 1], cases[i].last);
        og_arena_done(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_up),
        cmocka_unit_test(core_schema),
        cmocka_unit_test(core_schema_nests),
        cmocka_unit_test(numbers_out_of_range_are_all_told),
        cmocka_unit_test(finds_places_on_one_line),
        cmocka_unit_test(finds_places_in_literal_blocks),
        cmocka_unit_test(finds_places_in_folded_text),
        cmocka_unit_test(falls_back_to_the_start),
        cmocka_unit_test(lines_are_indexed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
