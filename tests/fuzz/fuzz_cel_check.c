/* Any bytes as a condition to be checked. What is refused is refused with findings inside
 * the text, in order, the same each time. What is accepted has a normal form that is
 * accepted alike; is refused as a condition just when it is no bool; and the parts said
 * to hold of an empty list are exactly those that do. */
#include "cel_register.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "cel/program.h"
#include "cel/show.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static cel_register reg;

/* ---- Findings ---- */

static cel_program *compile(og_str source, const cel_compile_options *options,
                            cel_issues *issues)
{
    cel_program *program = NULL;
    og_error err = {0};
    int rc = cel_compile(reg.env, source, options, issues, &program, &err);
    check(rc == OG_OK ? issues->count == 0 : rc == OG_E_INVALID && issues->count > 0);
    og_error_done(&err);
    return program;
}

static bool is_text(og_str s)
{
    return og_utf8_invalid(s) == s.n;
}

static void check_issues(og_str source, const cel_issues *issues)
{
    size_t points = is_text(source) ? og_utf8_count(source) : SIZE_MAX - 1;
    for (size_t i = 0; i < issues->count; i++) {
        const cel_issue *item = &issues->items[i];
        check(item->length > 0 && item->offset + (size_t)item->length <= points + 1);
        check(item->message.n > 0 && is_text(item->message) && is_text(item->hint));
        check(i == 0 || issues->items[i - 1].offset <= item->offset);
    }
}

static void check_same_issues(const cel_issues *a, const cel_issues *b)
{
    check(a->count == b->count && a->dropped == b->dropped);
    for (size_t i = 0; i < a->count; i++) {
        check(a->items[i].offset == b->items[i].offset);
        check(a->items[i].length == b->items[i].length);
        check(og_str_eq(a->items[i].message, b->items[i].message));
        check(og_str_eq(a->items[i].hint, b->items[i].hint));
    }
}

static void check_refusal(og_str source, const cel_issues *issues)
{
    cel_issues again = {0};
    check(!compile(source, NULL, &again));
    check_issues(source, issues);
    check_same_issues(issues, &again);
    cel_issues_done(&again);
}

/* ---- As a condition ---- */

static void check_as_condition(og_str source, const cel_program *program)
{
    cel_issues issues = {0};
    unsigned kind = cel_program_type(program)->kind;
    cel_program *condition =
        compile(source, &(cel_compile_options){.result = &cel_bool}, &issues);
    check((condition != NULL) == (kind == CEL_BOOL || kind == CEL_ANY));
    check_issues(source, &issues);
    cel_program_free(condition);
    cel_issues_done(&issues);
}

/* ---- Empty lists ---- */

typedef struct parts {
    og_arena arena;
    const cel_vacuity *items;
    size_t count;
} parts;

static parts find_parts(const cel_program *program)
{
    parts p = {0};
    check(cel_program_vacuous(program, &p.arena, &p.items, &p.count, NULL) == OG_OK);
    return p;
}

static og_value evaluate_without(const cel_program *program, uint32_t slot,
                                 og_arena *arena)
{
    static const og_list nothing = {0};
    cel_register less = reg;
    less.variables[slot] = og_list_value(&nothing);
    return register_evaluate(&less, program, arena, NULL);
}

/* The part by itself is true of an empty list; one that uses a name given outside of it
 * does not compile alone. */
static void check_part(const cel_program *program, const cel_vacuity *part)
{
    og_str source = cel_program_source(program);
    size_t from = 0, to = 0;
    for (uint32_t i = 0; i < part->offset + part->length; i++) {
        uint32_t code = 0;
        to += og_utf8_decode(source, to, &code);
        from = i + 1 == part->offset ? to : from;
    }
    cel_issues issues = {0};
    og_arena arena = {0};
    cel_program *alone = compile(og_str_slice(source, from, to), NULL, &issues);
    if (alone) {
        og_value v = evaluate_without(alone, part->slot, &arena);
        bool spent = v.kind == OG_ERROR; /* of steps, on the way to the list */
        check(spent || (v.kind == OG_BOOL && v.as.b));
    }
    cel_program_free(alone);
    cel_issues_done(&issues);
    og_arena_done(&arena);
}

