/* Equality, order and hash of values. All three see a number by its mathematical value,
 * whatever its kind; what is equal hashes alike and compares as 0. */
#include <math.h>

#include "value/value.h"

#define TWO_63 9223372036854775808.0
#define TWO_64 18446744073709551616.0

static bool is_number(og_value v)
{
    return v.kind == OG_INT || v.kind == OG_UINT || v.kind == OG_DOUBLE;
}

static int sign_of(bool less, bool more)
{
    return (int)more - (int)less;
}

/* Exact: a double is compared as the integer it is, or by the fraction left over. */
static int compare_int_double(int64_t i, double d)
{
    if (d >= TWO_63)
        return -1;
    if (d < -TWO_63)
        return 1;
    double whole = trunc(d);
    int64_t w = (int64_t)whole;
    return i != w ? sign_of(i<w, i> w) : sign_of(whole<d, whole> d);
}

static int compare_uint_double(uint64_t u, double d)
{
    if (d >= TWO_64)
        return -1;
    if (d < 0)
        return 1;
    double whole = trunc(d);
    uint64_t w = (uint64_t)whole;
    return u != w ? sign_of(u<w, u> w) : sign_of(whole < d, false);
}

static int compare_int_uint(int64_t i, uint64_t u)
{
    return i < 0 ? -1 : sign_of((uint64_t)i<u, (uint64_t)i> u);
}

/* x is an int or uint, d is not NaN. */
static int compare_whole_double(og_value x, double d)
{
    return x.kind == OG_INT ? compare_int_double(x.as.i, d)
                            : compare_uint_double(x.as.u, d);
}

static int compare_doubles(double x, double y)
{
    if (isnan(x) || isnan(y))
        return sign_of(isnan(x) && !isnan(y), isnan(y) && !isnan(x));
    return sign_of(x<y, x> y);
}

/* NaN first. */
static int compare_numbers(og_value a, og_value b)
{
    if (a.kind == OG_DOUBLE && b.kind == OG_DOUBLE)
        return compare_doubles(a.as.d, b.as.d);
    if (a.kind == OG_DOUBLE)
        return isnan(a.as.d) ? -1 : -compare_whole_double(b, a.as.d);
    if (b.kind == OG_DOUBLE)
        return isnan(b.as.d) ? 1 : compare_whole_double(a, b.as.d);
    if (a.kind == b.kind)
        return a.kind == OG_INT ? sign_of(a.as.i<b.as.i, a.as.i> b.as.i)
                                : sign_of(a.as.u<b.as.u, a.as.u> b.as.u);
    return a.kind == OG_INT ? compare_int_uint(a.as.i, b.as.u)
                            : -compare_int_uint(b.as.i, a.as.u);
}

static bool is_nan(og_value v)
{
    return v.kind == OG_DOUBLE && isnan(v.as.d);
}

static bool equal_lists(const og_list *a, const og_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!og_value_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool equal_maps(const og_vmap *a, const og_vmap *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        og_value other = og_map_find(b, a->keys[i]);
        if (other.kind == OG_ABSENT || !og_value_equal(a->values[i], other))
            return false;
    }
    return true;
}

/* A record that has no id of its own, inside another one, is what its fields are. */
static bool is_nameless(const og_shape *shape)
{
    return shape->count > 0 && shape->names[0].n == 0;
}

static bool equal_fields(const og_object *a, const og_object *b)
{
    for (uint32_t i = 1; i < a->shape->count; i++) {
        bool absent = a->fields[i].kind == OG_ABSENT;
        if (absent != (b->fields[i].kind == OG_ABSENT))
            return false;
        if (!absent && !og_value_equal(a->fields[i], b->fields[i]))
            return false;
    }
    return true;
}

static bool equal_objects(const og_object *a, const og_object *b)
{
    if (a == b || a->shape != b->shape)
        return a == b;
    return is_nameless(a->shape)
               ? equal_fields(a, b)
               : og_str_eq(og_text(a->fields[0]), og_text(b->fields[0]));
}

