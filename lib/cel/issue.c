/* The list of what is wrong with an expression, and the two ways of adding to it: with
 * positions in code points (callers) and with a range of bytes of a source (parser,
 * checker). */
#include <stdarg.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "cel/issue.h"

#define LONGEST_TEXT 60 /* bytes of the source repeated in a message */

void cel_issues_done(cel_issues *issues)
{
    og_arena_done(&issues->arena);
    *issues = (cel_issues){0};
}

static bool make_room(cel_issues *issues)
{
    if (issues->count < issues->cap)
        return true;
    size_t cap = issues->cap ? issues->cap * 2 : 8;
    cel_issue *items = OG_ARRAY(&issues->arena, cap, cel_issue);
    if (!items)
        return false;
    if (issues->count > 0)
        memcpy(items, issues->items, issues->count * sizeof *items);
    issues->items = items;
    issues->cap = cap;
    return true;
}

static og_str format(og_arena *arena, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    char *text = n >= 0 ? og_arena_alloc(arena, (size_t)n + 1) : NULL;
    if (!text)
        return (og_str){0};
    vsnprintf(text, (size_t)n + 1, fmt, args);
    return (og_str){text, (size_t)n};
}

static cel_issue *add(cel_issues *issues, const char *code, uint32_t offset,
                      uint32_t length, const char *fmt, va_list args)
{
    if (issues->count >= (issues->max ? issues->max : OG_LIMIT_CEL_ISSUES)) {
        issues->dropped++;
        return NULL;
    }
    og_str message = format(&issues->arena, fmt, args);
    if (!message.p || !make_room(issues)) {
        issues->failed = OG_E_NOMEM;
        return NULL;
    }
    cel_issue *item = &issues->items[issues->count++];
    *item = (cel_issue){.code = code,
                        .offset = offset,
                        .length = length > 0 ? length : 1,
                        .message = message};
    return item;
}

cel_issue *cel_issues_add(cel_issues *issues, const char *code, uint32_t offset,
                          uint32_t length, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    cel_issue *item = add(issues, code, offset, length, fmt, args);
    va_end(args);
    return item;
}

cel_issue *cel_issue_at(cel_issues *issues, og_str source, uint32_t begin, uint32_t end,
                        const char *code, const char *fmt, ...)
{
    uint32_t from = cel_source_point(source, begin);
    uint32_t to = cel_source_point(source, end);
    va_list args;
    va_start(args, fmt);
    cel_issue *item = add(issues, code, from, to - from, fmt, args);
    va_end(args);
    return item;
}

void cel_issues_hint(cel_issues *issues, cel_issue *item, const char *fmt, ...)
{
    if (!item)
        return;
    va_list args;
    va_start(args, fmt);
    item->hint = format(&issues->arena, fmt, args);
    va_end(args);
    if (!item->hint.p)
        issues->failed = OG_E_NOMEM;
}

og_str cel_issue_short(og_str text)
{
    return og_utf8_cut(text, LONGEST_TEXT);
}

/* Insertion sort: there are at most `max` of them, mostly in order already. */
void cel_issues_sort(cel_issues *issues)
{
    for (size_t i = 1; i < issues->count; i++) {
        cel_issue moved = issues->items[i];
        size_t j = i;
        for (; j > 0 && issues->items[j - 1].offset > moved.offset; j--)
            issues->items[j] = issues->items[j - 1];
        issues->items[j] = moved;
    }
}

uint32_t cel_source_point(og_str source, uint32_t byte)
{
    return (uint32_t)og_utf8_count(og_str_slice(source, 0, byte));
}
