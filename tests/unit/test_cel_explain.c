/* Explanations: which sub-expressions and elements are named, with which values and
 * places, and that asking changes nothing. Reasons are written as text:
 *
 *   text = value {part; part} [index: value {…}, +rest] */
#include "cel_fixture.h"

static fixture f;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&f, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_done(&f);
    return 0;
}

static void put_reason(const cel_reason *r, og_buf *out)
{
    og_buf_put(out, r->text);
    og_buf_puts(out, " = ");
    cel_show_value(r->value, 40, out);
    for (size_t i = 0; i < r->part_count; i++) {
        og_buf_puts(out, i ? "; " : " {");
        put_reason(&r->parts[i], out);
    }
    if (r->part_count > 0)
        og_buf_putc(out, '}');
    for (size_t i = 0; i < r->element_count; i++) {
        og_buf_printf(out, "%s%zu: ", i ? ", " : " [", r->elements[i].index);
        cel_show_value(r->elements[i].value, 40, out);
        og_buf_putc(out, ' ');
        put_reason(r->elements[i].reason, out);
    }
    if (r->element_rest > 0)
        og_buf_printf(out, "%s+%zu", r->element_count ? ", " : " [", r->element_rest);
    if (r->element_count + r->element_rest > 0)
        og_buf_putc(out, ']');
}

typedef struct explained {
    cel_program *program;
    og_arena arena;
    og_value value;
    cel_explanation why;
    og_buf text; /* of the root */
} explained;

static void explain(explained *e, const char *source, cel_eval_options options)
{
    og_error err = {0};
    *e = (explained){.program = fixture_compile(&f, source, NULL)};
    options.explain = true;
    assert_int_equal(
        cel_eval(e->program, f.values, &e->arena, &options, &e->value, &e->why, &err),
        OG_OK);
    put_reason(&e->why.root, &e->text);
}

static void explained_done(explained *e)
{
    og_buf_done(&e->text);
    og_arena_done(&e->arena);
    cel_program_free(e->program);
}

static void expect(const char *source, const char *wanted)
{
    explained e;
    explain(&e, source, (cel_eval_options){0});
    if (strcmp(e.text.p, wanted) != 0)
        fail_msg("%s:\n  %s\nnot\n  %s", source, e.text.p, wanted);
    explained_done(&e);
}

static void shows_operands(void **state)
{
    (void)state;
    expect("issue.severity > 2",
           "issue.severity > 2 = false {issue.severity = 2; 2 = 2}");
    expect("!(count == 3)",
           "!(count == 3) = false {count == 3 = true {count = 3; 3 = 3}}");
    expect(
        "issue.id.startsWith(\"SIT\")",
        "issue.id.startsWith(\"SIT\") = true {issue.id = \"SIT-2\"; \"SIT\" = \"SIT\"}");
    expect("[1, 2][1]", "[1, 2][1] = 2 {[1, 2] = [1, 2]; 1 = 1}");
}

static void shows_what_decided(void **state)
{
    (void)state;
    expect(
        "count > 2 && count > 3 && count < 2",
        "count > 2 && count > 3 && count < 2 = false "
        "{count > 3 = false {count = 3; 3 = 3}; count < 2 = false {count = 3; 2 = 2}}");
    expect("count > 5 || count > 2",
           "count > 5 || count > 2 = true {count > 2 = true {count = 3; 2 = 2}}");
    expect(
        "count > 5 || count > 4",
        "count > 5 || count > 4 = false "
        "{count > 5 = false {count = 3; 5 = 5}; count > 4 = false {count = 3; 4 = 4}}");
    expect("count > 2 ? issue.severity : any",
           "count > 2 ? issue.severity : any = 2 "
           "{count > 2 = true {count = 3; 2 = 2}; issue.severity = 2}");
    expect("true && nothing", "true && nothing = unknown (nothing) "
                              "{nothing = unknown (nothing)}");
    expect("cel.bind(x, count + 1, x > 5)",
           "cel.bind(x, count + 1, x > 5) = false {x > 5 = false {x = 4; 5 = 5}}");
}

static void shows_elements(void **state)
{
    (void)state;
    const char *list = "issues = [SIT-1, SIT-2, SIT-3]";
    char wanted[1000];
    snprintf(wanted, sizeof wanted,
             "issues.all(i, i.severity > 1) = false {%s} "
             "[0: SIT-1 i.severity > 1 = false {i.severity = 1; 1 = 1}]",
             list);
    expect("issues.all(i, i.severity > 1)", wanted);
    snprintf(wanted, sizeof wanted, "issues.all(i, i.severity > 0) = true {%s} [+3]",
             list);
    expect("issues.all(i, i.severity > 0)", wanted);
    snprintf(wanted, sizeof wanted,
             "issues.exists(i, i.severity == 3) = true {%s} "
             "[2: SIT-3 i.severity == 3 = true {i.severity = 3; 3 = 3}]",
             list);
    expect("issues.exists(i, i.severity == 3)", wanted);
    snprintf(wanted, sizeof wanted,
             "issues.filter(i, i.severity > 2).size() == 0 = false "
             "{issues.filter(i, i.severity > 2).size() = 1 "
             "{issues.filter(i, i.severity > 2) = [SIT-3] {%s} "
             "[2: SIT-3 i.severity > 2 = true {i.severity = 3; 2 = 2}]}; 0 = 0}",
             list);
    expect("issues.filter(i, i.severity > 2).size() == 0", wanted);
    snprintf(wanted, sizeof wanted,
             "issues.all(i, i.workaround != \"\") = unknown (i.workaround) {%s} "
             "[1: SIT-2 i.workaround != \"\" = unknown (i.workaround) "
             "{i.workaround = unknown (i.workaround); \"\" = \"\"}]",
             list);
    expect("issues.all(i, i.workaround != \"\")", wanted);
    expect("{\"a\": 1, \"b\": 2}.exists(k, v, v == 2)",
           "{\"a\": 1, \"b\": 2}.exists(k, v, v == 2) = true "
           "{{\"a\": 1, \"b\": 2} = {\"a\": 1, \"b\": 2}} "
           "[1: 2 v == 2 = true {v = 2; 2 = 2}]");
    expect("[1, 0].map(x, x / x)",
           "[1, 0].map(x, x / x) = error: divide by zero {[1, 0] = [1, 0]} "
           "[1: 0 x / x = error: divide by zero {x = 0; x = 0}]");
}

