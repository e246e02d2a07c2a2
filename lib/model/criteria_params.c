/* Parameters of a criteria set: one value, or one for each gate.
 *
 * In conditions `params` is a record with a field for each, so that a misspelt one is
 * found when the criteria are read. */
#include "base/mem.h"
#include "model/criteria_set.h"

typedef struct param_table {
    size_t count;
    cel_field *fields;     /* [count + 1], slot 0 "id" */
    og_str *names;         /* the same, for the shape */
    og_value **values;     /* [gate][slot] */
    const og_node **nodes; /* [count + 1] the param's value, for positions */
} param_table;

static const cel_type *type_of(og_value v)
{
    if (v.kind == OG_LIST)
        return &cel_list;
    const cel_type *type = cel_type_of_kind((og_kind)v.kind);
    return type ? type : &cel_dyn;
}

/* A mapping whose keys are gates gives each gate its own value. */
static bool is_per_gate(const criteria_reader *r, const og_node *node)
{
    if (node->kind != OG_NODE_MAP || node->count == 0)
        return false;
    for (uint32_t i = 0; i < node->count; i++)
        if (model_criteria_gate(r->set, node->pairs[i].key->text) >= 0)
            return true;
    return false;
}

static void check_gate_keys(criteria_reader *r, const og_node *node, og_str name)
{
    for (uint32_t i = 0; i < node->count; i++)
        if (model_criteria_gate(r->set, node->pairs[i].key->text) < 0)
            CRITERIA_ERROR(r, node->pairs[i].key, "unknown-gate",
                           "'%.*s' is not a gate of this set",
                           OG_FMT(node->pairs[i].key->text));
    for (size_t g = 0; g < r->set->gate_count; g++)
        if (!og_node_get(node, r->set->gates[g]))
            og_diags_hint(r->diags,
                          CRITERIA_ERROR(r, node, "param-without-gate",
                                         "parameter '%.*s' has no value for gate '%.*s'",
                                         OG_FMT(name), OG_FMT(r->set->gates[g])),
                          "give one for every gate, or a single value for all");
}

/* The type every gate's value has; a finding when they differ. */
static const cel_type *common_type(criteria_reader *r, const param_table *t, size_t slot)
{
    const cel_type *type = r->set->gate_count ? type_of(t->values[0][slot]) : &cel_dyn;

    for (size_t g = 1; g < r->set->gate_count; g++) {
        og_value v = t->values[g][slot];
        if (v.kind == OG_ABSENT || type_of(v) == type)
            continue;
        og_diags_hint(
            r->diags,
            CRITERIA_ERROR(r, t->nodes[slot], "param-type",
                           "parameter '%.*s' is a %s at one gate and a %s at another",
                           OG_FMT(t->names[slot]),
                           og_kind_name((og_kind)t->values[0][slot].kind),
                           og_kind_name((og_kind)v.kind)),
            "write 1.0 where 0.9 is meant to compare with it");
        return &cel_dyn;
    }
    return type;
}

static int read_param(criteria_reader *r, const og_pair *pair, size_t slot,
                      param_table *t, og_error *err)
{
    bool per_gate = is_per_gate(r, pair->value);

    t->names[slot] = pair->key->text;
    t->nodes[slot] = pair->value;
    if (per_gate)
        check_gate_keys(r, pair->value, pair->key->text);
    for (size_t g = 0; g < r->set->gate_count; g++) {
        const og_node *node =
            per_gate ? og_node_get(pair->value, r->set->gates[g]) : pair->value;
        if (!node)
            continue; /* reported above */
        int rc =
            og_node_to_value(r->doc, node, &r->set->arena, r->diags, &t->values[g][slot]);
        if (rc == OG_E_NOMEM)
            return og_nomem(err);
    }
    t->fields[slot] =
        (cel_field){.name = pair->key->text, .type = common_type(r, t, slot)};
    return OG_OK;
}

static int make_table(criteria_reader *r, size_t count, param_table *t, og_error *err)
{
    og_arena *arena = &r->set->arena;

    t->count = count;
    t->fields = OG_ARRAY(arena, count + 1, cel_field);
    t->names = OG_ARRAY(arena, count + 1, og_str);
    t->nodes = OG_ARRAY(arena, count + 1, const og_node *);
    t->values = OG_ARRAY(arena, r->set->gate_count + 1, og_value *);
    if (!t->fields || !t->names || !t->nodes || !t->values)
        return og_nomem(err);
    for (size_t g = 0; g < r->set->gate_count; g++)
        if (!(t->values[g] = OG_ARRAY(arena, count + 1, og_value)))
            return og_nomem(err);
    t->names[0] = OG_STR("id");
    t->fields[0] =
        (cel_field){.name = t->names[0], .type = &cel_string, .optional = true};
    return OG_OK;
}

/* set->params from the filled table. */
static int keep_values(criteria_reader *r, const param_table *t, og_error *err)
{
    og_arena *arena = &r->set->arena;
    og_shape *shape = OG_NEW(arena, og_shape);
    og_object *objects = OG_ARRAY(arena, r->set->gate_count + 1, og_object);

    r->set->params = OG_ARRAY(arena, r->set->gate_count + 1, og_value);
    if (!shape || !objects || !r->set->params)
        return og_nomem(err);
    *shape = (og_shape){
        .name = OG_STR("params"), .count = (uint32_t)t->count + 1, .names = t->names};
    for (size_t g = 0; g < r->set->gate_count; g++) {
        objects[g] = (og_object){.shape = shape, .fields = t->values[g]};
        r->set->params[g] = og_object_value(&objects[g]);
    }
    return OG_OK;
}

int criteria_read_params(criteria_reader *r, const og_node *params,
                         const cel_type **ret_type, og_error *err)
{
    size_t count = params && params->kind == OG_NODE_MAP ? params->count : 0;
    param_table t = {0};

    if (params && params->kind != OG_NODE_MAP && !og_node_is_null(params))
        CRITERIA_ERROR(r, params, "wrong-type", "'params' is a mapping, not %s",
                       og_node_what(params));
    int rc = make_table(r, count, &t, err);
    for (size_t i = 0; rc == OG_OK && i < count; i++)
        rc = read_param(r, &params->pairs[i], i + 1, &t, err);
    if (rc == OG_OK)
        rc = keep_values(r, &t, err);
    cel_object *object = rc == OG_OK ? OG_NEW(&r->set->arena, cel_object) : NULL;
    if (rc != OG_OK || !object)
        return rc != OG_OK ? rc : og_nomem(err);
    cel_object_init(object, OG_STR("params"), OG_STR("parameters of the criteria set"),
                    t.fields, (uint32_t)count + 1);
    *ret_type = &object->type;
    return OG_OK;
}
