/* A data package, a data resource, a Table Schema: which it is and what it says. */
#include "report/descriptor.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "report/translate.h"

typedef struct finder {
    layout_reader r;
    report_descriptor *d;
} finder;

enum {
    NAMES_SHOWN = 10, /* resources named where one has to be chosen */
    LEFT_OUT_SHOWN = 20,
    NAME_BYTES = 60 /* of a name that is shown */
};

/* ---- Members ---- */

static const og_node *member(const og_node *map, const char *name)
{
    const og_node *node = og_node_get(map, og_str_from(name));

    return node && og_node_is_null(node) ? NULL : node;
}

/* A text, or nothing; a finding where it is neither. */
static og_str text_member(const finder *f, const og_node *map, const char *name)
{
    const og_node *node = member(map, name);

    if (!node)
        return (og_str){"", 0};
    if (node->kind == OG_NODE_SCALAR)
        return node->text;
    layout_error(&f->r, node, "descriptor-shape", "'%s' must be a text, not %s", name,
                 og_node_what(node));
    return (og_str){"", 0};
}

static bool is_address(og_str path)
{
    for (size_t i = 0; i + 2 < path.n; i++)
        if (path.p[i] == ':')
            return path.p[i + 1] == '/' && path.p[i + 2] == '/';
    return false;
}

static bool is_one_of(og_str word, const char *const *words)
{
    for (; *words; words++)
        if (og_str_is(word, *words))
            return true;
    return false;
}

static void put_name(og_buf *out, og_str name)
{
    og_str start = og_utf8_cut(name, NAME_BYTES);

    og_buf_puts(out, "'");
    og_buf_put(out, start);
    og_buf_puts(out, start.n < name.n ? "…'" : "'");
}

/* One note of all members outside `known`, which names the first ones. */
static void say_left_out(const finder *f, const og_node *map, const char *what,
                         const char *const *known)
{
    og_buf names = {0};
    const og_node *first = NULL;
    size_t count = 0;

    for (uint32_t i = 0; i < map->count; i++) {
        const og_node *key = map->pairs[i].key;
        if (is_one_of(key->text, known) || ++count > LEFT_OUT_SHOWN)
            continue;
        og_buf_puts(&names, first ? ", " : "");
        put_name(&names, key->text);
        if (!first)
            first = key;
    }
    if (count > LEFT_OUT_SHOWN)
        og_buf_printf(&names, " and %zu more", count - LEFT_OUT_SHOWN);
    if (names.failed)
        f->r.diags->failed = names.failed;
    else if (first)
        translate_say(&f->r, first, OG_LEVEL_NOTE, "descriptor-left-out",
                      "a version file has no place for these of the %s: %.*s", what,
                      OG_FMT(og_buf_str(&names)));
    og_buf_done(&names);
}

/* ---- Schema and dialect ---- */

/* A path may name a file in the same directory or below, as the standard has it. */
static bool is_path_beside(og_str path)
{
    if (path.n == 0 || path.p[0] == '/' || path.p[0] == '~' ||
        memchr(path.p, '\\', path.n))
        return false;
    for (size_t at = 0; at <= path.n;) {
        og_str rest = og_str_slice(path, at, path.n);
        og_str part = og_str_slice(rest, 0, og_str_find(rest, '/'));
        if (part.n == 0 || og_str_is(part, "..") || og_str_is(part, "."))
            return false;
        at += part.n + 1;
    }
    return true;
}

static void find_part(const finder *f, const char *name, descriptor_part *ret)
{
    const og_node *node = member(f->d->resource, name);

    *ret = (descriptor_part){{"", 0}, f->r.doc, node};
    if (!node || node->kind != OG_NODE_SCALAR)
        return;
    ret->node = NULL;
    if (is_address(node->text))
        layout_error(&f->r, node, "descriptor-remote",
                     "'%s' is an address, and nothing is fetched: save what is there "
                     "beside this file, and write that name here",
                     name);
    else if (!is_path_beside(node->text))
        layout_error(&f->r, node, "descriptor-path",
                     "'%s' must be a file beside this one or below: write its path with "
                     "'/', without '..'",
                     name);
    else
        ret->path = node->text;
}

void report_descriptor_take(descriptor_part *part, const og_document *doc)
{
    static const og_node nothing = {.line = 1, .column = 1};

    part->doc = doc;
    part->node = doc->root ? doc->root : &nothing;
}

/* ---- The data's file ---- */

static og_str last_of(og_str path)
{
    size_t at = path.n;

    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return og_str_slice(path, at, path.n);
}

