/* What every part of control asks of records: fields, counterparts in other registers,
 * whom a line means; and how a finding is made. */
#include "report/controller.h"

#include <stdarg.h>

const model_record *const *controller_list(const model_register *reg, const char *kind,
                                           size_t *ret_count)
{
    const model_kind *k = model_kind_named(reg->kinds, og_str_from(kind));

    *ret_count = reg->list_counts[k->ordinal];
    return reg->lists[k->ordinal];
}

bool controller_is(const model_record *r, const char *field, og_str text)
{
    return og_str_eq(model_record_text(r, field), text);
}

og_date controller_date(const model_record *r, const char *field, og_date otherwise)
{
    og_value v = r ? model_record_get(r, field) : og_absent();

    return v.kind == OG_DATE ? (og_date)v.as.i : otherwise;
}

const model_record *controller_counterpart(const model_register *reg,
                                           const model_record *r)
{
    return model_find(reg, model_kind_named(reg->kinds, r->kind->name), NULL,
                      model_record_id(r));
}

bool controller_stands(const controller *c, const model_record *record)
{
    const model_register *policy = c->control->policy;
    const model_record *there = policy ? controller_counterpart(policy, record) : record;

    return there && model_record_same(record, there);
}

og_diag *controller_find(controller *c, og_level level, const char *code,
                         const model_record *at, const char *field, const char *fmt, ...)
{
    int slot = field ? model_kind_slot(at->kind, og_str_from(field)) : -1;
    og_pos pos = slot > 0 ? model_record_field_pos(at, slot) : model_record_pos(at);
    va_list args;

    va_start(args, fmt);
    og_str text = og_arena_vprintf(c->arena, fmt, args);
    va_end(args);
    if (!text.p) {
        c->diags->failed = OG_E_NOMEM;
        return NULL;
    }
    return og_diags_add(c->diags, level, code, pos,
                        at->file ? at->file->text : OG_STR(""), "%.*s", OG_FMT(text));
}

bool controller_line_means(const model_record *line, const model_record *party)
{
    og_str category = model_record_text(line, "category");
    og_str role = model_record_text(line, "role");
    og_str one = model_record_text(line, "party");
    og_value roles = model_record_get(party, "roles");
    bool holds = role.n == 0;

    for (size_t i = 0; !holds && roles.kind == OG_LIST && i < roles.as.list->count; i++)
        holds = og_str_eq(og_text(roles.as.list->items[i]), role);
    return (category.n > 0 || role.n > 0 || one.n > 0) && holds &&
           (category.n == 0 || controller_is(party, "category", category)) &&
           (one.n == 0 || og_str_eq(one, model_record_id(party)));
}

bool report_receives(const model_record *version, const model_record *party)
{
    og_value v = model_record_get(version, "recipients");

    for (size_t i = 0; v.kind == OG_LIST && i < v.as.list->count; i++)
        if (controller_line_means(model_record_of(v.as.list->items[i].as.object), party))
            return true;
    return false;
}
