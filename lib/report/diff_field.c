/* One field before and after: type, format, constraints, code lists, meaning. */
#include "report/differ.h"
#include "value/value.h"

/* ---- Types ---- */

static bool is_numeric(report_type t)
{
    return t == REPORT_NUMBER || t == REPORT_INTEGER || t == REPORT_YEAR;
}

/* Whether every cell of type a reads as one of type b, written in b's usual format. */
static bool type_within(report_type a, report_type b)
{
    if (a == b || b == REPORT_ANY)
        return true;
    if (a == REPORT_ANY)
        return false;
    if (b == REPORT_STRING)
        return true;
    return (b == REPORT_NUMBER && is_numeric(a)) ||
           (b == REPORT_INTEGER && a == REPORT_YEAR) ||
           (b == REPORT_OBJECT && a == REPORT_GEOJSON);
}

static bool has_default_format(const report_field *f)
{
    return og_str_is(f->format, "default");
}

static void compare_type(differ *d)
{
    report_type old = d->old_field->type, new = d->new_field->type;

    if (old == new)
        return;
    bool narrowed = type_within(new, old) && has_default_format(d->old_field);
    bool widened = type_within(old, new) && has_default_format(d->new_field);
    report_rule_id rule = narrowed  ? REPORT_TYPE_NARROWED
                          : widened ? REPORT_TYPE_WIDENED
                                    : REPORT_TYPE_CHANGED;
    differ_add(d, rule, NULL, og_str_from(report_type_name(old)),
               og_str_from(report_type_name(new)));
}

/* The format that allows what every other one of the type does. */
static const char *widest_format(report_type t)
{
    bool when = t == REPORT_DATE || t == REPORT_TIME || t == REPORT_DATETIME;

    return t == REPORT_STRING ? "default" : when ? "any" : "";
}

static void compare_format(differ *d)
{
    const report_field *old = d->old_field, *new = d->new_field;
    const char *widest = widest_format(old->type);

    if (old->type != new->type || og_str_eq(old->format, new->format))
        return;
    report_rule_id rule = og_str_is(old->format, widest)   ? REPORT_FORMAT_NARROWED
                          : og_str_is(new->format, widest) ? REPORT_FORMAT_WIDENED
                                                           : REPORT_FORMAT_CHANGED;
    differ_add(d, rule, NULL, old->format, new->format);
}

static void compare_numbers(differ *d)
{
    const report_field *old = d->old_field, *new = d->new_field;

    if (!is_numeric(old->type) || !is_numeric(new->type))
        return;
    if (old->type == REPORT_NUMBER && new->type == REPORT_NUMBER)
        differ_text(d, REPORT_DECIMAL_CHAR_CHANGED, NULL, old->decimal_char,
                    new->decimal_char);
    differ_text(d, REPORT_GROUP_CHAR_CHANGED, NULL, old->group_char, new->group_char);
    differ_flag(d, REPORT_AFFIX_FORBIDDEN, REPORT_AFFIX_ALLOWED, old->bare_number,
                new->bare_number);
}

static void compare_lists(differ *d)
{
    const report_field *old = d->old_field, *new = d->new_field;

    if (old->type != REPORT_LIST || new->type != REPORT_LIST)
        return;
    differ_text(d, REPORT_LIST_DELIMITER_CHANGED, NULL, old->delimiter, new->delimiter);
    differ_text(d, REPORT_ITEM_TYPE_CHANGED, NULL, old->item_type, new->item_type);
}

/* ---- Bounds ---- */

typedef struct bound { /* the tighter of an inclusive and an exclusive one */
    og_str text;       /* empty: none */
    bool exclusive;
} bound;

/* Whether two times of one length are as far from UTC as each other, or do not say. */
static bool same_offset(og_str x, og_str y, size_t from)
{
    for (size_t i = from; i < x.n; i++)
        if (strchr("Z+-", x.p[i]) || strchr("Z+-", y.p[i]))
            return og_str_eq(og_str_slice(x, i, x.n), og_str_slice(y, i, y.n));
    return true;
}

/* Whether the texts of two dates or times stand in their order: as ISO 8601 has them,
 * fixed width, greatest part first. */
static bool order_as_written(const report_field *a, const report_field *b, og_str x,
                             og_str y)
{
    if (a->type != b->type || !has_default_format(a) || !has_default_format(b) ||
        x.n != y.n)
        return false;
    return a->type == REPORT_DATE || a->type == REPORT_YEARMONTH ||
           (a->type == REPORT_DATETIME && same_offset(x, y, strlen("2021-01-01"))) ||
           (a->type == REPORT_TIME && same_offset(x, y, 0));
}

