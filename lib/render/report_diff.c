/* What differs between two versions of a report. */
#include "render/report_diff.h"

#include "render/members.h"
#include "render/page.h"

static page_style style_of(report_class c)
{
    return c == REPORT_CLASS_BREAKING     ? PAGE_BAD
           : c == REPORT_CLASS_COMPATIBLE ? PAGE_WARN
                                          : PAGE_DIM;
}

static const char *reading_words(report_reading r)
{
    return r == REPORT_BY_NAME ? "by name" : "by place";
}

static void put_head(page *p, const render_report_diff *d)
{
    char from[11], to[11];

    og_date_format(d->from->effective_from, from);
    og_date_format(d->to->effective_from, to);
    page_put(p, PAGE_BOLD, d->from->report);
    page_say(p, PAGE_BOLD, " %.*s to %.*s", OG_FMT(d->from->version),
             OG_FMT(d->to->version));
    page_to(p, 30);
    page_put(p, PAGE_PLAIN, d->to->title);
    page_end(p);
    page_say(p, PAGE_DIM, "in force from %s, and from %s; readers find fields %s", from,
             to, reading_words(d->from->reading));
    if (d->change.n > 0)
        page_say(p, PAGE_DIM, "; report change %.*s", OG_FMT(d->change));
    page_end(p);
    if (d->asked > 0) {
        page_say(p, PAGE_WARN, "with %zu rename%s that no report change declares",
                 d->asked, d->asked == 1 ? "" : "s");
        page_end(p);
    }
    const size_t *n = d->differences->counts;
    page_say(p, PAGE_PLAIN, "%zu breaking, %zu compatible, %zu editorial",
             n[REPORT_CLASS_BREAKING], n[REPORT_CLASS_COMPATIBLE],
             n[REPORT_CLASS_EDITORIAL]);
    page_end(p);
}

static void put_value(page *p, const char *sign, page_style style, og_str value)
{
    page_to(p, 17);
    page_say(p, style, "%s ", sign);
    if (value.n == 0)
        page_say(p, style, "(the empty text)");
    else
        page_put(p, style, value);
    page_end(p);
}

static void put_difference(page *p, const report_difference *d)
{
    page_to(p, 2);
    page_say(p, PAGE_DIM, "%.*s", REPORT_FINGERPRINT_SHOWN, d->fingerprint);
    page_to(p, 17);
    page_say(p, style_of(d->weight), "%s", d->rule->id);
    if (d->field.n > 0) {
        page_say(p, PAGE_PLAIN, "  ");
        page_put(p, PAGE_BOLD, d->renamed.n > 0 ? d->renamed : d->field);
    }
    if (d->renamed.n > 0)
        page_say(p, PAGE_DIM, " (was %.*s)", OG_FMT(d->field));
    if (d->part.n > 0)
        page_say(p, PAGE_DIM, "  %.*s", OG_FMT(d->part));
    page_end(p);
    if (d->has_before)
        put_value(p, "-", PAGE_BAD, d->before);
    if (d->has_after)
        put_value(p, "+", PAGE_GOOD, d->after);
    page_to(p, 17);
    page_say(p, PAGE_DIM, "%s", d->rule->reason);
    page_end(p);
}

static void put_class(page *p, const report_differences *all, report_class c)
{
    if (all->counts[c] == 0)
        return;
    page_gap(p);
    page_say(p, style_of(c), "%s", report_class_name(c));
    page_end(p);
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].weight == c)
            put_difference(p, &all->items[i]);
}

static void put_all(page *p, const render_report_diff *d)
{
    put_head(p, d);
    for (int c = REPORT_CLASS_BREAKING; c >= REPORT_CLASS_EDITORIAL; c--)
        put_class(p, d->differences, (report_class)c);
}

int render_report_diff_text(const render_report_diff *d, const render_options *options,
                            og_buf *out, og_error *err)
{
    page p;

    page_init(&p, out, options->width, options->colour);
    put_all(&p, d);
    page_done(&p);
    return og_buf_check(out, err);
}

static og_value difference_item(members_maker *k, const void *items, size_t i)
{
    const report_difference *d = (const report_difference *)items + i;
    members m = members_of(k);

    members_text(&m, "fingerprint", og_str_from(d->fingerprint));
    members_text(&m, "rule", og_str_from(d->rule->id));
    members_text(&m, "facet", og_str_from(d->rule->facet));
    members_text(&m, "class", og_str_from(report_class_name(d->weight)));
    members_text(&m, "touches", og_str_from(report_touches_name(d->rule->touches)));
    members_text(&m, "field", d->field);
    members_text(&m, "renamed", d->renamed);
    members_text(&m, "part", d->part);
    if (d->has_before)
        members_add(&m, "before", og_string(d->before));
    if (d->has_after)
        members_add(&m, "after", og_string(d->after));
    members_text(&m, "reason", og_str_from(d->rule->reason));
    return members_end(&m);
}

