/* The subject as far as it counts.
 *
 * Fields marked `authority` in their kind count only as they stand at the policy revision
 * (design.md "Trust"). Where the element kind of a list has such fields, as milestones
 * do, the list is merged element by element: one that a claim dropped is put back, one
 * that it moved is where it was. What was set aside is reported as proposed. */
#include "assess/context.h"
#include "base/buf.h"

typedef struct merger {
    og_arena *arena;
    verdict_proposed *items;
    size_t count, cap;
} merger;

static bool has_authority(const model_kind *kind)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (kind->fields[i].authority)
            return true;
    return false;
}

/* The kind of the named records in a list field, when some of its fields carry authority.
 */
static const model_kind *merged_elements(const model_field *field)
{
    const model_type *type = &field->type;

    if (type->base != MODEL_LIST || type->element->base != MODEL_RECORD)
        return NULL;
    return has_authority(type->element->kind) ? type->element->kind : NULL;
}

/* ---- Saying what differs ---- */

static void show(og_value v, og_buf *out);

static void show_record(const model_record *r, og_buf *out)
{
    const char *separator = "";

    for (uint32_t s = 1; s < r->object.shape->count; s++) {
        if (r->object.fields[s].kind == OG_ABSENT)
            continue;
        og_buf_printf(out, "%s%.*s ", separator, OG_FMT(r->object.shape->names[s]));
        show(r->object.fields[s], out);
        separator = ", ";
    }
}

static void show(og_value v, og_buf *out)
{
    if (v.kind == OG_OBJECT && model_record_of(v.as.object)->kind->inline_record)
        show_record(model_record_of(v.as.object), out);
    else if (v.kind != OG_ABSENT)
        cel_show_value(v, 200, out);
}

static int text_of(merger *m, og_value v, og_str *ret, og_error *err)
{
    og_buf out = {0};

    show(v, &out);
    int rc = og_buf_check(&out, err);
    if (rc == OG_OK && out.n > 0) {
        *ret = og_arena_str(m->arena, og_buf_str(&out));
        rc = ret->p ? OG_OK : og_nomem(err);
    }
    og_buf_done(&out);
    return rc;
}

static int propose(merger *m, og_str what, og_value claimed, og_value in_force,
                   og_pos pos, og_error *err)
{
    if (m->count == m->cap) {
        size_t cap = m->cap ? 2 * m->cap : 8;
        verdict_proposed *items = OG_ARRAY(m->arena, cap, verdict_proposed);
        if (!items)
            return og_nomem(err);
        if (m->count)
            memcpy(items, m->items, m->count * sizeof *items);
        m->items = items;
        m->cap = cap;
    }
    verdict_proposed item = {.what = what,
                             .path = og_str_from(pos.path),
                             .line = pos.line,
                             .column = pos.column};
    int rc = text_of(m, claimed, &item.claimed, err);
    if (rc == OG_OK)
        rc = text_of(m, in_force, &item.in_force, err);
    if (rc == OG_OK)
        m->items[m->count++] = item;
    return rc;
}

/* ---- Merging ---- */

static bool same_value(const model_type *type, og_value a, og_value b)
{
    if (a.kind != b.kind || a.kind == OG_ABSENT)
        return a.kind == b.kind;
    if (type->base == MODEL_RECORD)
        return model_record_same(model_record_of(a.as.object),
                                 model_record_of(b.as.object));
    if (type->base != MODEL_LIST)
        return og_value_equal(a, b);
    bool same = a.as.list->count == b.as.list->count;
    for (size_t i = 0; same && i < a.as.list->count; i++)
        same = same_value(type->element, a.as.list->items[i], b.as.list->items[i]);
    return same;
}

static const model_record *element_with_id(og_value list, og_str id)
{
    for (size_t i = 0; list.kind == OG_LIST && i < list.as.list->count; i++) {
        const model_record *r = model_record_of(list.as.list->items[i].as.object);
        if (og_str_eq(model_record_id(r), id))
            return r;
    }
    return NULL;
}

static int merge_record(merger *m, const model_record *claimed,
                        const model_record *standing, og_str prefix,
                        const model_record **ret, og_error *err);

