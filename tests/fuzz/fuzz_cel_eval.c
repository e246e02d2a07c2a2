/* Any bytes as a condition over a small register: what compiles evaluates to a value of
 * the checked type (or unknown, or an error), the same one each time, with and without
 * explanation, and its normal form compiles to the same. */
#include <stdlib.h>

#include "cel/cel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* ---- The register ---- */

#define TEXT(z)                                                     \
    {                                                               \
        .kind = OG_STRING, .aux.length = sizeof(z) - 1, .as.s = (z) \
    }
#define INT(n)                      \
    {                               \
        .kind = OG_INT, .as.i = (n) \
    }

static const og_str state_words[] = {{"open", 4}, {"fixed", 5}, {"closed", 6}};
static const cel_type state_type = {
    .kind = CEL_ENUM, .name = {"issue.state", 11}, .words = state_words, .word_count = 3};
static const cel_field fields[] = {
    {{"id", 2}, &cel_string, false, {0}},
    {{"severity", 8}, &cel_int, false, {0}},
    {{"state", 5}, &state_type, false, {0}},
    {{"raised_on", 9}, &cel_date, true, {0}},
    {{"workaround", 10}, &cel_string, true, {0}},
};
static const og_str field_names[] = {
    {"id", 2}, {"severity", 8}, {"state", 5}, {"raised_on", 9}, {"workaround", 10}};
static const og_shape shape = {{"issue", 5}, 5, field_names};
static const og_value rows[3][5] = {
    {TEXT("TI-1"), INT(1), TEXT("open"), {.kind = OG_DATE, .as.i = 18900}, {0}},
    {TEXT("TI-2"), INT(3), TEXT("fixed"), {0}, TEXT("restart")},
    {TEXT("TI-3"), INT(2), TEXT("closed"), {.kind = OG_DATE, .as.i = 18901}, TEXT("")},
};
static og_object objects[3];
static og_value items[3];
static og_list list;
static cel_object issue_type;
static cel_env *env;
static og_value variables[8];

static void declare(const char *name, const cel_type *type, og_value value)
{
    uint32_t slot = 0;
    check(cel_env_variable(env, og_str_from(name), type, (og_str){0}, &slot, NULL) ==
          OG_OK);
    variables[slot] = value;
}

static void make_register(void)
{
    cel_object_init(&issue_type, OG_STR("issue"), OG_STR(""), fields, 5);
    for (int i = 0; i < 3; i++) {
        objects[i] = (og_object){.shape = &shape, .fields = rows[i]};
        items[i] = og_object_value(&objects[i]);
    }
    list = (og_list){.count = 3, .items = items};
    check(cel_env_new(NULL, NULL, &env, NULL) == OG_OK);
    const cel_type *issues = cel_type_list_of(cel_env_arena(env), &issue_type.type);
    declare("issues", issues, og_list_value(&list));
    declare("missing", issues, og_absent());
    declare("i", &issue_type.type, items[0]);
    declare("n", &cel_int, og_int(7));
    declare("s", &cel_string, og_string(OG_STR("a\xc3\xa9")));
    declare("now", &cel_timestamp, og_timestamp((og_instant){1633420800, 0}));
    declare("today", &cel_date, og_date_value(18905));
    declare("any", &cel_dyn, og_double(0.5));
}

/* ---- Properties ---- */

static cel_program *compile(og_str source)
{
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    int rc = cel_compile(env, source, NULL, &issues, &program, &err);
    check(rc == OG_OK || (rc == OG_E_INVALID && issues.count > 0));
    cel_issues_done(&issues);
    og_error_done(&err);
    return program;
}

static og_value evaluate(const cel_program *program, og_arena *arena, bool explain)
{
    cel_eval_options options = {
        .explain = explain, .cost_limit = 100000, .memory_limit = 4u << 20};
    cel_explanation why;
    og_value v = og_absent();
    check(cel_eval(program, variables, arena, &options, &v, explain ? &why : NULL,
                   NULL) == OG_OK);
    check(v.kind != OG_ABSENT);
    return v;
}

static bool is_data(og_value v)
{
    return v.kind != OG_UNKNOWN && v.kind != OG_ERROR;
}

/* By their text: two runs make two values, and NaN equals nothing. */
static bool same(og_value a, og_value b)
{
    og_buf x = {0}, y = {0};
    cel_show_value(a, 0, &x);
    cel_show_value(b, 0, &y);
    bool equal = a.kind == b.kind && og_str_eq(og_buf_str(&x), og_buf_str(&y));
    og_buf_done(&x);
    og_buf_done(&y);
    return equal;
}

static void check_program(const cel_program *program)
{
    og_arena one = {0}, two = {0}, three = {0};
    og_value v = evaluate(program, &one, false);
    og_value again = evaluate(program, &two, false);
    og_value explained = evaluate(program, &three, true);
    check(same(v, again));
    check(same(v, explained));
    check(!is_data(v) || cel_type_contains(cel_program_type(program), v));
    og_arena_done(&one);
    og_arena_done(&two);
    og_arena_done(&three);
}

static void check_normal_form(const cel_program *program)
{
    og_buf form = {0}, form_again = {0};
    cel_unparse(program, &form);
    cel_program *again = form.n <= 4096 ? compile(og_buf_str(&form)) : NULL;
    check(again || form.n > 4096);
    if (again) {
        cel_unparse(again, &form_again);
        check(og_str_eq(og_buf_str(&form), og_buf_str(&form_again)));
        check(cel_type_equal(cel_program_type(program), cel_program_type(again)));
    }
    cel_program_free(again);
    og_buf_done(&form);
    og_buf_done(&form_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!env)
        make_register();
    cel_program *program =
        size <= 2048 ? compile((og_str){(const char *)data, size}) : NULL;
    if (program) {
        check_program(program);
        check_normal_form(program);
    }
    cel_program_free(program);
    return 0;
}
