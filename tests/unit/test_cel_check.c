/* What the checker finds in conditions over a register's kinds: types, names, words,
 * dates, and that it says so in words that help. */
#include "unit.h"

#include "base/buf.h"
#include "cel/cel.h"

/* A small register: issues with an enum and optional fields. */
static const og_str state_words[] = {{"open", 4}, {"fixed", 5}, {"closed", 6}};
static const cel_type state_type = {.kind = CEL_ENUM,
                                    .name = {"testing_issue.state", 19},
                                    .words = state_words,
                                    .word_count = 3};
static cel_object issue_type;
static cel_env *env;

static void declare(const char *name, const cel_type *type)
{
    og_error err = {0};
    assert_int_equal(
        cel_env_variable(env, og_str_from(name), type, (og_str){0}, NULL, &err), OG_OK);
}

static int make_env(void **state)
{
    (void)state;
    static const cel_field fields[] = {
        {{"id", 2}, &cel_string, false, {0}},
        {{"severity", 8}, &cel_int, false, {0}},
        {{"state", 5}, &state_type, false, {0}},
        {{"raised_on", 9}, &cel_date, true, {0}},
        {{"workaround", 10}, &cel_string, true, {0}},
        {{"blocks", 6}, &issue_type.type, true, {0}},
    };
    cel_object_init(&issue_type, OG_STR("testing_issue"), OG_STR(""), fields, 6);
    og_error err = {0};
    assert_int_equal(cel_env_new(NULL, NULL, &env, &err), OG_OK);
    assert_int_equal(cel_env_object(env, &issue_type, &err), OG_OK);
    declare("issue", &issue_type.type);
    declare("issues", cel_type_list_of(cel_env_arena(env), &issue_type.type));
    declare("now", &cel_timestamp);
    declare("today", &cel_date);
    declare("count", &cel_int);
    declare("any", &cel_dyn);
    declare("rates", cel_type_map_of(cel_env_arena(env), &cel_string, &cel_double));
    declare("net.version", &cel_string);
    return 0;
}

static int drop_env(void **state)
{
    (void)state;
    cel_env_free(env);
    return 0;
}

/* ---- Types ---- */

static void expect_type(const char *source, const char *type)
{
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    if (cel_compile(env, og_str_from(source), NULL, &issues, &program, &err) < 0)
        fail_msg("%s: %.*s", source, OG_FMT(issues.items[0].message));
    og_buf text = {0};
    cel_type_show(cel_program_type(program), &text);
    assert_string_equal(text.p, type);
    og_buf_done(&text);
    cel_program_free(program);
    cel_issues_done(&issues);
}

static void infers_types(void **state)
{
    (void)state;
    expect_type("issue.severity", "int");
    expect_type("issue.state", "testing_issue.state (open | fixed | closed)");
    expect_type("issue.blocks.blocks.id", "string");
    expect_type("issues.filter(i, i.state == 'open')", "list(testing_issue)");
    expect_type("issues.map(i, i.severity)", "list(int)");
    expect_type("issues.map(i, i.severity > 1, i.id)", "list(string)");
    expect_type("rates.filter(k, rates[k] > 0.5)", "list(string)");
    expect_type("rates.exists(k, v, v > 0.5 && k != '')", "bool");
    expect_type("issues.transformMap(n, i, i.id)", "map(int, string)");
    expect_type("rates.transformList(k, v, v)", "list(double)");
    expect_type("cel.bind(x, issues[0], x.severity + count)", "int");
    expect_type("any.a.b[0]", "dyn");
    expect_type("any + 1", "int");
    expect_type("any == 1", "bool");
    expect_type("[]", "list(dyn)");
    expect_type("[1, any]", "list(dyn)");
    expect_type("[1, 'a']", "list(dyn)");
    expect_type("{'a': 1}.a", "int");
    expect_type("count > 0 ? issue : null", "testing_issue");
    expect_type("net.version.size()", "int");
    expect_type("type(count)", "type(int)");
    expect_type("type(issue) == testing_issue", "bool");
    expect_type("has(issue.workaround)", "bool");
}

/* ---- Findings ---- */

typedef struct finding {
    const char *source, *at, *message, *hint;
} finding;

/* The finding stands under the text `at` of the source. */
static void expect_place(const finding *f, const cel_issue *have)
{
    const char *where = strstr(f->source, f->at);
    assert_non_null(where);
    assert_int_equal(have->offset, where - f->source);
    assert_int_equal(have->length, strlen(f->at));
}

static void expect_findings(const finding *wanted, size_t count)
{
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    cel_compile_options options = {.result = &cel_bool};
    assert_int_equal(cel_compile(env, og_str_from(wanted[0].source), &options, &issues,
                                 &program, &err),
                     OG_E_INVALID);
    og_error_done(&err);
    if (issues.count != count)
        fail_msg("%s: %zu findings", wanted[0].source, issues.count);
    for (size_t i = 0; i < count; i++) {
        assert_str(issues.items[i].message, wanted[i].message);
        assert_str(issues.items[i].hint, wanted[i].hint);
        expect_place(&wanted[i], &issues.items[i]);
    }
    cel_issues_done(&issues);
}

