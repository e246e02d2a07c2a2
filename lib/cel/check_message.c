/* The words of the checker: what does not go together, and what would. Names that nothing
 * has are in check_suggest.c. */
#include "cel/check.h"

/* ---- Overloads ---- */

/* A type of a row in words for people: what a type parameter stands for does not matter.
 */
static void show_param(const cel_type *t, og_buf *out)
{
    static const struct {
        cel_type_kind kind;
        const char *text;
    } words[] = {{CEL_PARAM, "value"},
                 {CEL_ANY, "value"},
                 {CEL_LIST, "list"},
                 {CEL_MAP, "map"},
                 {CEL_OPTIONAL, "optional"}};
    bool open = t->param_count == 0 || t->params[0]->kind == CEL_PARAM ||
                t->params[0]->kind == CEL_ANY;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (open && t->kind == words[i].kind) {
            og_buf_puts(out, words[i].text);
            return;
        }
    cel_type_show(t, out);
}

/* An operator with its operands; false: node is none. */
static bool show_operator(const cel_overload *row, const cel_node *node, og_buf *out)
{
    cel_op op = (cel_op)node->op;
    bool index = op == CEL_OP_INDEX || op == CEL_OP_OPTINDEX;
    if (op == CEL_OP_NONE)
        return false;
    if (row->param_count == 1)
        og_buf_puts(out, cel_op_text(op));
    show_param(row->params[0], out);
    if (row->param_count == 2) {
        if (index)
            og_buf_puts(out, op == CEL_OP_INDEX ? "[" : "[?");
        else
            og_buf_printf(out, " %s ", cel_op_text(op));
        show_param(row->params[1], out);
        og_buf_puts(out, index ? "]" : "");
    }
    return true;
}

static void show_row(const cel_overload *row, const cel_node *node, og_buf *out)
{
    uint32_t first = 0;
    if (show_operator(row, node, out))
        return;
    if ((row->flags & CEL_MEMBER) &&
        ((node->flags & CEL_F_MEMBER) || !(row->flags & CEL_GLOBAL))) {
        show_param(row->params[0], out);
        og_buf_putc(out, '.');
        first = 1;
    }
    og_buf_printf(out, "%s(", row->function);
    for (uint32_t i = first; i < row->param_count; i++) {
        if (i > first)
            og_buf_puts(out, ", ");
        show_param(row->params[i], out);
    }
    og_buf_puts(out, row->flags & CEL_VARIADIC ? ", …)" : ")");
}

/* Rows whose first (which 0) or last argument fits what was written; all for which 2. Of
 * an operator that its left side does not go with, no row helps. */
static bool row_fits(cel_checker *c, const cel_overload *row, unsigned which,
                     const cel_node *node, const cel_type *const *args)
{
    uint32_t count = node->as.call.count;
    if (which > 0 && node->op != CEL_OP_NONE && count == 2 && node->op != CEL_OP_IN)
        return false;
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
            if (!row_fits(c, rows->rows[i], which, node, args))
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
    else if (found > 0)
        cel_issues_hint(c->issues, item, "it takes %.*s", OG_FMT(og_buf_str(&b)));
    og_buf_done(&b);
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

/* The function is there, but is written the other way: f(x) for x.f(), or x.f() for f(x).
 */
static bool report_form(cel_checker *c, const cel_node *node,
                        const cel_function_rows *rows)
{
    bool member = node->flags & CEL_F_MEMBER;
    const cel_overload *other = NULL;
    for (uint32_t i = 0; i < rows->count; i++) {
        if (rows->rows[i]->flags & (member ? CEL_MEMBER : CEL_GLOBAL))
            return false;
        other = rows->rows[i];
    }
    cel_issue *item =
        cel_check_report_at(c, node->at, node->as.call.function.n, CEL_CODE_TYPE,
                            member ? "'%.*s' is not written after a value"
                                   : "'%.*s' is written after the value it is about",
                            OG_FMT(node->as.call.function));
    og_buf b = {0};
    if (other)
        show_row(other, node, &b);
    if (b.failed)
        c->failed = OG_E_NOMEM;
    else
        cel_issues_hint(c->issues, item, "write %.*s", OG_FMT(og_buf_str(&b)));
    og_buf_done(&b);
    return true;
}

void cel_report_no_overload(cel_checker *c, const cel_node *node,
                            const cel_function_rows *rows, const cel_type *const *args)
{
    if (c->lenient || (node->op == CEL_OP_NONE && report_form(c, node, rows)))
        return;
    og_str types = argument_types(c, args, node->as.call.count);
    cel_issue *item = NULL;
    if (node->op != CEL_OP_NONE)
        item = cel_check_report(c, node, CEL_CODE_TYPE, "'%s' does not go with %.*s",
                                cel_op_text((cel_op)node->op), OG_FMT(types));
    else
        item = cel_check_report(c, node, CEL_CODE_TYPE, "'%.*s' does not take %.*s",
                                OG_FMT(node->as.call.function), OG_FMT(types));
    if (item && !cel_hint_arguments(c, item, node, args))
        hint_rows(c, item, node, rows, args);
}

bool cel_expect_bool(cel_checker *c, const cel_node *node, const cel_type *t,
                     const char *whose)
{
    if (cel_assignable(c, t, &cel_bool))
        return true;
    cel_issue *item =
        cel_check_report(c, node, CEL_CODE_TYPE, "%s must be a bool, this is %s", whose,
                         cel_check_text(c, t));
    const cel_type *s = cel_shallow(c, t);
    if (s->kind == CEL_STRING || s->kind == CEL_ENUM)
        cel_issues_hint(c->issues, item, "compare it: == \"…\"");
    else if (s->kind == CEL_LIST || s->kind == CEL_MAP)
        cel_issues_hint(c->issues, item, "ask about it: .size() == 0, .all(x, …)");
    else
        cel_issues_hint(c->issues, item, "compare it with something: == … or < …");
    return false;
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
    cel_issue *item =
        t->name.n > 0 ? cel_check_report(c, literal, CEL_CODE_TYPE,
                                         "\"%.*s\" is not a word of '%.*s'",
                                         OG_FMT(cel_issue_short(word)), OG_FMT(t->name))
                      : cel_check_report(c, literal, CEL_CODE_TYPE,
                                         "\"%.*s\" is not one of the words it can be",
                                         OG_FMT(cel_issue_short(word)));
    og_str near = og_str_nearest(word, t->words, t->word_count);
    og_str all = cel_check_join(c, t->words, t->word_count, 20);
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