static bool is_list_variable(const cel_node *node)
{
    return node->kind == CEL_IDENT && node->op == CEL_PLACE_VARIABLE &&
           node->type->kind == CEL_LIST;
}

/* list.all(…), list.size() == 0: the list; NULL: something else. */
static const cel_node *bare_list(const cel_node *node)
{
    if (node->kind == CEL_LOOP && node->op == CEL_ALL)
        return is_list_variable(node->as.loop.range) ? node->as.loop.range : NULL;
    if (node->kind != CEL_CALL || node->op != CEL_OP_EQ)
        return NULL;
    const cel_node *size = node->as.call.args[0], *zero = node->as.call.args[1];
    bool counts = size->kind == CEL_CALL && og_str_is(size->as.call.function, "size");
    bool none = zero->kind == CEL_LITERAL && zero->as.literal.kind == OG_INT &&
                zero->as.literal.as.i == 0;
    return counts && none && is_list_variable(size->as.call.args[0])
               ? size->as.call.args[0]
               : NULL;
}

/* A bare one is found, unless what stands beside it is false then. */
static void check_bare(const cel_program *program, const cel_node *operand,
                       const parts *found)
{
    const cel_node *list = bare_list(operand);
    og_arena arena = {0};
    if (!list)
        return;
    og_value v = evaluate_without(program, list->as.ident.slot, &arena);
    bool there = (v.kind == OG_BOOL && !v.as.b) || v.kind == OG_ERROR;
    uint32_t at = cel_source_point(cel_program_source(program), operand->begin);
    for (size_t i = 0; i < found->count; i++)
        there = there || found->items[i].offset == at;
    check(there || found->count == OG_LIMIT_CEL_ISSUES);
    og_arena_done(&arena);
}

static void check_parts(const cel_program *program, const parts *found)
{
    const cel_node *root = program->tree.root;
    for (size_t i = 0; i < found->count; i++)
        check_part(program, &found->items[i]);
    if (root->kind == CEL_CALL && root->op == CEL_OP_AND)
        for (uint32_t i = 0; i < root->as.call.count; i++)
            check_bare(program, root->as.call.args[i], found);
    else
        check_bare(program, root, found);
}

/* ---- The normal form ---- */

static void check_same_program(const cel_program *a, const cel_program *b,
                               const parts *found)
{
    size_t count_a = 0, count_b = 0;
    const uint32_t *slots_a = cel_program_variables(a, &count_a);
    const uint32_t *slots_b = cel_program_variables(b, &count_b);
    check(cel_type_equal(cel_program_type(a), cel_program_type(b)));
    check(cel_program_cost(a) == cel_program_cost(b));
    check(count_a == count_b);
    for (size_t i = 0; i < count_a; i++)
        check(slots_a[i] == slots_b[i]);
    parts again = find_parts(b);
    check(found->count == again.count);
    for (size_t i = 0; i < found->count; i++) {
        check(found->items[i].slot == again.items[i].slot);
        check(og_str_eq(found->items[i].list, again.items[i].list));
    }
    og_arena_done(&again.arena);
}

static void check_normal_form(const cel_program *program, const parts *found)
{
    og_buf form = {0}, form_again = {0};
    cel_issues issues = {0};
    cel_unparse(program, &form);
    if (form.n <= 8192) {
        cel_program *again = compile(og_buf_str(&form), NULL, &issues);
        check(again != NULL);
        cel_unparse(again, &form_again);
        check(og_str_eq(og_buf_str(&form), og_buf_str(&form_again)));
        check_same_program(program, again, found);
        cel_program_free(again);
    }
    cel_issues_done(&issues);
    og_buf_done(&form);
    og_buf_done(&form_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!reg.env)
        register_make(&reg);
    og_str source = {(const char *)data, size};
    cel_issues issues = {0};
    if (size > 2048)
        return 0;
    cel_program *program = compile(source, NULL, &issues);
    if (program) {
        parts found = find_parts(program);
        check_as_condition(source, program);
        check_parts(program, &found);
        check_normal_form(program, &found);
        og_arena_done(&found.arena);
    } else {
        check_refusal(source, &issues);
    }
    cel_program_free(program);
    cel_issues_done(&issues);
    return 0;
}
