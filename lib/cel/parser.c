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

static cel_node *parse_expr(cel_parser *p);
static cel_node *parse_unary(cel_parser *p);

/* ---- Tokens ---- */

static void advance(cel_parser *p)
{
    p->last_end = p->token.end;
    p->token = cel_lexer_next(&p->lexer);
}

static bool at(const cel_parser *p, cel_token_kind kind)
{
    return p->token.kind == kind;
}

static bool accept(cel_parser *p, cel_token_kind kind)
{
    if (!at(p, kind))
        return false;
    advance(p);
    return true;
}

static bool at_word(const cel_parser *p, const char *word)
{
    return at(p, CEL_TOK_IDENT) && og_str_is(p->token.text, word);
}

/* Nothing is said about a token that the lexer has already reported. */
static cel_issue *unexpected(cel_parser *p, const char *wanted)
{
    const cel_token *t = &p->token;
    if (t->kind == CEL_TOK_BAD)
        return NULL;
    if (t->kind == CEL_TOK_END)
        return cel_issue_at(p->issues, p->tree->source, t->begin, t->end, CEL_CODE_SYNTAX,
                            "the expression ends where %s should come", wanted);
    bool shown = t->kind == CEL_TOK_IDENT || t->kind == CEL_TOK_NUMBER;
    if (shown)
        return cel_issue_at(p->issues, p->tree->source, t->begin, t->end, CEL_CODE_SYNTAX,
                            "'%.*s' stands where %s should come", OG_FMT(t->text),
                            wanted);
    return cel_issue_at(p->issues, p->tree->source, t->begin, t->end, CEL_CODE_SYNTAX,
                        "%s stands where %s should come", cel_token_what(t->kind),
                        wanted);
}

/* ---- Nodes ---- */

cel_node *cel_node_new(cel_parser *p, cel_node_kind kind, uint32_t begin, uint32_t end)
{
    cel_node *node = OG_NEW(p->arena, cel_node);
    if (!node) {
        p->failed = OG_E_NOMEM;
        return NULL;
    }
    if (p->tree->node_count >= p->limits.nodes && !p->limit_reported) {
        p->limit_reported = true;
        cel_issue_at(p->issues, p->tree->source, begin, end, CEL_CODE_LIMIT,
                     "the expression has more than %u parts", (unsigned)p->limits.nodes);
    }
    *node = (cel_node){.kind = (uint8_t)kind,
                       .id = p->tree->node_count++,
                       .begin = begin,
                       .end = end,
                       .at = begin,
                       .depth = 1};
    return node;
}

cel_node *cel_node_bad(cel_parser *p, uint32_t begin, uint32_t end)
{
    return cel_node_new(p, CEL_BAD, begin, end);
}

static void report_depth(cel_parser *p, uint32_t begin, uint32_t end)
{
    if (p->limit_reported)
        return;
    p->limit_reported = true;
    cel_issue *item = cel_issue_at(p->issues, p->tree->source, begin, end, CEL_CODE_LIMIT,
                                   "the expression is nested more than %u deep",
                                   (unsigned)p->limits.depth);
    cel_issues_hint(p->issues, item, "split it into several conditions");
}

cel_node *cel_node_measure(cel_parser *p, cel_node *node)
{
    const cel_node *few[8], **children = few;
    uint32_t count = cel_node_children(node, few, 8), deepest = 0;
    if (count > 8) {
        children = OG_ARRAY(p->arena, count, const cel_node *);
        if (!children) {
            p->failed = OG_E_NOMEM;
            return NULL;
        }
        cel_node_children(node, children, count);
    }
    for (uint32_t i = 0; i < count; i++)
        if (children[i]->depth > deepest)
            deepest = children[i]->depth;
    node->depth = deepest + 1;
    if (node->depth > p->limits.depth) {
        report_depth(p, node->begin, node->end);
        return cel_node_bad(p, node->begin, node->end);
    }
    return node;
}

/* ---- Growing lists of nodes ---- */

typedef struct node_list {
    cel_node **items;
    bool *optional; /* as long as items */
    uint32_t count, cap;
    bool any_optional;
} node_list;

