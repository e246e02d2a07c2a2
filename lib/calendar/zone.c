/* Time zones as stretches of time with one offset: found in the transitions of the file,
 * or, after the last of them, from its yearly rule. */
#include "calendar/zone.h"

#include "base/embedded.h"
#include "base/mem.h"
#include "calendar/tzif.h"

extern const og_embedded_file og_zone_files[];
extern const size_t og_zone_file_count;

#define NAME_MAX_BYTES 64
#define DAY 86400
#define RULE_CHANGES 6 /* of three years */

struct zone {
    char *name;
    tzif data;
    unsigned char digest[OG_SHA256_SIZE];
};

typedef struct stretch {
    int64_t from, until; /* until is not part of it */
    int offset;
} stretch;

static int new_zone(og_str name, og_str source, tzif *own_data, zone **ret, og_error *err)
{
    zone *z = og_alloc(sizeof *z);
    char *copy = og_strndup(name.p, name.n);
    if (!z || !copy) {
        og_free(z);
        og_free(copy);
        tzif_done(own_data);
        return og_nomem(err);
    }
    z->name = copy;
    z->data = *own_data;
    og_sha256 h;
    og_sha256_init(&h);
    og_sha256_add(&h, OG_STR("opsgate zone 1\n"));
    og_sha256_add(&h, name);
    og_sha256_add(&h, OG_STR("\n"));
    og_sha256_add(&h, source);
    og_sha256_end(&h, z->digest);
    *ret = z;
    return OG_OK;
}

int zone_read(og_str name, og_str tzif_bytes, zone **ret, og_error *err)
{
    tzif data;
    int code = tzif_read(tzif_bytes, &data, err);
    return code == OG_OK ? new_zone(name, tzif_bytes, &data, ret, err) : code;
}

/* ("+" / "-") hh ":" mm, hours at most 23 */
static bool read_fixed(og_str s, int *ret_offset)
{
    uint64_t hours, minutes;
    if (og_str_is(s, "UTC")) {
        *ret_offset = 0;
        return true;
    }
    if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':' || s.p[1] == '+' ||
        s.p[4] == '+' || !og_str_to_uint64(og_str_slice(s, 1, 3), &hours) ||
        !og_str_to_uint64(og_str_slice(s, 4, 6), &minutes) || hours > 23 || minutes > 59)
        return false;
    *ret_offset = (int)(hours * 3600 + minutes * 60) * (s.p[0] == '-' ? -1 : 1);
    return true;
}

static int unknown(og_str name, og_error *err)
{
    unsigned best = 3;
    const char *nearest = NULL;
    for (size_t i = 0; i < og_zone_file_count; i++) {
        og_str known = og_str_from(og_zone_files[i].name);
        unsigned distance = og_str_distance(name, known, best - 1);
        if (distance < best) {
            best = distance;
            nearest = known.p;
        }
    }
    if (nearest)
        return og_fail(err, OG_E_NOTFOUND, "no time zone '%.*s'; did you mean '%s'?",
                       OG_FMT(og_str_slice(name, 0, NAME_MAX_BYTES)), nearest);
    return og_fail(err, OG_E_NOTFOUND,
                   "no time zone '%.*s'; use a name like 'Europe/London', 'UTC' or an "
                   "offset like '+01:00'",
                   OG_FMT(og_str_slice(name, 0, NAME_MAX_BYTES)));
}

int zone_open(og_str name, zone **ret, og_error *err)
{
    char key[NAME_MAX_BYTES + 1];
    tzif fixed = {0};
    if (read_fixed(name, &fixed.first))
        return new_zone(name, (og_str){NULL, 0}, &fixed, ret, err);
    const og_embedded_file *file = NULL;
    if (name.n <= NAME_MAX_BYTES && og_str_find(name, '\0') == name.n) {
        if (name.n > 0)
            memcpy(key, name.p, name.n);
        key[name.n] = '\0';
        file = og_embedded_find(og_zone_files, og_zone_file_count, key);
    }
    if (!file)
        return unknown(name, err);
    return zone_read(name, (og_str){(const char *)file->data, file->size}, ret, err);
}

void zone_free(zone *z)
{
    if (!z)
        return;
    tzif_done(&z->data);
    og_free(z->name);
    og_free(z);
}

og_str zone_name(const zone *z)
{
    return og_str_from(z->name);
}

void zone_digest(const zone *z, unsigned char out[OG_SHA256_SIZE])
{
    memcpy(out, z->digest, OG_SHA256_SIZE);
}

static int year_at(int64_t seconds)
{
    int year, month, day;
    int64_t days = seconds / DAY - (seconds % DAY < 0);
    og_date_split(days < OG_DATE_MIN   ? OG_DATE_MIN
                  : days > OG_DATE_MAX ? OG_DATE_MAX
                                       : (og_date)days,
                  &year, &month, &day);
    return year;
}

