/* Names: what an identifier or a chain of selections means (langdef.md, "Name
 * Resolution").
 *
 * Locals of macros come first, innermost first. Then, for a container "A.B", the name as
 * A.B.name, A.name, name; a leading dot goes to the root at once. A chain a.b.c means the
 * longest prefix that is a name; the rest are fields. */
#include "cel/check.h"

const cel_scope *cel_scope_find(const cel_checker *c, og_str name)
{
    const cel_scope *s = c->scope;
    while (s && !og_str_eq(s->name, name))
        s = s->outer;
    return s;
}

/* ---- Dotted names ---- */

static size_t spell(const cel_checker *c, const cel_node *node, char *out,
                    bool *ret_absolute)
{
    if (node->kind == CEL_IDENT) {
        og_str name = node->as.ident.name;
        *ret_absolute = (node->flags & CEL_F_ABSOLUTE) != 0;
        bool local = !*ret_absolute && cel_scope_find(c, name);
        if (local || node->op != CEL_PLACE_NONE || name.n >= CEL_NAME_MAX)
            return 0;
        memcpy(out, name.p, name.n);
        return name.n;
    }
    bool plain = node->kind == CEL_SELECT && !node->as.select.quoted &&
                 !(node->flags & (CEL_F_TEST | CEL_F_OPTIONAL));
    size_t n = plain ? spell(c, node->as.select.operand, out, ret_absolute) : 0;
    og_str field = plain ? node->as.select.field : (og_str){0};
    if (n == 0 || n + 1 + field.n >= CEL_NAME_MAX)
        return 0;
    out[n] = '.';
    memcpy(out + n + 1, field.p, field.n);
    return n + 1 + field.n;
}

og_str cel_check_dotted(const cel_checker *c, const cel_node *node, char *out,
                        bool *ret_absolute)
{
    return (og_str){out, spell(c, node, out, ret_absolute)};
}

const void *cel_check_lookup(const cel_checker *c, og_str name, bool absolute,
                             cel_lookup *find)
{
    og_str container = absolute ? (og_str){0} : c->env->options.container;
    char full[2 * CEL_NAME_MAX];
    while (container.n > 0) {
        if (container.n + 1 + name.n < sizeof full) {
            memcpy(full, container.p, container.n);
            full[container.n] = '.';
            memcpy(full + container.n + 1, name.p, name.n);
            const void *found = find(c->env, (og_str){full, container.n + 1 + name.n});
            if (found)
                return found;
        }
        while (container.n > 0 && container.p[container.n - 1] != '.')
            container.n--;
        if (container.n > 0)
            container.n--;
    }
    return find(c->env, name);
}

/* ---- Identifiers ---- */

static const void *find_name(const cel_env *env, og_str name)
{
    return cel_env_find_name(env, name);
}

static const void *find_type(const cel_env *env, og_str name)
{
    const cel_type *t = cel_env_type(env, name);
    return t ? t : cel_type_by_name(name);
}

/* Turns node into a reference to what the name means; NULL when it means nothing. */
static const cel_type *refer(cel_checker *c, cel_node *node, og_str name, bool absolute)
{
    const cel_variable *v = cel_check_lookup(c, name, absolute, find_name);
    const cel_type *named = v ? NULL : cel_check_lookup(c, name, absolute, find_type);
    if (!v && !named)
        return NULL;
    if (node->kind != CEL_IDENT) {
        og_str copy = og_arena_str(c->arena, v ? v->name : name);
        if (!copy.p)
            c->failed = OG_E_NOMEM;
        node->kind = CEL_IDENT;
        node->flags = absolute ? CEL_F_ABSOLUTE : 0;
        memset(&node->as, 0, sizeof node->as);
        node->as.ident.name = copy;
    }
    node->op = CEL_PLACE_CONSTANT;
    if (named) {
        node->as.ident.value = cel_type_value(named);
        const cel_type *t = cel_type_type_of(c->arena, named);
        if (!t)
            c->failed = OG_E_NOMEM;
        return t ? t : &cel_broken;
    }
    if (v->constant) {
        node->as.ident.value = v->value;
        return v->type;
    }
    node->op = CEL_PLACE_VARIABLE;
    node->as.ident.slot = v->slot;
    c->variables[v->slot] = true;
    return v->type;
}

