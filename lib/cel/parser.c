/* Tokens to tree: recursive descent over the grammar of langdef.md, one function a
 * production.
 *
 * A function that fails has reported why and returns a CEL_BAD node; NULL only when there
 * is no memory. Lists of arguments, items and entries recover at the next comma or
 * closing bracket, so one run reports the mistakes of every argument. Nesting is counted
 * twice: in calls of these functions, which guards the C stack against "((((", and in the
 * height of the tree, which guards whoever walks it against "a.b.c.d…". */
#include "base/utf8.h"
#include "cel/parse.h"

static cel_node *parse_unary(cel_parser *p);

static bool at_word(const cel_parser *p, const char *word)
{
    return cel_parse_at(p, CEL_TOK_IDENT) && og_str_is(p->token.text, word);
}

/* ---- Primary ---- */

static cel_node *parse_literal(cel_parser *p, og_value value, uint32_t begin)
{
    cel_parse_advance(p);
    cel_node *node = cel_node_new(p, CEL_LITERAL, begin, p->last_end);
    if (node)
        node->as.literal = value;
    return node;
}

static cel_node *parse_number(cel_parser *p, uint32_t begin, bool negative)
{
    og_value value = og_null();
    if (cel_literal_number(&p->lexer, &p->token, negative, &value))
        return parse_literal(p, value, begin);
    cel_parse_advance(p);
    return cel_node_bad(p, begin, p->last_end);
}

