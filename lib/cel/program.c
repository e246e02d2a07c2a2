/* From text to program: parse, check, link, and keep what callers ask about it. */
#include "base/mem.h"
#include "cel/check.h"
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
    return keep_mentions(p, &c, err);
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
