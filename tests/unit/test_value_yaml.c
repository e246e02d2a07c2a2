/* YAML: positions, what is refused and in which words, hostile texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/mem.h"
#include "yaml_fixture.h"

static void expect_span(const og_node *n, uint32_t line, uint32_t column,
                        uint32_t end_line, uint32_t end_column)
{
    assert_non_null(n);
    assert_int_equal(n->line, line);
    assert_int_equal(n->column, column);
    assert_int_equal(n->end_line, end_line);
    assert_int_equal(n->end_column, end_column);
}

static void positions(void **state)
{
    (void)state;
    yaml_fixture y;
    const og_node *root =
        yaml_good(&y, "# note\na: \xe2\x82\xac x\nb:\n  - 'q'\n  - {c: d}\n"
                      "e: |\n  t\n  u\n\n# end\nf:\ng: [1,\n  2]\n");
    expect_span(root, 2, 1, 13, 5);
    expect_span(og_node_get(root, OG_STR("a")), 2, 4, 2, 7);
    const og_node *b = og_node_get(root, OG_STR("b"));
    expect_span(b, 4, 3, 5, 11);
    expect_span(b->items[0], 4, 5, 4, 8);
    expect_span(b->items[1], 5, 5, 5, 11);
    expect_span(og_node_get(b->items[1], OG_STR("c")), 5, 9, 5, 10);
    assert_int_equal(og_node_get(root, OG_STR("e"))->line, 6);
    expect_span(og_node_get(root, OG_STR("f")), 11, 3, 11, 3);
    expect_span(og_node_get(root, OG_STR("g")), 12, 4, 13, 5);
    yaml_done(&y);
}

static void positions_with_mark_and_crlf(void **state)
{
    (void)state;
    yaml_fixture y;
    const og_node *root = yaml_good(&y, "\xef\xbb\xbf"
                                        "a: 1\r\nb: \"x\r\n  y\"\r\nc: |\r\n  t\r\n");
    expect_span(og_node_get(root, OG_STR("a")), 1, 4, 1, 5);
    expect_span(og_node_get(root, OG_STR("b")), 2, 4, 3, 5);
    assert_true(og_str_is(og_node_get(root, OG_STR("b"))->text, "x y"));
    assert_true(og_str_is(og_node_get(root, OG_STR("c"))->text, "t\n"));
    assert_true(y.doc.source.p[0] == 'a');
    yaml_done(&y);
}

static void styles_and_texts(void **state)
{
    (void)state;
    yaml_fixture y;
    const og_node *root =
        yaml_good(&y, "- no\n- 'it''s'\n- \"\\u20ac\"\n- >\n  a\n  b\n- ''\n-\n");
    assert_int_equal(root->count, 6);
    static const char *const texts[] = {"no", "it's", "\xe2\x82\xac", "a b\n", "", ""};
    static const int styles[] = {OG_STYLE_PLAIN, OG_STYLE_QUOTED, OG_STYLE_QUOTED,
                                 OG_STYLE_BLOCK, OG_STYLE_QUOTED, OG_STYLE_PLAIN};
    for (size_t i = 0; i < 6; i++) {
        assert_true(og_str_is(root->items[i]->text, texts[i]));
        assert_int_equal(root->items[i]->style, styles[i]);
    }
    yaml_done(&y);
}

static void anchors_are_shared(void **state)
{
    (void)state;
    yaml_fixture y;
    const og_node *root =
        yaml_good(&y, "a: &x   {k: v}\nb: *x\nc: &y\n  - 1\nd: &z\ne: [*y, *z]\n");
    const og_node *a = og_node_get(root, OG_STR("a"));
    assert_ptr_equal(og_node_get(root, OG_STR("b")), a);
    expect_span(a, 1, 9, 1, 15);
    expect_span(og_node_get(root, OG_STR("c")), 4, 3, 4, 6);
    assert_int_equal(og_node_get(root, OG_STR("d"))->line, 5);
    assert_true(og_node_is_null(og_node_get(root, OG_STR("d"))));
    assert_int_equal(og_node_get(root, OG_STR("e"))->count, 2);
    yaml_done(&y);
}

static void empty_documents(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "\n",
                                        "# only\n",
                                        "---\n",
                                        "---\n...\n# x\n",
                                        "\xef\xbb\xbf",
                                        "%YAML 1.2\n---\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        yaml_fixture y;
        assert_null(yaml_good(&y, texts[i]));
        yaml_done(&y);
    }
    yaml_fixture y;
    assert_non_null(yaml_good(&y, "---\na: 1\n...\n...\n# end"));
    yaml_done(&y);
}

/* A text, and the one finding it must give: place, code, part of text and of hint. */
typedef struct bad {
    const char *yaml;
    uint32_t line, column;
    const char *code, *text, *hint;
} bad;

