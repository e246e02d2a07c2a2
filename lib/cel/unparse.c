/* Tree to text: the normal form of an expression. Parsing it gives the same tree.
 *
 * Parentheses stand only where precedence asks for them; what the source had is not
 * remembered. Two places need care: a minus before a number belongs to the number, so
 * -(1) keeps its parentheses, and unary operators do not mix, so !(-x) does. */
#include "cel/lexer.h"
#include "cel/program.h"
#include "cel/show.h"

static void put(const cel_node *node, og_buf *out);

static bool is_negative_number(const cel_node *node)
{
    if (node->kind != CEL_LITERAL)
        return false;
    og_value v = node->as.literal;
    if (v.kind == OG_DOUBLE)
        return __builtin_signbit(v.as.d) != 0;
    return v.kind == OG_INT && v.as.i < 0;
}

static unsigned precedence(const cel_node *node)
{
    if (node->kind == CEL_CALL)
        return cel_op_precedence((cel_op)node->op);
    return is_negative_number(node) ? cel_op_precedence(CEL_OP_NEG) : 9;
}

static void put_at_least(const cel_node *node, unsigned wanted, og_buf *out)
{
    bool parens = precedence(node) < wanted;
    if (parens)
        og_buf_putc(out, '(');
    put(node, out);
    if (parens)
        og_buf_putc(out, ')');
}

static void put_list(cel_node *const *nodes, const bool *optional, uint32_t count,
                     og_buf *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            og_buf_puts(out, ", ");
        if (optional && optional[i])
            og_buf_putc(out, '?');
        put(nodes[i], out);
    }
}

/* ---- Names ---- */

/* "@index:0" was written cel.index(0), "@iterVar:1:2" cel.iterVar(1, 2). */
static void put_block_name(og_str name, og_buf *out)
{
    og_str rest = og_str_slice(name, 1, name.n);
    size_t colon = og_str_find(rest, ':');
    og_buf_puts(out, "cel.");
    og_buf_put(out, og_str_slice(rest, 0, colon));
    og_buf_putc(out, '(');
    for (size_t i = colon + 1; i < rest.n; i++) {
        if (rest.p[i] == ':')
            og_buf_puts(out, ", ");
        else
            og_buf_putc(out, rest.p[i]);
    }
    og_buf_putc(out, ')');
}

static void put_name(og_str name, og_buf *out)
{
    if (name.n > 0 && name.p[0] == '@')
        put_block_name(name, out);
    else
        og_buf_put(out, name);
}

static void put_field(og_str name, bool quoted, og_buf *out)
{
    if (quoted)
        og_buf_putc(out, '`');
    og_buf_put(out, name);
    if (quoted)
        og_buf_putc(out, '`');
}

static bool needs_quotes(og_str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && c >= '0' && c <= '9'))
            return true;
    }
    return false;
}

/* ---- Calls ---- */

/* Does the text of this node start with the digits of a number? */
static bool starts_with_number(const cel_node *node)
{
    for (;;) {
        const cel_node *left = NULL;
        bool indexes = node->op == CEL_OP_INDEX || node->op == CEL_OP_OPTINDEX;
        if (node->kind == CEL_SELECT && !(node->flags & CEL_F_TEST))
            left = node->as.select.operand;
        else if (node->kind == CEL_CALL && (indexes || (node->flags & CEL_F_MEMBER)))
            left = node->as.call.args[0];
        else if (node->kind == CEL_LOOP)
            left = node->as.loop.range;
        else if (node->kind == CEL_OPTMAP)
            left = node->as.bind.init;
        if (!left)
            break;
        if (precedence(left) < 8)
            return false;
        node = left;
    }
    if (node->kind != CEL_LITERAL || is_negative_number(node))
        return false;
    uint8_t kind = node->as.literal.kind;
    return kind == OG_INT || kind == OG_UINT || kind == OG_DOUBLE;
}

static void put_unary(const cel_node *node, og_buf *out)
{
    const cel_node *arg = node->as.call.args[0];
    bool minus = node->op == CEL_OP_NEG;
    bool same = arg->kind == CEL_CALL && arg->op == node->op;
    bool bare = same || (minus && is_negative_number(arg)) ||
                (precedence(arg) >= 8 && !(minus && starts_with_number(arg)));
    og_buf_puts(out, minus ? "-" : "!");
    if (!bare)
        og_buf_putc(out, '(');
    put(arg, out);
    if (!bare)
        og_buf_putc(out, ')');
}

static void put_conditional(const cel_node *node, og_buf *out)
{
    put_at_least(node->as.call.args[0], 2, out);
    og_buf_puts(out, " ? ");
    put_at_least(node->as.call.args[1], 2, out);
    og_buf_puts(out, " : ");
    put(node->as.call.args[2], out);
}

/* a && b && c, a + b: the first operand may be of the same level if it groups left. */
static void put_binary(const cel_node *node, og_buf *out)
{
    unsigned level = cel_op_precedence((cel_op)node->op);
    bool flat = node->op == CEL_OP_AND || node->op == CEL_OP_OR;
    for (uint32_t i = 0; i < node->as.call.count; i++) {
        if (i > 0)
            og_buf_printf(out, " %s ", cel_op_text((cel_op)node->op));
        put_at_least(node->as.call.args[i], i == 0 && !flat ? level : level + 1, out);
    }
}

static void put_function(const cel_node *node, og_buf *out)
{
    uint32_t first = 0;
    if (node->flags & CEL_F_MEMBER) {
        put_at_least(node->as.call.args[0], 8, out);
        og_buf_putc(out, '.');
        first = 1;
    } else if (node->flags & CEL_F_ABSOLUTE) {
        og_buf_putc(out, '.');
    }
    og_buf_put(out, node->as.call.function);
    og_buf_putc(out, '(');
    if (node->as.call.count > first)
        put_list(node->as.call.args + first, NULL, node->as.call.count - first, out);
    og_buf_putc(out, ')');
}

