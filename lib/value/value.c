/* Making values, and finding one inside another. */
#include "value/value.h"

#include <stdio.h>
#include <stdlib.h>

#define INDEX_FROM 9  /* a map with fewer entries is searched in order */
#define MOST_STEPS 16 /* away from their slots, on average; without design it is one */
#define PERIOD_MAX 100000 /* of any unit */

static const char *const kind_names[] = {
    /* ORDER: og_kind in value.h */
    "absent", "null", "bool",      "int",      "uint",    "double", "string",
    "bytes",  "date", "timestamp", "duration", "period",  "list",   "map",
    "object", "type", "optional",  "opaque",   "unknown", "error"};
_Static_assert(sizeof kind_names / sizeof *kind_names == OG_KIND_COUNT, "a name each");

static const char *const unit_names[] = {
    /* ORDER: og_period_unit in value.h */
    "working_days", "days", "hours"};
_Static_assert(sizeof unit_names / sizeof *unit_names == OG_HOURS + 1, "a name each");

const char *og_kind_name(og_kind kind)
{
    return kind_names[kind];
}

const char *og_period_unit_name(og_period_unit unit)
{
    return unit_names[unit];
}

/* Whether word names the unit; after a count of 1 the singular does too. */
static bool names_unit(og_str word, const char *unit, int64_t count)
{
    og_str plural = og_str_from(unit);
    return og_str_eq(word, plural) ||
           (count == 1 && og_str_eq(word, og_str_slice(plural, 0, plural.n - 1)));
}

bool og_period_parse(og_str s, og_value *ret)
{
    size_t at = 0;
    int64_t count = 0;
    for (; at < s.n && s.p[at] >= '0' && s.p[at] <= '9'; at++) {
        count = count * 10 + (s.p[at] - '0');
        if (count > PERIOD_MAX)
            return false;
    }
    if (at == 0 || at == s.n || s.p[at] != ' ')
        return false;
    og_str word = og_str_slice(s, at + 1, s.n);
    for (int unit = 0; unit <= OG_HOURS; unit++) {
        if (names_unit(word, unit_names[unit], count)) {
            *ret = og_period(count, (og_period_unit)unit);
            return true;
        }
    }
    return false;
}

static og_value *copy_array(og_arena *a, const og_value *items, size_t count)
{
    og_value *copy = OG_ARRAY(a, count, og_value);
    if (copy && count > 0)
        memcpy(copy, items, count * sizeof *copy);
    return copy;
}

int og_list_make(og_arena *a, const og_value *items, size_t count, og_value *ret)
{
    og_list *list = OG_NEW(a, og_list);
    og_value *copy = copy_array(a, items, count);
    if (!list || !copy)
        return OG_E_NOMEM;
    *list = (og_list){.count = count, .items = copy};
    *ret = og_list_value(list);
    return OG_OK;
}

static bool can_be_key(og_value v)
{
    return v.kind == OG_STRING || v.kind == OG_INT || v.kind == OG_UINT ||
           v.kind == OG_BOOL;
}

/* The entry under key, or count when there is none. */
static size_t find_linear(const og_value *keys, size_t count, og_value key)
{
    size_t i = 0;
    while (i < count && !og_value_equal(keys[i], key))
        i++;
    return i;
}

/* The slot that holds the key, or the free one where it belongs; `ret_steps` away from
 * its own. */
static uint32_t find_slot(const og_value *keys, const uint32_t *index, uint32_t size,
                          og_value key, size_t *ret_steps)
{
    uint32_t slot = (uint32_t)og_value_hash(key) & (size - 1);
    size_t steps = 0;
    for (; index[slot] != 0 && !og_value_equal(keys[index[slot] - 1], key); steps++)
        slot = (slot + 1) & (size - 1);
    *ret_steps = steps;
    return slot;
}

static int refuse_repeat(size_t at, size_t *ret_repeat)
{
    if (ret_repeat)
        *ret_repeat = at;
    return OG_E_CONFLICT;
}

static int check_keys_linear(const og_value *keys, size_t count, size_t *ret_repeat)
{
    for (size_t i = 1; i < count; i++)
        if (find_linear(keys, i, keys[i]) < i)
            return refuse_repeat(i, ret_repeat);
    return OG_OK;
}

/* Equal keys in order of place. */
static int by_order(const void *a, const void *b)
{
    const og_value *x = *(const og_value *const *)a, *y = *(const og_value *const *)b;
    int order = og_value_order(*x, *y);
    return order ? order : (x > y) - (x < y);
}