static bool push(cel_parser *p, node_list *list, cel_node *node, bool optional)
{
    if (!node)
        return false;
    if (list->count == list->cap) {
        uint32_t cap = list->cap ? list->cap * 2 : 4;
        cel_node **items = OG_ARRAY(p->arena, cap, cel_node *);
        bool *flags = OG_ARRAY(p->arena, cap, bool);
        if (!items || !flags) {
            p->failed = OG_E_NOMEM;
            return false;
        }
        for (uint32_t i = 0; i < list->count; i++) {
            items[i] = list->items[i];
            flags[i] = list->optional[i];
        }
        list->items = items;
        list->optional = flags;
        list->cap = cap;
    }
    list->items[list->count] = node;
    list->optional[list->count++] = optional;
    list->any_optional |= optional;
    return true;
}

/* Over everything up to a comma or closing bracket of this level. */
static void skip_to_separator(cel_parser *p)
{
    unsigned open = 0;
    for (;; advance(p)) {
        cel_token_kind kind = p->token.kind;
        bool closes =
            kind == CEL_TOK_RPAREN || kind == CEL_TOK_RBRACKET || kind == CEL_TOK_RBRACE;
        if (kind == CEL_TOK_END || (open == 0 && (closes || kind == CEL_TOK_COMMA)))
            return;
        if (kind == CEL_TOK_LPAREN || kind == CEL_TOK_LBRACKET || kind == CEL_TOK_LBRACE)
            open++;
        else if (closes)
            open--;
    }
}

/* After an element: true when another follows; the list is closed or given up otherwise
 * (*ret_closed says which). A comma before the closing bracket is fine if `trailing`. */
static bool another(cel_parser *p, cel_token_kind close, bool trailing,
                    const char *wanted, bool *ret_closed)
{
    if (!at(p, CEL_TOK_COMMA) && !at(p, close)) {
        unexpected(p, wanted);
        skip_to_separator(p);
        *ret_closed = false;
    }
    if (accept(p, CEL_TOK_COMMA))
        return !(trailing && accept(p, close));
    accept(p, close);
    return false;
}

/* ---- Calls ---- */

static cel_node *make_call(cel_parser *p, cel_op op, og_str function,
                           const node_list *args, uint32_t begin, uint32_t name_at)
{
    cel_node *node = cel_node_new(p, CEL_CALL, begin, p->last_end);
    if (!node)
        return NULL;
    node->op = (uint8_t)op;
    node->at = name_at;
    node->as.call.function = op ? og_str_from(cel_op_function(op)) : function;
    node->as.call.args = args->items;
    node->as.call.count = args->count;
    return cel_node_measure(p, node);
}

static cel_node *make_operation(cel_parser *p, cel_op op, cel_node *left, cel_node *right,
                                uint32_t begin, uint32_t name_at)
{
    node_list args = {0};
    if (!push(p, &args, left, false) || (right && !push(p, &args, right, false)))
        return NULL;
    return make_call(p, op, (og_str){0}, &args, begin, name_at);
}

static bool is_bad(const cel_node *node)
{
    return !node || node->kind == CEL_BAD;
}

/* ExprList ::= Expr { "," Expr };  the opening parenthesis is passed. False when bad. */
static bool parse_arguments(cel_parser *p, node_list *args)
{
    bool good = true;
    if (accept(p, CEL_TOK_RPAREN))
        return true;
    do {
        cel_node *arg = parse_expr(p);
        if (is_bad(arg)) {
            skip_to_separator(p);
            good = false;
        }
        if (!push(p, args, arg, false))
            return false;
    } while (another(p, CEL_TOK_RPAREN, false, "',' or ')'", &good));
    return good;
}

/* f(…) and x.f(…): the name and the opening parenthesis are passed. */
static cel_node *finish_call(cel_parser *p, cel_node *target, const cel_token *name,
                             uint32_t begin, bool absolute)
{
    node_list args = {0};
    if (target && !push(p, &args, target, false))
        return NULL;
    if (!parse_arguments(p, &args) || (target && is_bad(target)))
        return p->failed ? NULL : cel_node_bad(p, begin, p->last_end);
    cel_node *call = make_call(p, CEL_OP_NONE, name->text, &args, begin, name->begin);
    if (is_bad(call))
        return call;
    call->flags |= target ? CEL_F_MEMBER : 0;
    call->flags |= absolute ? CEL_F_ABSOLUTE : 0;
    return p->limits.no_macros || absolute ? call : cel_macro_expand(p, call);
}

/* ---- Collections ---- */

