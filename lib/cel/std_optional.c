/* Optional values (cel-go cel.OptionalTypes, version 2). or() and orValue() do not look
 * at the other side when there is a value. */
#include "cel/std.h"

static og_value of(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return cel_some(call->frame, args[0]);
}

static og_value none(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)args;
    (void)count;
    return cel_none();
}

static bool is_zero(og_value v)
{
    switch (v.kind) {
    case OG_NULL:
        return true;
    case OG_BOOL:
        return !v.as.b;
    case OG_INT:
    case OG_UINT:
        return v.as.u == 0;
    case OG_DOUBLE:
        return v.as.d == 0;
    case OG_STRING:
    case OG_BYTES:
        return v.aux.length == 0;
    case OG_DURATION:
        return v.as.i == 0 && v.aux.nanos == 0;
    case OG_LIST:
        return v.as.list->count == 0;
    case OG_MAP:
        return v.as.map->count == 0;
    case OG_OPTIONAL:
        return !v.as.inner;
    default:
        return false;
    }
}

static og_value of_non_zero(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return is_zero(args[0]) ? cel_none() : cel_some(call->frame, args[0]);
}

static og_value has_value(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return og_bool(args[0].as.inner != NULL);
}

static og_value value(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return args[0].as.inner ? *args[0].as.inner
                            : cel_fault(call->arena, "optional.none() dereference");
}

static og_value or_value(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    if (!cel_is_data(args[0]))
        return args[0];
    return args[0].as.inner ? *args[0].as.inner : args[1];
}

static og_value or_other(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return !cel_is_data(args[0]) || args[0].as.inner ? args[0] : args[1];
}

/* The values of a list of optionals that have one. */
static og_value unwrap(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    const og_list *list = args[0].as.list;
    og_value *items = cel_make_array(call->frame, list->count, sizeof *items);
    if (!items)
        return og_absent();
    size_t n = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind != OG_OPTIONAL)
            return cel_fault(call->arena, "no such overload: a list with %s in it",
                             og_kind_name((og_kind)list->items[i].kind));
        if (list->items[i].as.inner)
            items[n++] = *list->items[i].as.inner;
    }
    return cel_take_list(call->frame, items, n);
}

static og_value first(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    const og_list *list = args[0].as.list;
    return list->count ? cel_some(call->frame, list->items[0]) : cel_none();
}

static og_value last(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    const og_list *list = args[0].as.list;
    return list->count ? cel_some(call->frame, list->items[list->count - 1]) : cel_none();
}

static const cel_type list_of_optional_a = {
    .kind = CEL_LIST,
    .param_count = 1,
    .params = (const cel_type *const[]){&cel_optional_a}};

static const cel_overload rows[] = {
    CEL_ROW("optional.of", "optional_of", CEL_GLOBAL, &cel_optional_a, of, &cel_a),
    CEL_ROW("optional.ofNonZeroValue", "optional_ofNonZeroValue", CEL_GLOBAL,
            &cel_optional_a, of_non_zero, &cel_a),
    CEL_ROW0("optional.none", "optional_none", CEL_GLOBAL, &cel_optional_a, none),
    CEL_ROW("hasValue", "optional_hasValue", CEL_MEMBER, &cel_bool, has_value,
            &cel_optional_a),
    CEL_ROW("value", "optional_value", CEL_MEMBER, &cel_a, value, &cel_optional_a),
    CEL_ROW("or", "optional_or_optional", CEL_MEMBER | CEL_NONSTRICT, &cel_optional_a,
            or_other, &cel_optional_a, &cel_optional_a),
    CEL_ROW("orValue", "optional_orValue_value", CEL_MEMBER | CEL_NONSTRICT, &cel_a,
            or_value, &cel_optional_a, &cel_a),
    CEL_ROW("optional.unwrap", "optional_unwrap", CEL_GLOBAL | CEL_LINEAR, &cel_list_a,
            unwrap, &list_of_optional_a),
    CEL_ROW("unwrapOpt", "optional_unwrapOpt", CEL_MEMBER | CEL_LINEAR, &cel_list_a,
            unwrap, &list_of_optional_a),
    CEL_ROW("first", "list_first", CEL_MEMBER, &cel_optional_a, first, &cel_list_a),
    CEL_ROW("last", "list_last", CEL_MEMBER, &cel_optional_a, last, &cel_list_a),
};

CEL_LIBRARY(cel_library_optional, "optional", rows);
