/* The checker: a type for every node, a place for every name, the overloads that may be
 * called, and everything that is wrong, at once.
 *
 * It follows cel-go's inference (gradual: dyn goes with everything), so that an
 * expression has the type the specification gives it, and adds what this program's types
 * need: enum words, records with known fields, dates apart from timestamps. After an
 * error a node has the type cel_broken, which fits everywhere, so one mistake is reported
 * once.
 *
 * With `lenient` (skip_check) the same walk resolves names and gathers candidates by
 * number of arguments alone; every type is dyn and the evaluator finds out. */
#include <stdarg.h>

#include "base/utf8.h"
#include "cel/check.h"

/* ---- Reporting ---- */

static cel_issue *report(cel_checker *c, uint32_t begin, uint32_t end, const char *code,
                         const char *fmt, va_list args)
{
    if (c->lenient)
        return NULL;
    char text[1024];
    vsnprintf(text, sizeof text, fmt, args);
    text[og_utf8_invalid(og_str_from(text))] = '\0'; /* where it was cut short */
    return cel_issue_at(c->issues, c->tree->source, begin, end, code, "%s", text);
}

cel_issue *cel_check_report(cel_checker *c, const cel_node *node, const char *code,
                            const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    cel_issue *item = report(c, node->begin, node->end, code, fmt, args);
    va_end(args);
    return item;
}

cel_issue *cel_check_report_at(cel_checker *c, uint32_t at, size_t length,
                               const char *code, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    cel_issue *item = report(c, at, at + (uint32_t)length, code, fmt, args);
    va_end(args);
    return item;
}

static const char *article(const cel_type *t, og_str text)
{
    if (t->kind == CEL_ANY || t->kind == CEL_NULL || t->kind == CEL_VARIABLE)
        return "";
    bool vowel = text.n > 0 && strchr("aeio", text.p[0]) != NULL;
    return vowel ? "an " : "a ";
}

const char *cel_check_text(cel_checker *c, const cel_type *t)
{
    t = cel_resolve(c, t, true);
    og_str text = {0};
    if (t->kind == CEL_ENUM && t->name.n > 0)
        text = og_arena_printf(c->arena, "word of %.*s", OG_FMT(t->name));
    else if (t->kind == CEL_NULL)
        text = OG_STR("null");
    else
        text = cel_type_text(t, c->arena);
    og_str whole = og_arena_printf(c->arena, "%s%.*s", article(t, text), OG_FMT(text));
    if (text.p && whole.p)
        return whole.p;
    c->failed = OG_E_NOMEM;
    return "";
}

/* ---- Literals and collections ---- */

/* The type of what an optional part holds; reports when it is no optional. */
static const cel_type *open_optional(cel_checker *c, const cel_node *part,
                                     const cel_type *t)
{
    const cel_type *inner = cel_fresh(c);
    const cel_type *wanted = cel_type_optional_of(c->arena, inner);
    if (!wanted)
        c->failed = OG_E_NOMEM;
    if (!wanted || cel_assignable(c, t, wanted))
        return inner;
    cel_issue *item = cel_check_report(c, part, CEL_CODE_TYPE,
                                       "after '?' an optional must stand, this is %s",
                                       cel_check_text(c, t));
    cel_issues_hint(c->issues, item, "leave the '?' out, or write record.?field");
    return inner;
}

static const cel_type *check_list(cel_checker *c, cel_node *node)
{
    const cel_type *element = NULL;
    for (uint32_t i = 0; i < node->as.list.count; i++) {
        const cel_node *item = node->as.list.items[i];
        const cel_type *t = cel_check_node(c, node->as.list.items[i]);
        if (node->as.list.optional && node->as.list.optional[i])
            t = open_optional(c, item, t);
        element = cel_join(c, element, t);
    }
    const cel_type *list = cel_type_list_of(c->arena, element ? element : cel_fresh(c));
    if (!list)
        c->failed = OG_E_NOMEM;
    return list ? list : &cel_broken;
}

static bool may_be_key(const cel_type *t)
{
    switch ((cel_type_kind)t->kind) {
    case CEL_BOOL:
    case CEL_INT:
    case CEL_UINT:
    case CEL_STRING:
    case CEL_ENUM:
    case CEL_ANY:
    case CEL_VARIABLE:
    case CEL_BROKEN:
        return true;
    default:
        return false;
    }
}

static const cel_type *check_map_value(cel_checker *c, cel_node *value, bool optional)
{
    const cel_type *t = cel_check_node(c, value);
    return optional ? open_optional(c, value, t) : t;
}