/* ListInit ::= ["?"] Expr { "," ["?"] Expr } [","];  the bracket is passed. */
static cel_node *parse_list(cel_parser *p, uint32_t begin)
{
    node_list items = {0};
    bool good = true;
    bool more = !accept(p, CEL_TOK_RBRACKET);
    while (more) {
        bool optional = accept(p, CEL_TOK_QUESTION);
        cel_node *item = parse_expr(p);
        if (is_bad(item)) {
            skip_to_separator(p);
            good = false;
        }
        if (!push(p, &items, item, optional))
            return NULL;
        more = another(p, CEL_TOK_RBRACKET, true, "',' or ']'", &good);
    }
    if (!good)
        return cel_node_bad(p, begin, p->last_end);
    cel_node *node = cel_node_new(p, CEL_MAKE_LIST, begin, p->last_end);
    if (!node)
        return NULL;
    node->as.list.items = items.items;
    node->as.list.count = items.count;
    node->as.list.optional = items.any_optional ? items.optional : NULL;
    return cel_node_measure(p, node);
}

/* MapEntry ::= ["?"] Expr ":" Expr */
static bool parse_entry(cel_parser *p, node_list *keys, node_list *values)
{
    bool optional = accept(p, CEL_TOK_QUESTION);
    cel_node *key = parse_expr(p);
    cel_node *value = NULL;
    bool good = !is_bad(key);
    if (good && !accept(p, CEL_TOK_COLON)) {
        unexpected(p, "':'");
        good = false;
    }
    if (good) {
        value = parse_expr(p);
        good = !is_bad(value);
    }
    if (!good)
        skip_to_separator(p);
    return good && push(p, keys, key, optional) && push(p, values, value, false);
}

/* MapInits ::= MapEntry { "," MapEntry } [","];  the brace is passed. */
static cel_node *parse_map(cel_parser *p, uint32_t begin)
{
    node_list keys = {0}, values = {0};
    bool good = true;
    bool more = !accept(p, CEL_TOK_RBRACE);
    while (more && !p->failed) {
        good = parse_entry(p, &keys, &values) && good;
        more = another(p, CEL_TOK_RBRACE, true, "',' or '}'", &good);
    }
    if (p->failed)
        return NULL;
    if (!good)
        return cel_node_bad(p, begin, p->last_end);
    cel_node *node = cel_node_new(p, CEL_MAKE_MAP, begin, p->last_end);
    if (!node)
        return NULL;
    node->as.map.keys = keys.items;
    node->as.map.values = values.items;
    node->as.map.count = keys.count;
    node->as.map.optional = keys.any_optional ? keys.optional : NULL;
    return cel_node_measure(p, node);
}

/* FieldInit ::= ["?"] (IDENT | ESC_IDENT) ":" Expr;  name is empty when bad. */
static bool parse_field(cel_parser *p, node_list *values, cel_token *ret_name)
{
    bool optional = accept(p, CEL_TOK_QUESTION);
    if (!at(p, CEL_TOK_IDENT) && !at(p, CEL_TOK_QUOTED)) {
        unexpected(p, "the name of a field");
        skip_to_separator(p);
        return false;
    }
    *ret_name = p->token;
    advance(p);
    if (!accept(p, CEL_TOK_COLON)) {
        unexpected(p, "':'");
        skip_to_separator(p);
        return false;
    }
    cel_node *value = parse_expr(p);
    if (is_bad(value)) {
        skip_to_separator(p);
        return false;
    }
    return push(p, values, value, optional);
}

static bool keep_field(cel_parser *p, og_str **names, uint32_t **at, uint32_t count,
                       const cel_token *name)
{
    if ((count & (count - 1)) == 0) {
        uint32_t cap = count ? count * 2 : 1;
        og_str *more = OG_ARRAY(p->arena, cap, og_str);
        uint32_t *more_at = OG_ARRAY(p->arena, cap, uint32_t);
        if (!more || !more_at) {
            p->failed = OG_E_NOMEM;
            return false;
        }
        for (uint32_t i = 0; i < count; i++) {
            more[i] = (*names)[i];
            more_at[i] = (*at)[i];
        }
        *names = more;
        *at = more_at;
    }
    (*names)[count] = name->text;
    (*at)[count] = name->begin;
    return true;
}

