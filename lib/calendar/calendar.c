/* Working Days: weekdays are counted by arithmetic, bank holidays year by year from their
 * rules, a register's exceptions from a list that holds what each of them changes. */
#include "calendar/calendar.h"

#include <stdio.h>

#include "base/mem.h"
#include "calendar/jurisdiction.h"

typedef struct own_day {
    og_date date;
    bool working;
    int change; /* -1, 0, 1: to the number of Working Days */
    char *title;
} own_day;

struct calendar {
    const cal_jurisdiction_rules *rules;
    own_day *days; /* by date */
    size_t count, cap;
};

static const cal_jurisdiction_rules *const jurisdictions[] = {&cal_england_and_wales};
#define JURISDICTIONS (sizeof jurisdictions / sizeof jurisdictions[0])

int cal_new(og_str jurisdiction, calendar **ret, og_error *err)
{
    const cal_jurisdiction_rules *rules = NULL;
    for (size_t i = 0; i < JURISDICTIONS; i++)
        if (og_str_is(jurisdiction, jurisdictions[i]->name))
            rules = jurisdictions[i];
    if (!rules)
        return og_fail(err, OG_E_NOTFOUND,
                       "no calendar of jurisdiction '%.*s'; there is 'england-and-wales'",
                       OG_FMT(og_str_slice(jurisdiction, 0, 64)));
    calendar *c = og_alloc(sizeof *c);
    if (!c)
        return og_nomem(err);
    c->rules = rules;
    *ret = c;
    return OG_OK;
}

void cal_free(calendar *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->count; i++)
        og_free(c->days[i].title);
    og_free(c->days);
    og_free(c);
}

/* The anonymous Gregorian algorithm (Nature, 20 April 1876; Meeus, Astronomical
 * Algorithms, chapter 8). */
static og_date easter_sunday(int year)
{
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return og_date_from(year, n / 31, n % 31 + 1);
}

static og_date first_monday(int year, int month)
{
    og_date first = og_date_from(year, month, 1);
    return first + (8 - og_date_weekday(first)) % 7;
}

static og_date last_monday(int year, int month)
{
    og_date last = og_date_from(year, month + 1, 1) - 1;
    return last - (og_date_weekday(last) + 6) % 7;
}

static cal_holiday apply_rule(const cal_rule *rule, int year)
{
    cal_holiday holiday = {.title = rule->title, .note = ""};
    switch (rule->kind) {
    case CAL_FIXED:
        holiday.date = og_date_from(year, rule->month, rule->day);
        int weekday = og_date_weekday(holiday.date);
        if (weekday == 6 || weekday == 0) {
            holiday.date += weekday == 6 ? rule->if_saturday : rule->if_sunday;
            holiday.note = "Substitute day";
        }
        break;
    case CAL_EASTER:
        holiday.date = easter_sunday(year) + rule->day;
        break;
    case CAL_FIRST_MONDAY:
        holiday.date = first_monday(year, rule->month);
        break;
    case CAL_LAST_MONDAY:
        holiday.date = last_monday(year, rule->month);
        break;
    }
    return holiday;
}

/* Keeps the list in order of date; equal dates stay in order of insertion. */
static size_t insert(cal_holiday *list, size_t count, cal_holiday holiday)
{
    if (count == CAL_YEAR_MAX)
        return count;
    size_t i = count;
    for (; i > 0 && list[i - 1].date > holiday.date; i--)
        list[i] = list[i - 1];
    list[i] = holiday;
    return count + 1;
}

static size_t drop(cal_holiday *list, size_t count, og_date date)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (list[i].date != date)
            list[kept++] = list[i];
    return kept;
}

size_t cal_bank_holidays(const calendar *c, int year, cal_holiday out[CAL_YEAR_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < c->rules->rule_count; i++)
        count = insert(out, count, apply_rule(&c->rules->rules[i], year));
    for (size_t i = 0; i < c->rules->exception_count; i++) {
        const cal_exception *e = &c->rules->exceptions[i];
        if (e->year != year)
            continue;
        if (e->drop_month)
            count = drop(out, count, og_date_from(year, e->drop_month, e->drop_day));
        if (e->add_month)
            count = insert(out, count,
                           (cal_holiday){og_date_from(year, e->add_month, e->add_day),
                                         e->title, e->note});
    }
    return count;
}

static bool is_weekday(og_date d)
{
    int weekday = og_date_weekday(d);
    return weekday != 0 && weekday != 6;
}

static int year_of(og_date d)
{
    int year, month, day;
    og_date_split(d, &year, &month, &day);
    return year;
}

/* Without the register's exceptions. */
static bool is_ordinary_working_day(const calendar *c, og_date d)
{
    cal_holiday list[CAL_YEAR_MAX];
    if (!is_weekday(d))
        return false;
    size_t count = cal_bank_holidays(c, year_of(d), list);
    for (size_t i = 0; i < count; i++)
        if (list[i].date == d)
            return false;
    return true;
}

