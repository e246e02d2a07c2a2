/* The library of its own: opsgate/cel.h alone, as a caller of it would. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "opsgate/cel.h"

typedef struct world {
    opsgate_cel_env *env;
    opsgate_cel_activation *now;
    const opsgate_cel_record *defect;
} world;

static opsgate_cel_value clamp(opsgate_cel_call *call, const opsgate_cel_value *args,
                               size_t count)
{
    assert_int_equal(count, 3);
    int64_t x = opsgate_cel_as_int(args[0]);
    int64_t low = opsgate_cel_as_int(args[1]), high = opsgate_cel_as_int(args[2]);
    if (low > high)
        return opsgate_cel_error(opsgate_cel_call_arena(call), "%d is above %d", (int)low,
                                 (int)high);
    return opsgate_cel_int(x < low ? low : (x > high ? high : x));
}

static opsgate_cel_value newest(opsgate_cel_call *call, const opsgate_cel_value *args,
                                size_t count)
{
    assert_int_equal(count, 1);
    size_t size = opsgate_cel_size(args[0]);
    return opsgate_cel_optional(opsgate_cel_call_arena(call),
                                size ? opsgate_cel_at(args[0], size - 1)
                                     : (opsgate_cel_value){{0, 0}});
}

static opsgate_cel_value joined(opsgate_cel_call *call, const opsgate_cel_value *args,
                                size_t count)
{
    char text[200] = "";
    assert_ptr_equal(opsgate_cel_call_data(call), "data");
    for (size_t i = 0; i < count; i++) {
        opsgate_cel_text part = opsgate_cel_as_text(args[i]);
        strncat(text, part.p, part.n);
    }
    return opsgate_cel_string(opsgate_cel_call_arena(call), text);
}

/* Returns what it was not declared to: an int, or nothing. */
static opsgate_cel_value liar(opsgate_cel_call *call, const opsgate_cel_value *args,
                              size_t count)
{
    (void)call;
    assert_int_equal(count, 1);
    return opsgate_cel_as_bool(args[0]) ? opsgate_cel_int(1)
                                        : (opsgate_cel_value){{0, 0}};
}

static opsgate_cel_value make_defect(const world *w, int64_t severity, const char *state,
                                     const char *workaround)
{
    opsgate_cel_arena *a = opsgate_cel_inputs(w->now);
    opsgate_cel_value fields[] = {opsgate_cel_int(severity), opsgate_cel_string(a, state),
                                  opsgate_cel_string(a, workaround)};
    return opsgate_cel_make_record(a, w->defect, fields, 3);
}

static void open_world(world *w)
{
    static const opsgate_cel_field fields[] = {
        {"severity", "int"}, {"state", "enum(open, closed)"}, {"workaround", "string?"}};
    w->env = opsgate_cel_env_new();
    assert_non_null(w->env);
    opsgate_cel_env_variable(w->env, "defects", "list(defect)");
    w->defect = opsgate_cel_env_record(w->env, "defect", fields, 3);
    assert_non_null(w->defect);
    opsgate_cel_env_variable(w->env, "hits", "int");
    opsgate_cel_env_variable(w->env, "request.host", "string");
    opsgate_cel_env_variable(w->env, "any", "dyn");
    opsgate_cel_env_variable(w->env, "ages", "map(string, int)");
    opsgate_cel_env_constant(w->env, "most", "int", opsgate_cel_int(3));
    opsgate_cel_env_function(w->env, "clamp(int, int, int): int", clamp, NULL);
    opsgate_cel_env_function(w->env, "list(A).newest(): optional(A)", newest, NULL);
    opsgate_cel_env_function(w->env, "text.joined(string...): string", joined, "data");
    opsgate_cel_env_function(w->env, "liar(bool): string", liar, NULL);
    w->now = opsgate_cel_activation_new(w->env);
    assert_non_null(w->now);
}

