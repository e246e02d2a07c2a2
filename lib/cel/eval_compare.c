/* Comparison, by the CEL rules: numbers of different types compare by value, NaN equals
 * and orders with nothing, things of different kinds are unequal.
 *
 * Conditions spend most of their time here and in field access, so int with int and
 * string with string are decided on the spot, and a literal on the right is read from the
 * tree. */
#include <math.h>

#include "cel/frame.h"

bool cel_is_number(og_value v)
{
    return v.kind == OG_INT || v.kind == OG_UINT || v.kind == OG_DOUBLE;
}

static int three_way(bool less, bool more)
{
    return less ? -1 : more;
}

static int order_double(double a, double b)
{
    return isnan(a) || isnan(b) ? CEL_UNORDERED : three_way((a < b), (a > b));
}

static int mirrored(int order)
{
    return order == CEL_UNORDERED ? order : -order;
}

/* An integer beside a double is compared as a double, rounding included: the conformance
 * suite has 9223372036854775807 not less than 9223372036854775808.0. */
static int order_numbers(og_value a, og_value b)
{
    if (a.kind == b.kind) {
        if (a.kind == OG_INT)
            return three_way((a.as.i < b.as.i), (a.as.i > b.as.i));
        if (a.kind == OG_UINT)
            return three_way((a.as.u < b.as.u), (a.as.u > b.as.u));
        return order_double(a.as.d, b.as.d);
    }
    if (a.kind == OG_DOUBLE)
        return mirrored(order_numbers(b, a));
    if (b.kind == OG_DOUBLE)
        return order_double(a.kind == OG_INT ? (double)a.as.i : (double)a.as.u, b.as.d);
    if (a.kind == OG_UINT)
        return mirrored(order_numbers(b, a));
    return a.as.i < 0
               ? -1
               : three_way(((uint64_t)a.as.i < b.as.u), ((uint64_t)a.as.i > b.as.u));
}

int cel_order(og_value a, og_value b)
{
    switch (a.kind) {
    case OG_BOOL:
        return a.as.b - b.as.b;
    case OG_STRING:
    case OG_BYTES:
        return og_str_cmp(og_text(a), og_text(b));
    case OG_DATE:
        return three_way((a.as.i < b.as.i), (a.as.i > b.as.i));
    case OG_TIMESTAMP:
    case OG_DURATION:
        if (a.as.i != b.as.i)
            return three_way(a.as.i < b.as.i, true);
        return three_way((a.aux.nanos < b.aux.nanos), (a.aux.nanos > b.aux.nanos));
    default:
        return order_numbers(a, b);
    }
}

/* ---- Equality ---- */

static int equal_lists(cel_frame *frame, const og_list *a, const og_list *b)
{
    if (a->count != b->count)
        return 0;
    for (size_t i = 0; i < a->count; i++) {
        int equal = cel_equal(frame, a->items[i], b->items[i]);
        if (equal != 1)
            return equal;
    }
    return 1;
}

static int equal_maps(cel_frame *frame, const og_vmap *a, const og_vmap *b)
{
    if (a->count != b->count)
        return 0;
    for (size_t i = 0; i < a->count; i++) {
        og_value other = og_map_find(b, a->keys[i]);
        if (other.kind == OG_ABSENT)
            return 0;
        int equal = cel_equal(frame, a->values[i], other);
        if (equal != 1)
            return equal;
    }
    return 1;
}

static int equal_optionals(cel_frame *frame, og_value a, og_value b)
{
    if (!a.as.inner || !b.as.inner)
        return !a.as.inner && !b.as.inner;
    return cel_equal(frame, *a.as.inner, *b.as.inner);
}

/* Records that have no id are equal when their fields are. */
static int equal_objects(cel_frame *frame, og_value a, og_value b)
{
    const og_object *x = a.as.object, *y = b.as.object;
    if (x->fields[0].kind != OG_ABSENT || y->fields[0].kind != OG_ABSENT)
        return og_value_equal(a, b);
    if (x->shape != y->shape)
        return 0;
    for (uint32_t i = 1; i < x->shape->count; i++) {
        int equal = cel_equal(frame, x->fields[i], y->fields[i]);
        if (equal != 1)
            return equal;
    }
    return 1;
}

int cel_equal(cel_frame *frame, og_value a, og_value b)
{
    if (!cel_spend(frame, 1))
        return -1;
    if (a.kind == b.kind) {
        if (a.kind == OG_LIST)
            return equal_lists(frame, a.as.list, b.as.list);
        if (a.kind == OG_MAP)
            return equal_maps(frame, a.as.map, b.as.map);
        if (a.kind == OG_OPTIONAL)
            return equal_optionals(frame, a, b);
        if (a.kind == OG_OBJECT)
            return equal_objects(frame, a, b);
    }
    if (cel_is_number(a) && cel_is_number(b))
        return order_numbers(a, b) == 0;
    return og_value_equal(a, b);
}

