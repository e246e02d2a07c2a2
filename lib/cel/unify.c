/* How types relate while checking: what may stand where, what type variables stand for.
 *
 * The rules are cel-go's (checker/types.go), which the conformance suite expects: dyn
 * goes with everything; a variable that met int and then dyn is dyn from then on; null
 * goes with records, opaque types, optionals, timestamps and durations. Added here: an
 * enum and a string go with each other, two enums if they share a word. */
#include "cel/check.h"

struct cel_undo {
    uint32_t variable;
    const cel_type *was;
};

const cel_type cel_broken = {.kind = CEL_BROKEN};

/* ---- Variables ---- */

const cel_type *cel_fresh(cel_checker *c)
{
    if (c->variable_count == c->variable_cap) {
        uint32_t cap = c->variable_cap ? c->variable_cap * 2 : 16;
        const cel_type **bound = OG_ARRAY(c->arena, cap, const cel_type *);
        if (!bound) {
            c->failed = OG_E_NOMEM;
            return &cel_broken;
        }
        for (uint32_t i = 0; i < c->variable_count; i++)
            bound[i] = c->bound[i];
        c->bound = bound;
        c->variable_cap = cap;
    }
    cel_type *t = OG_NEW(c->arena, cel_type);
    if (!t) {
        c->failed = OG_E_NOMEM;
        return &cel_broken;
    }
    *t = (cel_type){.kind = CEL_VARIABLE, .variable = c->variable_count};
    c->bound[c->variable_count++] = NULL;
    return t;
}

static void set_variable(cel_checker *c, uint32_t variable, const cel_type *t)
{
    if (c->trail_count == c->trail_cap) {
        uint32_t cap = c->trail_cap ? c->trail_cap * 2 : 16;
        struct cel_undo *trail = OG_ARRAY(c->arena, cap, struct cel_undo);
        if (!trail) {
            c->failed = OG_E_NOMEM;
            return;
        }
        for (uint32_t i = 0; i < c->trail_count; i++)
            trail[i] = c->trail[i];
        c->trail = trail;
        c->trail_cap = cap;
    }
    c->trail[c->trail_count++] = (struct cel_undo){variable, c->bound[variable]};
    c->bound[variable] = t;
}

static void undo_to(cel_checker *c, uint32_t mark)
{
    while (c->trail_count > mark) {
        struct cel_undo u = c->trail[--c->trail_count];
        c->bound[u.variable] = u.was;
    }
}

const cel_type *cel_shallow(const cel_checker *c, const cel_type *t)
{
    while (t->kind == CEL_VARIABLE && c->bound[t->variable])
        t = c->bound[t->variable];
    return t;
}

static bool refers_to(const cel_checker *c, const cel_type *t, uint32_t variable)
{
    if (t->kind == CEL_VARIABLE) {
        if (t->variable == variable)
            return true;
        const cel_type *b = c->bound[t->variable];
        return b && refers_to(c, b, variable);
    }
    for (uint32_t i = 0; i < t->param_count; i++)
        if (refers_to(c, t->params[i], variable))
            return true;
    return false;
}

const cel_type *cel_resolve(cel_checker *c, const cel_type *t, bool final)
{
    t = cel_shallow(c, t);
    if (t->kind == CEL_VARIABLE)
        return final ? &cel_dyn : t;
    if (t->param_count == 0)
        return t;
    const cel_type **params = NULL;
    for (uint32_t i = 0; i < t->param_count; i++) {
        const cel_type *p = cel_resolve(c, t->params[i], final);
        if (p == t->params[i] && !params)
            continue;
        if (!params) {
            params = OG_ARRAY(c->arena, t->param_count, const cel_type *);
            if (!params) {
                c->failed = OG_E_NOMEM;
                return t;
            }
            for (uint32_t k = 0; k < i; k++)
                params[k] = t->params[k];
        }
        params[i] = p;
    }
    if (!params)
        return t;
    cel_type *copy = OG_NEW(c->arena, cel_type);
    if (!copy) {
        c->failed = OG_E_NOMEM;
        return t;
    }
    *copy = *t;
    copy->params = params;
    return copy;
}

/* ---- Assignability ---- */

static bool is_wild(const cel_type *t)
{
    return t->kind == CEL_ANY || t->kind == CEL_BROKEN;
}

/* Is a no more specific than b: could it stand for b and more? */
static bool no_more_specific(const cel_checker *c, const cel_type *a, const cel_type *b)
{
    if (is_wild(a) || a->kind == CEL_VARIABLE)
        return true;
    if (is_wild(b) || b->kind == CEL_VARIABLE)
        return false;
    if (a->kind == CEL_STRING && b->kind == CEL_ENUM)
        return true;
    if (b->kind == CEL_NULL) /* null goes with it, or they would not meet here */
        return true;
    if (a->kind != b->kind || a->param_count != b->param_count)
        return false;
    for (uint32_t i = 0; i < a->param_count; i++)
        if (!no_more_specific(c, a->params[i], b->params[i]))
            return false;
    return true;
}

static const cel_type *most_general(const cel_checker *c, const cel_type *a,
                                    const cel_type *b)
{
    return no_more_specific(c, a, b) ? a : b;
}