static const bad bads[] = {
    {"a:\n\tb: 1\n", 2, 1, "tab-indentation", "tab character", "spaces"},
    {"a:\n  b: 1\n\tc: 2\n", 3, 1, "tab-indentation", "tab character", "spaces"},
    {"a: |\n\tb\n", 2, 1, "tab-indentation", "tab character", "spaces"},
    {"a: !!str 1\n", 1, 4, "explicit-tag", "explicit tag '!!str' is not accepted",
     "the field's type decides"},
    {"a: ! x\n", 1, 4, "explicit-tag", "'!'", "remove it"},
    {"a: !x [1]\n", 1, 4, "explicit-tag", "'!x'", "remove it"},
    {"a: !<tag:yaml.org,2002:int> {}\n", 1, 4, "explicit-tag", "'!!int'", "remove it"},
    {"a: !y!x 1\n", 1, 4, "explicit-tag", "explicit tags", "remove it"},
    {"a: 1\nb: 2\na: 3\n", 3, 1, "duplicate-key",
     "duplicate key 'a': first on line 1, column 1", "keep one"},
    {"[x]: 1\n", 1, 1, "complex-key", "a list or a mapping", "quotes"},
    {"? {a: b}\n: 1\n", 1, 3, "complex-key", "a list or a mapping", "quotes"},
    {"?\n: 1\n", 1, 2, "empty-key", "a key is missing", "before ':'"},
    {"b: &x {a: 1}\nc:\n  <<: *x\n", 3, 3, "merge-key", "merge keys", "a key like any"},
    {"a: 1\n---\nb: 2\n", 2, 1, "second-document", "a second document", "of its own"},
    {"a: 1\n...\n# x\nb: 2\n", 4, 1, "second-document", "after the end", "quotes"},
    {"a: 1\n...\n%TAG ! x\n---\n", 3, 1, "second-document", "after the end", ""},
    {"\"a\" b\n", 1, 5, "second-document", "after the end", "quotes"},
    {"%TAG ! tag:x,2000:\n---\na: 1\n", 1, 1, "yaml-directive", "not %YAML", "remove"},
    {"%YAML 1.2\n%YAML 1.2\n---\n", 2, 1, "yaml-directive", "second %YAML", "remove"},
    {"a: *x\n", 1, 4, "alias", "'*x' has no anchor", "&x"},
    {"a: &x [*x]\n", 1, 8, "alias", "inside what it names", "write the value out"},
    {"a: &x 1\nb: &x 2\n", 2, 4, "duplicate-anchor", "already given on line 1",
     "another"},
    {"a: \"x\\0y\"\n", 1, 4, "nul-character", "NUL", "remove"},
    {"a: 1\nb: x\x01y\n", 2, 5, "control-character", "(U+0001)", "delete it"},
    {"a: \xe2\x82\xac\x7f\n", 1, 5, "control-character", "(U+007F)", "delete it"},
    {"a: 1\rb: 2\r", 1, 5, "control-character", "lone carriage return", "CR LF"},
    {"a: x\xe2\x80\xa8y\n", 1, 5, "control-character", "(U+2028)", "\\u2028"},
    {"a: x\xc2\x85y\n", 1, 5, "control-character", "(U+0085)", ""},
    {"a: \xef\xbb\xbf\n", 1, 4, "control-character", "byte order mark inside", ""},
    {"a: \xef\xbf\xbf\n", 1, 4, "control-character", "no character", ""},
    {"a: 1\nb: \xff\n", 2, 4, "invalid-utf8", "byte 0xff", "UTF-8"},
    {"a: \xe2\x82\n", 1, 4, "invalid-utf8", "byte 0xe2", "UTF-8"},
    {"a: \xed\xa0\x80\n", 1, 4, "invalid-utf8", "byte 0xed", "UTF-8"},
    {"\xff\xfe"
     "a",
     1, 1, "invalid-utf8", "UTF-16", "UTF-8"},
    {"a: b: c\n", 1, 5, "yaml-syntax", "': ' is not expected", "quotes"},
    {"a: 1\n b: 2\n", 2, 3, "yaml-syntax", "': ' is not expected", "indentation"},
    {"a:\n  b: 1\n c: 2\n", 3, 2, "yaml-syntax", "does not fit the mapping",
     "same column"},
    {"- a\nb: 1\n", 2, 1, "yaml-syntax", "does not fit the list", "same column"},
    {"a: 1\nword\nb: 2\n", 2, 1, "yaml-syntax", "a key without ': '", "write ': '"},
    {"a: 1\nb: 'open\nc: 2\n", 2, 4, "yaml-syntax", "never ends", "close it"},
    {"a: \"open\n---\n", 1, 4, "yaml-syntax", "not closed before '---'", "close it"},
    {"a: \"\\d\"\n", 1, 5, "yaml-syntax", "unknown escape", "backslash"},
    {"a: \"\\ud83d\\ude00\"\n", 1, 7, "yaml-syntax", "not a Unicode", "surrogate"},
    {"a: \"\\xg\"\n", 1, 7, "yaml-syntax", "hexadecimal", "\\xNN"},
    {"a: [1, 2\nb: 3\n", 2, 2, "yaml-syntax", "the list in [ ]", "']'"},
    {"a: {b: 1\nc: 3\n", 2, 2, "yaml-syntax", "the mapping in { }", "'}'"},
    {"a: [1,\n", 2, 1, "yaml-syntax", "a value is missing", ""},
    {"a: * b\n", 1, 4, "yaml-syntax", "'*' starts an alias", "quotes"},
    {"a: & b\n", 1, 4, "yaml-syntax", "'&' starts an anchor", "quotes"},
    {"a: @b\n", 1, 4, "yaml-syntax", "cannot start a value", "quotes"},
    {"a: `b`\n", 1, 4, "yaml-syntax", "cannot start a value", "quotes"},
    {"a: | text\n", 1, 6, "yaml-syntax", "behind '|'", "next line"},
    {"a: |0\n x\n", 1, 5, "yaml-syntax", "indentation of 0", "leave"},
    {"a: - b\n", 1, 4, "yaml-syntax", "a list item is not expected", "own"},
};