static void find_file(const finder *f)
{
    const og_node *path = member(f->d->resource, "path");

    if (member(f->d->resource, "data"))
        layout_error(&f->r, member(f->d->resource, "data"), "descriptor-unsupported",
                     "the resource holds its data itself: a report is a file");
    if (path && path->kind == OG_NODE_SEQ && path->count > 1)
        layout_error(&f->r, path, "descriptor-unsupported",
                     "the data is in %u files: a report is one file, so leave one here",
                     path->count);
    if (path && path->kind == OG_NODE_SEQ && path->count == 1)
        path = path->items[0];
    if (!path || path->kind == OG_NODE_SEQ)
        return;
    if (path->kind != OG_NODE_SCALAR) {
        layout_error(&f->r, path, "descriptor-shape", "'path' must be a text, not %s",
                     og_node_what(path));
        return;
    }
    f->d->file = last_of(path->text);
    if (is_address(path->text))
        translate_say(&f->r, path, OG_LEVEL_WARNING, "descriptor-remote",
                      "'path' is an address: a report has a name, and '%.*s' is taken "
                      "from it",
                      OG_FMT(f->d->file));
}

static void check_sort(const finder *f)
{
    static const char *const formats[] = {"csv", "tsv", "txt", NULL};
    const og_node *format = member(f->d->resource, "format");
    const og_node *type = member(f->d->resource, "type");
    og_str word = text_member(f, f->d->resource, "format");

    if (word.n > 0 && !is_one_of(word, formats))
        layout_error(&f->r, format, "descriptor-unsupported",
                     "'format' is '%.*s': reports are files of rows and cells, csv or "
                     "tsv",
                     OG_FMT(word));
    if (type && !og_str_is(text_member(f, f->d->resource, "type"), "table"))
        layout_error(&f->r, type, "descriptor-unsupported",
                     "'type' must be table: reports are files of rows and cells");
    f->d->tabs = og_str_is(word, "tsv");
    f->d->format = format;
}

/* ---- Which resource ---- */

static int which_resource(const og_node *resources, og_error *err)
{
    og_buf names = {0};

    for (uint32_t i = 0; i < resources->count && i < NAMES_SHOWN; i++) {
        const og_node *item = resources->items[i];
        const og_node *name = item->kind == OG_NODE_MAP ? member(item, "name") : NULL;
        og_buf_puts(&names, i ? ", " : "");
        if (name && name->kind == OG_NODE_SCALAR)
            og_buf_put(&names, og_utf8_cut(name->text, NAME_BYTES));
        else
            og_buf_puts(&names, "(without a name)");
    }
    og_buf_puts(&names, resources->count > NAMES_SHOWN ? ", …" : "");
    int rc = og_buf_check(&names, err);
    if (rc == OG_OK)
        rc = og_fail(err, OG_E_USAGE,
                     "it has %u resources: name one with --resource: %.*s",
                     resources->count, OG_FMT(og_buf_str(&names)));
    og_buf_done(&names);
    return rc;
}

static int no_resource(const og_node *resources, og_str name, og_error *err)
{
    og_error which = {0};

    which_resource(resources, &which);
    int rc = og_fail(err, OG_E_NOTFOUND, "it has no resource '%.*s': %s", OG_FMT(name),
                     og_error_text(&which));
    og_error_done(&which);
    return rc;
}

static int choose(const finder *f, const og_node *resources, og_str name,
                  const og_node **ret, og_error *err)
{
    *ret = NULL;
    if (resources->kind != OG_NODE_SEQ || resources->count == 0) {
        layout_error(&f->r, resources, "descriptor-shape",
                     "'resources' must be a list of resources");
        return OG_OK;
    }
    if (name.n == 0 && resources->count > 1)
        return which_resource(resources, err);
    for (uint32_t i = 0; i < resources->count; i++) {
        const og_node *item = resources->items[i];
        if (item->kind != OG_NODE_MAP)
            layout_error(&f->r, item, "descriptor-shape",
                         "a resource must be a mapping, not %s", og_node_what(item));
        else if (name.n == 0 || og_str_eq(text_member(f, item, "name"), name)) {
            if (*ret)
                layout_error(&f->r, item, "descriptor-repeat",
                             "there are two resources '%.*s'", OG_FMT(name));
            *ret = item;
        }
    }
    return *ret || f->r.diags->errors > 0 ? OG_OK : no_resource(resources, name, err);
}

/* ---- The whole ---- */

