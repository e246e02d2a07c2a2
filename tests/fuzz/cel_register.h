/* What the fuzz targets of lib/cel compile and evaluate against: a small register, with
 * records, an enum, optional fields, evidence that is missing. */
#ifndef CEL_REGISTER_H
#define CEL_REGISTER_H

#include <stdlib.h>

#include "cel/cel.h"

static inline void check(bool holds)
{
    if (!holds)
        abort();
}

#define REGISTER_TEXT(z)                                            \
    {                                                               \
        .kind = OG_STRING, .aux.length = sizeof(z) - 1, .as.s = (z) \
    }
#define REGISTER_INT(n)             \
    {                               \
        .kind = OG_INT, .as.i = (n) \
    }
#define REGISTER_DATE(n)             \
    {                                \
        .kind = OG_DATE, .as.i = (n) \
    }

enum {
    REGISTER_SLOTS = 8,
    REGISTER_FIELDS = 5
};

typedef struct cel_register {
    cel_env *env;
    og_value variables[REGISTER_SLOTS];
    og_value items[3];
    og_list list;
    og_object objects[3];
    cel_object issue_type;
} cel_register;

static inline void register_declare(cel_register *r, const char *name,
                                    const cel_type *type, og_value value)
{
    uint32_t slot = 0;
    og_str doc = {0};
    check(cel_env_variable(r->env, og_str_from(name), type, doc, &slot, NULL) == OG_OK);
    check(slot < REGISTER_SLOTS);
    r->variables[slot] = value;
}

static inline void register_make(cel_register *r)
{
    static const og_str words[] = {{"open", 4}, {"fixed", 5}, {"closed", 6}};
    static const cel_type state = {
        .kind = CEL_ENUM, .name = {"issue.state", 11}, .words = words, .word_count = 3};
    static const cel_field fields[REGISTER_FIELDS] = {
        {{"id", 2}, &cel_string, false, {0}},
        {{"severity", 8}, &cel_int, false, {0}},
        {{"state", 5}, &state, false, {0}},
        {{"raised_on", 9}, &cel_date, true, {0}},
        {{"workaround", 10}, &cel_string, true, {0}},
    };
    static const og_str names[REGISTER_FIELDS] = {
        {"id", 2}, {"severity", 8}, {"state", 5}, {"raised_on", 9}, {"workaround", 10}};
    static const og_shape shape = {{"issue", 5}, REGISTER_FIELDS, names};
    static const og_value rows[3][REGISTER_FIELDS] = {
        {REGISTER_TEXT("TI-1"),
         REGISTER_INT(1),
         REGISTER_TEXT("open"),
         REGISTER_DATE(18900),
         {0}},
        {REGISTER_TEXT("TI-2"),
         REGISTER_INT(3),
         REGISTER_TEXT("fixed"),
         {0},
         REGISTER_TEXT("restart")},
        {REGISTER_TEXT("TI-3"), REGISTER_INT(2), REGISTER_TEXT("closed"),
         REGISTER_DATE(18901), REGISTER_TEXT("")},
    };
    cel_object_init(&r->issue_type, OG_STR("issue"), OG_STR(""), fields, REGISTER_FIELDS);
    for (int i = 0; i < 3; i++) {
        r->objects[i] = (og_object){.shape = &shape, .fields = rows[i]};
        r->items[i] = og_object_value(&r->objects[i]);
    }
    r->list = (og_list){.count = 3, .items = r->items};
    check(cel_env_new(NULL, NULL, &r->env, NULL) == OG_OK);
    const cel_type *issues = cel_type_list_of(cel_env_arena(r->env), &r->issue_type.type);
    register_declare(r, "issues", issues, og_list_value(&r->list));
    register_declare(r, "missing", issues, og_absent());
    register_declare(r, "i", &r->issue_type.type, r->items[0]);
    register_declare(r, "n", &cel_int, og_int(7));
    register_declare(r, "s", &cel_string, og_string(OG_STR("a\xc3\xa9")));
    register_declare(r, "now", &cel_timestamp, og_timestamp((og_instant){1633420800, 0}));
    register_declare(r, "today", &cel_date, og_date_value(18905));
    register_declare(r, "any", &cel_dyn, og_double(0.5));
}

/* Within limits that keep a fuzzer quick. Never absent. */
static inline og_value register_evaluate(const cel_register *r,
                                         const cel_program *program, og_arena *arena,
                                         cel_explanation *why)
{
    cel_eval_options options = {
        .explain = why != NULL, .cost_limit = 100000, .memory_limit = 4u << 20};
    og_value v = og_absent();
    check(cel_eval(program, r->variables, arena, &options, &v, why, NULL) == OG_OK);
    check(v.kind != OG_ABSENT);
    return v;
}

#endif
