/* What stands between brackets: arguments, lists, maps, records. Each recovers at the
 * next comma or closing bracket, so that one run reports the mistakes of every element.
 */
#include "cel/parse.h"

/* ---- Arguments ---- */

/* ExprList ::= Expr { "," Expr };  the opening parenthesis is passed. False when bad. */
static bool parse_arguments(cel_parser *p, cel_node_list *args)
{
    bool good = true;
    if (cel_parse_accept(p, CEL_TOK_RPAREN))
        return true;
    do {
        cel_node *arg = cel_parse_expr(p);
        if (cel_node_is_bad(arg)) {
            cel_parse_skip(p);
            good = false;
        }
        if (!cel_parse_push(p, args, arg, false))
            return false;
    } while (cel_parse_another(p, CEL_TOK_RPAREN, false, "',' or ')'", &good));
    return good;
}

/* f(…) and x.f(…): the name and the opening parenthesis are passed. */
cel_node *cel_parse_finish_call(cel_parser *p, cel_node *target, const cel_token *name,
                                uint32_t begin, bool absolute)
{
    uint32_t paren = p->last_end - 1;
    cel_node_list args = {0};
    if (target && !cel_parse_push(p, &args, target, false))
        return NULL;
    uint32_t outer = cel_parse_open(p, paren);
    bool good = parse_arguments(p, &args);
    cel_parse_close(p, outer);
    if (!good || (target && cel_node_is_bad(target)))
        return p->failed ? NULL : cel_node_bad(p, begin, p->last_end);
    cel_node *call =
        cel_parse_call(p, CEL_OP_NONE, name->text, &args, begin, name->begin);
    if (cel_node_is_bad(call))
        return call;
    call->flags |= target ? CEL_F_MEMBER : 0;
    call->flags |= absolute ? CEL_F_ABSOLUTE : 0;
    return p->limits.no_macros || absolute ? call : cel_macro_expand(p, call);
}

/* ---- Collections ---- */

/* ListInit ::= ["?"] Expr { "," ["?"] Expr } [","];  the bracket is passed. */
cel_node *cel_parse_list(cel_parser *p, uint32_t begin)
{
    cel_node_list items = {0};
    bool good = true;
    uint32_t outer = cel_parse_open(p, begin);
    bool more = !cel_parse_accept(p, CEL_TOK_RBRACKET);
    while (more) {
        bool optional = cel_parse_accept(p, CEL_TOK_QUESTION);
        cel_node *item = cel_parse_expr(p);
        if (cel_node_is_bad(item)) {
            cel_parse_skip(p);
            good = false;
        }
        if (!cel_parse_push(p, &items, item, optional))
            return NULL;
        more = cel_parse_another(p, CEL_TOK_RBRACKET, true, "',' or ']'", &good);
    }
    cel_parse_close(p, outer);
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
static bool parse_entry(cel_parser *p, cel_node_list *keys, cel_node_list *values)
{
    bool optional = cel_parse_accept(p, CEL_TOK_QUESTION);
    cel_node *key = cel_parse_expr(p);
    cel_node *value = NULL;
    bool good = !cel_node_is_bad(key);
    if (good && !cel_parse_accept(p, CEL_TOK_COLON)) {
        cel_parse_unexpected(p, "':'");
        good = false;
    }
    if (good) {
        value = cel_parse_expr(p);
        good = !cel_node_is_bad(value);
    }
    if (!good)
        cel_parse_skip(p);
    return good && cel_parse_push(p, keys, key, optional) &&
           cel_parse_push(p, values, value, false);
}

/* MapInits ::= MapEntry { "," MapEntry } [","];  the brace is passed. */
cel_node *cel_parse_map(cel_parser *p, uint32_t begin)
{
    cel_node_list keys = {0}, values = {0};
    bool good = true;
    uint32_t outer = cel_parse_open(p, begin);
    bool more = !cel_parse_accept(p, CEL_TOK_RBRACE);
    while (more && !p->failed) {
        good = parse_entry(p, &keys, &values) && good;
        more = cel_parse_another(p, CEL_TOK_RBRACE, true, "',' or '}'", &good);
    }
    cel_parse_close(p, outer);
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

/* The name of a field, as a node; NULL when it is none or there is no memory. */
static cel_node *parse_field_name(cel_parser *p)
{
    if (!cel_parse_at(p, CEL_TOK_IDENT) && !cel_parse_at(p, CEL_TOK_QUOTED)) {
        cel_parse_unexpected(p, "the name of a field");
        return NULL;
    }
    cel_node *name = cel_node_new(p, CEL_IDENT, p->token.begin, p->token.end);
    if (name)
        name->as.ident.name = p->token.text;
    cel_parse_advance(p);
    return name;
}

/* FieldInit ::= ["?"] (IDENT | ESC_IDENT) ":" Expr */
static bool parse_field(cel_parser *p, cel_node_list *names, cel_node_list *values)
{
    bool optional = cel_parse_accept(p, CEL_TOK_QUESTION);
    cel_node *name = parse_field_name(p), *value = NULL;
    if (name && !cel_parse_accept(p, CEL_TOK_COLON))
        cel_parse_unexpected(p, "':'");
    else if (name)
        value = cel_parse_expr(p);
    if (cel_node_is_bad(value)) {
        cel_parse_skip(p);
        return false;
    }
    return cel_parse_push(p, names, name, false) &&
           cel_parse_push(p, values, value, optional);
}

static cel_node *make_object(cel_parser *p, og_str name, const cel_node_list *names,
                             const cel_node_list *values, uint32_t begin)
{
    cel_node *node = cel_node_new(p, CEL_MAKE_OBJECT, begin, p->last_end);
    og_str *fields = OG_ARRAY(p->arena, values->count + 1, og_str);
    uint32_t *places = OG_ARRAY(p->arena, values->count + 1, uint32_t);
    if (!node || !fields || !places) {
        p->failed = OG_E_NOMEM;
        return NULL;
    }
    for (uint32_t i = 0; i < values->count; i++) {
        fields[i] = names->items[i]->as.ident.name;
        places[i] = names->items[i]->begin;
    }
    node->as.object.name = name;
    node->as.object.fields = fields;
    node->as.object.at = places;
    node->as.object.values = values->items;
    node->as.object.count = values->count;
    node->as.object.optional = values->any_optional ? values->optional : NULL;
    return node;
}

/* FieldInits ::= FieldInit { "," FieldInit } [","];  type name and brace are passed. */
cel_node *cel_parse_object(cel_parser *p, og_str name, uint32_t begin, uint16_t flags)
{
    cel_node_list names = {0}, values = {0};
    bool good = true;
    uint32_t outer = cel_parse_open(p, p->last_end - 1);
    bool more = !cel_parse_accept(p, CEL_TOK_RBRACE);
    while (more && !p->failed) {
        good = parse_field(p, &names, &values) && good;
        more = cel_parse_another(p, CEL_TOK_RBRACE, true, "',' or '}'", &good);
    }
    cel_parse_close(p, outer);
    if (p->failed)
        return NULL;
    if (!good)
        return cel_node_bad(p, begin, p->last_end);
    cel_node *node = make_object(p, name, &names, &values, begin);
    if (!node)
        return NULL;
    node->flags = flags;
    return cel_node_measure(p, node);
}