const cel_type *cel_check_ident(cel_checker *c, cel_node *node)
{
    og_str name = node->as.ident.name;
    bool absolute = (node->flags & CEL_F_ABSOLUTE) != 0;
    const cel_scope *local = absolute ? NULL : cel_scope_find(c, name);
    if (local) {
        node->op = CEL_PLACE_LOCAL;
        node->as.ident.slot = local->slot;
        return local->type;
    }
    const cel_type *t = refer(c, node, name, absolute);
    if (t)
        return t;
    cel_report_no_name(c, node, name);
    return &cel_broken;
}

/* ---- Selection ---- */

static void mention(cel_checker *c, const cel_object *object, uint32_t slot)
{
    for (size_t i = 0; i < c->field_count; i++)
        if (c->fields[i].object == object && c->fields[i].slot == slot)
            return;
    if (c->field_count == c->field_cap) {
        size_t cap = c->field_cap ? c->field_cap * 2 : 8;
        cel_mention *more = OG_ARRAY(c->arena, cap, cel_mention);
        if (!more) {
            c->failed = OG_E_NOMEM;
            return;
        }
        if (c->field_count > 0)
            memcpy(more, c->fields, c->field_count * sizeof *more);
        c->fields = more;
        c->field_cap = cap;
    }
    c->fields[c->field_count++] = (cel_mention){object, slot};
}

static const cel_type *field_of_object(cel_checker *c, cel_node *node,
                                       const cel_object *object, bool through_optional)
{
    int slot = cel_object_slot(object, node->as.select.field);
    if (slot < 0) {
        cel_report_no_field(c, node, object);
        return &cel_broken;
    }
    mention(c, object, (uint32_t)slot);
    node->as.select.slot = through_optional ? -1 : slot;
    return object->fields[slot].type;
}

static bool is_function(const cel_checker *c, og_str name)
{
    const cel_function_rows *rows = cel_env_find_function(c->env, name);
    for (uint32_t i = 0; rows && i < rows->count; i++)
        if (rows->rows[i]->flags & CEL_MEMBER)
            return true;
    return false;
}

/* The type of a field of something of type t, without regard to optionals. */
static const cel_type *field_type(cel_checker *c, cel_node *node, const cel_type *t,
                                  bool through_optional)
{
    switch ((cel_type_kind)t->kind) {
    case CEL_OBJECT:
        return field_of_object(c, node, t->object, through_optional);
    case CEL_MAP:
        return t->params[1];
    case CEL_ANY:
    case CEL_VARIABLE:
        return &cel_dyn;
    case CEL_BROKEN:
        return t;
    default:
        break;
    }
    cel_issue *item =
        cel_check_report_at(c, node->at, node->as.select.field.n, CEL_CODE_TYPE,
                            "%s has no fields, so no '%.*s'", cel_check_text(c, t),
                            OG_FMT(cel_issue_short(node->as.select.field)));
    if (is_function(c, node->as.select.field))
        cel_issues_hint(c->issues, item, "it is a function: write %.*s(…)",
                        OG_FMT(node->as.select.field));
    else if (t->kind == CEL_TYPE)
        cel_hint_variable(c, item, node->as.select.operand);
    else if (t->kind == CEL_LIST)
        cel_issues_hint(c->issues, item,
                        "ask its elements: .all(x, x.%.*s …), .exists(…), .filter(…)",
                        OG_FMT(node->as.select.field));
    return &cel_broken;
}

static const cel_type *optional_of(cel_checker *c, const cel_type *t)
{
    const cel_type *o = cel_type_optional_of(c->arena, t);
    if (!o)
        c->failed = OG_E_NOMEM;
    return o ? o : &cel_broken;
}

const cel_type *cel_check_select(cel_checker *c, cel_node *node)
{
    bool test = (node->flags & CEL_F_TEST) != 0;
    bool optional = (node->flags & CEL_F_OPTIONAL) != 0;
    char name[CEL_NAME_MAX];
    bool absolute = false;
    og_str dotted = cel_check_dotted(c, node, name, &absolute);
    const cel_type *whole = dotted.n > 0 ? refer(c, node, dotted, absolute) : NULL;
    if (whole)
        return whole;
    const cel_type *t = cel_shallow(c, cel_check_node(c, node->as.select.operand));
    bool through = t->kind == CEL_OPTIONAL;
    if (through)
        t = cel_shallow(c, t->params[0]);
    const cel_type *field = field_type(c, node, t, through);
    if (test)
        return &cel_bool;
    return (optional || through) && field->kind != CEL_BROKEN ? optional_of(c, field)
                                                              : field;
}
