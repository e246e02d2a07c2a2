/* An environment like a small register, for tests that evaluate: compile a condition, run
 * it, and compare the result as text. */
#ifndef CEL_FIXTURE_H
#define CEL_FIXTURE_H

#include "unit.h"

#include <stdio.h>

#include "base/buf.h"
#include "cel/cel.h"

typedef struct fixture {
    cel_env *env;
    og_value values[32];
    og_arena data; /* of the values */
} fixture;

/* testing_issue: id, severity, state, raised_on (optional), workaround (optional), blocks
 * (optional). */
enum {
    ISSUE_ID,
    ISSUE_SEVERITY,
    ISSUE_STATE,
    ISSUE_RAISED_ON,
    ISSUE_WORKAROUND,
    ISSUE_BLOCKS
};
static const og_str issue_names[] = {{"id", 2},        {"severity", 8},    {"state", 5},
                                     {"raised_on", 9}, {"workaround", 10}, {"blocks", 6}};
static const og_shape issue_shape = {{"testing_issue", 13}, 6, issue_names};
static const og_str state_words[] = {{"open", 4}, {"fixed", 5}, {"closed", 6}};
static const cel_type state_type = {
    .kind = CEL_ENUM, .name = {"state", 5}, .words = state_words, .word_count = 3};
static cel_object issue_type;

static inline og_value text_value(const char *z)
{
    return og_string(og_str_from(z));
}

/* workaround may be NULL: absent. */
static inline og_value make_issue(og_arena *a, const char *id, int64_t severity,
                                  const char *state, const char *workaround)
{
    og_value *fields = OG_ARRAY(a, 6, og_value);
    og_object *o = OG_NEW(a, og_object);
    assert_non_null(fields);
    assert_non_null(o);
    fields[ISSUE_ID] = text_value(id);
    fields[ISSUE_SEVERITY] = og_int(severity);
    fields[ISSUE_STATE] = text_value(state);
    fields[ISSUE_RAISED_ON] = og_date_value(og_date_from(2021, 9, 28));
    if (workaround)
        fields[ISSUE_WORKAROUND] = text_value(workaround);
    *o = (og_object){&issue_shape, fields};
    return og_object_value(o);
}

static inline void fixture_set(fixture *f, const char *name, const cel_type *type,
                               og_value v)
{
    og_error err = {0};
    uint32_t slot = 0;
    assert_int_equal(
        cel_env_variable(f->env, og_str_from(name), type, (og_str){0}, &slot, &err),
        OG_OK);
    assert_true(slot < 32);
    f->values[slot] = v;
}

static inline void fixture_init(fixture *f, const cel_env_options *options)
{
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
    *f = (fixture){0};
    assert_int_equal(cel_env_new(NULL, options, &f->env, &err), OG_OK);
    assert_int_equal(cel_env_object(f->env, &issue_type, &err), OG_OK);
    const cel_type *list = cel_type_list_of(cel_env_arena(f->env), &issue_type.type);
    og_value three[] = {make_issue(&f->data, "SIT-1", 1, "closed", "restart"),
                        make_issue(&f->data, "SIT-2", 2, "open", NULL),
                        make_issue(&f->data, "SIT-3", 3, "open", "wait")};
    og_value issues;
    assert_int_equal(og_list_make(&f->data, three, 3, &issues), OG_OK);
    fixture_set(f, "issues", list, issues);
    fixture_set(f, "issue", &issue_type.type, three[1]);
    fixture_set(f, "gone", list, og_absent()); /* a kind without evidence */
    fixture_set(f, "nothing", &cel_dyn, og_absent());
    fixture_set(f, "lost", &cel_dyn, og_absent());
    fixture_set(f, "count", &cel_int, og_int(3));
    fixture_set(f, "any", &cel_dyn, og_int(5));
    fixture_set(f, "liar", &cel_int, text_value("not an int"));
    fixture_set(f, "today", &cel_date, og_date_value(og_date_from(2021, 10, 5)));
    fixture_set(f, "word", &cel_string, text_value("a+"));
}

static inline void fixture_done(fixture *f)
{
    cel_env_free(f->env);
    og_arena_done(&f->data);
}

/* Compiles, or fails the test with the first issue. */
static inline cel_program *fixture_compile(const fixture *f, const char *source,
                                           const cel_compile_options *options)
{
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    if (cel_compile(f->env, og_str_from(source), options, &issues, &program, &err) < 0)
        fail_msg("%s: %.*s", source,
                 OG_FMT(issues.count ? issues.items[0].message : OG_STR("no issue")));
    cel_issues_done(&issues);
    og_error_done(&err);
    return program;
}

/* The result as text, valid until the next call. */
static inline const char *fixture_run_with(const fixture *f, const char *source,
                                           const cel_compile_options *compile,
                                           const cel_eval_options *options)
{
    static char text[2000];
    cel_program *program = fixture_compile(f, source, compile);
    og_arena arena = {0};
    og_error err = {0};
    og_value v;
    assert_int_equal(cel_eval(program, f->values, &arena, options, &v, NULL, &err),
                     OG_OK);
    og_buf out = {0};
    cel_show_value(v, 0, &out);
    snprintf(text, sizeof text, "%s", out.p);
    og_buf_done(&out);
    og_arena_done(&arena);
    cel_program_free(program);
    return text;
}

static inline const char *fixture_run(const fixture *f, const char *source)
{
    return fixture_run_with(f, source, NULL, NULL);
}

typedef struct expectation {
    const char *source, *result;
} expectation;

static inline void fixture_expect(const fixture *f, const expectation *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *have = fixture_run(f, rows[i].source);
        if (strcmp(have, rows[i].result) != 0)
            fail_msg("%s: %s, not %s", rows[i].source, have, rows[i].result);
    }
}
#define EXPECT(f, rows) fixture_expect((f), (rows), sizeof(rows) / sizeof *(rows))

#endif