/* FieldInits ::= FieldInit { "," FieldInit } [","];  type name and brace are passed. */
static cel_node *parse_object(cel_parser *p, og_str name, uint32_t begin, uint16_t flags)
{
    node_list values = {0};
    og_str *names = NULL;
    uint32_t *places = NULL;
    bool good = true;
    bool more = !accept(p, CEL_TOK_RBRACE);
    while (more && !p->failed) {
        cel_token field = {0};
        uint32_t count = values.count;
        bool fine = parse_field(p, &values, &field);
        if (fine && !keep_field(p, &names, &places, count, &field))
            return NULL;
        good = fine && good;
        more = another(p, CEL_TOK_RBRACE, true, "',' or '}'", &good);
    }
    if (p->failed)
        return NULL;
    if (!good)
        return cel_node_bad(p, begin, p->last_end);
    cel_node *node = cel_node_new(p, CEL_MAKE_OBJECT, begin, p->last_end);
    if (!node)
        return NULL;
    node->flags = flags;
    node->as.object.name = name;
    node->as.object.fields = names;
    node->as.object.at = places;
    node->as.object.values = values.items;
    node->as.object.count = values.count;
    node->as.object.optional = values.any_optional ? values.optional : NULL;
    return cel_node_measure(p, node);
}

/* ---- Primary ---- */

static cel_node *parse_literal(cel_parser *p, og_value value, uint32_t begin)
{
    advance(p);
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
    advance(p);
    return cel_node_bad(p, begin, p->last_end);
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
        unexpected(p, "a value");
        return cel_node_bad(p, t.begin, t.end);
    }
    cel_issue_at(p->issues, p->tree->source, t.begin, t.end, CEL_CODE_SYNTAX,
                 "'%.*s' is a reserved word and cannot name anything", OG_FMT(t.text));
    advance(p);
    return cel_node_bad(p, t.begin, t.end);
}

/* ["."] IDENT ["(" ExprList ")"] */
static cel_node *parse_name(cel_parser *p)
{
    uint32_t begin = p->token.begin;
    bool absolute = accept(p, CEL_TOK_DOT);
    const cel_token name = p->token;
    if (!at(p, CEL_TOK_IDENT)) {
        unexpected(p, "a name");
        return cel_node_bad(p, begin, name.end);
    }
    if (cel_word_reserved(name.text) || cel_word_keyword(name.text))
        return parse_word(p);
    advance(p);
    if (accept(p, CEL_TOK_LPAREN))
        return finish_call(p, NULL, &name, begin, absolute);
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
    uint32_t begin = p->token.begin;
    advance(p);
    cel_node *inner = parse_expr(p);
    if (is_bad(inner))
        skip_to_separator(p);
    if (accept(p, CEL_TOK_RPAREN)) {
        if (inner)
            inner->flags |= CEL_F_PARENS;
        return inner;
    }
    if (!is_bad(inner))
        unexpected(p, "')'");
    return inner ? cel_node_bad(p, begin, p->last_end) : NULL;
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
        advance(p);
        return parse_list(p, begin);
    case CEL_TOK_LBRACE:
        advance(p);
        return parse_map(p, begin);
    default:
        unexpected(p, "a value");
        return cel_node_bad(p, begin, p->token.end);
    }
}

/* ---- Member ---- */

/* The dotted name a chain of plain selections spells, or empty. */
static og_str dotted_name(cel_parser *p, const cel_node *node)
{
    if (node->kind == CEL_IDENT && !(node->flags & CEL_F_PARENS))
        return node->as.ident.name;
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
    bool optional = accept(p, CEL_TOK_QUESTION);
    const cel_token name = p->token;
    bool quoted = at(p, CEL_TOK_QUOTED);
    if ((!at(p, CEL_TOK_IDENT) && !quoted) || (!quoted && cel_word_keyword(name.text))) {
        unexpected(p, "the name of a field or function");
        return cel_node_bad(p, begin, name.end);
    }
    advance(p);
    if (!optional && !quoted && accept(p, CEL_TOK_LPAREN))
        return finish_call(p, operand, &name, begin, false);
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
    cel_op op = accept(p, CEL_TOK_QUESTION) ? CEL_OP_OPTINDEX : CEL_OP_INDEX;
    cel_node *index = parse_expr(p);
    bool good = !is_bad(index);
    if (!good)
        skip_to_separator(p);
    if (!accept(p, CEL_TOK_RBRACKET)) {
        if (good)
            unexpected(p, "']'");
        good = false;
    }
    if (!index)
        return NULL;
    if (!good)
        return cel_node_bad(p, begin, p->last_end);
    return make_operation(p, op, operand, index, begin, bracket_at);
}

