/* The math extension (cel-go ext/math). */
#include "cel/std.h"

#include <math.h>

/* ---- greatest, least ---- */

/* The first of the greatest (sign 1) or least (-1) numbers. */
static og_value extreme(cel_call *call, const og_value *args, size_t count, int sign)
{
    if (count == 0)
        return cel_fault(call->arena, "the list must not be empty");
    og_value best = args[0];
    for (size_t i = 0; i < count; i++) {
        if (!cel_is_number(args[i]))
            return cel_fault(call->arena, "no such overload: a %s is not a number",
                             og_kind_name((og_kind)args[i].kind));
        int order = cel_order(args[i], best);
        if (order != CEL_UNORDERED && order * sign > 0)
            best = args[i];
    }
    return best;
}

static og_value extreme_of(cel_call *call, const og_value *args, uint32_t count, int sign)
{
    if (count == 1 && args[0].kind == OG_LIST)
        return extreme(call, args[0].as.list->items, args[0].as.list->count, sign);
    return extreme(call, args, count, sign);
}

static og_value greatest(cel_call *call, const og_value *args, uint32_t count)
{
    return extreme_of(call, args, count, 1);
}

static og_value least(cel_call *call, const og_value *args, uint32_t count)
{
    return extreme_of(call, args, count, -1);
}

/* ---- Doubles ---- */

#define OF_DOUBLE(name, expression)                                            \
    static og_value name(cel_call *call, const og_value *args, uint32_t count) \
    {                                                                          \
        double d = args[0].as.d;                                               \
        (void)call;                                                            \
        (void)count;                                                           \
        return expression;                                                     \
    }

/* As round(), away from zero; of the C library's, it alone is not compiled in place. */
static double rounded(double d)
{
    double whole = trunc(d);
    return fabs(d - whole) >= 0.5 ? whole + copysign(1, d) : whole;
}

OF_DOUBLE(ceil_of, og_double(ceil(d)))
OF_DOUBLE(floor_of, og_double(floor(d)))
OF_DOUBLE(round_of, og_double(rounded(d)))
OF_DOUBLE(trunc_of, og_double(trunc(d)))
OF_DOUBLE(is_nan, og_bool(isnan(d)))
OF_DOUBLE(is_inf, og_bool(isinf(d)))
OF_DOUBLE(is_finite, og_bool(isfinite(d)))

static og_value absolute(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    if (args[0].kind == OG_DOUBLE)
        return og_double(fabs(args[0].as.d));
    if (args[0].kind == OG_UINT)
        return args[0];
    if (args[0].as.i == INT64_MIN)
        return cel_fault(call->arena, "integer overflow");
    return og_int(args[0].as.i < 0 ? -args[0].as.i : args[0].as.i);
}

static og_value sign_of(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    double d = args[0].as.d;
    if (args[0].kind == OG_DOUBLE)
        return og_double(isnan(d) ? d : (d > 0) - (d < 0));
    if (args[0].kind == OG_UINT)
        return og_uint(args[0].as.u > 0);
    return og_int((args[0].as.i > 0) - (args[0].as.i < 0));
}

static og_value square_root(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    if (args[0].kind == OG_DOUBLE)
        return og_double(sqrt(args[0].as.d));
    return og_double(
        sqrt(args[0].kind == OG_UINT ? (double)args[0].as.u : (double)args[0].as.i));
}

/* ---- Bits: of an int, its two's complement ---- */

static og_value with_bits(og_value like, uint64_t bits)
{
    like.as.u = bits;
    return like;
}

static og_value bit_and(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return with_bits(args[0], args[0].as.u & args[1].as.u);
}

static og_value bit_or(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return with_bits(args[0], args[0].as.u | args[1].as.u);
}

static og_value bit_xor(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return with_bits(args[0], args[0].as.u ^ args[1].as.u);
}

static og_value bit_not(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return with_bits(args[0], ~args[0].as.u);
}

static og_value shift_left(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    int64_t by = args[1].as.i;
    if (by < 0)
        return cel_fault(call->arena, "math.bitShiftLeft: negative offset: %lld",
                         (long long)by);
    return with_bits(args[0], by > 63 ? 0 : args[0].as.u << by);
}

