/* JSON as nodes: what is read, where it stands, what is refused and where. */
#include "unit.h"
#include "value/json_node.h"
#include "value/json_pointer.h"
#include "value/yaml.h"

#include <stdio.h>

typedef struct parsed {
    og_arena arena;
    og_diags diags;
    og_document doc;
    og_error err;
    int rc;
} parsed;

static void parse(parsed *p, og_str text)
{
    *p = (parsed){.doc = {.path = "a.json", .source = text}};
    p->rc = og_json_parse_nodes(&p->arena, &p->doc, &p->diags, &p->err);
}

static void done(parsed *p)
{
    og_arena_done(&p->arena);
    og_diags_done(&p->diags);
    og_error_done(&p->err);
}

static const og_node *at(const parsed *p, const char *pointer)
{
    const og_node *node = og_node_at(p->doc.root, og_str_from(pointer));
    if (!node)
        fail_msg("nothing at '%s'", pointer);
    return node;
}

static void test_tree(void **state)
{
    (void)state;
    parsed p;
    parse(&p,
          OG_STR("\xef\xbb\xbf{\"a\": [1, -0.50e+2,\r\n  \"x\\u00e9\\ud83d\\ude00\\n\"], "
                 "\"b/c\": {\"~\": null}, \"\": true}\n"));
    assert_int_equal(p.rc, OG_OK);
    assert_int_equal(p.doc.root->kind, OG_NODE_MAP);
    assert_int_equal(p.doc.root->count, 3);
    assert_str(at(&p, "/a/1")->text, "-0.50e+2");
    assert_int_equal(at(&p, "/a/1")->style, OG_STYLE_PLAIN);
    assert_str(at(&p, "/a/2")->text, "x\xc3\xa9\xf0\x9f\x98\x80\n");
    assert_int_equal(at(&p, "/a/2")->style, OG_STYLE_QUOTED);
    assert_int_equal(at(&p, "/a/2")->line, 2);
    assert_int_equal(at(&p, "/a/2")->column, 3);
    assert_true(og_node_is_null(at(&p, "/b~1c/~0")));
    assert_str(at(&p, "/")->text, "true");
    assert_ptr_equal(at(&p, ""), p.doc.root);
    static const char *const nothing[] = {"/a/3", "/a/01", "/a/-", "/a/+1",  "a",
                                          "/c",   "/b~2c", "/b~",  "/a/0/x", "/a/"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        assert_null(og_node_at(p.doc.root, og_str_from(nothing[i])));
    done(&p);
}

static void test_scalars(void **state)
{
    (void)state;
    static const char *const good[] = {"0",    "-0",   "10",       "1.5", "1E5", "1e-05",
                                       "true", "null", "\"\\\"\"", "[]",  "{}",  " [ ] "};
    static const char *const bad[] = {"",
                                      "01",
                                      "+1",
                                      ".5",
                                      "1.",
                                      "1e",
                                      "-",
                                      "tru",
                                      "True",
                                      "NaN",
                                      "0x1",
                                      "'a'",
                                      "[1,]",
                                      "{\"a\":1,}",
                                      "[1 2]",
                                      "{a:1}",
                                      "1 2",
                                      "[",
                                      "{\"a\"",
                                      "\"a",
                                      "\"\\x\"",
                                      "\"\\u12\"",
                                      "\"\t\"",
                                      "[}",
                                      "\"\\ud800\"",
                                      "\"\\udc00\"",
                                      "\"\\u0000\"",
                                      "\"\\ud800\\u0041\"",
                                      "\"\\",
                                      "/**/1"};
    parsed p;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        parse(&p, og_str_from(good[i]));
        if (p.rc != OG_OK)
            fail_msg("refused: %s", good[i]);
        done(&p);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        parse(&p, og_str_from(bad[i]));
        if (p.rc != OG_E_INVALID || p.diags.errors != 1 || !p.diags.items[0].hint.n)
            fail_msg("taken, or without one finding and hint: %s", bad[i]);
        done(&p);
    }
}

static void expect_finding(og_str text, const char *expected)
{
    parsed p;
    char line[300];
    parse(&p, text);
    assert_int_equal(p.rc, OG_E_INVALID);
    assert_int_equal(p.diags.count, 1);
    const og_diag *d = &p.diags.items[0];
    snprintf(line, sizeof line, "%u:%u: %.*s [%s]", d->pos.line, d->pos.column,
             OG_FMT(d->text), d->code);
    assert_string_equal(line, expected);
    done(&p);
}