static void finds_one(void **state)
{
    (void)state;
    static const finding cases[] = {
        {"issue.severty == 1", "severty", "'testing_issue' has no field 'severty'",
         "did you mean 'severity'?"},
        {"issues.severity == 1", "severity",
         "a list(testing_issue) has no fields, so no 'severity'",
         "ask its elements: .all(x, x.severity …), .exists(…), .filter(…)"},
        {"isues.size() == 0", "isues", "there is no 'isues' here",
         "did you mean 'issues'?"},
        {"issue.state == 'clsed'", "'clsed'",
         "\"clsed\" is not a word of 'testing_issue.state'",
         "did you mean \"closed\"? its words are open, fixed and closed"},
        {"'won' != issue.state", "'won'",
         "\"won\" is not a word of 'testing_issue.state'",
         "its words are open, fixed and closed"},
        {"issue.state in ['open', 'fixd']", "'fixd'",
         "\"fixd\" is not a word of 'testing_issue.state'",
         "did you mean \"fixed\"? its words are open, fixed and closed"},
        {"'shut' in issues.map(i, i.state)", "'shut'",
         "\"shut\" is not a word of 'testing_issue.state'",
         "its words are open, fixed and closed"},
        {"issue.state == 1", "issue.state == 1",
         "'==' does not go with a word of testing_issue.state and an int",
         "both sides must be of one type"},
        {"issue.raised_on < now", "issue.raised_on < now",
         "'<' does not go with a date and a timestamp",
         "a date is a whole day, a timestamp a moment: write start_of(issue.raised_on), "
         "end_of(issue.raised_on) or date(now)"},
        {"now == today", "now == today", "'==' does not go with a timestamp and a date",
         "a date is a whole day, a timestamp a moment: write start_of(today), "
         "end_of(today) or date(now)"},
        {"today == '2021-10-05'", "today == '2021-10-05'",
         "'==' does not go with a date and a string", "write date(\"2021-10-05\")"},
        {"issue.workaround == null", "issue.workaround == null",
         "'==' does not go with a string and null",
         "to ask whether it is there, write has(issue.workaround)"},
        {"issues.size()", "issues.size()", "the expression is an int, it must be a bool",
         "compare it with something: == … or < …"},
        {"issues", "issues", "the expression is a list(testing_issue), it must be a bool",
         "ask about it: .size() == 0, .all(x, …)"},
        {"issues.all(i, i.severity)", "i.severity",
         "the condition of 'all' must be a bool, this is an int",
         "compare it with something: == … or < …"},
        {"count.all(i, true)", "count", "'all' goes over a list or a map, this is an int",
         ""},
        {"issues.al(i, i.severity > 1)", "al", "there is no function 'al'",
         "did you mean 'all'?"},
        {"issues.all(i)", "all", "'all' does not take these arguments",
         "it takes (x, condition) or (i, x, condition)"},
        {"issue.id.startWith('a')", "startWith", "there is no function 'startWith'",
         "did you mean 'startsWith'?"},
        {"issue.id.startsWith(1)", "issue.id.startsWith(1)",
         "'startsWith' does not take a string and an int",
         "it takes string.startsWith(string)"},
        {"count && true", "count", "each side of '&&' must be a bool, this is an int",
         "compare it with something: == … or < …"},
        {"issue.id ? true : false", "issue.id",
         "what stands before '?' must be a bool, this is a string",
         "compare it: == \"…\""},
        {"true ? count == 1 : 'x'", "'x'",
         "the branches after '?' differ: a bool and a string", ""},
        {"{1.5: true}[1.5]", "1.5", "a double cannot be a key",
         "keys are bool, int, uint or string"},
        {"[?1] == []", "1", "after '?' an optional must stand, this is an int",
         "leave the '?' out, or write record.?field"},
        {"has(issue.wrkaround)", "wrkaround", "'testing_issue' has no field 'wrkaround'",
         "did you mean 'workaround'?"},
        {"testing_issue{id: 'x'} == issue", "testing_issue{id: 'x'}",
         "a condition cannot make a record ('testing_issue{…}')",
         "use a map: {\"field\": value}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_findings(&cases[i], 1);
}

static void finds_all_at_once(void **state)
{
    (void)state;
    static const finding three[] = {
        {"issue.sate == 'open' && coun > 1 && issue.state == 'nope'", "sate",
         "'testing_issue' has no field 'sate'", "did you mean 'state'?"},
        {"issue.sate == 'open' && coun > 1 && issue.state == 'nope'", "coun",
         "there is no 'coun' here", "did you mean 'count'?"},
        {"issue.sate == 'open' && coun > 1 && issue.state == 'nope'", "'nope'",
         "\"nope\" is not a word of 'testing_issue.state'",
         "its words are open, fixed and closed"},
    };
    expect_findings(three, 3);
}

/* A message repeats the beginning of what is too long to be read. */
static void keeps_messages_short(void **state)
{
    (void)state;
    static char long_word[60001];
    memset(long_word, '9', sizeof long_word - 1);
    static const struct {
        const char *before, *after;
        char letter;
    } places[] = {
        {"", " == 1", '9'},
        {"", " == 1", 'a'},
        {"issue.", " == 1", 'a'},
        {"issue.state == '", "'", 'a'},
        {"", "(1) == 1", 'a'},
        {"count ", "", 'a'},
        {"issue.id.", "() == 1", 'a'},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        og_buf source = {0};
        cel_issues issues = {0};
        cel_program *program = NULL;
        og_error err = {0};
        memset(long_word, places[i].letter, sizeof long_word - 1);
        og_buf_printf(&source, "%s%s%s", places[i].before, long_word, places[i].after);
        assert_int_equal(
            cel_compile(env, og_buf_str(&source), NULL, &issues, &program, &err),
            OG_E_INVALID);
        assert_int_equal(issues.count, 1);
        assert_true(issues.items[0].message.n < 200);
        assert_true(issues.items[0].hint.n < 300);
        cel_issues_done(&issues);
        og_error_done(&err);
        og_buf_done(&source);
    }
}

static void counts_the_findings_it_does_not_keep(void **state)
{
    (void)state;
    cel_issues issues = {.max = 2};
    cel_program *program = NULL;
    og_error err = {0};
    assert_int_equal(cel_compile(env, OG_STR("a1 == b2 && c3 == d4 && e5 == f6"), NULL,
                                 &issues, &program, &err),
                     OG_E_INVALID);
    assert_int_equal(issues.count, 2);
    assert_int_equal(issues.dropped, 4);
    cel_issues_done(&issues);
    og_error_done(&err);
}

/* ---- Programs ---- */

static void knows_what_is_mentioned(void **state)
{
    (void)state;
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    assert_int_equal(
        cel_compile(env,
                    OG_STR("issues.all(i, i.severity > 1 || has(i.workaround) && "
                           "i.severity < 9) && now == now"),
                    NULL, &issues, &program, &err),
        OG_OK);
    size_t count = 0;
    const uint32_t *slots = cel_program_variables(program, &count);
    assert_int_equal(count, 2);
    assert_int_equal(slots[0], cel_env_slot(env, OG_STR("issues")));
    assert_int_equal(slots[1], cel_env_slot(env, OG_STR("now")));
    const cel_mention *fields = cel_program_fields(program, &count);
    assert_int_equal(count, 2);
    assert_ptr_equal(fields[0].object, &issue_type);
    assert_int_equal(fields[0].slot, 1);
    assert_int_equal(fields[1].slot, 4);
    cel_program_free(program);
    cel_issues_done(&issues);
}

static void unchecked_programs_compile(void **state)
{
    (void)state;
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    cel_compile_options options = {.skip_check = true};
    assert_int_equal(cel_compile(env, OG_STR("nobody.knows(this) + issue.nothing"),
                                 &options, &issues, &program, &err),
                     OG_OK);
    assert_ptr_equal(cel_program_type(program), &cel_dyn);
    cel_program_free(program);
    cel_issues_done(&issues);
}

static int compile_once(void *context)
{
    (void)context;
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    int rc =
        cel_compile(env,
                    OG_STR("issues.filter(i, i.state in ['open', 'fixed'] && i.severity "
                           "<= 2).map(i, {i.id: [i.severity]}).size() == 0 ? "
                           "cel.bind(a, [1, 2, 3], a[0] == 1) : now == now"),
                    NULL, &issues, &program, &err);
    og_error_done(&err);
    cel_program_free(program);
    cel_issues_done(&issues);
    return rc;
}

static int refuse_once(void *context)
{
    (void)context;
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    int rc =
        cel_compile(env,
                    OG_STR("isue.x && issue.state == 'opn' && 1 + 'a' == today && "
                           "math.max(1, 2) > 1 && startsWith('a', 'b') && count + 1.5 > "
                           "2.0 && closed && issues.any(i, true) && issue.sevrity == 1 "
                           "&& issue.raised_on > now && [?1] == []"),
                    NULL, &issues, &program, &err);
    bool told = err.msg != NULL;
    og_error_done(&err);
    size_t count = issues.count;
    cel_issues_done(&issues);
    if (rc != OG_E_INVALID)
        return rc;
    return told && count == 11 ? OG_OK : OG_E_NOMEM;
}

static void reports_lack_of_memory(void **state)
{
    (void)state;
    assert_true(unit_fail_each(compile_once, NULL) > 0 || !UNIT_HAS_FAULTS);
    assert_true(unit_fail_each(refuse_once, NULL) > 0 || !UNIT_HAS_FAULTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(infers_types),
        cmocka_unit_test(finds_one),
        cmocka_unit_test(finds_all_at_once),
        cmocka_unit_test(keeps_messages_short),
        cmocka_unit_test(counts_the_findings_it_does_not_keep),
        cmocka_unit_test(knows_what_is_mentioned),
        cmocka_unit_test(unchecked_programs_compile),
        cmocka_unit_test(reports_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, make_env, drop_env);
}