static bool equal_optionals(const og_value *a, const og_value *b)
{
    return a && b ? og_value_equal(*a, *b) : a == b;
}

static bool equal_opaques(const og_opaque *a, const og_opaque *b)
{
    return a == b || (a->class == b->class && a->class->equal(a, b));
}

bool og_value_equal(og_value a, og_value b)
{
    if (is_number(a) && is_number(b))
        return !is_nan(a) && !is_nan(b) && compare_numbers(a, b) == 0;
    if (a.kind != b.kind)
        return false;
    switch ((og_kind)a.kind) {
    case OG_ABSENT:
    case OG_NULL:
        return true;
    case OG_BOOL:
        return a.as.b == b.as.b;
    case OG_STRING:
    case OG_BYTES:
        return og_str_eq(og_text(a), og_text(b));
    case OG_DATE:
        return a.as.i == b.as.i;
    case OG_TIMESTAMP:
    case OG_DURATION:
        return a.as.i == b.as.i && a.aux.nanos == b.aux.nanos;
    case OG_PERIOD:
        return a.as.i == b.as.i && a.unit == b.unit;
    case OG_LIST:
        return equal_lists(a.as.list, b.as.list);
    case OG_MAP:
        return equal_maps(a.as.map, b.as.map);
    case OG_OBJECT:
        return equal_objects(a.as.object, b.as.object);
    case OG_TYPE:
        return a.as.type == b.as.type;
    case OG_OPTIONAL:
        return equal_optionals(a.as.inner, b.as.inner);
    case OG_OPAQUE:
        return equal_opaques(a.as.opaque, b.as.opaque);
    default: /* unknown and error */
        return false;
    }
}

static int order_counts(size_t a, size_t b)
{
    return sign_of(a<b, a> b);
}

static int order_lists(const og_list *a, const og_list *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        int order = og_value_order(a->items[i], b->items[i]);
        if (order != 0)
            return order;
    }
    return order_counts(a->count, b->count);
}

/* Of the keys at which a and b differ, the least one in a and how a stands to b there. */
static bool least_difference(const og_vmap *a, const og_vmap *b, og_value *ret_key,
                             int *ret_order)
{
    bool found = false;
    for (size_t i = 0; i < a->count; i++) {
        og_value other = og_map_find(b, a->keys[i]);
        int order = other.kind == OG_ABSENT ? -1 : og_value_order(a->values[i], other);
        if (order == 0 || (found && og_value_order(a->keys[i], *ret_key) >= 0))
            continue;
        found = true;
        *ret_key = a->keys[i];
        *ret_order = order;
    }
    return found;
}

/* Smaller maps first, then as lists of entries sorted by key, found without sorting: what
 * decides is the least key at which they differ. */
static int order_maps(const og_vmap *a, const og_vmap *b)
{
    if (a->count != b->count)
        return order_counts(a->count, b->count);
    og_value key_a = og_absent(), key_b = og_absent();
    int order_a = 0, order_b = 0;
    if (!least_difference(a, b, &key_a, &order_a))
        return 0; /* as many keys, all of them in b and alike */
    least_difference(b, a, &key_b, &order_b);
    return og_value_order(key_a, key_b) <= 0 ? order_a : -order_b;
}

static int order_objects(const og_object *a, const og_object *b)
{
    int order = og_str_cmp(a->shape->name, b->shape->name);
    return order ? order : og_str_cmp(og_text(a->fields[0]), og_text(b->fields[0]));
}

static int order_optionals(const og_value *a, const og_value *b)
{
    return a && b ? og_value_order(*a, *b) : sign_of(!a && b, a && !b);
}

static int order_unknowns(const og_unknown *a, const og_unknown *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        int order = og_str_cmp(a->attributes[i], b->attributes[i]);
        if (order != 0)
            return order;
    }
    return order_counts(a->count, b->count);
}

static int rank(og_value v)
{
    return is_number(v) ? OG_INT : v.kind;
}

