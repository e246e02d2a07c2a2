/* Nodes to canonical JSON: what people wrote, in one notation. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "value/json.h"
#include "value/json_node.h"

typedef struct writer {
    og_buf *out;
    uint32_t depth;
    og_error *err;
} writer;

static int write_node(writer *w, const og_node *node);

static void new_line(writer *w)
{
    og_buf_putc(w->out, '\n');
    for (uint32_t i = 0; i < w->depth; i++)
        og_buf_puts(w->out, "  ");
}

static void write_scalar(writer *w, const og_node *node)
{
    og_str text = node->text;

    if (og_node_is_null(node))
        og_buf_puts(w->out, "null");
    else if (node->style == OG_STYLE_PLAIN &&
             (og_json_is_number(text) || og_str_is(text, "true") ||
              og_str_is(text, "false")))
        og_buf_put(w->out, text);
    else
        og_json_write_string(text, 0, w->out);
}

static int write_list(writer *w, const og_node *node)
{
    for (uint32_t i = 0; i < node->count; i++) {
        og_buf_puts(w->out, i > 0 ? "," : "");
        new_line(w);
        int rc = write_node(w, node->items[i]);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

static int compare_pairs(const void *a, const void *b)
{
    return og_str_cmp(((const og_pair *)a)->key->text, ((const og_pair *)b)->key->text);
}

static int write_pairs(writer *w, const og_node *node)
{
    og_pair *pairs = og_alloc(node->count * sizeof *pairs);
    int rc = OG_OK;

    if (!pairs)
        return og_nomem(w->err);
    for (uint32_t i = 0; i < node->count; i++)
        pairs[i] = node->pairs[i];
    qsort(pairs, node->count, sizeof *pairs, compare_pairs);
    for (uint32_t i = 0; i < node->count && rc == OG_OK; i++) {
        og_buf_puts(w->out, i > 0 ? "," : "");
        new_line(w);
        og_json_write_string(pairs[i].key->text, 0, w->out);
        og_buf_puts(w->out, ": ");
        rc = write_node(w, pairs[i].value);
    }
    og_free(pairs);
    return rc;
}

/* A buffer that failed ends it too: aliases may stand for far more than was written. */
static int write_node(writer *w, const og_node *node)
{
    bool map = node->kind == OG_NODE_MAP;

    if (w->out->failed)
        return og_buf_check(w->out, w->err);
    if (node->kind == OG_NODE_SCALAR) {
        write_scalar(w, node);
        return OG_OK;
    }
    if (w->depth == OG_LIMIT_DEPTH)
        return og_fail(w->err, OG_E_LIMIT, "values are nested deeper than %u",
                       OG_LIMIT_DEPTH);
    og_buf_putc(w->out, map ? '{' : '[');
    w->depth++;
    int rc = map ? write_pairs(w, node) : write_list(w, node);
    w->depth--;
    if (node->count > 0)
        new_line(w);
    og_buf_putc(w->out, map ? '}' : ']');
    return rc;
}

int og_json_write_node(const og_node *node, og_buf *out, og_error *err)
{
    writer w = {.out = out, .err = err};

    int rc = write_node(&w, node);
    return rc == OG_OK ? og_buf_check(out, err) : rc;
}
