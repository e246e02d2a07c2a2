/* opsgate_cel_program and what is wrong when there is none. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cel/program.h"
#include "cel/public.h"

struct opsgate_cel_issues {
    cel_issues list;
    og_str source; /* in list.arena */
    og_buf text;   /* as opsgate_cel_issues_text shows it */
};

/* ---- Issues ---- */

/* Line and column of a code point, and the text up to there. */
static void locate(og_str source, size_t offset, size_t *ret_line, size_t *ret_column)
{
    *ret_line = *ret_column = 1;
    for (size_t at = 0; at < source.n && offset > 0; offset--) {
        uint32_t point;
        unsigned n = og_utf8_decode(source, at, &point);
        bool end = source.p[at] == '\n';
        *ret_line += end;
        *ret_column = end ? 1 : *ret_column + 1;
        at += n ? n : 1;
    }
}

size_t opsgate_cel_issues_count(const opsgate_cel_issues *issues)
{
    return issues->list.count;
}

opsgate_cel_issue opsgate_cel_issues_at(const opsgate_cel_issues *issues, size_t i)
{
    opsgate_cel_issue issue = {0};
    if (i >= issues->list.count)
        return issue;
    const cel_issue *item = &issues->list.items[i];
    issue.code = item->code;
    issue.offset = item->offset;
    issue.length = item->length;
    issue.message = cel_public_text(item->message);
    issue.hint = cel_public_text(item->hint);
    locate(issues->source, item->offset, &issue.line, &issue.column);
    return issue;
}

const char *opsgate_cel_issues_text(const opsgate_cel_issues *issues)
{
    return issues->text.p ? issues->text.p : "";
}

void opsgate_cel_issues_free(opsgate_cel_issues *issues)
{
    if (!issues)
        return;
    og_buf_done(&issues->text);
    cel_issues_done(&issues->list);
    og_free(issues);
}

static bool write_text(opsgate_cel_issues *issues)
{
    og_diags diags = {0};
    for (size_t i = 0; i < issues->list.count; i++) {
        opsgate_cel_issue issue = opsgate_cel_issues_at(issues, i);
        og_pos pos = {"expression", (uint32_t)issue.line, (uint32_t)issue.column,
                      (uint32_t)issue.length};
        og_diag *item = og_diags_add(&diags, OG_LEVEL_ERROR, issue.code, pos,
                                     issues->source, "%.*s", OG_FMT(issue.message));
        if (issue.hint.n > 0)
            og_diags_hint(&diags, item, "%.*s", OG_FMT(issue.hint));
    }
    og_diags_print(&diags, &issues->text, false);
    if (issues->list.dropped > 0)
        og_buf_printf(&issues->text, "%zu more are not shown\n", issues->list.dropped);
    bool good = !diags.failed && !issues->text.failed;
    og_diags_done(&diags);
    return good;
}

/* ---- Compiling ---- */

/* Why nothing compiles here, as an issue; true when there is no reason. */
static bool env_is_good(const opsgate_cel_env *env, cel_issues *issues)
{
    if (env->failed != OPSGATE_CEL_OK) {
        cel_issues_add(issues, "cel-env", 0, 1, "%.*s",
                       OG_FMT(env->failure.p ? env->failure : OG_STR("out of memory")));
        return false;
    }
    for (size_t i = 0; i < env->records.count; i++) {
        const opsgate_cel_record *record = env->records.entries[i].value;
        if (!record->declared)
            cel_issues_add(issues, "cel-env", 0, 1,
                           "the record type '%.*s' is used but not declared",
                           OG_FMT(record->object.name));
    }
    return issues->count == 0;
}

/* The type asked for; NULL with an issue, or with none when there is no memory. */
static const cel_type *wanted_type(opsgate_cel_program *p, const char *text,
                                   cel_issues *issues)
{
    cel_public_types types = {.env = p->env, .arena = &p->arena};
    const cel_type *t = cel_public_whole_type(&types, og_str_from(text));
    if (!t && types.problem)
        cel_issues_add(issues, "cel-env", 0, 1,
                       "the type wanted, '%s', is not a type: %s", text, types.problem);
    return t;
}

