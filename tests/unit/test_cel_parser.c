/* Source to tree and back: literals, precedence, macros, what is refused and where. */
#include "unit.h"

#include <math.h>

#include "base/buf.h"
#include "base/limits.h"
#include "cel/parse.h"
#include "cel/show.h"

typedef struct parsed {
    og_arena arena;
    cel_issues issues;
    cel_tree tree;
} parsed;

static void parse_limited(parsed *p, og_str source, uint32_t depth, uint32_t nodes)
{
    cel_parse_limits limits = {
        .depth = depth, .nodes = nodes, .source = OG_LIMIT_CEL_SOURCE};
    *p = (parsed){0};
    og_error err = {0};
    assert_int_equal(cel_parse(source, &limits, &p->arena, &p->issues, &p->tree, &err),
                     OG_OK);
}

static void parse(parsed *p, const char *source)
{
    parse_limited(p, og_str_from(source), OG_LIMIT_CEL_DEPTH, OG_LIMIT_CEL_NODES);
}

static void done(parsed *p)
{
    cel_issues_done(&p->issues);
    og_arena_done(&p->arena);
}

/* ---- Literals ---- */

static og_value literal(parsed *p, const char *source)
{
    parse(p, source);
    assert_int_equal(p->issues.count, 0);
    assert_int_equal(p->tree.root->kind, CEL_LITERAL);
    return p->tree.root->as.literal;
}

static void expect_int(const char *source, int64_t wanted)
{
    parsed p;
    og_value v = literal(&p, source);
    assert_int_equal(v.kind, OG_INT);
    assert_true(v.as.i == wanted);
    done(&p);
}

static void expect_text(const char *source, og_kind kind, const char *wanted, size_t size)
{
    parsed p;
    og_value v = literal(&p, source);
    assert_int_equal(v.kind, kind);
    assert_int_equal(og_text(v).n, size);
    assert_memory_equal(og_text(v).p, wanted, size);
    done(&p);
}

static void reads_numbers(void **state)
{
    (void)state;
    expect_int("0", 0);
    expect_int("0x7fffffffffffffff", INT64_MAX);
    expect_int("-9223372036854775808", INT64_MIN);
    expect_int("- 0x10", -16);
    parsed p;
    og_value v = literal(&p, "18446744073709551615U");
    assert_int_equal(v.kind, OG_UINT);
    assert_true(v.as.u == UINT64_MAX);
    done(&p);
    v = literal(&p, "-.5e-1");
    assert_int_equal(v.kind, OG_DOUBLE);
    assert_true(v.as.d == -0.05);
    done(&p);
    v = literal(&p, "-0.0");
    assert_true(signbit(v.as.d));
    done(&p);
}

static void reads_strings(void **state)
{
    (void)state;
    expect_text("\"a'b\"", OG_STRING, "a'b", 3);
    expect_text("'''a'b''c\n'''", OG_STRING, "a'b''c\n", 7);
    expect_text("''", OG_STRING, "", 0);
    expect_text("\"\"\"\"\"\"", OG_STRING, "", 0);
    expect_text("r'\\d+\\'", OG_STRING, "\\d+\\", 4);
    expect_text("'\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\\"\\'\\`'", OG_STRING,
                "\a\b\f\n\r\t\v\\?\"'`", 12);
    expect_text("'\\x41\\u00e9\\U0001F600\\101'", OG_STRING,
                "A\xc3\xa9\xf0\x9f\x98\x80"
                "A",
                8);
    expect_text("'\\377'", OG_STRING, "\xc3\xbf", 2);
    expect_text("b'\\377\\xfe\xc3\xbf'", OG_BYTES, "\xff\xfe\xc3\xbf", 4);
    expect_text("bR\"\\x\"", OG_BYTES, "\\x", 2);
}

/* ---- Trees ---- */