/* Equality of two results, with the cases that conditions are made of in front. */
static inline og_value equality(const cel_node *node, cel_frame *frame, og_value a,
                                og_value b, bool wanted)
{
    if (a.kind == OG_STRING && b.kind == OG_STRING)
        return og_bool(og_str_eq(og_text(a), og_text(b)) == wanted);
    if (a.kind == OG_INT && b.kind == OG_INT)
        return og_bool((a.as.i == b.as.i) == wanted);
    if (!cel_is_data(a) || !cel_is_data(b))
        return cel_apply(node, frame, (og_value[]){a, b}, 2);
    int equal = cel_equal(frame, a, b);
    return equal < 0 ? og_absent() : og_bool((equal == 1) == wanted);
}

static inline og_value eval_equality(const cel_node *node, cel_frame *frame, bool wanted)
{
    const cel_node *left = node->as.call.args[0], *right = node->as.call.args[1];
    og_value a = left->eval(left, frame);
    if (a.kind == OG_ABSENT)
        return a;
    og_value b = right->eval(right, frame);
    if (b.kind == OG_ABSENT)
        return b;
    return equality(node, frame, a, b, wanted);
}

og_value cel_eval_eq(const cel_node *node, cel_frame *frame)
{
    return eval_equality(node, frame, true);
}

og_value cel_eval_ne(const cel_node *node, cel_frame *frame)
{
    return eval_equality(node, frame, false);
}

og_value cel_eval_eq_literal(const cel_node *node, cel_frame *frame)
{
    const cel_node *left = node->as.call.args[0];
    og_value a = left->eval(left, frame);
    if (a.kind == OG_ABSENT)
        return a;
    return equality(node, frame, a, node->as.call.args[1]->as.literal, true);
}

og_value cel_eval_ne_literal(const cel_node *node, cel_frame *frame)
{
    const cel_node *left = node->as.call.args[0];
    og_value a = left->eval(left, frame);
    if (a.kind == OG_ABSENT)
        return a;
    return equality(node, frame, a, node->as.call.args[1]->as.literal, false);
}

/* ---- Order ---- */

static bool order_holds(cel_op op, int order)
{
    if (order == CEL_UNORDERED)
        return false;
    switch (op) {
    case CEL_OP_LT:
        return order < 0;
    case CEL_OP_LE:
        return order <= 0;
    case CEL_OP_GT:
        return order > 0;
    default:
        return order >= 0;
    }
}

/* What is not two ints: days, moments and doubles at once, the rest by its row. */
static og_value order_slowly(const cel_node *node, cel_frame *frame, og_value a,
                             og_value b)
{
    if (a.kind == OG_ABSENT)
        return a;
    if (a.kind == b.kind && (a.kind == OG_DATE || a.kind == OG_TIMESTAMP ||
                             a.kind == OG_DURATION || a.kind == OG_DOUBLE))
        return og_bool(order_holds((cel_op)node->op, cel_order(a, b)));
    return cel_apply(node, frame, (og_value[]){a, b}, 2);
}

og_value cel_order_call(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return og_bool(order_holds((cel_op)call->node->op, cel_order(args[0], args[1])));
}

/* Two evaluators an operator: any right side, and a literal int. */
#define ORDER_EVALUATORS(name, symbol)                                                \
    static og_value eval_##name(const cel_node *node, cel_frame *frame)               \
    {                                                                                 \
        const cel_node *left = node->as.call.args[0], *right = node->as.call.args[1]; \
        og_value a = left->eval(left, frame);                                         \
        if (a.kind == OG_ABSENT)                                                      \
            return a;                                                                 \
        og_value b = right->eval(right, frame);                                       \
        if (a.kind == OG_INT && b.kind == OG_INT)                                     \
            return og_bool(a.as.i symbol b.as.i);                                     \
        return order_slowly(node, frame, a, b);                                       \
    }                                                                                 \
    static og_value eval_##name##_literal(const cel_node *node, cel_frame *frame)     \
    {                                                                                 \
        const cel_node *left = node->as.call.args[0];                                 \
        og_value a = left->eval(left, frame);                                         \
        og_value b = node->as.call.args[1]->as.literal;                               \
        if (a.kind == OG_INT)                                                         \
            return og_bool(a.as.i symbol b.as.i);                                     \
        return order_slowly(node, frame, a, b);                                       \
    }

ORDER_EVALUATORS(lt, <)
ORDER_EVALUATORS(le, <=)
ORDER_EVALUATORS(gt, >)
ORDER_EVALUATORS(ge, >=)

cel_eval_fn *cel_order_eval(cel_op op, bool literal)
{
    switch (op) {
    case CEL_OP_LT:
        return literal ? eval_lt_literal : eval_lt;
    case CEL_OP_LE:
        return literal ? eval_le_literal : eval_le;
    case CEL_OP_GT:
        return literal ? eval_gt_literal : eval_gt;
    default:
        return literal ? eval_ge_literal : eval_ge;
    }
}
