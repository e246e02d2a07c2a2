/* What the parser's productions share: the token at hand, nodes and lists of nodes with
 * their limits, recovery after a mistake. */
#include "cel/parse.h"

/* ---- Tokens ---- */

void cel_parse_advance(cel_parser *p)
{
    p->last_end = p->token.end;
    p->token = cel_lexer_next(&p->lexer);
}

bool cel_parse_at(const cel_parser *p, cel_token_kind kind)
{
    return p->token.kind == kind;
}

bool cel_parse_accept(cel_parser *p, cel_token_kind kind)
{
    if (!cel_parse_at(p, kind))
        return false;
    cel_parse_advance(p);
    return true;
}

uint32_t cel_parse_open(cel_parser *p, uint32_t begin)
{
    uint32_t outer = p->open;
    p->open = begin + 1;
    return outer;
}

void cel_parse_close(cel_parser *p, uint32_t outer)
{
    p->open = outer;
}

static cel_issue *unexpected_end(cel_parser *p, const char *wanted)
{
    const cel_token *t = &p->token;
    og_str source = p->tree->source;
    cel_issue *item = cel_issue_at(p->issues, source, t->begin, t->end, CEL_CODE_SYNTAX,
                                   "the expression ends where %s should come", wanted);
    if (p->open > 0)
        cel_issues_hint(p->issues, item, "the '%c' at character %u is not closed",
                        source.p[p->open - 1],
                        (unsigned)cel_source_point(source, p->open - 1) + 1);
    return item;
}

/* Nothing is said about a token that was reported already, by the lexer or here. */
cel_issue *cel_parse_unexpected(cel_parser *p, const char *wanted)
{
    const cel_token *t = &p->token;
    if (t->kind == CEL_TOK_BAD || p->reported == t->begin + 1)
        return NULL;
    p->reported = t->begin + 1;
    if (t->kind == CEL_TOK_END)
        return unexpected_end(p, wanted);
    bool shown = t->kind == CEL_TOK_IDENT || t->kind == CEL_TOK_NUMBER;
    if (shown)
        return cel_issue_at(p->issues, p->tree->source, t->begin, t->end, CEL_CODE_SYNTAX,
                            "'%.*s' stands where %s should come",
                            OG_FMT(cel_issue_short(t->text)), wanted);
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

void cel_parse_too_deep(cel_parser *p, uint32_t begin, uint32_t end)
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
        cel_parse_too_deep(p, node->begin, node->end);
        return cel_node_bad(p, node->begin, node->end);
    }
    return node;
}

/* ---- Lists of nodes and recovery ---- */

bool cel_parse_push(cel_parser *p, cel_node_list *list, cel_node *node, bool optional)
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

void cel_parse_skip(cel_parser *p)
{
    unsigned open = 0;
    for (;; cel_parse_advance(p)) {
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

bool cel_parse_another(cel_parser *p, cel_token_kind close, bool trailing,
                       const char *wanted, bool *ret_good)
{
    if (!cel_parse_at(p, CEL_TOK_COMMA) && !cel_parse_at(p, close)) {
        cel_parse_unexpected(p, wanted);
        cel_parse_skip(p);
        *ret_good = false;
    }
    if (cel_parse_accept(p, CEL_TOK_COMMA))
        return !(trailing && cel_parse_accept(p, close));
    cel_parse_accept(p, close);
    return false;
}

/* ---- Calls ---- */

cel_node *cel_parse_call(cel_parser *p, cel_op op, og_str function,
                         const cel_node_list *args, uint32_t begin, uint32_t name_at)
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

cel_node *cel_parse_operation(cel_parser *p, cel_op op, cel_node *left, cel_node *right,
                              uint32_t begin, uint32_t name_at)
{
    cel_node_list args = {0};
    if (!cel_parse_push(p, &args, left, false) ||
        (right && !cel_parse_push(p, &args, right, false)))
        return NULL;
    return cel_parse_call(p, op, (og_str){0}, &args, begin, name_at);
}
