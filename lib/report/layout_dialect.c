/* A Table Dialect: how a file is cut into rows and cells. */
#include "report/layout_member.h"

typedef struct dialect_nodes {
    report_dialect dialect; /* first: members are read into it */
    bool has_quote;
    const og_node *header_rows, *comment_rows;
} dialect_nodes;

#define DIALECT(member) offsetof(dialect_nodes, dialect.member)
static const member_row rows[] = {
    {"header", MEMBER_BOOL, DIALECT(header), 0},
    {"headerRows", MEMBER_NODE, offsetof(dialect_nodes, header_rows), 0},
    {"headerJoin", MEMBER_NOTED, DIALECT(noted), 0},
    {"commentChar", MEMBER_CHAR, DIALECT(comment_char), 0},
    {"commentRows", MEMBER_NODE, offsetof(dialect_nodes, comment_rows), 0},
    {"delimiter", MEMBER_CHAR, DIALECT(delimiter), 0},
    {"lineTerminator", MEMBER_CHARS, DIALECT(line_terminator), 0},
    {"quoteChar", MEMBER_CHAR, DIALECT(quote_char), 0},
    {"doubleQuote", MEMBER_BOOL, DIALECT(double_quote), 0},
    {"escapeChar", MEMBER_CHAR, DIALECT(escape_char), 0},
    {"nullSequence", MEMBER_CHARS, DIALECT(null_sequence), 0},
    {"skipInitialSpace", MEMBER_BOOL, DIALECT(skip_initial_space), 0},
    {"$schema", MEMBER_NOTED, DIALECT(noted), 0},
    {"name", MEMBER_NOTED, DIALECT(noted), 0},
    {"title", MEMBER_NOTED, DIALECT(noted), 0},
    {"description", MEMBER_NOTED, DIALECT(noted), 0},
    {"csvddfVersion", MEMBER_NOTED, DIALECT(noted), 0},
    {"caseSensitiveHeader", MEMBER_UNCHECKED, 0, 0},
    {"property", MEMBER_REFUSED, 0, 0},
    {"itemType", MEMBER_REFUSED, 0, 0},
    {"itemKeys", MEMBER_REFUSED, 0, 0},
    {"sheetNumber", MEMBER_REFUSED, 0, 0},
    {"sheetName", MEMBER_REFUSED, 0, 0},
    {"table", MEMBER_REFUSED, 0, 0},
    {0}};

report_dialect layout_dialect_default(void)
{
    return (report_dialect){.header = true,
                            .header_row = 1,
                            .delimiter = OG_STR(","),
                            .quote_char = OG_STR("\""),
                            .double_quote = true};
}

/* Row numbers, ascending. */
static int read_rows(const layout_reader *r, const og_node *node, const char *name,
                     const size_t **ret, size_t *ret_count, og_error *err)
{
    size_t count = node->kind == OG_NODE_SEQ ? node->count : 0, last = 0;
    size_t *numbers = OG_ARRAY(r->arena, count, size_t);

    if (!numbers)
        return og_nomem(err);
    if (node->kind != OG_NODE_SEQ)
        layout_error(r, node, "report-shape", "'%s' must be a list of row numbers", name);
    for (size_t i = 0; i < count; i++) {
        uint64_t n = 0;
        const og_node *item = node->items[i];
        bool fits = item->kind == OG_NODE_SCALAR && og_str_to_uint64(item->text, &n);
        if (!fits || n <= last || n > UINT32_MAX) {
            layout_error(r, item, "report-shape",
                         "'%s' must be row numbers from 1, ascending", name);
            count = i;
            break;
        }
        last = numbers[i] = (size_t)n;
    }
    *ret = numbers;
    *ret_count = count;
    return OG_OK;
}

static int read_header_rows(const layout_reader *r, const og_node *node,
                            report_dialect *d, og_error *err)
{
    const size_t *numbers;
    size_t count;

    int rc = read_rows(r, node, "headerRows", &numbers, &count, err);
    if (rc != OG_OK)
        return rc;
    if (count > 1)
        layout_error(r, node, "report-unsupported",
                     "labels in %zu rows: a report has one label a column", count);
    if (count == 0)
        d->header = false;
    else
        d->header_row = numbers[0];
    return OG_OK;
}

static void check_characters(const layout_reader *r, const og_node *node,
                             const report_dialect *d)
{
    const struct {
        const char *name;
        og_str c;
    } used[] = {{"delimiter", d->delimiter},
                {"quoteChar", d->quote_char},
                {"escapeChar", d->escape_char},
                {"commentChar", d->comment_char}};

    if (d->delimiter.n == 0)
        layout_error(r, node, "report-dialect", "the dialect has no delimiter");
    for (size_t i = 0; i < 4; i++)
        if (og_str_is(used[i].c, "\n") || og_str_is(used[i].c, "\r"))
            layout_error(r, node, "report-dialect", "'%s' is what ends a row",
                         used[i].name);
    if (d->skip_initial_space && og_str_is(d->delimiter, " "))
        layout_error(r, node, "report-dialect",
                     "'skipInitialSpace' would skip the delimiter, which is a blank");
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < i; j++)
            if (used[i].c.n > 0 && og_str_eq(used[i].c, used[j].c))
                layout_error(r, node, "report-dialect", "'%s' and '%s' are the same",
                             used[j].name, used[i].name);
    og_str t = d->line_terminator;
    if (t.n > 0 && !og_str_is(t, "\n") && !og_str_is(t, "\r\n"))
        layout_error(r, og_node_get(node, OG_STR("lineTerminator")), "report-unsupported",
                     "rows end with LF or CRLF: write \"\\n\" or \"\\r\\n\"");
}

int layout_read_dialect(const layout_reader *r, const og_node *node, report_dialect *ret,
                        og_error *err)
{
    dialect_nodes d = {.dialect = layout_dialect_default()};

    int rc = layout_members(r, node, rows, "a dialect", false, &d, &d.dialect.other, err);
    if (rc == OG_OK && d.header_rows)
        rc = read_header_rows(r, d.header_rows, &d.dialect, err);
    if (rc == OG_OK && d.comment_rows)
        rc = read_rows(r, d.comment_rows, "commentRows", &d.dialect.comment_rows,
                       &d.dialect.comment_row_count, err);
    if (rc != OG_OK)
        return rc;
    check_characters(r, node, &d.dialect);
    d.dialect.has_comment = d.dialect.comment_char.n > 0;
    if (!d.dialect.header)
        d.dialect.header_row = 0;
    *ret = d.dialect;
    return OG_OK;
}
