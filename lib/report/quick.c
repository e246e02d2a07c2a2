/* Which glance a column allows. */
#include "report/quick.h"

#include "report/column.h"

/* ---- Words ---- */

static quick_word word_of(og_str text)
{
    char bytes[QUICK_WORD_MAX] = {0};
    size_t n = text.n;

    memcpy(bytes, text.p, n);
    return (quick_word){{og_word_load(bytes), og_word_load(bytes + 8)}, n};
}

/* Those of the words that are fine as they stand. A cell that is one of them is, too. */
static int add_words(const column *c, column_work *work, const report_words *words,
                     quick_word *table, size_t mask, og_error *err)
{
    for (size_t i = 0; i < words->count; i++) {
        og_str text = words->items[i];
        verify_rule rule;
        bool missing;
        cell_value unused;
        if (text.n == 0 || text.n > QUICK_WORD_MAX)
            continue;
        int rc = column_check(c, work, text, &rule, &missing, &unused, err);
        if (rc != OG_OK)
            return rc;
        if (rule != VERIFY_FINE || missing)
            continue;
        quick_word word = word_of(text);
        size_t at = quick_slot(&word, mask);
        while (table[at].n > 0)
            at = (at + 1) & mask;
        table[at] = word;
    }
    return OG_OK;
}

static int make_words(const column *c, column_work *work, og_arena *arena,
                      quick_check *ret, og_error *err)
{
    static const report_words none = {0};
    const report_field *f = c->field;
    bool boolean = f->type == REPORT_BOOLEAN;
    const report_words *first = boolean       ? &f->true_values
                                : f->has_enum ? &f->enumerated
                                              : &f->categories;
    const report_words *second = boolean ? &f->false_values : &none;
    size_t size = 4;

    if (first->count + second->count > QUICK_WORDS_MAX)
        return OG_OK;
    while (size < 2 * (first->count + second->count))
        size *= 2;
    quick_word *table = OG_ARRAY(arena, size, quick_word);
    if (!table)
        return og_nomem(err);
    int rc = add_words(c, work, first, table, size - 1, err);
    if (rc == OG_OK)
        rc = add_words(c, work, second, table, size - 1, err);
    ret->words = table;
    ret->word_mask = size - 1;
    ret->kind = QUICK_WORDS;
    return rc;
}

/* ---- Numbers ---- */

/* The least whole number that a bound lets pass; false: it is too long. */
static bool least_of(const column_bound *bound, bool exclusive, int64_t *low)
{
    const cell_value *v = &bound->value;

    if (!bound->some)
        return true;
    if (v->form != CELL_SCALED)
        return false;
    int64_t least = v->whole;
    for (int32_t i = 0; i < v->scale; i++)
        least /= 10;
    least += v->scale > 0 ? v->whole > 0 : exclusive;
    *low = *low > least ? *low : least;
    return true;
}

/* The greatest. */
static bool greatest_of(const column_bound *bound, bool exclusive, int64_t *high)
{
    const cell_value *v = &bound->value;

    if (!bound->some)
        return true;
    if (v->form != CELL_SCALED)
        return false;
    int64_t greatest = v->whole;
    for (int32_t i = 0; i < v->scale; i++)
        greatest /= 10;
    greatest -= v->scale > 0 ? v->whole < 0 : exclusive;
    *high = *high < greatest ? *high : greatest;
    return true;
}

static void make_number(const column *c, quick_check *ret)
{
    ret->low = INT64_MIN;
    ret->high = INT64_MAX;
    ret->decimal = c->number.decimal;
    if (least_of(&c->minimum, false, &ret->low) && least_of(&c->above, true, &ret->low) &&
        greatest_of(&c->maximum, false, &ret->high) &&
        greatest_of(&c->below, true, &ret->high))
        ret->kind = c->field->type == REPORT_INTEGER ? QUICK_INTEGER : QUICK_NUMBER;
}

/* ---- Text and time ---- */

/* A text of n bytes has n / 4 to n characters. */
static void make_text(const column *c, quick_check *ret)
{
    const report_field *f = c->field;
    size_t least = f->has_min_length ? f->min_length : 0;
    size_t most = f->has_max_length ? f->max_length : SIZE_MAX;

    if (c->plain) {
        ret->plain = c->plain;
        if (c->plain->length >= least && c->plain->length <= most)
            ret->kind = QUICK_PLAIN;
        return;
    }
    ret->least_bytes = least > SIZE_MAX / 4 ? SIZE_MAX : least * 4 - (least > 0 ? 3 : 0);
    ret->most_bytes = most;
    ret->kind = QUICK_LENGTH;
}

static int make_time(const column *c, og_arena *arena, quick_check *ret, og_error *err)
{
    bool date = c->field->type == REPORT_DATE;
    og_str pattern =
        date ? OG_STR("[1-9][0-9]{3}-[01][0-9]-[0-3][0-9]")
             : OG_STR(
                   "[1-9][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]");
    plain_pattern *plain = OG_NEW(arena, plain_pattern);

    if (!plain)
        return og_nomem(err);
    if (!plain_read(pattern, plain))
        return OG_OK;
    ret->plain = plain;
    ret->kind = date ? QUICK_DATE : QUICK_DATETIME;
    return OG_OK;
}

/* ---- A column ---- */

static bool is_default(og_str format)
{
    return format.n == 0 || og_str_is(format, "default");
}

int quick_make(const column *c, column_work *work, og_arena *arena, quick_check *ret,
               og_error *err)
{
    const report_field *f = c->field;
    bool words = c->enumerated.some || c->categories.some || f->type == REPORT_BOOLEAN;

    *ret = (quick_check){.empty = c->empty_is_missing && !f->required};
    if (c->other_missing && f->required) /* a word that looks like a value may be none */
        return OG_OK;
    if (words)
        return make_words(c, work, arena, ret, err);
    if (c->regex || !is_default(f->format))
        return OG_OK;
    switch (f->type) {
    case REPORT_STRING:
    case REPORT_ANY:
        if (!c->valued)
            make_text(c, ret);
        return OG_OK;
    case REPORT_INTEGER:
    case REPORT_NUMBER:
        if (!c->plain && !c->any_length)
            make_number(c, ret);
        return OG_OK;
    case REPORT_DATE:
    case REPORT_DATETIME:
        if (!c->plain && !c->any_length && !c->valued)
            return make_time(c, arena, ret, err);
        return OG_OK;
    default:
        return OG_OK;
    }
}
