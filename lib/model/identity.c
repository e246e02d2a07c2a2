/* Who a record is: its id, from the key's fields, and what references lead to. */
#include "base/limits.h"
#include "model/record.h"
#include "model/register.h"

#include <stdio.h>

/* A key field as it stands in an id; room: 24 bytes. */
static og_str part_of(og_value v, char room[24])
{
    switch (v.kind) {
    case OG_STRING:
        return og_text(v);
    case OG_INT:
        snprintf(room, 24, "%lld", (long long)v.as.i);
        return og_str_from(room);
    case OG_DATE:
        og_date_format((og_date)v.as.i, room);
        return og_str_from(room);
    default:
        return (og_str){NULL, 0};
    }
}

static bool is_plain(og_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return false;
    return true;
}

/* Parts joined by '/'; empty ones at the end are dropped. */
static int join_key(model_reader *reader, const model_kind *kind, const og_value *fields,
                    og_str *ret, og_error *err)
{
    char room[24];
    og_str first = part_of(fields[kind->key_slots[0]], room);
    if (kind->key_count == 1 && fields[kind->key_slots[0]].kind == OG_STRING) {
        *ret = first;
        return OG_OK;
    }
    og_buf text = {0};
    for (size_t i = 0; i < kind->key_count; i++) {
        if (i > 0)
            og_buf_putc(&text, '/');
        og_buf_put(&text, part_of(fields[kind->key_slots[i]], room));
    }
    og_str all = og_buf_str(&text);
    while (all.n > 0 && all.p[all.n - 1] == '/')
        all.n--;
    *ret = og_buf_check(&text, NULL) == OG_OK ? og_arena_str(reader->arena, all)
                                              : (og_str){NULL, 0};
    og_buf_done(&text);
    return ret->p ? OG_OK : og_nomem(err);
}

int model_record_identify(model_reader *reader, model_record *record, og_value *fields,
                          og_pos pos, og_error *err)
{
    const model_kind *kind = record->kind;
    og_str id = {"", 0};
    int rc = kind->key_count ? join_key(reader, kind, fields, &id, err) : OG_OK;
    if (rc != OG_OK)
        return rc;
    fields[0] = og_string(id);
    const char *problem = NULL;
    if (kind->key_count && id.n == 0 && fields[kind->key_slots[0]].kind != OG_ABSENT)
        problem = "is empty";
    else if (!is_plain(id))
        problem = "has control characters in it";
    else if (id.n > OG_LIMIT_ID)
        problem = "is too long";
    if (problem) {
        pos.length = 0;
        og_diags_add(reader->diags, OG_LEVEL_ERROR, "bad-id", pos, reader->source,
                     "the id of this %.*s %s", OG_FMT(kind->name), problem);
        fields[0] = og_string(OG_STR(""));
    }
    return OG_OK;
}

static const model_record *look_up(const model_pending *x, const model_resolver *resolver,
                                   og_str id)
{
    for (const model_record *owner = x->record; owner; owner = owner->owner) {
        const model_record *found =
            resolver->find(resolver->context, x->target, owner, id);
        if (found)
            return found;
    }
    return resolver->find(resolver->context, x->target, NULL, id);
}

static void report_dangling(model_reader *reader, const model_pending *x,
                            const model_resolver *resolver, og_str id)
{
    og_str source = x->record->file ? x->record->file->text : reader->source;
    og_str what = x->target ? x->target->name : OG_STR("subject");
    og_diag *d =
        og_diags_add(reader->diags, OG_LEVEL_ERROR, "dangling-reference", x->pos, source,
                     "there is no %.*s '%.*s'", OG_FMT(what), OG_FMT(id));
    og_str near = resolver->nearest(resolver->context, x->target, id);
    if (near.n)
        og_diags_hint(reader->diags, d, "did you mean '%.*s'?", OG_FMT(near));
    else if (!x->target)
        og_diags_hint(reader->diags, d,
                      "subjects are releases, and what 'criteria' of opsgate.yaml names");
    else if (x->target->home.n)
        og_diags_hint(reader->diags, d, "records of %.*s stand in '%.*s'",
                      OG_FMT(x->target->name), OG_FMT(x->target->home));
}

static bool is_owner_reference(const model_pending *x)
{
    int slot = x->record->kind->owner_slot;
    return slot >= 0 && x->place == &x->record->object.fields[slot];
}

/* Owners first: other references are looked for among theirs. */
static void resolve(model_reader *reader, const model_resolver *resolver, bool owners)
{
    for (const model_pending *x = reader->pending; x; x = x->next) {
        if (is_owner_reference(x) != owners)
            continue;
        og_str id = og_text(*x->place);
        const model_record *found = look_up(x, resolver, id);
        if (found)
            *x->place = og_object_value(&found->object);
        else if (!resolver->unread || !resolver->unread(resolver->context, x->target))
            report_dangling(reader, x, resolver, id);
        if (found && owners)
            x->record->owner = found;
    }
}

void model_reader_resolve(model_reader *reader, const model_resolver *resolver)
{
    resolve(reader, resolver, true);
    resolve(reader, resolver, false);
    reader->pending = NULL;
}
