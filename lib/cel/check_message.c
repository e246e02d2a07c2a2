/* The words of the checker: what was found, what would fit, what may have been meant. */
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

/* "a, b and c", at most `max` of them. */
static og_str join_words(cel_checker *c, const og_str *words, uint32_t count,
                         uint32_t max)
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

void cel_report_no_name(cel_checker *c, const cel_node *node, og_str name)
{
    if (c->lenient)
        return;
    cel_issue *item =
        cel_check_report(c, node, CEL_CODE_NAME, "there is no '%.*s' here", OG_FMT(name));
    names list = {0};
    for (const cel_scope *s = c->scope; s; s = s->outer)
        add_name(c, &list, s->name);
    for (const cel_env *e = c->env; e; e = e->parent)
        add_keys(c, &list, &e->names);
    size_t variables = list.count;
    if (hint_nearest(c, item, name, &list))
        return;
    if (variables > 0 && variables <= 12)
        cel_issues_hint(c->issues, item, "known names: %.*s",
                        OG_FMT(join_words(c, list.items, (uint32_t)variables, 12)));
}

void cel_report_no_field(cel_checker *c, const cel_node *node, const cel_object *object)
{
    if (c->lenient)
        return;
    og_str field = node->as.select.field;
    cel_issue *item = cel_check_report_at(c, node->at, field.n, CEL_CODE_NAME,
                                          "'%.*s' has no field '%.*s'",
                                          OG_FMT(object->name), OG_FMT(field));
    if (!item)
        return;
    names list = {0};
    for (uint32_t i = 0; i < object->field_count; i++)
        add_name(c, &list, object->fields[i].name);
    if (!hint_nearest(c, item, field, &list))
        cel_issues_hint(c->issues, item, "its fields are %.*s",
                        OG_FMT(join_words(c, list.items, (uint32_t)list.count, 20)));
}

bool cel_report_no_function(cel_checker *c, const cel_node *node)
{
    if (c->lenient)
        return false;
    og_str name = node->as.call.function;
    const char *usage = cel_macro_usage(name);
    cel_issue *item = cel_check_report_at(c, node->at, name.n, CEL_CODE_NAME,
                                          usage ? "'%.*s' does not take these arguments"
                                                : "there is no function '%.*s'",
                                          OG_FMT(name));
    if (usage || !item) {
        cel_issues_hint(c->issues, item, "it takes %s", usage);
        return usage != NULL;
    }
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

/* ---- Overloads ---- */

static void show_row(const cel_overload *row, const cel_node *node, og_buf *out)
{
    bool binary = node->op != CEL_OP_NONE && row->param_count == 2 &&
                  cel_op_precedence((cel_op)node->op) < 7;
    if (binary) {
        cel_type_show(row->params[0], out);
        og_buf_printf(out, " %s ", cel_op_text((cel_op)node->op));
        cel_type_show(row->params[1], out);
        return;
    }
    uint32_t first = 0;
    if (node->op == CEL_OP_NONE && (row->flags & CEL_MEMBER) &&
        ((node->flags & CEL_F_MEMBER) || !(row->flags & CEL_GLOBAL))) {
        cel_type_show(row->params[0], out);
        og_buf_putc(out, '.');
        first = 1;
    }
    og_buf_puts(out, node->op ? cel_op_text((cel_op)node->op) : row->function);
    og_buf_putc(out, '(');
    for (uint32_t i = first; i < row->param_count; i++) {
        if (i > first)
            og_buf_puts(out, ", ");
        cel_type_show(row->params[i], out);
    }
    og_buf_puts(out, row->flags & CEL_VARIADIC ? ", …)" : ")");
}

/* Rows whose first (which 0) or last argument fits what was written; all for which 2. */
static bool row_fits(cel_checker *c, const cel_overload *row, unsigned which,
                     const cel_type *const *args, uint32_t count)
{
    if (which == 2)
        return true;
    if (row->param_count == 0 || count == 0)
        return false;
    uint32_t i = which == 0 ? 0 : count - 1;
    if (i >= row->param_count)
        return false;
    cel_instance instance = {0};
    const cel_type *wanted = cel_instantiate(c, &instance, row->params[i]);
    return cel_assignable(c, args[i], wanted);
}

static void hint_rows(cel_checker *c, cel_issue *item, const cel_node *node,
                      const cel_function_rows *rows, const cel_type *const *args)
{
    if (node->op == CEL_OP_EQ || node->op == CEL_OP_NE) {
        cel_issues_hint(c->issues, item, "both sides must be of one type");
        return;
    }
    og_buf b = {0};
    uint32_t found = 0;
    for (unsigned which = 0; which < 3 && found == 0; which++) {
        for (uint32_t i = 0; i < rows->count; i++) {
            if (!row_fits(c, rows->rows[i], which, args, node->as.call.count))
                continue;
            if (++found > 4)
                continue;
            if (found > 1)
                og_buf_puts(&b, ", ");
            show_row(rows->rows[i], node, &b);
        }
    }
    if (found > 4)
        og_buf_printf(&b, " and %u more", (unsigned)(found - 4));
    if (b.failed)
        c->failed = OG_E_NOMEM;
    else
        cel_issues_hint(c->issues, item, "it takes %.*s", OG_FMT(og_buf_str(&b)));
    og_buf_done(&b);
}

static bool compares(const cel_node *node)
{
    return (node->op >= CEL_OP_LT && node->op <= CEL_OP_NE) || node->op == CEL_OP_SUB;
}

/* Which side is a date while the other is a timestamp: 0, 1; -1: no such thing. */
static int date_side(const cel_checker *c, const cel_node *node,
                     const cel_type *const *args)
{
    if (!compares(node) || node->as.call.count != 2)
        return -1;
    unsigned a = cel_shallow(c, args[0])->kind, b = cel_shallow(c, args[1])->kind;
    if (a == CEL_DATE && b == CEL_TIMESTAMP)
        return 0;
    return a == CEL_TIMESTAMP && b == CEL_DATE ? 1 : -1;
}

static void hint_dates(cel_checker *c, cel_issue *item, const cel_node *node, int side)
{
    const cel_node *date = node->as.call.args[side];
    const cel_node *moment = node->as.call.args[1 - side];
    cel_issues_hint(c->issues, item,
                    "a date is a whole day, a timestamp a moment: write start_of(%.*s), "
                    "end_of(%.*s) or date(%.*s)",
                    OG_FMT(cel_node_text(c->tree, date)),
                    OG_FMT(cel_node_text(c->tree, date)),
                    OG_FMT(cel_node_text(c->tree, moment)));
}

static bool hint_special(cel_checker *c, cel_issue *item, const cel_node *node,
                         const cel_type *const *args)
{
    int side = date_side(c, node, args);
    if (side >= 0) {
        hint_dates(c, item, node, side);
        return true;
    }
    for (uint32_t i = 0; i < 2 && compares(node) && node->as.call.count == 2; i++) {
        const cel_node *other = node->as.call.args[1 - i];
        if (cel_shallow(c, args[i])->kind == CEL_NULL) {
            cel_issues_hint(c->issues, item,
                            "to ask whether it is there, write has(%.*s)",
                            OG_FMT(cel_node_text(c->tree, other)));
            return true;
        }
        if (cel_shallow(c, args[i])->kind == CEL_DATE &&
            cel_shallow(c, args[1 - i])->kind == CEL_STRING) {
            cel_issues_hint(c->issues, item, "write date(%.*s)",
                            OG_FMT(cel_node_text(c->tree, other)));
            return true;
        }
    }
    return false;
}

static og_str argument_types(cel_checker *c, const cel_type *const *args, uint32_t count)
{
    og_buf b = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            og_buf_puts(&b, i + 1 == count ? " and " : ", ");
        og_buf_puts(&b, cel_check_text(c, args[i]));
    }
    og_str s = og_arena_str(c->arena, b.n > 0 ? og_buf_str(&b) : OG_STR("no argument"));
    if (!s.p || b.failed)
        c->failed = OG_E_NOMEM;
    og_buf_done(&b);
    return s;
}