/* False: the two cannot be compared. */
static bool compare_values(const report_field *a, const report_field *b, og_str x,
                           og_str y, int *ret)
{
    int64_t i, j;
    double p, q;

    if (og_str_eq(x, y)) {
        *ret = 0;
        return true;
    }
    if (is_numeric(a->type) && is_numeric(b->type)) {
        if (og_str_to_int64(x, &i) && og_str_to_int64(y, &j))
            *ret = (i > j) - (i < j);
        else if (og_double_parse(x, &p) && og_double_parse(y, &q) && p == p && q == q)
            *ret = (p > q) - (p < q);
        else
            return false;
        return true;
    }
    *ret = og_str_cmp(x, y);
    return order_as_written(a, b, x, y);
}

/* side 1: lower bounds, the greater is tighter; -1: upper bounds. */
static bound tighter(const report_field *f, og_str inclusive, og_str exclusive, int side)
{
    int order = 0;

    if (exclusive.n == 0)
        return (bound){inclusive, false};
    if (inclusive.n > 0 && compare_values(f, f, inclusive, exclusive, &order) &&
        order * side > 0)
        return (bound){inclusive, false};
    return (bound){exclusive, true};
}

static og_str bound_text(differ *d, const bound *b)
{
    if (b->text.n == 0 || !b->exclusive)
        return b->text.n ? b->text : DIFFER_NONE;
    og_str s = og_arena_printf(d->arena, "exclusive %.*s", OG_FMT(b->text));
    if (!s.p)
        d->failed = OG_E_NOMEM;
    return s;
}

static void compare_bound(differ *d, const char *part, const bound *old, const bound *new,
                          int side, report_rule_id narrowed, report_rule_id widened)
{
    int order = 0;
    report_rule_id rule;

    if (old->text.n == 0 && new->text.n == 0)
        return;
    if (old->text.n == 0) {
        rule = narrowed;
    } else if (new->text.n == 0) {
        rule = widened;
    } else if (!compare_values(d->old_field, d->new_field, old->text, new->text,
                               &order)) {
        rule = REPORT_BOUND_CHANGED;
    } else {
        if (order == 0)
            order = (new->exclusive - old->exclusive) * -side;
        if (order == 0)
            return;
        rule = order * side < 0 ? narrowed : widened;
    }
    differ_add(d, rule, rule == REPORT_BOUND_CHANGED ? part : NULL, bound_text(d, old),
               bound_text(d, new));
}

static void compare_bounds(differ *d)
{
    const report_field *o = d->old_field, *n = d->new_field;
    bound old_low = tighter(o, o->minimum, o->exclusive_minimum, 1);
    bound new_low = tighter(n, n->minimum, n->exclusive_minimum, 1);
    bound old_high = tighter(o, o->maximum, o->exclusive_maximum, -1);
    bound new_high = tighter(n, n->maximum, n->exclusive_maximum, -1);

    compare_bound(d, "minimum", &old_low, &new_low, 1, REPORT_MINIMUM_RAISED,
                  REPORT_MINIMUM_LOWERED);
    compare_bound(d, "maximum", &old_high, &new_high, -1, REPORT_MAXIMUM_LOWERED,
                  REPORT_MAXIMUM_RAISED);
}

static og_str length_text(differ *d, bool there, uint64_t n)
{
    if (!there)
        return DIFFER_NONE;
    og_str s = og_arena_printf(d->arena, "%llu", (unsigned long long)n);
    if (!s.p)
        d->failed = OG_E_NOMEM;
    return s;
}

static void compare_lengths(differ *d)
{
    const report_field *o = d->old_field, *n = d->new_field;
    uint64_t old_min = o->has_min_length ? o->min_length : 0;
    uint64_t new_min = n->has_min_length ? n->min_length : 0;
    uint64_t old_max = o->has_max_length ? o->max_length : UINT64_MAX;
    uint64_t new_max = n->has_max_length ? n->max_length : UINT64_MAX;

    if (old_min != new_min)
        differ_add(
            d, new_min > old_min ? REPORT_MIN_LENGTH_RAISED : REPORT_MIN_LENGTH_LOWERED,
            NULL, length_text(d, o->has_min_length, old_min),
            length_text(d, n->has_min_length, new_min));
    if (old_max != new_max)
        differ_add(
            d, new_max < old_max ? REPORT_MAX_LENGTH_LOWERED : REPORT_MAX_LENGTH_RAISED,
            NULL, length_text(d, o->has_max_length, old_max),
            length_text(d, n->has_max_length, new_max));
}

/* Three rules: there only after, only before, or another one. */
static void compare_condition(differ *d, report_rule_id added, report_rule_id removed,
                              report_rule_id changed, og_str before, og_str after)
{
    differ_text(d,
                before.n == 0  ? added
                : after.n == 0 ? removed
                               : changed,
                NULL, before, after);
}

