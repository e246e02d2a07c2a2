/* Findings about somebody's file: gathered, sorted, shown with a caret. */
#include "base/diag.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"

#define SHOWN_LINE 400u /* bytes of a source line kept for the caret */

static const char *const level_names[] = {"note", "warning", "error"}; /* ORDER */
static const char *const level_colours[] = {"\033[36m", "\033[33m", "\033[31m"};
_Static_assert(sizeof level_names / sizeof *level_names == OG_LEVEL_ERROR + 1, "levels");
_Static_assert(sizeof level_colours / sizeof *level_colours == OG_LEVEL_ERROR + 1,
               "levels");

void og_diags_done(og_diags *d)
{
    og_arena_done(&d->arena);
    og_free(d->items);
    *d = (og_diags){0};
}

static og_diag *lost(og_diags *d)
{
    d->failed = OG_E_NOMEM;
    return NULL;
}

/* Whether the line last shown lies in this very text: findings come in order, and looking
 * for each from the top would be quadratic in a long file. */
static bool goes_on(const og_diags *d, const char *path, og_str source, uint32_t number)
{
    return d->seen.source.p == source.p && d->seen.source.n == source.n &&
           d->seen.line <= number && d->seen.path && path &&
           strcmp(d->seen.path, path) == 0;
}

/* The text of line `number`, without its end, cut to what is worth showing. `path` is
 * kept. */
static og_str source_line(og_diags *d, const char *path, og_str source, uint32_t number)
{
    if (number == 0 || source.n == 0)
        return (og_str){NULL, 0};
    if (!goes_on(d, path, source, number)) {
        d->seen.path = path;
        d->seen.source = source;
        d->seen.line = 1;
        d->seen.at = 0;
    }
    for (; d->seen.line < number && d->seen.at < source.n; d->seen.line++)
        d->seen.at += og_str_find(og_str_slice(source, d->seen.at, source.n), '\n') + 1;
    og_str line = og_str_slice(source, d->seen.at, source.n);
    line = og_str_slice(line, 0, og_str_find(line, '\n'));
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return og_utf8_cut(line, SHOWN_LINE);
}

static bool make_room(og_diags *d)
{
    if (d->count < d->cap || d->count == OG_LIMIT_DIAGS)
        return true;
    size_t cap = d->cap ? d->cap * 2 : 16;
    og_diag *items = og_realloc(d->items, cap * sizeof *items);
    if (!items)
        return false;
    d->items = items;
    d->cap = cap;
    return true;
}

/* A copy of path in the arena; findings come file by file, so the last one often serves.
 */
static const char *keep_path(og_diags *d, const char *path)
{
    if (d->count > 0) {
        const char *last = d->items[d->count - 1].pos.path;
        if (last && strcmp(last, path) == 0)
            return last;
    }
    return og_arena_str(&d->arena, og_str_from(path)).p;
}

/* Where the next item goes: at the end, or, past the limit, an error in place of the last
 * finding that is none. SIZE_MAX: nowhere. */
static size_t place_for(og_diags *d, og_level level)
{
    if (d->count < OG_LIMIT_DIAGS)
        return d->count;
    d->dropped++;
    for (size_t i = d->count; level == OG_LEVEL_ERROR && !d->only_errors && i-- > 0;)
        if (d->items[i].level != OG_LEVEL_ERROR)
            return i;
    d->only_errors = d->only_errors || level == OG_LEVEL_ERROR;
    return SIZE_MAX;
}

og_diag *og_diags_add(og_diags *d, og_level level, const char *code, og_pos pos,
                      og_str source, const char *fmt, ...)
{
    d->errors += level == OG_LEVEL_ERROR;
    d->warnings += level == OG_LEVEL_WARNING;
    size_t place = place_for(d, level);
    if (place == SIZE_MAX)
        return NULL;
    if (!make_room(d))
        return lost(d);
    va_list args;
    va_start(args, fmt);
    og_diag item = {.level = level, .code = code, .pos = pos};
    item.text = og_arena_vprintf(&d->arena, fmt, args);
    va_end(args);
    if (!item.text.p)
        return lost(d);
    if (pos.path && !(item.pos.path = keep_path(d, pos.path)))
        return lost(d);
    og_str line = source_line(d, item.pos.path, source, pos.line);
    if (line.n > 0) {
        item.line = og_arena_str(&d->arena, line);
        if (!item.line.p)
            return lost(d);
    }
    d->items[place] = item;
    d->count += place == d->count;
    return &d->items[place];
}

void og_diags_hint(og_diags *d, og_diag *item, const char *fmt, ...)
{
    if (!item)
        return;
    va_list args;
    va_start(args, fmt);
    item->hint = og_arena_vprintf(&d->arena, fmt, args);
    va_end(args);
    if (!item->hint.p)
        lost(d);
}

void og_diags_prefix(og_diags *d, size_t first, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    og_str prefix = og_arena_vprintf(&d->arena, fmt, args);
    va_end(args);
    for (size_t i = first; i < d->count; i++) {
        og_str text = og_arena_printf(&d->arena, "%.*s%.*s", OG_FMT(prefix),
                                      OG_FMT(d->items[i].text));
        if (!prefix.p || !text.p)
            lost(d);
        else
            d->items[i].text = text;
    }
}

static int compare(const og_diag *a, const og_diag *b)
{
    int order = og_str_cmp(og_str_from(a->pos.path), og_str_from(b->pos.path));
    if (order != 0)
        return order;
    if (a->pos.line != b->pos.line)
        return a->pos.line < b->pos.line ? -1 : 1;
    if (a->pos.column != b->pos.column)
        return a->pos.column < b->pos.column ? -1 : 1;
    return strcmp(a->code, b->code);
}