/* The two changes of a year, in order, and the offsets they lead to. */
static void changes_of(const tz_rule *rule, int year, int64_t at[2], int offset[2])
{
    int64_t start = tz_change_at(&rule->start, year, rule->standard);
    int64_t end = tz_change_at(&rule->end, year, rule->dst);
    bool south = end < start;
    at[south] = start;
    offset[south] = rule->dst;
    at[!south] = end;
    offset[!south] = rule->standard;
}

/* By the rule, looking at the years around t, of 2 to 9999. */
static stretch rule_stretch(const tz_rule *rule, int64_t t)
{
    int64_t at[RULE_CHANGES];
    int offset[RULE_CHANGES];
    stretch s = {INT64_MIN, INT64_MAX, rule->standard};
    if (!rule->has_dst)
        return s;
    int year = year_at(t);
    year = year < 3 ? 3 : year > 9998 ? 9998 : year;
    for (int i = 0; i < 3; i++)
        changes_of(rule, year - 1 + i, at + 2 * i, offset + 2 * i);
    s.offset = offset[1]; /* as after every second change: before all of these */
    for (int i = 0; i < RULE_CHANGES; i++) {
        if (at[i] > t) {
            s.until = at[i];
            break;
        }
        s.from = at[i];
        s.offset = offset[i];
    }
    return s;
}

/* Transitions not after t. */
static size_t transitions_until(const tzif *d, int64_t t)
{
    size_t from = 0;
    size_t to = d->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (d->at[middle] <= t)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static stretch stretch_at(const tzif *d, int64_t t)
{
    size_t n = transitions_until(d, t);
    stretch s = {INT64_MIN, INT64_MAX, d->first};
    if (n == d->count && d->has_rule)
        s = rule_stretch(&d->rule, t);
    else if (n > 0)
        s.offset = d->offsets[n - 1];
    if (n > 0 && s.from < d->at[n - 1])
        s.from = d->at[n - 1];
    if (n < d->count)
        s.until = d->at[n];
    return s;
}

int zone_offset_at(const zone *z, og_instant t)
{
    return stretch_at(&z->data, t.seconds).offset;
}

static og_instant clamp(int64_t seconds, int32_t nanos)
{
    if (seconds < OG_INSTANT_MIN)
        return (og_instant){OG_INSTANT_MIN, 0};
    if (seconds > OG_INSTANT_MAX)
        return (og_instant){OG_INSTANT_MAX, 999999999};
    return (og_instant){seconds, nanos};
}

/* The first second at which the clocks show `local` (seconds as if UTC) or later;
 * *ret_exact when they show just that. */
static int64_t first_showing(const tzif *d, int64_t local, bool *ret_exact)
{
    int64_t t = local - TZ_OFFSET_MAX;
    for (;;) {
        stretch s = stretch_at(d, t);
        int64_t shown = local - s.offset;
        if (shown < t)
            shown = t; /* jumped over, or t is where we began */
        if (shown < s.until) {
            *ret_exact = shown == local - s.offset;
            return shown;
        }
        t = s.until;
    }
}

og_instant zone_instant(const zone *z, const og_civil *c)
{
    bool exact;
    og_instant i = og_civil_instant(c);
    if (c->has_offset)
        return clamp(i.seconds, i.nanos);
    int64_t t = first_showing(&z->data, i.seconds, &exact);
    return clamp(t, exact ? i.nanos : 0);
}

static int64_t local_seconds(const zone *z, og_instant t)
{
    return clamp(t.seconds + zone_offset_at(z, t), 0).seconds;
}

og_date zone_date_at(const zone *z, og_instant t)
{
    int64_t local = local_seconds(z, t);
    return (og_date)(local / DAY - (local % DAY < 0));
}

void zone_civil_at(const zone *z, og_instant t, og_civil *ret)
{
    og_date d = zone_date_at(z, t);
    int rest = (int)(local_seconds(z, t) - (int64_t)d * DAY);
    og_civil c = {.hour = rest / 3600,
                  .minute = rest / 60 % 60,
                  .second = rest % 60,
                  .nanos = t.nanos,
                  .has_offset = true,
                  .offset_seconds = zone_offset_at(z, t)};
    og_date_split(d, &c.year, &c.month, &c.day);
    *ret = c;
}

og_instant zone_start_of(const zone *z, og_date d)
{
    bool exact;
    return clamp(first_showing(&z->data, (int64_t)d * DAY, &exact), 0);
}

og_instant zone_end_of(const zone *z, og_date d)
{
    bool exact;
    int64_t next = first_showing(&z->data, ((int64_t)d + 1) * DAY, &exact);
    return clamp(next - 1, 999999999);
}
