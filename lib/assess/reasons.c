/* Reasons as data: from an explanation of an evaluation to the operands that decided. */
#include "assess/context.h"

enum {
    OPERANDS_MAX = 12
};

typedef struct operand_list {
    verdict_operand items[OPERANDS_MAX];
    size_t count;
} operand_list;

/* A literal says nothing that the text of its parent does not. Its value is shown no
 * further than the text goes: what was read from evidence may be long. */
static bool is_literal(const cel_reason *reason, og_buf *scratch)
{
    scratch->n = 0; /* a failure is kept */
    cel_show_value(reason->value, reason->text.n, scratch);
    return og_str_eq(og_buf_str(scratch), reason->text);
}

static bool is_listed(const operand_list *list, og_str text)
{
    for (size_t i = 0; i < list->count; i++)
        if (og_str_eq(list->items[i].text, text))
            return true;
    return false;
}

static void add_operand(assess_context *c, const model_condition *condition,
                        const cel_reason *reason, operand_list *list)
{
    if (list->count == OPERANDS_MAX || is_listed(list, reason->text))
        return;
    const og_document *doc = &c->in->criteria->file->document;
    list->items[list->count++] = (verdict_operand){
        .text = reason->text,
        .value = reason->value,
        .pos = og_node_pos_inside(doc, condition->node, reason->offset, reason->length)};
}

/* Leaves of the tree of reasons, in source order as the evaluator gives them. */
static void walk(assess_context *c, const model_condition *condition,
                 const cel_reason *reason, og_buf *scratch, operand_list *list)
{
    for (size_t i = 0; i < reason->part_count; i++)
        walk(c, condition, &reason->parts[i], scratch, list);
    if (reason->part_count == 0 && !is_literal(reason, scratch))
        add_operand(c, condition, reason, list);
}

int reasons_of(assess_context *c, const model_condition *condition,
               const cel_reason *root, const verdict_operand **ret, size_t *ret_count,
               og_error *err)
{
    operand_list list = {.count = 0};
    og_buf scratch = {0};

    walk(c, condition, root, &scratch, &list);
    int rc = og_buf_check(&scratch, err);
    og_buf_done(&scratch);
    verdict_operand *items =
        rc == OG_OK ? OG_ARRAY(c->arena, list.count, verdict_operand) : NULL;
    if (!items)
        return rc != OG_OK ? rc : og_nomem(err);
    memcpy(items, list.items, list.count * sizeof *items);
    *ret = items;
    *ret_count = list.count;
    return OG_OK;
}

/* The record an element is, or NULL: only named kinds of the register have a place. */
static const model_record *record_of(const assess_context *c, og_value element)
{
    if (element.kind != OG_OBJECT)
        return NULL;
    const og_shape *shape = element.as.object->shape;
    const model_kind *kind = model_kind_named(c->in->policy->kinds, shape->name);
    return kind && &kind->shape == shape ? model_record_of(element.as.object) : NULL;
}

void reasons_place(const assess_context *c, og_value element, verdict_element *ret)
{
    const model_record *record = record_of(c, element);

    ret->value = element;
    if (!record)
        return;
    og_pos pos = model_record_pos(record);
    ret->id = model_record_id(record);
    ret->path = og_str_from(pos.path);
    ret->line = pos.line;
    ret->column = pos.column;
    if (record->file)
        ret->blob = og_str_from(record->file->blob);
}
