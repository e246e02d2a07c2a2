/* Fields made ready, and their cells checked. */
#include "report/column.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "cel/regex.h"
#include "report/cell_geo.h"
#include "value/json.h"

/* ---- Reading by type ---- */

static bool is_default(const column *c)
{
    return c->pattern.text.n == 0;
}

static void whole_text(og_str text, cell_value *ret)
{
    *ret = (cell_value){.form = CELL_TEXT, .text = text};
}

static bool read_string(const column *c, og_str text, cell_value *ret)
{
    og_str format = c->field->format;

    whole_text(text, ret);
    if (format.n == 0 || og_str_is(format, "default"))
        return true;
    if (og_str_is(format, "email"))
        return cell_is_email(text);
    if (og_str_is(format, "uri"))
        return cell_is_uri(text);
    if (og_str_is(format, "uuid"))
        return cell_is_uuid(text);
    return !og_str_is(format, "binary") || cell_is_base64(text);
}

static bool has_word(const column_words *words, const cell_value *v)
{
    char key[CELL_KEY_MAX];

    return og_map_get(&words->keys, cell_key(v, key)) != NULL;
}

static bool read_boolean(const column *c, og_str text, cell_value *ret)
{
    cell_value word;

    whole_text(text, &word);
    bool yes = has_word(&c->true_words, &word);
    *ret = (cell_value){.form = CELL_SCALED, .whole = yes};
    return yes || has_word(&c->false_words, &word);
}

static bool json_fits(const column *c, og_value v)
{
    og_str format = c->field->format;

    switch (c->field->type) {
    case REPORT_ARRAY:
        return v.kind == OG_LIST;
    case REPORT_OBJECT:
        return v.kind == OG_MAP;
    case REPORT_GEOPOINT:
        return og_str_is(format, "array") ? cell_is_point_list(v)
                                          : cell_is_point_object(v);
    default:
        return og_str_is(format, "topojson") ? cell_is_topojson(v) : cell_is_geojson(v);
    }
}

/* JSON of the kind the type asks for; *ret_count its elements. */
static int read_json(const column *c, column_work *work, og_str text, bool *ret_fits,
                     uint64_t *ret_count, og_error *err)
{
    og_error why = {0};
    og_value v;
    uint32_t line, at;

    og_arena_reset(&work->cell);
    int rc = og_json_parse(&work->cell, text, &v, &line, &at, &why);
    og_error_done(&why);
    if (rc == OG_E_NOMEM)
        return og_nomem(err);
    *ret_fits = rc == OG_OK && json_fits(c, v);
    if (*ret_fits)
        *ret_count = v.kind == OG_LIST ? v.as.list->count : v.as.map->count;
    return OG_OK;
}

static bool read_item(const column *c, og_str type, column_work *work, og_str text)
{
    cell_value v;

    if (og_str_is(type, "integer"))
        return cell_read_integer(text, &c->number, &work->scratch, &v);
    if (og_str_is(type, "number"))
        return cell_read_number(text, &c->number, &work->scratch, &v);
    if (og_str_is(type, "boolean"))
        return read_boolean(c, text, &v);
    if (og_str_is(type, "date"))
        return cell_read_date(text, &v);
    if (og_str_is(type, "time"))
        return cell_read_time(text, &v);
    return !og_str_is(type, "datetime") || cell_read_datetime(text, &v);
}

static bool read_list(const column *c, column_work *work, og_str text,
                      uint64_t *ret_count)
{
    char delimiter = c->field->delimiter.n ? c->field->delimiter.p[0] : ',';

    for (uint64_t count = 1;; count++) {
        size_t end = og_str_find(text, delimiter);
        if (!read_item(c, c->field->item_type, work, og_str_slice(text, 0, end)))
            return false;
        *ret_count = count;
        if (end == text.n)
            return true;
        text = og_str_slice(text, end + 1, text.n);
    }
}

