/* Explanations, read one step at a time. An opsgate_cel_reason is a cel_reason by another
 * name. */
#include "cel/public.h"

static const cel_reason *inner(const opsgate_cel_reason *reason)
{
    return (const cel_reason *)(const void *)reason;
}

static const opsgate_cel_reason *outer(const cel_reason *reason)
{
    return (const opsgate_cel_reason *)(const void *)reason;
}

const char *opsgate_cel_reason_role(const opsgate_cel_reason *reason)
{
    return inner(reason)->role;
}

size_t opsgate_cel_reason_offset(const opsgate_cel_reason *reason)
{
    return inner(reason)->offset;
}

size_t opsgate_cel_reason_length(const opsgate_cel_reason *reason)
{
    return inner(reason)->length;
}

opsgate_cel_text opsgate_cel_reason_text(const opsgate_cel_reason *reason)
{
    return cel_public_text(inner(reason)->text);
}

opsgate_cel_value opsgate_cel_reason_value(const opsgate_cel_reason *reason)
{
    return cel_public_out(inner(reason)->value);
}

size_t opsgate_cel_reason_part_count(const opsgate_cel_reason *reason)
{
    return inner(reason)->part_count;
}

const opsgate_cel_reason *opsgate_cel_reason_part(const opsgate_cel_reason *reason,
                                                  size_t i)
{
    const cel_reason *r = inner(reason);
    return i < r->part_count ? outer(&r->parts[i]) : NULL;
}

size_t opsgate_cel_reason_element_count(const opsgate_cel_reason *reason)
{
    return inner(reason)->element_count;
}

opsgate_cel_element opsgate_cel_reason_element(const opsgate_cel_reason *reason, size_t i)
{
    const cel_reason *r = inner(reason);
    opsgate_cel_element element = {0};
    if (i >= r->element_count)
        return element;
    element.index = r->elements[i].index;
    element.key = cel_public_out(r->elements[i].key);
    element.value = cel_public_out(r->elements[i].value);
    element.reason = outer(r->elements[i].reason);
    return element;
}

size_t opsgate_cel_reason_element_rest(const opsgate_cel_reason *reason)
{
    return inner(reason)->element_rest;
}
