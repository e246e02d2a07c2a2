/* YAML to nodes over libyaml's events.
 *
 * No recursion: open sequences and mappings are frames on a stack of OG_LIMIT_DEPTH, and
 * their finished children wait in one growing array until the end event makes a node of
 * them. Aliases are not expanded but share the anchored node; what they would expand to
 * is counted. */
#include "value/yaml.h"

#include <yaml.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "value/yaml_text.h"

#define KEYS_LINEAR 8 /* up to here keys are compared with each other, beyond hashed */

typedef struct anchor {
    og_str name;
    const og_node *node; /* NULL while it is being read */
    uint32_t line;       /* where it was written */
    uint32_t weight;     /* nodes, aliases expanded */
    uint32_t height;     /* 0: a scalar or an empty collection */
} anchor;

/* An open sequence or mapping. */
typedef struct frame {
    og_node *node;
    anchor *anchor;                  /* or NULL */
    size_t first;                    /* its children begin here in builder.pending */
    uint64_t before;                 /* builder.weight when it began */
    uint32_t height;                 /* so far */
    uint32_t last_line, last_column; /* end of the last child */
    bool block;
} frame;

typedef struct builder {
    og_arena *arena;
    og_document *doc;
    og_diags *diags;
    yaml_parser_t parser;
    frame stack[OG_LIMIT_DEPTH];
    uint32_t depth;
    const og_node **pending;
    size_t count, cap;
    const og_node *root;
    uint64_t weight; /* nodes so far, aliases expanded */
    uint32_t aliases;
    og_map anchors; /* name to anchor */
    yaml_cursor cursor;
    og_arena scratch; /* for the keys of one mapping */
    bool ended;       /* the document's end was read */
} builder;

static uint32_t line_of(yaml_mark_t mark)
{
    return (uint32_t)mark.line + 1;
}

static uint32_t column_of(yaml_mark_t mark)
{
    return (uint32_t)mark.column + 1;
}

static og_str str_of(const yaml_char_t *z)
{
    return og_str_from((const char *)z);
}

static og_pos pos_of(const builder *b, yaml_mark_t mark)
{
    return (og_pos){
        .path = b->doc->path, .line = line_of(mark), .column = column_of(mark)};
}

static og_diag *find_fault(builder *b, const og_node *node, const char *code,
                           const char *text)
{
    return og_diags_add(b->diags, OG_LEVEL_ERROR, code, og_node_pos(b->doc, node),
                        b->doc->source, "%s", text);
}

static int refuse_depth(builder *b, yaml_mark_t mark)
{
    og_diag *item = og_diags_add(
        b->diags, OG_LEVEL_ERROR, "yaml-depth", pos_of(b, mark), b->doc->source,
        "lists and mappings are nested deeper than %u", OG_LIMIT_DEPTH);
    og_diags_hint(b->diags, item, "no register file needs this; look for a missing ']'");
    return OG_E_INVALID;
}

static int refuse_weight(builder *b, yaml_mark_t mark)
{
    og_diag *item = og_diags_add(
        b->diags, OG_LEVEL_ERROR, "yaml-size", pos_of(b, mark), b->doc->source,
        "the document has more than %u values, aliases expanded", OG_LIMIT_NODES);
    og_diags_hint(b->diags, item,
                  "split it, or keep the records in a CSV file beside it");
    return OG_E_INVALID;
}

/* "!!str" for libyaml's "tag:yaml.org,2002:str". */
static void refuse_tag(builder *b, const yaml_event_t *event, const yaml_char_t *tag)
{
    const char *prefix = "tag:yaml.org,2002:";
    og_str name = str_of(tag);
    const char *mark = "";
    if (og_str_starts(name, og_str_from(prefix))) {
        name = og_str_slice(name, strlen(prefix), name.n);
        mark = "!!";
    }
    og_pos pos = pos_of(b, event->start_mark);
    og_diag *item = og_diags_add(b->diags, OG_LEVEL_ERROR, "explicit-tag", pos,
                                 b->doc->source, "explicit tag '%s%.*s' is not accepted",
                                 mark, OG_FMT(og_utf8_cut(name, 60)));
    og_diags_hint(b->diags, item, "remove it: the field's type decides");
}

