/* Linking: each node of a checked tree gets the function that computes it, specialised by
 * what can be seen in the tree (a literal operand, a field of a macro's variable), and
 * whatever that function needs ready: names of unknowns, the cost of a loop's turn,
 * compiled patterns, and the values of what never changes: lists and maps of constants,
 * timestamp("…") and its like. What is wrong with a constant stays an error of
 * evaluation, where another operand may decide; only a pattern is refused here. Nothing
 * depends on types being right: each specialised function falls back by the kinds it
 * meets. */
#include "base/utf8.h"
#include "cel/frame.h"
#include "cel/issue.h"
#include "cel/std.h"

#define UNKNOWN_NAME_MAX 120 /* bytes of an expression used as the name of an unknown */

/* A block around what is being linked: names in its range of slots are computed late. */
typedef struct open_block {
    const cel_node *block;
    const struct open_block *outer;
} open_block;

typedef struct linker {
    cel_tree *tree;
    cel_issues *issues;
    const open_block *blocks;
    int failed; /* OG_E_NOMEM or OG_E_INVALID */
} linker;

static uint32_t link_node(linker *l, cel_node *node);

static void *make(linker *l, size_t count, size_t size)
{
    void *p = og_arena_array(l->tree->arena, count, size);
    if (!p)
        l->failed = OG_E_NOMEM;
    return p;
}

/* ---- Names of unknowns ---- */

/* A chain of names and fields as a path; false: something else is in it. */
static bool put_path(const cel_node *node, og_buf *out)
{
    if (node->kind == CEL_IDENT) {
        og_buf_put(out, node->as.ident.name);
        return true;
    }
    if (node->kind != CEL_SELECT || (node->flags & CEL_F_TEST) ||
        !put_path(node->as.select.operand, out))
        return false;
    og_buf_putc(out, '.');
    og_buf_put(out, node->as.select.field);
    return true;
}

/* The text as written, runs of white space as one space, cut short. */
static void put_written(og_str text, og_buf *out)
{
    for (size_t i = 0; i < text.n; i++) {
        bool space = strchr(" \t\r\n", text.p[i]) != NULL;
        bool first = space && i > 0 && !strchr(" \t\r\n", text.p[i - 1]);
        bool inside = ((unsigned char)text.p[i] & 0xc0) == 0x80;
        if (out->n >= UNKNOWN_NAME_MAX && !inside) {
            og_buf_puts(out, "…");
            return;
        }
        if (!space)
            og_buf_putc(out, text.p[i]);
        else if (first)
            og_buf_putc(out, ' ');
    }
}

static void prepare_unknown(linker *l, cel_node *node)
{
    og_buf name = {0};
    if (!put_path(node, &name)) {
        og_buf_clear(&name);
        put_written(cel_node_text(l->tree, node), &name);
    }
    og_value v =
        name.failed ? og_absent() : og_unknown_make(l->tree->arena, og_buf_str(&name));
    og_buf_done(&name);
    if (v.kind == OG_ABSENT)
        l->failed = OG_E_NOMEM;
    else
        node->prepared = v.as.unknown;
}

/* ---- Names and fields ---- */

/* The item of an open block that slot stands for, or NULL. */
static const cel_node *block_item(const linker *l, uint32_t slot)
{
    for (const open_block *o = l->blocks; o; o = o->outer) {
        uint32_t first = o->block->as.block.first_slot;
        if (slot >= first && slot - first < o->block->as.block.count)
            return o->block->as.block.items[slot - first];
    }
    return NULL;
}

static void link_ident(linker *l, cel_node *node)
{
    switch ((cel_place)node->op) {
    case CEL_PLACE_VARIABLE:
        node->eval = cel_eval_variable;
        prepare_unknown(l, node);
        break;
    case CEL_PLACE_LOCAL:
        node->prepared = block_item(l, node->as.ident.slot);
        node->eval = node->prepared ? cel_eval_block_item : cel_eval_local;
        break;
    case CEL_PLACE_CONSTANT:
        node->eval = cel_eval_constant;
        break;
    default:
        node->eval = cel_eval_missing_name;
    }
}

