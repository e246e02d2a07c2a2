/* Names that nothing has: what was probably meant. The nearest name there is; else what
 * the word of another language is here. */
#include "cel/check.h"
#include "cel/parse.h"

/* ---- Suggestions ---- */

typedef struct names {
    og_str *items;
    size_t count, cap;
} names;

static void add_name(cel_checker *c, names *list, og_str name)
{
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 32;
        og_str *more = OG_ARRAY(c->arena, cap, og_str);
        if (!more) {
            c->failed = OG_E_NOMEM;
            return;
        }
        if (list->count > 0)
            memcpy(more, list->items, list->count * sizeof *more);
        list->items = more;
        list->cap = cap;
    }
    list->items[list->count++] = name;
}

static void add_keys(cel_checker *c, names *list, const og_map *map)
{
    for (size_t i = 0; i < map->count; i++)
        add_name(c, list, map->entries[i].key);
}

static bool hint_nearest(cel_checker *c, cel_issue *item, og_str word, const names *list)
{
    og_str near = og_str_nearest(word, list->items, list->count);
    if (near.n == 0)
        return false;
    cel_issues_hint(c->issues, item, "did you mean '%.*s'?", OG_FMT(near));
    return true;
}

og_str cel_check_join(cel_checker *c, const og_str *words, uint32_t count, uint32_t max)
{
    og_buf b = {0};
    uint32_t shown = count < max ? count : max;
    for (uint32_t i = 0; i < shown; i++) {
        if (i > 0)
            og_buf_puts(&b, i + 1 == count ? " and " : ", ");
        og_buf_put(&b, words[i]);
    }
    if (shown < count)
        og_buf_printf(&b, " and %u more", (unsigned)(count - shown));
    og_str s = b.failed ? (og_str){0} : og_arena_str(c->arena, og_buf_str(&b));
    if (!s.p)
        c->failed = OG_E_NOMEM;
    og_buf_done(&b);
    return s;
}

/* ---- Names ---- */

static void add_variables(cel_checker *c, names *list)
{
    for (const cel_scope *s = c->scope; s; s = s->outer)
        add_name(c, list, s->name);
    for (const cel_env *e = c->env; e; e = e->parent)
        add_keys(c, list, &e->names);
}

static bool has_word(const cel_type *t, og_str word)
{
    for (uint32_t i = 0; t->kind == CEL_ENUM && i < t->word_count; i++)
        if (og_str_eq(t->words[i], word))
            return true;
    return false;
}

/* A word of some record's field, written without quotes. */
static bool is_word(const cel_env *env, og_str name)
{
    for (; env; env = env->parent)
        for (size_t i = 0; i < env->types.count; i++) {
            const cel_object *o = ((const cel_type *)env->types.entries[i].value)->object;
            for (uint32_t k = 0; k < o->field_count; k++)
                if (has_word(o->fields[k].type, name))
                    return true;
        }
    return false;
}

void cel_report_no_name(cel_checker *c, const cel_node *node, og_str name)
{
    if (c->lenient)
        return;
    cel_issue *item = cel_check_report(c, node, CEL_CODE_NAME, "there is no '%.*s' here",
                                       OG_FMT(cel_issue_short(name)));
    names list = {0};
    if (!item)
        return;
    add_variables(c, &list);
    if (is_word(c->env, name))
        cel_issues_hint(c->issues, item, "words stand in quotes: \"%.*s\"", OG_FMT(name));
    else if (!hint_nearest(c, item, name, &list) && list.count > 0 && list.count <= 12)
        cel_issues_hint(c->issues, item, "known names: %.*s",
                        OG_FMT(cel_check_join(c, list.items, (uint32_t)list.count, 12)));
}

void cel_hint_variable(cel_checker *c, cel_issue *item, const cel_node *node)
{
    names list = {0};
    if (!item || node->kind != CEL_IDENT || node->op != CEL_PLACE_CONSTANT)
        return;
    add_variables(c, &list);
    hint_nearest(c, item, node->as.ident.name, &list);
}

void cel_report_no_field(cel_checker *c, const cel_node *node, const cel_object *object)
{
    if (c->lenient)
        return;
    og_str field = node->as.select.field;
    cel_issue *item = cel_check_report_at(
        c, node->at, field.n, CEL_CODE_NAME, "'%.*s' has no field '%.*s'",
        OG_FMT(object->name), OG_FMT(cel_issue_short(field)));
    if (!item)
        return;
    names list = {0};
    for (uint32_t i = 0; i < object->field_count; i++)
        add_name(c, &list, object->fields[i].name);
    if (!hint_nearest(c, item, field, &list))
        cel_issues_hint(c->issues, item, "its fields are %.*s",
                        OG_FMT(cel_check_join(c, list.items, (uint32_t)list.count, 20)));
}

/* ---- Functions ---- */