static void expect_form(const char *source, const char *form)
{
    parsed p, again;
    parse(&p, source);
    if (p.issues.count > 0)
        fail_msg("%s: %.*s", source, OG_FMT(p.issues.items[0].message));
    og_buf text = {0};
    cel_unparse_node(p.tree.root, &text);
    assert_string_equal(text.p, form);
    parse(&again, text.p);
    assert_int_equal(again.issues.count, 0);
    assert_true(cel_node_same(p.tree.root, again.tree.root));
    og_buf_done(&text);
    done(&p);
    done(&again);
}

static void knows_precedence(void **state)
{
    (void)state;
    expect_form("a||b&&c||d", "a || b && c || d");
    expect_form("(a||b)&&c", "(a || b) && c");
    expect_form("a&&(b&&c)", "a && (b && c)");
    expect_form("a-(b-c)-d", "a - (b - c) - d");
    expect_form("(a-b)-c", "a - b - c");
    expect_form("a+b*c%d", "a + b * c % d");
    expect_form("(a+b)*c", "(a + b) * c");
    expect_form("a<b==c", "a < b == c");
    expect_form("a in b ? c : d ? e : f", "a in b ? c : d ? e : f");
    expect_form("(a?b:c)?d:e", "(a ? b : c) ? d : e");
    expect_form("a?b||c:(d?e:f)", "a ? b || c : d ? e : f");
}

static void knows_unary_signs(void **state)
{
    (void)state;
    expect_form("!!a", "!!a");
    expect_form("--a", "--a");
    expect_form("!(-a)", "!(-a)");
    expect_form("-(!a)", "-(!a)");
    expect_form("-(1)", "-(1)");
    expect_form("--1", "--1");
    expect_form("-(1.size())", "-(1.size())");
    expect_form("-1.size()", "(-1).size()");
    expect_form("- -1-1", "--1 - 1");
    expect_form("!(a&&b)", "!(a && b)");
    expect_form("(-a).b", "(-a).b");
}

static void knows_members(void **state)
{
    (void)state;
    expect_form(".a.b . c [ 0 ] . d ( e , f )", ".a.b.c[0].d(e, f)");
    expect_form("a.?b[?c].`d-e/f`", "a.?b[?c].`d-e/f`");
    expect_form("a.package.if()", "a.package.if()");
    expect_form("[?a, 1u,]", "[?a, 1u]");
    expect_form("{?'a': b, 1: 2.0,}", "{?\"a\": b, 1: 2.0}");
    expect_form(".a.T{f: 1, ?`g-h`: x}", ".a.T{f: 1, ?`g-h`: x}");
}

static void keeps_literals(void **state)
{
    (void)state;
    expect_form("'\\n\\\"\\x01\xc3\xa9'", "\"\\n\\\"\\x01\xc3\xa9\"");
    expect_form("b'\\xc3'", "b\"\\xc3\"");
    expect_form("1e3 == 1000", "1000.0 == 1000");
    expect_form("1e300", "1e+300");
    expect_form("true != null // why\n", "true != null");
}

static void expands_macros(void **state)
{
    (void)state;
    expect_form("has(a.b.c)", "has(a.b.c)");
    expect_form("a.all(x,x>0)", "a.all(x, x > 0)");
    expect_form("a.exists(i,x,i>x)", "a.exists(i, x, i > x)");
    expect_form("a.existsOne(x,x)", "a.existsOne(x, x)");
    expect_form("a.map(x,x>0,x*2).filter(y,y)", "a.map(x, x > 0, x * 2).filter(y, y)");
    expect_form("a.transformMapEntry(k,v,{v:k})", "a.transformMapEntry(k, v, {v: k})");
    expect_form("cel.bind(x,a.b,x+x)", "cel.bind(x, a.b, x + x)");
    expect_form("a.optMap(x,x).optFlatMap(y,y)", "a.optMap(x, x).optFlatMap(y, y)");
    expect_form(
        "cel.block([1,cel.index(0)],[2].map(cel.iterVar(0,1),cel.iterVar(0,1)))",
        "cel.block([1, cel.index(0)], [2].map(cel.iterVar(0, 1), cel.iterVar(0, 1)))");
    parsed p;
    parse(&p, "a.all(x, x)");
    assert_int_equal(p.tree.root->kind, CEL_LOOP);
    assert_int_equal(p.tree.root->op, CEL_ALL);
    done(&p);
    parse(&p, "a.all(x)");
    assert_int_equal(p.tree.root->kind, CEL_CALL);
    done(&p);
}