static void read_resource(const finder *f, const og_node *package)
{
    static const char *const known[] = {"name",     "title", "description", "path",
                                        "schema",   "data",  "dialect",     "format",
                                        "encoding", "type",  NULL};
    report_descriptor *d = f->d;

    d->name = text_member(f, d->resource, "name");
    d->title = text_member(f, d->resource, "title");
    if (package && d->title.n == 0)
        d->title = text_member(f, package, "title");
    d->definition = text_member(f, d->resource, "description");
    find_file(f);
    check_sort(f);
    find_part(f, "schema", &d->schema);
    find_part(f, "dialect", &d->dialect);
    if (!member(d->resource, "schema"))
        layout_error(&f->r, d->resource, "descriptor-no-schema",
                     "the resource has no 'schema': 'opsgate report infer' drafts one "
                     "from a file");
    say_left_out(f, d->resource, "resource", known);
    layout_read_encoding(&f->r, member(d->resource, "encoding"),
                         text_member(f, d->resource, "encoding"), &d->encoding);
}

static int read_package(const finder *f, const og_node *package, og_str name,
                        og_error *err)
{
    static const char *const known[] = {"resources", "title", "description", "version",
                                        NULL};
    report_descriptor *d = f->d;

    int rc = choose(f, member(package, "resources"), name, &d->resource, err);
    if (rc != OG_OK || !d->resource)
        return rc;
    d->version = text_member(f, package, "version");
    d->version_node = member(package, "version");
    read_resource(f, package);
    if (d->definition.n == 0)
        d->definition = text_member(f, package, "description");
    say_left_out(f, package, "package", known);
    return OG_OK;
}

int report_descriptor_find(const og_document *doc, og_str name, og_arena *arena,
                           og_diags *diags, report_descriptor *ret, og_error *err)
{
    const finder f = {{doc, arena, diags}, ret};
    const og_node *root = doc->root;

    *ret = (report_descriptor){.doc = doc, .encoding = OG_STR("utf-8")};
    if (root && root->kind == OG_NODE_MAP && member(root, "resources"))
        return read_package(&f, root, name, err);
    if (name.n > 0)
        return og_fail(err, OG_E_USAGE,
                       "it is no data package, so it has no resource '%.*s': leave "
                       "--resource out",
                       OG_FMT(name));
    if (root && root->kind == OG_NODE_MAP && member(root, "fields")) {
        ret->schema = (descriptor_part){{"", 0}, doc, root};
        return OG_OK;
    }
    if (root && root->kind == OG_NODE_MAP &&
        (member(root, "schema") || member(root, "path"))) {
        ret->resource = root;
        read_resource(&f, NULL);
        return OG_OK;
    }
    const og_node nowhere = {.line = 1, .column = 1};
    layout_error(&f.r, root ? root : &nowhere, "descriptor-unknown",
                 "this is no data package ('resources'), no data resource ('path', "
                 "'schema') and no Table Schema ('fields')");
    return OG_OK;
}

static void check_ending(const layout_reader *r, const report_descriptor *d,
                         const report_layout *layout)
{
    const og_node *path = d->resource ? member(d->resource, "path") : NULL;
    const og_node *at = path ? path : d->resource ? d->resource : d->schema.node;

    if (layout->dialect.line_terminator.n == 0)
        translate_say(r, at, OG_LEVEL_NOTE, "descriptor-assumed",
                      "no line ending is said, so %.*s is taken: correct it where rows "
                      "end with CR LF",
                      OG_FMT(layout->line_ending));
}

static int read_dialect(const report_descriptor *d, const layout_reader *r,
                        report_layout *ret, og_error *err)
{
    int rc = layout_read_dialect(r, d->dialect.node, &ret->dialect, err);

    if (rc == OG_OK)
        layout_set_ending(ret);
    return rc;
}

int report_descriptor_read(report_descriptor *d, og_arena *arena, og_diags *diags,
                           report_layout *ret, og_error *err)
{
    const layout_reader in_schema = {d->schema.doc, arena, diags};
    const layout_reader in_dialect = {d->dialect.doc, arena, diags};
    const layout_reader here = {d->doc, arena, diags};

    d->schema.node = translate_schema(&in_schema, d->schema.node);
    if (!d->schema.node)
        return og_nomem(err);
    if (d->dialect.node) {
        d->dialect.node = translate_dialect(&in_dialect, d->dialect.node);
        if (!d->dialect.node)
            return og_nomem(err);
    }
    if (d->tabs) {
        d->dialect.node = translate_tabs(&here, d->dialect.node, d->format);
        if (!d->dialect.node)
            return og_nomem(err);
    }
    int rc = report_layout_read_descriptors(d->schema.doc, d->schema.node, NULL, arena,
                                            diags, ret, err);
    if (rc == OG_OK && d->dialect.node)
        rc = read_dialect(d, &in_dialect, ret, err);
    if (rc == OG_OK && diags->errors == 0)
        rc = report_layout_check(ret, arena, diags, err);
    if (rc != OG_OK)
        return rc;
    check_ending(&here, d, ret);
    ret->title = d->title;
    ret->definition = d->definition;
    ret->encoding = d->encoding;
    return OG_OK;
}