static void compare_constraints(differ *d)
{
    const report_field *o = d->old_field, *n = d->new_field;

    differ_flag(d, REPORT_REQUIRED_ADDED, REPORT_REQUIRED_REMOVED, o->required,
                n->required);
    differ_flag(d, REPORT_UNIQUE_ADDED, REPORT_UNIQUE_REMOVED, o->unique, n->unique);
    compare_bounds(d);
    compare_lengths(d);
    compare_condition(d, REPORT_PATTERN_ADDED, REPORT_PATTERN_REMOVED,
                      REPORT_PATTERN_CHANGED, o->pattern, n->pattern);
    compare_condition(d, REPORT_JSON_SCHEMA_ADDED, REPORT_JSON_SCHEMA_REMOVED,
                      REPORT_JSON_SCHEMA_CHANGED, o->json_schema, n->json_schema);
}

/* ---- Code lists ---- */

static void compare_codes(differ *d, const char *part, const report_words *old,
                          const report_words *new, bool ordered)
{
    if (old->count == 0 && new->count == 0)
        return;
    if (old->count == 0)
        differ_add(d, REPORT_CODE_LIST_ADDED, part, DIFFER_NONE, differ_join(d, new));
    else if (new->count == 0)
        differ_add(d, REPORT_CODE_LIST_REMOVED, part, differ_join(d, old), DIFFER_NONE);
    else if (!differ_words(d, REPORT_CODE_ADDED, REPORT_CODE_REMOVED, part, old, new) &&
             !differ_same_words(old, new))
        differ_add(d, ordered ? REPORT_CODE_ORDER_CHANGED : REPORT_CODES_REORDERED, part,
                   differ_join(d, old), differ_join(d, new));
}

/* What the codes that stay are called. */
static void compare_labels(differ *d)
{
    const report_field *o = d->old_field, *n = d->new_field;
    og_map labels;

    if (differ_same_words(&o->labels, &n->labels) &&
        differ_same_words(&o->categories, &n->categories))
        return;
    og_map_init(&labels, d->arena);
    for (size_t i = 0; i < n->labels.count; i++)
        if (og_map_add(&labels, n->categories.items[i], (void *)&n->labels.items[i]) < 0)
            d->failed = OG_E_NOMEM;
    for (size_t i = 0; i < o->labels.count; i++) {
        const og_str *label = og_map_get(&labels, o->categories.items[i]);
        og_str code = og_arena_str(d->arena, o->categories.items[i]);
        if (!code.p)
            d->failed = OG_E_NOMEM;
        else if (label)
            differ_text(d, REPORT_CODE_LABEL_CHANGED, code.p, o->labels.items[i], *label);
    }
}

static void compare_code_lists(differ *d)
{
    const report_field *o = d->old_field, *n = d->new_field;
    bool both_ordered = o->categories_ordered && n->categories_ordered;

    compare_codes(d, "enum", &o->enumerated, &n->enumerated, false);
    compare_codes(d, "categories", &o->categories, &n->categories, both_ordered);
    compare_labels(d);
    if (o->categories_ordered != n->categories_ordered)
        differ_add(d, REPORT_CODE_ORDER_CHANGED, "categoriesOrdered",
                   o->categories_ordered ? OG_STR("true") : OG_STR("false"),
                   n->categories_ordered ? OG_STR("true") : OG_STR("false"));
    if (o->type != REPORT_BOOLEAN || n->type != REPORT_BOOLEAN)
        return;
    differ_words(d, REPORT_BOOLEAN_VALUE_ADDED, REPORT_BOOLEAN_VALUE_REMOVED, "true",
                 &o->true_values, &n->true_values);
    differ_words(d, REPORT_BOOLEAN_VALUE_ADDED, REPORT_BOOLEAN_VALUE_REMOVED, "false",
                 &o->false_values, &n->false_values);
}

/* Where both fields keep to the schema's list, that one is compared, once. */
static void compare_missing(differ *d)
{
    const report_field *o = d->old_field, *n = d->new_field;

    if (o->own_missing || n->own_missing)
        differ_words(d, REPORT_MISSING_VALUE_ADDED, REPORT_MISSING_VALUE_REMOVED, NULL,
                     &o->missing, &n->missing);
}

static void compare_meaning(differ *d)
{
    const report_field *o = d->old_field, *n = d->new_field;

    compare_condition(d, REPORT_UNIT_ADDED, REPORT_UNIT_REMOVED, REPORT_UNIT_CHANGED,
                      o->unit, n->unit);
    differ_text(d, REPORT_RDF_TYPE_CHANGED, NULL, o->rdf_type, n->rdf_type);
    differ_text(d, REPORT_DESCRIPTION_CHANGED, NULL, o->description, n->description);
    differ_text(d, REPORT_PROPERTY_CHANGED, NULL, o->other, n->other);
    differ_text(d, REPORT_FIELD_TITLE_CHANGED, NULL, o->title, n->title);
    differ_text(d, REPORT_NOTE_CHANGED, "field", o->noted, n->noted);
}

void differ_field(differ *d)
{
    compare_type(d);
    compare_format(d);
    compare_numbers(d);
    compare_lists(d);
    compare_constraints(d);
    compare_code_lists(d);
    compare_missing(d);
    compare_meaning(d);
}
