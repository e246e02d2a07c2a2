/* The operators as functions. Integer arithmetic that does not fit is an error, never a
 * wrap; doubles follow IEEE 754; timestamps and durations stay within their ranges. */
#include "cel/std.h"

#include <math.h>

static og_value overflow(cel_call *call)
{
    return cel_fault(call->arena, "integer overflow");
}

/* ---- int ---- */

#define CHECKED(name, builtin, make, member)                                   \
    static og_value name(cel_call *call, const og_value *args, uint32_t count) \
    {                                                                          \
        og_value r = make(0);                                                  \
        (void)count;                                                           \
        if (builtin(args[0].as.member, args[1].as.member, &r.as.member))       \
            return overflow(call);                                             \
        return r;                                                              \
    }

CHECKED(add_int, __builtin_add_overflow, og_int, i)
CHECKED(sub_int, __builtin_sub_overflow, og_int, i)
CHECKED(mul_int, __builtin_mul_overflow, og_int, i)
CHECKED(add_uint, __builtin_add_overflow, og_uint, u)
CHECKED(sub_uint, __builtin_sub_overflow, og_uint, u)
CHECKED(mul_uint, __builtin_mul_overflow, og_uint, u)

static og_value div_int(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    if (args[1].as.i == 0)
        return cel_fault(call->arena, "divide by zero");
    if (args[0].as.i == INT64_MIN && args[1].as.i == -1)
        return overflow(call);
    return og_int(args[0].as.i / args[1].as.i);
}

static og_value mod_int(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    if (args[1].as.i == 0)
        return cel_fault(call->arena, "modulus by zero");
    if (args[0].as.i == INT64_MIN && args[1].as.i == -1)
        return overflow(call);
    return og_int(args[0].as.i % args[1].as.i);
}

static og_value div_uint(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    if (args[1].as.u == 0)
        return cel_fault(call->arena, "divide by zero");
    return og_uint(args[0].as.u / args[1].as.u);
}

static og_value mod_uint(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    if (args[1].as.u == 0)
        return cel_fault(call->arena, "modulus by zero");
    return og_uint(args[0].as.u % args[1].as.u);
}

static og_value neg_int(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return args[0].as.i == INT64_MIN ? overflow(call) : og_int(-args[0].as.i);
}

/* ---- double ---- */

#define IEEE(name, symbol)                                                     \
    static og_value name(cel_call *call, const og_value *args, uint32_t count) \
    {                                                                          \
        (void)call;                                                            \
        (void)count;                                                           \
        return og_double(args[0].as.d symbol args[1].as.d);                    \
    }

IEEE(add_double, +)
IEEE(sub_double, -)
IEEE(mul_double, *)
IEEE(div_double, /)

static og_value neg_double(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return og_double(-args[0].as.d);
}

/* ---- Text and lists ---- */

static og_value add_text(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    char *room;
    og_value v;
    og_str a = og_text(args[0]), b = og_text(args[1]);
    if (!cel_make_text(call, a.n + b.n, &room, &v))
        return og_absent();
    memcpy(room, a.p ? a.p : "", a.n);
    memcpy(room + a.n, b.p ? b.p : "", b.n);
    v.kind = args[0].kind;
    return v;
}

static og_value add_list(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    const og_list *a = args[0].as.list, *b = args[1].as.list;
    og_value *items = cel_make_array(call->frame, a->count + b->count, sizeof *items);
    if (!items)
        return og_absent();
    if (a->count > 0)
        memcpy(items, a->items, a->count * sizeof *items);
    if (b->count > 0)
        memcpy(items + a->count, b->items, b->count * sizeof *items);
    return cel_take_list(call->frame, items, a->count + b->count);
}

/* ---- Time ---- */

#define NANOS 1000000000

static og_value shift(cel_call *call, og_value t, og_value d, int sign)
{
    int64_t nanos, seconds;
    if (!cel_duration_nanos(d, &nanos) ||
        __builtin_add_overflow(t.as.i, sign * (nanos / NANOS), &seconds))
        return cel_timestamp_checked(call, INT64_MAX, 0);
    return cel_timestamp_checked(call, seconds,
                                 t.aux.nanos + sign * (int32_t)(nanos % NANOS));
}

static og_value add_timestamp(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return args[0].kind == OG_TIMESTAMP ? shift(call, args[0], args[1], 1)
                                        : shift(call, args[1], args[0], 1);
}

static og_value sub_timestamp_duration(cel_call *call, const og_value *args,
                                       uint32_t count)
{
    (void)count;
    return shift(call, args[0], args[1], -1);
}

static og_value duration_range(cel_call *call)
{
    return cel_fault(call->arena, "duration out of range");
}