static uint32_t link_select(linker *l, cel_node *node)
{
    uint32_t count = link_node(l, node->as.select.operand);
    if (node->flags & CEL_F_TEST) {
        node->eval = cel_eval_has;
    } else if (node->flags & CEL_F_OPTIONAL) {
        node->eval = cel_eval_optional_select;
    } else {
        bool local = node->as.select.operand->eval == cel_eval_local;
        node->eval = local ? cel_eval_local_select : cel_eval_select;
        prepare_unknown(l, node);
    }
    return count;
}

/* ---- Constants ---- */

/* A node whose value never changes: the value is kept as a literal's is, beside the
 * node's own parts, which messages and unparse still need. */
og_value cel_eval_ready(const cel_node *node, cel_frame *frame)
{
    (void)frame;
    return *(const og_value *)node->prepared;
}

static void keep_ready(linker *l, cel_node *node, og_value v)
{
    og_value *ready = make(l, 1, sizeof *ready);
    if (!ready)
        return;
    *ready = v;
    node->prepared = ready;
    node->eval = cel_eval_ready;
}

/* The value of a linked node that never changes; OG_ABSENT: it does. */
static og_value constant_of(const cel_node *node)
{
    if (node->kind == CEL_LITERAL)
        return node->as.literal;
    if (node->kind == CEL_IDENT && node->op == CEL_PLACE_CONSTANT)
        return node->as.ident.value;
    return node->eval == cel_eval_ready ? *(const og_value *)node->prepared : og_absent();
}

/* ---- Calls ---- */

static bool is_literal(const cel_node *node, og_kind kind)
{
    return node->kind == CEL_LITERAL && node->as.literal.kind == kind;
}

/* The one function behind every candidate, or NULL. */
static cel_function *only_function(const cel_node *node)
{
    if (node->as.call.candidate_count == 0)
        return NULL;
    cel_function *f = node->as.call.candidates[0]->call;
    for (uint32_t i = 1; i < node->as.call.candidate_count; i++)
        if (node->as.call.candidates[i]->call != f)
            return NULL;
    return f;
}

/* Bytes of the first `points` code points. */
static uint32_t bytes_of(og_str s, uint32_t points)
{
    size_t at = 0;
    for (uint32_t code; points > 0 && at < s.n; points--)
        at += og_utf8_decode(s, at, &code);
    return (uint32_t)at;
}

/* Where in the source the problem is, for a literal written without escapes; else the
 * range stays what it is. */
static void place_in_pattern(const cel_tree *tree, const cel_node *arg, og_str pattern,
                             const cel_regex_problem *problem, uint32_t *begin,
                             uint32_t *end)
{
    og_str text = cel_node_text(tree, arg);
    size_t quote = 0;
    while (quote < text.n && text.p[quote] != '"' && text.p[quote] != '\'')
        quote++;
    size_t width = text.n > quote + pattern.n + 5 ? 3 : 1, from = quote + width;
    if (text.n != from + pattern.n + width || pattern.n == 0 ||
        memcmp(text.p + from, pattern.p, pattern.n) != 0)
        return;
    uint32_t first = bytes_of(pattern, problem->offset);
    uint32_t last = bytes_of(pattern, problem->offset + problem->length);
    *begin = arg->begin + (uint32_t)from + first;
    *end = arg->begin + (uint32_t)from + last;
}

static void prepare_pattern(linker *l, cel_node *node)
{
    const cel_node *arg = node->as.call.args[1];
    og_value pattern = constant_of(arg);
    if (pattern.kind != OG_STRING)
        return;
    const cel_regex *regex;
    cel_regex_problem problem;
    int rc = cel_regex_compile(l->tree->arena, og_text(pattern), &regex, &problem);
    if (rc == OG_OK) {
        node->prepared = regex;
        return;
    }
    l->failed = rc;
    if (rc != OG_E_INVALID)
        return;
    uint32_t begin = arg->begin, end = arg->end;
    place_in_pattern(l->tree, arg, og_text(pattern), &problem, &begin, &end);
    cel_issue *item = cel_issue_at(l->issues, l->tree->source, begin, end, CEL_CODE_TYPE,
                                   "invalid pattern: %.*s", OG_FMT(problem.message));
    cel_issues_hint(
        l->issues, item,
        "patterns are in the syntax of RE2: no back-references, no look-around");
}