static int push_pending(builder *b, const og_node *node)
{
    if (b->count == b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 64;
        void *grown = og_realloc(b->pending, cap * sizeof *b->pending);
        if (!grown)
            return OG_E_NOMEM;
        b->pending = grown;
        b->cap = cap;
    }
    b->pending[b->count++] = node;
    return OG_OK;
}

/* Hands a finished node to the frame around it, or makes it the root. */
static int add_child(builder *b, const og_node *node, uint32_t height,
                     const yaml_event_t *event)
{
    if (b->weight > OG_LIMIT_NODES)
        return refuse_weight(b, event->start_mark);
    if (b->depth == 0) {
        b->root = node;
        return OG_OK;
    }
    frame *f = &b->stack[b->depth - 1];
    if (f->height < height + 1)
        f->height = height + 1;
    f->last_line = node->end_line;
    f->last_column = node->end_column;
    return push_pending(b, node);
}

/* Registers an anchor, if there is one, as being read. A name may be given once only. */
static int open_anchor(builder *b, const yaml_event_t *event, const yaml_char_t *name,
                       anchor **ret)
{
    *ret = NULL;
    if (!name)
        return OG_OK;
    anchor *a = OG_NEW(b->arena, anchor);
    og_str copy = og_arena_str(b->arena, str_of(name));
    if (!a || !copy.p)
        return OG_E_NOMEM;
    *a = (anchor){.name = copy, .line = line_of(event->start_mark)};
    int added = og_map_add(&b->anchors, copy, a);
    if (added < 0)
        return added;
    if (added == 0) {
        const anchor *first = og_map_get(&b->anchors, copy);
        og_pos pos = pos_of(b, event->start_mark);
        og_diag *item =
            og_diags_add(b->diags, OG_LEVEL_ERROR, "duplicate-anchor", pos,
                         b->doc->source, "anchor '&%.*s' is already given on line %u",
                         OG_FMT(og_utf8_cut(copy, 60)), first->line);
        og_diags_hint(b->diags, item, "give it another name");
    }
    *ret = a;
    return OG_OK;
}

/* The node begins where its event does, or after its anchor and tag. */
static void set_start(builder *b, og_node *node, const yaml_event_t *event,
                      bool properties)
{
    node->line = line_of(event->start_mark);
    node->column = column_of(event->start_mark);
    if (!properties)
        return;
    yaml_cursor_seek(&b->cursor, event->start_mark.line, event->start_mark.column);
    yaml_cursor after = b->cursor;
    yaml_cursor_skip_properties(&after);
    node->line = (uint32_t)after.line + 1;
    node->column = (uint32_t)after.column + 1;
}

static void set_end(og_node *node, uint32_t line, uint32_t column)
{
    node->end_line = line;
    node->end_column = column;
    if (node->line > line || (node->line == line && node->column > column)) {
        node->line = line; /* an anchor on nothing: what follows is not the node's */
        node->column = column;
    }
}

static og_scalar_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return OG_STYLE_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
        return OG_STYLE_BLOCK;
    default:
        return OG_STYLE_PLAIN;
    }
}

/* Node and text in one piece. */
static og_node *make_scalar(builder *b, og_str text)
{
    og_node *node = og_arena_alloc(b->arena, sizeof *node + text.n + 1);
    if (!node)
        return NULL;
    char *copy = (char *)(node + 1);
    memcpy(copy, text.p, text.n);
    node->kind = OG_NODE_SCALAR;
    node->text = (og_str){copy, text.n};
    return node;
}

static void check_scalar(builder *b, const og_node *node, const yaml_event_t *event)
{
    if (event->data.scalar.tag)
        refuse_tag(b, event, event->data.scalar.tag);
    if (event->data.scalar.style != YAML_DOUBLE_QUOTED_SCALAR_STYLE ||
        !memchr(node->text.p, '\0', node->text.n))
        return;
    og_diag *item = find_fault(b, node, "nul-character", "a NUL character in a string");
    og_diags_hint(b->diags, item, "remove the escape \"\\0\"");
}