/* What other languages say with a word that is reserved here. */
static void hint_word(cel_parser *p, cel_issue *item, og_str word)
{
    static const struct {
        const char *word, *hint;
    } hints[] = {
        {"if", "write: condition ? value : other"},
        {"else", "write: condition ? value : other"},
        {"let", "write cel.bind(name, value, expression)"},
        {"var", "write cel.bind(name, value, expression)"},
        {"const", "write cel.bind(name, value, expression)"},
        {"for",
         "write list.all(x, …), list.exists(x, …), list.filter(x, …), list.map(x, …)"},
        {"while",
         "write list.all(x, …), list.exists(x, …), list.filter(x, …), list.map(x, …)"},
        {"loop",
         "write list.all(x, …), list.exists(x, …), list.filter(x, …), list.map(x, …)"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (og_str_is(word, hints[i].word))
            cel_issues_hint(p->issues, item, "%s", hints[i].hint);
}

/* Keywords and reserved words where a name is wanted. */
static cel_node *parse_word(cel_parser *p)
{
    const cel_token t = p->token;
    if (og_str_is(t.text, "true") || og_str_is(t.text, "false"))
        return parse_literal(p, og_bool(og_str_is(t.text, "true")), t.begin);
    if (og_str_is(t.text, "null"))
        return parse_literal(p, og_null(), t.begin);
    if (og_str_is(t.text, "in")) {
        cel_parse_unexpected(p, "a value");
        return cel_node_bad(p, t.begin, t.end);
    }
    cel_issue *item = cel_issue_at(
        p->issues, p->tree->source, t.begin, t.end, CEL_CODE_SYNTAX,
        "'%.*s' is a reserved word and cannot name anything", OG_FMT(t.text));
    hint_word(p, item, t.text);
    cel_parse_advance(p);
    return cel_node_bad(p, t.begin, t.end);
}

/* ["."] IDENT ["(" ExprList ")"] */
static cel_node *parse_name(cel_parser *p)
{
    uint32_t begin = p->token.begin;
    bool absolute = cel_parse_accept(p, CEL_TOK_DOT);
    const cel_token name = p->token;
    if (!cel_parse_at(p, CEL_TOK_IDENT)) {
        cel_parse_unexpected(p, "a name");
        return cel_node_bad(p, begin, name.end);
    }
    if (cel_word_reserved(name.text) || cel_word_keyword(name.text))
        return parse_word(p);
    cel_parse_advance(p);
    if (cel_parse_accept(p, CEL_TOK_LPAREN))
        return cel_parse_finish_call(p, NULL, &name, begin, absolute);
    cel_node *node = cel_node_new(p, CEL_IDENT, begin, p->last_end);
    if (!node)
        return NULL;
    node->flags = absolute ? CEL_F_ABSOLUTE : 0;
    node->at = name.begin;
    node->as.ident.name = name.text;
    return node;
}

/* "(" Expr ")" */
static cel_node *parse_parens(cel_parser *p)
{
    uint32_t begin = p->token.begin, outer = cel_parse_open(p, begin);
    cel_parse_advance(p);
    cel_node *inner = cel_parse_expr(p);
    if (cel_node_is_bad(inner))
        cel_parse_skip(p);
    bool closed = cel_parse_accept(p, CEL_TOK_RPAREN);
    if (closed && inner)
        inner->flags |= CEL_F_PARENS;
    if (!closed && !cel_node_is_bad(inner))
        cel_parse_unexpected(p, "')'");
    cel_parse_close(p, outer);
    return closed || !inner ? inner : cel_node_bad(p, begin, p->last_end);
}

/* Primary ::= ["."] IDENT ["(" [ExprList] ")"] | "(" Expr ")" | "[" [ListInit] "]"
 *           | "{" [MapInits] "}" | LITERAL                  (objects: see parse_member)
 */
static cel_node *parse_primary(cel_parser *p)
{
    uint32_t begin = p->token.begin;
    switch (p->token.kind) {
    case CEL_TOK_IDENT:
    case CEL_TOK_DOT:
        return parse_name(p);
    case CEL_TOK_NUMBER:
        return parse_number(p, begin, false);
    case CEL_TOK_STRING:
        return parse_literal(p, p->token.value, begin);
    case CEL_TOK_LPAREN:
        return parse_parens(p);
    case CEL_TOK_LBRACKET:
        cel_parse_advance(p);
        return cel_parse_list(p, begin);
    case CEL_TOK_LBRACE:
        cel_parse_advance(p);
        return cel_parse_map(p, begin);
    default:
        cel_parse_unexpected(p, "a value");
        return cel_node_bad(p, begin, p->token.end);
    }
}

/* ---- Member ---- */

/* The dotted name a chain of plain selections spells, or empty. A name that no source can
 * spell (cel.index(0)) starts none. */
static og_str dotted_name(cel_parser *p, const cel_node *node)
{
    if (node->kind == CEL_IDENT && !(node->flags & CEL_F_PARENS))
        return node->as.ident.name.p[0] == '@' ? (og_str){0} : node->as.ident.name;
    if (node->kind != CEL_SELECT || node->as.select.quoted ||
        (node->flags & (CEL_F_OPTIONAL | CEL_F_TEST | CEL_F_PARENS)))
        return (og_str){0};
    og_str head = dotted_name(p, node->as.select.operand);
    if (head.n == 0)
        return head;
    og_str whole = og_arena_printf(p->arena, "%.*s.%.*s", OG_FMT(head),
                                   OG_FMT(node->as.select.field));
    if (!whole.p)
        p->failed = OG_E_NOMEM;
    return whole;
}

/* "." ["?"] (IDENT | ESC_IDENT) ["(" [ExprList] ")"];  the dot is passed. */
static cel_node *parse_selection(cel_parser *p, cel_node *operand, uint32_t begin)
{
    bool optional = cel_parse_accept(p, CEL_TOK_QUESTION);
    const cel_token name = p->token;
    bool quoted = cel_parse_at(p, CEL_TOK_QUOTED);
    if ((!cel_parse_at(p, CEL_TOK_IDENT) && !quoted) ||
        (!quoted && cel_word_keyword(name.text))) {
        cel_issue *item = cel_parse_unexpected(p, "the name of a field or function");
        if (cel_parse_at(p, CEL_TOK_IDENT))
            cel_issues_hint(p->issues, item, "a field of that name is written `%.*s`",
                            OG_FMT(name.text));
        return cel_node_bad(p, begin, name.end);
    }
    cel_parse_advance(p);
    if (!optional && !quoted && cel_parse_accept(p, CEL_TOK_LPAREN))
        return cel_parse_finish_call(p, operand, &name, begin, false);
    cel_node *node = cel_node_new(p, CEL_SELECT, begin, p->last_end);
    if (!node)
        return NULL;
    node->flags = optional ? CEL_F_OPTIONAL : 0;
    node->at = name.begin;
    node->as.select.operand = operand;
    node->as.select.field = name.text;
    node->as.select.slot = -1;
    node->as.select.quoted = quoted;
    return cel_node_measure(p, node);
}

/* "[" ["?"] Expr "]";  the bracket is passed. */
static cel_node *parse_index(cel_parser *p, cel_node *operand, uint32_t begin,
                             uint32_t bracket_at)
{
    cel_op op = cel_parse_accept(p, CEL_TOK_QUESTION) ? CEL_OP_OPTINDEX : CEL_OP_INDEX;
    uint32_t outer = cel_parse_open(p, bracket_at);
    cel_node *index = cel_parse_expr(p);
    bool good = !cel_node_is_bad(index);
    if (!good)
        cel_parse_skip(p);
    if (!cel_parse_accept(p, CEL_TOK_RBRACKET)) {
        if (good)
            cel_parse_unexpected(p, "']'");
        good = false;
    }
    cel_parse_close(p, outer);
    if (!index)
        return NULL;
    if (!good)
        return cel_node_bad(p, begin, p->last_end);
    return cel_parse_operation(p, op, operand, index, begin, bracket_at);
}

/* CEL_F_ABSOLUTE if the chain starts with a dot. */
static uint16_t leading_dot(const cel_node *node)
{
    while (node->kind == CEL_SELECT)
        node = node->as.select.operand;
    return node->flags & CEL_F_ABSOLUTE;
}

/* begin: where the first of them starts, an opening parenthesis included. */
static cel_node *parse_suffixes(cel_parser *p, cel_node *node, uint32_t begin)
{
    while (!cel_node_is_bad(node)) {
        uint32_t here = p->token.begin;
        if (cel_parse_accept(p, CEL_TOK_DOT)) {
            node = parse_selection(p, node, begin);
        } else if (cel_parse_accept(p, CEL_TOK_LBRACKET)) {
            node = parse_index(p, node, begin, here);
        } else if (cel_parse_at(p, CEL_TOK_LBRACE)) {
            og_str name = dotted_name(p, node);
            if (p->failed)
                return NULL;
            if (name.n == 0)
                return node;
            cel_parse_advance(p);
            node = cel_parse_object(p, name, begin, leading_dot(node));
        } else {
            return node;
        }
    }
    return node;
}

/* Member ::= Primary | Member "." ["?"] Name ["(" [ExprList] ")"] | Member "[" ["?"] Expr
 * "]" | ["."] IDENT { "." IDENT } "{" [FieldInits] "}" */
static cel_node *parse_member(cel_parser *p)
{
    uint32_t begin = p->token.begin;
    return parse_suffixes(p, parse_primary(p), begin);
}

/* ---- Operators ---- */

/* Unary ::= Member | "!" {"!"} Member | "-" {"-"} Member;  a minus right before a number
 * belongs to the number. */
static cel_node *parse_unary(cel_parser *p)
{
    const cel_token sign = p->token;
    if (sign.kind != CEL_TOK_NOT && sign.kind != CEL_TOK_MINUS)
        return parse_member(p);
    cel_parse_advance(p);
    if (sign.kind == CEL_TOK_MINUS && cel_parse_at(p, CEL_TOK_NUMBER))
        return parse_suffixes(p, parse_number(p, sign.begin, true), sign.begin);
    if (p->depth >= p->limits.depth) {
        cel_parse_too_deep(p, sign.begin, sign.end);
        return cel_node_bad(p, sign.begin, sign.end);
    }
    p->depth++;
    cel_node *operand = cel_parse_at(p, sign.kind) ? parse_unary(p) : parse_member(p);
    p->depth--;
    if (cel_node_is_bad(operand))
        return operand;
    cel_op op = sign.kind == CEL_TOK_NOT ? CEL_OP_NOT : CEL_OP_NEG;
    return cel_parse_operation(p, op, operand, NULL, sign.begin, sign.begin);
}

static cel_op multiplication_op(const cel_parser *p)
{
    switch (p->token.kind) {
    case CEL_TOK_STAR:
        return CEL_OP_MUL;
    case CEL_TOK_SLASH:
        return CEL_OP_DIV;
    case CEL_TOK_PERCENT:
        return CEL_OP_MOD;
    default:
        return CEL_OP_NONE;
    }
}

static cel_op addition_op(const cel_parser *p)
{
    if (cel_parse_at(p, CEL_TOK_PLUS))
        return CEL_OP_ADD;
    return cel_parse_at(p, CEL_TOK_MINUS) ? CEL_OP_SUB : CEL_OP_NONE;
}

static cel_op relation_op(const cel_parser *p)
{
    switch (p->token.kind) {
    case CEL_TOK_LT:
        return CEL_OP_LT;
    case CEL_TOK_LE:
        return CEL_OP_LE;
    case CEL_TOK_GT:
        return CEL_OP_GT;
    case CEL_TOK_GE:
        return CEL_OP_GE;
    case CEL_TOK_EQ:
        return CEL_OP_EQ;
    case CEL_TOK_NE:
        return CEL_OP_NE;
    default:
        return at_word(p, "in") ? CEL_OP_IN : CEL_OP_NONE;
    }
}

/* Operators of one level, from the left: operand { op operand }. */
static cel_node *parse_level(cel_parser *p, cel_op (*which)(const cel_parser *),
                             cel_node *(*operand)(cel_parser *))
{
    uint32_t begin = p->token.begin;
    cel_node *left = operand(p);
    for (cel_op op = which(p); op != CEL_OP_NONE && !cel_node_is_bad(left);
         op = which(p)) {
        uint32_t here = p->token.begin;
        cel_parse_advance(p);
        cel_node *right = operand(p);
        if (cel_node_is_bad(right))
            return right;
        left = cel_parse_operation(p, op, left, right, begin, here);
    }
    return left;
}

/* Multiplication ::= [Multiplication ("*" | "/" | "%")] Unary */
static cel_node *parse_multiplication(cel_parser *p)
{
    return parse_level(p, multiplication_op, parse_unary);
}

/* Addition ::= [Addition ("+" | "-")] Multiplication */
static cel_node *parse_addition(cel_parser *p)
{
    return parse_level(p, addition_op, parse_multiplication);
}

/* Relation ::= [Relation Relop] Addition;  Relop ::= "<" "<=" ">=" ">" "==" "!=" "in" */
static cel_node *parse_relation(cel_parser *p)
{
    return parse_level(p, relation_op, parse_addition);
}

/* operand { sign operand } as one node with all operands. */
static cel_node *parse_flat(cel_parser *p, cel_token_kind sign, cel_op op,
                            cel_node *(*operand)(cel_parser *))
{
    uint32_t begin = p->token.begin;
    cel_node *first = operand(p);
    if (cel_node_is_bad(first) || !cel_parse_at(p, sign))
        return first;
    uint32_t here = p->token.begin;
    cel_node_list args = {0};
    if (!cel_parse_push(p, &args, first, false))
        return NULL;
    while (cel_parse_accept(p, sign)) {
        cel_node *next = operand(p);
        if (cel_node_is_bad(next))
            return next;
        if (!cel_parse_push(p, &args, next, false))
            return NULL;
    }
    return cel_parse_call(p, op, (og_str){0}, &args, begin, here);
}

/* ConditionalAnd ::= [ConditionalAnd "&&"] Relation */
static cel_node *parse_and(cel_parser *p)
{
    return parse_flat(p, CEL_TOK_AND, CEL_OP_AND, parse_relation);
}

/* ConditionalOr ::= [ConditionalOr "||"] ConditionalAnd */
static cel_node *parse_or(cel_parser *p)
{
    return parse_flat(p, CEL_TOK_OR, CEL_OP_OR, parse_and);
}

/* Expr ::= ConditionalOr ["?" ConditionalOr ":" Expr];  the question mark is passed. */
static cel_node *parse_branches(cel_parser *p, cel_node *condition, uint32_t begin,
                                uint32_t here)
{
    cel_node *yes = parse_or(p);
    if (cel_node_is_bad(yes))
        return yes;
    if (!cel_parse_accept(p, CEL_TOK_COLON)) {
        cel_parse_unexpected(p, "':'");
        return cel_node_bad(p, begin, p->last_end);
    }
    cel_node *no = cel_parse_expr(p);
    if (cel_node_is_bad(no))
        return no;
    cel_node_list args = {0};
    if (!cel_parse_push(p, &args, condition, false) ||
        !cel_parse_push(p, &args, yes, false) || !cel_parse_push(p, &args, no, false))
        return NULL;
    return cel_parse_call(p, CEL_OP_COND, (og_str){0}, &args, begin, here);
}

/* Expr ::= ConditionalOr ["?" ConditionalOr ":" Expr] */
cel_node *cel_parse_expr(cel_parser *p)
{
    uint32_t begin = p->token.begin;
    if (p->depth >= p->limits.depth) {
        cel_parse_too_deep(p, begin, p->token.end);
        return cel_node_bad(p, begin, p->token.end);
    }
    p->depth++;
    cel_node *node = parse_or(p);
    uint32_t here = p->token.begin;
    if (!cel_node_is_bad(node) && cel_parse_accept(p, CEL_TOK_QUESTION))
        node = parse_branches(p, node, begin, here);
    p->depth--;
    return node;
}

/* ---- The whole ---- */

static void hint_leftover(cel_parser *p, cel_issue *item)
{
    const cel_node *root = p->tree->root;
    bool negates = root->kind == CEL_IDENT && og_str_is(root->as.ident.name, "not");
    if (at_word(p, "and") || at_word(p, "or") || negates)
        cel_issues_hint(p->issues, item, "CEL writes &&, || and !");
    else if (cel_parse_at(p, CEL_TOK_RPAREN) || cel_parse_at(p, CEL_TOK_RBRACKET) ||
             cel_parse_at(p, CEL_TOK_RBRACE))
        cel_issues_hint(p->issues, item, "nothing before it is open");
    else if (cel_parse_at(p, CEL_TOK_NUMBER) || cel_parse_at(p, CEL_TOK_STRING) ||
             cel_parse_at(p, CEL_TOK_IDENT))
        cel_issues_hint(p->issues, item, "an operator is missing before it");
}

static void parse_whole(cel_parser *p)
{
    cel_parse_advance(p);
    p->tree->root = cel_parse_expr(p);
    if (cel_node_is_bad(p->tree->root)) {
        /* Lexical mistakes further on are worth knowing now; the rest hangs together. */
        while (!cel_parse_at(p, CEL_TOK_END) && !p->failed)
            cel_parse_advance(p);
        return;
    }
    if (!cel_parse_at(p, CEL_TOK_END))
        hint_leftover(p, cel_parse_unexpected(p, "an operator or the end"));
}

static bool source_is_fine(og_str source, const cel_parse_limits *limits,
                           cel_issues *issues)
{
    size_t invalid = og_utf8_invalid(source);
    if (source.n > limits->source)
        cel_issues_add(issues, CEL_CODE_LIMIT, 0, 1,
                       "the expression is %zu bytes long, the limit is %zu", source.n,
                       limits->source);
    else if (invalid < source.n)
        cel_issues_add(issues, CEL_CODE_SYNTAX,
                       (uint32_t)og_utf8_count(og_str_slice(source, 0, invalid)), 1,
                       "the expression is not valid UTF-8 (byte 0x%02X)",
                       (unsigned)(unsigned char)source.p[invalid]);
    else if (og_str_trim(source).n == 0)
        cel_issues_add(issues, CEL_CODE_SYNTAX, 0, 1, "the expression is empty");
    else
        return true;
    return false;
}

int cel_parse(og_str source, const cel_parse_limits *limits, og_arena *arena,
              cel_issues *issues, cel_tree *ret, og_error *err)
{
    if (!source_is_fine(source, limits, issues))
        return issues->failed ? og_nomem(err) : OG_OK;
    *ret = (cel_tree){.arena = arena, .source = og_arena_str(arena, source)};
    if (!ret->source.p)
        return og_nomem(err);
    cel_parser p = {.tree = ret, .arena = arena, .issues = issues, .limits = *limits};
    p.lexer = (cel_lexer){.source = ret->source, .arena = arena, .issues = issues};
    parse_whole(&p);
    if (p.failed || p.lexer.failed || issues->failed)
        return og_nomem(err);
    cel_issues_sort(issues);
    return OG_OK;
}
