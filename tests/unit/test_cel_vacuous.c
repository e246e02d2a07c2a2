/* Parts that hold of an empty list: found exactly there. Each condition stands with the
 * parts found in it and the variables they come from. */
#include "cel_fixture.h"

static fixture f;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&f, NULL);
    fixture_set(&f, "words", &cel_list_string, og_absent());
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_done(&f);
    return 0;
}

/* "defects: part | defects: part", or "". */
static void put_found(const cel_program *program, og_buf *out)
{
    og_arena arena = {0};
    og_error err = {0};
    const cel_vacuity *found = NULL;
    size_t count = 0;
    assert_int_equal(cel_program_vacuous(program, &arena, &found, &count, &err), OG_OK);
    og_str source = cel_program_source(program); /* ASCII: points are bytes */
    for (size_t i = 0; i < count; i++) {
        og_str part =
            og_str_slice(source, found[i].offset, found[i].offset + found[i].length);
        og_buf_printf(out, "%s%.*s: %.*s", i ? " | " : "",
                      OG_FMT(cel_env_variable_name(f.env, found[i].slot)), OG_FMT(part));
    }
    og_buf_putc(out, '\0');
    og_arena_done(&arena);
}

static void expect_found(const expectation *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cel_program *program = fixture_compile(
            &f, rows[i].source, &(cel_compile_options){.result = &cel_bool});
        og_buf have = {0};
        put_found(program, &have);
        if (strcmp(have.p, rows[i].result) != 0)
            fail_msg("%s: '%s', not '%s'", rows[i].source, have.p, rows[i].result);
        og_buf_done(&have);
        cel_program_free(program);
    }
}
#define EXPECT_FOUND(rows) expect_found((rows), sizeof(rows) / sizeof *(rows))
static void says_which_list(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"issues.all(i, true)", "issues"},
        {"issues.filter(i,\n  i.state == 'open').all(i, true)",
         "issues.filter(i, i.state == \"open\")"},
        {"issues.filter(i, i.state == \"open\").size() == 0", "issues"},
        {"issues.map(i, i.id).all(x, x != \"\")", "issues"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cel_program *program = fixture_compile(&f, rows[i].source, NULL);
        og_arena arena = {0};
        og_error err = {0};
        const cel_vacuity *found = NULL;
        size_t count = 0;
        assert_int_equal(cel_program_vacuous(program, &arena, &found, &count, &err),
                         OG_OK);
        assert_int_equal(count, 1);
        if (!og_str_is(found[0].list, rows[i].result))
            fail_msg("%s: %.*s", rows[i].source, OG_FMT(found[0].list));
        og_arena_done(&arena);
        cel_program_free(program);
    }
}

/* The whole condition is the part found. */
#define WHOLE(text)           \
    {                         \
        text, "issues: " text \
    }
#define NOTHING(text) \
    {                 \
        text, ""      \
    }

static void bare_ones_are_found(void **state)
{
    (void)state;
    static const expectation rows[] = {
        WHOLE("issues.all(i, i.severity > 2)"),
        WHOLE("issues.all(n, i, i.severity > n)"),
        WHOLE("issues.filter(i, i.state == \"open\").all(i, i.severity > 2)"),
        WHOLE("issues.map(i, i.severity).all(s, s > 2)"),
        WHOLE("issues.transformList(n, i, i.severity).all(s, s > 2)"),
        WHOLE("(issues + issues).all(i, i.severity > 2)"),
        WHOLE("issues.size() == 0"),
        WHOLE("0 == issues.size()"),
        WHOLE("size(issues) == 0"),
        WHOLE("issues.size() < 1"),
        WHOLE("issues.size() <= 0"),
        WHOLE("issues == []"),
        WHOLE("[] == issues.map(i, i.id)"),
        WHOLE("issues.filter(i, i.severity <= 2).size() == 0"),
        WHOLE("issues.filter(i, i.severity <= 2).filter(i, i.state == \"open\").size() "
              "== 0"),
        WHOLE("issues.filter(i, i.severity <= 2).size() < 5"),
        WHOLE("issues.filter(i, i.state == \"closed\").size() == issues.size()"),
        WHOLE("double(issues.filter(i, i.severity > 2).size()) >= 0.95 * "
              "double(issues.size())"),
        WHOLE("!(issues.size() > 0)"),
        {"gone.all(i, true)", "gone: gone.all(i, true)"},
        {"words.all(w, w != \"\")", "words: words.all(w, w != \"\")"},
    };
    EXPECT_FOUND(rows);
}

