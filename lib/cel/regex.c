/* Regular expressions by PCRE2: pattern translated from RE2 (re2.c), memory from arenas,
 * every match bounded. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "cel/regex.h"

#include <pcre2.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "cel/re2.h"

struct cel_regex {
    pcre2_code *code;
};

struct cel_matcher {
    pcre2_general_context *general; /* allocates from the arena */
    pcre2_match_context *context;
    pcre2_match_data *data;
};

/* ---- Memory ---- */

static void *arena_malloc(size_t size, void *arena)
{
    return og_arena_alloc(arena, size);
}

static void arena_free(void *p, void *arena)
{
    (void)p; /* goes with the arena */
    (void)arena;
}

/* ---- Compiling ---- */

/* From bytes of the pattern to code points. */
static void count_points(og_str pattern, cel_regex_problem *problem)
{
    size_t end = (size_t)problem->offset + problem->length;
    if (end > pattern.n)
        end = pattern.n;
    uint32_t points =
        (uint32_t)og_utf8_count(og_str_slice(pattern, problem->offset, end));
    problem->offset = (uint32_t)og_utf8_count(og_str_slice(pattern, 0, problem->offset));
    problem->length = points ? points : 1;
}

static int compile(pcre2_general_context *general, og_arena *arena, og_str text,
                   pcre2_code **ret, cel_regex_problem *problem)
{
    pcre2_compile_context *context = pcre2_compile_context_create(general);
    if (!context)
        return OG_E_NOMEM;
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_bsr(context, PCRE2_BSR_ANYCRLF);
    int code = 0;
    PCRE2_SIZE offset = 0;
    uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY |
                       PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UCP | PCRE2_NO_AUTO_CAPTURE;
    *ret = pcre2_compile((PCRE2_SPTR)(text.p ? text.p : ""), text.n, options, &code,
                         &offset, context);
    if (*ret)
        return OG_OK;
    if (code == PCRE2_ERROR_HEAP_FAILED)
        return OG_E_NOMEM;
    PCRE2_UCHAR message[160];
    pcre2_get_error_message(code, message, sizeof message);
    problem->message = og_arena_str(arena, og_str_from((const char *)message));
    problem->offset = 0; /* PCRE2's offset is in the translation */
    problem->length = UINT32_MAX / 2;
    return problem->message.p ? OG_E_INVALID : OG_E_NOMEM;
}

int cel_regex_compile(og_arena *arena, og_str pattern, const cel_regex **ret,
                      cel_regex_problem *ret_problem)
{
    cel_regex_problem problem;
    og_buf text = {0};
    bool good = cel_re2_translate(pattern, &text, &problem);
    if (!good && !text.failed) {
        og_buf_done(&text);
        count_points(pattern, &problem);
        if (ret_problem)
            *ret_problem = problem;
        return OG_E_INVALID;
    }
    cel_regex *regex = OG_NEW(arena, cel_regex);
    pcre2_general_context *general =
        pcre2_general_context_create(arena_malloc, arena_free, arena);
    int rc = OG_E_NOMEM;
    if (regex && general && !text.failed)
        rc = compile(general, arena, og_buf_str(&text), &regex->code, &problem);
    og_buf_done(&text);
    if (rc == OG_OK) {
        *ret = regex;
    } else if (rc == OG_E_INVALID && ret_problem) {
        count_points(pattern, &problem);
        *ret_problem = problem;
    }
    return rc;
}

/* ---- Matching ---- */

cel_matcher *cel_matcher_new(og_arena *arena, uint32_t steps, uint32_t memory)
{
    cel_matcher *m = OG_NEW(arena, cel_matcher);
    if (!m)
        return NULL;
    m->general = pcre2_general_context_create(arena_malloc, arena_free, arena);
    if (!m->general)
        return NULL;
    m->context = pcre2_match_context_create(m->general);
    m->data = pcre2_match_data_create(1, m->general);
    if (!m->context || !m->data)
        return NULL;
    steps = steps ? steps : OG_LIMIT_REGEX_STEPS;
    pcre2_set_match_limit(m->context, steps);
    pcre2_set_depth_limit(m->context, steps);
    pcre2_set_heap_limit(m->context, (memory ? memory : OG_LIMIT_REGEX_MEMORY) / 1024);
    return m;
}

int cel_regex_match(const cel_regex *re, cel_matcher *matcher, og_str text, bool full)
{
    uint32_t options = PCRE2_NO_UTF_CHECK;
    if (full)
        options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    int rc = pcre2_match(re->code, (PCRE2_SPTR)(text.p ? text.p : ""), text.n, 0, options,
                         matcher->data, matcher->context);
    if (rc >= 0)
        return 1;
    if (rc == PCRE2_ERROR_NOMATCH)
        return 0;
    return rc == PCRE2_ERROR_NOMEMORY ? OG_E_NOMEM : OG_E_LIMIT;
}
