/* opsgate_cel_activation: the variables of one thread, and evaluating with them. */
#include "base/mem.h"
#include "cel/program.h"
#include "cel/public.h"

opsgate_cel_activation *opsgate_cel_activation_new(const opsgate_cel_env *env)
{
    uint32_t count = cel_env_variable_count(env->env);
    opsgate_cel_activation *a = og_alloc(sizeof *a + count * sizeof *a->values);
    if (!a)
        return NULL;
    a->env = env;
    a->options = env->options;
    a->count = count;
    return a;
}

void opsgate_cel_activation_reset(opsgate_cel_activation *activation)
{
    og_arena_reset(&activation->inputs);
    og_arena_reset(&activation->results);
    activation->explanation = (cel_explanation){0};
    for (uint32_t i = 0; i < activation->count; i++)
        activation->values[i] = og_absent();
}

void opsgate_cel_activation_free(opsgate_cel_activation *activation)
{
    if (!activation)
        return;
    og_arena_done(&activation->inputs);
    og_arena_done(&activation->results);
    og_free(activation);
}

opsgate_cel_arena *opsgate_cel_inputs(opsgate_cel_activation *activation)
{
    return (opsgate_cel_arena *)(void *)&activation->inputs;
}

opsgate_cel_status opsgate_cel_set_slot(opsgate_cel_activation *activation, int slot,
                                        opsgate_cel_value value)
{
    if (slot < 0 || (uint32_t)slot >= activation->count)
        return OPSGATE_CEL_E_USAGE;
    og_value v = cel_public_in(value);
    const cel_type *type = activation->env->env->slots[slot]->type;
    bool good = v.kind == OG_ABSENT || v.kind == OG_UNKNOWN || v.kind == OG_ERROR ||
                cel_type_takes(type, v);
    activation->values[slot] = good ? v : og_absent();
    return good ? OPSGATE_CEL_OK : OPSGATE_CEL_E_USAGE;
}

opsgate_cel_status opsgate_cel_set(opsgate_cel_activation *activation, const char *name,
                                   opsgate_cel_value value)
{
    return opsgate_cel_set_slot(activation, opsgate_cel_slot(activation->env, name),
                                value);
}

/* Programs know their variables by slot: another environment's would be other ones. */
static bool belong_together(const opsgate_cel_program *program,
                            const opsgate_cel_activation *activation)
{
    return program->env == activation->env &&
           activation->count == program->env->env->slot_count;
}

static opsgate_cel_status evaluate(const opsgate_cel_program *program,
                                   opsgate_cel_activation *activation, bool explain,
                                   opsgate_cel_value *ret)
{
    og_value v;
    if (!belong_together(program, activation))
        return OPSGATE_CEL_E_USAGE;
    og_arena_reset(&activation->results);
    activation->explanation.missing_count = 0;
    activation->explanation.cost = 0;
    activation->options.explain = explain;
    if (cel_eval(program->program, activation->values, &activation->results,
                 &activation->options, &v, explain ? &activation->explanation : NULL,
                 NULL) != OG_OK)
        return OPSGATE_CEL_E_NOMEM;
    *ret = cel_public_out(v);
    return OPSGATE_CEL_OK;
}

opsgate_cel_status opsgate_cel_eval(const opsgate_cel_program *program,
                                    opsgate_cel_activation *activation,
                                    opsgate_cel_value *ret)
{
    return evaluate(program, activation, false, ret);
}

opsgate_cel_status opsgate_cel_explain(const opsgate_cel_program *program,
                                       opsgate_cel_activation *activation,
                                       opsgate_cel_value *ret,
                                       const opsgate_cel_reason **ret_reason)
{
    opsgate_cel_status status = evaluate(program, activation, true, ret);
    if (status == OPSGATE_CEL_OK)
        *ret_reason =
            (const opsgate_cel_reason *)(const void *)&activation->explanation.root;
    return status;
}

size_t opsgate_cel_missing_count(const opsgate_cel_activation *activation)
{
    return activation->explanation.missing_count;
}

opsgate_cel_text opsgate_cel_missing(const opsgate_cel_activation *activation, size_t i)
{
    const cel_explanation *e = &activation->explanation;
    return cel_public_text(i < e->missing_count ? e->missing[i] : OG_STR(""));
}

uint64_t opsgate_cel_cost(const opsgate_cel_activation *activation)
{
    return activation->explanation.cost;
}