static void found_among_other_parts(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"count > 1 && issues.all(i, i.severity > 2)",
         "issues: issues.all(i, i.severity > 2)"},
        {"issues.size() == 0 && gone.size() == 0",
         "issues: issues.size() == 0 | gone: gone.size() == 0"},
        {"gone.size() > 0 && issues.all(i, i.severity > 2)",
         "issues: issues.all(i, i.severity > 2)"},
        {"count > 1 || issues.size() == 0", "issues: issues.size() == 0"},
        {"count > 1 ? issues.all(i, i.severity > 2) : count > 0",
         "issues: issues.all(i, i.severity > 2)"},
        {"cel.bind(open, issues.filter(i, i.state == \"open\"), open.size() == 0)",
         "issues: open.size() == 0"},
        {"cel.bind(fine, issues.all(i, i.severity > 2), fine && count > 1)",
         "issues: fine"},
        /* The guard says that there are issues, not that one of them is open. */
        {"issues.size() > 0 && issues.filter(i, i.state == \"open\").all(i, i.severity > "
         "2)",
         "issues: issues.filter(i, i.state == \"open\").all(i, i.severity > 2)"},
        {"issues.exists(i, i.state == \"closed\") && issues.filter(i, i.state == "
         "\"open\").all(i, i.severity > 2)",
         "issues: issues.filter(i, i.state == \"open\").all(i, i.severity > 2)"},
        {"(count > 1 || issues.size() > 0) && issues.all(i, i.severity > 2)",
         "issues: issues.all(i, i.severity > 2)"},
    };
    EXPECT_FOUND(rows);
}

static void guarded_ones_are_not(void **state)
{
    (void)state;
    static const expectation rows[] = {
        NOTHING("issues.size() > 0 && issues.all(i, i.severity > 2)"),
        NOTHING("issues.all(i, i.severity > 2) && issues.size() >= 1"),
        NOTHING("issues != [] && issues.all(i, i.severity > 2)"),
        NOTHING("0 < size(issues) && count > 1 && issues.all(i, i.severity > 2)"),
        NOTHING("issues.size() > 0 && issues.filter(i, i.severity <= 2).size() == 0"),
        NOTHING("issues.exists(i, i.id != \"\") && issues.filter(i, i.severity <= "
                "2).size() == 0"),
        NOTHING("issues.size() == 3 && issues.all(i, i.severity > 2)"),
        NOTHING("issues.exists(i, i.state == \"open\") && issues.filter(i, i.state == "
                "\"open\").all(i, i.severity > 2)"),
        NOTHING("issues.exists(i, i.state == \"open\" && i.severity < 9) && "
                "issues.filter(i, i.state == \"open\").all(i, i.severity > 2)"),
        NOTHING("issues.filter(i, i.state == \"open\").size() > 0 && issues.filter(i, "
                "i.state == \"open\").all(i, i.severity > 2)"),
        NOTHING("issues.map(i, i.severity).size() > 0 && issues.all(i, i.severity > 2)"),
        NOTHING("count > 1 || (issues.size() > 0 && issues.all(i, i.severity > 2))"),
        NOTHING("count > 1 ? issues.size() > 0 && issues.all(i, true) : count > 0"),
        NOTHING("issues.size() > 0 ? issues.all(i, i.severity > 2) : false"),
        NOTHING("issues.size() == 0 ? false : issues.all(i, i.severity > 2)"),
        NOTHING(
            "cel.bind(open, issues.filter(i, i.state == \"open\"), open.size() > 0 && "
            "open.all(i, i.severity > 2))"),
        NOTHING("!(issues.size() == 0 || !issues.all(i, i.severity > 2))"),
    };
    EXPECT_FOUND(rows);
}

