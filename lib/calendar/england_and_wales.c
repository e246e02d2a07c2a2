/* Bank holidays in England and Wales: the Banking and Financial Dealings Act 1971 and
 * royal proclamations, as the government's list gives them for 2012 to 2028. The standing
 * rules alone reproduce every year of it but 2012, 2020, 2022 and 2023. */
#include "calendar/jurisdiction.h"

static const cal_rule rules[] = {
    {CAL_FIXED, 1, 1, 2, 1, "New Year's Day"},
    {CAL_EASTER, 0, -2, 0, 0, "Good Friday"},
    {CAL_EASTER, 0, 1, 0, 0, "Easter Monday"},
    {CAL_FIRST_MONDAY, 5, 0, 0, 0, "Early May bank holiday"},
    {CAL_LAST_MONDAY, 5, 0, 0, 0, "Spring bank holiday"},
    {CAL_LAST_MONDAY, 8, 0, 0, 0, "Summer bank holiday"},
    {CAL_FIXED, 12, 25, 2, 2, "Christmas Day"},
    {CAL_FIXED, 12, 26, 2, 2, "Boxing Day"},
};

static const cal_exception exceptions[] = {
    {2012, 5, 28, 6, 4, "Spring bank holiday", "Substitute day"},
    {2012, 0, 0, 6, 5, "Queen's Diamond Jubilee", "Extra bank holiday"},
    {2020, 5, 4, 5, 8, "Early May bank holiday (VE day)", ""},
    {2022, 5, 30, 6, 2, "Spring bank holiday", ""},
    {2022, 0, 0, 6, 3, "Platinum Jubilee bank holiday", ""},
    {2022, 0, 0, 9, 19, "Bank Holiday for the State Funeral of Queen Elizabeth II", ""},
    {2023, 0, 0, 5, 8, "Bank holiday for the coronation of King Charles III", ""},
};

const cal_jurisdiction_rules cal_england_and_wales = {
    .name = "england-and-wales",
    .first_verified = 2012,
    .last_verified = 2028,
    .rules = rules,
    .rule_count = sizeof rules / sizeof *rules,
    .exceptions = exceptions,
    .exception_count = sizeof exceptions / sizeof *exceptions,
};