static bool holds(og_str text, const char *part)
{
    char whole[1024];
    snprintf(whole, sizeof whole, "%.*s", OG_FMT(text));
    return strstr(whole, part) != NULL;
}

static void check_bad(const bad *x)
{
    yaml_fixture y;
    yaml_read(&y, x->yaml);
    assert_int_equal(y.rc, OG_E_INVALID);
    assert_null(y.doc.root);
    assert_int_equal(y.diags.count, 1);
    const og_diag *d = &y.diags.items[0];
    bool same = d->pos.line == x->line && d->pos.column == x->column &&
                strcmp(d->code, x->code) == 0 && holds(d->text, x->text) &&
                holds(d->hint, x->hint);
    if (!same)
        print_error("gave %u:%u [%s] %.*s (%.*s)\n%s", d->pos.line, d->pos.column,
                    d->code, OG_FMT(d->text), OG_FMT(d->hint), x->yaml);
    assert_true(same);
    assert_string_equal(d->pos.path, "f.yaml");
    yaml_done(&y);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++)
        check_bad(&bads[i]);
}

static void a_nul_byte_is_refused(void **state)
{
    (void)state;
    yaml_fixture y;
    yaml_read_str(&y, OG_STR("a: x\0y\n"));
    assert_int_equal(y.rc, OG_E_INVALID);
    assert_true(holds(y.diags.items[0].text, "NUL byte"));
    assert_int_equal(y.diags.items[0].pos.column, 5);
    yaml_done(&y);
}

static void goes_on_after_a_finding(void **state)
{
    (void)state;
    yaml_fixture y;
    yaml_read(&y, "a: !!int 1\na: *none\nb: {c: 1, c: 2}\n[k]: 1\n");
    assert_int_equal(y.rc, OG_E_INVALID);
    assert_int_equal(y.diags.errors, 5);
    yaml_done(&y);
}

static void duplicate_in_a_large_mapping(void **state)
{
    (void)state;
    char text[4096];
    size_t n = 0;
    for (int i = 0; i < 100; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "k%d: %d\n", i, i);
    snprintf(text + n, sizeof text - n, "k42: again\n");
    check_bad(&(bad){text, 101, 1, "duplicate-key", "'k42': first on line 43", "keep"});
}

/* `count` times `piece`, and tail. The caller frees. */
static char *repeat(const char *piece, size_t count, const char *tail)
{
    size_t n = strlen(piece);
    char *text = og_alloc(n * count + strlen(tail) + 1);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * n, piece, n);
    strcpy(text + n * count, tail);
    return text;
}

static void expect_refused(char *own_text, const char *code)
{
    yaml_fixture y;
    yaml_read(&y, own_text);
    assert_int_equal(y.rc, OG_E_INVALID);
    assert_string_equal(y.diags.items[0].code, code);
    assert_true(y.diags.items[0].pos.line > 0 || strcmp(code, "file-size") == 0);
    yaml_done(&y);
    og_free(own_text);
}

