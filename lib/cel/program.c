/* From text to program: parse, check, link, and keep what callers ask about it. */
#include "base/mem.h"
#include "cel/check.h"
#include "cel/estimate.h"
#include "cel/parse.h"

static int keep_mentions(cel_program *p, const cel_checker *c, og_error *err)
{
    uint32_t *slots = OG_ARRAY(&p->arena, c->env->slot_count + 1, uint32_t);
    if (!slots)
        return og_nomem(err);
    size_t count = 0;
    for (uint32_t i = 0; i < c->env->slot_count; i++)
        if (c->variables[i])
            slots[count++] = i;
    p->variables = slots;
    p->variable_count = count;
    p->fields = c->fields;
    p->field_count = c->field_count;
    return OG_OK;
}

/* "12000", "about 10^20"; out[32]. */
static const char *steps_text(uint64_t n, char out[32])
{
    unsigned zeroes = 0;
    if (n < 10000000) {
        snprintf(out, 32, "%u", (unsigned)n);
        return out;
    }
    for (; n >= 10; n = n / 10 + (n % 10 >= 5))
        zeroes++;
    snprintf(out, 32, "about 10^%u", zeroes + (n >= 5));
    return out;
}

static int bound_cost(cel_program *p, cel_issues *issues, og_error *err)
{
    uint64_t limit = p->env->options.max_cost_estimate;
    char have[32], most[32];
    if (cel_estimate(p->env, &p->tree, &p->cost) < 0)
        return og_nomem(err);
    if (p->cost <= limit)
        return OG_OK;
    const cel_node *root = p->tree.root;
    cel_issue *item =
        cel_issue_at(issues, p->tree.source, root->begin, root->end, CEL_CODE_LIMIT,
                     "the expression may take %s steps, the limit is %s",
                     steps_text(p->cost, have), steps_text(limit, most));
    cel_issues_hint(issues, item,
                    "loops inside loops multiply: filter first, or split the condition");
    return issues->failed ? og_nomem(err)
                          : og_fail(err, OG_E_INVALID, "the expression is not valid");
}

static int check_and_link(cel_program *p, const cel_compile_options *options,
                          cel_issues *issues, og_error *err)
{
    cel_checker c = {.env = p->env,
                     .tree = &p->tree,
                     .arena = &p->arena,
                     .issues = issues,
                     .lenient = options->skip_check};
    int rc = cel_check(&c, options->result, err);
    if (rc < 0)
        return rc;
    if (issues->count > 0)
        return og_fail(err, OG_E_INVALID, "the expression is not valid");
    rc = cel_link(&p->tree, issues);
    if (rc == OG_E_NOMEM)
        return og_nomem(err);
    if (rc < 0)
        return og_fail(err, (og_code)rc, "the expression is not valid");
    rc = bound_cost(p, issues, err);
    return rc < 0 ? rc : keep_mentions(p, &c, err);
}

static int compile(cel_program *p, og_str source, const cel_compile_options *options,
                   cel_issues *issues, og_error *err)
{
    const cel_env_options *o = &p->env->options;
    cel_parse_limits limits = {.depth = o->max_depth,
                               .nodes = o->max_nodes,
                               .source = o->max_source,
                               .no_macros = options->no_macros};
    int rc = cel_parse(source, &limits, &p->arena, issues, &p->tree, err);
    if (rc < 0)
        return rc;
    if (issues->count > 0)
        return og_fail(err, OG_E_INVALID, "the expression is not valid");
    return check_and_link(p, options, issues, err);
}

int cel_compile(const cel_env *env, og_str source, const cel_compile_options *options,
                cel_issues *issues, cel_program **ret, og_error *err)
{
    static const cel_compile_options defaults = {0};
    if (issues->count > 0)
        return og_fail(err, OG_E_USAGE, "the list of issues is not empty");
    cel_program *p = og_alloc(sizeof *p);
    if (!p)
        return og_nomem(err);
    p->env = env;
    int rc = compile(p, source, options ? options : &defaults, issues, err);
    if (rc < 0) {
        cel_program_free(p);
        return rc;
    }
    *ret = p;
    return OG_OK;
}

void cel_program_free(cel_program *program)
{
    if (!program)
        return;
    og_arena_done(&program->arena);
    og_free(program);
}

og_str cel_program_source(const cel_program *program)
{
    return program->tree.source;
}

const cel_type *cel_program_type(const cel_program *program)
{
    return program->tree.root->type;
}

uint64_t cel_program_cost(const cel_program *program)
{
    return program->cost;
}

const uint32_t *cel_program_variables(const cel_program *program, size_t *ret_count)
{
    *ret_count = program->variable_count;
    return program->variables;
}

const cel_mention *cel_program_fields(const cel_program *program, size_t *ret_count)
{
    *ret_count = program->field_count;
    return program->fields;
}