static og_value counts_value(members_maker *k, const size_t *counts)
{
    members m = members_of(k);

    for (int c = REPORT_CLASS_EDITORIAL; c <= REPORT_CLASS_BREAKING; c++)
        members_number(&m, report_class_name((report_class)c), counts[c]);
    return members_end(&m);
}

int render_report_diff_json(const render_report_diff *d, og_buf *out, og_error *err)
{
    const report_differences *all = d->differences;
    og_arena arena = {0};
    members_maker maker = {.arena = &arena};
    members m = members_of(&maker);

    members_number(&m, "schema_version", RENDER_REPORT_SCHEMA);
    members_text(&m, "report", d->from->report);
    members_text(&m, "from", d->from->version);
    members_text(&m, "to", d->to->version);
    members_text(&m, "reading",
                 d->from->reading == REPORT_BY_NAME ? OG_STR("by_name")
                                                    : OG_STR("positional"));
    members_text(&m, "report_change", d->change);
    members_add(&m, "counts", counts_value(&maker, all->counts));
    members_add(&m, "differences",
                members_list(&maker, all->items, all->count, difference_item));
    int rc = members_write(&maker, members_end(&m), out, err);
    og_arena_done(&arena);
    return rc;
}

/* ---- One party's view ---- */

static void put_told(page *p, const report_impact *x)
{
    const char *unit = x->period.kind == OG_PERIOD
                           ? og_period_unit_name((og_period_unit)x->period.unit)
                           : "";
    char day[11];

    if (x->weight == REPORT_CLASS_EDITORIAL)
        return;
    page_say(p, style_of(x->weight), "%s for it", report_class_name(x->weight));
    if (x->told) {
        og_date_format(x->told_on, day);
        page_say(p, PAGE_PLAIN, "; told on %s", day);
        page_say(p, x->enough ? PAGE_GOOD : PAGE_BAD, ": %lld %s of notice, %lld due",
                 (long long)x->given, unit, (long long)x->period.as.i);
    } else if (x->period.kind == OG_PERIOD) {
        page_say(p, PAGE_BAD, "; not told: %lld %s of notice due",
                 (long long)x->period.as.i, unit);
    }
    page_end(p);
}

int render_report_impact_text(const report_impact *impacts, size_t count,
                              const render_options *options, og_buf *out, og_error *err)
{
    page p;

    page_init(&p, out, options->width, options->colour);
    for (size_t i = 0; i < count; i++) {
        const report_impact *x = &impacts[i];
        const render_report_diff d = {x->from, x->to, &x->touching, x->change, 0};
        if (i > 0)
            page_gap(&p);
        put_all(&p, &d);
        page_gap(&p);
        put_told(&p, x);
        if (x->leaves) {
            page_say(&p, PAGE_BAD, "it receives the report no longer");
            page_end(&p);
        }
        if (x->others > 0) {
            page_say(&p, PAGE_DIM, "%zu more do%s not concern the fields it uses",
                     x->others, x->others == 1 ? "es" : "");
            page_end(&p);
        }
    }
    page_done(&p);
    return og_buf_check(out, err);
}

static og_value impact_item(members_maker *k, const void *items, size_t i)
{
    const report_impact *x = (const report_impact *)items + i;
    members m = members_of(k);

    members_text(&m, "report", x->from->report);
    members_text(&m, "from", x->from->version);
    members_text(&m, "to", x->to->version);
    members_date(&m, "effective_from", x->to->effective_from);
    members_text(&m, "class", og_str_from(report_class_name(x->weight)));
    members_text(&m, "report_change", x->change);
    if (x->told) {
        members_date(&m, "told_on", x->told_on);
        members_add(&m, "notice_given", og_int(x->given));
    }
    members_add(&m, "notice_due", x->period);
    members_bool(&m, "enough", x->enough || x->weight == REPORT_CLASS_EDITORIAL);
    members_bool(&m, "leaves", x->leaves);
    members_number(&m, "others", x->others);
    members_add(&m, "differences",
                members_list(k, x->touching.items, x->touching.count, difference_item));
    return members_end(&m);
}

int render_report_impact_json(const report_impact *impacts, size_t count, og_str party,
                              og_buf *out, og_error *err)
{
    og_arena arena = {0};
    members_maker maker = {.arena = &arena};
    members m = members_of(&maker);

    members_number(&m, "schema_version", RENDER_REPORT_SCHEMA);
    members_text(&m, "party", party);
    members_add(&m, "changes", members_list(&maker, impacts, count, impact_item));
    int rc = members_write(&maker, members_end(&m), out, err);
    og_arena_done(&arena);
    return rc;
}