static void depth_is_bounded(void **state)
{
    (void)state;
    expect_refused(repeat("[", 1000, ""), "yaml-depth");
    expect_refused(repeat("[", 1000000, ""), "yaml-depth");
    expect_refused(repeat("{a: ", 1000000, ""), "yaml-depth");
    expect_refused(repeat("- ", 1000000, ""), "yaml-depth");
    expect_refused(repeat("? ", 1000000, ""), "yaml-depth");
    expect_refused(repeat("[", OG_LIMIT_DEPTH + 1, ""), "yaml-depth");
    yaml_fixture y;
    char *fits = repeat("- ", OG_LIMIT_DEPTH, "x\n");
    assert_non_null(yaml_good(&y, fits));
    yaml_done(&y);
    og_free(fits);
}

static void depth_counts_aliases(void **state)
{
    (void)state;
    char text[4096] = "a: &a0 x\n";
    for (unsigned i = 1; i <= OG_LIMIT_DEPTH; i++) {
        size_t n = strlen(text);
        snprintf(text + n, sizeof text - n, "k%u: &a%u [*a%u]\n", i, i, i - 1);
    }
    check_bad(&(bad){text, OG_LIMIT_DEPTH + 1, 14, "yaml-depth", "deeper than 100", ""});
}

static void alias_bombs_are_refused(void **state)
{
    (void)state;
    char text[4096] = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (unsigned i = 1; i < 12; i++) {
        size_t n = strlen(text);
        snprintf(text + n, sizeof text - n, "a%u: &a%u [*a%u, *a%u, *a%u, *a%u, *a%u]\n",
                 i, i, i - 1, i - 1, i - 1, i - 1, i - 1);
    }
    yaml_fixture y;
    yaml_read(&y, text);
    assert_int_equal(y.rc, OG_E_INVALID);
    assert_string_equal(y.diags.items[0].code, "yaml-size");
    assert_true(y.arena.used < 100000);
    yaml_done(&y);
    char *many = repeat("- *a\n", OG_LIMIT_ALIASES + 1, "");
    memcpy(many, "- &a\n", 5);
    assert_non_null(yaml_good(&y, many));
    yaml_done(&y);
    og_free(many);
    many = repeat("- *a\n", OG_LIMIT_ALIASES + 2, "");
    memcpy(many, "- &a\n", 5);
    expect_refused(many, "alias");
}

static void size_is_bounded(void **state)
{
    (void)state;
    expect_refused(repeat("# 456789\n", OG_LIMIT_FILE / 9 + 1, ""), "file-size");
    expect_refused(repeat("%TAG !a! x\n", 100000, "---\n"), "yaml-directive");
    expect_refused(repeat("k: 1\n", 200000, ""), "duplicate-key");
    yaml_fixture y;
    char *large = repeat("- [a, b]\n", 100000, "");
    assert_int_equal(yaml_good(&y, large)->count, 100000);
    yaml_done(&y);
    og_free(large);
}

#ifdef OG_FAULT_INJECTION
static const char rich[] =
    "a: &x [1, 'two', \"three\", {b: c}]\nd: *x\ne: |\n  text\n"
    "f: {k1: 1, k2: 2, k3: 3, k4: 4, k5: 5, k6: 6, k7: 7, k8: 8, k9: 9, k10: 10}\n";
static const char poor[] = "a: !!str 1\na: 2\nb: *none\n";

static void fail_each(const char *text, int expected)
{
    long n = 0;
    for (bool failed = true; failed; n++) {
        yaml_fixture y;
        og_mem_fail_at(n);
        yaml_read(&y, text);
        failed = og_mem_failed();
        og_mem_fail_at(-1);
        /* The error's own words may be what there was no memory for. */
        assert_true(failed ? y.rc == OG_E_NOMEM || y.rc == expected : y.rc == expected);
        assert_true(y.rc != OG_OK || y.doc.root);
        assert_true(!failed || y.rc != OG_OK);
        yaml_done(&y);
    }
    assert_true(n > 3);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    fail_each(rich, OG_OK);
    fail_each(poor, OG_E_INVALID);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions),
        cmocka_unit_test(positions_with_mark_and_crlf),
        cmocka_unit_test(styles_and_texts),
        cmocka_unit_test(anchors_are_shared),
        cmocka_unit_test(empty_documents),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(a_nul_byte_is_refused),
        cmocka_unit_test(goes_on_after_a_finding),
        cmocka_unit_test(duplicate_in_a_large_mapping),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(depth_counts_aliases),
        cmocka_unit_test(alias_bombs_are_refused),
        cmocka_unit_test(size_is_bounded),
#ifdef OG_FAULT_INJECTION
        cmocka_unit_test(every_allocation_may_fail),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