static const cel_type *check_map(cel_checker *c, cel_node *node)
{
    const cel_type *key = NULL, *value = NULL;
    for (uint32_t i = 0; i < node->as.map.count; i++) {
        const cel_type *k = cel_check_node(c, node->as.map.keys[i]);
        if (!may_be_key(cel_shallow(c, k))) {
            cel_issue *item =
                cel_check_report(c, node->as.map.keys[i], CEL_CODE_TYPE,
                                 "%s cannot be a key", cel_check_text(c, k));
            cel_issues_hint(c->issues, item, "keys are bool, int, uint or string");
            k = &cel_broken;
        }
        key = cel_join(c, key, k);
        bool optional = node->as.map.optional && node->as.map.optional[i];
        value = cel_join(c, value, check_map_value(c, node->as.map.values[i], optional));
    }
    const cel_type *map =
        cel_type_map_of(c->arena, key ? key : cel_fresh(c), value ? value : cel_fresh(c));
    if (!map)
        c->failed = OG_E_NOMEM;
    return map ? map : &cel_broken;
}

/* Records are read from a register, never made by a condition. */
static const cel_type *check_object(cel_checker *c, cel_node *node)
{
    for (uint32_t i = 0; i < node->as.object.count; i++)
        cel_check_node(c, node->as.object.values[i]);
    cel_issue *item = cel_issue_at(
        c->issues, c->tree->source, node->begin, node->end, CEL_CODE_TYPE,
        "a condition cannot make a record ('%.*s{…}')", OG_FMT(node->as.object.name));
    cel_issues_hint(c->issues, item, "use a map: {\"field\": value}");
    return &cel_broken;
}

/* ---- The walk ---- */

static const cel_type *check_kind(cel_checker *c, cel_node *node)
{
    switch ((cel_node_kind)node->kind) {
    case CEL_LITERAL:
        return cel_type_of_kind((og_kind)node->as.literal.kind);
    case CEL_IDENT:
        return cel_check_ident(c, node);
    case CEL_SELECT:
        return cel_check_select(c, node);
    case CEL_CALL:
        return cel_check_call(c, node);
    case CEL_MAKE_LIST:
        return check_list(c, node);
    case CEL_MAKE_MAP:
        return check_map(c, node);
    case CEL_MAKE_OBJECT:
        return check_object(c, node);
    case CEL_LOOP:
        return cel_check_loop(c, node);
    case CEL_BIND:
        return cel_check_bind(c, node);
    case CEL_OPTMAP:
        return cel_check_optmap(c, node);
    case CEL_BLOCK:
        return cel_check_block(c, node);
    default:
        return &cel_broken;
    }
}

const cel_type *cel_check_node(cel_checker *c, cel_node *node)
{
    const cel_type *t = check_kind(c, node);
    node->type = c->lenient ? &cel_dyn : t;
    return node->type;
}

/* Type variables are known now: write the types they stand for into the nodes. */
static void finish(cel_checker *c, cel_node *node)
{
    node->type = cel_resolve(c, node->type, true);
    const cel_node *few[8], **children = few;
    uint32_t count = cel_node_children(node, few, 8);
    if (count > 8) {
        children = OG_ARRAY(c->arena, count, const cel_node *);
        if (!children) {
            c->failed = OG_E_NOMEM;
            return;
        }
        cel_node_children(node, children, count);
    }
    for (uint32_t i = 0; i < count; i++)
        finish(c, (cel_node *)children[i]);
    if (node->kind == CEL_CALL)
        cel_check_exact(node);
}

static void check_result(cel_checker *c, const cel_type *wanted)
{
    const cel_node *root = c->tree->root;
    const cel_type *t = cel_shallow(c, root->type);
    if (c->lenient || !wanted || cel_assignable(c, t, wanted))
        return;
    cel_issue *item =
        cel_check_report(c, root, CEL_CODE_TYPE, "the expression is %s, it must be %s",
                         cel_check_text(c, t), cel_check_text(c, wanted));
    if (wanted->kind == CEL_BOOL && (t->kind == CEL_LIST || t->kind == CEL_MAP))
        cel_issues_hint(c->issues, item, "ask about it: .size() == 0, .all(x, …)");
    else if (wanted->kind == CEL_BOOL)
        cel_issues_hint(c->issues, item, "compare it with something: == … or < …");
}

int cel_check(cel_checker *c, const cel_type *result, og_error *err)
{
    c->variables = OG_ARRAY(c->arena, c->env->slot_count + 1, bool);
    if (!c->variables)
        return og_nomem(err);
    cel_check_node(c, c->tree->root);
    check_result(c, result);
    if (!c->failed && c->issues->count == 0)
        finish(c, c->tree->root);
    if (c->failed || c->issues->failed)
        return og_nomem(err);
    cel_issues_sort(c->issues);
    return OG_OK;
}
