/* Building JSON values a member at a time. Internal to lib/render.
 *
 * Failures stick in the maker: add at will, look once at the end. */
#ifndef OG_RENDER_MEMBERS_H
#define OG_RENDER_MEMBERS_H

#include "base/buf.h"
#include "base/date.h"
#include "value/value.h"

enum {
    MEMBERS_MAX = 32
};

typedef struct members_maker {
    og_arena *arena; /* where everything made lives */
    int failed;      /* 0 or OG_E_NOMEM */
} members_maker;

typedef struct members { /* of one object */
    members_maker *maker;
    size_t count;
    og_value keys[MEMBERS_MAX], values[MEMBERS_MAX];
} members;

static inline members members_of(members_maker *k)
{
    return (members){.maker = k};
}

/* name lives as long as the value. OG_ABSENT adds nothing. */
void members_add(members *m, const char *name, og_value value);
/* An empty text adds nothing: what is not there is left out of a record. */
void members_text(members *m, const char *name, og_str text);
void members_number(members *m, const char *name, size_t n); /* 0 is a number too */
void members_bool(members *m, const char *name, bool b);
void members_instant(members *m, const char *name, og_instant t);
void members_date(members *m, const char *name, og_date date);
/* "path", "line" and "column" (from 1; 0 adds nothing). */
void members_place(members *m, og_str path, uint32_t line, uint32_t column);
/* The object; OG_ABSENT after a failure. */
og_value members_end(members *m);

/* A list of what item(k, items, i) makes of each; empty is a list too. */
typedef og_value members_item(members_maker *k, const void *items, size_t i);
og_value members_list(members_maker *k, const void *items, size_t count,
                      members_item *item);

/* A made value as a document: pretty JSON, a newline. OG_E_NOMEM also when making it
 * failed. */
int members_write(const members_maker *k, og_value value, og_buf *out, og_error *err);

#endif
