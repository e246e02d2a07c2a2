/* Limits: of compiling, kept in lib/cel's environment, and of evaluating, kept in the
 * options that each activation copies. */
#include "base/limits.h"
#include "cel/program.h"
#include "cel/public.h"

/* Deeper trees would overflow a stack of 8 MiB in debug builds. */
#define MOST_DEPTH 2000

static uint64_t most(opsgate_cel_limit limit)
{
    switch (limit) {
    case OPSGATE_CEL_LIMIT_DEPTH:
        return MOST_DEPTH;
    case OPSGATE_CEL_LIMIT_ESTIMATE:
    case OPSGATE_CEL_LIMIT_ASSUMED_LIST:
    case OPSGATE_CEL_LIMIT_ASSUMED_TEXT:
    case OPSGATE_CEL_LIMIT_COST:
    case OPSGATE_CEL_LIMIT_MEMORY:
        return UINT64_MAX;
    default:
        return UINT32_MAX;
    }
}

static bool set_compiling(opsgate_cel_env *env, opsgate_cel_limit limit, uint64_t value)
{
    cel_env_options *o = &env->env->options;
    switch (limit) {
    case OPSGATE_CEL_LIMIT_SOURCE:
        o->max_source = value ? (size_t)value : OG_LIMIT_CEL_SOURCE;
        return true;
    case OPSGATE_CEL_LIMIT_DEPTH:
        o->max_depth = value ? (uint32_t)value : OG_LIMIT_CEL_DEPTH;
        return true;
    case OPSGATE_CEL_LIMIT_NODES:
        o->max_nodes = value ? (uint32_t)value : OG_LIMIT_CEL_NODES;
        return true;
    case OPSGATE_CEL_LIMIT_ESTIMATE:
        o->max_cost_estimate = value ? value : OG_LIMIT_CEL_ESTIMATE;
        return true;
    case OPSGATE_CEL_LIMIT_ASSUMED_LIST:
        o->assumed_list = value ? value : OG_LIMIT_CEL_LIST;
        return true;
    case OPSGATE_CEL_LIMIT_ASSUMED_TEXT:
        o->assumed_text = value ? value : OG_LIMIT_CEL_TEXT;
        return true;
    case OPSGATE_CEL_LIMIT_ISSUES:
        env->max_issues = (uint32_t)value;
        return true;
    default:
        return false;
    }
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
        return true;
    case OPSGATE_CEL_LIMIT_PATTERN_MEMORY:
        o->regex_memory = (uint32_t)value;
        return true;
    case OPSGATE_CEL_LIMIT_REASONS:
        o->max_reasons = (uint32_t)value;
        return true;
    case OPSGATE_CEL_LIMIT_ELEMENTS:
        o->max_elements = (uint32_t)value;
        return true;
    default:
        return false;
    }
}

opsgate_cel_status opsgate_cel_env_set_limit(opsgate_cel_env *env,
                                             opsgate_cel_limit limit, uint64_t value)
{
    if (value <= most(limit) &&
        (set_compiling(env, limit, value) || set_evaluating(&env->options, limit, value)))
        return OPSGATE_CEL_OK;
    return cel_public_fail(env, OPSGATE_CEL_E_USAGE, "limit %d cannot be set to %llu",
                           (int)limit, (unsigned long long)value);
}

opsgate_cel_status opsgate_cel_activation_set_limit(opsgate_cel_activation *activation,
                                                    opsgate_cel_limit limit,
                                                    uint64_t value)
{
    bool good =
        value <= most(limit) && set_evaluating(&activation->options, limit, value);
    return good ? OPSGATE_CEL_OK : OPSGATE_CEL_E_USAGE;
}
