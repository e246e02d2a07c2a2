/* Comparison of two layouts: which field is which, and what became of it. */
#include "report/diff.h"

#include <stdio.h>

#include "base/digest.h"
#include "model/register.h"
#include "report/differ.h"
#include "report/layout_member.h"

/* ---- Fingerprints ---- */

/* Each text with its length before it: no two lists of texts give the same bytes. */
static void hash_text(og_sha256 *h, bool there, og_str s)
{
    char head[24];
    int n = snprintf(head, sizeof head, there ? "%zu:" : "-:", s.n);

    og_sha256_add(h, (og_str){head, (size_t)n});
    if (there)
        og_sha256_add(h, s);
}

static void fingerprint(const report_layout *l, report_difference *d)
{
    unsigned char digest[OG_SHA256_SIZE];
    og_sha256 h;

    og_sha256_init(&h);
    hash_text(&h, true, OG_STR("report-difference-1"));
    hash_text(&h, true, l->report);
    hash_text(&h, true, og_str_from(d->rule->id));
    hash_text(&h, true, og_str_from(report_class_name(d->weight)));
    hash_text(&h, true, d->field);
    hash_text(&h, true, d->renamed);
    hash_text(&h, true, d->part);
    hash_text(&h, d->has_before, d->before);
    hash_text(&h, d->has_after, d->after);
    og_sha256_end(&h, digest);
    d->fingerprint[0] = 'f';
    og_hex(digest, 16, d->fingerprint + 1);
}

bool report_difference_is(const report_difference *d, og_str shown)
{
    return shown.n >= REPORT_FINGERPRINT_SHOWN &&
           og_str_starts(og_str_from(d->fingerprint), shown);
}

bool report_difference_touches(const report_difference *d, const report_words *fields,
                               report_reading reading)
{
    if (d->rule->touches == REPORT_TOUCHES_ALL || d->field.n == 0)
        return true;
    if (d->rule->touches == REPORT_TOUCHES_PLACE && reading == REPORT_POSITIONAL)
        return true;
    return layout_has_word(fields, d->field) ||
           (d->renamed.n > 0 && layout_has_word(fields, d->renamed));
}

/* ---- Adding differences ---- */

static report_difference *grow(differ *d)
{
    if (d->count == d->cap) {
        size_t cap = d->cap ? d->cap * 2 : 16;
        report_difference *items = OG_ARRAY(d->arena, cap, report_difference);
        if (!items) {
            d->failed = OG_E_NOMEM;
            return NULL;
        }
        if (d->count > 0)
            memcpy(items, d->items, d->count * sizeof *items);
        d->items = items;
        d->cap = cap;
    }
    return &d->items[d->count++];
}

void differ_add(differ *d, report_rule_id id, const char *part, og_str before,
                og_str after)
{
    report_difference *item = d->failed ? NULL : grow(d);
    const report_field *old = d->old_field, *new = d->new_field;

    if (!item)
        return;
    *item = (report_difference){.rule = &report_rules[id],
                                .weight = report_rules[id].classes[d->from->reading],
                                .part = og_str_from(part ? part : ""),
                                .has_before = before.p != NULL,
                                .has_after = after.p != NULL,
                                .before = before,
                                .after = after,
                                .old_field = old,
                                .new_field = new};
    if (old || new)
        item->field = old ? old->name : new->name;
    if (old && new && !og_str_eq(old->name, new->name))
        item->renamed = new->name;
    fingerprint(d->from, item);
}

void differ_text(differ *d, report_rule_id id, const char *part, og_str before,
                 og_str after)
{
    if (!og_str_eq(before, after))
        differ_add(d, id, part, before.n ? before : DIFFER_NONE,
                   after.n ? after : DIFFER_NONE);
}

void differ_flag(differ *d, report_rule_id added, report_rule_id removed, bool before,
                 bool after)
{
    if (before != after)
        differ_add(d, after ? added : removed, NULL, DIFFER_NONE, DIFFER_NONE);
}

og_str differ_join(differ *d, const report_words *words)
{
    og_buf out = {0};

    for (size_t i = 0; i < words->count; i++) {
        og_buf_puts(&out, i ? ", " : "");
        og_buf_put(&out, words->items[i]);
    }
    og_str all = out.failed
                     ? DIFFER_NONE
                     : og_arena_str(d->arena, out.n ? og_buf_str(&out) : OG_STR(""));
    if (!all.p)
        d->failed = OG_E_NOMEM;
    og_buf_done(&out);
    return all;
}

bool differ_same_words(const report_words *a, const report_words *b)
{
    if (a->items == b->items && a->count == b->count)
        return true;
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!og_str_eq(a->items[i], b->items[i]))
            return false;
    return true;
}

