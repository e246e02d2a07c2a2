/* Objects and lists for JSON. */
#include "render/members.h"

#include <assert.h>

#include "value/json.h"

void members_add(members *m, const char *name, og_value value)
{
    if (value.kind == OG_ABSENT || m->maker->failed)
        return;
    assert(m->count < MEMBERS_MAX);
    m->keys[m->count] = og_string(og_str_from(name));
    m->values[m->count] = value;
    m->count++;
}

void members_text(members *m, const char *name, og_str text)
{
    if (text.n > 0)
        members_add(m, name, og_string(text));
}

void members_number(members *m, const char *name, size_t n)
{
    members_add(m, name, og_int((int64_t)n));
}

void members_bool(members *m, const char *name, bool b)
{
    members_add(m, name, og_bool(b));
}

void members_place(members *m, og_str path, uint32_t line, uint32_t column)
{
    members_text(m, "path", path);
    if (line > 0)
        members_number(m, "line", line);
    if (column > 0)
        members_number(m, "column", column);
}

void members_instant(members *m, const char *name, og_instant t)
{
    members_add(m, name, og_timestamp(t));
}

void members_date(members *m, const char *name, og_date date)
{
    members_add(m, name, og_date_value(date));
}

og_value members_end(members *m)
{
    members_maker *k = m->maker;
    og_value v;

    if (k->failed)
        return og_absent();
    k->failed = og_map_make(k->arena, m->keys, m->values, m->count, &v, NULL);
    return k->failed ? og_absent() : v;
}

og_value members_list(members_maker *k, const void *items, size_t count,
                      members_item *item)
{
    og_value *values = OG_ARRAY(k->arena, count, og_value), list;

    if (!values)
        k->failed = OG_E_NOMEM;
    for (size_t i = 0; i < count && !k->failed; i++)
        values[i] = item(k, items, i);
    if (!k->failed)
        k->failed = og_list_make(k->arena, values, count, &list);
    return k->failed ? og_absent() : list;
}

int members_write(const members_maker *k, og_value value, og_buf *out, og_error *err)
{
    if (k->failed)
        return og_nomem(err);
    int rc = og_json_write(value, OG_JSON_PRETTY, out, err);
    og_buf_putc(out, '\n');
    return rc == OG_OK ? og_buf_check(out, err) : rc;
}
