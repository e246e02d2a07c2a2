/* What to write instead, where arguments do not go together: one function a mistake that
 * people make. Each looks whether it is that one; the first that is gives the hint. */
#include "cel/check.h"
#include "cel/show.h"

typedef struct mistake {
    cel_checker *c;
    cel_issue *item;
    const cel_node *node;  /* the call */
    const cel_type *a, *b; /* types of the first two arguments; &cel_broken: none */
} mistake;

#define LONGEST_TEXT 60 /* bytes of an expression repeated in a hint */

/* An argument in its normal form, "…" when it is long. */
static og_str text_of(const mistake *m, uint32_t i)
{
    og_buf b = {0};
    cel_unparse_node(m->node->as.call.args[i], &b);
    og_str s =
        b.n > LONGEST_TEXT ? OG_STR("…") : og_arena_str(m->c->arena, og_buf_str(&b));
    if (b.failed || !s.p)
        m->c->failed = OG_E_NOMEM;
    og_buf_done(&b);
    return s;
}

#define HINT(m, ...) (cel_issues_hint((m)->c->issues, (m)->item, __VA_ARGS__), true)

static bool compares(const mistake *m)
{
    return m->node->op >= CEL_OP_LT && m->node->op <= CEL_OP_NE;
}

static bool is_operator(const mistake *m)
{
    return m->node->op != CEL_OP_NONE;
}

static bool is_literal(const mistake *m, uint32_t i, og_kind kind)
{
    const cel_node *arg = m->node->as.call.args[i];
    return arg->kind == CEL_LITERAL && arg->as.literal.kind == kind;
}

/* Which side is of a kind while the other is of another: 0, 1; -1: neither. */
static int side_of(const mistake *m, unsigned kind, unsigned other)
{
    if (m->a->kind == kind && m->b->kind == other)
        return 0;
    return m->b->kind == kind && m->a->kind == other ? 1 : -1;
}

/* ---- Days and moments ---- */

static bool date_with_timestamp(const mistake *m)
{
    int date = side_of(m, CEL_DATE, CEL_TIMESTAMP);
    if (date < 0 || !(compares(m) || m->node->op == CEL_OP_SUB))
        return false;
    og_str day = text_of(m, (uint32_t)date), moment = text_of(m, 1 - (uint32_t)date);
    return HINT(m,
                "a date is a whole day, a timestamp a moment: write start_of(%.*s), "
                "end_of(%.*s) or date(%.*s)",
                OG_FMT(day), OG_FMT(day), OG_FMT(moment));
}

static bool text_for_time(const mistake *m)
{
    static const struct {
        cel_type_kind kind;
        const char *function;
    } times[] = {
        {CEL_DATE, "date"}, {CEL_TIMESTAMP, "timestamp"}, {CEL_DURATION, "duration"}};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        int text = side_of(m, CEL_STRING, times[i].kind);
        if (text >= 0 && (is_operator(m) || is_literal(m, (uint32_t)text, OG_STRING)))
            return HINT(m, "write %s(%.*s)", times[i].function,
                        OG_FMT(text_of(m, (uint32_t)text)));
    }
    return false;
}

/* today > 2021-10-05, which is a subtraction. */
static bool unquoted_date(const mistake *m)
{
    int number = side_of(m, CEL_INT, CEL_DATE);
    og_date date;
    if (number < 0)
        return false;
    og_str text = cel_node_text(m->c->tree, m->node->as.call.args[number]);
    return og_date_parse(text, &date) && HINT(m, "write date(\"%.*s\")", OG_FMT(text));
}

/* ---- Numbers ---- */

static bool int_with_double(const mistake *m)
{
    int whole = side_of(m, CEL_INT, CEL_DOUBLE);
    if (whole < 0 || !is_operator(m))
        return false;
    og_str text = text_of(m, (uint32_t)whole);
    if (is_literal(m, (uint32_t)whole, OG_INT))
        return HINT(m, "both sides must be of one type: write %.*s.0", OG_FMT(text));
    return HINT(m, "both sides must be of one type: write double(%.*s)", OG_FMT(text));
}

static bool uint_with_int(const mistake *m)
{
    int whole = side_of(m, CEL_UINT, CEL_INT);
    if (whole < 0 || !is_operator(m))
        return false;
    if (is_literal(m, (uint32_t)whole, OG_UINT))
        return HINT(m, "both sides must be of one type: write %llu",
                    (unsigned long long)m->node->as.call.args[whole]->as.literal.as.u);
    if (is_literal(m, 1 - (uint32_t)whole, OG_INT))
        return HINT(m, "both sides must be of one type: write %.*su",
                    OG_FMT(text_of(m, 1 - (uint32_t)whole)));
    return HINT(m, "both sides must be of one type: write int(%.*s)",
                OG_FMT(text_of(m, (uint32_t)whole)));
}

static bool quoted_number(const mistake *m)
{
    int text = side_of(m, CEL_STRING, CEL_INT);
    int64_t n;
    if (text < 0 || !is_operator(m) || !is_literal(m, (uint32_t)text, OG_STRING) ||
        !og_str_to_int64(og_text(m->node->as.call.args[text]->as.literal), &n))
        return false;
    return HINT(m, "a number stands without quotes: %lld", (long long)n);
}

/* ---- Others ---- */

static bool null_for_absent(const mistake *m)
{
    if (!compares(m) || (m->a->kind != CEL_NULL && m->b->kind != CEL_NULL))
        return false;
    uint32_t other = m->a->kind == CEL_NULL ? 1 : 0;
    if (m->node->as.call.args[other]->kind != CEL_SELECT)
        return HINT(m, "nothing is ever null here");
    return HINT(m, "to ask whether it is there, write has(%.*s)",
                OG_FMT(text_of(m, other)));
}

static bool part_of_text(const mistake *m)
{
    return m->node->op == CEL_OP_IN && m->b->kind == CEL_STRING &&
           HINT(m, "write %.*s.contains(%.*s)", OG_FMT(text_of(m, 1)),
                OG_FMT(text_of(m, 0)));
}

static bool record_by_id(const mistake *m)
{
    bool records =
        m->a->kind == CEL_LIST && cel_shallow(m->c, m->a->params[0])->kind == CEL_OBJECT;
    return m->node->op == CEL_OP_INDEX && records && m->b->kind == CEL_STRING &&
           HINT(m, "to find one by its id: .filter(x, x.id == %.*s)",
                OG_FMT(text_of(m, 1)));
}

static bool format_of_one(const mistake *m)
{
    return og_str_is(m->node->as.call.function, "format") &&
           m->node->as.call.count == 2 && m->b->kind != CEL_LIST &&
           HINT(m, "write .format([%.*s])", OG_FMT(text_of(m, 1)));
}

bool cel_hint_arguments(cel_checker *c, cel_issue *item, const cel_node *node,
                        const cel_type *const *args)
{
    static bool (*const mistakes[])(const mistake *) = {
        date_with_timestamp, text_for_time, unquoted_date,   int_with_double,
        uint_with_int,       quoted_number, null_for_absent, part_of_text,
        record_by_id,        format_of_one};
    mistake m = {c, item, node, &cel_broken, &cel_broken};
    if (node->as.call.count != 2)
        return false;
    m.a = cel_shallow(c, args[0]);
    m.b = cel_shallow(c, args[1]);
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        if (mistakes[i](&m))
            return true;
    return false;
}