static void other_conditions_are_not(void **state)
{
    (void)state;
    static const expectation rows[] = {
        NOTHING("true"),
        NOTHING("count > 1"),
        NOTHING("issues.size() > 0"),
        NOTHING("issues.exists(i, i.severity > 2)"),
        NOTHING("issues.exists_one(i, i.severity > 2)"),
        NOTHING("!issues.all(i, i.severity > 2)"),
        NOTHING("!issues.exists(i, i.severity <= 2)"),
        NOTHING("!issues.exists_one(i, i.severity <= 2)"),
        NOTHING("!(\"SIT-1\" in issues.map(i, i.id))"),
        NOTHING("issues.size() == count"),
        NOTHING("issues.filter(i, i.severity <= 2).size() <= count"),
        NOTHING("\"SIT-1\" in issues.map(i, i.id)"),
        NOTHING("issues[0].severity > 2"),
        NOTHING("issues.map(i, i.id).join(\",\") == \"\""),
        /* Lists that are no variables. */
        NOTHING("[1, 2].all(x, x > 0)"),
        NOTHING("[].size() == 0"),
        NOTHING("any.size() == 0"),
        NOTHING("any.all(x, x > 0)"),
        NOTHING("word.split(\",\").all(w, w != \"\")"),
        NOTHING("word.size() == 0"),
        /* Asked of each element. */
        NOTHING("issues.exists(i, issues.all(j, i.severity >= j.severity))"),
        NOTHING("[1].all(n, issues.all(i, i.severity > n))"),
        NOTHING("issues.filter(i, gone.size() == 0).size() > 0"),
        /* A condition beside it decides nothing. */
        NOTHING("cel.bind(x, issues.size() == 0, count > 1)"),
        NOTHING("issues.size() == 0 ? count > 1 : count > 2"),
    };
    EXPECT_FOUND(rows);
}

/* cel.bind(x0, FIRST, cel.bind(x1, BEFORE x0 BETWEEN x0 AFTER, … last …)) */
static void search_binds(const char *first, const char *before, const char *between,
                         const char *last)
{
    og_buf source = {0};
    og_buf_printf(&source, "cel.bind(x0, %s, ", first);
    for (int i = 1; i < 100; i++)
        og_buf_printf(&source, "cel.bind(x%d, %sx%d%sx%d, ", i, before, i - 1, between,
                      i - 1);
    og_buf_puts(&source, last);
    for (int i = 0; i < 100; i++)
        og_buf_putc(&source, ')');
    cel_env *env = NULL;
    cel_env_options options = {.max_cost_estimate = UINT64_MAX};
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    assert_int_equal(cel_env_new(f.env, &options, &env, &err), OG_OK);
    assert_int_equal(cel_compile(env, og_buf_str(&source), NULL, &issues, &program, &err),
                     OG_OK);
    og_buf found = {0};
    put_found(program, &found);
    og_buf_done(&found);
    cel_program_free(program);
    cel_env_free(env);
    og_buf_done(&source);
}

/* Each name doubles what stands behind it, or stands for much: the search gives up, and
 * ends. */
static void ends_on_hostile_input(void **state)
{
    (void)state;
    char deep[102] = {0};
    memset(deep, '!', 100);
    search_binds("issues.size() == 0", "", " && ", "x99");
    search_binds("issues.size()", "", " + ", "x99 == 0");
    search_binds("issues", "", " + ", "x99.all(i, true)");
    search_binds("[count]", "", " + ", "x99.all(i, i > 0)");
    search_binds("issues.all(i, true)", deep, " && ", "x99");
}

static int search_once(void *data)
{
    og_arena arena = {0};
    og_error err = {0};
    const cel_vacuity *found = NULL;
    size_t count = 0;
    int rc = cel_program_vacuous(data, &arena, &found, &count, &err);
    og_arena_done(&arena);
    og_error_done(&err);
    return rc;
}

static void survives_lack_of_memory(void **state)
{
    (void)state;
    cel_program *program = fixture_compile(
        &f, "issues.all(i, true) && gone.all(i, true) && words.size() == 0", NULL);
    long n = unit_fail_each(search_once, program);
    assert_true(n > 0 || !UNIT_HAS_FAULTS);
    cel_program_free(program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bare_ones_are_found),
        cmocka_unit_test(found_among_other_parts),
        cmocka_unit_test(guarded_ones_are_not),
        cmocka_unit_test(other_conditions_are_not),
        cmocka_unit_test(says_which_list),
        cmocka_unit_test(ends_on_hostile_input),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