/* timestamp("…"), duration("…"), date("…"): computed once. An error is left to happen. */
static void fold(linker *l, cel_node *node)
{
    const cel_overload *row =
        node->as.call.candidate_count == 1 ? node->as.call.candidates[0] : NULL;
    if (!row || !(row->flags & CEL_FOLDED) || node->as.call.count != 1)
        return;
    og_value arg = constant_of(node->as.call.args[0]);
    if (arg.kind == OG_ABSENT || !cel_type_takes(row->params[0], arg))
        return;
    cel_call call = {.arena = l->tree->arena, .data = row->data, .node = node};
    og_value v = row->call(&call, &arg, 1);
    if (v.kind == OG_ABSENT)
        l->failed = OG_E_NOMEM;
    else if (cel_is_data(v))
        keep_ready(l, node, v);
}

static void link_function(linker *l, cel_node *node)
{
    cel_function *f = only_function(node);
    node->eval = cel_eval_call;
    fold(l, node);
    if (f == cel_std_matches && node->as.call.count == 2)
        prepare_pattern(l, node);
    const cel_node *arg = node->as.call.count == 1 ? node->as.call.args[0] : NULL;
    if (f == cel_std_size && arg && arg->kind == CEL_LOOP && arg->op == CEL_FILTER)
        node->eval = cel_eval_filter_size;
}

static void link_operator(linker *l, cel_node *node)
{
    cel_node *const *args = node->as.call.args;
    switch ((cel_op)node->op) {
    case CEL_OP_COND:
        node->eval = cel_eval_cond;
        break;
    case CEL_OP_OR:
        node->eval = cel_eval_or;
        break;
    case CEL_OP_AND:
        node->eval = cel_eval_and;
        break;
    case CEL_OP_NOT:
        node->eval = cel_eval_not;
        break;
    case CEL_OP_EQ:
        node->eval = args[1]->kind == CEL_LITERAL ? cel_eval_eq_literal : cel_eval_eq;
        break;
    case CEL_OP_NE:
        node->eval = args[1]->kind == CEL_LITERAL ? cel_eval_ne_literal : cel_eval_ne;
        break;
    case CEL_OP_LT:
    case CEL_OP_LE:
    case CEL_OP_GT:
    case CEL_OP_GE:
        node->eval = cel_order_eval((cel_op)node->op, is_literal(args[1], OG_INT));
        break;
    case CEL_OP_INDEX:
        node->eval = cel_eval_index;
        break;
    case CEL_OP_OPTINDEX:
        node->eval = cel_eval_optindex;
        break;
    default:
        link_function(l, node);
    }
}

static uint32_t link_call(linker *l, cel_node *node)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < node->as.call.count; i++)
        count += link_node(l, node->as.call.args[i]);
    link_operator(l, node);
    return count;
}

/* ---- Lists and maps ---- */

static uint32_t link_all(linker *l, cel_node *const *nodes, uint32_t count,
                         bool *constant)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += link_node(l, nodes[i]);
        *constant = *constant && constant_of(nodes[i]).kind != OG_ABSENT;
    }
    return sum;
}

static og_value *copy_constants(linker *l, cel_node *const *nodes, uint32_t count)
{
    og_value *items = make(l, count, sizeof *items);
    for (uint32_t i = 0; items && i < count; i++)
        items[i] = constant_of(nodes[i]);
    return items;
}

static uint32_t link_list(linker *l, cel_node *node)
{
    bool constant = !node->as.list.optional;
    uint32_t n = node->as.list.count;
    uint32_t count = link_all(l, node->as.list.items, n, &constant);
    node->eval = cel_eval_make_list;
    if (!constant || l->failed)
        return count;
    og_value *items = copy_constants(l, node->as.list.items, n);
    og_list *list = make(l, 1, sizeof *list);
    if (items && list) {
        *list = (og_list){.count = n, .items = items};
        keep_ready(l, node, og_list_value(list));
    }
    return count;
}

