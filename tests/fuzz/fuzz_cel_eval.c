/* Any bytes as a condition over a small register. What compiles evaluates to
 *   a value of the checked type, or unknown, or an error;
 *   the same one each time, with and without explanation, unchecked, and with every
 *   variable missing that the program does not say it reads;
 * in no more steps than were estimated. */
#include "cel_register.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static cel_register reg;

static cel_program *compile(og_str source, const cel_compile_options *options)
{
    cel_issues issues = {0};
    cel_program *program = NULL;
    og_error err = {0};
    int rc = cel_compile(reg.env, source, options, &issues, &program, &err);
    check(rc == OG_OK || (rc == OG_E_INVALID && issues.count > 0));
    cel_issues_done(&issues);
    og_error_done(&err);
    return program;
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

static void check_again(const cel_program *program, og_value v)
{
    og_arena arena = {0};
    cel_explanation why;
    check(same(v, register_evaluate(&reg, program, &arena, NULL)));
    check(same(v, register_evaluate(&reg, program, &arena, &why)));
    check(why.cost <= cel_program_cost(program));
    og_arena_done(&arena);
}

static void check_what_it_reads(const cel_program *program, og_value v)
{
    og_arena arena = {0};
    cel_register less = reg;
    size_t count = 0;
    const uint32_t *slots = cel_program_variables(program, &count);
    for (uint32_t i = 0; i < REGISTER_SLOTS; i++) {
        bool read = false;
        for (size_t k = 0; k < count; k++)
            read = read || slots[k] == i;
        if (!read)
            less.variables[i] = og_absent();
    }
    check(same(v, register_evaluate(&less, program, &arena, NULL)));
    og_arena_done(&arena);
}

/* The checker decides nothing about values: who skips it gets the same. Its estimate is
 * larger, so that it may be refused. */
static void check_unchecked(og_str source, og_value v)
{
    og_arena arena = {0};
    cel_program *program = compile(source, &(cel_compile_options){.skip_check = true});
    if (program) {
        og_value loose = register_evaluate(&reg, program, &arena, NULL);
        check(v.kind == loose.kind && (!is_data(v) || same(v, loose)));
    }
    cel_program_free(program);
    og_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!reg.env)
        register_make(&reg);
    og_str source = {(const char *)data, size};
    cel_program *program = size <= 2048 ? compile(source, NULL) : NULL;
    if (program) {
        og_arena arena = {0};
        og_value v = register_evaluate(&reg, program, &arena, NULL);
        check(!is_data(v) || cel_type_contains(cel_program_type(program), v));
        check_again(program, v);
        check_what_it_reads(program, v);
        check_unchecked(source, v);
        og_arena_done(&arena);
    }
    cel_program_free(program);
    return 0;
}