/* Elements that stand, merged with what is claimed of them; then those that are new. */
static int merge_list(merger *m, og_str name, og_value claimed, og_value standing,
                      og_value *ret, og_error *err)
{
    size_t old = standing.kind == OG_LIST ? standing.as.list->count : 0;
    size_t now = claimed.kind == OG_LIST ? claimed.as.list->count : 0, count = 0;
    og_value *items = OG_ARRAY(m->arena, old + now, og_value);
    int rc = items ? OG_OK : og_nomem(err);

    for (size_t i = 0; rc == OG_OK && i < old; i++) {
        const model_record *there = model_record_of(standing.as.list->items[i].as.object);
        const model_record *here = element_with_id(claimed, model_record_id(there));
        og_str path = og_arena_printf(m->arena, "%.*s/%.*s", OG_FMT(name),
                                      OG_FMT(model_record_id(there)));
        const model_record *merged = there;
        if (!path.p)
            return og_nomem(err);
        rc = here ? merge_record(m, here, there, path, &merged, err)
                  : propose(m, path, og_absent(), standing.as.list->items[i],
                            model_record_pos(there), err);
        items[count++] = og_object_value(&merged->object);
    }
    for (size_t i = 0; rc == OG_OK && i < now; i++) {
        og_value element = claimed.as.list->items[i];
        if (!element_with_id(standing, og_text(element.as.object->fields[0])))
            items[count++] = element;
    }
    if (rc == OG_OK && og_list_make(m->arena, items, count, ret) != OG_OK)
        rc = og_nomem(err);
    return rc;
}

static int merge_field(merger *m, const model_record *claimed,
                       const model_record *standing, uint32_t slot, og_str prefix,
                       og_value *fields, og_error *err)
{
    const model_field *field = model_kind_field(claimed->kind, slot);
    og_value here = claimed->object.fields[slot];
    og_value there = standing ? standing->object.fields[slot] : og_absent();
    og_str name = prefix.n ? og_arena_printf(m->arena, "%.*s.%.*s", OG_FMT(prefix),
                                             OG_FMT(field->name))
                           : field->name;
    if (!name.p)
        return og_nomem(err);
    if (merged_elements(field))
        return standing ? merge_list(m, name, here, there, &fields[slot], err) : OG_OK;
    if (!field->authority || same_value(&field->type, here, there))
        return OG_OK;
    fields[slot] = there;
    return propose(m, name, here, there, model_record_field_pos(claimed, (int)slot), err);
}

/* standing NULL: nothing of it stands. *ret may be claimed itself. */
static int merge_record(merger *m, const model_record *claimed,
                        const model_record *standing, og_str prefix,
                        const model_record **ret, og_error *err)
{
    uint32_t count = claimed->object.shape->count;
    og_value *fields = OG_ARRAY(m->arena, count, og_value);
    model_record *merged = OG_NEW(m->arena, model_record);

    if (!fields || !merged)
        return og_nomem(err);
    memcpy(fields, claimed->object.fields, count * sizeof *fields);
    for (uint32_t slot = 1; slot < count; slot++) {
        int rc = merge_field(m, claimed, standing, slot, prefix, fields, err);
        if (rc != OG_OK)
            return rc;
    }
    *merged = *claimed;
    merged->object.fields = fields;
    *ret = merged;
    return OG_OK;
}

int assess_effective_subject(const model_record *claimed, const model_register *claims,
                             const model_register *policy, og_arena *arena,
                             const model_record **ret,
                             const verdict_proposed **ret_proposed, size_t *ret_count,
                             og_error *err)
{
    merger m = {.arena = arena};
    const model_record *result = claimed;
    int rc = OG_OK;

    if (policy != claims) {
        const model_record *standing =
            model_find(policy, claimed->kind, NULL, model_record_id(claimed));
        rc = merge_record(&m, claimed, standing, (og_str){0}, &result, err);
    }
    if (rc == OG_OK) {
        *ret = result;
        *ret_proposed = m.items;
        *ret_count = m.count;
    }
    return rc;
}

bool subject_has_milestones(const model_record *subject)
{
    return model_kind_slot(subject->kind, OG_STR("milestones")) > 0;
}

bool subject_planned(const model_record *subject, const model_criteria *set, size_t gate,
                     og_date *ret)
{
    const model_record *milestone = subject_milestone(subject, set->gates[gate]);
    og_value v = og_absent();

    if (milestone)
        v = model_record_get(milestone, "planned");
    else if (!subject_has_milestones(subject) && gate + 1 == set->gate_count)
        v = model_record_get(subject, "effective_from");
    if (v.kind != OG_DATE)
        return false;
    *ret = (og_date)v.as.i;
    return true;
}

const model_record *subject_milestone(const model_record *subject, og_str name)
{
    return element_with_id(model_record_get(subject, "milestones"), name);
}
