/* Operands, elements, evidence: what stands under a criterion. */
#include "render/parts.h"

#include <assert.h>

#include "base/utf8.h"
#include "cel/cel.h"

static const page_style outcome_styles[] = {/* ORDER: verdict_outcome */
                                            PAGE_GOOD, PAGE_BAD, PAGE_BAD, PAGE_WARN,
                                            PAGE_WARN, PAGE_DIM, PAGE_DIM, PAGE_BAD};
static_assert(sizeof outcome_styles / sizeof outcome_styles[0] == OUTCOME_ERROR + 1,
              "a style for each");

static const struct { /* ORDER: verdict_result */
    const char *words;
    page_style style;
} results[] = {
    {"go", PAGE_GOOD},
    {"go with work-off", PAGE_WARN},
    {"no go", PAGE_BAD},
    {"not assessable", PAGE_BAD},
    {"nothing to judge", PAGE_BAD},
    {"no verdict", PAGE_BAD},
};
static_assert(sizeof results / sizeof results[0] == VERDICT_NONE + 1, "words for each");

page_style parts_outcome_style(verdict_outcome o)
{
    return outcome_styles[o];
}

page_style parts_result_style(verdict_result r)
{
    return results[r].style;
}

const char *parts_result_words(verdict_result r)
{
    return results[r].words;
}

/* A text made on the way, which is freed; its failure becomes the page's. */
static void put_made(page *p, page_style style, og_buf *text)
{
    page_put(p, style, og_buf_str(text));
    if (text->failed && !p->out->failed)
        p->out->failed = text->failed;
    og_buf_done(text);
}

void parts_place(page *p, og_str path, uint32_t line, uint32_t column)
{
    og_buf place = {0};

    og_buf_put(&place, path);
    if (line > 0)
        og_buf_printf(&place, ":%u", line);
    if (line > 0 && column > 0)
        og_buf_printf(&place, ":%u", column);
    put_made(p, PAGE_DIM, &place);
}

static void put_value(page *p, og_value value)
{
    og_buf text = {0};

    cel_show_value(value, PARTS_VALUE_MAX, &text);
    put_made(p, PAGE_BOLD, &text);
}

void parts_operands(page *p, size_t column, const verdict_operand *operands, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        page_to(p, column);
        p->indent += 2;
        page_put(p, PAGE_PLAIN, operands[i].text);
        page_say(p, PAGE_PLAIN, " = ");
        put_value(p, operands[i].value);
        page_end(p);
    }
}

static size_t widest_id(const verdict_criterion *c)
{
    size_t widest = 0;

    for (size_t i = 0; i < c->element_count; i++) {
        size_t n = og_utf8_width(c->elements[i].id);
        if (n > widest && n <= 24)
            widest = n;
    }
    return widest;
}

static void put_element(page *p, size_t column, size_t width, const verdict_element *e)
{
    og_str why = e->because.n > 0 ? e->because : e->problem;

    page_to(p, column);
    if (e->id.n > 0)
        page_put(p, PAGE_BOLD, e->id);
    else
        put_value(p, e->value);
    page_to(p, column + width + 2);
    if (why.n > 0)
        page_put(p, PAGE_PLAIN, why);
    else
        page_say(p, PAGE_PLAIN, "%s", verdict_outcome_name(e->outcome));
    page_end(p);
    if (e->because.n > 0 && e->problem.n > 0) {
        page_to(p, column + width + 2);
        page_put(p, PAGE_PLAIN, e->problem);
        page_end(p);
    }
    if (e->path.n > 0) {
        page_to(p, column + width + 2);
        parts_place(p, e->path, e->line, e->column);
        page_end(p);
    }
    parts_operands(p, column + width + 2, e->operands, e->operand_count);
}

void parts_elements(page *p, size_t column, const verdict_criterion *c)
{
    size_t width = widest_id(c);

    for (size_t i = 0; i < c->element_count; i++)
        put_element(p, column, width, &c->elements[i]);
}

static void put_evidence(page *p, size_t column, const verdict_evidence *e)
{
    char as_of[36];

    page_to(p, column);
    p->indent += 2;
    parts_place(p, e->path, e->line, 0);
    if (e->data_path.n > 0) {
        page_say(p, PAGE_DIM, ", ");
        page_put(p, PAGE_DIM, e->data_path);
    }
    if (e->has_as_of) {
        og_instant_format(e->as_of, as_of);
        page_say(p, PAGE_PLAIN, ", as of %s", as_of);
    }
    if (e->supplied_by.n > 0) {
        page_say(p, PAGE_PLAIN, ", supplied by ");
        page_put(p, PAGE_PLAIN, e->supplied_by);
    }
    if (e->source.n > 0) {
        page_say(p, PAGE_PLAIN, ": ");
        page_put(p, PAGE_PLAIN, e->source);
    }
    if (e->stale)
        page_say(p, PAGE_WARN, ", stale");
    page_end(p);
}

void parts_evidence(page *p, size_t column, const verdict_criterion *c)
{
    for (size_t i = 0; i < c->evidence_count; i++)
        put_evidence(p, column, &c->evidence[i]);
}

void parts_names(page *p, page_style style, const og_str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            page_say(p, PAGE_PLAIN, ", ");
        page_put(p, style, names[i]);
    }
}
