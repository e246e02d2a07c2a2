/* The functions a condition has beyond CEL's: dates, Working Days, vanished().
 *
 *   date(string), date(timestamp)   the day; of a timestamp, in the register's zone
 *   start_of(date), end_of(date)    first and last instant of the day in that zone
 *   days(a, b)                      b - a in days
 *   working_days(a, b)              excludes a, includes b, negative when reversed
 *   add_working_days(d, n)          n may be negative
 *   is_working_day(d)
 *   vanished(list)                  of a kind's own list: records that were open in a
 *                                   superseded batch and are absent from the live one */
#ifndef OG_MODEL_FUNCTIONS_H
#define OG_MODEL_FUNCTIONS_H

#include "cel/cel.h"
#include "model/register.h"

/* What the functions need to know; borrowed by the environment. */
typedef struct model_functions {
    const zone *zone;
    const calendar *calendar;
} model_functions;

int model_functions_declare(cel_env *env, const model_functions *functions,
                            og_error *err);

/* Zones by name, for x.getHours("Europe/London"): a cel_zone_offset. */
bool model_zone_offset(void *data, og_str name, og_instant at, int *ret_seconds);

/* The list a kind's plural stands for in conditions: a list value that vanished() knows.
 * Lives in arena and borrows from `live`. An unknown one (live->known false) is
 * OG_ABSENT. */
int model_list_value(const model_list *live, const model_kind *kind, og_arena *arena,
                     og_value *ret, og_error *err);

#endif
