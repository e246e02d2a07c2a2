/* The type grammar of kind files. */
#include "model/kind_compile.h"

enum {
    TYPE_DEPTH = 4
}; /* of list() and map() in each other */

static const char *const simple_names[MODEL_BASE_COUNT] = {
    /* ORDER: model_base; NULL: written with an argument */
    "string", "int", "double", "bool", "date",   "timestamp", "duration", "period",
    "enum",   NULL,  NULL,     NULL,   "record", "any",       "instant",  "node",
};
static_assert(MODEL_NODE == 15, "simple_names follows model_base");

const model_type *kind_type_innermost(const model_type *type)
{
    while (type->element)
        type = type->element;
    return type;
}

/* What stands in "word(...)": false unless text is exactly that. */
static bool argument_of(og_str text, const char *word, og_str *ret)
{
    og_str w = og_str_from(word);
    if (!og_str_starts(text, w) || text.n < w.n + 2 || text.p[w.n] != '(' ||
        text.p[text.n - 1] != ')')
        return false;
    *ret = og_str_trim(og_str_slice(text, w.n + 1, text.n - 1));
    return true;
}

static int unknown_type(kind_compiler *c, const og_node *node, og_str text)
{
    og_str candidates[MODEL_BASE_COUNT];
    size_t n = 0;
    for (size_t i = 0; i < MODEL_INSTANT; i++)
        if (simple_names[i])
            candidates[n++] = og_str_from(simple_names[i]);
    og_diag *d =
        KIND_ERROR(c, node, "unknown-type", "'%.*s' is not a type", OG_FMT(text));
    og_str near = og_str_nearest(text, candidates, n);
    if (near.n)
        og_diags_hint(c->diags, d, "did you mean '%.*s'?", OG_FMT(near));
    else
        og_diags_hint(
            c->diags, d,
            "one of string, int, double, bool, date, timestamp, duration, period, "
            "enum, record, any, ref(KIND), record(KIND), list(TYPE), map(TYPE)");
    return OG_OK;
}

/* ref(KIND), record(KIND). */
static int named_type(kind_compiler *c, const og_node *node, model_base base, og_str name,
                      model_type *ret, bool *ret_ok, og_error *err)
{
    model_kind *target = og_map_get(&c->kinds->by_name, name);
    if (!target) {
        og_diag *d =
            KIND_ERROR(c, node, "unknown-kind", "there is no kind '%.*s'", OG_FMT(name));
        og_str near = model_kind_nearest(c->kinds, name);
        if (near.n)
            og_diags_hint(c->diags, d, "did you mean '%.*s'?", OG_FMT(near));
        else
            og_diags_hint(c->diags, d, "describe it in 'kinds/%.*s.yaml'", OG_FMT(name));
        return OG_OK;
    }
    ret->base = base;
    ret->kind = target;
    *ret_ok = true;
    if (base == MODEL_RECORD) {
        target->embedded = true;
        return OG_OK;
    }
    kind_reference *reference = OG_NEW(c->arena, kind_reference);
    if (!reference)
        return og_nomem(err);
    *reference = (kind_reference){target, c->doc, node, c->references};
    c->references = reference;
    return OG_OK;
}

/* type = word | "ref(subject)" | ("ref" | "record") "(" kind ")" | ("list" | "map") "("
 * type ")" */
static int parse_type(kind_compiler *c, const og_node *node, og_str text, unsigned depth,
                      model_type *ret, bool *ret_ok, og_error *err)
{
    og_str inner;
    if (og_str_is(text, "ref(subject)")) {
        *ret = (model_type){.base = MODEL_REF};
        *ret_ok = true;
        return OG_OK;
    }
    if (argument_of(text, "ref", &inner))
        return named_type(c, node, MODEL_REF, inner, ret, ret_ok, err);
    if (argument_of(text, "record", &inner))
        return named_type(c, node, MODEL_RECORD, inner, ret, ret_ok, err);
    bool list = argument_of(text, "list", &inner);
    if (list || argument_of(text, "map", &inner)) {
        if (depth == 0) {
            KIND_ERROR(c, node, "unknown-type", "lists and maps stand %d deep at most",
                       TYPE_DEPTH);
            return OG_OK;
        }
        model_type *element = OG_NEW(c->arena, model_type);
        if (!element)
            return og_nomem(err);
        *ret = (model_type){.base = list ? MODEL_LIST : MODEL_MAP, .element = element};
        return parse_type(c, node, inner, depth - 1, element, ret_ok, err);
    }
    for (int i = 0; i < (c->forms ? MODEL_BASE_COUNT : MODEL_INSTANT); i++) {
        if (simple_names[i] && og_str_is(text, simple_names[i])) {
            *ret = (model_type){.base = (model_base)i};
            *ret_ok = true;
            return OG_OK;
        }
    }
    return unknown_type(c, node, text);
}

int kind_type_parse(kind_compiler *c, const og_node *node, model_type *ret, bool *ret_ok,
                    og_error *err)
{
    *ret = (model_type){.base = MODEL_STRING};
    *ret_ok = false;
    return parse_type(c, node, node->text, TYPE_DEPTH, ret, ret_ok, err);
}