/* begin: where the first of them starts, an opening parenthesis included. */
static cel_node *parse_suffixes(cel_parser *p, cel_node *node, uint32_t begin)
{
    while (!is_bad(node)) {
        uint32_t here = p->token.begin;
        if (accept(p, CEL_TOK_DOT)) {
            node = parse_selection(p, node, begin);
        } else if (accept(p, CEL_TOK_LBRACKET)) {
            node = parse_index(p, node, begin, here);
        } else if (at(p, CEL_TOK_LBRACE)) {
            og_str name = dotted_name(p, node);
            if (p->failed)
                return NULL;
            if (name.n == 0)
                return node;
            advance(p);
            node =
                parse_object(p, name, node->begin,
                             node->kind == CEL_IDENT ? node->flags & CEL_F_ABSOLUTE : 0);
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
    advance(p);
    if (sign.kind == CEL_TOK_MINUS && at(p, CEL_TOK_NUMBER))
        return parse_suffixes(p, parse_number(p, sign.begin, true), sign.begin);
    if (p->depth >= p->limits.depth) {
        report_depth(p, sign.begin, sign.end);
        return cel_node_bad(p, sign.begin, sign.end);
    }
    p->depth++;
    cel_node *operand = at(p, sign.kind) ? parse_unary(p) : parse_member(p);
    p->depth--;
    if (is_bad(operand))
        return operand;
    cel_op op = sign.kind == CEL_TOK_NOT ? CEL_OP_NOT : CEL_OP_NEG;
    return make_operation(p, op, operand, NULL, sign.begin, sign.begin);
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
    if (at(p, CEL_TOK_PLUS))
        return CEL_OP_ADD;
    return at(p, CEL_TOK_MINUS) ? CEL_OP_SUB : CEL_OP_NONE;
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
    for (cel_op op = which(p); op != CEL_OP_NONE && !is_bad(left); op = which(p)) {
        uint32_t here = p->token.begin;
        advance(p);
        cel_node *right = operand(p);
        if (is_bad(right))
            return right;
        left = make_operation(p, op, left, right, begin, here);
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
    if (is_bad(first) || !at(p, sign))
        return first;
    uint32_t here = p->token.begin;
    node_list args = {0};
    if (!push(p, &args, first, false))
        return NULL;
    while (accept(p, sign)) {
        cel_node *next = operand(p);
        if (is_bad(next))
            return next;
        if (!push(p, &args, next, false))
            return NULL;
    }
    return make_call(p, op, (og_str){0}, &args, begin, here);
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
    if (is_bad(yes))
        return yes;
    if (!accept(p, CEL_TOK_COLON)) {
        unexpected(p, "':'");
        return cel_node_bad(p, begin, p->last_end);
    }
    cel_node *no = parse_expr(p);
    if (is_bad(no))
        return no;
    node_list args = {0};
    if (!push(p, &args, condition, false) || !push(p, &args, yes, false) ||
        !push(p, &args, no, false))
        return NULL;
    return make_call(p, CEL_OP_COND, (og_str){0}, &args, begin, here);
}

/* Expr ::= ConditionalOr ["?" ConditionalOr ":" Expr] */
static cel_node *parse_expr(cel_parser *p)
{
    uint32_t begin = p->token.begin;
    if (p->depth >= p->limits.depth) {
        report_depth(p, begin, p->token.end);
        return cel_node_bad(p, begin, p->token.end);
    }
    p->depth++;
    cel_node *node = parse_or(p);
    uint32_t here = p->token.begin;
    if (!is_bad(node) && accept(p, CEL_TOK_QUESTION))
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
    else if (at(p, CEL_TOK_NUMBER) || at(p, CEL_TOK_STRING) || at(p, CEL_TOK_IDENT))
        cel_issues_hint(p->issues, item, "an operator is missing before it");
}

static void parse_whole(cel_parser *p)
{
    advance(p);
    p->tree->root = parse_expr(p);
    if (is_bad(p->tree->root)) {
        /* Lexical mistakes further on are worth knowing now; the rest hangs together. */
        while (!at(p, CEL_TOK_END) && !p->failed)
            advance(p);
        return;
    }
    if (!at(p, CEL_TOK_END))
        hint_leftover(p, unexpected(p, "an operator or the end"));
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