/* Whether the text is of the type. Its value where one is of use; elements of a list. */
static int read_value(const column *c, column_work *work, og_str text, bool *ret_fits,
                      cell_value *ret, uint64_t *ret_count, og_error *err)
{
    bool fits = true;

    switch (c->field->type) {
    case REPORT_STRING:
        fits = read_string(c, text, ret);
        break;
    case REPORT_INTEGER:
        fits = cell_read_integer(text, &c->number, &work->scratch, ret);
        break;
    case REPORT_NUMBER:
        fits = cell_read_number(text, &c->number, &work->scratch, ret);
        break;
    case REPORT_BOOLEAN:
        fits = read_boolean(c, text, ret);
        break;
    case REPORT_DATE:
        fits = is_default(c) ? cell_read_date(text, ret)
                             : cell_read_pattern(text, &c->pattern, ret);
        break;
    case REPORT_TIME:
        fits = is_default(c) ? cell_read_time(text, ret)
                             : cell_read_pattern(text, &c->pattern, ret);
        break;
    case REPORT_DATETIME:
        fits = is_default(c) ? cell_read_datetime(text, ret)
                             : cell_read_pattern(text, &c->pattern, ret);
        break;
    case REPORT_YEAR:
        fits = cell_read_year(text, ret);
        break;
    case REPORT_YEARMONTH:
        fits = cell_read_yearmonth(text, ret);
        break;
    case REPORT_DURATION:
        fits = cell_read_duration(text, ret);
        break;
    case REPORT_LIST:
        whole_text(text, ret);
        fits = read_list(c, work, text, ret_count);
        break;
    case REPORT_GEOPOINT:
        whole_text(text, ret);
        if (!og_str_is(c->field->format, "default"))
            return read_json(c, work, text, ret_fits, ret_count, err);
        fits = cell_is_geopoint(text);
        break;
    case REPORT_OBJECT:
    case REPORT_ARRAY:
    case REPORT_GEOJSON:
        whole_text(text, ret);
        return read_json(c, work, text, ret_fits, ret_count, err);
    case REPORT_ANY:
        whole_text(text, ret);
        break;
    }
    *ret_fits = fits;
    return OG_OK;
}

/* ---- Making ---- */

static int make_words(const column *c, const report_words *words, bool as_text,
                      og_arena *arena, column_words *ret, og_error *err)
{
    column_work work = {.arena = arena};

    og_map_init(&ret->keys, arena);
    for (size_t i = 0; i < words->count; i++) {
        char key[CELL_KEY_MAX];
        cell_value v;
        bool fits = true;
        uint64_t count;
        whole_text(words->items[i], &v);
        int rc = as_text ? OG_OK
                         : read_value(c, &work, words->items[i], &fits, &v, &count, err);
        column_work_done(&work);
        if (rc != OG_OK)
            return rc;
        if (!fits)
            return og_fail(err, OG_E_INVALID, "field '%.*s': its word '%.*s' is no %s",
                           OG_FMT(c->field->name), OG_FMT(words->items[i]),
                           report_type_name(c->field->type));
        og_str copy = og_arena_str(arena, cell_key(&v, key));
        if (!copy.p || og_map_add(&ret->keys, copy, ret) < 0)
            return og_nomem(err);
    }
    return OG_OK;
}

static int make_bound(const column *c, og_str text, og_arena *arena, column_bound *ret,
                      og_error *err)
{
    bool fits;
    uint64_t count;

    if (text.n == 0)
        return OG_OK;
    column_work *work = OG_NEW(arena, column_work); /* the value may borrow from it */
    if (!work)
        return og_nomem(err);
    work->arena = arena;
    int rc = read_value(c, work, text, &fits, &ret->value, &count, err);
    column_work_done(work);
    if (rc == OG_OK && !fits)
        return og_fail(err, OG_E_INVALID, "field '%.*s': its bound '%.*s' is no %s",
                       OG_FMT(c->field->name), OG_FMT(text),
                       report_type_name(c->field->type));
    ret->some = rc == OG_OK;
    return rc;
}

static int make_bounds(column *c, og_arena *arena, og_error *err)
{
    const report_field *f = c->field;

    int rc = make_bound(c, f->minimum, arena, &c->minimum, err);
    if (rc == OG_OK)
        rc = make_bound(c, f->maximum, arena, &c->maximum, err);
    if (rc == OG_OK)
        rc = make_bound(c, f->exclusive_minimum, arena, &c->above, err);
    if (rc == OG_OK)
        rc = make_bound(c, f->exclusive_maximum, arena, &c->below, err);
    return rc;
}

static int make_pattern(column *c, og_error *err)
{
    const report_field *f = c->field;
    bool date = f->type == REPORT_DATE || f->type == REPORT_DATETIME;
    bool time = f->type == REPORT_TIME || f->type == REPORT_DATETIME;

    if ((!date && !time) || f->format.n == 0 || og_str_is(f->format, "default") ||
        og_str_is(f->format, "any"))
        return OG_OK;
    int rc = cell_pattern_make(f->format, date, time, &c->pattern, err);
    return rc == OG_OK ? rc : og_wrap(err, "field '%.*s'", OG_FMT(f->name));
}