void cel_report_no_overload(cel_checker *c, const cel_node *node,
                            const cel_function_rows *rows, const cel_type *const *args)
{
    if (c->lenient)
        return;
    og_str types = argument_types(c, args, node->as.call.count);
    cel_issue *item = NULL;
    if (node->op != CEL_OP_NONE)
        item = cel_check_report(c, node, CEL_CODE_TYPE, "'%s' does not go with %.*s",
                                cel_op_text((cel_op)node->op), OG_FMT(types));
    else
        item = cel_check_report(c, node, CEL_CODE_TYPE, "'%.*s' does not take %.*s",
                                OG_FMT(node->as.call.function), OG_FMT(types));
    if (item && !hint_special(c, item, node, args))
        hint_rows(c, item, node, rows, args);
}

/* ---- Enum words ---- */

static void check_word(cel_checker *c, const cel_type *t, const cel_node *literal)
{
    if (literal->kind != CEL_LITERAL || literal->as.literal.kind != OG_STRING)
        return;
    og_str word = og_text(literal->as.literal);
    for (uint32_t i = 0; i < t->word_count; i++)
        if (og_str_eq(t->words[i], word))
            return;
    cel_issue *item = t->name.n > 0
                          ? cel_check_report(c, literal, CEL_CODE_TYPE,
                                             "\"%.*s\" is not a word of '%.*s'",
                                             OG_FMT(word), OG_FMT(t->name))
                          : cel_check_report(c, literal, CEL_CODE_TYPE,
                                             "\"%.*s\" is not one of the words it can be",
                                             OG_FMT(word));
    og_str near = og_str_nearest(word, t->words, t->word_count);
    og_str all = join_words(c, t->words, t->word_count, 20);
    if (near.n > 0)
        cel_issues_hint(c->issues, item, "did you mean \"%.*s\"? its words are %.*s",
                        OG_FMT(near), OG_FMT(all));
    else
        cel_issues_hint(c->issues, item, "its words are %.*s", OG_FMT(all));
}

static void check_words_in(cel_checker *c, const cel_node *left, const cel_node *right)
{
    const cel_type *l = cel_shallow(c, left->type), *r = cel_shallow(c, right->type);
    if (l->kind == CEL_ENUM && right->kind == CEL_MAKE_LIST)
        for (uint32_t i = 0; i < right->as.list.count; i++)
            check_word(c, l, right->as.list.items[i]);
    if (r->kind == CEL_LIST && cel_shallow(c, r->params[0])->kind == CEL_ENUM)
        check_word(c, cel_shallow(c, r->params[0]), left);
}

void cel_check_words(cel_checker *c, const cel_node *node)
{
    if (c->lenient || node->as.call.count != 2)
        return;
    const cel_node *left = node->as.call.args[0], *right = node->as.call.args[1];
    if (node->op == CEL_OP_IN) {
        check_words_in(c, left, right);
    } else if (node->op == CEL_OP_EQ || node->op == CEL_OP_NE) {
        const cel_type *l = cel_shallow(c, left->type), *r = cel_shallow(c, right->type);
        if (l->kind == CEL_ENUM)
            check_word(c, l, right);
        else if (r->kind == CEL_ENUM)
            check_word(c, r, left);
    }
}