static int build_order(og_arena *a, og_vmap *map, size_t *ret_repeat)
{
    const og_value **order = OG_ARRAY(a, map->count, const og_value *);
    uint32_t *index = OG_ARRAY(a, map->count, uint32_t);
    size_t repeat = map->count;
    if (!order || !index)
        return OG_E_NOMEM;
    for (size_t i = 0; i < map->count; i++)
        order[i] = &map->keys[i];
    qsort(order, map->count, sizeof *order, by_order);
    for (size_t i = 0; i < map->count; i++) {
        index[i] = (uint32_t)(order[i] - map->keys);
        if (i > 0 && index[i] < repeat && og_value_equal(*order[i - 1], *order[i]))
            repeat = index[i];
    }
    if (repeat < map->count)
        return refuse_repeat(repeat, ret_repeat);
    map->index = index;
    return OG_OK;
}

/* The hash has no secret: keys may be made to crowd together. Then they are put in order.
 */
static int build_index(og_arena *a, og_vmap *map, size_t *ret_repeat)
{
    if (map->count > UINT32_MAX / 4)
        return OG_E_NOMEM;
    uint32_t size = 16;
    while (size < map->count * 2)
        size *= 2;
    uint32_t *index = OG_ARRAY(a, size, uint32_t);
    if (!index)
        return OG_E_NOMEM;
    for (size_t i = 0, steps = 0, total = 0; i < map->count; i++) {
        uint32_t slot = find_slot(map->keys, index, size, map->keys[i], &steps);
        if (index[slot] != 0)
            return refuse_repeat(i, ret_repeat);
        index[slot] = (uint32_t)i + 1;
        total += steps;
        if (total > MOST_STEPS * map->count)
            return build_order(a, map, ret_repeat);
    }
    map->index = index;
    map->index_size = size;
    return OG_OK;
}

int og_map_make(og_arena *a, const og_value *keys, const og_value *values, size_t count,
                og_value *ret, size_t *ret_repeat)
{
    for (size_t i = 0; i < count; i++)
        if (!can_be_key(keys[i]))
            return OG_E_USAGE;
    og_vmap *map = OG_NEW(a, og_vmap);
    if (!map)
        return OG_E_NOMEM;
    map->count = count;
    map->keys = copy_array(a, keys, count);
    map->values = copy_array(a, values, count);
    if (!map->keys || !map->values)
        return OG_E_NOMEM;
    int rc = count < INDEX_FROM ? check_keys_linear(map->keys, count, ret_repeat)
                                : build_index(a, map, ret_repeat);
    if (rc == OG_OK)
        *ret = og_map_value(map);
    return rc;
}

static og_value find_in_order(const og_vmap *m, og_value key)
{
    size_t from = 0, to = m->count;
    while (from < to) {
        size_t at = from + (to - from) / 2;
        int order = og_value_order(key, m->keys[m->index[at]]);
        if (order == 0)
            return m->values[m->index[at]];
        if (order < 0)
            to = at;
        else
            from = at + 1;
    }
    return og_absent();
}

og_value og_map_find(const og_vmap *m, og_value key)
{
    if (!m->index) {
        size_t i = find_linear(m->keys, m->count, key);
        return i < m->count ? m->values[i] : og_absent();
    }
    if (m->index_size == 0)
        return find_in_order(m, key);
    size_t steps;
    uint32_t at = m->index[find_slot(m->keys, m->index, m->index_size, key, &steps)];
    return at ? m->values[at - 1] : og_absent();
}

og_value og_map_find_str(const og_vmap *m, og_str key)
{
    return og_map_find(m, og_string(key));
}

int og_shape_slot(const og_shape *shape, og_str name)
{
    for (uint32_t i = 0; i < shape->count; i++)
        if (og_str_eq(shape->names[i], name))
            return (int)i;
    return -1;
}

og_value og_object_get(const og_object *o, og_str name)
{
    int slot = og_shape_slot(o->shape, name);
    return slot < 0 ? og_absent() : o->fields[slot];
}

static og_value unknown_value(const og_unknown *u)
{
    og_value v = {.kind = OG_UNKNOWN};
    v.as.unknown = u;
    return v;
}

og_value og_unknown_make(og_arena *a, og_str attribute)
{
    og_unknown *u = OG_NEW(a, og_unknown);
    og_str *name = OG_NEW(a, og_str);
    og_str copy = og_arena_str(a, attribute);
    if (!u || !name || !copy.p)
        return og_absent();
    *name = copy;
    *u = (og_unknown){1, name};
    return unknown_value(u);
}

/* The union of two sorted sets into out; returns its size. */
static size_t merge_sorted(const og_unknown *x, const og_unknown *y, og_str *out)
{
    size_t i = 0, j = 0, n = 0;
    while (i < x->count || j < y->count) {
        int order = i == x->count   ? 1
                    : j == y->count ? -1
                                    : og_str_cmp(x->attributes[i], y->attributes[j]);
        out[n++] = order <= 0 ? x->attributes[i] : y->attributes[j];
        i += order <= 0;
        j += order >= 0;
    }
    return n;
}