static bool goes_with_null(const cel_type *t)
{
    switch ((cel_type_kind)t->kind) {
    case CEL_NULL:
    case CEL_OBJECT:
    case CEL_OPAQUE:
    case CEL_OPTIONAL:
    case CEL_TIMESTAMP:
    case CEL_DURATION:
        return true;
    default:
        return false;
    }
}

static bool share_word(const cel_type *a, const cel_type *b)
{
    for (uint32_t i = 0; i < a->word_count; i++)
        for (uint32_t k = 0; k < b->word_count; k++)
            if (og_str_eq(a->words[i], b->words[k]))
                return true;
    return false;
}

static bool fits(cel_checker *c, const cel_type *from, const cel_type *to);

static bool fits_parts(cel_checker *c, const cel_type *from, const cel_type *to)
{
    if (from->kind == CEL_TYPE && to->kind == CEL_TYPE)
        return true;
    bool words = (from->kind == CEL_ENUM && to->kind == CEL_STRING) ||
                 (from->kind == CEL_STRING && to->kind == CEL_ENUM);
    if (words)
        return true;
    if (from->kind != to->kind || from->param_count != to->param_count)
        return false;
    if (from->kind == CEL_ENUM)
        return share_word(from, to);
    if (from->kind == CEL_OBJECT)
        return from->object == to->object;
    if ((from->kind == CEL_OPAQUE || from->kind == CEL_PARAM) &&
        !og_str_eq(from->name, to->name))
        return false;
    for (uint32_t i = 0; i < from->param_count; i++)
        if (!fits(c, from->params[i], to->params[i]))
            return false;
    return true;
}

typedef enum substitution {
    SUBST_NO,
    SUBST_CLASH,
    SUBST_YES
} substitution;

/* Can `variable` stand for t, given what it stands for already? */
static substitution substitute(cel_checker *c, const cel_type *t,
                               const cel_type *variable)
{
    if (t->kind == CEL_VARIABLE && t->variable == variable->variable)
        return SUBST_YES;
    const cel_type *sub = c->bound[variable->variable];
    if (!sub) {
        if (refers_to(c, t, variable->variable))
            return SUBST_NO;
        set_variable(c, variable->variable, t);
        return SUBST_YES;
    }
    if (t == sub)
        return SUBST_YES;
    if (!fits(c, t, sub))
        return SUBST_CLASH;
    const cel_type *general = most_general(c, t, sub);
    if (!refers_to(c, general, variable->variable))
        set_variable(c, variable->variable, general);
    return SUBST_YES;
}

static bool fits(cel_checker *c, const cel_type *from, const cel_type *to)
{
    if (to->kind == CEL_VARIABLE) {
        substitution s = substitute(c, from, to);
        if (s != SUBST_NO)
            return s == SUBST_YES;
    }
    if (from->kind == CEL_VARIABLE)
        return substitute(c, to, from) == SUBST_YES;
    if (is_wild(from) || is_wild(to))
        return true;
    if (from->kind == CEL_NULL)
        return goes_with_null(to);
    if (to->kind == CEL_NULL)
        return goes_with_null(from);
    return fits_parts(c, from, to);
}

bool cel_assignable_all(cel_checker *c, const cel_type *const *from,
                        const cel_type *const *to, uint32_t count)
{
    uint32_t mark = c->trail_count;
    for (uint32_t i = 0; i < count; i++) {
        if (!fits(c, from[i], to[i])) {
            undo_to(c, mark);
            return false;
        }
    }
    return true;
}

bool cel_assignable(cel_checker *c, const cel_type *from, const cel_type *to)
{
    return cel_assignable_all(c, &from, &to, 1);
}

const cel_type *cel_join(cel_checker *c, const cel_type *have, const cel_type *more)
{
    if (!have)
        return more;
    if (!cel_assignable(c, have, more))
        return &cel_dyn;
    return most_general(c, have, more);
}

/* ---- Instances of a row ---- */

static const cel_type *variable_for(cel_checker *c, cel_instance *in, og_str name)
{
    for (uint32_t i = 0; i < in->count; i++)
        if (og_str_eq(in->names[i], name))
            return in->variables[i];
    if (in->count == sizeof in->names / sizeof *in->names)
        return &cel_dyn;
    const cel_type *v = cel_fresh(c);
    in->names[in->count] = name;
    in->variables[in->count++] = v;
    return v;
}

const cel_type *cel_instantiate(cel_checker *c, cel_instance *in, const cel_type *t)
{
    if (t->kind == CEL_PARAM)
        return variable_for(c, in, t->name);
    if (t->param_count == 0)
        return t;
    const cel_type **params = OG_ARRAY(c->arena, t->param_count, const cel_type *);
    cel_type *copy = OG_NEW(c->arena, cel_type);
    if (!params || !copy) {
        c->failed = OG_E_NOMEM;
        return &cel_broken;
    }
    bool changed = false;
    for (uint32_t i = 0; i < t->param_count; i++) {
        params[i] = cel_instantiate(c, in, t->params[i]);
        changed |= params[i] != t->params[i];
    }
    *copy = *t;
    copy->params = params;
    return changed ? copy : t;
}