static void close_world(world *w)
{
    opsgate_cel_activation_free(w->now);
    opsgate_cel_env_free(w->env);
}

static opsgate_cel_program *compiled(const opsgate_cel_env *env, const char *source)
{
    opsgate_cel_program *program = NULL;
    opsgate_cel_issues *issues = NULL;
    if (opsgate_cel_compile(env, source, NULL, &program, &issues) != OPSGATE_CEL_OK)
        fail_msg("%s", opsgate_cel_issues_text(issues));
    return program;
}

static void expect(const world *w, const char *source, const char *wanted)
{
    char have[200];
    opsgate_cel_value v;
    opsgate_cel_program *program = compiled(w->env, source);
    assert_int_equal(opsgate_cel_eval(program, w->now, &v), OPSGATE_CEL_OK);
    opsgate_cel_show(v, have, sizeof have);
    if (strcmp(have, wanted) != 0)
        fail_msg("%s: %s, not %s", source, have, wanted);
    opsgate_cel_program_free(program);
}

/* The text of the issues of something that does not compile. */
static void expect_issue(const opsgate_cel_env *env, const char *source, const char *part)
{
    opsgate_cel_program *program = NULL;
    opsgate_cel_issues *issues = NULL;
    if (opsgate_cel_compile(env, source, "bool", &program, &issues) !=
        OPSGATE_CEL_E_INVALID)
        fail_msg("%s is compiled, without '%s'", source, part);
    assert_null(program);
    if (!strstr(opsgate_cel_issues_text(issues), part))
        fail_msg("%s: '%s' is not in:\n%s", source, part,
                 opsgate_cel_issues_text(issues));
    opsgate_cel_issues_free(issues);
}

static void evaluates(void **state)
{
    (void)state;
    world w;
    open_world(&w);
    opsgate_cel_arena *a = opsgate_cel_inputs(w.now);
    opsgate_cel_value defects[] = {make_defect(&w, 1, "open", NULL),
                                   make_defect(&w, 3, "closed", "restart")};
    opsgate_cel_value names[] = {opsgate_cel_string(a, "ada"),
                                 opsgate_cel_string(a, "grace")};
    opsgate_cel_value ages[] = {opsgate_cel_int(36), opsgate_cel_int(85)};
    opsgate_cel_set(w.now, "hits", opsgate_cel_int(2));
    opsgate_cel_set(w.now, "request.host", opsgate_cel_string(a, "example.org"));
    opsgate_cel_set(w.now, "defects", opsgate_cel_list(a, defects, 2));
    opsgate_cel_set(w.now, "ages", opsgate_cel_map(a, names, ages, 2));
    expect(&w, "hits < most && request.host.endsWith('.org')", "true");
    expect(&w, "defects.filter(d, d.severity <= 2 && d.state == 'open').size()", "1");
    expect(&w, "defects[0].workaround", "unknown (defects[0].workaround)");
    expect(&w, "has(defects[0].workaround)", "false");
    expect(&w, "defects[1]",
           "defect{severity: 3, state: \"closed\", "
           "workaround: \"restart\"}");
    expect(&w, "defects[0] == defects[0]", "true");
    expect(&w, "defects[0] == defects[1]", "false");
    expect(&w, "ages['ada'] + 1", "37");
    expect(&w, "any == 1", "unknown (any)");
    expect(&w, "1 / 0 == 1", "error: divide by zero");
    expect(&w, "clamp(hits, 5, 9)", "5");
    expect(&w, "clamp(hits, 9, 5)", "error: 9 is above 5");
    expect(&w, "clamp(any, 1, 2)", "unknown (any)");
    expect(&w, "defects.newest().hasValue()", "true");
    expect(&w, "[1, 2].newest().value() + 1", "3");
    expect(&w, "[].newest()", "optional.none()");
    expect(&w, "text.joined('a', 'b', 'c')", "\"abc\"");
    expect(&w, "liar(true)", "error: 'liar(bool): string' returned int");
    expect(&w, "liar(false)", "error: 'liar(bool): string' returned nothing");
    close_world(&w);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    world w;
    open_world(&w);
    opsgate_cel_program *program = NULL;
    opsgate_cel_issues *issues = NULL;
    assert_int_equal(
        opsgate_cel_compile(w.env, "hits < 1 &&\n hit == 'a'", "bool", &program, &issues),
        OPSGATE_CEL_E_INVALID);
    assert_int_equal(opsgate_cel_issues_count(issues), 1);
    opsgate_cel_issue issue = opsgate_cel_issues_at(issues, 0);
    assert_string_equal(issue.code, "cel-name");
    assert_int_equal(issue.offset, 13);
    assert_int_equal(issue.length, 3);
    assert_int_equal(issue.line, 2);
    assert_int_equal(issue.column, 2);
    assert_non_null(strstr(opsgate_cel_issues_text(issues), "  2 |  hit == 'a'\n"
                                                            "    |  ^^^\n"));
    assert_null(opsgate_cel_issues_at(issues, 1).code);
    opsgate_cel_issues_free(issues);
    expect_issue(w.env, "hits", "bool");
    expect_issue(w.env, "defects.exists(d, d.state == 'opne')", "opne");
    expect_issue(w.env, "clamp(1, 2)", "clamp");
    expect_issue(w.env, "\xff\xfe", "expression:1:1");
    expect_issue(w.env, "", "expression:1:1");
    assert_int_equal(opsgate_cel_compile(w.env, "hits", "bool", &program, NULL),
                     OPSGATE_CEL_E_INVALID);
    assert_int_equal(opsgate_cel_compile(w.env, "hits", "list(it", &program, &issues),
                     OPSGATE_CEL_E_INVALID);
    assert_non_null(strstr(opsgate_cel_issues_text(issues), "'list(it', is not a type"));
    opsgate_cel_issues_free(issues);
    close_world(&w);
}

