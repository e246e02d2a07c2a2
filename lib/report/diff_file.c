/* What holds for the whole file: keys, dialect, encoding, order, name. */
#include "csv/charset.h"
#include "report/differ.h"

/* ---- Keys ---- */

static bool same_set(const report_words *a, const report_words *b)
{
    size_t found = 0;

    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (og_str_eq(a->items[i], b->items[j])) {
                found++;
                break;
            }
    return a->count == b->count && found == a->count;
}

static void compare_primary_key(differ *d)
{
    const report_words old = differ_translate(d, &d->from->primary_key);
    const report_words *new = &d->to->primary_key;

    if (differ_same_words(&old, new))
        return;
    report_rule_id rule = old.count == 0        ? REPORT_PRIMARY_KEY_ADDED
                          : new->count == 0     ? REPORT_PRIMARY_KEY_REMOVED
                          : same_set(&old, new) ? REPORT_PRIMARY_KEY_REORDERED
                                                : REPORT_PRIMARY_KEY_CHANGED;
    differ_text(d, rule, NULL, differ_join(d, &old), differ_join(d, new));
}

static bool has_key(const report_words *keys, size_t count, const report_words *key)
{
    for (size_t i = 0; i < count; i++)
        if (same_set(&keys[i], key))
            return true;
    return false;
}

static void compare_unique_keys(differ *d)
{
    const report_layout *from = d->from, *to = d->to;
    report_words *old = OG_ARRAY(d->arena, from->unique_key_count, report_words);

    if (!old) {
        d->failed = OG_E_NOMEM;
        return;
    }
    for (size_t i = 0; i < from->unique_key_count; i++) {
        old[i] = differ_translate(d, &from->unique_keys[i]);
        if (!has_key(to->unique_keys, to->unique_key_count, &old[i]))
            differ_add(d, REPORT_UNIQUE_KEY_REMOVED, NULL, differ_join(d, &old[i]),
                       DIFFER_NONE);
    }
    for (size_t i = 0; i < to->unique_key_count; i++)
        if (!has_key(old, from->unique_key_count, &to->unique_keys[i]))
            differ_add(d, REPORT_UNIQUE_KEY_ADDED, NULL, DIFFER_NONE,
                       differ_join(d, &to->unique_keys[i]));
}

/* ---- How files match the schema: from the strictest to the loosest ---- */

static int looseness(og_str match)
{
    return og_str_is(match, "exact")     ? 0
           : og_str_is(match, "equal")   ? 1
           : og_str_is(match, "partial") ? 3
                                         : 2;
}

static void compare_match(differ *d)
{
    og_str old = d->from->fields_match, new = d->to->fields_match;
    int before = looseness(old), after = looseness(new);

    differ_text(d,
                after > before   ? REPORT_FIELDS_MATCH_LOOSENED
                : after < before ? REPORT_FIELDS_MATCH_TIGHTENED
                                 : REPORT_FIELDS_MATCH_CHANGED,
                NULL, old, new);
}

/* ---- Dialect ---- */

static og_str numbers(differ *d, const size_t *items, size_t count)
{
    og_buf out = {0};

    for (size_t i = 0; i < count; i++)
        og_buf_printf(&out, "%s%zu", i ? ", " : "", items[i]);
    og_str all = count == 0 ? OG_STR("") : og_arena_str(d->arena, og_buf_str(&out));
    if (out.failed || !all.p)
        d->failed = OG_E_NOMEM;
    og_buf_done(&out);
    return all;
}

static void compare_header(differ *d)
{
    const report_dialect *o = &d->from->dialect, *n = &d->to->dialect;

    differ_flag(d, REPORT_HEADER_ADDED, REPORT_HEADER_REMOVED, o->header, n->header);
    if (o->header && n->header)
        differ_text(d, REPORT_HEADER_ROW_CHANGED, NULL, numbers(d, &o->header_row, 1),
                    numbers(d, &n->header_row, 1));
}

static og_str yes_or_no(bool b)
{
    return b ? OG_STR("true") : OG_STR("false");
}

