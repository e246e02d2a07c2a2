/* Operands, elements, evidence: what stands under a criterion. */
#include "render/parts.h"

#include <assert.h>

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

void parts_place(page *p, og_str path, uint32_t line, uint32_t column)
{
    og_buf place = {0};

    og_buf_put(&place, path);
    if (line > 0)
        og_buf_printf(&place, ":%u", line);
    if (line > 0 && column > 0)
        og_buf_printf(&place, ":%u", column);
    page_made(p, PAGE_DIM, &place);
}

static void put_value(page *p, og_value value)
{
    og_buf text = {0};

    cel_show_value(value, PARTS_VALUE_MAX, &text);
    page_made(p, PAGE_BOLD, &text);
}

void parts_operands(page *p, size_t column, const verdict_operand *operands, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (operands[i].value.kind == OG_UNKNOWN)
            continue;
        page_to(p, column);
        p->indent += 2;
        page_put(p, PAGE_PLAIN, operands[i].text);
        page_say(p, PAGE_PLAIN, " = ");
        put_value(p, operands[i].value);
        page_end(p);
    }
}

enum {
    ID_MAX = 24 /* columns; what stands under a longer id starts a line of its own */
};

/* Where the text beside the ids starts. */
static size_t text_column(page *p, size_t column, const verdict_criterion *c)
{
    size_t widest = 2;

    for (size_t i = 0; i < c->element_count; i++) {
        size_t n = page_columns(p, c->elements[i].id);
        widest = n > widest && n <= ID_MAX ? n : widest;
    }
    return column + widest + 2;
}

static void put_text(page *p, size_t column, const char *before, og_str text)
{
    if (text.n == 0)
        return;
    page_to(p, column);
    page_say(p, PAGE_PLAIN, "%s", before);
    page_put(p, PAGE_PLAIN, text);
    page_end(p);
}

static void put_element(page *p, size_t column, size_t text, const verdict_element *e)
{
    page_to(p, column);
    if (e->id.n > 0)
        page_put(p, PAGE_BOLD, e->id);
    else
        put_value(p, e->value);
    if (p->column + 2 > text || e->because.n + e->problem.n + e->path.n == 0) {
        if (e->because.n + e->problem.n == 0)
            page_say(p, PAGE_PLAIN, "  %s", verdict_outcome_name(e->outcome));
        page_end(p);
    }
    put_text(p, text, "", e->because);
    put_text(p, text, e->outcome == OUTCOME_MISSING ? "not known: " : "", e->problem);
    if (e->path.n > 0) {
        page_to(p, text);
        parts_place(p, e->path, e->line, e->column);
        page_end(p);
    }
    parts_operands(p, text, e->operands, e->operand_count);
}

void parts_elements(page *p, size_t column, const verdict_criterion *c)
{
    size_t text = text_column(p, column, c);

    for (size_t i = 0; i < c->element_count; i++)
        put_element(p, column, text, &c->elements[i]);
    if (c->element_total > c->element_count) {
        page_to(p, column);
        page_say(p, PAGE_PLAIN, "and %zu more like these",
                 c->element_total - c->element_count);
        page_end(p);
    }
}

/* The last part of a path that lies beside another; else all of it. */
static og_str beside(og_str path, og_str other)
{
    size_t slash = other.n;

    while (slash > 0 && other.p[slash - 1] != '/')
        slash--;
    return og_str_starts(path, og_str_slice(other, 0, slash))
               ? og_str_slice(path, slash, path.n)
               : path;
}

/* files: how many of one batch stand here in a row, from `e` on. */
static void put_evidence(page *p, size_t column, const verdict_evidence *e, size_t files)
{
    char day[11];

    page_to(p, column);
    p->indent += 2;
    parts_place(p, e->path, e->line, 0);
    if (e->data_path.n > 0) {
        page_say(p, PAGE_PLAIN, " with ");
        page_put(p, PAGE_DIM, beside(e->data_path, e->path));
    }
    if (files > 1)
        page_say(p, PAGE_PLAIN, " and %zu more file%s", files - 1, files > 2 ? "s" : "");
    if (e->has_as_of) {
        og_date_format(e->as_of_date, day);
        page_say(p, e->stale ? PAGE_WARN : PAGE_PLAIN, ", as of %s%s", day,
                 e->stale ? ", stale" : "");
    }
    if (e->supplied_by.n > 0) {
        page_say(p, PAGE_PLAIN, ", from ");
        page_put(p, PAGE_PLAIN, e->supplied_by);
    }
    if (e->source.n > 0) {
        page_say(p, PAGE_PLAIN, ": ");
        page_put(p, PAGE_PLAIN, e->source);
    }
    page_end(p);
}

/* Entries from i on that are files of one batch. */
static size_t files_of_batch(const verdict_criterion *c, size_t i)
{
    size_t end = i + 1;

    while (c->evidence[i].data_path.n > 0 && end < c->evidence_count &&
           og_str_eq(c->evidence[end].path, c->evidence[i].path))
        end++;
    return end - i;
}

void parts_evidence(page *p, size_t column, const verdict_criterion *c, bool homes)
{
    size_t files;

    for (size_t i = 0; i < c->evidence_count; i += files) {
        files = files_of_batch(c, i);
        if (homes || c->evidence[i].has_as_of)
            put_evidence(p, column, &c->evidence[i], files);
    }
}

bool parts_has_batch(const verdict_criterion *c)
{
    for (size_t i = 0; i < c->evidence_count; i++)
        if (c->evidence[i].has_as_of)
            return true;
    return false;
}

void parts_names(page *p, page_style style, const og_str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            page_say(p, PAGE_PLAIN, ", ");
        page_put(p, style, names[i]);
    }
}
