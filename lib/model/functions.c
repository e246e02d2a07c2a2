/* Dates, Working Days and vanished() for conditions. */
#include "model/functions.h"

typedef struct live_origin { /* behind the list a plural stands for */
    og_origin origin;        /* first */
    const model_list *live;
    const model_kind *kind;
} live_origin;

static const char list_maker; /* its address tells our lists from others */

int model_list_value(const model_list *live, const model_kind *kind, og_arena *arena,
                     og_value *ret, og_error *err)
{
    if (!live->known) {
        *ret = og_absent();
        return OG_OK;
    }
    og_list *list = OG_NEW(arena, og_list);
    live_origin *origin = OG_NEW(arena, live_origin);
    og_value *items = OG_ARRAY(arena, live->count, og_value);
    if (!list || !origin || !items)
        return og_nomem(err);
    for (size_t i = 0; i < live->count; i++)
        items[i] = og_object_value(&live->records[i]->object);
    *origin = (live_origin){.origin = {&list_maker}, .live = live, .kind = kind};
    *list = (og_list){.count = live->count, .items = items, .origin = &origin->origin};
    *ret = og_list_value(list);
    return OG_OK;
}

static const model_functions *known(const cel_call *call)
{
    return call->data;
}

bool model_zone_offset(void *data, og_str name, og_instant at, int *ret_seconds)
{
    zone *z = NULL;
    og_error err = {0};

    (void)data;
    bool known_zone = zone_open(name, &z, &err) == OG_OK;
    if (known_zone)
        *ret_seconds = zone_offset_at(z, at);
    zone_free(z);
    og_error_done(&err);
    return known_zone;
}

/* ---- Dates ---- */

static og_value date_of_string(cel_call *call, const og_value *args, uint32_t count)
{
    og_date d;

    (void)count;
    if (og_date_parse(og_text(args[0]), &d))
        return og_date_value(d);
    return cel_fault(call->arena, "date(): '%.*s' is not a date, write YYYY-MM-DD",
                     OG_FMT(og_text(args[0])));
}

static og_value date_of_timestamp(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return og_date_value(zone_date_at(known(call)->zone, og_instant_of(args[0])));
}

static og_value start_of(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return og_timestamp(zone_start_of(known(call)->zone, (og_date)args[0].as.i));
}

static og_value end_of(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return og_timestamp(zone_end_of(known(call)->zone, (og_date)args[0].as.i));
}

static og_value days(cel_call *call, const og_value *args, uint32_t count)
{
    (void)call;
    (void)count;
    return og_int(args[1].as.i - args[0].as.i);
}

/* ---- Working Days ---- */

static og_value working_days(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return og_int(cal_working_days(known(call)->calendar, (og_date)args[0].as.i,
                                   (og_date)args[1].as.i));
}

static og_value add_working_days(cel_call *call, const og_value *args, uint32_t count)
{
    og_date d;

    (void)count;
    if (cal_add_working_days(known(call)->calendar, (og_date)args[0].as.i, args[1].as.i,
                             &d))
        return og_date_value(d);
    return cel_fault(call->arena, "add_working_days(): no such day in years 1 to 9999");
}

static og_value is_working_day(cel_call *call, const og_value *args, uint32_t count)
{
    (void)count;
    return og_bool(cal_is_working_day(known(call)->calendar, (og_date)args[0].as.i));
}

/* ---- vanished() ---- */

static og_value vanished(cel_call *call, const og_value *args, uint32_t count)
{
    const og_origin *origin = args[0].as.list->origin;
    const model_record **records = NULL;
    size_t n = 0;

    (void)count;
    if (!origin || origin->maker != &list_maker)
        return cel_fault(call->arena,
                         "vanished() takes the list of a kind itself, before any filter");
    const live_origin *from = (const live_origin *)(const void *)origin;
    if (model_vanished(from->live, from->kind, call->arena, &records, &n, NULL) != OG_OK)
        return og_absent();
    og_value *items = OG_ARRAY(call->arena, n, og_value), list;
    if (!items)
        return og_absent();
    for (size_t i = 0; i < n; i++)
        items[i] = og_object_value(&records[i]->object);
    return og_list_make(call->arena, items, n, &list) == OG_OK ? list : og_absent();
}

/* ---- The table ---- */

static const cel_overload rows[] = {
    {.function = "date",
     .id = "date_string",
     .flags = CEL_GLOBAL | CEL_FOLDED,
     .param_count = 1,
     .params = {&cel_string},
     .result = &cel_date,
     .call = date_of_string,
     .doc = "the date written as YYYY-MM-DD"},
    {.function = "date",
     .id = "date_timestamp",
     .flags = CEL_GLOBAL,
     .param_count = 1,
     .params = {&cel_timestamp},
     .result = &cel_date,
     .call = date_of_timestamp,
     .doc = "the day of a timestamp in the register's zone"},
    {.function = "start_of",
     .id = "start_of_date",
     .flags = CEL_GLOBAL,
     .param_count = 1,
     .params = {&cel_date},
     .result = &cel_timestamp,
     .call = start_of,
     .doc = "the first instant of the day in the register's zone"},
    {.function = "end_of",
     .id = "end_of_date",
     .flags = CEL_GLOBAL,
     .param_count = 1,
     .params = {&cel_date},
     .result = &cel_timestamp,
     .call = end_of,
     .doc = "the last instant of the day in the register's zone"},
    {.function = "days",
     .id = "days_date_date",
     .flags = CEL_GLOBAL,
     .param_count = 2,
     .params = {&cel_date, &cel_date},
     .result = &cel_int,
     .call = days,
     .doc = "days from the first date to the second"},
    {.function = "working_days",
     .id = "working_days_date_date",
     .flags = CEL_GLOBAL,
     .param_count = 2,
     .params = {&cel_date, &cel_date},
     .result = &cel_int,
     .call = working_days,
     .doc = "Working Days after the first date, up to and including the second"},
    {.function = "add_working_days",
     .id = "add_working_days_date_int",
     .flags = CEL_GLOBAL,
     .param_count = 2,
     .params = {&cel_date, &cel_int},
     .result = &cel_date,
     .call = add_working_days,
     .doc = "the n-th Working Day after a date, or before it"},
    {.function = "is_working_day",
     .id = "is_working_day_date",
     .flags = CEL_GLOBAL,
     .param_count = 1,
     .params = {&cel_date},
     .result = &cel_bool,
     .call = is_working_day,
     .doc = "whether the date is a Working Day"},
    {.function = "vanished",
     .id = "vanished_list",
     .flags = CEL_GLOBAL | CEL_LINEAR,
     .param_count = 1,
     .params = {&cel_list_a},
     .result = &cel_list_a,
     .call = vanished,
     .doc =
         "records that were open in a superseded batch and are absent from the live one"},
};
enum {
    ROW_COUNT = sizeof rows / sizeof rows[0]
};

int model_functions_declare(cel_env *env, const model_functions *functions, og_error *err)
{
    cel_overload *own = OG_ARRAY(cel_env_arena(env), ROW_COUNT, cel_overload);

    if (!own)
        return og_nomem(err);
    memcpy(own, rows, sizeof rows);
    for (size_t i = 0; i < ROW_COUNT; i++)
        own[i].data = (void *)functions;
    return cel_env_functions(env, own, ROW_COUNT, err);
}