/* What other languages call it. */
static const struct foreign {
    const char *name, *here;
} foreign[] = {
    {"length", "size()"},
    {"len", "size()"},
    {"count", "size()"},
    {"isEmpty", "size() == 0"},
    {"empty", "size() == 0"},
    {"any", ".exists(x, …)"},
    {"some", ".exists(x, …)"},
    {"every", ".all(x, …)"},
    {"forall", ".all(x, …)"},
    {"where", ".filter(x, …)"},
    {"find", ".filter(x, …)"},
    {"select", ".filter(x, …) or .map(x, …)"},
    {"includes", "contains(…), or x in list"},
    {"lower", "lowerAscii()"},
    {"toLowerCase", "lowerAscii()"},
    {"upper", "upperAscii()"},
    {"toUpperCase", "upperAscii()"},
    {"strip", "trim()"},
    {"str", "string(…)"},
    {"float", "double(…)"},
    {"max", "math.greatest(…)"},
    {"min", "math.least(…)"},
    {"abs", "math.abs(…)"},
    {"round", "math.round(…)"},
    {"not", "!"},
};

static const char *foreign_name(og_str name)
{
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (og_str_is(name, foreign[i].name))
            return foreign[i].here;
    return NULL;
}

/* "math" of math.max(…), where there are functions math.….; else empty. */
static og_str space_of(const cel_checker *c, const cel_node *node)
{
    const cel_node *target = node->flags & CEL_F_MEMBER ? node->as.call.args[0] : NULL;
    if (!target || target->kind != CEL_IDENT || cel_scope_find(c, target->as.ident.name))
        return (og_str){0};
    og_str space = target->as.ident.name;
    for (const cel_env *e = c->env; e; e = e->parent)
        for (size_t i = 0; i < e->functions.count; i++) {
            og_str f = e->functions.entries[i].key;
            if (f.n > space.n && f.p[space.n] == '.' && og_str_starts(f, space))
                return space;
        }
    return (og_str){0};
}

/* The first argument looks like the variable of a macro: a name that nothing has. */
static bool names_a_variable(const cel_checker *c, const cel_node *node)
{
    uint32_t first = node->flags & CEL_F_MEMBER ? 1 : 0;
    const cel_node *arg =
        first > 0 && node->as.call.count > first + 1 ? node->as.call.args[first] : NULL;
    return arg && arg->kind == CEL_IDENT && !cel_scope_find(c, arg->as.ident.name) &&
           !cel_env_find_name(c->env, arg->as.ident.name);
}

static bool hint_function(cel_checker *c, cel_issue *item, og_str name)
{
    static const og_str macros[] = {{"has", 3},         {"all", 3},    {"exists", 6},
                                    {"exists_one", 10}, {"filter", 6}, {"map", 3}};
    names list = {0};
    for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
        add_name(c, &list, macros[i]);
    if (hint_nearest(c, item, name, &list))
        return true;
    for (const cel_env *e = c->env; e; e = e->parent)
        add_keys(c, &list, &e->functions);
    hint_nearest(c, item, name, &list);
    return false;
}

/* A macro's name, with other arguments. */
static bool report_macro(cel_checker *c, const cel_node *node, const char *usage)
{
    og_str name = node->as.call.function;
    cel_issue *item =
        cel_check_report_at(c, node->at, name.n, CEL_CODE_NAME,
                            "'%.*s' does not take these arguments", OG_FMT(name));
    cel_issues_hint(c->issues, item, "it takes %s", usage);
    return true;
}

static bool report_in_space(cel_checker *c, const cel_node *node, og_str space)
{
    og_str name = node->as.call.function;
    og_str whole = og_arena_printf(c->arena, "%.*s.%.*s", OG_FMT(space), OG_FMT(name));
    if (!whole.p)
        c->failed = OG_E_NOMEM;
    cel_issue *item = cel_check_report_at(c, node->begin, node->at + name.n - node->begin,
                                          CEL_CODE_NAME, "there is no function '%.*s'",
                                          OG_FMT(cel_issue_short(whole)));
    const char *here = foreign_name(name);
    if (here)
        cel_issues_hint(c->issues, item, "here that is written %s", here);
    else if (item)
        hint_function(c, item, whole);
    return true;
}

bool cel_report_no_function(cel_checker *c, const cel_node *node)
{
    if (c->lenient)
        return false;
    og_str name = node->as.call.function, space = space_of(c, node);
    const char *usage = cel_macro_usage(name), *here = foreign_name(name);
    if (space.n > 0)
        return report_in_space(c, node, space);
    if (usage)
        return report_macro(c, node, usage);
    cel_issue *item =
        cel_check_report_at(c, node->at, name.n, CEL_CODE_NAME,
                            "there is no function '%.*s'", OG_FMT(cel_issue_short(name)));
    bool macro = names_a_variable(c, node);
    if (here) {
        cel_issues_hint(c->issues, item, "here that is written %s", here);
        return macro;
    }
    return (item && hint_function(c, item, name)) || macro;
}
