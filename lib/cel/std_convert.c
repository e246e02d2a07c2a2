/* Conversions: int(x), uint(x), double(x), string(x), bytes(x), bool(x). What does not
 * fit is an error. */
#include "cel/std.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"

static og_value range_fault(cel_call *call, const char *type)
{
    return cel_fault(call->arena, "range error: the value does not fit in %s", type);
}

static og_value text_fault(cel_call *call, og_value text, const char *type)
{
    return cel_fault(call->arena, "type conversion error: '%.*s' is not %s",
                     (int)(text.aux.length < 60 ? text.aux.length : 60), text.as.s, type);
}

/* ---- int, uint ---- */

static og_value to_int(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    og_value v = args[0];
    int64_t i;
    switch (v.kind) {
    case OG_UINT:
        return v.as.u <= INT64_MAX ? og_int((int64_t)v.as.u)
                                   : range_fault(call, "an int");
    case OG_DOUBLE: /* the bounds themselves are refused, as the specification's tests ask
                     */
        return v.as.d > -0x1p63 && v.as.d < 0x1p63 ? og_int((int64_t)v.as.d)
                                                   : range_fault(call, "an int");
    case OG_STRING:
        return og_str_to_int64(og_text(v), &i) ? og_int(i)
                                               : text_fault(call, v, "an int");
    default: /* int itself, and the seconds of a timestamp */
        return og_int(v.as.i);
    }
}

static og_value to_uint(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    og_value v = args[0];
    uint64_t u;
    switch (v.kind) {
    case OG_INT:
        return v.as.i >= 0 ? og_uint((uint64_t)v.as.i) : range_fault(call, "a uint");
    case OG_DOUBLE:
        return v.as.d > -1 && v.as.d < 0x1p64 ? og_uint((uint64_t)v.as.d)
                                              : range_fault(call, "a uint");
    case OG_STRING:
        return og_str_to_uint64(og_text(v), &u) ? og_uint(u)
                                                : text_fault(call, v, "a uint");
    default:
        return v;
    }
}

/* ---- double, bool ---- */

static og_value to_double(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    og_value v = args[0];
    double d;
    switch (v.kind) {
    case OG_INT:
        return og_double((double)v.as.i);
    case OG_UINT:
        return og_double((double)v.as.u);
    case OG_STRING:
        return og_double_parse(og_text(v), &d) ? og_double(d)
                                               : text_fault(call, v, "a double");
    default:
        return v;
    }
}

static og_value to_bool(cel_call *call, const og_value *args, uint32_t count)
{
    static const char *const words[] = {"1", "t", "true",  "TRUE",  "True",
                                        "0", "f", "false", "FALSE", "False"};
    (void)count;
    if (args[0].kind == OG_BOOL)
        return args[0];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (og_str_is(og_text(args[0]), words[i]))
            return og_bool(i < 5);
    return text_fault(call, args[0], "a bool");
}

/* ---- string, bytes ---- */

static og_value to_bytes(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return og_bytes(og_text(args[0]));
}

static og_value period_text(cel_call *call, og_value v)
{
    char text[60];
    int n = snprintf(text, sizeof text, "%" PRId64 " %s", v.as.i,
                     og_period_unit_name((og_period_unit)v.unit));
    return cel_copy_text(call, (og_str){text, (size_t)n});
}

og_value cel_to_string(cel_call *call, og_value v)
{
    char text[64];
    switch (v.kind) {
    case OG_BOOL:
        return og_string(v.as.b ? OG_STR("true") : OG_STR("false"));
    case OG_INT:
        snprintf(text, sizeof text, "%" PRId64, v.as.i);
        break;
    case OG_UINT:
        snprintf(text, sizeof text, "%" PRIu64, v.as.u);
        break;
    case OG_DOUBLE:
        og_double_format(v.as.d, text);
        break;
    case OG_DATE:
        og_date_format((og_date)v.as.i, text);
        break;
    case OG_TIMESTAMP:
        og_instant_format(og_instant_of(v), text);
        break;
    case OG_DURATION:
        cel_duration_format(v, text);
        break;
    case OG_PERIOD:
        return period_text(call, v);
    case OG_STRING:
        return v;
    default:
        return og_absent();
    }
    return cel_copy_text(call, og_str_from(text));
}

static og_value to_string(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    if (args[0].kind != OG_BYTES)
        return cel_to_string(call, args[0]);
    og_str text = og_text(args[0]);
    if (og_utf8_invalid(text) < text.n)
        return cel_fault(call->arena, "invalid UTF-8 in bytes");
    return og_string(text);
}

#define CONVERSION(name, id, to, call, from) \
    CEL_ROW(name, id, CEL_GLOBAL | CEL_LINEAR, to, call, from)

static const cel_overload rows[] = {
    CONVERSION("int", "int64_to_int64", &cel_int, to_int, &cel_int),
    CONVERSION("int", "uint64_to_int64", &cel_int, to_int, &cel_uint),
    CONVERSION("int", "double_to_int64", &cel_int, to_int, &cel_double),
    CONVERSION("int", "string_to_int64", &cel_int, to_int, &cel_string),
    CONVERSION("int", "timestamp_to_int64", &cel_int, to_int, &cel_timestamp),
    CONVERSION("uint", "uint64_to_uint64", &cel_uint, to_uint, &cel_uint),
    CONVERSION("uint", "int64_to_uint64", &cel_uint, to_uint, &cel_int),
    CONVERSION("uint", "double_to_uint64", &cel_uint, to_uint, &cel_double),
    CONVERSION("uint", "string_to_uint64", &cel_uint, to_uint, &cel_string),
    CONVERSION("double", "double_to_double", &cel_double, to_double, &cel_double),
    CONVERSION("double", "int64_to_double", &cel_double, to_double, &cel_int),
    CONVERSION("double", "uint64_to_double", &cel_double, to_double, &cel_uint),
    CONVERSION("double", "string_to_double", &cel_double, to_double, &cel_string),
    CONVERSION("bool", "bool_to_bool", &cel_bool, to_bool, &cel_bool),
    CONVERSION("bool", "string_to_bool", &cel_bool, to_bool, &cel_string),
    CONVERSION("bytes", "bytes_to_bytes", &cel_bytes, to_bytes, &cel_bytes),
    CONVERSION("bytes", "string_to_bytes", &cel_bytes, to_bytes, &cel_string),
    CONVERSION("string", "string_to_string", &cel_string, to_string, &cel_string),
    CONVERSION("string", "bool_to_string", &cel_string, to_string, &cel_bool),
    CONVERSION("string", "int64_to_string", &cel_string, to_string, &cel_int),
    CONVERSION("string", "uint64_to_string", &cel_string, to_string, &cel_uint),
    CONVERSION("string", "double_to_string", &cel_string, to_string, &cel_double),
    CONVERSION("string", "bytes_to_string", &cel_string, to_string, &cel_bytes),
    CONVERSION("string", "timestamp_to_string", &cel_string, to_string, &cel_timestamp),
    CONVERSION("string", "duration_to_string", &cel_string, to_string, &cel_duration),
    CONVERSION("string", "date_to_string", &cel_string, to_string, &cel_date),
    CONVERSION("string", "period_to_string", &cel_string, to_string, &cel_period),
};

CEL_LIBRARY(cel_library_convert, "convert", rows);