static int make_regex(column *c, og_arena *arena, og_error *err)
{
    const report_field *f = c->field;
    cel_regex_problem problem;
    plain_pattern plain;

    if (f->pattern.n == 0)
        return OG_OK;
    if (plain_read(f->pattern, &plain)) {
        plain_pattern *kept = OG_NEW(arena, plain_pattern);
        if (!kept)
            return og_nomem(err);
        *kept = plain;
        c->plain = kept;
        return OG_OK;
    }
    int rc = cel_regex_compile(arena, f->pattern, &c->regex, &problem);
    if (rc == OG_E_NOMEM)
        return og_nomem(err);
    if (rc != OG_OK)
        return og_fail(err, OG_E_INVALID, "field '%.*s': its pattern '%.*s': %.*s",
                       OG_FMT(f->name), OG_FMT(f->pattern), OG_FMT(problem.message));
    return OG_OK;
}

static void note_missing(column *c)
{
    const report_words *missing = &c->field->missing;

    for (size_t i = 0; i < missing->count; i++) {
        if (missing->items[i].n == 0)
            c->empty_is_missing = true;
        else
            c->other_missing = true;
    }
    c->other_missing |= c->null_sequence.n > 0;
}

int column_make(const report_field *field, const report_dialect *dialect, og_arena *arena,
                column *ret, og_error *err)
{
    column c = {.field = field,
                .null_sequence = dialect->null_sequence,
                .number = {.decimal = '.', .bare = field->bare_number}};

    if (field->decimal_char.n > 0)
        c.number.decimal = field->decimal_char.p[0];
    if (field->group_char.n > 0)
        c.number.group = field->group_char.p[0];
    note_missing(&c);
    int rc = make_pattern(&c, err);
    if (rc == OG_OK)
        rc = make_words(&c, &field->true_values, true, arena, &c.true_words, err);
    if (rc == OG_OK)
        rc = make_words(&c, &field->false_values, true, arena, &c.false_words, err);
    if (rc == OG_OK)
        rc = make_words(&c, &field->enumerated, false, arena, &c.enumerated, err);
    if (rc == OG_OK)
        rc = make_words(&c, &field->categories, false, arena, &c.categories, err);
    if (rc == OG_OK)
        rc = make_bounds(&c, arena, err);
    if (rc == OG_OK)
        rc = make_regex(&c, arena, err);
    if (rc != OG_OK)
        return rc;
    c.enumerated.some = field->has_enum;
    c.categories.some = field->categories.count > 0;
    c.valued = c.enumerated.some || c.categories.some || c.minimum.some ||
               c.maximum.some || c.above.some || c.below.some;
    c.any_length = field->has_min_length || field->has_max_length;
    *ret = c;
    column_work work = {.arena = arena};
    rc = quick_make(ret, &work, arena, &ret->quick, err);
    column_work_done(&work);
    return rc;
}

/* ---- Checking ---- */

static bool is_missing(const column *c, og_str text)
{
    const report_words *missing = &c->field->missing;

    if (text.n == 0)
        return c->empty_is_missing;
    if (!c->other_missing)
        return false;
    for (size_t i = 0; i < missing->count; i++)
        if (og_str_eq(missing->items[i], text))
            return true;
    return c->null_sequence.n > 0 && og_str_eq(c->null_sequence, text);
}

static verify_rule check_length(const column *c, og_str text, uint64_t elements)
{
    const report_field *f = c->field;
    bool counted = f->type == REPORT_LIST || f->type == REPORT_ARRAY ||
                   f->type == REPORT_OBJECT || f->type == REPORT_GEOJSON;
    uint64_t n = counted ? elements : og_utf8_count(text);

    if (f->has_min_length && n < f->min_length)
        return VERIFY_MIN_LENGTH;
    if (f->has_max_length && n > f->max_length)
        return VERIFY_MAX_LENGTH;
    return VERIFY_FINE;
}

static verify_rule check_value(const column *c, const cell_value *v)
{
    if (c->enumerated.some && !has_word(&c->enumerated, v))
        return VERIFY_ENUM;
    if (c->categories.some && !has_word(&c->categories, v))
        return VERIFY_ENUM;
    if ((c->minimum.some && cell_order(v, &c->minimum.value) < 0) ||
        (c->above.some && cell_order(v, &c->above.value) <= 0))
        return VERIFY_MINIMUM;
    if ((c->maximum.some && cell_order(v, &c->maximum.value) > 0) ||
        (c->below.some && cell_order(v, &c->below.value) >= 0))
        return VERIFY_MAXIMUM;
    return VERIFY_FINE;
}

