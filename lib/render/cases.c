/* Criteria tests: one line a case. */
#include "render/cases.h"

#include "render/parts.h"

static void put_case(page *p, const assess_case *c)
{
    bool passed = c->mismatch.n == 0;

    page_say(p, passed ? PAGE_GOOD : PAGE_BAD, passed ? "ok" : "FAILED");
    page_to(p, 8);
    page_put(p, PAGE_PLAIN, c->criterion);
    page_to(p, 18);
    page_put(p, PAGE_PLAIN, c->name);
    page_end(p);
    if (passed)
        return;
    page_to(p, 8);
    parts_place(p, og_str_from(c->pos.path), c->pos.line, c->pos.column);
    page_say(p, PAGE_PLAIN, ": ");
    page_put(p, PAGE_BOLD, c->mismatch);
    page_end(p);
    if (c->message.n > 0) {
        page_to(p, 8);
        page_put(p, PAGE_PLAIN, c->message);
        page_end(p);
    }
}

int render_cases_text(const assess_cases *cases, const render_options *options,
                      og_buf *out, og_error *err)
{
    page p;

    page_init(&p, out, options->width, options->colour);
    for (size_t i = 0; i < cases->count; i++)
        put_case(&p, &cases->items[i]);
    page_done(&p);
    return og_buf_check(out, err);
}