static void nodes_know_their_place(void **state)
{
    (void)state;
    parsed p;
    parse(&p, " (a + b).c ");
    assert_str(cel_node_text(&p.tree, p.tree.root), "(a + b).c");
    assert_str(cel_node_text(&p.tree, p.tree.root->as.select.operand), "a + b");
    assert_int_equal(p.tree.root->at, 9);
    done(&p);
}

/* ---- Refusals ---- */

typedef struct refusal {
    const char *source, *message;
    uint32_t offset, length;
} refusal;

static void expect_refusals(const refusal *wanted, size_t count)
{
    parsed p;
    parse(&p, wanted[0].source);
    if (p.issues.count != count)
        fail_msg("%s: %zu issues, not %zu", wanted[0].source, p.issues.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_str(p.issues.items[i].message, wanted[i].message);
        assert_int_equal(p.issues.items[i].offset, wanted[i].offset);
        assert_int_equal(p.issues.items[i].length, wanted[i].length);
    }
    done(&p);
}

static void refuses_with_a_place(void **state)
{
    (void)state;
    static const refusal cases[] = {
        {"", "the expression is empty", 0, 1},
        {" // x", "the expression ends where a value should come", 5, 1},
        {"a +", "the expression ends where a value should come", 3, 1},
        {"a b", "'b' stands where an operator or the end should come", 2, 1},
        {"\"\xc3\xa9\" = 1", "'=' means nothing here", 4, 1},
        {"'a", "the string has no closing quote", 0, 2},
        {"'\\q'", "there is no such escape", 1, 2},
        {"'\\ud83d'", "the escape is not a Unicode code point", 1, 6},
        {"'\\x1'", "the escape is not complete", 1, 3},
        {"b'\\u0041'", "bytes have no \\u escapes", 2, 6},
        {"9223372036854775808", "'9223372036854775808' is out of the range of an int", 0,
         19},
        {"1abc", "'1abc' is not a number", 0, 4},
        {"0x", "'0x' is not a number", 0, 2},
        {"-1u", "'1u' is unsigned and cannot be negative", 1, 2},
        {"while", "'while' is a reserved word and cannot name anything", 0, 5},
        {"a.true", "'true' stands where the name of a field or function should come", 2,
         4},
        {"f(a", "the expression ends where ',' or ')' should come", 3, 1},
        {"[1 2]", "'2' stands where ',' or ']' should come", 3, 1},
        {"{1}", "'}' stands where ':' should come", 2, 1},
        {"a[1", "the expression ends where ']' should come", 3, 1},
        {"(a", "the expression ends where ')' should come", 2, 1},
        {"a ? b", "the expression ends where ':' should come", 5, 1},
        {"has(a)", "has() asks about the field of a record", 4, 1},
        {"a.all(x.y, x)", "a name for the element must stand here", 6, 3},
        {"a.all(x, x, x)", "the two names must differ", 9, 1},
        {"cel.bind(1, a, a)", "a name for the value must stand here", 9, 1},
        {"`a`", "a quoted name stands where a value should come", 0, 3},
        {"a\x01", "control character U+0001", 1, 1},
        {"cel.index(0).e{}", "'{' stands where an operator or the end should come", 14,
         1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_refusals(&cases[i], 1);
}

static void reports_several(void **state)
{
    (void)state;
    static const refusal three[] = {
        {"f(1 +, [2 3], {a})", "',' stands where a value should come", 5, 1},
        {"", "'3' stands where ',' or ']' should come", 10, 1},
        {"", "'}' stands where ':' should come", 16, 1},
    };
    expect_refusals(three, 3);
}

static void refuses_bad_bytes(void **state)
{
    (void)state;
    parsed p;
    parse_limited(&p, (og_str){"'a\xff'", 4}, 10, 10);
    assert_int_equal(p.issues.count, 1);
    assert_str(p.issues.items[0].message,
               "the expression is not valid UTF-8 (byte 0xFF)");
    assert_int_equal(p.issues.items[0].offset, 2);
    done(&p);
}

/* ---- Limits ---- */

static void expect_limited(const char *open, const char *middle, const char *close,
                           uint32_t depth)
{
    for (uint32_t n = depth / 2; n <= 4 * depth; n += depth / 2) {
        og_buf text = {0};
        for (uint32_t i = 0; i < n; i++)
            og_buf_puts(&text, open);
        og_buf_puts(&text, middle);
        for (uint32_t i = 0; i < n; i++)
            og_buf_puts(&text, close);
        parsed p;
        parse_limited(&p, og_buf_str(&text), depth, 100000);
        if (n > depth) {
            assert_int_equal(p.issues.count, 1);
            assert_string_equal(p.issues.items[0].code, "cel-limit");
        } else if (n < depth / 2 + 1) {
            assert_int_equal(p.issues.count, 0);
        }
        done(&p);
        og_buf_done(&text);
    }
}

static void bounds_nesting(void **state)
{
    (void)state;
    expect_limited("(", "a", ")", 50);
    expect_limited("[", "", "]", 50);
    expect_limited("{1:", "a", "}", 50);
    expect_limited("!", "a", "", 50);
    expect_limited("-", "a", "", 50);
    expect_limited("", "a", ".b", 50);
    expect_limited("", "a", "[0]", 50);
    expect_limited("", "a", " + b", 50);
    expect_limited("f(", "a", ")", 50);
    expect_limited("a ? b : ", "c", "", 50);
}

static void bounds_parts(void **state)
{
    (void)state;
    parsed p;
    parse_limited(&p, OG_STR("[1,2,3,4,5,6,7,8,9]"), 50, 5);
    assert_int_equal(p.issues.count, 1);
    assert_str(p.issues.items[0].message, "the expression has more than 5 parts");
    done(&p);
}

static void long_chains_of_logic_are_flat(void **state)
{
    (void)state;
    og_buf text = {0};
    og_buf_puts(&text, "a");
    for (int i = 0; i < 2000; i++)
        og_buf_puts(&text, i % 7 ? " && a" : " || a");
    parsed p;
    parse_limited(&p, og_buf_str(&text), 50, 100000);
    assert_int_equal(p.issues.count, 0);
    assert_int_equal(p.tree.root->depth, 3);
    done(&p);
    og_buf_done(&text);
}

static int parse_once(void *context)
{
    (void)context;
    parsed p = {0};
    cel_parse_limits limits = {.depth = 50, .nodes = 1000, .source = 1000};
    int rc =
        cel_parse(OG_STR("a.all(x, x in [1, 2, 3, 4, 5] && {'\\n': T{f: 1}} == 1 +, 2)"),
                  &limits, &p.arena, &p.issues, &p.tree, NULL);
    done(&p);
    return rc;
}

static void reports_lack_of_memory(void **state)
{
    (void)state;
    assert_true(unit_fail_each(parse_once, NULL) > 0 || !UNIT_HAS_FAULTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(reads_strings),
        cmocka_unit_test(knows_precedence),
        cmocka_unit_test(knows_unary_signs),
        cmocka_unit_test(knows_members),
        cmocka_unit_test(keeps_literals),
        cmocka_unit_test(expands_macros),
        cmocka_unit_test(nodes_know_their_place),
        cmocka_unit_test(refuses_with_a_place),
        cmocka_unit_test(reports_several),
        cmocka_unit_test(refuses_bad_bytes),
        cmocka_unit_test(bounds_nesting),
        cmocka_unit_test(bounds_parts),
        cmocka_unit_test(long_chains_of_logic_are_flat),
        cmocka_unit_test(reports_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
