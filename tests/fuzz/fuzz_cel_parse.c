/* Any bytes as an expression: they are refused with a place inside the text, or unparsing
 * gives text that parses to the same tree and unparses to itself. */
#include <stdlib.h>

#include "base/utf8.h"
#include "cel/parse.h"
#include "cel/show.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

typedef struct parsed {
    og_arena arena;
    cel_issues issues;
    cel_tree tree;
} parsed;

static bool parse(parsed *p, og_str source)
{
    cel_parse_limits limits = {.depth = 60, .nodes = 2000, .source = 8192};
    check(cel_parse(source, &limits, &p->arena, &p->issues, &p->tree, NULL) == OG_OK);
    size_t points =
        og_utf8_invalid(source) == source.n ? og_utf8_count(source) : SIZE_MAX;
    for (size_t i = 0; i < p->issues.count; i++) {
        const cel_issue *item = &p->issues.items[i];
        check(item->length > 0 && item->message.n > 0 && item->offset <= points);
    }
    return p->issues.count == 0;
}

static void done(parsed *p)
{
    cel_issues_done(&p->issues);
    og_arena_done(&p->arena);
}

static void check_round_trip(const cel_node *root)
{
    og_buf first = {0}, second = {0};
    parsed again = {0};
    cel_unparse_node(root, &first);
    check(first.failed == OG_OK);
    if (first.n <= 8192) {
        check(parse(&again, og_buf_str(&first)));
        check(cel_node_same(root, again.tree.root));
        cel_unparse_node(again.tree.root, &second);
        check(og_str_eq(og_buf_str(&first), og_buf_str(&second)));
    }
    done(&again);
    og_buf_done(&first);
    og_buf_done(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    parsed p = {0};
    if (parse(&p, (og_str){(const char *)data, size}))
        check_round_trip(p.tree.root);
    done(&p);
    return 0;
}
