/* The sets extension: lists looked at as sets. Each comparison is a step of the budget.
 */
#include "cel/std.h"

/* 1, 0, -1 to stop. */
static int has(cel_call *call, const og_list *list, og_value v)
{
    for (size_t i = 0; i < list->count; i++) {
        int equal = cel_equal(call->frame, list->items[i], v);
        if (equal != 0)
            return equal;
    }
    return 0;
}

static int has_all(cel_call *call, const og_list *list, const og_list *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        int there = has(call, list, parts->items[i]);
        if (there != 1)
            return there;
    }
    return 1;
}

static og_value answer(int yes)
{
    return yes < 0 ? og_absent() : og_bool(yes);
}

static og_value contains(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return answer(has_all(call, args[0].as.list, args[1].as.list));
}

static og_value equivalent(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    int yes = has_all(call, args[0].as.list, args[1].as.list);
    return answer(yes == 1 ? has_all(call, args[1].as.list, args[0].as.list) : yes);
}

static og_value intersects(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    for (size_t i = 0; i < args[1].as.list->count; i++) {
        int there = has(call, args[0].as.list, args[1].as.list->items[i]);
        if (there != 0)
            return answer(there);
    }
    return og_bool(false);
}

static const cel_overload rows[] = {
    CEL_ROW("sets.contains", "list_sets_contains_list", CEL_GLOBAL | CEL_PAIRS, &cel_bool,
            contains, &cel_list_a, &cel_list_a),
    CEL_ROW("sets.equivalent", "list_sets_equivalent_list", CEL_GLOBAL | CEL_PAIRS,
            &cel_bool, equivalent, &cel_list_a, &cel_list_a),
    CEL_ROW("sets.intersects", "list_sets_intersects_list", CEL_GLOBAL | CEL_PAIRS,
            &cel_bool, intersects, &cel_list_a, &cel_list_a),
};

CEL_LIBRARY(cel_library_sets, "sets", rows);