/* Of an int too zeroes come in from the left. */
static og_value shift_right(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    int64_t by = args[1].as.i;
    if (by < 0)
        return cel_fault(call->arena, "math.bitShiftRight: negative offset: %lld",
                         (long long)by);
    return with_bits(args[0], by > 63 ? 0 : args[0].as.u >> by);
}

/* ---- The table ---- */

#define MATH(name, id, result, call, ...) \
    CEL_ROW("math." name, "math_" id, CEL_GLOBAL, result, call, __VA_ARGS__)
/* One type of number after another; then mixtures, whose type only run time knows. */
#define EXTREME(name, call)                                                         \
    CEL_ROW("math." name, "math_" name "_int", CEL_GLOBAL | CEL_VARIADIC, &cel_int, \
            call, &cel_int),                                                        \
        CEL_ROW("math." name, "math_" name "_uint", CEL_GLOBAL | CEL_VARIADIC,      \
                &cel_uint, call, &cel_uint),                                        \
        CEL_ROW("math." name, "math_" name "_double", CEL_GLOBAL | CEL_VARIADIC,    \
                &cel_double, call, &cel_double),                                    \
        CEL_ROW("math." name, "math_" name "_list_int", CEL_GLOBAL | CEL_LINEAR,    \
                &cel_int, call, &cel_list_int),                                     \
        CEL_ROW("math." name, "math_" name "_list_uint", CEL_GLOBAL | CEL_LINEAR,   \
                &cel_uint, call, &cel_list_uint),                                   \
        CEL_ROW("math." name, "math_" name "_list_double", CEL_GLOBAL | CEL_LINEAR, \
                &cel_double, call, &cel_list_double),                               \
        CEL_ROW("math." name, "math_" name "_dyn",                                  \
                CEL_GLOBAL | CEL_VARIADIC | CEL_LINEAR, &cel_dyn, call, &cel_dyn)
#define TWO_BITS(name, id, call)                                   \
    MATH(name, id "_int_int", &cel_int, call, &cel_int, &cel_int), \
        MATH(name, id "_uint_uint", &cel_uint, call, &cel_uint, &cel_uint)
#define SHIFT(name, id, call)                                      \
    MATH(name, id "_int_int", &cel_int, call, &cel_int, &cel_int), \
        MATH(name, id "_uint_int", &cel_uint, call, &cel_uint, &cel_int)

static const cel_overload rows[] = {
    EXTREME("greatest", greatest),
    EXTREME("least", least),
    MATH("ceil", "ceil_double", &cel_double, ceil_of, &cel_double),
    MATH("floor", "floor_double", &cel_double, floor_of, &cel_double),
    MATH("round", "round_double", &cel_double, round_of, &cel_double),
    MATH("trunc", "trunc_double", &cel_double, trunc_of, &cel_double),
    MATH("isNaN", "is_nan_double", &cel_bool, is_nan, &cel_double),
    MATH("isInf", "is_inf_double", &cel_bool, is_inf, &cel_double),
    MATH("isFinite", "is_finite_double", &cel_bool, is_finite, &cel_double),
    MATH("abs", "abs_int", &cel_int, absolute, &cel_int),
    MATH("abs", "abs_uint", &cel_uint, absolute, &cel_uint),
    MATH("abs", "abs_double", &cel_double, absolute, &cel_double),
    MATH("sign", "sign_int", &cel_int, sign_of, &cel_int),
    MATH("sign", "sign_uint", &cel_uint, sign_of, &cel_uint),
    MATH("sign", "sign_double", &cel_double, sign_of, &cel_double),
    MATH("sqrt", "sqrt_double", &cel_double, square_root, &cel_double),
    MATH("sqrt", "sqrt_int", &cel_double, square_root, &cel_int),
    MATH("sqrt", "sqrt_uint", &cel_double, square_root, &cel_uint),
    TWO_BITS("bitAnd", "bit_and", bit_and),
    TWO_BITS("bitOr", "bit_or", bit_or),
    TWO_BITS("bitXor", "bit_xor", bit_xor),
    MATH("bitNot", "bit_not_int", &cel_int, bit_not, &cel_int),
    MATH("bitNot", "bit_not_uint", &cel_uint, bit_not, &cel_uint),
    SHIFT("bitShiftLeft", "bit_shift_left", shift_left),
    SHIFT("bitShiftRight", "bit_shift_right", shift_right),
};

CEL_LIBRARY(cel_library_math, "math", rows);