static void counts_the_rest(void **state)
{
    (void)state;
    explained e;
    explain(&e, "issues.exists(i, i.severity > 0)",
            (cel_eval_options){.max_elements = 2});
    assert_int_equal(e.why.root.element_count, 2);
    assert_int_equal(e.why.root.element_rest, 1);
    explained_done(&e);
}

static void says_what_is_missing(void **state)
{
    (void)state;
    explained e;
    explain(&e, "false && nothing", (cel_eval_options){0});
    assert_int_equal(e.value.kind, OG_BOOL);
    assert_int_equal(e.why.missing_count, 1);
    assert_str(e.why.missing[0], "nothing");
    explained_done(&e);
    explain(&e, "nothing + lost > 0", (cel_eval_options){0});
    assert_int_equal(e.why.missing_count, 2);
    assert_str(e.why.missing[0], "lost");
    explained_done(&e);
    explain(&e, "count > 1", (cel_eval_options){0});
    assert_int_equal(e.why.missing_count, 0);
    explained_done(&e);
}

static void points_into_the_source(void **state)
{
    (void)state;
    explained e;
    explain(&e, "\"\u00e9\" == \"\" || count < 2", (cel_eval_options){0});
    const cel_reason *part = &e.why.root.parts[1];
    assert_str(part->text, "count < 2");
    assert_int_equal(part->offset, 13); /* code points */
    assert_int_equal(part->length, 9);
    assert_string_equal(part->role, "operand");
    explained_done(&e);
}

/* With a budget that suffices for the value but not for the explanation too. */
static void is_cut_short_by_limits(void **state)
{
    (void)state;
    explained e;
    const char *source =
        "[1, 2, 3, 4].exists(x, [1, 2, 3, 4].exists(y, x + y == 8)) == false";
    explain(&e, source, (cel_eval_options){0});
    assert_true(e.why.cost > 10);
    uint64_t cost = e.why.cost;
    explained_done(&e);
    explain(&e, source, (cel_eval_options){.cost_limit = cost + 1});
    assert_int_equal(e.value.kind, OG_BOOL);
    assert_false(e.value.as.b);
    assert_false(e.why.root.value.as.b);
    explained_done(&e);
}

static void is_cut_short_by_its_parts(void **state)
{
    (void)state;
    explained e;
    explain(&e, "count + 1 > 2 && count + 2 > 9", (cel_eval_options){.max_reasons = 2});
    assert_int_equal(e.why.root.part_count, 1);
    assert_int_equal(e.why.root.parts[0].value.kind, OG_BOOL);
    assert_int_equal(e.why.root.parts[0].parts[0].part_count, 0);
    explained_done(&e);
}

/* Every expression gives the same value with and without. */
static void changes_nothing(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "issues.map(i, i.severity > 1, i.id)",
        "[3, 1, 2].transformMap(i, v, v > 1, v * i)",
        "optional.of(5).optMap(x, x + 1).orValue(2)",
        "cel.block([count + 1, cel.index(0) * 2], cel.index(1) > 7 && cel.index(0) == 4)",
        "[1, 2, 3][dyn(1.0)]",
        "optional.none().orValue(nothing) || true",
        "optional.of(1).orValue(1 / 0)",
        "{\"a\": [1, 2]}.a[?5].hasValue() ? nothing : lost",
        "issues.filter(i, has(i.workaround)).map(i, i.workaround).join(\", \")",
        "issue.blocks.severity > 1 || \"abc\".matches(\"^a.c$\")",
        "[1, 2].exists(x, x / 0 > 1) || liar < 3",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        explained e;
        explain(&e, sources[i], (cel_eval_options){0});
        og_buf text = {0};
        cel_show_value(e.value, 0, &text);
        assert_string_equal(text.p, fixture_run(&f, sources[i]));
        og_buf_done(&text);
        explained_done(&e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_operands),
        cmocka_unit_test(shows_what_decided),
        cmocka_unit_test(shows_elements),
        cmocka_unit_test(counts_the_rest),
        cmocka_unit_test(says_what_is_missing),
        cmocka_unit_test(points_into_the_source),
        cmocka_unit_test(is_cut_short_by_limits),
        cmocka_unit_test(is_cut_short_by_its_parts),
        cmocka_unit_test(changes_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
