/* JSON Pointers over a tree of nodes. */
#include "value/json_pointer.h"

/* A reference token against a key: ~1 stands for '/', ~0 for '~'. */
static bool token_is(og_str token, og_str key)
{
    size_t k = 0;
    for (size_t i = 0; i < token.n; i++, k++) {
        char c = token.p[i];
        if (c == '~') {
            if (++i == token.n || (token.p[i] != '0' && token.p[i] != '1'))
                return false;
            c = token.p[i] == '0' ? '~' : '/';
        }
        if (k >= key.n || key.p[k] != c)
            return false;
    }
    return k == key.n;
}

static const og_node *child_of(const og_node *node, og_str token)
{
    uint64_t index;
    bool canonical = token.n == 1 || (token.n > 1 && token.p[0] != '0');
    if (node->kind == OG_NODE_SEQ)
        return canonical && token.p[0] != '+' && og_str_to_uint64(token, &index) &&
                       index < node->count
                   ? node->items[index]
                   : NULL;
    for (uint32_t i = 0; node->kind == OG_NODE_MAP && i < node->count; i++)
        if (token_is(token, node->pairs[i].key->text))
            return node->pairs[i].value;
    return NULL;
}

const og_node *og_node_at(const og_node *node, og_str pointer)
{
    while (node && pointer.n > 0) {
        if (pointer.p[0] != '/')
            return NULL;
        og_str rest = og_str_slice(pointer, 1, pointer.n);
        og_str token = og_str_slice(rest, 0, og_str_find(rest, '/'));
        node = child_of(node, token);
        pointer = og_str_slice(rest, token.n, rest.n);
    }
    return node;
}
