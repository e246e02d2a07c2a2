/* Macros: calls whose arguments are not simply evaluated. The parser asks about every
 * call by name; what is none stays a call.
 *
 *   has(e.f)
 *   e.all(x, p)  e.exists(x, p)  e.exists_one(x, p)  e.filter(x, p)
 *   e.map(x, t)  e.map(x, p, t)
 *   e.all(i, x, p)  e.exists(i, x, p)  e.existsOne(i, x, p)
 *   e.transformList(i, x, [p,] t)  e.transformMap(…)  e.transformMapEntry(…)
 *   cel.bind(x, e, b)   o.optMap(x, t)   o.optFlatMap(x, t)
 *   cel.block([…], e)   cel.index(N)   cel.iterVar(N, M)   cel.accuVar(N, M)
 *
 * The sources are langdef.md ("Macros") and the extensions of cel-go and cel-spec. */
#include "cel/parse.h"

typedef struct macro macro;
/* args: without the target. */
typedef cel_node *expander(cel_parser *p, const macro *m, cel_node *call, cel_node **args,
                           uint32_t count);

struct macro {
    const char *space; /* "cel": written cel.name(…); "": a member macro; NULL: global */
    const char *name;
    uint8_t min, max;  /* arguments */
    uint8_t variables; /* loops */
    uint8_t loop;      /* cel_loop_kind */
    expander *expand;
    const char *usage;
};

/* ---- Helpers ---- */

static cel_node *refuse(cel_parser *p, const macro *m, cel_node *call,
                        const cel_node *where, const char *why)
{
    cel_issue *item = cel_issue_at(p->issues, p->tree->source, where->begin, where->end,
                                   CEL_CODE_SYNTAX, "%s", why);
    cel_issues_hint(p->issues, item, "write %s%s%s%s",
                    m->space && *m->space ? "cel." : "", m->name, m->usage,
                    m->loop == CEL_ALL && m->variables ? ", for example .all(x, x > 0)"
                                                       : "");
    return cel_node_bad(p, call->begin, call->end);
}

/* The simple name an argument is, or empty. */
static og_str simple_name(const cel_node *node)
{
    bool plain =
        node->kind == CEL_IDENT && !(node->flags & (CEL_F_PARENS | CEL_F_ABSOLUTE));
    return plain ? node->as.ident.name : (og_str){0};
}

/* The call's own node becomes another kind: its range and number stay. */
static void become(cel_node *node, cel_node_kind kind)
{
    node->kind = (uint8_t)kind;
    node->op = 0;
    node->flags = 0;
    memset(&node->as, 0, sizeof node->as);
}

/* ---- has ---- */

static cel_node *expand_has(cel_parser *p, const macro *m, cel_node *call,
                            cel_node **args, uint32_t count)
{
    (void)count;
    const cel_node *arg = args[0];
    if (arg->kind != CEL_SELECT || (arg->flags & (CEL_F_OPTIONAL | CEL_F_TEST)))
        return refuse(p, m, call, arg, "has() asks about the field of a record");
    uint32_t at = arg->at;
    cel_node inner = *arg;
    become(call, CEL_SELECT);
    call->flags = CEL_F_TEST;
    call->at = at;
    call->as.select.operand = inner.as.select.operand;
    call->as.select.field = inner.as.select.field;
    call->as.select.quoted = inner.as.select.quoted;
    call->as.select.slot = -1;
    return cel_node_measure(p, call);
}

/* ---- Loops ---- */

static cel_node *expand_loop(cel_parser *p, const macro *m, cel_node *call,
                             cel_node **args, uint32_t count)
{
    og_str name1 = simple_name(args[0]);
    og_str name2 = m->variables == 2 ? simple_name(args[1]) : (og_str){0};
    if (name1.n == 0 || (m->variables == 2 && name2.n == 0))
        return refuse(p, m, call, name1.n == 0 ? args[0] : args[1],
                      "a name for the element must stand here");
    if (og_str_eq(name1, name2))
        return refuse(p, m, call, args[1], "the two names must differ");
    cel_node *range = call->as.call.args[0];
    og_str written = call->as.call.function;
    become(call, CEL_LOOP);
    call->op = m->loop;
    call->flags = m->variables == 2 ? CEL_F_TWO : 0;
    call->as.loop.range = range;
    call->as.loop.name1 = name1;
    call->as.loop.name2 = name2;
    call->as.loop.macro = written;
    uint32_t rest = count - m->variables;
    bool transforms = m->loop >= CEL_MAP_LIST;
    call->as.loop.body = transforms ? args[count - 1] : NULL;
    call->as.loop.predicate = !transforms || rest == 2 ? args[m->variables] : NULL;
    return cel_node_measure(p, call);
}

/* ---- Bindings ---- */

static cel_node *bind(cel_parser *p, cel_node *call, cel_node_kind kind, cel_node *init,
                      og_str name, cel_node *body)
{
    become(call, kind);
    call->as.bind.init = init;
    call->as.bind.name = name;
    call->as.bind.body = body;
    return cel_node_measure(p, call);
}

static cel_node *expand_bind(cel_parser *p, const macro *m, cel_node *call,
                             cel_node **args, uint32_t count)
{
    (void)count;
    og_str name = simple_name(args[0]);
    if (name.n == 0)
        return refuse(p, m, call, args[0], "a name for the value must stand here");
    return bind(p, call, CEL_BIND, args[1], name, args[2]);
}

static cel_node *expand_optmap(cel_parser *p, const macro *m, cel_node *call,
                               cel_node **args, uint32_t count)
{
    (void)count;
    og_str name = simple_name(args[0]);
    if (name.n == 0)
        return refuse(p, m, call, args[0], "a name for the value must stand here");
    bool flat = og_str_is(call->as.call.function, "optFlatMap");
    cel_node *node = bind(p, call, CEL_OPTMAP, call->as.call.args[0], name, args[1]);
    if (node && node->kind == CEL_OPTMAP && flat)
        node->flags |= CEL_F_FLAT;
    return node;
}