/* Insertion sort: stable, without memory, and at most OG_LIMIT_DIAGS items that mostly
 * are in order already. */
void og_diags_sort(og_diags *d)
{
    for (size_t i = 1; i < d->count; i++) {
        og_diag item = d->items[i];
        size_t j = i;
        for (; j > 0 && compare(&d->items[j - 1], &item) > 0; j--)
            d->items[j] = d->items[j - 1];
        d->items[j] = item;
    }
}

/* Whether the item is among those kept, which are sorted. */
static bool is_repeated(const og_diag *kept, size_t count, const og_diag *item)
{
    for (size_t i = count; i > 0 && compare(&kept[i - 1], item) == 0; i--)
        if (kept[i - 1].level == item->level && og_str_eq(kept[i - 1].text, item->text))
            return true;
    return false;
}

void og_diags_drop_repeated(og_diags *d)
{
    size_t kept = 0;

    og_diags_sort(d);
    for (size_t i = 0; i < d->count; i++) {
        og_diag item = d->items[i];
        if (!is_repeated(d->items, kept, &item)) {
            d->items[kept++] = item;
            continue;
        }
        d->errors -= item.level == OG_LEVEL_ERROR;
        d->warnings -= item.level == OG_LEVEL_WARNING;
    }
    d->count = kept;
}

/* "path:line:column: ", as much of it as is known. */
static void print_place(og_pos pos, og_buf *out)
{
    if (!pos.path)
        return;
    og_buf_put_shown(out, og_str_from(pos.path));
    if (pos.line > 0)
        og_buf_printf(out, ":%u", pos.line);
    if (pos.line > 0 && pos.column > 0)
        og_buf_printf(out, ":%u", pos.column);
    og_buf_puts(out, ": ");
}

int og_diags_check(const og_diags *d, og_error *err)
{
    if (d->failed)
        return og_nomem(err);
    if (og_diags_ok(d))
        return OG_OK;
    const og_diag *first = d->items; /* an error is always kept */
    while (first->level != OG_LEVEL_ERROR)
        first++;
    og_buf place = {0};
    print_place(first->pos, &place);
    int code;
    if (place.failed)
        code = og_nomem(err);
    else if (d->errors == 1)
        code = og_fail(err, OG_E_INVALID, "%.*s%.*s", OG_FMT(og_buf_str(&place)),
                       OG_FMT(first->text));
    else
        code = og_fail(err, OG_E_INVALID, "%zu errors, the first: %.*s%.*s", d->errors,
                       OG_FMT(og_buf_str(&place)), OG_FMT(first->text));
    og_buf_done(&place);
    return code;
}

static size_t digits(uint32_t n)
{
    size_t count = 1;
    for (; n >= 10; n /= 10)
        count++;
    return count;
}

static void put_times(og_buf *out, char c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        og_buf_putc(out, c);
}

/* Byte offset of the code point numbered `index`, or s.n. */
static size_t offset_of(og_str s, uint32_t index)
{
    size_t at = 0;
    for (; index > 0 && at < s.n; index--) {
        uint32_t c;
        unsigned n = og_utf8_decode(s, at, &c);
        at += n ? n : 1;
    }
    return at;
}

/* The source line and, where the column is in it, the caret under it. */
static void print_line(const og_diag *item, og_buf *out, bool colour)
{
    og_str line = item->line;
    if (line.n == 0)
        return;
    og_buf_printf(out, "  %u | ", item->pos.line);
    uint32_t column = item->pos.column;
    size_t from = offset_of(line, column > 0 ? column - 1 : 0);
    size_t length = item->pos.length > 0 ? item->pos.length : 1;
    size_t to = from + offset_of(og_str_slice(line, from, line.n), (uint32_t)length);
    size_t before = og_buf_put_shown(out, og_str_slice(line, 0, from));
    size_t under = og_buf_put_shown(out, og_str_slice(line, from, to));
    og_buf_put_shown(out, og_str_slice(line, to, line.n));
    og_buf_putc(out, '\n');
    bool outside = from == line.n && column > og_utf8_count(line) + 1;
    if (column == 0 || outside)
        return;
    put_times(out, ' ', 2 + digits(item->pos.line));
    og_buf_puts(out, " | ");
    put_times(out, ' ', before);
    og_buf_puts(out, colour ? level_colours[item->level] : "");
    put_times(out, '^', under > 0 ? under : 1);
    og_buf_puts(out, colour ? "\033[0m\n" : "\n");
}

static void print_one(const og_diag *item, og_buf *out, bool colour)
{
    print_place(item->pos, out);
    og_buf_printf(out, "%s%s:%s ", colour ? level_colours[item->level] : "",
                  level_names[item->level], colour ? "\033[0m" : "");
    og_buf_put_shown(out, item->text);
    og_buf_printf(out, " [%s]\n", item->code);
    print_line(item, out, colour);
    if (item->hint.n > 0) {
        og_buf_puts(out, "  = hint: ");
        og_buf_put_shown(out, item->hint);
        og_buf_putc(out, '\n');
    }
}

void og_diags_print(const og_diags *d, og_buf *out, bool colour)
{
    for (size_t i = 0; i < d->count; i++)
        print_one(&d->items[i], out, colour);
    if (d->dropped > 0)
        og_buf_printf(out, "%zu more findings are not shown (limit %u)\n", d->dropped,
                      OG_LIMIT_DIAGS);
    if (d->failed)
        og_buf_puts(out, "findings are missing: out of memory\n");
}