static void compare_dialect(differ *d)
{
    const report_dialect *o = &d->from->dialect, *n = &d->to->dialect;

    differ_text(d, REPORT_DELIMITER_CHANGED, NULL, o->delimiter, n->delimiter);
    differ_text(d, REPORT_QUOTE_CHANGED, NULL, o->quote_char, n->quote_char);
    if (o->quote_char.n > 0 && n->quote_char.n > 0)
        differ_text(d, REPORT_DOUBLE_QUOTE_CHANGED, NULL, yes_or_no(o->double_quote),
                    yes_or_no(n->double_quote));
    differ_text(d, REPORT_ESCAPE_CHANGED, NULL, o->escape_char, n->escape_char);
    differ_text(d, REPORT_COMMENT_CHANGED, "commentChar", o->comment_char,
                n->comment_char);
    differ_text(d, REPORT_COMMENT_CHANGED, "commentRows",
                numbers(d, o->comment_rows, o->comment_row_count),
                numbers(d, n->comment_rows, n->comment_row_count));
    differ_text(d, REPORT_NULL_SEQUENCE_CHANGED, NULL, o->null_sequence,
                n->null_sequence);
    differ_text(d, REPORT_INITIAL_SPACE_CHANGED, NULL, yes_or_no(o->skip_initial_space),
                yes_or_no(n->skip_initial_space));
    differ_text(d, REPORT_DIALECT_PROPERTY_CHANGED, "dialect", o->other, n->other);
    differ_text(d, REPORT_DIALECT_PROPERTY_CHANGED, "schema", d->from->other,
                d->to->other);
}

/* ---- The file ---- */

static bool is_ascii_name(og_str e)
{
    return og_str_is(e, "us-ascii");
}

static bool holds_ascii(og_str e)
{
    const csv_charset *c = csv_charset_named(e);

    return c && (c->form == CSV_CHARSET_UTF8 || c->form == CSV_CHARSET_SINGLE);
}

static void compare_encoding(differ *d)
{
    og_str old = d->from->encoding, new = d->to->encoding;
    bool narrowed = is_ascii_name(new) && holds_ascii(old);
    bool widened = is_ascii_name(old) && holds_ascii(new);

    differ_text(d,
                narrowed  ? REPORT_ENCODING_NARROWED
                : widened ? REPORT_ENCODING_WIDENED
                          : REPORT_ENCODING_CHANGED,
                NULL, old, new);
}

/* Whether the first words of `longer` are `shorter`. */
static bool begins_with(const report_words *longer, const report_words *shorter)
{
    report_words head = {longer->items, shorter->count};

    return longer->count >= shorter->count && differ_same_words(&head, shorter);
}

static void compare_sorting(differ *d)
{
    const report_words old = differ_translate(d, &d->from->sorted_by);
    const report_words *new = &d->to->sorted_by;

    if (differ_same_words(&old, new))
        return;
    report_rule_id rule = old.count == 0           ? REPORT_SORT_ADDED
                          : new->count == 0        ? REPORT_SORT_REMOVED
                          : begins_with(new, &old) ? REPORT_SORT_REFINED
                          : begins_with(&old, new) ? REPORT_SORT_COARSENED
                                                   : REPORT_SORT_CHANGED;
    differ_text(d, rule, NULL, differ_join(d, &old), differ_join(d, new));
}

static og_str reading_name(report_reading r)
{
    return r == REPORT_BY_NAME ? OG_STR("by_name") : OG_STR("positional");
}

void differ_file(differ *d)
{
    const report_layout *from = d->from, *to = d->to;

    compare_match(d);
    differ_words(d, REPORT_MISSING_VALUE_ADDED, REPORT_MISSING_VALUE_REMOVED, NULL,
                 &from->missing, &to->missing);
    compare_primary_key(d);
    compare_unique_keys(d);
    differ_words(d, REPORT_FOREIGN_KEY_ADDED, REPORT_FOREIGN_KEY_REMOVED, NULL,
                 &from->foreign_keys, &to->foreign_keys);
    compare_header(d);
    compare_dialect(d);
    compare_encoding(d);
    differ_text(d, REPORT_LINE_ENDING_CHANGED, NULL, from->line_ending, to->line_ending);
    compare_sorting(d);
    differ_text(d, REPORT_READING_CHANGED, NULL, reading_name(from->reading),
                reading_name(to->reading));
    differ_text(d, REPORT_FREQUENCY_CHANGED, NULL, from->frequency, to->frequency);
    differ_text(d, REPORT_FILE_NAME_CHANGED, NULL, from->file_name, to->file_name);
    differ_text(d, REPORT_TRANSPORT_CHANGED, NULL, from->transport, to->transport);
}