static void put_call(const cel_node *node, og_buf *out)
{
    switch ((cel_op)node->op) {
    case CEL_OP_NONE:
        put_function(node, out);
        break;
    case CEL_OP_COND:
        put_conditional(node, out);
        break;
    case CEL_OP_NOT:
    case CEL_OP_NEG:
        put_unary(node, out);
        break;
    case CEL_OP_INDEX:
    case CEL_OP_OPTINDEX:
        put_at_least(node->as.call.args[0], 8, out);
        og_buf_puts(out, node->op == CEL_OP_INDEX ? "[" : "[?");
        put(node->as.call.args[1], out);
        og_buf_putc(out, ']');
        break;
    default:
        put_binary(node, out);
    }
}

/* ---- The other kinds ---- */

static void put_select(const cel_node *node, og_buf *out)
{
    bool test = (node->flags & CEL_F_TEST) != 0;
    if (test)
        og_buf_puts(out, "has(");
    put_at_least(node->as.select.operand, 8, out);
    og_buf_puts(out, node->flags & CEL_F_OPTIONAL ? ".?" : ".");
    put_field(node->as.select.field, node->as.select.quoted, out);
    if (test)
        og_buf_putc(out, ')');
}

static void put_map(const cel_node *node, og_buf *out)
{
    og_buf_putc(out, '{');
    for (uint32_t i = 0; i < node->as.map.count; i++) {
        if (i > 0)
            og_buf_puts(out, ", ");
        if (node->as.map.optional && node->as.map.optional[i])
            og_buf_putc(out, '?');
        put(node->as.map.keys[i], out);
        og_buf_puts(out, ": ");
        put(node->as.map.values[i], out);
    }
    og_buf_putc(out, '}');
}

static void put_object(const cel_node *node, og_buf *out)
{
    if (node->flags & CEL_F_ABSOLUTE)
        og_buf_putc(out, '.');
    og_buf_put(out, node->as.object.name);
    og_buf_putc(out, '{');
    for (uint32_t i = 0; i < node->as.object.count; i++) {
        if (i > 0)
            og_buf_puts(out, ", ");
        if (node->as.object.optional && node->as.object.optional[i])
            og_buf_putc(out, '?');
        put_field(node->as.object.fields[i], needs_quotes(node->as.object.fields[i]),
                  out);
        og_buf_puts(out, ": ");
        put(node->as.object.values[i], out);
    }
    og_buf_putc(out, '}');
}

static void put_loop(const cel_node *node, og_buf *out)
{
    put_at_least(node->as.loop.range, 8, out);
    og_buf_putc(out, '.');
    og_buf_put(out, node->as.loop.macro);
    og_buf_putc(out, '(');
    put_name(node->as.loop.name1, out);
    if (node->flags & CEL_F_TWO) {
        og_buf_puts(out, ", ");
        put_name(node->as.loop.name2, out);
    }
    if (node->as.loop.predicate) {
        og_buf_puts(out, ", ");
        put(node->as.loop.predicate, out);
    }
    if (node->as.loop.body) {
        og_buf_puts(out, ", ");
        put(node->as.loop.body, out);
    }
    og_buf_putc(out, ')');
}

static void put_bind(const cel_node *node, og_buf *out)
{
    bool member = node->kind == CEL_OPTMAP;
    if (member) {
        put_at_least(node->as.bind.init, 8, out);
        og_buf_puts(out, node->flags & CEL_F_FLAT ? ".optFlatMap(" : ".optMap(");
    } else {
        og_buf_puts(out, "cel.bind(");
    }
    put_name(node->as.bind.name, out);
    og_buf_puts(out, ", ");
    if (!member) {
        put(node->as.bind.init, out);
        og_buf_puts(out, ", ");
    }
    put(node->as.bind.body, out);
    og_buf_putc(out, ')');
}

static void put_block(const cel_node *node, og_buf *out)
{
    og_buf_puts(out, "cel.block([");
    put_list(node->as.block.items, NULL, node->as.block.count, out);
    og_buf_puts(out, "], ");
    put(node->as.block.body, out);
    og_buf_putc(out, ')');
}

static void put(const cel_node *node, og_buf *out)
{
    switch ((cel_node_kind)node->kind) {
    case CEL_LITERAL:
        cel_show_literal(node->as.literal, out);
        break;
    case CEL_IDENT:
        if (node->flags & CEL_F_ABSOLUTE)
            og_buf_putc(out, '.');
        put_name(node->as.ident.name, out);
        break;
    case CEL_SELECT:
        put_select(node, out);
        break;
    case CEL_CALL:
        put_call(node, out);
        break;
    case CEL_MAKE_LIST:
        og_buf_putc(out, '[');
        put_list(node->as.list.items, node->as.list.optional, node->as.list.count, out);
        og_buf_putc(out, ']');
        break;
    case CEL_MAKE_MAP:
        put_map(node, out);
        break;
    case CEL_MAKE_OBJECT:
        put_object(node, out);
        break;
    case CEL_LOOP:
        put_loop(node, out);
        break;
    case CEL_BIND:
    case CEL_OPTMAP:
        put_bind(node, out);
        break;
    case CEL_BLOCK:
        put_block(node, out);
        break;
    default:
        og_buf_putc(out, '?');
    }
}

void cel_unparse_node(const cel_node *node, og_buf *out)
{
    put(node, out);
}

void cel_unparse(const cel_program *program, og_buf *out)
{
    put(program->tree.root, out);
}