/* One declaration that fails, and what the issues then say. */
typedef struct bad_declaration {
    const char *variable, *type, *signature, *says;
} bad_declaration;

static void refuses_bad_declarations(void **state)
{
    (void)state;
    static const bad_declaration rows[] = {
        {"x", "lst(int)", NULL, "variable 'x': 'lst(int)' is not a type"},
        {"x", "list(int", NULL, "')' is missing"},
        {"x", "list(int) y", NULL, "something follows"},
        {"x", "map(int)", NULL, "map(K, V)"},
        {"x", "enum(a,)", NULL, "a word of the enum is missing"},
        {"x", "", NULL, "a type is a name"},
        {"x", "A)", NULL, "something follows"},
        {"x", "nothing.like.it", NULL,
         "the record type 'nothing.like.it' is used but not declared"},
        {"1x", "int", NULL, "'1x' cannot name a variable"},
        {"in", "int", NULL, "'in' cannot name a variable"},
        {NULL, NULL, "f", "it is written name(types): type"},
        {NULL, NULL, "f(int)", "it is written name(types): type"},
        {NULL, NULL, "f(int): ", "a type is a name"},
        {NULL, NULL, "f(int...,int): int", "only the last parameter repeats"},
        {NULL, NULL, "f(int,int,int,int,int,int,int): int", "at most 6"},
        {NULL, NULL, "f g(int): int", "the name of a function"},
        {NULL, NULL, "string.startsWith(string): bool", "there is one"},
        {NULL, NULL, "list(int.f(): int", "the name of a function"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        opsgate_cel_env *env = opsgate_cel_env_new();
        if (rows[i].variable)
            opsgate_cel_env_variable(env, rows[i].variable, rows[i].type);
        else
            assert_int_equal(
                opsgate_cel_env_function(env, rows[i].signature, clamp, NULL),
                OPSGATE_CEL_E_USAGE);
        expect_issue(env, "true", rows[i].says);
        opsgate_cel_env_free(env);
    }
}

static void refuses_wrong_use(void **state)
{
    (void)state;
    static const opsgate_cel_field twice[] = {{"a", "int"}, {"a", "int"}};
    world w;
    open_world(&w);
    assert_int_equal(opsgate_cel_set(w.now, "hit", opsgate_cel_int(1)),
                     OPSGATE_CEL_E_USAGE);
    assert_int_equal(opsgate_cel_set(w.now, "hits", opsgate_cel_bool(true)),
                     OPSGATE_CEL_E_USAGE);
    expect(&w, "hits", "unknown (hits)");
    assert_int_equal(opsgate_cel_set_slot(w.now, 99, opsgate_cel_int(1)),
                     OPSGATE_CEL_E_USAGE);
    assert_int_equal(opsgate_cel_env_variable(w.env, "hits", "int"), OPSGATE_CEL_E_USAGE);
    assert_null(opsgate_cel_env_record(w.env, "int", NULL, 0));
    assert_null(opsgate_cel_env_record(w.env, "pair", twice, 2));
    expect_issue(w.env, "true", "the name 'hits' is declared twice");
    world other;
    open_world(&other);
    opsgate_cel_program *program = compiled(other.env, "hits == 1");
    opsgate_cel_value v;
    assert_int_equal(opsgate_cel_eval(program, w.now, &v), OPSGATE_CEL_E_USAGE);
    opsgate_cel_program_free(program);
    close_world(&other);
    close_world(&w);
}

static void explains(void **state)
{
    (void)state;
    world w;
    open_world(&w);
    opsgate_cel_value defects[] = {make_defect(&w, 1, "open", NULL),
                                   make_defect(&w, 2, "open", NULL),
                                   make_defect(&w, 3, "closed", NULL)};
    opsgate_cel_set(w.now, "hits", opsgate_cel_int(5));
    opsgate_cel_set(w.now, "defects",
                    opsgate_cel_list(opsgate_cel_inputs(w.now), defects, 3));
    opsgate_cel_program *program =
        compiled(w.env, "hits < 9 && defects.all(d, d.state == 'closed') && any == any");
    assert_int_equal(
        opsgate_cel_activation_set_limit(w.now, OPSGATE_CEL_LIMIT_ELEMENTS, 1),
        OPSGATE_CEL_OK);
    opsgate_cel_value v;
    const opsgate_cel_reason *root = NULL;
    assert_int_equal(opsgate_cel_explain(program, w.now, &v, &root), OPSGATE_CEL_OK);
    assert_int_equal(opsgate_cel_kind_of(v), OPSGATE_CEL_BOOL);
    assert_false(opsgate_cel_as_bool(v));
    assert_string_equal(opsgate_cel_reason_role(root), "expression");
    assert_int_equal(opsgate_cel_reason_part_count(root), 1);
    const opsgate_cel_reason *all = opsgate_cel_reason_part(root, 0);
    assert_int_equal(opsgate_cel_reason_offset(all), 12);
    assert_int_equal(opsgate_cel_reason_length(all), 35);
    assert_memory_equal(opsgate_cel_reason_text(all).p, "defects.all(", 12);
    assert_int_equal(opsgate_cel_reason_element_count(all), 1);
    assert_int_equal(opsgate_cel_reason_element_rest(all), 1);
    opsgate_cel_element element = opsgate_cel_reason_element(all, 0);
    assert_int_equal(element.index, 0);
    assert_int_equal(opsgate_cel_as_int(opsgate_cel_get(element.value, "severity")), 1);
    assert_int_equal(opsgate_cel_kind_of(element.key), OPSGATE_CEL_ABSENT);
    assert_non_null(element.reason);
    assert_null(opsgate_cel_reason_element(all, 1).reason);
    assert_null(opsgate_cel_reason_part(root, 1));
    assert_int_equal(opsgate_cel_missing_count(w.now), 1);
    assert_memory_equal(opsgate_cel_missing(w.now, 0).p, "any", 3);
    assert_true(opsgate_cel_cost(w.now) > 0);
    assert_int_equal(opsgate_cel_eval(program, w.now, &v), OPSGATE_CEL_OK);
    assert_int_equal(opsgate_cel_missing_count(w.now), 0);
    opsgate_cel_program_free(program);
    close_world(&w);
}

static void reads_values(void **state)
{
    (void)state;
    world w;
    open_world(&w);
    opsgate_cel_arena *a = opsgate_cel_arena_new(0);
    int year, month, day;
    opsgate_cel_value absent = {{0, 0}};
    assert_int_equal(opsgate_cel_kind_of(absent), OPSGATE_CEL_ABSENT);
    assert_int_equal(opsgate_cel_kind_of(opsgate_cel_string(a, NULL)),
                     OPSGATE_CEL_ABSENT);
    assert_int_equal(opsgate_cel_as_uint(opsgate_cel_uint(7)), 7);
    assert_true(opsgate_cel_as_double(opsgate_cel_double(0.5)) == 0.5);
    assert_int_equal(opsgate_cel_as_int(opsgate_cel_double(0.5)), 0);
    assert_false(opsgate_cel_as_bool(opsgate_cel_int(1)));
    assert_int_equal(opsgate_cel_as_text(opsgate_cel_bytes(a, "\xff\0", 2)).n, 2);
    assert_int_equal(opsgate_cel_seconds(opsgate_cel_timestamp(5, 6)), 5);
    assert_int_equal(opsgate_cel_nanos(opsgate_cel_duration(-5, -6)), -6);
    assert_true(opsgate_cel_as_date(opsgate_cel_date(2021, 10, 5), &year, &month, &day));
    assert_int_equal(year * 10000 + month * 100 + day, 20211005);
    assert_string_equal(opsgate_cel_kind_name(OPSGATE_CEL_DURATION), "duration");
    opsgate_cel_value record = make_defect(&w, 1, "open", NULL);
    assert_int_equal(opsgate_cel_size(record), 3);
    assert_memory_equal(opsgate_cel_record_type(record).p, "defect", 6);
    assert_memory_equal(opsgate_cel_as_text(opsgate_cel_key_at(record, 1)).p, "state", 5);
    assert_int_equal(opsgate_cel_kind_of(opsgate_cel_at(record, 2)), OPSGATE_CEL_ABSENT);
    assert_int_equal(opsgate_cel_kind_of(opsgate_cel_key_at(record, 3)),
                     OPSGATE_CEL_ABSENT);
    opsgate_cel_value keys[] = {opsgate_cel_int(1), opsgate_cel_string(a, "k")};
    opsgate_cel_value map = opsgate_cel_map(a, keys, keys, 2);
    assert_int_equal(opsgate_cel_as_int(opsgate_cel_find(map, opsgate_cel_uint(1))), 1);
    assert_int_equal(opsgate_cel_as_text(opsgate_cel_get(map, "k")).n, 1);
    opsgate_cel_value unknown = opsgate_cel_unknown(a, "weather");
    assert_int_equal(opsgate_cel_size(unknown), 1);
    assert_int_equal(opsgate_cel_missing_at(unknown, 0).n, 7);
    char text[6];
    assert_int_equal(opsgate_cel_show(opsgate_cel_string(a, "abé"), text, sizeof text),
                     6);
    assert_string_equal(text, "\"abé"); /* whole code points */
    assert_int_equal(opsgate_cel_show(map, NULL, 0), 16);
    opsgate_cel_arena_free(a);
    close_world(&w);
}

static void makers_say_what_is_wrong(void **state)
{
    (void)state;
    world w;
    open_world(&w);
    opsgate_cel_arena *a = opsgate_cel_inputs(w.now);
    opsgate_cel_value one = opsgate_cel_int(1), absent = {{0, 0}};
    opsgate_cel_value same[] = {one, one}, list = opsgate_cel_list(a, &one, 1);
    opsgate_cel_value half[] = {one, opsgate_cel_unknown(a, "x")};
    opsgate_cel_value fields[] = {one, one, absent};
    const struct {
        opsgate_cel_value v;
        const char *says;
    } rows[] = {
        {opsgate_cel_string(a, "\xff"), "error: text is not valid UTF-8"},
        {opsgate_cel_timestamp(INT64_MAX, 0), "error: timestamp out of range"},
        {opsgate_cel_timestamp(0, -1), "error: timestamp out of range"},
        {opsgate_cel_duration(1, -1), "error: duration out of range"},
        {opsgate_cel_duration(INT64_MAX, 0), "error: duration out of range"},
        {opsgate_cel_date(2021, 2, 29), "error: there is no such date"},
        {opsgate_cel_list(a, &absent, 1), "error: an element of a list"},
        {opsgate_cel_list(a, half, 2), "unknown (x)"},
        {opsgate_cel_map(a, same, same, 2), "error: repeated map key"},
        {opsgate_cel_map(a, &list, same, 1), "error: a map key is"},
        {opsgate_cel_make_record(a, w.defect, fields, 2), "error: a record has another"},
        {opsgate_cel_make_record(a, w.defect, fields, 3),
         "error: the field 'state' of a defect is int, not of type enum (open | closed)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char have[200];
        opsgate_cel_show(rows[i].v, have, sizeof have);
        if (strncmp(have, rows[i].says, strlen(rows[i].says)) != 0)
            fail_msg("%s, not %s", have, rows[i].says);
    }
    opsgate_cel_set(w.now, "any", rows[0].v);
    expect(&w, "any == 1", "error: text is not valid UTF-8");
    close_world(&w);
}

static void copies_outlive_the_result(void **state)
{
    (void)state;
    world w;
    open_world(&w);
    opsgate_cel_arena *kept = opsgate_cel_arena_new(0);
    opsgate_cel_set(w.now, "any", make_defect(&w, 4, "open", "wait"));
    opsgate_cel_program *program = compiled(
        w.env,
        "{'a': [any, 1u, b'x', {'b': optional.of('c' + 'd')}], 'e': duration('3s')}");
    opsgate_cel_value v;
    assert_int_equal(opsgate_cel_eval(program, w.now, &v), OPSGATE_CEL_OK);
    opsgate_cel_value copy = opsgate_cel_copy(kept, v);
    opsgate_cel_program_free(program);
    opsgate_cel_activation_reset(w.now);
    char text[200];
    opsgate_cel_show(copy, text, sizeof text);
    assert_string_equal(text, "{\"a\": [defect{severity: 4, state: \"open\", workaround: "
                              "\"wait\"}, 1u, b\"x\", {\"b\": optional(\"cd\")}], "
                              "\"e\": 3s}");
    expect(&w, "hits", "unknown (hits)");
    opsgate_cel_arena_free(kept);
    close_world(&w);
}

static void limits_hold(void **state)
{
    (void)state;
    static const struct {
        opsgate_cel_limit limit;
        uint64_t value;
        const char *source, *says;
    } rows[] = {
        {OPSGATE_CEL_LIMIT_COST, 100,
         "[1,2,3,4,5,6].all(x, [1,2,3,4,5,6].all(y, "
         "[1,2,3,4,5,6].all(z, x + y + z > 0)))",
         "error: the expression takes more steps"},
        {OPSGATE_CEL_LIMIT_MEMORY, 500, "[1,2,3,4,5,6].map(x, [x, x, x, x, x])",
         "error: the expression makes more data"},
        {OPSGATE_CEL_LIMIT_PATTERN_STEPS, 10,
         "'aaaaaaaaaaaaaaaaaaaaaaaacb'.matches('^(a|aa)+b')",
         "error: matching takes more steps"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        opsgate_cel_env *env = opsgate_cel_env_new();
        opsgate_cel_env_set_limit(env, rows[i].limit, rows[i].value);
        opsgate_cel_activation *now = opsgate_cel_activation_new(env);
        opsgate_cel_program *program = compiled(env, rows[i].source);
        opsgate_cel_value v;
        char text[200];
        assert_int_equal(opsgate_cel_eval(program, now, &v), OPSGATE_CEL_OK);
        opsgate_cel_show(v, text, sizeof text);
        if (strncmp(text, rows[i].says, strlen(rows[i].says)) != 0)
            fail_msg("limit %d: %s", (int)rows[i].limit, text);
        opsgate_cel_program_free(program);
        opsgate_cel_activation_free(now);
        opsgate_cel_env_free(env);
    }
}

static void limits_of_compiling_hold(void **state)
{
    (void)state;
    static const struct {
        opsgate_cel_limit limit;
        uint64_t value;
    } rows[] = {{OPSGATE_CEL_LIMIT_SOURCE, 8},
                {OPSGATE_CEL_LIMIT_DEPTH, 3},
                {OPSGATE_CEL_LIMIT_NODES, 5},
                {OPSGATE_CEL_LIMIT_ESTIMATE, 3}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        opsgate_cel_env *env = opsgate_cel_env_new();
        opsgate_cel_env_set_limit(env, rows[i].limit, rows[i].value);
        expect_issue(env, "[[[[1]]]] == [[[[1]]]]", "[cel-limit]");
        opsgate_cel_env_free(env);
    }
    opsgate_cel_env *env = opsgate_cel_env_new();
    assert_int_equal(opsgate_cel_env_set_limit(env, OPSGATE_CEL_LIMIT_DEPTH, 2001),
                     OPSGATE_CEL_E_USAGE);
    assert_int_equal(opsgate_cel_env_set_limit(env, OPSGATE_CEL_LIMIT_COUNT, 1),
                     OPSGATE_CEL_E_USAGE);
    opsgate_cel_env_free(env);
}

static void estimates_by_declared_sizes(void **state)
{
    (void)state;
    world w;
    open_world(&w);
    static const char source[] = "ages.all(k, k != '')";
    opsgate_cel_program *program = compiled(w.env, source);
    uint64_t assumed = opsgate_cel_program_cost(program);
    opsgate_cel_program_free(program);
    assert_int_equal(opsgate_cel_env_size(w.env, "ages", 10), OPSGATE_CEL_OK);
    program = compiled(w.env, source);
    assert_true(opsgate_cel_program_cost(program) * 50 < assumed);
    opsgate_cel_program_free(program);
    opsgate_cel_env_set_limit(w.env, OPSGATE_CEL_LIMIT_ISSUES, 2);
    expect_issue(w.env, "a + b + c + d", "2 more are not shown");
    assert_int_equal(opsgate_cel_env_size(w.env, "weights", 10), OPSGATE_CEL_E_USAGE);
    close_world(&w);
}

static bool one_zone(void *data, const char *zone, size_t length, int64_t instant,
                     int32_t *ret_seconds)
{
    assert_ptr_equal(data, "zones");
    assert_int_equal(instant, 0);
    *ret_seconds = 7200;
    return length == 4 && memcmp(zone, "Here", 4) == 0;
}

static void asks_for_zones_and_containers(void **state)
{
    (void)state;
    world w = {.env = opsgate_cel_env_new()};
    opsgate_cel_env_zones(w.env, one_zone, "zones");
    opsgate_cel_env_constant(w.env, "a.b.c", "int", opsgate_cel_int(5));
    assert_int_equal(opsgate_cel_env_container(w.env, "a.b"), OPSGATE_CEL_OK);
    w.now = opsgate_cel_activation_new(w.env);
    expect(&w, "timestamp(0).getHours('Here') + c", "7");
    opsgate_cel_program *program = compiled(w.env, "c + 1");
    assert_memory_equal(opsgate_cel_program_type(program).p, "int", 3);
    assert_int_equal(opsgate_cel_program_variable_count(program), 0);
    assert_int_equal(opsgate_cel_program_source(program).n, 5);
    opsgate_cel_program_free(program);
    close_world(&w);
}

/* Everything once; false when memory ran out on the way, which must be reported. */
static bool runs_through(void)
{
    bool good = false;
    static const opsgate_cel_field fields[] = {{"a", "enum(x, y)"}, {"b", "list(pair)?"}};
    opsgate_cel_env *env = opsgate_cel_env_new();
    if (!env)
        return false;
    const opsgate_cel_record *pair = opsgate_cel_env_record(env, "pair", fields, 2);
    opsgate_cel_env_variable(env, "p", "pair");
    opsgate_cel_arena *values = opsgate_cel_arena_new(0);
    opsgate_cel_value k = values ? opsgate_cel_list(values, NULL, 0) : opsgate_cel_null();
    opsgate_cel_env_constant(env, "k", "dyn", k);
    opsgate_cel_arena_free(values);
    opsgate_cel_env_function(env, "pair.clamp(int, int): int", clamp, NULL);
    opsgate_cel_activation *now = opsgate_cel_activation_new(env);
    opsgate_cel_program *program = NULL;
    opsgate_cel_issues *issues = NULL;
    opsgate_cel_status status =
        opsgate_cel_compile(env, "p.a + 1 == q", "list(bool)", &program, &issues);
    assert_true(status == OPSGATE_CEL_E_NOMEM || status == OPSGATE_CEL_E_INVALID);
    if (status == OPSGATE_CEL_E_INVALID)
        assert_non_null(strstr(opsgate_cel_issues_text(issues), "expression:1:"));
    opsgate_cel_issues_free(issues);
    status = opsgate_cel_compile(env, "[p.a].exists(x, x == 'y') && has(p.b)", "bool",
                                 &program, NULL);
    if (now && pair && status == OPSGATE_CEL_OK) {
        opsgate_cel_arena *a = opsgate_cel_inputs(now);
        opsgate_cel_value in[2] = {opsgate_cel_string(a, "y"), {{0, 0}}}, v;
        const opsgate_cel_reason *why;
        opsgate_cel_set(now, "p", opsgate_cel_make_record(a, pair, in, 2));
        status = opsgate_cel_explain(program, now, &v, &why);
        good = status == OPSGATE_CEL_OK && opsgate_cel_kind_of(v) == OPSGATE_CEL_BOOL;
        assert_true(good || status == OPSGATE_CEL_E_NOMEM ||
                    opsgate_cel_kind_of(v) == OPSGATE_CEL_ERROR);
    }
    opsgate_cel_program_free(program);
    opsgate_cel_activation_free(now);
    opsgate_cel_env_free(env);
    return good;
}

static void survives_lack_of_memory(void **state)
{
    (void)state;
    bool good = false;
    long n = 0;
    for (; !good && n < 100000; n++) {
        og_mem_fail_at(n);
        good = runs_through() && !og_mem_failed();
        og_mem_fail_at(-1);
    }
    assert_true(good);
    assert_true(n > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluates),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(refuses_bad_declarations),
        cmocka_unit_test(refuses_wrong_use),
        cmocka_unit_test(explains),
        cmocka_unit_test(reads_values),
        cmocka_unit_test(makers_say_what_is_wrong),
        cmocka_unit_test(copies_outlive_the_result),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(limits_of_compiling_hold),
        cmocka_unit_test(estimates_by_declared_sizes),
        cmocka_unit_test(asks_for_zones_and_containers),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