int og_value_order(og_value a, og_value b)
{
    if (rank(a) != rank(b))
        return sign_of(rank(a) < rank(b), rank(a) > rank(b));
    if (is_number(a))
        return compare_numbers(a, b);
    switch ((og_kind)a.kind) {
    case OG_BOOL:
        return (int)a.as.b - (int)b.as.b;
    case OG_STRING:
    case OG_BYTES:
        return og_str_cmp(og_text(a), og_text(b));
    case OG_PERIOD:
        if (a.unit != b.unit)
            return sign_of(a.unit<b.unit, a.unit> b.unit);
        return sign_of(a.as.i<b.as.i, a.as.i> b.as.i);
    case OG_DATE:
        return sign_of(a.as.i<b.as.i, a.as.i> b.as.i);
    case OG_TIMESTAMP:
    case OG_DURATION:
        if (a.as.i != b.as.i)
            return sign_of(a.as.i<b.as.i, a.as.i> b.as.i);
        return sign_of(a.aux.nanos<b.aux.nanos, a.aux.nanos> b.aux.nanos);
    case OG_LIST:
        return order_lists(a.as.list, b.as.list);
    case OG_MAP:
        return order_maps(a.as.map, b.as.map);
    case OG_OBJECT:
        return order_objects(a.as.object, b.as.object);
    case OG_OPTIONAL:
        return order_optionals(a.as.inner, b.as.inner);
    case OG_OPAQUE:
        return og_str_cmp(og_str_from(a.as.opaque->class->type_name),
                          og_str_from(b.as.opaque->class->type_name));
    case OG_UNKNOWN:
        return order_unknowns(a.as.unknown, b.as.unknown);
    case OG_ERROR:
        return og_str_cmp(a.as.fault->message, b.as.fault->message);
    default: /* absent, null, type: nothing to tell them apart by */
        return 0;
    }
}

/* splitmix64's finaliser. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/* Whole numbers hash as the 64 bits of the integer, so that 1, 1u and 1.0 meet. */
static uint64_t hash_double(double d)
{
    if (d == trunc(d) && d >= -TWO_63 && d < TWO_64)
        return mix(d < 0 ? (uint64_t)(int64_t)d : (uint64_t)d);
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return mix(bits);
}

static uint64_t hash_list(const og_list *list)
{
    uint64_t h = list->count;
    for (size_t i = 0; i < list->count; i++)
        h = mix(h + og_value_hash(list->items[i]));
    return h;
}

/* A sum, because entries have no order. */
static uint64_t hash_map(const og_vmap *map)
{
    uint64_t h = map->count;
    for (size_t i = 0; i < map->count; i++)
        h += mix(og_value_hash(map->keys[i]) ^ mix(og_value_hash(map->values[i])));
    return h;
}

uint64_t og_value_hash(og_value v)
{
    switch ((og_kind)v.kind) {
    case OG_BOOL:
        return mix(v.as.b ? 3 : 2);
    case OG_INT:
    case OG_UINT:
        return mix(v.as.u);
    case OG_DOUBLE:
        return hash_double(v.as.d);
    case OG_STRING:
    case OG_BYTES:
        return og_str_hash(og_text(v));
    case OG_DATE:
        return mix(v.as.u);
    case OG_PERIOD:
        return mix(v.as.u + ((uint64_t)v.unit << 32));
    case OG_TIMESTAMP:
    case OG_DURATION:
        return mix(v.as.u ^ mix((uint64_t)v.aux.nanos));
    case OG_LIST:
        return hash_list(v.as.list);
    case OG_MAP:
        return hash_map(v.as.map);
    case OG_OBJECT:
        return is_nameless(v.as.object->shape)
                   ? og_str_hash(v.as.object->shape->name)
                   : og_str_hash(og_text(v.as.object->fields[0]));
    case OG_OPTIONAL:
        return v.as.inner ? mix(1 + og_value_hash(*v.as.inner)) : mix(5);
    case OG_OPAQUE:
        return v.as.opaque->class->hash(v.as.opaque);
    case OG_TYPE:
        return mix((uint64_t)(uintptr_t)v.as.type);
    default:
        return mix(v.kind);
    }
}