/* ---- Blocks: what an optimiser writes, not people ---- */

static cel_node *expand_block(cel_parser *p, const macro *m, cel_node *call,
                              cel_node **args, uint32_t count)
{
    (void)count;
    const cel_node *list = args[0];
    if (list->kind != CEL_MAKE_LIST || list->as.list.optional)
        return refuse(p, m, call, list, "the first argument must be a list as written");
    cel_node **items = list->as.list.items;
    uint32_t n = list->as.list.count;
    cel_node *body = args[1];
    become(call, CEL_BLOCK);
    call->as.block.items = items;
    call->as.block.count = n;
    call->as.block.body = body;
    return cel_node_measure(p, call);
}

/* cel.index(N), cel.iterVar(N, M), cel.accuVar(N, M): names no source can spell. */
static cel_node *expand_name(cel_parser *p, const macro *m, cel_node *call,
                             cel_node **args, uint32_t count)
{
    int64_t number[2] = {0, 0};
    for (uint32_t i = 0; i < count; i++) {
        if (args[i]->kind != CEL_LITERAL || args[i]->as.literal.kind != OG_INT ||
            args[i]->as.literal.as.i < 0)
            return refuse(p, m, call, args[i], "a whole number from 0 must stand here");
        number[i] = args[i]->as.literal.as.i;
    }
    og_str name =
        count == 1 ? og_arena_printf(p->arena, "@%s:%lld", m->name, (long long)number[0])
                   : og_arena_printf(p->arena, "@%s:%lld:%lld", m->name,
                                     (long long)number[0], (long long)number[1]);
    if (!name.p) {
        p->failed = OG_E_NOMEM;
        return NULL;
    }
    become(call, CEL_IDENT);
    call->as.ident.name = name;
    call->depth = 1;
    return call;
}

/* ---- The table ---- */

#define PREDICATE "(x, condition) or (i, x, condition)"
#define TWO_TRANSFORM "(i, x, result) or (i, x, condition, result)"

static const macro macros[] = {
    {NULL, "has", 1, 1, 0, 0, expand_has, "(record.field)"},
    {"", "all", 2, 2, 1, CEL_ALL, expand_loop, PREDICATE},
    {"", "all", 3, 3, 2, CEL_ALL, expand_loop, PREDICATE},
    {"", "exists", 2, 2, 1, CEL_EXISTS, expand_loop, PREDICATE},
    {"", "exists", 3, 3, 2, CEL_EXISTS, expand_loop, PREDICATE},
    {"", "exists_one", 2, 2, 1, CEL_EXISTS_ONE, expand_loop, PREDICATE},
    {"", "existsOne", 2, 2, 1, CEL_EXISTS_ONE, expand_loop, PREDICATE},
    {"", "existsOne", 3, 3, 2, CEL_EXISTS_ONE, expand_loop, PREDICATE},
    {"", "exists_one", 3, 3, 2, CEL_EXISTS_ONE, expand_loop, PREDICATE},
    {"", "filter", 2, 2, 1, CEL_FILTER, expand_loop, "(x, condition)"},
    {"", "map", 2, 3, 1, CEL_MAP_LIST, expand_loop,
     "(x, result) or (x, condition, result)"},
    {"", "transformList", 3, 4, 2, CEL_TRANSFORM_LIST, expand_loop, TWO_TRANSFORM},
    {"", "transformMap", 3, 4, 2, CEL_TRANSFORM_MAP, expand_loop, TWO_TRANSFORM},
    {"", "transformMapEntry", 3, 4, 2, CEL_TRANSFORM_ENTRY, expand_loop, TWO_TRANSFORM},
    {"", "optMap", 2, 2, 0, 0, expand_optmap, "(x, result)"},
    {"", "optFlatMap", 2, 2, 0, 0, expand_optmap, "(x, optional result)"},
    {"cel", "bind", 3, 3, 0, 0, expand_bind, "(name, value, expression)"},
    {"cel", "block", 2, 2, 0, 0, expand_block, "([values], expression)"},
    {"cel", "index", 1, 1, 0, 0, expand_name, "(number)"},
    {"cel", "iterVar", 2, 2, 0, 0, expand_name, "(number, number)"},
    {"cel", "accuVar", 2, 2, 0, 0, expand_name, "(number, number)"},
};
#define MACRO_COUNT (sizeof macros / sizeof *macros)

/* The space a call is written in: NULL for f(…), "cel" for cel.f(…), "" for x.f(…). */
static const char *space_of(const cel_node *call)
{
    if (!(call->flags & CEL_F_MEMBER))
        return NULL;
    return og_str_is(simple_name(call->as.call.args[0]), "cel") ? "cel" : "";
}

static bool same_space(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

cel_node *cel_macro_expand(cel_parser *p, cel_node *call)
{
    const char *space = space_of(call);
    uint32_t skip = space ? 1 : 0;
    uint32_t count = call->as.call.count - skip;
    for (size_t i = 0; i < MACRO_COUNT; i++) {
        const macro *m = &macros[i];
        if (same_space(m->space, space) && og_str_is(call->as.call.function, m->name) &&
            count >= m->min && count <= m->max) /* min is at least 1 */
            return m->expand(p, m, call, call->as.call.args + skip, count);
    }
    return call;
}

const char *cel_macro_usage(og_str name)
{
    for (size_t i = 0; i < MACRO_COUNT; i++)
        if (og_str_is(name, macros[i].name))
            return macros[i].usage;
    return NULL;
}