/* Membership in long lists. */
typedef struct word_set {
    const report_words *words;
    og_map map; /* of lists over SHORT */
} word_set;
enum {
    SHORT = 16
};

static word_set set_of(differ *d, const report_words *words)
{
    word_set set = {.words = words};

    if (words->count <= SHORT)
        return set;
    og_map_init(&set.map, d->arena);
    for (size_t i = 0; i < words->count; i++)
        if (og_map_add(&set.map, words->items[i], set.map.arena) < 0)
            d->failed = OG_E_NOMEM;
    return set;
}

static bool set_has(const word_set *set, og_str word)
{
    return set->map.arena ? og_map_get(&set->map, word) != NULL
                          : layout_has_word(set->words, word);
}

bool differ_words(differ *d, report_rule_id added, report_rule_id removed,
                  const char *part, const report_words *before, const report_words *after)
{
    size_t count = d->count;

    if (differ_same_words(before, after))
        return false;
    word_set old = set_of(d, before), new = set_of(d, after);
    for (size_t i = 0; i < before->count; i++)
        if (!set_has(&new, before->items[i]))
            differ_add(d, removed, part, before->items[i], DIFFER_NONE);
    for (size_t i = 0; i < after->count; i++)
        if (!set_has(&old, after->items[i]))
            differ_add(d, added, part, DIFFER_NONE, after->items[i]);
    return d->count > count;
}

report_words differ_translate(differ *d, const report_words *names)
{
    og_str *items = OG_ARRAY(d->arena, names->count, og_str);

    if (!items) {
        d->failed = OG_E_NOMEM;
        return (report_words){0};
    }
    for (size_t i = 0; i < names->count; i++) {
        og_str name = names->items[i];
        bool minus =
            name.n > 1 && name.p[0] == '-' && !report_layout_field(d->from, name);
        int at = report_layout_index(d->from, og_str_slice(name, minus, name.n));
        items[i] = name;
        if (at < 0 || d->new_names[at].n == 0)
            continue;
        items[i] = minus ? og_arena_printf(d->arena, "-%.*s", OG_FMT(d->new_names[at]))
                         : d->new_names[at];
        if (!items[i].p)
            d->failed = OG_E_NOMEM;
    }
    return (report_words){items, names->count};
}

/* ---- Renames ---- */

int report_renames_of(const model_record *change, og_arena *arena, report_renames *ret,
                      og_error *err)
{
    og_value v = change ? model_record_get(change, "renames") : og_absent();
    size_t count = v.kind == OG_MAP ? v.as.map->count : 0;
    og_str *from = OG_ARRAY(arena, count, og_str), *to = OG_ARRAY(arena, count, og_str);

    if (!from || !to)
        return og_nomem(err);
    for (size_t i = 0; i < count; i++) {
        from[i] = og_text(v.as.map->keys[i]);
        to[i] = og_text(v.as.map->values[i]);
    }
    *ret = (report_renames){from, to, count};
    return OG_OK;
}

static bool rename_holds(const report_renames *renames, size_t i,
                         const report_layout *from, const report_layout *to)
{
    for (size_t j = 0; j < i; j++)
        if (og_str_eq(renames->to[j], renames->to[i]) ||
            og_str_eq(renames->from[j], renames->from[i]))
            return false;
    return report_layout_field(from, renames->from[i]) &&
           report_layout_field(to, renames->to[i]) &&
           !report_layout_field(to, renames->from[i]) &&
           !report_layout_field(from, renames->to[i]);
}

size_t report_renames_wrong(const report_renames *renames, const report_layout *from,
                            const report_layout *to)
{
    for (size_t i = 0; i < renames->count; i++)
        if (!rename_holds(renames, i, from, to))
            return i;
    return SIZE_MAX;
}

/* ---- Which field is which ---- */

typedef struct matching {
    int *partner;      /* [from]: index after, or -1 */
    bool *kept_after;  /* [to]: it was there before */
    bool *moved;       /* [from] */
    og_str *new_names; /* [from] */
} matching;

static int match_fields(differ *d, const report_renames *renames, matching *m)
{
    const report_layout *from = d->from, *to = d->to;

    m->partner = OG_ARRAY(d->arena, from->field_count, int);
    m->kept_after = OG_ARRAY(d->arena, to->field_count, bool);
    m->moved = OG_ARRAY(d->arena, from->field_count, bool);
    m->new_names = OG_ARRAY(d->arena, from->field_count, og_str);
    if (!m->partner || !m->kept_after || !m->moved || !m->new_names)
        return OG_E_NOMEM;
    for (size_t i = 0; i < from->field_count; i++)
        m->partner[i] = report_layout_index(to, from->fields[i].name);
    for (size_t i = 0; renames && i < renames->count; i++)
        if (rename_holds(renames, i, from, to))
            m->partner[report_layout_index(from, renames->from[i])] =
                report_layout_index(to, renames->to[i]);
    for (size_t i = 0; i < from->field_count; i++)
        if (m->partner[i] >= 0) {
            m->kept_after[m->partner[i]] = true;
            m->new_names[i] = to->fields[m->partner[i]].name;
        }
    d->new_names = m->new_names;
    return OG_OK;
}