static int check_pattern(const column *c, column_work *work, og_str text,
                         verify_rule *ret, og_error *err)
{
    if (!work->matcher)
        work->matcher = cel_matcher_new(work->arena, 0, 0);
    if (!work->matcher)
        return og_nomem(err);
    int rc = cel_regex_match(c->regex, work->matcher, text, true);
    if (rc == OG_E_LIMIT)
        return og_fail(err, rc,
                       "field '%.*s': its pattern '%.*s' takes too long on a cell of %zu "
                       "bytes: write it without nested repetitions",
                       OG_FMT(c->field->name), OG_FMT(c->field->pattern), text.n);
    if (rc < 0)
        return og_nomem(err);
    if (rc == 0)
        *ret = VERIFY_PATTERN;
    return OG_OK;
}

int column_check(const column *c, column_work *work, og_str text, verify_rule *ret_rule,
                 bool *ret_missing, cell_value *ret_value, og_error *err)
{
    uint64_t elements = 0;
    bool fits;

    *ret_rule = VERIFY_FINE;
    *ret_missing = is_missing(c, text);
    if (*ret_missing) {
        if (c->field->required)
            *ret_rule = VERIFY_REQUIRED;
        return OG_OK;
    }
    int rc = read_value(c, work, text, &fits, ret_value, &elements, err);
    if (rc != OG_OK)
        return rc;
    if (!fits) {
        *ret_rule = VERIFY_TYPE;
        return OG_OK;
    }
    if (c->valued)
        *ret_rule = check_value(c, ret_value);
    if (c->any_length && *ret_rule == VERIFY_FINE)
        *ret_rule = check_length(c, text, elements);
    if (c->plain && *ret_rule == VERIFY_FINE && !plain_match(c->plain, text))
        *ret_rule = VERIFY_PATTERN;
    if (c->regex && *ret_rule == VERIFY_FINE)
        return check_pattern(c, work, text, ret_rule, err);
    return OG_OK;
}

void column_work_done(column_work *work)
{
    og_arena_done(&work->cell);
}

/* ---- Saying ---- */

static og_str expected_type(const column *c, og_arena *arena)
{
    const report_field *f = c->field;
    const char *article = strchr("aeio", report_type_name(f->type)[0]) ? "an" : "a";

    if (f->format.n == 0 || og_str_is(f->format, "default"))
        return og_arena_printf(arena, "%s %s", article, report_type_name(f->type));
    if (og_str_is(f->format, "any"))
        return og_arena_printf(arena, "%s %s in the default format, which 'any' is here",
                               article, report_type_name(f->type));
    return og_arena_printf(arena, "%s %s of the format '%.*s'", article,
                           report_type_name(f->type), OG_FMT(f->format));
}

static og_str expected_words(const report_words *words, og_arena *arena)
{
    og_buf text = {0};

    for (size_t i = 0; i < words->count && text.n < 80; i++) {
        og_buf_puts(&text, i ? ", " : "one of ");
        og_buf_put(&text, words->items[i]);
        if (text.n >= 80 && i + 1 < words->count)
            og_buf_puts(&text, ", …");
    }
    og_str copy = text.failed ? (og_str){0} : og_arena_str(arena, og_buf_str(&text));
    og_buf_done(&text);
    return copy;
}

static og_str expected_bound(og_str inclusive, og_str exclusive, const char *at,
                             const char *beyond, og_arena *arena)
{
    if (inclusive.n > 0 && exclusive.n > 0)
        return og_arena_printf(arena, "%s %.*s and %s %.*s", at, OG_FMT(inclusive),
                               beyond, OG_FMT(exclusive));
    return inclusive.n > 0 ? og_arena_printf(arena, "%s %.*s", at, OG_FMT(inclusive))
                           : og_arena_printf(arena, "%s %.*s", beyond, OG_FMT(exclusive));
}

og_str column_expected(const column *c, verify_rule rule, og_arena *arena)
{
    const report_field *f = c->field;

    switch (rule) {
    case VERIFY_TYPE:
        return expected_type(c, arena);
    case VERIFY_REQUIRED:
        return OG_STR("a value");
    case VERIFY_ENUM:
        return expected_words(f->has_enum ? &f->enumerated : &f->categories, arena);
    case VERIFY_PATTERN:
        return og_arena_printf(arena, "text that matches %.*s", OG_FMT(f->pattern));
    case VERIFY_MINIMUM:
        return expected_bound(f->minimum, f->exclusive_minimum, "at least", "more than",
                              arena);
    case VERIFY_MAXIMUM:
        return expected_bound(f->maximum, f->exclusive_maximum, "at most", "less than",
                              arena);
    case VERIFY_MIN_LENGTH:
        return og_arena_printf(arena, "a length of at least %llu",
                               (unsigned long long)f->min_length);
    case VERIFY_MAX_LENGTH:
        return og_arena_printf(arena, "a length of at most %llu",
                               (unsigned long long)f->max_length);
    case VERIFY_UNIQUE:
        return OG_STR("a value that no other row has");
    default:
        return (og_str){0};
    }
}