static void test_places(void **state)
{
    (void)state;
    char deep[202];
    memset(deep, '[', sizeof deep);
    expect_finding(OG_STR("[\n  1,\n  tru\n]"),
                   "3:3: this is no JSON value [json-syntax]");
    expect_finding(OG_STR("{\"\xc3\xa9\": \"a\nb\"}"),
                   "1:9: a line break or control in a string [json-syntax]");
    expect_finding(OG_STR("{\"a\": 1 \"b\": 2}"),
                   "1:9: ',' or '}' is expected here [json-syntax]");
    expect_finding(OG_STR("[\"a\", \"b"), "1:7: a string is not closed [json-syntax]");
    expect_finding(OG_STR("{\"a\": 1,"),
                   "1:9: the file ends in the middle of a value [json-syntax]");
    expect_finding(OG_STR("{\"a\": 1,\n \"a\": 2}"),
                   "2:2: duplicate key 'a': first on line 1, column 2 [duplicate-key]");
    expect_finding(
        OG_STR("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,"
               "\"i\":1,\"c\":2}"),
        "1:56: duplicate key 'c': first on line 1, column 14 [duplicate-key]");
    expect_finding(OG_STR("[\"\\u00e9\\q\"]"),
                   "1:9: there is no such escape [json-syntax]");
    expect_finding(OG_STR("[1,\xff]"), "1:4: invalid UTF-8 [json-byte]");
    expect_finding((og_str){deep, sizeof deep},
                   "1:101: arrays and objects are nested too deep [json-depth]");
    expect_finding(OG_STR("{} {}"), "1:4: something follows the value [json-syntax]");
}

/* ---- Written ---- */

static int write_yaml(og_str text, og_buf *out, og_error *err)
{
    parsed p = {.doc = {.path = "a.yaml", .source = text}};
    assert_int_equal(og_yaml_parse(&p.arena, &p.doc, &p.diags, &p.err), OG_OK);
    int rc = og_json_write_node(p.doc.root, out, err);
    done(&p);
    return rc;
}

static void test_written(void **state)
{
    static const char *const cases[][2] = {
        {"{b: 1, a: [x, []], aa: {}}",
         "{\n  \"a\": [\n    \"x\",\n    []\n  ],\n  \"aa\": {},\n  \"b\": 1\n}"},
        /* Numbers as JSON has them, with their digits; other words are text. */
        {"1.50", "1.50"},
        {"-0", "-0"},
        {"1E+05", "1E+05"},
        {"99999999999999999999", "99999999999999999999"},
        {"01", "\"01\""},
        {"+1", "\"+1\""},
        {".5", "\".5\""},
        {"0x1F", "\"0x1F\""},
        {".inf", "\".inf\""},
        {"true", "true"},
        {"True", "\"True\""},
        {"no", "\"no\""},
        {"~", "null"},
        {"'null'", "\"null\""},
        {"'1'", "\"1\""},
        {"|\n  a\n  b\n", "\"a\\nb\\n\""},
        {"\"\\x85\\u2028\"", "\"\xc2\x85\xe2\x80\xa8\""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        og_buf out = {0};
        assert_int_equal(write_yaml(og_str_from(cases[i][0]), &out, NULL), OG_OK);
        assert_str(og_buf_str(&out), cases[i][1]);
        parsed p; /* and read again it is what it was */
        parse(&p, og_buf_str(&out));
        og_buf again = {0};
        assert_int_equal(p.rc, OG_OK);
        assert_int_equal(og_json_write_node(p.doc.root, &again, NULL), OG_OK);
        assert_str(og_buf_str(&again), cases[i][1]);
        done(&p);
        og_buf_done(&out);
        og_buf_done(&again);
    }
}

/* Five lines that stand for 111,110 words: the buffer's limit ends it. */
static void test_written_limit(void **state)
{
    og_buf text = {0}, out = {.limit = 1000};
    og_error err = {0};

    (void)state;
    og_buf_puts(&text, "- &a0 [w, w, w, w, w, w, w, w, w, w]\n");
    for (int i = 0; i < 4; i++) {
        og_buf_printf(&text, "- &a%d [", i + 1);
        for (int k = 0; k < 10; k++)
            og_buf_printf(&text, "%s*a%d", k ? ", " : "", i);
        og_buf_puts(&text, "]\n");
    }
    assert_int_equal(write_yaml(og_buf_str(&text), &out, &err), OG_E_LIMIT);
    assert_error(&err, OG_E_LIMIT, "1000");
    og_buf_done(&text);
    og_buf_done(&out);
}

static int parse_once(void *context)
{
    parsed p;
    parse(&p, *(const og_str *)context);
    int rc = p.diags.failed ? p.diags.failed : p.rc;
    done(&p);
    return rc;
}

static void test_faults(void **state)
{
    (void)state;
    og_str text =
        OG_STR("[{\"a\":1,\"b\":\"\\n\",\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,"
               "\"h\":1,\"i\":1}, []]");
    assert_true(unit_fail_each(parse_once, &text) > 10 || !UNIT_HAS_FAULTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree),          cmocka_unit_test(test_scalars),
        cmocka_unit_test(test_places),        cmocka_unit_test(test_written),
        cmocka_unit_test(test_written_limit), cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