static int compile(opsgate_cel_program *p, og_str source, const char *result_type,
                   cel_issues *issues)
{
    cel_compile_options options = {0};
    if (!env_is_good(p->env, issues))
        return OG_E_INVALID;
    if (result_type && !(options.result = wanted_type(p, result_type, issues)))
        return issues->count > 0 ? OG_E_INVALID : OG_E_NOMEM;
    int rc = cel_compile(p->env->env, source, &options, issues, &p->program, NULL);
    if (rc < 0)
        return rc;
    p->type = cel_type_text(cel_program_type(p->program), &p->program->arena);
    return p->type.p ? OG_OK : OG_E_NOMEM;
}

/* What failed, for a caller who asks: takes the list. */
static opsgate_cel_status refuse(cel_issues *list, og_str source,
                                 opsgate_cel_issues **ret_issues)
{
    opsgate_cel_issues *issues = og_alloc(sizeof *issues);
    if (!issues)
        return OPSGATE_CEL_E_NOMEM;
    issues->list = *list;
    *list = (cel_issues){0};
    issues->source = og_arena_str(&issues->list.arena, source);
    if (!issues->source.p || !write_text(issues)) {
        opsgate_cel_issues_free(issues);
        return OPSGATE_CEL_E_NOMEM;
    }
    *ret_issues = issues;
    return OPSGATE_CEL_E_INVALID;
}

opsgate_cel_status opsgate_cel_compile_n(const opsgate_cel_env *env, const char *source,
                                         size_t length, const char *result_type,
                                         opsgate_cel_program **ret_program,
                                         opsgate_cel_issues **ret_issues)
{
    og_str text = {source, length};
    opsgate_cel_program *p = og_alloc(sizeof *p);
    if (!p)
        return OPSGATE_CEL_E_NOMEM;
    p->env = env;
    cel_issues issues = {.max = env->max_issues};
    int rc = compile(p, text, result_type, &issues);
    if (rc == OG_OK) {
        *ret_program = p;
        return OPSGATE_CEL_OK;
    }
    opsgate_cel_program_free(p);
    opsgate_cel_status status = OPSGATE_CEL_E_INVALID;
    if (rc != OG_E_INVALID || issues.failed)
        status = OPSGATE_CEL_E_NOMEM;
    else if (ret_issues)
        status = refuse(&issues, text, ret_issues);
    cel_issues_done(&issues);
    return status;
}

opsgate_cel_status opsgate_cel_compile(const opsgate_cel_env *env, const char *source,
                                       const char *result_type,
                                       opsgate_cel_program **ret_program,
                                       opsgate_cel_issues **ret_issues)
{
    return opsgate_cel_compile_n(env, source, strlen(source), result_type, ret_program,
                                 ret_issues);
}

void opsgate_cel_program_free(opsgate_cel_program *program)
{
    if (!program)
        return;
    cel_program_free(program->program);
    og_arena_done(&program->arena);
    og_free(program);
}

/* ---- Asking ---- */

opsgate_cel_text opsgate_cel_program_source(const opsgate_cel_program *program)
{
    return cel_public_text(cel_program_source(program->program));
}

opsgate_cel_text opsgate_cel_program_type(const opsgate_cel_program *program)
{
    return cel_public_text(program->type);
}

uint64_t opsgate_cel_program_cost(const opsgate_cel_program *program)
{
    return cel_program_cost(program->program);
}

size_t opsgate_cel_program_variable_count(const opsgate_cel_program *program)
{
    size_t count;
    cel_program_variables(program->program, &count);
    return count;
}

opsgate_cel_text opsgate_cel_program_variable(const opsgate_cel_program *program,
                                              size_t i)
{
    size_t count;
    const uint32_t *slots = cel_program_variables(program->program, &count);
    return cel_public_text(i < count ? cel_env_variable_name(program->env->env, slots[i])
                                     : OG_STR(""));
}