static og_value sub_timestamps(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    int64_t seconds, nanos;
    if (__builtin_sub_overflow(args[0].as.i, args[1].as.i, &seconds) ||
        __builtin_mul_overflow(seconds, (int64_t)NANOS, &nanos) ||
        __builtin_add_overflow(nanos, args[0].aux.nanos - args[1].aux.nanos, &nanos))
        return duration_range(call);
    return cel_duration_of_nanos(nanos);
}

static og_value add_durations(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    int64_t a, b;
    if (!cel_duration_nanos(args[0], &a) || !cel_duration_nanos(args[1], &b) ||
        __builtin_add_overflow(a, b, &a))
        return duration_range(call);
    return cel_duration_of_nanos(a);
}

static og_value sub_durations(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    int64_t a, b;
    if (!cel_duration_nanos(args[0], &a) || !cel_duration_nanos(args[1], &b) ||
        __builtin_sub_overflow(a, b, &a))
        return duration_range(call);
    return cel_duration_of_nanos(a);
}

/* ---- Logic and equality ---- */

static og_value not_bool(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return og_bool(!args[0].as.b);
}

static og_value equals(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    int equal = cel_equal(call->frame, args[0], args[1]);
    return equal < 0 ? og_absent() : og_bool(equal);
}

static og_value differs(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    int equal = cel_equal(call->frame, args[0], args[1]);
    return equal < 0 ? og_absent() : og_bool(!equal);
}

/* ---- The table ---- */

static const cel_type optional_list_a = {.kind = CEL_OPTIONAL,
                                         .param_count = 1,
                                         .params =
                                             (const cel_type *const[]){&cel_list_a}};
static const cel_type optional_map_ab = {.kind = CEL_OPTIONAL,
                                         .param_count = 1,
                                         .params =
                                             (const cel_type *const[]){&cel_map_ab}};

#define ARITHMETIC(name, id, suffix, type, call) \
    CEL_ROW(name, id suffix, CEL_GLOBAL, type, call, type, type)

/* One comparison: over each ordered type, and between types of numbers. */
#define COMPARISON(name, id)                                                            \
    CEL_ROW(name, id "_bool", CEL_GLOBAL, &cel_bool, cel_order_call, &cel_bool,         \
            &cel_bool),                                                                 \
        CEL_ROW(name, id "_int64", CEL_GLOBAL, &cel_bool, cel_order_call, &cel_int,     \
                &cel_int),                                                              \
        CEL_ROW(name, id "_uint64", CEL_GLOBAL, &cel_bool, cel_order_call, &cel_uint,   \
                &cel_uint),                                                             \
        CEL_ROW(name, id "_double", CEL_GLOBAL, &cel_bool, cel_order_call, &cel_double, \
                &cel_double),                                                           \
        CEL_ROW(name, id "_string", CEL_GLOBAL | CEL_LINEAR, &cel_bool, cel_order_call, \
                &cel_string, &cel_string),                                              \
        CEL_ROW(name, id "_bytes", CEL_GLOBAL | CEL_LINEAR, &cel_bool, cel_order_call,  \
                &cel_bytes, &cel_bytes),                                                \
        CEL_ROW(name, id "_timestamp", CEL_GLOBAL, &cel_bool, cel_order_call,           \
                &cel_timestamp, &cel_timestamp),                                        \
        CEL_ROW(name, id "_duration", CEL_GLOBAL, &cel_bool, cel_order_call,            \
                &cel_duration, &cel_duration),                                          \
        CEL_ROW(name, id "_date", CEL_GLOBAL, &cel_bool, cel_order_call, &cel_date,     \
                &cel_date),                                                             \
        CEL_ROW(name, id "_int64_uint64", CEL_GLOBAL, &cel_bool, cel_order_call,        \
                &cel_int, &cel_uint),                                                   \
        CEL_ROW(name, id "_int64_double", CEL_GLOBAL, &cel_bool, cel_order_call,        \
                &cel_int, &cel_double),                                                 \
        CEL_ROW(name, id "_uint64_int64", CEL_GLOBAL, &cel_bool, cel_order_call,        \
                &cel_uint, &cel_int),                                                   \
        CEL_ROW(name, id "_uint64_double", CEL_GLOBAL, &cel_bool, cel_order_call,       \
                &cel_uint, &cel_double),                                                \
        CEL_ROW(name, id "_double_int64", CEL_GLOBAL, &cel_bool, cel_order_call,        \
                &cel_double, &cel_int),                                                 \
        CEL_ROW(name, id "_double_uint64", CEL_GLOBAL, &cel_bool, cel_order_call,       \
                &cel_double, &cel_uint)

