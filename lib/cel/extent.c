/* How large a value may be (extent.h). */
#include "cel/extent.h"

uint64_t cel_bound_add(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

uint64_t cel_bound_mul(uint64_t a, uint64_t b)
{
    uint64_t r;
    return __builtin_mul_overflow(a, b, &r) ? UINT64_MAX : r;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* ---- Making ---- */

static cel_extent plain(cel_extent_form form, uint64_t size)
{
    return (cel_extent){.form = form, .size = size};
}

static const cel_extent *keep(cel_assumed *a, cel_extent x)
{
    cel_extent *kept = OG_NEW(a->arena, cel_extent);
    if (!kept) {
        a->failed = true;
        return NULL;
    }
    *kept = x;
    return kept;
}

/* What all functions give once memory has run out: the caller looks at `failed`. */
static cel_extent unless_failed(const cel_assumed *a, cel_extent x)
{
    return a->failed ? plain(CEL_EXTENT_ANY, 0) : x;
}

cel_extent cel_extent_list(cel_assumed *a, uint64_t size, cel_extent element)
{
    cel_extent x = plain(CEL_EXTENT_LIST, size);
    x.value = keep(a, element);
    return unless_failed(a, x);
}

cel_extent cel_extent_map(cel_assumed *a, uint64_t size, cel_extent key, cel_extent value)
{
    cel_extent x = plain(CEL_EXTENT_MAP, size);
    x.key = keep(a, key);
    x.value = keep(a, value);
    return unless_failed(a, x);
}

cel_extent cel_extent_optional(cel_assumed *a, cel_extent inner)
{
    cel_extent x = plain(CEL_EXTENT_OPTIONAL, 1);
    x.value = keep(a, inner);
    return unless_failed(a, x);
}

/* A part of what is known only as a whole is no larger than the whole. */
cel_extent cel_extent_element(cel_extent x)
{
    return x.value ? *x.value : x;
}

cel_extent cel_extent_key(cel_extent x)
{
    return x.key ? *x.key : x;
}

static uint64_t longest_word(const cel_type *t)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < t->word_count; i++)
        n = larger(n, t->words[i].n);
    return n;
}

static cel_extent of_parameter(cel_assumed *a, const cel_type *t, uint32_t i)
{
    return i < t->param_count ? cel_extent_of_type(a, t->params[i])
                              : plain(CEL_EXTENT_ANY, larger(a->list, a->text));
}

cel_extent cel_extent_of_type(cel_assumed *a, const cel_type *t)
{
    switch ((cel_type_kind)t->kind) {
    case CEL_STRING:
    case CEL_BYTES:
        return plain(CEL_EXTENT_TEXT, a->text);
    case CEL_ENUM:
        return plain(CEL_EXTENT_TEXT, longest_word(t));
    case CEL_LIST:
        return cel_extent_list(a, a->list, of_parameter(a, t, 0));
    case CEL_MAP:
        return cel_extent_map(a, a->list, of_parameter(a, t, 0), of_parameter(a, t, 1));
    case CEL_OPTIONAL:
        return cel_extent_optional(a, of_parameter(a, t, 0));
    case CEL_OBJECT:
        return plain(CEL_EXTENT_RECORD, 0);
    case CEL_ANY:
    case CEL_PARAM:
    case CEL_VARIABLE:
    case CEL_BROKEN:
        return plain(CEL_EXTENT_ANY, larger(a->list, a->text));
    default:
        return plain(CEL_EXTENT_SCALAR, 0);
    }
}

static cel_extent of_values(cel_assumed *a, const og_value *items, size_t count)
{
    cel_extent all = plain(CEL_EXTENT_SCALAR, 0);
    for (size_t i = 0; i < count && !a->failed; i++) {
        cel_extent one = cel_extent_of_value(a, items[i]);
        all = i == 0 ? one : cel_extent_join(a, all, one);
    }
    return all;
}

cel_extent cel_extent_of_value(cel_assumed *a, og_value v)
{
    switch ((og_kind)v.kind) {
    case OG_STRING:
    case OG_BYTES:
        return plain(CEL_EXTENT_TEXT, v.aux.length);
    case OG_LIST:
        return cel_extent_list(a, v.as.list->count,
                               of_values(a, v.as.list->items, v.as.list->count));
    case OG_MAP:
        return cel_extent_map(a, v.as.map->count,
                              of_values(a, v.as.map->keys, v.as.map->count),
                              of_values(a, v.as.map->values, v.as.map->count));
    case OG_OPTIONAL:
        return cel_extent_optional(a, of_values(a, v.as.inner, v.as.inner ? 1 : 0));
    case OG_OBJECT:
        return plain(CEL_EXTENT_RECORD, 0);
    default:
        return plain(CEL_EXTENT_SCALAR, 0);
    }
}

/* ---- Measuring ---- */

uint64_t cel_extent_parts(cel_extent x)
{
    if (x.form == CEL_EXTENT_ANY)
        return cel_bound_add(1, x.size);
    if (!x.value)
        return 1;
    return cel_bound_add(1, cel_bound_mul(x.size, cel_extent_parts(*x.value)));
}

uint64_t cel_extent_text(const cel_assumed *a, cel_extent x)
{
    uint64_t each = 4; /* ", " or ": " and brackets */
    switch (x.form) {
    case CEL_EXTENT_SCALAR:
        return CEL_SCALAR_TEXT;
    case CEL_EXTENT_RECORD:
        return larger(a->text, CEL_SCALAR_TEXT);
    case CEL_EXTENT_TEXT:
        return x.size;
    case CEL_EXTENT_ANY:
        return cel_bound_mul(cel_bound_add(x.size, 1), CEL_SCALAR_TEXT);
    default:
        if (x.key)
            each = cel_bound_add(each, cel_extent_text(a, *x.key));
        each = cel_bound_add(each, cel_extent_text(a, *x.value));
        return cel_bound_add(2, cel_bound_mul(x.size, each));
    }
}