og_value og_unknown_merge(og_arena *a, og_value x, og_value y)
{
    assert(x.kind == OG_UNKNOWN && y.kind == OG_UNKNOWN);
    if (x.as.unknown == y.as.unknown)
        return x;
    og_unknown *u = OG_NEW(a, og_unknown);
    og_str *names = OG_ARRAY(a, x.as.unknown->count + y.as.unknown->count, og_str);
    if (!u || !names)
        return og_absent();
    *u = (og_unknown){merge_sorted(x.as.unknown, y.as.unknown, names), names};
    return unknown_value(u);
}

og_value og_fault_make(og_arena *a, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    og_fault *fault = OG_NEW(a, og_fault);
    char *text = n < 0 ? NULL : og_arena_alloc(a, (size_t)n + 1);
    if (!fault || !text)
        return og_absent();
    va_start(args, fmt);
    vsnprintf(text, (size_t)n + 1, fmt, args);
    va_end(args);
    fault->message = (og_str){text, (size_t)n};
    og_value v = {.kind = OG_ERROR};
    v.as.fault = fault;
    return v;
}

static int copy_text(og_arena *a, og_value v, og_value *ret)
{
    og_str text = og_arena_str(a, og_text(v));
    if (!text.p)
        return OG_E_NOMEM;
    v.as.s = text.p;
    *ret = v;
    return OG_OK;
}

static int copy_all(og_arena *a, const og_value *items, size_t count,
                    const og_value **ret)
{
    og_value *copy = OG_ARRAY(a, count, og_value);
    if (!copy)
        return OG_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        int rc = og_value_copy(a, items[i], &copy[i]);
        if (rc != OG_OK)
            return rc;
    }
    *ret = copy;
    return OG_OK;
}

static int copy_list(og_arena *a, const og_list *from, og_value *ret)
{
    og_list *list = OG_NEW(a, og_list);
    if (!list || copy_all(a, from->items, from->count, &list->items) != OG_OK)
        return OG_E_NOMEM;
    list->count = from->count;
    *ret = og_list_value(list);
    return OG_OK;
}

static int copy_map(og_arena *a, const og_vmap *from, og_value *ret)
{
    og_vmap *map = OG_NEW(a, og_vmap);
    if (!map || copy_all(a, from->keys, from->count, &map->keys) != OG_OK ||
        copy_all(a, from->values, from->count, &map->values) != OG_OK)
        return OG_E_NOMEM;
    map->count = from->count;
    if (from->index) {
        size_t words = from->index_size ? from->index_size : from->count;
        uint32_t *index = OG_ARRAY(a, words, uint32_t);
        if (!index)
            return OG_E_NOMEM;
        memcpy(index, from->index, words * sizeof *index);
        map->index = index;
        map->index_size = from->index_size;
    }
    *ret = og_map_value(map);
    return OG_OK;
}

static int copy_optional(og_arena *a, og_value v, og_value *ret)
{
    if (v.as.inner) {
        const og_value *inner;
        if (copy_all(a, v.as.inner, 1, &inner) != OG_OK)
            return OG_E_NOMEM;
        v.as.inner = inner;
    }
    *ret = v;
    return OG_OK;
}

static int copy_unknown(og_arena *a, const og_unknown *from, og_value *ret)
{
    og_unknown *u = OG_NEW(a, og_unknown);
    og_str *names = OG_ARRAY(a, from->count, og_str);
    if (!u || !names)
        return OG_E_NOMEM;
    for (size_t i = 0; i < from->count; i++) {
        names[i] = og_arena_str(a, from->attributes[i]);
        if (!names[i].p)
            return OG_E_NOMEM;
    }
    *u = (og_unknown){from->count, names};
    *ret = unknown_value(u);
    return OG_OK;
}

static int copy_fault(og_arena *a, og_value v, og_value *ret)
{
    og_fault *fault = OG_NEW(a, og_fault);
    og_str message = og_arena_str(a, v.as.fault->message);
    if (!fault || !message.p)
        return OG_E_NOMEM;
    *fault = *v.as.fault;
    fault->message = message;
    v.as.fault = fault;
    *ret = v;
    return OG_OK;
}

int og_value_copy(og_arena *a, og_value v, og_value *ret)
{
    switch ((og_kind)v.kind) {
    case OG_STRING:
    case OG_BYTES:
        return copy_text(a, v, ret);
    case OG_LIST:
        return copy_list(a, v.as.list, ret);
    case OG_MAP:
        return copy_map(a, v.as.map, ret);
    case OG_OPTIONAL:
        return copy_optional(a, v, ret);
    case OG_UNKNOWN:
        return copy_unknown(a, v.as.unknown, ret);
    case OG_ERROR:
        return copy_fault(a, v, ret);
    default:
        *ret = v;
        return OG_OK;
    }
}
