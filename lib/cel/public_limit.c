/* Limits: of compiling, kept in lib/cel's environment, and of evaluating, kept in the
 * options that each activation copies. */
#include "base/limits.h"
#include "cel/program.h"
#include "cel/public.h"

/* Deeper trees would overflow a stack of 8 MiB in debug builds. */
#define MOST_DEPTH 2000

static bool set_compiling(cel_env_options *o, opsgate_cel_limit limit, uint64_t value)
{
    if (value > (limit == OPSGATE_CEL_LIMIT_DEPTH ? MOST_DEPTH : UINT32_MAX))
        return false;
    uint32_t v = (uint32_t)value;
    if (limit == OPSGATE_CEL_LIMIT_SOURCE)
        o->max_source = v ? v : OG_LIMIT_CEL_SOURCE;
    else if (limit == OPSGATE_CEL_LIMIT_DEPTH)
        o->max_depth = v ? v : OG_LIMIT_CEL_DEPTH;
    else
        o->max_nodes = v ? v : OG_LIMIT_CEL_NODES;
    return true;
}

/* Zero stands for the default in cel_eval_options too. */
static bool set_evaluating(cel_eval_options *o, opsgate_cel_limit limit, uint64_t value)
{
    switch (limit) {
    case OPSGATE_CEL_LIMIT_COST:
        o->cost_limit = value;
        return true;
    case OPSGATE_CEL_LIMIT_MEMORY:
        o->memory_limit = value < SIZE_MAX ? (size_t)value : SIZE_MAX;
        return true;
    case OPSGATE_CEL_LIMIT_PATTERN_STEPS:
        o->regex_steps = (uint32_t)value;
        return value <= UINT32_MAX;
    case OPSGATE_CEL_LIMIT_PATTERN_MEMORY:
        o->regex_memory = (uint32_t)value;
        return value <= UINT32_MAX;
    case OPSGATE_CEL_LIMIT_ELEMENTS:
        o->max_elements = (uint32_t)value;
        return value <= UINT32_MAX;
    default:
        return false;
    }
}

opsgate_cel_status opsgate_cel_env_set_limit(opsgate_cel_env *env,
                                             opsgate_cel_limit limit, uint64_t value)
{
    cel_eval_options options = env->options;
    bool good = limit <= OPSGATE_CEL_LIMIT_NODES
                    ? set_compiling(&env->env->options, limit, value)
                    : set_evaluating(&options, limit, value);
    if (!good)
        return cel_public_fail(env, OPSGATE_CEL_E_USAGE, "limit %d cannot be set to %llu",
                               (int)limit, (unsigned long long)value);
    env->options = options;
    return OPSGATE_CEL_OK;
}

opsgate_cel_status opsgate_cel_activation_set_limit(opsgate_cel_activation *activation,
                                                    opsgate_cel_limit limit,
                                                    uint64_t value)
{
    cel_eval_options options = activation->options;
    if (!set_evaluating(&options, limit, value))
        return OPSGATE_CEL_E_USAGE;
    activation->options = options;
    return OPSGATE_CEL_OK;
}