static uint32_t link_map(linker *l, cel_node *node)
{
    bool constant = !node->as.map.optional;
    uint32_t n = node->as.map.count;
    uint32_t count = link_all(l, node->as.map.keys, n, &constant);
    count += link_all(l, node->as.map.values, n, &constant);
    node->eval = cel_eval_make_map;
    if (!constant || l->failed)
        return count;
    og_value *keys = copy_constants(l, node->as.map.keys, n);
    og_value *values = copy_constants(l, node->as.map.values, n);
    og_value v;
    int rc = keys && values ? og_map_make(l->tree->arena, keys, values, n, &v, NULL)
                            : OG_E_NOMEM;
    if (rc == OG_OK)
        keep_ready(l, node, v);
    else if (rc == OG_E_NOMEM)
        l->failed = rc; /* repeated or unfit keys stay an error of evaluation */
    return count;
}

/* ---- Macros ---- */

static cel_eval_fn *loop_eval(cel_loop_kind kind)
{
    switch (kind) {
    case CEL_ALL:
        return cel_eval_all;
    case CEL_EXISTS:
        return cel_eval_exists;
    case CEL_EXISTS_ONE:
        return cel_eval_exists_one;
    case CEL_FILTER:
        return cel_eval_filter;
    case CEL_TRANSFORM_MAP:
        return cel_eval_transform_map;
    case CEL_TRANSFORM_ENTRY:
        return cel_eval_transform_entry;
    default:
        return cel_eval_map_list;
    }
}

static uint32_t link_loop(linker *l, cel_node *node)
{
    uint32_t range = link_node(l, node->as.loop.range);
    uint32_t turn = 1;
    if (node->as.loop.predicate)
        turn += link_node(l, node->as.loop.predicate);
    if (node->as.loop.body)
        turn += link_node(l, node->as.loop.body);
    cel_loop_plan *plan = make(l, 1, sizeof *plan);
    if (plan)
        plan->cost = turn;
    node->prepared = plan;
    node->eval = loop_eval((cel_loop_kind)node->op);
    return range + turn;
}

static uint32_t link_bind(linker *l, cel_node *node)
{
    node->eval = node->kind == CEL_BIND ? cel_eval_bind : cel_eval_optmap;
    return link_node(l, node->as.bind.init) + link_node(l, node->as.bind.body);
}

static uint32_t link_block(linker *l, cel_node *node)
{
    open_block open = {node, l->blocks};
    uint32_t count = 0;
    l->blocks = &open;
    for (uint32_t i = 0; i < node->as.block.count; i++)
        count += link_node(l, node->as.block.items[i]);
    count += link_node(l, node->as.block.body);
    l->blocks = open.outer;
    node->eval = cel_eval_block;
    return count;
}

/* Returns how many nodes there are below and with it. */
static uint32_t link_node(linker *l, cel_node *node)
{
    switch ((cel_node_kind)node->kind) {
    case CEL_LITERAL:
        node->eval = cel_eval_literal;
        return 1;
    case CEL_IDENT:
        link_ident(l, node);
        return 1;
    case CEL_SELECT:
        return 1 + link_select(l, node);
    case CEL_CALL:
        return 1 + link_call(l, node);
    case CEL_MAKE_LIST:
        return 1 + link_list(l, node);
    case CEL_MAKE_MAP:
        return 1 + link_map(l, node);
    case CEL_LOOP:
        return 1 + link_loop(l, node);
    case CEL_BIND:
    case CEL_OPTMAP:
        return 1 + link_bind(l, node);
    case CEL_BLOCK:
        return 1 + link_block(l, node);
    default:
        node->eval = cel_eval_refused;
        return 1;
    }
}

int cel_link(cel_tree *tree, struct cel_issues *issues)
{
    linker l = {.tree = tree, .issues = issues};
    link_node(&l, tree->root);
    return l.failed;
}