/* Index of the first of the register's days that is not before d. */
static size_t find_own(const calendar *c, og_date d)
{
    size_t from = 0;
    size_t to = c->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (c->days[middle].date < d)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static int add_own(calendar *c, og_date d, bool working, og_str title, og_error *err)
{
    size_t at = find_own(c, d);
    if (at < c->count && c->days[at].date == d) {
        char text[11];
        og_date_format(d, text);
        return og_fail(err, OG_E_CONFLICT, "'%s' is in the calendar's exceptions twice",
                       text);
    }
    if (c->count == c->cap) {
        size_t cap = c->cap ? c->cap * 2 : 8;
        own_day *days = og_realloc(c->days, cap * sizeof *days);
        if (!days)
            return og_nomem(err);
        c->days = days;
        c->cap = cap;
    }
    own_day day = {.date = d, .working = working, .title = og_strndup(title.p, title.n)};
    if (!day.title)
        return og_nomem(err);
    day.change = (int)working - (int)is_ordinary_working_day(c, d);
    memmove(&c->days[at + 1], &c->days[at], (c->count - at) * sizeof day);
    c->days[at] = day;
    c->count++;
    return OG_OK;
}

int cal_add_holiday(calendar *c, og_date d, og_str title, og_error *err)
{
    return add_own(c, d, false, title, err);
}

int cal_add_working(calendar *c, og_date d, og_error *err)
{
    return add_own(c, d, true, (og_str){NULL, 0}, err);
}

bool cal_is_working_day(const calendar *c, og_date d)
{
    size_t at = find_own(c, d);
    if (at < c->count && c->days[at].date == d)
        return c->days[at].working;
    return is_ordinary_working_day(c, d);
}

/* Weekdays after a day long before year 1, up to and including d. */
static int64_t weekdays_until(og_date d)
{
    int64_t n = (int64_t)d - OG_DATE_MIN + 1; /* 0001-01-01 was a Monday */
    int64_t rest = n % 7;
    return n / 7 * 5 + (rest < 5 ? rest : 5);
}

/* Bank holidays on weekdays after a, up to and including b. */
static int64_t holidays_between(const calendar *c, og_date a, og_date b)
{
    cal_holiday list[CAL_YEAR_MAX];
    int64_t n = 0;
    int last = year_of(b);
    for (int year = year_of(a); year <= last; year++) {
        size_t count = cal_bank_holidays(c, year, list);
        for (size_t i = 0; i < count; i++) {
            bool counted = i > 0 && list[i].date == list[i - 1].date;
            n += !counted && list[i].date > a && list[i].date <= b &&
                 is_weekday(list[i].date);
        }
    }
    return n;
}

int64_t cal_working_days(const calendar *c, og_date a, og_date b)
{
    if (b < a)
        return -cal_working_days(c, b, a);
    int64_t n = weekdays_until(b) - weekdays_until(a) - holidays_between(c, a, b);
    for (size_t i = find_own(c, a); i < c->count && c->days[i].date <= b; i++)
        n += c->days[i].date > a ? c->days[i].change : 0;
    return n;
}

/* Each step goes as many days as Working Days are left: it cannot go too far, and when
 * none is left all the days of the last step, the last of them too, were Working Days. */
bool cal_add_working_days(const calendar *c, og_date d, int64_t n, og_date *ret)
{
    while (n > 0) {
        if (n > OG_DATE_MAX - d)
            return false;
        og_date to = d + (og_date)n;
        n -= cal_working_days(c, d, to);
        d = to;
    }
    while (n < 0) {
        if (n < OG_DATE_MIN - d + 1) /* one more, for the day before the first counted */
            return false;
        og_date to = d + (og_date)n;
        n += cal_working_days(c, to - 1, d - 1);
        d = to;
    }
    *ret = d;
    return true;
}

bool cal_is_verified(const calendar *c, og_date a, og_date b)
{
    int first = year_of(a < b ? a : b);
    int last = year_of(a < b ? b : a);
    return first >= c->rules->first_verified && last <= c->rules->last_verified;
}

int cal_last_verified_year(const calendar *c)
{
    return c->rules->last_verified;
}

og_str cal_jurisdiction(const calendar *c)
{
    return og_str_from(c->rules->name);
}

static const char *const kind_names[] = {/* ORDER: cal_rule_kind */
                                         "fixed", "easter", "first-monday",
                                         "last-monday"};
_Static_assert(sizeof kind_names / sizeof *kind_names == CAL_LAST_MONDAY + 1, "kinds");

static void hash_line(og_sha256 *h, const char *word, const int *numbers, size_t count)
{
    char text[16];
    og_sha256_add(h, og_str_from(word));
    for (size_t i = 0; i < count; i++) {
        int n = snprintf(text, sizeof text, " %d", numbers[i]);
        og_sha256_add(h, (og_str){text, (size_t)n});
    }
    og_sha256_add(h, OG_STR("\n"));
}

/* Dates alone: a title changes no count. */
void cal_digest(const calendar *c, unsigned char out[OG_SHA256_SIZE])
{
    const cal_jurisdiction_rules *r = c->rules;
    og_sha256 h;
    og_sha256_init(&h);
    hash_line(&h, "opsgate calendar 1", NULL, 0);
    hash_line(&h, r->name, (int[]){r->first_verified, r->last_verified}, 2);
    for (size_t i = 0; i < r->rule_count; i++) {
        const cal_rule *rule = &r->rules[i];
        hash_line(&h, kind_names[rule->kind],
                  (int[]){rule->month, rule->day, rule->if_saturday, rule->if_sunday}, 4);
    }
    for (size_t i = 0; i < r->exception_count; i++) {
        const cal_exception *e = &r->exceptions[i];
        hash_line(&h, "exception",
                  (int[]){e->year, e->drop_month, e->drop_day, e->add_month, e->add_day},
                  5);
    }
    for (size_t i = 0; i < c->count; i++)
        hash_line(&h, c->days[i].working ? "working" : "holiday", &c->days[i].date, 1);
    og_sha256_end(&h, out);
}