/* As one whole of which only the size is known. */
static uint64_t whole_size(const cel_assumed *a, cel_extent x)
{
    if (x.form == CEL_EXTENT_ANY)
        return x.size;
    return larger(cel_extent_parts(x), cel_extent_text(a, x));
}

/* ---- Joining ---- */

cel_extent cel_extent_join(cel_assumed *a, cel_extent x, cel_extent y)
{
    if (a->failed)
        return plain(CEL_EXTENT_ANY, 0);
    if (x.form != y.form)
        return plain(CEL_EXTENT_ANY, larger(whole_size(a, x), whole_size(a, y)));
    uint64_t size = larger(x.size, y.size);
    /* What is empty says nothing of its elements. */
    cel_extent joined = x.size > 0 ? x : y;
    joined.size = size;
    bool same = x.value == y.value && x.key == y.key;
    if (same || x.size == 0 || y.size == 0)
        return joined;
    joined.value = keep(a, cel_extent_join(a, *x.value, *y.value));
    if (x.key)
        joined.key = keep(a, cel_extent_join(a, *x.key, *y.key));
    return unless_failed(a, joined);
}

/* ---- Results of calls ---- */

/* What the type parameters of a row stand for. */
typedef struct binding {
    const cel_type *names[2];
    cel_extent extents[2];
    unsigned count;
} binding;

static void bind(cel_assumed *a, binding *b, const cel_type *t, cel_extent x)
{
    if (t->kind == CEL_PARAM) {
        unsigned i = 0;
        while (i < b->count && !cel_type_equal(b->names[i], t))
            i++;
        if (i < b->count) {
            b->extents[i] = cel_extent_join(a, b->extents[i], x);
        } else if (i < 2) {
            b->names[i] = t;
            b->extents[i] = x;
            b->count++;
        }
        return;
    }
    for (uint32_t i = 0; i < t->param_count; i++) {
        bool key = t->kind == CEL_MAP && i == 0;
        bind(a, b, t->params[i], key ? cel_extent_key(x) : cel_extent_element(x));
    }
}

static bool has_parameter(const cel_type *t)
{
    if (t->kind == CEL_PARAM)
        return true;
    for (uint32_t i = 0; i < t->param_count; i++)
        if (has_parameter(t->params[i]))
            return true;
    return false;
}

/* The result's type with what its parameters stand for; lists take all lists there are.
 */
static cel_extent instantiate(cel_assumed *a, const binding *b, const cel_type *t,
                              uint64_t lists)
{
    if (t->kind == CEL_PARAM)
        for (unsigned i = 0; i < b->count; i++)
            if (cel_type_equal(b->names[i], t))
                return b->extents[i];
    if (t->kind == CEL_LIST)
        return cel_extent_list(a, lists, instantiate(a, b, t->params[0], lists));
    if (t->kind == CEL_OPTIONAL)
        return cel_extent_optional(a, instantiate(a, b, t->params[0], lists));
    return cel_extent_of_type(a, t);
}

/* Each argument as one whole, all together. */
static uint64_t sum(const cel_assumed *a, const cel_extent *args, uint32_t count,
                    uint64_t (*of)(const cel_assumed *, cel_extent))
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < count; i++)
        all = cel_bound_add(all, of(a, args[i]));
    return all;
}

static cel_extent of_parts(cel_assumed *a, const cel_overload *row,
                           const cel_extent *args, uint32_t count)
{
    const cel_type *result = row->result;
    uint64_t lists = 0;
    bool whole = false;
    binding b = {0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = i < row->param_count ? i : row->param_count - 1;
        bind(a, &b, row->params[at], args[i]);
        whole = whole || args[i].form == CEL_EXTENT_ANY;
        if (args[i].form == CEL_EXTENT_LIST)
            lists = cel_bound_add(lists, args[i].size);
    }
    if (result->kind == CEL_STRING || result->kind == CEL_BYTES)
        return plain(CEL_EXTENT_TEXT, sum(a, args, count, cel_extent_text));
    if (!has_parameter(result) && result->kind == CEL_LIST) {
        uint64_t text = cel_bound_add(1, sum(a, args, count, cel_extent_text));
        return cel_extent_list(a, text, plain(CEL_EXTENT_TEXT, text));
    }
    if (whole && has_parameter(result))
        return plain(CEL_EXTENT_ANY, sum(a, args, count, whole_size));
    return instantiate(a, &b, result, lists);
}

/* Text that repeats one argument for each part of another. */
static cel_extent of_product(const cel_assumed *a, const cel_extent *args, uint32_t count)
{
    uint64_t n = 8;
    for (uint32_t i = 0; i < count; i++)
        n = cel_bound_mul(n, cel_bound_add(1, cel_extent_text(a, args[i])));
    return plain(CEL_EXTENT_TEXT, n);
}

cel_extent cel_extent_of_call(cel_assumed *a, const cel_overload *row,
                              const cel_extent *args, uint32_t count)
{
    switch (row->yields) {
    case CEL_YIELDS_PARTS:
        return of_parts(a, row, args, count);
    case CEL_YIELDS_PRODUCT:
        return of_product(a, args, count);
    default:
        return cel_extent_of_type(a, row->result);
    }
}