/* Marks the fewest kept fields whose moving explains the new order: those outside a
 * longest increasing sequence of places (patience sorting). */
static int find_moved(differ *d, matching *m)
{
    size_t n = d->from->field_count, length = 0;
    int *tails = OG_ARRAY(d->arena, n, int), *before = OG_ARRAY(d->arena, n, int);

    if (!tails || !before)
        return OG_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        if (m->partner[i] < 0)
            continue;
        size_t low = 0, high = length;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (m->partner[tails[middle]] < m->partner[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low > 0 ? tails[low - 1] : -1;
        tails[low] = (int)i;
        length += low == length;
        m->moved[i] = true;
    }
    for (int i = length > 0 ? tails[length - 1] : -1; i >= 0; i = before[i])
        m->moved[i] = false;
    return OG_OK;
}

static og_str number(differ *d, size_t n)
{
    og_str s = og_arena_printf(d->arena, "%zu", n);

    if (!s.p)
        d->failed = OG_E_NOMEM;
    return s;
}

/* The field as written, in canonical JSON. */
static og_str definition(differ *d, const report_layout *l, const report_field *f)
{
    og_diags diags = {0};
    const layout_reader r = {l->document, d->arena, &diags};
    og_str text = OG_STR("");

    if (layout_json(&r, f->node, &text, NULL) != OG_OK)
        d->failed = OG_E_NOMEM;
    og_diags_done(&diags);
    return text;
}

static void add_removed(differ *d, const matching *m)
{
    size_t last = 0; /* one past the last field that stays */

    for (size_t i = 0; i < d->from->field_count; i++)
        if (m->partner[i] >= 0)
            last = i + 1;
    for (size_t i = 0; i < d->from->field_count; i++) {
        if (m->partner[i] >= 0)
            continue;
        d->old_field = &d->from->fields[i];
        d->new_field = NULL;
        og_str place = number(d, i + 1);
        differ_add(d, i < last ? REPORT_FIELD_REMOVED_INSIDE : REPORT_FIELD_REMOVED_LAST,
                   place.p, definition(d, d->from, d->old_field), DIFFER_NONE);
    }
}

static void add_added(differ *d, const matching *m)
{
    size_t last = 0;

    for (size_t i = 0; i < d->to->field_count; i++)
        if (m->kept_after[i])
            last = i + 1;
    for (size_t i = 0; i < d->to->field_count; i++) {
        if (m->kept_after[i])
            continue;
        d->old_field = NULL;
        d->new_field = &d->to->fields[i];
        og_str place = number(d, i + 1);
        differ_add(d, i < last ? REPORT_FIELD_ADDED_INSIDE : REPORT_FIELD_ADDED_LAST,
                   place.p, DIFFER_NONE, definition(d, d->to, d->new_field));
    }
}

static void compare_kept(differ *d, const matching *m)
{
    for (size_t i = 0; i < d->from->field_count; i++) {
        if (m->partner[i] < 0)
            continue;
        d->old_field = &d->from->fields[i];
        d->new_field = &d->to->fields[m->partner[i]];
        if (!og_str_eq(d->old_field->name, d->new_field->name))
            differ_add(d, REPORT_FIELD_RENAMED, NULL, d->old_field->name,
                       d->new_field->name);
        if (m->moved[i])
            differ_add(d, REPORT_FIELD_MOVED, NULL, number(d, i + 1),
                       number(d, (size_t)m->partner[i] + 1));
        differ_field(d);
    }
}

int report_compare(const report_layout *from, const report_layout *to,
                   const report_renames *renames, og_arena *arena,
                   report_differences *ret, og_error *err)
{
    differ d = {.from = from, .to = to, .arena = arena};
    matching m;

    if (match_fields(&d, renames, &m) != OG_OK || find_moved(&d, &m) != OG_OK)
        return og_nomem(err);
    add_removed(&d, &m);
    add_added(&d, &m);
    compare_kept(&d, &m);
    d.old_field = d.new_field = NULL;
    differ_file(&d);
    differ_terms(&d);
    if (d.failed)
        return og_nomem(err);
    *ret = (report_differences){.items = d.items, .count = d.count};
    for (size_t i = 0; i < d.count; i++)
        ret->counts[d.items[i].weight]++;
    return OG_OK;
}