static int on_scalar(builder *b, const yaml_event_t *event)
{
    const yaml_char_t *name = event->data.scalar.anchor;
    anchor *a;
    int rc = open_anchor(b, event, name, &a);
    if (rc != OG_OK)
        return rc;
    og_node *node = make_scalar(
        b, (og_str){(const char *)event->data.scalar.value, event->data.scalar.length});
    if (!node)
        return OG_E_NOMEM;
    node->style = (uint8_t)style_of(event->data.scalar.style);
    set_start(b, node, event, name || event->data.scalar.tag);
    set_end(node, line_of(event->end_mark), column_of(event->end_mark));
    check_scalar(b, node, event);
    b->weight++;
    if (a) {
        a->node = node;
        a->weight = 1;
    }
    return add_child(b, node, 0, event);
}

static int open_frame(builder *b, const yaml_event_t *event, og_node_kind kind,
                      const yaml_char_t *name, const yaml_char_t *tag, bool block)
{
    if (b->depth == OG_LIMIT_DEPTH)
        return refuse_depth(b, event->start_mark);
    if (tag)
        refuse_tag(b, event, tag);
    anchor *a;
    int rc = open_anchor(b, event, name, &a);
    if (rc != OG_OK)
        return rc;
    og_node *node = OG_NEW(b->arena, og_node);
    if (!node)
        return OG_E_NOMEM;
    node->kind = (uint8_t)kind;
    set_start(b, node, event, name || tag);
    b->stack[b->depth++] = (frame){.node = node,
                                   .anchor = a,
                                   .first = b->count,
                                   .before = b->weight,
                                   .last_line = node->line,
                                   .last_column = node->column,
                                   .block = block};
    b->weight++;
    return OG_OK;
}

/* Takes the frame off the stack and its node, now complete, to the frame around. */
static int close_frame(builder *b, const yaml_event_t *event)
{
    frame *f = &b->stack[--b->depth];
    b->count = f->first;
    if (f->block)
        set_end(f->node, f->last_line, f->last_column);
    else
        set_end(f->node, line_of(event->end_mark), column_of(event->end_mark));
    if (f->anchor) {
        f->anchor->node = f->node;
        f->anchor->weight = (uint32_t)(b->weight - f->before);
        f->anchor->height = f->height;
    }
    return add_child(b, f->node, f->height, event);
}

static int on_seq_end(builder *b, const yaml_event_t *event)
{
    frame *f = &b->stack[b->depth - 1];
    size_t n = b->count - f->first;
    f->node->count = (uint32_t)n;
    if (n > 0) {
        const og_node **items = OG_ARRAY(b->arena, n, const og_node *);
        if (!items)
            return OG_E_NOMEM;
        memcpy(items, b->pending + f->first, n * sizeof *items);
        f->node->items = items;
    }
    return close_frame(b, event);
}

static void refuse_duplicate(builder *b, const og_node *first, const og_node *key)
{
    og_diag *item =
        og_diags_add(b->diags, OG_LEVEL_ERROR, "duplicate-key", og_node_pos(b->doc, key),
                     b->doc->source, "duplicate key '%.*s': first on line %u, column %u",
                     OG_FMT(og_str_slice(key->text, 0, 100)), first->line, first->column);
    og_diags_hint(b->diags, item, "keep one of the two");
}

/* Whether the key may stand in a mapping at all. */
static bool check_key(builder *b, const og_node *key)
{
    og_diag *item;
    if (key->kind != OG_NODE_SCALAR) {
        item = find_fault(b, key, "complex-key", "a key that is a list or a mapping");
        og_diags_hint(b->diags, item,
                      "a key is one word; put text with [ ] { } in quotes");
        return false;
    }
    if (key->style != OG_STYLE_PLAIN)
        return true;
    if (key->text.n == 0) {
        item = find_fault(b, key, "empty-key", "a key is missing");
        og_diags_hint(b->diags, item, "write the key before ':'");
        return false;
    }
    if (og_str_is(key->text, "<<")) {
        item = find_fault(b, key, "merge-key", "merge keys are not supported");
        og_diags_hint(b->diags, item,
                      "'<<' would be a key like any other: write the fields out");
        return false;
    }
    return true;
}

/* The pair among the first n with this key, or NULL. */
static const og_pair *find_pair(const og_pair *pairs, size_t n, const og_node *key)
{
    for (size_t i = 0; i < n; i++)
        if (og_str_eq(pairs[i].key->text, key->text))
            return &pairs[i];
    return NULL;
}