static const cel_overload rows[] = {
    ARITHMETIC("_+_", "add", "_int64", &cel_int, add_int),
    ARITHMETIC("_+_", "add", "_uint64", &cel_uint, add_uint),
    ARITHMETIC("_+_", "add", "_double", &cel_double, add_double),
    CEL_ROW("_+_", "add_string", CEL_GLOBAL | CEL_LINEAR, &cel_string, add_text,
            &cel_string, &cel_string),
    CEL_ROW("_+_", "add_bytes", CEL_GLOBAL | CEL_LINEAR, &cel_bytes, add_text, &cel_bytes,
            &cel_bytes),
    CEL_ROW("_+_", "add_list", CEL_GLOBAL | CEL_LINEAR, &cel_list_a, add_list,
            &cel_list_a, &cel_list_a),
    CEL_ROW("_+_", "add_timestamp_duration", CEL_GLOBAL, &cel_timestamp, add_timestamp,
            &cel_timestamp, &cel_duration),
    CEL_ROW("_+_", "add_duration_timestamp", CEL_GLOBAL, &cel_timestamp, add_timestamp,
            &cel_duration, &cel_timestamp),
    ARITHMETIC("_+_", "add", "_duration", &cel_duration, add_durations),
    ARITHMETIC("_-_", "subtract", "_int64", &cel_int, sub_int),
    ARITHMETIC("_-_", "subtract", "_uint64", &cel_uint, sub_uint),
    ARITHMETIC("_-_", "subtract", "_double", &cel_double, sub_double),
    CEL_ROW("_-_", "subtract_timestamp_timestamp", CEL_GLOBAL, &cel_duration,
            sub_timestamps, &cel_timestamp, &cel_timestamp),
    CEL_ROW("_-_", "subtract_timestamp_duration", CEL_GLOBAL, &cel_timestamp,
            sub_timestamp_duration, &cel_timestamp, &cel_duration),
    ARITHMETIC("_-_", "subtract", "_duration", &cel_duration, sub_durations),
    ARITHMETIC("_*_", "multiply", "_int64", &cel_int, mul_int),
    ARITHMETIC("_*_", "multiply", "_uint64", &cel_uint, mul_uint),
    ARITHMETIC("_*_", "multiply", "_double", &cel_double, mul_double),
    ARITHMETIC("_/_", "divide", "_int64", &cel_int, div_int),
    ARITHMETIC("_/_", "divide", "_uint64", &cel_uint, div_uint),
    ARITHMETIC("_/_", "divide", "_double", &cel_double, div_double),
    ARITHMETIC("_%_", "modulo", "_int64", &cel_int, mod_int),
    ARITHMETIC("_%_", "modulo", "_uint64", &cel_uint, mod_uint),
    CEL_ROW("-_", "negate_int64", CEL_GLOBAL, &cel_int, neg_int, &cel_int),
    CEL_ROW("-_", "negate_double", CEL_GLOBAL, &cel_double, neg_double, &cel_double),
    CEL_ROW("!_", "logical_not", CEL_GLOBAL, &cel_bool, not_bool, &cel_bool),
    CEL_ROW("_==_", "equals", CEL_GLOBAL, &cel_bool, equals, &cel_a, &cel_a),
    CEL_ROW("_!=_", "not_equals", CEL_GLOBAL, &cel_bool, differs, &cel_a, &cel_a),
    COMPARISON("_<_", "less"),
    COMPARISON("_<=_", "less_equals"),
    COMPARISON("_>_", "greater"),
    COMPARISON("_>=_", "greater_equals"),
    CEL_ROW("@in", "in_list", CEL_GLOBAL, &cel_bool, cel_in_call, &cel_a, &cel_list_a),
    CEL_ROW("@in", "in_map", CEL_GLOBAL, &cel_bool, cel_in_call, &cel_a, &cel_map_ab),
    CEL_ROW("_[_]", "index_list", CEL_GLOBAL, &cel_a, cel_index_call, &cel_list_a,
            &cel_int),
    CEL_ROW("_[_]", "index_map", CEL_GLOBAL, &cel_b, cel_index_call, &cel_map_ab, &cel_a),
    CEL_ROW("_[_]", "optional_list_index_int", CEL_GLOBAL, &cel_optional_a,
            cel_index_call, &optional_list_a, &cel_int),
    CEL_ROW("_[_]", "optional_map_index_value", CEL_GLOBAL, &cel_optional_b,
            cel_index_call, &optional_map_ab, &cel_a),
    CEL_ROW("_[?_]", "list_optindex_optional_int", CEL_GLOBAL, &cel_optional_a,
            cel_optindex_call, &cel_list_a, &cel_int),
    CEL_ROW("_[?_]", "map_optindex_optional_value", CEL_GLOBAL, &cel_optional_b,
            cel_optindex_call, &cel_map_ab, &cel_a),
    CEL_ROW("_[?_]", "optional_list_optindex_optional_int", CEL_GLOBAL, &cel_optional_a,
            cel_optindex_call, &optional_list_a, &cel_int),
    CEL_ROW("_[?_]", "optional_map_optindex_optional_value", CEL_GLOBAL, &cel_optional_b,
            cel_optindex_call, &optional_map_ab, &cel_a),
};

CEL_LIBRARY(cel_library_operators, "operators", rows);