/* The earlier key equal to this one in *ret, or NULL and the key is remembered. */
static int find_earlier(og_map *seen, const og_pair *pairs, size_t n, const og_node *key,
                        bool linear, const og_node **ret)
{
    *ret = NULL;
    if (linear) {
        const og_pair *pair = find_pair(pairs, n, key);
        if (pair)
            *ret = pair->key;
        return OG_OK;
    }
    int added = og_map_add(seen, key->text, (void *)key);
    if (added < 0)
        return added;
    if (added == 0)
        *ret = og_map_get(seen, key->text);
    return OG_OK;
}

/* Pairs up keys and values; what may not stand there is told and left out. */
static int make_pairs(builder *b, const og_node *const *children, size_t n,
                      og_pair *pairs, uint32_t *ret_count)
{
    og_map seen;
    og_map_init(&seen, &b->scratch);
    bool linear = n <= KEYS_LINEAR;
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const og_node *key = children[2 * i], *first;
        if (!check_key(b, key))
            continue;
        int rc = find_earlier(&seen, pairs, count, key, linear, &first);
        if (rc != OG_OK)
            return rc;
        if (first)
            refuse_duplicate(b, first, key);
        else
            pairs[count++] = (og_pair){key, children[2 * i + 1]};
    }
    *ret_count = count;
    if (!linear)
        og_arena_reset(&b->scratch);
    return OG_OK;
}

static int on_map_end(builder *b, const yaml_event_t *event)
{
    frame *f = &b->stack[b->depth - 1];
    size_t n = (b->count - f->first) / 2;
    if (n > 0) {
        og_pair *pairs = OG_ARRAY(b->arena, n, og_pair);
        if (!pairs)
            return OG_E_NOMEM;
        int rc = make_pairs(b, b->pending + f->first, n, pairs, &f->node->count);
        if (rc != OG_OK)
            return rc;
        f->node->pairs = pairs;
    }
    return close_frame(b, event);
}

/* The anchor an alias names, or NULL and a finding. */
static anchor *find_anchor(builder *b, const yaml_event_t *event, og_str name)
{
    anchor *a = og_map_get(&b->anchors, name);
    if (a && a->node)
        return a;
    og_pos pos = pos_of(b, event->start_mark);
    og_diag *item = og_diags_add(b->diags, OG_LEVEL_ERROR, "alias", pos, b->doc->source,
                                 a ? "alias '*%.*s' stands inside what it names"
                                   : "alias '*%.*s' has no anchor",
                                 OG_FMT(og_utf8_cut(name, 60)));
    if (a)
        og_diags_hint(b->diags, item, "write the value out");
    else
        og_diags_hint(b->diags, item,
                      "give an earlier value the anchor '&%.*s'; put the value in quotes "
                      "if it begins with '*'",
                      OG_FMT(og_utf8_cut(name, 60)));
    return NULL;
}

static int refuse_aliases(builder *b, const yaml_event_t *event)
{
    og_diag *item = og_diags_add(b->diags, OG_LEVEL_ERROR, "alias",
                                 (og_pos){b->doc->path, line_of(event->start_mark),
                                          column_of(event->start_mark), 0},
                                 b->doc->source, "more than %u aliases in one file",
                                 OG_LIMIT_ALIASES);
    og_diags_hint(b->diags, item, "write the values out");
    return OG_E_INVALID;
}

/* Something in the place of an alias that names nothing, so that parsing goes on. */
static int add_nothing(builder *b, const yaml_event_t *event)
{
    og_node *node = make_scalar(b, OG_STR("~"));
    if (!node)
        return OG_E_NOMEM;
    node->style = OG_STYLE_PLAIN;
    set_start(b, node, event, false);
    set_end(node, line_of(event->end_mark), column_of(event->end_mark));
    return add_child(b, node, 0, event);
}

static int on_alias(builder *b, const yaml_event_t *event)
{
    if (++b->aliases > OG_LIMIT_ALIASES)
        return refuse_aliases(b, event);
    const anchor *a = find_anchor(b, event, str_of(event->data.alias.anchor));
    if (!a)
        return add_nothing(b, event);
    if (b->depth + a->height > OG_LIMIT_DEPTH)
        return refuse_depth(b, event->start_mark);
    b->weight += a->weight;
    int rc = add_child(b, a->node, a->height, event);
    if (b->depth > 0) { /* the place ends with the alias, not with what it names */
        b->stack[b->depth - 1].last_line = line_of(event->end_mark);
        b->stack[b->depth - 1].last_column = column_of(event->end_mark);
    }
    return rc;
}

/* The parser is not asked for more: what follows is judged as text. */
static int on_document_end(builder *b, const yaml_event_t *event)
{
    b->ended = true;
    yaml_cursor_seek(&b->cursor, event->end_mark.line, event->end_mark.column);
    return yaml_text_check_rest(b->doc, &b->cursor, b->diags) ? OG_OK : OG_E_INVALID;
}

static int on_event(builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return on_scalar(b, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_frame(b, event, OG_NODE_SEQ, event->data.sequence_start.anchor,
                          event->data.sequence_start.tag,
                          event->data.sequence_start.style == YAML_BLOCK_SEQUENCE_STYLE);
    case YAML_MAPPING_START_EVENT:
        return open_frame(b, event, OG_NODE_MAP, event->data.mapping_start.anchor,
                          event->data.mapping_start.tag,
                          event->data.mapping_start.style == YAML_BLOCK_MAPPING_STYLE);
    case YAML_SEQUENCE_END_EVENT:
        return on_seq_end(b, event);
    case YAML_MAPPING_END_EVENT:
        return on_map_end(b, event);
    case YAML_ALIAS_EVENT:
        return on_alias(b, event);
    case YAML_DOCUMENT_END_EVENT:
        return on_document_end(b, event);
    case YAML_STREAM_END_EVENT:
        b->ended = true;
        return OG_OK;
    default:
        return OG_OK;
    }
}

static int on_parser_error(builder *b)
{
    const yaml_parser_t *p = &b->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return OG_E_NOMEM;
    yaml_complaint complaint = {.problem = p->problem ? p->problem : "not YAML",
                                .context = p->context,
                                .line = p->problem_mark.line,
                                .column = p->problem_mark.column,
                                .context_line = p->context_mark.line,
                                .context_column = p->context_mark.column};
    yaml_text_explain(b->doc, &complaint, b->diags);
    return OG_E_INVALID;
}

static int run_events(builder *b)
{
    int rc = OG_OK;
    while (rc == OG_OK && !b->ended) {
        yaml_event_t event;
        if (!yaml_parser_parse(&b->parser, &event))
            return on_parser_error(b);
        rc = on_event(b, &event);
        yaml_event_delete(&event);
    }
    return rc;
}

static int parse_text(builder *b)
{
    if (!yaml_parser_initialize(&b->parser))
        return OG_E_NOMEM;
    yaml_parser_set_encoding(&b->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b->parser, (const unsigned char *)b->doc->source.p,
                                 b->doc->source.n);
    int rc = run_events(b);
    yaml_parser_delete(&b->parser);
    og_free(b->pending);
    og_arena_done(&b->scratch);
    return rc;
}

/* A document of nothing but "---" is empty too. */
static const og_node *root_of(const builder *b)
{
    const og_node *root = b->root;
    bool empty = root && root->kind == OG_NODE_SCALAR && root->style == OG_STYLE_PLAIN &&
                 root->text.n == 0;
    return empty ? NULL : root;
}

int og_yaml_parse(og_arena *arena, og_document *doc, og_diags *diags, og_error *err)
{
    if (og_str_starts(doc->source, OG_STR("\xef\xbb\xbf")))
        doc->source = og_str_slice(doc->source, 3, doc->source.n);
    size_t errors = diags->errors;
    builder b = {.arena = arena, .doc = doc, .diags = diags};
    b.cursor.source = doc->source;
    og_map_init(&b.anchors, arena);
    if (!og_document_index(arena, doc))
        return og_nomem(err);
    int rc = yaml_text_check(doc, diags) ? parse_text(&b) : OG_E_INVALID;
    if (rc == OG_E_NOMEM || diags->failed)
        return og_nomem(err);
    if (rc != OG_OK || diags->errors > errors)
        return og_fail(err, OG_E_INVALID, "'%s' is not usable YAML", doc->path);
    doc->root = root_of(&b);
    return OG_OK;
}
